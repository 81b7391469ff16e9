"""The arguments that a clause gives a command, from nothing but the command's own parameters.

Each quantity, quotation and colour is used once. A quantity goes to the parameter it fits best: by its kind, by the word
before it ("to", "by", "from", "for"), and by what its parameter is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse import patterns
from reelscore.converse.choice_words import longest_said
from reelscore.converse.clause import Clause, plain
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, targets
from reelscore.values.command import Choice, CommandEntry, Param, Plain

_ON = {
    "picture": PICTURE_KINDS, "sounding": (*SOUND_KINDS, "clip"), "text": TEXT_KINDS, "music": ("music",), "clip": ("clip", "image"),
    "media": (*PICTURE_KINDS, *SOUND_KINDS), "audio track": SOUND_KINDS, "video": PICTURE_KINDS, "audio": SOUND_KINDS,
}  # fmt: skip
_QUANTITIES = {
    "seconds": ("seconds", "frames"), "moment": ("seconds", "timecode", "frames"), "percent": ("percent", "number"),
    "decibels": ("decibels",), "degrees": ("degrees", "number"), "number": ("bpm", "fps", "lufs", "number"),
    "factor": ("factor", "percent", "number"), "count": ("times", "parts", "copies", "beats", "count_bars", "number"),
    "bars": ("bars",), "ratio": ("ratio",), "size": ("size",),
}  # fmt: skip
_CUES = {  # what a quantity after these words is for
    "start": ("from", "at"), "end": ("until", "to"), "until": ("until",), "to": ("to", ""), "by": ("by",), "by_db": ("by", ""),
    "db": ("to",), "at": ("at", "from"), "duration": ("for", "over", ""), "from_start": ("first",), "from_end": ("last", "off"),
    "seconds": ("first", "last", "off", "by", ""), "within": ("within",), "shift": ("by",),
}  # fmt: skip
_OF_KIND = {"moment": ("at", "from", "first"), "seconds": ("for", "over", "by", "")}
_THINGS = (*TEXT_KINDS, *SOUND_KINDS, "clip", "name", "image", "overlay", "logo", "background")


def filled(c: Clause, entry: CommandEntry) -> tuple[dict[str, Plain], list[tuple[int, int]]]:
    """The arguments, and the stretches of the clause they were read from."""
    args: dict[str, Plain] = {}
    used: list[tuple[int, int]] = []
    quotes, colours = list(c.quotes), list(c.colours)
    for param in entry.params:
        match param.kind:
            case "segment" | "segments":
                if named := targets(c, kinds_of(param)):
                    args[param.name] = named[0]
                used += [(m.start, m.end) for m in c.mentions]
            case "media":
                if file := _file(c):
                    args[param.name] = file.said
                    used.append((file.start, file.end))
            case "text" | "name":
                if quotes:
                    quoted = quotes.pop(0)
                    args[param.name] = quoted.words
                    used.append((quoted.start, quoted.end))
            case "choice":
                if choice := _choice(c, param):
                    args[param.name] = choice.name
                    used += _places(c, (choice.name.replace("_", " "), *choice.en, *choice.zh))
            case "colour":
                if colours:
                    name, start, end = colours.pop(0)
                    args[param.name] = name
                    used.append((start, end))
            case "switch":
                if found := patterns.search(
                    rf"(?<![a-z]){re.escape(param.name.replace('_', ' '))}(?![a-z])|{re.escape(param.help.zh)}", c.text
                ):
                    args[param.name] = True
                    used.append(found.span())
    for name, q in _assigned(entry.params, c):
        args[name] = plain(q)
        used.append((q.start, q.end))
    if args.keys() & {"to", "by", "db", "by_db"}:
        args.pop("step", None)  # "lower it to 40%": how much is said
    return args, used


def kinds_of(param: Param) -> tuple[str, ...]:
    """What a reference may name."""
    return tuple(kind for on in param.on for kind in _ON.get(on, ())) or (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def _file(c: Clause) -> Mention | None:
    """The file that is named, one that is not used yet before others."""
    files = [m for m in c.mentions if m.kind == "name"]
    return next((m for m in files if not m.things), files[0] if files else None)


def _choice(c: Clause, param: Param) -> Choice | None:
    """The choice that is said by the longest words; what a thing is called ("the caption") chooses nothing."""
    letters = list(c.text)
    for mention in c.mentions:
        if mention.kind in _THINGS and not patterns.search(
            r"(?:as|with|by)(?: an?| the)? $|作为?$|当$", c.text[: mention.start]
        ):
            letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    text = "".join(letters)
    return longest_said(param.choices, text)


def _places(c: Clause, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where each of the words stands."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = c.text.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = c.text.find(word, at + len(word))
    return found


def _assigned(params: Sequence[Param], c: Clause) -> list[tuple[str, Quantity]]:
    """Each quantity with the parameter it fits best; the first of two that fit alike."""
    made: list[tuple[str, Quantity]] = []
    rivals = sorted(
        (
            (_worth(param, q), -n, -m, param, q)
            for n, param in enumerate(params)
            for m, q in enumerate(c.quantities)
            if _fits(param, q, c.text)
        ),
        key=lambda one: one[:3],
        reverse=True,
    )
    for *_, param, q in rivals:
        if all(param.name != name and q is not taken for name, taken in made):
            made.append((param.name, q))
    return made


_ONLY_NAMED = {  # what no number is for unless the words say so: 字号60 is no shadow
    "seed": "seed|种子",
    "shadow": "shadow|阴影|投影|影子",
    "outline": "outline|stroke|border|描边|轮廓|边框|边",
}


def _fits(param: Param, q: Quantity, text: str) -> bool:
    named = _ONLY_NAMED.get(param.name)
    if named and not patterns.search(named, text):
        return False
    return q.kind in _QUANTITIES.get(param.kind, ()) and _within(param, q)


def _worth(param: Param, q: Quantity) -> tuple[bool, bool, bool, bool, int]:
    kinds = _QUANTITIES[param.kind]
    pair = (q.pair == 1 and param.name == "start") or (q.pair == 2 and param.name in ("end", "until"))
    return (
        pair,
        q.cue in _CUES.get(param.name, ()),
        param.required,
        q.cue in _OF_KIND.get(param.kind, ()),
        -kinds.index(q.kind),
    )


def _within(param: Param, q: Quantity) -> bool:
    if isinstance(q.value, str) or param.kind in ("seconds", "moment"):
        return True
    low, high = param.low, param.high
    return (low is None or q.value >= low) and (high is None or q.value <= high)
