#!/bin/sh
# What the browser tests need besides requirements-dev.txt: a Chromium and fonts that look like a phone's.
# Does nothing where a Chromium is there already; needs a Debian or Ubuntu and root otherwise (or sudo).
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "no Chromium, and no apt-get to install one with: the browser tests will be skipped" >&2
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
    chromium fonts-roboto-unhinted fonts-dejavu-core >/dev/null
