#!/bin/sh
# Adds definitions to those of the broker, in two steps ($4). 'prepare' reads them from the input, and lets the node read them;
# 'commit' imports them, one by one. They carry the password of their day: the user ($1) keeps today's, which is in the file $3,
# however the import ends ($2: the script that sets it).
set -eu
umask 077
file=/tmp/.definitions.json

prepare() {
    cat >$file
    rabbitmqctl --quiet eval "
      {ok, Text} = file:read_file(\"$file\"), {ok, _} = rabbit_json:try_decode(Text), ok." >&2
}

commit() {
    code=0
    rabbitmqctl --quiet import_definitions $file || code=$?
    sh -c "$2" rabbitmq-password "$1" <"$3"
    rm -f $file
    exit "$code"
}

case $4 in
    prepare) prepare ;;
    commit) commit "$1" "$2" "$3" ;;
    drop | undo) rm -f $file ;;
esac
