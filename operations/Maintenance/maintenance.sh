# Run in a proxy's container: maintenance.sh FOLDER CADDYFILE show|on|off ...
#   show             a line for each site that Caddy looks for, and one for each page that is there
#   on SITE/NAME...  puts the page of the standard input there, in the place of any other; since when stays what it was
#   off SITE...      takes the pages away
set -eu
folder=$1
caddyfile=$2
what=$3
shift 3

case $what in
show)
    sed -n "s#^.*root $folder/#site #p" "$caddyfile"
    cd "$folder" 2>/dev/null || exit 0
    for page in */*.html; do
        [ ! -f "$page" ] || echo "page $(stat -c %Y "$page") $page"
    done
    ;;
on)
    mkdir -p "$folder"
    cd "$folder"
    # No site is called so.
    trap 'rm -f .page ./*/.new' EXIT
    cat >.page
    for wanted; do
        site=${wanted%/*}
        mkdir -p "$site"
        cp .page "$site/.new"
        for old in "$site"/*.html; do
            [ ! -f "$old" ] || touch -r "$old" "$site/.new"
        done
    done
    # What can fail has not failed. Of each site the new one is there before the old one goes.
    for wanted; do
        site=${wanted%/*}
        mv -f "$site/.new" "$wanted"
        for old in "$site"/*.html; do
            [ "$old" = "$wanted" ] || rm -f "$old"
        done
    done
    ;;
off)
    cd "$folder" 2>/dev/null || exit 0
    for site; do
        rm -rf "./$site"
    done
    ;;
esac
