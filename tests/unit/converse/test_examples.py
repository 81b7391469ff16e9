"""Every example a command gives of itself is understood, in English and in Chinese."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.edit.registry import commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.piece_changed import wishes_of
from reelscore.values.command import Example, Step
from reelscore.values.timeline import Segment, Timeline
from tests.unit.converse.said import read

CASES = [
    pytest.param(name, example, language, id=f"{name}-{language}-{n}")
    for name, command in commands().items()
    for n, example in enumerate(command.examples)
    for language in ("en", "zh")
]
UNSAID = {("arrange", "size"), ("picture_in_picture", "size")}  # what an example sets and its words do not say


def applied(steps: tuple[Step, ...], on: str) -> Timeline:
    timeline = SAMPLES[on]()
    for step in steps:
        timeline = commands()[step.command].apply(timeline, dict(step.args), FACTS).timeline
    return timeline


def composed(timeline: Timeline) -> list[object]:
    """What the composer is told: of a wish its brief, however it is worded."""
    told: list[object] = []
    for request in timeline.requests:
        brief = make_brief(request.words, replace(wishes_of(dict(request.wishes)), duration=Fraction(30)), vocabulary())
        named = ("genre", "bpm", "key", "exclusions") if request.kind == "generate" else ()
        told.append(
            [request.kind, request.keep, request.first_bar, request.section, *(repr(getattr(brief, n)) for n in named)]
        )
        if request.kind != "generate":
            told.append(sorted(request.wishes))
    return told


def shown(timeline: Timeline) -> Timeline:
    """The timeline without names of music that is still to be written."""
    waiting = {request.segment for request in timeline.requests}
    tracks = tuple(
        replace(
            t, items=tuple(replace(i, name="") if isinstance(i, Segment) and i.id in waiting else i for i in t.items)
        )
        for t in timeline.tracks
    )
    return replace(timeline, tracks=tracks, requests=())


@pytest.mark.parametrize(("name", "example", "language"), CASES)
def test_an_example_means_what_it_says(name: str, example: Example, language: str) -> None:
    message = example.zh if language == "zh" else example.en
    meaning = read(message, example.on)
    assert meaning.language == language or message.isascii()
    args = {
        key: value
        for key, value in example.args.items()
        if (name, key) not in UNSAID or key in dict(meaning.edits[0].args)
    }
    wanted, got = applied((Step(name, tuple(args.items())),), example.on), applied(meaning.edits, example.on)
    assert [step.command for step in meaning.edits] == [name]
    assert shown(wanted) == shown(got)
    assert composed(wanted) == composed(got)
