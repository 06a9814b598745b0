#!/bin/sh
# Writes the users of the pool, who log in to the server as the same, and becomes the command. The password is today's, whatever it was.
set -eu
umask 077
printf '"%s" "%s"\n' "$PGBOUNCER_USER" "$(sed 's/"/""/g' "$PGBOUNCER_PASSWORD_FILE")" >/tmp/userlist.txt
exec "$@"
