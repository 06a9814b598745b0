"""Invoices over HTTP."""

from uuid import UUID, uuid4

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from modules.invoicing import store, tasks

router = APIRouter(prefix="/invoices")


class Draft(BaseModel):
    customer: str = Field(min_length=1, max_length=200)
    cents: int = Field(gt=0)


@router.post("", status_code=202)
def create(draft: Draft) -> dict[str, str]:
    from core.celery_apps import app

    invoice = uuid4()
    store.prepare()
    store.add(invoice, draft.customer, draft.cents)
    app.send_task(tasks.ISSUE, [str(invoice)])
    return {"id": str(invoice)}


@router.get("/{invoice}")
def read(invoice: UUID) -> dict[str, str | int | None]:
    found = store.find(invoice)
    if found is None:
        raise HTTPException(404, f"There is no invoice {invoice}.")
    customer, cents, total = found
    return {"customer": customer, "cents": cents, "total": total}
