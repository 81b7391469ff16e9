"""Who is made louder or quieter, all along, in a section, in some seconds, or one drum of a kit: that moves by so much,
nothing else does, and later changes keep it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.deliver.piece_json import piece_json, read_piece_json
from reelscore.errors import BriefError
from reelscore.fulfil import revise
from reelscore.perform.record import in_memory, record
from reelscore.values.brief import Wishes
from reelscore.values.piece import Piece
from reelscore.values.sound import SAMPLE_RATE, Mix, Samples
from reelscore.values.timeline import Request


@pytest.fixture(scope="module")
def take() -> tuple[Piece, Mix]:
    brief = make_brief("lofi with piano", Wishes(duration=Fraction(6)), vocabulary())
    score = write_score(brief)
    made = record(score, brief.duration, brief.loudness)
    return Piece(brief, score, made.levels), made.mix


def change(*wishes: tuple[str, str], words: str = "") -> Request:
    return Request("", "change", "s1", words, wishes=wishes)


def loudness(samples: Samples) -> float:
    return 20 * float(np.log10(np.sqrt(np.mean(np.square(samples))) + 1e-12))


def test_only_the_named_player_moves_and_stays_so(take: tuple[Piece, Mix]) -> None:
    piece, mix = take
    done = revise(piece, mix.samples, change(("quieter", "drums"), ("by_db", "6")), stems=in_memory)
    before = {stem.name: loudness(stem.samples) for stem in mix.stems}
    after = {stem.name: loudness(stem.samples) for stem in done.recording.mix.stems}
    assert before["drums"] - after["drums"] == pytest.approx(6, abs=0.6)
    assert after["bass"] == pytest.approx(before["bass"], abs=0.01)
    assert done.score == piece.score
    assert done.recording.mix.loudness.integrated_lufs == pytest.approx(-14, abs=0.3)

    kept = read_piece_json(piece_json(Piece(done.brief, done.score, done.recording.levels)))
    assert dict(kept.levels.trims)["drums"] == -6
    later = revise(kept, done.recording.mix.samples, change(("darker", "1")))
    assert dict(later.recording.levels.trims)["drums"] == -6


def test_steps_add_up_within_bounds(take: tuple[Piece, Mix]) -> None:
    piece, mix = take
    for by_db, total in (("4", 4), ("2", 6), ("24", 12)):
        done = revise(piece, mix.samples, change(("louder", "piano"), ("by_db", by_db)))
        piece = replace(piece, levels=done.recording.levels)
        assert set(dict(piece.levels.trims).values()) == {total}


@pytest.fixture(scope="module")
def long_take() -> tuple[Piece, Mix]:
    brief = make_brief("pop with piano and drums", Wishes(duration=Fraction(30)), vocabulary())
    score = write_score(brief)
    made = record(score, brief.duration, brief.loudness)
    return Piece(brief, score, made.levels), made.mix


def stems(mix: Mix) -> dict[str, Samples]:
    return {stem.name: stem.samples * stem.gain for stem in mix.stems}


def moved(before: Samples, after: Samples, start: float, end: float) -> float:
    first, last = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)
    return loudness(after[first:last]) - loudness(before[first:last])


def test_a_player_moves_in_its_section_and_nothing_else_changes(long_take: tuple[Piece, Mix]) -> None:
    piece, mix = long_take
    section = next(s for s in piece.score.sections if s.kind == "lift")
    start, end = (float(piece.score.tempo_map.seconds_at(at)) for at in (section.start, section.end))
    asked = replace(change(("quieter", "drums"), ("by_db", "6")), section="lift")
    done = revise(piece, mix.samples, asked, stems=in_memory)
    before, after = stems(mix), stems(done.recording.mix)
    assert moved(before["drums"], after["drums"], start, end - 0.1) == pytest.approx(-6, abs=0.3)
    for name in before.keys() - {"drums", "percussion", "rooms"}:
        assert np.array_equal(before[name], after[name])
    assert done.differs is not None
    first, last = done.differs
    assert first / SAMPLE_RATE > start - 0.1
    assert np.array_equal(done.recording.mix.samples[:first], mix.samples[:first])
    assert np.array_equal(done.recording.mix.samples[last:], mix.samples[last:])
    assert np.allclose(sum(after.values()), done.recording.mix.unmastered, atol=1e-4)
    again = revise(piece, mix.samples, asked)
    assert np.array_equal(again.recording.mix.samples, done.recording.mix.samples)


def test_a_player_moves_from_one_second_to_another(long_take: tuple[Piece, Mix]) -> None:
    piece, mix = long_take
    asked = change(("louder", "piano"), ("start", "10"), ("end", "15"))
    done = revise(piece, mix.samples, asked, stems=in_memory)
    name = next(p.name for p in piece.score.players if "piano" in p.instrument)
    before, after = stems(mix), stems(done.recording.mix)
    assert moved(before[name], after[name], 10, 14.9) == pytest.approx(4, abs=0.4)
    assert moved(before[name], after[name], 0, 9.9) == 0
    assert moved(before[name], after[name], 15, 29) == 0
    assert np.array_equal(done.recording.mix.samples[: 9 * SAMPLE_RATE], mix.samples[: 9 * SAMPLE_RATE])


def test_one_drum_of_the_kit_moves_by_itself(long_take: tuple[Piece, Mix]) -> None:
    piece, mix = long_take
    done = revise(piece, mix.samples, change(("quieter", "hi-hats"), ("by_db", "12")), stems=in_memory)
    before, after = stems(mix), stems(done.recording.mix)
    assert not np.array_equal(before["drums"], after["drums"])
    for name in before.keys() - {"drums", "percussion", "rooms"}:
        assert moved(before[name], after[name], 0, 30) == pytest.approx(0, abs=0.01)
    assert high(after["drums"]) - high(before["drums"]) < -3
    assert low(after["drums"]) - low(before["drums"]) == pytest.approx(0, abs=0.3)

    kept = read_piece_json(piece_json(Piece(done.brief, done.score, done.recording.levels)))
    later = revise(kept, done.recording.mix.samples, change(("darker", "1")))
    assert later.recording.levels.rides == done.recording.levels.rides != ()


def high(samples: Samples) -> float:
    return _band(samples, 9000, 16000)


def low(samples: Samples) -> float:
    return _band(samples, 30, 120)


def _band(samples: Samples, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    return 10 * float(np.log10(power[(hertz >= low_hz) & (hertz < high_hz)].sum()))


@pytest.mark.parametrize("name", ["tuba", "zzz"])
def test_who_does_not_play_is_told_with_those_who_do(take: tuple[Piece, Mix], name: str) -> None:
    with pytest.raises(BriefError, match=f'Nobody plays "{name}"') as told:
        revise(take[0], take[1].samples, change(("quieter", name)))
    assert "kit" in (told.value.hint or "")


def test_more_of_who_plays_already_is_louder(take: tuple[Piece, Mix]) -> None:
    done = revise(take[0], take[1].samples, change(("with", "drums")))
    assert dict(done.recording.levels.trims)["drums"] == 4
    assert done.score == take[0].score
    assert "already in the band" in done.notes[-1]
