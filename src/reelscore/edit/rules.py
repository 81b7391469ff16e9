"""Single rules that a value from outside is held to: a number in bounds, a known name, plain text. Each raises.

The message always names the place, the value seen and the limit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NoReturn

from reelscore.edit.refusals import refuse
from reelscore.errors import one_of
from reelscore.values.time import Seconds

_FINEST = 10**12  # the largest denominator of a time
_ID = re.compile(r"[\w.:-]{1,80}")
_COLOUR = re.compile(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?")


def wrong(what: str, hint: str) -> NoReturn:
    raise refuse("invalid", what=what, hint=hint)


def new_rule(name: str, used: set[str], what: str) -> None:
    if not _ID.fullmatch(name):
        wrong(f"a {what} id is {name[:80]!r}", "Use letters, digits, '-', '_', '.', ':' only, at most 80.")
    if name in used:
        wrong(f"two {what}s have the id {name!r}", "Give each an id of its own.")
    used.add(name)


def time_rule(value: Seconds, where: str, low: Seconds | None = None, high: Seconds | None = None) -> Seconds:
    if not isinstance(value, (Fraction, int)):
        wrong(f"{where} is {value!r}", "Times are exact fractions.")
    if value.denominator > _FINEST or (low is not None and value < low) or (high is not None and value > high):
        shown = f"{float(value):g}" if abs(value) < 10**15 else "beyond all bounds"
        wrong(f"{where} is {shown}", f"It must lie between {low} and {high}, in steps no finer than 1/{_FINEST}.")
    return value


def number_rule(value: float, where: str, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        wrong(f"{where} is {value}", f"It must lie between {low:g} and {high:g}.")


def known_rule(name: str, allowed: Iterable[str], where: str) -> None:
    held = tuple(allowed)
    if name not in held:
        wrong(f"{where} is {name[:80]!r}", one_of(name[:80], [known for known in held if known]))


def words_rule(text: str, where: str, most: int, *, lines: bool = False) -> None:
    if len(text) > most:
        wrong(f"{where} has {len(text)} letters", f"At most {most} are possible.")
    if not text.isprintable() and any((ord(c) < 32 and not (lines and c in "\n\t")) or c == "\x7f" for c in text):
        wrong(f"{where} holds control characters", "Use plain text.")
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        wrong(f"{where} holds half a character", "Use plain text.")


def colour_rule(value: str, where: str, *, empty: bool = True) -> None:
    if not (empty and value == "") and not _COLOUR.fullmatch(value):
        wrong(f"{where} is {value[:40]!r}", "Colours are #rrggbb or #rrggbbaa.")
