#!/usr/bin/env bash
# Builds the images of this folder from Debian packages, in parallel, for places without a registry.
#
#   ./build.sh                    all of them
#   ./build.sh postgres app-base  some of them
#   LOGS=DIRECTORY ./build.sh     where the log of each build goes (default: a new directory in /tmp)
#   FORCE=1 ./build.sh            from nothing: a new base, no cached layers
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# name | tag | folder | target
images='
postgres|infra-debian/postgres:17|postgres|
pgbouncer|infra-debian/pgbouncer:1|pgbouncer|
redis|infra-debian/redis:8|redis|
valkey|infra-debian/valkey:8|valkey|
rabbitmq|infra-debian/rabbitmq:4|rabbitmq|
postgis|infra-debian/postgis:17|postgis|
localstack|infra-debian/localstack:4|localstack|
caddy|infra-debian/caddy:2|caddy|
prometheus|infra-debian/prometheus:2|prometheus|
alertmanager|infra-debian/alertmanager:0|alertmanager|
node-exporter|infra-debian/node-exporter:1|node-exporter|
postgres-exporter|infra-debian/postgres-exporter:0|postgres-exporter|
redis-exporter|infra-debian/redis-exporter:1|redis-exporter|
app-base|infra-debian/app-base:trixie|app|runtime
app-test|infra-debian/app-test:trixie|app|test
'
row() { grep "^$1|" <<<"$images"; }

if [ $# -eq 0 ]; then
    set -- postgres postgis pgbouncer redis valkey rabbitmq caddy localstack prometheus alertmanager node-exporter postgres-exporter redis-exporter app-base app-test
fi
for name in "$@"; do
    if ! row "$name" >/dev/null; then
        echo "build.sh: no image is called '$name'; there are: $(awk -F'|' 'NF { printf "%s ", $1 }' <<<"$images")" >&2
        exit 2
    fi
done

docker buildx version >/dev/null 2>&1 || {
    echo "build.sh: docker buildx is missing; run: apt-get install docker-buildx (or docker-buildx-plugin)" >&2
    exit 1
}
bash ./base.sh

logs=${LOGS:-$(mktemp -d)}
mkdir -p "$logs"
fresh=()
case "${FORCE:-}" in '' | 0 | false) ;; *) fresh=(--no-cache) ;; esac

# apt inside a build needs the network that the machine itself has.
build() {
    local name tag folder target
    IFS='|' read -r name tag folder target < <(row "$1")
    docker buildx build --load --network host --progress plain "${fresh[@]}" ${target:+--target "$target"} --tag "$tag" "$folder" >"$logs/$name.log" 2>&1
}

declare -A started
begin=$SECONDS
for name in "$@"; do
    # It starts from that image.
    if [ "$name" = postgis ] && [ -n "${started[postgres]:-}" ]; then wait "${started[postgres]}" || true; fi
    build "$name" &
    started[$name]=$!
done

failed=()
for name in "$@"; do
    if wait "${started[$name]}"; then
        echo "built  $(row "$name" | cut -d'|' -f2)"
    else
        failed+=("$name")
    fi
done

for name in "${failed[@]}"; do
    {
        echo
        echo "build.sh: $name failed; the end of $logs/$name.log:"
        tail -n 40 "$logs/$name.log"
    } >&2
done
[ ${#failed[@]} -eq 0 ] || exit 1
echo "$# images in $((SECONDS - begin)) s; logs in $logs"
