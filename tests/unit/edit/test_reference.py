"""The reference of commands is made from them and is never stale; what is read and composed becomes facts."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction as F
from pathlib import Path

from reelscore.edit.known import facts_of_reading, facts_of_score
from reelscore.edit.reference import reference, usage
from reelscore.edit.registry import commands
from reelscore.values.brief import Key
from reelscore.values.reading import AudioReading, AudioStream, MediaInfo, Reading
from reelscore.values.score import Colour, Feel, Note, Part, Player, Score, Section
from reelscore.values.time import Meter, Span, TempoMap

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_reference_is_the_one_of_the_code() -> None:
    """To write it anew: python -c "from reelscore.edit.reference import *; print(reference(), end='')"."""
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == reference()


def test_every_command_is_in_the_reference() -> None:
    text = reference()
    assert [name for name in commands() if f"\n### {name}\n" not in text] == []


def test_usage_shows_what_is_needed_and_what_may_be_left_out() -> None:
    assert usage(commands()["cut_first"]) == "cut_first --seconds SECONDS [--which WHICH] [--cut-music]"
    assert "[--kind crossfade|dip|wipe|slide|zoom|cut]" in usage(commands()["transition"])


def test_no_phrase_selects_two_commands() -> None:
    said = Counter(
        (language, word) for held in commands().values() for language in held.words for word in held.words[language]
    )
    assert [phrase for phrase, count in said.items() if count > 1] == []


def test_a_score_tells_beats_bars_sections_and_who_plays() -> None:
    clock = TempoMap.constant(F(120), Meter(), 4)
    notes = (Note(F(0), F(1), 60, 90),)
    parts = (Part("melody", notes), Part("bass", ()))
    sections = (
        Section(0, "A", "theme", 0, 2, F(0), F(8), 0.5, Key(0, "major"), (), parts),
        Section(1, "B", "lift", 2, 2, F(8), F(16), 0.8, Key(0, "major"), (), parts),
    )
    players = (Player("melody", "melody", "flute"), Player("bass", "bass", "upright_bass"))
    score = Score("t", "pop", "happy", 1, clock, players, sections, Feel(), Colour(), F(12))
    facts = facts_of_score(score, -14.0)
    assert facts.beats[:3] == (F(0), F(1, 2), F(1))
    assert len(facts.beats) == 16
    assert facts.downbeats == (F(0), F(2), F(4), F(6))
    assert [(p.name, p.kind, p.span, p.first_bar, p.bars) for p in facts.passages][1] == (
        "B",
        "lift",
        Span(F(4), F(8)),
        2,
        2,
    )
    assert facts.instruments == ("flute",)
    assert facts.loudness_lufs == -14.0


def test_a_reading_tells_speech_and_loudness() -> None:
    info = MediaInfo("a.wav", "wav", 1, None, AudioStream(0, "pcm", 48000, 2, F(0), F(9)), 0, 1, False, F(9))
    heard = AudioReading(info, -20.0, 3.0, -1.0, (), speech=(Span(F(1), F(2)),))
    facts = facts_of_reading(Reading(info, audio=heard))
    assert (facts.speech, facts.loudness_lufs, facts.true_peak_dbtp) == ((Span(F(1), F(2)),), -20.0, -1.0)
    assert facts_of_reading(Reading(info)).cuts == ()
