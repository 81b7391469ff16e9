"""Voicings: where the notes of a chord lie, and how the voices move from one chord to the next.

Least movement, common tones kept, no thirds in the mud below C3, no semitone at the top, bass left to the bass.
(The practice of arranging handbooks; low-interval limits after the usual table.)
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from reelscore.compose.chords import Harmony

# The lowest MIDI note on which an interval of so many semitones still sounds clear.
_LOWEST_FOR = {1: 55, 2: 51, 3: 48, 4: 46, 5: 44, 6: 46, 7: 34, 8: 41, 9: 41, 10: 41, 11: 44}


def essential(chord: Harmony, voices: int) -> tuple[int, ...]:
    """The `voices` pitch classes that say most about the chord; the root, which the bass has, goes first."""
    root, *others = chord.classes
    third = [c for c in others if (c - root) % 12 in (3, 4)] or [c for c in others if (c - root) % 12 in (2, 5)]
    seventh = [c for c in others if (c - root) % 12 in (9, 10, 11)]
    tensions = [c for c in others if (c - root) % 12 in (1, 2, 3, 5, 6, 9) and c not in third and c not in seventh]
    fifth = [c for c in others if (c - root) % 12 in (6, 7, 8) and c not in tensions]
    order = [*third[:1], *seventh[:1], *tensions, root, *fifth]
    if seventh and tensions and (fifth and (fifth[0] - root) % 12 == 7):
        order = [*third[:1], *seventh[:1], *tensions[:1], *fifth, root, *tensions[1:]]
    elif not seventh and not tensions:
        order = [*third[:1], root, *fifth]
    order = list(dict.fromkeys([*order, *chord.classes]))
    return tuple(order[:voices])


def muddy(pitches: tuple[int, ...]) -> bool:
    """Does an interval lie below the register in which it is clear?"""
    return any(low < _LOWEST_FOR.get(high - low, 0) for low, high in pairwise(pitches))


@lru_cache(maxsize=8192)
def candidates(classes: tuple[int, ...], low: int, high: int, wide: bool) -> tuple[tuple[int, ...], ...]:
    """All close (and, when `wide`, drop-2 and spread) voicings of these classes inside [low, high]."""
    found: set[tuple[int, ...]] = set()
    size = len(classes)
    ordered = sorted(classes)
    for turn in range(size):
        rotated = ordered[turn:] + ordered[:turn]
        for octave in range(low // 12, high // 12 + 1):
            stack = [rotated[0] + 12 * octave]
            for tone in rotated[1:]:
                stack.append(stack[-1] + ((tone - stack[-1]) % 12 or 12))
            forms = [stack]
            if size >= 3:
                forms.append([*stack[:-2], stack[-2] - 12, stack[-1]])
            if wide and size >= 3:
                forms.append([stack[0], *(p + 12 for p in stack[1:2]), *stack[2:]])
                forms.append([stack[0] - 12, *stack[1:]])
            for form in forms:
                pitches = tuple(sorted(form))
                if pitches[0] >= low and pitches[-1] <= high and not muddy(pitches):
                    found.add(pitches)
    return tuple(sorted(found))


def movement(before: tuple[int, ...], after: tuple[int, ...]) -> float:
    """Semitones the voices move, voice by voice from the top; extra voices count from their nearest."""
    if not before:
        return 0.0
    pairs = zip(reversed(before), reversed(after), strict=False)
    moved = float(sum(abs(a - b) for a, b in pairs))
    extra = after[: len(after) - len(before)]
    return moved + sum(min(abs(p - b) for b in before) * 0.5 for p in extra)


def _roughness(pitches: tuple[int, ...], wide: bool) -> float:
    """What speaks against a voicing by itself."""
    cost = 0.0
    for low, high in pairwise(pitches):
        gap = high - low
        cost += 1.5 if gap == 1 else 0.0
        cost += (gap - 9) * 0.6 if gap > 9 else 0.0
        cost += 0.5 if wide and gap <= 2 else 0.0
    if len(pitches) > 1 and pitches[-1] - pitches[-2] == 1:
        cost += 4.0
    cost += sum(4.0 for i, a in enumerate(pitches) for b in pitches[i + 1 :] if b - a == 13)
    return cost


@lru_cache(maxsize=8192)
def voice(
    chord: Harmony, before: tuple[int, ...], low: int, high: int, voices: int = 4, wide: bool = False
) -> tuple[int, ...]:
    """The voicing in [low, high] that follows `before` most smoothly; empty `before` takes the middle of the range."""
    classes = essential(chord, voices)
    options: tuple[tuple[int, ...], ...] = ()
    while not options and classes:
        options = candidates(classes, low, high, wide)
        classes = classes[:-1] if not options else classes
    if not options:
        middle = (low + high) // 2
        return (middle + ((chord.root - middle + 6) % 12) - 6,)
    centre = (low + high) / 2

    def cost(pitches: tuple[int, ...]) -> float:
        drift = abs(sum(pitches) / len(pitches) - centre)
        leap = abs(pitches[-1] - before[-1]) if before else 0
        kept = len(set(pitches) & set(before))
        return (
            movement(before, pitches)
            + max(0, leap - 4) * 1.5
            - kept * 0.8
            + drift * (0.35 if before else 1.2)
            + _roughness(pitches, wide)
        )

    return min(options, key=lambda pitches: (round(cost(pitches), 6), pitches))
