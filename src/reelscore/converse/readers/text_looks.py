"""How text looks: its colours, boxes, edges, sizes. Fonts: `fonts`; where it stands: `text_places`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied, taken_zh
from reelscore.converse.proportions import proportion
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.fonts import FONTS_ZH, font_of
from reelscore.converse.readers.texts import text_spoken, texts_meant
from reelscore.converse.reading import TEXT_KINDS, Reading, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said, Step


def _goes_on(c: Clause) -> bool:
    """ "With a black outline", after an edit of a text and with nothing else named."""
    thing, last = c.touched, c.context.steps[-1] if c.context.steps else None
    edged = (c.has("outline") or c.has("shadow")) and not c.mentions and not c.around.focus
    return edged and thing is not None and thing.role == "text" and isinstance(last, Step)


_INTO_ANOTHER = Sieve(
    re.compile(
        r"(?<![a-z])(?:turn|make|change|convert) [^,;]{2,30}? (?:into|to|a) (?:an? )?(?P<kind>title|subtitle|caption|lower[ -]third|name ?tag|quote|credit)[ .!]*$"
    )
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


def around_new(c: Clause) -> dict[str, Plain]:
    """What a text that is put there takes besides place, colour and font: outline, shadow, box, a size of its own."""
    found = next((r for r in styled(c, fresh=True) if r.asked), None)
    given = dict(found.asked[0].args) if found else {}
    made = {name: given[name] for name in ("outline", "shadow", "box") if given.get(name)}
    if made:
        made["colour"] = given.get("colour")  # the edge's own colour is not the letters'
    for times, size in _SIZES:
        if size.search(c.text):
            return {**made, "bigger": times}
    return made


_WRITTEN = r"(?= (?:(?:white|black|red|yellow|blue|green|pink|orange|gold|bold|fat|new|opening|closing|centred|centered) )*(?:titles?|subtitles?|captions?|text|letters|lettering|type|font|headline|heading|writing|lower third|name ?tag|words|line|caps|print|handwriting)(?![a-z]))"
_AN_OPTION = r"(?= *(?:$|[,.;!]|(?:and|in|at|on|for|across|over|near|white|black|red|yellow|blue|green|pink|orange|gold|bold|please)(?![a-z])))"


def _sized(words: str, eastern: str) -> Sieve:
    """A size of letters: before what is written, or said of the words after a comma or right behind them."""
    behind = r"(?:^ *|(?<=, )|(?<=,)|(?<=\ue000 )|(?<= and )|(?<= in )|(?<=really )|(?<=nice and )|(?<=very ))"
    return Sieve(
        re.compile(rf"(?<![a-z])(?:{words}){_WRITTEN}|{behind}(?:{words}){_AN_OPTION}|(?:{eastern})", re.DOTALL)
    )


_SIZES = (
    (2, _sized("huge|giant|massive|enormous|gigantic", r"(?:超|巨|特)大(?:号|的)?(?:号的?)?[白黑红黄蓝绿金粉]?色?(?:的)?字|字(?:要|得|给我)?(?:超|巨|特)大")),
    (0.5, _sized("tiny|teeny", r"(?:超|极)小的?[白黑红黄蓝绿金粉]?色?(?:的)?字|字(?:要|得|给我)?(?:超|极)小")),
    (1.5, _sized("big|large", r"大(?:号|大的?)?的?[白黑红黄蓝绿金粉]?色?(?:的)?字(?!幕|体|号)|字(?:要|得|给我|写)?大(?:大的|些)?(?=$|[,，。!！])")),
    (0.7, _sized("small|little", r"小(?:号|小的?)?的?[白黑红黄蓝绿金粉]?色?(?:的)?字(?!幕|体|号)|字(?:要|得|给我|写)?小(?:小的|些)?(?=$|[,，。!！])")),
)  # fmt: skip


def styled(c: Clause, *, fresh: bool = False) -> Iterator[Reading]:
    """How a text that is there shall look; `fresh`: or one that is only being put there."""
    yield from () if fresh else _turned_into(c)
    spoken = fresh or text_spoken(c) or _goes_on(c)
    args: dict[str, Plain] = dict(paired_colours(c)) if spoken else {}
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
        or _taken(c, r"底框|底色|背景框|文字框|底板|衬底|色块|(?:字幕|标题|文字|人名条|字)的?背景(?!音|声|虚|模糊)")
        or (c.has("box") and denied(c.text, r"box|background|backdrop|plate|backing|panel"))
    ):
        args["no_box"] = True
    percent = c.quantity("percent")
    face = FONTS_ZH.search(c.text)  # 微软雅黑 is no black
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
    letters = {"bold", "italic"} & args.keys() and not c.mention("overlay", "logo", "clip", "film", "image")
    if spoken or letters or c.has("font"):  # "bigger and bold" is of no picture
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
        if near and edge and near[2] < edge.start() and _APART.search(c.text[near[2] : edge.start()]):
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
_APART = re.compile(r"(?<![a-z])(?:with|and|plus|but)(?![a-z])|[带加配有和跟与、,]")
_UPON = re.compile(r"(?<![a-z])on (?:a |an |top of )?(?=[a-z])")
_PAIR = re.compile(r"(?P<colour>\ue000*[^\s,。、和]{1,3}?)色?(?:的)?(?P<of>底(?!部|下)|字|边(?!上|缘)|描边|背景|框)")


def paired_colours(c: Clause) -> Iterator[tuple[str, Plain]]:
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


_TOO_LARGE = Sieve(
    re.compile(r"(?:太|过于|偏)大(?![声一])(?!.*(?:放大|[调加]大))")
)  # 字幕太大了: what is wrong with it


def _size(c: Clause, percent: Quantity | None) -> dict[str, Plain]:
    if (times := proportion(c.text, "size")) is not None:
        return {"bigger": round(float(times), 4)}
    for grown, words in _SIZES[:2]:
        if words.search(c.text):
            return {"bigger": grown}  # "huge", 超小字
    factor = c.quantity("factor")
    if percent is not None and patterns.search(
        r"bigger|smaller|larger|放大|缩小|size|字号|大小|tall|big|height|高", c.text
    ):
        by = percent.cue == "by" or patterns.search(
            r"(?<![a-z])by (?:about |around |roughly )?$", c.text[: percent.start]
        )
        if way := patterns.search(
            r"(?<![a-z])(?:(?P<less>down|lower)|up|higher) (?:by )?(?:about )?$", c.text[: percent.start]
        ):
            return {"bigger": round(1 + (-1 if way["less"] else 1) * float(percent.number) / 100, 4)}
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
    if _TOO_LARGE.search(c.text) and not c.has("a_bit"):
        return {"bigger": 0.7}
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
