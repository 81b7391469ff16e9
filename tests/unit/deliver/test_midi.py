"""The MIDI file says the same music at the same times."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelscore.deliver.midi import key_signature, midi_bytes
from reelscore.deliver.tempo_track import tick_map
from reelscore.values.brief import Key
from reelscore.values.score import Feel, Score
from reelscore.values.time import Bar, Meter, TempoMap, TempoStep, swung
from tests.unit.deliver.song import PROGRAMS, hits, moving_map, song


def read(score: Score) -> Any:
    return mido.MidiFile(file=io.BytesIO(midi_bytes(score, PROGRAMS, hits())))


def timed(file: Any, track: int) -> list[tuple[float, Any]]:
    """(seconds, message) of one track, by the file's own tempo map, worked out from scratch."""
    changes, now = [], 0
    for message in file.tracks[0]:
        now += message.time
        if message.type == "set_tempo":
            changes.append((now, message.tempo))
    out, now = [], 0
    for message in file.tracks[track]:
        now += message.time
        at = 0.0
        for n, (tick, tempo) in enumerate(changes):
            until = min(now, changes[n + 1][0]) if n + 1 < len(changes) else now
            at += max(0, until - tick) * tempo / 1e6 / file.ticks_per_beat
        out.append((at, message))
    return out


def struck(file: Any, track: int) -> list[tuple[float, int]]:
    return [(at, m.note) for at, m in timed(file, track) if m.type == "note_on"]


@pytest.mark.parametrize("start", [Fraction(0), Fraction(1, 2), Fraction(311, 100), Fraction(-3, 10), Fraction(1, 50)])
def test_every_note_sounds_when_the_tempo_map_says(start: Fraction) -> None:
    """Within a millisecond, whether the music starts with the film, after it or before it."""
    score = song(moving_map(start))
    before = max(Fraction(0), -start)
    expected = [float(score.tempo_map.seconds_at(n.at) + before) for n in score.notes_of("chords")]
    found = [at for at, _ in struck(read(score), 1)]
    assert len(found) == len(expected)
    assert max(abs(a - b) for a, b in zip(sorted(found), sorted(expected), strict=True)) < 0.001


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.fractions(Fraction(1, 4), Fraction(3, 2), max_denominator=9973), min_size=1, max_size=40),
    st.fractions(0, 5, max_denominator=999),
)
def test_every_bar_is_within_a_millisecond(beats: list[Fraction], start: Fraction) -> None:
    steps = tuple(TempoStep(Fraction(4 * n), spb) for n, spb in enumerate(beats))
    bars = tuple(Bar(n, Fraction(4 * n), Meter()) for n in range(len(beats) + 400))
    tempo_map = TempoMap(start, steps, bars)
    ticks = tick_map(tempo_map, tempo_map.end)
    at, place, tempo, events = Fraction(0), 0, 0, iter([*ticks.tempi, None])
    following = next(events)
    for bar in bars:
        tick = ticks.tick(bar.start)
        while following is not None and following.tick <= tick:
            at += Fraction((following.tick - place) * tempo, 960_000_000)
            place, tempo, following = following.tick, following.micros, next(events)
        at += Fraction((tick - place) * tempo, 960_000_000)
        place = tick
        assert abs(at - tempo_map.seconds_at(bar.start)) < Fraction(1, 1000)


def test_one_tempo_is_one_event() -> None:
    """A plain song opens in a music program as a plain song."""
    tempo_map = TempoMap.constant(Fraction(120), Meter(4, 4), 16)
    assert [(e.tick, e.micros) for e in tick_map(tempo_map, tempo_map.end).tempi] == [(0, 500_000)]


def test_bars_of_the_lead_in_and_of_odd_meters_are_told() -> None:
    file = read(song(moving_map(Fraction(2))))
    signatures = [(m.numerator, m.denominator) for _, m in timed(file, 0) if m.type == "time_signature"]
    assert signatures == [(13, 16), (4, 4), (3, 4), (4, 4)]  # two seconds are 3 1/4 beats of 97 bpm


def test_swing_is_written_but_effects_are_not_swung() -> None:
    feel = Feel(swing8=Fraction(2, 3))
    score = song(TempoMap.constant(Fraction(100), Meter(4, 4), 4), feel)
    expected = [swung(note.at, feel.swing8, feel.swing16) * Fraction(60, 100) for note in score.notes_of("drums")]
    assert [at for at, _ in struck(read(score), 2)] == pytest.approx([float(e) for e in expected], abs=1e-3)
    riser = score.notes_of("fx")[0]
    assert struck(read(score), 3)[0][0] == pytest.approx(float(riser.at) * 0.6, abs=1e-4)


def test_tracks_programs_and_channels() -> None:
    file = read(song())
    assert (file.type, file.ticks_per_beat, len(file.tracks)) == (1, 960, 4)
    assert [t.name for t in file.tracks] == ["Tide", "chords", "drums", "fx"]
    programs = [(m.channel, m.program) for t in file.tracks[1:] for m in t if m.type == "program_change"]
    assert programs == [(0, 0), (9, 0), (1, 119)]


def test_sections_hits_and_keys_are_marked() -> None:
    conductor = timed(read(song()), 0)
    texts = [m.text for _, m in conductor if m.type == "marker"]
    assert texts == ["A (theme)", "hit: logo (downbeat)", "B (ending)", "hit: cut (beat)", "hit: cut (none)"]
    logo = next(at for at, m in conductor if m.type == "marker" and m.text.startswith("hit: logo"))
    assert logo == pytest.approx(2.0, abs=0.001)
    assert [m.key for _, m in conductor if m.type == "key_signature"] == ["Am"]


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        (Key(9, "minor"), "Am"),
        (Key(2, "dorian"), "Am"),
        (Key(7, "mixolydian"), "C"),
        (Key(5, "lydian"), "C"),
        (Key(4, "phrygian"), "Am"),
        (Key(1, "major"), "Db"),
        (Key(8, "harmonic minor"), "G#m"),
    ],
    ids=str,
)
def test_modes_take_the_signature_with_their_accidentals(key: Key, signature: str) -> None:
    assert key_signature(key) == signature


def test_no_note_hangs_or_overlaps_itself() -> None:
    file = read(song())
    for track in file.tracks[1:]:
        open_notes: set[int] = set()
        for message in track:
            if message.type == "note_on":
                assert message.note not in open_notes
                open_notes.add(message.note)
            elif message.type == "note_off":
                open_notes.remove(message.note)
        assert open_notes == set()


def test_curves_and_pedal_become_controllers() -> None:
    controls = [(at, m.control, m.value) for at, m in timed(read(song()), 1) if m.type == "control_change"]
    expression = [value for _, number, value in controls if number == 11]
    assert expression == sorted(expression)
    assert (expression[0], expression[-1]) == (25, 127)
    assert len(expression) > 8
    assert [value for _, number, value in controls if number == 64] == [127, 0]


def test_equal_scores_give_equal_bytes() -> None:
    assert midi_bytes(song(), PROGRAMS, hits()) == midi_bytes(song(), PROGRAMS, hits())
