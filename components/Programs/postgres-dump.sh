#!/bin/sh
# Writes a dump of the database to the output and, from the same snapshot, the rows of each table to the error stream; with
# the word 'count' the rows alone. A table's name is a JSON string, for it may hold a tab or a newline; the tables that came with
# an extension are told apart: another version of it brings others. Who connects, and where, is libpq's own environment; inside
# the server's container, the image's.
set -eu
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
export PGDATABASE="${PGDATABASE:-${POSTGRES_DB:-$PGUSER}}"
export DUMP='pg_dump --format=custom --snapshot="$SNAPSHOT"'
[ "${1:-}" != count ] || DUMP=true

# The dump leaves by descriptor 3. One that fails ends psql with it: older versions of psql cannot tell how their child ended.
exec psql --no-psqlrc --quiet --tuples-only --no-align --field-separator='	' --set=ON_ERROR_STOP=1 3>&1 1>&2 <<'SQL'
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
\! eval "$DUMP" >&3 3>&- || kill "$PPID"
SELECT format('SELECT %L, %L, count(*) FROM ONLY %I.%I',
    CASE WHEN EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e'
        AND objid = format('%I.%I', schemaname, tablename)::regclass) THEN 'extension' ELSE 'rows' END,
    to_json(schemaname || '.' || tablename), schemaname, tablename)
FROM pg_tables WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\_%' ORDER BY schemaname, tablename \gexec
COMMIT;
SQL
