#!/usr/bin/env bash
# Fuzzes the reader for a time, in seconds (default 600): fuzz.sh [SECONDS [FOLDER]]. What is found stands in FOLDER (default artifacts/fuzz), which a
# later run takes up again. Needs AFL++ (Debian: afl++).
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-600}
out=$(realpath -m "${2:-../../artifacts/fuzz}")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

rm -rf "$out/bin"
dotnet build -c Release -o "$out/bin"
dotnet tool restore
dotnet sharpfuzz "$out/bin/Godot.Monitoring.dll"
start=-
if [ ! -d "$out/found" ]; then
    start=$out/seeds
    dotnet "$out/bin/Godot.Fuzz.dll" seeds "$start"
fi

# A runtime is no native program that AFL++ could look into, and reserves more memory than it uses. The collector's tiers would time inputs differently.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1
afl-fuzz -i "$start" -o "$out/found" -V "$seconds" -m none -t 5000 -x json.dict -- dotnet "$out/bin/Godot.Fuzz.dll" >"$out/log"
grep -E "^(execs_done|execs_per_sec|saved_crashes|saved_hangs|corpus_count|bitmap_cvg|run_time)" "$out/found/default/fuzzer_stats"
if compgen -G "$out/found/default/crashes/id*" >/dev/null || compgen -G "$out/found/default/hangs/id*" >/dev/null; then
    echo "There is a difference: see $out/found/default" >&2
    exit 1
fi
