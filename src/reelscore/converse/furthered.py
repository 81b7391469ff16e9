""" "a bit more", 再强一点, "not that much": the last edit once more in its direction, or a little back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.reading import Reading
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Asked

_PAIRS = (
    ("louder", "quieter"),
    ("a_bit_louder", "a_bit_quieter"),
    ("darker", "brighter"),
    ("faster", "slower"),
    ("calmer", "livelier"),
    ("simpler", "richer"),
    ("higher", "lower"),
    ("more_contrast", "less_contrast"),
    ("more_colour", "less_colour"),
)


_OPPOSITE = {
    **dict(_PAIRS),
    **{b: a for a, b in _PAIRS},
    "much_louder": "quieter",
    "much_quieter": "louder",
}


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """More or less of the last edit."""
    yield from _stronger(c, last)
    yield from _deeper(c, last)
    held, text = table("joints"), _without_its_name(c.text.strip(), last)
    sure = 0.95 if text == c.text.strip() else 0.975
    if any(patterns.search(held["more"][lang], text) for lang in ("en", "zh")):
        yield Reading((_further(last, c, 1),), sure)
    elif any(patterns.search(held["less"][lang], text) for lang in ("en", "zh")):
        yield Reading((_further(last, c, -1),), sure)


def _without_its_name(text: str, last: Step) -> str:
    """ "too much grain", "more zoom", "stronger ducking": what the last edit is called says nothing more."""
    if len(text) > 40:
        return text
    if not text.isascii():
        return _looks_zh(text, last)
    names = {last.command.replace("_", " "), str(dict(last.args).get("name") or "").replace("_", " ")} - {""}
    told = patterns.search(
        rf"^(?!no |not any |any )(?P<how>.*?(?:more|less|too much|stronger|weaker|lighter|heavier)) (?:of (?:the|that) )?(?:{'|'.join(names)})(?:p?ing|e?d)?(?: effect| filter| look)?(?: please)?[.! ]*$",
        text,
    )
    if told is None:
        return text
    return (
        told["how"]
        .replace("stronger", "more")
        .replace("heavier", "more")
        .replace("weaker", "less")
        .replace("lighter", "less")
    )


_LOOKS_ZH = {"warm": "暖", "cool": "冷", "vintage": "复古|旧", "blur": "模糊|糊", "vivid": "鲜艳|艳"}


def _looks_zh(text: str, last: Step) -> str:
    """再暖一点, 太暖了 after the same look: more of it, or less."""
    look = _LOOKS_ZH.get(str(dict(last.args).get("name"))) if last.command == "filter" else None
    if look and patterns.fullmatch(rf"(?:再|还要|更|,)*(?:再|更)(?:{look})(?:一?[点些])?(?:吧|。)*", text):
        return "再来一点"
    if look and patterns.fullmatch(rf"(?:还是|有点|,)*(?:太|过于?)(?:{look})(?:了|啦)*(?:点|一点)?(?:吧|。)*", text):
        return "有点过了"
    return text


_STRONGER = re.compile(
    r"(?:还要|还是|稍微|再|还|更|,|滤镜|效果|浓度|强度|程度|的)*(?:(?P<more>高|强|浓|重|深|明显|多)|低|弱|淡|轻|浅|少)(?:一点点|一?点|一?些)儿?(?:吧|呢|,|。)*"
)


def _stronger(c: Clause, last: Step) -> Iterator[Reading]:
    """再高一点, 弱一点 after a look or a setting of colour."""
    if last.command == "filter" and (said := _STRONGER.fullmatch(c.text.strip())):
        yield Reading((_further(last, c, 1 if said["more"] else -1),), 0.96)


_DEEPER = re.compile(
    r"(?:再|还|更|要|可以|音乐|把|它|,)*压(?:得|的)?(?:再|还|更|要)*(?:(?P<more>狠|低|深|多|重|厉害|下去)|轻|浅|少)(?:一点点|一?点|一?些)?(?:吧|,|。)*"
)


def _deeper(c: Clause, last: Step) -> Iterator[Reading]:
    """压得再狠一点,20分贝 after the music was put under the speech: how deep it goes, as told or half as much again."""
    if last.command != "duck" or "压" not in c.text:
        return
    depth = c.quantity("decibels")
    text = c.text[: depth.start] if depth else c.text
    if said := _DEEPER.fullmatch(text.strip()):
        told = {**dict(last.args), "by": abs(depth.number)} if depth else None
        deeper = Step("duck", tuple(told.items())) if told else _further(last, c, 1 if said["more"] else -1)
        yield Reading((deeper,), 0.99)


def _further(last: Step, c: Clause, sign: int) -> Asked:
    """The last edit once more in the same direction, a little where "a bit" is said; -1: back a little."""
    args = dict(last.args)
    several = mentions(str(args.get("which") or "").lower(), c.scene)
    if len(several) == 1 and several[0].kind == "name" and len(several[0].things) > 1:
        args["which"] = several[0].things[0].segment.id  # the edit itself made another of that name
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
        amount = args.get(name)
        if last.command == "duck" and name == "by":  # how deep it is, not how much deeper
            depth = amount if isinstance(amount, (int, float)) else 12.0
            return Step("duck", tuple({**args, "by": depth * (1.5 if sign > 0 else 0.5)}.items()))
        if isinstance(amount, (int, float)):
            args[name] = amount if sign > 0 else -amount / 2
            return Step(last.command, tuple(args.items()))
    if last.command == "speed" and isinstance(args.get("factor"), (int, float)):
        faster = (float(args["factor"] or 1) > 1) == (sign > 0)
        args["factor"] = 1.25 if faster else 0.8
    elif last.command == "text_style" and isinstance(args.get("bigger"), (int, float)):
        grows = (float(args["bigger"] or 1) > 1) == (sign > 0)
        args["bigger"] = 1.2 if grows else 0.8
    elif last.command == "filter" and isinstance(args.get("amount"), (int, float)):
        args["amount"] = float(args["amount"] or 0) + 20 * sign
    elif last.command == "filter":
        args["amount"] = 150 if sign > 0 else 50
    elif sign < 0:
        return Action("undo")
    return Step(last.command, tuple(args.items()))


def _volume(args: dict[str, Plain], bit: bool, sign: int) -> Step:
    which = [("which", args["which"])] if args.get("which") else []
    for name in ("to", "db", "by", "by_db"):
        value = args.get(name)
        if isinstance(value, str):
            value = float(patterns.sub(r"[^\d.-]", "", value) or 0)
        if isinstance(value, (int, float)):
            down = value < 100 if name == "to" else value < 0
            if name == "to" and sign < 0:  # a bit less of so much
                return Step("volume", (*which, ("step", "a_bit_quieter")))
            break
    else:
        down = "quieter" in str(args.get("step", ""))
    down = down if sign > 0 else not down
    return Step("volume", (*which, ("step", f"{'a_bit_' if bit else ''}{'quieter' if down else 'louder'}")))
