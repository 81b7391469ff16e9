"""Another take of the same piece: bars put into a recording, and loops that go round."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.loop import fold
from reelscore.perform.record import record
from reelscore.perform.splice import splice
from reelscore.values.brief import LoudnessTarget
from reelscore.values.codec import dumps, from_json
from reelscore.values.levels import Levels
from reelscore.values.score import Part, Score
from reelscore.values.sound import SAMPLE_RATE

from .pieces import piece

pytestmark = pytest.mark.slow


def _changed(score: Score, start: Fraction, end: Fraction) -> Score:
    """The same piece with every note that begins in these beats a whole tone higher, drums excepted."""

    def moved(part: Part) -> Part:
        if part.player == "drums":
            return part
        notes = tuple(replace(n, pitch=n.pitch + 2) if start <= n.at < end else n for n in part.notes)
        return replace(part, notes=notes)

    sections = tuple(replace(s, parts=tuple(moved(part) for part in s.parts)) for s in score.sections)
    return replace(score, sections=sections)


def test_levels_make_the_same_take_again() -> None:
    """A take with its own levels given back is the same to the bit, and levels survive being stored."""
    import json

    score = piece(4)
    first = record(score, Fraction(9), LoudnessTarget(), stems=False)
    stored = from_json(Levels, json.loads(dumps(first.levels)))
    again = record(score, Fraction(9), LoudnessTarget(), stems=False, like=stored)
    assert stored == first.levels
    assert again.mix.samples.tobytes() == first.mix.samples.tobytes()


def test_bars_put_in_change_nothing_else() -> None:
    """Outside the bars and their ring every sample of the finished music is the old one; inside it is new."""
    score = piece(12)
    first = record(score, Fraction(26), LoudnessTarget(), stems=False)
    other = record(
        _changed(score, Fraction(16), Fraction(24)), Fraction(26), LoudnessTarget(), stems=False, like=first.levels
    )
    start, end = (round(float(score.tempo_map.seconds_at(Fraction(b))) * SAMPLE_RATE) for b in (16, 24))
    joined, (first_new, last_new) = splice(first.mix.samples, other.mix.samples, start, end)
    assert joined[:first_new].tobytes() == first.mix.samples[:first_new].tobytes()
    assert joined[last_new:].tobytes() == first.mix.samples[last_new:].tobytes()
    assert start - 0.1 * SAMPLE_RATE < first_new < start
    assert end < last_new < end + 6 * SAMPLE_RATE
    inside = slice(start + 4800, end - 4800)
    assert np.abs(joined[inside] - first.mix.samples[inside]).max() > 0.05
    np.testing.assert_array_equal(joined[start:end], other.mix.samples[start:end])
    steps, before, after = (
        np.abs(np.diff(sound.astype(np.float64), axis=0)).max(axis=1)
        for sound in (joined, first.mix.samples, other.mix.samples)
    )
    for seam in (first_new, last_new):
        near = slice(seam - 960, seam + 960)
        assert steps[near].max() <= 1.01 * max(before[near].max(), after[near].max())


def test_a_loop_goes_round() -> None:
    """Played twice in a row, nothing at the join stands out, and the ring of its end is heard over its beginning."""
    score = replace(piece(4), loop=True)
    straight = record(piece(4), Fraction(8), LoudnessTarget(), stems=False)
    loop = record(score, Fraction(8), LoudnessTarget())
    assert len(loop.mix.samples) == 8 * SAMPLE_RATE
    twice = np.concatenate([loop.mix.samples, loop.mix.samples]).astype(np.float64)
    steps = np.abs(np.diff(twice, axis=0)).max(axis=1)
    bars = [round(float(score.tempo_map.seconds_at(bar.start)) * SAMPLE_RATE) for bar in score.tempo_map.bars[1:]]
    usual = max(steps[at - 48 : at + 48].max() for at in bars)  # how a downbeat begins elsewhere
    join = 8 * SAMPLE_RATE
    assert steps[join - 48 : join + 48].max() <= 1.2 * usual
    assert abs(loop.mix.loudness.integrated_lufs + 14) < 0.3
    quiet = slice(8 * SAMPLE_RATE - 1200, 8 * SAMPLE_RATE)
    assert np.abs(loop.mix.samples[quiet]).mean() > 2 * np.abs(straight.mix.samples[quiet]).mean()
    total = np.sum([stem.samples * np.float32(stem.gain) for stem in loop.mix.stems], axis=0)
    np.testing.assert_allclose(total, loop.mix.unmastered, atol=2e-5)


def test_folding_keeps_everything() -> None:
    """Nothing that rang is lost, however often it goes round."""
    sound = np.arange(50, dtype=np.float32).reshape(25, 2)
    folded = fold(sound, 10)
    np.testing.assert_array_equal(folded[0], sound[0] + sound[10] + sound[20])
    np.testing.assert_array_equal(folded[7], sound[7] + sound[17])
    assert folded.sum() == sound.sum()
