"""Messages that lean on the one before, and words taken back: `dialogues.toml`, each as a person would go on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.messages.cases import Case, Earlier, asked
from tests.messages.score import judge
from tests.messages.surfaces import reader

DIALOGUES = tomllib.loads((Path(__file__).parent / "dialogues.toml").read_text("utf-8"))["dialogues"]
READ = reader()


def steps(rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(asked(name, args) for row in rows for name, args in row.items())


def case_of(row: dict[str, Any]) -> Case:
    readings = tuple(steps(rows) for rows in (row["do"], *row.get("or", [])))
    before = (Earlier(row["was"], steps(row["did"]), row.get("asked", False)),) if row["was"] else ()
    language = "en" if row["say"].isascii() and row["was"].isascii() else "zh"
    return Case(
        row["say"],
        language,
        "dev",
        "dialogues",
        row["on"],
        row["say"],
        readings,
        before,
        withheld=tuple(row.get("withheld", ())),
    )


@pytest.mark.parametrize("row", DIALOGUES, ids=[f"{row['was']} > {row['say']}" for row in DIALOGUES])
def test_what_is_said_next_is_read_by_what_was_done(row: dict[str, Any]) -> None:
    assert judge(case_of(row), READ).why == ""
