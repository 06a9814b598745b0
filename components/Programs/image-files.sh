#!/bin/sh
# Copies folders of this image to where a proxy serves them, each file in one step, since it may be read meanwhile. What the image before
# had stays until the next one comes: pages of that version still ask for it.
set -eu
target=$1
shift
: >"$target/listing"
for folder in "$@"; do
    if [ ! -d "$folder" ]; then
        echo "There is no folder $folder in the image. Set 'files' to one that it has." >&2
        exit 1
    fi
    (cd "$folder" && find -L . -type d) >"$target/work"
    while IFS= read -r inner; do mkdir -p "$target/files$folder/$inner"; done <"$target/work"
    (cd "$folder" && find -L . -type f) >"$target/work"
    while IFS= read -r file; do
        cp -Lp "$folder/$file" "$target/copying"
        chmod a+r "$target/copying"
        mv -f "$target/copying" "$target/files$folder/$file"
        echo "$folder/${file#./}" >>"$target/listing"
    done <"$target/work"
done
sort -o "$target/listing" "$target/listing"
if ! cmp -s "$target/listing" "$target/now"; then
    if [ -f "$target/now" ]; then mv -f "$target/now" "$target/before"; fi
    mv -f "$target/listing" "$target/now"
fi
if [ -f "$target/before" ]; then sort -u -o "$target/kept" "$target/now" "$target/before"; else cp -f "$target/now" "$target/kept"; fi
(cd "$target/files" && find . -type f) >"$target/work"
sed 's|^\.||' "$target/work" | sort | comm -23 - "$target/kept" >"$target/gone"
while IFS= read -r file; do rm -f "$target/files$file"; done <"$target/gone"
rm -f "$target/work" "$target/gone" "$target/kept" "$target/listing"
