"""A message made comparable: one width, one case, simplified characters, and the way back to what was typed.

Matching happens on `text`; whatever is kept of a message (titles, names, the words of a wish) is taken from the
original through `at`. Compatibility forms follow Unicode's NFKC, letter by letter so that places stay known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reelscore.converse.alike_zh import heard_alike
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

LONGEST_MESSAGE = 8_000  # letters; what lies beyond is not read
_SAME = {
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "\t": " ",
    "\r": " ",
    "−": "-",
    "–": "-",
    "—": "-",
    "〜": "~",
    "～": "~",
}
_SAME |= {
    "🔇": " mute ",
    "📤": " export ",
    "✂": " cut ",
    "\ufe0f": "",
    "🔊": " louder ",
    "🔉": " quieter ",
    "⏪": " reverse ",
    "⏩": " faster ",
}
_SAME |= {"½": "1/2", "¼": "1/4", "¾": "3/4", "…": " "}


_ASCII = {code: " " for code in (*range(32), 127) if chr(code) != "\n"} | {ord("`"): "'"}
_STEPS = "①②③④⑤⑥⑦⑧⑨⑩"


def blanked(text: str, start: int, end: int) -> str:
    """The text with nothing but spaces from `start` to `end`; every other place stays where it is."""
    return text[:start] + " " * (end - start) + text[end:]


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` to compare; text[i] came from original[at[i]], and at[len(text)] is the end."""

    text: str
    original: str
    at: tuple[int, ...]

    def said(self, start: int, end: int) -> str:
        """What was typed for text[start:end]."""
        return self.original[self.at[start] : self.at[end]].strip()

    def with_text(self, text: str) -> Plain:
        """The same places under another text of equal length (parts of it blanked or marked)."""
        assert len(text) == len(self.text)
        return Plain(text, self.original, self.at)

    def instead(self, start: int, end: int, said: str) -> Plain:
        """Other words for text[start:end], of any length; all of them came from where it began."""
        text = self.text[:start] + said + self.text[end:]
        return Plain(text, self.original, (*self.at[:start], *(self.at[start],) * len(said), *self.at[end:]))


def plain_of(message: str) -> Plain:
    """Lower case, NFKC, simplified; control and invisible characters become blanks or nothing."""
    message = message[:LONGEST_MESSAGE]
    if message.isascii():
        return Plain(message.translate(_ASCII).lower(), message, tuple(range(len(message) + 1)))
    letters: list[str] = []
    at: list[int] = []
    listed = "①" in message and "②" in message
    for i, typed in enumerate(message):
        typed = "\n" if listed and typed in _STEPS else typed
        for low in _plain_letters(typed):
            letters.append(low)
            at.append(i)
    at.append(len(message))
    text = "".join(letters)
    if not text.isascii():
        text = _line_by_line(_heard(text))
        if listed:
            head, line, rest = text.partition("\n")
            text = _ANNOUNCED.sub(lambda said: " " * len(said[0]), head) + line + rest
        letters = list(text)
    return Plain("".join(letters), message, tuple(at))


def simplified(typed: str) -> str:
    """The same letters, traditional ones simplified; every other one, and every place, stays."""
    return typed if typed.isascii() else typed.translate(_simpler())


@cache
def _simpler() -> dict[int, str]:
    return str.maketrans(_simplified())


@lru_cache(maxsize=8192)
def _plain_letters(typed: str) -> str:
    """What one typed letter is put down to; nothing of what is not seen."""
    simpler, made = _simplified(), ""
    for letter in _SAME[typed] if typed in _SAME else unicodedata.normalize("NFKC", typed):
        category = unicodedata.category(letter)
        if category not in ("Cf", "Co", "Cn", "Cs"):
            kept = " " if category == "Cc" and letter != "\n" else letter
            made += simpler.get(kept, kept).lower()
    return made


_NUMBERS = "123456789", "一二三四五六七八九"
_NUMBERED = Sieve(  # 1.删掉前2秒 2.结尾淡出; 第一，...；第二，...
    re.compile(
        r"(?<![\d.])\(?(?P<digit>[1-9])(?P<sign>[.、):\u20e3](?![\d、])\)?| (?=[\u4e00-\u9fff])(?![秒分帧倍段个张条号和跟到至]))"
        r"|(?P<nth>第?)(?P<han>[一二三四五六七八九])(?:[、,](?!第)|(?<=第.)步[、,:是]?)"
    )
)
_BEFORE_A_LIST = re.compile(r"(?:^|[:,。;!?\n])\s*$")
_BEFORE_A_LINE = re.compile(r"[\s,。;!?]$")
_ANNOUNCED = re.compile(
    r"(?:^|(?<=[,。;!?\n]))[^,。;!?\n:]{0,12}(?:[如以]下|几[个处点]|这[些几]|[两三四五几]件事|[两三四五]点|[两三四五几][处项]|要?改的|意见|需求|要求|清单|列表)[^,。;!?\n:]{0,6}[: ]*$"
)


def _line_by_line(text: str) -> str:
    """A list whose numbers stand within one line, with each of its wishes on its own, and without what announces it."""
    marks: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(text):
        number = match["digit"] or match["han"]
        nth = next(numbers.index(number) for numbers in _NUMBERS if number in numbers)
        alike = not marks or (match["nth"], bool(match["digit"])) == (marks[0]["nth"], bool(marks[0]["digit"]))
        before = text[: match.start()]
        if marks:
            begins = _BEFORE_A_LINE.search(before) or (match["digit"] and match["sign"].strip())
        else:
            begins = _BEFORE_A_LIST.search(before) or (before[-1:] == " " and match["sign"] in (".", ")", ":"))
        if nth == len(marks) and alike and begins:
            marks.append(match)
    if len(marks) < 2:
        return text
    for match in marks:
        text = f"{text[: match.start()]}{chr(10):<{len(match[0])}}{text[match.end() :]}"
    return _ANNOUNCED.sub(lambda said: " " * len(said[0]), text[: marks[0].start()]) + text[marks[0].start() :]


_KANA = re.compile(r"[\u3041-\u30fa]")


def _heard(text: str) -> str:
    """Slips of Chinese typing and dictation put right: each by words of the same length. Japanese has none of them."""
    if _KANA.search(text):
        return text
    pattern, held = _slips()
    return heard_alike(pattern.sub(lambda m: held[m[0]], text))


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    held: dict[str, str] = table("typos")["heard"]
    return re.compile("|".join(sorted(held, key=len, reverse=True))), held


@cache
def _simplified() -> dict[str, str]:
    held = table("traditional")
    return dict(zip("".join(held["from"].split()), "".join(held["to"].split()), strict=True))
