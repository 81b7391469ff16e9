"""What shall be different about the music there is: darker, without drums, in another key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.music_told_words import style_patterns
from reelscore.converse.readers.levels import softer_look
from reelscore.converse.readers.music_asked import by_bpm, interval
from reelscore.converse.readers.music_parts import asks_anew, exchanged, key_of, other_things, own_feeling, section_of
from reelscore.converse.readers.music_ways import sounds_told, ways_told
from reelscore.converse.reading import Reading, step
from reelscore.converse.remarks import states
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain, Said

_FELT = ("darker", "brighter", "livelier", "simpler", "richer")  # of nothing but music
_LESS_SO = re.compile(r"(?:再|要)?(?:弱|淡|少)一?[点些]")  # 科技感弱一点
_BARS_ON = Sieve(
    re.compile(r"(?:from|starting (?:at|from)|after) bar (\d+)(?: on(?:wards?)?)?|从第 ?(\d+) ?小节(?:开始|起|往后)")
)


_OF_A_PART = Sieve(
    re.compile(
        r"(?<![a-z])(?:bit|part|scene|clip|shot|photo|footage)(?: (?:is|was|feels|looks|gets)|'s)(?: (?:so|too|very|really|a bit|kinda|pretty|just))* (?:boring|dull|lifeless|sleepy)(?![a-z])"
    )
)
_OUT_OF_IT = re.compile(
    r"(?<![a-z])(?:out of|from|off|in|of) (?:the |this |that |my |our )?(?:music|song|track|mix|soundtrack|tune|bgm)(?![a-z])"
    r"|(?<![a-z])(?:the |this |that |my |our )?(?:music|song|track|soundtrack|tune|bgm) (?:[a-z]+ ){0,3}?(?:without|no|lose|minus)(?![a-z])"
)


def _out_of_a_song(c: Clause) -> list[str]:
    """ "take the drums out of the song": who shall not play in a song that the person brought."""
    if not c.scene.music or c.quotes or not c.mention("music") or not c.wishes or not _OUT_OF_IT.search(c.text):
        return []
    called = [  # "the piano" of a song whose file is called piano
        c.said(w.start, w.end)
        for w in c.wishes
        for m in c.mentions
        if w.kind == "instrument"
        and m.kind == "name"
        and m.start <= w.start < m.end
        and _OUT_OF_IT.search(c.text, m.end)
    ]
    return called or sounds_told(c)[1]


_SWUNG = Sieve(
    re.compile(
        r"(?<![a-z])(?:swing (?:it|that|this|the [a-z]+)|make (?:it|that|the [a-z]+) swing|(?:more|add) swing|swing(?:ier| feel))(?![a-z])|摇摆(?:一?[点些]|感)"
    )
)
_EXCHANGE = re.compile(
    r"(?<![a-z])(?:swap|exchange|replace|change|switch|trade|turn|not)(?![a-z]).{0,40}?(?<![a-z])(?:for|with|by|to|into|but)(?: an?| some| the)?(?![a-z])"
)


def changed(c: Clause, about: bool) -> Iterator[Reading]:
    styles = [w for w in c.wishes if w.kind == "genre" and w.words not in table("music_words")["never"]["words"]]
    named = patterns.search(r"(?:the|my) (?:music|soundtrack|song|track|bgm)|音乐|配乐", c.text)
    if not c.scene.music and c.mention("music") and named and not styles and ways_told(c) and not _asks_for_some(c):
        yield Reading((), 0.92, missed=lacking(c))
        return
    directed = () if c.scene.composed or styles or c.quotes or exchanged(c) else ways_told(c)
    if (
        directed and c.mention("music") and named and not _asks_for_some(c)
    ):  # a person's own song: the edit says why it cannot be written again
        yield step("change_music", 0.96, direction=directed[0])
        return
    if directed and not c.scene.music and not c.scene.clips and c.mention("pronoun"):
        yield Reading((), 0.96, missed=lacking(c))
        return
    if not c.scene.composed and (gone := _out_of_a_song(c)):
        yield step("change_music", 0.96, without=", ".join(gone))  # which the edit says it cannot
        return
    if not c.scene.composed or c.quotes or asks_anew(c) or by_bpm(c.text) is not None or interval(c.text):
        return
    if c.has("cut_to_beat", "mark_beats") or (c.has("snap") and c.has("cuts")):
        return
    if (like := _SOUNDS_LIKE.fullmatch(c.text)) is not None:
        yield step("change_music", 0.955, prompt=c.said(*like.span("how")).rstrip(" .!"))
        return
    if instead := _exchanged(c):
        yield instead
        return
    if exchanged(c):
        return
    directions = ways_told(c)
    if "soft" in c.text and softer_look(c):
        return  # "make it brighter and a bit softer"
    if directions == ["livelier"] and not c.mention("music") and _OF_A_PART.search(c.text):
        return  # "the first bit is boring": of the picture
    if directions == ["calmer"] and c.has("fade_in"):
        return  # "give the music a softer start"
    added, gone = sounds_told(c)
    if directions == ["calmer"] and c.has("duck") and c.text.isascii() and not (added or gone):
        yield step("duck", 0.94, which="music")  # "softer while she's talking"
        return
    if not (directions or gone) and states(c.text):
        return  # "I love this song"
    bpm, key, section = c.quantity("bpm"), key_of(c), section_of(c)
    told = [
        w for w in c.wishes
        if w.kind in ("genre", "mood") and w.words not in table("music_words")["never"]["words"] and (about or not w.idle) and not own_feeling(w.kind, c.text[: w.start]) and not _LESS_SO.match(c.text, w.end)
    ]  # fmt: skip
    felt = any(
        w.kind == "mood"
        and not w.idle
        and _compared(c, w)
        and not any(_within(w.start, w.end, c.find(d)) for d in directions)
        for w in told
    )
    exchange = _EXCHANGE.search(c.text) if len(told) > 1 else None
    if exchange is not None:  # "swap the lo-fi for an orchestral piece"
        told, felt = [w for w in told if w.start >= exchange.end()] or told, True
    genre, mood = _style(c, told, directions)
    spoken = about or felt or bool(added or gone) or bpm is not None or key is not None
    if c.mention("clip", "title", "subtitle", "text", "image", "voice", "overlay", "logo", "own") and not about:
        return
    if other_things(c) and not about:
        return
    if (c.has("volume") and not (directions and about)) or c.quantity("decibels", "percent"):
        return
    if c.mention("film") and not about and not (bpm or key or gone):
        return
    args: dict[str, Plain] = {}
    if directions:
        args["direction"] = directions[0]
        args["amount"] = (
            0.5
            if c.has("a_bit") and not _only_a_bit_zh(c)
            else 2
            if patterns.search(r"twice as|加倍|double", c.text)
            else 2
            if c.has("much") and not patterns.search(r"too |太|more (?:much|very)", c.text)
            else None
        )
    if bpm is not None:
        args["bpm"] = bpm.number
    if key is not None:
        args["key"] = key
    if about and directions and not (genre or mood) and c.mention("music"):
        genre, mood = _compared_too(c, directions)
    if added:
        args["with_"] = ", ".join(added)
    if gone:
        args["without"] = ", ".join(gone)
    if genre:
        args["genre"] = genre
    if mood and (not directions or _of_its_own(c, told, directions) or not told):
        args["mood"] = mood
    if section is not None and args:
        args["section"] = section
    if not {name for name, value in args.items() if value is not None} - {"amount", "section"}:
        return
    if onward := _BARS_ON.search(c.text):
        args["prompt"] = f"from bar {onward[1] or onward[2]}"
    changing = (
        felt or c.has("change") or directions or gone or patterns.search(r"^(?:just )?(?:with|no|without)", c.text)
    )
    if c.has("new") and (told or not (key or bpm or gone)):
        return
    score = (
        0.95
        if (exchange is not None and told) or _SWUNG.search(c.text)
        else 0.95
        if (added or gone) and not c.mention("clip", "title")
        else 0.945
        if directions
        and directions[0] in _FELT
        and c.mention("music")
        and not (bpm or key)
        and not c.has("quieter", "louder")
        else 0.93
        if spoken and (changing or bpm or key or added)
        else 0.78
        if changing
        else 0.5
    )
    if directions and not spoken and set(args) <= {"direction", "amount"}:
        plain_words = {"darker", "brighter", "faster", "slower"}
        alike = set(directions) <= plain_words and not patterns.search(
            r"happier|upbeat|cheer|sunnier|gloom|mood|欢快|开心|快乐|阳光|阴沉|忧郁", c.text
        )
        score = 0.7 if alike and c.scene.clips else 0.9
    if len(directions) > 1 and (set(directions[:2]) != {"calmer", "slower"} or _BOTH.search(c.text)):
        more = tuple(
            s for d in directions[1:] for s in step("change_music", 1, direction=d, amount=args.get("amount")).asked
        )
        yield Reading((*step("change_music", score, **args).asked, *more), score)
        return
    yield step("change_music", score, **args)


_SOUNDS_LIKE = Sieve(
    re.compile(  # "make the music sound more like summer": of what there is
        r"\W*(?:(?:please|can you|could you|just|and|i want you to|let'?s)[ ,]+)*(?:make|have|let) (?:the |my |this )?(?:music|song|track|tune|soundtrack|bgm) (?P<how>(?:sound|feel) (?:a (?:little )?bit |a little |much |way )?(?:more |less )?like (?!it(?![a-z])|that(?![a-z])|before)[^,;]{3,60}?)(?: please| pls)?[.! ]*"
    )
)
_BOTH = re.compile(r"(?<![a-z])slower,? and (?:[a-z]+ ){0,2}calmer|calmer,? and (?:[a-z]+ ){0,2}slower(?![a-z])")


def _of_its_own(c: Clause, told: list[Wish], directions: list[str]) -> bool:
    """ "more mysterious and slower": a feeling that is compared by itself, beside a direction."""
    return any(
        w.kind == "mood" and _compared(c, w) and not any(_within(w.start, w.end, c.find(d)) for d in directions)
        for w in told
    )


def _compared_too(c: Clause, directions: list[str]) -> tuple[str | None, str | None]:
    """The genre and the mood that are compared beside a direction: "calmer and warmer", "slower and jazzier"."""
    found: dict[str, str] = {}
    for kind in ("genre", "mood"):
        for name, pattern in style_patterns(kind):
            match = pattern.search(c.text)
            if match and not any(_within(match.start(), match.end(), c.find(d)) for d in directions):
                found.setdefault(kind, name)
    return found.get("genre"), found.get("mood")


def _compared(c: Clause, wish: Wish) -> bool:
    """ "sadder", "more hopeful": how the music there is shall be, other than now."""
    end = re.match(r"[a-z]*", c.text[wish.end :])
    word = c.text[wish.start : wish.end] + (end[0] if end else "")
    lead = patterns.search(r"(?<![a-z])(?:more|less|way|bit|not) $", c.text[: wish.start])
    return lead is not None or word.endswith(("er", "ier"))


def _asks_for_some(c: Clause) -> bool:
    """Is music asked for, rather than spoken of: "add some calm music"?"""
    return (
        patterns.search(
            r"(?<![a-z])(?:add|write|compose|generate|create|give me|some|a)(?![a-z]).{0,30}(?:music|soundtrack|song|track|bgm)"
            r"|(?:配|加|来|写|生成|创作|做|弄|整|搞|放|想要|需要|给我|换)(?:上|入|个|点|些|一?[段首点些个支曲])*.{0,12}(?:音乐|配乐|歌|曲|bgm|旋律)",
            c.text,
        )
        is not None
    )


def _exchanged(c: Clause) -> Reading | None:
    """ "swap the piano for a guitar": one sound in another's place."""
    sounds = [w for w in c.wishes if w.kind in ("instrument", "role")]
    between = c.text[: sounds[1].start] if len(sounds) == 2 else ""
    joints = re.finditer(r"(?<![a-z])(?:for|with|by|instead of|into|to)(?![a-z])|换成|替换成|改成|换为|代替", between)
    joint = next((m for m in joints if m.start() >= sounds[0].end), None)
    if (
        len(sounds) != 2
        or joint is None
        or not patterns.search(r"swap|replace|exchange|switch|change|instead|换|替|代", c.text)
    ):
        return None
    old, new = (c.said(w.start, w.end) for w in sounds)
    if joint[0] in ("instead of", "代替"):
        old, new = new, old
    return step("change_music", 0.94, without=old, with_=new)


def _only_a_bit_zh(c: Clause) -> bool:
    """一点 is part of the plain comparison (暗一点 is "darker"); only 稍微 and its like make it less."""
    han = patterns.search(r"[一-鿿]", c.text)
    return (
        bool(han)
        and not patterns.search(r"稍|略|一丢丢|a bit|a little|slightly|一点点", c.text)
        and not patterns.match(r"^\s*(?:再)?(?:快|慢)一点", c.text)
    )


def _style(c: Clause, named: list[Wish], directions: list[str]) -> tuple[str | None, str | None]:
    genre = mood = None
    for wish in named:
        taken = any(_within(wish.start, wish.end, c.find(d)) for d in directions)
        more = patterns.search(r"(?:more|less|very|really|sound|feel)(?: \w+)? $|更有?$", c.text[: wish.start])
        if more and mood is None and any(wish.words in entry.words for entry in c.known.vocabulary.moods.values()):
            mood = wish.words
        elif wish.kind == "genre" and genre is None and not taken:
            genre = wish.words
        elif wish.kind == "mood" and mood is None and not taken:
            mood = wish.words
    sadder = patterns.search(
        r"sadder|more sad|(?:悲伤|伤感|忧伤|难过|伤心)一?[点些]|更(?:悲伤|伤感|忧伤|难过|伤心)", c.text
    )
    return genre, "sad" if sadder else mood


def _within(start: int, end: int, match: re.Match[str] | None) -> bool:
    return bool(match and match.start() <= start and end <= match.end() + 1)


def lacking(c: Clause) -> Said | None:
    """Why a change of music cannot be made: there is none."""
    if c.scene.music:
        return None
    return Said(
        "There is no music yet. Say what it should be like and it will be written.",
        "还没有音乐。说说想要什么样的，就可以写。",
    )
