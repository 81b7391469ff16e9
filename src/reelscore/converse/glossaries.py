"""Spanish, French, German, Portuguese, Japanese and Korean, read as English: phrase by phrase, from a table each.

The common commands of these languages are short, and the grammar does not depend on the order of words, so it is
enough to know the words. Quotations stay as they are; the way back to what was typed is kept.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.normalise import Plain, plain_of
from reelscore.converse.quotes import MARK
from reelscore.converse.tables import table

TRANSLATED = ("es", "fr", "de", "pt", "ja", "ko")
_LETTERS = "a-z0-9à-öø-ÿœß"


@cache
def _glossary(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = table(language)["glossary"].items()
    held = {plain_of(phrase).text: english for english, phrases in rows for phrase in phrases}
    words = "|".join(sorted((re.escape(phrase) for phrase in held), key=len, reverse=True))
    if language in ("ja", "ko"):
        return re.compile(words), held
    return re.compile(rf"(?<![{_LETTERS}])(?:{words})(?![{_LETTERS}'])|(?:l'|d'|n')(?=[{_LETTERS}])"), held


_BEHIND = re.compile(
    r"(?P<count>\d+|deux|trois|quatre|cinq|dix|vingt|trente|due|dos|tres|cinco) (?P<order>premi[eè]re?s|premiers|derniers|derni[eè]re?s|primer[oa]s|primeir[oa]s|[uú]ltim[oa]s)(?![a-z])"
)


def in_english(plain: Plain, language: str) -> Plain:
    """The message with every known phrase as its English words."""
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


_AT = re.compile(
    r"(?P<time>\d+(?:\.\d+)?) ?(?P<unit>秒|초)(?:目|째)?(?:に(?!短|して|縮|する|なる)|에서?(?= ?[^0-9])|에서?(?= \d))"
)
_STRETCH = re.compile(  # "de la seconde 2 à la seconde 4", 3秒から5秒まで, 3초부터 5초까지
    r"(?:(?<![a-z])(?:de la|del|do|von|ab|de|da) (?:seconde|segundo|sekunde) (?P<first>\d+(?:\.\d+)?) (?:à la|à|al|ao|até o|até|bis|hasta el|jusqu'à la|a la)(?: (?:seconde|segundo|sekunde))? (?P<last>\d+(?:\.\d+)?)(?! ?[x%\d]))"
    r"|(?P<first2>\d+(?:\.\d+)?) ?[秒초](?:目)?(?:から|부터|에서) ?(?P<last2>\d+(?:\.\d+)?) ?[秒초](?:目)?(?:まで|까지)?(?:を|の間|의?)?"
)
_LASTING = re.compile(  # "une musique de jazz de 30 secondes"
    r"(?<!partir )(?<!cut )(?<![a-z])(?:de|von) (?P<count>\d+(?:\.\d+)?) (?:secondes?|segundos?|sekunden)(?! (?:à|a|al|ao|até|bis|hasta)(?![a-z]))"
)
_TO_LENGTH = re.compile(r"(?:を|을|를) ?(?P<count>\d+(?:\.\d+)?) ?[秒초](?:に|로)")
_TIMES = re.compile(r"(?P<count>\d+(?:\.\d+)?) ?(?:倍速(?:に|で)?|배속(?:으로)?)")
_COUNTED = re.compile(
    r"(?P<count3>\d+) ?(?:番目|つ目)(?=(?:と|、) ?\d+ ?(?:番目|つ目)のクリップ)|(?P<count>\d+) ?(?:번째|번) ?(?P<thing>클립)|(?P<count2>\d+) ?(?:番目|つ目)の(?P<thing2>クリップ)"
)

_FORMS = (
    (_STRETCH, "from {first} to {last} seconds "), (_LASTING, "for {count} seconds"), (_TO_LENGTH, " to {count} seconds long "),
    (_TIMES, " {count}x speed "), (_AT, "at {time} seconds "), (_COUNTED, "clip {count} "),
)  # fmt: skip


def _in_order(plain: Plain) -> Plain:
    """What other languages put behind a number, before it: "les 3 premières secondes", 3秒に, 1번 클립."""
    text, at = plain.text, list(plain.at)
    for match in _BEHIND.finditer(text):
        (a, b), (x, y) = match.span("count"), match.span("order")
        text = text[:a] + text[x:y] + " " + text[a:b] + text[y:]
        at[a:y] = [*at[x:y], at[b], *at[a:b]]
    for pattern, form in _FORMS:
        for match in reversed(list(pattern.finditer(text))):
            held = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
            said = form.format(**held)
            start, end = match.span()
            text = text[:start] + said + text[end:]
            at[start:end] = [at[start]] * len(said)
    return Plain(text, plain.original, tuple(at))
