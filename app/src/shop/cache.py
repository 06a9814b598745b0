"""A cache in Redis. It only ever helps: where Redis is away, everything is a miss.

`redis` is imported on first use, which keeps the start and the reload of the web process short.
"""

import json
import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from shop import settings

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)


@cache
def client() -> "Redis":
    from redis import Redis

    client: Redis = Redis.from_url(
        settings.current().cache_url, socket_timeout=1, socket_connect_timeout=1, health_check_interval=15
    )
    return client


def _try[T](what: str, action: "Any", default: T) -> T:
    from redis import RedisError

    try:
        result: T = action()
        return result
    except (RedisError, OSError) as error:
        log.warning("cache: %s failed: %s", what, error)
        return default


def get(key: str) -> dict[str, Any] | None:
    text = _try("get", lambda: client().get(key), None)
    if text is None:
        return None
    value: dict[str, Any] = json.loads(text)
    return value


def put(key: str, value: dict[str, Any], seconds: int) -> None:
    _try("put", lambda: client().set(key, json.dumps(value), ex=seconds), None)


def forget(key: str) -> None:
    _try("forget", lambda: client().delete(key), None)
