#!/bin/sh
# Gives the roles that have the server's password another one, which is read from the input. A role has one password alone: with
# the word 'second' other roles get it, which log in as those do and act as them, and with 'remove' these go; 'check' tells whether
# the role $2 has it. No log takes the
# statements, whatever the server logs.
set -eu
export PGUSER="$POSTGRES_USER" PGDATABASE=template1

sql() {
    psql -Xq --set=ON_ERROR_STOP=1 --set=owner="$POSTGRES_OWNER" "$@" <<SQL
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SELECT set_config('infra.owner', :'owner', false) \g /dev/null
$statements
SQL
}

password='\set password `cat <&3`'

case ${1:-} in
    '')
        statements="$password
BEGIN;
ALTER ROLE :\"owner\" PASSWORD :'password';
ALTER ROLE infra_backup PASSWORD :'password';
ALTER ROLE infra_monitor PASSWORD :'password';
COMMIT;"
        sql 3<&0
        ;;
    second)
        # What one makes belongs to the role that it acts as; what that has for settings holds for it, too.
        statements="$password
SELECT set_config('infra.password', :'password', false) \\g /dev/null
DO \$\$
DECLARE
    pair record;
BEGIN
    FOR pair IN SELECT r.oid, first, second, rolconnlimit FROM pg_roles r JOIN (VALUES (current_setting('infra.owner'), 'infra_owner_next'),
        ('infra_backup', 'infra_backup_next'), ('infra_monitor', 'infra_monitor_next')) AS pairs (first, second) ON rolname = first
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = pair.second) THEN EXECUTE format('CREATE ROLE %I', pair.second); END IF;
        EXECUTE format('ALTER ROLE %I LOGIN CONNECTION LIMIT %s PASSWORD %L', pair.second, pair.rolconnlimit, current_setting('infra.password'));
        EXECUTE format('GRANT %I TO %I', pair.first, pair.second);
        DELETE FROM pg_db_role_setting WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = pair.second);
        INSERT INTO pg_db_role_setting SELECT setdatabase, (SELECT oid FROM pg_roles WHERE rolname = pair.second), setconfig
            FROM pg_db_role_setting WHERE setrole = pair.oid;
        EXECUTE format('ALTER ROLE %I SET role = %L', pair.second, pair.first);
    END LOOP;
END \$\$;"
        sql 3<&0
        ;;
    check)
        # Over TCP and by its own address: the socket and the loopback one ask nobody for a password.
        PGPASSWORD=$(cat)
        export PGPASSWORD
        answer=$(PGUSER=$2 psql -Xqtc '' --host="$(hostname -i)" 2>&1) && exit 0
        case $answer in
            *'password authentication failed'*) exit 3 ;;
        esac
        printf '%s\n' "$answer" >&2
        exit 1
        ;;
    remove)
        # They own nothing, but where a session has given up the role that it acted as.
        databases=$(psql -XAtqc "SELECT datname FROM pg_database WHERE datallowconn")
        printf '%s\n' "$databases" | while IFS= read -r database; do
            statements="DO \$\$
DECLARE
    second text;
BEGIN
    FOR second IN SELECT rolname FROM pg_roles WHERE rolname IN ('infra_owner_next', 'infra_backup_next', 'infra_monitor_next') LOOP
        EXECUTE format('REASSIGN OWNED BY %I TO %I', second, current_setting('infra.owner'));
        EXECUTE format('DROP OWNED BY %I', second);
    END LOOP;
END \$\$;"
            PGDATABASE=$database sql
        done
        statements='DROP ROLE IF EXISTS infra_owner_next, infra_backup_next, infra_monitor_next;'
        sql
        ;;
    *)
        echo "postgres-password: There is no '$1'; it is second, check, remove, or nothing." >&2
        exit 64
        ;;
esac
