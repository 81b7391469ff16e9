"""How much one caller may ask at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelscore.edges.api.limits import Limits
from reelscore.edges.settings import Settings
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
        answers = [client.get("/v1/sessions") for _ in range(8)]
    assert [one.status_code for one in answers] == [401] * 5 + [429] * 3
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["code"] == 429
