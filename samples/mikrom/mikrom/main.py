"""The HTTP application."""

import psycopg
from fastapi import FastAPI

from mikrom.celery_app import app as celery
from mikrom.celery_app import double
from mikrom.environment import value

app = FastAPI(title="mikrom")


@app.get("/api/v1/health")
def health() -> dict[str, str]:
    with psycopg.connect(value("DATABASE_URL"), connect_timeout=2) as database:
        database.execute("SELECT 1")
    return {"status": "ok"}


@app.post("/api/v1/double/{number}", status_code=202)
def start(number: int) -> dict[str, str]:
    return {"task": double.delay(number).id}


@app.get("/api/v1/tasks/{task}")
def read(task: str) -> dict[str, object]:
    result = celery.AsyncResult(task)
    return {"state": result.state, "result": result.result if result.successful() else None}
