""" "Brighten the music up", "liven it up a bit" after a word on the music: its mood or its energy, and no volume."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_MUSIC = r"(?:music|song|track|soundtrack|tune|score|bgm|piece)"
_SAID = Sieve(
    re.compile(
        rf"(?P<lead>\W*(?:(?:the |this |my )?{_MUSIC} (?:is|feels|sounds|seems)(?: a bit| a little| rather| so| really)?(?: too)? [a-z]+,? (?:and |so |please |can you |could you )*)?(?:(?:please|pls|can you|could you|now|just|then|and|let's|maybe|,) ?)*)"
        rf"(?P<verb>brighten|cheer|lighten|liven|perk|spice|jazz)s?(?: up)? (?:(?P<what>(?:the |this |my )?{_MUSIC})|(?P<it>it|that|this|things))(?P<up> up)?(?P<bit> a (?:little )?(?:bit|little|touch|tad))?[ .!?]*(?:please|pls|now)?[ .!?]*"
    )
)
_LIVELY = ("liven", "perk", "spice", "jazz")


def read(c: Clause) -> Iterator[Reading]:
    """A change of the composed music where it is named in the clause."""
    if not c.scene.composed or c.quotes or c.quantities or not _SAID.may(c.text):
        return
    match = _SAID.regex.fullmatch(c.text)
    if match is None or not (match["what"] or re.search(_MUSIC, match["lead"])):
        return
    direction = "livelier" if match["verb"] in _LIVELY else "brighter"
    yield replace(step("change_music", 0.965, direction=direction, amount=0.5 if match["bit"] else None), whole=True)
