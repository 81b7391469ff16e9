"""What is found in a whole message, once: quantities, mentions, music words. Clauses take their share of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.computed import computed_once
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity, scan
from reelscore.converse.quotes import MARK
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import may_match
from reelscore.converse.vocabulary_words import Wish, wishes_in
from reelscore.values.vocabulary import Vocabulary

_ORDER = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NTH_CUT = re.compile(
    rf"(?<![a-z])(?P<lead>at|after|on|from|by|with|until|till|to) (?P<what>the (?P<order>{'|'.join(_ORDER)}) (?:cut|edit)(?: point)?)(?![a-z])"
)


class Findings:
    """Everything found in one text; computed when first asked for."""

    def __init__(self, text: str, scene: Scene, vocabulary: Vocabulary) -> None:
        self.text = text
        self._bare = text.replace(MARK, " ")
        self._scene, self._vocabulary = scene, vocabulary
        self._places: dict[str, dict[str, re.Match[str] | None]] = {}

    def places(self, part: str) -> dict[str, re.Match[str] | None]:
        """Where each meaning is first said in a part of the text, as far as that was asked: kept for whoever asks next."""
        return self._places.setdefault(part, {})

    @computed_once
    def mentions(self) -> tuple[Mention, ...]:
        may_match(self.text)  # all that is looked for in it from here on is looked for once
        return mentions(self._bare, self._scene)

    @computed_once
    def quantities(self) -> tuple[Quantity, ...]:
        """Quantities outside the numbers and names of things."""
        free = list(self._bare)
        for mention in self.mentions:
            if mention.nth is not None or mention.every or mention.kind == "name":
                free[mention.start : mention.end] = " " * (mention.end - mention.start)
        found = scan("".join(free), self.text)
        cuts = tuple(self._cuts(found)) if "cut" in self._bare or "edit" in self._bare else ()
        return tuple(sorted((*found, *cuts), key=lambda q: q.start)) if cuts else found

    def _cuts(self, found: tuple[Quantity, ...]) -> Iterator[Quantity]:
        """ "at the second cut": the moment where one clip ends and the next begins."""
        starts = [thing.span.start for thing in self._scene.of("clip")][1:]
        for match in _NTH_CUT.finditer(self._bare):
            nth = _ORDER[match["order"]]
            if -len(starts) <= nth < len(starts) and not any(
                q.start < match.end() and match.start() < q.end for q in found
            ):
                cue = "until" if match["lead"] in ("until", "till", "to") else "at"
                yield Quantity("seconds", starts[nth], match.start("what"), match.end("what"), cue)

    @computed_once
    def wishes(self) -> tuple[Wish, ...]:
        return wishes_in(self._bare, self._vocabulary)
