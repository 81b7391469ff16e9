"""What a step that asks for new music is understood to ask for, before any of it is written."""

from __future__ import annotations

from fractions import Fraction

from reelscore import catalogue
from reelscore.edit.registry import command
from reelscore.values.brief import Brief, Wishes
from reelscore.values.command import Step
from reelscore.values.facts import NO_FACTS
from reelscore.values.timeline import Timeline


def brief_of(step: Step, timeline: Timeline) -> Brief | None:
    """What a step that asks for new music understood of the words; None for any other. Raises BriefError, EditError."""
    if step.command != "generate_music":
        return None
    from reelscore.brief.make import make_brief

    edited = command(step.command).apply(timeline, dict(step.args), NO_FACTS)
    request = edited.timeline.requests[-1]
    place = edited.timeline.find(request.segment)
    length = place[1].duration if place else Fraction(60)
    said = dict(request.wishes)
    wishes = Wishes(
        seed=request.seed,
        duration=length,
        bpm=Fraction(said["bpm"]) if "bpm" in said else None,
        key=said.get("key"),
        genre=said.get("genre"),
        mood=said.get("mood"),
        instruments=tuple(name.strip() for name in said.get("instruments", "").split(",") if name.strip()),
        without=tuple(name.strip() for name in said.get("without", "").split(",") if name.strip()),
    )
    return make_brief(request.words, wishes, catalogue.vocabulary())
