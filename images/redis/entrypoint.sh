#!/bin/sh
# Hands /data to the user redis, becomes that user, then the command.
set -eu

case "${1:-}" in
-* | *.conf) set -- redis-server "$@" ;;
esac

if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
    find . \! -user redis -exec chown redis:redis '{}' +
    export HOME=/data
    exec setpriv --reuid=redis --regid=redis --init-groups -- "$0" "$@"
fi

if [ "${1:-}" = redis-server ]; then
    [ "$(umask)" != 0022 ] || umask 0077
    # As in the public image: the container's network decides who reaches the server, unless the settings speak of it.
    settings=${2:-}
    case "$*" in
    *protected-mode* | *--help* | *--version*) ;;
    *) if [ ! -f "$settings" ] || ! grep -qi '^ *protected-mode' "$settings"; then set -- "$@" --protected-mode no; fi ;;
    esac
fi
exec "$@"
