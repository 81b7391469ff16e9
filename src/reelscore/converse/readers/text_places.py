"""Where on the picture a text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.normalise import blanked
from reelscore.converse.readers.nudged import nudge
from reelscore.converse.readers.texts import named_text, text_spoken, texts_meant
from reelscore.converse.reading import TEXT_KINDS, Reading, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain

_TOO_FAR = re.compile(r"太(?:靠|偏|往)?[上下左右](?:面|边)?了?")  # where it shall not be


_LIES_THERE = re.compile(r"[左右上下角边][^,。]*[那的]")  # of a thing, where it is now: 右上角那个小的, 中间那条字幕


def place_of(c: Clause) -> str | None:
    """A place on the picture: one of the choices, or two sides that make a corner."""
    text = _TOO_FAR.sub(lambda m: " " * len(m[0]), c.text)
    for m in c.mentions:
        there = m.kind == "overlay" and _LIES_THERE.search(text, m.start, m.end)
        if there or (m.nth is not None and "中" in text[m.start : m.end]):
            text = blanked(text, m.start, m.end)
        if m.things and m.things[0].role == "clip" and (upon := _UPON_IT.match(text, m.end)):
            text = blanked(text, *upon.span())
    if short := patterns.search(r"(?<![a-z])(tl|tr|bl|br)(?![a-z])", text):
        return {"tl": "top_left", "tr": "top_right", "bl": "bottom_left", "br": "bottom_right"}[short[1]]
    vertical = (
        "top"
        if patterns.search(
            r"(?<![a-z])(?:top|upper)(?![a-z])|(?<!手机)(?<!电视)(?<!电脑)上(?:方|面|边|部|角|侧)?|顶", _placed(text)
        )
        else None
    )
    if patterns.search(
        r"(?<![a-z])(?:bottom|lower)(?! third)(?![a-z])|下(?:方|面|边|部|角|侧)|[往向靠偏朝]下|下[移挪靠]|(?<![色黑白红黄蓝绿灰粉明])(?<![加垫]个)底(?!色|框|板|纹)",
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
    if side and vertical is None and (updown := _INTO_A_CORNER.search(text)):
        vertical = "bottom" if any(updown[f"down{n}"] for n in ("", 2, 3)) else "top"  # "down in the left corner"
    named = any("lower third" in text[m.start : m.end] for m in c.mentions)
    if patterns.search(r"lower third|下(?:面|方|部)?的?(?:三分之一|1/3)", text) and not named:
        return "lower_third"
    if patterns.search(r"upper third|上(?:面|方|部)?的?(?:三分之一|1/3)|third from the top", text):
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


_INTO_A_CORNER = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?P<down>down|low)|up|high)(?: there)?(?: (?:in|into|to|at|on|by|towards))?(?: the| that)? (?:left|right)(?:[ -]hand)?(?: side)? corner"
        r"|(?<![a-z])(?:(?P<down3>down)|up) (?:to|on|in) the (?:left|right)(?= *(?:$|[,.;!]|(?:and|please|pls|side|hand)(?![a-z])))"
        r"|(?<![a-z])(?:left|right)(?:[ -]hand)? corner,?(?: right)? (?:(?P<down2>down (?:there|low|below)|at the bottom|below)|up (?:there|top|high|above)|at the top)"
    )
)
_NOT_PLACES = Sieve(
    re.compile(
        r"(?:字幕|标题|文字|字)的?(?:底下|下面|下方|后面)(?=(?:加|垫|放|铺|来|衬).{0,8}(?:框|底|色块|背景|条))|(?:别|不要|不能|免得)(?:再)?(?:贴|靠|挡|压|碰|在|到|太)[着住在到近]*最?[上下左右底顶][边部面缘方端]?|[左右](?:上|下)?(?:边|角|侧)?(?:的|那个|这个|那张)+(?=小?(?:图|logo|水印|贴|窗|画|标|字|角标|徽))|左右(?!翻|镜|对)|从[左右](?!上|下)边?(?=滑|飞|进|入|推|划)|晚上|往[上下左右]边?(?=[移挪放调]?到)|(?:底下|[上下]面|[底顶]部|[左右][上下]角)的?[那这](?:一?[个行句条])?(?=[\ue100-\ue6ff]|字|标题|文字|人名)|(?<=秒)[上下](?=$|[,。来])|[去改换弄搞做删剪关退换留剩停放定]下(?!面|方|边|部|角|左|右)|片尾上|片头上|加上|配上|写上|放上(?![面方边部角])|打上|上传|上一|以上|上升|(?<![左右])上去|贴上|换上|带上|画面上(?!方|面|边|部|缘)|屏幕上(?!方|面|边|部|缘)|影片上|视频上|时间线上|一下|下载|下一|以下|下来|下落|剪下|往下说|底框|底色|衬底|[黑白红黄蓝绿灰]底|上下|从上|从下|(?<=[片图段张面里])上(?=写|加|打|显示|标|配|来|出)|早上|晚上|topic|马上|底板|下三分之一|背景|lower[ -]third|lower the"
    )
)


def _placed(text: str) -> str:
    """The text without the words in which 上 and 下 are no places."""
    return _NOT_PLACES.regex.sub(" ", text) if _NOT_PLACES.may(text) else text


_BARE_PLACE = re.compile(
    r"[ ,]*(?:and )?(?:in |at )?(?:the )?(?:dead )?(?:cent(?:er|re)(?:e?d)?|middle|left|right)[ .!]*"
)
_UPON_IT = re.compile(  # closeup那段上面打字: over it, and at no edge
    r" ?的?(?:[这那]一?[段个张条]|画面|片段|照片|镜头)?上面?(?=(?:再|都|给我|要)*(?:写|打|加|来|出|配|放|显示|标|贴|盖|叠))"
)


def positioned(c: Clause) -> Iterator[Reading]:
    """ "The title at the top left", "subtitles a bit higher", "20 % from the left"."""
    if (
        not text_spoken(c)
        or (
            not c.mention(*TEXT_KINDS)
            and c.has("rotate", "animate", "pan_to")
            and not patterns.search(r"move|put|place|at the|放|移|在", c.text)
            and not _BARE_PLACE.fullmatch(c.text)
            and not (c.around.focus_kind == "text" and "居中" in c.text)  # 标题改为“夜”,蓝色加粗居中
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
