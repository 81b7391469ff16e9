"""A picture held still: "freeze at 4 s for 2 seconds", "hold the last frame"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.patterns import just_before
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain

_HELD_FRAME = Sieve(
    re.compile(
        r"(?<![a-z])(?:hold|keep|leave|linger|rest|stay) (?:still )?(?:on )?(?:the |that )?(?:very )?(?P<edge>first|last|final) (?:frame|image|picture) (?!at )"
    )
)
_SO_LONG_A_FREEZE = re.compile(r"[个来做加][\d一二两三四五六七八九十半.]+秒钟?的?(?:画面)?(?:定格|停格|停帧|静[止帧])")
_EDGE_OF = re.compile(
    r"(?<![a-z])(?:start|beginning|front|first frame|(?P<end>end|ending|last frame)) of (?:the |my )?$"
)
_FOR_SO_LONG = re.compile(r"(?:画面|个|住|上)?\|(?:钟|左右|吧|就好|就行|效果)*")


def _around(text: str, verb: re.Match[str], amount: Quantity) -> str:
    """What stands between the verb and its amount, and behind it."""
    return f"{text[verb.end() : amount.start].strip()}|{text[amount.end :].strip(' .。!,')}"


def frozen(c: Clause) -> Iterator[Reading]:
    if c.has("remove", "cut") and (c.range or " pause" in c.text):
        return  # "get rid of the pause at the end"
    if c.has("longer") and not patterns.search(r"freeze|(?:last|final|first) frame|定格|冻结|静止|停格|停帧", c.text):
        return
    if (
        patterns.search(r"停留|多停", c.text)
        and c.mention("name", "clip", "image")
        and not patterns.search(r"定格|冻结|静止|停格|停帧|freeze|第 ?\d", c.text)
    ):
        return  # how long a clip is shown
    frame = _HELD_FRAME.search(c.text)
    named = [m for m in c.mentions if m.kind != "pronoun" and not (frame and frame.start() <= m.start < frame.end())]
    if frame and len(c.every("seconds", "frames")) == 1 and not named:  # "hold the last frame 2s longer"
        first = frame["edge"] == "first"
        if " frame" not in frame[0] and c.scene.clips and c.scene.of("clip")[0 if first else -1] in c.scene.of("image"):
            return  # a photo, which is shown that long
        yield step("freeze", 0.955, at="start" if first else "end", duration=plain(c.every("seconds", "frames")[0]))
        return
    if not c.has("freeze") or (c.has("show") and c.mention("title", "text", "subtitle")) or c.mention("music", "voice"):
        return
    lengths = c.every("seconds", "frames", "timecode")
    at: Plain = None
    edged = [
        (m, e)
        for m in c.mentions
        if len(m.things) == 1 and m.things[0].role == "clip" and (e := just_before(_EDGE_OF, c.text, m.start))
    ]
    if len(edged) == 1 and len(lengths) < 2:  # "a freeze frame at the start of the lake, 1 second long"
        there = edged[0][0].things[0].span
        edge = there.end if edged[0][1]["end"] else there.start
        yield replace(
            step("freeze", 0.955, at=seconds(edge), duration=plain(lengths[0]) if lengths else None),
            whole=bool(lengths),
        )
        return
    if c.around.focus and c.mention("pronoun") is None and patterns.search(r"(?<![a-z])its(?![a-z])", c.text):
        thing = c.scene.find(c.around.focus) or next(
            (t for m in mentions(c.around.focus.lower(), c.scene) for t in m.things), None
        )
        if thing and thing.role == "clip" and c.has("last_frame", "first_frame"):
            edge = thing.span.end if c.has("last_frame") else thing.span.start
            stay = next((q for q in c.every("seconds", "frames") if q.cue not in ("at", "from")), None)
            yield step("freeze", 0.95, at=seconds(edge), duration=plain(stay) if stay else None)
            return
    if len(lengths) == 2 and patterns.search(r"各|都|分别", c.text[lengths[1].end :]) and not c.range:
        one, two = sorted(lengths, key=lambda q: Fraction(q.value))  # 3秒和9秒各定格一下: the second comes later then
        later = seconds(Fraction(two.value) + 2)
        yield Reading((*step("freeze", 1, at=plain(one)).asked, *step("freeze", 1, at=later).asked), 0.97)
        return
    clip = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and m.kind != "film"), None)
    if c.has("last_frame"):
        at = seconds(clip.things[0].span.end) if clip else "end"
    elif c.has("first_frame"):
        at = seconds(clip.things[0].span.start) if clip else "start"
    moment = next((q for q in lengths if q.cue in ("at", "from", "until")), None)
    if at is None and moment is None and len(lengths) == 1 and c.anchor and c.text.isascii():
        yield step(
            "freeze", 0.945, at=c.anchor[0], duration=plain(lengths[0])
        )  # "a two second freeze when the drone ends"
        return
    stay = next((q for q in lengths if q is not moment and q.cue not in ("at", "from")), None)
    held = patterns.search(r"定格|停格|停帧|静[止帧]|冻结|停住", c.text)
    if held and len(lengths) == 1 and at is None and _SO_LONG_A_FREEZE.search(c.text):
        last = c.around.before[-1] if c.around.before else None
        put = (
            dict(last.args).get("position") if getattr(last, "command", "") == "reorder" and last is not None else None
        )
        first = put == 1 or patterns.search(r"开头|首帧|片头|一开始|最前", c.text[: held.start()])
        if put in (1, -1) and not clip:
            yield step(
                "freeze", 0.95, at="start" if first else "end", duration=plain(lengths[0])
            )  # 放在最前面,做个2秒的定格
            return
    if held and lengths and moment is None:
        after = [q for q in lengths if q.start >= held.end()]
        ends = patterns.search(r"最后|结尾|末尾|尾帧|片尾|尾巴", c.text[: held.start()])
        first = patterns.search(r"开头|首帧|片头|一开始", c.text[: held.start()])
        if len(lengths) == 1 and (ends or first) and at is None:
            stay = lengths[0]
            span = clip.things[0].span if clip else None
            at = (seconds(span.end) if span else "end") if ends else (seconds(span.start) if span else "start")
        elif len(lengths) == 1 and after and at is None and _FOR_SO_LONG.fullmatch(_around(c.text, held, after[0])):
            stay, at = lengths[0], seconds(clip.things[0].span.end) if clip else "end"  # 第二段定格一秒
        elif (
            len(lengths) > 1
            and len(after) == len(lengths)
            and c.text[held.end() : after[0].start].strip() in ("在", "", "第", "在第")
        ):
            moment, stay = after[0], after[1]
    if (
        at is None
        and moment is None
        and patterns.search(
            r"at (?:the|its) (?:very )?end(?! of the [a-z]+ (?:clip|shot))|(?:end|finish|close)(?:es|ing|s)? (?:on|with) (?:a|an|the) ",
            c.text,
        )
    ):
        at = seconds(clip.things[0].span.end) if clip else "end"
    if at is None and moment is None and lengths and not patterns.search(r"(?:for|last) ", c.text):
        moment, stay = lengths[0], lengths[1] if len(lengths) > 1 else None
    if at is None and moment is not None:
        at = plain(moment)
    if at is None and c.has("at_middle"):
        at = "middle"
    if at is None and patterns.search(r"at the (?:very )?end|结尾|最后|末尾", c.text):
        at = "end"
    if at is None and (found := patterns.search(r"(?<!\d)at (\d{1,3}(?:\.\d+)?)(?!\d)", c.text)):
        at = float(found[1])
    if at is not None:
        score = 0.945 if patterns.match(r"\s*(?:please |then |and )*freeze(?![a-z])", c.text) else 0.93
        yield step("freeze", score, at=at, duration=plain(stay) if stay else None)
    elif patterns.search(r"freeze|定格|冻结", c.text):
        yield step("freeze", 0.6, at="end", duration=plain(stay) if stay else None)
