"""A question about what would be, or why something is: answered, and never carried out."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading, action
from reelscore.values.message import Action

_ANSWERS = ("help", "status", "credits", "genres", "moods", "instruments", "versions", "diff", "greet", "thank")
_WONDERS = re.compile(
    r"\s*(?:so |and |but |hey,? |ok,? |wait,? |just wondering,? |quick question[,:]? )*"
    r"(?:what (?:happens|would happen|will happen|changes)(?: to [a-z ]{1,30})? (?:if|when)|why (?:is|are|does|do|did|was|isn'?t|can'?t|has|have)"
    r"|(?:does|did|doesn'?t|didn'?t)(?= )|(?:is|are|was|were) (?:the|my|these|those|all|both)(?= )(?! way| possib)|has (?:the|it|my)|have (?:you|we)"
    r"|(?:should|shall) (?:i|the|it|my)(?![a-z])|(?:is it possible|can i|could i|may i|will i be able) (?:to )?[^,.;]* (?:later|afterwards|at any time))(?![a-z])"
)


def wonders(c: Clause) -> bool:
    """Is this a question that asks for no edit: "what happens if I remove the title"?"""
    return _WONDERS.match(c.text) is not None


def answered(c: Clause, found: list[Reading]) -> list[Reading]:
    """Of what was read, the answers; help where there is none."""
    kept = [r for r in found if r.asked and all(isinstance(a, Action) and a.name in _ANSWERS for a in r.asked)]
    return kept or [action("help", 0.95, topic=c.said().strip(" ?!.") or None)]
