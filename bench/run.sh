#!/usr/bin/env bash
# Measures what was promised, peers included, and writes bench/RESULTS.md and bench/results.svg. Fails if a count is wrong or a ratio is under its floor.
#   bench/run.sh               everything, in less than 15 minutes
#   bench/run.sh ROW…          some rows, shown only: fleet pummel-tcp pummel five reactors allocation keys snapshots udp latency start growth
#   bench/run.sh smoke         small, within a minute, no peers: counts and emissions, no times
#   bench/run.sh micro [ARG…]  the micro-benchmarks, with BenchmarkDotNet's arguments (--filter '*Parser*')
# As root on Debian it installs what it needs; elsewhere it says what is missing.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mode=${1:-all}
made=artifacts
mkdir -p $made

. ../.ci/need.sh
need gcc gcc --version
need util-linux taskset --version
if [ "$mode" != smoke ] && [ "$mode" != micro ]; then
    need g++ g++ --version
    need libsimdjson-dev test -e /usr/include/simdjson.h
    need nodejs node --version
    need npm npm --version
    need clang clang --version
    need zlib1g-dev test -e /usr/include/zlib.h
fi
bring "The benchmarks"

if [ "$mode" = micro ]; then
    exec dotnet run -c Release --project Micro -- "${@:2}"
fi

# 10,000 connections have as many descriptors.
ulimit -n "$(ulimit -Hn)"
gcc -O2 -Wall -Wextra -o $made/blast load/blast.c
dotnet build EndToEnd -c Release --nologo -v quiet
dotnet build ../src/Godot.Cli -c Release --nologo -v quiet
if [ "$mode" != smoke ]; then
    g++ -O3 -march=native -std=c++17 -o $made/simdjson load/simdjson.cpp -lsimdjson
    npm ci --prefix load/original --no-audit --no-fund --silent
    dotnet publish ../examples/server.cs -o $made/native --nologo -v quiet
    dotnet publish ../examples/server.cs -o $made/jit -p:PublishAot=false --nologo -v quiet
fi
rm -f $made/*.ndjson
exec EndToEnd/bin/Release/net10.0/Godot.Bench "$(dirname "$PWD")" "$@"
