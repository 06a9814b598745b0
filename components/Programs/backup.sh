#!/bin/sh
# Dumps the database once a day, the first time at once; 'healthy' tells whether that works. A folder of a backup gets its name
# when it is complete and can be read, and its manifest is written last, by Postgres' own JSON writer, in one line: the same
# that the command line writes (operations/Backups/Manifest.cs), of which nothing is in this image.
set -eu
umask 077
day=86400
tries=300
late=7200
skew=600
failed=/tmp/failed
started=/tmp/started
rows=/tmp/dump.log

seconds_of() { # 03:05 → 11100; a leading zero would make the number octal
    hours=${BACKUP_AT%:*} minutes=${BACKUP_AT#*:}
    echo $((${hours#0} * 3600 + ${minutes#0} * 60))
}

complete() { # the complete ones, oldest first; before them those that a wrong clock has dated into the future
    limit=$(($(date +%s) + skew))
    for manifest in "$BACKUP_FOLDER"/[0-9]*/manifest.json; do
        [ -e "$manifest" ] || continue
        written=$(stat -c %Y "$manifest")
        if [ "$written" -gt "$limit" ]; then echo "0 0 ${manifest%/manifest.json}"; else echo "1 $written ${manifest%/manifest.json}"; fi
    done | sort -k 1,1n -k 3
}

newest() { # when the newest was taken; 0 without one
    last=$(complete | tail -n 1 | cut -d ' ' -f 2)
    echo "${last:-0}"
}

healthy() {
    [ ! -e "$failed" ] || { cat "$failed" >&2; exit 1; }
    last=$(newest) begun=$(stat -c %Y "$started") now=$(date +%s)
    # A start in a future that never came counts as one of now.
    [ "$begun" -le $((now + skew)) ] || begun=$now
    [ "$last" -gt "$begun" ] || last=$begun
    [ $((now - last)) -lt $((day + late)) ] || { echo "The last backup is too old." >&2; exit 1; }
}

manifest() { # $1: the folder; $2: when, in seconds
    awk -F '\t' '$1 == "rows" { printf "%s%s:%s", sep, $2, $3; sep = "," }' "$rows" >/tmp/rows.json
    cd "$1"
    psql -XAtq --set=ON_ERROR_STOP=1 --set=stack="$BACKUP_STACK" --set=taken="$(date -u -d "@$2" +%Y-%m-%dT%H:%M:%S+00:00)" \
        --set=name="$BACKUP_NAME" --set=file="$BACKUP_FILE" --set=bytes="$(stat -c %s "$BACKUP_FILE")" --set=sha="$(digest "$BACKUP_FILE")" \
        --set=roles="${BACKUP_ROLES_FILE%.sql}" --set=roles_file="$BACKUP_ROLES_FILE" \
        --set=roles_bytes="$(stat -c %s "$BACKUP_ROLES_FILE")" --set=roles_sha="$(digest "$BACKUP_ROLES_FILE")" <<'SQL'
\set rows `cat /tmp/rows.json`
SELECT json_build_object('stack', :'stack', 'taken', :'taken', 'parts', json_build_array(
    json_build_object('name', :'roles', 'file', :'roles_file', 'image', 'PostgreSQL ' || current_setting('server_version'),
        'bytes', :roles_bytes, 'sha256', :'roles_sha'),
    json_build_object('name', :'name', 'file', :'file', 'image', 'PostgreSQL ' || current_setting('server_version'),
        'bytes', :bytes, 'sha256', :'sha', 'rows', ('{' || :'rows' || '}')::json)));
SQL
}

digest() { sha256sum "$1" | cut -d ' ' -f 1; }

take() {
    now=$(date +%s)
    name=$(date -u -d "@$now" +%Y%m%dT%H%M%SZ)
    draft=$BACKUP_FOLDER/.$name
    find "$BACKUP_FOLDER" -mindepth 1 -maxdepth 1 -type d -name '.[0-9]*' -exec rm -rf {} +
    mkdir "$draft"
    PGPASSWORD=$(cat "$BACKUP_PASSWORD_FILE")
    export PGPASSWORD
    # Through a pipe: into a file pg_dump does not notice that its last bytes have no room.
    rm -f /tmp/dumped
    { sh "$BACKUP_DUMP" 2>"$rows" && : >/tmp/dumped; } | cat >"$draft/$BACKUP_FILE"
    [ -e /tmp/dumped ]
    sh "$BACKUP_ROLES" 2>>"$rows" >"$draft/$BACKUP_ROLES_FILE"
    # Whole is what can be read to its end.
    pg_restore --file=/dev/null "$draft/$BACKUP_FILE" 2>>"$rows"
    manifest "$draft" "$now" >"$draft/manifest.json" 2>>"$rows"
    [ "$(wc -l <"$draft/manifest.json")" = 1 ]
    grep -q '}$' "$draft/manifest.json"
    sync
    mv "$draft" "$BACKUP_FOLDER/$name"
    echo "backup: $name, $(stat -c %s "$BACKUP_FOLDER/$name/$BACKUP_FILE") bytes"
}

rotate() {
    many=$(($(complete | wc -l) - BACKUP_KEEP))
    [ "$many" -gt 0 ] || return 0
    complete | head -n "$many" | cut -d ' ' -f 3- | while read -r old; do rm -rf "$old"; done
}

pause() { # in the background, so that a signal is heard at once
    sleep "$1" &
    wait $!
}

run() {
    trap 'exit 0' TERM INT
    touch "$started"
    at=$(seconds_of)
    while :; do
        now=$(date +%s)
        due=$((now - (now - at) % day))
        if [ "$(newest)" -ge "$due" ]; then
            pause 30
        # In a process of its own: what a condition calls does not end at the first error.
        elif sh "$0" take; then
            rm -f "$failed"
            rotate
        else
            { echo "The backup failed:"; grep -v -e '^rows' -e '^extension' "$rows" || true; } | tee "$failed" >&2
            pause "$tries"
        fi
    done
}

"${1:-run}"
