#!/usr/bin/env bash
# Changes one thing at a time in a scratch copy and runs the fast tests that matter: a change that no test notices is a missing test.
#   tests/mutants.sh --list [PATH...]                   prints every mutation of tests/mutants.txt, one a line
#   tests/mutants.sh [--sample N] [--seed S] [PATH...]  tries all of them, or N; the same seed draws the same
# A PATH, as it stands in the list, keeps to the files that begin with it: targets/Compose, components/Postgres.cs.
# Snapshots accept whatever comes here: what is wrong must be said by an assertion. Ends with 'K of N killed', and with 1 where one survives.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list="$root/tests/mutants.txt"
sample='' seed=$RANDOM action=try paths=()

usage() { sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
bad() { echo "tests/mutants.sh: $1" >&2; usage >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --list) action=list; shift ;;
    --sample|--seed)
      case ${2:-} in ''|*[!0-9]*) bad "$1 takes a whole number." ;; esac
      if [ "$1" = --sample ]; then sample=$2; else seed=$2; fi
      shift 2 ;;
    --help) usage; exit 0 ;;
    -*) bad "'$1' is none of its options." ;;
    *) paths+=("$1"); shift ;;
  esac
done

wanted() {
  local path
  [ ${#paths[@]} -gt 0 ] || return 0
  for path in "${paths[@]}"; do case $1 in "$path"*) return 0 ;; esac; done
  return 1
}

files=() texts=() others=()
while IFS= read -r line; do
  case $line in
    '#'*|'') ;;
    '- '*) text=${line#- } ;;
    '+ '*) ! wanted "$file" || { files+=("$file"); texts+=("$text"); others+=("${line#+ }"); } ;;
    *) file=$line ;;
  esac
done < "$list"
count=${#files[@]}
[ "$count" -gt 0 ] || bad "No mutation is of ${paths[*]}: see --list."

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
mkdir "$scratch/copy"
tracked() {
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done
}
(cd "$root" && tracked | tar --null -T - -cf -) | tar -xf - -C "$scratch/copy"
cd "$scratch/copy"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UPDATE_SNAPSHOTS=1
# Each run of the tests is a short one: what makes long ones faster only costs.
export DOTNET_TieredPGO=0
limit=$(command -v timeout || true)
bin=tests/bin/Debug/net10.0

compile() {
  dotnet build "$@" -v quiet -nologo -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:GenerateDocumentationFile=false \
    -p:EnableSourceLink=false -p:EnableSourceControlManagerQueries=false -p:UseSharedCompilation=true > ../build.log 2>&1
}
visible() { cksum "$1"/obj/Debug/net10.0/ref/*.dll; }
# Only the file's own project, unless what the others see of it has changed; what is in none is read as it is.
build() {
  wide='' output=''
  compgen -G "$1/*.csproj" > /dev/null || return 0
  output=$(basename "$1"/obj/Debug/net10.0/ref/*.dll)
  visible "$1" > ../before
  compile "$1" --no-restore --no-dependencies || return
  if visible "$1" | cmp -s - ../before; then cp "$1/obj/Debug/net10.0/$output" "$bin/$output"; else wide=yes; compile tests --no-restore; fi
}
restore() {
  cp ../original "$1"
  if [ -n "$wide" ]; then compile tests --no-restore; elif [ -n "$output" ]; then cp "../built/$output" "$bin/$output"; fi
}

# Not those that start the program, or look at the list of mutations itself, which differs from its files here.
folders='FullyQualifiedName~.Tests.Components.|FullyQualifiedName~.Tests.Model.|FullyQualifiedName~.Tests.Stacks.'
folders="$folders|FullyQualifiedName~.Tests.Systems.|FullyQualifiedName~.Tests.Targets."
tests="Category!=EndToEnd&Category!=Long&FullyQualifiedName!~.Tests.Components.Scripts.&($folders)"
slow='FullyQualifiedName~.WaitForServicesTests.|FullyQualifiedName~.TakenSettingsTests.'
beside() {
  case $1 in
    targets/*/*) echo "FullyQualifiedName~.Tests.Targets.$(basename "$(dirname "$1")")." ;;
    model/*) echo 'FullyQualifiedName~.Tests.Model.' ;;
    components/*|images/*) echo 'FullyQualifiedName~.Tests.Components.' ;;
    stacks/Systems/*|samples/*|app/*) echo 'FullyQualifiedName~.Tests.Systems.' ;;
    *) echo 'FullyQualifiedName~.Tests.Stacks.' ;;
  esac
}
not() { sed 's/~/!~/g; s/|/\&/g' <<< "$1"; }
killer() { sed -nE 's/^ *(Failed|\[xUnit.*\]) +Infra\.Tests\.([A-Za-z0-9_.]+).*/\2/p' ../test.log | head -n 1; }
# The first failure is enough; without one that has a name the tests did not run to their end, which tells nothing.
run() {
  ${limit:+"$limit" 300} dotnet test "$bin/Infra.Tests.dll" --filter "$1" --logger 'console;verbosity=minimal' \
    -- xUnit.StopOnFail=true xUnit.PreEnumerateTheories=false > ../test.log 2>&1 && grep -q '^Passed!' ../test.log && return
  [ -n "$(killer)" ] || { tail -n 40 ../test.log; echo "The tests ended without a failed one, or did not end within 300 s."; exit 1; }
  return 1
}
# Those beside the file but the slow ones, then the others: most that are killed are killed by the first.
survives() {
  local near
  near=$(beside "$1")
  run "$tests&$near&$(not "$slow")" && run "$tests&($(not "$near")|$slow)"
}

[ ! -f offline/choose.sh ] || sh offline/choose.sh
compile tests || { cat ../build.log; echo "The copy does not build: nothing was tried."; exit 1; }
run "$tests" || { tail -n 40 ../test.log; echo "Its tests fail before anything is changed: nothing was tried."; exit 1; }
cp -R "$bin" ../built

killed=0 tried=0 survivors=()
for i in "${order[@]}"; do
  file=${files[i]}
  cp -p "$file" ../original
  # The x keeps the line breaks at the end.
  content=$(cat "$file"; echo x); content=${content%x}
  changed=${content/"${texts[i]}"/"${others[i]}"}
  [ "$changed" != "$content" ] || { echo "It changes nothing: $(describe "$i")"; exit 1; }
  printf '%s' "$changed" > "$file"
  build "${file%%/*}" || { grep -m 3 'error' ../build.log; echo "It does not compile: $(describe "$i")"; exit 1; }
  tried=$((tried + 1))
  if survives "$file"; then
    survivors+=("$(describe "$i")")
    echo "SURVIVES  $(describe "$i")"
  else
    killed=$((killed + 1))
    echo "killed    $(describe "$i")  [$(killer)]"
  fi
  restore "$file"
done

[ ${#survivors[@]} -eq 0 ] || printf 'No test notices: %s\n' "${survivors[@]}"
echo "$killed of $tried killed"
[ "$killed" -eq "$tried" ]
