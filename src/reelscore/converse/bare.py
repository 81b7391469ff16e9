"""A value or a thing said alone goes on about the last edit: "no, 1080p", "and the lake", "the hiking one to 7".

The message must hold nothing else: once values, things and the small words of `words/followups.toml` are taken out of
it, no letter may be left. A value takes the place of the argument whose kind it fits; a thing is what the edit is done
to. A denial takes the last edit back first, unless it is simply set anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reelscore.converse.clause import Clause, holds, plain
from reelscore.converse.generic import _kinds as kinds_of
from reelscore.converse.leftover import LONGEST, Left, comparatives, own_words, property_words
from reelscore.converse.mentions import Mention, mentions
from reelscore.converse.patterns import compiled
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, fitting
from reelscore.converse.scene import Thing
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry, Param, Plain, Step
from reelscore.values.message import Action, Asked

_FITS = {  # the kinds of parameters a quantity fits, the likeliest first
    "seconds": ("seconds", "moment"), "timecode": ("moment", "seconds"), "frames": ("seconds", "moment"),
    "percent": ("percent", "factor"), "decibels": ("decibels",), "degrees": ("degrees",), "factor": ("factor",),
    "bpm": ("number",),
    "fps": ("number",), "lufs": ("number",), "times": ("count",), "parts": ("count",), "copies": ("count",),
    "beats": ("count",),
    "bars": ("bars",), "ratio": ("ratio",), "size": ("size",),
    "number": ("percent", "seconds", "moment", "factor", "number", "degrees", "count", "decibels"),
}  # fmt: skip
_RIVALS = (  # of these arguments a command is given one
    ("to", "by", "db", "by_db", "step", "from_start", "from_end", "until", "to_the_end"),
    ("size", "bigger"),
    ("place", "x", "y"),
    ("position", "order"),
)
_ANEW = (
    "to",
    "db",
    "duration",
    "colour",
    "size",
    "font",
    "bold",
    "italic",
    "place",
    "x",
    "y",
    "until",
    "ratio",
    "fps",
    "name",
    "kind",
    "amount",
    "direction",
    "bpm",
    "key",
    "genre",
    "text",
    "fill",
    "how",
    "box",
)
_ADDS = (
    "speed",
    "split",
    "marker",
    "freeze",
    "duplicate",
    "cut_first",
    "cut_last",
    "cut_range",
    "keep_range",
    "rotate",
    "loop",
    "crop",
    "add",
    "reorder",
)
_MAKES = ("title", "subtitle", "lower_third", "add", "picture_in_picture")  # and what is set anew of what they made:
_OF_MADE = {
    "at": ("move", "to"), "colour": ("text_style", "colour"), "font": ("text_style", "font"),
    "animation": ("text_animation", "kind"),
    "text": ("change_text", "text"), "opacity": ("opacity", "to"),
}  # fmt: skip
_RELATIVE = (
    "louder",
    "quieter",
    "much_louder",
    "much_quieter",
    "a_bit_louder",
    "a_bit_quieter",
    "darker",
    "brighter",
    "more_contrast",
    "less_contrast",
    "more_colour",
    "less_colour",
    "faster",
    "slower",
    "calmer",
    "livelier",
    "simpler",
    "richer",
    "higher",
    "lower",
)
_UNTELLING = ("in", "out", "to", "both", "all", "up", "down", "none", "左", "右", "上", "下")


@dataclass(slots=True)
class _Bare:
    """What a message holds besides small words."""

    values: dict[str, Plain] = field(default_factory=dict)  # by the parameter they fit
    things: list[str] = field(default_factory=list)
    denied: bool = False
    only: bool = False
    besides: bool = False


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The last edit with other values, or on other things."""
    entry = c.known.commands.get(last.command)
    if entry is None or len(c.text) > LONGEST or (said := _said(c, last, entry)) is None:
        return
    made = tuple(_steps(c, last, entry, said))
    if made:
        yield Reading(made, 0.965)


def _steps(c: Clause, last: Step, entry: CommandEntry, said: _Bare) -> Iterator[Asked]:
    if last.command in _MAKES and not said.things and c.touched and not said.besides:
        yield from _on_made(c.touched, said.values)
        return
    args = _with(dict(last.args), said.values)
    param = _param(entry)
    anew = said.values and not said.things and last.command not in _ADDS and all(name in _ANEW for name in said.values)
    anew = anew or any(value in _RELATIVE for value in said.values.values())
    again = said.besides or (said.things and not said.denied and not said.only)
    if not (anew or again):
        yield Action("undo")
    if not said.things or param is None:
        yield Step(last.command, tuple(args.items()))
        return
    for one in said.things:
        yield Step(last.command, tuple({**args, param.name: one}.items()))


def _with(args: dict[str, Plain], values: dict[str, Plain]) -> dict[str, Plain]:
    """The arguments with these values, and without those they stand instead of."""
    for name in values:
        for group in _RIVALS:
            if name in group:
                args = {key: value for key, value in args.items() if key not in group or key == name}
    return {**args, **values}


def _on_made(thing: Thing, values: dict[str, Plain]) -> Iterator[Step]:
    """What was just made, changed."""
    text = thing.segment.text is not None
    for name, value in values.items():
        if name == "duration":
            command, arg = ("text_duration" if text else "trim"), "to"
        elif name in ("place", "size", "x", "y"):
            command, arg = ("text_style" if name == "size" else "text_position") if text else "arrange", name
        elif name in _OF_MADE:
            command, arg = _OF_MADE[name]
        else:
            continue
        yield Step(command, (("which", thing.segment.id), (arg, value)))


def _param(entry: CommandEntry) -> Param | None:
    """The parameter that says what an edit is done to."""
    return next((p for p in entry.params if p.kind in ("segment", "segments")), None)


def _said(c: Clause, last: Step, entry: CommandEntry) -> _Bare | None:
    """The values and things of a message that holds nothing else; None for any other."""
    left = Left(c.text)
    said = _Bare()
    held = table("followups")
    text = c.text.strip(" .!?")
    for lang in ("en", "zh"):
        said.denied = said.denied or compiled(held["denied"][lang]).search(text) is not None
        said.only = said.only or compiled(held["only"][lang]).search(text) is not None
        said.besides = said.besides or compiled(held["besides"][lang]).search(text) is not None
    said.besides = said.besides and not said.denied
    if not _things(c, last, entry, said, left):
        return None
    _choices(c, last, entry, said, left)
    if not _quantities(c, last, entry, said, left) or not (said.values or said.things):
        return None
    for words in (*own_words(entry), *property_words(last.command, said.values)):
        left.drop(words)
    if c.quantities:  # before a value, not behind it: "2 seconds later" is no moment
        left.drop(comparatives(), c.quantities[0].start)
    return said if left.empty() else None


def _things(c: Clause, last: Step, entry: CommandEntry, said: _Bare, left: Left) -> bool:
    """The things that are named; False where one cannot be what this edit is done to."""
    param = _param(entry)
    kinds = kinds_of(param) if param else ()
    taken = _others(c, last, said, left) if param else (-1, -1)
    spared = compiled(r"(?:(?<![a-z])not|不是|不要|别)(?: the| my)? *$")
    for mention in (*c.mentions, *_ordinals(c)):
        if taken[0] <= mention.start < taken[1]:
            continue
        if mention.kind == "pronoun":
            continue
        left.take(mention.start, mention.end)
        if spared.search(c.text[: mention.start]):
            said.denied = True
        elif param is None or not mention.said or not fitting(c, mention, kinds):
            return False
        elif mention.said not in said.things:
            said.things.append(mention.said)
    return True


def _ordinals(c: Clause) -> Iterator[Mention]:
    """ "no, the second": of the kind the conversation was about."""
    order = table("places_in_order")["ordinal"]
    words = "|".join(
        sorted((re.escape(w) for held in order.values() for w in held if w.isascii()), key=len, reverse=True)
    )
    for match in compiled(
        rf"(?<![a-z0-9])(?:the )?(?P<order>{words})(?= ?(?:please|instead|too|as well)?[.! ]*$)"
    ).finditer(c.text):
        if not any(m.start <= match.start("order") < m.end for m in c.mentions):
            found = mentions(f"{match['order']} {_kind(c)}", c.scene)
            if found and found[0].nth is not None:
                yield replace(found[0], start=match.start(), end=match.end())


def _kind(c: Clause) -> str:
    role = c.touched.role if c.touched else "clip"
    return {"text": "title", "overlay": "overlay"}.get(role, "clip")


def _others(c: Clause, last: Step, said: _Bare, left: Left) -> tuple[int, int]:
    """ "all the others", 其他片段: of the kind that the last edit was about, what it was not about."""
    held = table("followups")["others"]
    match = compiled(held["many"]).search(c.text) or compiled(held["one"]).search(c.text)
    if match is None:
        return -1, -1
    before = _about(c, last)
    role = next((t.role for t in before), "")
    ids = {t.segment.id for t in before}
    rest = [t.segment.id for t in c.scene.things if t.role == role and t.segment.id not in ids]
    if not rest or (len(rest) > 1 and not compiled(held["many"]).search(c.text)):
        return -1, -1
    said.things += rest
    left.take(*match.span())
    return match.span()


def _about(c: Clause, last: Step) -> tuple[Thing, ...]:
    """What the last edit was done to, as it lies now."""
    which = str(dict(last.args).get("which") or "")
    if thing := c.scene.find(which) or (None if which else c.touched):
        return (thing,)
    return next((m.things for m in mentions(which.lower(), c.scene) if m.things), (c.touched,) if c.touched else ())


def _choices(c: Clause, last: Step, entry: CommandEntry, said: _Bare, left: Left) -> None:
    """Choices, colours and quotations."""
    args = dict(last.args)
    for param in entry.params:
        if param.kind == "choice" and (choice := c.choice(param)):
            words = [
                w for w in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh) if holds(c.text, w)
            ]
            longest = max(words, key=len)
            if (longest in _UNTELLING and param.name not in args) or not left.holds(longest, c.text):
                continue
            said.values[param.name] = choice.name
            for word in words:
                at = c.text.find(word)
                left.take(at, at + len(word))
        elif param.kind == "colour" and c.colours and (param.name in args or param.name == "colour"):
            name, start, end = c.colours[0]
            said.values[param.name] = name
            left.take(start, end)
        elif param.kind in ("text", "name") and c.quotes and param.required:
            said.values[param.name] = c.quotes[0].words
            left.take(c.quotes[0].start, c.quotes[0].end)


def _quantities(c: Clause, last: Step, entry: CommandEntry, said: _Bare, left: Left) -> bool:
    """The quantities, each as the argument it fits; False where one fits none."""
    args = dict(last.args)
    for q in c.quantities:
        param = _fit(q, entry, {**args, **said.values}, args)
        if param is None:
            return False
        value = plain(q)
        was = args.get(param.name)
        if (
            isinstance(value, (int, float))
            and isinstance(was, (int, float))
            and was < 0
            and param.low is not None
            and param.low < 0
        ):
            value = -abs(value)
        said.values[param.name] = value
        left.take(q.start, q.end)
    return True


def _fit(q: Quantity, entry: CommandEntry, taken: dict[str, Plain], before: dict[str, Plain]) -> Param | None:
    """The parameter a quantity stands for: one that was given before, else the only or the first of its kind."""
    fits = _FITS.get(q.kind, ())
    able = [p for p in entry.params if p.kind in fits and _within(p, q)]
    given = [p for p in able if before.get(p.name) is not None]
    if given:
        return _cued(q, given)
    if q.kind == "number":
        able = [p for p in able if p.kind not in ("moment",)]
        return able[0] if len({p.kind for p in able}) == 1 else None
    able = [p for p in able if p.name not in ("by", "by_db", "seed", "shift") and taken.get(p.name) is None]
    return _cued(q, sorted(able, key=lambda p: fits.index(p.kind))) if able else None


def _cued(q: Quantity, able: list[Param]) -> Param:
    """Of several, the one that the word before the quantity speaks of: "at 12 seconds", "for 6 seconds"."""
    wanted = {"at": ("at", "to", "start"), "for": ("duration", "to"), "to": ("to",), "until": ("until", "end")}.get(
        q.cue, ()
    )
    return next((p for name in wanted for p in able if p.name == name), able[0])


def _within(param: Param, q: Quantity) -> bool:
    if isinstance(q.value, str):
        return True
    low, high = param.low, param.high
    return (low is None or q.value >= low) and (high is None or q.value <= high)
