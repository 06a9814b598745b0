#!/usr/bin/env bash
# Measures what the five systems' documents give figures for, beside those figures, which are quoted: their machines are unknown.
#
#   bench/systems.sh       in about three minutes on an idle machine
#   RUNS=5 bench/systems.sh
#
# Images come from Debian's packages: the same measure on both sides is not to be had without a registry. It works in a temporary
# folder under another project name, with the documents' own ports, and removes what it made.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${RUNS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/infra-systems.XXXXXX")
export INFRA_ROOT=$work/project DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
  echo "systems.sh: $1" >&2
  exit 1
}

infra() { "$root/infra.sh" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "'infra.sh $*' failed; the lines above say why"; }; }

clean() {
  "$root/infra.sh" down hexagonal --volumes --yes >/dev/null 2>&1 || true
  docker image ls --quiet --filter reference='infra-systems-*' | xargs -r docker image rm --force >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

# NAME COMMAND...: appends the seconds that it takes to $work/times.NAME.
measure() {
  local to=$work/times.$1 begun=${EPOCHREALTIME/[.,]/}
  shift
  "$@"
  echo $((${EPOCHREALTIME/[.,]/} - begun)) >>"$to"
}

median() { sort -n "$work/times.$1" | awk '{ at[NR] = $1 } END { printf "%.2f", (at[int((NR + 1) / 2)] + at[int(NR / 2) + 1]) / 2e6 }'; }

row() { printf '%-58s %14s   %s\n' "$1" "$2" "$3"; }

size() { docker image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.0f MB", $1 / 1e6 }'; }

mkdir "$INFRA_ROOT"
cp -r "$root/samples" "$root/images" "$root"/Pulumi.*.yaml "$INFRA_ROOT"
sed 's/^name: .*/name: infra-systems/' "$root/Pulumi.yaml" >"$INFRA_ROOT/Pulumi.yaml"

echo "$(date -u '+%F %T') UTC, $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), Docker $(docker version --format '{{.Server.Version}}'), $runs runs"
echo
row '' ours "document's, quoted"

# --- A11 -------------------------------------------------------------------------------------------------------------------
infra up hexagonal --images debian
ids=$(docker ps --quiet --filter label=infra.stack=infra-systems-hexagonal)
# shellcheck disable=SC2086 # a word for each container
docker stats --no-stream --format '{{.Name}} {{.MemUsage}} {{.CPUPerc}}' $ids | sort | while read -r name memory _ _ cpu; do
  row "A11 ${name#infra-systems-hexagonal-} at rest" "$memory" "$cpu"
done
# shellcheck disable=SC2086
docker stats --no-stream --format '{{.MemUsage}} {{.CPUPerc}}' $ids |
  awk '{ n = $1 + 0; if ($1 ~ /GiB/) n *= 1024; if ($1 ~ /KiB/) n /= 1024; memory += n; cpu += $4 } END { printf "%.0f MiB\n%.1f %%\n", memory, cpu }' >"$work/sum"
row 'A11 memory of all services' "$(sed -n 1p "$work/sum")" 'about 400 MB'
row 'A11 processor of all services' "$(sed -n 2p "$work/sum")" 'below 25 %'
infra down hexagonal --volumes --yes

# --- B7 --------------------------------------------------------------------------------------------------------------------
mikrom() { docker build --quiet --tag infra-systems-mikrom --file "$INFRA_ROOT/samples/mikrom/debian.Dockerfile" "$@" "$INFRA_ROOT/samples/mikrom" >/dev/null; }
base() { docker build --quiet --no-cache --network host --tag infra-systems-base --target runtime "$INFRA_ROOT/images/app" >/dev/null; }
measure b7.cold base
mikrom
for ((run = 0; run < runs; run++)); do
  measure b7.cached mikrom
  echo "# $RANDOM$RANDOM" >>"$INFRA_ROOT/samples/mikrom/mikrom/main.py"
  measure b7.code mikrom
done
row 'B7 packages from nothing, without the application' "$(median b7.cold) s" '402 s, with it'
row 'B7 with nothing changed' "$(median b7.cached) s" '1.3 s'
row 'B7 after a change of code' "$(median b7.code) s" '0.5 s'
row 'B7 size of the one image for four services' "$(size infra-systems-mikrom)" '662 MB (four: 2.6 GB)'

# --- C8 --------------------------------------------------------------------------------------------------------------------
services='auth_service creator_hub_service ai_engine_service channel_service'
build() { docker build --quiet --no-cache --tag "infra-systems-${1//_/-}" --file "$INFRA_ROOT/samples/creator-hub/$1/debian.Dockerfile" "$INFRA_ROOT/samples/creator-hub" >/dev/null; }
one_by_one() { for service in $services; do build "$service"; done; }
side_by_side() {
  local service pids=()
  for service in $services; do build "$service" & pids+=($!); done
  wait "${pids[@]}"
}
for ((run = 0; run < runs; run++)); do
  measure c8.one one_by_one
  measure c8.side side_by_side
done
row 'C8 four builds one by one, side by side' "$(median c8.one) s, $(median c8.side) s" '60 % faster'
for service in $services; do row "C8 size of ${service//_/-}" "$(size "infra-systems-${service//_/-}")" '400 MB (before: 800 MB)'; done
