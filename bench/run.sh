#!/usr/bin/env bash
# Measures the project beside plain Docker Compose and prints the two side by side.
#
#   bench/run.sh           everything, in less than ten minutes on an idle machine
#   bench/run.sh b c       some parts: a (up from nothing), b (preview), c (rendering), d (rebuild), e (up with nothing to do), r (reload), p (prod),
#                          x (load through the proxy), k (check of a Compose file of 100 services; alone, it needs no engine)
#   RUNS=5 bench/run.sh    more runs of each (default 3); what is printed are medians
#
# It works on a project of its own in a temporary folder, with other names and ports, and removes it with its volumes at the end.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
parts=${*:-a b c d e r p x k}
runs=${RUNS:-3}
[ "$parts" != k ] || exec "$root/bench/check.sh"
port=21000
work=$(mktemp -d "${TMPDIR:-/tmp}/infra-bench.XXXXXX")
export INFRA_ROOT=$work/project DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
name=infra-bench-dev

fail() {
  echo "run.sh: $1" >&2
  exit 1
}

infra() { "$root/infra.sh" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "'infra.sh $*' failed; the lines above say why"; }; }
plain() { docker compose --project-directory "$INFRA_ROOT" --file "$work/plain.yaml" --project-name "$name" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "'docker compose $*' failed; the lines above say why"; }; }
chain() { docker compose --file "$work/chain.yaml" --project-name infra-bench-chain "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "'docker compose $*' failed; the lines above say why"; }; }

clean() {
  "$root/infra.sh" down dev --volumes --yes >/dev/null 2>&1 || true
  "$root/infra.sh" down prod --volumes --yes >/dev/null 2>&1 || true
  docker rm --force infra-bench-plain >/dev/null 2>&1 || true
  "$root/infra.sh" down edge --volumes --yes >/dev/null 2>&1 || true
  [ ! -f "$work/chain.yaml" ] || docker compose --file "$work/chain.yaml" --project-name infra-bench-chain down --timeout 0 >/dev/null 2>&1 || true
  docker image rm "$name-app:latest" infra-bench-edge-app:latest infra-bench-ours infra-bench-naive >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

# NAME COMMAND...: appends the seconds that it takes to $work/NAME.
measure() {
  local to=$work/times.$1 begun=${EPOCHREALTIME/[.,]/}
  shift
  "$@"
  echo $((${EPOCHREALTIME/[.,]/} - begun)) >>"$to"
}

median() { sort -n "$work/times.$1" | awk '{ at[NR] = $1 } END { printf "%.2f", (at[int((NR + 1) / 2)] + at[int(NR / 2) + 1]) / 2e6 }'; }

# TEXT OURS OTHER AIM: one row of the table from the times under these names.
row() {
  local ours other
  ours=$(median "$2") other=$(median "$3")
  printf '%-44s %8s s %8s s   %5s   %s\n' "$1" "$ours" "$other" "$(awk "BEGIN { printf \"%.2f\", $ours / $other }")" "$4"
}

bench_program() {
  sh "$root/offline/choose.sh" >/dev/null 2>&1 || true
  dotnet build "$root/bench" --configuration Release --artifacts-path "$root/.infra/bench" -v quiet -nologo >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 'the bench project cannot be built'; }
}

has() { [[ " $parts " == *" $1 "* ]]; }

# --- the project -----------------------------------------------------------------------------------------------------------
mkdir "$INFRA_ROOT"
cp -r "$root/app" "$root/images" "$INFRA_ROOT"
sed 's/^name: .*/name: infra-bench/' "$root/Pulumi.yaml" >"$INFRA_ROOT/Pulumi.yaml"
sed "s/^      port: 8000/      port: $port/" "$root/Pulumi.dev.yaml" >"$INFRA_ROOT/Pulumi.dev.yaml"

echo "$(date -u '+%F %T') UTC, $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), load $(cut -d' ' -f1-3 /proc/loadavg), Docker $(docker version --format '{{.Server.Version}}'), Compose $(docker compose version --short), $runs runs"
echo
infra up dev # builds the images and decides where they come from
rendered=$INFRA_ROOT/.infra/dev/compose.yaml
# The same services and tests, asked every 10 s from the start and without the waits' short steps. No failure counts early on. Its volumes
# are Compose's own: ours are made beforehand, and so external to it.
sed -E '/^ +start_(period|interval): /d; /^ +external: true$/d; s/^( +interval: ).*/\110s/; s/^( +retries: ).*/\112/' "$rendered" >"$work/plain.yaml"

printf '%-44s %10s %10s   %5s   %s\n' '' ours other ratio aim

# --- (e), while it stands, and (r) -----------------------------------------------------------------------------------------
if has e; then
  for ((run = 0; run < runs; run++)); do
    measure e.ours infra up dev
    measure e.other docker compose --project-directory "$INFRA_ROOT" --file "$rendered" --project-name "$name" up --detach --no-build --quiet-pull --wait 2>/dev/null
  done
  {
    echo services:
    for i in {1..10}; do
      echo "  s$i: { image: \"$name-app:latest\", command: [sleep, infinity], init: true, healthcheck: { test: [CMD, 'true'], interval: 10s, start_period: 10s, start_interval: 250ms }$([ "$i" = 1 ] || echo ", depends_on: { s$((i - 1)): { condition: service_healthy } }") }"
    done
  } >"$work/chain.yaml"
  chain up --detach --wait
  for ((run = 0; run < runs; run++)); do measure e.chain chain up --detach --wait; done
  chain down --timeout 0
  row '(e) up with nothing to do' e.ours e.other '<= 0.3'
  row '    … against a chain of ten services' e.ours e.chain '<= 0.3'
fi

if has r; then
  while read -r service middle least most; do
    printf '%-44s %8s s %10s   %5s   %s\n' "(r) edit live in $service, of ten edits" "$middle" "" "" "$([ "$service" = web ] && echo '<= 1.0 s' || echo '<= 0.5 s') ($least to $most)"
  done < <(python3 "$root/bench/reload.py" "$INFRA_ROOT/app" "http://127.0.0.1:$port" "$name-worker")
fi

# --- (a) -------------------------------------------------------------------------------------------------------------------
infra up dev # an edited application, whose image is stale, is no part of what follows
infra down dev --volumes --yes
if has a; then
  for ((run = 0; run < runs; run++)); do
    measure a.ours infra up dev
    infra down dev --volumes --yes
    measure a.other plain up --detach --no-build --wait
    plain down --volumes
  done
  row '(a) up from nothing, all healthy' a.ours a.other '<= 0.3'
fi

# --- (b) -------------------------------------------------------------------------------------------------------------------
if has b; then
  for ((run = 0; run < 3 * runs; run++)); do
    measure b.ours infra preview dev
    measure b.other docker compose --project-directory "$INFRA_ROOT" --file "$rendered" config --quiet
  done
  row '(b) preview against compose config' b.ours b.other '<= 2'
fi

# --- (d) -------------------------------------------------------------------------------------------------------------------
if has d; then
  app=$INFRA_ROOT/app
  if [ "$(cat "$INFRA_ROOT/.infra/dev/images")" = debian ]; then
    ours=$app/debian.Dockerfile
    awk '{ print } /^FROM .* AS packages/ { print "WORKDIR /app\nCOPY . ." }' "$root/images/app/Dockerfile" >"$work/naive.Dockerfile"
  else
    ours=$app/Dockerfile
    sed 's/^COPY pyproject.toml.*/COPY . ./' "$ours" >"$work/naive.Dockerfile"
  fi
  build() { docker build --quiet --network host --tag "infra-bench-$1" --file "$2" "$app" >/dev/null; }
  build ours "$ours"
  build naive "$work/naive.Dockerfile"
  for ((run = 0; run < runs; run++)); do
    measure d.same.ours build ours "$ours"
    measure d.same.other build naive "$work/naive.Dockerfile"
    echo "# $RANDOM$RANDOM" >>"$app/src/shop/main.py"
    measure d.ours build ours "$ours"
    [ "$run" != 0 ] || measure d.other build naive "$work/naive.Dockerfile" # once: it takes a minute
  done
  row '(d) image after a change of code' d.ours d.other ''
  row '    … with nothing changed' d.same.ours d.same.other ''
fi

# --- (p) -------------------------------------------------------------------------------------------------------------------
if has p; then
  cp "$root/Pulumi.prod.yaml" "$INFRA_ROOT"
  # Ports of its own, beside whatever else runs here.
  cat >>"$INFRA_ROOT/Pulumi.prod.yaml" <<EOF
  infra:proxy: { httpPort: 21080, httpsPort: 21443 }
  infra:monitoring: { prometheus: { port: 21090 }, alertmanager: { port: 21093 }, grafana: { port: 21030 } }
EOF
  mkdir -p "$INFRA_ROOT/.secrets/prod"
  for secret in postgres redis rabbitmq grafana; do printf 'bench%s' "$RANDOM$RANDOM" >"$INFRA_ROOT/.secrets/prod/$secret-password"; done
  infra up prod # builds the images
  for ((run = 0; run < runs; run++)); do
    infra down prod --volumes --yes
    measure p.ours infra up prod
    measure p.again infra up prod
  done
  printf '%-44s %8s s %10s   %5s\n' '(p) prod up from nothing, all healthy' "$(median p.ours)" '' ''
  printf '%-44s %8s s %10s   %5s\n' '    … up with nothing to do' "$(median p.again)" '' ''
  "$root/infra.sh" status prod | sed 's/^/    /'
  infra down prod --volumes --yes
fi

# --- (x) -------------------------------------------------------------------------------------------------------------------
if has x; then
  cat >"$INFRA_ROOT/app/src/hello.py" <<EOF
from fastapi import FastAPI

app = FastAPI()


@app.get("/{path:path}")
async def hello(path: str) -> dict[str, str]:
    return {"hello": path}
EOF
  edge() { # REPLICAS
    cat >"$INFRA_ROOT/Pulumi.edge.yaml" <<EOF
config:
  infra:environment: prod
  infra:monitoring: { enabled: false }
  infra:backup: { enabled: false }
  infra:app: { context: app }
  infra:services:
    web: { command: "uvicorn hello:app --host 0.0.0.0 --port 8000 --no-access-log", metrics: "", cpus: 1, replicas: $1 }
  infra:proxy: { httpPort: 21180, cpus: 1, sites: { localhost: { tls: none } } }
EOF
    infra up edge
  }
  bench_program
  edge 1
  containers() { docker ps --quiet --filter label=infra.stack=infra-bench-edge --filter "label=infra.service=$1"; }
  proxy=$(containers proxy)
  # Caddy's usual way: the same image, limits and network, to the first of web alone, which no change of their number recreates.
  printf '{\n\tadmin off\n\tauto_https off\n}\n:8080 {\n\treverse_proxy %s:8000\n}\n' "$(containers web)" >"$work/plain.Caddyfile"
  chmod 755 "$work" && chmod 644 "$work/plain.Caddyfile"
  docker run --detach --name infra-bench-plain --cpus 1 --memory 256m --publish 127.0.0.1:21181:8080 \
    --network "$(docker inspect --format '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}' "$proxy")" \
    --volume "$work/plain.Caddyfile:/etc/caddy/Caddyfile:ro" "$(docker inspect --format '{{.Image}}' "$proxy")" \
    caddy run --config /etc/caddy/Caddyfile --adapter caddyfile >/dev/null
  echo
  echo "(x) load through the proxy beside plain Caddy to one web, ${CLIENTS:-8} clients; aim: >= 0.95 and <= 1.05 beside it with one of web"
  printf '%-44s %8s %4s   %9s %4s   %9s   %8s\n' '' requests '' median '' '99th' 'processor'
  for replicas in 1 2 4; do
    edge "$replicas"
    dotnet "$root/.infra/bench/bin/Bench/release/Bench.dll" load "${SECONDS_EACH:-5}" "${CLIENTS:-8}" "$((2 * runs))" \
      'plain Caddy, one of web' http://localhost:21181/x infra-bench-plain "the product, $replicas of web" http://localhost:21180/x "$proxy"
  done
  docker rm --force infra-bench-plain >/dev/null
  infra down edge --volumes --yes
fi

# --- (c) -------------------------------------------------------------------------------------------------------------------
if has c; then
  echo
  echo '(c) rendering topologies of 10, 100, 1,000 services; aim: linear, 1,000 in less than 2 s'
  bench_program
  dotnet "$root/.infra/bench/bin/Bench/release/Bench.dll"
fi

# --- (k) -------------------------------------------------------------------------------------------------------------------
if has k; then
  echo
  "$root/bench/check.sh"
fi
