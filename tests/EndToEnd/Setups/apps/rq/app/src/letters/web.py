"""Puts jobs into queues and tells how they went: `uvicorn letters.web:app`."""

import os

import redis
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job

app = FastAPI()
store = redis.Redis.from_url(os.environ["RQ_REDIS_URL"])


class NewJob(BaseModel):
    queue: str
    seconds: float


@app.get("/ready")
def ready() -> dict[str, bool]:
    return {"redis": store.ping()}


@app.post("/jobs")
def put(new: NewJob) -> dict[str, str]:
    return {"id": Queue(new.queue, connection=store).enqueue("letters.jobs.write", new.seconds).id}


@app.get("/jobs/{job_id}", response_class=PlainTextResponse)
def show(job_id: str) -> str:
    try:
        job = Job.fetch(job_id, connection=store)
    except NoSuchJobError:
        raise HTTPException(404, "no such job") from None
    result = job.latest_result()
    return f"{job.get_status().value}" + (f" by {result.return_value}" if result else "")
