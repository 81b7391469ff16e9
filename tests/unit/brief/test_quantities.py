"""Numbers with units, English and Chinese: each notation read as what a person means by it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.brief.measures import Clock, KeySaid, Length, Measure, MeterSaid, Tempo, Timecode
from reelscore.brief.numbers import number
from reelscore.brief.quantities import length_of, scan
from reelscore.brief.text import read_text


def quantities(words: str) -> list[str]:
    """What was read, one readable line each."""
    told = []
    for found in scan(read_text(words).plain):
        match found:
            case Length(low=low, high=high):
                told.append(f"{float(low):g} s" if low == high else f"{float(low):g} to {float(high):g} s")
            case Clock(at=at):
                told.append(f"at {float(at):g} s")
            case Timecode():
                told.append(f"timecode {found.text}")
            case Tempo(low=slow, high=fast, exact=exact):
                span = f"{float(slow or 0):g}" if slow == fast else f"{float(slow or 0):g} to {float(fast or 999):g}"
                told.append(f"{span} bpm" + ("" if exact or slow != fast else " or so"))
            case KeySaid(tonic=tonic, mode=mode):
                told.append(f"key {tonic} {mode}")
            case MeterSaid(meter=meter):
                told.append(f"meter {meter}")
            case Measure(unit=unit):
                told.append(unit)
    return told


LENGTHS = [
    ("60 seconds", ["60 s"]),
    ("a 60-second clip", ["60 s"]),
    ("ninety-second spot", ["90 s"]),
    ("thirty second spot", ["30 s"]),
    ("30s", ["30 s"]),
    ("30 sec", ["30 s"]),
    ("2min30", ["150 s"]),
    ("2m30s", ["150 s"]),
    ("1h20m", ["4800 s"]),
    ("2 minutes and 30 seconds", ["150 s"]),
    ("1 min 30 sec", ["90 s"]),
    ("a minute and a half", ["90 s"]),
    ("two and a half minutes", ["150 s"]),
    ("1.5 minutes", ["90 s"]),
    ("1½ minutes", ["90 s"]),
    ("1,5 min", ["90 s"]),
    ("half a minute", ["30 s"]),
    ("a half-minute bed", ["30 s"]),
    ("a couple of minutes", ["120 s"]),
    ("30-60 seconds", ["30 to 60 s"]),
    ("between 30 and 45 seconds", ["30 to 45 s"]),
    ("30 seconds to 1 minute", ["30 to 60 s"]),
    ("1'30\"", ["at 90 s"]),
    ("1分30秒", ["90 s"]),
    ("一分半", ["90 s"]),
    ("一分半钟", ["90 s"]),
    ("半分钟", ["30 s"]),
    ("三十秒", ["30 s"]),
    ("两分钟", ["120 s"]),
    ("一个半小时", ["5400 s"]),
    ("30到60秒", ["30 to 60 s"]),
    ("３０秒", ["30 s"]),
    ("一分鐘", ["60 s"]),
    ("the second verse", []),
    ("wait a second", []),
    ("last minute gift", []),
    ("five years", []),
]
CLOCKS = [
    ("0:12", ["at 12 s"]),
    ("1:05.5", ["at 65.5 s"]),
    ("1:02:03", ["at 3723 s"]),
    ("00:00:12:15", ["timecode 00:00:12:15"]),
    ("01:00:00;02", ["timecode 01:00:00;02"]),
    ("16:9", ["ratio"]),
    ("9:16 vertical video", ["ratio"]),
    ("hit at 9:16", ["at 556 s"]),
    ("2.39:1", ["ratio"]),
    ("7:30 am", ["time of day"]),
]
TEMPI = [
    ("120bpm", ["120 bpm"]),
    ("at 90 bpm", ["90 bpm"]),
    ("BPM: 128", ["128 bpm"]),
    ("tempo 104", ["104 bpm"]),
    ("92.5 bpm", ["92.5 bpm"]),
    ("120 beats per minute", ["120 bpm"]),
    ("one hundred and twenty bpm", ["120 bpm"]),
    ("about 100 bpm", ["100 bpm or so"]),
    ("90-100 bpm", ["90 to 100 bpm"]),
    ("between 80 and 90 bpm", ["80 to 90 bpm"]),
    ("over 120 bpm", ["120 to 999 bpm"]),
    ("under 90 bpm", ["0 to 90 bpm"]),
    ("每分钟90拍", ["90 bpm"]),
    ("90拍", ["90 bpm"]),
    ("，90拍，", ["90 bpm"]),
    ("速度120", ["120 bpm"]),
    ("大约一百二十拍每分钟", ["120 bpm or so"]),
]
KEYS = [
    ("in F#m", ["key 6 minor"]),
    ("C minor", ["key 0 minor"]),
    ("Cmin", ["key 0 minor"]),
    ("F sharp minor", ["key 6 minor"]),
    ("Bb major", ["key 10 major"]),
    ("c# minor", ["key 1 minor"]),
    ("A dorian", ["key 9 dorian"]),
    ("in A minor", ["key 9 minor"]),
    ("A minor piano ballad", ["key 9 minor"]),
    ("lofi, Am, 80bpm", ["key 9 minor", "80 bpm"]),
    ("key of G", ["key 7 None"]),
    ("D小调", ["key 2 minor"]),
    ("a小调", ["key 9 minor"]),
    ("降E大调", ["key 3 major"]),
    ("升F小調", ["key 6 minor"]),
    ("a minor key", ["key None minor"]),
    ("in a minor accident", []),
    ("a major city", []),
    ("A major brand launch", []),
    ("key moments", []),
    ("Am I right", []),
    ("5 cm wide", ["unit"]),
    ("5 min", ["300 s"]),
]
METERS = [
    ("3/4", ["meter 3/4"]),
    ("6/8 feel", ["meter 6/8"]),
    ("in waltz time", ["meter 3/4"]),
    ("三拍子", ["meter 3/4"]),
    ("四三拍", ["meter 3/4"]),
    ("四分之三拍", ["meter 3/4"]),
    ("八六拍", ["meter 6/8"]),
    ("24/7", []),
    ("9/11", []),
    ("3/4 of the film", []),
    ("part 2/4", []),
]
OTHERS = [
    ("720p 24 fps 4k", ["size", "fps", "size"]),
    ("1920x1080", ["size"]),
    ("50%", ["percent"]),
    ("百分之三十五", ["percent"]),
    ("-14 LUFS", ["LUFS"]),
    ("-3 dB", ["dB"]),
    ("filmed in 1990", ["year"]),
    ("the 90s", ["decade"]),
    ("90s hip hop", []),
    ("80s synths", []),
    ("90s video", ["90 s"]),
    ("时长90s", ["90 s"]),
    ("48 kHz", ["unit"]),
]


@pytest.mark.parametrize(("words", "expected"), [*LENGTHS, *CLOCKS, *TEMPI, *KEYS, *METERS, *OTHERS])
def test_a_quantity_is_read_as_it_is_meant(words: str, expected: list[str]) -> None:
    """Every notation people use, and the look-alikes that are something else."""
    assert quantities(words) == expected


@pytest.mark.parametrize(
    ("words", "value"),
    [
        *(("7", 7), ("ninety-two", 92), ("one hundred and twenty", 120), ("二十五", 25), ("一百二十", 120)),
        *(("一百二", 120), ("一百零五", 105), ("九〇", 90), ("十", 10), ("两百", 200)),
    ],
)
def test_a_number_in_words(words: str, value: int) -> None:
    """Number words of both languages."""
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("90", 90), ("1:30", 90), ("2min30", 150), ("一分半", 90), ("45 s", 45), ("12.5", Fraction(25, 2))],
)
def test_a_text_that_is_nothing_but_a_length(words: str, seconds: Fraction) -> None:
    """What an option like --duration takes."""
    assert length_of(words) == seconds


@pytest.mark.parametrize("words", ["soon", "", "30 s 40 s", "about 3", "1:2:3:4:5"])
def test_a_text_that_is_more_than_a_length_is_none(words: str) -> None:
    """No guess is made."""
    assert length_of(words) is None


def test_places_are_those_of_the_text() -> None:
    """A quantity's span cuts its own words out of the prompt."""
    plain = read_text("lofi，1分30秒, 90 bpm in F#m").plain
    for found in scan(plain):
        assert plain[found.start : found.end].strip() == found.text.strip()
