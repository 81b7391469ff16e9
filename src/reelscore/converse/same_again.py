""" "the same for the last one", 也一样: the last edit on other things, and what was done to several is changed for each."""

from __future__ import annotations

from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.bare_things import could_be
from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.patterns import compiled
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, targets
from reelscore.converse.tables import table
from reelscore.values.command import Step

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def read(c: Clause, last: Step) -> Reading | None:
    """The last edit on what is named now, where it is said to be the same."""
    if _silenced(c, last) or any(
        patterns.search(table("joints")["same"][lang], c.text.strip()) for lang in ("en", "zh")
    ):
        return _same(c, last)
    return None


def _same(c: Clause, last: Step) -> Reading | None:
    named = targets(c, _ANY, pronouns=any(m.kind == "other" for m in c.mentions))
    entry = c.known.commands.get(last.command)
    param = next((p for p in entry.params if p.kind in ("segment", "segments")), None) if entry else None
    if not named or param is None:
        return None
    silenced = _silenced(c, last)
    if not (silenced or patterns.search(r"same|ditto|likewise|一样|同样|同上|照|也是|也要|这样|这么", c.text)):
        return None  # "too" alone is read in `bare.py`
    if len(named) > 1:
        named = [said for said in named if could_be(said, last.command, c.scene)] or named
    made = tuple(
        Step(last.command, (*((k, v) for k, v in last.args if k != param.name), (param.name, said))) for said in named
    )
    sure = (
        0.96
        if silenced or patterns.match(r"\s*(?:and |now |also |do |use |put |please |then )*(?:the )?same ", c.text)
        else 0.93
    )
    return Reading(made, sure)


def _silenced(c: Clause, last: Step) -> bool:
    """第一段去掉声音, then 第二段也去掉: the sound, and not the clip."""
    return last.command == "mute" and patterns.search(r"也(?:都|给我)?(?:去|关|消|静|不要)", c.text) is not None


def of_one(reading: Reading, c: Clause) -> Reading:
    """A name that names two things since the last edit made another of it is the one that was there."""
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    told = dict(last.args).get("which") if last and last.command == "duplicate" else None
    several = mentions(str(told).lower(), c.scene) if told else ()
    if len(several) != 1 or several[0].kind != "name" or len(several[0].things) < 2:
        return reading
    one = several[0].things[0].segment.id
    made = tuple(
        replace(asked, args=tuple((k, one if k == "which" and v == told else v) for k, v in asked.args))
        if isinstance(asked, Step)
        else asked
        for asked in reading.asked
    )
    return replace(reading, asked=made)


def for_each(reading: Reading, c: Clause) -> Reading:
    """Where the last message did the same to several things, what changes it changes it for all of them."""
    steps = [asked for asked in c.context.steps if isinstance(asked, Step)]
    told = [asked for asked in reading.asked if isinstance(asked, Step)]
    if len(steps) < 2 or len(told) != 1 or reading.asked[-1] != told[0]:
        return reading
    last, which = dict(steps[-1].args), dict(told[0].args).get("which")
    rest = {key: value for key, value in last.items() if key != "which"}
    alike = [dict(step.args) for step in steps if step.command == told[0].command]
    if which != last.get("which") or not all({k: v for k, v in a.items() if k != "which"} == rest for a in alike):
        return reading
    each = [Step(told[0].command, tuple({**dict(told[0].args), "which": a.get("which")}.items())) for a in alike]
    return replace(reading, asked=(*reading.asked[:-1], *each)) if len(alike) == len(steps) else reading


_WITH = compiled(r"\s*(?:and |also |but |now |all )*with (?:an? |the |some )?")


def with_them(reading: Reading, c: Clause) -> Reading:
    """ "with a slow zoom" goes on about the things of the last message, each of them."""
    one = reading.asked[0] if len(reading.asked) == 1 else None
    entry = c.known.commands.get(one.command) if isinstance(one, Step) else None
    if not isinstance(one, Step) or entry is None or c.mentions or "which" in dict(one.args) or not _WITH.match(c.text):
        return reading
    if not any(p.name == "which" and p.kind == "segments" for p in entry.params):
        return reading
    told = [str(dict(step.args).get("which") or "") for step in c.context.steps if isinstance(step, Step)]
    if not told or not all(told):
        return reading
    named = [which for which in dict.fromkeys(told) if could_be(which, one.command, c.scene)]
    made = tuple(replace(one, args=(("which", which), *one.args)) for which in named)
    return replace(reading, asked=made) if made else reading
