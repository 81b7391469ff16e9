"""Messages that lean on the one before, and words taken back: `dialogues.toml`, each as a person would go on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reelscore.values.message import Context
from tests.messages.cases import Case, Earlier, asked
from tests.messages.score import judge
from tests.messages.surfaces import reader
from tests.messages.timelines import FACTS, TIMELINES

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


OWN = """mute the lake | export in 1080p | 高质量导出 | 用30帧输出 | lake 只要8秒 | 旁白晚了2秒
delete the intro | 音乐30%
only mute the music, not the voice | trim the drone to 4 seconds | add a title "Hi" at 3s | make the video square
fade out the music over 2 seconds | 把标题改成蓝色 | hiking 加速2倍 | what can you do?""".replace("\n", " | ").split(
    " | "
)
DONE = (
    asked("mute", {"which": "hiking"}),
    asked("trim", {"which": "lake", "to": 6}),
    asked("transition", {"kind": "crossfade"}),
    asked("filter", {"which": "drone", "name": "warm"}),
    asked("export", {"resolution": "720p"}),
)


@pytest.mark.parametrize("said", OWN)
def test_a_request_of_its_own_means_the_same_whatever_was_done_before(said: str) -> None:
    timeline = TIMELINES["vlog"]()
    alone = READ(said, timeline, Context(), FACTS).steps
    assert alone
    for done in DONE:
        assert READ(said, timeline, Context(steps=(done,)), FACTS).steps == alone, done
