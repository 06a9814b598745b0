#!/usr/bin/env bash
# The tests and types of celery_metrics.py, in a container with Debian's packages; no broker is needed.
#   ./test.sh [ARGUMENTS OF PYTEST]
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
image=${APP_TEST_IMAGE:-infra-debian/app-test:trixie}
tests=/tests

docker image inspect "$image" >/dev/null 2>&1 || "$root/images/build.sh" app-test || exit 1

in_container() {
    docker run --rm --network none --read-only --tmpfs /tmp --env PYTHONPATH=/program --workdir "$tests" \
        --volume "$root/components/monitoring:/program:ro" --volume "$root/tests/Components/Monitoring:$tests:ro" "$image" "$@"
}

result=0
in_container mypy --strict --ignore-missing-imports --cache-dir /tmp/mypy /program/celery_metrics.py test_celery_metrics.py || result=1
in_container python3 -m pytest -p no:cacheprovider "$@" . || result=1
exit $result
