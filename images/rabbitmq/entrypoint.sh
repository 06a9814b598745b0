#!/usr/bin/env bash
# Makes the Erlang cookie, hands the data to the user rabbitmq, becomes that user, then the command.
set -euo pipefail

data=/var/lib/rabbitmq
cookie=$data/.erlang.cookie

if [ "${1:-}" = rabbitmq-server ] && [ "$(id -u)" = 0 ]; then
    find "$data" \! -user rabbitmq -exec chown rabbitmq:rabbitmq '{}' +
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups -- "$0" "$@"
fi

if [ "${1:-}" = rabbitmq-server ]; then
    if [ ! -s "$cookie" ]; then
        rm -f "$cookie" "$cookie.new"
        (umask 0377 && LC_ALL=C tr -dc A-Z0-9 </dev/urandom | head -c 32 >"$cookie.new") || true
        [ "$(stat -c %s "$cookie.new")" = 32 ] || { echo "rabbitmq: could not write $cookie" >&2; exit 1; }
        mv "$cookie.new" "$cookie"
    fi
    # Erlang reserves memory for every file it may open; an engine's "unlimited" would cost hundreds of megabytes.
    limit=$(ulimit -n)
    if [ "$limit" = unlimited ] || [ "$limit" -gt 65536 ]; then
        ulimit -n 65536
    fi
fi
exec "$@"
