import asyncio
import threading
import time

from shop.probes import Readiness


def test_a_slow_check_does_not_hold_the_answer() -> None:
    release = threading.Event()
    ready = Readiness({"slow": lambda: None if release.wait(5) else None, "quick": lambda: None}, limit=0.1)

    async def twice() -> tuple[dict[str, str], dict[str, str], float]:
        begin = time.monotonic()
        first, second = await ready(), await ready()
        return first, second, time.monotonic() - begin

    first, second, seconds = asyncio.run(twice())
    release.set()
    assert first == {"slow": "no answer in 0.1 s"}
    assert second == {"slow": "an earlier check still waits for an answer"}
    assert seconds < 1


def test_checks_run_side_by_side() -> None:
    both = threading.Barrier(2, timeout=2)
    assert asyncio.run(Readiness({"a": lambda: void(both.wait()), "b": lambda: void(both.wait())})()) == {}


def void(_: object) -> None:
    return None
