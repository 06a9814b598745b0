#!/bin/sh
# Reads definitions from the input. They carry the password of their day: the user ($1) keeps today's, which is in the file $3.
set -eu
umask 077
trap 'rm -f /tmp/definitions.json' EXIT
cat >/tmp/definitions.json
rabbitmqctl --quiet import_definitions /tmp/definitions.json
sh -c "$2" rabbitmq-password "$1" <"$3"
