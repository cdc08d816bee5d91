#!/bin/sh
# Installs what the browser tests need besides requirements-dev.txt: Chromium, and fonts like those of a phone.
# Does nothing if Chromium is installed. Otherwise it needs Debian or Ubuntu, and root or sudo.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Chromium is missing and there is no apt-get to install it: the browser tests will be skipped" >&2
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
    chromium fonts-roboto-unhinted fonts-dejavu-core >/dev/null
