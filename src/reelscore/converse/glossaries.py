"""Spanish, French, German, Portuguese, Japanese and Korean, read as English: phrase by phrase, from a table each.

The common commands of these languages are short, and the grammar does not depend on the order of words, so it is
enough to know the words. Quotations stay as they are; the way back to what was typed is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.foreign import east, west
from reelscore.converse.foreign.east_words import GRAMMAR
from reelscore.converse.foreign.items import assembled
from reelscore.converse.normalise import Plain, plain_of
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.tables import table

TRANSLATED = ("es", "fr", "de", "pt", "ja", "ko")
_LETTERS = "a-z0-9à-öø-ÿœß"


@cache
def _glossary(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = table(language)["glossary"].items()
    held = {plain_of(phrase).text: english for english, phrases in rows for phrase in phrases}
    words = "|".join(sorted((re.escape(phrase) for phrase in held), key=len, reverse=True))
    return re.compile(rf"(?<![{_LETTERS}])(?:{words})(?![{_LETTERS}'])|(?:l'|d'|n')(?=[{_LETTERS}])"), held


_BEHIND = re.compile(
    r"(?P<count>\d+|deux|trois|quatre|cinq|dix|vingt|trente|due|dos|tres|cinco) (?P<order>premi[eè]re?s|premiers|derniers|derni[eè]re?s|primer[oa]s|primeir[oa]s|[uú]ltim[oa]s)(?![a-z])"
)


def in_english(plain: Plain, quotes: tuple[Quoted, ...], language: str) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message in English, with its quotations where they now stand."""
    if language in GRAMMAR:
        return assembled(east.put_in_english(plain.text, language), plain, quotes)
    if "verbs" in table(language):
        return assembled(west.put_in_english(plain.text, language), plain, quotes)
    english = _phrase_by_phrase(plain, language)
    shift = {place: n for n, place in reversed(list(enumerate(english.at)))}
    return english, tuple(
        replace(q, start=(at := shift.get(plain.at[q.start], q.start)), end=at + q.end - q.start) for q in quotes
    )


def _phrase_by_phrase(plain: Plain, language: str) -> Plain:
    pattern, held = _glossary(language)
    plain = _in_order(plain)
    letters: list[str] = []
    at: list[int] = []
    last = 0
    for match in pattern.finditer(plain.text):
        if MARK in match[0]:
            continue
        said = held.get(match[0], "")
        letters += plain.text[last : match.start()] + said
        at += plain.at[last : match.start()]
        at += [plain.at[match.start()]] * len(said)
        last = match.end()
    letters += plain.text[last:]
    at += plain.at[last:]
    return Plain(patterns.sub(r"[¿¡]", " ", "".join(letters)), plain.original, tuple(at))


_STRETCH = re.compile(  # "de la seconde 2 à la seconde 4"
    r"(?<![a-z])(?:de la|del|do|von|ab|de|da) (?:seconde|segundo|sekunde) (?P<first>\d+(?:\.\d+)?) (?:à la|à|al|ao|até o|até|bis|hasta el|jusqu'à la|a la)(?: (?:seconde|segundo|sekunde))? (?P<last>\d+(?:\.\d+)?)(?! ?[x%\d])"
)
_LASTING = re.compile(  # "une musique de jazz de 30 secondes"
    r"(?<!partir )(?<!cut )(?<![a-z])(?:de|von) (?P<count>\d+(?:\.\d+)?) (?:secondes?|segundos?|sekunden)(?! (?:à|a|al|ao|até|bis|hasta)(?![a-z]))"
)
_FORMS = ((_STRETCH, "from {first} to {last} seconds "), (_LASTING, "for {count} seconds"))


def _in_order(plain: Plain) -> Plain:
    """What other languages put behind a number, before it: "les 3 premières secondes"."""
    text, at = plain.text, list(plain.at)
    for match in _BEHIND.finditer(text):
        (a, b), (x, y) = match.span("count"), match.span("order")
        text = text[:a] + text[x:y] + " " + text[a:b] + text[y:]
        at[a:y] = [*at[x:y], at[b], *at[a:b]]
    for pattern, form in _FORMS:
        for match in reversed(list(pattern.finditer(text))):
            said = form.format(**match.groupdict())
            start, end = match.span()
            text = text[:start] + said + text[end:]
            at[start:end] = [at[start]] * len(said)
    return Plain(text, plain.original, tuple(at))
