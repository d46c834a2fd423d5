#!/bin/sh
# Run all tests: test.sh PYTEST [OPTION...]
# A file of tests stays in one process. The browser tests, which mostly wait, come last: once
# Playwright's event loop runs in a process, no other one can.
set -eu
export OMP_NUM_THREADS=1 # torch would take every core for each of the processes
pytest=$1
shift
exec "$pytest" --numprocesses 3 --dist loadfile --no-loadscope-reorder "$@"
