"""How pictures look and where they stand: shape, crop, turn, mirror, zoom, colour, opacity, insets, background."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.denied import taken_zh
from reelscore.converse.readers.behind_pictures import behind, fitted
from reelscore.converse.readers.insets import arranged, inset, see_through
from reelscore.converse.readers.looks import filtered
from reelscore.converse.readers.seeing import _SEEN, barless, fill_of, seen
from reelscore.converse.readers.shapes import shape_said
from reelscore.converse.readers.sides import heading
from reelscore.converse.readers.soft_looks import softened
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps, unnamed
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Option, Question


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns pictures."""
    if c.mention(*TEXT_KINDS) and not c.mention(*_SEEN, "film") and not c.quantity("ratio"):
        if c.has("flip") and not c.quotes and c.mention("name") and seen(c):
            yield from (
                replace(one, score=0.97) for one in _turn(c)
            )  # "flip the selfie so the text reads the right way"
        return
    if c.quotes:
        return
    yield from _aspect(c)
    yield from _size(c)
    yield from _crop(c)
    yield from _turn(c)
    yield from _zoom(c)
    yield from see_through(c)
    yield from inset(c)
    yield from arranged(c)
    yield from behind(c)
    yield from fitted(c)
    yield from filtered(c)
    yield from softened(c)


_STOOD = re.compile(r"(?:转|旋转|摆)(?:成|为|过来|到|回)*(?:一个)?[横竖]")  # 第三个视频转成横的
_MADE_SO = re.compile(
    r"\s*(?:(?:and|then|now|please|can you|could you|also|but|just|,) ?)*(?:make|turn|convert|change|switch)(?![a-z])|[改变换弄做]成?"
)


def _all_or_turned(which: str, ratio: str) -> Question:
    """ "make the third clip vertical": all clips share the film's shape."""
    return Question(
        Said(
            "All clips share the film's shape. Shall the whole film change, or only this clip be turned?",
            "所有片段共用影片的画幅。是整个影片都改，还是只把这个片段转过来？",
        ),
        (
            Option(Said(f"the whole film in {ratio}", f"整个影片改成 {ratio}"), (Step("aspect", (("ratio", ratio),)),)),
            Option(
                Said("turn this clip by 90 degrees", "只把这个片段旋转90度"),
                (Step("rotate", (("which", which), ("by", 90))),),
            ),
        ),
    )


_STORY = r"(?<![a-z])(?:insta(?:gram)?|ig|facebook|snap(?:chat)?|a) stor(?:y|ies)"


def _aspect(c: Clause) -> Iterator[Reading]:
    if c.mention("overlay", "logo") and c.scene.of("overlay") and not c.mention("film"):
        return  # 小窗口裁成正方形: of the small picture
    one = [t for m in c.mentions if m.kind != "film" and len(m.things) == 1 for t in m.things]
    if "裁" in c.text and c.scene.clips > 1 and one and one[0].role == "clip":
        return  # 蛋糕照片裁成方的: of that one alone
    ratio = c.quantity("ratio")
    said: Plain = plain(ratio) if ratio else None
    if said is None:
        text = c.text if patterns.search(_STORY, c.text) else unnamed(c)  # a file may be called "story"
        said = shape_said(text)
        if said is None or (
            c.has("flip", "rotate", "crop")
            and not patterns.search(
                r"make|turn .{0,20}into|turn (?:it|this|that|everything|the (?:whole )?(?:video|film|movie|edit|thing))(?: all)? (?=vertical|portrait|square|landscape|horizontal|widescreen|upright)|(?:for|as|on|to)(?: (?:the|an?|my|our|vertical|youtube|insta(?:gram)?))* (?:reels?|shorts?|tik ?tok|shorts|stories|insta|youtube)|(?:改|变|裁|剪|做|弄|切|转|裁剪)(?:成|为)|don'?t crop|不裁|crop (?:it |the (?:video|film|picture) )?(?:to|into)|rotate .{0,12}to|(?:video|film|thing) upright",
                c.text,
            )
        ):
            return
        if c.has("music_noun") and not c.mention("film") and c.wishes:
            return
    if len(one) == 1 and one[0].role == "clip" and c.scene.clips > 1 and len(c.mentions) == 1:
        if _STOOD.search(c.text):
            yield steps("rotate", 0.95, [c.mentions[0].said], by=90)
            return
        if _MADE_SO.search(c.text):
            yield Reading((), 0.95, question=_all_or_turned(c.mentions[0].said, str(said)))
            return
    lies_behind = patterns.search(
        r"(?<![a-z])(?:on|background|bars|borders|margins|edges|sides|fill|backdrop|with)(?![a-z])|背景|底|边|填充",
        c.text,
    )
    colour = c.colours[0][0] if c.colours and lies_behind and not barless(c.text) else None
    fill = fill_of(c)
    if said == "21:9" and fill == "contain" and "留" not in c.text:
        fill = None  # "cinema bars" are what that shape looks like
    if fill == "contain" and colour == "black":
        colour = None
    shaped = step("aspect", 0.94, ratio=said, fill=fill, colour=colour)
    long = [q for q in c.every("seconds") if q.cue in ("", "to", "for", "long") and not q.pair]
    if len(long) == 1 and not c.has("export") and not any(m.kind not in ("film", "pronoun") for m in c.mentions):
        # "turn it into a 15 second tiktok": a length and a shape
        yield Reading((*step("fit_duration", 1, to=plain(long[0])).asked, *shaped.asked), 0.95)
    yield shaped


def _size(c: Clause) -> Iterator[Reading]:
    rate = c.quantity("fps")
    if rate is None and c.find("filter_word") is None and patterns.search(r"frame ?rate|fps|帧率", c.text):
        rate = c.quantity("number")
    frames = c.quantity("frames", cue=("to",))
    if (
        rate is None
        and frames
        and not c.mention("clip", "title", "music", "voice")
        and patterns.search(r"改成|改为|设|换成|to", c.text)
        and not c.has("trim", "move", "cut")
    ):
        rate = frames
    size = c.quantity("size")
    if rate is not None and size is not None and not c.has("export"):
        sized = step("resolution", 1, size=str(size.value)).asked
        yield Reading((*sized, *step("frame_rate", 1, fps=rate.number).asked), 0.96)
    if rate is not None:
        yield step("frame_rate", 0.95, fps=rate.number)
    if size is None and patterns.search(r"resolution|分辨率|清晰度", c.text):
        named = patterns.search(r"(?<![a-z])(?:full hd|hd|sd)(?![a-z])|全高清|高清|超清", c.text)
        if named:
            yield step("resolution", 0.93, size=named[0])
        return
    if size is not None and not c.has("export"):
        yield step("resolution", 0.94, size=str(size.value))


A_BIT_OFF = 10  # percent of the picture, where only "a bit" is said


def _crop(c: Clause) -> Iterator[Reading]:
    if not c.has("crop") or c.every("seconds"):
        return
    named = seen(c)
    if patterns.search(
        r"(?:undo|remove|reset|no|cancel|take off|without|turn off|uncrop|revert).{0,14}crop|uncrop|(?:取消|去掉|不要|撤销|还原).{0,4}裁",
        c.text,
    ):
        if patterns.search(r"完整|黑边|留边|填充|方形|竖|横", c.text):
            return  # how a picture of another shape shall meet the canvas
        yield steps("crop", 0.95, named or [None], off=True)
        return
    percents = c.every("percent")
    if not percents and (part := _PART_OFF.search(c.text)):
        edge, share = _EDGES[part["side"]], _PARTS[part["part"]]
        if patterns.search(
            r"(?<![a-z])(?:crop|cut|trim) (?:\w+ ){0,3}(?:down )?to (?:just |only )?(?:the )?$", c.text[: part.start()]
        ):
            edge, share = _OPPOSITE[edge], round(100 - share, 3)  # "crop to the left half": that half stays
        yield steps("crop", 0.95, named or [None], **{edge: share})
        return
    amounts = [q.number for q in percents] or ([A_BIT_OFF] if c.has("a_bit") else [])
    if not amounts and patterns.search(r"一半|(?<![a-z])half(?![a-z])", c.text):
        amounts = [50]
    if not amounts:
        return
    if patterns.search(
        r"every side|all (?:four )?sides|each side|all around|all edges|四边|四周|每边|各边|四个边|边上|边缘", c.text
    ):
        yield steps("crop", 0.95, named or [None], all=min(amounts[0], 45))
        return
    sides = sorted(
        (found.start(), name)
        for name, pattern in (("left", r"(?<![a-z])left|左"), ("right", r"(?<![a-z])right|右"), ("top", r"(?<![a-z])(?:top|upper)|(?<!边)上(?!下)|顶"), ("bottom", r"(?<![a-z])(?:bottom|lower)|(?<!一)下|底"))
        if (found := patterns.search(pattern, c.text))
    )  # fmt: skip
    if not sides:
        return
    if both := patterns.search(r"上下(?:各|都|分别)|左右(?:各|都|分别)|两侧各|两边各", c.text):
        first, second = ("top", "bottom") if "上下" in both[0] else ("left", "right")
        yield steps("crop", 0.95, named or [None], **{first: amounts[0], second: amounts[0]})
        return
    args: dict[str, Plain] = {}
    for n, (_, name) in enumerate(sides):
        args[name] = amounts[min(n, len(amounts) - 1)]
    yield steps("crop", 0.95, named or [None], **args)


_PART_OFF = re.compile(  # "crop out the left quarter", "cut off the bottom third"
    r"(?<![a-z])(?P<side>left|right|top|bottom|upper|lower)(?: hand)? (?P<part>half|third|quarter|fifth|tenth|10th)(?: of (?:the )?(?:picture|frame|image|screen|shot|video|clip))?(?![a-z])(?! (?:corner|of the time))"
)
_EDGES = {"left": "left", "right": "right", "top": "top", "bottom": "bottom", "upper": "top", "lower": "bottom"}
_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
_PARTS = {"half": 50, "third": 33.333, "quarter": 25, "fifth": 20, "tenth": 10, "10th": 10}


_AT_THE_SIDES = re.compile(  # "black bars on the side"
    r"(?<![a-z])(?:bars?|borders?|edges?|margins?|gaps?|stripes?|strips?|space|bits?)(?: [a-z]+){0,3}? (?:on|at|along) (?:its|their|the|both|either) sides?(?![a-z])"
)
_TURNED_OVER = re.compile(r"(?<![a-z])(?:rotate|rotated|spin|turn) [^.,;]*upside[- ]down")


_FOUND_OVER = re.compile(  # a state that nobody wishes for: filmed so
    r"(?<![a-z])(?:is|are|it'?s|that'?s|was|were|came out|looks?|appears?|shows? up|(?:i|we|he|she|they|got|was|were|been|is) (?:filmed|shot|recorded|taken|saved|imported|uploaded)|[a-z]+'s)(?: (?:it|this|that|all|just|totally|completely|somehow|now|still|for some reason))* upside[ -]?down"
    r"|(?:画面|视频|片段|照片|镜头|拍|[段个张])(?:都|全|是|怎么|好像|有点|给我)*(?:拍)?(?:上下)?(?:颠倒|倒置|倒过来)(?:了|的)(?!放)|拍倒了|(?:是|都)倒(?:着)?的(?!放|序)"
)


_RIGHT_WAY = re.compile(r"(?<![a-z])(?:the )?(?:right|proper|correct) way (?:round|around|up)(?![a-z])")
_OVER_BEFORE = re.compile(r"upside[ -]?down|拍倒|颠倒|是倒的")


def _turn(c: Clause) -> Iterator[Reading]:
    named = seen(c)
    if c.mention("music", "voice", "audio") or ("side" in c.text and _AT_THE_SIDES.search(c.text)):
        return
    angle = c.quantity("degrees") or next((q for q in c.every("number") if q.number in (45, 90, 180, 270, -90)), None)
    if (
        c.has("rotate")
        and not patterns.search(
            r"turn (?:it |the |\w+ ){0,4}(?:up|down|into|off|on)(?![a-z])(?!side| (?:its|their|the) side)|转场|转为|转成|转到|反转|翻转|in turn",
            c.text,
        )
        and (not c.has("upside_down") or _TURNED_OVER.search(c.text))
    ):
        turning = angle is not None or patterns.search(
            r"rotat|spin|upright|straight|clockwise|(?<![a-z])c?cw(?![a-z])|旋转|转正|摆正|顺时针|逆时针|转\d|sideways|(?:its|their|the) side(?![a-z])|turn .{0,20}(?:left|right)|向[左右]转|[左右]转",
            c.text,
        )
        if turning:
            if (c.has("upright") or _RIGHT_WAY.search(c.text)) and _OVER_BEFORE.search(c.plain.text):
                yield steps("rotate", 0.955, named or [None], by=180)  # 拍倒了,转正
                return
            if "upright" in c.text and shape_said(c.plain.text) == "9:16" and not c.mention("clip", "image", "name"):
                yield step("aspect", 0.93, ratio="9:16")  # "it goes on reels, so make it upright"
                return
            if c.has("upright") or patterns.search(r"straighten", c.text) or _RIGHT_WAY.search(c.text):
                yield steps("rotate", 0.93, named or [None], by=0, upright=True)
                return
            over = _TURNED_OVER.search(c.text) is not None
            by: Plain = angle.number if angle else 180 if over else 5 if c.has("a_bit") else 90
            left = patterns.search(
                r"counter[ -]?clock|anti[ -]?clock|(?<![a-z])ccw|(?:to the )?left|逆时针|向左|往左|左转", c.text
            )
            if left and isinstance(by, (int, float)) and by > 0:
                by = -by
            yield steps("rotate", 0.95, named or [None], by=by)
            return
    if c.has("reverse") and patterns.search(r"播|放", c.text):
        return
    if c.has("upside_down") and _FOUND_OVER.search(c.text):
        yield steps("rotate", 0.955, named or [None], by=180)
        return
    if c.has("flip") and not patterns.search(r"order|顺序", c.text) and not _back_again(c):
        vertical = c.has("upside_down") and not patterns.search(r"左右|horizont", c.text)
        direction = (
            "vertical"
            if vertical or patterns.search(r"vertical|上下|垂直", c.text)
            else "horizontal"
            if patterns.search(r"horizont|水平|左右", c.text)
            else None
        )
        if patterns.search(r"horizont", c.text) and patterns.search(r"vertical", c.text):
            both = [
                s for way in ("horizontal", "vertical") for s in steps("flip", 1, named or [None], direction=way).asked
            ]
            yield Reading(tuple(both), 0.94)
            return
        yield steps("flip", 0.93, named or [None], direction=direction)


def _back_again(c: Clause) -> bool:
    """ "flip it back": undone where it was flipped just now; else what is the wrong way round is mirrored."""
    if " back" not in c.text or not patterns.search(r"flip (?:it |that |them )?back", c.text):
        return False
    return (
        any(isinstance(one, Step) and one.command == "flip" for one in c.context.steps)
        or not c.plain.text[: c.span[0]].strip()
    )


_SO_THEY_GO = re.compile(
    r"(?<![a-z])(?:so|until|till) (?:that )?(?:they|those|these)(?:'re| are)? (?:go|all go|gone) ?away"
)
_STILL = re.compile(
    r"(?:不要|别|不用|不需要|而?不是)(?:用|加|做|有)?(?:慢慢|缓慢|缓缓|那种)?的?(?:动(?!它|其)|推|运镜|移动|运动|动态|动画)|静态|固定|静止"
)


def _zoom(c: Clause) -> Iterator[Reading]:
    if not c.has("zoom") or c.mention("overlay", "logo", "music", "voice") or c.mention("transition"):
        return
    text = c.text
    if ("bars" in text and barless(text)) or (" away" in text and _SO_THEY_GO.search(text)):
        return  # "the first clip has black bars, zoom it so they go away"
    named = seen(c)
    if named and "放大" in text and not c.quantities and _STILL.search(c.plain.text):
        yield steps("arrange", 0.965, named, size=120)  # 稍微放大一点,不要动
        return
    if patterns.search(r"(?:放大|缩小)", text) and not patterns.search(r"缓|慢|推|拉|镜|画面|运|逐渐|zoom", text):
        closer = named and "放大" in text and not c.quantities and not c.mention(*TEXT_KINDS)
        if not closer or patterns.search(r"全屏|满屏|声|音", text):
            return
    kind: str | None = None
    if patterns.search(
        r"(?:no more|no|stop|undo|cancel|reset|revert|remove|without|take off|turn off) (?:the )?(?:zoom|ken|movement|move)|(?:取消|去掉|不要|关闭).{0,6}(?:缩放|推|拉|运镜|放大|ken|平移)",
        text,
    ) or taken_zh(text, "缩放|推拉|运镜|平移|推镜头?|推近"):
        kind = "none"
    elif patterns.search(
        r"ken ?burns|肯伯恩斯|alternat|交替|轮流|轮番|交错|一推一拉|in and out|一[张个段][^,。]{0,2}[推近放大][^,。]{0,6}一[张个段][^,。]{0,2}[拉远缩小]|(?<![a-z])one in[^.;]{0,12} one out",
        text,
    ):
        kind = "alternate"
    elif patterns.search(r"(?<![a-z])(?:zoom(?:s|ing)?)?out(?:wards?)?(?![a-z])|away|拉远|缩小|推远|拉镜", text):
        kind = "out"
    elif patterns.search(r"(?:zoom|push|move) ?(?:slowly |gently )?(?:in|closer)|推近|放大|推进|拉近|推镜|zoom", text):
        kind = None if patterns.search(r"^(?:slow(?:ly)? )?zoom$", text.strip()) else "in"
    if kind in (None,) or patterns.search(r"pan|tilt|drift|glid|平移|摇", text):
        side = heading(text)
        if side and patterns.search(r"pan|tilt|move|across|drift|glid|平移|移|摇|从(?:画面)?[左右]", text):
            kind = side
    percent = c.quantity("percent")
    amount = percent.number if percent else None
    if percent and amount and amount > 100 and text[: percent.start].endswith("to "):
        amount -= 100  # "in to 130%" is 30% closer
    easing = "linear" if c.has("linear") else None
    yield steps("zoom", 0.93, named or [None], kind=kind, amount=amount, easing=easing)
