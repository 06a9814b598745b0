#!/bin/sh
# Dumps the database once a day, the first time at once; 'healthy' tells whether that works. A folder of a backup gets its name
# when it is complete, and its manifest is written last, in one line.
set -eu
umask 077
day=86400
tries=300
late=7200
failed=/tmp/failed
started=/tmp/started

seconds_of() { # 03:05 → 11100; a leading zero would make the number octal
    hours=${BACKUP_AT%:*} minutes=${BACKUP_AT#*:}
    echo $((${hours#0} * 3600 + ${minutes#0} * 60))
}

complete() { # the complete ones, oldest first
    for manifest in "$BACKUP_FOLDER"/[0-9]*/manifest.json; do
        if [ -e "$manifest" ]; then dirname "$manifest"; fi
    done
}

newest() { # when the newest was taken; 0 without one
    last=$(complete | tail -n 1)
    if [ -n "$last" ]; then stat -c %Y "$last/manifest.json"; else echo 0; fi
}

healthy() {
    [ ! -e "$failed" ] || { cat "$failed" >&2; exit 1; }
    last=$(newest) begun=$(stat -c %Y "$started") now=$(date +%s)
    [ "$last" -gt "$begun" ] || last=$begun
    [ $((now - last)) -lt $((day + late)) ] || { echo "The last backup is too old." >&2; exit 1; }
}

json() { sed 's/\\/\\\\/g; s/"/\\"/g'; }

take() {
    now=$(date +%s)
    name=$(date -u -d "@$now" +%Y%m%dT%H%M%SZ)
    draft=$BACKUP_FOLDER/.$name
    find "$BACKUP_FOLDER" -mindepth 1 -maxdepth 1 -type d -name '.[0-9]*' -exec rm -rf {} +
    mkdir "$draft"
    PGPASSWORD=$(cat "$BACKUP_PASSWORD_FILE")
    export PGPASSWORD
    sh "$BACKUP_DUMP" >"$draft/$BACKUP_FILE" 2>/tmp/dump.log
    version=$(psql -XAtqc 'SHOW server_version' | json)
    rows=$(awk -F '\t' '$1 == "rows" { gsub(/\\/, "\\\\", $2); gsub(/"/, "\\\"", $2); printf "%s\"%s\":%s", sep, $2, $3; sep = "," }' /tmp/dump.log)
    digest=$(sha256sum "$draft/$BACKUP_FILE" | cut -d ' ' -f 1)
    [ -n "$version" ] && [ -n "$digest" ]
    printf '{"stack":"%s","taken":"%s","parts":[{"name":"%s","file":"%s","image":"PostgreSQL %s","bytes":%s,"sha256":"%s","rows":{%s}}]}\n' \
        "$BACKUP_STACK" "$(date -u -d "@$now" +%Y-%m-%dT%H:%M:%SZ)" "$BACKUP_NAME" "$BACKUP_FILE" "$version" \
        "$(stat -c %s "$draft/$BACKUP_FILE")" "$digest" "$rows" >"$draft/manifest.json"
    sync
    mv "$draft" "$BACKUP_FOLDER/$name"
    echo "backup: $name, $(stat -c %s "$BACKUP_FOLDER/$name/$BACKUP_FILE") bytes"
}

rotate() {
    many=$(($(complete | wc -l) - BACKUP_KEEP))
    [ "$many" -gt 0 ] || return 0
    complete | head -n "$many" | while read -r old; do rm -rf "$old"; done
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
            { echo "The backup failed:"; grep -v '^rows' /tmp/dump.log || true; } | tee "$failed" >&2
            pause "$tries"
        fi
    done
}

"${1:-run}"
