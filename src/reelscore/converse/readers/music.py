"""What is wanted of the music: new music, another take, a change of character, another length, a new fit.

A wish for music stays in the person's own words (`prompt`); the brief stage reads them. Only what the timeline needs
(length, start) and what is plain (tempo, key) is lifted out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import music_told, patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.music_assembled import NO_LENGTHS
from reelscore.converse.readers import music_asked
from reelscore.converse.readers.music_changes import changed
from reelscore.converse.readers.music_parts import (
    about_music,
    bars_of,
    decade,
    kept_part,
    of_a_section,
    other_things,
    section_of,
)
from reelscore.converse.readers.music_wishes import wished
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns composed music."""
    about = about_music(c)
    if c.scene.composed and patterns.search(_OTHER_TUNE, c.text) and not (kept_part(c) or section_of(c)):
        yield step("regenerate_music", 0.96, keep="harmony")
    if c.scene.composed and "of" in c.text and _VERSIONS.search(c.text):
        yield step("vary_music", 0.97)  # one at a time
    if c.scene.composed and not c.scene.clips and _OTHER_TAKE.fullmatch(c.text.strip()):
        yield step("regenerate_music", 0.97)
    yield from _refit(c)
    yield from _again(c, about)
    yield from _length(c, about)
    yield from music_asked.read(c)
    if not c.colours or about or c.has("music_noun"):
        yield from changed(c, about)  # "make it red and bold" is of no music
    yield from music_told.read(c)
    if not (c.scene.music and _NONE_WANTED.search(c.text)):
        yield from wished(c)


_NONE_WANTED = Sieve(
    re.compile(
        r"(?<![a-z])(?:don'?t|do not|doesn'?t|didn'?t) (?:really |actually )?(?:want|need|like) (?:any|the|this|that) (?:background )?(?:music|bgm|soundtrack|song)(?: (?:at all|anymore|any more|please|in (?:it|this)|here|there|after all))*[ .!]*$"
        r"|^(?:那|就|还是|但|,|，)*不(?:要|用|需要|想要)(?:背景)?(?:音乐|配乐|bgm)了?(?:吧|。)*(?:$|[,，](?![^。]*[换来改]))"
    )
)


_VERSIONS = re.compile(
    r"(?<![a-z])(?:two|three|four|a few|several|some|a couple of|\d) (?:more |different |other |new |alternative )*(?:versions?|variations?|takes?) of (?:the|this|my|that) (?:music|song|track|tune)(?![a-z])"
)
_OTHER_TAKE = Sieve(
    re.compile(
        r"(?:给我|帮我|请|麻烦)*(?:再|重新?)来一[首遍](?:吧|试试|。)*|(?:再|给我|帮我|请|,)*(?:换|来|给)(?:一|另外?一)?个(?:别的|不同的?|新)?版本?(?:吧|试试|看看|听听|。)*"
    )
)
_OTHER_TUNE = (
    r"(?<![a-z])(?:(?:change|replace|redo|rewrite|rework) (?:the |that |this )?(?:melody|tune)|(?:(?:do not|don'?t) (?:really |quite )?(?:like|love)|hate|not a fan of) (?:the |that |this )?melody)(?![a-z])"
    r"|(?:换|改|不喜欢|重写|讨厌)(?:一?[个下段]|这个|那个|掉)?旋律"
)


def _refit(c: Clause) -> Iterator[Reading]:
    if not c.has("refit") or (c.has("snap") and patterns.search(r"cuts? (?:to|with|up)|剪辑点", c.text)):
        return
    if patterns.search(r"that (?:fits|matches)|which (?:fits|matches)|适合|beat", c.text) and not c.scene.composed:
        return
    if not c.scene.composed and not c.scene.music and c.has("generate"):
        return
    yield step("refit_music", 0.95 if c.scene.music else 0.6)


_LIKED = Sieve(
    re.compile(
        r"(?<![a-z])(?:i|we) (?:really |do |quite )*(?:like|love) (?:the |this |that )?(?P<part>melody|tune|chords|harmony|groove|beat)(?![a-z])|(?<![a-z])the (?P<stays>melody|tune|chords|harmony|groove|beat) (?:can |should |must |has to )?(?:stays?|remains?)(?![a-z]| out| silent)"
    )
)


def _liked(c: Clause) -> str | None:
    """ "I like the melody, just give me other chords": the part that is to stay."""
    found = _LIKED.search(c.plain.text)
    part = (found["part"] or found["stays"]) if found else None
    return {"tune": "melody", "chords": "harmony", "beat": "groove"}.get(part, part) if part else None


def _again(c: Clause, about: bool) -> Iterator[Reading]:
    text = c.text
    keep = kept_part(c) or _liked(c)
    again = c.has("regenerate") or bool(
        keep and patterns.search(r"new (?:melody|tune|chords|harmony|beat|drums|groove)|新的?(?:旋律|和弦|节奏)", text)
    )
    varied = c.has("vary") and not (again and patterns.search(r"regenerate|重新生成|重写", text))
    if varied and not c.mention("clip", "title", "text", "image"):
        yield step("vary_music", 0.93, keep=keep)
    if not again or other_things(c) or (c.has("new") and not c.scene.music):
        return
    bars = bars_of(c, c.quantity("bars", "count_bars"))
    section = section_of(c)
    if c.mention("clip", "title", "text", "subtitle", "image", "film") and not about and not bars:
        return
    if (
        patterns.search(r"(?<![a-z])again(?![a-z])", text)
        and not patterns.search(r"generat|writ|compos|(?<![a-z])(?:take|version|try|redo|new|different)(?![a-z])", text)
        and c.has(
            "louder",
            "quieter",
            "mute",
            "unmute",
            "fade_in",
            "fade_out",
            "duck",
            "loop",
            "volume",
            "move",
            "remove",
            "longer",
            "shorter",
        )
    ):
        return  # "turn the music up again" is about the volume
    spoken = about or bool(bars) or section is not None or keep is not None
    if c.scene.clips and not c.has("music_noun") and section is None and patterns.search(r"换一?个(?:开头|结尾)", text):
        return  # of the film, as likely
    named = (
        r"seed|种子|regenerate|rewrite|re-write|recompose|take|重写|重新生成|重新作曲|再来一版|换一版|reroll|version"
    )
    spoken = spoken or patterns.search(named, text) is not None
    if patterns.search(r"(?<![a-z])again", text) and not spoken and not patterns.search(r"try|do it|once more", text):
        return
    if patterns.fullmatch(r"\s*(?:please )?(?:re-?do|重做)\s*(?:it|that)?\s*[.!]?", text):
        return
    score = 0.94 if spoken else 0.7
    if section is not None and not (again or about):
        return
    prompt = _regenerate_words(c)
    yield step(
        "regenerate_music",
        score,
        bars=bars or None,
        section=None if bars else section,
        keep=keep,
        prompt=prompt,
    )


def _regenerate_words(c: Clause) -> str | None:
    """What the new take should be like: what follows "but", "with", 要."""
    found = patterns.search(
        r"(?:,|but|and|this time|with)\s+((?:make it |more |less |with )?[^,]*(?:more|less|darker|calmer|faster|happier|sadder|epic|piano|guitar|drums|strings)[^,]*)$",
        c.text,
    )
    if not found or c.has("keep_harmony", "keep_groove", "keep_melody"):
        return None
    return c.said(found.start(1), found.end(1)) or None


def _file_to_the_end(c: Clause, one: str | None) -> Reading:
    """Music from a file cannot be written longer: it is cut where the film ends, or goes round until then."""
    music = c.scene.of("music")
    if one is not None:
        return step("loop", 0.94, which=one, until="end")
    if len(music) != 1 or not c.scene.clips:
        return step("music_length", 0.8)
    end = max(t.span.end for t in c.scene.of("clip")) - music[0].span.start
    if music[0].segment.duration > end:
        return step("trim", 0.9, which="music", to=seconds(end))
    return step("loop", 0.9, which="music")


_ENDS_WELL = Sieve(
    re.compile(  # "make it end properly", "give it a proper ending"
        r"(?<![a-z])(?:give|need|want|make|write|add|should|have|has|put|needs|wants|with)(?![a-z]).{0,20}(?:proper|real|clean|natural|satisfying|definite) (?:end|ending|finish)(?![a-z])"
        r"|(?<![a-z])ends? (?:it |the (?:music|song|track) )?(?:properly|cleanly|naturally)(?![a-z])|好好地?(?:结束|收尾)|(?:完整|自然)的?(?:结尾|收尾)|(?:自然|完整)地?(?:结束|收尾)"
    )
)
_MORE_OF_IT = Sieve(
    re.compile(
        r"(?:再|整首|整体|音乐|可以|能不能|要)*(?:(?P<less>短|缩短)|长|延长|加长)(?:个|上|一?点)?[\d一二两三四五六七八九十半.]+(?:秒钟?|分钟?)(?:吧)?"
    )
)


def _length(c: Clause, about: bool) -> Iterator[Reading]:
    said = c.has("length") or patterns.search(
        r"too long|太长|(?:make it|should be|must be|做成|改成|要|变成|拉到|压到|缩到|收到|延到|拖到).{0,12}(?:long|minutes?|seconds?|分|秒)",
        c.text,
    )
    if of_a_section(c):
        yield Reading((), 0.97, missed=NO_LENGTHS)
        return
    long = bool(said) or (c.has("real_ending") and bool(c.every("seconds")))
    long = long or (bool(c.around.before) and _FILLED_UP.search(c.text) is not None)
    if not c.scene.clips and c.scene.composed and (so_much := _MORE_OF_IT.fullmatch(c.text.strip(" .。!"))):
        q = next(iter(c.every("seconds")), None)
        if q is not None:
            yield step("music_length", 0.95, by=-q.number if so_much["less"] else q.number)
            return
    ends_at = [q for q in c.every("seconds", "timecode") if q.cue not in ("last", "first", "over")]
    at = [q for q in ends_at if q.cue == "at"]
    if c.scene.composed and c.scene.clips and len(ends_at) == len(at) == 1 and about and _ENDS_WELL.search(c.text):
        left = at[0].value - c.scene.of("music")[0].span.start if not isinstance(at[0].value, str) else 0
        if left > 0:
            yield step("music_length", 0.965, to=seconds(left))
            return
    if c.scene.composed and not c.scene.clips and len(ends_at) == 1 and _ENDS_WELL.search(c.text):
        yield step("music_length", 0.965, to=plain(ends_at[0]))
        return
    if (
        c.scene.composed
        and _ENDS_WELL.search(c.text)
        and not any(q.kind == "seconds" for q in c.findings.quantities)
        and not c.mention("clip", "film")
    ):
        sound = c.scene.of("music")[0].segment.sound
        cut = c.scene.clips and sound is not None and sound.fade_out  # it was cut with the film, and fades since
        yield step("refit_music", 0.96) if cut else step("regenerate_music", 0.96, section="ending")
        return
    if (
        not long
        or not about
        or not c.scene.music
        or (c.has("add", "split", "fade_out", "fade_in") and not c.mention("music"))
    ):
        return
    text = c.text
    lengths = [q for q in c.every("seconds") if q.cue not in ("first", "last", "over") and not decade(text, q)]
    ending = c.has("real_ending")
    if patterns.search(r"loop|循环|fade|淡|trim|duck", text) or c.quantity("percent", "decibels"):
        return
    if not lengths and patterns.search(r"前奏|间奏|主歌|副歌|尾奏|桥段", text):
        return  # of a part, and not of the whole piece
    if not lengths:
        if c.has("whole_film"):
            one = next((m.said for m in c.mentions if m.nth is not None and len(m.things) == 1), None)
            yield step("music_length", 0.94, which=one) if c.scene.composed else _file_to_the_end(c, one)
        elif (
            c.scene.composed
            and c.around.before
            and _WITH_IT.search(text)
            and (c.has("longer", "shorter", "trim") or _FILLED_UP.search(text))
        ):
            yield step("music_length", 0.94)  # 片尾延长到5秒,音乐也跟着延长
        elif c.has("longer") and c.scene.composed and patterns.search(r"longer|extend|lengthen|延长|长", text):
            yield step("music_length", 0.8, by=10)
        elif c.has("shorter") and c.scene.composed and patterns.search(r"shorter|shorten|短", text):
            yield step("music_length", 0.8, by=-10)
        return
    q = lengths[0]
    if (
        q.cue != "to"
        and not patterns.search(r"[改弄搞要](?:个|成)?$", text[: q.start])
        and (
            (patterns.search(r"too long|太长", text) and not c.has("length"))
            or patterns.search(r"too long$|太长了?,? ?(?:短|剪|缩)", text.strip(" .!"))
        )
    ):
        yield step("music_length", 0.95, by=-q.number)
        return
    sooner = patterns.search(r"(?:提前|早)$", text[: q.start].rstrip()) and patterns.match(
        r"钟?(?:就)?(?:结束|停|收)", text[q.end :]
    )
    shorter = (c.has("shorter") and not c.has("longer")) or sooner is not None
    if (
        q.cue in ("by", "more", "off")
        or patterns.search(r"(?:延长|加长|缩短|长|短)了?$", text[: q.start].rstrip())
        or patterns.search(r"^\s*(?:longer|shorter)", text[q.end :])
    ):
        if shorter and not ending:
            score = 0.86  # time off the end is a trim, unless an ending is wanted
            yield step("trim", 0.92, which="music", from_end=plain(q))
            yield step("music_length", score, by=-q.number)
        else:
            yield step("music_length", 0.95, by=-q.number if shorter else q.number)
    elif q.cue in ("at",) and not patterns.search(r"end|stop|finish|结束|停", text):
        return
    elif c.scene.composed:
        yield step("music_length", 0.975 if ending else 0.95, to=plain(q))
    else:
        yield step("music_length", 0.86, to=plain(q))


_FILLED_UP = re.compile(r"补(?:够|齐|足|满|上|长)")
_WITH_IT = re.compile(r"跟着|也?一起|同步|相应|随着?|(?<![a-z])(?:with it|along|too|as well|accordingly)(?![a-z])")
