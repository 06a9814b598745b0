#!/bin/sh
# Gives the user $1 of the pool the password that is read from the input, as postgres-password does on the server: with the word
# 'second' another user gets it, with 'remove' that one goes; 'check' tells whether the user $3 has it. The pool reads the file
# again without closing a connection. No command line has the value: it would be shown among the processes.
set -eu
umask 077
users=/tmp/userlist.txt
value=$(sed 's/"/""/g')
case ${2:-} in
    '') user=$1 ;;
    second | remove) user=infra_owner_next ;;
    check)
        while IFS= read -r known; do
            [ "$known" != "\"$3\" \"$value\"" ] || exit 0
        done <"$users"
        exit 3
        ;;
    *)
        echo "pgbouncer-password: There is no '$2'; it is second, check, remove, or nothing." >&2
        exit 64
        ;;
esac
{
    grep -v "^\"$user\" " "$users" || :
    [ "${2:-}" = remove ] || printf '"%s" "%s"\n' "$user" "$value"
} >"$users.new"
mv "$users.new" "$users"
kill -HUP 1
