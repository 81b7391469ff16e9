"""Music under one clip alone: "add music to the second clip only", "music just under the lake", 只给第二段配乐.

New music is written for the clip's stretch; where music is only said to be there and some is, it is cut to that stretch.
New music under the voice ("put some music under the voiceover") is heard all along: it is what the voice stands upon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

_MUSIC = r"(?:music|song|track|tune|soundtrack|bgm|score)"
_LEFT = re.compile(
    r"(?:(?:ok|now|and|also|please|just|only|no(?=,)|actually|but|then|can you|could you|can i (?:have|get)|let'?s)[, ]+)*"
    r"(?P<verb>(?:add|put|lay|throw|drop|stick|want|give me|i want|i'?d like|i need|we need|need|make|compose|write|create|use|play|keep|have|have the|there should be)(?: (?:only|just))? )?(?P<new>(?:some|a|an|different|other|another|new|the) )*"
    rf"(?P<like>(?:(?!(?:no|not|without|mute|remove|cut|lower) )[a-z-]+ ){{0,4}}?)(?:{_MUSIC}|(?P<player>[a-z-]+))(?: to play| playing| plays|(?: (?:should|must|shall|may|can))?(?: only| just)? (?:play|be heard|be on|be|run|sound|is heard))?(?P<only>,?(?: but)? (?:only|just))? (?P<where>from|starting (?:at|with|from)|after|under(?:neath)?|beneath|behind|during|over|on|to|for|in|with) (?:the |my |that )?(?:part (?:with|of) (?:the )?)?"
)
_WRITTEN = re.compile(r"add|make|compose|write|create|give")  # and not "put the music under the drone", which is there
_RIGHT = re.compile(
    r"(?: (?:clip|shot|part|section|scene|bit))?(?P<on> (?:on(?:wards?)?|to the end))?(?P<only>(?:,? (?:only|alone|and nowhere else|nowhere else))*)(?: please| pls)*[.! ]*"
)
_LEFT_ZH = re.compile(r"(?:再|那|请|帮我|,)*(?P<only>只|仅|就|单独)?(?:给|在|为)?")
_RIGHT_ZH = re.compile(
    r"(?:那段|这段|的时候|里面?|上|那里|部分)?(?P<only>单独|才|单独地|只)?(?:加|配|放|来|弄)(?:上|个|一?段|点|首|一?下)*(?P<like>[^,。]{0,8}?)(?:的)?(?:背景音乐|音乐|配乐|曲子|bgm|乐)(?:就行|就好|吧|。)*"
)
_SPOKEN = Sieve(
    re.compile(
        r"(?<=[a-z] )(?:voice(?:[ -]?over)?|narration|narrator|speech|talking|speaking|commentary|dialogue)(?=[ .!]|$)"
    )
)
_PLAYED = ("instrument", "genre", "role")
_THERE = "there"
_ONWARD = ("from", "starting at", "starting with", "starting from")
_SURE = ("under", "underneath", "beneath", "behind", "during", *_ONWARD)


def read(c: Clause) -> Iterator[Reading]:
    """New music for the stretch of a clip, or the music there cut to it."""
    if c.quotes or c.quantities or len(c.text) > 90:
        return
    clips = [
        m for m in c.mentions if m.things and all(t.role == "clip" for t in m.things) and m.kind not in ("film", "all")
    ]
    if (bed := under_the_voice(c)) is not None:
        yield bed
        return
    if len(clips) != 1 or clips[0].every or (told := _told(c, clips[0].start, clips[0].end)) is None:
        return
    like, fresh, where = told
    if where == _THERE:
        span = clips[0].things[0].span
        yield step("change_music", 0.97, prompt=like, start=seconds(span.start), end=seconds(span.end))
        return
    onward = where in ("after", *_ONWARD)
    start = min(t.span.start for t in clips[0].things)
    end = max(t.span.end for t in clips[0].things)
    if len(clips[0].things) > 1:
        return
    if onward:
        start, end = end if where == "after" else start, c.scene.duration
        if not 0 < start < end:
            return
        if c.scene.music and not fresh and not like:
            yield step("cut_range", 0.985, start=0, end=seconds(start), which="music")
        else:
            yield step("generate_music", 0.985, prompt=like or None, at=seconds(start))
        return
    length = end - start
    if c.scene.music and not fresh and not like:
        made = (
            Step("trim", (("which", "music"), ("to", seconds(length)))),
            Step("move", (("which", "music"), ("to", seconds(start)))),
        )
        yield Reading(made, 0.985)
    else:
        yield step("generate_music", 0.985, prompt=like or None, at=seconds(start), duration=seconds(length))


def under_the_voice(c: Clause) -> Reading | None:
    """New music for whoever speaks; None where none is asked for, or what is there shall only be lower."""
    spoken = _SPOKEN.search(c.text)
    told = _told(c, *spoken.span()) if spoken else None
    return step("generate_music", 0.985, prompt=told[0] or None) if told and told[1] else None


def _told(c: Clause, start: int, end: int) -> tuple[str, bool, str] | None:
    """What the music shall be like, whether it is to be new, and where; None where it is not music under what stands
    between these two places alone."""
    left, right = c.text[:start], c.text[end:]
    if (a := _LEFT.fullmatch(left)) and (b := _RIGHT.fullmatch(right)):
        if a["player"] and not (a["verb"] and any(w.end == a.end("player") and w.kind in _PLAYED for w in c.wishes)):
            return None
        only = bool(a["only"] or b["only"].strip() or re.search(r"(?<![a-z])(?:only|just)(?![a-z])", left))
        there = a["new"] and a["new"].strip() == "the" and not a["like"].strip()
        fresh = bool(a["verb"] and not (there and not _WRITTEN.match(a["verb"]))) or bool(a["new"] and not there)
        if a["where"] == "from" and not (b["on"] or only):
            return None
        onward = a["where"] in _ONWARD
        if only or (a["where"] in _SURE and (fresh or a["verb"])) or (onward and a["like"]):
            return c.said(a.start("like"), a.end("player") if a["player"] else a.end("like")).strip(), fresh, a["where"]
    if c.text.isascii():
        return None
    a, b = _LEFT_ZH.fullmatch(left.strip()), _RIGHT_ZH.fullmatch(right.strip())
    if a and b and c.scene.composed and b["like"].strip() and not (a["only"] or b["only"]):
        return b["like"].strip(), False, _THERE  # 海滩那段配点轻松的音乐: of the music that is there
    return (b["like"].strip(), True, "") if a and b and left.strip() and (a["only"] or b["only"]) else None
