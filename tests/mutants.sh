#!/usr/bin/env bash
# Changes one thing at a time in a scratch copy and runs the fast tests that matter: a change that no test notices is a missing test.
#   tests/mutants.sh --list                   prints every mutation of tests/mutants.txt, one a line
#   tests/mutants.sh [--sample N] [--seed S]  tries all of them, or N; the same seed draws the same
# Snapshots accept whatever comes here: what is wrong must be said by an assertion. Ends with 'K of N killed', and with 1 where one survives.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list="$root/tests/mutants.txt"
sample='' seed=$RANDOM action=try

usage() { sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
bad() { echo "tests/mutants.sh: $1" >&2; usage >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --list) action=list; shift ;;
    --sample|--seed)
      case ${2:-} in ''|*[!0-9]*) bad "$1 takes a whole number." ;; esac
      if [ "$1" = --sample ]; then sample=$2; else seed=$2; fi
      shift 2 ;;
    --help) usage; exit 0 ;;
    *) bad "'$1' is none of its options." ;;
  esac
done

files=() texts=() others=()
while IFS= read -r line; do
  case $line in
    '#'*|'') ;;
    '- '*) texts+=("${line#- }") ;;
    '+ '*) others+=("${line#+ }") ;;
    *) files+=("$line") ;;
  esac
done < "$list"
count=${#files[@]}

describe() { printf '%s: %s → %s\n' "${files[$1]}" "${texts[$1]#"${texts[$1]%%[! ]*}"}" "${others[$1]#"${others[$1]%%[! ]*}"}"; }
if [ "$action" = list ]; then
  for ((i = 0; i < count; i++)); do describe "$i"; done
  exit 0
fi

# Fisher and Yates, by a generator of our own: bash's differs between its versions.
order=()
for ((i = 0; i < count; i++)); do order+=("$i"); done
if [ -n "$sample" ]; then
  [ "$sample" -ge 1 ] || bad "--sample takes at least 1."
  [ "$sample" -le "$count" ] || bad "There are $count mutations, not $sample."
  state=$seed
  for ((i = count - 1; i > 0; i--)); do
    state=$(((state * 1103515245 + 12345) % 2147483648))
    j=$(((state / 65536) % (i + 1)))
    swap=${order[i]}; order[i]=${order[j]}; order[j]=$swap
  done
  order=("${order[@]:0:sample}")
  echo "$sample of $count mutations, seed $seed"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done | tar --null -T - -cf -) | tar -xf - -C "$scratch"
cd "$scratch"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UPDATE_SNAPSHOTS=1
# Not those that start the program or look at the list of mutations itself, which differs from its files here.
tests='Category!=EndToEnd&(FullyQualifiedName~.Tests.Components|FullyQualifiedName~.Tests.Stacks|FullyQualifiedName~.Tests.Systems|FullyQualifiedName~.Tests.Targets)'
limit=$(command -v timeout || true)
build() { dotnet build tests -v quiet -nologo -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false > build.log 2>&1; }
run() { ${limit:+"$limit" 300} dotnet test tests --no-build -nologo --filter "$tests" --logger 'console;verbosity=minimal' > test.log 2>&1; }
killer() { sed -nE 's/^ *(Failed|\[xUnit.*\]) +Infra\.Tests\.([A-Za-z0-9_.]+).*/\2/p' test.log | head -n 1; }

[ ! -f offline/choose.sh ] || sh offline/choose.sh
build || { cat build.log; echo "The copy does not build: nothing was tried."; exit 1; }
run || { tail -n 40 test.log; echo "Its tests fail before anything is changed: nothing was tried."; exit 1; }

killed=0 tried=0 survivors=()
for i in "${order[@]}"; do
  file=${files[i]}
  cp -p "$file" original
  # The x keeps the line breaks at the end.
  content=$(cat "$file"; echo x); content=${content%x}
  changed=${content/"${texts[i]}"/"${others[i]}"}
  [ "$changed" != "$content" ] || { echo "It changes nothing: $(describe "$i")"; exit 1; }
  printf '%s' "$changed" > "$file"
  # A Dockerfile too: what is built is still the mutation before it.
  build || { grep -m 3 'error' build.log; echo "It does not compile: $(describe "$i")"; exit 1; }
  tried=$((tried + 1))
  if run; then
    survivors+=("$(describe "$i")")
    echo "SURVIVES  $(describe "$i")"
  else
    killed=$((killed + 1))
    echo "killed    $(describe "$i")  [$(killer)]"
  fi
  cp original "$file"
done

[ ${#survivors[@]} -eq 0 ] || printf 'No test notices: %s\n' "${survivors[@]}"
echo "$killed of $tried killed"
[ "$killed" -eq "$tried" ]
