"""How pictures look and where they stand: shape, crop, turn, mirror, zoom, colour, opacity, insets, background."""

# ruff: noqa: E501  a pattern is a row of words and stays on its line

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, holds, plain, seconds
from reelscore.converse.readers.words_on_picture import place_of
from reelscore.converse.reading import PICTURE_KINDS, TEXT_KINDS, Reading, step, steps, targets
from reelscore.values.command import Param, Plain

_SEEN = (*PICTURE_KINDS,)
_SHAPES = (
    ("9:16", r"vertical|portrait|tik ?tok|reels?|shorts|story|stories|phone format", "竖屏|竖版|竖的|竖着|竖向|抖音|快手|手机屏|小红书|竖起来|直式|直版"),
    ("16:9", r"landscape|widescreen|youtube|horizontal", "横屏|横版|横的|横向|宽屏|b站|横过来"),
    ("1:1", r"square", "方形|正方|方的"),
    ("21:9", r"cinemascope|cinema(?: ?wide| format| ratio)|ultra-?wide|anamorphic", "电影宽幅|宽银幕|电影比例"),
)  # fmt: skip


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns pictures."""
    if c.mention(*TEXT_KINDS) and not c.mention(*_SEEN, "film") and not c.quantity("ratio"):
        return
    if c.quotes:
        return
    yield from _aspect(c)
    yield from _size(c)
    yield from _crop(c)
    yield from _turn(c)
    yield from _zoom(c)
    yield from _opacity(c)
    yield from _inset(c)
    yield from _arrange(c)
    yield from _background(c)
    yield from _fit(c)
    yield from _filter(c)


def seen(c: Clause) -> list[str]:
    named = targets(c, _SEEN)
    return [] if named == ["clip"] and c.scene.clips == 1 else named


def _fill(c: Clause) -> str | None:
    text = c.text
    if patterns.search(r"blur|模糊", text):
        return "blur"
    if patterns.search(
        r"black bars|letterbox|bars|黑边|留边|完整|whole picture|don'?t crop|without cropping|不裁|不要裁", text
    ) and not patterns.search(r"no (?:black )?bars|without (?:black )?bars|(?:不要|去掉|没有|无)黑边", text):
        return "contain"
    if patterns.search(r"stretch|拉伸|变形", text):
        return "stretch"
    if patterns.search(
        r"crop|fill|裁|填满|铺满|no (?:black )?bars|without (?:black )?bars|(?:不要|去掉|没有|无)黑边", text
    ):
        return "cover"
    return None


def _aspect(c: Clause) -> Iterator[Reading]:
    ratio = c.quantity("ratio")
    said: Plain = plain(ratio) if ratio else None
    if said is None:
        said = next(
            (
                shape
                for shape, latin, han in _SHAPES
                if patterns.search(rf"(?<![a-z])(?:{latin})(?![a-z])|{han}", c.text)
            ),
            None,
        )
        if said is None or (
            c.has("flip", "rotate", "crop")
            and not patterns.search(
                r"make|改成|变成|don'?t crop|不裁|crop (?:it |the (?:video|film|picture) )?(?:to|into)|rotate .{0,12}to",
                c.text,
            )
        ):
            return
        if c.has("music_noun") and not c.mention("film") and c.wishes:
            return
    behind = patterns.search(r"(?<![a-z])(?:on|background|bars|fill|backdrop|with)(?![a-z])|背景|底|边|填充", c.text)
    colour = c.colours[0][0] if c.colours and behind else None
    fill = _fill(c)
    if fill == "contain" and colour == "black":
        colour = None
    yield step("aspect", 0.94, ratio=said, fill=fill, colour=colour)


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
    if rate is not None:
        yield step("frame_rate", 0.95, fps=rate.number)
    size = c.quantity("size")
    if size is None and patterns.search(r"resolution|分辨率|清晰度", c.text):
        named = patterns.search(r"(?<![a-z])(?:full hd|hd|sd)(?![a-z])|全高清|高清|超清", c.text)
        if named:
            yield step("resolution", 0.93, size=named[0])
        return
    if size is not None and not c.has("export"):
        yield step("resolution", 0.94, size=str(size.value))


def _crop(c: Clause) -> Iterator[Reading]:
    if not c.has("crop") or c.every("seconds"):
        return
    named = seen(c)
    if patterns.search(
        r"(?:undo|remove|reset|no|cancel|take off|without|turn off|uncrop|revert).{0,14}crop|uncrop|(?:取消|去掉|不要|撤销|还原).{0,4}裁",
        c.text,
    ):
        yield steps("crop", 0.95, named or [None], off=True)
        return
    percents = c.every("percent")
    if not percents:
        return
    if patterns.search(
        r"every side|all (?:four )?sides|each side|all around|all edges|四边|四周|每边|各边|四个边", c.text
    ):
        yield steps("crop", 0.95, named or [None], all=percents[0].number)
        return
    sides = sorted(
        (found.start(), name)
        for name, pattern in (("left", r"(?<![a-z])left|左"), ("right", r"(?<![a-z])right|右"), ("top", r"(?<![a-z])(?:top|upper)|上(?!下)|顶"), ("bottom", r"(?<![a-z])(?:bottom|lower)|下|底"))
        if (found := patterns.search(pattern, c.text))
    )  # fmt: skip
    if not sides:
        return
    args: dict[str, Plain] = {}
    for n, (_, name) in enumerate(sides):
        args[name] = percents[min(n, len(percents) - 1)].number
    yield steps("crop", 0.95, named or [None], **args)


def _turn(c: Clause) -> Iterator[Reading]:
    named = seen(c)
    if c.mention("music", "voice", "audio"):
        return
    angle = c.quantity("degrees") or next((q for q in c.every("number") if q.number in (45, 90, 180, 270, -90)), None)
    if (
        c.has("rotate")
        and not patterns.search(
            r"turn (?:it |the |\w+ ){0,4}(?:up|down|into|off|on)(?![a-z])(?!side)|转场|转为|转成|转到|反转|翻转|in turn",
            c.text,
        )
        and not c.has("upside_down")
    ):
        turning = angle is not None or patterns.search(
            r"rotat|spin|upright|straight|clockwise|旋转|转正|摆正|顺时针|逆时针|转\d|sideways|turn .{0,20}(?:left|right)|向[左右]转|[左右]转",
            c.text,
        )
        if turning:
            if c.has("upright") or patterns.search(r"straighten", c.text):
                yield steps("rotate", 0.93, named or [None], by=0, upright=True)
                return
            by: Plain = angle.number if angle else 90
            left = patterns.search(r"counter-?clockwise|anti-?clockwise|(?:to the )?left|逆时针|向左|往左|左转", c.text)
            if left and isinstance(by, (int, float)) and by > 0:
                by = -by
            yield steps("rotate", 0.95, named or [None], by=by)
            return
    if c.has("flip") and not patterns.search(r"order|顺序|flip (?:it )?back", c.text):
        vertical = c.has("upside_down") and not patterns.search(r"左右|horizont", c.text)
        direction = (
            "vertical"
            if vertical or patterns.search(r"vertical|上下|垂直", c.text)
            else "horizontal"
            if patterns.search(r"horizont|水平|左右", c.text)
            else None
        )
        yield steps("flip", 0.93, named or [None], direction=direction)
    elif c.has("upside_down") and patterns.search(r"upside|倒|颠倒", c.text) and not c.has("reverse"):
        yield steps("flip", 0.9, named or [None], direction="vertical")


def _zoom(c: Clause) -> Iterator[Reading]:
    if not c.has("zoom") or c.mention("overlay", "logo", "music", "voice") or c.mention("transition"):
        return
    text = c.text
    named = seen(c)
    if patterns.search(r"(?:放大|缩小)", text) and not patterns.search(r"缓|慢|推|拉|镜|画面|运|逐渐|zoom", text):
        return
    kind: str | None = None
    if patterns.search(
        r"(?:no more|no|stop|undo|cancel|reset|revert|remove|without|take off|turn off) (?:the )?(?:zoom|ken|movement|move)|(?:取消|去掉|不要|关闭).{0,6}(?:缩放|推|拉|运镜|放大|ken|平移)",
        text,
    ):
        kind = "none"
    elif patterns.search(r"ken ?burns|肯伯恩斯|alternat|交替|in and out", text):
        kind = "alternate"
    elif patterns.search(r"out|away|拉远|缩小|推远|拉镜", text):
        kind = "out"
    elif patterns.search(r"(?:zoom|push|move) ?(?:slowly |gently )?(?:in|closer)|推近|放大|推进|拉近|推镜|zoom", text):
        kind = None if patterns.search(r"^(?:slow(?:ly)? )?zoom$", text.strip()) else "in"
    if kind in (None,) or patterns.search(r"pan|tilt|平移|摇", text):
        side = patterns.search(r"(?<![a-z])(left|right|up|down)(?![a-z])|向?([左右上下])", text)
        if side and patterns.search(r"pan|tilt|move|across|平移|移|摇", text):
            kind = side[1] or {"左": "left", "右": "right", "上": "up", "下": "down"}[side[2]]
    percent = c.quantity("percent")
    easing = "linear" if c.has("linear") else None
    yield steps("zoom", 0.93, named or [None], kind=kind, amount=percent.number if percent else None, easing=easing)


def _opacity(c: Clause) -> Iterator[Reading]:
    if not c.has("opacity") or (
        c.has("add") and c.has("inset") and any(m.kind == "name" and not m.things for m in c.mentions)
    ):
        return
    named = seen(c)
    percent = c.quantity("percent")
    clear = patterns.search(r"transparen|see-?through|(?<!不)透明", c.text) and not patterns.search(
        r"opa(?:city|que)|不透明", c.text
    )
    value: Plain = None
    if percent is not None:
        value = (
            100 - percent.number
            if clear
            and patterns.search(r"\d ?% (?:transparen|see)|透明度?\d|\d%透明", c.text)
            and not patterns.search(r"透明度", c.text)
            else percent.number
        )
    elif patterns.search(r"half|about half|一半|半透明", c.text):
        value = 50
    elif patterns.search(r"fully opaque|not transparent|完全不透明|取消透明|不要透明", c.text):
        value = 100
    elif c.has("a_bit") and clear:
        value = 75
    elif clear:
        value = 50
    if value is not None:
        yield steps("opacity", 0.95, named or [None], to=value)


def _on_canvas(c: Clause) -> bool:
    """Is what is spoken of shown over the film already?"""
    if c.mention("overlay") and c.scene.of("overlay"):
        return True
    if c.mention("logo") and c.scene.of("overlay"):
        return True
    return any(t.role == "overlay" for m in c.mentions for t in m.things if m.kind in ("name", "pronoun"))


def _inset(c: Clause) -> Iterator[Reading]:
    if not c.has("inset"):
        return
    media = next((m for m in c.mentions if m.kind == "name"), None)
    over = next(
        (
            m
            for m in c.mentions
            if m is not media
            and len(m.things) == 1
            and m.things[0].role == "clip"
            and patterns.search(r"(?:over|during|while|on|throughout) (?:the )?$|在$", c.text[: m.start])
        ),
        None,
    )
    if media is None and c.mention("logo") and not c.scene.of("overlay") and c.scene.media_named("logo"):
        media = c.mention("logo")
    if media is None or (_on_canvas(c) and not patterns.search(r"add|another|加", c.text)):
        return
    if c.has("as_background", "as_music", "replace") and not patterns.search(
        r"picture[ -]in|画中画|watermark|水印", c.text
    ):
        return
    inset = patterns.search(
        r"picture[ -]in[ -]picture|(?<![a-z])pip(?![a-z])|overlay|inset|watermark|corner|small|on top of|over the|logo|画中画|叠|小窗|水印|角|小画面|盖|浮|(?:top|bottom|upper|lower) (?:left|right)|(?<![a-z])(?:tl|tr|bl|br)(?![a-z])",
        c.text,
    )
    if not inset:
        return
    place = place_of(c, "picture_in_picture")
    if place in ("centre",) and not patterns.search(r"cent|middle|居中|中间|中央", c.text):
        place = None
    opacity = size = None
    for q in c.every("percent"):
        near = c.text[max(0, q.start - 14) : q.end + 12]
        if patterns.search(r"opac|opaque|transparen|透明", near):
            opacity = q.number
        else:
            size = q.number
    if opacity is None and c.has("half_transparent"):
        opacity = 50
    args: dict[str, Plain] = {}
    if over and not c.every("seconds"):
        at = over.things[0].span
        args = {"at": seconds(at.start) or None, "duration": seconds(at.end - at.start)}
    elif c.range:
        args = {"at": plain(c.range[0]), "duration": round(float(c.range[1].number) - float(c.range[0].number), 6)}
    else:
        for q in c.every("seconds", "frames"):
            if q.cue == "last":
                args["at"] = round(float(c.scene.timeline.duration) - float(q.number), 6)
            args.setdefault(
                "at" if q.cue in ("at", "from") or c.text[max(0, q.start - 1) : q.start] == "第" else "duration",
                plain(q),
            )
    yield step(
        "picture_in_picture", 0.94, media=media.said, place=place, size=size, opacity=opacity,
        rounded=True if c.has("rounded") else None, with_sound=True if c.has("with_sound") else None, **args,
    )  # fmt: skip


def _arrange(c: Clause) -> Iterator[Reading]:
    if not _on_canvas(c) or not c.has("arrange") or (c.has("remove") and not c.quantity("percent", "factor")):
        return
    if c.has("opacity", "crop", "flip", "rotate", "fade_in", "fade_out"):
        return
    named = targets(c, ("overlay", "logo"))
    named = ["overlay" if said == "logo" else said for said in named]
    place = place_of(c, "arrange")
    percent, factor = c.quantity("percent"), c.quantity("factor")
    now = _scale_now(c)
    size: Plain = None
    if percent is not None:
        more = patterns.search(r"%\s*(?:bigger|larger)|大\d|放大\d{1,2}%", c.text) and not patterns.search(
            r"放大到|大到", c.text
        )
        less = patterns.search(r"%\s*smaller|小\d", c.text)
        size = (
            round(now * (100 + percent.number) / 100, 2)
            if more
            else round(now * (100 - percent.number) / 100, 2)
            if less
            else percent.number
        )
    elif factor is not None:
        size = round(now * float(Fraction(factor.value)), 2)
    elif patterns.search(r"quarter (?:of )?(?:the |its )?size|a quarter|四分之一", c.text):
        size = round(now / 4, 2)
    elif patterns.search(r"half|一半", c.text) and patterns.search(r"size|big|大|小", c.text):
        size = round(now / 2, 2)
    elif c.has("double_size"):
        size = round(now * 2, 2)
    elif c.has("bigger") and patterns.search(r"bigger|larger|enlarge|grow|大", c.text):
        size = round(now * (1.2 if c.has("a_bit") else 1.5), 2)
    elif c.has("smaller") and patterns.search(r"smaller|shrink|小", c.text):
        size = round(now * (0.8 if c.has("a_bit") else 0.7), 2)
    if place is None and size is None:
        return
    if place and size is None and now >= 100:
        size = 40  # a picture that covers the film cannot stand in a corner
    yield steps("arrange", 0.94, named or [None], place=place, size=size)


def _scale_now(c: Clause) -> float:
    things = [t for m in c.mentions for t in m.things if t.role == "overlay"] or list(c.scene.of("overlay"))
    picture = things[0].segment.picture if things else None
    return 100 * (picture.scale if picture else 1.0)


def _background(c: Clause) -> Iterator[Reading]:
    if (
        not patterns.search(r"background|backdrop|(?<![a-z])bg(?![a-z])|behind the|背景|底色|后面(?:放|加|用)", c.text)
        or c.mention("music")
        or patterns.search(r"background music|背景音|背景乐", c.text)
    ):
        return
    media = next((m for m in c.mentions if m.kind == "name" and m.said), None)
    whole = not targets(c, ("clip", "image", "overlay"), pronouns=False) or media is not None
    if (media is not None and c.has("as_background")) or (
        media
        and patterns.search(r"behind|background", c.text)
        and not patterns.search(r"blur|模糊", c.text)
        and not c.colours
    ):
        yield step("background", 0.95, media=media.said if media else None)
    elif c.colours and whole:
        yield step("background", 0.93, colour=c.colours[0][0])
    elif patterns.search(r"blur|模糊", c.text) and whole and not c.quantity("ratio"):
        yield step("background", 0.85, blur=True)


def _fit(c: Clause) -> Iterator[Reading]:
    fills = patterns.search(
        r"fill (?:the )?(?:screen|frame|canvas|picture|whole)|no (?:black )?bars|without (?:the )?(?:black )?bars|remove the black bars|blurred (?:background|sides|edges)|letterbox|^(?:add |put )?(?:black )?bars|(?:show|fit) the (?:whole|full|entire) (?:picture|image|photo)|stretch .{0,30}(?:fill|screen|frame)|blur the (?:sides|edges)|填满|铺满|(?:不要|去掉|没有)黑边|模糊背景|背景模糊|完整显示|显示完整|拉伸|充满|whole picture",
        c.text,
    )
    if not fills or c.quantity("ratio") or c.every("seconds") or c.has("opacity"):
        return
    how = _fill(c)
    if patterns.search(r"whole|full picture|entire|完整", c.text) and not patterns.search(r"fill", c.text):
        how = "contain"
    if patterns.search(r"stretch|拉伸", c.text):
        how = "stretch"
    elif patterns.search(r"blur|模糊", c.text):
        how = "blur"
    named = seen(c)
    if how:
        yield steps("fit", 0.92, named or [None], how=how)


_LOOKS = {
    "black_and_white": ("b/w", "black-and-white", "black n white", "bw", "去色", "灰度"), "warm": ("warm tones", "warm look", "warmth"),
    "cool": ("cooler", "colder", "bluish", "blue tint", "偏冷"), "vivid": ("more vivid", "vibrance", "pop more", "colours pop", "colors pop", "colours popping"),
    "brighter": ("brighten", "too dark", "太暗", "亮些", "亮一些", "变亮一点", "亮点", "调亮", "变亮", "lighten", "brighten up", "提亮一点", "加亮", "more brightness", "increase the brightness", "brightness up"),
    "darker": ("darken", "too bright", "太亮", "暗些", "暗一些", "暗点", "变暗", "less bright", "压暗", "brightness down"),
    "more_contrast": ("more contrast", "higher contrast", "contrast up", "increase the contrast", "增加对比度", "对比度高一点", "对比强一点", "提高对比度", "加强对比", "对比度调高", "增强对比度", "加对比度", "boost the contrast"),
    "less_contrast": ("less contrast", "lower contrast", "reduce the contrast", "降低对比度", "对比弱一点", "减少对比", "对比度低一点", "softer contrast"),
    "more_colour": ("more colour", "more saturated", "more saturation", "saturate", "colourful", "colorful", "增加饱和度", "颜色鲜艳一点", "饱和度高一点", "提高饱和度", "颜色浓一点", "色彩更浓", "more colours"),
    "less_colour": ("less saturated", "less saturation", "desaturate", "less colour", "降低饱和度", "颜色淡一点", "饱和度低一点", "减少饱和度", "muted colors", "less colourful", "less colorful"),
    "vignette": ("dark corners", "dark edges", "加暗角"), "grain": ("noise", "胶片感", "噪点"), "sharpen": ("sharp", "crisper", "sharpness", "清晰一点", "锐"),
    "blur": ("blurred", "blur it", "out of focus", "虚化"), "vintage": ("old-fashioned", "nostalgic look", "70s look", "复古风"), "cinematic": ("cinematic look", "movie-like", "film look", "电影质感", "大片感"),
    "faded": ("fade the colours", "washed-out"), "sepia": ("sepia tone", "泛黄"), "dreamy": ("glow",), "noir": ("film noir",), "invert": ("inverted", "inverse"),
}  # fmt: skip


def _looks(c: Clause, param: Param | None) -> list[str]:
    """Two or more looks that are named side by side: "grain and sepia"."""
    found: list[tuple[int, int, str]] = []
    if param is None or c.quantity("percent"):
        return []
    for choice in param.choices:
        for word in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh, *_LOOKS.get(choice.name, ())):
            if holds(c.text, word):
                at = c.text.find(word)
                found.append((at, at + len(word), choice.name))
    found.sort(key=lambda one: one[0] - one[1])
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    names = list(dict.fromkeys(name for _, _, name in sorted(kept)))
    names = [name for name in names if name not in ("tint", "hue", "temperature")] if len(names) > 1 else names
    return names if len(names) > 1 and not {"brightness", "contrast", "saturation"} & set(names) else []


def _filter(c: Clause) -> Iterator[Reading]:
    named = seen(c)
    off = patterns.search(
        r"(?:remove|no|without|clear|delete|take .{0,20}off|undo|drop|get rid of|reset|turn off).{0,24}(?:filters?|effects?|looks?|colou?r grad)|natural colou?rs|original colou?rs|take .{0,24} (?:filter|look|effect) off|(?:去掉|移除|取消|删除|不要|清除).{0,8}(?:滤镜|调色|效果)|(?:滤镜|调色)(?:效果)?(?:都|全部|全)?(?:去掉|移除|取消|删|不要|清)|恢复原色|原来的颜色|原色",
        c.text,
    )
    if off and not c.mention("transition") and not c.has("zoom"):
        name = c.chosen("remove_filter", "name")
        yield steps("remove_filter", 0.95, named or [None], name=name)
        return
    param = c.param("filter", "name")
    choice = c.choice(param, _LOOKS) if param else None
    if choice is None or c.quotes or c.mention("title", "subtitle", "text", "transition"):
        return
    if (
        patterns.search(
            r"remove|take .{1,24} off|no more|without|get rid|drop|turn off|undo|取消|去掉|不要|移除|去除|恢复|还原",
            c.text,
        )
        and patterns.search(
            r"^(?:please |then |and )*(?:remove|take|no|get|drop|turn|undo|lose|without)(?![a-z])|取消|去掉|不要|移除|去除|恢复|还原",
            c.text,
        )
        and not c.quantity("percent")
    ):
        yield steps("remove_filter", 0.95, named or [None], name=choice.name)
        return
    if several := _looks(c, param):
        yield Reading(tuple(a for one in several for a in steps("filter", 1, named or [None], name=one).asked), 0.93)
        return
    name = choice.name
    if name == "blur" and patterns.search(r"background|sides|edges|背景|两侧|两边", c.text):
        return
    percent = c.quantity("percent") or c.quantity("number", cue=("by", "to", "at"))
    amount: int | float | None = percent.number if percent else None
    lowering = patterns.search(r"less|lower|reduce|decrease|down|降低|减少|调低|减弱|低|降|减", c.text)
    if name in ("brightness", "contrast", "saturation", "temperature", "exposure", "hue", "tint"):
        raising = patterns.search(r"more|higher|increase|boost|up|raise|add|提高|增加|调高|加|高", c.text)
        if (
            amount is not None
            and lowering
            and amount > 0
            and not patterns.search(r"to|到", c.text[max(0, percent.start - 3) : percent.start] if percent else "")
        ):
            amount = -amount
        if amount is None:
            names = {
                "brightness": ("brighter", "darker"),
                "contrast": ("more_contrast", "less_contrast"),
                "saturation": ("more_colour", "less_colour"),
            }
            if name in names and (lowering or raising):
                name = names[name][1 if lowering else 0]
            elif lowering:
                amount = -20
    spoken = (
        bool(named) or c.mention("film", "clip", "image") is not None or c.has("filter_word") or c.has("whole_picture")
    )
    tonal = name in ("brighter", "darker", "warm", "cool", "dreamy", "cinematic", "vintage", "blur")
    wanted = patterns.search(
        r"filter|look|grade|effect|感|质感|胶片|滤镜|colou?r|调色|色|黑白|contrast|bright(?:ness|en)|satur|对比|饱和|亮度|warm|cool|暖|冷",
        c.text,
    )
    if (c.has("music_noun") and not (named or c.mention("film", "clip", "image"))) or (
        c.mention("music") and not named
    ):
        return
    if c.scene.empty or not c.scene.clips:
        return
    if tonal and not spoken and not wanted:
        yield steps("filter", 0.7 if c.scene.music else 0.85, named or [None], name=name, amount=amount)
        return
    if not wanted and not spoken and holds(c.text, "noise") and not named:
        return
    fuzzy = c.has("music_noun") and any(w.kind in ("genre", "instrument") and not w.idle for w in c.wishes)
    yield steps(
        "filter", 0.7 if fuzzy else 0.92 if spoken or wanted else 0.8, named or [None], name=name, amount=amount
    )
