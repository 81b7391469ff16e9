"""How text looks and where it stands: places, fonts, colours, sizes, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied, taken_zh
from reelscore.converse.normalise import blanked
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.nudged import nudge
from reelscore.converse.readers.texts import named_text, text_spoken, texts_meant
from reelscore.converse.reading import TEXT_KINDS, Reading, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said, Step

_FONTS = re.compile(
    r"(?:font(?: called| named)?(?: to| is| should be|:)?|typeface|字体(?:换成|改成|改为|用|为|设为|设成)?|use|用|in)\s+(?:(?:white|black|red|green|blue|yellow|orange|pink|purple|gold|bold|italic|big|large|small) )*:?\s*([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)


_KNOWN_FONTS = re.compile(
    r"(?<![a-z])(?:arial(?: black)?|helvetica(?: neue)?|georgia|times new roman|courier(?: new)?|comic sans(?: ms)?|futura|garamond|verdana|tahoma"
    r"|roboto(?: mono| slab)?|open sans|montserrat|poppins|oswald|pacifico|lobster|bebas(?: neue)?|playfair(?: display)?|raleway|noto (?:sans|serif)"
    r"|gill sans|avenir|baskerville|didot|rockwell|century gothic|trebuchet|papyrus|dancing script|dejavu (?:sans|serif)(?: mono)?|source sans|ubuntu mono)(?![a-z])",
    re.I,
)


_FONTS_ZH = re.compile(
    r"(?:思源|方正|华文|微软|站酷|阿里|汉仪|优设|仿)?(?:宋体|黑体|楷体|圆体|隶书|仿宋|雅黑|手写体|行书|草书|行楷|魏碑|幼圆|苹方|综艺体|娃娃体|卡通体|少女体|标题黑)"
)


def place_of(c: Clause) -> str | None:
    """A place on the picture: one of the choices, or two sides that make a corner."""
    text = c.text
    for m in c.mentions:
        if m.nth is not None and "中" in text[m.start : m.end]:  # 中间那条字幕
            text = blanked(text, m.start, m.end)
    if short := patterns.search(r"(?<![a-z])(tl|tr|bl|br)(?![a-z])", text):
        return {"tl": "top_left", "tr": "top_right", "bl": "bottom_left", "br": "bottom_right"}[short[1]]
    vertical = (
        "top"
        if patterns.search(r"(?<![a-z])(?:top|upper)(?![a-z])|上(?:方|面|边|部|角|侧)?|顶", _placed(text))
        else None
    )
    if patterns.search(
        r"(?<![a-z])(?:bottom|lower)(?! third)(?![a-z])|下(?:方|面|边|部|角|侧)|[往向靠偏朝]下|下[移挪靠]|(?<![色黑白红黄蓝绿灰粉])底(?!色|框|板|纹)",
        _placed(text),
    ):
        vertical = "bottom"
    if patterns.search(r"左下|右下", text):
        vertical = "bottom"
    side = (
        "left"
        if patterns.search(r"(?<![a-z])left(?![a-z])|左", _placed(text))
        else "right"
        if patterns.search(r"(?<![a-z])right(?![a-z])(?! (?:now|after|away|before))|右", _placed(text))
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
            r"(?<![a-z])(?:cent(?:er|re)(?:e?d)?|middle)(?![a-z])(?! of the (?:film|video))|居中|(?<!片子)(?<!影片)(?<!视频)(?<!全片)中间|中央|正中",
            text,
        )
        else None
    )


_NOT_PLACES = Sieve(
    re.compile(
        r"(?:字幕|标题|文字|字)的?(?:底下|下面|下方|后面)(?=(?:加|垫|放|铺|来|衬).{0,8}(?:框|底|色块|背景|条))|(?:别|不要|不能|免得)(?:再)?(?:贴|靠|挡|压|碰|在|到|太)[着住在到近]*最?[上下左右底顶][边部面缘方端]?|[左右](?:上|下)?(?:边|角|侧)?(?:的|那个|这个|那张)+(?=小?(?:图|logo|水印|贴|窗|画|标|字|角标|徽))|左右(?!翻|镜|对)|从[左右](?!上|下)边?(?=滑|飞|进|入|推|划)|晚上|[去改换弄搞做删剪关退换留剩停放定]下(?!面|方|边|部|角|左|右)|片尾上|片头上|加上|配上|写上|放上|打上|上传|上一|以上|上升|上去|贴上|换上|带上|画面上(?!方|面|边|部|缘)|屏幕上(?!方|面|边|部|缘)|影片上|视频上|时间线上|一下|下载|下一|以下|下来|下落|剪下|往下说|底框|底色|衬底|[黑白红黄蓝绿灰]底|上下|从上|从下|(?<=[片图段张面里])上(?=写|加|打|显示|标|配|来|出)|早上|晚上|topic|马上|底板|下三分之一|背景|lower[ -]third|lower the"
    )
)


def _placed(text: str) -> str:
    """The text without the words in which 上 and 下 are no places."""
    return _NOT_PLACES.regex.sub(" ", text) if _NOT_PLACES.may(text) else text


def _beside_quotes(c: Clause) -> str:
    """The words as they were typed, without what the text shall say: it is no name of a font."""
    parts, at = [], 0
    for quoted in c.quotes:
        parts.append(c.said(at, quoted.start))
        at = quoted.end
    return " ... ".join([*parts, c.said(at)]) if parts else c.said()


def font_of(c: Clause) -> str | None:
    said = _beside_quotes(c)
    if (c.mention(*TEXT_KINDS) or c.has("font")) and (face := _FONTS_ZH.search(said)):
        return face[0]
    if (c.mention(*TEXT_KINDS) or c.has("font")) and (face := _KNOWN_FONTS.search(c.text)):
        typed = c.said(*face.span())
        return " ".join(word.capitalize() for word in typed.split()) if typed.islower() else typed
    if generic := patterns.search(
        r"(?<![a-z])(serif|sans(?:-| )?serif|sans|monospace|mono|script|handwrit(?:ing|ten)) font|font .{0,12}(serif|monospace|handwritten)|(?:字体)?.{0,4}(衬线|无衬线|手写)体",
        c.text,
    ):
        return next(group for group in generic.groups() if group)
    if c.mention(*TEXT_KINDS) and (
        face := patterns.search(r"(?<![a-z])(serif|sans[- ]serif|monospaced?|handwritten)(?![a-z])", c.text)
    ):
        return "monospace" if face[1].startswith("mono") else face[1]
    if not (c.has("font") or c.mention(*TEXT_KINDS) or patterns.search(r"\b(?:use|in)\b|用", c.text)):
        return None
    found = _FONTS.search(said)
    if (
        found
        and (c.has("font") or c.mention(*TEXT_KINDS))
        and not patterns.match(
            r"(?:Bold|Italic|Red|White|Black|The|A|[Bb]igger|[Ss]maller|[Ll]arger|big|small|large|thicker|thinner|bolder|nicer|different)\b",
            found[1],
        )
    ):
        return found[1]
    if c.has("font") and (
        behind := patterns.search(
            r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) (?:font|字体)|font (?!(?:bigger|smaller|larger|bolder|thicker|thinner|nicer|size|up|down|colou?r|please|pls)(?![\w-]))([\w-]+)$|字体 ?(?:换成|改成|改为|用)? ?([\w\u4e00-\u9fff-]+体)",
            said,
        )
    ):
        return next(group for group in behind.groups() if group)
    if (
        c.mention(*TEXT_KINDS)
        and (face := patterns.search(r"用([\u4e00-\u9fff]{1,3}体)(?!字)", said))
        and not face[1].endswith(("粗体", "斜体"))
    ):
        return face[1]
    if c.has("font") and (named := patterns.search(r"(?:换成|改成|用|改为)([\u4e00-\u9fff]{1,4}体)", said)):
        return None if named[1].endswith(("粗体", "斜体", "字体")) else named[1]
    return None


def positioned(c: Clause) -> Iterator[Reading]:
    if (
        not text_spoken(c)
        or (
            not c.mention(*TEXT_KINDS)
            and c.has("rotate", "animate", "pan_to")
            and not patterns.search(r"move|put|place|at the|放|移|在", c.text)
        )
        or c.every("seconds", "timecode")
    ):
        return
    if c.quotes and not any(named_text(c, q) for q in c.quotes):
        return
    if (further := nudge(c)) is not None:
        yield steps("text_position", 0.94, texts_meant(c) or [None], **further)
        return
    found = patterns.search(r"third from the (top|bottom)|(?:距|离)(?:顶部|上边)三分之一", c.text)
    if found:
        down = 67 if found[1] == "bottom" else 33
        yield steps("text_position", 0.94, texts_meant(c) or [None], x=50 if c.has("centre") else None, y=down)
        return
    percents = c.every("percent")
    if percents and patterns.search(r"from (?:the )?(?:left|top|right|bottom)|离|距|横向|纵向|\bx\b|\by\b", c.text):
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
        yield steps("text_position", 0.92, texts_meant(c) or [None], **args)
        return
    place = place_of(c)
    there = patterns.search(
        r"(?<![a-z])(?:in|to|into|at|as|on)(?: the| a)? (?:lower|bottom)[ -]third|third of the|下三分之一", c.text
    )
    if (
        there
        and c.mention("lower_third")
        and (others := [m.said for m in c.mentions if m.kind in ("title", "subtitle", "text")])
    ):
        yield steps("text_position", 0.94, others, place="lower_third")  # "the title in the lower third"
        return
    if place == "centre" and any(m.nth is not None and "middle" in c.text[m.start : m.end] for m in c.mentions):
        return  # "the middle caption"
    if place and not c.has("fade_in", "fade_out"):
        yield steps("text_position", 0.92, texts_meant(c) or [None], place=place)


def _goes_on(c: Clause) -> bool:
    """ "With a black outline", after an edit of a text and with nothing else named."""
    thing, last = c.touched, c.context.steps[-1] if c.context.steps else None
    edged = (c.has("outline") or c.has("shadow")) and not c.mentions and not c.around.focus
    return edged and thing is not None and thing.role == "text" and isinstance(last, Step)


_INTO_ANOTHER = re.compile(
    r"(?<![a-z])(?:turn|make|change|convert) [^,;]{2,30}? (?:into|to|a) (?:an? )?(?P<kind>title|subtitle|caption|lower[ -]third|name ?tag|quote|credit)[ .!]*$"
)
_STYLE_OF = {"caption": "caption", "subtitle": "caption", "name tag": "lower_third", "nametag": "lower_third"}


def _turned_into(c: Clause) -> Iterator[Reading]:
    """ "turn the subtitle into a title": another style of the same text."""
    found = None if c.quotes else _INTO_ANOTHER.search(c.text)
    one = next((m for m in c.mentions if m.kind in TEXT_KINDS and m.things), None)
    if found and one and len(one.things) == 1 and one.end <= found.start("kind"):
        kind = found["kind"].replace("-", " ")
        yield from [
            steps("text_style", 0.965, [one.things[0].segment.id], style=_STYLE_OF.get(kind, kind.replace(" ", "_")))
        ]


def styled(c: Clause) -> Iterator[Reading]:
    yield from _turned_into(c)
    spoken = text_spoken(c) or _goes_on(c)
    args: dict[str, Plain] = dict(_pairs(c)) if spoken else {}
    if args.pop("edge", "black") != "black":
        yield Reading((), 0.955, missed=_BLACK_EDGES)
        return
    paired = bool(args)
    if c.has("not_bold") or (c.has("bold") and denied(c.text, r"bold(?:er)?|boldface")):
        args["bold"] = False
    elif c.has("bold"):
        args["bold"] = True
    if c.has("not_italic") or (c.has("italic") and denied(c.text, r"italics?|slanted|cursive")):
        args["italic"] = False
    elif c.has("italic"):
        args["italic"] = True
    if (font := font_of(c)) is not None:
        args["font"] = font
    if (
        c.has("no_box")
        or _taken(c, r"底框|底色|背景框|文字框|底板|衬底|色块")
        or (c.has("box") and denied(c.text, r"box|background|backdrop|plate|backing|panel"))
    ):
        args["no_box"] = True
    percent = c.quantity("percent")
    face = _FONTS_ZH.search(c.text)  # 微软雅黑 is no black
    colours = [] if paired else [n for n, at, _ in c.colours if not (face and face.start() <= at < face.end())]
    if (
        not paired
        and c.has("box")
        and "no_box" not in args
        and spoken
        and patterns.search(
            r"box|background|backdrop|(?<![a-z])bg(?![a-z])|backing|button|panel|plate|bar|highlight|底框|背景|底色|底板|框|底|条",
            c.text,
        )
    ):
        args["box"] = colours.pop(_box_colour(c)) if colours else "black"
        if c.has("half_transparent"):
            args["box"] = _SEEN_THROUGH.get(str(args["box"]), args["box"])
    if len(colours) > 1 and spoken and "box" not in args and (upon := _UPON.search(c.text)):
        behind = next((n for n, one in enumerate(c.colours) if one[1] >= upon.end() - 1), None)
        if behind and not c.has("outline", "shadow"):
            args["box"] = colours.pop(behind)  # "white on black"
    if colours and (spoken or args or c.has("font")):
        args["colour"] = colours[0]
    for name in ("outline", "shadow"):
        if c.has(name) and name not in args and (spoken or c.has("font")):
            gone = denied(c.text, rf"{name}s?|drop shadows?|borders?|strokes?") or _taken(
                c, r"描边|边框|轮廓" if name == "outline" else r"阴影|投影|影子"
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
    edged = "outline" if "outline" in args else "shadow"
    if (
        edged in args
        and not paired
        and "bold" not in args
        and not patterns.search(r"letters|colou?r|颜色|字色", c.text)
    ):
        edge = c.find(edged)
        near = min(c.colours, key=lambda one: abs(one[1] - edge.start())) if edge and c.colours else None
        if near and edge and near[2] < edge.start() - 1 and _APART.search(c.text[near[2] : edge.start()]):
            near = None  # "in gold with a soft shadow"
        if near and near[0] != "black" and len(c.colours) == 1 and args[edged] and _EDGE_COLOUR.search(c.text):
            yield Reading((), 0.955, missed=_BLACK_EDGES)
            return
        left = [one[0] for one in c.colours if one is not near]
        args.pop("colour", None)  # the outline's own, or the shadow's
        if left:
            args["colour"] = left[0]
    if not spoken and not c.has("font") and not {"bold", "italic", "bigger", "font"} & set(args):
        return
    if set(args) <= {"colour"} and not spoken:
        return
    yield steps("text_style", 0.92 if spoken else 0.75, texts_meant(c) or [None], **args)


_EDGE_COLOUR = re.compile(  # 标题白色描边, "a red outline"
    r"[红白黄蓝绿橙粉紫灰金银]色?的?(?:描边|边框|轮廓|边(?!上|缘|框|距)|阴影|投影)|(?<![a-z])(?:red|white|yellow|blue|green|orange|pink|purple|gr[ae]y|gold) (?:outline|stroke|border|shadow)(?![a-z])"
)
_BLACK_EDGES = Said(
    "Outlines and shadows of text are always black. A box behind the text can have any colour.",
    "文字的描边和阴影只能是黑色；底框可以用任何颜色。",
)
_SEEN_THROUGH = {
    "black": "#00000080",
    "white": "#ffffff80",
    "grey": "#80808080",
    "blue": "#1e88e580",
    "red": "#e5393580",
}
_APART = re.compile(r"(?<![a-z])(?:with|and|plus|but)(?![a-z])")
_UPON = re.compile(r"(?<![a-z])on (?:a |an |top of )?(?=[a-z])")


_PAIR = re.compile(r"(?P<colour>\ue000*[^\s,。、和]{1,3}?)色?(?:的)?(?P<of>底(?!部|下)|字|边(?!上|缘)|描边|背景|框)")


def _pairs(c: Clause) -> Iterator[tuple[str, Plain]]:
    """黄底黑字, 白字黑边: a colour for each of letters, box and outline."""
    names = {end: name for name, _, end in c.colours}
    found = [
        (m["of"], names[at])
        for m in _PAIR.finditer(c.text)
        for at in (m.end("colour"), m.end("colour") + 1)
        if at in names and at <= m.start("of")
    ]
    if len({of for of, _ in found}) < 2:
        return
    for of, name in found:
        if of == "字":
            yield "colour", name
        elif of in ("边", "描边"):
            yield "outline", 8
            yield "edge", name
        else:
            yield "box", name


def _taken(c: Clause, words: str) -> bool:
    """Shall this look of the text go: 去掉标题的阴影, 描边不要?"""
    return taken_zh(c.text, words)


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
        by = percent.cue == "by" or patterns.search(
            r"(?<![a-z])by (?:about |around |roughly )?$", c.text[: percent.start]
        )
        if by and c.has("bigger", "smaller"):
            sign = -1 if c.has("smaller") else 1
            return {"bigger": round(1 + sign * float(percent.number) / 100, 4)}
        if patterns.search(
            r"(?:%|percent)\s*(?:bigger|larger)|放大(?!到|至|为|成)(?:百分之|\d)|(?<!放)大(?:百分之|\d)", c.text
        ):
            return {"bigger": round(1 + float(percent.number) / 100, 4)}
        if patterns.search(
            r"(?:%|percent)\s*smaller|缩小(?!到|至|为|成)(?:百分之|\d)|(?<![大缩])小(?:百分之|\d)", c.text
        ):
            return {"bigger": round(1 - float(percent.number) / 100, 4)}
        return {"size": percent.number}
    placed = percent is not None and patterns.match(r" from (?:the )?(?:left|right|top|bottom)", c.text[percent.end :])
    if percent is not None and percent.cue == "at" and not c.has("opacity") and not placed:
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
