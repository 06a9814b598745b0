"""Puts jobs into the queue and tells how they went: `uvicorn pulse.web:app`."""

import json
import os
from uuid import uuid4

import redis.asyncio
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

app = FastAPI()
store = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


class NewJob(BaseModel):
    kind: str
    seconds: float


@app.get("/ready")
async def ready() -> dict[str, bool]:
    return {"redis": await store.ping()}


@app.post("/jobs")
async def put(new: NewJob) -> dict[str, str]:
    job = {"id": f"job:{uuid4()}", **new.model_dump()}
    await store.rpush("pulse:jobs", json.dumps(job))
    return {"id": job["id"]}


@app.get("/jobs/{job_id}", response_class=PlainTextResponse)
async def show(job_id: str) -> str:
    state = await store.get(job_id)
    if state is None:
        raise HTTPException(404, "it has not begun")
    return state
