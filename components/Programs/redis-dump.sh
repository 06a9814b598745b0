#!/bin/sh
# Writes a snapshot to the output, by way of a file beside the data ($1; the password's file is $2, which is empty where there is none): into a pipe redis-cli would
# also write the mark that ends the transfer, which it cannot cut off there. What is not whole is not written.
set -eu
umask 077
file=$1/.snapshot.$$
trap 'rm -f "$file"' EXIT
if [ -n "$2" ]; then
    REDISCLI_AUTH=$(cat /tmp/.password 2>/dev/null || cat "$2")
    export REDISCLI_AUTH
fi
redis-cli --rdb "$file" >&2
redis-check-rdb "$file" >&2
cat "$file"
