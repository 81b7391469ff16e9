"""What cutters call things that exist: heads and tails, in and out points, b-roll, a punch-in, "A into B" with a cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers import joins
from reelscore.converse.reading import Reading, step
from reelscore.values.command import Plain, Said, Step


def read(c: Clause) -> Iterator[Reading]:
    """Edits by the names that cutters give them."""
    yield from _points(c)
    yield from _pairs(c)
    yield from _covering(c)
    yield from _punched(c)
    yield from _ridden(c)
    yield from _unmarked(c)
    yield from _hard_cut(c)
    yield from _barred(c)
    yield from _music_out(c)


def _clips(c: Clause) -> list[Mention]:
    return [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and not m.every]


_HEAD = r"(?<![a-z])(?:heads?|in[ -]point|front end|top)(?![a-z])(?! room)|入点|(?<![开片])头上?(?=收|剪|修|往|缩|去)"
_TAIL = r"(?<![a-z])(?:tails?(?! off| away| out)|out[ -]point|back end)(?![a-z])|出点|(?<![结片收])尾巴?上?(?=收|剪|修|往|缩|去)"
_OUTWARD = r"(?<![a-z])(?:extend|open up|lengthen|longer|let|add|give|hold|stretch)(?![a-z])|外|放|延"


def _points(c: Clause) -> Iterator[Reading]:
    """ "tighten hiking by 12 frames at the tail", 入点往里收 20 帧, 出点往外放一秒."""
    head, tail = patterns.search(_HEAD, c.text), patterns.search(_TAIL, c.text)
    length = c.quantity("frames", "seconds")
    named = _clips(c)
    if patterns.search(r"掐头去尾|去头去尾|首尾|头尾|两头|前后各", c.text):
        return  # both ends
    if (head is None) == (tail is None) or length is None or len(named) > 1 or c.range or length.cue == "at":
        return
    which = named[0].said if named else c.around.focus or None
    if which is None and c.scene.clips != 1:
        return
    outward = patterns.search(_OUTWARD, c.text) is not None
    if head and patterns.search(r"往前|向前|前移|提前", c.text) and not patterns.search(r"里|收|缩", c.text):
        outward = True
    if tail and patterns.search(r"往后|向后|后移|推后", c.text) and not patterns.search(r"里|收|缩", c.text):
        outward = True
    if not outward:
        ends: dict[str, Plain] = {"from_start" if head else "from_end": plain(length)}
        yield step("trim", 0.96, which=which, **ends)
    elif tail and named:
        now = named[0].things[0].segment.duration
        yield step("trim", 0.96, which=which, to=seconds(Fraction(now) + _exact(c, length)))


def _exact(c: Clause, q: Quantity) -> Fraction:
    return Fraction(q.value) * (c.scene.timeline.canvas.frame if q.kind == "frames" else 1)


def _pairs(c: Clause) -> Iterator[Reading]:
    """ "city 接 beach 闪白", "hiking 和 lake 接一个叠化": one transition, where the later of the two begins."""
    named = _clips(c)
    if len(named) != 2 or not patterns.search(r"接|到.{1,12}(?:用|走|做|加|转|叠|闪)", c.text):
        return
    made = next((r for r in joins.read(c) if r.asked and all(_is(a, "transition") for a in r.asked)), None)
    if made is None:
        return
    args = {**dict(made.asked[0].args)}
    later = max(named, key=lambda m: m.things[0].span.start)
    args["which"] = later.said
    yield Reading((Step("transition", tuple(args.items())),), 0.965)


def _is(asked: object, name: str) -> bool:
    return isinstance(asked, Step) and asked.command == name


def _covering(c: Clause) -> Iterator[Reading]:
    """B-roll: another file over the whole picture for a while."""
    if not patterns.search(
        r"(?<![a-z])(?:b-?roll|cut-?aways?|full[ -]?(?:frame|screen))(?![a-z])|全屏|铺满|盖住|空镜盖", c.text
    ):
        return
    media = next((m for m in c.mentions if m.kind in ("name", "image", "logo") and not _film(m)), None)
    if media is None or c.quotes:
        return
    at: Plain = None
    length: Plain = None
    if c.range:
        first, last = c.range
        if isinstance(first.value, Fraction) and isinstance(last.value, Fraction):
            at, length = first.number, seconds(last.value - first.value)
    else:
        times = c.every("seconds", "frames")
        start = next((q for q in times if q.cue in ("at", "from")), None)
        stays = next((q for q in times if q is not start), None)
        at, length = plain(start) if start else None, plain(stays) if stays else None
    if at is None and (bare := patterns.search(r"(?<![a-z])at (\d{1,4}(?:\.\d+)?)(?![\d%:])", c.text)):
        at = float(bare[1])
    if at is None and (over := next((m for m in _clips(c) if m is not media), None)):
        at = seconds(Fraction(over.things[0].span.start))
    if at is not None:
        yield step("picture_in_picture", 0.96, media=media.said, at=at, duration=length, size=100)


def _film(m: Mention) -> bool:
    return any(t.role in ("clip", "music", "voice", "text") for t in m.things)


def _punched(c: Clause) -> Iterator[Reading]:
    """ "punch in 30% on wearing": larger, without a move; "teal and orange"."""
    if patterns.search(r"(?<![a-z])teal (?:and|&) orange|青橙|橙青", c.text):
        clips: list[str | None] = [m.said for m in _clips(c)] or [None]
        yield Reading(tuple(a for said in clips for a in step("filter", 1, which=said, name="cinematic").asked), 0.96)
    amount = c.quantity("percent", "factor")
    if amount and patterns.search(r"(?<![a-z])punch(?:ed)?[ -]?in", c.text) and amount.number > 0:
        percent = round(100 * amount.number, 3) if amount.kind == "factor" else amount.number
        size = percent if percent >= 100 else 100 + percent
        named = _clips(c)
        if len(named) == 1 or c.scene.clips == 1:
            yield step("arrange", 0.95, which=named[0].said if named else None, size=size)


def _ridden(c: Clause) -> Iterator[Reading]:
    """ "ramp the music down over six seconds": a fade; "3 dB hotter", "back it off 2 dB": a level."""
    moved = patterns.search(r"(?<![a-z])(?:ramp|ride|taper|tail|pull|die)s?(?![a-z])", c.text)
    length = c.quantity("seconds")
    heard = c.mention("music", "voice", "sound") or next(
        (m for m in c.mentions if m.kind == "name" and m.things and m.things[0].role in ("music", "voice", "sound")),
        None,
    )
    if moved and length and heard and not c.quantity("percent", "decibels", "factor") and not _clips(c):
        if patterns.search(r"(?<![a-z])(?:down|off|out|away)(?![a-z])", c.text):
            yield step("fade_out", 0.95, which=heard.said, duration=plain(length))
        elif patterns.search(r"(?<![a-z])(?:up|in)(?![a-z])", c.text):
            yield step("fade_in", 0.95, which=heard.said, duration=plain(length))
    db = c.quantity("decibels")
    if db is None or (c.scene.clips and not heard):
        return
    which = heard.said if heard else "music" if c.scene.music else None
    if patterns.search(r"(?<![a-z])(?:hotter|more gain|boost|push)(?![a-z])", c.text) and not db.signed:
        yield step("volume", 0.95, which=which, by_db=abs(db.number))
    elif patterns.search(r"(?<![a-z])(?:back(?: it| that| this)? off|pad(?: it)?|pull(?: it)? back|knock|shave|cooler)(?![a-z])", c.text):  # fmt: skip
        yield step("volume", 0.95, which=which, by_db=-abs(db.number))


def _unmarked(c: Clause) -> Iterator[Reading]:
    """ "lose the sponsor mark": a marker by its label."""
    if not c.has("remove") or not patterns.search(
        r"(?<![a-z])(?:marks?|markers?|flags?|pins?|locators?)(?![a-z])|标记|记号|标点|[那这]个点(?![点心])", c.text
    ):
        return
    if patterns.search(r"(?<![a-z])drop(?![a-z])[^,.;]* (?:in|into|on)(?![a-z])", c.text):
        return  # "drop the sponsor spot in where the marker is"
    named = {m.said for m in c.mentions if m.kind == "name"}
    for marker in c.scene.timeline.markers:
        if marker.label in named:  # 赞助那个标记
            yield step("remove_marker", 0.96, label=marker.label)
        elif marker.label and patterns.compiled(rf"(?<![a-z]){re.escape(marker.label.lower())}(?![a-z])").search(
            c.text
        ):
            yield step("remove_marker", 0.96, label=marker.label)
            return


def _hard_cut(c: Clause) -> Iterator[Reading]:
    """ "smash cut to the lake": nothing between."""
    named = _clips(c)
    if (
        named
        and patterns.search(r"(?<![a-z])(?:smash|hard|straight|match) cuts?(?![a-z])|硬切|直切", c.text)
        and not c.quantities
    ):
        yield step("transition", 0.95, which=max(named, key=lambda m: m.things[0].span.start).said, kind="cut")


def _barred(c: Clause) -> Iterator[Reading]:
    """ "cinema bars", 加遮幅: a wider picture."""
    if patterns.search(
        r"遮幅|电影黑边|上下黑边|(?<![a-z])(?:cinema(?:scope|tic)?|widescreen|letterbox)(?: black)? bars(?![a-z])",
        c.text,
    ):
        ratio = c.quantity("ratio")
        yield step("aspect", 0.96, ratio=str(ratio.value) if ratio else "21:9")


_NOT_FOR_ONE = Said(
    "Music cannot be silent for one clip by itself. Split the music at the clip's start and end, and mute the part between.",
    "不能只在一个片段里停掉音乐。可以在该片段的开头和结尾把音乐分割开，再静音中间那段。",
)


def _music_out(c: Clause) -> Iterator[Reading]:
    """ "music out on the drone": it ends where the last clip begins."""
    named, music = _clips(c), c.scene.of("music")
    said = patterns.search(
        r"(?<![a-z])(?:music|score|song|track) (?:is |goes |should (?:be |go )|cuts? |drops? )?(?:out|off)(?: on| over| under| during| for| in)(?![a-z])",
        c.text,
    )
    if said is None or len(named) != 1 or len(music) != 1 or c.has("fade_out"):
        return
    start, last = named[0].things[0].span.start, c.scene.of("clip")[-1]
    if named[0].things[0] is last and start > music[0].span.start:
        yield step("trim", 0.95, which="music", to=seconds(Fraction(start - music[0].span.start)))
    else:
        yield Reading((), 0.95, missed=_NOT_FOR_ONE)
