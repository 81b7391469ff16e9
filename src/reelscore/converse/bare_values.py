"""The values in a message that goes on about the last edit: each as the argument whose kind it fits.

A quantity takes the place of an argument that was given before, else of the only or the first of its kind; the word
before it ("at", "for", "until") and a name beside it ("on the right") tell more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reelscore.converse.choice_words import holds
from reelscore.converse.clause import Clause, plain
from reelscore.converse.leftover import Left
from reelscore.converse.patterns import compiled
from reelscore.converse.quantities import Quantity
from reelscore.values.command import Choice, CommandEntry, Param, Plain, Step

MAKES = ("title", "subtitle", "lower_third", "add", "picture_in_picture")
_FITS = {  # the kinds of parameters a quantity fits, the likeliest first
    "seconds": ("seconds", "moment"), "timecode": ("moment", "seconds"), "frames": ("seconds", "moment"),
    "percent": ("percent", "factor"), "decibels": ("decibels",), "degrees": ("degrees",), "factor": ("factor",),
    "bpm": ("number",),
    "fps": ("number",), "lufs": ("number",), "times": ("count",), "parts": ("count",), "copies": ("count",),
    "beats": ("count",),
    "bars": ("bars",), "ratio": ("ratio",), "size": ("size",),
    "number": ("percent", "seconds", "moment", "factor", "number", "degrees", "count", "decibels"),
}  # fmt: skip
_UNTELLING = ("in", "out", "to", "both", "all", "up", "down", "none", "左", "右", "上", "下")
_SIDES = {
    "left": r"(?<![a-z])left(?![a-z])|左",
    "right": r"(?<![a-z])right(?![a-z])|右",
    "top": r"(?<![a-z])top(?![a-z])|上|顶",
    "bottom": r"(?<![a-z])bottom(?![a-z])|下|底",
}
_ENDS = {"cut_first": "first", "cut_last": "last"}
_UP_OR_DOWN = re.compile(r"(?<![a-z])(?:up|down) $")
_CUE_WORDS = re.compile(r"(?<![a-z])(?:the )?(?:until|till|last|first) *$|(?:直到|最后|前|后) *$")
_CUES = {"at": ("at", "to", "start"), "for": ("duration", "to"), "to": ("to",), "until": ("until", "end")}


_AS_PERCENT = (20, 400)  # what a bare number may be, of the speed as it is


@dataclass(slots=True)
class Bare:
    """What a message holds besides small words."""

    values: dict[str, Plain] = field(default_factory=dict)  # by the parameter they fit
    things: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)  # "not the drone": ids
    denied: bool = False
    only: bool = False
    besides: bool = False


def choices(c: Clause, last: Step, entry: CommandEntry, said: Bare, left: Left) -> None:
    """Choices, colours and quotations."""
    args = dict(last.args)
    for param in entry.params:
        if param.kind == "choice" and (choice := c.choice(param, start=_denied_end(c)) or several_of(c, param)):
            forms = (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh)
            words = [w for w in forms if holds(c.text, w) or holds(c.text, f"{w}s")]
            longest = max(words, key=len)
            if (longest in _UNTELLING and param.name not in args) or not left.holds(longest, c.text):
                continue
            said.values[param.name] = choice.name
            for word in words:
                at = c.text.find(word)
                left.take(at, at + len(word) + (c.text[at + len(word) :][:1] == "s"))
        elif param.kind == "colour" and (name := _colour(c, param, args, entry, left)):
            said.values[param.name] = name
        elif param.kind in ("text", "name") and c.quotes and param.required:
            said.values[param.name] = c.quotes[0].words
            left.take(c.quotes[0].start, c.quotes[0].end)


def several_of(c: Clause, param: Param) -> Choice | None:
    """A choice that is said of several: "slides instead", "wipes"."""
    found = [
        choice
        for choice in param.choices
        for w in (choice.name.replace("_", " "), *choice.en)
        if holds(c.text, f"{w}s")
    ]
    return found[0] if found else None


def _colour(c: Clause, param: Param, args: dict[str, Plain], entry: CommandEntry, left: Left) -> str | None:
    """The colour that is said for a parameter, which its own name or the edit before tells."""
    boxed = compiled(_BOX).search(c.text) if any(p.name == "box" for p in entry.params) else None
    meant = "box" if boxed else "colour" if "colour" in args or "box" not in args else "box"
    if param.name != meant and not (param.name in args and not boxed):
        return None
    if boxed:
        left.take(*boxed.span())
    said = None
    for name, start, end in c.colours:
        left.take(start, end)
        if start >= _denied_end(c):
            said = said or name
    return said


_BOX = r"(?<![a-z])(?:box|background|backdrop)(?![a-z])|底框|底色|背景框|背景色?"


def _denied_end(c: Clause) -> int:
    """Where "not green, " ends; 0 where nothing is denied so."""
    match = compiled(r"(?:(?<![a-z])not|不要|不是|别用?) *(?:the |at )?[^,，]{1,16}[,，] *").search(c.text)
    return match.end() if match else 0


def quantities(c: Clause, last: Step, entry: CommandEntry, said: Bare, left: Left) -> bool:
    """The quantities, each as the argument it fits; False where one fits none."""
    args = dict(last.args)
    for q in c.quantities:
        if q.start < _denied_end(c):
            left.take(q.start, q.end)
            continue
        if not left.holds_any(q.start, q.end):
            continue  # "the other two"
        if q.cue in ("first", "last") and q.cue != _ENDS.get(last.command, q.cue):
            return False
        left.drop(_CUE_WORDS, q.start)
        if q.cue == "until" and last.command in MAKES and c.touched and c.touched.segment.text:
            said.values["until"] = plain(q)
            left.take(q.start, q.end)
            continue
        given = {} if last.command in MAKES and not said.denied and q.kind == "seconds" and q.cue != "at" else args
        param = _side(c, q, entry, left) or _fit(q, entry, {**args, **said.values}, given)
        if param is None and q.kind == "number" and "factor" in args and _AS_PERCENT[0] <= q.number <= _AS_PERCENT[1]:
            said.values["factor"] = float(q.number) / 100  # "slow it to 50%", then "75"
            left.take(q.start, q.end)
            continue
        if param is None or (q.kind == "number" and param.kind == "decibels" and param.name not in args):
            return False
        if last.command == "change_music" and param.kind == "moment" and q.cue not in ("from", "until", "at"):
            return False  # "make it 30 seconds" is of the piece
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
        if q.cue == "by" and not param.name.startswith("by") and said.values:
            return False  # "lower the contrast by 15%" is a request of its own
        if q.kind in ("decibels", "percent") and last.command == "volume" and _UP_OR_DOWN.search(c.text[: q.start]):
            return False  # and so is "turn it up 4 dB"
        said.values[param.name] = value
        left.take(q.start, q.end)
    return True


def _side(c: Clause, q: Quantity, entry: CommandEntry, left: Left) -> Param | None:
    """The parameter that is called by its own name beside the quantity: "and 5% on the right"."""
    for param in entry.params:
        words = _SIDES.get(param.name)
        if words and param.kind in _FITS.get(q.kind, ()) and (match := compiled(words).search(c.text)):
            left.take(*match.span())
            return param
    return None


def _fit(q: Quantity, entry: CommandEntry, taken: dict[str, Plain], before: dict[str, Plain]) -> Param | None:
    """The parameter a quantity stands for: one that was given before, else the only or the first of its kind."""
    fits = _FITS.get(q.kind, ())
    unlike = {"for": "moment", "until": "seconds", "at": "seconds"}.get(q.cue)  # "for 3 seconds" is no moment
    able = [p for p in entry.params if p.kind in fits and _within(p, q) and p.kind != unlike]
    able.sort(key=lambda p: fits.index(p.kind))
    given = [p for p in able if before.get(p.name) is not None and not (q.cue == "for" and p.name in ("by", "start"))]
    if given and q.cue in ("for", "until", "at") and (named := _cued(q, able)).name in _CUES[q.cue]:
        return named
    if given:
        return _cued(q, given)
    if q.kind == "number":
        able = [p for p in able if p.kind not in ("moment",)]
        return able[0] if len({p.kind for p in able}) == 1 else None
    able = [p for p in able if p.name not in ("by", "by_db", "seed", "shift") and taken.get(p.name) is None]
    return _cued(q, sorted(able, key=lambda p: fits.index(p.kind))) if able else None


def _cued(q: Quantity, able: list[Param]) -> Param:
    """Of several, the one that the word before the quantity speaks of: "at 12 seconds", "for 6 seconds"."""
    return next((p for name in _CUES.get(q.cue, ()) for p in able if p.name == name), able[0])


def _within(param: Param, q: Quantity) -> bool:
    if isinstance(q.value, str):
        return True
    low, high = param.low, param.high
    return (low is None or q.value >= low) and (high is None or q.value <= high)
