"""Numbers in digits and in words, English and Chinese, as exact fractions.

`NUMBER`, `ENGLISH` and `CHINESE` are pattern texts (no groups, linear to match) for whoever builds larger patterns.
"""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = {name: value for value, name in enumerate((*_ONES, *_TEENS))} | {
    name: 20 + 10 * i for i, name in enumerate(_TENS)
}
_ENGLISH |= {"fourty": 40, "ninty": 90}
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}

_NAMES = "|".join(sorted([*_ENGLISH, "hundred"], key=len, reverse=True))
DIGITS = r"\d{1,6}(?:[.,]\d{1,3}(?!\d))?"
ENGLISH = rf"(?:{_NAMES})(?:[ -]+(?:and[ -]+)?(?:{_NAMES})){{0,5}}"
CHINESE = "[零〇一二两三四五六七八九十百千]{1,9}"
NUMBER = rf"(?:{DIGITS}|{ENGLISH}|{CHINESE})"


def number(text: str) -> Fraction | None:
    """The value of a text that matched `NUMBER`; None where it is none.

    >>> number("1.5"), number("one hundred and twenty"), number("ninety-two"), number("一百二十"), number("一百二")
    (Fraction(3, 2), Fraction(120, 1), Fraction(92, 1), Fraction(120, 1), Fraction(120, 1))
    """
    text = text.strip().lower()
    if re.fullmatch(DIGITS, text):
        return Fraction(text.replace(",", "."))
    if text and all(char in _CHINESE or char in _PLACES for char in text):
        return _chinese(text)
    total = 0
    for name in re.findall(r"[a-z]+", text):
        if name == "hundred":
            total = max(total, 1) * 100
        elif name in _ENGLISH:
            total += _ENGLISH[name]
        elif name != "and":
            return None
    return Fraction(total) if re.search(r"[a-z]", text) else None


def _chinese(text: str) -> Fraction:
    if not any(char in _PLACES for char in text):
        return Fraction(int("".join(str(_CHINESE[char]) for char in text)))
    total, digit, place, last = 0, 0, 1, 0
    for char in text:
        if char in _PLACES:
            place = _PLACES[char]
            total += (digit or (1 if char == "十" else 0)) * place
            digit, last = 0, place
        else:
            digit = _CHINESE[char]
            last = 0 if char in "零〇" else last
    return Fraction(total + digit * (last // 10 if last >= 100 else 1))
