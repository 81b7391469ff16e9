"""The two lines of a name tag, said without quotes: "Jonas Weber / Trail Guide", "with Host underneath", 副标题领队.

What stands below the name is marked out as a quotation of its own, behind the name's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.sieves import Sieve

_PERSON = r"(?:嘉宾|主持人?|老师|讲师|教练|受访者|采访对象|主讲人?|演讲者|人物|选手|医生|她|他)"
_WRITE = r"(?:打|写|放|加|标|出|显示)"
NAME_WRITTEN = Sieve(  # who is seen: 嘉宾名字打上去, 打上名字 王建国; no film's or file's name
    re.compile(
        rf"{_PERSON}的?(?:名字|姓名|人名|介绍|信息|身份)|(?<!的)(?:名字|姓名)(?:[和跟与、](?:身份|职业|职位|头衔|职务))?{_WRITE}(?:上|在|出)|{_WRITE}(?:上|出|个|一个)+(?:{_PERSON}的?)?(?:名字|姓名)(?!叫|条)"
    )
)
_TAG = Sieve(
    re.compile(
        r"(?<![a-z])(?:lower[ -]?thirds?|name ?(?:tags?|strips?|plates?|cards?)|chyrons?|supers?)(?![a-z])|[人姓]?名[条牌]|名字条|人物介绍|"
        + NAME_WRITTEN.regex.pattern
    )
)
_BESIDE = re.compile(r"(?<=\S)(?: ?[/|] ?| - |\n)(?=\S)")
_LISTED = re.compile(
    r"(?<![a-z])(?:lower[ -]?third|name ?tag|chyron)[^:,;\n]{0,48}: (?P<upper>[^,;\n/|]{2,40}?)(?:, | ?[/|] ?| - )(?P<lower>(?!(?:at|for|in|from|until|to|stays?|on|top|bottom|left|right|with|size|font|white|yellow|red|black|bold|big|small)(?![a-z])|\d)[^,;.\n]{2,40})"
)
_UNDER = r"(?:below|beneath|underneath|under)(?: (?:it|that|him|her|the name|his name|her name))?"
_LOWER = (
    re.compile(
        rf"(?:,|(?<![a-z])(?:and|with))(?: (?:and|with|put|write|then))* (?P<words>\w(?:(?! and | with )[^,.;\n])*?) (?:{_UNDER}|as (?:the |a |his |her )?(?:second line|sub ?line|subtitle|role|job title))(?![a-z])"
    ),
    re.compile(
        rf"(?:,|;|(?<![a-z])(?:and|with))? ?(?:(?:with|and) )?(?:the |a |his |her )?(?:second line|sub ?line|subtitle|sub ?head(?:ing)?|role|job title|bottom line|{_UNDER}|then below)(?: (?:is|says?|saying|reads?|reading|should (?:say|be|read)|put|write))*:? (?P<words>(?!(?:at|for|from|in|on|is|the|it|that|him|her|them)(?![a-z]))[\w][^,.;\n]*?)(?= (?:at|for|from|until|stays?|in|on|as) |[,.;\n]|$)"
    ),
    re.compile(
        r"[,，、;； ]*(?:副标题|第二行|第2行|下一行|下面一?行?|底下|头衔|职位|身份|职务|职称)(?:再|要|就|给我|上)*(?:是|写上?|叫|为|放|标|用|:|：|显示)*\s*(?P<words>(?![\ue000]|(?:打|加|放|写|标)(?:上|个|一|出)*(?:名字|姓名|人名))[\w\u4e00-\u9fff][^,，。;；\n]*)"
    ),
)
_INTRODUCED = re.compile(  # 受访者叫刘芳,是个中医,名字打在下面
    rf"(?:^|(?<=[,。;])){_PERSON}(?:的?名字)?叫做?(?P<upper>[\u4e00-\u9fffa-z ]{{2,12}}?)[,，] ?(?:[他她]?是(?:一?[个位名])?)?(?P<lower>[\u4e00-\u9fffa-z ]{{2,10}})[,，](?=[^,，]{{0,6}}(?:名|身份|介绍))"
)
_UPPER = (
    re.compile(
        r"(?<![a-z])(?:my|his|her|the|their) name(?:,| is|:) (?P<words>(?!(?:tag|strip|at|on)(?![a-z]))\w[^,.;\n]*?)(?=,| as | in |$)"
    ),
    re.compile(
        r"(?<![a-z])(?:with|saying|says|:) (?P<words>[\w][^,.;\n]*?) (?:on top|above|as (?:the |his |her )?name|as (?:the )?first line)(?![a-z])"
    ),
    re.compile(
        r"(?:名字|姓名|上面一?行?|第一行|第1行)(?:(?:打|写|标|放|加)(?:上去?|出来)|是|写上?|叫|为|放|:|：|,(?=名字)|用|显示)*\s*(?P<words>(?![\ue000条打写标放加])[\w\u4e00-\u9fff][^,，。;；\n]*)"
    ),
)


def two_lines(before: str, plain: Plain, quotes: Sequence[Quoted]) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with both lines marked out. `before`: its text as it was before any quotation was lifted."""
    if not _TAG.search(before) or any(q.marked for q in quotes):
        return plain, tuple(quotes)
    lower, upper = _last(_LOWER, before), _last(_UPPER, before)
    if lower is None and upper is None and len(quotes) < 2 and (both := _LISTED.search(before)):
        upper, lower = both.span("upper") * 2, both.span("lower") * 2
    if not quotes and (both := _INTRODUCED.search(before)):
        upper, lower = (
            (both.start(), both.end("upper"), *both.span("upper")),
            (both.start("lower"), *both.span("lower")[1:], *both.span("lower")),
        )
    if len(quotes) > 1 and (lower is None or upper is None):
        return plain, tuple(quotes)
    if quotes and upper and NAME_WRITTEN.search(before) and upper[0] < quotes[0].start < quotes[0].end <= upper[1]:
        upper = (quotes[0].start, quotes[0].end, quotes[0].start, quotes[0].end)  # what asks for it stays
    if upper is None and quotes:
        start, end = quotes[0].start, quotes[0].end
        upper = (start, end, start, end)
        if lower is None and (cut := _BESIDE.search(before, start, end)):
            upper, lower = (start, cut.start(), start, cut.start()), (cut.end(), end, cut.end(), end)
    if lower is None or upper is None:
        return plain, tuple(quotes)
    if upper[0] < lower[0] < upper[1]:
        upper = (upper[0], lower[0], upper[2], lower[0])
    if lower[0] < upper[1] or upper[3] <= upper[2]:
        return plain, tuple(quotes)
    text = plain.text
    for quoted in quotes:  # what was taken for words and is none
        text = text[: quoted.start] + before[quoted.start : quoted.end] + text[quoted.end :]
    made = []
    for start, end, a, b in (upper, lower):
        end = start + len(_HANGING.sub("", before[start:end]))
        made.append(Quoted(start, end, plain.said(a, min(b, end)).strip(" ,，;；"), False))
        text = text[:start] + MARK * (end - start) + text[end:]
    above, below = made
    if above.end <= below.start and not text[above.end : below.start].strip(" ,;"):  # one piece of what is said
        text = blanked(text, above.end, below.start)
    return plain.with_text(text), tuple(made)


def _last(forms: Sequence[re.Pattern[str]], text: str) -> tuple[int, int, int, int] | None:
    """Where the last match of the first form that is found stands, with what tells of it, and where its words do."""
    for form in forms:
        if (found := max(form.finditer(text), key=lambda one: one.start(), default=None)) is not None:
            lead = len(_JOINT.match(found[0])[0])  # type: ignore[index]
            return found.start() + lead, found.end(), *found.span("words")
    return None


_HANGING = re.compile(r"(?:[ ,，;；]| (?:and|with|plus))*$")
_JOINT = re.compile(r"[ ,，、;；:]*(?:(?:and|with|saying|says|then)(?![a-z]) ?)*")
