"""The HTTP application, with the routes of every module."""

from fastapi import FastAPI

from core.discovery import adapters
from shared.database import connection

app = FastAPI(title="hexa")
for routes in adapters("routes"):
    app.include_router(routes.router)


@app.get("/ready")
def ready() -> dict[str, str]:
    with connection() as database:
        database.execute("SELECT 1")
    return {"status": "ready"}
