"""Several things with an amount behind each: "hiking volume to 40, lake to 60", "brightness hiking 40, lake 60". The
second amount is of the second thing, where a reading gave the first to all."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.clause import Clause, plain
from reelscore.converse.reading import Reading
from reelscore.values.command import Step

_LESS = re.compile(r"[减降低少暗]|(?<![a-z])(?:down|less|minus|lower)(?![a-z])|-$")


def each_its_own(c: Clause, reading: Reading) -> Reading:
    """The reading with each thing's own amount; the reading itself where things and amounts do not take turns."""
    steps = [asked for asked in reading.asked if isinstance(asked, Step)]
    count = len(steps)
    if count < 2 or count != len(reading.asked) or len(c.quantities) != count:
        return reading
    rest = [{name: value for name, value in step.args if name != "which"} for step in steps]
    if len({step.command for step in steps}) > 1 or any(args != rest[0] for args in rest):
        return reading
    amounts = [plain(q) for q in c.quantities]
    leads = [c.text[a : q.start] for a, q in zip((0, *(q.end for q in c.quantities)), c.quantities, strict=False)]
    if steps[0].command == "filter" and any(map(_LESS.search, leads)):  # 第一段亮度减10，第二段加10
        signs = [-1 if _LESS.search(lead) else 1 for lead in leads]
        amounts = [a * s if isinstance(a, (int, float)) else a for a, s in zip(amounts, signs, strict=True)]
    name = next((key for key, value in rest[0].items() if value == amounts[0] and not isinstance(value, bool)), "")
    meant = {dict(step.args).get("which") for step in steps}
    things = [m for m in c.mentions if m.said in meant or (len(m.things) == 1 and m.things[0].segment.id in meant)]
    if not name or len(things) != count or not all(isinstance(amount, (int, float)) for amount in amounts):
        return reading
    places = [at for m, q in zip(things, c.quantities, strict=True) for at in (m.start, q.start)]
    if places != sorted(places):
        return reading
    made = [
        replace(step, args=tuple((key, amount if key == name else value) for key, value in step.args))
        for step, amount in zip(steps, amounts, strict=True)
    ]
    return replace(reading, asked=tuple(made))
