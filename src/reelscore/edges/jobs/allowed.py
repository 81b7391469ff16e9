"""What an account's plan allows a job: asked wherever a job begins that no route has looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from reelscore.edges.accounts.plans import Plan, check_render, plan
from reelscore.edges.jobs.targets import frame_of
from reelscore.edges.storage.tables import accounts
from reelscore.errors import OutputError
from reelscore.values.command import Plain
from reelscore.values.timeline import Timeline

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store


def plan_of_account(tx: Connection, store: Store, account: str) -> Plan:
    """The plan an account has now."""
    name = tx.execute(select(accounts.c.plan).where(accounts.c.id == account)).scalar()
    return plan(store.settings, name or "local")


def check_export(tx: Connection, store: Store, account: str, target: Mapping[str, Plain], timeline: Timeline) -> Plan:
    """The account's plan, if it covers this export. Raises what `check_film` does."""
    allowed = plan_of_account(tx, store, account)
    check_film(allowed, target, timeline)
    return allowed


def check_film(of: Plan, target: Mapping[str, Plain], timeline: Timeline) -> None:
    """Raises NotAllowedError for an export that the plan does not cover, OutputError for one that cannot be made."""
    if not any(True for _ in timeline.placed()):
        raise OutputError("There is nothing on the timeline yet.", "Upload a clip, or ask for music first.")
    width, height = frame_of(target, timeline)
    check_render(of, width, height, float(timeline.duration))
