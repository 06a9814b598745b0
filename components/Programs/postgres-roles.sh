#!/bin/sh
# Writes, as SQL for psql, what a dump of the database leaves out: the roles, and after a line that divides them the settings and
# privileges of the database itself, whose name is the variable "database"; with the word 'settings' those alone. The password of
# no superuser is among them, and none at all where the user may not read them; nor are the roles of a rotation.
set -eu
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
export PGDATABASE="${PGDATABASE:-${POSTGRES_DB:-$PGUSER}}"
if [ "${1:-}" != settings ]; then
    passwords=--no-role-passwords
    if [ "$(psql -XAtqc "SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')")" = t ]; then passwords=; fi
    roles=$(pg_dumpall --roles-only $passwords)
    # The other lines that psql itself would take are for a restricted mode, which not every version knows.
    printf '%s\n' "$roles" | sed -e '/^\\/d' -e '/ infra_\(owner\|backup\|monitor\)_next[ ;]/d' -e 's/ GRANTED BY .*;$/;/' -e "/^ALTER ROLE .* WITH SUPERUSER /s/ PASSWORD '[^']*'//"
fi
echo '-- Of the database itself:'
exec psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<'SQL'
SELECT format('ALTER %s SET %I TO %s;',
    CASE setrole WHEN 0 THEN 'DATABASE :"database"' ELSE format('ROLE %I IN DATABASE :"database"', rolname) END,
    name,
    -- These are lists of quoted names already.
    CASE WHEN lower(name) IN ('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries')
        THEN value ELSE quote_literal(value) END)
FROM pg_db_role_setting LEFT JOIN pg_roles ON pg_roles.oid = setrole,
    unnest(setconfig) AS entry, split_part(entry, '=', 1) AS name, substr(entry, strpos(entry, '=') + 1) AS value
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND coalesce(rolname, '') NOT IN ('infra_owner_next', 'infra_backup_next', 'infra_monitor_next') ORDER BY 1;
SELECT 'REVOKE ALL ON DATABASE :"database" FROM PUBLIC;' FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL;
SELECT format('GRANT %s ON DATABASE :"database" TO %s%s;', privilege_type,
    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(rolname) END, CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
FROM pg_database, aclexplode(datacl) LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE datname = current_database() AND grantee <> datdba ORDER BY 1;
SQL
