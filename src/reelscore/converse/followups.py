"""Messages that lean on the one before: "a bit more", "the same for the last one", "again", "actually make that 3".

The context holds the last edits; a follow-up repeats, continues, weakens or corrects the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.corrections import opening
from reelscore.converse.readers import actions
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
    if c.context.steps and isinstance(c.context.steps[-1], Action) and c.context.steps[-1].name == "export":
        yield from _exported(c, c.context.steps[-1])
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    if last is None:
        return
    yield from _amount(c, last)
    yield from _turned(c, last)
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


def _exported(c: Clause, last: Action) -> Iterator[Reading]:
    """ "and a vertical one as well", 要4K的: the same export, otherwise made."""
    if not patterns.search(r"(?<![a-z])(?:one|too|as well|also|version|instead|another)(?![a-z])|^(?:in|at) |的$|再|也|要", c.text.strip(" .!")):
        return
    found = next((r for r in actions.exported(c)), None)
    if found and found.asked[0].args:
        yield Reading((Action("export", tuple({**dict(last.args), **dict(found.asked[0].args)}.items())),), 0.965)


_MORE = re.compile(r"(?:one|a|\d+(?:\.\d+)?|two|three|half a)? ?(?:more |another |extra )(?:\w+ )?(?:sec|min|frame)|(?:seconds?|secs?|s|frames?) (?:more|longer)|^(?:再|还)?(?:再|多)?(?:剪|加|来|短|长|减|快|慢)?.{0,3}(?:秒|帧)$")


def _amount(c: Clause, last: Step) -> Iterator[Reading]:
    """ "one more second", "2 seconds later": the last edit again with that amount."""
    q = next((one for one in c.quantities if one.kind in ("seconds", "frames")), None)
    args = dict(last.args)
    if q is None or len(c.text) > 40 or any(m.kind not in ("pronoun",) for m in c.mentions):
        return
    thing = c.touched
    if c.has("later", "earlier") and patterns.search(r"later|earlier|sooner|推迟|提前|晚|早|后|前", c.text) and thing and not patterns.search(r"剪|cut|trim", c.text):
        sign = -1 if c.has("earlier") and not patterns.search(r"later|推迟|晚|后", c.text) else 1
        yield Reading((Step("move", (("which", thing.segment.id), ("by", sign * q.number))),), 0.95)
        return
    if not _MORE.search(c.text.strip(" .!?，。")):
        return
    if last.command in ("cut_first", "cut_last"):
        yield Reading((Step(last.command, (*((k, v) for k, v in last.args if k != "seconds"), ("seconds", q.number))),), 0.95)
    elif last.command in ("trim", "text_duration", "music_length", "fit_duration") and isinstance(args.get("to"), (int, float)):
        shorter = patterns.search(r"shorter|less|off|剪|短|减", c.text)
        args["to"] = round(float(str(args["to"])) + (-1 if shorter else 1) * float(q.number), 6)
        yield Reading((Step(last.command, tuple(args.items())),), 0.95)
    elif last.command == "move" and isinstance(args.get("by"), (int, float)):
        sign = -1 if float(str(args["by"])) < 0 else 1
        yield Reading((Step("move", (*((k, v) for k, v in last.args if k != "by"), ("by", sign * q.number))),), 0.95)


def _turned(c: Clause, last: Step) -> Iterator[Reading]:
    """ "the other way", "and out too": the counterpart of the last edit."""
    text = c.text.strip(" .!?")
    args = dict(last.args)
    if patterns.search(r"^(?:no,? |and )?(?:the )?other (?:way|direction|side)(?: round| around)?$|^反过来$|^(?:往|向)?(?:另一|反)(?:边|个?方向)$", text):
        if last.command == "rotate" and isinstance(args.get("by", 90), (int, float)):
            args["by"] = -2 * float(str(args.get("by", 90)))
            yield Reading((Step("rotate", tuple(args.items())),), 0.95)
        for name in ("direction", "to", "kind"):
            turned = {"left": "right", "right": "left", "up": "down", "down": "up", "horizontal": "vertical", "vertical": "horizontal", "in": "out", "out": "in"}.get(str(args.get(name)))
            if turned:
                args[name] = turned
                yield Reading((Step(last.command, tuple(args.items())),), 0.95)
    both = {"fade_in": ("fade_out", r"out|出"), "fade_out": ("fade_in", r"in|入")}.get(last.command)
    if both and patterns.search(rf"^(?:and |also |then )?(?:fade )?(?:{both[1]})(?: too| as well| also)?$|^(?:也|再)?淡(?:{both[1]})(?:也.*)?$", text):
        yield Reading((Step(both[0], last.args),), 0.95)
