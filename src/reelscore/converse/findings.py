"""What is found in a whole message, once: quantities, mentions, music words, meanings. Clauses take their share of it."""

from __future__ import annotations

import re
from functools import cached_property

from reelscore.converse.concepts import Concepts
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity, scan
from reelscore.converse.quotes import MARK
from reelscore.converse.scene import Scene
from reelscore.converse.vocabulary_words import Wish, wishes_in
from reelscore.values.vocabulary import Vocabulary


class Findings:
    """Everything found in one text; computed when first asked for."""

    def __init__(self, text: str, scene: Scene, vocabulary: Vocabulary, concepts: Concepts) -> None:
        self.text = text
        self._bare = text.replace(MARK, " ")
        self._scene, self._vocabulary, self._concepts = scene, vocabulary, concepts
        self._meanings: dict[str, tuple[tuple[int, int], ...]] = {}

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return mentions(self._bare, self._scene)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Quantities outside the numbers and names of things."""
        free = list(self._bare)
        for mention in self.mentions:
            if mention.nth is not None or mention.every or mention.kind == "name":
                free[mention.start : mention.end] = " " * (mention.end - mention.start)
        return scan("".join(free))

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        return wishes_in(self._bare, self._vocabulary)

    def meaning(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where a meaning is said."""
        held = self._meanings.get(name)
        if held is None:
            pattern = self._concepts.pattern(name)
            held = self._meanings[name] = tuple([m.span() for m in pattern.finditer(self.text)]) if pattern else ()
        return held

    def first(self, name: str, start: int, end: int, text: str) -> re.Match[str] | None:
        """Where a meaning is first said within text[start:end]; `text` is that stretch."""
        if name in self._concepts.edged:
            pattern = self._concepts.pattern(name)
            return pattern.search(text) if pattern else None
        for a, b in self.meaning(name):
            if a < end and start < b:
                pattern = self._concepts.pattern(name)
                return pattern.search(text) if pattern else None
        return None
