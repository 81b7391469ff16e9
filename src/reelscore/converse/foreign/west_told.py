"""What is told beside a wish in Latin languages: that the music is loud, that a voice is not heard, a text not read.

A fault by itself asks to be mended; beside a wish for what it speaks of, it only gives the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.converse.foreign.conjugation import folded
from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    IDLE,
    LOOK,
    MORE,
    PHRASE,
    PLACE,
    QUOTE,
    SIGN,
    THING,
    TYPED,
    VERB,
    Item,
)  # fmt: skip
from reelscore.converse.foreign.west_meant import LIGHT
from reelscore.converse.foreign.west_words import MODAL, NEG, PRONOUN, SMALL

_IS = {
    "es": ("esta", "estan", "es", "son", "suena", "suenan", "queda", "va"),
    "fr": ("est", "sont"),
    "de": ("ist", "sind"),
    "pt": ("esta", "ta", "estao", "tao", "e", "sao", "ficou", "ficaram"),
}

_MEASURED = (
    "loud/",
    "quiet/",
    "big/",
    "small/",
    "bright/",
    "dark/",
    "fast/",
    "slow/",
    "long/",
    "short/",
    "high/",
    "low/",
)


def stated(items: list[Item], text: str, language: str) -> list[Item]:
    """ "la música está alta": what a thing is, said beside a wish, is too much of it."""
    made: list[Item] = []
    for n, item in enumerate(items):
        after = next((one for one in items[n + 1 : n + 3] if one.kind not in (DEGREE, IDLE)), None)
        thing = any(one.kind == THING for one in made)
        named = bool(made) and made[-1].english == "the" and (after is None or after.kind in (SMALL, SIGN))
        if named and folded(text[item.start : item.end]) in ("bajo", "baixo"):
            item = Item(THING, "bass", item.start, item.end)  # "quita el bajo"
        much = after is not None and after.kind == LOOK and after.english.startswith(_MEASURED)
        if thing and much and folded(text[item.start : item.end]) in _IS[language]:
            made.append(Item(SMALL, "is too", item.start, item.end))
            continue
        if not (item.kind == DEGREE and made and made[-1].english == "is too"):
            made.append(item)
    return made


def asked_for(clauses: list[tuple[list[Item], Item | None]]) -> list[tuple[list[Item], Item | None]]:
    """The clauses without those that only say how it is ("das braucht kein Mensch"), where another asks for something."""
    told = [only_told(clause) for clause, _ in clauses]
    complained = any(
        item.kind == THING for (clause, _), only in zip(clauses, told, strict=True) if only for item in clause
    )
    asked = any(wished(clause) for (clause, _), only in zip(clauses, told, strict=True) if not only)
    if not any(told) or not (asked or complained):
        return clauses
    made: list[tuple[list[Item], Item | None]] = []
    for n, ((clause, joint), only) in enumerate(zip(clauses, told, strict=True)):
        unheard = [item for item in clause if item.kind == THING]
        back = next((one for one, _ in clauses[n + 1 : n + 2] if any(i.english == _BACK for i in one)), None)
        if only and unheard and back is not None:  # "on n'entend plus la voix, remets-la"
            back[:] = [unheard[0] if item.kind == PRONOUN and item.english == "it" else item for item in back]
            continue
        if only and unheard and not any(item.kind == THING for one, _ in made for item in one):
            fault = next(
                (_UNPERCEIVED[item.english] for item in clause if item.english in _UNPERCEIVED), "is too quiet"
            )
            made.append(([*unheard[:1], Item(SMALL, fault, unheard[0].end, unheard[0].end)], joint))
        elif not only:
            made.append((clause, joint))
    return made


_BACK = "bring {} back"

_UNPERCEIVED = {"hear": "is too quiet", "read": "is too small", "see": "is too small"}


def only_told(clause: Sequence[Item]) -> bool:
    """Is it a state of things: not heard, not needed, or of words that are not known and no order?"""
    verbs = {item.english for item in clause if item.kind == VERB}
    negated = any(item.kind == NEG for item in clause)
    if verbs & _UNPERCEIVED.keys() and verbs <= {*_UNPERCEIVED, *LIGHT}:
        return negated
    if any(item.kind in (THING, PLACE, LOOK, MORE, AMOUNT, QUOTE, MODAL, PHRASE, "comparing") for item in clause):
        return False
    unknown = [item for item in clause if item.kind == TYPED]
    if not unknown and verbs == {"be"}:
        return negated  # there is nothing
    if not unknown or any(not item.english.isalpha() for item in unknown):
        return False
    if verbs <= {"be"} and clause[0].kind == PRONOUN and clause[0].english == "me":
        return True  # "j'ai bafouillé", "ich hab mich verhaspelt"
    return negated if verbs else negated and any(item.kind == PRONOUN for item in clause)


def wished(items: Sequence[Item]) -> bool:
    """Is something asked for: by a verb, by a fade, by how a thing shall look?"""
    if any(item.kind in (VERB, PHRASE) or item.english.startswith(("fade", "is too")) for item in items):
        return True
    return any(item.kind == THING for item in items) and any(item.kind in (LOOK, MORE, AMOUNT) for item in items)
