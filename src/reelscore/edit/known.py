"""What readings and scores tell an edit: facts about a medium, on its own clock. Pure; whoever has read the media asks.

Beats are the quarter notes of the tempo map, downbeats the starts of its bars.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import groupby

from reelscore.values.facts import Focus, MediaFacts, Passage
from reelscore.values.reading import Reading
from reelscore.values.score import Score
from reelscore.values.time import Span

SURE_OF_BEATS = 0.25  # of 1: below it, what was heard as beats is no music to cut to


def facts_of_reading(reading: Reading) -> MediaFacts:
    """What was seen and heard in a file: its cuts, plain beats, where its subject is, who speaks, loudness."""
    cuts = tuple(shot.span.start for shot in reading.video.cuts) if reading.video else ()
    seen = reading.video.focus if reading.video else ()
    focus = tuple(Focus(point.at, point.x, point.y, point.confidence) for point in seen)
    if reading.audio is None:
        return MediaFacts(cuts=cuts, focus=focus)
    heard = reading.audio
    sure = heard.beat_confidence >= SURE_OF_BEATS
    return MediaFacts(
        beats=heard.beats if sure else (),
        downbeats=heard.downbeats if sure else (),
        cuts=cuts,
        focus=focus,
        speech=heard.speech,
        loudness_lufs=heard.loudness_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
    )


def facts_of_score(score: Score, loudness_lufs: float | None = None) -> MediaFacts:
    """What was composed: beats, bars, sections and who plays. `loudness_lufs` is the record's, where it is known."""
    clock = score.tempo_map
    beats = tuple(clock.seconds_at(Fraction(n)) for n in range(int(clock.end)))
    bars = tuple(clock.seconds_at(bar.start) for bar in clock.bars)
    passages = tuple(
        Passage(
            Span(clock.seconds_at(section.start), clock.seconds_at(section.end)),
            section.name, section.kind, section.first_bar, section.bars,
            tuple(symbol for symbol, _ in groupby(chord.symbol for chord in section.chords)),
        )
        for section in score.sections
    )  # fmt: skip
    playing = {part.player for section in score.sections for part in section.parts if part.notes}
    instruments = dict.fromkeys(player.instrument for player in score.players if player.name in playing)
    return MediaFacts(
        beats=tuple(at for at in beats if at >= 0),
        downbeats=tuple(at for at in bars if at >= 0),
        passages=passages,
        instruments=tuple(instruments),
        key=_key_of(score),
        loudness_lufs=loudness_lufs,
    )


def _key_of(score: Score) -> str:
    """The key of most bars."""
    bars: Counter[str] = Counter()
    for section in score.sections:
        bars[str(section.key)] += section.bars
    return bars.most_common(1)[0][0] if bars else ""
