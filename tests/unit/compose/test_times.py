"""Who was asked to come in or to rest at a second does so at that second."""

from __future__ import annotations

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.values.brief import Wishes


def sounding(prompt: str, roles: set[str], instrument: str = "") -> list[tuple[float, float]]:
    score = write_score(make_brief(prompt, Wishes(), vocabulary()))
    names = {p.name for p in score.players if p.role in roles and (not instrument or p.instrument == instrument)}
    seconds = score.tempo_map.seconds_at
    return [
        (float(seconds(note.at)), float(seconds(note.at + note.beats)))
        for section in score.sections
        for part in section.parts
        if part.player in names
        for note in part.notes
    ]


def test_no_melody_until_a_second() -> None:
    found = sounding("dark trap, 140 bpm, no melody until 0:16, one minute", {"melody", "counter"})
    assert 15.9 < min(start for start, _ in found) < 18.5


def test_a_rest_in_the_middle() -> None:
    found = sounding("house, no drums between 0:20 and 0:30", {"drums", "percussion"})
    assert not [start for start, _ in found if 20 <= start < 29.9]
    assert [start for start, _ in found if start < 20]
    assert [start for start, _ in found if start > 30]


def test_strings_come_in_and_are_silent_before() -> None:
    found = sounding("sad piano, strings come in at 0:40", {"pad", "counter", "melody"}, "strings")
    assert 39.9 < min(start for start, _ in found) < 42


def test_the_tune_is_somebodys_before_another_takes_it() -> None:
    prompt = "bossa, a flute takes the tune in the second half"
    flute = sounding(prompt, {"melody"}, "flute")
    assert min(start for start, _ in flute) > 29.9
    assert [start for start, _ in sounding(prompt, {"melody"}) if start < 28]
