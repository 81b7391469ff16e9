"""Counts and times for whoever watches the server, in the Prometheus text format at /metrics.

Calls are counted as they are answered. Jobs, queues and credits are read from the database when asked, so that all
processes together are told and a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from sqlalchemy import func, select

from reelscore.edges.storage.database import Database
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import entries, jobs, leases

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
CALLS = Counter("reelscore_calls", "Calls answered.", ("method", "route", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "reelscore_call_seconds", "Seconds until a call's answer began.", ("route",), registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10, 60),
)  # fmt: skip
STREAMS = Gauge("reelscore_open_streams", "Event streams that are open.", registry=REGISTRY)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count one call."""
    CALLS.labels(method if method in _METHODS else "OTHER", route or "none", str(status)).inc()
    SECONDS.labels(route or "none").observe(seconds)


def page(database: Database) -> bytes:
    """Everything, as text."""
    return generate_latest(REGISTRY) + generate_latest(_stored(database))


def _stored(database: Database) -> CollectorRegistry:
    """What the database knows."""
    registry = CollectorRegistry()
    count = Gauge("reelscore_jobs", "Jobs by kind and state.", ("kind", "state"), registry=registry)
    oldest = Gauge(
        "reelscore_queue_wait_seconds", "How long the oldest waiting job waits.", ("kind",), registry=registry
    )
    depth = Gauge("reelscore_queue_depth", "Jobs that wait for a worker.", ("kind",), registry=registry)
    spent = Gauge("reelscore_job_seconds_sum", "Seconds that finished jobs took.", ("kind",), registry=registry)
    failed = Gauge("reelscore_job_failures", "Jobs that failed.", ("kind",), registry=registry)
    credits = Gauge("reelscore_credits", "Credits of all accounts by side.", ("side",), registry=registry)
    workers = Gauge("reelscore_workers", "Live workers by queue.", ("queue",), registry=registry)
    took = func.sum(jobs.c.ended_at - jobs.c.started_at)
    with database.read() as tx:
        rows = tx.execute(
            select(jobs.c.kind, jobs.c.state, func.count(), took, func.min(jobs.c.created_at)).group_by(
                jobs.c.kind, jobs.c.state
            )
        ).all()
        sides = tx.execute(
            select(entries.c.side, func.sum(entries.c.amount))
            .where(entries.c.account != "house")
            .group_by(entries.c.side)
        ).all()
        alive = tx.execute(select(leases.c.queues).where(leases.c.expires_at > now_ms())).scalars().all()
    for kind, state, number, spent_ms, first in rows:
        count.labels(kind, state).set(number)
        if state == "queued":
            depth.labels(kind).set(number)
            oldest.labels(kind).set(max(0, now_ms() - first) / 1000)
        if state == "failed":
            failed.labels(kind).set(number)
        if spent_ms:
            spent.labels(kind).inc(float(spent_ms) / 1000)
    for side, amount in sides:
        credits.labels(side).set(float(amount or 0))
    for queue, number in live_queues(alive).items():
        workers.labels(queue).set(number)
    return registry


def live_queues(rows: Iterable[str]) -> dict[str, int]:
    """Live workers by queue; each row lists one worker's queues, separated by blanks or commas."""
    found: dict[str, int] = {}
    for row in rows:
        for queue in str(row).replace(",", " ").split():
            found[queue] = found.get(queue, 0) + 1
    return found
