"""Text on the picture: titles, subtitles, name tags; their words, place, look, animation and how long they stay."""

# ruff: noqa: E501  a pattern is a row of words and stays on its line

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.quotes import Quoted
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps, target, targets
from reelscore.values.command import Plain, Said

_FILES = re.compile(r"(?:[A-Za-z0-9_().-]{1,80}|[\w\u4e00-\u9fff().-]{1,80})\.(?:srt|vtt|lrc)(?![a-z])")
_FONTS = re.compile(
    r"(?:font(?: called| named)?(?: to| is| should be|:)?|typeface|字体(?:换成|改成|改为|用|为|设为|设成)?|use|用|in)\s+:?\s*([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns text."""
    yield from _captions(c)
    yield from _changed(c)
    yield from _new(c)
    yield from _gone(c)
    if not (c.quotes and c.has("add")):
        yield from _animation(c)
        yield from _duration(c)
        yield from _position(c)
        yield from _style(c)


def _captions(c: Clause) -> Iterator[Reading]:
    found = (
        re.search(r"[A-Za-z0-9_().-]{1,80}\.(?:srt|vtt|lrc)(?![a-z])", c.said())
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


def kind_of_text(c: Clause) -> str | None:
    """Which kind of text is spoken of: title, subtitle or lower_third."""
    if c.mention("lower_third") or patterns.search(
        r"introduce the speaker|name strap|人物介绍|介绍(?:嘉宾|主持|说话)", c.text
    ):
        return "lower_third"
    if c.mention("title") or c.has("end_credits"):
        return "title"
    if c.mention("subtitle"):
        return "subtitle"
    return None


def _new(c: Clause) -> Iterator[Reading]:
    kind = kind_of_text(c)
    texty = (
        kind or c.mention("text") or patterns.search(r"on (?:the )?screen|屏幕上|画面上|写(?:着|上|个|一)|打上", c.text)
    )
    adding = c.has("add", "show") or patterns.search(
        r"write|type (?:out )?\ue000|写|打上|来(?:个|一)|introduce|opening|closing|big|credits", c.text
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
    if (old := _named_text(c, first)) and not c.has("add"):
        at = next((q for q in c.every("seconds", "timecode", "frames") if q.cue in ("at", "to", "from")), None)
        if at is not None:
            yield step("move", 0.96, which=old, to=plain(at))
        return
    if _changing(c) or (not texty and not (adding and not _media_named(c))) or (c.has("marker") and not kind):
        return
    if c.has("rename") and not adding and not kind:
        return
    args = _look(c)
    args.update(_when(c))
    command = kind or ("subtitle" if patterns.search(r"caption|字幕", c.text) else "title")
    if (
        command == "title"
        and args.get("at") is None
        and c.has("at_end", "end_credits")
        and patterns.search(r"at the (?:very )?end|end credits|closing|结尾|最后|片尾|末尾|结束", c.text)
    ):
        length = args.get("duration")
        stay = float(length) if isinstance(length, (int, float)) else 3.0
        args["at"] = max(0, round(float(c.scene.timeline.duration) - stay, 3))
    if command == "lower_third" and len(c.quotes) > 1:
        args["second_line"] = c.quotes[1].words
    score = 0.95 if kind or adding else 0.8
    yield step(command, score, text=first.words, **args)
    if command == "title" and len(c.quotes) > 1 and kind != "lower_third":
        more = tuple(s for q in c.quotes for s in step(command, 1, text=q.words, **args).asked)
        yield Reading(more, score - 0.02)


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
    if c.has("animate") and patterns.search(
        r"animat|type|typing|pop|bounc|slid|ris|fall|fade|fly|动画|打字|弹|滑|升|落|淡|飞", c.text
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
            or behind.startswith(("处", "起", "时", "开始"))
            or c.text[max(0, q.start - 1) : q.start] == "第"
        ):
            args.setdefault("at", plain(q))
        elif q.cue == "last" and "duration" not in args:
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
    if (
        c.has("at_middle")
        and "at" not in args
        and patterns.search(r"in the middle of the (?:video|film)|halfway|影片中间|视频中间|中段", c.text)
    ):
        args["at"] = "middle"
    if (
        c.has("to_the_end")
        and "duration" not in args
        and patterns.search(r"throughout|whole|entire|until the end|全程|始终|一直|到最后|到结束", c.text)
    ):
        args["duration"] = round(float(c.scene.timeline.duration) - float(args.get("at") or 0), 6)
    return args


def place_of(c: Clause, command: str) -> str | None:
    """A place on the picture: one of the choices, or two sides that make a corner."""
    text = c.text
    if short := patterns.search(r"(?<![a-z])(tl|tr|bl|br)(?![a-z])", text):
        return {"tl": "top_left", "tr": "top_right", "bl": "bottom_left", "br": "bottom_right"}[short[1]]
    vertical = (
        "top"
        if patterns.search(r"(?<![a-z])(?:top|upper)(?![a-z])|上(?:方|面|边|部|角|侧)?|顶", _placed(text))
        else None
    )
    if patterns.search(r"(?<![a-z])(?:bottom|lower)(?! third)(?![a-z])|下(?:方|面|边|部|角|侧)|底", _placed(text)):
        vertical = "bottom"
    if patterns.search(r"左下|右下", text):
        vertical = "bottom"
    side = (
        "left"
        if patterns.search(r"(?<![a-z])left(?![a-z])|左", text)
        else "right"
        if patterns.search(r"(?<![a-z])right(?![a-z])(?! (?:now|after|away|before))|右", text)
        else None
    )
    if patterns.search(r"lower third|下三分之一", text) and not c.mention("lower_third"):
        return "lower_third"
    if patterns.search(r"upper third|上三分之一|third from the top", text):
        return "upper_third"
    if vertical and side:
        return f"{vertical}_{side}"
    if vertical or side:
        return vertical or side
    return (
        "centre"
        if patterns.search(
            r"(?<![a-z])(?:cent(?:er|re)(?:d)?|middle)(?![a-z])(?! of the (?:film|video))|居中|中间|中央|正中", text
        )
        else None
    )


_NOT_PLACES = re.compile(
    r"加上|配上|写上|放上|打上|上传|上一|以上|上升|上去|贴上|换上|带上|画面上|屏幕上|影片上|视频上|时间线上|一下|下载|下一|以下|下来|下落|剪下|往下说|底框|底色|衬底|[黑白红黄蓝绿灰]底|上下|从上|从下|早上|晚上|topic|马上|底板|下三分之一|背景|lower[ -]third|lower the"
)


def _placed(text: str) -> str:
    """The text without the words in which 上 and 下 are no places."""
    return _NOT_PLACES.sub(" ", text)


def font_of(c: Clause) -> str | None:
    said = c.said()
    if generic := patterns.search(
        r"(?<![a-z])(serif|sans(?:-| )?serif|sans|monospace|mono|script|handwrit(?:ing|ten)) font|font .{0,12}(serif|monospace|handwritten)|(?:字体)?.{0,4}(衬线|无衬线|手写)体",
        c.text,
    ):
        return next(group for group in generic.groups() if group)
    if not (c.has("font") or c.mention(*TEXT_KINDS) or patterns.search(r"\b(?:use|in)\b|用", c.text)):
        return None
    found = _FONTS.search(said)
    if (
        found
        and (c.has("font") or c.mention(*TEXT_KINDS))
        and not patterns.match(r"(?:Bold|Italic|Red|White|Black|The|A)\b", found[1])
    ):
        return found[1]
    if c.has("font") and (
        behind := patterns.search(
            r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) (?:font|字体)|font ([\w-]+)$|字体 ?(?:换成|改成|改为|用)? ?([\w\u4e00-\u9fff-]+体)",
            said,
        )
    ):
        return next(group for group in behind.groups() if group)
    if (
        c.mention(*TEXT_KINDS)
        and (face := patterns.search(r"用([\u4e00-\u9fff]{1,3}体)(?!字)", said))
        and face[1] not in ("粗体", "斜体")
    ):
        return face[1]
    if c.has("font") and (named := patterns.search(r"(?:换成|改成|用|改为)([\u4e00-\u9fff]{1,4}体)", said)):
        return named[1]
    return None


def _changing(c: Clause) -> bool:
    """Other words for a text that is there."""
    if (
        c.has("add")
        and patterns.search(
            r"(?:add|insert|put) (?:a|an|another|in|the text|text|new)\b|^(?:加|添加|插入|来)|再加|加(?:上)?(?:一?[个行条句])",
            c.text,
        )
        and not patterns.search(r"instead|改成|换成|改为", c.text)
    ):
        return False
    if not c.has("change_text"):
        return False
    there = [t for t in c.scene.things if t.role == "text"]
    if not there:
        return False
    return bool(
        patterns.search(
            r"change|replace|should (?:say|read|be)|instead|reword|now says|edit|update|correct|fix|rename|改|换成|应该|替换|更正|make (?:the|it|that)|set the|spell|拼成|reads?(?! )|\bto\b \ue000",
            c.text,
        )
    ) or (
        bool(c.mention(*TEXT_KINDS, "pronoun"))
        and bool(patterns.search(r"^(?:the |that )?\w+ (?:says?|reads?)|写成", c.text))
    )


def _changed(c: Clause) -> Iterator[Reading]:
    if not c.quotes or not _changing(c):
        return
    if c.has("rename") and patterns.search(r"project|video'?s (?:title|name)|film'?s (?:title|name)|项目|工程", c.text):
        return
    new = c.quotes[-1]
    which = target(c, TEXT_KINDS)
    if len(c.quotes) > 1:
        old = _named_text(c, c.quotes[0])
        which = old or which
    if (
        which is None
        and not c.mention("pronoun")
        and not patterns.search(r"text|words|文字|字|文案", c.text)
        and len(c.quotes) < 2
    ):
        return
    yield step("change_text", 0.96, which=which if which != "text" else None, text=new.words)


def _named_text(c: Clause, quoted: Quoted) -> str | None:
    wanted = " ".join(quoted.words.lower().split())
    for thing in c.scene.of("text"):
        text = thing.segment.text
        if text and wanted in " ".join(text.content.lower().split()):
            return thing.segment.id
    return None


def _which(c: Clause) -> list[str]:
    named = [m.said for m in c.mentions if m.kind in TEXT_KINDS]
    if c.quotes:
        named = [i for q in c.quotes if (i := _named_text(c, q))] or named
    if not named:
        named = targets(c, TEXT_KINDS)
    named = list(dict.fromkeys(named))
    if len(named) > 1 and "text" in named:
        named.remove("text")  # "the letters of the title"
    return [] if named == ["text"] else named


def _spoken(c: Clause) -> bool:
    """Is a text spoken of, by its kind, its words or "it"?"""
    if c.mention(*TEXT_KINDS):
        return True
    if any(_named_text(c, q) for q in c.quotes):
        return True
    if c.around.focus_kind == "text" and not c.mentions:
        return True
    thing = c.touched
    if c.leaning and thing and thing.role == "text" and not c.around.focus:
        return True
    focused = c.around.focus_kind == "text" if c.around.focus else bool(thing and thing.role == "text")
    return focused and c.mention("pronoun") is not None


def _gone(c: Clause) -> Iterator[Reading]:
    if not c.has("remove") and not patterns.search(r"^no |without|不要|没有", c.text):
        return
    if (
        not (c.mention(*TEXT_KINDS) or any(_named_text(c, q) for q in c.quotes))
        or (c.has("add") and c.quotes)
        or c.has("animate", "no_box", "not_bold", "not_italic", "outline", "shadow", "box")
        or c.has("font")
    ):
        return
    if c.quantity("seconds") or (c.mention("film") and c.mention("title") and c.has("rename")):
        return
    yield steps("remove_text", 0.94, _which(c) or [None])


def _animation(c: Clause) -> Iterator[Reading]:
    if not c.has("animate") or not _spoken(c) or c.quantity("percent", "decibels"):
        return
    none = patterns.search(
        r"no animation|without (?:any )?animation|remove the animation|stop animating|不要动画|去掉动画|取消动画|(?:去掉|取消|不要|移除).{0,5}动画|没有动画|无动画",
        c.text,
    )
    named = _which(c)
    if none:
        yield steps("text_animation", 0.94, named or [None], kind="none")
        return
    if patterns.search(r"slow|\d", c.text) and c.quantity("seconds") and patterns.search(r"fade|淡", c.text):
        return
    kind = _kind(c)
    if kind is None:
        return
    going_in = patterns.search(
        r"(?<![a-z])in(?![a-z])|入|出来|(?<!dis)appear|进场|出现|on(?![a-z])|coming|开始时", c.text
    )
    going_out = patterns.search(
        r"(?<![a-z])out(?![a-z])|出(?!现|来)|disappear|leav|消失|退场|going|^end|结束时|结尾", c.text
    )
    when = None if bool(going_in) == bool(going_out) else "in" if going_in else "out"
    yield steps("text_animation", 0.93, named or [None], kind=kind, when=when)


def _kind(c: Clause) -> str | None:
    text = c.text
    for name, pattern in (
        ("type", r"typ(?:e|es|ed|ing|ewriter)|打字|逐字|一个字一个字"), ("pop", r"pop|bounce|弹"),
        ("slide_right", r"(?:slide|fly|come|move).{0,20}from the left|(?:slide|fly).{0,12}(?:to the )?right|从左|向右|右滑"),
        ("slide_left", r"slide|fly|滑|飞|从右|向左"), ("rise", r"ris(?:e|es|ing)|from below|from the bottom|上升|升起|从下"),
        ("fall", r"fall|drop|from above|from the top|下落|落下|掉|从上"), ("blur", r"blur|模糊"),
        ("fade", r"fad(?:e|es|ing)|淡|渐|appear slowly"),
    ):  # fmt: skip
        if patterns.search(pattern, text):
            return name
    return c.chosen("text_animation", "kind")


def _duration(c: Clause) -> Iterator[Reading]:
    if (
        not (c.has("show", "trim", "longer", "shorter", "to_the_end") or c.quantity("seconds", cue=("for", "until")))
        or not _spoken(c)
        or c.has("fade_in", "fade_out")
    ):
        return
    which = next(iter(_which(c)), None)
    if (
        c.has("to_the_end")
        and patterns.search(
            r"end|whole|entire|throughout|always|all the way|最后|结束|全程|始终|一直|整个|结尾", c.text
        )
        and not c.every("seconds")
    ):
        yield step("text_duration", 0.94, which=which, to_the_end=True)
        return
    lengths = [q for q in c.every("seconds", "frames") if q.cue not in ("at", "from")]
    if not lengths:
        return
    q = lengths[0]
    if q.cue == "until" or (q.cue == "to" and patterns.search(r"until|till|直到|显示到|保持到|停留到", c.text)):
        yield step("text_duration", 0.94, which=which, until=plain(q))
    elif q.cue in ("by", "more") or patterns.search(
        r"longer by|(?:s|seconds?|secs?) longer|再多|多(?:显示|停留|放|留)", c.text
    ):
        thing = next((t for m in c.mentions for t in m.things if t.role == "text"), None)
        if thing:
            change = -float(q.number) if c.has("shorter") else float(q.number)
            yield step("text_duration", 0.92, which=which, to=round(float(thing.segment.duration) + change, 6))
    else:
        yield step("text_duration", 0.93, which=which, to=plain(q))


def _position(c: Clause) -> Iterator[Reading]:
    if (
        not _spoken(c)
        or (
            not c.mention(*TEXT_KINDS)
            and c.has("rotate", "animate", "pan_to")
            and not patterns.search(r"move|put|place|at the|放|移|在", c.text)
        )
        or c.every("seconds", "timecode")
    ):
        return
    if c.quotes and not any(_named_text(c, q) for q in c.quotes):
        return
    found = patterns.search(r"third from the (top|bottom)|(?:距|离)(?:顶部|上边)三分之一", c.text)
    if found:
        down = 67 if found[1] == "bottom" else 33
        yield steps("text_position", 0.94, _which(c) or [None], x=50 if c.has("centre") else None, y=down)
        return
    percents = c.every("percent")
    if percents and patterns.search(r"from the (?:left|top|right|bottom)|离|距|横向|纵向|\bx\b|\by\b", c.text):
        args: dict[str, Plain] = {}
        for q in percents:
            near = c.text[max(0, q.start - 8) : q.end + 18]
            if (
                patterns.search(r"top|vertical|纵|顶|上|\by\b|down", near)
                and "y" not in args
                and not patterns.match(r".{0,4}\s*from the left", c.text[q.end : q.end + 18])
            ):
                args["y"] = q.number
            else:
                args["x"] = q.number
        yield steps("text_position", 0.92, _which(c) or [None], **args)
        return
    place = place_of(c, "text_position")
    if place and not c.has("fade_in", "fade_out"):
        yield steps("text_position", 0.92, _which(c) or [None], place=place)


def _style(c: Clause) -> Iterator[Reading]:
    spoken = _spoken(c)
    args: dict[str, Plain] = {}
    if c.has("not_bold"):
        args["bold"] = False
    elif c.has("bold"):
        args["bold"] = True
    if c.has("not_italic"):
        args["italic"] = False
    elif c.has("italic"):
        args["italic"] = True
    if (font := font_of(c)) is not None:
        args["font"] = font
    if c.has("no_box"):
        args["no_box"] = True
    percent = c.quantity("percent")
    colours = [name for name, _, _ in c.colours]
    if (
        c.has("box")
        and "no_box" not in args
        and spoken
        and patterns.search(r"box|background|backdrop|plate|bar|底框|背景|底色|底板|框|底", c.text)
    ):
        args["box"] = colours.pop(_box_colour(c)) if colours else "black"
    if colours and (spoken or args or c.has("font")):
        args["colour"] = colours[0]
    for name in ("outline", "shadow"):
        if c.has(name) and (spoken or c.has("font")):
            gone = patterns.search(
                rf"(?:no|without|remove the) {name}|(?:去掉|不要|取消)(?:描边|阴影|投影|轮廓|边框)", c.text
            )
            args[name] = 0 if gone else percent.number if percent else (8 if name == "outline" else 40)
            percent = None if not gone else percent
    if spoken or c.has("font"):
        args.update(_size(c, percent))
        if (
            patterns.search(r"(?:text )?style|样式", c.text)
            and (style := c.chosen("text_style", "style"))
            and (c.mention("text") or patterns.search(r"as an? |style to|样式(?:改|换|用|设)", c.text))
        ):
            args["style"] = style
    elif c.has("double_size") and c.scene.of("text") and not c.mention("overlay", "logo", "clip", "film", "image"):
        args["bigger"] = 2
    if not args:
        return
    if "outline" in args and "bold" not in args and not patterns.search(r"letters|colou?r|颜色|字色", c.text):
        edge = c.find("outline")
        near = min(c.colours, key=lambda one: abs(one[1] - edge.start())) if edge and c.colours else None
        left = [one[0] for one in c.colours if one is not near]
        args.pop("colour", None)  # the outline's own
        if left:
            args["colour"] = left[0]
    if not spoken and not c.has("font") and not {"bold", "italic", "bigger", "font"} & set(args):
        return
    if set(args) <= {"colour"} and not spoken:
        return
    yield steps("text_style", 0.92 if spoken else 0.75, _which(c) or [None], **args)


def _box_colour(c: Clause) -> int:
    """Which of the colours is the box's: the one that stands nearest to the word."""
    box = c.find("box")
    if box is None or len(c.colours) < 2:
        return 0
    return min(range(len(c.colours)), key=lambda n: abs(c.colours[n][1] - box.start()))


def _size(c: Clause, percent: Quantity | None) -> dict[str, Plain]:
    factor = c.quantity("factor")
    if percent is not None and patterns.search(
        r"bigger|smaller|larger|放大|缩小|size|字号|大小|tall|big|height|高", c.text
    ):
        if patterns.search(r"%\s*(?:bigger|larger)|放大\d|大\d", c.text):
            return {"bigger": round(1 + float(percent.number) / 100, 4)}
        if patterns.search(r"%\s*smaller|缩小\d|小\d", c.text):
            return {"bigger": round(1 - float(percent.number) / 100, 4)}
        return {"size": percent.number}
    if c.has("double_size"):
        return {"bigger": 2}
    if c.has("half_size"):
        return {"bigger": 0.5}
    if factor is not None and c.has("bigger", "smaller", "scale"):
        number = factor.number
        return {"bigger": round(1 / number, 4) if c.has("smaller") and number > 1 else number}
    if c.has("bigger") and not (
        c.has("smaller") and patterns.search(r"small|小", c.text) and not patterns.search(r"too small|太小", c.text)
    ):
        return {
            "bigger": 1.2
            if c.has("a_bit")
            else 2
            if c.has("much") and not patterns.search(r"太小|too small", c.text)
            else 1.5
        }
    if c.has("smaller"):
        return {
            "bigger": 0.8
            if c.has("a_bit")
            else 0.5
            if c.has("much") and not patterns.search(r"太大|too big", c.text)
            else 0.7
        }
    return {}
