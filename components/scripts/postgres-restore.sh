#!/bin/sh
# Reads a dump from the input into a database of its own and, once that is whole, puts it in the place of the old one. Until
# then the old one is as it was, and afterwards nothing is left of it: a table of a later migration neither.
set -eu
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
database="${PGDATABASE:-${POSTGRES_DB:-$PGUSER}}"
export PGDATABASE=template1
fresh="${database}_restored"
old="${database}_replaced"

# A swap that did not happen: the old database is open to everybody again.
undo() {
    code=$?
    trap - EXIT
    if [ "$code" != 0 ]; then
        psql -Xqc "ALTER DATABASE \"$database\" ALLOW_CONNECTIONS true" 2>/dev/null || true
        dropdb --if-exists --force "$fresh" 2>/dev/null || true
    fi
    exit "$code"
}
trap undo EXIT
trap 'exit 143' HUP INT TERM

for left in "$fresh" "$old"; do dropdb --if-exists --force "$left" 2>/dev/null; done
createdb --template=template0 ${POSTGRES_OWNER:+--owner="$POSTGRES_OWNER"} "$fresh"
pg_restore --exit-on-error --dbname="$fresh"
psql -Xqt --set=ON_ERROR_STOP=1 --set=database="$database" --set=fresh="$fresh" --set=old="$old" >/dev/null <<'SQL'
ALTER DATABASE :"database" ALLOW_CONNECTIONS false;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :'database';
BEGIN;
ALTER DATABASE :"database" RENAME TO :"old";
ALTER DATABASE :"fresh" RENAME TO :"database";
COMMIT;
DROP DATABASE :"old" WITH (FORCE);
SQL
