#!/usr/bin/env bash
# The tests and types of the Python programs that the components put into containers, in one with Debian's packages; nothing
# else has to run.
#   ./test.sh [ARGUMENTS OF PYTEST]
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
image=${APP_TEST_IMAGE:-infra-debian/app-test:trixie}

docker image inspect "$image" >/dev/null 2>&1 || "$root/images/build.sh" app-test || exit 1

in_container() {
    docker run --rm --network none --read-only --tmpfs /tmp --env PYTHONPATH=/components/Programs --workdir /tests \
        --volume "$root/components:/components:ro" --volume "$root/tests/Components:/tests:ro" "$image" "$@"
}

result=0
in_container mypy --strict --ignore-missing-imports --cache-dir /tmp/mypy \
    /components/Programs/celery_metrics.py /components/Programs/reload.py Monitoring Reload || result=1
in_container python3 -m pytest -p no:cacheprovider "$@" Monitoring Reload || result=1
exit $result
