"""How many times as large, long or fast something shall be, however it is said: "a third bigger", "half as long again",
"twice the time", 大三分之一, 停留时间翻倍. Exact."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse.numbers import number_pattern, value_of
from reelscore.converse.sieves import Sieve

_PARTS = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5),
    "tenth": Fraction(1, 10), "thirds": Fraction(2, 3), "quarters": Fraction(3, 4),
}  # fmt: skip
_PART = r"(?:(?:by |about |around |roughly |only |just )*(?:(?:an?|one|two|three) )?(?P<part>half|thirds?|quarters?|fifth|tenth))"
_MORE, _LESS = (
    {"size": "bigger|larger|taller", "length": "longer", "speed": "faster|quicker"},
    {"size": "smaller|tinier", "length": "shorter", "speed": "slower"},
)
_AS = {"size": "big|large|tall|small", "length": "long", "speed": "fast|quick"}
_OF = {
    "size": r"sizes?", "length": r"(?:screen )?(?:time|length|duration)", "speed": r"(?:speed|tempo)",
}  # fmt: skip
_TIMES = rf"(?:(?P<twice>twice|double|two times)|(?P<thrice>three times|triple|thrice)|(?P<half>half)|(?P<times>{number_pattern()}) ?(?:x|times))"
_OWN = r"(?:the |its |their |that |as |of (?:the |its ))?"
_PART_ZH = {
    "三分之一": Fraction(1, 3), "四分之一": Fraction(1, 4), "三分之二": Fraction(2, 3), "四分之三": Fraction(3, 4),
    "五分之一": Fraction(1, 5), "一半": Fraction(1, 2), "一倍": Fraction(1), "两倍": Fraction(1),
}  # fmt: skip
_MORE_ZH, _LESS_ZH = (
    {
        "size": "大(?!小)|放大|加大|调大|变大",
        "length": "长|延长|加长|拉长|多留|多停|多放",
        "speed": "快|加快|加速|提速",
    },
    {
        "size": "(?<!大)小|缩小|变小|调小",
        "length": "短|缩短|减少|少留|少停|去掉|砍掉?|剪掉|减掉",
        "speed": "慢|放慢|减慢|减速",
    },
)
_STAY = r"(?:停留|显示|持续|展示|出现|播放|保留|放|时)的?(?:时间|时长|长度|长)?|时间|时长|长度"


_TOO_MUCH = {"size": "big|large|huge", "length": "long", "speed": "fast|quick"}
_TOO_LITTLE = {"size": "small|tiny|little", "length": "short", "speed": "slow"}
_OFF = rf"(?<![a-z])(?:trim|cut|take|chop|lop|shave|knock|slice|snip|lose|drop|get)(?: off| out)? {_PART.replace('?P<part>', '?P<part3>')} (?:(?:off|of|from|out of)(?: of)?|(?:the |my )?[a-z0-9 ]{2, 20}? off)(?![a-z])"


_ENOUGH = rf"(?<![a-z]){_PART.replace('?P<part>', '?P<part4>')} (?:of (?:it|that|them|the [a-z0-9 ]{{2,24}}?) |(?:that|the) (?:length|time) |as (?:long|much) )?(?:(?:is|are|would be|will be|'s|should be) (?:enough|plenty|fine|better|ok|okay)|(?:would|will|should) (?:do|be enough|suffice))(?![a-z])"


_PERCENT = (  # of a length: of sizes and speeds it is read where they are
    r"(?<![a-z\d.])(?P<pc>\d{1,3}(?:\.\d)?|[a-z]+(?:[ -][a-z]+)?) ?(?:%|percent|per cent|pct) (?:longer|(?P<pc_less>shorter))(?![a-z])"
    r"|(?<![a-z])(?P<pc_less3>cut|trim|take|chop|lop|shave|knock|slice|snip|lose|drop|get)(?: off| out)? (?:about |around |another )?(?P<pc3>\d{1,3}(?:\.\d)?|[a-z]+(?:[ -][a-z]+)?) ?(?:%|percent|per cent|pct) (?:off|of|from|out of)(?: of)? (?!(?:the |its )?(?:volume|tempo|brightness|size|opacity|speed|level|music|voice|contrast|sound))"
    r"|(?<![a-z])(?:extend|lengthen|prolong|stretch(?: out)?|(?P<pc_less2>shorten|trim|cut(?= [^,.;]{1,30}? by )|tighten))(?: [^,.;]{1,30}?)? by (?:about |around |roughly )?(?P<pc2>\d{1,3}(?:\.\d)?|[a-z]+(?:[ -][a-z]+)?) ?(?:%|percent|per cent|pct)(?![a-z])"
)


def _english(kind: str) -> Sieve:
    return Sieve(
        re.compile(
            rf"(?<![a-z]){_PART} (?:(?P<more>{_MORE[kind]})|(?P<less>{_LESS[kind]})|again as (?P<again>{_AS[kind]})|as (?P<as>{_AS[kind]})(?P<over> again)?)(?![a-z])"
            rf"|(?<![a-z])(?:(?P<more2>{_MORE[kind]}|{_GROWS[kind][0]})|(?P<less2>{_LESS[kind]}|{_GROWS[kind][1]}))(?: [^,.;]{{1,30}}?)? by {_PART.replace('?P<part>', '?P<part2>')}(?![a-z])"
            + (rf"|{_OFF}|{_ENOUGH}|{_PERCENT}" if kind == "length" else "")
            + rf"|too (?:{_TOO_MUCH[kind]})(?![a-z])[^.;]{{0,24}}?(?:(?P<halved>halve (?:it|that|them)|cut (?:it|that|them) (?:in|by) half)(?![a-z])(?! (?:to|down|off|out|at)))"
            + rf"|too (?:{_TOO_LITTLE[kind]})(?![a-z])[^.;]{{0,24}}?(?P<doubled>double (?:it|that|them))(?![a-z])"
            + rf"|(?<![a-z]){_TIMES} {_OWN}(?:{_AS[kind]}|{_MORE[kind]}|{_OF[kind]})(?![a-z])"
        )
    )


_GROWS = {  # verbs, besides "make it bigger by"
    "size": ("grow|enlarge|scale up|blow up", "shrink|scale down|reduce"),
    "length": ("extend|lengthen|prolong", "shorten"),
    "speed": ("speed up|speed", "slow down|slow"),
}


def _eastern(kind: str) -> Sieve:
    parts = rf"(?:{'|'.join(_PART_ZH)})(?!半)"  # 加速两倍半 is a factor
    more, less = _MORE_ZH[kind], _LESS_ZH[kind]
    tenths = r"(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?"
    tenths += (
        r"|(?P<pc>\d{1,3}(?:\.\d)?)%|百分之(?P<pc2>\d{1,3}|[一二三四五六七八九十]{1,3})" if kind == "length" else ""
    )
    counted = (
        rf"|(?:{_STAY})(?:再|都|给我|帮我|要|改成|改为|变成|变|调成)*(?:(?P<twice>翻倍|加倍|翻一倍|翻番|双倍|[二两2]倍)|(?P<thrice>[三3]倍)|(?P<less3>减半|一半|缩半))"
        if kind == "length"
        else ""
    )
    return Sieve(
        re.compile(rf"(?:(?P<more>{more})|(?P<less>{less}))(?:上|个|了|出|掉)?(?:(?P<part>{parts})|{tenths}){counted}")
    )


_EN = {kind: _english(kind) for kind in _AS}
_ZH = {kind: _eastern(kind) for kind in _AS}


def proportion(text: str, kind: str) -> Fraction | None:
    """So many times its own size, length or speed (`kind`); None where no such proportion is said."""
    if (match := _EN[kind].search(text)) is not None:
        return _said(match.groupdict())
    if not text.isascii() and (match := _ZH[kind].search(text)) is not None:
        return _said_zh(match.groupdict())
    return None


def _said(held: dict[str, str | None]) -> Fraction | None:
    if percent := held.get("pc") or held.get("pc2") or held.get("pc3"):
        part = (value_of(percent) or Fraction(0)) / 100
        change = -part if held["pc_less"] or held["pc_less2"] or held["pc_less3"] else part
        return 1 + change if change > -1 and part else None
    if word := held.get("part4"):
        return _PARTS[word]
    if word := held["part"] or held["part2"] or held.get("part3"):
        part = _PARTS[word]
        if held.get("part3"):
            return 1 - part
        if held["as"]:
            return 1 + part if held["over"] else part
        return 1 - part if held["less"] or held["less2"] else 1 + part
    if held.get("halved") or held.get("doubled"):
        return Fraction(1, 2) if held["halved"] else Fraction(2)
    if held["times"]:
        return value_of(held["times"])
    return Fraction(2) if held["twice"] else Fraction(3) if held["thrice"] else Fraction(1, 2)


def _said_zh(held: dict[str, str | None]) -> Fraction | None:
    if held.get("twice") or held.get("thrice"):
        return Fraction(2 if held["twice"] else 3)
    if held.get("less3"):
        return Fraction(1, 2)
    if percent := held.get("pc") or held.get("pc2"):
        part = (value_of(percent) or Fraction(0)) / 100
    elif held["tenths"]:
        part = ((value_of(held["tenths"]) or 0) + (Fraction(1, 2) if held["half"] else 0)) / Fraction(10)
    else:
        part = _PART_ZH[str(held["part"])]
    if held["less"]:
        return 1 - part if part < 1 else Fraction(1, 2)
    return 1 + part
