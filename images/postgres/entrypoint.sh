#!/usr/bin/env bash
# Prepares the data directory on the first start, then becomes the command.
#
# A cluster is made in $PGDATA/.init and moved up when it is whole; that folder is also the mark of an unfinished
# initialisation, so that one that was killed half-way is begun again and never taken for a complete cluster.
set -Eeuo pipefail

fail() {
    printf 'postgres: %s\n' "$@" >&2
    exit 1
}

# $1: a variable; takes its value from the file that $1_FILE names, else from itself, else $2.
value_of() {
    local name=$1 file="$1_FILE"
    if [ -n "${!file:-}" ]; then
        [ -z "${!name:-}" ] || fail "$name and $file are both set; set one."
        [ -r "${!file}" ] || fail "$file names ${!file}, which cannot be read."
        cat "${!file}"
    else
        printf '%s' "${!name:-${2:-}}"
    fi
}

# Root owns nothing that the server writes: hand it over, then be nobody special.
become_postgres() {
    mkdir -p "$PGDATA" /run/postgresql
    find "$PGDATA" \! -user postgres -exec chown postgres:postgres '{}' +
    chmod 0700 "$PGDATA"
    find /run/postgresql -maxdepth 0 \! -user postgres -exec chown postgres:postgres '{}' + -exec chmod 3777 '{}' +
    export HOME=/var/lib/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
}

psql_local() {
    PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" --dbname "${DB:-$POSTGRES_DB}" "$@"
}

run_init_script() {
    echo "postgres: running $1"
    case "$1" in
    *.sh) if [ -x "$1" ]; then "$1"; else . "$1"; fi ;;
    *.sql) psql_local -f "$1" ;;
    *.sql.gz) gunzip -c "$1" | psql_local ;;
    *.sql.xz) xzcat "$1" | psql_local ;;
    *) echo "postgres: $1 is not a .sh, .sql, .sql.gz or .sql.xz file: ignored" ;;
    esac
}

initialise() {
    local new=$PGDATA/.init entry script

    local password method
    password=$(value_of POSTGRES_PASSWORD)
    method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    POSTGRES_USER=$(value_of POSTGRES_USER postgres)
    POSTGRES_DB=$(value_of POSTGRES_DB "$POSTGRES_USER")
    export POSTGRES_USER POSTGRES_DB
    unset POSTGRES_USER_FILE POSTGRES_DB_FILE
    [ -n "$password" ] || [ "$method" = trust ] ||
        fail "the database is not initialised and has no password; set POSTGRES_PASSWORD_FILE (or POSTGRES_PASSWORD)."

    if [ -e "$new" ]; then
        echo "postgres: an earlier initialisation was interrupted; starting over"
        find "$PGDATA" -mindepth 1 -maxdepth 1 \! -name lost+found -exec rm -rf '{}' +
    elif [ -n "$(find "$PGDATA" -mindepth 1 -maxdepth 1 \! -name lost+found -print -quit)" ]; then
        fail "$PGDATA is not empty and holds no cluster (PG_VERSION is missing); nothing was changed."
    fi
    mkdir -m 0700 "$new"

    local password_options=()
    [ -z "$password" ] || password_options=(--pwfile=/dev/fd/3)
    # shellcheck disable=SC2086 # POSTGRES_INITDB_ARGS is a list of words
    initdb --pgdata="$new" --username="$POSTGRES_USER" --encoding=UTF8 \
        --auth-local=trust --auth-host="$method" "${password_options[@]}" $(value_of POSTGRES_INITDB_ARGS) 3<<<"$password"
    printf '\nhost all all all %s\n' "$method" >>"$new/pg_hba.conf"

    # On the socket only: a probe over TCP stays red until everything is there.
    PGDATA=$new pg_ctl -D "$new" -o "-c listen_addresses=''" -w -t 300 start
    if [ "$POSTGRES_DB" != postgres ]; then
        DB=postgres psql_local --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
    fi
    for script in /docker-entrypoint-initdb.d/*; do
        [ ! -e "$script" ] || run_init_script "$script"
    done
    PGDATA=$new pg_ctl -D "$new" -m fast -w -t 300 stop

    find "$new" -mindepth 1 -maxdepth 1 \! -name PG_VERSION -exec mv -t "$PGDATA" '{}' +
    mv "$new/PG_VERSION" "$PGDATA/"
    sync
    rmdir "$new"
    echo "postgres: initialised, starting"
}

case "${1:-}" in
-*) set -- postgres "$@" ;;
esac

if [ "${1:-}" = postgres ]; then
    for argument in "$@"; do
        case "$argument" in
        -'?' | --help | -V | --version | --describe-config | -C) exec "$@" ;;
        esac
    done
    [ "$(id -u)" != 0 ] || become_postgres "$@"
    mkdir -p -m 0700 "$PGDATA"
    if [ ! -s "$PGDATA/PG_VERSION" ] || [ -e "$PGDATA/.init" ]; then
        initialise
    fi
    found=$(cat "$PGDATA/PG_VERSION")
    [ "$found" = "$PG_MAJOR" ] || fail "$PGDATA was made by PostgreSQL $found and this is $PG_MAJOR: upgrade it (dump and restore) or use an image of $found."
    unset POSTGRES_PASSWORD
fi
exec "$@"
