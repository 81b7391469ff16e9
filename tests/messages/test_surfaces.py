"""The same messages through every surface are the same edits: the command line, the HTTP interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reelscore.conversing import read
from reelscore.edges.api.app import create_app
from reelscore.edges.cli import talk
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.migrate import migrate
from reelscore.edges.storage.store import Store
from reelscore.edit.history import begun
from reelscore.edit.timeline_json import dumps
from reelscore.values.codec import to_json
from reelscore.values.facts import Facts
from reelscore.values.message import Context, Meaning
from reelscore.values.timeline import Timeline
from tests.messages.cases import Case, load
from tests.messages.score import situation

pytestmark = pytest.mark.slow
SAMPLE = 20  # one message in twenty, of every file: the surfaces differ in how they ask, not in what is said


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    opened = Store(settings)
    yield opened
    opened.close()


def by_rules(case: Case) -> tuple[Timeline, Context, Meaning]:
    """What the rules read where nothing is known of the media: a surface has no files here."""
    timeline, context = situation(case, read)
    return timeline, context, read(case.say, timeline, context, Facts())


def test_the_command_line_means_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "timeline.json"
    for case in load()[::SAMPLE]:
        timeline, context, meaning = by_rules(case)
        if context != Context():  # a command has no conversation before it
            continue
        file.write_text(dumps(timeline), "utf-8")
        talk.parse(case.say, file, True)
        told = json.loads(capsys.readouterr().out)
        del told["briefs"]
        assert told == to_json(meaning), case.id


def test_the_service_means_the_same(store: Store) -> None:
    client = TestClient(create_app(store, store.settings), base_url="http://127.0.0.1:8700")
    rooms: dict[tuple[object, ...], str] = {}  # the sessions: one for each situation
    for case in load()[::SAMPLE]:
        timeline, context, meaning = by_rules(case)
        room = case.on, case.before, case.uploaded
        if room not in rooms:
            with store.database.write() as tx:
                made = sessions.create(tx, "local", history=begun(timeline))
                sessions.save(tx, replace(made, context=context))
            rooms[room] = made.id
        told = client.post(f"/v1/sessions/{rooms[room]}/parse", json={"text": case.say}).json()
        wanted = [(step.command, dict(step.args)) for step in meaning.edits]
        assert [(s["command"], s["arguments"]) for s in told["steps"] if "command" in s] == wanted, case.id
        asked = [(action.name, dict(action.args)) for action in meaning.actions]
        assert [(s["action"], s["arguments"]) for s in told["steps"] if "action" in s] == asked, case.id
        assert bool(told["question"]) == (meaning.question is not None), case.id
        assert len(told["missed"]) == len(meaning.missed), case.id
        assert told["language"] == meaning.language, case.id
