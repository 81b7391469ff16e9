"""Whatever is done in whatever order: the timeline stays right, undo is exact, and it survives being written."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelscore.edit.draft import from_draft, to_draft
from reelscore.edit.history import begun, commit, redo, undo
from reelscore.edit.history import dumps as history_text
from reelscore.edit.history import loads as history_of
from reelscore.edit.registry import commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.edit.settle import settled
from reelscore.edit.summary import summary
from reelscore.edit.timeline_json import dumps, loads
from reelscore.edit.validate import checked
from reelscore.edit.wording import in_words
from reelscore.errors import EditError
from tests.unit.edit.wishes import arguments

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, dict[str, object]]]:
    names = draw(st.lists(st.sampled_from(list(commands())), min_size=1, max_size=8))
    return [(name, dict(draw(arguments(commands()[name])))) for name in names]


def holds(on: str, asked: list[tuple[str, dict[str, object]]]) -> int:
    """Apply all that can be; everything that shall hold, holds. Returns how many could be."""
    history = begun(SAMPLES[on]())
    seen = [history.timeline]
    refused: list[str] = []
    for name, args in asked:
        try:
            edited = commands()[name].apply(history.timeline, args, FACTS)
        except EditError as error:
            refused.append(error.message)
            continue
        after = edited.timeline
        assert checked(after) is after, (name, args)
        assert settled(after) == after, (name, args)
        assert bool(edited.changes) == (after != history.timeline), (name, args)
        assert in_words(edited.changes)
        assert in_words(edited.changes, "zh")
        assert summary(after)
        history = commit(history, history.current, edited)
        if after != seen[-1]:
            seen.append(after)
    assert not [reason for reason in refused if reason.startswith("This timeline cannot be used")]
    last = history.timeline
    assert loads(dumps(last)) == last
    assert from_draft(json.loads(json.dumps(to_draft(last)))) == last
    assert history_of(history_text(history)) == history
    for timeline in reversed(seen[:-1]):
        history = undo(history)
        assert history.timeline == timeline
    history = redo(history, len(seen) - 1)
    assert history.timeline == last
    return len(seen) - 1


@pytest.mark.slow
@QUICK
@given(on=st.sampled_from(list(SAMPLES)), asked=edits())
def test_any_sequence_of_edits_keeps_the_timeline_right_and_can_be_undone(
    on: str, asked: list[tuple[str, dict[str, object]]]
) -> None:
    holds(on, asked)


@pytest.mark.slow
@LONG
@given(on=st.sampled_from(list(SAMPLES)), asked=edits())
def test_any_of_very_many_sequences_keeps_the_timeline_right(
    on: str, asked: list[tuple[str, dict[str, object]]]
) -> None:
    holds(on, asked)
