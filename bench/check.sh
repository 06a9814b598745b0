#!/usr/bin/env bash
# Measures './infra.sh check' of a Compose file of 100 services beside 'docker compose config' of it, in turns; no engine is asked.
#
#   bench/check.sh          RUNS=5 for another number of turns than 9, SERVICES=1000 for another size
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${RUNS:-9} services=${SERVICES:-100}
work=$(mktemp -d "${TMPDIR:-/tmp}/infra-check.XXXXXX")
trap 'rm -rf "$work"' EXIT

{
  printf 'x-app: &app\n  image: registry.example.com/shop/app:latest\n  environment:\n    DATABASE_URL: postgresql://shop:shop@db-1/shop\n    SECRET_KEY: "${SECRET_KEY:-changeme}"\n'
  printf 'services:\n'
  for ((at = 1; at <= services; at++)); do
    case $((at % 5)) in
      0) printf '  db-%d:\n    image: postgres:17\n    ports: ["%d:5432"]\n    healthcheck: { test: pg_isready }\n    volumes: ["data-%d:/var/lib/postgresql/data"]\n' $at $((20000 + at)) $at ;;
      1) printf '  cache-%d:\n    image: redis:7\n    command: redis-server --appendonly yes\n' $at ;;
      2) printf '  web-%d:\n    <<: *app\n    command: uvicorn shop.main:app --host 0.0.0.0 --port 8000\n    ports: ["%d:8000"]\n    depends_on: [cache-%d]\n' $at $((20000 + at)) $((at - 1)) ;;
      3) printf '  worker-%d:\n    <<: *app\n    command: celery -A shop worker\n    restart: always\n' $at ;;
      4) printf '  front-%d:\n    image: nginx:1.27\n    volumes: ["./conf:/etc/nginx/conf.d:ro"]\n    deploy: { resources: { limits: { memory: 64m } } }\n' $at ;;
    esac
  done
  printf 'volumes:\n'
  for ((at = 5; at <= services; at += 5)); do printf '  data-%d:\n' $at; done
} >"$work/compose.yaml"

measure() { # NAME COMMAND...: appends the microseconds that it takes to $work/NAME
  local to=$work/times.$1 begun=${EPOCHREALTIME/[.,]/}
  shift
  "$@" >"$work/log" 2>&1 || [ $? = 1 ] || { cat "$work/log" >&2; exit 1; }
  echo $((${EPOCHREALTIME/[.,]/} - begun)) >>"$to"
}
median() { sort -n "$work/times.$1" | awk '{ at[NR] = $1 } END { printf "%.3f", (at[int((NR + 1) / 2)] + at[int(NR / 2) + 1]) / 2e6 }'; }

cd "$work"
"$root/infra.sh" --version >/dev/null # builds what has changed
for ((run = 0; run < runs; run++)); do
  measure config docker compose --file compose.yaml --profile '*' config --format json
  measure check "$root/infra.sh" check compose.yaml
done
echo "(k) check of $services services, $runs turns, load $(cut -d' ' -f1-3 /proc/loadavg): $(tail -n 1 "$work/log")"
awk "BEGIN { printf \"    docker compose config %.3f s, check %.3f s: %.3f s more; aim: at most 0.4 s\\n\", $(median config), $(median check), $(median check) - $(median config) }"
