#!/bin/sh
# Starts the server with the application's role ($POSTGRES_OWNER) as an owner of databases and no superuser. The one superuser is
# $POSTGRES_USER, who has no password and so connects through the container's own socket alone. On a volume where the application
# was the superuser, roles and ownership change hands before the server listens. The password is today's, whatever it was.
set -eu
databases=/tmp/databases-to-own
trap 'exit 130' INT TERM

# Statements to the data themselves, without a server; the first error ends them. Nothing of them is logged.
alone() {
    postgres --single -j -D "$PGDATA" -c exit_on_error=on -c log_min_messages=fatal -c log_min_error_statement=panic -c log_statement=none \
        -c "infra.superuser=$POSTGRES_USER" -c "infra.owner=$POSTGRES_OWNER" -c "infra.database=$POSTGRES_DB" \
        -c "infra.password_file=${POSTGRES_PASSWORD_FILE:-}" -c "infra.extensions=${POSTGRES_EXTENSIONS:-}" \
        ${POSTGRES_PRELOAD:+-c "shared_preload_libraries=$POSTGRES_PRELOAD"} "$1" >/dev/null
}

# The image makes a new cluster in its own way. That it is whole is told by the server that then takes this process's number.
if [ ! -s "$PGDATA/PG_VERSION" ] || [ -e "$PGDATA/.init" ]; then
    docker-entrypoint.sh postgres -c listen_addresses= &
    until [ "$(head -n 1 "$PGDATA/postmaster.pid" 2>/dev/null)" = $! ]; do
        kill -0 $! 2>/dev/null || exit 1
        sleep 0.1
    done
    pg_ctl stop --pgdata="$PGDATA" --mode=fast --silent
fi

alone template1 <<SQL
DO \$\$
DECLARE
    superuser text := current_setting('infra.superuser');
    owner text := current_setting('infra.owner');
    file text := current_setting('infra.password_file');
    bootstrap text := (SELECT rolname FROM pg_roles WHERE oid = 10);
    role text;
BEGIN
    IF bootstrap <> superuser THEN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = superuser) THEN
            RAISE EXCEPTION 'The superuser of this volume is "%", and is to be called "%", which is the name of another role. Rename that one.', bootstrap, superuser;
        END IF;
        -- No session renames its own role.
        CREATE ROLE infra_takeover SUPERUSER;
        SET LOCAL SESSION AUTHORIZATION infra_takeover;
        EXECUTE format('ALTER ROLE %I RENAME TO %I', bootstrap, superuser);
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', superuser);
        DROP ROLE infra_takeover;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN
        EXECUTE format('CREATE ROLE %I LOGIN CREATEDB', owner);
        IF bootstrap = owner THEN
            UPDATE pg_db_role_setting SET setrole = (SELECT oid FROM pg_roles WHERE rolname = owner) WHERE setrole = 10;
            FOR role IN SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE m.roleid = 10 LOOP
                EXECUTE format('REVOKE %I FROM %I', superuser, role);
                EXECUTE format('GRANT %I TO %I', owner, role);
            END LOOP;
            -- What ordinary roles have was open to it as a superuser.
            FOR role IN SELECT rolname FROM pg_roles WHERE oid >= 16384 AND rolname <> owner
                AND NOT (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls) AND NOT pg_has_role(oid, owner, 'MEMBER')
            LOOP
                EXECUTE format('GRANT %I TO %I', role, owner);
            END LOOP;
        END IF;
    END IF;
    -- A restore that a loss of power cut off at its swap may have left it closed.
    IF EXISTS (SELECT FROM pg_database WHERE datname = current_setting('infra.database') AND NOT datallowconn) THEN
        EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS true', current_setting('infra.database'));
    END IF;
    EXECUTE format('ALTER ROLE %I NOSUPERUSER', owner);
    EXECUTE format('ALTER ROLE %I PASSWORD NULL', superuser);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'infra_backup') THEN
        CREATE ROLE infra_backup LOGIN BYPASSRLS;
        ALTER ROLE infra_backup SET default_transaction_read_only = on;
        GRANT pg_read_all_data TO infra_backup;
        EXECUTE format('GRANT %I TO infra_backup', owner);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'infra_monitor') THEN
        CREATE ROLE infra_monitor LOGIN;
        GRANT pg_monitor TO infra_monitor;
    END IF;
    IF file <> '' THEN
        FOREACH role IN ARRAY ARRAY[owner, 'infra_backup', 'infra_monitor'] LOOP
            EXECUTE format('ALTER ROLE %I PASSWORD %L', role, rtrim(pg_read_file(file), E'\r\n'));
        END LOOP;
    END IF;
END \$\$;

COPY (SELECT datname FROM pg_database WHERE datdba = 10 AND NOT datistemplate AND (datname <> 'postgres' OR datname = current_setting('infra.database')))
TO '$databases';

SQL

# The database itself comes last: what was cut off before is done again.
while IFS= read -r database; do
    alone "$database" <<'SQL'
DO $$
DECLARE
    owner text := current_setting('infra.owner');
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER %s %s OWNER TO %I', object.kind, identity, owner)
        FROM (
            SELECT 'pg_namespace'::regclass AS class, oid, nspowner AS holder, 'SCHEMA' AS kind FROM pg_namespace
            UNION ALL SELECT 'pg_class'::regclass, oid, relowner, CASE relkind
                WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
                FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL SELECT 'pg_type'::regclass, oid, typowner, 'TYPE' FROM pg_type t
                WHERE typtype IN ('b', 'c', 'd', 'e', 'r') AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
                AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
            UNION ALL SELECT 'pg_proc'::regclass, oid, proowner, 'ROUTINE' FROM pg_proc
            UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner, 'OPERATOR' FROM pg_operator
            UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner, 'OPERATOR CLASS' FROM pg_opclass
            UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner, 'OPERATOR FAMILY' FROM pg_opfamily
            UNION ALL SELECT 'pg_collation'::regclass, oid, collowner, 'COLLATION' FROM pg_collation
            UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner, 'CONVERSION' FROM pg_conversion
            UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner, 'TEXT SEARCH CONFIGURATION' FROM pg_ts_config
            UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner, 'TEXT SEARCH DICTIONARY' FROM pg_ts_dict
            UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner, 'STATISTICS' FROM pg_statistic_ext
            UNION ALL SELECT 'pg_largeobject'::regclass, oid, lomowner, 'LARGE OBJECT' FROM pg_largeobject_metadata
        ) object, pg_identify_object(object.class, object.oid, 0)
        WHERE holder = 10 AND (object.oid >= 16384 OR (object.kind = 'SCHEMA' AND identity = 'public'))
        -- Not what belongs to an extension, nor what follows a table or a type by itself.
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = object.class AND d.objid = object.oid
            AND d.refobjid <> d.objid
            AND (d.deptype IN ('e', 'i') OR (d.deptype = 'a' AND object.kind = 'SEQUENCE')))
        UNION ALL
        SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %s GRANT %s ON %s TO %s %s', owner, 'IN SCHEMA ' || quote_ident(nspname), privilege_type,
            CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
            coalesce(quote_ident(rolname), 'PUBLIC'), CASE WHEN is_grantable THEN 'WITH GRANT OPTION' END)
        FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace, aclexplode(defaclacl) LEFT JOIN pg_roles r ON r.oid = grantee
        WHERE defaclrole = 10 AND grantee <> 10
    LOOP
        EXECUTE statement;
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), owner);
END $$;

SQL
    echo "postgres-start: the database $database belongs to $POSTGRES_OWNER"
done <"$databases"

# A role may own several. One that is there stays as it is.
for database in ${POSTGRES_DATABASES:-}; do
    printf '%s\n\n' "COPY (SELECT datname FROM pg_database WHERE datname = '$database') TO '$databases';" | alone template1
    [ -s "$databases" ] || printf '%s\n\n' "CREATE DATABASE \"$database\" OWNER \"$POSTGRES_OWNER\";" | alone template1
done

# Only a superuser may bring in one that the server does not trust.
if [ -n "${POSTGRES_EXTENSIONS:-}" ]; then
    alone "$POSTGRES_DB" <<'SQL'
DO $$
DECLARE
    extension text;
BEGIN
    FOREACH extension IN ARRAY string_to_array(current_setting('infra.extensions'), ' ') LOOP
        EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', extension);
    END LOOP;
END $$;

SQL
fi

# The volume's own time zone is that of its first day.
exec docker-entrypoint.sh postgres ${TZ:+-c "timezone=$TZ" -c "log_timezone=$TZ"} "$@"
