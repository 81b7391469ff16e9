"""What is asked where it is open how much: to cut, to crop, how loud, how long, where to split."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse import patterns
from reelscore.converse.answers import options, words
from reelscore.converse.clause import Clause
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, target
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked, Option, Question


def crop(c: Clause) -> Question | None:
    if not patterns.search(r"(?<![a-z])crop(?![a-z])|裁剪|裁切", c.text) or c.quantities or words(c) > 8:
        return None
    values: list[tuple[Plain, str, str]] = [
        (10, "10% on every side", "四边各裁 10%"),
        (5, "5% on every side", "四边各裁 5%"),
    ]
    return Question(
        Said("How much shall be cropped?", "裁掉多少？"),
        options("crop", "all", values, which=target(c, PICTURE_KINDS)),
    )


def cut_amount(c: Clause) -> Question | None:
    """ "cut 5 seconds": at which end?"""
    amount = next((q for q in c.quantities if q.kind == "seconds"), None)
    if amount is None or not c.has("cut") or c.mention("clip", "name", "music", "title") or not c.scene.clips:
        return None
    value, shown = amount.number, f"{float(amount.number):g}"
    if amount.cue == "at" and c.text.isascii():  # "remove the bit at 7:20"
        lengths = [(value + n, f"{n} seconds", f"{n} 秒") for n in (2, 5) if value + n < c.scene.duration]
        return (
            Question(Said("How long is it?", "有多长？"), options("cut_range", "end", lengths, start=value))
            if lengths
            else None
        )
    last = Option(Said(f"the last {shown} s", f"最后 {shown} 秒"), (Step("cut_last", (("seconds", value),)),))
    first = Option(Said(f"the first {shown} s", f"前 {shown} 秒"), (Step("cut_first", (("seconds", value),)),))
    return Question(Said("Which part shall be cut?", "剪掉哪一部分？"), (last, first))


def number(c: Clause) -> Question | None:
    told = c.quantity("number")
    if told is None or not (c.mention("pronoun") or words(c) <= 4) or c.mention("clip", "name") or not c.scene.things:
        return None
    value = told.number
    held: list[Option] = []
    if c.scene.clips:
        held += options("fit_duration", "to", [(value, f"a length of {value:g} s", f"时长 {value:g} 秒")])
    if c.scene.music:
        held += options("volume", "to", [(value, f"the music at {value:g}%", f"音乐音量 {value:g}%")], which="music")
    if 12 <= value <= 120 and c.scene.clips:
        held += options("frame_rate", "fps", [(value, f"{value:g} frames a second", f"每秒 {value:g} 帧")])
    if len(held) < 2:
        return None
    return Question(Said(f"What shall be {value:g}?", f"什么要改成 {value:g}？"), tuple(held[:3]))


def split(c: Clause) -> Question | None:
    if not patterns.search(r"(?<![a-z])(?:split|divide)(?![a-z])|分割|切开|拆分", c.text) or not c.scene.things:
        return None
    middle = float(c.scene.duration) / 2
    values: list[tuple[Plain, str, str]] = [
        ("middle", "in the middle", "中间"),
        (round(middle / 2, 2), f"at {middle / 2:g} s", f"{middle / 2:g} 秒处"),
    ]
    return Question(Said("Where shall it be split?", "在哪里分割？"), options("split", "at", values, which=_picked(c)))


def _picked(c: Clause) -> str | None:
    which = target(c, (*PICTURE_KINDS, *SOUND_KINDS))
    return None if which == "clip" else which


def volume(c: Clause) -> Question | None:
    if (
        not c.has("volume")
        or not c.scene.things
        or words(c) > 8
        or not patterns.search(r"volume|loudness|音量|声音.{0,3}(?:弄|搞|处理|调一?下|整|改)", c.text)
    ):
        return None
    which = target(c, SOUND_KINDS) or ("music" if c.scene.music else None)
    values: list[tuple[Plain, str, str]] = [(50, "50%", "50%"), (80, "80%", "80%"), (120, "120%", "120%")]
    return Question(Said("How loud shall it be?", "音量调到多少？"), options("volume", "to", values, which=which))


_TOO_LONG = r"(?<![a-z])(?:too|kind of|kinda|a bit|a little|rather|pretty|quite|very|way too|so) long(?![a-z])|takes forever|(?:太|有点|偏|过于|比较)长"


def _length(seconds: int) -> tuple[str, str]:
    """In words of both languages: "18:45" where it is minutes."""
    if seconds < 100:
        return f"{seconds} s", f"{seconds} 秒"
    clock = f"{seconds // 60}:{seconds % 60:02}"
    return clock, clock


# "the title goes away before you can read it": it shall stay longer
_GONE_SOON = Sieve(
    re.compile(
        r"\s*(?:(?:but|and|also|so|ok|well|hey|now|hmm+|i think|i feel like|i find|,) ?)*(?:(?P<of>[^,.;!?]{2,30}?) (?:(?:just|already|always|still|only) )*(?:(?:goes|is|are|go|was) (?:away|gone|off|over|out)|disappears?|vanish(?:es)?|leaves?|ends?|fades? (?:out|away)|stays?|is (?:up|on|there|shown))(?: again)? (?:way |far |much )?(?:too (?:soon|quick(?:ly)?|fast|early|briefly|short)|before (?:you|i|we|one|people|anyone|anybody|they) (?:(?:can|could|are able to|have|had|get|got|even) )*(?:the )?(?:to |time to |finish(?:ed)? )*(?:read|see)(?:ing)?(?: (?:it|that|them|through it|all of it))?)"
        r"|(?:you|i|we|nobody|no one|people|one) (?:can'?t|cannot|can|can hardly|can barely) (?:even )?(?:finish )?read(?:ing)? (?P<read>[^,.;!?]{2,30}?) (?:in that time|so quick(?:ly)?|that (?:fast|quickly)|fast enough|quick(?:ly)? enough|in time))(?: (?:please|now|for me|imo))*[.! ]*"
    )
)


def longer(c: Clause) -> Question | None:
    long = patterns.search(_TOO_LONG, c.text) is not None
    brief = _GONE_SOON.fullmatch(c.text) is not None
    if (
        not (long or brief or c.has("shorter", "longer"))
        or words(c) > (14 if brief else 9)
        or not c.scene.clips
        or c.mention("music", "voice")
    ):
        return None
    texts = {t.segment.id: t for m in c.mentions for t in m.things if t.role == "text"}
    if len(texts) == 1:
        return _stays_long(next(iter(texts.values())), c.has("shorter") and not c.has("longer"))
    return None if c.mention("title", "subtitle", "text", "lower_third") else _so_long(c, long or c.has("shorter"))


def _stays_long(text: Thing, shorter: bool) -> Question:
    now = text.segment.duration
    values: list[tuple[Plain, str, str]] = [
        (to, *_length(to)) for to in (max(1, round(now * f)) for f in ((0.75, 0.5) if shorter else (1.5, 2)))
    ]
    question = Said("How long shall the text stay?", "文字显示多久？")
    return Question(question, options("text_duration", "to", values, which=text.segment.id))


def _so_long(c: Clause, shorter: bool) -> Question:
    clip = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip"), None)
    now = float(clip.things[0].segment.duration if clip else c.scene.duration)
    factors = (0.75, 0.5) if shorter else (1.25, 1.5)
    values: list[tuple[Plain, str, str]] = [(round(now * f), *_length(round(now * f))) for f in factors]
    if clip:
        return Question(Said("How long shall it be?", "要多长？"), options("trim", "to", values, which=clip.said))
    return Question(Said("How long shall the film be?", "影片要多长？"), options("fit_duration", "to", values))


_LONGER_TOO = Sieve(
    re.compile(
        r"(?:,| and|, and|,? but) (?:also )?(?:stay|stays|be|make (?:it|that)|keep it|have it|should be|shown|on screen)?(?: ?(?:a (?:little )?bit|a little|much|on|up|even))* ?(?P<how>longer|shorter)(?= *$|[.,;!]| please)"
    )
)
_OF_LENGTH = (
    "trim",
    "speed",
    "text_duration",
    "fit_duration",
    "loop",
    "freeze",
    "cut_first",
    "cut_last",
    "music_length",
)


def longer_too(c: Clause, asked: Sequence[Asked]) -> Question | None:
    """How long, where that was said beside what is done: "the interview should come first and stay longer"."""
    match = _LONGER_TOO.search(c.text)
    if match is None or any(isinstance(one, Step) and one.command in _OF_LENGTH for one in asked):
        return None
    clips = {t.segment.id for m in c.mentions for t in m.things if t.role == "clip"}
    return _so_long(c, match["how"] == "shorter") if len(clips) == 1 else None


def cut(c: Clause) -> Question | None:
    plain = patterns.search(
        r"^\s*(?:please )?(?:cut|trim|shorten)(?: it| this| the (?:video|film|movie))?(?: please)?[.!]?\s*$|^\s*(?:剪|剪辑|修剪|剪一下|剪短)(?:视频|影片)?\s*$",
        c.text,
    )
    if not plain or not c.scene.clips:
        return None
    ends = options("cut_first", "seconds", [(2, "the first 2 s", "前 2 秒")]) + options(
        "cut_last", "seconds", [(2, "the last 2 s", "最后 2 秒")]
    )
    return Question(Said("What shall be cut?", "要剪掉哪里？"), ends)
