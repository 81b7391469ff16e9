""" "No, the other one", "the other title too": where there are several others, which one is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reelscore.converse.bare_things import about
from reelscore.converse.clause import Clause
from reelscore.converse.leftover import Left
from reelscore.converse.patterns import compiled
from reelscore.converse.reading import Reading
from reelscore.converse.tables import table
from reelscore.values.command import Said, Step
from reelscore.values.message import Asked, Option, Question

_MOST = 3


def read(c: Clause, last: Step, done_to: Callable[[str], Iterable[Asked]]) -> Reading | None:
    """A question with the last edit done to each of the first others; None where none is spoken of, or just one is.

    `done_to(id)` gives the steps for one of them.
    """
    match = compiled(table("followups")["others"]["one"]).search(c.text)
    if match is None:
        return None
    left = Left(c.text)
    left.take(*match.span())
    before = about(c, last)
    role, ids = next((t.role for t in before), ""), {t.segment.id for t in before}
    rest = [t for t in c.scene.things if t.role == role and t.segment.id not in ids]
    if len(rest) < 2 or not left.empty():
        return None
    options = []
    for thing in rest[:_MOST]:
        name = thing.segment.text.content if thing.segment.text else thing.segment.name or thing.segment.id
        options.append(Option(Said(name, name), tuple(done_to(thing.segment.id))))
    return Reading((), 0.965, question=Question(Said("Which one do you mean?", "您指的是哪一个？"), tuple(options)))
