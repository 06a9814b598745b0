#!/usr/bin/env bash
# The application's tests and types, in a container with Debian's packages; no service is needed.
#   ./test.sh [ARGUMENTS OF PYTEST]
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${APP_TEST_IMAGE:-infra-debian/app-test:trixie}

docker image inspect "$image" >/dev/null 2>&1 || "$here/../images/build.sh" app-test || exit 1

in_container() {
    docker run --rm --network none --read-only --tmpfs /tmp --volume "$here:/app:ro" --workdir /app "$image" "$@"
}

result=0
in_container mypy || result=1
in_container python3 -m pytest "$@" || result=1
exit $result
