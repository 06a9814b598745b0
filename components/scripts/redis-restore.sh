#!/bin/sh
# Reads a snapshot from the input as the base of a new append-only file: with one switched on, Redis starts on nothing else.
# The server must not run. Until the snapshot is known to be whole, the old files are as they were.
set -eu
umask 077
cd "$1"
rm -rf .restored .replaced
trap 'rm -rf .restored' EXIT
mkdir .restored
cat >.restored/appendonly.aof.1.base.rdb
printf 'file appendonly.aof.1.base.rdb seq 1 type b\n' >.restored/appendonly.aof.manifest
redis-check-aof .restored/appendonly.aof.manifest >&2
[ ! -d appendonlydir ] || mv appendonlydir .replaced
mv .restored appendonlydir
rm -rf .replaced dump.rdb
