"""Which pictures are spoken of, and how a picture of another shape shall meet the canvas."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied
from reelscore.converse.reading import PICTURE_KINDS, targets

_SEEN = (*PICTURE_KINDS,)
_BARS_HATED = re.compile(
    r"(?<![a-z])(?:there'?s|there (?:are|is)|has|have|got|see|shows?|with) (?:[a-z]+ ){0,3}?(?:bars|borders)(?![a-z])[^.;!?]*(?:get rid of|remove|lose|drop|fix|take out|without) (?:them|it|that|those)(?![a-z])|"
    r"(?<![a-z])(?:bars|borders)(?![a-z])[^.;!?]*(?:so|until|till|make) (?:that )?(?:they|them|those|it)(?:'re| are)? (?:go away|gone|disappear|vanish|not (?:seen|visible|there))|"
    r"(?<![a-z])(?:crop|cut|trim|chop|zoom|get)(?:ping|ting)?(?: \w+){0,2} (?:the |those |these |all )*(?:black )?(?:bars|borders)(?![a-z])|"
    r"(?<![a-z])(?:hate|dislike|can'?t stand|sick of|tired of|not a fan of|annoyed by) (?:the |those |these )?(?:[a-z]+ )?(?:bars|borders)(?![a-z])"
    r"|(?<![a-z])(?:bars|borders)(?: [a-z]+){0,4}? (?:are|look) (?:so |really |just )*(?:ugly|annoying|awful|terrible|horrible|bad)(?![a-z])"
)


def seen(c: Clause) -> list[str]:
    named = targets(c, _SEEN)
    if "overlay" in named and any(t.role == "overlay" for m in c.mentions if m.kind == "name" for t in m.things):
        named.remove("overlay")  # "make the badge more like a watermark" speaks of one
    return [] if named == ["clip"] and c.scene.clips == 1 else named


def barless(text: str) -> bool:
    """Shall the bars beside the picture go?"""
    if "黑边" in text and patterns.search(
        r"(?:不要|不留|别留|别有|没有|无|去掉|去除)(?:上下|左右|两边|那个?)?的?黑边|(?<!没)(?<!要)(?<!保留)(?:有|出现|露出?|全是|都是|多出?)[了的一点些条圈块大]*黑边(?!框?的?[效感])",
        text,
    ):
        return True
    if ("bars" in text or "borders" in text) and _BARS_HATED.search(text):
        return True
    return denied(text, r"(?:black )?(?:bars|borders|edges)(?! (?:in|with))")


def fill_of(c: Clause) -> str | None:
    text = c.text
    if patterns.search(r"blur|模糊|虚化|毛玻璃", text):
        return "blur"
    if (
        patterns.search(
            r"black bars|letterbox|bars|黑边|留边|完整|whole picture|(?:keep|see|show|have|want|leave|fit|with) (?:the |all of the |my )?(?:whole|entire|full|all)(?: of)?(?: the| my)? [a-z ]{2,20}? ?(?:visible|in (?:frame|view|shot|it|there|the (?:frame|picture))|shown|seen|intact)|(?:keep|see|show|have|leave) (?:everything|everyone|everybody|it all|all of it)(?: (?:visible|in (?:frame|view|shot|it|the (?:frame|picture))))|nothing (?:is |gets |should be |cut |to be )*(?:cropped|cut off|lost|missing)|(?:don'?t|without|not) (?:cut|cutting|lose|losing|chop|chopping) (?:anything|anybody|anyone|[a-z ]{2,16}? off)|(?:不要|别|不能|不可以)裁|留(?:着|出|点|个|下|一?些)?[白黑灰]?边|画面别裁|别切掉|不切|don'?t crop|without cropping|不裁|不要裁",
            text,
        )
        and not barless(text)
        and not patterns.search(
            r"fill (?:up )?(?:the |my |whole |entire )*(?:screen|frame|canvas|picture)(?! with)|填满|铺满|占满|撑满|no (?:black )?bars|without (?:black )?bars|(?:不要|去掉|没有|无)黑边|黑边(?:都|给我|全)*(?:去掉|去了|不要|消掉|弄没)",
            text,
        )
    ):
        return "contain"
    if patterns.search(r"stretch|拉伸|变形", text):
        return "stretch"
    if patterns.search(
        r"crop|fill|(?<![a-z])(?:speaker|person|people|subject|face|host|presenter|her|him|me|them)(?: is| are| stays?)? (?:cent(?:er|re)d|in the (?:middle|cent(?:er|re)))|裁|填满|铺满|占满|全屏|满屏|no (?:black )?bars|without (?:black )?bars|(?:不要|去掉|没有|无)黑边|黑边(?:都|给我|全)*(?:去掉|去了|不要|消掉|弄没)",
        text,
    ) or barless(text):
        return "cover"
    return None
