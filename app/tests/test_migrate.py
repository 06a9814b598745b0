import logging
from contextlib import nullcontext

import psycopg
import pytest

from shop import migrate, settings


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "DATABASE_URL", "BROKER_URL", "CACHE_URL", "RESULT_BACKEND_URL":
        monkeypatch.setenv(name, "x://y")
    settings.current.cache_clear()


def test_it_ends_with_0_when_the_schema_is_there(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: nullcontext())
    monkeypatch.setattr(migrate, "migrate", lambda _: ["0009_more.sql"])

    with caplog.at_level(logging.INFO):
        assert migrate.main() == 0

    assert "applied migration 0009_more.sql" in caplog.text


def test_it_ends_with_1_and_the_reason_when_a_migration_fails(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: object) -> list[str]:
        raise psycopg.ProgrammingError("no such table")

    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: nullcontext())
    monkeypatch.setattr(migrate, "migrate", fail)

    assert migrate.main() == 1

    assert "the schema was left as it is: no such table" in caplog.text


def test_it_ends_with_1_when_the_environment_is_incomplete(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.delenv("DATABASE_URL")

    assert migrate.main() == 1

    assert "DATABASE_URL is missing" in caplog.text
