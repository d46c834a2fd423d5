#!/bin/sh
# Run all tests, in two halves side by side: test.sh PYTEST [OPTION...]
# The browser tests mostly wait, in two processes, the others mostly compute. Fails where one of
# them does.
set -u
export OMP_NUM_THREADS=1 # torch would take every core for each of the processes
pytest=$1
shift
log=$(mktemp)
"$pytest" -m browser --numprocesses 2 --dist loadfile "$@" >"$log" 2>&1 &
half=$!
trap 'kill "$half" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

"$pytest" -m "not browser" "$@"
others=$?
wait "$half"
browser=$?
cat "$log"
[ "$others" -eq 0 ] && [ "$browser" -eq 0 ]
