"""The timeline on paper: versioned JSON, its schema, the draft of the protocol, and the one line people read."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from reelscore.edit.draft import from_draft, to_draft
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.edit.summary import summary
from reelscore.edit.timeline_json import SCHEMA, downgraded, dumps, loads, upgraded
from reelscore.edit.timeline_schema import schema_text
from reelscore.errors import EditError
from reelscore.values.timeline import Canvas, Gap, Segment, Timeline, Track

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("name", SAMPLES)
def test_json_and_draft_are_exact_and_stable(name: str) -> None:
    timeline = SAMPLES[name]()
    assert loads(dumps(timeline)) == timeline
    assert dumps(loads(dumps(timeline))) == dumps(timeline)
    assert from_draft(json.loads(json.dumps(to_draft(timeline)))) == timeline


def test_times_that_are_no_milliseconds_survive() -> None:
    canvas = Canvas(frame_rate=F(30000, 1001))
    items = (Gap(7 * canvas.frame), Segment("s1", 100 * canvas.frame, colour="#ff0000"), Gap(canvas.frame),
             Gap(canvas.frame),
             Segment("s2", 3 * canvas.frame, colour="#00ff00"), Gap(canvas.frame))  # fmt: skip
    timeline = Timeline(canvas, (Track("t1", "video", items=items),), metadata=(("made by", "hand"),), title="Test")
    assert from_draft(json.loads(json.dumps(to_draft(timeline)))) == timeline
    assert loads(dumps(timeline)) == timeline


def test_json_says_its_schema_and_leaves_out_the_usual() -> None:
    data = json.loads(dumps(SAMPLES["film"]()))
    assert data["schema"] == SCHEMA
    assert data["tracks"][2] == {
        "id": "t3", "kind": "text", "name": "Title",
        "items": [{"id": "s10", "duration": "3", "text": {"content": "Urban Dreams"}}],
    }  # fmt: skip


def test_older_files_are_lifted_step_by_step_and_newer_ones_refused() -> None:
    steps = {1: lambda d: {**d, "b": d["a"]}, 2: lambda d: {**d, "c": d["b"]}}
    assert upgraded({"schema": 1, "a": 5}, steps, to=3) == {"schema": 3, "a": 5, "b": 5, "c": 5}
    with pytest.raises(EditError, match="newer than this program. This version reads up to 3"):
        upgraded({"schema": 4}, steps, to=3)
    for schema in (None, "1", 0, True, 1.0):
        with pytest.raises(EditError, match="its schema is"):
            upgraded({"schema": schema}, steps, to=3)


def test_a_file_can_be_written_for_an_older_reader() -> None:
    steps = {3: lambda d: {"a": d["a"]}, 2: lambda d: {"a": d["a"] + 1}}
    assert downgraded({"schema": 3, "a": 1, "b": 2}, 1, steps) == {"schema": 1, "a": 2}
    with pytest.raises(EditError, match="there is no schema 0 to write"):
        downgraded({"schema": 3}, 0, steps)


def test_the_published_schema_is_the_one_of_the_code() -> None:
    """To write it anew: python -c "from reelscore.edit.timeline_schema import *; print(schema_text(), end='')"."""
    assert (DOCS / "timeline.schema.json").read_text(encoding="utf-8") == schema_text()


BROKEN = [
    "", "{", "[]", "null", '{"schema": 1', '{"schema": 1, "tracks": 5}', '{"schema": 1, "tracks": [{"kind": "video"}]}',
    '{"schema": 1, "x": 1}',
    '{"schema": 1, "tracks": [{"id": "a", "kind": "video", "items": [{"duration": "1e999999"}]}]}',
    '{"schema": 1, "tracks": [{"id": "a", "kind": "video", "items": [{"duration": "1/0"}]}]}',
    '{"schema": 1, "tracks": [{"id": "a", "kind": "video", "items": [{"duration": true}]}]}',
    '{"schema": 1, "tracks": [{"id": "a", "kind": "video", "items": ["x"]}]}',
    '{"schema": 1, "canvas": {"width": NaN}}', '{"schema": 1, "metadata": [["a"]]}', "[" * 200_000, '{"a":' * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:50])
def test_broken_json_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(EditError, match="This timeline cannot be used"):
        loads(text)


def test_a_draft_is_what_the_protocol_says() -> None:
    draft = to_draft(SAMPLES["film"]())
    assert draft["d"] == 10_000
    assert [track["tt"] for track in draft["t"]] == [0, 1, 7]
    assert draft["t"][2]["sg"] == [{"s": 0, "d": 3000, "i": "s10", "x": {"c": "Urban Dreams"}}]
    assert draft["m"] == {}
    assert json.loads(json.dumps(draft)) == draft


def moved(**keys: Any) -> Any:
    draft = to_draft(SAMPLES["talk"]())
    draft["t"][3]["sg"][0] = {**draft["t"][3]["sg"][0], **keys}
    return draft


def test_a_client_may_change_a_length_or_move_a_segment() -> None:
    longer = from_draft(moved(d=3000))
    assert longer.tracks[3].duration == 4
    draft = moved(s=5000)
    del draft["t"][3]["sg"][0]["b"]
    assert next(span.start for span, _ in from_draft(draft).tracks[3].placed()) == 5


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (None, "the draft is 'None'"),
        ({"x": 1}, "unknown key 'x'. Known: v, d, m, t"),
        ({"v": 9}, "its version is '9'"),
        ({"t": 3}, "must be a list"),
        ({"t": [{"tt": 5}]}, "It is 0 \\(video\\), 1 \\(audio\\) or 7 \\(text\\)"),
        ({"t": [{"tt": 0, "sg": [{"i": "a"}]}]}, "has no duration d"),
        (moved(d="soon"), "expected"),
        (moved(d=float("nan")), "is no length"),
        (moved(d=10**400), "is no length"),
        (moved(zz=1), "unknown key 'zz'"),
        (moved(x={"c": 5}), "expected str"),
        (moved(d=-5), "between 0"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_draft_is_refused_by_name(draft: object, said: str) -> None:
    with pytest.raises(EditError, match=said):
        from_draft(draft)


def test_every_key_of_the_draft_is_documented() -> None:
    text = (DOCS / "draft.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(): cells[2] for line in text.splitlines() if len(cells := line.split("|")) == 4}
    from reelscore.edit import draft as module

    tables = {
        "canvas": "_CANVAS", "track": "_TRACK", "segment": "_SEGMENT", "picture": "_PICTURE", "zoom": "_ZOOM",
        "filter": "_FILTER", "sound": "_SOUND", "text": "_TEXT", "transition": "_TRANSITION", "media": "_MEDIA",
        "marker": "_MARKER", "request": "_REQUEST",
    }  # fmt: skip
    for row, table in tables.items():
        for key in getattr(module, table).values():
            assert f"`{key.removeprefix('ms:')}`" in rows[row], (row, key)


SUMMARIES = {
    "film": "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
    '3. Title: "Urban Dreams" (0-3s)',
    "clips": "Timeline (2 tracks): 1. Video: city timelapse (0-4s), beach (4-8s), interview (8-14s) "
    "2. BGM: Lo-fi (0-14s, 35%)",
    "waiting": "Timeline (2 tracks): 1. Video: city timelapse (0-10s) 2. BGM: lo-fi (0-10s, 35%, being written)",
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_line_people_read_has_the_form_of_the_protocol(name: str) -> None:
    timeline = command("volume").apply(SAMPLES[name](), {"which": "music", "to": 35}, FACTS).timeline
    assert summary(timeline) == SUMMARIES[name]


def test_the_line_in_chinese() -> None:
    timeline = command("volume").apply(SAMPLES["film"](), {"to": 35}, FACTS).timeline
    assert summary(timeline, "zh") == (
        "时间线（3 条轨道）：1. 视频：city timelapse（0-10s） 2. 配乐：Lo-fi（0-10s，35%） "
        "3. 标题：“Urban Dreams”（0-3s）"
    )
    assert summary(Timeline()) == "Timeline (0 tracks)"


def test_many_pieces_are_told_by_their_number() -> None:
    timeline = SAMPLES["clips"]()
    for _ in range(3):
        timeline = command("duplicate").apply(timeline, {"which": "clip 1"}, FACTS).timeline
    video = timeline.tracks[0]
    assert summary(replace(timeline, tracks=(video,))) == "Timeline (1 track): 1. Video: 6 clips (0-26s)"
