"""How Spanish, French, Portuguese and German bend their words. A lexicon holds a verb as its infinitive, with what is
irregular behind a slash: whole forms, or stems that end in a hyphen ("poner/pon,pong-", "nehmen/nimm").

All forms are without accents: people leave them out.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPANISH = {
    "ar": [
        "a",
        "e",
        "ar",
        "ad",
        "en",
        "es",
        "as",
        "an",
        "o",
        "emos",
        "amos",
        "ando",
        "ado",
        "ada",
        "ados",
        "adas",
        "ara",
        "aria",
        "arias",
        "aras",
        "ase",
        "aste",
    ],
    "er": [
        "e",
        "a",
        "er",
        "ed",
        "es",
        "as",
        "en",
        "an",
        "o",
        "amos",
        "emos",
        "iendo",
        "ido",
        "ida",
        "idos",
        "idas",
        "era",
        "eria",
        "erias",
    ],
    "ir": [
        "e",
        "a",
        "ir",
        "id",
        "es",
        "as",
        "en",
        "an",
        "o",
        "amos",
        "imos",
        "iendo",
        "ido",
        "ida",
        "idos",
        "idas",
        "ira",
        "iria",
        "irias",
    ],
}
_PORTUGUESE = {
    "ar": [
        "a",
        "e",
        "ar",
        "as",
        "es",
        "em",
        "am",
        "o",
        "amos",
        "emos",
        "ando",
        "ado",
        "ada",
        "ados",
        "adas",
        "ei",
        "ou",
        "asse",
        "aria",
        "ares",
        "arem",
    ],
    "er": ["e", "a", "er", "es", "as", "em", "am", "o", "amos", "emos", "endo", "ido", "ida", "idos", "idas", "eria"],
    "ir": ["e", "a", "ir", "es", "as", "em", "am", "o", "amos", "imos", "indo", "ido", "ida", "idos", "idas", "iria"],
    "or": ["or"],
}
_FRENCH = {
    "er": [
        "e",
        "es",
        "ent",
        "er",
        "ez",
        "ons",
        "e",
        "ee",
        "ees",
        "ant",
        "era",
        "eras",
        "erait",
        "erais",
        "a",
        "ai",
        "iez",
        "ions",
    ],
    "ir": ["is", "it", "issez", "issons", "isse", "isses", "ir", "i", "ie", "issent", "issant", "ira", "irait"],
    "re": ["", "s", "re", "ez", "ons", "e", "es", "ent", "u", "ue", "us", "ant", "ra", "rait", "t"],
}
_GERMAN = ["e", "en", "t", "st", "est", "et"]
PREFIXES = (
    "zusammen", "hintereinander", "herunter", "hinunter", "heraus", "hinaus", "herein", "hinein", "runter", "zuruck", "rueck",
    "hinzu", "stumm", "durch", "drunter", "darunter", "dazu", "drauf", "rein", "raus", "rauf", "weg", "hoch", "fest", "nach",
    "ab", "an", "auf", "aus", "ein", "um", "zu", "vor", "los", "bei", "her", "hin", "frei", "neu", "lauter", "leiser", "gross", "klein",
)  # fmt: skip


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Lower case without accents; ß is ss, œ is oe."""
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFD", word.replace("ß", "ss").replace("œ", "oe"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def spelled_out(word: str) -> str:
    """German without umlauts as many type it: löschen > loeschen."""
    return folded(word.translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}))


def verb_forms(lemma: str, language: str) -> set[str]:
    """All forms of a verb, without accents."""
    infinitive, _, irregular = lemma.partition("/")
    extra = [one for one in irregular.split(",") if one]
    if language == "de":
        return _german(infinitive, extra)
    endings = {"es": _SPANISH, "pt": _PORTUGUESE, "fr": _FRENCH}[language]
    infinitive = folded(infinitive)
    stem, kind = infinitive[:-2], infinitive[-2:]
    made = {infinitive}
    for base in (stem, *(folded(one[:-1]) for one in extra if one.endswith("-"))):
        for end in endings.get(kind, ()):
            made.add(_spelled(base, end, kind, language))
    return made | {folded(one) for one in extra if not one.endswith("-")}


def _spelled(stem: str, end: str, kind: str, language: str) -> str:
    if language in ("es", "pt") and kind == "ar" and end[0] in "e":
        for hard, soft in (("c", "qu"), ("g", "gu"), ("z", "c")):
            if stem.endswith(hard):
                return stem[:-1] + soft + end
    if language == "fr" and stem.endswith("g") and end[0] in "oa":
        return stem + "e" + end
    return stem + end


def german_base(infinitive: str) -> tuple[str, str]:
    """The separable prefix and the verb: wegschneiden > weg, schneiden. No prefix: "", the verb."""
    plain = folded(infinitive)
    for prefix in PREFIXES:
        if plain.startswith(prefix) and len(plain) - len(prefix) > 4 and plain.endswith("n"):
            return prefix, infinitive[_length(infinitive, len(prefix)) :]
    return "", infinitive


def _length(word: str, folded_length: int) -> int:
    for n in range(len(word) + 1):
        if len(folded(word[:n])) >= folded_length:
            return n
    return len(word)


def _german(infinitive: str, extra: list[str]) -> set[str]:
    prefix, base = german_base(infinitive)
    stem = base[:-2] if base.endswith(("en", "ln", "rn")) and base.endswith("en") else base[:-1]
    made = {base}
    for one in (stem, *(e[:-1] for e in extra if e.endswith("-"))):
        made |= {one, *(one + end for end in _GERMAN)}
        if one.endswith(("el", "er")):
            made |= {one[:-2] + one[-1] + "e"}
    made |= {one for one in extra if not one.endswith("-")}
    joined = {prefix + one for one in made} | {
        prefix + "zu" + base,
        prefix + "ge" + stem + "t",
        prefix + "ge" + stem + "en",
        prefix + "ge" + stem + "et",
    }
    joined |= {prefix + one for one in extra if one.startswith("ge")}
    return {form(one) for one in joined for form in (folded, spelled_out)}


def look_forms(lemma: str, language: str) -> set[str]:
    """All forms of an adjective or noun: tranquilo > tranquila, tranquilos, tranquilas; ruhig > ruhige, ruhigen..."""
    if language == "de":
        return {form(lemma + end) for end in ("", "e", "en", "er", "es", "em") for form in (folded, spelled_out)}
    word = folded(lemma)
    made = {word, word + "s", word + "es"}
    if language in ("es", "pt"):
        if word.endswith("o"):
            made |= {word[:-1] + end for end in ("a", "os", "as")}
        if word.endswith(("or", "es", "ol")):
            made |= {word + "a", word + "as"}
        if word.endswith("z"):
            made.add(word[:-1] + "ces")
        if word.endswith("ao"):
            made |= {word[:-2] + "oes", word[:-2] + "as", word[:-2] + "aos"}
        if word.endswith(("al", "el", "il")):
            made |= {word[:-1] + "is", word[:-2] + "eis"}
    else:
        made |= {word + "e", word + "x"}
        for masculine, feminine in (
            ("eux", "euse"),
            ("if", "ive"),
            ("er", "ere"),
            ("el", "elle"),
            ("en", "enne"),
            ("on", "onne"),
            ("os", "osse"),
            ("as", "asse"),
            ("et", "ette"),
            ("anc", "anche"),
            ("ou", "olle"),
            ("al", "aux"),
            ("eau", "eaux"),
            ("eau", "elle"),
            ("if", "ifs"),
        ):
            if word.endswith(masculine):
                made |= {word[: -len(masculine)] + feminine, word[: -len(masculine)] + feminine + "s"}
    return made
