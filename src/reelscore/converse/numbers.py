"""Number words to numbers: digits, English and Chinese words.

`NUMBER` is a pattern for all of them together; `value_of` reads what it matched. Exact: a Fraction.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

from reelscore.converse import patterns

DIGITS = r"(?:\d{1,3}点\d{1,2}(?=\s?(?:倍|秒|分[贝钟]|%|db|x|个|成))|\d{1,9}(?:[.,]\d{1,6})?|(?<![\w.,])\.\d{1,3})"
_ENGLISH = {
    "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "single": 1, "couple": 2, "couple of": 2,
    "a couple": 2, "a couple of": 2, "a few": 3,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_PLAIN = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_HUNDREDS = rf"(?:(?:a|an|{_ONES}) hundred(?: and)?(?: (?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_PLAIN}))?)"
_WORDS = rf"(?:{_HUNDREDS}|(?:{_TENS})[ -](?:{_ONES})|{_PLAIN})"
_HALF = r"(?:half an?|an? half|half|one half|(?:(?:an?|one|two|three) )?(?:quarter|third|fifth)s? of an?|an? quarter|a third|three quarters)"
_FIRST = "".join(sorted({word[0] for word in _ENGLISH} | set("hqt")))  # letters of words for numbers and parts
_HAN = "零〇一二两三四五六七八九"
PLAIN_NUMBER = rf"(?:(?=[\d.]){DIGITS}|(?<![a-z])(?=[{_FIRST}])(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?![a-z]))"
_ADJECTIVES = "快慢大小高低亮暗长短久早晚多少近远响轻重深浅粗细强弱暖冷淡松紧软硬柔"
MINUTES_OH = rf"({_PLAIN}) (?:oh|o) ({_ONES})"  # "three oh five", minutes and seconds
CHINESE = rf"(?:(?:(?<![{_ADJECTIVES}])[{_HAN}十百千]{{1,9}}|(?<=[{_ADJECTIVES}])(?!一点[{_HAN}])[{_HAN}十百千]{{1,9}})(?:点[{_HAN}]{{1,4}})?|半)"


@cache
def number_pattern() -> str:
    """One number, however it is written. No groups."""
    latin = rf"{_WORDS} and {_HALF}|{_HALF}|{_WORDS} point (?:{_ONES})|{_WORDS}"
    digits = rf"\d{{1,4}} \d/\d|\d{{1,4}}/\d{{1,4}}|{DIGITS}个半|\d{{1,4}} and {_HALF}(?![a-z0-9])|{DIGITS}"
    han = rf"[一二三四五六七八九十两]个半|{CHINESE}"
    return (  # each of the three is tried only where its first letter may stand
        rf"(?:(?=[\d.])(?:{digits})|(?<![a-z0-9])(?=[{_FIRST}])(?:{latin})(?![a-z0-9])|(?=[{_HAN}十百千半])(?:{han}))"
    )


@lru_cache(maxsize=4096)
def value_of(words: str) -> Fraction | None:
    """The number these words say; None where they say none."""
    plain = " ".join(words.strip().lower().split())
    if plain.endswith("个半"):
        whole = value_of(plain[:-2])
        return None if whole is None else whole + Fraction(1, 2)
    if found := patterns.fullmatch(r"(\d{1,4}) (\d)/(\d)", plain):
        return int(found[1]) + Fraction(int(found[2]), int(found[3])) if int(found[3]) else None
    if found := patterns.fullmatch(r"(\d{1,4})/(\d{1,4})", plain):
        return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
    if patterns.fullmatch(r"\d{1,3}点\d{1,2}|\d{1,9}(?:[.,]\d{1,6})?|\.\d{1,3}", plain):
        return Fraction(
            plain.replace("点", ".").replace(",", "" if patterns.fullmatch(r"\d{1,3},\d{3}", plain) else ".")
        )
    if any("\u4e00" <= letter <= "\u9fff" or letter == "〇" for letter in plain):
        return _chinese(plain)
    return _english(plain)


def _english(plain: str) -> Fraction | None:
    if found := patterns.fullmatch(rf"(.+) and ({_HALF})", plain):
        whole, part = value_of(found[1]), _english(found[2])
        return None if whole is None or part is None else whole + part
    if patterns.fullmatch(_HALF, plain):
        return _part(plain)
    if found := patterns.fullmatch(rf"(.+) point ({_ONES})", plain):
        whole = _english(found[1])
        return None if whole is None else whole + Fraction(_ENGLISH[found[2]], 10)
    if plain in _ENGLISH:
        return Fraction(_ENGLISH[plain])
    total = 0
    for word in plain.replace("-", " ").replace(" and ", " ").split():
        if word not in _ENGLISH:
            return None
        total = (total or 1) * 100 if word == "hundred" else total + _ENGLISH[word]
    return Fraction(total)


def _part(plain: str) -> Fraction:
    """ "half a", "three quarters of a"."""
    count = next((n for word, n in (("two", 2), ("three", 3)) if plain.startswith(word)), 1)
    return count * Fraction(
        1, next((n for word, n in (("quarter", 4), ("third", 3), ("fifth", 5)) if word in plain), 2)
    )


def _chinese(plain: str) -> Fraction | None:
    if plain == "半":
        return Fraction(1, 2)
    whole, _, rest = plain.partition("点")
    digits = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
    total = part = 0
    if not any(letter in "十百千" for letter in whole):
        if not all(letter in digits for letter in whole):
            return None
        total = int("".join(str(digits[letter]) for letter in whole) or 0)
    else:
        last = 10
        for letter in whole:
            if letter in digits:
                part = digits[letter]
            elif letter in "十百千":
                last = {"十": 10, "百": 100, "千": 1000}[letter]
                total, part = total + (part or 1) * last, 0
            else:
                return None
        total += part * (last // 10 if last > 10 and "零" not in whole and whole[-1] in digits else 1)
    fraction = sum((Fraction(digits[d], 10 ** (n + 1)) for n, d in enumerate(rest) if d in digits), Fraction(0))
    return total + fraction
