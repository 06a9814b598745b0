#!/bin/sh
# Puts a dump in the place of the database, in two steps. 'prepare' reads it from the input into a database of its own, with the
# roles that it needs, and counts its rows; 'commit' gives that the name of the old one, of which nothing is left: a table of a
# later migration neither. 'undo' removes what was prepared; until the commit the old one is as it was.
# $1: the script that writes settings; $2: the one that counts; $3: the step; 'drop' is 'undo' before a commit.
set -eu
umask 077
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
database="${PGDATABASE:-${POSTGRES_DB:-$PGUSER}}"
export PGDATABASE=template1
fresh="${database}_restored"
old="${database}_replaced"
roles=/tmp/postgres-roles.sql
made=/tmp/postgres-roles.made
turn=/tmp/postgres-restore.turn

sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=database="$database" --set=fresh="$fresh" --set=old="$old" "$@"; }

allow() { echo 'ALTER DATABASE :"database" ALLOW_CONNECTIONS true;' | sql; }

undo() {
    allow
    dropdb --if-exists --force "$fresh" 2>/dev/null
    if [ -e "$made" ]; then while read -r role; do echo "DROP ROLE IF EXISTS $role;"; done <"$made" | sql 2>/dev/null || true; fi
    rm -f "$made"
}

# After a restore that was killed, too: where its commit has come through, the old database goes and the roles stay.
drop() {
    if [ "$(echo "SELECT count(*) FROM pg_database WHERE datname = :'old'" | sql)" = 1 ]; then rm -f "$made"; fi
    undo
    dropdb --if-exists --force "$old" 2>/dev/null
}

# A commit whose client was interrupted may have come through all the same.
require_prepared() {
    allow
    [ "$(echo "SELECT count(*) FROM pg_database WHERE datname = :'fresh'" | sql)" = 1 ] || {
        echo "$fresh: There is no such database any more; it may have taken its place already." >&2
        exit 1
    }
}

# Those that are missing are made; the others keep their attributes and the password of today.
add_roles() {
    echo "SELECT quote_ident(rolname) FROM pg_roles" | sql >/tmp/postgres-roles.there
    sed '/^-- Of the database itself:/,$d' "$roles" | awk -v there=/tmp/postgres-roles.there -v made="$made" '
        BEGIN { while ((getline line < there) > 0) known["ROLE " line] = 1; printf "" >made }
        /^CREATE ROLE / { role = substr($0, 8, length($0) - 8); if (role in known) next; fresh[role] = 1; print substr(role, 6) >made }
        /^ALTER ROLE .* WITH / { role = substr($0, 7, index($0, " WITH ") - 7); if (role in known && !(role in fresh)) next }
        { print }' | sql >&2
    rm -f /tmp/postgres-roles.there
}

prepare() {
    trap 'code=$?; trap - EXIT; if [ "$code" != 0 ]; then undo || true; fi; rm -f "$roles"; exit "$code"' EXIT
    trap 'exit 143' HUP INT TERM
    undo
    dropdb --if-exists --force "$old" 2>/dev/null
    owner=${POSTGRES_OWNER:-$(echo "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = :'database'" | sql)}
    # What a backup does not have of the database's own settings stays as it is.
    if [ -e "$roles" ]; then add_roles; else PGDATABASE=$database sh -c "$1" postgres-roles settings >"$roles"; fi
    createdb --template=template0 --owner="$owner" "$fresh"
    pg_restore --exit-on-error --dbname="$fresh"
    # At last: one of them may forbid to write.
    sed -n '/^-- Of the database itself:/,$p' "$roles" | sql --set=database="$fresh"
    PGDATABASE=$fresh sh -c "$2" postgres-dump count
}

commit() {
    # What was not renamed lets everybody in again, whoever asks for that.
    trap 'code=$?; trap - EXIT; if [ "$code" != 0 ]; then allow || true; fi; exit "$code"' EXIT
    trap 'exit 143' HUP INT TERM
    sql >/dev/null <<'SQL'
ALTER DATABASE :"database" ALLOW_CONNECTIONS false;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :'database';
BEGIN;
ALTER DATABASE :"database" RENAME TO :"old";
ALTER DATABASE :"fresh" RENAME TO :"database";
COMMIT;
SQL
    # It is restored; what is left of the old one goes with the next restore at the latest.
    rm -f "$made"
    dropdb --if-exists --force "$old" || true
}

# One after the other: a commit goes on without its client, and what comes next must find it ended. Freed when this process ends.
exec 9>"$turn"
flock 9
case $3 in
    prepare) prepare "$1" "$2" ;;
    commit) commit ;;
    # Each by itself: what is part of a condition does not end at its first error.
    undo) require_prepared; undo; rm -f "$roles" ;;
    drop) drop; rm -f "$roles" ;;
esac
