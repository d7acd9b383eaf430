#!/usr/bin/env bash
# Ours and the original's pummel, in turn, so that a machine that is busy for a while is busy for both. Prints each run, medians and their ratio.
# usage: bench/pummel.sh [RUNS] [SECONDS] [PRODUCERS] [tcp|udp]
set -euo pipefail
cd "$(dirname "$0")"
runs=${1:-3} seconds=${2:-10} producers=${3:-5} type=${4:-tcp}

npm install --prefix original --package-lock=false --no-audit --no-fund --silent
dotnet build ../src/Godot.Cli -c Release --nologo -v quiet

ours() { ../src/Godot.Cli/bin/Release/net10.0/godot pummel -c "$producers" -d "$seconds" --type "$type" -p 0; }
theirs() { node original/node_modules/godot/test/perf/pummel.js -c "$producers" -d "$seconds" -i "$seconds" -o "$type" 2>/dev/null; }
rate() { awk '/per second/ { print int($1) }'; }
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

for ((i = 1; i <= runs; i++)); do
  o=$(ours | rate) t=$(theirs | rate)
  echo "run $i: ours $o, the original $t events per second"
  our_rates+=("$o") their_rates+=("$t")
done
o=$(printf '%s\n' "${our_rates[@]}" | median) t=$(printf '%s\n' "${their_rates[@]}" | median)
echo "median: ours $o, the original $t, ratio $(awk "BEGIN { printf \"%.1f\", $o / $t }")"
