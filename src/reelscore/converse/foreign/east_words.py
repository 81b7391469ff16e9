"""The words of Japanese and Korean, found in a message: verbs by their stems, amounts, things, particles.

Nothing parts the words of Japanese, and in Korean particles lean on them: the longest word that fits is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from reelscore.converse.foreign import japanese, korean
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
from reelscore.converse.normalise import plain_of
from reelscore.converse.quotes import LAST_MARK, MARK
from reelscore.converse.tables import table

GRAMMAR: dict[str, ModuleType] = {"ja": japanese, "ko": korean}
PARTICLE, RELATION = "particle", "relation"
_KINDS = {
    "things": THING, "places": PLACE, "degrees": DEGREE, "idle": IDLE, "phrases": PHRASE, "relations": RELATION,
    "formats": LOOK,
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9à-öø-ÿ][a-z0-9à-öø-ÿ_'&./-]*")
_RATIO = re.compile(r"(?:9|16|1|4|5|3|21|2) ?: ?(?:16|9|1|5|4|3)(?![\d:])")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?:\.(\d+))?")


class Words:
    """A language's words by their first letter, longest first, and its particles, units and endings."""

    def __init__(self, language: str) -> None:
        self.grammar: Any = GRAMMAR[language]
        held: dict[str, tuple[str, str, str]] = {}
        rows = table(language)
        for part, kind in _KINDS.items():
            for english, words in rows.get(part, {}).items():
                held |= dict.fromkeys(words, (kind, english, ""))
        for english, words in rows["amounts"].items():
            held |= dict.fromkeys(words, (AMOUNT, english, "percent"))
        self.more: dict[str, str] = {}  # what is more so
        for english, lemmas in rows["looks"].items():
            before_noun, _, before_verb = english.partition("/")
            self.more.setdefault(before_noun, before_verb)
            for lemma in lemmas:
                nouns, verbs = self.grammar.looks(lemma)
                held |= dict.fromkeys(nouns, (LOOK, before_noun, ""))
                held |= dict.fromkeys(verbs, (MORE, before_verb or before_noun, before_noun))
                held |= {one: (MORE, f"is too {before_noun}", "too") for one in verbs if "すぎ" in one}
        for english, lemmas in rows["verbs"].items():
            for lemma in lemmas:
                held |= dict.fromkeys(self.grammar.stems(lemma), (VERB, english, "stem"))
                if self._bare(lemma):
                    held[self._bare(lemma)] = (VERB, english, "noun")
        held |= dict.fromkeys(self.grammar.CORRECTIONS, (SIGN, "no,", "no"))
        self.first: dict[str, list[tuple[str, tuple[str, str, str]]]] = {}
        for words, entry in held.items():
            plain = plain_of(words).text.strip()
            for form in {plain, plain.replace(" ", "")}:
                self.first.setdefault(form[0], []).append((form, entry))
        for row in self.first.values():
            row.sort(key=lambda pair: -len(pair[0]))
        units = sorted(
            ((word, unit) for unit, words in self.grammar.UNITS.items() for word in words), key=lambda p: -len(p[0])
        )
        self.units = dict(units)
        behind = "|".join(re.escape(w) for w, _ in units)
        lasting = "|".join(map(re.escape, self.grammar.LASTING))
        placed = "|".join(map(re.escape, self.grammar.PLACED))
        self.amount = re.compile(
            rf"(?P<n>{self.grammar.NUMBER}) ?(?P<unit>{behind})(?P<half> ?{self.grammar.HALF_MORE})?(?: ?(?P<n2>{self.grammar.NUMBER}) ?(?P<unit2>초|秒))?"
            rf"(?: ?(?:(?P<lasting>{lasting})|(?P<placed>{placed})))*"
        )
        particles = {word: role for role, words in self.grammar.PARTICLES.items() for word in words}
        self.roles = {plain_of(word).text: role for word, role in particles.items()}
        self.particle = re.compile("|".join(sorted(map(re.escape, self.roles), key=len, reverse=True)))

    @staticmethod
    def _bare(lemma: str) -> str:
        """The noun in Xする, X하다: it may stand for the verb."""
        head = lemma[:-2] if lemma.endswith(("する", "하다")) else ""
        return head if len(head) > 1 else ""

    def at(self, text: str, place: int) -> tuple[str, tuple[str, str, str]] | None:
        """The longest word that begins at a place."""
        for words, entry in self.first.get(text[place], ()):
            if text.startswith(words, place):
                return words, entry
        return None


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    return Words(language)


def items_of(text: str, language: str) -> list[Item]:
    """The message's items in the order they were said."""
    return list(_Reader(text, language))


class _Reader:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language, self.words = text, language, words_of(language)
        self.place = 0
        self.last: Item | None = None

    def __iter__(self) -> Iterator[Item]:
        while self.place < len(self.text):
            if self.text[self.place] == " ":
                self.place += 1
                continue
            self.last = self._next()
            self.place = self.last.end
            yield self.last

    def _next(self) -> Item:
        text, at = self.text, self.place
        if MARK <= text[at] <= LAST_MARK:
            end = at
            while end < len(text) and text[end] == text[at]:
                end += 1
            return Item(QUOTE, "", at, end)
        if ratio := _RATIO.match(text, at):
            return Item(TYPED, ratio[0].replace(" ", ""), at, ratio.end())
        if clock := _CLOCK.match(text, at):
            seconds = int(clock[1]) * 60 + int(clock[2]) + (float(f"0.{clock[3]}") if clock[3] else 0)
            return Item(AMOUNT, f"{seconds:g} seconds", at, clock.end(), "seconds")
        if maybe_keys(text[at : at + 4]) and (key := key_at(text, at)) is not None:
            return Item(THING, key[1], at, key[0])
        found = self.words.at(text, at)
        amount = self.words.amount.match(text, at)
        if amount and (found is None or len(found[0]) <= len(amount[0])):
            return self._amount(amount)
        particle = self.words.particle.match(text, at) if self._may_lean(at) else None
        if particle and (found is None or len(found[0]) <= len(particle[0])) and self._may_end(particle.end()):
            return Item(PARTICLE, "", at, particle.end(), self.words.roles[particle[0]])
        if found is not None:
            words, (kind, english, form) = found
            if kind == RELATION and words in ("빼고", "제외하고") and self.last and self.last.kind == PARTICLE:
                kind, english, form = VERB, "remove", "stem"  # 음악은 빼고: taken out, not gone without
                words = words[:1] if words == "빼고" else words[:3]
            if kind == PLACE and self._beside_a_thing(words, at + len(words)):  # 도시 앞에 놔줘
                end = at + len(words) + len(re.sub(r"^(에|으로|로)?.*", r"\1", text[at + len(words) :], flags=re.S))
                return Item(RELATION, "before" if words == "앞" else "after", at, end)
            if english == "cut off" and form == "noun" and text.startswith("が", at + len(words)):
                return Item(THING, "clip", at, at + len(words))  # カットがずれてる
            if kind == VERB:
                return self._verb(at, at + len(words), english, form)
            return Item(kind, english, at, at + len(words), form)
        if word := _WORD.match(text, at):
            return Item(TYPED, word[0].rstrip("./"), at, at + len(word[0].rstrip("./-'")) or 1)
        if text[at] in ",、.。!?;:~・…\n()[]":
            return Item(SIGN, "?" if text[at] == "?" else "," if text[at] in ",、・:;" else ".", at, at + 1)
        return self._unknown(at)

    def _beside_a_thing(self, words: str, end: int) -> bool:
        """Is this the place before or behind a thing that something is put to?"""
        if words not in ("앞", "뒤") or self.last is None or self.last.kind not in (THING, TYPED):
            return False
        whole = self.last.english in ("video", "the whole video", "music", "title", "subtitle")
        return (
            not whole and re.match(r"(?:에|으로|로)[^.!?]*(?:놔|놓|옮|두|둬|배치|넣|붙)", self.text[end:]) is not None
        )

    def _may_lean(self, at: int) -> bool:
        if self.last is None or self.last.kind in (SIGN, PARTICLE):
            return False
        return (
            self.language == "ja" or self.last.end == at or self.text.startswith(("이후", "이전", "때문", "땜에"), at)
        )

    def _may_end(self, end: int) -> bool:
        """In Korean a particle ends a word, unless words are not parted at all."""
        if self.language == "ja" or end >= len(self.text) or not "가" <= self.text[end] <= "힣":
            return True
        return self.words.at(self.text, end) is not None or self.words.particle.match(self.text, end) is not None

    def _verb(self, start: int, end: int, english: str, form: str) -> Item:
        behind = end
        if self.language == "ja" and form == "noun" and self.text.startswith("を", end):
            behind = end + 1
        elif (
            self.language == "ko"
            and form == "noun"
            and (led := re.match(r"[을를]? ?(?=하|해|할|한|했|부탁|시켜|주)", self.text[end:]))
        ):
            behind = end + led.end()
            if light := re.match(r"(?:하|해|할|한|했|시켜)", self.text[behind:]):
                behind += light.end()
        if form == "noun" and behind > end and self.language == "ja":
            light_ja = re.match(r"(?:さ?せ|し|する|お?願い(?:し)?|やっ)", self.text[behind:])
            behind = behind + light_ja.end() if light_ja else end
        ending = self.words.grammar.ENDINGS.match(self.text, behind)
        if ending is None or (
            form == "noun" and behind == end and ending.lastgroup not in (None, "neg") and self.language == "ja"
        ):
            return Item(VERB, english, start, end, form)
        said = ending.lastgroup or ""
        return Item(VERB, english, start, max(end, ending.end()), "" if said == "wish" else said)

    def _amount(self, match: re.Match[str]) -> Item:
        number = self.words.grammar.number
        count = number(match["n"])
        unit: str = self.words.units[match["unit"]]
        if match["half"]:
            count += 0.5
        if unit == "minutes":
            count, unit = count * 60, "seconds"
        if match["n2"]:
            count += number(match["n2"])
        form = unit
        english = {
            "seconds": f"{count:g} seconds", "percent": f"{count:g}%", "times": f"{count:g}x", "order": f"{count:g}",
            "number": f"{count:g}", "count": f"{count:g}", "degrees": f"{count:g} degrees", "db": f"{count:g} dB",
            "pixels": f"{count:g} px", "times_done": f"{count:g} times", "beats": f"{count:g} bpm", "fps": f"{count:g} fps", "bars": f"bar {count:g}",
        }[unit]  # fmt: skip
        if unit == "seconds" and match["lasting"]:
            form = "lasting"
        elif unit == "seconds" and match["placed"] in self.words.grammar.POINTS:
            form = "placed"
        return Item(AMOUNT, english, match.start(), match.end(), form)

    def _unknown(self, at: int) -> Item:
        text = self.text
        if "가" <= text[at] <= "힣":
            end = at
            while end < len(text) and "가" <= text[end] <= "힣":
                end += 1
            return Item(TYPED, "", at, self._without_particle(at, end))
        for letters in (r"[ァ-ヴー]+", r"[\u3400-\u9fff々]+", r"[ぁ-ん]"):
            if run := re.compile(letters).match(text, at):
                return Item(IDLE if letters == r"[ぁ-ん]" else TYPED, "", at, run.end())
        return Item(IDLE, "", at, at + 1)

    def _without_particle(self, at: int, end: int) -> int:
        for cut in range(at + 2, end):
            particle = self.words.particle.match(self.text, cut, end)
            if particle and particle.end() == end:
                return cut
        return end
