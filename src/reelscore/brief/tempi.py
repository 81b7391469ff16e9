"""Tempi in words: "120bpm", "about 90 bpm", "90-100 bpm", 每分钟90拍. Numbers of beats a minute, as Fractions."""

from __future__ import annotations

import re

from reelscore.brief.measures import Quantity, Rule, Tempo
from reelscore.brief.numbers import CHINESE, DIGITS, ENGLISH, number

LEAST = 30  # below this a number is no tempo unless it says "bpm"
_BEFORE = r"(?<![A-Za-z0-9])(?<!\d[.,:])"
_FROM = r"over|above|at least|more than|faster than|min(?:imum)?|高于|超过"
_UP_TO = r"under|below|at most|less than|slower than|max(?:imum)?|up to|低于|不超过"
_TO = r"\s*(?:-|–|—|~|to|until|through|到|至)\s*"


def tempo_rules() -> list[Rule]:
    """Patterns (case ignored), the most telling first, and what makes a Tempo of their matches."""
    unit = r"(?:\s*-?\s*(?:bpm|beats?\s+(?:per|a)\s+minute)(?![A-Za-z])|\s*拍(?:每分钟|/分钟?|一分钟))"
    name = r"(?:(?<![A-Za-z])(?:bpm|tempo)(?:\s+(?:of|is|at|to|around|about))?|速度|节拍|♩|每分钟|一分钟)"
    name += r"\s*(?:[:=为是约在]|大约)?\s*"
    say = r"(?:(?:about|around|roughly|approx(?:imately)?\.?|circa|ca\.?|~|near|大约|约|差不多)\s*)?"
    bound = rf"(?:(?:{_FROM}|{_UP_TO})\s*)?"
    n = rf"(?:{DIGITS}|{ENGLISH}|{CHINESE})"
    return [
        (rf"{_BEFORE}(?:between\s+)?({n})(?:{unit})?(?:{_TO}|\s+and\s+)({n}){unit}", _tempo_range),
        (rf"{name}(\d{{2,3}}){_TO}(\d{{2,3}})(?:{unit})?(?![\d:])", _tempo_range),
        (rf"(?P<say>{say})(?P<bound>{bound}){_BEFORE}(?P<n>{n}){unit}", _tempo),
        (
            rf"{name}(?P<say>{say})(?P<bound>{bound})(?P<n>\d{{2,3}}(?:\.\d+)?|{CHINESE}(?=拍))(?:{unit}|拍)?(?![\d:%])",
            _tempo,
        ),
        (rf"(?P<say>{say})(?P<bound>){_BEFORE}(?P<n>{n})\s*拍", _tempo),
    ]


def _tempo(found: re.Match[str]) -> Quantity | None:
    value = number(found["n"])
    spelled = len(found["n"]) > 1 and all(char in "一二三四五六七八九" for char in found["n"])  # 四三拍 is a meter
    if value is None or spelled or (value < LEAST and "bpm" not in found.group().lower()):
        return None
    bound = (found["bound"] or "").strip().lower()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    span = (start, found.end(), found.group().strip())
    if re.match(_FROM, bound):
        return Tempo(*span, value, None, False)
    if bound:
        return Tempo(*span, None, value, False)
    return Tempo(*span, value, value, not (found["say"] or "").strip())


def _tempo_range(found: re.Match[str]) -> Quantity | None:
    if re.search(r"\sand\s", found.string[found.end(1) : found.start(2)]) and "between" not in found.group().lower():
        return None
    one, other = number(found[1]), number(found[2])
    if one is None or other is None or max(one, other) < LEAST:
        return None
    return Tempo(found.start(), found.end(), found.group(), min(one, other), max(one, other), False)
