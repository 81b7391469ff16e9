"""Taking time out of the film: the beginning, the end, a half, a stretch. What is kept: `keeping`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.both_ends import off_each_end
from reelscore.converse.readers.cut_beside import beside_a_marker, beside_a_moment, beside_a_thing, beside_the_cut
from reelscore.converse.readers.keeping import begins_there, keeps
from reelscore.converse.readers.laid import laid_elsewhere
from reelscore.converse.readers.moments import between_moments
from reelscore.converse.readers.ranges import cut_stretches
from reelscore.converse.readers.shares import share
from reelscore.converse.readers.splitting import split
from reelscore.converse.readers.stopped import stopped
from reelscore.converse.readers.trimming import FILM_THINGS, as_long_as, each_of, trimmed
from reelscore.converse.reading import PICTURE_KINDS, Reading, resulting, step, steps, target, targets
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said


def read(c: Clause) -> Iterator[Reading]:
    """Cuts, keeps, trims and splits."""
    away = c.text.isascii() or c.has("remove", "cut") or patterns.search(r"波纹|涟漪", c.text)  # 往前挪 alone moves
    named = targets(c, PICTURE_KINDS) if c.has("ripple") and away else []
    named = [said for said in named if said != "all"] or named
    if named:
        joined = patterns.search(
            r"ripple|波纹|涟漪|gap|补|合拢|all tracks|forward|together|接上|往前|向前|up$|over", c.text
        )
        yield from [steps("ripple_delete", 0.95, named)] if joined else []
    yield from share(c)
    if _about_looks(c):
        return
    yield from _halves(c)
    yield from as_long_as(c)
    yield from stopped(c)
    yield from keeps(c)
    yield from begins_there(c)
    yield from _cuts(c)
    yield from trimmed(c)
    yield from split(c)


_SECTION = Sieve(re.compile(r"前奏|主歌|副歌|间奏|尾奏"))  # of the music: no half of the film


def _halves(c: Clause) -> Iterator[Reading]:
    """ "the second half of the drone clip", "to half its length"."""
    if not any(word in c.text for word in ("half", "半", "倍")) or (c.scene.composed and _SECTION.search(c.text)):
        return
    clip = next((m for m in c.mentions if len(m.things) == 1 and not m.every), None)
    whole = clip.things[0].segment.duration if clip else c.scene.duration
    if resulting(c):
        return
    half = seconds(whole / 2)
    if not whole or (clip is None and c.mentions and not c.mention("film", "pronoun")):
        return
    if (
        (found := patterns.search(r"(first|second|last) half|(前|后)(?:面)?(?:一)?半", c.text))
        and c.has("keep")
        and clip is None
    ):
        front = found[0] in ("first half", "前半", "前一半", "前面一半")
        yield step("keep_range", 0.94, start=0 if front else half, end=half if front else "end")
        return
    if (
        clip is not None
        and clip.things[0].role == "clip"
        and (kept := _HALF_KEPT.match(c.text))
        and not c.has("remove")
    ):
        front = kept["front"] is not None  # "use only the second half of the hiking clip"
        yield (
            step("trim", 0.955, which=clip.said, to=half)
            if front
            else step("trim", 0.955, which=clip.said, from_start=half)
        )
        return
    if found := patterns.search(
        r"(first|second|last|1st|2nd|latter|front|back|opening|closing) half|(前|后)(?:面)?(?:一)?半", c.text
    ):
        if c.has("cut", "remove") and not c.has("keep"):
            command = (
                "cut_first"
                if found[0] in ("first half", "1st half", "front half", "opening half", "前半", "前一半", "前面一半")
                else "cut_last"
            )
            yield step(command, 0.95, which=clip.said if clip else None, seconds=half)
    elif patterns.search(
        r"(?:to|by) half (?:of )?(?:its|the) (?:length|duration)|(?:剪|缩短|压缩|缩|砍|截)(?:到|掉|成|为)?(?:原来的?)?一半|(?:时长|长度|时间|片长)[^,。]{0,4}(?:减半|一半|砍半)",
        c.text,
    ):
        shown = c.around.focus_kind in _SHOWN or any(t.role in _SHOWN for m in c.mentions for t in m.things)
        if (shown and _SIZED.search(c.text)) or _IN_A_CORNER.search(c.text):
            return  # logo有点大,缩一半: how large it is
        if c.has("by_speed"):
            yield step("fit_duration", 0.97, to=half, which=clip.said if clip else None, how="speed")
            return
        yield step("trim", 0.97, which=clip.said, to=half) if clip else step("fit_duration", 0.97, to=half)
    elif patterns.search(r"(?:时长|长度|时间|片长)[^,。]{0,4}(?:翻一?[倍番]|加倍|变?两倍|延长一倍)", c.text):
        double = seconds(whole * 2)
        yield step("fit_duration", 0.97, to=double, which=clip.said if clip else None)


_HALF_KEPT = re.compile(
    r"\s*(?:(?:please|pls|and|then|now|so|ok|can you|could you|let'?s|i|we|want to|want|need) )*(?:only|just|keep|use|leave|show)(?![a-z])(?: only| just| use| show| keep| want| need)* (?:the |its )?(?:(?P<front>first|1st|front|opening)|second|last|2nd|latter|back) half(?![a-z])"
)
_SHOWN = ("overlay", "logo", "text")
_IN_A_CORNER = re.compile(r"[左右][上下]角?|角落")
_SIZED = re.compile(r"大|小|尺寸|缩(?!短|减)(?!.*(?:时长|长度|时间))")


def _about_looks(c: Clause) -> bool:
    """Fades, freezes, captions and their like have lengths too."""
    if c.has("fade_in", "fade_out", "crossfade", "mark_beats") or c.quotes:
        return True
    return c.quantity("percent") is not None and c.quantity("seconds") is None


def _cut_said(c: Clause) -> bool:
    """Is a word for cutting there that names no thing: not the one of "first clip from 2 to 5"?"""
    pattern = c.around.concepts.pattern("cut") if c.has("cut") else None
    spans = (found.span() for found in pattern.regex.finditer(c.text)) if pattern else ()
    return any(not any(m.start <= start and end <= m.end for m in c.mentions) for start, end in spans)


def _cuts(c: Clause) -> Iterator[Reading]:
    music = True if c.has("music_too") else None
    cutting = (_cut_said(c) or c.has("remove")) and not _HIDES.match(c.text)
    if cutting and (beside := beside_a_thing(c) or beside_a_moment(c) or beside_a_marker(c)):
        yield beside
        return
    if cutting and (beside := beside_the_cut(c)):
        yield beside
        return
    if cutting and c.anchor and not c.every("seconds") and (side := _BESIDE_MARKER.search(c.text)):
        marked = c.anchor[0]
        yield (
            step("cut_range", 0.97, start=marked, end="end")
            if side["after"]
            else step("cut_first", 0.97, seconds=marked)
        )
        return
    span = between_moments(c) or (_told_twice(c) if cutting else None)
    if span and _CUT_DOWN.search(c.text) and not c.has("keep", "remove"):
        yield step("keep_range", 0.975, start=span[0], end=span[1], cut_music=music)
        return
    if cutting and (many := cut_stretches(c)):
        yield many
        return
    if span and cutting and not c.has("keep"):
        which = target(c, ("clip", "image", "voice", "overlay", "logo"), pronouns=False)
        unused = any(m.said == which and m.kind == "name" and not m.things for m in c.mentions)
        which = None if which == "all" or unused else which  # 3分20到3分50的广告: what is seen there, and no file
        made = step("cut_range", 0.92, start=span[0], end=span[1], which=which, cut_music=music)
        yield replace(made, whole=True) if unused else made
        return
    if held := laid_elsewhere(c):
        yield held
        return
    if stop := patterns.search(
        r"^(?:please )?(?:end|finish|stop) (?:the )?(?:video|film|movie|it)(?= at)|(?:影片|视频|片子)?(?:放|播|剪)?(?:到|在)第?(?=\d+(?:\.\d+)?秒(?:处)?(?:就)?(?:结束|为止|切黑|黑屏|收尾|打住))",
        c.text,
    ):
        at = next((q for q in c.every("seconds", "timecode") if q.start >= stop.start()), None)
        if at is not None:
            yield step("cut_range", 0.93, start=plain(at), end="end")
            return
    if patterns.search(
        r"^(?:please )?(?:start|begin|have) (?:the )?(?:whole )?(?:video|film|movie|it)(?: start| begin)? (?:right )?(?:at|from) (?!the )",
        c.text,
    ) and (at := next((q for q in c.every("seconds", "timecode") if q.cue in ("at", "from", "")), None)):
        of_it = _STARTS_IT.match(c.text) is not None and c.around.focus_kind in ("music", "voice", "sound", "text")
        if not of_it:  # "make the music quieter, start it at 5 seconds"
            yield step("cut_first", 0.93, seconds=plain(at))
            return
    first, last = c.quantity("seconds", "frames", cue=("first",)), c.quantity("seconds", "frames", cue=("last",))
    if first is None and patterns.search(r"(?<!在)第一秒(?!到|至|处)", c.text) and not c.range:
        first = c.quantity("seconds")
    thing = target(c, FILM_THINGS)
    if not c.mentions and c.around.focus_kind in ("voice", "music", "sound", "audio", "text"):
        thing = None  # "make the voice louder and cut the last 3 seconds": of the film
    if music and thing == "music":
        thing = None
    edge = first or last
    if edge is not None and patterns.just_before(_KEPT_ZH, c.text, edge.start):
        return  # 就留前8秒
    if first is not None and cutting and (texts := _without_texts(c, first)) is not None:
        yield texts
        return
    if edge is not None and cutting and len(each := each_of(c)) > 1:
        yield steps("cut_first" if first else "cut_last", 0.935, each, seconds=plain(edge))
    if first is not None and cutting:
        yield step("cut_first", 0.93, seconds=plain(first), which=thing, cut_music=music)
    if last is not None and cutting:
        if patterns.search(r"earlier|提前", c.text):
            thing = None
        yield step("cut_last", 0.92, seconds=plain(last), which=thing)
    if first or last:
        return
    amounts = [q for q in c.quantities if q.kind in ("seconds", "frames") and q.cue not in ("to", "until")]
    if not amounts or not cutting:
        return
    ends = off_each_end(c, amounts)
    if thing and ends:
        yield step("trim", 0.93, which=thing, **ends)
    elif ends.get("from_start") and ends.get("from_end") is None:
        yield step("cut_first", 0.9, seconds=ends["from_start"], cut_music=music)
    elif ends.get("from_end") and ends.get("from_start") is None:
        yield step("cut_last", 0.9, seconds=ends["from_end"])
    elif ends:
        first_cut = step("cut_first", 0.9, seconds=ends["from_start"], cut_music=music)
        yield Reading((*first_cut.asked, *step("cut_last", 0.9, seconds=ends["from_end"]).asked), 0.9)
    elif patterns.search(r"end it|结束", c.text) and c.has("earlier"):
        yield step("cut_last", 0.9, seconds=plain(amounts[0]))


_NO_TEXT_ZH = re.compile(r"(?:不要|别放|不放|别有|不加|别加)(?:任何)?(?:的)?$")


def _without_texts(c: Clause, first: Quantity) -> Reading | None:
    """前三秒不要字幕: the texts that are over by then go, those that go on begin then."""
    texts = [m for m in c.mentions if m.kind in ("title", "subtitle", "text", "lower_third") and m.start >= first.end]
    if len(texts) != 1 or isinstance(first.value, str) or not patterns.just_before(_NO_TEXT_ZH, c.text, texts[0].start):
        return None
    until = first.value
    there = [t for t in texts[0].things if t.span.start < until]
    made = [
        asked
        for t in there
        for asked in (
            step("remove_text", 1, which=t.segment.id)
            if t.span.end <= until
            else step("move", 1, which=t.segment.id, to=seconds(until))
        ).asked
    ]
    none = Said("There is no such text then.", "那段时间里没有这样的文字。")
    return Reading(tuple(made), 0.975, missed=None if made else none, whole=True)


_KEPT_ZH = re.compile(r"(?:留|保留|只要|就要|只用)(?:着|住|下来?)?(?:最?(?:前|后|开头|末尾)面?的?)?$")
_HIDES = Sieve(
    re.compile(r"\s*(?:please |can you |then |and |just )*(?:hide|don'?t show)(?![a-z])")
)  # which cuts nothing
_CUT_DOWN = re.compile(  # "cut the interview to match the voiceover, 2s to 10s": that stretch stays
    r"(?<![a-z])(?:cut|trim|shorten|clip|chop)(?: [a-z]+){1,4} (?:down )?to (?:match|fit|just|only)(?![a-z])"
)


def _told_twice(c: Clause) -> tuple[Plain, Plain] | None:
    """ "remove 2 seconds from the middle, 4 to 6": how much, and then from where to where."""
    held = c.quantities
    if len(held) != 3 or held[0].kind != "seconds" or any(isinstance(q.value, str) for q in held):
        return None
    _, start, end = held
    if start.kind not in ("seconds", "number") or end.cue not in ("to", "until"):
        return None
    return (plain(start), plain(end)) if float(end.number) - float(start.number) == float(held[0].number) else None


_BESIDE_MARKER = re.compile(r"标记(?:点)?的?(?:(?P<after>之后|以后|后面?)|之前|以前|前面?)")


_STARTS_IT = re.compile(r"(?:please )?(?:start|begin|have) it(?![a-z])")
