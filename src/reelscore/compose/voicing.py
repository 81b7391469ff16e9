"""Voicings: where the notes of a chord lie, and how the voices move from one chord to the next.

Least movement, common tones kept, no thirds in the mud below C3, no semitone at the top, bass left to the bass.
(The practice of arranging handbooks; low-interval limits after the usual table.)
"""

from __future__ import annotations

from dataclasses import replace
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


def shaped(
    style: str, chord: Harmony, before: tuple[int, ...], low: int, high: int, voices: int, wide: bool = False
) -> tuple[int, ...]:
    """A chord in a style's own shape (genre.VOICINGS), voice-led where the shape leaves a choice."""
    if style in ("power", "fifths", "octaves"):
        return _stacked({"power": (0, 7, 12), "fifths": (0, 7), "octaves": (0, 12)}[style], chord, before, low, high)
    if style == "grip":
        return _grip(chord, low, high, voices)
    if style == "quartal":
        return _ladder(chord, before, low, high, min(voices, 4), 3)
    if style == "cluster":
        return _ladder(chord, before, low, high, 3, 1)
    classes = _chosen(style, chord, voices)
    reduced = replace(chord, classes=classes, intervals=tuple((c - classes[0]) % 12 for c in classes))
    return voice(reduced, before, low, high, len(classes), wide)


def _chosen(style: str, chord: Harmony, voices: int) -> tuple[int, ...]:
    """Which pitch classes of a chord a style plays."""
    if style == "triad":
        third = next((c for c in chord.classes[1:] if (c - chord.root) % 12 in (2, 3, 4, 5)), None)
        return tuple(c for c in (chord.root, third, chord.fifth) if c is not None)
    if style == "shell":
        found = [c for c in (chord.third, chord.seventh) if c is not None]
        return tuple(found) if len(found) == 2 else tuple(dict.fromkeys((*found, chord.root, chord.fifth)))[:2]
    if style == "rootless":  # what says most first: without its third a thirteenth is the minor chord on its fifth
        if len(chord.classes) < 5:
            return chord.classes  # only a ninth takes the root's place
        guides = [c for c in (chord.third, chord.seventh) if c is not None]
        if (chord.root + 9) % 12 == chord.seventh:
            guides.append(chord.root)  # a chord of the sixth is home
        rest = [c for c in reversed(chord.classes) if c not in (chord.root, chord.fifth, *guides)]
        found = [*guides, *rest, *(c for c in (chord.fifth,) if c in chord.classes)]
        return tuple(dict.fromkeys(found))[:voices]
    # pentatonic: the chord's own; where they are but two, of the five notes around the root those that fit the scale,
    # the sixth last: it makes them the relative minor's
    steps = (0, 3, 7, 10, 5) if chord.third == (chord.root + 3) % 12 else (0, 4, 7, 2, 9)
    own = [c for c in chord.classes if (c - chord.root) % 12 in (*steps, 5)]
    if len(own) >= 3:
        return tuple(own)[:voices]
    fits = [(chord.root + s) % 12 for s in steps if (chord.root + s) % 12 in chord.scale]
    return tuple(dict.fromkeys((*own, *fits)))[:voices]


def _stacked(steps: tuple[int, ...], chord: Harmony, before: tuple[int, ...], low: int, high: int) -> tuple[int, ...]:
    """A fixed stack on the root; diminished chords bend its fifth."""
    bent = tuple((chord.fifth - chord.root) % 12 if step == 7 else step for step in steps)
    roots = [p for p in range(low, high + 1) if p % 12 == chord.root]
    whole = [p for p in roots if p + bent[-1] <= high] or roots[:1] or [low + (chord.root - low) % 12]
    near = before[0] if before else (low + high) // 2 - 6
    root = min(whole, key=lambda p: (abs(p - near), p))
    return tuple(root + step for step in bent)


def _grip(chord: Harmony, low: int, high: int, strings: int) -> tuple[int, ...]:
    """As a hand lies on a guitar: the bass on the lowest string, a fifth or so above it, then chord notes string by
    string with doublings."""
    bass = low + (chord.bass - low) % 12
    shape = [bass]
    classes = set(chord.classes)
    while len(shape) < strings + 1:
        gap = 5 if len(shape) == 1 else 3
        onward = range(shape[-1] + gap, high + 1)
        above = next((p for p in onward if p % 12 in classes and not muddy((shape[-1], p))), None)
        if above is None:
            break
        shape.append(above)
    missing = [c for c in (chord.third, chord.seventh) if c is not None and c not in {p % 12 for p in shape}]
    if missing and len(shape) > 2:  # the top string says what the chord is
        top = [p for p in range(shape[-2] + 2, high + 1) if p % 12 == missing[0] and not muddy((shape[-2], p))]
        shape = [*shape[:-1], *top[:1]] if top else shape
    return tuple(shape) if len(shape) > 2 else voice(chord, (), low, high, 4)


def _ladder(chord: Harmony, before: tuple[int, ...], low: int, high: int, voices: int, apart: int) -> tuple[int, ...]:
    """Notes of the chord's scale, each `apart` + 1 scale steps above the last; built from a note that lets the chord be
    heard, as close as may be to where the hand was."""
    scale = [p for p in range(low, high + 1) if p % 12 in chord.scale]
    ladders = [tuple(scale[i : i + apart * voices : apart]) for i in range(len(scale))]
    full = [one for one in ladders if len(one) == voices and not muddy(one)]
    if not full:
        return voice(chord, before, low, high, voices)
    centre = sum(before) / len(before) if before else (low + high) / 2

    def cost(one: tuple[int, ...]) -> float:
        members = sum(1.0 if p % 12 in chord.classes[:3] else 0.5 for p in one if p % 12 in chord.classes)
        members -= 0.5 * sum((p - chord.root) % 12 == 6 and p % 12 not in chord.classes for p in one)
        rub = sum((p - 1) % 12 in chord.classes and p % 12 not in chord.classes for p in one)
        return abs(sum(one) / len(one) - centre) * 0.4 - 2.0 * members + 3.0 * rub

    return min(full, key=lambda one: (round(cost(one), 6), one))
