"""Every quantity of a message, typed and placed: lengths, clock times, percents, decibels, factors, tempi, sizes, bars.

Rules are tried in order, the most telling first, and a stretch once taken is not read again. The cue is the word that
tells what a quantity is for: to, by, at, from, until, for, over, first, last, off, within. What stays are bare numbers
(kind "number"). Seconds are exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.quantity_rules import NEEDS, any_of, every_rule, rules, spaced
from reelscore.converse.sieves import may_match
from reelscore.converse.tables import table


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at text[start:end]. `value` is a number, or text for ratios, sizes, bars and keys."""

    kind: (
        str  # seconds, percent, decibels, lufs, degrees, factor, bpm, fps, ratio, size, bars, beats, times, parts, ...
    )
    value: Fraction | str
    start: int
    end: int
    cue: str = ""
    signed: bool = False  # written with its own + or -
    pair: int = 0  # 1 the first and 2 the second of a range

    @property
    def number(self) -> int | float:
        """The value as a plain number."""
        assert isinstance(self.value, Fraction)
        return int(self.value) if self.value.denominator == 1 else round(float(self.value), 6)


def scan(text: str, of: str = "") -> tuple[Quantity, ...]:
    """All quantities of normalised text in order, none overlapping. `of`: the text of which it is a copy with blanks,
    where it is known already what may match there."""
    free = text
    found: list[Quantity] = []
    every = rules()  # made before it is asked which of them may match
    order = every_rule()
    may = order.keys() & may_match(of or text)
    if of:  # blanks make no words but those that hold blanks
        may |= {sieve for sieve in spaced() if sieve.may(text)}
    if not may:
        return ()
    told: dict[str, bool] = {}  # whether what a kind needs is there
    for at in sorted(map(order.__getitem__, may)):
        kind, sieve, maker = every[at]
        if kind not in told:
            told[kind] = NEEDS[kind].search(text) is not None
        if not told[kind]:
            continue
        for match in list(sieve.regex.finditer(free)):
            value = maker(match)
            if value is None or "\0" in free[match.start() : match.end()]:
                continue
            if text[match.end() - 1] == "分" and text[match.end() : match.end() + 1] in tuple(
                "割为成开段之贝辨享布屏镜明离"
            ):
                continue
            if (
                kind == "frames"
                and text[: match.start()].endswith(("最后", "末", "第", "每", "这", "首"))
                and value == 1
            ):
                continue
            start, end = match.span()
            while start < end and text[start] == " ":
                start += 1
            signed = kind in ("decibels", "percent", "lufs", "degrees", "number") and bool(
                patterns.match(r"[-+]|minus|plus|负", match[0].strip())
            )
            found.append(Quantity(kind, value, start, end, signed=signed))
            free = free[:start] + "\0" * (end - start) + free[end:]
    found.sort(key=lambda q: q.start)
    left = _without_what_was(text, found)
    kept = {id(q) for q in left}
    was = [replace(q, cue="was") for q in found if id(q) not in kept]
    made = _with_cues(text, _ranged(text, _listed(text, left)))
    return tuple(sorted((*made, *was), key=lambda q: q.start)) if was else made


_WAS = re.compile(r"(?:(?<![a-z])(?:from|was)|[从由自]|原来是?|^把)(?: the | its )? ?$")
_BECAME = re.compile(
    r" ?(?:->|=>|→) ?|,? ?(?:(?:all the way )?(?:down |up |back )?to|(?:音量)?(?:调|改|降|升|提|减|加|缩|剪|变|放|拉|压|设)?[高低大小短长快慢]?[到成至为]) ?(?:the |about |around |just )?"
)
_CHANGED_TO = re.compile(r"钟?(?:的)?(?:时长|长度)?[,，]? ?(?:都|全|就|给我)*(?:改|换|变|调)[成为到] ?")
_COUNTED_OFF = re.compile(r"(?:[前后第头在从到至~-]|最[前后]|开头|结尾) ?的?$")
_TOO_MUCH = re.compile(  # "10 seconds is too long, make it 6", 1分钟太长了，15秒
    r"钟?(?:也|实在|还是|真的|有点|确实)*(?:太|有点|过于?)[长短久多]|,? (?:is|are|feels?|seems?)(?: a bit| a little| way| far| still| really| just)* too (?:long|short|much)(?![a-z])"
)
_NOW_IS = re.compile(
    r"(?<![a-z])(?:it'?s|it is|currently|right now)(?: currently| now)? at $|(?:现在|目前|当前)(?:是|有)?$"
)
_RAISED = re.compile(r"(?<![a-z])(?:raise|bump|boost|increase|lift|crank|turn [a-z ]{0,20}up)(?![a-z])")
_SETTING = re.compile(
    r"(?<![a-z])(?:brightness|contrast|saturation|opacity|volume|tempo|warmth|exposure|zoom(?! in| out)|size|strength|intensity)(?![a-z])|亮度|对比度|饱和度|音量|透明度|色温|曝光|字号|大小"
)
_RATES = frozenset(("percent", "decibels", "bpm", "fps", "factor", "degrees"))


def _without_what_was(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "from 80 to 60%", "50->35", 从10秒剪到6秒: the first is what it was, unless the two are a stretch of time."""
    left = list(found)
    for one, two in pairwise(found):
        gap = text[one.end : two.start]
        if _NOW_IS.search(text[max(0, two.start - 14) : two.start]) and one.kind in (two.kind, "number", "bpm"):
            left.remove(two)  # "96 bpm please, it's at 120 now"
            continue
        if _TOO_MUCH.match(gap) and two.kind in (one.kind, "number"):
            left.remove(one)
            continue
        if not _BECAME.fullmatch(gap) or isinstance(one.value, str) or isinstance(two.value, str):
            continue
        arrow = ">" in gap or "→" in gap
        if (
            one.kind == two.kind == "seconds"
            and _CHANGED_TO.fullmatch(gap)
            and not _COUNTED_OFF.search(text, 0, one.start)
        ):
            left.remove(one)  # 每张照片4秒改成5秒
            continue
        if not arrow and not _WAS.search(text[max(0, one.start - 8) : one.start]):
            continue
        if one.kind not in (two.kind, "number") and two.kind != "number":
            continue
        falls = one.value > two.value
        raised = _RAISED.search(text, 0, one.start) or patterns.search("[提升加高大]", gap)
        raised = raised or _SETTING.search(text, 0, one.start)
        counts = one.kind == two.kind == "number" and (raised or (arrow and "_" not in text))
        if {one.kind, two.kind} & _RATES or falls or counts:
            left.remove(one)
    return left


_BETWEEN_ZH = (  # 从第2秒开始显示到第6秒, 5秒的地方一直到8秒
    r"\s*(?:秒)?钟?(?:的)?(?:处|起|开始|那里|那儿|这里|左右|的?(?:地方|位置|时候))?[, ]{0,2}(?:一直|显示|出现|播放|持续|停留|保留|剪|切|截|删|裁|直|用|放|播|取|留)*(?:-|~|到|至)(?:了)?(?:大概|大约|差不多)?\s*第?\s*"
)
_BETWEEN = re.compile(r"\s*(?:-|~|to|through|and|until|till|到|至)\s*(?:the |第)?\s*")


_ONE_MORE_STRETCH = re.compile(r" ?(?:,|&|and|plus|, ?and|also|as well as) ?(?:also )?(?:from |at )?")


def _ranged(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "2 to 6 seconds", 第3秒到第6秒: both are lengths; the first takes the unit of the second."""
    made = list(found)
    for i in range(len(made) - 1):
        one, two = made[i], made[i + 1]
        gap = text[one.end : two.start]
        lead = text[max(0, one.start - 9) : one.start]
        if one.kind not in ("number", "seconds", "percent") or two.kind not in ("number", "seconds"):
            continue
        if not _BETWEEN.fullmatch(gap) and not patterns.fullmatch(_BETWEEN_ZH, gap):
            continue
        if gap.strip() == "and" and "between" not in lead:
            continue
        if one.kind == "percent" and gap.strip() in ("until", "till"):
            continue  # "at 60% until 10s"
        if "number" in (one.kind, two.kind) and gap.strip() in ("a", "al") and "from" not in lead and "de " not in lead:
            continue
        if (
            one.kind == "number"
            and two.kind == "number"
            and not patterns.search(
                r"(?:from|between|around|about|seconds?|secs?|从|第|(?<![a-z])(?:cut|mute|out|away|off|at|keep|delete|remove|lose|drop|snip|trim|chop|ditch|scrap|bin|kill|only|rid of|(?:slow|speed)(?: it| this| that)? (?:down|up)))\s*(?:the\s*)?$",
                text[max(0, one.start - 18) : one.start],
            )
            and not patterns.match(r" ?only(?![a-z])", text[two.end :])
            and not (i and made[i - 1].pair == 2 and _ONE_MORE_STRETCH.fullmatch(text, made[i - 1].end, one.start))
        ):
            continue
        scale = Fraction(1)
        if (
            one.kind == "number"
            and two.kind == "seconds"
            and patterns.search(r"min|分", text[two.start : two.end])
            and not patterns.search(r"sec|秒|\d ?s\b", text[two.start : two.end])
        ):
            scale = Fraction(60)
        if one.kind == "seconds" and two.kind == "number" and text[one.start : one.end].startswith("minute"):
            two = replace(two, value=Fraction(two.value) * 60)
        assert isinstance(one.value, Fraction)
        made[i] = replace(one, kind="seconds", value=one.value * scale, pair=1)
        made[i + 1] = replace(two, kind="seconds", pair=2)
    return made


_LISTED = re.compile(r" ?(?:,|&|and|,? and) (?:also )?(?:at )?(?:the )?")


def _listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "at 6 and at 10 s": moments all, where the last has the unit."""
    made = list(found)
    for i in reversed(range(len(made) - 1)):
        one, two = made[i], made[i + 1]
        if one.kind != "number" or two.kind != "seconds" or not _LISTED.fullmatch(text, one.end, two.start):
            continue
        if _AT_FIRST.search(text, 0, one.start) and not _SETTING.search(text, 0, one.start):
            made[i] = replace(one, kind="seconds")
    return made


_AT_FIRST = re.compile(r"(?<![a-z])at (?:(?:about |around |the )?[\d.]+ ?(?:,|&|and|,? and) (?:at )?)*$")


def _with_cues(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    return tuple(_in_seconds(text, replace(q, cue=_cue(text, q))) for q in found)


_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_ENDS_HERE = re.compile(
    r"\s*(?:$|[,.;!?)]|(?:and|then|please|pls|while|with|at|from|in|out|can|could|should|must|has|goes?|is|too)(?![a-z]))"
)
_TAKES_TIME = re.compile(
    r"(?<![a-z])(?:fade[sd]?|fading|swell|hold|freeze|stay|stays|show|keep|last|lasts|title|subtitle|caption|lower third|text|still|black)(?![a-z])"
)
_TO_A_LENGTH = re.compile(
    r"(?<![a-z])(?:(?:trim|shorten|lengthen|extend|prolong|stretch)(?![a-z])[^,.;]{0,40}? (?:to|by|down to)|(?:push|pull|move|shift|nudge|bring|slide|delay|hold)(?: [^,.;]{1,24}?)?(?: (?:back|forwards?|later|earlier)) by|(?:fit|squeeze|cram)(?:s|ed)?(?: [^,.;]{1,24}?)? (?:in|into|inside|within|under)|(?:cut|edit|boil|chop|get)(?! [^,.;]*(?:volume|music|song|voice|sound|audio|bright|opac|size|speed|tempo|level|contrast|satur|zoom))(?: [^,.;]{1,40}?)?? down to) (?:about |around |like |just |exactly )?$"
)


def _in_seconds(text: str, q: Quantity) -> Quantity:
    """ "fade in over 2", "freeze at 3 for 4", "trim it down to 30": a bare number where only a length makes sense."""
    if q.kind != "number" or q.pair or q.signed or _EASTERN.search(text):
        return q
    if q.cue == "off" and _TAKEN_OFF.search(text, 0, q.start) and _OFF_A_THING.match(text, q.end):
        return replace(q, kind="seconds")
    if q.cue == "at" and _SO_LONG.match(text, q.end) and not _SETTING.search(text):
        return replace(q, kind="seconds")  # "the badge at 10 for 3 seconds"
    if not _ENDS_HERE.match(text, q.end) and not _PER_ONE.match(text, q.end):
        return q
    lead = text[max(0, q.start - 60) : q.start]
    over = q.cue in ("over", "for") and lead.rstrip().endswith(("over", "for")) and _TAKES_TIME.search(text)
    since = q.cue == "from" and lead.endswith("from ") and not text[q.end :].strip(" .!,")
    since = since or (_STARTS_AT.search(lead) is not None and "bpm" not in text and "tempo" not in text)
    so_long = _PER_ONE.match(text, q.end) or over or since or _TO_A_LENGTH.search(lead) or _FOR_THE_FIRST.search(lead)
    return replace(q, kind="seconds") if so_long else q


_SO_LONG = re.compile(r" for (?:about |around |like )?[\w.]+ ?(?:s|secs?|seconds?)(?![a-z])")
_TAKEN_OFF = re.compile(
    r"(?<![a-z])(?:take|cut|trim|chop|shave|lop|knock|lose|get)(?: about| like| another| maybe| a good)* $"
)
_OFF_A_THING = re.compile(
    r" off (?:of )?(?!(?:the |my |its )?(?:volume|tempo|bpm|brightness|size|opacity|speed|level|loudness|music|voice|sound|each|every|both|contrast)(?![a-z]))(?:the |my |each |its )?[\w\ue000-\ue6ff]"
)
_PER_ONE = re.compile(r" (?:per|for each|for every) (?:clip|photo|picture|pic|shot|image|slide)(?![a-z])")
_FOR_THE_FIRST = re.compile(r"(?<![a-z])(?:for|during|only|over|in) the (?:first|last|final|opening) $")


_STARTS_AT = re.compile(
    r"(?:  |(?<![a-z])(?:whatever|nothing|off|what|the (?:rest|part|bit|stuff)))(?: that)?(?: comes?| is|'s)? ?(?:past|after|beyond|before) $"  # "everything" is a thing by then
    r"|(?<![a-z])(?:(?:start|begin|appear|enter|(?:come|kick|show|pop|go|cut|drop|fade)(?:ing|s|es)? (?:in|up|on|out|off|away)|disappear|vanish|stop|end)(?:ing|s|es)? (?:at|from|after)|(?:on|up|it|stay|there|waits?|only|off) (?:until|till)) (?:second )?$"
)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], ...], dict[str, str]]:
    """The words before a quantity (longest first) and behind it, and what they tell."""
    held = table("cues")
    about = any_of(held["about"]["words"])
    names: dict[str, str] = {}
    before: list[str] = []
    behind: list[str] = []
    for cue, words in held["before"].items():
        for word in words:
            names["<" + word] = cue
            before.append(word)
    for cue, words in held["behind"].items():
        for word in words:
            names[">" + word] = cue
            behind.append(word)
    lead = re.compile(
        rf"(?:(?<![a-zà-ÿ])|(?<=[\u3040-\u9fff]))({any_of(before)[3:-1]})\s*(?:the |its |about |{about})*\s*$"
    )
    tail = re.compile(rf"\s*({any_of(behind)[3:-1]})(?![a-z])")
    return (lead, tail), names


def _cue(text: str, q: Quantity) -> str:
    (lead, tail), names = _cues()
    if q.pair:
        return "from" if q.pair == 1 else "until"
    if _MOMENT_BEHIND.match(text, q.end) and patterns.just_before(_ALONE_BEFORE, text, q.start):
        return "at"  # 3秒出字幕
    if q.value == 60 and _FIRST_MINUTE.match(text, q.start) and patterns.just_before(_COUNTED_ALONE, text, q.start):
        return "first"
    after = tail.match(text, q.end)
    before = lead.search(text[max(0, q.start - 28) : q.start])
    inside = text[q.start : q.end]
    if (
        before
        and names["<" + before[1]] in ("first", "last")
        and not patterns.match(r"\s*off the (?:start|end|beginning)", text[q.end :])
    ):
        cue = names["<" + before[1]]
        if not (before[1] == "last" and _VERB_LAST.search(text[max(0, q.start - 28) : q.start][: before.end(1)])):
            return cue
    if inside.startswith(("first", "opening")):
        return "first"
    if inside.startswith(("last", "final")):
        return "last"
    if after and names[">" + after[1]] in (
        "at",
        "from",
        "off",
        "later",
        "earlier",
        "more",
        "long",
        "first",
        "last",
        "to",
    ):
        cue = names[">" + after[1]]
        if not (before and names["<" + before[1]] in ("first", "last", "for", "until") and cue in ("at",)):
            return cue
    if before is None:
        return ""
    cue = names["<" + before[1]]
    if (
        cue == "last"
        and before[1] == "last"
        and _VERB_LAST.search(text[max(0, q.start - 28) : q.start][: before.end(1)])
    ):
        return "for"  # "make it last 3 seconds"
    return cue


_MOMENT_BEHIND = re.compile(
    r"(?:钟|左右|处|整|那里|这里|的?(?:时候|地方|位置))?(?:就|再|开始)?(?:(?:标题|字幕|人名条|花字|文字)[ :]|出(?!去)|加(?!速|快)|来[个一]|放(?!慢|大)|打[上个]|显示|弹|插|写|冒|配|响)"
)
_ALONE_BEFORE = re.compile(r"(?:^|[,.;:!?。、\n]|在|从|到了|再|然后|请|第)\s*$")
_COUNTED_ALONE = re.compile(r"(?<![在从到至自每二])第 ?$")  # 第一分钟剪掉, 截取第一分钟做预告
_FIRST_MINUTE = re.compile(
    r"[一1]分钟?(?:的(?:内容|部分|画面)?)?(?:就|都|全|可以|给我|单独|直接)*(?=[剪删去砍裁切掐留做当作导静拿,。!]|不[要用]|保留|加速|放慢|倒放|$)"
)
_VERB_LAST = re.compile(
    r"(?:  |should|must|will|can|to|it|them|they|(?:clip|photo|shot|scene) ?\d*|clips|slides|photos|each|video|film|title|text|that|this) (?:(?:only|just|then|always|now|still|each) )*last$"
)
