#!/bin/sh
# Find a Chromium for the browser tests, or install one by whatever works here: browser.sh PYTHON
set -eu
python=$1

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if $root apt-get update -qq && $root apt-get install -y -qq chromium >/dev/null; then
        exit 0
    fi
fi
exec "$python" -m playwright install chromium
