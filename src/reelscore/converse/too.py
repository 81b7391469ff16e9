"""An adjective about what was just done: "too loud", "not that bright", 还是太响, "not big enough", "less strong".

The adjective lies on a property with a direction; the last edit tells what it is about. The same way as the last edit
is more of it; the other way takes a little of it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse.bare_things import about
from reelscore.converse.clause import Clause
from reelscore.converse.patterns import compiled
from reelscore.converse.reading import Reading
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step

_LONGEST = 44
_LENGTHS = {  # the argument that is a length
    "transition": "duration", "crossfade": "duration", "fade_in": "duration", "fade_out": "duration",
    "text_duration": "to", "trim": "to", "fit_duration": "to", "music_length": "to", "freeze": "duration",
}  # fmt: skip
_SPEAKS = re.compile(
    r"(?<![a-z])(?:he|she|they|voices?|speech|speaker|talking|dialogue|narrat[a-z]+)(?![a-z])|人声|说话|旁白"
)
_OF_MUSIC = ("generate_music", "regenerate_music", "vary_music", "change_music", "add")
_WAYS = {
    "brighter": "darker", "darker": "brighter", "more_contrast": "less_contrast", "less_contrast": "more_contrast",
    "more_colour": "less_colour", "less_colour": "more_colour",
}  # fmt: skip
_LIGHT = ("brighter", "darker", "brightness", "exposure")


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """More of the last edit, or some of it taken back."""
    text = _SO_MUCH.sub("", c.text.strip()).strip()
    if len(text) > _LONGEST or (said := _said(text)) is None:
        return
    lies, up = said
    if _of_another(c, last):
        return
    if (step := _step(c, last, lies, up)) is not None:
        yield Reading((step,), 0.965 if text == c.text.strip() else 0.98)


_SO_MUCH = re.compile(  # "2 seconds is too long", 两秒太长
    r"^(?:no,? |hm+,? |but )*[\w.]+ ?(?:s|secs?|seconds?) (?:is|seems|feels)(?= (?:a bit |way |much |still )*too )|^[\d.一二两三四五六七八九十半]+秒(?=.{0,3}[太过])"
)


def _of_another(c: Clause, last: Step) -> bool:
    """Is a thing named that the last edit was not about: the music, when the voice was turned up?"""
    named = {t.segment.id for m in c.mentions if m.kind not in ("pronoun", "film", "all") for t in m.things}
    return bool(named) and named.isdisjoint(t.segment.id for t in about(c, last))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], int], ...]:
    """The forms with the adjectives in their place, and whether they ask for less (-1) or more (1) of it."""
    words = sorted(_adjectives(), key=len, reverse=True)
    latin = "|".join(re.escape(w) for w in words if w.isascii())
    eastern = "|".join(re.escape(w) for w in words if not w.isascii())
    forms = table("followups")["too_forms"]
    return tuple(
        (
            compiled(
                form.replace("~", f"(?P<adjective>{latin if re.search('[a-z]', form.replace('~', '')) else eastern})")
            ),
            sign,
        )
        for name, sign in (("back", -1), ("on", 1))
        for form in forms[name]
    )


@cache
def _adjectives() -> dict[str, str]:
    return {word: held[0] for held in table("followups")["too"].values() for word in held[1:]}


def _said(text: str) -> tuple[str, int] | None:
    """What is spoken of, and which way it should go: 1 is up."""
    for pattern, sign in _forms():
        if match := pattern.match(text):
            lies = _adjectives()[match["adjective"]]
            return lies[:-1], sign * (1 if lies.endswith("+") else -1)
    for pattern, lies in _compared():
        if pattern.match(text):
            return lies[:-1], 1 if lies.endswith("+") else -1
    return None


@cache
def _compared() -> tuple[tuple[re.Pattern[str], str], ...]:
    held = table("followups")["compared"]
    about = table("followups")["subjects"]["any"]
    return tuple(
        (compiled(held["form"].replace("~", f"(?:{about})(?:{'|'.join(row[1:])})")), row[0])
        for name, row in held.items()
        if name != "form"
    )


def _step(c: Clause, last: Step, lies: str, up: int) -> Step | None:
    """The edit that goes that way, on what the last one was about."""
    args = dict(last.args)
    which: dict[str, Plain] = {"which": args["which"]} if args.get("which") else {}
    heard = c.touched is not None and c.touched.role in ("music", "voice", "sound", "audio")
    if lies == "loudness" and heard and _SPEAKS.search(c.text) and c.touched and c.touched.role == "music":
        return _made("volume", {"which": c.touched.segment.id}, step="quieter" if up > 0 else "louder")  # under a voice
    if lies == "loudness" and heard and c.touched and last.command in _OF_MUSIC:
        return _made("volume", {"which": c.touched.segment.id}, step="louder" if up > 0 else "quieter")
    match last.command, lies:
        case "volume" | "duck" | "normalise" | "unmute", "loudness" | "much" | "size":
            if lies == "much" and last.command == "volume":
                return None
            more = _louder(args) == (up > 0)
            return _made("volume", which, step=("" if more else "a_bit_") + ("louder" if up > 0 else "quieter"))
        case "speed", "speed" | "length":
            faster = up > 0 if lies == "speed" else up < 0
            return _made("speed", which, factor=1.25 if faster else 0.8)
        case "filter", "light" if str(args.get("name")) in _LIGHT:
            return _made("filter", which, name="brighter" if up > 0 else "darker")
        case "filter", "much" if str(args.get("name")) in _WAYS and "amount" not in args:
            name = str(args["name"])
            return _made("filter", which, name=name if up > 0 else _WAYS[name], amount=10)
        case ("filter", "much") | ("zoom", "much" | "size" | "speed"):
            was = args.get("amount")
            known = float(was) if isinstance(was, (int, float)) else 100.0 if last.command == "filter" else 20.0
            return Step(last.command, tuple({**args, "amount": round(known * (1.5 if up > 0 else 0.5), 3)}.items()))
        case "picture_in_picture" | "arrange", "size" if c.touched and c.touched.segment.picture:
            size = float(c.touched.segment.picture.scale) * (125 if up > 0 else 80)
            return _made("arrange", {"which": c.touched.segment.id}, size=round(size, 2))
        case "text_style", "size":
            return _made("text_style", which, bigger=1.2 if up > 0 else 0.8)
        case (
            (
                "title"
                | "subtitle"
                | "lower_third"
                | "change_text"
                | "text_position"
                | "text_duration"
                | "text_animation"
            ),
            "size",
        ) if c.touched and c.touched.segment.text:
            return _made("text_style", {"which": c.touched.segment.id}, bigger=1.2 if up > 0 else 0.8)
        case (("transition" | "crossfade" | "fade_in" | "fade_out"), "pace"):
            return _length(c, last, -up)
        case "change_music", "speed":
            return _made("change_music", which, direction="faster" if up > 0 else "slower", amount=0.5)
        case "change_music", "light":
            return _made("change_music", which, direction="brighter" if up > 0 else "darker", amount=0.5)
        case command, "length" if command in _LENGTHS:
            return _length(c, last, up)
    return None


def _made(command: str, which: dict[str, Plain], **args: Plain) -> Step:
    return Step(command, tuple({**which, **args}.items()))


def _louder(args: dict[str, Plain]) -> bool | None:
    """Did the last edit make it louder? None where it cannot be told."""
    if step := str(args.get("step") or ""):
        return "louder" in step
    for name in ("by", "by_db", "db"):
        if isinstance(value := args.get(name), (int, float)):
            return value > 0
    return None


def _length(c: Clause, last: Step, up: int) -> Step | None:
    """The last edit half as long again, or half as long; what was left unsaid is as the command has it."""
    name, args = _LENGTHS[last.command], dict(last.args)
    was = args.get(name, next((p.default for p in c.known.commands[last.command].params if p.name == name), None))
    if not isinstance(was, (int, float)) or isinstance(was, bool):
        return None
    args[name] = round(float(was) * (1.5 if up > 0 else 0.5), 3)
    return Step(last.command, tuple(args.items()))
