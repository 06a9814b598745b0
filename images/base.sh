#!/usr/bin/env bash
# Makes infra-debian/base:trixie, the Debian base of every image in this folder, without a registry; of another suite, SUITE=forky.
# The mirror is the machine's own: whatever apt is configured to use here.
#
#   ./base.sh              makes it, unless there is one younger than 30 days
#   FORCE=1 ./base.sh      makes it again
#
#   DEBIAN_MIRROR, DEBIAN_SECURITY_MIRROR   use these instead of apt's configuration
set -euo pipefail

suite=${SUITE:-trixie}
image=infra-debian/base:$suite
max_age_days=30

fail() {
    printf 'base.sh: %s\n' "$@" >&2
    exit 1
}

is_fresh() {
    local created
    created=$(docker image inspect --format '{{.Created}}' "$image" 2>/dev/null) || return 1
    (($(date +%s) - $(date -d "$created" +%s) < max_age_days * 24 * 3600))
}

docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
    fail "no Docker engine answers; start one (systemctl start docker, or dockerd as root)."

case "${FORCE:-}" in
'' | 0 | false)
    if is_fresh; then
        echo "$image is younger than $max_age_days days: nothing to do (FORCE=1 makes it again)."
        exit 0
    fi
    ;;
esac

command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing; run: apt-get install mmdebstrap"
[ "$(id -u)" = 0 ] || fail "a base image is made as root; run: sudo $0"

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || fail "$keyring is missing; run: apt-get install debian-archive-keyring"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# apt reads its own configuration, so that deb822 and one-line sources, options and disabled entries are all understood.
# $1: a fixed string that the label of the archive must be; prints the address of each such archive.
configured_archives() {
    apt-get indextargets --format '$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n "s/^$1|//p" | sed 's,/*$,,' | awk '!seen[$0]++'
}

# Before the first `apt-get update` apt knows addresses, but not what they hold: all are candidates then.
configured_addresses() {
    apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed 's,/*$,,' | awk '!seen[$0]++'
}

# $1: suite; further arguments: addresses. Prints the first that has the suite, fetched by apt's own downloader (with its proxies).
first_with() {
    local wanted=$1 address
    shift
    for address in "$@"; do
        if /usr/lib/apt/apt-helper download-file "$address/dists/$wanted/InRelease" "$work/InRelease" >/dev/null 2>&1 &&
            grep -q '^Origin: Debian$' "$work/InRelease"; then
            echo "$address"
            return
        fi
    done
    return 1
}

mapfile -t archives < <(printf '%s\n' ${DEBIAN_MIRROR:-$(configured_archives Debian; configured_addresses)})
mapfile -t security < <(printf '%s\n' ${DEBIAN_SECURITY_MIRROR:-$(configured_archives Debian-Security; configured_addresses)})

mirror=$(first_with "$suite" "${archives[@]}") ||
    fail "no address that apt is configured with offers Debian $suite." \
        "Add one to /etc/apt/sources.list.d, or give it: DEBIAN_MIRROR=ADDRESS $0"

{
    echo "deb [signed-by=$keyring] $mirror $suite main"
    first_with "$suite-updates" "$mirror" >/dev/null && echo "deb [signed-by=$keyring] $mirror $suite-updates main"
    if at=$(first_with "$suite-security" "${security[@]}"); then
        echo "deb [signed-by=$keyring] $at $suite-security main"
    else
        echo "base.sh: no security archive is configured here; the image is made without one." >&2
    fi
} >"$work/sources.list"

include=ca-certificates
options=()
# What the machine needs to reach its mirror is needed again by apt inside a build.
while IFS= read -r line; do
    options+=("--aptopt=$line")
done < <(apt-config dump | grep -E '^Acquire::((http|https|ftp)::([^ ]*::)?Proxy|Check-|Force|Retries)[^ ]* "[^"]+";$' || true)

echo "Making $image from the mirror that apt uses here."
mmdebstrap --quiet --variant=minbase --mode=root --include="$include" \
    --aptopt='APT::Install-Recommends "false"' \
    --aptopt='Acquire::Languages "none"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    "${options[@]}" \
    --customize-hook='printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d" && chmod 755 "$1/usr/sbin/policy-rc.d"' \
    "$suite" "$work/base.tar" "$work/sources.list" >&2

docker import \
    --change 'ENV LANG=C.UTF-8' \
    --change 'CMD ["bash"]' \
    --change 'LABEL infra.image-family=debian infra.image=base' \
    "$work/base.tar" "$image" >/dev/null
echo "Made $image."
