#!/bin/sh
# Puts a snapshot in the place of Redis' data ($1), in steps ($2): as the base of a new append-only file, for with one switched on
# Redis starts on nothing else. 'prepare' reads it from the input and checks it, 'drop' removes that again. While the server does
# not run: 'commit' gives it the place of the old files, which go last; 'undo' puts them back where a commit was cut off.
set -eu
umask 077
cd "$1"
live=appendonlydir new=.restored old=.replaced gone=.removed

settle() {
    # Until it is called gone, the old folder may be the only copy.
    [ -d $old ] || return 0
    rm -rf $gone
    if [ -d $live ]; then mv $live $gone; fi
    mv $old $live
}

prepare() {
    trap 'code=$?; trap - EXIT; [ "$code" = 0 ] || rm -rf $new; exit "$code"' EXIT
    trap 'exit 143' HUP INT TERM
    rm -rf $new
    mkdir $new
    cat >$new/appendonly.aof.1.base.rdb
    printf 'file appendonly.aof.1.base.rdb seq 1 type b\n' >$new/appendonly.aof.manifest
    redis-check-aof $new/appendonly.aof.manifest >&2
    # On the disk before anything is removed for it: a loss of power after that would leave empty files.
    sync
}

commit() {
    settle
    rm -rf $gone
    # A folder to take the place of, also where Redis has never written one.
    mkdir -p $live
    mv $live $old
    mv $new $live
    mv $old $gone
    rm -rf $gone dump.rdb
}

case $2 in
    prepare) prepare ;;
    drop) rm -rf $new ;;
    commit) commit ;;
    # Each by itself: what is part of a condition does not end at its first error.
    undo) settle; rm -rf $new $gone ;;
esac
