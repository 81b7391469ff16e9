"""Every edit is a version; none is lost, and a second edit of the same version never overwrites the first."""

from __future__ import annotations

import json

import pytest

from reelscore.edit.history import History, begun, commit, diff, dumps, found, listed, loads, named, redo, restore, undo
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.errors import ConflictError, EditError


def edited(history: History, name: str, **args: object) -> History:
    return commit(history, history.current, command(name).apply(history.timeline, args, FACTS), f"please {name}")


@pytest.fixture
def history() -> History:
    made = begun(SAMPLES["film"]())
    made = edited(made, "volume", to=80)
    made = edited(made, "volume", to=35)
    return edited(made, "cut_first", seconds=2)


def test_undo_goes_back_to_the_exact_value_and_redo_forward(history: History) -> None:
    back = undo(undo(undo(history)))
    assert back.timeline == SAMPLES["film"]()
    assert redo(back, 3) == history
    with pytest.raises(EditError, match="nothing to undo"):
        undo(back)
    with pytest.raises(EditError, match="nothing to redo"):
        redo(history)


def test_an_edit_after_an_undo_branches_and_loses_nothing(history: History) -> None:
    branch = edited(undo(history), "mute", which="music")
    assert branch.now.parent == "v3"
    assert branch.version("v4").timeline == history.timeline
    assert branch.undone == ()
    assert undo(branch).timeline == undo(history).timeline


def test_two_edits_of_one_version_the_second_is_told_the_state_and_nothing_is_overwritten(history: History) -> None:
    first = edited(history, "mute", which="music")
    late = command("title").apply(history.timeline, {"text": "late", "at": 4}, FACTS)
    with pytest.raises(ConflictError) as caught:
        commit(first, history.current, late)
    assert "made for v4, now it is v5" in str(caught.value)
    assert "Timeline (3 tracks): 1. Video: city timelapse (0-8s) 2. BGM: Lo-fi (0-8s, muted)" in str(caught.value)
    assert "时间线（3 条轨道）" in caught.value.chinese
    assert caught.value.candidates == ("v5",)


def test_versions_are_compared_in_words(history: History) -> None:
    assert diff(history, "v2", "v3") == "music: volume 80% -> 35%"
    assert diff(history, "v2", "v3", "zh") == "音乐：音量 80% → 35%"
    assert diff(history, "v3", "v2") == "music: volume 35% -> 80%"
    assert diff(history, "v3", "v3") == "nothing changed"


def test_versions_are_listed_with_what_they_changed(history: History) -> None:
    lines = listed(named(undo(history), "calm"))
    assert lines[0] == "v1: the beginning"
    assert lines[2] == "v3 * calm: music: volume 80% -> 35%"


def test_a_name_is_given_once_and_finds_its_version(history: History) -> None:
    twice = named(named(history, "final", "v2"), "final", "v3")
    assert [version.name for version in twice.versions] == ["", "", "final", ""]
    for said in ("final", "FINAL", "v3", "3", "version 3", "第3版"):
        assert found(twice, said).id == "v3"
    assert found(twice, "first").id == "v1"
    assert found(twice, "previous").id == "v3"
    with pytest.raises(EditError, match=r'no version "v9". There is: v4, v3 \(final\)'):
        found(twice, "9")


def test_restoring_is_a_new_version_equal_to_the_old_one(history: History) -> None:
    restored = restore(history, "v2")
    assert restored.current == "v5"
    assert restored.timeline == history.version("v2").timeline
    assert undo(restored).timeline == history.timeline


def test_an_edit_that_changes_nothing_adds_no_version(history: History) -> None:
    assert edited(history, "volume", to=35) == history


def test_a_history_survives_being_written_and_shares_what_versions_share(history: History) -> None:
    branch = named(edited(undo(history), "mute", which="music"), "quiet")
    text = dumps(branch)
    assert loads(text) == branch
    assert len(json.loads(text)["tracks"]) == 9  # of 5 versions with 3 tracks each


def fault(history: History, **keys: object) -> str:
    return json.dumps({**json.loads(dumps(history)), **keys})


def test_a_history_that_leads_nowhere_is_refused(history: History) -> None:
    looped = json.loads(dumps(history))
    looped["versions"][1]["parent"] = "v3"
    for text in (
        "", "[]", "{}", json.dumps(looped), fault(history, schema=2), fault(history, current="v9"),
        fault(history, versions=[]),
        fault(history, undone=["x"]), fault(history, tracks=[]), fault(history, versions=[1]), "[" * 100_000,
    ):  # fmt: skip
        with pytest.raises(EditError, match="This timeline cannot be used"):
            loads(text)
