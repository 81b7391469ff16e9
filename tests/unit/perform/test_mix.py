"""The mix: stems that sum to it, levels by role, a kick that makes room, mono lows, rooms that ring."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.band import render_player
from reelscore.perform.filters import bell, equalise, high_pass, high_shelf, low_pass, low_shelf, response_db
from reelscore.perform.humanise import play
from reelscore.perform.mix import PLACES, ROOMS, Desk, melody_first, shape
from reelscore.perform.space import convolve, echo, hall, room
from reelscore.perform.strip import even, mono_lows, pump
from reelscore.perform.tape import age
from reelscore.perform.voice import CONTROL_STEP
from reelscore.values.brief import ROLES
from reelscore.values.loudness import energies, integrated, lufs
from reelscore.values.score import Colour, Score
from reelscore.values.sound import SAMPLE_RATE, Samples

from .pieces import piece


def _mixed(score: Score, seconds: float, stems: bool = True) -> Desk:
    frames = round(seconds * SAMPLE_RATE)
    played = play(score)
    desk = Desk(score, played, frames, (lambda _, samples: samples) if stems else None)
    for player in melody_first(score.players):
        desk.add(shape(player, render_player(score, player, played, frames), score.colour))
    desk.finish()
    return desk


def _noise(seconds: float = 1.0) -> Samples:
    return (0.1 * np.random.default_rng(1).standard_normal((round(seconds * SAMPLE_RATE), 2))).astype(np.float32)


def _db(signal: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(signal.astype(np.float64) ** 2) + 1e-30))


@pytest.mark.parametrize("colour", [Colour(sidechain=0.6), Colour(lofi=0.8, saturation=0.7), Colour(space=1.0)])
@pytest.mark.slow
def test_stems_sum_to_the_mix(colour: Colour) -> None:
    """Null test: the difference is more than 100 dB below the mix, effects, tape and all."""
    desk = _mixed(piece(4, colour=colour), 9)
    total = np.sum([stem.astype(np.float64) for stem in desk.stems.values()], axis=0)
    assert len(desk.stems) == 8
    assert _db(total - desk.total) < _db(desk.total) - 100


def test_stems_do_not_change_the_mix() -> None:
    """The same bytes with and without them."""
    score = piece(2)
    assert _mixed(score, 5).total.tobytes() == _mixed(score, 5, stems=False).total.tobytes()


@pytest.mark.slow
def test_the_melody_stands_above_the_accompaniment_in_every_section() -> None:
    """At least 3 dB louder than each of chords, arpeggio and pad, by K-weighted loudness, with no room in the way."""
    score = piece(8, {"melody": "glockenspiel", "chords": "electric_piano", "arp": "arp_synth", "pad": "warm_pad"})
    dry = Colour(space=0.0, sidechain=0.0)
    desk = _mixed(Score(**{**{f: getattr(score, f) for f in score.__dataclass_fields__}, "colour": dry}), 16)
    for first, last in ((2, 7.5), (8.5, 15.5)):
        levels = {
            name: lufs(float(energies(stem[round(first * SAMPLE_RATE) : round(last * SAMPLE_RATE)]).mean()))
            for name, stem in desk.stems.items()
        }
        assert levels["melody"] - max(levels["chords"], levels["arp"], levels["pad"]) > 2.0


def test_every_role_has_a_place_below_the_melody() -> None:
    """Accompaniment targets lie at least 3 LU under the melody's."""
    assert set(PLACES) == set(ROLES)
    for role in ("counter", "chords", "arp", "pad"):
        assert PLACES[role].lufs <= PLACES["melody"].lufs - 3


def test_a_player_sits_at_its_roles_loudness() -> None:
    """A pad alone measures what the table says, within 1 LU (the rooms add a little)."""
    desk = _mixed(piece(4, {"pad": "warm_pad"}, colour=Colour(space=0.0)), 8)
    assert integrated(energies(desk.total)) == pytest.approx(PLACES["pad"].lufs, abs=1.5)


def test_the_kick_pushes_the_pad_aside() -> None:
    """With side-chain the pad drops at each kick and is back before the next; without, it does not."""
    depths = []
    for amount in (0.0, 0.8):
        desk = _mixed(piece(4, {"drums": "kit_909", "pad": "warm_pad"}, colour=Colour(sidechain=amount, space=0.0)), 8)
        pad = desk.stems["pad"]
        kicks = [round(0.5 * beat * SAMPLE_RATE) for beat in range(4, 15)]
        at = np.mean([_db(pad[k + 480 : k + 2400]) for k in kicks])
        before = np.mean([_db(pad[k - 4800 : k - 1440]) for k in kicks])
        depths.append(before - at)
    assert abs(depths[0]) < 2
    assert depths[1] > 5


def test_peaks_are_held_and_the_rest_left_alone() -> None:
    """Sound under the threshold passes; a click far over it comes out at most 2.2 times the threshold."""
    sound = _noise() * np.float32(0.02)
    quiet = sound.copy()
    sound[24_000:24_010] = 0.9
    even(sound, 0.1, 3.0)
    np.testing.assert_allclose(sound[:23_900], quiet[:23_900], rtol=1e-5, atol=1e-8)
    assert np.abs(sound).max() <= 0.22


@pytest.mark.slow
def test_the_mix_leaves_headroom() -> None:
    """However dense the piece, neither the mix nor a stem reaches full scale."""
    desk = _mixed(piece(4, colour=Colour(space=1.0, punch=1.0)), 9)
    assert 0.05 < np.abs(desk.total).max() <= 0.9001
    assert max(np.abs(stem).max() for stem in desk.stems.values()) < 1.0


def test_pump_is_exact() -> None:
    """The gain is lowest at the kick, 1 before and after, and overlapping kicks never add."""
    gain = pump([0.5, 0.52], SAMPLE_RATE, 0.6, 0.2)
    assert gain[round(0.5 * SAMPLE_RATE / CONTROL_STEP)] == pytest.approx(0.4, abs=0.01)
    assert gain.min() >= 0.399
    assert gain[: round(0.49 * SAMPLE_RATE / CONTROL_STEP)].min() == 1
    assert gain[round(0.73 * SAMPLE_RATE / CONTROL_STEP) :].min() == 1


def test_lows_are_mono_and_highs_stay_wide() -> None:
    """Below 60 Hz the sides are alike; above 1 kHz they are as they were."""
    sound = _noise(2)
    mono_lows(sound, 1.0)
    side = np.abs(np.fft.rfft(sound[:, 0] - sound[:, 1])) ** 2
    middle = np.abs(np.fft.rfft(sound[:, 0] + sound[:, 1])) ** 2
    f = np.arange(len(side)) / 2
    assert side[(f > 5) & (f < 60)].mean() < 0.1 * middle[(f > 5) & (f < 60)].mean()
    assert side[f > 1000].mean() == pytest.approx(middle[f > 1000].mean(), rel=0.1)


@pytest.mark.parametrize(
    ("band", "hertz", "gain_db"),
    [
        (bell(300, -4, 1), 300, -4),
        (bell(300, -4, 1), 12_000, 0),
        (high_shelf(4000, 3), 18_000, 3),
        (high_shelf(4000, 3), 60, 0),
        (low_shelf(100, -5), 20, -5),
        (low_shelf(100, -5), 5000, 0),
        (high_pass(100), 100, -3),
        (high_pass(100), 50, -12.3),
        (low_pass(1000), 1000, -3),
    ],
)
def test_filters_do_what_they_say(band: np.ndarray, hertz: float, gain_db: float) -> None:
    """Gain at a frequency, computed and measured on noise."""
    assert response_db((band,), np.array([float(hertz)]))[0] == pytest.approx(gain_db, abs=0.35)
    impulse = np.zeros((16_384, 2), dtype=np.float32)
    impulse[0] = 1
    equalise(impulse, band)
    got = np.abs(np.fft.rfft(impulse[:, 0]))[round(hertz / SAMPLE_RATE * len(impulse))]
    assert 20 * np.log10(got) == pytest.approx(gain_db, abs=0.6)


def test_the_hall_decays_in_its_time_and_highs_die_first() -> None:
    """RT60 within a fifth of what was asked; above 6 kHz at most 0.7 of it."""
    tail = hall(2.0)[round(0.15 * SAMPLE_RATE) :, 0].astype(np.float64)

    def decay_s(signal: np.ndarray) -> float:
        curve = 10 * np.log10(np.cumsum(signal[::-1] ** 2)[::-1] / np.sum(signal**2))
        return float((np.argmax(curve < -25) - np.argmax(curve < -5)) * 3 / SAMPLE_RATE)

    spectrum = np.fft.rfft(tail)
    f = np.arange(len(spectrum)) * SAMPLE_RATE / len(tail)
    assert decay_s(np.fft.irfft(spectrum * ((f > 500) & (f < 2000)), len(tail))) == pytest.approx(2.0, rel=0.2)
    assert decay_s(np.fft.irfft(spectrum * (f > 7000), len(tail))) < 1.4
    assert np.abs(np.asarray(np.corrcoef(hall(2.0).T))[0, 1]) < 0.2
    assert len(room()) < SAMPLE_RATE


def test_a_pair_of_microphones_widens_highs_alone_and_leaves_mono_as_it_was() -> None:
    """Summed to mono the wide room is the plain one; the difference grows above 1 kHz and stays below 300 Hz."""
    plain, wide = room(), room(1.5)
    np.testing.assert_allclose(wide.sum(axis=1), plain.sum(axis=1), atol=1e-5)

    def side_db(heard: Samples, low: float, high: float) -> float:
        power = np.abs(np.fft.rfft(heard[:, 0] - heard[:, 1], SAMPLE_RATE)) ** 2
        return float(10 * np.log10(power[round(low) : round(high)].sum()))

    assert side_db(wide, 1000, 8000) > side_db(plain, 1000, 8000) + 3
    assert side_db(wide, 60, 300) == pytest.approx(side_db(plain, 60, 300), abs=0.5)


def test_convolution_is_convolution() -> None:
    """Block by block gives what the definition gives."""
    chance = np.random.default_rng(3)
    sound, impulse = (chance.standard_normal(n).astype(np.float32) for n in (30_000, 1500))
    out = np.zeros(30_500, dtype=np.float32)
    convolve(sound, impulse, out, 0.5)
    np.testing.assert_allclose(out, 0.5 * np.convolve(sound, impulse)[:30_500], atol=2e-3)


def test_the_echo_keeps_time_and_changes_sides() -> None:
    """First repeat left after one delay, second right after two, quieter."""
    click = np.zeros(SAMPLE_RATE, dtype=np.float32)
    click[100] = 1
    out = np.zeros((SAMPLE_RATE, 2), dtype=np.float32)
    echo(click, out, 0.25, 0.4, 1.0)
    left, right = np.abs(out[:, 0]), np.abs(out[:, 1])
    assert abs(int(left.argmax()) - (100 + 12_000)) < 8
    assert abs(int(right.argmax()) - (100 + 24_000)) < 16
    assert 0 < right.max() < left.max()


def test_old_tape_wavers_but_keeps_time() -> None:
    """Pitch moves by a few cents; no point of the sound is more than 3 ms off."""
    t = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.stack([np.sin(2 * np.pi * 1000 * t)] * 2, axis=1).astype(np.float32)
    age(sound, 1.0, 1)
    mono = sound[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2, 0]
    crossings = np.flatnonzero((mono[:-1] < 0) & (mono[1:] >= 0)).astype(np.float64)
    exact = crossings - mono[crossings.astype(int)] / (mono[crossings.astype(int) + 1] - mono[crossings.astype(int)])
    ideal = np.arange(len(exact)) * 48.0
    late = (exact - ideal) / SAMPLE_RATE
    assert np.ptp(late) < 0.006
    cents = 1200 * np.log2(48.0 / (np.diff(exact[::10]) / 10))
    assert 5 < np.abs(cents).max() < 40


def test_silence_in_silence_out() -> None:
    """A band that plays nothing leaves the desk silent."""
    score = piece(2)
    desk = Desk(score, (), SAMPLE_RATE, lambda _, samples: samples)
    for player in melody_first(score.players):
        desk.add(shape(player, np.zeros((SAMPLE_RATE, 2), dtype=np.float32), score.colour))
    assert not desk.finish().any()
    assert all(not stem.any() for stem in desk.stems.values())


def test_no_sends_for_bass() -> None:
    """Nothing of a bass reaches a room."""
    desk = _mixed(piece(2, {"bass": "round_bass"}, colour=Colour(space=1.0)), 7)
    assert desk.stems["bass"][: 4 * SAMPLE_RATE].any()
    assert np.abs(desk.total[round(5.0 * SAMPLE_RATE) :]).max() < 1e-4
    assert not desk.stems[ROOMS].any()


def test_chance_of_one_player_is_its_own() -> None:
    """Taking the drums out leaves the pad's stem as it was (no side-chain)."""
    still = Colour(sidechain=0.0)
    both = _mixed(piece(2, {"drums": "kit_909", "pad": "warm_pad"}, colour=still), 4).stems["pad"]
    alone = _mixed(piece(2, {"pad": "warm_pad"}, colour=still), 4).stems["pad"]
    assert both.tobytes() == alone.tobytes()


def test_pieces_are_as_long_as_they_say() -> None:
    """The fixture's tempo map ends where its bars do."""
    assert piece(4).tempo_map.seconds_at(piece(4).final_beat) == Fraction(8)
