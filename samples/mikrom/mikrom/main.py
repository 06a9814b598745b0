"""The HTTP application."""

from fastapi import FastAPI

from mikrom.celery_app import app as celery
from mikrom.celery_app import double

app = FastAPI(title="mikrom")


@app.get("/api/v1/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/api/v1/double/{number}", status_code=202)
def start(number: int) -> dict[str, str]:
    return {"task": double.delay(number).id}


@app.get("/api/v1/tasks/{task}")
def read(task: str) -> dict[str, object]:
    result = celery.AsyncResult(task)
    return {"state": result.state, "result": result.result if result.successful() else None}
