"""How changes are told: equal ones share a clause, long lists end, and notes say what was done otherwise than asked."""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.difference import differences
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, INTERVIEW, SAMPLES
from reelscore.edit.wording import in_words, worded
from reelscore.values.facts import Facts
from tests.unit.edit.doing import do


def test_equal_changes_share_a_clause_and_long_lists_end() -> None:
    edited = command("filter").apply(SAMPLES["clips"](), {"name": "warm"}, FACTS)
    assert in_words(edited.changes) == "3 clips: filters none -> warm"
    assert in_words(edited.changes, "zh") == "3 个片段：滤镜 无 → 暖色"
    timeline = SAMPLES["silent"]()
    for n in range(20):
        timeline = do(timeline, "subtitle", text=f"line {n}", at=n / 2, duration=0.5)
    words = in_words(command("remove_text").apply(timeline).changes)
    assert words.endswith("and 8 more changes")
    assert len(worded(command("remove_text").apply(timeline).changes)) == 20


def test_notes_tell_what_was_done_otherwise_than_asked() -> None:
    edited = command("title").apply(SAMPLES["film"](), {"text": "x", "at": 8, "duration": 5})
    assert [note.en for note in edited.notes] == ["It stays 2s: then the film ends."]
    assert edited.notes[0].zh == "只显示 2s：之后影片就结束了。"


def test_ducking_without_speech_is_done_and_said() -> None:
    edited = command("duck").apply(SAMPLES["film"](), {}, Facts())
    assert edited.changes
    assert "No speech is known" in edited.notes[0].en
    assert not command("duck").apply(replace(SAMPLES["talk"]()), {}, FACTS).notes
    assert INTERVIEW.id in FACTS.media


def test_what_leads_into_a_removed_clip_goes_without_a_word() -> None:
    edited = command("remove").apply(SAMPLES["slides"](), {"which": "clip 2"}, FACTS)
    assert in_words(edited.changes) == "removed sunset #2 (3-6s)"
    assert edited.timeline.tracks[0].transitions == ()


def test_an_id_used_again_is_not_taken_for_the_same_thing() -> None:
    titled = do(SAMPLES["silent"](), "title", text="Hello")
    added = do(SAMPLES["silent"](), "add", media="sunset")
    assert [s.id for _, s in titled.tracks[1].placed()] == [list(added.tracks[0].placed())[1][1].id]
    assert in_words(differences(titled, added)) == 'removed "Hello" (0-3s); added sunset (10-13s)'


def test_what_takes_the_id_of_what_is_gone_is_told_as_new() -> None:
    before = do(SAMPLES["silent"](), "subtitle", text="What a view", at=6)
    after = do(do(before, "remove_text", which="subtitle"), "title", text="Road trip", at=1)
    assert in_words(differences(before, after)) == 'removed "What a view" (6-9s); added "Road trip" (1-4s)'
