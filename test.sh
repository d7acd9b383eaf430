#!/usr/bin/env bash
# Runs every test, in Release. As root on Debian it installs what the tests need; elsewhere it says what is missing.
# Ends with a line "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# What the tests talk to: an SMTP server, a Redis server, the original's client and server, a native compiler for the published program.
. .ci/need.sh
need python3-aiosmtpd /usr/bin/python3 -c 'import aiosmtpd'
need nodejs node --version
need npm npm --version
need clang clang --version
need zlib1g-dev test -e /usr/include/zlib.h
need netcat-openbsd command -v nc
need iproute2 ip -V
need redis-server command -v redis-server
bring "The tests"
dotnet restore Godot.slnx --locked-mode
npm ci --prefix tests/original --no-audit --no-fund --silent

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution Godot.slnx -c Release 2>&1 | tee "$log" || status=$?
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -1; }
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
