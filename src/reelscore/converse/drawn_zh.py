"""A Chinese clause drawn in letters: things, lengths and everyday verbs as one letter each, particles left out.

"麻烦把音乐的最后3秒都删掉" becomes "MlTx". A table of forms over such letters reads a whole clause at once, whatever synonym
was typed and wherever the verb stands; a word that is in no table stays as it is, and then no form fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.tables import table

_EAST = re.compile(r"[\u4e00-\u9fff]")
_KINDS = {"seconds": "T", "timecode": "T", "frames": "T"}
_ROLES = {"clip": "C", "music": "M", "voice": "V", "sound": "S", "audio": "S", "overlay": "O", "text": "W"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The letters, and what each capital stands for."""

    letters: str
    held: tuple[Mention | Quantity | None, ...]

    def thing(self, at: int) -> Mention | None:
        found = self.held[at] if at >= 0 else None
        return found if isinstance(found, Mention) else None

    def amount(self, at: int) -> Quantity | None:
        found = self.held[at] if at >= 0 else None
        return found if isinstance(found, Quantity) else None


def drawn(c: Clause) -> Drawn | None:
    """The clause in letters; None where it is no Chinese, or too long for one form."""
    if len(c.text) > 60 or c.translated or not _EAST.search(c.text):
        return None
    spans: list[tuple[int, int, str, Mention | Quantity | None]]
    spans = [(q.start, q.end, _KINDS.get(q.kind, "N"), q) for q in c.quantities]
    named = {m.start for m in c.mentions if m.kind != "pronoun"}
    several = {m.start for m, n in pairwise(c.mentions) if m.start == n.start}
    spans += [
        (m.start, m.end, "A" if m.start in several else _letter(m), m)
        for m in c.mentions
        if m.kind != "all" and not (m.kind == "pronoun" and m.end in named)
    ]
    spans += [(q.start, q.end, "Q", None) for q in c.quotes]
    letters: list[str] = []
    held: list[Mention | Quantity | None] = []
    at = 0
    for start, end, letter, one in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        _say(c.text[at:start], letters, held)
        letters.append(letter)
        held.append(one)
        at = end
    _say(c.text[at:], letters, held)
    return Drawn("".join(letters), tuple(held))


def _say(text: str, letters: list[str], held: list[Mention | Quantity | None]) -> None:
    for match in _words().finditer(text):
        said = _meanings().get(match[0], match[0]) if match.lastgroup == "word" else match[0].strip()
        letters.extend(said)
        held.extend([None] * len(said))


def _letter(m: Mention) -> str:
    if m.kind == "pronoun":
        return "I"
    if m.kind == "film":
        return "F"
    if len(m.things) != 1 or m.every:
        return "A" if m.every or m.things else "X"
    return _ROLES.get(m.things[0].role, "X")


@cache
def _meanings() -> dict[str, str]:
    """Each word with its letter; "" for what says nothing."""
    return {
        word: "" if letter == "nothing" else letter
        for letter, row in table("drawn_zh").items()
        for word in row["words"]
    }


@cache
def _words() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _meanings()), key=len, reverse=True))
    return re.compile(rf"(?P<word>{words})|.", re.DOTALL)
