"""A message made comparable: one width, one case, simplified characters, and the way back to what was typed.

Matching happens on `text`; whatever is kept of a message (titles, names, the words of a wish) is taken from the
original through `at`. Compatibility forms follow Unicode's NFKC, letter by letter so that places stay known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from reelscore.converse.alike_zh import heard_alike
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
    simpler = _simplified()
    listed = "①" in message and "②" in message
    for i, typed in enumerate(message):
        typed = "\n" if listed and typed in _STEPS else typed
        for letter in _SAME[typed] if typed in _SAME else unicodedata.normalize("NFKC", typed):
            category = unicodedata.category(letter)
            if category in ("Cf", "Co", "Cn", "Cs"):
                continue
            kept = " " if category == "Cc" and letter != "\n" else letter
            for low in simpler.get(kept, kept).lower():
                letters.append(low)
                at.append(i)
    at.append(len(message))
    text = "".join(letters)
    if not text.isascii():
        text = _heard(text)
        letters = list(text)
    return Plain("".join(letters), message, tuple(at))


def _heard(text: str) -> str:
    """Slips of Chinese typing and dictation put right: each by words of the same length."""
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
