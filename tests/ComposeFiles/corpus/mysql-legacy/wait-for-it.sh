#!/usr/bin/env bash
host="${1%%:*}"; port="${1##*:}"; shift
until (echo > "/dev/tcp/$host/$port") 2>/dev/null; do sleep 1; done
while [ "$1" != "--" ]; do shift; done; shift
exec "$@"
