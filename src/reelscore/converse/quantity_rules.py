"""The rules by which quantities are found: patterns by kind, the most telling first, and what makes their values.

Lengths are exact seconds; percents, decibels, degrees, factors and tempi plain numbers; ratios, sizes and bars text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.numbers import CHINESE, DIGITS, MINUTES_OH, PLAIN_NUMBER, number_pattern, value_of
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_POINT = r"(?<![\d.:])(?<!\d,)"
_NTH_THING = r"(?<!(?<![a-z])a second)(?<!one second)|(?:(?<=a second)|(?<=one second))(?! (?:title|clip|caption|subtitle|text|song|track|photo|line|version|take|try|logo|picture|marker)(?![a-z]))"

_A_PART = r"(?P<n>an?|one|two|three|four)[ -](?P<part>third|quarter|fifth)s?"

Maker = Callable[[re.Match[str]], Fraction | str | None]


@cache
def rules() -> tuple[tuple[str, Sieve, Maker], ...]:
    """(kind, pattern, what makes a value of its match or None), in the order they are tried."""
    n, units = number_pattern(), {kind: any_of(words) for kind, words in table("numbers")["units"].items()}
    sec, minute, hour, frame, percent = (units[k] for k in ("second", "minute", "hour", "frame", "percent"))
    end = r"(?![a-z0-9])"
    ends_second = rf"(?:{sec}|s){end}"
    made: list[tuple[str, str, Maker]] = [
        ("timecode", rf"{_POINT}\d{{1,2}}:\d{{2}}:\d{{2}}[:;]\d{{1,2}}(?!\d)", lambda m: m[0]),
        ("size", rf"{_POINT}\d{{3,4}} ?(?:x|×|\*| by ) ?\d{{3,4}}(?!\d)", lambda m: re.sub(r"\D+", "x", m[0])),
        (
            "ratio",
            rf"{_POINT}(?:16(?::|比)(?:9|10)|(?:9|10)(?::|比)16|4(?::|比)[53]|5(?::|比)4|3(?::|比)[42]|2(?::|比)[31]|1(?::|比)[12]|(?:21|18)(?::|比)9|9(?::|比)(?:18|21)|(?:2\.35|2\.39|1\.85)(?::|比)1)(?![\d.:])",
            _ratio,
        ),
        (
            "ratio",
            rf"{_POINT}(?:16 ?[x/] ?9|9 ?[x/] ?16|4 ?[x/] ?5|1 ?x ?1|16 by 9|9 by 16|4 by 5|4 by 3|十六比九|九比十六|一比一|四比五)(?![\d.])",
            _ratio,
        ),
        ("seconds", r"(?<![^\s@]):([0-5]\d)(?![\d:])", _first),  # "at :18"
        ("seconds", rf"{_POINT}(?:\d{{1,2}}:)?\d{{1,3}}:\d{{2}}(?:\.\d{{1,3}})?(?![\d:])", _clock),
        (
            "size",
            rf"(?<![a-z0-9])(?:\d{{3,4}} ?p|4k|2k|8k|uhd|full ?hd|fhd|qhd){end}|全高清|超清",
            lambda m: {"fullhd": "1080p", "fhd": "1080p", "qhd": "1440p", "全高清": "1080p", "超清": "1080p"}.get(
                m[0].replace(" ", ""), m[0].replace(" ", "")
            ),
        ),
        ("fps", r"(?<=\d{3}p)(\d{2,3})(?![\da-z])", _first),
        ("fps", r"(?<![\d.:a-z])(24|25|30|48|50|60)p(?![a-z0-9])", _first),
        ("size", rf"{_POINT}\d{{3,4}}p(?=\0)", lambda m: m[0]),
        ("fps", rf"{_POINT}(?:23\.976|29\.97|59\.94)(?!\d)", lambda m: Fraction(m[0])),
        (
            "fps",
            rf"(?<![化场渡白黑]改)(?<![化场渡白黑][改设]成)(?<![化场渡白黑]设为)(?<![化场渡白黑]用)(?<=[成为到至设用]) ?({n}) ?帧(?![画面图]|的?(?:叠化|转场|过渡|淡|闪|溶解|擦除))|^\s*({n}) ?帧\s*$",
            _any_group,
        ),
        ("fps", rf"({n}) ?-?(?:fps{end}|frames? (?:per|a|/) ?sec(?:ond)?s?|帧每秒|帧/秒|images? par seconde)", _first),
        (
            "fps",
            rf"(?:fps|frame ?rate|帧率|帧速率|每秒)(?: (?:to|of|at|is|should be))?[ 为到改成设置:=]{{0,6}}({DIGITS})(?: ?(?:fps|帧))?{end}",
            _first,
        ),
        (
            "percent",
            rf"(?<![a-z])(?:{_A_PART}(?=(?: of)?(?: its| the| their)?(?: full| normal| current)? (?:volume|level|loudness)(?![a-z]))"
            rf"|(?:(?<=to )|(?<=to about )|(?<=to roughly )|(?<=to around )|(?<=to like )|(?<=at )){_A_PART.replace('<', '<to_')}(?! (?:speed|of (?:the )?(?:size|speed)|turn|(?:of an? )?(?:second|sec|minute|min|hour)(?![a-z]))))",
            _part_of_it,
        ),
        ("percent", r"四分之一(?!圈|速|转|屏|的速|大)", lambda m: Fraction(25)),
        ("percent", r"三分之一(?!圈|速|转|处|屏)", lambda m: Fraction(33)),
        ("percent", r"五分之一(?!圈|速|转|处|屏)", lambda m: Fraction(20)),
        ("percent", r"三分之二(?!圈|速|处|屏)", lambda m: Fraction(67)),
        ("percent", r"四分之三(?!圈|速|屏)", lambda m: Fraction(75)),
        ("degrees", r"(?<![a-z])(?:a |one )?quarter(?: of a)?[ -]turn|四分之一圈", lambda m: Fraction(90)),
        ("degrees", r"(?<![a-z])(?:a |one )?half(?: of a)?[ -](?:a )?turn|半圈", lambda m: Fraction(180)),
        (
            "factor",
            r"(?:速度|倍速|语速)(?:调|改|设|变|放|降|提|升|弄)?[ 到为成至是:=]{0,2}(0\.\d{1,3}|[1-9]\.\d{1,2})(?![\d%.]| ?[倍拍x])",
            _first,
        ),
        ("bpm", rf"每分钟({n})拍", _first),
        ("bpm", r"(?<![\d.])([5-9]\d|1\d\d|2[01]\d) ?拍(?!子|手|照|摄|打|得|的)", _first),
        ("bpm", rf"({n}) ?-?(?:bpm|beats? (?:per|a) min(?:ute)?|拍每分钟|拍/分){end}", _first),
        (
            "bpm",
            rf"(?:bpm|tempo|速度)(?: (?:to|of|at|is))?[ 调提降为到改成设:=]{{0,5}}(?<![降提]) ?({DIGITS})(?!(?:[.,]\d+)? ?(?:%|x|×|倍)){end}",
            _first,
        ),
        ("lufs", rf"([-+]? ?{DIGITS}) ?lufs", _signed),
        ("lufs", rf"([-+]|负)? ?({n}) ?(?:个)?lufs", _decibels),
        (
            "decibels",
            rf"([-+]|(?<![a-z])minus |(?<![a-z])plus |负)? ?({n})个? ?-?(?:d ?b{end}|decibels?|d b(?![a-z])|分贝|デシベル|데시벨)",
            _decibels,
        ),
        ("degrees", rf"([-+])? ?({n}) ?-?(?:°|degrees?|deg{end}|度(?!数)|grados|degrés|grad{end}|graus)", _decibels),
        ("percent", rf"百分之({n})", _first),
        ("percent", rf"([-+]|(?<![a-z])minus |(?<![a-z])plus )? ?({n}) ?-?(?:{percent})(?![a-z])", _decibels),
        (
            "percent",
            r"([一二三四五六七八九])成([一二三四五六七八九半])(?![段份个])",
            lambda m: (a := value_of(m[1])) and a * 10 + (5 if m[2] == "半" else value_of(m[2]) or 0),
        ),
        ("percent", r"(?<![打转])([一二三四五六七八九])折(?![叠扇返旧])", lambda m: (v := value_of(m[1])) and v * 10),
        (
            "percent",
            rf"(?<![统同])({CHINESE})成(?![一-鿿]{{0,1}}两|[段份个])",
            lambda m: (v := value_of(m[1])) and v * 10,
        ),
        ("bars", r"(?:bars?|measures?) ?(\d{1,4}) ?(?:-|~|\.\.|to|through|and|until|till|到|至) ?(\d{1,4})", _range),
        (
            "bars",
            r"第? ?(\d{1,4}|[一二三四五六七八九十]{1,3}) ?(?:小节)?(?:-|~|到|至) ?第? ?(\d{1,4}|[一二三四五六七八九十]{1,3}) ?小节",
            _range,
        ),
        (
            "bars",
            r"(?:bar|measure) ?(\d{1,4})(?: on(?:wards?)?| onward)?(?!\d)|第 ?(\d{1,4}|[一二三四五六七八九十]{1,3}) ?小节",
            _bar,
        ),
        ("bars", rf"the (?:first|last) {n} bars", lambda m: m[0]),
        ("count_bars", rf"({n}) ?-?(?:bars?|measures?|个?小节){end}", _first),
        ("beats", rf"({n}) ?-?(?:beats?|拍){end}", _first),
        ("factor", r"(?<![音声乐量])(?:翻(?:一|上一|了一)?[倍番]|加倍)(?!激烈|有力|大声)", lambda m: Fraction(2)),
        ("factor", r"(?:[大快高长宽]|加速|放大|放大了|[快慢]放|慢动作)一倍", lambda m: Fraction(2)),
        ("factor", r"(?:[慢短]|减速|缩小|慢放|放慢|慢动作)一[倍半]", lambda m: Fraction(1, 2)),
        (
            "factor",
            rf"({n}) ?(?:x|×|times)(?= (?:as )?(?:fast|slow|quick|speed|big|large|the speed|faster|slower|bigger|larger|normal|original))",
            _first,
        ),
        ("factor", rf"({n})(?:-| |的)?(?:the |normal |original )?(?:speed|速度?)(?![a-z])", _slow_part),
        ("factor", r"(?<![a-z])double(?=$|[.,!]| the speed| speed)", lambda m: Fraction(2)),
        ("factor", r"四分之一(?:的)?速度?", lambda m: Fraction(1, 4)),
        ("factor", rf"({n})倍半", lambda m: (v := value_of(m[1])) and v + Fraction(1, 2)),
        ("factor", rf"(?<![a-z0-9])x ?({DIGITS}){end}|({DIGITS}) ?[x×]{end}|({n}) ?倍速?", _any_group),
        (
            "factor",
            r"(?<![a-z])(?:twice|double|doubled)(?= (?:the |as |its )?(?:speed|fast|size|big|large|slow|quick|the size|tempo))|双倍",
            lambda m: Fraction(2),
        ),
        (
            "factor",
            r"(?<![a-z])half(?:-| | the | its | of its | of the | as )?(?:speed|fast|size|the size|the speed|big|large|tempo)|半速|一半速度|一半的速度",
            lambda m: Fraction(1, 2),
        ),
        (
            "factor",
            r"(?<![a-z])(?:a |one )?(third|quarter|fifth|tenth)(?:-| | of (?:the |its )?(?:normal |original )?| the | its | as )?(?:speed|size|fast|big|large)(?![a-z])",
            lambda m: Fraction(1, {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[m[1]]),
        ),
        (
            "factor",
            r"(?<![a-z])halve (?:the |its )?(?:speed|size)|(?<![a-z])cut (?:the |its )?speed in half",
            lambda m: Fraction(1, 2),
        ),
        ("factor", r"(?<![a-z])triple(?= (?:the )?(?:speed|size))|三倍", lambda m: Fraction(3)),
        (
            "times",
            rf"({n}) ?(?:times|repeats|repetitions|loops|次|遍|回|veces|fois|mal{end}|vezes|번|回)(?! (?:as|faster|slower|bigger))",
            _first,
        ),
        (
            "times",
            r"(?<![a-z])(?:twice|两次|两遍)(?![a-z])|(?<![a-z])thrice",
            lambda m: Fraction(3 if "thrice" in m[0] else 2),
        ),
        (
            "parts",
            rf"({n}) ?(?:equal |even |same-length )?(?:parts|pieces|halves|sections|segments|chunks|thirds|份|段|等份|半)(?![a-z])",
            _first,
        ),
        ("copies", rf"({n}) ?(?:more )?(?:copies|copy|duplicates|份)", _first),
    ]
    length = [
        rf"({n}) ?(?:{hour}|h(?=[ \d])) ?(?:and )?({n}) ?(?:{minute}|m(?=[ \d]))(?: ?(?:and )?({n}) ?(?:{ends_second}))?",
    ]
    made += [
        ("seconds", length[0], lambda m: _sum((m[1], 3600), (m[2], 60), (m[3], 1))),
        (
            "seconds",
            rf"({n}) ?-?(?:{minute}|m|mn)(?:(?: ?,? ?and)? ?|零|又)({n}) ?(?:{ends_second})",
            lambda m: _sum((m[1], 60), (m[2], 1)),
        ),
        (
            "seconds",
            rf"({n}) ?-?min(?:ute)?s? ((?:[1-5]\d|(?<![a-z])(?:ten|fifteen|twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?))(?![\d.:]| ?(?:%|db|ms|fps|frames?|percent|bpm)|[a-z])",
            lambda m: _sum((m[1], 60), (m[2], 1)),
        ),
        ("seconds", r"(\d{1,3}) ?(?:min|m) ?(\d{1,2})(?![\d.:]| ?(?:%|db|ms))", lambda m: _sum((m[1], 60), (m[2], 1))),
        (
            "seconds",
            r"(\d{1,3}|[一二两三四五六七八九十]{1,3})分(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)(?![\d.:%分秒帧倍]| ?db)",
            lambda m: _sum((m[1], 60), (m[2], 1)),
        ),
        ("seconds", rf"(?<![a-z0-9]){MINUTES_OH}(?![a-z0-9])", lambda m: _sum((m[1], 60), (m[2], 1))),
        (
            "seconds",
            rf"({n}) ?(?:{minute}) and ((?:a|one) half|(?:a|one) quarter|(?:a|one) third|three quarters|two thirds)(?![a-z])",
            lambda m: _sum((m[1], 60), (f"{m[2].replace('one ', 'a ')} of a" if "half" not in m[2] else "half", 60)),
        ),
        ("seconds", rf"({n})(?:个半|个)?分(?:钟)?半", lambda m: _sum((m[1], 60), ("30", 1))),
        ("seconds", rf"({n})(?:个)?半小时", lambda m: _sum((m[1], 3600), ("1800", 1))),
        ("seconds", rf"({n}) ?(?:{sec}) and (?:a|one) half", lambda m: _sum((m[1], 1), ("0.5", 1))),
        ("seconds", rf"(?<![a-z])(?:first|last|final|opening) (?:{sec}) and (?:a|one) half", lambda m: Fraction(3, 2)),
        ("seconds", r"一刻钟", lambda m: Fraction(900)),
        ("seconds", rf"({n})秒半", lambda m: _sum((m[1], 1), ("0.5", 1))),
        (
            "seconds",
            rf"({n}) ?-?(?:ms{end}|millis(?:econds)?|milliseconds?|毫秒)",
            lambda m: (v := value_of(m[1])) and v / 1000,
        ),
        ("seconds", rf"({n}) ?-?(?:个)?(?:{hour}|h){end}", lambda m: _sum((m[1], 3600))),
        (  # "from one minute five to one minute twenty"
            "seconds",
            rf"(?:(?<=from )|(?<=to )|(?<=at )|(?<=until )|(?<=till )|(?<=and ))({n}) (?:{minute}) (?:oh )?({n})(?! ?(?:{sec}|{minute}|%|x|db){end}){end}",
            lambda m: _sum((m[1], 60), (m[2], 1)),
        ),
        ("seconds", rf"({n}) ?-?(?:个)?(?:{minute}){end}", lambda m: _sum((m[1], 60))),
        ("seconds", rf"(\d{{1,3}}) ?m{end}", lambda m: _sum((m[1], 60))),
        ("seconds", rf"(?<![a-z])another (?:{sec}) and a half", lambda m: Fraction(3, 2)),
        ("seconds", rf"(?<![a-z])another (?:{sec}){end}", lambda m: Fraction(1)),
        ("seconds", rf"({n})(?= (?:more|extra|additional|further) {ends_second})", lambda m: _sum((m[1], 1))),
        (
            "seconds",
            rf"({n}) ?-?(?:(?:full|whole|entire) )?(?:个)?{ends_second}(?:{_NTH_THING})",
            lambda m: _sum((m[1], 1)),
        ),
        (
            "seconds",
            rf"(?<![a-z])(?:first |last |final |opening )(?={sec}{end})(?:{sec})",
            lambda m: (
                Fraction(1)
                if patterns.search(r"second|segundo|seconde|sekunde|sec$", m[0]) and not m[0].rstrip().endswith("s")
                else None
            ),
        ),
        ("seconds", rf"(?<![a-z])(?:second|sec) ({DIGITS})(?! ?(?:%|x|db|{sec}|s){end}){end}", _first),
        ("seconds", r"(?<![a-z])(?:first|last|final|opening) half (?:a )?minute(?![a-z])", lambda m: Fraction(30)),
        (
            "seconds",
            r"(?<![a-z])(?:first|last|final|opening) minute(?= and a half)(?: and a half)",
            lambda m: Fraction(90),
        ),
        (
            "seconds",
            r"(?<=from )(?:the |its )?(second|third|fourth|fifth) minute(?: on(?:wards?)?)?(?![a-z])",
            lambda m: Fraction(60 * (("second", "third", "fourth", "fifth").index(m[1]) + 1)),
        ),
        (
            "seconds",
            r"(?<=from )(?:the )?(third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) second(?: on(?:wards?)?)?(?![a-z])",
            lambda m: Fraction(
                ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth").index(m[1]) + 3
            ),
        ),
        ("seconds", r"(?<![a-z])(?:first|last|final|opening) minute(?![a-z])", lambda m: Fraction(60)),
        ("seconds", rf"(?<![a-z])minutes? ({n})(?! ?(?:%|x|db|{sec}|s){end}){end}", lambda m: _sum((m[1], 60))),
        ("frames", rf"({n}) ?-?(?:{frame}){end}", _first),
        ("hex", r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])", lambda m: m[0]),
        (
            "number",
            rf"((?<!\d)[-+]|(?<![a-z])minus |(?<![a-z])plus |负 ?(?=\d))?([1-9]/[2-9](?![\d/])|{PLAIN_NUMBER}(?: and (?:a|one) half)?)(?![a-z])",
            _decibels,
        ),
        (
            "number",
            rf"(?:^|(?<=[\s,。到成为是量])){CHINESE}(?=(?:吧|就行|就好|好了|行了|的音量)?\s*(?:$|[,。.!]))",
            lambda m: value_of(m[0]),
        ),
    ]
    return tuple((kind, Sieve(re.compile(_quick(pattern))), maker) for kind, pattern, maker in made)


def _quick(pattern: str) -> str:
    """The pattern, not tried within a word: no quantity begins there. What it begins with may already tell."""
    return pattern if pattern.startswith(_TELLING) else f"(?:(?![a-z])|(?<![a-z]))(?:{pattern})"


_TELLING = ("(?<", r"\d", r"(\d", "#")


@cache
def every_rule() -> dict[Sieve, int]:
    """The place of each pattern in the order they are tried."""
    return {sieve: at for at, (_, sieve, _) in enumerate(rules())}


@cache
def spaced() -> frozenset[Sieve]:
    """The patterns that may come to match where words are replaced by blanks."""
    return frozenset(sieve for _, sieve, _ in rules() if any(" " in word for word in sieve.words or ()))


def any_of(words: list[str]) -> str:
    """A pattern of these words, the longest first."""
    return "(?:" + "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)) + ")"


def _first(match: re.Match[str]) -> Fraction | None:
    return value_of(match[1])


def _any_group(match: re.Match[str]) -> Fraction | None:
    return next((value_of(group) for group in match.groups() if group), None)


def _part_of_it(match: re.Match[str]) -> Fraction | None:
    """ "at three quarters volume", "to two thirds"."""
    held = match.groupdict()
    count, part = value_of(held["n"] or held["to_n"]), held["part"] or held["to_part"]
    share = (count or 0) / Fraction({"third": 3, "quarter": 4, "fifth": 5}[part])
    return Fraction(round(100 * share)) if share < 1 else None


def _slow_part(match: re.Match[str]) -> Fraction | None:
    """ "quarter speed", "1/2 speed": only parts of one; "at 2 speed" is not said."""
    value = value_of(match[1])
    return value if value is not None and (value < 1 or "/" in match[1]) else None


def _signed(match: re.Match[str]) -> Fraction | None:
    return Fraction(match[1].replace(" ", "").replace(",", "."))


def _decibels(match: re.Match[str]) -> Fraction | None:
    value = value_of(match[2])
    return -value if value is not None and (match[1] or "").strip() in ("-", "minus", "负") else value


def _ratio(match: re.Match[str]) -> str:
    plain = match[0]
    for han, digits in (("十六", "16"), ("九", "9"), ("一", "1"), ("四", "4"), ("五", "5")):
        plain = plain.replace(han, digits)
    return patterns.sub(r"\s*(?:x|/|by|比|:)\s*", ":", plain)


def _clock(match: re.Match[str]) -> Fraction:
    total = Fraction(0)
    for part in match[0].split(":"):
        total = total * 60 + Fraction(part)
    return total


def _range(match: re.Match[str]) -> str | None:
    first, last = value_of(match[1]), value_of(match[2])
    return None if first is None or last is None else f"{int(first)}-{int(last)}"


def _bar(match: re.Match[str]) -> str | None:
    value = value_of(match[1] or match[2])
    return None if value is None else str(int(value))


def _sum(*parts: tuple[str | None, int]) -> Fraction | None:
    total = Fraction(0)
    for words, unit in parts:
        if words:
            value = Fraction("0.5") if words == "0.5" else value_of(words)
            if value is None:
                return None
            total += value * unit
    return total


NEEDS = {  # without these in the text, no rule of the kind can match
    "timecode": re.compile(r"\d[:;]"), "size": re.compile(r"\d|hd|清"), "ratio": re.compile(r"\d ?[:x/比]|by|比"), "fps": re.compile(r"\dp(?![a-z])|frame|fps|帧|每秒|\d\.\d|images?"),
    "bpm": re.compile(r"bpm|beat|tempo|拍|速度"), "lufs": re.compile("lufs"), "decibels": re.compile(r"db|d b|decibel|分贝"), "degrees": re.compile(r"°|deg|度|turn|圈|gra"),
    "percent": re.compile(r"%|per|pct|之|成|折|quarter|third|fifth|百分点"), "bars": re.compile(r"bar|measure|小节"), "count_bars": re.compile(r"bar|measure|小节"), "beats": re.compile(r"beat|拍"),
    "factor": re.compile(r"x|×|times|倍|番|speed|twice|doubl|half|halve|third|quarter|fifth|tenth|tripl|速|一半"), "times": re.compile(r"times|repe|loop|twice|thrice|次|遍|回"), "parts": re.compile(r"part|piece|hal|section|segment|chunk|third|份|段|半"),
    "copies": re.compile(r"cop|dupl|份"), "seconds": re.compile(r"\d ?(?:s|m|h|:)|:\d| oh? |sec|min|hour|hr|秒|分|时|刻"), "frames": re.compile(r"frame|帧"), "hex": re.compile("#"), "number": re.compile(r"\d|[一二三四五六七八九十百]|eleven|twelve|teen|two|three|four|five|six|seven|eight|nine|ten|ty"),
}  # fmt: skip
