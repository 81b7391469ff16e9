"""How much one caller may ask at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from reelscore.edges.api.limits import Limits
from reelscore.edges.api.shared_limits import SharedLimits
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import calls
from reelscore.errors import LimitError
from tests.unit.edges.api.serving import application


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def limits(clock: Clock, **said: float) -> Limits:
    return Limits(Settings(Path(), accounts=True, calls_per_s=2, streams=2, **said), clock)  # type: ignore[arg-type]


def test_a_burst_is_taken_and_then_the_rate_counts() -> None:
    clock = Clock()
    held = limits(clock)
    for _ in range(10):  # five seconds' worth
        held.call("anna")
    with pytest.raises(LimitError, match="2 calls a second") as refused:
        held.call("anna")
    assert refused.value.retry_after_s == 1
    held.call("ben")
    clock.now = 0.6
    held.call("anna")
    with pytest.raises(LimitError):
        held.call("anna")


def test_what_others_let_through_is_charged_and_a_refusal_costs_nothing() -> None:
    clock = Clock()
    held = limits(clock)
    held.counts = True
    held.call("anna")
    held.charge("anna", 8)
    held.call("anna")
    for _ in range(3):
        with pytest.raises(LimitError):
            held.call("anna")
    assert (held.spent(), held.spent()) == ({"anna": 2}, {})
    clock.now = 0.5
    held.call("anna")
    held.charge("anna", 1000)
    clock.now = 5.4  # a debt is never more than five seconds' worth
    with pytest.raises(LimitError):
        held.call("anna")
    clock.now = 6.1
    held.call("anna")


@pytest.mark.slow
def test_processes_on_one_postgresql_count_together(postgres_url: str, tmp_path: Path) -> None:
    """Three servers let one caller through as often as one would, and others not less."""
    clock = Clock()
    settings = Settings(tmp_path, database=postgres_url, accounts=True, calls_per_s=10)
    migrate(settings.database_url)
    store = Store(settings)
    servers = [Limits(settings, clock) for _ in range(3)]
    shared = [SharedLimits(store, one) for one in servers]
    let_through = []
    for second in range(20):
        clock.now = float(second)
        passed = 0
        for _ in range(20):
            for one in servers:
                with suppress(LimitError):
                    one.call("anna")
                    passed += 1
        let_through.append(passed)
        servers[0].call("ben")
        for part in shared:
            asyncio.run(part.share())
    assert sum(let_through[10:]) <= 1.2 * 10 * 10, let_through
    assert sum(let_through) >= 20 * 10
    with store.database.read() as tx:
        kept = [row.caller for row in tx.execute(select(calls))]
    assert len(kept) == 2
    assert not {"anna", "ben"} & set(kept), "only hashes of callers are kept"
    store.close()


def test_one_person_on_their_own_machine_is_not_limited() -> None:
    held = Limits(Settings(Path()))
    for _ in range(1000):
        held.call("local")


def test_streams_are_counted_while_they_are_open() -> None:
    held = limits(Clock())
    with held.stream("anna"), held.stream("anna"), held.stream("ben"), pytest.raises(LimitError), held.stream("anna"):
        pass
    with held.stream("anna"):
        pass


def test_too_many_calls_are_answered_with_when_to_come_again(tmp_path: Path) -> None:
    with application(tmp_path, accounts=True, calls_per_s=1.0) as client:
        answers = [client.get("/v1/sessions") for _ in range(60)]
    codes = [one.status_code for one in answers]
    assert codes[:5] == [401] * 5
    assert set(codes) == {401, 429}
    refused = answers[codes.index(429)]
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["code"] == 429
