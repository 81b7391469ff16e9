"""The tempo map keeps its promises: exact, contiguous, steady, and on the hits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelscore.brief.bar_lines import Stretch, bar_lines, pulse_offsets, pulses_of
from reelscore.brief.hit_points import TempoFit, fit_tempo
from reelscore.brief.steady import filling_tempo
from reelscore.brief.tempo_curve import tempo_curve
from reelscore.values.brief import Hit
from reelscore.values.time import Meter

pytestmark = pytest.mark.slow

FILM = Fraction(30)
NTSC = Fraction(30000, 1001)
METERS = [Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(5, 4), Meter(7, 8)]


def cuts(*at: float, kind: str = "cut", weight: float = 1.0, rate: Fraction = FILM) -> list[Hit]:
    """Hits on whole frames."""
    return [Hit(round(t * float(rate)) / rate, weight, kind) for t in at]


def fit(
    hits: list[Hit],
    duration: float = 30,
    bpm: int = 110,
    locked: bool = False,
    meter: Meter = METERS[0],
    rate: Fraction | None = FILM,
) -> TempoFit:
    """Fitted between 70 and 150 bpm."""
    return fit_tempo(hits, Fraction(duration), rate, Fraction(bpm), Fraction(70), Fraction(150), locked, meter)


def random_edit(seed: int, seconds: int, shortest: float = 2, longest: float = 6) -> list[Hit]:
    """Shots of two to six seconds, or as said."""
    at = np.cumsum(np.random.default_rng(seed).uniform(shortest, longest, seconds))
    return cuts(*at[at < seconds - 0.5])


def lognormal_edit(seed: int, count: int, seconds: int) -> list[Hit]:
    """So many cuts, with shots as unequal as in real edits."""
    shots = np.random.default_rng(seed).lognormal(0, 0.5, count + 1)
    return cuts(*np.cumsum(shots / shots.sum() * seconds)[:-1])


def largest_drift(found: TempoFit) -> float:
    """The largest change of mean tempo from one bar to the next."""
    tempo = [
        found.tempo_map.seconds_at(bar.end) - found.tempo_map.seconds_at(bar.start) for bar in found.tempo_map.bars
    ]
    mean = [float(t / bar.meter.beats) for t, bar in zip(tempo, found.tempo_map.bars, strict=True)]
    return max((abs(b / a - 1) for a, b in pairwise(mean)), default=0.0)


def check_map(found: TempoFit, duration: Fraction, meter: Meter) -> None:
    """What holds for every map."""
    tempo_map = found.tempo_map
    assert tempo_map.steps[0].at == 0
    assert all(step.seconds_per_beat > 0 for step in tempo_map.steps)
    assert all(a.at < b.at for a, b in pairwise(tempo_map.steps))
    assert tempo_map.bars[0].start == 0
    assert all(a.end == b.start and b.index == a.index + 1 for a, b in pairwise(tempo_map.bars))
    assert tempo_map.seconds_at(tempo_map.end) >= duration
    assert tempo_map.seconds_at(tempo_map.bars[-1].start) < duration
    assert found.final_beat in [bar.start for bar in tempo_map.bars]
    assert found.final_beat == 0 or tempo_map.seconds_at(found.final_beat) < duration


moments = st.integers(0, 40 * 30).map(lambda frame: Fraction(frame, 30))
some_hits = st.lists(
    st.builds(Hit, moments, st.floats(0.05, 1.0), st.sampled_from(["cut", "dissolve", "motion", "user"])), max_size=14
)


@settings(max_examples=40, deadline=None)
@given(some_hits, st.sampled_from(METERS), st.integers(75, 145), st.booleans(), st.sampled_from([FILM, NTSC, None]))
def test_any_hits_give_a_sound_map(
    hits: list[Hit], meter: Meter, bpm: int, locked: bool, rate: Fraction | None
) -> None:
    """Whatever the hits: a rising map, contiguous bars, honest landings, kept ones within one frame of their beat."""
    found = fit(hits, 40, bpm, locked, meter, rate)
    check_map(found, Fraction(40), meter)
    frame = 1 / rate if rate else Fraction(1, 25)
    pulses = {pulse for bar in found.tempo_map.bars for pulse in pulses_of(bar)} | {found.tempo_map.end}
    downbeats = {bar.start for bar in found.tempo_map.bars} | {found.tempo_map.end}
    assert [result.hit for result in found.hits] == hits
    for result in found.hits:
        assert result.beat is not None
        assert result.error == found.tempo_map.seconds_at(result.beat) - result.hit.at
        assert result.kept == (abs(result.error) <= frame)
        assert result.kept == (result.target != "none")
        assert result.target != "beat" or result.beat in pulses
        assert result.target != "downbeat" or result.beat in downbeats


@settings(max_examples=20, deadline=None)
@given(some_hits, st.sampled_from(METERS), st.integers(75, 145))
def test_a_locked_tempo_is_unchanged(hits: list[Hit], meter: Meter, bpm: int) -> None:
    """A tempo asked for by number is played from first to last, and starts within half a second."""
    found = fit(hits, 40, bpm, True, meter)
    assert [step.seconds_per_beat for step in found.tempo_map.steps] == [Fraction(60, bpm)]
    assert 0 <= found.tempo_map.start < Fraction(1, 2)
    assert found.figures.constant


@pytest.mark.parametrize("seed", range(4))
def test_typical_edits_are_served(seed: int) -> None:
    """Shots of two to six seconds: nearly every cut on a beat, most on a downbeat, no step that a listener notices."""
    found = fit(random_edit(seed, 60), 60)
    figures = found.figures
    assert figures.beat_rate >= 0.9
    assert figures.downbeat_rate >= 0.6
    assert figures.odd_bars < 0.05
    assert figures.largest_step < 0.027
    assert figures.beat_rate > 2 * figures.fixed_beat_rate
    assert figures.beat_rate > 4 * figures.chance_beat_rate


EDITS: dict[str, tuple[Callable[[int], list[Hit]], Meter, float, float]] = {
    "shots of 2-6 s": (lambda seed: random_edit(seed, 60), Meter(4, 4), 0.95, 0.75),
    "24 cuts a minute": (lambda seed: lognormal_edit(seed, 24, 60), Meter(4, 4), 0.88, 0.53),
    "24 cuts a minute, half bars": (lambda seed: lognormal_edit(seed, 24, 60), Meter(2, 4), 0.9, 0.75),
    "shots of 1-3 s": (lambda seed: random_edit(seed, 60, 1, 3), Meter(4, 4), 0.83, 0.5),
    "shots of 1-3 s, half bars": (lambda seed: random_edit(seed, 60, 1, 3), Meter(2, 4), 0.9, 0.72),
}


@pytest.mark.parametrize("name", EDITS)
def test_edits_of_every_pace_are_served(name: str) -> None:
    """Five edits of a kind: the mean rates, and in each no step, drift or odd bars that a listener would notice."""
    edit, meter, beats, downbeats = EDITS[name]
    found = [fit(edit(seed), 60, meter=meter) for seed in range(500, 505)]
    assert np.mean([f.figures.beat_rate for f in found]) >= beats
    assert np.mean([f.figures.downbeat_rate for f in found]) >= downbeats
    for one in found:
        assert one.figures.largest_step <= 0.0305
        assert one.figures.odd_bars < 0.05
        assert largest_drift(one) <= 0.0835
        assert 70 * 0.97 <= one.figures.slowest_bpm < one.figures.fastest_bpm <= 150 * 1.03


def test_weak_cuts_give_way_to_strong_ones() -> None:
    """Cuts that hardly count do not keep the others from their beats."""
    strong = random_edit(4, 40)
    weak = cuts(*(float(hit.at) + 0.37 for hit in strong[::2]), weight=0.02)
    landed = {result.hit: result.target for result in fit([*strong, *weak], 40).hits}
    kept = [landed[hit] in ("beat", "downbeat") for hit in strong]
    assert np.mean(kept) >= 0.9


def test_a_persons_hit_lies_exactly_on_its_beat() -> None:
    """User hits do not give way by a microsecond, even between cuts and at an odd frame rate."""
    own = [Hit(Fraction(1001 * 371, 30000), 1.0, "user"), Hit(Fraction(77, 4), 1.0, "user")]
    found = fit(cuts(3.1, 5.9, 8.4, 16.2, 23.3, rate=NTSC) + own, rate=NTSC)
    landed = [result for result in found.hits if result.hit.kind == "user"]
    assert [result.error for result in landed] == [0, 0]
    assert all(result.target in ("beat", "downbeat") for result in landed)
    assert found.notes == ()


def test_a_single_hit_is_a_downbeat() -> None:
    """One hit of a person's own, anywhere after the first bars, is a downbeat at nearly one tempo."""
    for at in (5.0, 7.77, 12.5, 20.04):
        found = fit(cuts(at, kind="user"))
        assert found.hits[0].target == "downbeat"
        assert found.hits[0].error == 0
        assert found.figures.largest_step < 0.01


def test_hits_that_exclude_each_other_are_named() -> None:
    """Two of a person's hits a tenth of a second apart: one is kept, the note says why the other is not."""
    found = fit(cuts(10.0, 10.2, kind="user"))
    assert sorted(result.target in ("beat", "downbeat") for result in found.hits) == [False, True]
    assert len(found.notes) == 1
    assert "too close to the hit at" in found.notes[0]


def test_a_persons_hit_wins_over_cuts() -> None:
    """A user hit just beside a cut is the one that is kept."""
    found = fit([*cuts(4, 8, 12.0, 16, 20), *cuts(12.2, kind="user")])
    assert found.hits[-1].target in ("beat", "downbeat")
    assert found.hits[-1].error == 0


def test_an_edit_made_at_one_tempo_keeps_it() -> None:
    """Cuts on the bars of 120 bpm from second 0: that very tempo, constant, every cut on a downbeat."""
    found = fit(cuts(*(2.0 * k for k in range(1, 14))), bpm=115)
    assert found.figures.constant
    assert found.figures.slowest_bpm == pytest.approx(120, abs=0.15)
    assert found.figures.downbeat_rate == 1.0


def test_cuts_shift_as_little_as_needed() -> None:
    """A cut that lands on a beat is less than a frame off, most of them by much less."""
    found = [fit(random_edit(seed, 60), 60) for seed in (7, 8, 9)]
    errors = [abs(float(r.error)) for one in found for r in one.hits if r.target in ("beat", "downbeat")]
    assert max(errors) <= 1 / 30
    assert float(np.median(errors)) < 0.02


@pytest.mark.parametrize(
    "duration", [Fraction(1), Fraction(3), Fraction(10), Fraction(60), Fraction(901, 7), Fraction(3600)]
)
@pytest.mark.parametrize("meter", METERS, ids=str)
def test_music_alone_comes_out_even(duration: Fraction, meter: Meter) -> None:
    """Without hits the tempo is constant, near the one asked for, and whole bars fill all but the shortest pieces."""
    found = fit_tempo([], duration, None, Fraction(100), Fraction(80), Fraction(120), False, meter)
    check_map(found, duration, meter)
    assert found.figures.constant
    assert abs(found.tempo_map.mean_bpm / 100 - 1) <= 0.051
    if duration >= 60:
        assert found.tempo_map.seconds_at(found.tempo_map.end) == duration


def test_music_alone_prefers_whole_phrases() -> None:
    """At 60 s near 120 bpm: seven phrases of four bars, and a bar for the last chord."""
    tempo = filling_tempo(Fraction(60), Fraction(120), Fraction(100), Fraction(140), Meter())
    assert tempo * Fraction(60) / 60 / 4 == 29


@pytest.mark.parametrize("at", [0.0, 0.01, 29.99, 30.0])
def test_hits_at_the_edges_are_harmless(at: float) -> None:
    """A hit on the first frame is the first downbeat; one at the very end does not break the map."""
    found = fit([Hit(Fraction(round(at * 100), 100), 1.0, "cut"), *cuts(10, 10, 20)])
    check_map(found, Fraction(30), Meter())
    if at < 0.02:
        assert found.hits[0].target == "downbeat"


@pytest.mark.parametrize("duration", [1, 2, 4])
def test_a_film_of_a_second_has_a_map(duration: int) -> None:
    """Very short films with a cut in the middle."""
    found = fit(cuts(duration / 2), duration)
    check_map(found, Fraction(duration), Meter())
    assert found.tempo_map.start == 0


def test_the_last_chord_has_time_to_ring() -> None:
    """The ending's downbeat leaves 1.2 s at least, and a bar more at most."""
    for seed in range(3):
        found = fit(random_edit(seed, 40), 40)
        ring = 40 - float(found.tempo_map.seconds_at(found.final_beat))
        assert 1.2 <= ring <= 1.2 + 4 * 60 / found.figures.slowest_bpm + 0.1


def test_an_hour_with_hundreds_of_hits() -> None:
    """An hour with seven hundred cuts is fitted, and as well as a minute is."""
    found = fit(random_edit(1, 3600), 3600)
    check_map(found, Fraction(3600), Meter())
    assert found.figures.beat_rate > 0.85


def test_the_same_hits_give_the_same_map() -> None:
    """Nothing is left to chance."""
    assert fit(random_edit(3, 30)).tempo_map == fit(random_edit(3, 30)).tempo_map


@pytest.mark.parametrize(
    ("meter", "offsets"),
    [
        (Meter(4, 4), (0, 1, 2, 3, 4)),
        (Meter(6, 8), (0, Fraction(3, 2), 3)),
        (Meter(7, 8), (0, 1, 2, Fraction(7, 2))),
        (Meter(3, 8), (0, Fraction(3, 2))),
        (Meter(2, 2), (0, 2, 4)),
    ],
    ids=str,
)
def test_pulses_are_what_a_foot_taps(meter: Meter, offsets: tuple[Fraction, ...]) -> None:
    """Simple, compound and additive meters."""
    assert pulse_offsets(meter) == offsets


def test_an_odd_bar_stands_before_the_bar_it_leads_to() -> None:
    """A stretch of ten quarters to a downbeat: two whole bars, then the half bar, then the hit."""
    bars = bar_lines(Meter(), Fraction(0), [Stretch(Fraction(10), Fraction(2), 0)], Fraction(14))
    assert [bar.meter.beats for bar in bars] == [4, 4, 2, 4]


def test_a_pickup_is_a_short_first_bar() -> None:
    """A quarter, or an eighth, before the first downbeat."""
    assert [bar.meter.beats for bar in bar_lines(Meter(), Fraction(1), (), Fraction(9))] == [1, 4, 4]
    assert [str(bar.meter) for bar in bar_lines(Meter(), Fraction(1, 2), (), Fraction(9, 2))] == ["1/8", "4/4"]


def test_the_curve_passes_through_its_anchors_smoothly() -> None:
    """Three stretches whose mean tempi differ by 4 %: passed exactly, with steps far smaller than that."""
    times = np.array([0.0, 8 * 0.5, 8 * 0.5 + 8 * 0.52, 8 * 0.5 + 8 * 0.52 + 8 * 0.5])
    curve = tempo_curve(np.ones(28), np.array([0, 8, 16, 24]), times, np.zeros(4))
    assert curve[[0, 8, 16, 24]] == pytest.approx(times, abs=1e-9)
    steps = np.abs(np.diff(np.log(np.diff(curve))))
    assert steps.max() < 0.012


def test_slack_makes_the_curve_steadier() -> None:
    """An anchor that may give way by 20 ms does, within its slack, and the tempo changes less."""
    times = np.array([0.0, 2.03, 4.0, 6.0])
    index = np.array([0, 4, 8, 12])
    exact = tempo_curve(np.ones(16), index, times, np.zeros(4))
    eased = tempo_curve(np.ones(16), index, times, np.array([0.0, 0.02, 0.02, 0.02]))
    assert np.abs(eased[index] - times).max() <= 0.02 + 1e-9
    assert np.abs(np.diff(np.diff(eased))).max() < np.abs(np.diff(np.diff(exact))).max()
