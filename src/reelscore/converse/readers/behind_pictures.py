"""What lies behind pictures, and how a picture of another shape meets the canvas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.readers.seeing import barless, fill_of, seen
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps, targets
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step


def behind(c: Clause) -> Iterator[Reading]:
    if (
        not patterns.search(
            r"[白黑灰红蓝绿黄粉](?:色的?)?底(?![部下端片稿字框层])|补[白黑]|background|backdrop|(?<![a-z])bg(?![a-z])|behind the|(?<!black )(?<![a-z])(?:bars|borders|margins)(?![a-z])|背景|底色|后面(?:放|加|用)",
            c.text,
        )
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
    elif c.colours and whole and _BARS_THERE.search(c.text) is None:
        if "底" in c.text and _of_text(c):
            return  # 字幕放大,加黑底
        sure = 0.955 if "底" in c.text or media is not None else 0.93  # 改成白底, "the endcard on a black background"
        yield replace(step("background", sure, colour=c.colours[0][0]), whole=media is not None)
    elif patterns.search(r"blur|模糊", c.text) and whole and not c.quantity("ratio"):
        yield step("background", 0.85, blur=True)


_BARS_THERE = re.compile(  # "there's white borders round the dog photo": they are found, and not wished for
    r"(?<![a-z])(?:there'?s|there (?:are|is|were)|has|have|got|see|shows?|why|get rid of|remove|lose|no|without|fill|crop)(?![a-z])[^.;]*(?:bars|borders|margins)(?![a-z])"
)


def _of_text(c: Clause) -> bool:
    """Was a text spoken of last: in the message, else in the edit before?"""
    before = c.around.before or c.context.steps
    last = before[-1] if before else None
    told = isinstance(last, Step) and last.command.startswith(
        ("text", "title", "subtitle", "lower_third", "change_text")
    )
    return told or c.around.focus_kind in TEXT_KINDS


def at_the_bars(c: Clause) -> bool:
    """ "the black bars are ugly, | blur something in there": is what shall be blurred no picture of the film?"""
    return " bars" in c.plain.text and _IN_THERE.search(c.text) is not None


_IN_THERE = Sieve(
    re.compile(
        r"(?<![a-z])blur(?:red|ry)?(?: (?:something|the picture|it|that|them|those|in|up))* (?:in )?(?:there|them|those|instead|behind)(?![a-z])"
    )
)


def fitted(c: Clause) -> Iterator[Reading]:
    fills = patterns.search(
        r"fill (?:the )?(?:screen|frame|canvas|picture|whole)|no (?:black )?bars|without (?:the )?(?:black )?bars|remove the black bars|blurred (?:background|sides|edges)|letterbox|^(?:add |put )?(?:black )?bars|(?:show|fit) the (?:whole|full|entire) (?:picture|image|photo)|stretch .{0,30}(?:fill|screen|frame)|blur the (?:sides|edges)|填满|铺满|(?:不要|去掉|没有)黑边|黑边(?:都|给我|全)*(?:去掉|去了|不要|消掉|弄没)|[留加](?:着|出|点|个)?[黑白灰]边|(?:上下|左右|[两四]边|两侧|四周|周围|旁边|边上|边缘|空白处?|多余|背景)(?:都|用|的|部分|地方|加|给|做|弄|成|是|再|区域)*(?:虚化|模糊|毛玻璃|高斯)|模糊背景|背景模糊|用(?:模糊|虚化|毛玻璃)[^,。]{0,4}(?:填|补|垫|铺)|完整显示|显示完整|拉伸|充满|whole picture|全屏显示|(?:放大|拉|撑|弄|做)(?:到|成)?(?:全屏|满屏)|占满|满屏",
        c.text,
    )
    plainly = (
        fills is not None
        or barless(c.text)
        or at_the_bars(c)
        or patterns.search(
            r"(?<![a-z])(?:crop|zoom|scale|blow)[a-z ]* to fill|(?:don'?t|do not|not|without|no) (?:be )?cropp?(?:ing|ed)?(?: the (?:picture|video|image|photo)| anything)|uncropped",
            c.text,
        )
    )
    if not plainly or c.quantity("bars", "count_bars") or c.quantity("ratio") or c.every("seconds") or c.has("opacity"):
        return
    how = (
        "contain" if patterns.search(r"(?:don'?t|do not|not|without|no) (?:be )?crop|uncropped", c.text) else fill_of(c)
    )
    if patterns.search(r"whole|full picture|entire|完整", c.text) and not patterns.search(r"fill", c.text):
        how = "contain"
    if patterns.search(r"stretch|拉伸", c.text):
        how = "stretch"
    elif patterns.search(r"blur|模糊|虚化|毛玻璃|高斯", c.text):
        how = "blur"
    named = seen(c)
    if how:
        yield steps("fit", 0.96 if barless(c.text) or at_the_bars(c) else 0.92, named or [None], how=how)
