"""What is on the timeline: added, replaced, copied, put in order, moved, taken away; and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.patterns import just_before
from reelscore.converse.readers.adding import added
from reelscore.converse.readers.moving import moved
from reelscore.converse.readers.ordering import reordered
from reelscore.converse.readers.removing import removed
from reelscore.converse.readers.replacing import replaced
from reelscore.converse.reading import (
    PICTURE_KINDS,
    SOUND_KINDS,
    TEXT_KINDS,
    Reading,
    resulting,
    step,
    steps,
    targets,
)
from reelscore.values.command import Plain

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def read(c: Clause) -> Iterator[Reading]:
    """Everything that puts, moves or takes whole things."""
    yield from _rename(c)
    if c.quotes and not any(m.kind == "name" for m in c.mentions):
        return
    yield from added(c)
    yield from replaced(c)
    yield from _duplicate(c)
    yield from reordered(c)
    yield from moved(c)
    yield from removed(c)


def _rename(c: Clause) -> Iterator[Reading]:
    if not c.has("rename"):
        return
    name = c.quotes[-1].words if c.quotes else _bare_name(c)
    if not name:
        return
    if c.mention("title", "subtitle", "text") and not patterns.search(
        r"project|film'?s|video'?s|the (?:film|video|movie|project)|项目|影片|工程", c.text
    ):
        return
    things = [m for m in c.mentions if m.kind in (*PICTURE_KINDS, "music", "voice", "sound", "name")]
    if patterns.search(r"track|轨", c.text) and things and c.mention("music", "voice"):
        role = things[0].kind
        track = next((t.track for m in things for t in m.things), None)
        yield step("rename", 0.95, track=track.id if track else role, name=name)
        return
    if not things and not c.mention("film") and not patterns.search(r"project|项目|工程|影片|it|它|this", c.text):
        return
    yield step("rename", 0.95, which=things[0].said if things else None, name=name)


def _bare_name(c: Clause) -> str | None:
    """ "call clip 2 seaside", 把片段2改名为海边: the name that follows."""
    thing = next((m for m in c.mentions if m.kind in (*PICTURE_KINDS, "name", "music", "film", "voice")), None)
    found = patterns.search(
        r"(?:改名|命名|重命名|取名|改叫|起名|名字改|名称改)(?:为|成|叫)?[: ]*([^,。!]+)$|叫做?[: ]*([^,。!]+)$", c.text
    )
    if found:
        n = 1 if found[1] else 2
        return c.said(found.start(n), found.end(n))
    if thing is None:
        return None
    rest = c.text[thing.end :]
    found = patterns.match(r"\s*(?:clip |photo |video )?(?:to |as |into )?:?\s*([^,.!?\n]{1,60})$", rest)
    if (
        patterns.search(r"(?<![a-z])(?:rename|call|name)(?![a-z])", c.text[: thing.start])
        and found
        and found[1].strip()
    ):
        return c.said(thing.end + found.start(1), thing.end + found.end(1)) or None
    return None


_PLAYED_SO_OFTEN = r"loop|循环|(?<!再)重复播放?(?=[\d一二两三四五六七八九十]+[次遍])"


def _duplicate(c: Clause) -> Iterator[Reading]:
    if not c.has("duplicate") or resulting(c) or (c.has("loop") and patterns.search(_PLAYED_SO_OFTEN, c.text)):
        return
    named = targets(c, _ANY)
    if laid := _copied_to(c):
        yield laid
        return
    if (
        c.quantity("seconds")
        or (not named and not c.mention("film") and not patterns.search(r"duplicate|copy|clone|复制|拷贝", c.text))
        or (c.mention("music") and patterns.search(r"repeat|重复", c.text))
    ):
        return
    times = c.quantity("times", "copies", "parts") or c.quantity("number")
    count: Plain = int(times.number) if times else None
    if patterns.search(r"one more time|再(?:来|出现|放|播|重复|现身|露|亮相|露脸)一?[遍次回]", c.text):
        count = None
    if "clip" in named and c.scene.clips == 1:
        named = []
    clips = [t.segment.id for t in c.scene.of("clip")]
    thing = next((t for m in c.mentions if len(m.things) == 1 for t in m.things if t.role == "clip"), None)
    if (
        thing
        and count in (None, 1)
        and patterns.search(
            r"(?:到|在|放|贴|接|摆|搁|^|[,，])(?:整个)?(?:视频|影片|片子)?的?(?:最后|结尾|末尾|片尾)", c.text
        )
    ):
        copy = f"clip {clips.index(thing.segment.id) + 2}"  # 复制第一段到最后
        made = (*step("duplicate", 1, which=thing.segment.id).asked, *step("reorder", 1, which=copy, position=-1).asked)
        yield Reading(made, 0.96)
        return
    yield steps("duplicate", 0.92, named or [None], times=count)


_TO_A_PLACE = re.compile(
    r"(?<![a-z])(?:copy|duplicate|clone|repeat) [^,;]{2,40}? (?:(?:again )?(?:to|at|onto|for) (?P<place>the (?:very )?(?:end|start|beginning|front)|(?:second |0:)?(?=\d)))"
)


_BESIDE = re.compile(r"(?<![a-z])(?:(?P<before>before|in front of|ahead of)|after|behind) (?:the |my )?$")


def _copied_beside(c: Clause) -> Reading | None:
    """ "insert a copy of the beach before the city": once more, and laid there."""
    clips = list(c.scene.of("clip"))
    two = [m for m in c.mentions if len(m.things) == 1 and m.things[0] in clips and m.kind not in ("pronoun", "film")]
    if len(two) != 2 or two[0].things == two[1].things or (where := just_before(_BESIDE, c.text, two[1].start)) is None:
        return None
    one, beside = clips.index(two[0].things[0]), clips.index(two[1].things[0])
    position = beside + 1 + (0 if where["before"] else 1)
    copied = step("duplicate", 1, which=two[0].said).asked
    if position == one + 2:
        return Reading(copied, 0.965, whole=True)
    return Reading((*copied, *step("reorder", 1, which=f"clip {one + 2}", position=position).asked), 0.965, whole=True)


def _copied_to(c: Clause) -> Reading | None:
    """ "copy the title to the end", "repeat the intro at the end": once more, and laid there."""
    if (beside := _copied_beside(c)) is not None:
        return beside
    found = _TO_A_PLACE.search(c.text)
    lone = [m for m in c.mentions if len(m.things) == 1 and m.kind not in ("pronoun", "film")]
    thing = lone[0].things[0] if len(lone) == 1 else None
    if found is None or thing is None or thing.role not in ("clip", "text"):
        return None
    front = found["place"].endswith(("start", "beginning", "front"))
    at = next((q for q in c.every("seconds", "timecode") if q.start >= found.end()), None)
    alike = c.scene.of(next((k for k in TEXT_KINDS if thing in c.scene.of(k)), "clip"))
    kind = next((k.replace("_", " ") for k in TEXT_KINDS if thing in c.scene.of(k)), "clip")
    copy = f"{kind} {list(alike).index(thing) + 2}"
    twice = step("duplicate", 1, which=thing.segment.id).asked
    file = c.scene.timeline.medium(thing.segment.media)
    plainly = file and thing.segment.picture is None and thing.segment.sound is None and thing.segment.speed == 1
    if thing.role == "clip" and file and plainly and not front and at is None:
        start = seconds(thing.segment.start) or None
        made = step("add", 1, media=file.name, start=start, duration=seconds(thing.segment.duration)).asked
        return Reading(made, 0.965)
    if thing.role == "clip" and at is None:
        laid = step("reorder", 1, which=copy, position=1 if front else -1).asked
    else:
        last = max(Fraction(0), c.scene.duration - thing.segment.duration)
        to: Plain = plain(at) if at is not None else 0 if front else seconds(last)
        laid = step("move", 1, which=copy, to=to).asked
    return Reading((*twice, *laid), 0.965)
