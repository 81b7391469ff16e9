"""The addresses that are called when a job ends; what a call looks like stands in `accounts.webhooks`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, Field

from reelscore.edges.accounts import webhooks
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.outside import checked_host, checked_url
from reelscore.edges.api.shapes import Limit, Sent, Words
from reelscore.edges.storage.store import Store

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
Reader = Annotated[Caller, Depends(caller("read"))]
Owner = Annotated[Caller, Depends(caller("*"))]
WebhookId = Annotated[
    str, Path(pattern="^[A-Za-z0-9_-]{1,64}$", description="Id of the webhook.", examples=["wh_k3v9wz7m2q5x8r4t"])
]


class NewWebhook(Sent):
    """An address of yours on the public internet."""

    url: Annotated[Words, Field(examples=["https://example.org/reelscore"])]


class WebhookShape(BaseModel):
    """An address that is called."""

    id: Annotated[str, Field(examples=["wh_k3v9wz7m2q5x8r4t"])]
    url: Annotated[str, Field(examples=["https://example.org/reelscore"])]
    created_at: Annotated[int, Field(examples=[1795251029310])]


class NewWebhookShape(WebhookShape):
    """The new address. `secret` signs its calls and is shown this once."""

    secret: Annotated[str, Field(examples=["whsec_..."])]


class WebhookList(BaseModel):
    """All addresses of the account."""

    items: list[WebhookShape]


class DeliveryShape(BaseModel):
    """One call. `next_at`: when it is tried again; `status` 599 stands for no answer."""

    id: Annotated[str, Field(examples=["whd_k3v9wz7m2q5x8r4t"])]
    job: Annotated[str, Field(examples=["job_k3v9wz7m2q5x8r4t"])]
    attempts: Annotated[int, Field(examples=[1])]
    status: Annotated[int | None, Field(examples=[200])]
    next_at: Annotated[int | None, Field(examples=[None])]
    done_at: Annotated[int | None, Field(examples=[1795251029310])]


class DeliveryList(BaseModel):
    """The latest calls of an address."""

    items: list[DeliveryShape]


@router.post("", status_code=201, response_model=NewWebhookShape, summary="Be called when jobs end")
async def create(request: Request, who: Owner, sent: NewWebhook) -> NewWebhookShape:
    """Every job of the account that ends is told to this address with a signed POST, until it answers 2xx."""
    from starlette.concurrency import run_in_threadpool

    store: Store = request.app.state.store
    url = checked_url(store.settings, sent.url)
    await checked_host(store.settings, url)

    def add() -> webhooks.Webhook:
        with store.database.write() as tx:
            return webhooks.add(tx, who.account, who.plan, str(url))

    made = await run_in_threadpool(add)
    return NewWebhookShape(id=made.id, url=made.url, created_at=made.created_at, secret=made.secret)


@router.get("", response_model=WebhookList, summary="The addresses that are called")
def listed(request: Request, who: Reader) -> WebhookList:
    with request.app.state.store.database.read() as tx:
        found = webhooks.listed(tx, who.account)
    return WebhookList(items=[WebhookShape(id=one.id, url=one.url, created_at=one.created_at) for one in found])


@router.delete("/{webhook}", status_code=204, summary="Call an address no more")
def remove(request: Request, who: Owner, webhook: WebhookId) -> None:
    with request.app.state.store.database.write() as tx:
        webhooks.remove(tx, who.account, webhook)


@router.get("/{webhook}/deliveries", response_model=DeliveryList, summary="How the latest calls went")
def deliveries(request: Request, who: Reader, webhook: WebhookId, limit: Limit = 50) -> DeliveryList:
    with request.app.state.store.database.read() as tx:
        found = webhooks.delivered(tx, who.account, webhook, limit)
    return DeliveryList(
        items=[
            DeliveryShape(
                id=one.id, job=one.job, attempts=one.attempts, status=one.status, next_at=one.next_at,
                done_at=one.done_at,
            )
            for one in found
        ]
    )  # fmt: skip
