#!/bin/sh
# Run all tests: test.sh PYTEST [OPTION...]
# Two workers for each core: browser tests wait now and then, the others mostly compute. A worker
# takes whole files, whose tests share what they have made. The script becomes the test run: who
# ends the one ends the other.
set -eu
export OMP_NUM_THREADS=1 # of torch and numpy: more would wait for each other
pytest=$1
shift
cores=$(getconf _NPROCESSORS_ONLN)
exec "$pytest" --durations=15 --numprocesses=$((2 * cores)) --maxprocesses=16 \
    --dist=loadfile "$@"
