"""Writes orders through a pool, with a connection for each, and remembers things in two stores: `uvicorn orders.web:app`."""

import os
import pathlib
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import psycopg
import redis
from fastapi import FastAPI
from pydantic import BaseModel


def secret(name: str) -> str:
    return pathlib.Path(os.environ[f"{name}_FILE"]).read_text().strip()


DATABASE, ARCHIVE = secret("DATABASE_URL"), secret("ARCHIVE_URL")
stores = {name: redis.Redis.from_url(secret(f"{name}_URL".upper()), decode_responses=True) for name in ("cache", "sessions")}


def order(by: str) -> int:
    """Writes one; gives the server's process that wrote it."""
    with psycopg.connect(DATABASE, connect_timeout=10) as connection:
        return connection.execute("INSERT INTO orders (by) VALUES (%s) RETURNING pg_backend_pid()", [by], prepare=True).fetchone()[0]


class Till:
    """Orders all the time. What failed is written down once the database takes it."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        failures: list[str] = []
        while not self._stop.wait(0.02):
            try:
                order("till")
                # One by one: psycopg's executemany is a pipeline, which may hang when the server goes away in it.
                with psycopg.connect(DATABASE, connect_timeout=10) as connection:
                    for reason in failures:
                        connection.execute("INSERT INTO failures (reason) VALUES (%s)", [reason])
                failures = []
            except psycopg.Error as error:
                failures.append(str(error))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    with psycopg.connect(DATABASE) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, by text NOT NULL)")
        connection.execute("CREATE TABLE IF NOT EXISTS failures (id serial PRIMARY KEY, reason text NOT NULL)")
    with Till():
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
def ready() -> dict[str, bool]:
    with psycopg.connect(DATABASE, connect_timeout=3) as connection:
        connection.execute("SELECT 1")
    return {name: store.ping() for name, store in stores.items()}


class Burst(BaseModel):
    clients: int
    orders: int


@app.post("/bursts")
def burst(burst: Burst) -> dict[str, int]:
    """All clients are connected before any of them orders, and stay so until the last one has ordered."""
    together = threading.Barrier(burst.clients, timeout=30)

    def client(number: int) -> set[int]:
        with psycopg.connect(DATABASE, autocommit=True, prepare_threshold=1) as connection:
            together.wait()
            servers = {
                connection.execute("INSERT INTO orders (by) VALUES (%s) RETURNING pg_backend_pid()", [f"client {number}"]).fetchone()[0]
                for _ in range(burst.orders)
            }
            together.wait()
            return servers

    with ThreadPoolExecutor(burst.clients) as threads:
        servers = set[int]().union(*threads.map(client, range(burst.clients)))
    with psycopg.connect(DATABASE) as connection:
        count = connection.execute("SELECT count(*) FROM orders WHERE by LIKE 'client %'").fetchone()[0]
    return {"orders": count, "servers": len(servers)}


@app.get("/orders")
def orders() -> dict[str, int]:
    with psycopg.connect(DATABASE) as connection:
        return {"count": connection.execute("SELECT count(*) FROM orders").fetchone()[0]}


@app.get("/failures")
def failures() -> list[str]:
    with psycopg.connect(DATABASE) as connection:
        return [reason for (reason,) in connection.execute("SELECT reason FROM failures ORDER BY id")]


@app.get("/user")
def user() -> dict[str, str]:
    with psycopg.connect(ARCHIVE) as connection:
        names = connection.execute("SELECT current_database(), current_user, session_user").fetchone()
    return dict(zip(("database", "acts_as", "logged_in"), names, strict=True))


class Entry(BaseModel):
    value: str


@app.post("/stores/{name}/{key}")
def remember(name: str, key: str, entry: Entry) -> dict[str, bool]:
    return {"kept": bool(stores[name].set(key, entry.value))}


@app.get("/stores/{name}/{key}")
def recall(name: str, key: str) -> dict[str, str | None]:
    return {"value": stores[name].get(key)}
