"""Every quantity in a prompt, typed and placed: lengths, clock times, tempi, keys, meters, and those we only step over.

Rules are tried in order, the most telling first; a span once taken is not read again. Ratios (16:9), picture sizes
(1080p), frame rates, times of day, decades and percentages are recognised so that nothing else mistakes them.
Seconds are exact. Nothing here decides what a quantity is *for*: see `moments.py`.
"""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.brief.lengths import clock_time, length_rules
from reelscore.brief.measures import Build, Clock, KeySaid, Length, Measure, MeterSaid, Quantity, Rule, Timecode
from reelscore.brief.numbers import CHINESE, DIGITS, ENGLISH, number
from reelscore.brief.pitch import key_at, key_patterns, meter_at, meter_patterns
from reelscore.brief.tempi import tempo_rules
from reelscore.values.time import Seconds

_N = rf"(?:{DIGITS}|{ENGLISH})"
_Z = rf"(?:{DIGITS}|{CHINESE})"
_BEFORE = r"(?<![A-Za-z0-9])(?<!\d[.,:])"
_RATIOS = "16:9|9:16|4:3|3:4|1:1|4:5|5:4|21:9|9:21|2:3|3:2|2:1|1:2|16:10|18:9"
_PICTURE = (
    r"(?=\s*(?:aspect|ratio|format|vertical|horizontal|portrait|landscape|crop|video|clip|frame|reel|short|[竖横画比]))"
)


def scan(plain: str) -> tuple[Quantity, ...]:
    """All quantities of normalised text, in order, none overlapping."""
    quantities: list[Quantity] = []
    taken = bytearray(len(plain))
    for pattern, build in _rules():
        for found in pattern.finditer(plain):
            if any(taken[found.start() : found.end()]):
                continue
            quantity = build(found)
            if quantity:
                quantities.append(quantity)
                taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    return tuple(_joined(sorted(quantities, key=lambda quantity: quantity.start), plain))


def length_of(words: str) -> Seconds | None:
    """The seconds of a text that is nothing but a length ("90", "1:30", "2min30", 一分半); None where it is none."""
    plain = words.strip().lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Fraction(plain)
    quantities = scan(plain)
    if len(quantities) != 1 or len(quantities[0].text.strip()) != len(plain):
        return None
    only = quantities[0]
    return only.low if isinstance(only, Length) else only.at if isinstance(only, Clock) else None


def _joined(quantities: list[Quantity], plain: str) -> list[Quantity]:
    """Neighbouring pieces of one length made one: "2 minutes and 30 seconds", 1分30秒."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            isinstance(quantity, Length)
            and isinstance(last, Length)
            and last.low == last.high
            and quantity.low == quantity.high < 3600
            and last.low % 60 == 0
            and quantity.low < (60 if last.low % 3600 else 3600)
            and re.fullmatch(r"\s*(?:and|,|又|零)?\s*", plain[last.end : quantity.start])
        ):
            total = last.low + quantity.low
            joined[-1] = Length(last.start, quantity.end, plain[last.start : quantity.end], total, total)
        else:
            joined.append(quantity)
    return joined


_made: list[tuple[re.Pattern[str], Build]] = []


def _rules() -> list[tuple[re.Pattern[str], Build]]:
    if not _made:
        _made.extend((re.compile(pattern, re.IGNORECASE), build) for pattern, build in _patterns())
    return _made


def _patterns() -> list[Rule]:
    rules: list[Rule] = [
        (r"(?<![\d:])\d{1,2}:[0-5]\d:[0-5]\d[:;]\d{1,3}(?![\d:])", lambda m: Timecode(m.start(), m.end(), m.group())),
        (r"(?<![\d:])(?:\d{1,2}:\d\d|\d{1,2})\s*(?:[ap]\.?m\.?|o'clock)(?![A-Za-z])", _measure("time of day")),
        (r"(?<![\d:])(\d{1,2}):([0-5]\d):([0-5]\d(?:\.\d{1,3})?)(?![\d:])", clock_time),
        (rf"(?<![\d:])(?:9:16){_PICTURE}|(?<!at )(?<!@)(?<!from )(?<![\d:])(?:{_RATIOS})(?![\d:])", _measure("ratio")),
        (r"(?<![\d:])\d\.\d{1,2}:1(?!\d)", _measure("ratio")),
        (r"(?<![\d:])(\d{1,3}):([0-5]\d(?:\.\d{1,3})?)(?![\d:])", clock_time),
        (r"(?<![A-Za-z\d])(\d+)'(\d\d)(?:\"|'')?(?![A-Za-z\d])", clock_time),
        (r"(?<![\d.])(-?\d{1,2}(?:\.\d+)?)\s*(?:LUFS|LKFS)", _measure("LUFS")),
        (rf"(?<![\d.])([+-]?{DIGITS})\s*(?:dBTP|dBFS|dB|分贝)(?![A-Za-z])", _measure("dB")),
        (rf"({DIGITS})\s*%|({_N})\s+percent|百分之{_Z}|[一二两三四五六七八九]成(?!功|长|都|员)", _measure("percent")),
        (rf"{_BEFORE}({DIGITS})\s*-?(?:fps|frames?(?:\s+per|/)\s*second|frames?|帧)(?![A-Za-z])", _measure("fps")),
        (r"(?<![A-Za-z\d])\d{3,4}[pi](?![A-Za-z\d])|(?<![A-Za-z\d])\d{1,2}k(?![A-Za-z\d])", _measure("size")),
        (r"(?<![A-Za-z\d])\d{3,4}\s?x\s?\d{3,4}(?!\d)", _measure("size")),
        (
            rf"{_BEFORE}{DIGITS}\s*(?:k?hz|kbps|mbps|[kmg]b|mm|cm|km|mph|kmh|km/h|kg|g|ml|°)(?![A-Za-z])",
            _measure("unit"),
        ),
        (
            r"(?<![\w])(?:19|20)\d\d(?:'?s)?(?!\w)|(?<!\d)(?:19|20)\d\d年代?|[五六七八九]十年代|\d0年代|\d[05]后",
            _measure("year"),
        ),
        (r"(?<!\w)'[2-9]0s(?![A-Za-z])|(?:early|late|mid)[ -](?:19)?[2-9]0'?s|(?<=the )[2-9]0'?s", _measure("decade")),
    ]
    rules += tempo_rules()
    rules += [(pattern, _meter) for pattern in meter_patterns()]
    rules += [(pattern, _key) for pattern in key_patterns()]
    return rules + length_rules()


def _measure(unit: str) -> Build:
    def build(found: re.Match[str]) -> Quantity:
        amount = next((group for group in found.groups() if group), "") if found.re.groups else ""
        sign = -1 if amount.startswith("-") else 1
        value = number(amount.lstrip("+-"))
        return Measure(found.start(), found.end(), found.group(), unit, None if value is None else sign * value)

    return build


def _meter(found: re.Match[str]) -> Quantity | None:
    meter = meter_at(found)
    return None if meter is None else MeterSaid(found.start(), found.end(), found.group(), meter)


def _key(found: re.Match[str]) -> Quantity | None:
    said = key_at(found)
    return None if said is None else KeySaid(found.start(), found.end(), found.group(), *said)
