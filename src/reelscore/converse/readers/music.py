"""What is wanted of the music: new music, another take, a change of character, another length, a new fit.

A wish for music stays in the person's own words (`prompt`); the brief stage reads them. Only what the timeline needs
(length, start) and what is plain (tempo, key) is lifted out.
"""

# ruff: noqa: E501  a pattern is a row of words and stays on its line

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, step
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain, Said

_DIRECTIONS = ("darker", "brighter", "faster", "slower", "calmer", "livelier", "simpler", "richer", "higher", "lower")
_KEY = re.compile(
    r"(?<![a-z])([a-g])( ?(?:#|♯|sharp)| ?(?:♭|flat)|b(?= ?(?:maj|min|m(?![a-z]))))? ?-?(major|minor|maj|min|m)(?![a-z])|([a-g])(#|b|升|降)? ?(大调|小调)|([升降])([a-g]) ?(大调|小调)"
)
_BARS_ON = re.compile(
    r"(?:from|starting (?:at|from)|after) bar (\d+)(?: on(?:wards?)?)?|从第 ?(\d+) ?小节(?:开始|起|往后)"
)


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns composed music."""
    about = about_music(c)
    yield from _refit(c, about)
    yield from _again(c, about)
    yield from _length(c, about)
    yield from _change(c, about)
    yield from _new(c, about)


def about_music(c: Clause) -> bool:
    """Is music plainly spoken of?"""
    if c.mention("music"):
        return True
    if not c.scene.clips and c.scene.music and not c.mention("title", "text", "voice", "clip", "image"):
        return True
    if any(t.role == "music" for m in c.mentions if m.kind in ("name",) for t in m.things[:1]):
        return False
    focus = c.touched
    return bool(c.mention("pronoun") and focus and focus.role == "music" and not c.around.focus) or (
        c.around.focus_kind == "music" and c.mention("pronoun") is not None
    )


def _refit(c: Clause, about: bool) -> Iterator[Reading]:
    if not c.has("refit") or (c.has("snap") and patterns.search(r"cuts? (?:to|with|up)|剪辑点", c.text)):
        return
    if patterns.search(r"that (?:fits|matches)|which (?:fits|matches)|适合|beat", c.text) and not c.scene.composed:
        return
    if not c.scene.composed and not c.scene.music and c.has("generate"):
        return
    yield step("refit_music", 0.95 if c.scene.music else 0.6)


def _again(c: Clause, about: bool) -> Iterator[Reading]:
    text = c.text
    bars = c.quantity("bars")
    section = _section(c)
    keep = _keep(c)
    again = c.has("regenerate") or bool(
        keep and patterns.search(r"new (?:melody|tune|chords|harmony|beat|drums|groove)|新的?(?:旋律|和弦|节奏)", text)
    )
    varied = c.has("vary") and not (again and patterns.search(r"regenerate|重新生成|重写", text))
    if varied and not c.mention("clip", "title", "text", "image"):
        yield step("vary_music", 0.93, keep=keep)
    if not again or _other_things(c):
        return
    if c.mention("clip", "title", "text", "subtitle", "image", "film") and not about and not bars:
        return
    spoken = about or bars is not None or section is not None or keep is not None
    named = (
        r"seed|种子|regenerate|rewrite|re-write|recompose|take|重写|重新生成|重新作曲|再来一版|换一版|reroll|version"
    )
    spoken = spoken or patterns.search(named, text) is not None
    if patterns.search(r"(?<![a-z])again", text) and not spoken and not patterns.search(r"try|do it|once more", text):
        return
    if re.fullmatch(r"\s*(?:please )?(?:re-?do|重做)\s*(?:it|that)?\s*[.!]?", text):
        return
    score = 0.94 if spoken else 0.7
    if section is not None and not (again or about):
        return
    prompt = _regenerate_words(c)
    yield step(
        "regenerate_music",
        score,
        bars=str(bars.value) if bars else None,
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


def _keep(c: Clause) -> str | None:
    for name in ("harmony", "groove", "melody"):
        if c.has(f"keep_{name}"):
            return name
    return None


def _section(c: Clause) -> str | None:
    found = c.find("sections")
    if found is None:
        return None
    word = found[0]
    if word in (
        "opening",
        "ending",
        "theme",
        "build",
        "break",
        "drop",
        "结尾",
        "开头",
        "主题",
        "高潮",
        "铺垫",
    ) and not patterns.search(
        r"(?:in|of|during|for|at|make|redo|rewrite|regenerate|only|new|a|another|different) (?:the |new )?(?:music'?s )?(?:opening|ending|theme|build|break|drop)|(?:the )?(?:break|build|drop|ending|opening) (?:calmer|darker|louder|part|section|of|should)|(?:结尾|开头|主题|高潮|铺垫)(?:部分|段|处|的?时候|的|要|里|那|再|更|不要|别|加|换|重|用)|重[写做](?:结尾|开头|高潮|主题)|音乐(?:的)?(?:结尾|开头|高潮|主题)",
        c.text,
    ):
        return None
    return word


def _length(c: Clause, about: bool) -> Iterator[Reading]:
    long = c.has("length") or patterns.search(
        r"too long|太长|(?:make it|做成|改成|要|变成).{0,12}(?:long|minutes?|seconds?|分|秒)", c.text
    )
    if (
        not long
        or not about
        or not c.scene.music
        or (c.has("add", "split", "fade_out", "fade_in") and not c.mention("music"))
    ):
        return
    lengths = [q for q in c.every("seconds") if q.cue not in ("first", "last", "over")]
    text = c.text
    ending = c.has("real_ending")
    if patterns.search(r"loop|循环|fade|淡|trim|duck", text) or c.quantity("percent", "decibels"):
        return
    if not lengths:
        if c.has("whole_film"):
            yield step("music_length", 0.94) if c.scene.composed else step("music_length", 0.8)
        elif c.has("longer") and c.scene.composed and patterns.search(r"longer|extend|lengthen|延长|长", text):
            yield step("music_length", 0.8, by=10)
        elif c.has("shorter") and c.scene.composed and patterns.search(r"shorter|shorten|短", text):
            yield step("music_length", 0.8, by=-10)
        return
    q = lengths[0]
    if (patterns.search(r"too long|太长", text) and not c.has("length")) or patterns.search(
        r"too long$|太长了?,? ?(?:短|剪|缩)", text.strip(" .!")
    ):
        yield step("music_length", 0.95, by=-q.number)
        return
    shorter = c.has("shorter") and not c.has("longer")
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
        yield step("music_length", 0.95, to=plain(q))
    else:
        yield step("music_length", 0.86, to=plain(q))


def key_of(c: Clause) -> str | None:
    """A key as it is written: "D minor", "F# major"."""
    found = _KEY.search(c.text)
    if not found:
        bare = patterns.search(
            r"(?:transpose|key)(?: it| the music| the song)?(?: to| of| up to| down to)? ([a-g])(#|b| sharp| flat)?(?![a-z])",
            c.text,
        )
        return (
            f"{bare[1].upper()}{ {'#': '#', ' sharp': '#', 'b': 'b', ' flat': 'b'}.get(bare[2] or '', '') }"
            if bare
            else None
        )
    if found[1]:
        minor = found[3] in ("minor", "min", "m")
        sign = "#" if found[2] and patterns.search(r"#|♯|sharp", found[2]) else "b" if found[2] else ""
        if found[3] == "m" and not sign and not patterns.search(r"key|调", c.text):
            return None
        return f"{found[1].upper()}{sign} {'minor' if minor else 'major'}"
    letter, sign, mode = (found[4], found[5] or "", found[6]) if found[4] else (found[8], found[7], found[9])
    sign = {"升": "#", "降": "b"}.get(sign, sign)
    return f"{letter.upper()}{sign} {'minor' if mode == '小调' else 'major'}"


def _directions(c: Clause) -> list[str]:
    found = {name: c.find(name) for name in _DIRECTIONS}
    made = sorted((name for name, match in found.items() if match), key=lambda name: found[name].start())  # type: ignore[union-attr]
    if ("slower" in made and c.quantity("bpm")) or ("faster" in made and c.quantity("bpm")):
        made = [name for name in made if name not in ("faster", "slower")]
    for strong, weak in (
        ("calmer", "slower"),
        ("livelier", "faster"),
        ("livelier", "richer"),
        ("brighter", "faster"),
        ("simpler", "calmer"),
    ):
        if strong in made and weak in made and found[strong] and found[weak] and _overlap(found[strong], found[weak]):
            made.remove(weak)
    if patterns.search(r"higher|升调|lower|降调", c.text) is None:
        made = [
            name
            for name in made
            if name not in ("higher", "lower") or patterns.search(r"key|pitch|transpose|tone|调|key", c.text)
        ]
    return made


def _overlap(one: re.Match[str] | None, two: re.Match[str] | None) -> bool:
    return bool(one and two and one.start() < two.end() and two.start() < one.end())


def _sounds(c: Clause) -> tuple[list[str], list[str]]:
    """Instruments to add and to leave out, by the word that stands before each."""
    added: list[str] = []
    gone: list[str] = []
    mode = ""
    last = 0
    without, with_ = c.around.concepts.pattern("without"), c.around.concepts.pattern("with")
    assert without is not None
    assert with_ is not None
    section = c.find("sections")
    for wish in c.wishes:
        if any(m.kind == "name" and m.start <= wish.start < m.end for m in c.mentions):
            continue
        if wish.kind not in ("instrument", "role") or (section and section.start() <= wish.start < section.end()):
            continue
        between = c.text[last : wish.start]
        away = [m.end() for m in without.finditer(between)]
        near = [m.end() for m in with_.finditer(between)]
        if away or near:
            mode = "without" if max(away, default=-1) >= max(near, default=-1) else "with"
        elif patterns.search(r"[.;。]", between):
            mode = ""
        behind = patterns.match(
            r"\s*(?:out of|from|off) (?:the )?(?:music|song|track|mix)|\s*(?:out|off|away)(?![a-z])|\s*(?:也|都)?(?:去掉|删掉|不要|拿掉|关掉|静音|去除)",
            c.text[wish.end :],
        )
        if behind and patterns.search(r"take|remove|drop|get|pull|leave|去掉|删掉|不要|拿掉|关掉|静音|去除", c.text):
            mode = "without"
        elif mode == "" and patterns.search(r"(?<![a-z])only(?: in| during| for)|只在", c.text):
            mode = "with"
        if mode == "" and patterns.match(r"\s*(?:off|out|away|去掉|删掉|不要|拿掉|关掉|静音)", c.text[wish.end :]):
            mode = "without"
        if mode:
            (gone if mode == "without" else added).append(_sound_name(c, wish))
        last = wish.end
    return added, gone


def _other_things(c: Clause) -> bool:
    """Is something named that is no music? A clip "intro" may also be a section of the music."""
    section = c.find("sections")
    return any(
        m.kind == "name"
        and not any(t.role == "music" for t in m.things)
        and not (section and section.start() < m.end and m.start < section.end())
        for m in c.mentions
    )


def _sound_name(c: Clause, wish: Wish) -> str:
    """What a sound is called for the composer: as it was said in Latin letters, else by its English name."""
    if wish.words.isascii() and not c.translated:
        return c.said(wish.start, wish.end)
    parts = table("music_words")["role"]
    return next((str(part) for part, words in parts.items() if wish.words in words), wish.name.replace("_", " "))


def _change(c: Clause, about: bool) -> Iterator[Reading]:
    if (
        not c.scene.music
        and c.mention("music")
        and _directions(c)
        and not [w for w in c.wishes if w.kind != "genre"]
        and patterns.search(r"(?:the|my) (?:music|soundtrack|song|track|bgm)|音乐|配乐", c.text)
    ):
        yield Reading((), 0.92, missed=lacking(c))
        return
    if not c.scene.composed or c.quotes:
        return
    if c.has("cut_to_beat", "mark_beats") or (c.has("snap") and c.has("cuts")):
        return
    if exchanged := _exchanged(c):
        yield exchanged
        return
    directions = _directions(c)
    added, gone = _sounds(c)
    bpm, key, section = c.quantity("bpm"), key_of(c), _section(c)
    named = [
        w for w in c.wishes
        if w.kind in ("genre", "mood") and w.words not in table("music_words")["never"]["words"] and (about or not w.idle) and not _own_feeling(w.kind, c.text[: w.start])
    ]  # fmt: skip
    genre, mood = _style(c, named, directions)
    spoken = about or bool(added or gone) or bpm is not None or key is not None
    if c.mention("clip", "title", "subtitle", "text", "image", "voice", "overlay", "own") and not about:
        return
    if _other_things(c) and not about:
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
    if added and not _part_of_new(c):
        args["with_"] = ", ".join(added)
    if gone:
        args["without"] = ", ".join(gone)
    if section is not None and args:
        args["section"] = section
    if genre:
        args["genre"] = genre
    if mood and not directions:
        args["mood"] = mood
    if not {name for name, value in args.items() if value is not None} - {"amount", "section"}:
        return
    if onward := _BARS_ON.search(c.text):
        args["prompt"] = f"from bar {onward[1] or onward[2]}"
    changing = c.has("change") or directions or gone or patterns.search(r"^(?:just )?(?:with|no|without)", c.text)
    if c.has("new") and (named or not (key or bpm or gone)):
        return
    score = (
        0.95
        if (added or gone) and not c.mention("clip", "title")
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
    if len(directions) > 1 and set(directions[:2]) != {"calmer", "slower"}:
        more = tuple(
            s for d in directions[1:] for s in step("change_music", 1, direction=d, amount=args.get("amount")).asked
        )
        yield Reading((*step("change_music", score, **args).asked, *more), score)
        return
    yield step("change_music", score, **args)


def _exchanged(c: Clause) -> Reading | None:
    """ "swap the piano for a guitar": one sound in another's place."""
    sounds = [w for w in c.wishes if w.kind in ("instrument", "role")]
    joint = patterns.search(r"(?<![a-z])(?:for|with|by|instead of|into|to)(?![a-z])|换成|替换成|改成|换为|代替", c.text)
    if (
        len(sounds) != 2
        or joint is None
        or not patterns.search(r"swap|replace|exchange|switch|change|instead|换|替|代", c.text)
    ):
        return None
    if not sounds[0].end <= joint.start() < sounds[1].start:
        return None
    old, new = (c.said(w.start, w.end) for w in sounds)
    if joint[0] in ("instead of", "代替"):
        old, new = new, old
    return step("change_music", 0.96, without=old, with_=new)


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
    sadder = patterns.search(r"sadder|more sad|悲伤一点|更悲伤|伤感一点|更伤感|难过一点", c.text)
    return genre, "sad" if sadder else mood


def _within(start: int, end: int, match: re.Match[str] | None) -> bool:
    return bool(match and match.start() <= start and end <= match.end() + 1)


def _part_of_new(c: Clause) -> bool:
    return bool(c.has("new"))


_LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|please|pls|can you|could you|can we|i'?d like|i would like|i want|i need|i'?m looking for|looking for|we need|let'?s|give me|get me|make me|find me|how about|hey|just|now|then|and|so|maybe|to|have|put|do|go for|try)[ ,]+)*"
    r"(?:(?:generate|compose|create|write|make|produce|add|score|build|come up with|find|use)(?: me| us| it| this| my (?:video|film|movie)| the (?:video|film|movie)| a new| some new)?\s*(?:with|to|:|,)?\s*)?"
    r"(?:(?:new|different|another) (?:background )?(?:music|song|track|soundtrack|tune|bgm) ?[:,]? ?|(?:replace|swap|change|switch) (?:the |out the )?(?:background )?(?:music|song|track|soundtrack|score|bgm) (?:with|to|for|by|into) )?(?:(?:a|an|some|the)(?![a-z])|music:|bgm:)? ?"
)
_LEAD_ZH = re.compile(
    r"^(?:请|帮我|帮忙|给我|我想要?|我要|想要|能不能|可以|麻烦|再|然后|现在|就|要|为(?:这个|我的)?(?:视频|影片|片子)|给(?:这个|我的|这段)?(?:视频|影片|片子)|把(?:音乐|配乐|bgm)|来|用|需要)*"
    r"(?:生成|创作|制作|作曲|作|配(?:上|一)?|加(?:上|个|入)?|来(?:点|段|首|个)?|写|做|谱|换(?:成|上|个|一)?|整|搞|弄|添加)?(?:一)?(?:[段首个支曲条点些]|个)?"
)
_TAIL = re.compile(
    r"(?: (?:please|pls|plz|thanks|thank you|for me|now|too))+$|(?: ?(?:吧|谢谢|哦|呗|呢|可以吗|好吗|行吗))+$"
)
_NOUN_ONLY = re.compile(
    r"^(?:background |new |some |a |the )*(?:music|soundtrack|score|song|track|bgm|tune|video|film|movie|my video|it|this|beat)s?(?: for (?:it|this|my video|the video|the film|me|my film))?[.! ]*$|^(?:背景)?(?:音乐|配乐|曲子|歌|bgm|音轨|曲|背景音)?(?:吧|一下)?$|^(?:新)?(?:的)?(?:背景)?(?:音乐|配乐)$"
)


def _new(c: Clause, about: bool) -> Iterator[Reading]:
    text = c.text
    if (
        patterns.search(
            r"^\s*(?:keep|leave|保留|保持)|(?<![a-z])more (?:low|high|loud|quiet)|(?:don'?t|do not|didn'?t) like|hate|dislike|不喜欢|不好听",
            text,
        )
        or c.quotes
    ):
        return
    level = c.quantity("percent")
    if c.quantity("decibels", "factor", "ratio", "size", "degrees") or (
        level and not (c.has("music_noun") and c.has("generate"))
    ):
        return
    if level and (c.scene.music or level.cue not in ("at", "to")):
        return
    wishes = [w for w in c.wishes if not w.idle and not _own_feeling(w.kind, text[: w.start])]
    noun, generating, new = c.has("music_noun"), c.has("generate"), c.has("new")
    if c.mention("title", "subtitle", "text", "transition", "marker", "filter", "lower_third") and not noun:
        return
    told = any(w.kind != "role" for w in wishes) or (bool(wishes) and (noun or generating))
    likened = noun and patterns.search(r"that|for|like|适合|配合|感觉|氛围|风格|with a|matching|matches|fits|像", text)
    described = told or (noun and bool(c.wishes)) or bool(likened)
    vague = c.has("descriptive") and not noun
    scored = patterns.search(r"(?<![a-z])score (?:my|this|the|it)|配乐|作曲|谱曲", text)
    if not (described or (noun and generating) or new or vague or scored):
        return
    prompt = _prompt(c)
    length = _wanted_length(c)
    start = next((q for q in c.every("seconds") if q.cue in ("at", "from") and q is not length), None)
    score = _newness(c, new, generating and (noun or bool(wishes)), bool(described), bool(vague))
    if not prompt and not length and not (noun or new) and not generating:
        return
    keep = (
        True
        if patterns.search(
            r"keep the (?:music|song|old|current)|保留(?:原来|已有|现在)的?(?:音乐|配乐)|as well as the (?:music|song)",
            text,
        )
        else None
    )
    if level:
        prompt = patterns.compiled(r"\s*(?:at|to|,)?\s*\d+ ?(?:%|percent)(?: volume)?").sub("", prompt).strip(" ,")
        made = step("generate_music", 1, prompt=prompt or None, duration=plain(length) if length else None).asked
        yield Reading((*made, *step("volume", 1, which="music", to=level.number).asked), 0.94)
        return
    bpm, key = c.quantity("bpm"), key_of(c)
    if bpm is None and not start:
        bpm = next((q for q in c.every("number") if q.cue == "at" and 50 <= q.number <= 220), None)
    yield step(
        "generate_music", score, prompt=prompt or None, duration=plain(length) if length else None,
        at=plain(start) if start else None, bpm=bpm.number if bpm and bpm.number and _plainly(c) else None, key=key, keep=keep,
    )  # fmt: skip


def _own_feeling(kind: str, before: str) -> bool:
    """ "I'm happy with it" is no wish for happy music."""
    return (
        kind == "mood" and patterns.search(r"(?:i'?m|i am|we'?re|we are) (?:so |very |really )?$", before) is not None
    )


def _newness(c: Clause, new: bool, asked: bool, described: bool, vague: bool) -> float:
    """How surely new music is wanted, and not a change of what there is."""
    score = (
        0.9
        if new or asked
        else 0.84
        if described and not c.scene.music
        else 0.7
        if described
        else 0.6
        if vague
        else 0.5
    )
    if c.scene.composed and not new:
        made = patterns.search(
            r"generate|compose|(?:write|create|add) (?:some|a|me|new|background)|生成|创作|作曲|写一", c.text
        )
        if made and not about_change(c):
            return 0.91
        return min(score, 0.8 if asked and c.has("music_noun") else 0.66)
    return 0.4 if c.scene.music and not (new or asked or described) else score


def about_change(c: Clause) -> bool:
    """Is what there is to be changed, rather than made anew?"""
    return bool(
        patterns.search(r"(?:to|in) the (?:music|song|track)|make (?:it|the music)|把音乐|音乐里|音乐加|给音乐", c.text)
    )


def _plainly(c: Clause) -> bool:
    return not patterns.search(r"\d+ ?(?:-|to|–|到|~) ?\d+ ?bpm|about|around|大约|左右", c.text)


def _wanted_length(c: Clause) -> Quantity | None:
    """How long new music shall be; "80s synths" and "808s" are no lengths."""
    for q in c.every("seconds"):
        words, after = c.text[q.start : q.end], c.text[q.end :]
        decade = patterns.fullmatch(r"[4-9]0s", words) and patterns.match(
            r" (?!long|of|version|track|song|piece|music|loop|for)[a-z]", after
        )
        if (
            words == "808s"
            or decade
            or q.pair
            or q.cue in ("first", "last", "at", "from", "until", "over", "within", "off")
        ):
            continue
        return q
    return None


def _prompt(c: Clause) -> str:
    """The words of the wish, without what only asks for it."""
    text = c.text
    lead = _LEAD.match(text)
    start = lead.end() if lead and patterns.match(r"[\x00-\x7f]", text.lstrip()[:1] or "a") else 0
    if not start and (lead_zh := _LEAD_ZH.match(text)):
        start = lead_zh.end()
    rest = text[start:]
    tail = _TAIL.search(rest)
    end = start + (tail.start() if tail else len(rest))
    words = (text[start:end] if c.translated else c.said(start, end)).strip(" ,.;:!?，。、；：！？")
    if _NOUN_ONLY.match(words.lower()) or not words:
        return ""
    return words


def lacking(c: Clause) -> Said | None:
    """Why a change of music cannot be made: there is none."""
    if c.scene.music:
        return None
    return Said(
        "There is no music yet. Say what it should be like and it will be written.",
        "还没有音乐。说说想要什么样的，就可以写。",
    )
