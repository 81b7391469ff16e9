"""The answers that a question offers: steps that differ in one argument, which can also be told in free words."""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Option


def options(command: str, name: str, values: Sequence[tuple[Plain, str, str]], **more: Plain) -> tuple[Option, ...]:
    """Answers that differ in one argument: (value, label in English, label in Chinese)."""
    given = tuple((key, value) for key, value in more.items() if value is not None)
    return tuple(Option(Said(en, zh), (Step(command, (*given, (name, value))),)) for value, en, zh in values)


def words(c: Clause) -> int:
    """How many words a clause has; of Chinese, two letters are about one and a third."""
    han = len(patterns.compiled(r"[\u4e00-\u9fff]").findall(c.text))
    return len(patterns.compiled(r"[a-z0-9']+").findall(c.text)) + round(han * 0.65)
