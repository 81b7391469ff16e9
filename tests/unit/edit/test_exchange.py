"""Timelines for other programs, and from them."""

from __future__ import annotations

from fractions import Fraction
from xml.etree.ElementTree import fromstring

import opentimelineio as otio
import pytest

from reelscore.edit.exchange.edl import timecode, to_edl
from reelscore.edit.exchange.fcpxml import to_fcpxml
from reelscore.edit.exchange.otio import from_otio, media_in, to_otio
from reelscore.edit.samples import SAMPLES
from reelscore.errors import EditError
from reelscore.values.timeline import Media, Timeline


def _urls(timeline: Timeline) -> dict[str, str]:
    return {medium.id: f"media/{medium.name}" for medium in timeline.media}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_our_own_files_come_back_without_loss(name: str) -> None:
    """Out and in again: the same tracks, markers, canvas and media (what is asked for is work, and stays behind)."""
    from dataclasses import replace

    from reelscore.edit.settle import settled

    timeline = settled(SAMPLES[name]())
    text = to_otio(timeline, _urls(timeline))
    by_url = {url: timeline.medium(media) for media, url in _urls(timeline).items()}
    known = {url: medium for url, medium in by_url.items() if medium is not None}
    assert set(media_in(text)) <= set(known)
    back = from_otio(text, known)
    assert back.tracks == timeline.tracks
    assert back.markers == timeline.markers
    assert back.canvas == timeline.canvas
    assert replace(back, requests=(), title="") == replace(timeline, requests=(), title="")


def _foreign() -> str:
    """Two clips with a gap, a dissolve, a double-speed clip and a marker, as any program may write them."""
    time, span = otio.opentime.RationalTime, otio.opentime.TimeRange
    whole = otio.schema.Timeline("Cut 7")
    track = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
    for n, (start, length) in enumerate(((86_400 + 48, 120), (86_400, 96))):
        media = otio.schema.ExternalReference(f"file:///shots/{n}.mov", span(time(86_400, 24), time(480, 24)))
        clip = otio.schema.Clip(f"shot {n}", media, span(time(start, 24), time(length, 24)))
        if n:
            track.append(otio.schema.Transition("x", "SMPTE_Dissolve", time(6, 24), time(6, 24)))
            clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=2.0))
        track.append(clip)
        if not n:
            continue
    track.insert(0, otio.schema.Gap(duration=time(24, 24)))
    whole.tracks.append(track)
    marker = otio.schema.Marker("here", span(time(30, 24), time(0, 24)))
    whole.tracks.markers.append(marker)
    return str(whole.to_json_string())


def _files() -> dict[str, Media]:
    made = [Media(f"sha256:{n}" + "0" * 63, "video", f"shot {n}.mov", Fraction(20), 1920, 1080, Fraction(24), True)
            for n in (0, 1)]  # fmt: skip
    return {f"file:///shots/{n}.mov": medium for n, medium in enumerate(made)}


def test_a_file_of_another_program_is_understood() -> None:
    """Clips, gap, speed, dissolve and marker arrive; the source counts from its own timecode."""
    files = _files()
    text = _foreign()
    assert media_in(text) == tuple(files)
    timeline = from_otio(text, files)
    assert timeline.canvas.frame_rate == 24
    places = list(timeline.tracks[0].placed())
    assert [(s.start, s.end) for s, _ in places] == [(Fraction(1), Fraction(6)), (Fraction(6), Fraction(10))]
    assert places[0][1].start == 2
    assert places[1][1].speed == 2
    assert timeline.tracks[0].transitions[0].duration == Fraction(1, 2)
    assert timeline.markers[0].at == Fraction(5, 4)
    assert all(s.picture is not None and s.sound is not None for _, s in places)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "no json", '{"OTIO_SCHEMA": "Clip.1"}', '{"OTIO_SCHEMA": "Nothing.9"}']
)
def test_what_is_no_timeline_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        from_otio(text, {})


def test_media_that_nobody_brought_are_named() -> None:
    with pytest.raises(EditError, match="shots/0.mov"):
        from_otio(_foreign(), {})


def test_an_edl_tells_the_cut() -> None:
    """Events in order, each with four timecodes; a dissolve has two lines and its length; names as comments."""
    files = _files()
    lines = to_edl(from_otio(_foreign(), files)).split("\r\n")
    assert lines[0] == "TITLE: Cut 7"
    assert lines[1] == "FCM: NON-DROP FRAME"
    assert lines[3] == "001  SHOT0    V     C        00:00:02:00 00:00:06:18 00:00:01:00 00:00:05:18"
    assert "* FROM CLIP NAME: shot 0.mov" in lines
    assert "002  SHOT1    V     D    012 00:00:00:00 00:00:08:00 00:00:05:18 00:00:10:00" in lines
    assert any(line.startswith("M2   SHOT1") and "0048.00" in line for line in lines)


@pytest.mark.parametrize(
    ("at", "rate", "code"),
    [
        (Fraction(3600), Fraction(30000, 1001), "01:00:00;00"),
        (Fraction(61), Fraction(25), "00:01:01:00"),
        (Fraction(1, 2), Fraction(24), "00:00:00:12"),
    ],
)
def test_timecode(at: Fraction, rate: Fraction, code: str) -> None:
    assert timecode(at, rate) == code


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_final_cut_xml_is_whole(name: str) -> None:
    """Well-formed; every reference is defined; the storyline is as long as the timeline, without a hole."""
    timeline = SAMPLES[name]()
    root = fromstring(to_fcpxml(timeline, _urls(timeline)).split("\n", 2)[2])
    defined = {element.get("id") for element in root.iter() if element.get("id")}
    assert {element.get("ref") for element in root.iter() if element.get("ref")} <= defined
    spine = root.find(".//spine")
    assert spine is not None
    at = Fraction(0)
    for element in spine:
        if element.tag == "transition":
            continue
        assert _seconds(element.get("offset")) == at
        at += _seconds(element.get("duration"))
    assert at == timeline.duration


def _seconds(text: str | None) -> Fraction:
    assert text is not None
    assert text.endswith("s")
    return Fraction(text[:-1])
