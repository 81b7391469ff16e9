"""A small song, brief and mix for the tests of this folder: written by hand, cheap to make."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reelscore.deliver.provenance import Provenance, Sound, make_provenance
from reelscore.deliver.report import Rates, Report, StageTime, make_report
from reelscore.values.brief import Brief, FitFigures, Hit, HitResult, Key, Reason
from reelscore.values.score import Chord, Colour, Control, Feel, Note, Part, Player, Score, Section
from reelscore.values.sound import Loudness, Mix, Samples, Stem
from reelscore.values.time import Bar, Meter, Span, TempoMap, TempoStep

A_MINOR = Key(9, "minor")
D_DORIAN = Key(2, "dorian")
PROGRAMS = {"grand_piano": (0, False), "pop_kit": (0, True), "riser": (119, False)}
FOUR = Meter(4, 4)


def moving_map(start: Fraction = Fraction(0)) -> TempoMap:
    """Eight bars, one of them 3/4, with a tempo of its own for almost every beat, none of which MIDI can write."""
    meters = [FOUR, FOUR, Meter(3, 4), *[FOUR] * 5]
    bars, at = [], Fraction(0)
    for n, meter in enumerate(meters):
        bars.append(Bar(n, at, meter))
        at += meter.beats
    steps = [TempoStep(Fraction(n), Fraction(60, 97) + Fraction(n % 7, 1009)) for n in range(int(at) - 4)]
    return TempoMap(start, tuple(steps), tuple(bars))


def song(tempo_map: TempoMap | None = None, feel: Feel | None = None) -> Score:
    """Two sections, three players: piano, kit, and a riser into bar 3."""
    tempo_map = tempo_map or moving_map()
    split, end = tempo_map.bars[2].start, tempo_map.end
    chord = Chord(Fraction(0), Fraction(4), "Am", "i", 9, 9, (9, 0, 4), (57, 60, 64))
    eighths = tuple(Note(Fraction(n, 2), Fraction(1, 2), 57 + n % 12, 60 + n, "") for n in range(int(split * 2)))
    kit = tuple(Note(Fraction(n, 2), Fraction(1, 4), 36 if n % 2 == 0 else 42, 90) for n in range(int(split * 2)))
    swell = (Control(Fraction(0), "expression", 0.2), Control(Fraction(4), "expression", 1.0))
    pedal = (Control(Fraction(0), "sustain", 1.0), Control(Fraction(2), "sustain", 0.0))
    riser = (Note(split - 2, Fraction(2), 60, 80),)
    chords = (Note(split, Fraction(4), 57, 80), Note(split, Fraction(4), 64, 80), Note(end - 1, Fraction(5), 57, 99))
    first = Section(
        0, "A", "theme", 0, 2, Fraction(0), split, 0.6, A_MINOR, (chord,),
        (Part("chords", eighths, swell + pedal), Part("drums", kit), Part("fx", riser)),
    )  # fmt: skip
    bars = len(tempo_map.bars) - 2
    second = Section(1, "B", "ending", 2, bars, split, end, 0.8, D_DORIAN, (), (Part("chords", chords),))
    players = (
        Player("chords", "chords", "grand_piano", pan=-0.3, gain_db=-2.0),
        Player("drums", "drums", "pop_kit"),
        Player("fx", "fx", "riser"),
    )
    return Score(
        "Tide", "lofi", "calm", 7, tempo_map, players, (first, second), feel or Feel(), Colour(), end - 1
    )  # fmt: skip


def hits() -> tuple[HitResult, ...]:
    """One kept on a downbeat, one on a beat, one missed."""
    return (
        HitResult(Hit(Fraction(2), 1.0, "user", "logo"), "downbeat", Fraction(-3, 1000), True),
        HitResult(Hit(Fraction(5), 0.6, "cut"), "beat", Fraction(12, 1000), True),
        HitResult(Hit(Fraction(7), 0.4, "cut"), "none", Fraction(140, 1000), False),
    )


def brief() -> Brief:
    """The brief the song answers."""
    return Brief(
        prompt="calm, please",
        language="en",
        genre="lofi",
        mood="calm",
        duration=Fraction(20),
        seed=7,
        key=A_MINOR,
        meter=FOUR,
        bpm=Fraction(97),
        bpm_locked=False,
        tempo_map=moving_map(),
        frame_rate=Fraction(25),
        hits=hits(),
        fit=FitFigures(False, 96.2, 96.8, 0.011, 0.125, 0.8, 0.5, 0.2, 0.05, 0.25, 0.1),
        speech=(Span(Fraction(1), Fraction(3)),),
        original_audio="keep",
        reasons=(Reason("mood", "calm", "prompt", "you said calm"),),
        notes=("No room for drums.",),
    )


def mix(seconds: float = 1.0) -> Mix:
    """Three stems of noise that pass full scale where they meet, and their sum."""
    frames = round(48_000 * seconds)
    chance = np.random.default_rng(5)
    parts = [(chance.standard_normal((frames, 2)) * 0.4).astype(np.float32) for _ in range(3)]
    stems = tuple(Stem(name, name, part) for name, part in zip(("chords", "drums", "fx"), parts, strict=True))
    whole: Samples = np.sum(parts, axis=0, dtype=np.float32)
    return Mix(np.clip(whole, -0.9, 0.9), whole, stems, Loudness(-14.0, 4.0, -1.0), np.full(frames, -6, np.float32))


def report() -> Report:
    """A report with every field in use."""
    return make_report(
        brief(),
        song(),
        result="film.mp4",
        loudness=Loudness(-14.2, 4.2, -1.1),
        heard_ms=(-2.5, 11.0, None),
        chance=Rates(0.2, 0.05),
        fixed_120=Rates(0.25, 0.1),
        ducking_db=np.full(48_000 * 4, -7.5, np.float32),
        picture="The picture (H.264) is copied untouched into MP4; the sound is AAC.",
        picture_copied=True,
        stages=(StageTime("compose", 0.5), StageTime("write", 1.25)),
    )


def provenance() -> Provenance:
    """A provenance without files yet."""
    sound = Sound("FluidR3Mono_GM.sf3", "MIT", "in the package")
    return make_provenance(brief(), "0.1.0", sounds=(sound, sound), command=("reelscore", "score", "my film.mp4"))
