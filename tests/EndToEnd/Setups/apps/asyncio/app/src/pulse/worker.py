"""Runs the jobs of one queue side by side: `python3 -m pulse.worker`, and with `--check` tells whether one is there that does."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time

import redis.asyncio

KEY = "pulse:health"
store = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


async def check() -> int:
    said = await store.get(KEY)
    print(said or f"{KEY} is not there: no worker has said for two seconds that it lives.")
    return 0 if said else 1


async def live() -> None:
    while True:
        await store.set(KEY, f"{len(asyncio.all_tasks())} tasks", ex=2)
        await asyncio.sleep(0.5)


async def run(job: dict) -> None:
    await store.set(job["id"], "begun")
    if job["kind"] == "block":
        time.sleep(job["seconds"])
    else:
        await asyncio.sleep(job["seconds"])
    await store.set(job["id"], "done")


async def work() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    living = asyncio.create_task(live())
    running: set[asyncio.Task] = set()
    while not stop.is_set():
        if taken := await store.blpop(["pulse:jobs"], timeout=1):
            task = asyncio.create_task(run(json.loads(taken[1])))
            running.add(task)
            task.add_done_callback(running.discard)
    print(f"stopping: {len(running)} jobs to finish", flush=True)
    await asyncio.gather(*running)
    living.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await living
    await store.delete(KEY)
    await store.aclose()


if __name__ == "__main__":
    sys.exit(asyncio.run(check() if "--check" in sys.argv else work()))
