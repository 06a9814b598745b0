#!/bin/sh
# Puts an archive in the place of all that lies in a folder ($1), in steps ($2). 'prepare' unpacks it from the input into a folder
# beside the files, with the modes that a umask would lessen, and is done when every byte of it has come ($3: its SHA-256); 'drop'
# removes that again. While nobody uses the files: 'commit' moves the old aside, then the new in, and deletes last; 'undo' puts the
# old back wherever a commit was cut off.
set -eu
cd "$1"
# What is ours, and what is the file system's, has no quotes and no blanks.
others='! -name .restored ! -name .replacing ! -name .replaced ! -name .discarded ! -name .removed ! -name lost+found'

# Everything of the folder $1 into the folder $2. A folder that nobody may write to can be moved by its owner all the same.
move() {
    find "$1" -mindepth 1 -maxdepth 1 $others ! \( -type d ! -perm -200 \) \
        -exec sh -c 'into=$1; shift; exec mv -- "$@" "$into/"' mv "$2" {} +
    find "$1" -mindepth 1 -maxdepth 1 $others -type d ! -perm -200 -exec sh -c '
        into=$1; shift
        for folder; do
            mode=$(stat -c %a "$folder")
            chmod u+w "$folder" && mv -- "$folder" "$into/" && chmod "$mode" "$into/${folder##*/}" || exit 1
        done' mv "$2" {} +
}

remove() {
    for folder in "$@"; do
        [ -d "$folder" ] || continue
        chmod -R u+w "$folder" 2>/dev/null || true
        rm -rf "$folder" || echo "$PWD/$folder: It is of no use any more, and cannot be removed." >&2
    done
}

# The folders' names tell which way they go, should this be cut off as well.
settle() {
    if [ -d .replaced ]; then
        # All of the old is aside, so what lies here is of the new.
        mkdir -p .discarded
        move . .discarded
        mv .replaced .replacing
    fi
    if [ -d .replacing ]; then
        move .replacing .
        rmdir .replacing
    fi
}

on_failure() {
    trap 'code=$?; trap - EXIT; if [ "$code" != 0 ]; then '"$1"'; fi; exit "$code"' EXIT
    trap 'exit 143' HUP INT TERM
}

prepare() {
    on_failure 'remove .restored'
    remove .restored
    mkdir .restored
    sum=$({ { tee /dev/fd/3 | sha256sum >&4; } 3>&1 | { code=0; tar -x -p -f - -C .restored || code=$?; cat >/dev/null; exit $code; } >&2; } 4>&1)
    [ "${sum%% *}" = "$1" ] || { echo "The archive did not arrive whole." >&2; exit 1; }
    # On the disk before anything is removed for it: a loss of power after that would leave empty files.
    sync
}

commit() {
    [ -d .restored ] || { echo "Nothing was prepared." >&2; exit 1; }
    on_failure settle
    settle
    remove .discarded .removed
    [ ! -e .removed ] || exit 1
    mkdir .replacing
    move . .replacing
    mv .replacing .replaced
    move .restored .
    mv .replaced .removed
    trap - EXIT
    remove .restored .removed
}

case $2 in
    prepare) prepare "$3" ;;
    drop) remove .restored ;;
    commit) commit ;;
    # Each by itself: what is part of a condition does not end at its first error.
    undo) settle; remove .restored .discarded .removed ;;
esac
