#!/bin/sh
# Run all tests, in two halves side by side: test.sh PYTEST [OPTION...]
# The browser tests mostly wait, the others wait for disks and processes too: each half has two
# workers, and a worker has whole files, whose tests share what they have made. Fails where a half does.
set -u
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
