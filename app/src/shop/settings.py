"""The settings that the application reads from its environment.

Every name X is read from the file that X_FILE names, else from X itself.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class SettingsError(Exception):
    """All that is wrong with the environment, at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    broker_url: str
    cache_url: str
    result_backend_url: str
    debug: bool = False
    quorum_queues: bool = False


def read(name: str, env: Mapping[str, str]) -> str | None:
    """The value of `name`, or None where it is not set."""
    path = env.get(f"{name}_FILE")
    if not path:
        return env.get(name) or None
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}") from error
    if not value:
        raise SettingsError(f"{name}_FILE names {path}, which is empty")
    return value


def from_environment(env: Mapping[str, str]) -> Settings:
    errors: list[str] = []

    def required(name: str) -> str:
        try:
            value = read(name, env)
        except SettingsError as error:
            errors.append(str(error))
            return ""
        if value is None:
            errors.append(f"{name} is missing: set {name}_FILE to a file that holds it (or {name} itself)")
        return value or ""

    def flag(name: str) -> bool:
        return env.get(name, "").lower() in {"1", "true", "yes"}

    settings = Settings(
        database_url=required("DATABASE_URL"),
        broker_url=required("BROKER_URL"),
        cache_url=required("CACHE_URL"),
        result_backend_url=required("RESULT_BACKEND_URL"),
        debug=flag("SHOP_DEBUG"),
        quorum_queues=flag("SHOP_QUORUM_QUEUES"),
    )
    if errors:
        raise SettingsError("; ".join(errors))
    return settings


@cache
def current() -> Settings:
    return from_environment(os.environ)
