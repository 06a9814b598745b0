#!/usr/bin/env bash
# The step of action.yml: checks what the inputs name, and leaves the report in the log, in a file and in the step's summary.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

arguments=()
add() { # $1: an option; $2: its values, separated by spaces or lines
  local values value
  read -r -d '' -a values <<<"$2" || true
  for value in ${values[@]+"${values[@]}"}; do arguments+=("$1" "$value"); done
}

files=()
read -r -d '' -a files <<<"${CHECK_FILES:-.}" || true
for file in "${files[@]}"; do
  # A folder may be called as a stack is.
  case $file in /* | ./*) arguments+=("$file") ;; *) arguments+=("./$file") ;; esac
done
add --profile "${CHECK_PROFILES:-}"
add --env-file "${CHECK_ENV_FILES:-}"
[ -z "${CHECK_WAIVERS:-}" ] || arguments+=(--waivers "$CHECK_WAIVERS")
arguments+=(--fail-on "${CHECK_FAIL_ON:-error}")

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "$root/infra.sh" check "${arguments[@]}" --format markdown >>"$GITHUB_STEP_SUMMARY" 2>/dev/null || true
fi
code=0
if [ -n "${CHECK_OUTPUT:-}" ]; then
  # The report is written where there are findings, too: a later step takes it.
  "$root/infra.sh" check "${arguments[@]}" --format "${CHECK_FORMAT:-text}" >"$CHECK_OUTPUT" || code=$?
  if [ "$code" -le 1 ]; then "$root/infra.sh" check "${arguments[@]}" || true; fi
else
  "$root/infra.sh" check "${arguments[@]}" --format "${CHECK_FORMAT:-text}" || code=$?
fi
exit "$code"
