"""The HTTP application: parcels and their labels."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest
from pydantic import BaseModel, Field

from src.app import logs
from src.app.celery_app import UPLOADS, label
from src.app.celery_app import app as celery

PARCELS = Counter("paqueteria_parcels_total", "Parcels that were taken in.")
log = logging.getLogger("paqueteria.web")


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    logs.write_to("app")
    yield


app = FastAPI(title="paqueteria", lifespan=lifespan)
app.mount("/static", StaticFiles(directory=Path(__file__).parents[1] / "static"))


class Parcel(BaseModel):
    address: str = Field(min_length=1, max_length=500)


@app.get("/health")
def health() -> dict[str, str]:
    with celery.connection_for_read() as connection:
        connection.ensure_connection(max_retries=1, timeout=2)
    return {"status": "ok"}


@app.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@app.post("/parcels", status_code=202)
def create(parcel: Parcel) -> dict[str, str]:
    name = uuid4().hex
    label.delay(name, parcel.address)
    PARCELS.inc()
    log.info("took in %s", name)
    return {"id": name}


@app.get("/parcels/{name}/label", response_class=PlainTextResponse)
def read(name: str) -> str:
    path = UPLOADS / f"{name}.txt"
    if not re.fullmatch(r"[0-9a-f]{32}", name) or not path.exists():
        raise HTTPException(404, "There is no such label yet.")
    return path.read_text()
