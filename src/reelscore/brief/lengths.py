"""Lengths and clock times in words: "60-second", "a minute and a half", 1分30秒, 一分半; 1:05.2. Exact seconds."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.brief.measures import Clock, Length, Quantity, Rule
from reelscore.brief.numbers import CHINESE, DIGITS, ENGLISH, number

_N = rf"(?:{DIGITS}|{ENGLISH})"
_Z = rf"(?:{DIGITS}|{CHINESE})"
_BEFORE = r"(?<![A-Za-z0-9])(?<!\d[.,:])"
_TO = r"\s*(?:-|–|—|~|to|until|through|到|至)\s*"
_UNITS = {"hour": 3600, "hr": 3600, "h": 3600, "minute": 60, "min": 60, "m": 60, "second": 1, "sec": 1, "s": 1}
_UNITS |= {"小时": 3600, "钟头": 3600, "分钟": 60, "分": 60, "秒钟": 1, "秒": 1}
_LATIN_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|s|h)(?![A-Za-z'])\.?"
_HAN_UNIT = "(?:小时|钟头|分钟|分(?![之贝享割手成])|秒钟|秒(?!杀|速|变))"

_MACHINES = ("808s", "909s", "707s", "606s", "303s")  # drum machines and a bass, not seconds

# What lasts: after "90s" it makes a length of what would be the nineties.
_LENGTH_NOUN = re.compile(
    r"\s*(?:$|[,.;!?，。；)]|long|loop|video|clip|track|ads?\b|spot|reel|short|version|cut|edit|bgm|piece|of\b|intro|"
    r"teaser|trailer|promo|commercial|duration|length|[\u3400-\u9fff])",
    re.IGNORECASE,
)


# What a decade is said of. The thirties and forties are seldom meant, half a minute often is.
_OF_OLD = re.compile(
    r"[ -](?:\w+[ -])?(?:swing|big[ -]band|charleston|ragtime|speakeasy|flapper|cabaret|noir|gramophone|hollywood|"
    r"music[ -]hall|style|vibes?|feel|sound|era|inspired|nostalgia)\b",
    re.IGNORECASE,
)
_OF_NINETIES = re.compile(
    r"[ -](?:[\w&-]+ ){0,2}(?:hip[ -]?hop|rap|r ?& ?b|rnb|house|techno|rave|trance|jungle|euro\w*|dance|rock|"
    r"grunge|punk|"
    r"metal|alternative|alt|indie|brit\w*|pop|boom|trip|gangsta|g[ -]funk|soul|country|sitcom|cartoon|anime|games?|"
    r"video[ -]?game|arcade|vhs|kids?|style|vibes?|feel|sound|era|inspired|nostalgia|throwback|retro|club|drum|dnb|"
    r"breakbeat)\b",
    re.IGNORECASE,
)


def length_rules() -> list[Rule]:
    """Patterns (case ignored), the most telling first, and what makes a Length of their matches."""
    first = rf"{_BEFORE}(?:between\s+)?({_N})[\s-]*({_LATIN_UNIT})?(?:{_TO}|\s+and\s+|\s+or\s+)"
    return [
        (
            r"(?<![A-Za-z\d.])(\d{1,2})\s*(?:h|小时)\s*(\d{1,2})\s*(?:m|min|mins|分钟?)?(?:(\d{1,2})s)?(?![A-Za-z\d])",
            _hms,
        ),
        (
            r"(?<![A-Za-z\d.])()(\d{1,3})\s*(?:minutes?|mins?|m|分)\s*(\d{1,2})\s*(?:seconds?|secs?|s|秒钟?)?(?![A-Za-z\d.:]|\s*(?:bpm|%|fps|拍|-))",
            _hms,
        ),
        (rf"{first}({_N})[\s-]*({_LATIN_UNIT})", _range),
        (rf"({_Z})({_HAN_UNIT}|s)?{_TO}({_Z})({_HAN_UNIT})", _range),
        (rf"{_BEFORE}({_N}|an?)[\s-]*({_LATIN_UNIT})\s+and\s+a\s+half", _and_half),
        (rf"{_BEFORE}({_N})\s+and\s+a\s+half[\s-]*({_LATIN_UNIT})", _and_half),
        (r"(?<![A-Za-z])(?:half\s+an?|half)[\s-]+(hour|minute)(?![A-Za-z])", _half),
        (rf"({_Z})个半(小时|钟头)|({_Z})(分|分钟|小时)半钟?", _half_more),
        (r"半个?(小时|钟头|分钟)", _half),
        (r"(?<![A-Za-z])(?:a\s+)?(couple)(?:\s+of)?\s+(minutes)(?![A-Za-z])", _couple),
        (rf"{_BEFORE}({_N})[\s-]*({_LATIN_UNIT})", _length),
        (r"(?<![A-Za-z])(?<!just )(?<!last )(?<!any )(an?)[\s-]+(minute|hour)(?![A-Za-z])", _length),
        (r"(?<=\bfirst )minute(?![A-Za-z])", lambda found: _stretch(found, Fraction(60))),
        (rf"({_Z})个?({_HAN_UNIT})", _length),
    ]


def clock_time(found: re.Match[str]) -> Quantity:
    """The Clock of a match whose groups are hours, minutes and seconds, or the last of these."""
    total = Fraction(0)
    for group in found.groups():
        total = total * 60 + Fraction(group)
    return Clock(found.start(), found.end(), found.group(), total)


def _stretch(found: re.Match[str], low: Fraction, high: Fraction | None = None) -> Quantity | None:
    high = low if high is None else high
    return Length(found.start(), found.end(), found.group(), min(low, high), max(low, high)) if high > 0 else None


def _unit(name: str) -> int:
    name = name.lower().rstrip(".")
    return _UNITS.get(name) or _UNITS[name.rstrip("s")]


def _value(text: str) -> Fraction:
    return Fraction(1) if text.lower() in ("a", "an") else number(text) or Fraction(0)


def _length(found: re.Match[str]) -> Quantity | None:
    if found.group().lower() in _MACHINES:
        return None
    return None if _is_decade(found) else _stretch(found, _value(found[1]) * _unit(found[2]))


def _range(found: re.Match[str]) -> Quantity | None:
    if re.search(r"\sand\s", found.group()) and not found.group().lower().startswith("between"):
        return None
    return _stretch(found, _value(found[1]) * _unit(found[2] or found[4]), _value(found[3]) * _unit(found[4]))


def _and_half(found: re.Match[str]) -> Quantity | None:
    return _stretch(found, (_value(found[1]) + Fraction(1, 2)) * _unit(found[2]))


def _half(found: re.Match[str]) -> Quantity | None:
    return _stretch(found, Fraction(_unit(found[1]), 2))


def _half_more(found: re.Match[str]) -> Quantity | None:
    amount, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    return _stretch(found, (_value(amount) + Fraction(1, 2)) * _unit(unit))


def _couple(found: re.Match[str]) -> Quantity | None:
    return _stretch(found, Fraction(120))


def _hms(found: re.Match[str]) -> Quantity | None:
    hours, minutes, rest = (Fraction(group) if group else Fraction(0) for group in found.groups())
    return _stretch(found, hours * 3600 + minutes * 60 + rest)


def _is_decade(found: re.Match[str]) -> bool:
    """Is "90s" the nineties? A length only where a thing that lasts follows, or "for", a colon... stands before."""
    if not re.fullmatch(r"[2-9]0s", found.group(), re.IGNORECASE):
        return False
    before, after = found.string[: found.start()], found.string[found.end() :]
    if re.search(r"(?:for|length|duration|长度|时长|about|around|~|[:=])\s*$", before, re.IGNORECASE):
        return False
    if found[1] == "50" and re.search(r"(?:^|[,;.，；。])\s*$", before) and re.match(r"\s*(?:$|[,;.，；。])", after):
        return False  # "..., 50s": said by itself a length, as the fifties hardly are
    if found[1] in ("50", "70", "80"):
        return not re.match(r"\s*(?:long|duration|length|video|clip)", after, re.IGNORECASE)
    if re.search(r"(?:like|from|style|retro|vintage|classic|old school)\s*$", before, re.IGNORECASE):
        return True
    if _LENGTH_NOUN.match(after):
        return False
    if found[1] == "60":
        return True
    said_of = _OF_NINETIES if found[1] == "90" else _OF_OLD
    return bool(said_of.match(after)) or (found[1] == "20" and bool(re.match(r"[ -]jazz", after, re.IGNORECASE)))
