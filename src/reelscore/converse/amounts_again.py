""" "one more second", 减半, "2 seconds later": the last edit again with another amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.bare_values import MAKES
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.quantities import scan
from reelscore.converse.reading import Reading
from reelscore.values.command import Step


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The last edit with an amount that is told anew, halved or doubled."""
    yield from _scaled(c, last)
    yield from _amount(c, last)


_MORE = re.compile(
    r"(?:one|a|\d+(?:\.\d+)?|two|three|half a)? ?(?:more |another |extra )(?:\w+ )?(?:sec|min|frame)"
    r"|(?:seconds?|secs?|s|frames?) (?:more|longer|shorter|less)(?![a-z])"
    r"|^(?:再|还)?(?:再|多)?(?:剪|加|来|短|长|减|快|慢)?.{0,3}(?:秒|帧)$"
)


_NUMBER = r"one|two|three|four|five|half an?|\d+(?:\.\d+)?"


_ANOTHER = re.compile(
    rf"(?<![a-z])(?:(?:another|an extra|an additional)|(an?|{_NUMBER}) (?:more|extra|additional))"
    rf" (?:({_NUMBER}) )?(seconds?|secs?|s|frames?)(?![a-z])"
)


def _count(words: str | None) -> str:
    return "1" if words in (None, "a", "an") else "0.5" if words and words.startswith("half") else str(words)


_SCALED = re.compile(
    r"(?:那就?|再|就|直接|还是|嗯|,|把?它|音量|时长|大小|强度|时间)*"
    r"(?:(?P<half>减半|砍半|对半砍?|折半|降(?:低|到)?一半|减(?:少|掉|到)?一半|少一半|缩短?一半|砍(?:掉)?一半|一半(?=就|吧|$))|(?P<double>翻倍|翻一?番|加倍|变成两倍|两倍(?=就|吧|$)))"
    r"(?:吧|就行|就好|了|呗|好了|看看)*[.!。]?"
)


_SCALED_EN = re.compile(  # of a volume that was told by no number
    r"(?:(?:and|now|but|ok|no|please)[, ]+)*(?:(?P<half>half (?:of )?(?:that|it)|halve (?:that|it))|(?P<double>double (?:that|it)|twice (?:that|as loud)))(?: please| again)*"
)
_SCALES = ("to", "by", "duration", "size", "amount")


def _scaled(c: Clause, last: Step) -> Iterator[Reading]:
    """减半, 翻倍: the last edit's amount, halved or doubled."""
    text = c.text.strip(" ,.!?")
    found = _SCALED.fullmatch(text) or (_SCALED_EN.fullmatch(text) if last.command == "volume" else None)
    if found is None:
        return
    by, args = (Fraction(1, 2) if found["half"] else Fraction(2)), dict(last.args)
    name = next((name for name in _SCALES if isinstance(args.get(name), (int, float))), None)
    if last.command == "volume" and name is None:
        which = (("which", args["which"]),) if args.get("which") else ()
        yield Reading((Step("volume", (*which, ("by_db", -6.0206 if by < 1 else 6.0206))),), 0.97)
    elif name is not None and last.command not in _ONCE:
        args[name] = seconds(Fraction(str(args[name])) * by)
        if last.command in MAKES:
            if name == "duration" and c.touched and c.touched.segment.text:
                yield Reading((Step("text_duration", (("which", c.touched.segment.id), ("to", args[name]))),), 0.97)
            return
        yield Reading((Step(last.command, tuple(args.items())),), 0.97)


_ONCE = ("split", "duplicate", "loop", "rotate", "move")  # doing it again is no change of it


def _amount(c: Clause, last: Step) -> Iterator[Reading]:
    """ "one more second", "2 seconds later": the last edit again with that amount."""
    text = _ANOTHER.sub(lambda m: f"{_count(m[1] or m[2])} {m[3]} more", c.text)
    quantities = c.quantities if text == c.text else scan(text)
    q = next((one for one in quantities if one.kind in ("seconds", "frames")), None)
    args = dict(last.args)
    if q is None or len(c.text) > 40 or any(m.kind not in ("pronoun",) for m in c.mentions):
        return
    thing = c.touched
    if (
        c.has("later", "earlier")
        and patterns.search(r"later|earlier|sooner|推迟|提前|晚|早|后|前", c.text)
        and thing
        and not patterns.search(r"剪|cut|trim", c.text)
    ):
        sign = -1 if c.has("earlier") and not patterns.search(r"later|推迟|晚|后", c.text) else 1
        yield Reading((Step("move", (("which", thing.segment.id), ("by", sign * q.number))),), 0.95)
        return
    if not _MORE.search(text.strip(" .!?，。")):
        return
    if last.command in ("cut_first", "cut_last"):
        yield Reading(
            (Step(last.command, (*((k, v) for k, v in last.args if k != "seconds"), ("seconds", q.number))),), 0.97
        )
    elif last.command in ("trim", "text_duration", "music_length", "fit_duration") and isinstance(
        args.get("to"), (int, float)
    ):
        shorter = patterns.search(r"shorter|less|off|cut|trim|remove|剪|短|减", c.text)
        length = round(float(str(args["to"])) + (-1 if shorter else 1) * float(q.number), 6)
        if length <= 0:
            return
        args["to"] = length
        yield Reading((Step(last.command, tuple(args.items())),), 0.95)
    elif last.command == "move" and isinstance(args.get("by"), (int, float)):
        sign = -1 if float(str(args["by"])) < 0 else 1
        yield Reading((Step("move", (*((k, v) for k, v in last.args if k != "by"), ("by", sign * q.number))),), 0.95)
