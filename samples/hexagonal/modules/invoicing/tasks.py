"""What the worker does with invoices."""

from uuid import UUID

from celery import Celery

from modules.invoicing import store

ISSUE = "invoicing.issue"
PERCENT = 19


def register(app: Celery) -> None:
    app.task(name=ISSUE)(issue)


def issue(invoice: str) -> int | None:
    return store.issue(UUID(invoice), PERCENT)
