#!/usr/bin/env bash
# Builds the command line when something has changed, then runs it: ./infra.sh up dev
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export INFRA_ROOT=${INFRA_ROOT:-$root} DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
out=$root/.infra/bin
stamp=$root/.infra/bin.stamp

require() { # the rest: what tells that it is there
  "$@" && return
  echo "infra.sh: The .NET SDK 10 is missing. Install it (your system's package dotnet-sdk-10.0, or Microsoft's dotnet-install script with '--channel 10.0') and run the same command again." >&2
  exit 2
}

has_sdk() { dotnet --list-sdks 2>/dev/null | grep -qE '^(1[0-9]|[2-9][0-9])\.'; }

# What Pulumi comes from: as the variable says, else as offline/choose.sh has chosen.
read_source() {
  local choice=
  source=${PulumiSdk:-}
  [ -z "$source" ] && [ -f "$root/.pulumi-sdk.props" ] || return 0
  IFS= read -r -d '' choice <"$root/.pulumi-sdk.props" || true
  choice=${choice#*<PulumiSdk>}
  source=${choice%%</PulumiSdk>*}
}

changed() {
  [ -f "$stamp" ] && [ -f "$out/Infra.dll" ] || return 0
  local newer built=
  newer=$(cd "$root" && find model targets components stacks operations cli infra offline Directory.* global.json .pulumi-sdk.props \
    \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit 2>/dev/null)
  read_source
  IFS= read -r built <"$stamp" || true
  [ -n "$newer" ] || [ "$source" != "$built" ]
}

# Style is for whoever changes this repository (CONTRIBUTING.md): a using too many in a component of one's own stops nobody here.
# The build's own servers outlive it: with the lock's descriptor (9) in hand they would keep it, and the next build would wait for them.
publish() { # $1: the log; the rest: further words for dotnet
  local log=$1; shift
  dotnet publish "$root/infra" --configuration Release --use-current-runtime --self-contained false \
    --artifacts-path "$root/.infra/artifacts" --output "$out.new" -p:EnforceCodeStyleInBuild=false -p:RunAnalyzersDuringBuild=false \
    -v quiet -nologo "$@" >"$log" 2>&1 9>&-
}

build() {
  require has_sdk
  if ! mkdir -p "$root/.infra" 2>/dev/null || ! [ -w "$root/.infra" ]; then
    echo "infra.sh: $root/.infra cannot be written, and the command line is built there. Make it a folder of yours, and run the same command again." >&2
    exit 2
  fi
  exec 9>"$root/.infra/build.lock"
  if command -v flock >/dev/null; then flock 9; fi
  changed || return 0
  local begun log=$root/.infra/build.log
  sh "$root/offline/choose.sh" 9>&-
  read_source
  # Its time is that of the beginning: an edit during the build is one more change.
  begun=$(mktemp "$root/.infra/begun.XXXXXX")
  printf '%s' "$source" >"$begun"
  [ -t 2 ] && echo "Building the command line …" >&2
  rm -rf "$out.new"
  # Compiled ahead of time where the feed has the compiler: it starts in half the time.
  if ! publish "$log" -p:PublishReadyToRun=true && ! { grep -q 'NU110[123]' "$log" && publish "$log"; }; then
    grep -E 'error|warn' "$log" | sort -u | head -n 20 >&2 || cat "$log" >&2
    echo "infra.sh: The command line cannot be built; the lines above say why. All of it is in $log." >&2
    rm -f "$begun"
    exit 1
  fi
  rm -rf "$out"
  mv "$out.new" "$out"
  mv "$begun" "$stamp"
}

require command -v dotnet >/dev/null
if changed; then build; fi
exec 9>&-
exec dotnet "$out/Infra.dll" "$@"
