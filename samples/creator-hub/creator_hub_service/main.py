"""What creators upload; asks the authentication who they are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Header
from pydantic import BaseModel, Field

from common import metrics, stores
from common.environment import value
from common.http import get

TABLE = "CREATE TABLE IF NOT EXISTS works (id bigserial PRIMARY KEY, creator text NOT NULL, title text NOT NULL)"


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    stores.prepare(8002, TABLE)
    yield


app = FastAPI(title="creator-hub-service", lifespan=lifespan)
metrics.add_to(app)


class Work(BaseModel):
    title: str = Field(min_length=1, max_length=200)


@app.get("/health")
def health() -> dict[str, str]:
    stores.check()
    return {"status": "ok"}


@app.post("/works", status_code=201)
def create(work: Work, token: str = Header(alias="X-Token")) -> dict[str, str | int]:
    creator = get(f"{value('AUTH_SERVICE_URL')}/tokens/{quote(token, safe='')}")["user"]
    with stores.database() as opened:
        row = opened.execute("INSERT INTO works (creator, title) VALUES (%s, %s) RETURNING id", (creator, work.title)).fetchone()
    assert row is not None
    return {"id": int(row[0]), "creator": creator}
