"""Finds keywords by itself, and has a language model write where there is one."""

import os
import re
from collections import Counter

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from common import metrics, stores
from common.http import post

MODEL = "llama3.2"
COUNT = 3

app = FastAPI(title="ai-engine-service")
metrics.add_to(app)


class Text(BaseModel):
    text: str = Field(min_length=1, max_length=20_000)


@app.get("/health")
def health() -> dict[str, str]:
    stores.check()
    return {"status": "ok"}


@app.post("/keywords")
def keywords(text: Text) -> dict[str, list[str]]:
    words = re.findall(r"\w{4,}", text.text.lower())
    ranked = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return {"keywords": [word for word, _ in ranked[:COUNT]]}


@app.post("/drafts")
def draft(text: Text) -> dict[str, str]:
    address = os.environ.get("OLLAMA_URL")
    if address is None:
        raise HTTPException(503, "There is no language model here: set infra:ollama.enabled.")
    answer = post(f"{address}/api/generate", {"model": MODEL, "prompt": text.text, "stream": False})
    return {"draft": answer["response"]}
