"""Text on the picture: titles, subtitles, name tags; their words, place, look, animation and how long they stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import only_a_property
from reelscore.converse.mention import Mention
from reelscore.converse.readers.text_looks import _pairs, font_of, place_of, positioned, styled
from reelscore.converse.readers.text_timing import animated, kept_on, moved
from reelscore.converse.readers.texts import kind_of_text, named_text, texts_meant
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps, target
from reelscore.values.command import Plain, Said

_FILES = re.compile(r"(?:[A-Za-z0-9_().-]{1,80}|[\w\u4e00-\u9fff().-]{1,80})\.(?:srt|vtt|lrc)(?![a-z])")


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns text."""
    yield from _captions(c)
    yield from _reworded(c)
    yield from _changed(c)
    yield from _new(c)
    yield from _gone(c)
    if not (c.quotes and c.has("add")):
        yield from animated(c)
        yield from kept_on(c)
        yield from moved(c)
        yield from _placed_and_styled(c)


def _placed_and_styled(c: Clause) -> Iterator[Reading]:
    """Where a text stands and how it looks; both, where both are said: "the title at the bottom, in white"."""
    places, looks = list(positioned(c)), list(styled(c))
    yield from places
    yield from looks
    if len(places) == len(looks) == 1 and places[0].score > 0.9 and looks[0].score > 0.9 and not c.has("shadow"):
        yield Reading((*places[0].asked, *looks[0].asked), 0.935)


def _captions(c: Clause) -> Iterator[Reading]:
    if "." not in c.said() and not any("." in q.words for q in c.quotes):
        return
    found = (
        patterns.search(r"[A-Za-z0-9_().-]{1,80}\.(?:srt|vtt|lrc)(?![a-z])", c.said())
        or _FILES.search(c.said())
        or _FILES.search(next((q.words for q in c.quotes), ""))
    )
    if found is None:
        return
    shift = c.quantity("seconds", "frames")
    by: Plain = None
    if shift is not None:
        by = -shift.number if c.has("earlier") else shift.number
    keep = (
        True
        if patterns.search(r"keep (?:the )?(?:other|existing|old|current)|保留(?:已有|原有|现有)", c.text)
        else None
    )
    yield step("captions", 0.96, file=found[0], shift=by, keep=keep)


def _new(c: Clause) -> Iterator[Reading]:
    kind = kind_of_text(c)
    texty = (
        kind or c.mention("text") or patterns.search(r"on (?:the )?screen|屏幕上|画面上|写(?:着|上|个|一)|打上", c.text)
    )
    adding = (
        c.has("add", "show")
        or _CLOSES.search(c.text)
        or patterns.search(
            r"write|type (?:out )?\ue000|写|打上|来(?:个|一)|introduce|opening|closing|big|credits", c.text
        )
    )
    if not c.quotes:
        if (
            kind
            and adding
            and not _set_already(c)
            and patterns.search(
                r"(?:add|insert|put|want|need|create|make|give)(?: me)? (?:a|an|some|another|the)? ?(?:new |big |small )?\w* ?(?:title|subtitle|caption|lower|name tag|text)|(?:加|添加|来|插入|放|写)(?:一?[个行条句])?\S{0,4}(?:标题|字幕|文字|人名条|片名)",
                c.text,
            )
        ):
            yield Reading(
                (),
                0.75,
                missed=Said(
                    f"What should the {kind.replace('_', ' ')} say? Put the words in quotes.",
                    "要写什么字？请把文字放在引号里。",
                ),
            )
        return
    first = c.quotes[0]
    if len(c.quotes) > 1 and (each := _one_each(c, kind)):
        yield each
        return
    if (old := named_text(c, first, whole=True)) and not c.has("add"):
        at = next((q for q in c.every("seconds", "timecode", "frames") if q.cue in ("at", "to", "from")), None)
        if at is not None:
            yield step("move", 0.96, which=old, to=plain(at))
        return
    if (
        _changing(c)
        or (not texty and not (adding and (not _media_named(c) or _during(c))))
        or (c.has("marker") and not kind)
    ):
        return
    if c.has("rename") and not adding and not kind:
        return
    args = _look(c)
    behind = dict(_pairs(c))
    args.update({"colour": behind.pop("colour")} if "colour" in behind else {})
    args.update(_when(c))
    under = patterns.search(r"(?<![a-z])(?:under|below|beneath|underneath) (?:the |my )?", c.text) and _during(c)
    command = kind or ("subtitle" if under or patterns.search(r"caption|字幕", c.text) else "title")
    if (
        command in ("title", "subtitle")
        and args.get("at") is None
        and not any(m.nth is not None for m in c.mentions)
        and (c.has("at_end", "end_credits") or _CLOSES.search(c.text))
        and patterns.search(
            rf"{_CLOSES.pattern}|at the (?:very )?end|end credits|closing|结尾|最后|片尾|末尾|结束", c.text
        )
    ):
        length = args.get("duration")
        stay = float(length) if isinstance(length, (int, float)) else 3.0
        args["at"] = max(0, round(float(c.scene.timeline.duration) - stay, 3))
    words = first.words
    if (
        command == "lower_third"
        and not first.marked
        and (
            parts := patterns.fullmatch(
                r"([^,]{2,60}), ([^,]{2,60})|(?=.*[\u4e00-\u9fff])([^,，、 ]{2,12})[,，、 ] ?([^,，、 ]{2,14})", words
            )
        )
    ):
        words, args["second_line"] = parts[1] or parts[3], parts[2] or parts[4]
    if command == "lower_third" and len(c.quotes) > 1:
        args["second_line"] = c.quotes[1].words
    score = 0.95 if kind or adding else 0.93 if c.mention("text") and _during(c) else 0.8
    made = step(command, score, text=words, **args)
    if behind:  # 黄底黑字
        made = Reading((*made.asked, *step("text_style", 1, which=words, **behind).asked), score)
    yield made
    if command == "title" and len(c.quotes) > 1 and kind != "lower_third":
        more = tuple(s for q in c.quotes for s in step(command, 1, text=q.words, **args).asked)
        yield Reading(more, score - 0.02)


def _one_each(c: Clause, kind: str | None) -> Reading | None:
    """ "caption each photo: ...": as many texts as clips, one over each."""
    every = next(
        (m for m in c.mentions if m.every and m.kind in ("clip", "image") and m.end <= c.quotes[0].start), None
    )
    if every is None or len(every.things) != len(c.quotes) or c.quantities:
        return None
    made = [
        one
        for thing, quoted in zip(every.things, c.quotes, strict=True)
        for one in step(
            kind or "subtitle",
            1,
            text=quoted.words,
            at=seconds(thing.span.start),
            duration=seconds(thing.span.duration),
        ).asked
    ]
    return Reading(tuple(made), 0.965, whole=True)


_CLOSES = re.compile(
    r"(?<![a-z])(?:(?:end|finish|close|conclude|wrap)(?: (?:it|this|the [a-z]+|everything|things))?(?: (?:off|out|up))? (?:with|on)|(?:the )?(?:very )?last thing)(?![a-z])"
)


def _set_already(c: Clause) -> bool:
    return c.has("bold", "italic", "outline", "shadow", "animate", "bigger", "smaller") or (
        bool(c.colours) and c.has("change_text")
    )


def _media_named(c: Clause) -> bool:
    return any(m.kind == "name" for m in c.mentions)


def _look(c: Clause) -> dict[str, Plain]:
    args: dict[str, Plain] = {}
    if (place := place_of(c, "title")) is not None:
        args["place"] = place
    if c.colours:
        args["colour"] = c.colours[0][0]
    if size := c.quantity("percent"):
        args["size"] = size.number
    if (font := font_of(c)) is not None:
        args["font"] = font
    if (
        c.has("animate")
        and not patterns.search(r"(?<![a-z])title slide(?![a-z])", c.text)
        and patterns.search(r"animat|type|typing|pop|bounc|slid|ris|fall|fade|fly|动画|打字|弹|滑|升|落|淡|飞", c.text)
    ):
        kind = c.chosen("title", "animation")
        if kind:
            args["animation"] = kind
    return args


def _when(c: Clause) -> dict[str, Plain]:
    """When a text appears, and how long it stays."""
    args: dict[str, Plain] = {}
    if c.range:
        first, last = c.range
        args["at"] = plain(first)
        args["duration"] = round(float(last.number) - float(first.number), 6)
        return args
    for q in c.every("seconds", "frames", "timecode"):
        behind = c.text[q.end : q.end + 2]
        if (
            q.cue in ("at", "from")
            or (not q.cue and ":" in c.text[q.start : q.end])
            or behind.startswith(("处", "起", "时", "开始"))
            or c.text[max(0, q.start - 1) : q.start] == "第"
        ):
            args.setdefault("at", plain(q))
        elif (q.cue == "last" or c.text[: q.start].endswith("last ")) and "duration" not in args:
            args["duration"] = plain(q)
            args["at"] = round(float(c.scene.timeline.duration) - float(q.number), 6)
        elif q.cue == "first":
            args["duration"] = plain(q)
        elif q.cue in ("until", "to"):
            args["duration"] = round(float(q.number) - float(args.get("at") or 0), 6)
        else:
            args.setdefault("duration", plain(q))
    if "at" not in args and (found := patterns.search(r"(?<![\d])at (\d{1,3}(?:\.\d+)?)(?![\d:%])", c.text)):
        args["at"] = float(found[1])
    if "at" not in args and c.anchor and patterns.search(_AS_IT_COMES, c.text):
        args["at"] = c.anchor[0]
    if "at" not in args and (over := _during(c)) is not None:
        args["at"] = float(over.things[0].span.start)
        args.setdefault("duration", float(over.things[0].span.duration))
    if (
        c.has("at_middle")
        and "at" not in args
        and patterns.search(
            r"in the middle of the (?:video|film)|halfway|影片中间|视频中间|片子中间|全片中间|中途|中段", c.text
        )
    ):
        args["at"] = "middle"
    if (
        c.has("to_the_end")
        and "duration" not in args
        and patterns.search(r"throughout|whole|entire|until the end|全程|始终|一直|到最后|到结束", c.text)
    ):
        args["duration"] = round(float(c.scene.timeline.duration) - float(args.get("at") or 0), 6)
    return args


_KINDS = r"(?:title|headline|heading|subtitle|caption|lower[ -]third|name ?tag|text|line|words|wording|lettering)"
_INDEFINITE = re.compile(rf"(?<![a-z])(?:an?|another|some|new) (?:[a-z]+ ){{0,2}}{_KINDS}")
_DEFINITE = re.compile(rf"(?<![a-z])(?:the|my|that|this|her|his|its|our) (?:[a-z]+ ){{0,2}}{_KINDS}|[\ue100-\ue6ff]")
_TO_SAY = re.compile(  # between a text that is there and its new words
    r"(?:'s)?(?: (?:text|words|wording|line|name))?(?: (?:is|was) (?:wrong|misspelled|misspelt)[,.;]?(?: it)?)?[ ,]*"
    r"(?:(?:please|now|really|just|so|rather|that|it|should|ought|has|have|needs?|must|can|could|may|might|shall|will|would|wants?|supposed|to|is|be|instead|actually)[ ,]*)*"
    r"(?:say|says|said|read|reads|be|become|becomes|spell|spelled|spelt|written|is|down as|to|into|with|for|by|=|-+>|=>|→|:)[ :]*"
)


def _told_anew(c: Clause) -> bool:
    """Does a text that is there get other words: "the title ought to read ...", "it's ..., not Anna"?"""
    quoted = c.quotes[-1]
    for m in c.mentions:
        if m.kind not in TEXT_KINDS or not (m.things or m.kind == "text"):
            continue
        own = patterns.search(r"[\ue100-\ue6ff]", c.text[m.start : m.end]) is not None
        held = (
            own
            or _DEFINITE.match(c.text, m.start)
            or not c.text[: m.start].strip()
            or _DEFINITE.search(c.text[: m.end])
        )
        if not held or not c.scene.of("text"):
            continue
        if m.end <= quoted.start and _TO_SAY.fullmatch(c.text, m.end, quoted.start):
            signed = own or _DEFINITE.search(c.text[: m.end]) or patterns.search(r"[=>→]", c.text[m.end : quoted.start])
            if signed and not patterns.search(r"(?<![a-z])(?:add|insert|another)(?![a-z])", c.text[: m.start]):
                return True
        if own and patterns.search(r"(?:[ ,]*(?:and )?not|instead of|rather than)[ :]*$", c.text[: m.start]):
            return True
        if own and patterns.search(
            r"(?<![a-z])(?:swap|replace|exchange|change|switch|turn)[a-z ]*$", c.text[: m.start]
        ):
            return True
    return patterns.search(r"(?<![a-z])(?:spelled|spelt)(?![a-z])", c.text) is not None and bool(c.scene.of("text"))


_AS_IT_COMES = r"(?<![a-z])(?:when|as|once|where|before|after|until|as soon as)(?![a-z])"


def _during(c: Clause) -> Mention | None:
    """The clip that a text is to lie on: "over the lake", "on the last picture"."""
    return next(
        (
            m
            for m in c.mentions
            if (len(m.things) == 1 and m.things[0].role == "clip" and not m.every and _ON_IT.match(c.text, m.end))
            or (
                len(m.things) == 1
                and m.things[0].role == "clip"
                and not m.every
                and patterns.search(
                    r"(?<![a-z])(?:on|over|during|across|throughout|onto|in|at|text for|title for|caption for|subtitle for|under|below|beneath|underneath|for|^ *(?:caption|label|subtitle|title)) (?:top of )?(?:the |my )?$",
                    c.text[: m.start],
                )
            )
        ),
        None,
    )


_ON_IT = re.compile(
    r" ?(?:那里|那段|那儿|那边|这段|上面?|里面?|的时候|时|期间|画面上|片段上|下面?)(?:再|都)?(?:加|打|写|放(?!大|慢)|显示|出|配|来|上)"
)


_FILM_NAME = r"(?:影片|片子|视频|项目|工程|作品|短片|成片)(?:的)?(?:名字|名称|名)"


def _changing(c: Clause) -> bool:
    """Other words for a text that is there."""
    if patterns.match(
        r"\s*(?:please |just )*(?:delete|remove|drop|lose|kill|erase|get rid of|take (?:out|away|off))(?![a-z])", c.text
    ):
        return False
    if _told_anew(c):
        return True
    if (
        _INDEFINITE.search(c.text)
        and not _DEFINITE.search(c.text)
        and not patterns.search(r"(?<![a-z])(?:it|change|replace)(?![a-z])", c.text)
    ):
        return False
    if (
        c.has("add")
        and patterns.search(
            r"(?:add|insert|put) (?:a|an|another|in|the text|text|new)\b|^(?:加|添加|插入|来)|再加|加(?:上)?(?:一?[个行条句])",
            c.text,
        )
        and not patterns.search(r"instead|改成|换成|改为", c.text)
    ):
        return False
    if not c.has("change_text") or patterns.search(_FILM_NAME, c.text):
        return False
    there = [t for t in c.scene.things if t.role == "text"]
    if not there:
        return False
    return bool(
        patterns.search(
            r"change|replace|should (?:say|read|be)|instead|reword|now says|edit|update|correct|fix|rename|改|换成|换个|换一|换做|换作|写错|打错|错了|应该|替换|更正|make (?:the|it|that)|set the|spell|拼成|reads?(?![a-z ])|\bto\b \ue000",
            c.text,
        )
    ) or (
        bool(c.mention(*TEXT_KINDS, "pronoun"))
        and bool(patterns.search(r"^(?:the |that )?\w+ (?:says?|reads?)|写成", c.text))
    )


_REWORDED = re.compile(
    r"(?:(?:标题|字幕|文字|人名条?|名条|片名|名牌|字)(?:里面?|中|上面?|那里|那儿)的?(?:不是)?|[把将](?!(?:标题|字幕|文字|人名条?|名条|片名)(?:里|中|上))|不是)[“”\"'「]?(?P<old>[^“”\"'「」，,。]{1,24}?)[”“\"'」]?"
    r"(?:这个?词|几个字|两个字|个字)?[,，]?(?:改成|换成|改为|换为|替换成|替换为|换做|改作|而是|是)[“”\"'「]?(?P<new>[^“”\"'「」，,。]{1,40}?)[”“\"'」]?(?:帮我.*|吧|了|改一下)?[。!！]*$"
)


def _reworded(c: Clause) -> Iterator[Reading]:
    """标题里的Weekend换成Holiday, 不是Anna是安妮: some words of a text that is there."""
    found = _REWORDED.search(c.said())
    if found is None or not found["new"].strip():
        return
    old = found["old"].strip()
    for thing in c.scene.of("text"):
        content = thing.segment.text.content if thing.segment.text else ""
        at = content.lower().find(old.lower())
        if at >= 0:
            words = content[:at] + found["new"].strip() + content[at + len(old) :]
            yield step("change_text", 0.97, which=thing.segment.id, text=words)
            return


def _changed(c: Clause) -> Iterator[Reading]:
    if not c.quotes or not _changing(c):
        return
    if c.has("rename") and patterns.search(r"project|video'?s (?:title|name)|film'?s (?:title|name)|项目|工程", c.text):
        return
    new = c.quotes[-1]
    which = target(c, TEXT_KINDS)
    if len(c.quotes) > 1:
        old = named_text(c, c.quotes[0])
        which = old or which
    if (
        which is None
        and not c.mention("pronoun")
        and not patterns.search(r"text|words|文字|字|文案", c.text)
        and len(c.quotes) < 2
    ):
        return
    yield step("change_text", 0.96, which=which if which != "text" else None, text=new.words)


def _gone(c: Clause) -> Iterator[Reading]:
    if not c.has("remove") and not patterns.search(r"^no |without|不要(?!.{0,4}[色体])|没有", c.text):
        return
    if (
        not (c.mention(*TEXT_KINDS) or any(named_text(c, q) for q in c.quotes))
        or (c.has("add") and c.quotes)
        or c.has("animate", "no_box", "not_bold", "not_italic", "outline", "shadow", "box")
        or c.has("font")
        or only_a_property(c.text)
    ):
        return
    if c.quantity("seconds") or (c.mention("film") and c.mention("title") and c.has("rename")):
        return
    yield steps("remove_text", 0.94, texts_meant(c) or [None])
