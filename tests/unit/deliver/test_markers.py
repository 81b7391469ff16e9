"""Marks at the right frames, in tables and timelines that others can open."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import opentimelineio as otio
import pytest

from reelscore.deliver.markers import Mark, as_csv, as_otio, marks_of, timecode
from tests.unit.deliver.song import hits, song

NTSC = Fraction(30000, 1001)


def marks() -> tuple[Mark, ...]:
    return marks_of(song().tempo_map, Fraction(20), song(), hits(), (Fraction(5), Fraction(7)))


def test_marks_are_in_order_and_inside_the_film() -> None:
    times = [mark.at for mark in marks()]
    assert times == sorted(times)
    assert times[0] == 0
    assert times[-1] == 20
    assert {mark.kind for mark in marks()} == {"section", "bar", "cut", "hit", "end"}


def test_the_table_has_seconds_frames_timecode_and_errors() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(marks(), Fraction(25)))))
    assert list(rows[0]) == ["seconds", "timecode", "frame", "kind", "label", "error_ms"]
    logo = next(row for row in rows if row["kind"] == "hit" and row["label"].startswith("logo"))
    assert logo == {
        "seconds": "2.000000",
        "timecode": "00:00:02:00",
        "frame": "50",
        "kind": "hit",
        "label": "logo on downbeat",
        "error_ms": "-3.000",
    }


def test_music_without_a_picture_has_no_frames() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(marks(), None))))
    assert {(row["timecode"], row["frame"]) for row in rows} == {("", "")}


@pytest.mark.parametrize("rate", [NTSC, Fraction(60000, 1001)], ids=["29.97", "59.94"])
def test_drop_frame_timecode_agrees_with_opentimelineio(rate: Fraction) -> None:
    for frame in [*range(0, 40_000, 61), 1798, 1799, 1800, 1801, 3597, 3598, 17981, 17982, 107892]:
        expected = otio.opentime.RationalTime(frame, float(rate)).to_timecode(float(rate), True)
        assert timecode(frame / rate, rate) == expected


@pytest.mark.parametrize(
    ("at", "rate", "expected"),
    [
        (Fraction(3661, 1), Fraction(25), "01:01:01:00"),
        (Fraction(1, 24), Fraction(24), "00:00:00:01"),
        (Fraction(1001, 24000) * 24, Fraction(24000, 1001), "00:00:01:00"),
        (Fraction(10, 15) + 1, Fraction(15, 2), "00:00:01:04"),
        (Fraction(2), Fraction(37, 5), "00:00:02:00"),
    ],
)
def test_other_timecodes_count_frames_within_the_second(at: Fraction, rate: Fraction, expected: str) -> None:
    assert timecode(at, rate) == expected


def test_the_timeline_opens_with_every_mark_at_its_frame() -> None:
    text = as_otio(marks(), "Tide", Fraction(20), NTSC, picture="film.mp4")
    timeline = otio.adapters.read_from_string(text, "otio_json")
    assert [track.name for track in timeline.tracks] == ["Picture", "Music"]
    clip = next(iter(timeline.tracks[0]))
    assert clip.media_reference.target_url == "film.mp4"
    assert clip.source_range.duration.rate == pytest.approx(30000 / 1001, abs=1e-12)
    assert clip.source_range.duration.value == round(20 * NTSC)
    found = [(m.name, m.marked_range.start_time.value) for m in timeline.tracks.markers]
    assert found == [(mark.label, round(mark.at * NTSC)) for mark in marks()]
    hit = next(m for m in timeline.tracks.markers if m.name == "logo on downbeat")
    assert hit.metadata["reelscore"]["error_ms"] == -3.0


def test_a_bed_has_a_timeline_on_the_sample() -> None:
    timeline = otio.adapters.read_from_string(as_otio(marks(), "Tide", Fraction(20), None), "otio_json")
    assert [track.name for track in timeline.tracks] == ["Music"]
    assert timeline.tracks[0][0].source_range.duration.value == 960_000


def test_equal_marks_give_equal_bytes() -> None:
    assert as_otio(marks(), "T", Fraction(20), NTSC) == as_otio(marks(), "T", Fraction(20), NTSC)
