"""What one clause may mean, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reelscore.converse.clause import Clause
from reelscore.converse.mentions import Mention
from reelscore.converse.scene import Thing
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Action, Asked, Question

SOUND_KINDS = ("music", "voice", "sound", "audio", "own")
PICTURE_KINDS = ("clip", "image", "overlay", "background", "logo")
TEXT_KINDS = ("title", "subtitle", "lower_third", "text")


@dataclass(frozen=True, slots=True)
class Reading:
    """Edits or actions (or a question, or why not), and how well they fit the words: 0 to 1."""

    asked: tuple[Asked, ...]
    score: float
    question: Question | None = None
    missed: Said | None = None


def step(command: str, score: float, /, **args: Plain) -> Reading:
    """A reading of one edit; arguments that are None are left out. A trailing "_" keeps a name out of Python's way."""
    given = tuple((name.rstrip("_"), value) for name, value in args.items() if value is not None)
    return Reading((Step(command, given),), score)


def steps(command: str, score: float, which: Iterable[str | None], /, **args: Plain) -> Reading:
    """The same edit for each of several things."""
    made = tuple(one for said in which for one in step(command, score, which=said, **args).asked)
    return Reading(made, score)


def action(name: str, score: float, /, **args: Plain) -> Reading:
    return Reading((Action(name, tuple((key, value) for key, value in args.items() if value is not None)),), score)


def fitting(c: Clause, mention: Mention, kinds: tuple[str, ...]) -> bool:
    """Is this mention of one of these kinds, or a name of something that is?"""
    if mention.kind in kinds:
        return True
    if mention.kind == "all":
        return True
    if mention.kind == "name":
        return not mention.things or any(_is(thing, kinds) for thing in mention.things)
    return False


def _is(thing: Thing, kinds: tuple[str, ...]) -> bool:
    if thing.role == "text":
        return any(kind in TEXT_KINDS for kind in kinds)
    return (
        thing.role in kinds
        or (thing.role == "overlay" and "logo" in kinds)
        or (thing.role == "audio" and "sound" in kinds)
    )


def pointed(c: Clause, kinds: tuple[str, ...]) -> str | None:
    """What "it", "that" or "the other one" mean here, as a reference; None where nothing is spoken of."""
    if c.leaning and not c.around.focus and (thing := c.touched) and _is(thing, kinds):
        return thing.segment.id
    for mention in c.mentions:
        if mention.kind == "pronoun":
            focus, kind = c.around.focus, c.around.focus_kind
            if focus and (not kind or kind in kinds or (kind == "text" and "text" in kinds)):
                return focus
            thing = c.touched
            if thing and _is(thing, kinds):
                return thing.segment.id
        if mention.kind == "other":
            thing = c.touched
            if thing:
                others = [t for t in c.scene.things if t.role == thing.role and t.segment.id != thing.segment.id]
                if len(others) == 1:
                    return others[0].segment.id
    return None


def targets(c: Clause, kinds: tuple[str, ...], *, film: str | None = None, pronouns: bool = True) -> list[str]:
    """References to everything of these kinds that the clause names, in order; for the film as a whole, `film`."""
    said = [m.said for m in c.mentions if fitting(c, m, kinds) and m.said and not c.spared(m)]
    if said:
        return list(dict.fromkeys(said))
    if pronouns and c.around.focus and not c.mentions and c.around.focus_kind in kinds:
        return [c.around.focus]
    if pronouns and (one := pointed(c, kinds)):
        return [one]
    if film and c.mention("film"):
        return [film]
    return []


def target(c: Clause, kinds: tuple[str, ...], *, film: str | None = None, pronouns: bool = True) -> str | None:
    """The first of `targets`."""
    return next(iter(targets(c, kinds, film=film, pronouns=pronouns)), None)
