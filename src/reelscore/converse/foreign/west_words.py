"""The words of Spanish, French, German and Portuguese, found in a message in whatever form they were typed.

Accents do not count. The longest phrase wins; a word that is not known is tried without the pronouns that lean on it
(súbelo, mets-le), and a German one as two words put together (Klaviermusik).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reelscore.converse.foreign.conjugation import folded, german_base, look_forms, spelled_out, verb_forms
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
from reelscore.converse.foreign.keys import key_at, maybe_keys
from reelscore.converse.quotes import LAST_MARK, MARK
from reelscore.converse.tables import table

SMALL, NUMBER, UNIT, ORDER, PRONOUN, MODAL, NEG = "small", "number", "unit", "order", "pronoun", "modal", "neg"
_TOKEN = re.compile(
    r"[a-z0-9_-]+\.(?:mp4|mov|mkv|webm|jpe?g|png|gif|wav|mp3|m4a|aac|flac|srt|vtt|lrc)(?![a-z0-9])"
    r"|x\d+[.,]\d+(?!\w)|\d+(?:[.,:]\d+)?[a-zà-öø-ÿº°ª]*(?:_\w+)?|[a-zà-öø-ÿœß]+\d\w*|[a-zà-öø-ÿœß]+(?:['_-][a-zà-öø-ÿœß0-9]+)*'?|\S"
)
_RATIOS = frozenset({"9:16", "16:9", "1:1", "4:5", "5:4", "4:3", "3:4", "21:9", "2:1"})
_CLITICS = re.compile(r"(?:(?:me|te|se|nos|le|les)(?:l[oa]s?)?|l[oa]s?|les?)$")
BARE = str.maketrans("áàâãäçéèêëíîïñóòôõöúùûü", "aaaaaceeeeiiinooooouuuu")  # as long as the text
_OBJECTS = ("le", "la", "les")
_KINDS = {
    "degrees": DEGREE, "idle": IDLE, "phrases": PHRASE, "small": SMALL, "modals": MODAL, "pronouns": PRONOUN, "units": UNIT,
    "not": NEG, "numbers": NUMBER, "comparing": "comparing",
}  # fmt: skip


class Entry(NamedTuple):
    """What a word is: its kind, its English, and of verbs and adjectives what they were bent from."""

    kind: str
    english: str
    form: str = ""


class Words:
    """A language's phrases by their first word, longest first."""

    def __init__(self, language: str) -> None:
        self.language = language
        rows = table(language)
        held: dict[str, Entry] = {}
        for part, kind in (("things", THING), ("formats", LOOK), ("order", "order")):
            for english, words in rows.get(part, {}).items():
                for word in words:
                    forms = (
                        look_forms(word, language)
                        if " " not in word and part != "formats"
                        else {folded(word), spelled_out(word)}
                    )
                    for form in forms:
                        held.setdefault(form, Entry(kind, english))
        for english, words in rows["looks"].items():
            for word in words:
                base, _, more = word.partition(">")
                for form in look_forms(base, language):
                    held.setdefault(form, Entry(LOOK, english))
                for one in filter(None, more.split(",")):
                    held |= dict.fromkeys(look_forms(one, language), Entry(MORE, english.rpartition("/")[2]))
        self.both: dict[str, Entry] = {}  # words that are a verb as well
        self.verbs: dict[str, str] = {}
        for english, lemmas in rows["verbs"].items():
            for lemma in lemmas:
                self._verb(lemma, english, held)
        for english, words in rows["places"].items():
            for word in words:
                held |= dict.fromkeys((folded(word), spelled_out(word)), Entry(PLACE, english))
        for part, kind in _KINDS.items():
            for english, words in rows.get(part, {}).items():
                for word in words:
                    held |= dict.fromkeys((folded(word), spelled_out(word)), Entry(kind, english))
        if language == "fr":
            held = {" ".join(phrase.replace("'", "' ").split()): entry for phrase, entry in held.items()}
        self.held = held
        self.pieces = frozenset(word for phrase in held for word in phrase.split())
        english = {word for entry in held.values() for word in entry.english.replace("/", " ").split()}
        said = {word for phrase in (*held, *self.both) for word in phrase.split() if len(word) > 2}
        self.known = frozenset(
            word for word in said if word.removesuffix("s") not in english and word not in english
        )  # what is said in this language, and not the same in English
        self.longest: dict[str, int] = {}
        for phrase in held:
            words = phrase.split()
            self.longest[words[0]] = max(self.longest.get(words[0], 1), len(words))

    def _verb(self, lemma: str, english: str, held: dict[str, Entry]) -> None:
        infinitive = lemma.partition("/")[0]
        if " " in infinitive:
            first, _, rest = infinitive.partition(" ")
            for form in verb_forms(first + lemma[len(infinitive) :], self.language):
                held[f"{form} {folded(rest)}"] = Entry(VERB, english, folded(infinitive))
            return
        self.verbs[folded(infinitive)] = english
        self.verbs[spelled_out(infinitive)] = english
        for form in verb_forms(lemma, self.language):
            known = held.get(form)
            if self.language == "de" and form == folded(infinitive) and known is not None and known.kind == THING:
                known = None  # "anfangen" is no beginning
            if known is None or known.kind != VERB or not known.english:
                held[form] = Entry(VERB, english, folded(infinitive)) if known is None or known.kind == VERB else known
                self._also_verb(form, english, infinitive, known)
        prefix, base = german_base(infinitive) if self.language == "de" else ("", "")
        if prefix:
            extra = lemma[len(infinitive) :]
            for form in verb_forms(base + extra, "de"):
                if held.setdefault(form, Entry(VERB, "", folded(base))).kind != VERB:
                    self.both.setdefault(form, Entry(VERB, "", folded(base)))
            self.verbs.setdefault(folded(base), "")

    def _also_verb(self, form: str, english: str, infinitive: str, known: Entry | None) -> None:
        """A word that is both a verb and something else (baja, corta) is kept as both."""
        if known is not None and known.kind != VERB:
            self.both[form] = Entry(VERB, english, folded(infinitive))


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    return Words(language)


def items_of(text: str, language: str) -> list[Item]:
    """The message's items in the order they were said."""
    words = words_of(language)
    tokens = _tokens(text, words)
    plain = [folded(text[a:b]) for a, b in tokens]
    bare = text.translate(BARE)
    keyed = maybe_keys(bare)
    made: list[Item] = []
    n = 0
    while n < len(tokens):
        start, end = tokens[n]
        longest = min(words.longest.get(plain[n], 0), len(tokens) - n)
        if language == "fr" and plain[n] in _OBJECTS and start and text[start - 1] == "-":  # laisse-le
            made.append(Item(PRONOUN, "it", start, end))
            n += 1
            continue
        if keyed and (key := key_at(bare, start)) is not None:
            made.append(Item(THING, key[1], start, key[0]))
            n = next((k for k in range(n, len(tokens)) if tokens[k][0] >= key[0]), len(tokens))
            continue
        for count in range(longest, 0, -1):
            entry = words.held.get(" ".join(plain[n : n + count]))
            if entry is not None:
                if count == 1 and plain[n] in words.both and _as_verb(made):
                    entry = words.both[plain[n]]
                made.append(Item(entry.kind, entry.english, start, tokens[n + count - 1][1], entry.form))
                n += count
                break
        else:
            made += _alone(text, start, end, plain[n], words)
            n += 1
    return made


def _as_verb(before: list[Item]) -> bool:
    """Does a verb rather stand here: at the beginning, after "and", after a modal or a pronoun?"""
    last = next((item for item in reversed(before) if item.kind not in (IDLE,)), None)
    return (
        last is None or last.kind in (SIGN, MODAL, NEG, PRONOUN) or last.english in ("and", "then", "please", "hello")
    )


def _tokens(text: str, words: Words) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if text[place] in " ":
            place += 1
            continue
        if MARK <= text[place] <= LAST_MARK:
            end = place
            while end < len(text) and text[end] == text[place]:
                end += 1
            spans.append((place, end))
            place = end
            continue
        match = _TOKEN.match(text, place)
        end = match.end() if match else place + 1
        spans += _parted(text, place, end, words)
        place = end
    return spans


def _parted(text: str, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """l'image > l' image; mets-le > mets le; but schwarz-weiß, sous-titre stay whole."""
    token = text[start:end]
    if folded(token) in words.pieces:
        return [(start, end)]
    if words.language == "fr" and (cut := token.find("'")) > 0:
        return [(start, start + cut + 1), *_parted(text, start + cut + 1, end, words)]
    if "-" in token and not token[0].isdigit():
        head, _, tail = token.partition("-")
        ending = words.held.get(folded(token.rpartition("-")[2]))
        if words.language == "de" and ending is not None and ending.kind == THING:
            cut = start + token.rindex("-")
            return [(start, cut), (cut + 1, end)]
        if folded(head) in words.held and tail:
            cut = start + len(head)
            return [(start, cut), *_parted(text, cut + 1, end, words)]
    return [(start, end)]


def _alone(text: str, start: int, end: int, plain: str, words: Words) -> list[Item]:
    """The items of one token that no phrase begins with."""
    if MARK <= text[start] <= LAST_MARK:
        return [Item(QUOTE, "", start, end)]
    if not plain:
        return [Item(IDLE, "", start, end)]
    if plain[0].isdigit():
        return _digits(plain, start, end)
    if re.fullmatch(r"x\d+[.,]\d+", plain):  # "x1,5"
        return [Item(TYPED, plain.replace(",", "."), start, end)]
    if not plain[0].isalnum():
        sign = {
            "?": "?",
            "!": ".",
            ".": ".",
            ";": ";",
            ",": ",",
            ":": ",",
            "\n": ".",
            "%": "%",
            "&": "and",
            "+": "and",
        }.get(plain, "")
        if sign in ("%",):
            return [Item(UNIT, "percent", start, end)]
        return [Item(SMALL if sign == "and" else SIGN if sign else IDLE, sign, start, end)]
    if words.language == "es" and (found := _leant(plain, words)) is not None:
        entry, pronoun = found
        verb = Item(VERB, entry.english, start, end, entry.form)
        return [verb, Item(PRONOUN, pronoun, end, end)] if pronoun else [verb]
    if words.language in ("es", "pt") and (small := re.fullmatch(r"(\w{3,}?)(?:z?inh|it|ecit|cit)([oa]s?)", plain)):
        stem = re.sub("qu$", "c", small[1])  # musiquinha
        for ending in (small[2], "e", ""):
            if (known := words.held.get(stem + ending)) is not None and known.kind in (LOOK, THING):
                return [Item(known.kind, known.english, start, end)]
    times = words.held.get(plain[:-3]) if words.language == "de" and plain.endswith("mal") else None
    if times is not None and times.kind == NUMBER:  # dreimal
        return [Item(NUMBER, times.english, start, end), Item(UNIT, "times", end, end)]
    if words.language == "de" and (two := _compound(plain, words)) is not None:
        return [Item(entry.kind, entry.english, start, end) for entry in two]
    return [Item(TYPED, plain, start, end)]


def _digits(plain: str, start: int, end: int) -> list[Item]:
    if plain in _RATIOS:
        return [Item(TYPED, plain, start, end)]
    if clock := re.fullmatch(r"(\d+):(\d\d)", plain):
        return [Item(AMOUNT, f"{int(clock[1]) * 60 + int(clock[2])} seconds", start, end, "clock")]
    if number := re.fullmatch(r"(\d+(?:[.,]\d+)?)", plain):
        return [Item(NUMBER, f"{float(number[1].replace(',', '.')):g}", start, end)]
    if order := re.fullmatch(r"(\d+)(?:e|er|re|ere|eme|o|a|º|ª|°)", plain):
        return [Item("order", order[1], start, end)]
    if unit := re.fullmatch(r"(\d+(?:[.,]\d+)?)(s|seg|sec|sek|segs|min|x|%|db|bpm)", plain):
        named = {
            "s": "seconds",
            "seg": "seconds",
            "segs": "seconds",
            "sec": "seconds",
            "sek": "seconds",
            "min": "minutes",
            "x": "times",
            "%": "percent",
            "db": "db",
            "bpm": "bpm",
        }
        return [Item(NUMBER, unit[1].replace(",", "."), start, end), Item(UNIT, named[unit[2]], end, end)]
    return [Item(TYPED, plain, start, end)]


def _leant(plain: str, words: Words) -> tuple[Entry, str] | None:
    """súbelo, ponle, quítamela: a verb and the pronouns behind it. Only "lo", "la" and the like are its object."""
    for match in (_CLITICS.search(plain), re.search(r"(?:l[oa]s?|les?|me|nos|se)$", plain)):
        if match is None or match.start() < 2:
            continue
        stem = plain[: match.start()]
        for form in (stem, stem + "d"):
            entry = words.both.get(form) or words.held.get(form)
            if entry is not None and entry.kind == VERB:
                return entry, "it" if re.search(r"l[oa]s?$", match[0]) else "to it" if match[0].startswith("le") else ""
    return None


def _compound(plain: str, words: Words) -> tuple[Entry, Entry] | None:
    """Klaviermusik, Titelfarbe, Lieblingsclip: two known words, or the second alone."""
    for cut in range(len(plain) - 3, 2, -1):
        second = words.held.get(plain[cut:])
        if second is None or second.kind not in (THING,):
            continue
        for link in ("", "s", "n", "en", "e"):
            if link and not plain[:cut].endswith(link):
                continue
            first = words.held.get(plain[: cut - len(link)] if link else plain[:cut])
            if first is not None and first.kind in (THING, LOOK):
                return Entry(first.kind, first.english.partition("/")[0]), second
    return None
