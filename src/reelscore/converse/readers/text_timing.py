"""How text comes and goes, and how long it stays."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.readers.texts import text_spoken, texts_meant
from reelscore.converse.reading import Reading, step, steps


def animated(c: Clause) -> Iterator[Reading]:
    if not c.has("animate") or not text_spoken(c) or c.quantity("percent", "decibels"):
        return
    none = patterns.search(
        r"no animation|without (?:any )?animation|remove the animation|stop animating|不要动画|去掉动画|取消动画|(?:去掉|取消|不要|移除).{0,5}动画|没有动画|无动画",
        c.text,
    )
    named = texts_meant(c)
    if none:
        yield steps("text_animation", 0.94, named or [None], kind="none")
        return
    if patterns.search(r"slow|\d", c.text) and c.quantity("seconds") and patterns.search(r"fade|淡", c.text):
        return
    kind = _kind(c)
    if kind is None:
        return
    going_in = patterns.search(
        r"(?<![a-z])in(?![a-z])|入|出来|(?<!dis)appear|进场|出现|on(?![a-z])|coming|开始时", c.text
    )
    going_out = patterns.search(
        r"(?<![a-z])out(?![a-z])|出(?!现|来)|disappear|leav|消失|退场|going|^end|结束时|结尾", c.text
    )
    when = None if bool(going_in) == bool(going_out) else "in" if going_in else "out"
    yield steps("text_animation", 0.93, named or [None], kind=kind, when=when)


def _kind(c: Clause) -> str | None:
    text = c.text
    for name, pattern in (
        ("type", r"typ(?:e|es|ed|ing|ewriter)|打字|逐字|一个字一个字"), ("pop", r"pop|bounce|弹"),
        ("slide_right", r"(?:slide|fly|come|move).{0,20}from the left|(?:slide|fly).{0,12}(?:to the )?right|从左|向右|右滑"),
        ("slide_left", r"slide|fly|滑|飞|从右|向左"), ("rise", r"ris(?:e|es|ing)|from below|from the bottom|上升|升起|从下"),
        ("fall", r"fall|drop|from above|from the top|下落|落下|掉|从上"), ("blur", r"blur|模糊"),
        ("fade", r"fad(?:e|es|ing)|淡|渐|appear slowly"),
    ):  # fmt: skip
        if patterns.search(pattern, text):
            return name
    return c.chosen("text_animation", "kind")


def kept_on(c: Clause) -> Iterator[Reading]:
    if (
        not (c.has("show", "trim", "longer", "shorter", "to_the_end") or c.quantity("seconds", cue=("for", "until")))
        or not text_spoken(c)
        or c.has("fade_in", "fade_out")
    ):
        return
    which = next(iter(texts_meant(c)), None)
    if (
        c.has("to_the_end")
        and patterns.search(
            r"end|whole|entire|throughout|always|all the way|最后|结束|全程|始终|一直|整个|结尾", c.text
        )
        and not c.every("seconds")
    ):
        yield step("text_duration", 0.94, which=which, to_the_end=True)
        return
    lengths = [q for q in c.every("seconds", "frames") if q.cue not in ("at", "from")]
    if not lengths:
        return
    q = lengths[0]
    if q.cue == "until" or (q.cue == "to" and patterns.search(r"until|till|直到|显示到|保持到|停留到", c.text)):
        yield step("text_duration", 0.94, which=which, until=plain(q))
    elif q.cue in ("by", "more") or patterns.search(
        r"longer by|(?:s|seconds?|secs?) longer|再多|多(?:显示|停留|放|留)", c.text
    ):
        thing = next((t for m in c.mentions for t in m.things if t.role == "text"), None)
        if thing:
            change = -float(q.number) if c.has("shorter") else float(q.number)
            yield step("text_duration", 0.92, which=which, to=round(float(thing.segment.duration) + change, 6))
    else:
        yield step("text_duration", 0.93, which=which, to=plain(q))
