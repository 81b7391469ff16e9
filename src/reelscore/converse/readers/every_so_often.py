"""The same again and again: 每隔一分钟打个标记, 每5秒剪一刀, "a marker every ten seconds", "split hiking every 2 seconds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said

MOST = 60  # edits that one message may ask for in this way
_LEAD = re.compile(r"(?:(?<![a-z])(?:every|each)|每隔?|每过|隔) ?$")
_ONE = Sieve(re.compile(r"(?<![a-z])every (?P<unit>second|minute)(?![a-z])"))
_CUT = r"切|剪一?[刀下次]|剪开|(?<![a-z])(?:cut|split|divide|slice|chop)(?![a-z])"


def read(c: Clause) -> Iterator[Reading]:
    """Markers and cuts at equal distances, over the film or over the one clip that is named."""
    if not patterns.search(r"每|隔|every|each", c.text) or c.quotes or len(c.mentions) > 2:
        return
    length = _length(c)
    marked = c.has("marker") or c.mention("marker") is not None
    if length is None or length <= 0 or not (marked or patterns.search(_CUT, c.text)) or c.has("remove"):
        return
    thing = next((t for m in c.mentions if len(m.things) == 1 and m.kind != "film" for t in m.things), None)
    start = thing.span.start if thing else Fraction(0)
    end = thing.span.end if thing else c.scene.duration
    count = int((end - start) / length)
    times = [start + n * length for n in range(1, count + 1) if start + n * length < end]
    command = "marker" if marked else "split"
    if command == "split":  # where a clip ends there is a cut already
        edges = {edge for t in c.scene.of("clip") for edge in (t.span.start, t.span.end)}
        times = [at for at in times if at not in edges]
    if not times:
        return
    if len(times) > MOST:
        yield Reading(
            (),
            0.97,
            missed=Said(
                f"That would be {len(times)} edits; at most {MOST} go at once.",
                f"这样要做 {len(times)} 次，一次最多 {MOST} 次。",
            ),
        )
        return
    yield Reading(tuple(one for at in times for one in step(command, 1, at=seconds(at)).asked), 0.97)


def _length(c: Clause) -> Fraction | None:
    for q in c.every("seconds"):
        if _LEAD.search(c.text[: q.start]) and not patterns.match(r" ?(?:的|里|内|之内|clips?)", c.text[q.end :]):
            return Fraction(q.value)
    one = _ONE.search(c.text)
    return None if one is None else Fraction(60 if one["unit"] == "minute" else 1)
