"""A text that goes to the end or the start, a copy of it there, and a text that is not seen for a stretch.

copy the title to the end        | title |           |   ->   | title |      title |
remove the title from 2 to 4 s   | title |           |   ->   | ti |                |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.reading import TEXT_KINDS, Reading
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

_TO = r"(?:to|at|on|in) (?:the )?(?:very )?(?P<place>end|start|beginning|front)(?: of (?:the )?(?:video|film|movie|timeline|whole thing))?(?: please| too| as well| again)*[.! ]*$"
_COPY = Sieve(re.compile(rf"(?<![a-z])(?:copy|duplicate|repeat|clone) .+? (?:over )?{_TO}"))
_COPY_ZH = Sieve(re.compile(r"复制.{0,10}(?:到|在).{0,6}(?P<place>最后|结尾|末尾|片尾|开头|最前)"))
_MOVE = Sieve(re.compile(rf"(?<![a-z])(?:put|move|shift|place|bring) .+? {_TO}"))
_MOVE_ZH = Sieve(
    re.compile(
        r"(?:放|挪|移|搬|排)(?:到|在)(?:视频|影片|片子)?的?(?P<place>最后面?|结尾|末尾|片尾|最前面?|开头|最开始)(?:去)?(?:吧|。)*$"
    )
)
_GONE = re.compile(
    r"(?<![a-z])(?:remove|hide|delete|take (?:off|away|out)|lose|drop|no|without)(?![a-z])|去掉|删掉|删除|隐藏|不要|不显示"
)
_ADDED = Sieve(re.compile(r"(?<![a-z])(?:add|insert|another)(?![a-z])|加|再来"))
_STARTS = ("start", "beginning", "front", "开头", "最前", "最前面", "最开始")


def read(c: Clause) -> Iterator[Reading]:
    """Of one text that is named, or that the last edit was about."""
    if c.quotes or not c.scene.of("text") or _ADDED.search(c.text):
        return
    thing = _meant(c)
    if again := _again_at(c, thing or (c.touched if c.touched and c.touched.role == "text" else None)):
        yield again
    if until := _until_clip(c):
        yield until
    if thing is None:
        return
    if c.range and _GONE.search(c.text):
        a, b = (Fraction(q.number) for q in c.range)
        yield from _unseen(thing, a, b)
    if c.quantities:
        return
    if copied := _COPY.search(c.text) or _COPY_ZH.search(c.text):
        made = Step("duplicate", (("which", thing.segment.id),))
        yield Reading((made, _moved(next_id(c.scene), thing, c.scene, copied["place"])), 0.97)
    elif moved := _MOVE.search(c.text) or _MOVE_ZH.search(c.text):
        yield Reading((_moved(thing.segment.id, thing, c.scene, moved["place"]),), 0.965)


_UNTIL_ZH = Sieve(
    re.compile(
        r"(?:显示|停|停留|留|出现|保留|保持|待|挂|持续)(?:在上面|在那|着)?(?:到|至)(?P<who>[^,。]{2,10}?)(?P<end>的?(?:结束|放完|播完|完|结尾|末尾))?(?:开始|出现|出来)?(?:为止|的时候|时)?(?:再消失|吧|。)*$"
    )
)


def _until_clip(c: Clause) -> Reading | None:
    """标题显示到第二张照片结束: as long as that clip is not over; until it comes, where its end is not told."""
    said = _UNTIL_ZH.search(c.text)
    if said is None or c.quantities:
        return None
    texts = [t for m in c.mentions if len(m.things) == 1 for t in m.things if t.role == "text"]
    texts = texts or [t for t in (c.touched,) if t is not None and t.role == "text"]
    told = [m for m in mentions(said["who"], c.scene) if len(m.things) == 1 and m.things[0].role == "clip"]
    if len(told) != 1 or len(texts) != 1:
        return None
    thing = texts[0]
    span = told[0].things[0].span
    until = span.end if said["end"] else span.start
    if until <= thing.span.start:
        return None
    return Reading((Step("text_duration", (("which", thing.segment.id), ("until", seconds(until)))),), 0.985)


_AGAIN = re.compile(
    r"(?:(?:and|also|then|please|can you|could you|now) )*(?:show|put|bring|repeat|have|display|add) (?:[a-z]+ ){1,3}?(?:again|once more|a second time|another time|up again|back) (?:at|after|from) "
    r"|(?:然后|也|并|把|让|,)*[^,。]{0,6}?(?:再|又)?[在到][^,。]{1,8}秒[^,。]{0,3}?(?:再|又)?(?:出现|显示|放|来|出)(?:现|示)?一?[次遍回]"
)


def _again_at(c: Clause, thing: Thing | None) -> Reading | None:
    """ "and show it again at five minutes": a copy of the text there, and the first stays."""
    at = next((q for q in c.every("seconds", "timecode") if not isinstance(q.value, str)), None)
    if thing is None or at is None or len(c.every("seconds", "timecode")) != 1 or not _AGAIN.match(c.text.lstrip()):
        return None
    copy = Step("duplicate", (("which", thing.segment.id),))
    return Reading((copy, Step("move", (("which", next_id(c.scene)), ("to", plain(at))))), 0.975)


def _meant(c: Clause) -> Thing | None:
    """The one text; of several of the kind that is named, the one that the last edit was about."""
    named = [m for m in c.mentions if m.kind in TEXT_KINDS or any(t.role == "text" for t in m.things)]
    others = [m for m in c.mentions if m not in named and m.kind not in ("film", "pronoun")]
    if len(named) != 1 or others or named[0].every:
        return None
    things = named[0].things
    if len(things) > 1 and c.touched in things:
        return c.touched
    return things[0] if len(things) == 1 else None


def _moved(which: str, thing: Thing, scene: Scene, place: str) -> Step:
    end = scene.duration - thing.segment.duration
    return Step("move", (("which", which), ("to", 0 if place in _STARTS else seconds(max(end, Fraction(0))))))


def next_id(scene: Scene) -> str:
    """The id of a copy: ids count on from the highest."""
    numbers = [int(t.segment.id[1:]) for t in scene.things if t.segment.id[1:].isdecimal()]
    return f"s{max(numbers, default=0) + 1}"


def _unseen(thing: Thing, a: Fraction, b: Fraction) -> Iterator[Reading]:
    """The text without the stretch from `a` to `b` seconds, where that lies at one of its ends."""
    which, (start, end) = ("which", thing.segment.id), (thing.span.start, thing.span.end)
    if a <= start and b >= end:
        yield Reading((Step("remove_text", (which,)),), 0.975)
    elif start < a < end <= b:
        yield Reading((Step("text_duration", (which, ("until", seconds(a)))),), 0.975)
    elif a <= start < b < end:
        made = (Step("move", (which, ("to", seconds(b)))), Step("text_duration", (which, ("to", seconds(end - b)))))
        yield Reading(made, 0.975)
