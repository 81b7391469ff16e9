"""How loud each instrument is before the mixer: velocity 100, middle of its range. Prints what to add to `gain_db`.

python -m tests.bench.levels            all instruments
python -m tests.bench.levels cello      some
"""

from __future__ import annotations

import sys
from fractions import Fraction

from reelscore.perform.band import render_player
from reelscore.perform.tables import Instrument, instrument, instruments
from reelscore.values.brief import Key
from reelscore.values.loudness import measure
from reelscore.values.score import Colour, Feel, Note, Part, Player, Score, Section
from reelscore.values.sound import SAMPLE_RATE, PlayedNote
from reelscore.values.time import Meter, TempoMap

TARGET_LUFS = -23.0
KIT_TARGET_LUFS = -21.0
PERCUSSION_TARGET_LUFS = -26.0  # few short strokes: more would only be peaks
_SECONDS = 4
_BEAT = ((36, 100, 0), (42, 80, 0), (42, 70, 1), (38, 100, 2), (42, 80, 2), (42, 70, 3))  # pitch, velocity, eighth
_SMALL = ((82, 90, 0), (82, 70, 1), (54, 90, 2), (82, 70, 3))
_BIG = ((36, 100, 0), (41, 100, 1), (45, 90, 2), (50, 90, 3))


def phrase(plays: Instrument) -> list[PlayedNote]:
    """Four half-second notes up and down the middle of the range, or two bars of a beat."""
    if plays.kit:
        beat = {"light_percussion": _SMALL, "cinematic_drums": _BIG}.get(plays.name, _BEAT)
        return [
            PlayedNote("p", Fraction(bar) + Fraction(eighth, 4), Fraction(1, 4), pitch, velocity)
            for bar in range(_SECONDS)
            for pitch, velocity, eighth in beat
        ]
    middle = (plays.low + plays.high) // 2
    steps = (-7, -3, 0, 4, 7, 4, 0, -3)
    return [PlayedNote("p", Fraction(i, 2), Fraction(1, 2), middle + step, 100) for i, step in enumerate(steps)]


def loudness(name: str) -> float:
    """Integrated LUFS of the phrase."""
    tempo_map = TempoMap.constant(Fraction(120), Meter(), 2)
    player = Player("p", "chords", name)
    section = Section(
        0, "A", "theme", 0, 2, Fraction(0), tempo_map.end, 1.0, Key(0, "major"), (),
        (Part("p", (Note(Fraction(0), Fraction(1), 60, 100),)),),
    )  # fmt: skip
    score = Score("", "", "", 1, tempo_map, (player,), (section,), Feel(), Colour(), tempo_map.end)
    return measure(render_player(score, player, phrase(instrument(name)), _SECONDS * SAMPLE_RATE)).integrated_lufs


def main() -> None:
    for name in sys.argv[1:] or list(instruments()):
        plays = instrument(name)
        if plays.family == "fx":
            continue
        level = loudness(name)
        wanted = {"drums": KIT_TARGET_LUFS, "percussion": PERCUSSION_TARGET_LUFS}.get(plays.family, TARGET_LUFS)
        print(f"{name:18} {level:7.2f} LUFS   gain_db {plays.gain_db:+5.1f} -> {plays.gain_db + wanted - level:+5.1f}")


if __name__ == "__main__":
    main()
