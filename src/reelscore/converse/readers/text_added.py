"""Texts that are put on the picture: title, subtitle, name tag; their words, look, and when they are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.readers.fonts import font_of
from reelscore.converse.readers.music_timed import section_starts
from reelscore.converse.readers.text_looks import around_new, paired_colours
from reelscore.converse.readers.text_placed import next_id
from reelscore.converse.readers.text_places import place_of
from reelscore.converse.readers.text_reworded import changing, on_a_bare_picture
from reelscore.converse.readers.text_when import NO_DROP, ON_THE_DROP, during, shown_when
from reelscore.converse.readers.texts import kind_of_text, named_text
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said


def new_text(c: Clause) -> Iterator[Reading]:
    kind = kind_of_text(c)
    texty = (
        kind
        or c.mention("text")
        or on_a_bare_picture(c)
        or patterns.search(r"on (?:the )?screen|屏幕上|画面上|写(?:着|上|个|一)|打(?:上|出|一[行句])", c.text)
    )
    adding = (
        c.has("add", "show")
        or _CLOSES.search(c.text)
        or patterns.search(
            r"write|^\W*(?:at|from|in|on|over) [^:]*: ?\ue000|(?<![a-z])(?:needs? (?:an?|another|some|the)|say|price|sticker|call-?out|label|sign|banner)(?![a-z])|type (?:out )?\ue000|写|打上|来(?:个|一)|introduce|opening|closing|big|credits",
            c.text,
        )
    )
    if not c.quotes:
        if (
            kind
            and adding
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
    if (role := _whose_role(c)) is not None:
        yield step("change_text", 0.96, which=role.segment.id, text=f"{_name_in(role)}\n{first.words}")
        return
    below = next((t for m in c.mentions for t in m.things if t.role == "text"), None) or c.touched
    if below is None and _UNDER_A_NAME.search(c.text) and len(tags := c.scene.of("lower_third")) == 1:
        below = tags[0]
    if below is not None and below.segment.text and not c.quantities and _SECOND_LINE.search(c.text):
        held = below.segment.text.content
        made = step("change_text", 0.985, which=below.segment.id, text=f"{held}\n{first.words}")
        yield Reading(made.asked, made.score, whole=True)
        return
    if len(c.quotes) > 1 and (each := _one_each(c, kind)):
        yield each
        return
    if len(c.quotes) < 2 and (old := named_text(c, first, whole=True)) and not c.has("add"):
        at = next((q for q in c.every("seconds", "timecode", "frames") if q.cue in ("at", "to", "from")), None)
        if at is not None:
            yield step("move", 0.96, which=old, to=plain(at))
        return
    if (
        changing(c)
        or (not texty and not (adding and (not _media_named(c) or during(c) or c.anchor)))
        or (c.has("marker") and not kind)
    ):
        return
    if (c.has("rename") and not adding and not kind) or _OF_A_FILE.match(c.text):
        return
    if (drop := ON_THE_DROP.search(c.text)) and section_starts(c, drop["name"] or "drop", drop["nth"] or "") is None:
        yield Reading((), 0.97, missed=NO_DROP)
        return
    args = look(c)
    behind = dict(paired_colours(c))
    behind.pop("edge", None)
    behind.update({name: True for name in ("bold", "italic") if _PLAINLY[name].search(c.text) and c.has(name)})
    around = around_new(c)
    if "colour" in around:
        args.pop("colour", None)  # an edge has one too
    behind = {name: value for name, value in {**around, **behind}.items() if value is not None}
    args.update({"colour": behind.pop("colour")} if "colour" in behind else {})
    args.update(shown_when(c))
    under = patterns.search(r"(?<![a-z])(?:under|below|beneath|underneath) (?:the |my )?", c.text) and during(c)
    command = kind or ("subtitle" if under or patterns.search(r"caption|字幕", c.text) else "title")
    if (
        command in ("title", "subtitle")
        and args.get("at") is None
        and _LAST_WORDS.fullmatch(first.words.strip())
        and during(c) is None
        and not c.has("at_start")
    ):
        args["at"] = max(0, round(float(c.scene.duration) - float(str(args.get("duration") or 3)), 3))
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
        args["at"] = max(0, round(float(c.scene.duration) - stay, 3))
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
    if command == "lower_third" and len(c.quotes) == 2 and "second_line" in args and not first.marked:
        yield Reading(step(command, 1, text=words, **args).asked, 0.965, whole=True)
        return
    score = 0.95 if kind or adding else 0.93 if c.mention("text") and during(c) else 0.8
    made = step(command, score, text=words, **args)
    if behind:  # 黄底黑字
        named = re.search(r"\d", words) or mentions(words.lower(), c.scene)
        which = next_id(c.scene) if named else words  # "part 3" is no clip
        made = Reading((*made.asked, *step("text_style", 1, which=which, **behind).asked), score)
    yield made
    if command == "title" and len(c.quotes) > 1 and kind != "lower_third":
        more = tuple(s for q in c.quotes for s in step(command, 1, text=q.words, **args).asked)
        yield Reading(more, score - 0.02)


_OF_A_FILE = Sieve(re.compile(r"\s*(?:文件名?|名字|名称)(?:就|要|设|改|给我|用)*(?:叫做?|为|成|是|用|:)? ?\ue000"))
_PLAINLY = {"bold": re.compile("加粗|粗体"), "italic": re.compile("斜体")}
_BELOW = (
    r"(?:right |just |directly )?(?:below|beneath|underneath|under)(?: (?:it|that|this|there|the (?:title|name|first line)|(?:her|his|their|my) name))?"
    r"|(?:on|in|as) (?:the|a) (?:second|next|new) line"
)
_SECOND_LINE = re.compile(
    r"(?:第二行|下面一行|下一行)(?:再|给我)?(?:加|写|补|放)|^\W*(?:然后|再|还要?|并)*(?:在)?(?:它|标题|这行字?)?的?(?:下面|底下|下方)(?:再|给我)*(?:加|写|补|放)|(?:再|还)(?:要|给我)*(?:加|写|补|放)上?一行 ?\ue000"
    r"|[\ue100-\ue6ff] ?(?:[这那]一?[行个条])?(?:标题|人名条?|名字|字幕)?的?(?:下面|底下|下方|下边)(?:再|给我|帮我)*(?:加|写|补|放)上?(?:个|一行|一句|小字|写)* ?(?:头衔|职位|身份|职务|职称)?[: ]?\ue000"
    rf"|^\W*(?:(?:and|also|then|now|please|can you|could you) )*(?:(?:add|put|write|place|have) )?(?:{_BELOW})[,:]? ?(?:(?:add|put|write|have|it says|say|saying|in small(?:er)? (?:letters|text)) ?)*:? ?\ue000"
    rf"|(?:add|put|write|have) (?:an?|another) (?:(?:small|little|short|second|new) )*(?:text|line) (?:{_BELOW}),? (?:saying|that says|which says|reading|with):? ?\ue000"
    rf"|(?:add|put|write|type|show|have|place) (?:(?:an?|another|the) (?:(?:small|little|short|second|new) )*(?:text|line|words?|date|year|place|name)(?: (?:saying|that says|which says|reading))?:? )?\ue000+ (?:{_BELOW})(?![a-z])"
)
_UNDER_A_NAME = Sieve(
    re.compile(r"(?<![a-z])(?:under(?:neath)?|below|beneath) (?:her|his|their|the|my) name(?! ?tag)(?![a-z])")
)
_ROLE = Sieve(
    re.compile(
        r"(?:给|为|在|替)(?P<who>[^,。;]{1,20}?)(?:的?(?:下面|底下|名条|人名条|名字))*(?:加|补充?|写|添|配)(?:上|个|一个|一行)*(?:副标题|头衔|职位|身份|职务|称呼|第二行)"
    )
)


def _whose_role(c: Clause) -> Thing | None:
    """给Priya加副标题“主播”: the name tag that says so."""
    found = _ROLE.search(c.text)
    if found is None:
        return None
    who = [word for word in found["who"].split() if len(word) > 1]
    tags = [t for t in c.scene.of("lower_third") if all(word in _name_in(t).lower().split() for word in who)]
    tags = tags or [t for m in c.mentions for t in m.things if t in c.scene.of("lower_third")]
    return tags[0] if who and len(tags) == 1 else None


def _name_in(tag: Thing) -> str:
    """The first line of a name tag."""
    return tag.segment.text.content.split("\n")[0] if tag.segment.text else ""


def _one_each(c: Clause, kind: str | None) -> Reading | None:
    """ "caption each photo: ...", "\"Lisbon\" on clip 1 and \"Porto\" on clip 3": as many texts as clips, one over each."""
    clips = c.scene.of("clip")
    if _DEALT.search(c.text[: c.quotes[0].start]) and len(clips) == len(c.quotes):
        return _over_each(c, kind, list(clips))
    if c.quantities:
        return None
    lone = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and not m.every]
    if len(lone) == len(c.quotes):
        order = "".join(kind for _, kind in sorted([(q.start, "q") for q in c.quotes] + [(m.start, "m") for m in lone]))
        if order in ("qm" * len(lone), "mq" * len(lone)):
            return _over_each(c, kind, [m.things[0] for m in lone])
    every = next(
        (m for m in c.mentions if m.every and m.kind in ("clip", "image") and m.end <= c.quotes[0].start), None
    )
    if every is None or len(every.things) != len(c.quotes):
        return None
    return _over_each(c, kind or "subtitle", list(every.things))


_DEALT = re.compile(r"[段张个条](?:片段|镜头|照片|视频)?(?:上|里|下面)?(?:分别|依次|逐个|各自)")  # 三段分别打上


def _over_each(c: Clause, kind: str | None, clips: list[Thing]) -> Reading:
    made = [
        one
        for thing, quoted in zip(clips, c.quotes, strict=True)
        for one in step(
            kind or "title",
            1,
            text=quoted.words,
            at=seconds(thing.span.start),
            duration=seconds(thing.span.duration),
        ).asked
    ]
    return Reading(tuple(made), 0.965, whole=True)


_LAST_WORDS = re.compile(r"(?:the end|fin|ende|fine|finis|剧终|全剧终|完|终)[.!。]?", re.I)  # they stand at the end
_CLOSES = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?:end|finish|close|conclude|wrap)(?: (?:it|this|the [a-z]+|everything|things))?(?: (?:off|out|up))? (?:with|on)|(?:the )?(?:very )?last thing|end (?:card|title)|closing (?:card|title)|outro card|final card)(?![a-z])"
    )
)


def _media_named(c: Clause) -> bool:
    return any(m.kind == "name" for m in c.mentions)


def look(c: Clause) -> dict[str, Plain]:
    """Where a text stands and how its letters look, as arguments of what puts it on the picture."""
    args: dict[str, Plain] = {}
    if (place := place_of(c)) is not None:
        args["place"] = place
    if c.colours:
        args["colour"] = c.colours[0][0]
    if size := c.quantity("percent"):
        args["size"] = size.number
    if (font := font_of(c)) is not None:
        args["font"] = font
    if (
        c.has("animate")
        and not _TYPED.search(c.text)
        and not patterns.search(r"(?<![a-z])title slide(?![a-z])", c.text)
        and patterns.search(r"animat|type|typing|pop|bounc|slid|ris|fall|fade|fly|动画|打字|弹|滑|升|落|淡|飞", c.text)
    ):
        kind = c.chosen("title", "animation")
        if kind:
            args["animation"] = kind
    return args


_TYPED = re.compile(r"打(?:上|个|出|几个|一?行|点)*字(?:[:, ]|叫|是|写|说|内容)*\ue000")  # 打字：你好 moves nothing
