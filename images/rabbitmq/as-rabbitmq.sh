#!/bin/sh
# RabbitMQ's command line tools, called by their names: always as the user that may read the Erlang cookie.
tool=/usr/lib/rabbitmq/bin/$(basename "$0")
export HOME=/var/lib/rabbitmq
if [ "$(id -u)" = 0 ] && setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups true 2>/dev/null; then
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups -- "$tool" "$@"
fi
exec "$tool" "$@"
