"""Messages that lean on the one before: "a bit more", "the same for the last one", "again", "actually make that 3".

The context holds the last edits; a follow-up repeats, continues, weakens or corrects the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.corrections import opening
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, targets
from reelscore.converse.words import table
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Asked

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)
_OPPOSITE = {
    "louder": "quieter", "much_louder": "quieter", "a_bit_louder": "a_bit_quieter", "quieter": "louder", "much_quieter": "louder",
    "a_bit_quieter": "a_bit_louder", "darker": "brighter", "brighter": "darker", "faster": "slower", "slower": "faster", "calmer": "livelier",
    "livelier": "calmer", "simpler": "richer", "richer": "simpler", "higher": "lower", "lower": "higher", "more_contrast": "less_contrast",
    "less_contrast": "more_contrast", "more_colour": "less_colour", "less_colour": "more_colour",
}  # fmt: skip
_ABSOLUTE = {"volume": ("to", "db"), "trim": ("to",), "speed": (), "move": ("to",), "opacity": ("to",), "arrange": ("size", "place"), "text_style": ("colour", "size", "font", "bold", "italic"),
             "text_position": ("place", "x", "y"), "text_duration": ("to", "until"), "change_text": ("text",), "fade_in": ("duration",), "fade_out": ("duration",), "aspect": ("ratio",),
             "resolution": ("size",), "frame_rate": ("fps",), "fit_duration": ("to",), "pan": ("to", "amount"), "transition": ("kind", "duration"), "change_music": ("bpm", "key", "genre"), "music_length": ("to",),
             "background": ("colour",), "normalise": ("to",), "zoom": ("kind", "amount"), "duck": ("by",), "filter": ("name",), "rename": ("name",)}  # fmt: skip


def read(c: Clause) -> Iterator[Reading]:
    """What this message means as a continuation of the last one."""
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    if last is None:
        return
    held = table("joints")
    text = c.text.strip()
    if any(patterns.search(held["same"][lang], text) for lang in ("en", "zh")) and (made := _same(c, last)):
        yield made
    if any(patterns.search(held["more"][lang], text) for lang in ("en", "zh")):
        yield Reading((_further(last, c, 1),), 0.95)
    elif any(patterns.search(held["less"][lang], text) for lang in ("en", "zh")):
        yield Reading((_further(last, c, -1),), 0.95)
    if (sign := opening().search(c.text)) and (fixed := _fixed(c, last, sign.end())):
        yield fixed


def _same(c: Clause, last: Step) -> Reading | None:
    named = targets(c, _ANY)
    entry = c.known.commands.get(last.command)
    param = next((p for p in entry.params if p.kind in ("segment", "segments")), None) if entry else None
    if not named or param is None:
        return None
    own = _own_words(c)
    if own:
        return None
    made = tuple(
        Step(last.command, (*((k, v) for k, v in last.args if k != param.name), (param.name, said))) for said in named
    )
    return Reading(made, 0.93)


def _own_words(c: Clause) -> bool:
    """Does the message say itself what to do? Then "too" is only "as well"."""
    verbs = (
        "remove",
        "mute",
        "export",
        "fade_in",
        "fade_out",
        "reverse",
        "rotate",
        "flip",
        "crop",
        "duplicate",
        "louder",
        "quieter",
        "loop",
    )
    plainly = patterns.search(r"same|ditto|likewise|一样|同样|同上|照", c.text)
    return not plainly and c.has(*verbs)


def _further(last: Step, c: Clause, sign: int) -> Asked:
    """The last edit once more in the same direction, a little where "a bit" is said; -1: back a little."""
    args = dict(last.args)
    bit = c.has("a_bit") or sign < 0
    if last.command == "volume":
        return _volume(args, bit, sign)
    for name in ("direction", "step", "name"):
        value = str(args.get(name) or "")
        if value in _OPPOSITE:
            args[name] = _OPPOSITE[value] if sign < 0 else value
            if name == "direction" and bit:
                args["amount"] = 0.5
            return Step(last.command, tuple(args.items()))
    for name in ("by", "by_db", "degrees"):
        value = args.get(name)
        if isinstance(value, (int, float)):
            args[name] = value if sign > 0 else -value / 2
            return Step(last.command, tuple(args.items()))
    if last.command == "speed" and isinstance(args.get("factor"), (int, float)):
        faster = (float(args["factor"] or 1) > 1) == (sign > 0)
        args["factor"] = 1.25 if faster else 0.8
    elif last.command == "text_style" and isinstance(args.get("bigger"), (int, float)):
        grows = (float(args["bigger"] or 1) > 1) == (sign > 0)
        args["bigger"] = 1.2 if grows else 0.8
    elif last.command == "filter" and isinstance(args.get("amount"), (int, float)):
        args["amount"] = float(args["amount"] or 0) + 20 * sign
    elif sign < 0:
        return Action("undo")
    return Step(last.command, tuple(args.items()))


def _volume(args: dict[str, Plain], bit: bool, sign: int) -> Step:
    which = [("which", args["which"])] if args.get("which") else []
    for name in ("to", "db", "by", "by_db"):
        value = args.get(name)
        if isinstance(value, str):
            value = float(re.sub(r"[^\d.-]", "", value) or 0)
        if isinstance(value, (int, float)):
            down = value < 100 if name == "to" else value < 0
            break
    else:
        down = "quieter" in str(args.get("step", ""))
    down = down if sign > 0 else not down
    return Step("volume", (*which, ("step", f"{'a_bit_' if bit else ''}{'quieter' if down else 'louder'}")))


def _fixed(c: Clause, last: Step, start: int) -> Reading | None:
    """The last edit with one argument exchanged; taken back first where it cannot simply be set anew."""
    rest = c.text[start:]
    args = dict(last.args)
    entry = c.known.commands.get(last.command)
    if entry is None or len(rest.split()) > 9:
        return None
    kinds = {p.name: p.kind for p in entry.params}
    for q in (q for q in c.quantities if q.start >= start):
        name = next((n for n, value in args.items() if _fits(kinds.get(n, ""), q.kind) and value is not None), None)
        if name:
            sign = -1 if isinstance(args[name], (int, float)) and float(str(args[name])) < 0 else 1
            value = plain(q)
            args[name] = value * sign if isinstance(value, (int, float)) else value
            return _again(last, args, name)
    for name in args:
        if kinds.get(name) in ("segment", "segments") and (named := targets(c, _ANY, pronouns=False)):
            args[name] = named[0]
            return _again(last, args, "which")
        if kinds.get(name) in ("text", "name") and c.quotes:
            args[name] = c.quotes[0].words
            return _again(last, args, name)
        if kinds.get(name) == "colour" and c.colours:
            args[name] = c.colours[0][0]
            return _again(last, args, name)
        if kinds.get(name) == "choice" and (choice := c.chosen(last.command, name)) and choice != args[name]:
            args[name] = choice
            return _again(last, args, name)
    return None


def _again(last: Step, args: dict[str, Plain], changed: str) -> Reading:
    again = Step(last.command, tuple(args.items()))
    if changed in _ABSOLUTE.get(last.command, ()):
        return Reading((again,), 0.96)
    return Reading((Action("undo"), again), 0.94)


def _fits(kind: str, said: str) -> bool:
    held = {
        "seconds": ("seconds", "number", "frames"), "moment": ("seconds", "number", "timecode"), "percent": ("percent", "number"), "decibels": ("decibels", "number"),
        "degrees": ("degrees", "number"), "factor": ("factor", "number", "percent"), "number": ("number", "bpm", "fps", "lufs"), "count": ("number", "times", "parts", "beats"),
        "bars": ("bars",), "ratio": ("ratio",), "size": ("size",),
    }  # fmt: skip
    return said in held.get(kind, ())
