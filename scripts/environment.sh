#!/bin/sh
# Make a virtual environment: environment.sh PYTHON FOLDER
# Says in a sentence what is missing where the system has no usable Python.
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "$python was not found. Install Python 3.11 or newer, or name one: make serve PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Python 3.11 or newer is needed. Name one: make serve PYTHON=/path/to/python3" >&2
    exit 1
fi
if "$python" -m venv "$folder" >/dev/null 2>&1; then
    exit 0
fi
# Debian splits venv from Python; its package is the one thing that may be missing there.
rm -rf "$folder"
package="python$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')-venv"
if command -v apt-get >/dev/null 2>&1; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo"
    echo "Python's venv module is missing; installing Debian's $package" >&2
    { $root apt-get update -qq && $root apt-get install -y -qq "$package" >/dev/null; } || {
        echo "Could not install $package. Install it yourself, then run this again." >&2
        exit 1
    }
fi
exec "$python" -m venv "$folder"
