#!/bin/sh
# Reads what 'postgres-roles' has written, for the restore of the database that comes next: it asks for it there.
set -eu
umask 077
file=/tmp/postgres-roles.sql
case $1 in
    prepare) cat >"$file" && grep -q '^-- Of the database itself:' "$file" ;;
    commit) ;;
    drop | undo) rm -f "$file" ;;
esac
