"""The report counts what it was given and reads well; provenance proves; scores come back from JSON."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

import pytest

from reelscore.deliver.provenance import hashed
from reelscore.deliver.report import Rates, Report, make_report, rates_of
from reelscore.deliver.report_text import as_text
from reelscore.deliver.score_json import read_score, score_json
from reelscore.errors import DataError
from reelscore.values.codec import dumps, from_json
from reelscore.values.sound import Loudness
from tests.unit.deliver.song import brief, hits, provenance, report, song


def test_rates_are_shares_of_weight() -> None:
    assert rates_of(hits()) == Rates(hit_rate=0.8, downbeat_rate=0.5)
    assert rates_of(()) is None


def test_hits_carry_both_errors() -> None:
    lines = [(hit.at_s, hit.landed_on, hit.error_ms, hit.heard_ms) for hit in report().hits]
    assert lines == [(2.0, "downbeat", -3.0, -2.5), (5.0, "beat", 12.0, 11.0), (7.0, "none", 140.0, None)]
    assert report().heard_hit_rate == pytest.approx(2 / 3, abs=1e-4)


def test_ducking_is_read_from_the_mix() -> None:
    assert [(s.start_s, s.end_s, s.ducking_db) for s in report().speech] == [(1.0, 3.0, -7.5)]


def test_the_form_and_the_tempo_are_on_the_films_clock() -> None:
    assert [(s.name, s.kind, s.bars) for s in report().form] == [("A", "theme", 2), ("B", "ending", 6)]
    meters = [line.meter for line in report().tempo_map]
    assert "3/4" in meters
    assert report().tempo_map[0].at_s == 0.0


def test_json_has_the_promised_fields_and_comes_back() -> None:
    data = json.loads(dumps(report()))
    promised = {"duration_s", "tempo_map", "key", "meter", "form", "genre", "mood", "reasons", "seed", "hits"}
    promised |= {"hit_rate", "downbeat_rate", "chance", "speech", "integrated_lufs", "true_peak_dbtp", "stages"}
    assert promised <= set(data)
    assert from_json(Report, data) == report()


def test_the_text_says_what_matters() -> None:
    text = as_text(report())
    for said in (
        "film.mp4: 0:20.000",
        '"calm, please"',
        "-14.2 LUFS (target -14.0)",
        "2 of 3 within one frame",
        "chance:     20% on a beat, 5% on a downbeat",
        "music at -7.5 dB",
        "mood: calm (prompt: you said calm)",
        "note: No room for drums.",
        "copied untouched",
        "grand_piano (chords)",
        "heard -2.5 ms",
        "between 96.23 and 96.77 bpm, 1.1% at most from beat to beat",
    ):
        assert said in text
    assert max(len(line) for line in text.splitlines()) < 140


def test_silence_has_no_loudness() -> None:
    silent = make_report(brief(), song(), result="x.wav", loudness=Loudness(-math.inf, 0.0, -math.inf))
    assert silent.integrated_lufs is None
    assert "Loudness: silence" in as_text(silent)


def test_provenance_lists_each_sound_once_and_says_how_to_make_it_again() -> None:
    proof = provenance()
    assert [sound.licence for sound in proof.sounds] == ["MIT"]
    assert proof.reproduce == "reelscore score 'my film.mp4'"
    assert proof.seed == 7


def test_files_are_known_by_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 3_000_000)
    found = hashed(path)
    assert (found.name, found.bytes) == ("a.bin", 3_000_000)
    assert found.sha256 == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_a_score_comes_back_from_json_exactly() -> None:
    text = score_json(song())
    assert read_score(text) == song()
    assert score_json(read_score(text)) == text


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "other/1"}', '{"schema": "reelscore.score/1", "score": 5}'])
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        read_score(text)
