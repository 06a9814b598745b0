#!/usr/bin/env bash
# The hook of .pre-commit-hooks.yaml: pre-commit names the files that change, and Compose reads a folder's file with its override.
# Options come as --name=value, before the files.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

options=() folders=() alone=()
for argument; do
  case $argument in
    -*) options+=("$argument") ;;
    *)
      # A folder may be called as a stack is.
      case $argument in /* | ./*) ;; *) argument=./$argument ;; esac
      case ${argument##*/} in
        # What Compose finds by itself is checked by its folder.
        compose.yaml | compose.yml | docker-compose.yml | docker-compose.yaml | \
          compose.override.y*ml | docker-compose.override.y*ml) folders+=("$(dirname "$argument")") ;;
        *) alone+=("$argument") ;;
      esac ;;
  esac
done

code=0
check() {
  local ended=0
  "$root/infra.sh" check ${options[@]+"${options[@]}"} "$@" || ended=$?
  if [ "$ended" -gt "$code" ]; then code=$ended; fi
}
if [ ${#folders[@]} -gt 0 ]; then
  mapfile -t folders < <(printf '%s\n' "${folders[@]}" | sort -u)
  check "${folders[@]}"
fi
for file in ${alone[@]+"${alone[@]}"}; do check "$file"; done
exit "$code"
