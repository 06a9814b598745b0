"""Asks another service."""

import json
import urllib.error
import urllib.request
from typing import Any

from fastapi import HTTPException

PATIENCE = 5.0


def get(url: str) -> Any:
    return _ask(urllib.request.Request(url))


def post(url: str, body: object) -> Any:
    return _ask(urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}))


def _ask(request: urllib.request.Request) -> Any:
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise HTTPException(error.code, f"{request.full_url} answered {error.code}.") from error
    except OSError as error:
        raise HTTPException(502, f"{request.full_url} does not answer: {error}.") from error
