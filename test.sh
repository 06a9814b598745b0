#!/usr/bin/env bash
# Runs the tests; --fast leaves out those that need a Docker engine, --long takes in those that take minutes each. Any further words
# go to 'dotnet test'.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if [ "${1:-}" = --fast ]; then
  shift
  set -- --filter 'Category!=EndToEnd&Category!=Long' "$@"
else
  if [ "${1:-}" = --long ]; then
    shift
  else
    case " $* " in *' --filter '*) ;; *) set -- --filter 'Category!=Long' "$@" ;; esac
  fi
  # Installs and starts an engine where there is none.
  ./infra.sh doctor --install --yes || true
fi

sh offline/choose.sh
dotnet build tests -v quiet -nologo
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
dotnet test tests --no-build -nologo --logger 'console;verbosity=normal' "$@" 2>&1 | tee "$log" || code=$?

count() { sed -nE "s/^ *$1: +([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count Passed) failed=$(count Failed) skipped=$(count Skipped)
echo
# A log of thousands of lines is read from its end: what failed, and why, once more.
if [ "${failed:-0}" -gt 0 ]; then
  awk '/^  (Passed|Skipped) /{shown=0} /^  Failed /{shown=1; left=30} shown && left-- > 0' "$log"
  echo
fi
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "${passed:-0}" -gt 0 ] || exit 1
exit "$code"
