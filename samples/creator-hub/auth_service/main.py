"""Who is who: hands out tokens, and tells whose they are."""

import secrets

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from common import metrics, stores

LIFETIME = 3600

app = FastAPI(title="auth-service")
metrics.add_to(app)


class Login(BaseModel):
    user: str = Field(min_length=1, max_length=100)


@app.get("/health")
def health() -> dict[str, str]:
    stores.check()
    return {"status": "ok"}


@app.post("/tokens", status_code=201)
def create(login: Login) -> dict[str, str]:
    token = secrets.token_urlsafe(24)
    stores.cache().set(f"token:{token}", login.user, ex=LIFETIME)
    return {"token": token}


@app.get("/tokens/{token}")
def read(token: str) -> dict[str, str]:
    user = stores.cache().get(f"token:{token}")
    if user is None:
        raise HTTPException(401, "There is no such token.")
    return {"user": user}
