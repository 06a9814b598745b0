#!/bin/sh
# Adds definitions to those of the broker, in two steps ($2). 'prepare' reads them from the input, lets the node read them, and takes
# the stack's own user ($1) out: they carry the password of their day, and that of today stays, whatever it was rotated to; 'commit'
# imports them, one by one.
set -eu
umask 077
file=/tmp/.definitions.json

prepare() {
    trap 'rm -f /tmp/.own-user' EXIT
    cat >$file
    printf %s "$1" >/tmp/.own-user
    rabbitmqctl --quiet eval "
      {ok, Text} = file:read_file(\"$file\"), {ok, Own} = file:read_file(\"/tmp/.own-user\"),
      {ok, Definitions} = rabbit_json:try_decode(Text),
      Others = [User || User <- maps:get(<<\"users\">>, Definitions, []), maps:get(<<\"name\">>, User) =/= Own],
      ok = file:write_file(\"$file\", rabbit_json:encode(Definitions#{<<\"users\">> => Others}))." >&2
}

commit() {
    code=0
    rabbitmqctl --quiet import_definitions $file || code=$?
    rm -f $file
    exit "$code"
}

case $2 in
    prepare) prepare "$1" ;;
    commit) commit ;;
    drop | undo) rm -f $file ;;
esac
