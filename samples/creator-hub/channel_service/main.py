"""Channels: over HTTP, and over WebSockets for what is said in them."""

from urllib.parse import quote

from fastapi import FastAPI, Header, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field

from common import metrics, stores
from common.environment import value
from common.http import get, post

app = FastAPI(title="channel-service")
metrics.add_to(app)


class Channel(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    about: str = Field(min_length=1, max_length=20_000)


@app.get("/health")
def health() -> dict[str, str]:
    stores.check()
    return {"status": "ok"}


@app.post("/channels", status_code=201)
def create(channel: Channel, token: str = Header(alias="X-Token")) -> dict[str, str | list[str]]:
    """Needs both others: who asks, and what it is about."""
    owner = get(f"{value('AUTH_SERVICE_URL')}/tokens/{quote(token, safe='')}")["user"]
    keywords = post(f"{value('AI_ENGINE_SERVICE_URL')}/keywords", {"text": channel.about})["keywords"]
    stores.cache().hset(f"channel:{channel.name}", mapping={"owner": owner, "keywords": ",".join(keywords)})
    return {"owner": owner, "keywords": keywords}


@app.websocket("/channels/{name}/talk")
async def talk(socket: WebSocket, name: str) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text(f"{name}: {await socket.receive_text()}")
    except WebSocketDisconnect:
        return
