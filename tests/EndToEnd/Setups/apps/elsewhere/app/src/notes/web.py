"""Keeps notes in a database that runs elsewhere: `uvicorn notes.web:app`."""

import os
import pathlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from psycopg_pool import ConnectionPool
from pydantic import BaseModel

pool = ConnectionPool(
    pathlib.Path(os.environ["DATABASE_URL_FILE"]).read_text().strip(),
    min_size=1,
    max_size=4,
    timeout=3,
    check=ConnectionPool.check_connection,
    open=False,
)


class Note(BaseModel):
    text: str


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    # Without the pool first: it would keep the reason to itself.
    with psycopg.connect(pool.conninfo) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (id serial PRIMARY KEY, text text NOT NULL)")
    with pool:
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
def ready() -> JSONResponse:
    try:
        with pool.connection() as connection:
            row = connection.execute("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    except psycopg.Error as error:
        return JSONResponse({"postgres": str(error)}, status_code=503)
    return JSONResponse({"postgres": row and row[0]})


@app.post("/notes")
def write(note: Note) -> dict[str, int]:
    with pool.connection() as connection:
        row = connection.execute("INSERT INTO notes (text) VALUES (%s) RETURNING id", [note.text]).fetchone()
    return {"id": row[0]}


@app.get("/notes/{note_id}")
def read(note_id: int) -> dict[str, str | None]:
    with pool.connection() as connection:
        row = connection.execute("SELECT text FROM notes WHERE id = %s", [note_id]).fetchone()
    return {"text": row and row[0]}
