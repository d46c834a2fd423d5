#!/bin/sh
# Run all tests, in two halves side by side: test.sh PYTEST [OPTION...]
# The browser tests mostly wait, the others mostly compute. Fails where one of them does.
set -u
pytest=$1
shift
set -- --durations=15 "$@"
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
