from pathlib import Path

import pytest

from shop.settings import SettingsError, from_environment, read

ALL = {"DATABASE_URL": "d", "BROKER_URL": "b", "CACHE_URL": "c", "RESULT_BACKEND_URL": "r"}


def test_a_file_wins_over_the_plain_name(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    assert read("X", {"X": "plain", "X_FILE": str(secret)}) == "from the file"


def test_the_plain_name_is_read_without_a_file() -> None:
    assert read("X", {"X": "plain"}) == "plain"
    assert read("X", {}) is None


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SettingsError, match="X_FILE names /none/such, which cannot be read"):
        read("X", {"X": "plain", "X_FILE": "/none/such"})


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("\n")
    with pytest.raises(SettingsError, match="which is empty"):
        read("X", {"X_FILE": str(secret)})


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({"CACHE_URL": "c", "BROKER_URL_FILE": "/none/such"})
    for name in ("DATABASE_URL", "BROKER_URL_FILE", "RESULT_BACKEND_URL"):
        assert name in str(caught.value)
    assert "CACHE_URL" not in str(caught.value)


def test_debug_is_off_unless_asked_for() -> None:
    assert not from_environment(ALL).debug
    assert from_environment(ALL | {"SHOP_DEBUG": "1"}).debug
    assert not from_environment(ALL | {"SHOP_DEBUG": "0"}).debug
