"""Chords and scales: roman numerals to pitch classes, in the manner of harmony textbooks.

A numeral is read against the key's family: degrees of a major key are those of its major scale, degrees of a minor key
(minor, dorian, phrygian, harmonic minor) those of natural minor. `b` and `#` alter the root; lower case is minor; the
suffix names the colour ("maj9", "7sus4"); a slash names the bass: "/3", "/5", "/7" a chord member, "/T" the tonic and
"/D" the dominant as pedal. A cell of a progression is one bar: "ii9 V13" splits it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reelscore.errors import DataError, one_of
from reelscore.values.brief import Key

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
}
# The notes of a tune, for keys of the major and of the minor family; semitones above the tonic.
TUNES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "pentatonic": ((0, 2, 4, 7, 9), (0, 3, 5, 7, 10)),
    "major pentatonic": ((0, 2, 4, 7, 9), (0, 2, 4, 7, 9)),
    "minor pentatonic": ((0, 3, 5, 7, 10), (0, 3, 5, 7, 10)),
    "blues": ((0, 2, 3, 4, 7, 9), (0, 3, 5, 6, 7, 10)),
    "hexatonic": ((0, 2, 4, 5, 7, 9), (0, 2, 3, 5, 7, 10)),
    "gong": ((0, 2, 4, 7, 9), (0, 2, 4, 7, 9)),
    "yu": ((0, 3, 5, 7, 10), (0, 3, 5, 7, 10)),
    "hirajoshi": ((0, 2, 4, 7, 8), (0, 2, 3, 7, 8)),
    "in": ((0, 1, 5, 7, 8), (0, 1, 5, 7, 8)),
    "yo": ((0, 2, 5, 7, 9), (0, 2, 5, 7, 9)),
    "hijaz": ((0, 1, 4, 5, 7, 8, 10), (0, 1, 4, 5, 7, 8, 10)),
    "double harmonic": ((0, 1, 4, 5, 7, 8, 11), (0, 1, 4, 5, 7, 8, 11)),
    "hungarian": ((0, 2, 4, 6, 7, 8, 11), (0, 2, 3, 6, 7, 8, 11)),
    "bebop": ((0, 2, 4, 5, 7, 8, 9, 11), (0, 2, 3, 4, 5, 7, 9, 10)),
    "whole tone": ((0, 2, 4, 6, 8, 10), (0, 2, 4, 6, 8, 10)),
    "slendro": ((0, 2, 5, 7, 10), (0, 2, 5, 7, 10)),
    "pelog": ((0, 4, 5, 7, 11), (0, 1, 3, 7, 8)),
}
_DEGREES = {"i": 0, "ii": 1, "iii": 2, "iv": 3, "v": 4, "vi": 5, "vii": 6}
# Colour -> intervals above the root. "" and those of _SHARED take their third from the numeral's case.
_MAJOR = {
    "": (0, 4, 7),
    "7": (0, 4, 7, 10),
    "9": (0, 4, 7, 10, 14),
    "13": (0, 4, 7, 10, 14, 21),
    "6": (0, 4, 7, 9),
    "69": (0, 4, 7, 9, 14),
    "maj7": (0, 4, 7, 11),
    "maj9": (0, 4, 7, 11, 14),
    "maj7#11": (0, 4, 7, 11, 18),
    "add9": (0, 4, 7, 14),
    "aug": (0, 4, 8),
    "7b9": (0, 4, 7, 10, 13),
    "7#9": (0, 4, 7, 10, 15),
    "7#11": (0, 4, 7, 10, 18),
    "add4": (0, 4, 5, 7),
    "maj13": (0, 4, 7, 11, 14, 21),
    "11": (0, 4, 7, 10, 14, 17),
}
_MINOR = {
    "": (0, 3, 7),
    "7": (0, 3, 7, 10),
    "9": (0, 3, 7, 10, 14),
    "11": (0, 3, 7, 10, 14, 17),
    "6": (0, 3, 7, 9),
    "add9": (0, 3, 7, 14),
    "maj7": (0, 3, 7, 11),
    "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9),
    "m7b5": (0, 3, 6, 10),
    "maj9": (0, 3, 7, 11, 14),
    "69": (0, 3, 7, 9, 14),
    "13": (0, 3, 7, 10, 14, 21),
    "b6": (0, 3, 7, 8),
    "add4": (0, 3, 5, 7),
}
_OPEN = {
    "5": (0, 7),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "7sus4": (0, 5, 7, 10),
    "9sus4": (0, 5, 7, 10, 14),
    "susb2": (0, 1, 7),
    "quartal": (0, 5, 10),
    "cluster": (0, 1, 2, 7),
}
_RAISED = frozenset({4, 8, 11, 18})  # intervals that are raised degrees when foreign to the key
_NUMERAL = re.compile(r"([b#]?)(VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i)([^/]*)(?:/([357TD]))?")
_NAMES_SHARP = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_NAMES_FLAT = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_SHARP_MAJORS = frozenset({7, 2, 9, 4, 11, 6})  # G D A E B F#


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord in a key, not yet placed or voiced. `classes` are pitch classes, root first."""

    numeral: str
    symbol: str
    root: int
    bass: int
    classes: tuple[int, ...]
    intervals: tuple[int, ...]
    scale: tuple[int, ...]  # the seven pitch classes that fit over it, ascending from the key's tonic

    @property
    def third(self) -> int | None:
        """The pitch class of its third, if it has one."""
        return next(((self.root + i) % 12 for i in self.intervals if i in (3, 4)), None)

    @property
    def seventh(self) -> int | None:
        return next(((self.root + i) % 12 for i in self.intervals if i in (9, 10, 11)), None)

    @property
    def fifth(self) -> int:
        return next(((self.root + i) % 12 for i in self.intervals if i in (6, 7, 8)), (self.root + 7) % 12)

    @property
    def dominant(self) -> bool:
        """Does it pull: a major third with a minor seventh?"""
        return 4 in self.intervals and 10 in self.intervals


def _colours(minor: bool) -> dict[str, tuple[int, ...]]:
    return (_MINOR if minor else _MAJOR) | _OPEN


def check_progression(text: str) -> int:
    """The number of cells; DataError when a numeral cannot be read."""
    cells = progression_cells(text)
    for cell in cells:
        for numeral in cell:
            harmony(numeral, Key(0, "major"))
    return len(cells)


def progression_cells(text: str) -> tuple[tuple[str, ...], ...]:
    """The bars of a written progression, each a tuple of numerals."""
    return tuple(tuple(cell.split()) for cell in text.split("|"))


def key_scale(key: Key) -> tuple[int, ...]:
    """The pitch classes of the key, tonic first."""
    return tuple((key.tonic + step) % 12 for step in SCALES[key.mode])


def tune_scale(steps: tuple[int, ...], key: Key, chord: Harmony) -> tuple[int, ...]:
    """The pitch classes a tune may use over a chord: those of its own scale (semitones above the tonic) that the chord
    does not bend away, and the scale's notes from outside the key (blue thirds, flat seconds)."""
    if not steps:
        return chord.scale
    own = {(key.tonic + step) % 12 for step in steps}
    plain = set(key_scale(key))
    left = tuple(sorted(tone for tone in own if tone in chord.scale or tone not in plain))
    return left if len(left) > 2 else chord.scale


def pitch_name(pitch_class: int, key: Key) -> str:
    """The spelling a reader of this key expects."""
    relative_major = (key.tonic + (3 if key.minor else 0)) % 12
    names = _NAMES_SHARP if relative_major in _SHARP_MAJORS else _NAMES_FLAT
    return names[pitch_class % 12]


@lru_cache(maxsize=4096)
def harmony(numeral: str, key: Key) -> Harmony:
    """Read a roman numeral in a key; DataError when it is none."""
    match = _NUMERAL.fullmatch(numeral)
    if match is None:
        raise DataError(f"{numeral!r} is no chord numeral.", 'Write for example "ii9", "bVImaj7" or "V7sus4/5".')
    accidental, degree, colour, slash = match.groups()
    minor = degree.islower()
    known = _colours(minor)
    if colour not in known:
        raise DataError(f"{numeral!r}: unknown colour {colour!r}.", one_of(colour, known))
    base = SCALES["minor" if key.minor else "major"][_DEGREES[degree.lower()]]
    root = (key.tonic + base + {"": 0, "b": -1, "#": 1}[accidental]) % 12
    intervals = known[colour]
    classes = tuple((root + step) % 12 for step in intervals)
    bass = _bass(slash, root, intervals, key)
    symbol = _symbol(root, bass, colour, minor, key)
    return Harmony(numeral, symbol, root, bass, classes, intervals, _scale_over(root, intervals, key))


def _bass(slash: str | None, root: int, intervals: tuple[int, ...], key: Key) -> int:
    if slash is None:
        return root
    if slash in "TD":
        return key.tonic if slash == "T" else (key.tonic + 7) % 12
    wanted = {"3": (3, 4), "5": (7, 6, 8), "7": (10, 11, 9)}[slash]
    return next(((root + step) % 12 for step in wanted if step in intervals), root)


def _symbol(root: int, bass: int, colour: str, minor: bool, key: Key) -> str:
    third = (
        "m"
        if minor and not colour.startswith(("dim", "m7b5", "sus", "5", "7sus", "9sus", "quartal", "cluster"))
        else ""
    )
    middle = f"({colour})" if third and colour in ("maj7", "maj9", "add9", "69") else colour
    text = pitch_name(root, key) + third + middle
    return text if bass == root else f"{text}/{pitch_name(bass, key)}"


def _scale_over(root: int, intervals: tuple[int, ...], key: Key) -> tuple[int, ...]:
    """The key's scale bent to a chord: a foreign note takes the place of the degree it raises or lowers.

    Major thirds, sharp fifths and elevenths, and major sevenths are raised degrees; other foreign notes are lowered.
    """
    scale = list(key_scale(key))
    classes = {(root + step) % 12 for step in intervals}
    for step in intervals:
        tone = (root + step) % 12
        if tone in scale:
            continue
        first, second = ((tone - 1) % 12, (tone + 1) % 12) if step in _RAISED else ((tone + 1) % 12, (tone - 1) % 12)
        gives_way = first if first in scale and first not in classes else second
        if gives_way in scale and gives_way not in classes:
            scale[scale.index(gives_way)] = tone
    return tuple(sorted(set(scale), key=lambda s: (s - key.tonic) % 12))
