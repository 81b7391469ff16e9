"""What the service cannot do is said in the language of whoever asked for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from reelscore import conversing
from reelscore.edges.accounts import ledger
from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan, too_large
from reelscore.edges.api.outside import checked_host, checked_url, not_public
from reelscore.edges.jobs import jobs
from reelscore.edges.jobs.acting import _check_scope
from reelscore.edges.jobs.allowed import check_film
from reelscore.edges.jobs.messages import new
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from reelscore.edit import samples
from reelscore.errors import ReelscoreError
from reelscore.values.timeline import Timeline

SETTINGS = Settings(data=Path("nowhere"), accounts=True)
GUEST = plan(SETTINGS, "anonymous")
FILM = samples.film()

REFUSED: dict[str, Callable[[], object]] = {
    "empty timeline": lambda: check_film(GUEST, {}, Timeline()),
    "too large": lambda: check_film(GUEST, {"resolution": "4k"}, FILM),
    "format": lambda: check_film(GUEST, {"format": "exe"}, FILM),
    "resolution": lambda: check_film(GUEST, {"resolution": "1081p"}, FILM),
    "shape": lambda: check_film(GUEST, {"shape": "banana"}, FILM),
    "frame rate": lambda: check_film(GUEST, {"frame_rate": 1000}, FILM),
    "part": lambda: check_film(GUEST, {"start": 5, "end": 2}, FILM),
    "scope": lambda: _check_scope(new("1", "k", "export", lacking=("render",)), "render"),
    "no address": lambda: checked_url(SETTINGS, "ftp://example.org"),
    "port": lambda: checked_url(SETTINGS, "http://example.org:22/"),
    "private": lambda: _raised(not_public(httpx.URL("http://10.0.0.1/"))),
    "unknown host": lambda: asyncio.run(checked_host(SETTINGS, httpx.URL("http://example.invalid/"))),
    "large file": lambda: _raised(too_large(500_000_000)),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_a_refusal_is_told_in_chinese(refused: str) -> None:
    with pytest.raises(ReelscoreError) as raised:
        REFUSED[refused]()
    in_chinese(raised.value)


def test_too_many_jobs_and_too_few_credits_are_told_in_chinese(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    store = Store(settings)
    with store.database.write() as tx:
        guest = open_account(tx, GUEST, "anonymous")
        with pytest.raises(ReelscoreError) as crowded:
            jobs.start(tx, guest, None, "music", {}, most=0)
        with pytest.raises(ReelscoreError) as poor:
            ledger.freeze(tx, guest, "job_1", 10_000)
    store.close()
    in_chinese(crowded.value)
    in_chinese(poor.value)


def in_chinese(error: ReelscoreError) -> None:
    said = conversing.said_of(error)
    assert said.zh != said.en
    assert re.search(r"[\u4e00-\u9fff]", re.sub("“[^”]*”", "", said.zh)), said.zh


def _raised(error: ReelscoreError) -> None:
    raise error
