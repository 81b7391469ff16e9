"""How much comes off the start and off the end: each takes the amount that stands nearest."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.quantities import Quantity
from reelscore.values.command import Plain

_START = re.compile(
    r"(?:off|from|at|of|on) (?:the |its )?(?:very )?(?:start|beginning|front|head)|(?:the|its) (?:start|beginning|front|head)(?! of the (?:film|video))|开头|前面|头上|头部|片头|开始(?!处)"
)
_END = re.compile(
    r"(?:off|from|at|of|on) (?:the |its )?(?:very )?(?:end|tail|back)|(?:the|its) (?:end|tail)|结尾|末尾|后面|尾部|尾巴|片尾|最后"
)


def off_each_end(c: Clause, amounts: list[Quantity]) -> dict[str, Plain]:
    """How much comes off the start, and off the end: each end takes the amount that stands nearest."""
    made: dict[str, Plain] = {}
    both = patterns.search(r"both ends|each end|either end|两头|两端|首尾|头尾|掐头去尾|去头去尾|前后各|首尾各", c.text)
    if both:
        return {"from_start": plain(amounts[0]), "from_end": plain(amounts[0])}
    sides = [
        (name, found)
        for name, pattern in (("from_start", _START), ("from_end", _END))
        if (found := pattern.search(c.text))
    ]
    if len(sides) == 2 and len(amounts) == 1 and patterns.search(r"[\u4e00-\u9fff]", c.text) and not c.every("number"):
        q = amounts[0]  # 前面四秒不要了，直接从后面开始
        near = min(sides, key=lambda one: min(abs(one[1].start() - q.end), abs(q.start - one[1].end())))
        return {near[0]: plain(q)}
    for name, pattern in (("from_start", _START), ("from_end", _END)):
        if found := pattern.search(c.text):
            nearest = min(amounts, key=lambda q: min(abs(found.start() - q.end), abs(q.start - found.end()) + 6))
            made[name] = plain(nearest)
    return made
