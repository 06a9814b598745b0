#!/bin/sh
# Hands /data to the user valkey, becomes that user, then the command.
set -eu

case "${1:-}" in
-* | *.conf) set -- valkey-server "$@" ;;
esac

# The public image has both names.
[ "${1:-}" != redis-server ] || { shift; set -- valkey-server "$@"; }

if [ "${1:-}" = valkey-server ] && [ "$(id -u)" = 0 ]; then
    find . \! -user valkey -exec chown valkey:valkey '{}' +
    export HOME=/data
    exec setpriv --reuid=valkey --regid=valkey --init-groups -- "$0" "$@"
fi

if [ "${1:-}" = valkey-server ]; then
    [ "$(umask)" != 0022 ] || umask 0077
    # As in the public image: the container's network decides who reaches the server, unless the settings speak of it.
    settings=${2:-}
    case "$*" in
    *protected-mode* | *--help* | *--version*) ;;
    *) if [ ! -f "$settings" ] || ! grep -qi '^ *protected-mode' "$settings"; then set -- "$@" --protected-mode no; fi ;;
    esac
fi
exec "$@"
