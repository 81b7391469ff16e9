"""Repeated, and brought to a length: "loop the beach 3 times", "get it down to 30 seconds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.music_parts import decade, of_a_section
from reelscore.converse.reading import PICTURE_KINDS, PLAYED, Reading, step, steps, target, targets
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step

_ONCE_MORE = re.compile(r"(?<![a-z])(?:once more|again|one more time|another time|a second time)(?![a-z])")


def looped(c: Clause) -> Iterator[Reading]:
    if not c.has("loop") or c.quotes or any(m.kind == "name" and not m.things for m in c.mentions):
        return
    if (twice := _part_again(c)) is not None:
        yield twice
        return
    named = targets(c, PLAYED)
    lengths = c.every("seconds", "timecode")
    times = c.quantity("times", "factor") or c.quantity("number")
    until: Plain = plain(lengths[0]) if lengths else None
    if until is None and patterns.search(
        r"until the (?:video|film|movie)? ?(?:ends?|is over)|to the end|till the end|到(?:影片|视频)?(?:结束|结尾|最后)|影片结束|视频结束",
        c.text,
    ):
        until = "end" if named != ["music"] else None
    count = int(times.number) if times and times.kind != "seconds" else None
    if count is None and not lengths and _ONCE_MORE.search(c.text):
        count = 2  # "loop it once more"
    in_a_row = patterns.search(
        r"times? (?:in a row|back to back|over)|twice (?:in a row|back to back)|(?<![a-z])(?:play|show|run) .{0,30}(?:times|twice)(?![a-z])",
        c.text,
    )
    again = count is not None and (in_a_row is not None or times is None)
    if again and not named and (c.mention("film") or c.mention("pronoun")) and not lengths and c.scene.clips:
        named = ["all clips"]
    if (
        again
        or patterns.search(r"\bloop|循环", c.text)
        or _ROUND.search(c.text)
        or (
            patterns.search(r"(?:连着?|连续|反复|重复|来回)(?:播放?|放|来)", c.text)
            and (named or count)
            and not lengths
        )
    ):
        if not named and c.mention("film") and not lengths:
            named = ["all clips"]
        alone = c.mention("pronoun") or (count and not c.mentions and not c.around.focus)
        if not named and not lengths and count and not c.mentions and not c.around.focus and _SEEN_AGAIN.search(c.text):
            named = ["clip 1"] if c.scene.clips == 1 else ["all clips"]  # 连播两遍
        if not named and not lengths and alone and not c.scene.music and c.scene.clips:
            named = ["clip 1"] if c.scene.clips == 1 else ["all clips"]  # "loop it three times", and there is no music
        silent = not c.scene.music and not c.mentions and not c.around.focus
        if not named and lengths and c.scene.clips and (c.mention("film") or c.mention("pronoun") or silent):
            yield step("fit_duration", 0.91, to=until, how="loop")
            return
        again_so = count == 2 and _LOOPED_AGAIN.match(c.text) is not None
        yield steps(
            "loop",
            0.98 if again_so or (until and _ROUND.search(c.text)) else 0.9,
            named or [None],
            times=count,
            until=until,
        )
    elif (named and named[0] == "music" and (until or count)) or (
        lengths and patterns.search(r"until|直到", c.text) and named
    ):
        yield steps("loop", 0.9, named, times=count, until=until)


def _part_again(c: Clause) -> Reading | None:
    """ "play the first 5 seconds twice": of the first clip, whose beginning is split off and copied."""
    first, held = c.scene.of("clip")[:1], c.every("seconds")
    if not first or len(held) != 1 or held[0].cue != "first" or c.mention("music", "voice", "sound"):
        return None
    if any(m.things and m.things[0] != first[0] and m.kind not in ("film", "pronoun") for m in c.mentions):
        return None
    times, part = c.quantity("times", "factor"), Fraction(held[0].number)
    if not 0 < part < first[0].segment.duration or (times and times.number != 2):
        return None
    split = step("split", 1, at=seconds(part), which=first[0].segment.id)
    return Reading((*split.asked, *step("duplicate", 1, which="clip 1").asked), 0.96)


_ROUND = Sieve(re.compile(r"(?<![a-z])(?:round and round|over and over|again and again|on and on)(?![a-z])"))
_LOOPED_AGAIN = re.compile(
    r"\s*(?:please |just |now |and )*loop (?:it|that|this|the [a-z]+) (?:once|one)(?: more| again)"
)
_SEEN_AGAIN = re.compile(r"[播放]")
_WHOLE = re.compile(
    r"total|overall|everything|it all|all of it|整体|总长|总时长|全长|exactly|控制|whole|entire|整个|整片|全片|成片|影片|视频|film|video|movie|slideshow|幻灯片|短片"
)


_OF_EACH = Sieve(
    re.compile(
        r"(?<![a-z])(?:a (?:little )?(?:bit|little|piece)|some(?:thing)?|equally|evenly|the same) (?:of|off|from|out of) (?:each|every|all)(?: of)?(?: the)?(?: (?:clips?|shots?|ones?|scenes?))?(?![a-z])"
        r"|(?<![a-z])proportional(?:ly)?(?![a-z])|按比例|每(?:一?段|一?个(?:片段|镜头)?)都?(?:(?:各|匀着|均匀地?|平均|稍微|一起)*(?:剪|减|缩)(?:短|掉)?(?:一?点|一些)|匀一?[点些匀下])"
    )
)
_FAST_CUTS = re.compile(r"(?<![a-z])(?:fast|quick|rapid|snappy|punchy|short|jumpy) cuts(?![a-z])")
_A_MOMENT = re.compile(r"钟?(?:那里|那儿|的?地方|的?位置|的?时候|那一?刻)")
_TOO_LONG = re.compile(r"钟?(?:的(?:视频|片子))?(?:有点|实在|还是)?太?(?:太长|太短|有点长|有点短|不够)")


def brought_to_length(c: Clause) -> Iterator[Reading]:
    lengths = [
        q
        for q in c.every("seconds")
        if q.cue not in ("first", "last", "off", "from", "over", "within", "every") and not decade(c.text, q)
    ]
    if not lengths or c.range or c.quotes or not c.has("fit_length"):
        return
    if " cuts" in c.text and _FAST_CUTS.search(c.text):
        return  # how long the clips are is not said
    if any(_A_MOMENT.match(c.text, q.end) for q in lengths):
        return  # 到15秒那里掉下来
    lengths = [q for q in lengths if not _TOO_LONG.match(c.text, q.end)] or lengths
    to = lengths[0]
    if patterns.search(r"一共|总共|合计", c.text) and (one := _sized_in_all(c, to)) is not None:
        yield one
        return
    if _OF_EACH.search(c.text) and c.scene.clips > 1:
        yield step("fit_duration", 0.975, to=plain(to), how="share")
        return
    if (
        not c.scene.clips
        and c.scene.music
        and not of_a_section(c)
        and to.cue not in ("at", "by", "later", "earlier", "more", "until")
    ):
        yield step("music_length", 0.93, to=plain(to))
        return
    if to.cue in ("at", "by", "later", "earlier", "more", "until") or c.mention(
        "title", "subtitle", "text", "lower_third"
    ):
        return
    if c.has("fade_in", "fade_out", "freeze", "split", "add", "crossfade") and not c.mention("film", "pronoun"):
        return
    if c.has("music_noun") and not c.mention("film"):
        return
    how = "speed" if c.has("by_speed") and not patterns.search(r"不要?变速|without speed", c.text) else None
    how = how or ("loop" if c.has("by_loop") else None) or ("trim" if c.has("by_trim") else None)
    if patterns.search(r"一共|总共|合计|加起来|全部加", c.text) and not c.mention("music", "voice"):
        yield step("fit_duration", 0.95, to=plain(to), how=how)
        return
    things = [said for said in targets(c, (*PICTURE_KINDS, "voice"), pronouns=False) if said != "all"]
    if things and things != ["clip"]:
        every = things[0].startswith("all ")
        if every and not patterns.search(r"each|every|每", c.text):
            yield step("fit_duration", 0.8, to=plain(to), how=how)
        elif (left := _left_of_one(c, things, to)) and how == "trim":
            yield replace(step("trim", 0.95, which=things[0], to=left), whole=True)
        elif how:
            yield steps("fit_duration", 0.92, things, to=plain(to), how=how)
        return
    lead = c.plain.text[: c.span[0]].strip(" ,.") if c.text.isascii() and not c.mentions else ""
    alone = not c.text[: lengths[0].start].strip(" ,") and _ITS_LENGTH.fullmatch(c.text, lengths[0].end)
    if lead and alone:
        yield from _of_what_was_named(c, lead, to)
        return
    if end := patterns.just_before(_AN_END_ZH, c.text, to.start):
        clips = c.scene.of("clip")  # 片头控制在3秒, where no clip is called so
        which = "last clip" if end["last"] else "clip 1"
        yield from [step("trim", 0.9, which=which, to=plain(to))] if len(clips) > 1 else []
        return
    focused = target(c, PICTURE_KINDS)
    shortened = bool(c.around.focus) and _SHORTENED.search(c.text) is not None and not _taken_out(c)
    spoken = bool(c.context.touched) or shortened
    if focused and spoken and c.mention("pronoun") and c.scene.clips != 1 and not _WHOLE.search(c.text):
        yield step("trim", 0.86, which=focused, to=plain(to))
        return
    if c.mention("clip") and c.scene.clips > 1 and not c.mention("film"):
        return
    score = 0.9 if c.mention("film", "pronoun") or _WHOLE.search(c.text) else 0.8
    yield step("fit_duration", score, to=plain(to), how=how)


_ITS_LENGTH = re.compile(
    r"(?: (?:in total|in all|all in all|all told|altogether|total|overall|long))+(?: please| pls)?[ .!]*"
)
_PLACES = ("reorder", "move", "text_position")
A_TEXT = re.compile(r"(?<![a-z])(?:title|heading|headline|subtitle|caption|text|name ?tag|lower third)(?![a-z])")


def _of_what_was_named(c: Clause, lead: str, to: Quantity) -> Iterator[Reading]:
    """ "the lake at the start | 5 seconds in total": of the thing that was named before it, where no more than its place
    was told; else of the film. Of a text that is not there yet nothing can be said."""
    named = [m for m in mentions(lead, c.scene) if m.kind not in ("film", "pronoun", "all")]
    placed = all(isinstance(one, Step) and one.command in _PLACES for one in c.around.before)
    alone = named[0].things if placed and len(named) == 1 and len(named[0].things) == 1 else ()
    if alone and alone[0].role in ("text", "clip", "overlay"):
        command = "text_duration" if alone[0].role == "text" else "trim"
        yield step(command, 0.93, which=alone[0].segment.id, to=plain(to))
    elif c.around.before or not A_TEXT.search(lead):
        yield step("fit_duration", 0.9, to=plain(to))


_AN_END_ZH = re.compile(
    r"(?:片头|开头|开场|(?P<last>片尾|结尾))(?:的?部分|那段)?(?:就|都|要|先)*(?:[剪控压缩][到在制短]{1,2}|最多)$"
)
_STAYS_LONGER = re.compile(r"[停放留挂待][^,。]{0,6}[久长]|多[停放留挂待]|拉长|延长|太短|长一?[点些]")
_STAYS_SHORTER = re.compile(r"[剪缩裁]短|太长|短一?[点些]")


def _sized_in_all(c: Clause, to: Quantity) -> Reading | None:
    """尾图停久一点,总共5秒: of the one thing that shall be longer, or shorter, where that length is."""
    named = [m for m in c.mentions if m.kind != "pronoun" and m.end <= to.start]
    thing = named[0].things[0] if len(named) == 1 and len(named[0].things) == 1 else None
    if thing is None or thing.role not in ("clip", "overlay") or isinstance(to.value, str):
        return None
    way = _STAYS_LONGER if to.value > thing.segment.duration else _STAYS_SHORTER
    if not way.search(c.text, named[0].end, to.start):
        return None
    return replace(step("trim", 0.975, which=named[0].said, to=plain(to)), whole=True)


_SHORTENED = re.compile(r"[剪缩截裁修](?:短|到|成|减)|(?<![a-z])(?:trim|shorten|cut)(?![a-z])")


def _taken_out(c: Clause) -> bool:
    """Is what was last spoken of gone: "remove the intro and cut it to 30 seconds"?"""
    return any(getattr(one, "command", "") in ("remove", "ripple_delete", "add") for one in c.around.before)


def _left_of_one(c: Clause, things: list[str], length: Quantity) -> Plain:
    """ "the whole thing 10 seconds by trimming the interview": the seconds left of the one clip; None where it cannot."""
    one = [m.things[0] for m in c.mentions if m.said in things and len(m.things) == 1 and m.things[0].role == "clip"]
    if len(one) != 1 or not (c.mention("film") or _WHOLE.search(c.text)) or not isinstance(length.value, Fraction):
        return None
    left = length.value - (c.scene.duration - one[0].segment.duration)
    return seconds(left) if 0 < left < one[0].segment.duration else None
