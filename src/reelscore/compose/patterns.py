"""Written patterns: one character is a sixteenth, "|" a bar line.

`.` rests, `-` holds what sounds, `/` holds it into the next stroke without a gap (a glide); every other character is a
stroke whose meaning belongs to whoever plays it (drums and comping: 1..9 loudness; bass: R 5 8 ...; strums: D u ...). A
pattern fits bars of any length: a shorter bar plays its beginning, a longer one begins again; a pattern written in 4/4
only is told in the other meters beat by beat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from reelscore.values.time import Meter

Step = int | Fraction
STEPS_PER_BEAT = 4  # sixteenths in a quarter note
# Where the groups of a bar begin, in sixteenths: 5/4 is 3 + 2, 7/8 is 2 + 2 + 3.
_GROUPS: Mapping[str, tuple[int, ...]] = {
    "4/4": (0, 8), "3/4": (0,), "2/4": (0,), "6/8": (0, 6), "12/8": (0, 6, 12, 18), "5/4": (0, 12), "7/8": (0, 4, 8),
}  # fmt: skip
# Which beats of a 4/4 bar tell the beats of another meter; a three-step beat stretches over a dotted quarter.
_TOLD: Mapping[str, tuple[int, ...]] = {"3/4": (0, 1, 3), "6/8": (0, 1), "12/8": (0, 1, 2, 3), "5/4": (0, 1, 3, 2, 3)}
_DOTTED = {0: 0, 1: 2, 2: 4, 3: 5}  # sixteenths of a quarter on those of a dotted quarter


@dataclass(frozen=True, slots=True)
class Stroke:
    """One attack: `step` and `steps` (length) in sixteenths from the bar's start, `sign` the character written. Only
    patterns read faster or slower than written fall between the sixteenths."""

    step: Step
    steps: Step
    sign: str
    tied: bool = False  # it runs into the next one


@lru_cache(maxsize=64)
def steps_of(meter: str) -> int:
    """Sixteenths in a bar of this meter ("6/8" -> 12)."""
    numerator, denominator = meter.split("/")
    return int(Meter(int(numerator), int(denominator)).beats * STEPS_PER_BEAT)


def groups_of(meter: str) -> tuple[int, ...]:
    """The steps on which the groups of a bar begin."""
    return _GROUPS.get(meter, (0,))


def weight_of(meter: str, step: Step) -> int:
    """How heavy a step is: 3 the first, 2 the start of a group, 1 a beat, 0 between beats."""
    if step == 0:
        return 3
    if step in groups_of(meter):
        return 2
    if meter in ("6/8", "12/8"):
        return 1 if step % 2 == 0 else 0
    return 1 if step % STEPS_PER_BEAT == 0 else 0


def fault_in(text: str, meter: str, signs: str) -> str:
    """What is wrong with a written pattern, or ""."""
    for bar in text.split("|"):
        if len(bar) != steps_of(meter):
            return f"a bar of {meter} has {steps_of(meter)} sixteenths, found {len(bar)} in {bar!r}"
        if strange := sorted(set(bar).difference(signs, ".-/")):
            return f"{strange[0]!r} is not allowed; write . - or one of {signs}"
    return ""


@lru_cache(maxsize=4096)
def retold(text: str, meter: str) -> str:
    """A pattern of 4/4 told in another meter: its beats in the new order, swung over dotted ones."""
    if meter not in _TOLD:
        return text
    return "|".join(_retold_bar(bar, meter) for bar in text.split("|"))


def _retold_bar(bar: str, meter: str) -> str:
    beats = [bar[i : i + STEPS_PER_BEAT] for i in range(0, 16, STEPS_PER_BEAT)]
    told = [beats[i] for i in _TOLD[meter]]
    if meter not in ("6/8", "12/8"):
        return "".join(told)
    wide = []
    for beat in told:
        line = ["-" if "-" in beat or "/" in beat else "."] * 6
        for step, sign in enumerate(beat):
            line[_DOTTED[step]] = sign
        if line[1] == "-" and line[0] == ".":
            line[1] = "."
        wide.append("".join(line))
    return "".join(wide)


@lru_cache(maxsize=8192)
def strokes(text: str, bar: int, steps: int) -> tuple[Stroke, ...]:
    """The strokes of the `bar`-th bar of a pattern, fitted to a bar of `steps` sixteenths."""
    bars = text.split("|")
    line = bars[bar % len(bars)]
    line = (line * (steps // len(line) + 1))[:steps]
    return tuple(Stroke(at, length, sign, tied) for at, length, sign, tied in _read(line))


@lru_cache(maxsize=8192)
def fine_strokes(text: str, bar: int, steps: int, speed: Fraction) -> tuple[Stroke, ...]:
    """The strokes of a pattern read `speed` times as fast as written; the bar before it was as long as this one."""
    line = text.replace("|", "")
    count = -int(-steps * speed // 1)
    start = int(bar * steps * speed) % len(line)
    read = (line * ((start + count) // len(line) + 1))[start : start + count]
    found = [(Fraction(at) / speed, Fraction(length) / speed, sign, tied) for at, length, sign, tied in _read(read)]
    return tuple(Stroke(at, min(length, steps - at), sign, tied) for at, length, sign, tied in found if at < steps)


def _read(line: str) -> list[tuple[int, int, str, bool]]:
    found = []
    for step, sign in enumerate(line):
        if sign in ".-/":
            continue
        end = step + 1
        while end < len(line) and line[end] in "-/":
            end += 1
        found.append((step, end - step, sign, line[end - 1] == "/"))
    return found


def bars_in(text: str) -> int:
    """How many bars a pattern is long."""
    return text.count("|") + 1
