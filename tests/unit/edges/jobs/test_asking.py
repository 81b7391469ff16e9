"""A language model that is slow holds up those who wait for it, and nobody else."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from reelscore.edges.agent.planner import Asking
from reelscore.edges.jobs import asking
from reelscore.values.facts import NO_FACTS
from reelscore.values.message import Context
from reelscore.values.timeline import Timeline


class SlowPlanner:
    """Answers when it is let go."""

    below = 1.1  # asked about everything

    def __init__(self) -> None:
        self.asked, self.go = threading.Semaphore(0), threading.Event()

    def plan(self, asking: Asking) -> object:
        self.asked.release()
        self.go.wait(60)
        return {"steps": []}


@pytest.mark.slow  # it loads the words
def test_one_more_than_may_wait_for_a_model_is_read_by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    planner = SlowPlanner()
    monkeypatch.setattr(asking, "_planner", lambda: planner)

    def read(text: str) -> str:
        return asking.meaning(text, Timeline(), Context(), NO_FACTS).language

    with ThreadPoolExecutor(asking._AT_ONCE) as threads:
        waiting = [threads.submit(read, "wobbly florp") for _ in range(asking._AT_ONCE)]
        for _ in waiting:
            assert planner.asked.acquire(timeout=60)
        began = time.monotonic()
        assert read("wobbly florp") == "en"
        assert time.monotonic() - began < 5
        assert not planner.asked.acquire(blocking=False)
        planner.go.set()
        assert [one.result(60) for one in waiting] == ["en"] * asking._AT_ONCE
    read("wobbly florp")
    assert planner.asked.acquire(blocking=False)
