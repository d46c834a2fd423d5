#!/bin/sh
# Run all tests, in two halves side by side: test.sh PYTEST [OPTION...]
# Browser tests wait now and then, the others mostly compute; each half has two workers. A worker
# takes whole files, whose tests share what they have made. Fails where one of them does.
set -u
export OMP_NUM_THREADS=1 # of torch and numpy: more would wait for each other
pytest=$1
shift
set -- --durations=15 --numprocesses=2 --dist=loadfile "$@"
log=$(mktemp)
"$pytest" -m browser "$@" >"$log" 2>&1 &
half=$!
trap 'kill "$half" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

"$pytest" -m "not browser" "$@"
others=$?
wait "$half"
browser=$?
cat "$log"
[ "$others" -eq 0 ] && [ "$browser" -eq 0 ]
