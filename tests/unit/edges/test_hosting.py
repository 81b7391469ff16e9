"""Commands for hosts, as they are typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reelscore.edges.accounts import people
from reelscore.edges.cli.app import app
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.moving import move
from reelscore.edges.storage.store import Store
from reelscore.errors import CancelledError, DataError
from tests.unit.edges.accounts.fresh import fresh_store
from tests.unit.edges.storage.timelines import long


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """The folder of a service that was worked with."""
    settings = Settings(data=tmp_path / "films", accounts=True, secret="only this test knows it")
    store = fresh_store(settings)
    people.sign_up(store, settings, "ana@example.org", "several words are good", "198.51.100.7")
    with store.database.write() as tx:
        sessions.create(tx, "local", history=long(3), id="holidays")
    for n in range(4):
        store.blobs.put_bytes(f"blob {n}".encode() * 1000)
    store.close()
    return settings.data


def typed(*words: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=answer)


def test_accounts_are_looked_after_from_the_command_line(films: Path) -> None:
    here = ("--data", films)
    (one,) = json.loads(typed("accounts", "list", "ana", "--json", *here).stdout)
    assert (one["email"], one["plan"]) == ("ana@example.org", "free")
    told = typed("accounts", "credit", "ana@example.org", "500", "--once", "invoice-17", *here)
    assert f"{one['available'] + 500} credits" in told.stdout
    again = typed("accounts", "credit", "ana@example.org", "500", "--once", "invoice-17", *here)
    assert (again.stdout, "given before" in again.stderr) == (told.stdout, True)
    assert "plan anonymous" in typed("accounts", "plan", "ana@example.org", "anonymous", *here).stdout
    assert typed("accounts", "close", "ana@example.org", *here, answer="n\n").exit_code == 2
    assert "ana@example.org" in typed("accounts", "list", *here).stdout
    assert "Closed." in typed("accounts", "close", "ana@example.org", "--yes", *here).stdout
    assert "ana@example.org" not in typed("accounts", "list", *here).stdout


def test_a_folder_without_a_service_is_not_made_one(tmp_path: Path) -> None:
    for words in (("accounts", "list"), ("move", "--to", str(tmp_path / "new"))):
        refused = typed(*words, "--data", tmp_path / "nothing")
        assert isinstance(refused.exception, DataError)
        assert "no service" in str(refused.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_service_moves_to_another_place_and_can_be_stopped_on_the_way(films: Path, tmp_path: Path) -> None:
    new = Settings(data=tmp_path / "new")

    def stop(stage: str, share: float, /) -> None:
        if share >= 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        move(Settings(data=films), new, stop)
    first = sorted(path.name for path in (new.data / "blobs").rglob("*") if path.is_file())
    assert len(first) == 2
    told = typed("move", "--data", films, "--to", new.data, "--quiet")
    assert told.exit_code == 0, told.output
    assert told.stdout.endswith("4 blobs (0.0 MB).\n")
    store = Store(new)
    with store.database.read() as tx:
        assert sessions.load(tx, "holidays").history == long(3)
    store.close()
    again = typed("move", "--data", films, "--to", new.data)
    assert "something in" in str(again.exception)
    shutil.rmtree(films)
    assert "ana@example.org" in typed("accounts", "list", "--data", new.data).stdout


def test_a_database_elsewhere_needs_a_place_for_blobs(films: Path) -> None:
    refused = typed("move", "--data", films, "--to", "postgresql://nobody@127.0.0.1:1/x")
    assert "Nothing says where the blobs go" in str(refused.exception)
