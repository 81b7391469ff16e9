"""As `placed`, in Chinese: 旁白开始之前音乐大一点, 20秒以后音乐小一半. The moment is a place, and nothing that changes.

The clause is read without it, and what was read is done to the sound before that moment, or from then on.
"""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.normalise import blanked
from reelscore.converse.quantities import Quantity

_LEAD = re.compile(r"(?:请|帮我|把|从|在|等到?|那|就|然后|再|,|，| )*")
_SIDE = re.compile(
    r"(?:的?(?:声音|部分|那段))?(?P<begins>(?:开始|出来|进来|响起)(?:说话?|讲)?|开口|说话|讲话)?(?P<ends>(?:全部|都)?(?:(?:说|讲|念|播|放)完(?:话)?|结束))?了?"
    r"(?:(?P<way>[之以]前|前面?|[之以]后|后面?|往后)(?:的?(?:时候|部分|那段|地方))?|(?<=完)了?(?=[^,。;]{1,6}[再才]|,?(?:背景)?(?:音乐|配乐|bgm|歌)))[的,， ]*"
)
_SIDE_OF_TIME = re.compile(r"(?P<way>[之以]前|前面?|[之以]后|后面?|往后)(?:的?(?:时候|部分|那段|地方))?[的,， ]*")
_COURSE = re.compile(r"[开进入]|结束|停|淡|渐|慢慢|剪|移|挪|提前|推迟|加(?!大|强)|写|配(?!乐|音)|换|循环")
_HEARD = ("music", "voice", "sound")


def beside_a_moment(c: Clause) -> tuple[Clause, Mention, tuple[Fraction, Fraction]] | None:
    """The clause without the moment, the one sound it speaks of, and from when to when that is; None elsewhere."""
    if c.quotes or ("前" not in c.text and "后" not in c.text and "完" not in c.text):
        return None
    sounds = [m for m in c.mentions if m.things and all(t.role in _HEARD for t in m.things)]
    if not sounds or len(c.mentions) > 2:
        return None
    sound = sounds[-1]
    first = c.mentions[0] in sounds and _LEAD.fullmatch(c.text, c.mentions[0].end, c.mentions[-1].start)
    if len(c.mentions) == 2 and first and first[0]:  # 音乐在旁白结束后恢复正常音量
        sound, found = c.mentions[0], _of_a_thing(c, c.mentions[1], c.mentions[0].end)
    elif c.mentions[-1] in sounds:
        found = _of_a_thing(c, c.mentions[0]) if len(c.mentions) == 2 else _of_a_time(c)
    else:
        return None
    if found is None:
        return None
    span, start, end = found
    end = min(end, sound.start) if start < sound.start else end  # 旁白前面|那段音乐
    if _COURSE.search(c.text, end):
        return None
    if span[0] >= span[1]:
        return None
    return c.reworded(blanked(c.text, start, end), 0), sound, span


_Found = tuple[tuple[Fraction, Fraction], int, int]


def _of_a_thing(c: Clause, at: Mention, behind: int = 0) -> _Found | None:
    """旁白开始之前, 旁白说完以后, 徒步以后: before it begins, after it is over; `behind`: where its lead begins."""
    tail = _SIDE.match(c.text, at.end)
    if tail is None or len(at.things) != 1 or not _LEAD.fullmatch(c.text, behind, at.start):
        return None
    of, early = at.things[0].span, "前" in (tail["way"] or "")
    if early:
        return (Fraction(0), of.end if tail["ends"] else of.start), behind or at.start, tail.end()
    return (
        (of.start if tail["begins"] and not tail["ends"] else of.end, c.scene.duration),
        behind or at.start,
        tail.end(),
    )


def _of_a_time(c: Clause) -> _Found | None:
    """20秒以后, 20秒以前."""
    times: list[Quantity] = c.every("seconds", "timecode")
    at = times[0] if len(times) == 1 else None
    tail = _SIDE_OF_TIME.match(c.text, at.end) if at else None
    if at is None or tail is None or isinstance(at.value, str) or not _LEAD.fullmatch(c.text, 0, at.start):
        return None
    if not 0 < at.value < c.scene.duration:
        return None
    span = (Fraction(0), Fraction(at.value)) if "前" in tail["way"] else (Fraction(at.value), c.scene.duration)
    return span, 0, tail.end()
