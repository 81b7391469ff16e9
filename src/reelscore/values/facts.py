"""What an edit may know of the media: beats, cuts, speech, loudness. Given to it, never looked up.

All times are on the source's own clock (seconds from its start), so a fact stays true wherever, and at whatever speed,
the media is used. The pipeline fills this from readings and scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelscore.values.time import Seconds, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of composed music."""

    span: Span
    name: str  # "A", "lift", ...
    kind: str  # "intro", "theme", "build", "lift", "break", "ending"
    first_bar: int  # from 0
    bars: int
    chords: tuple[str, ...] = ()  # "Am7", "F/A": as they follow one another


@dataclass(frozen=True, slots=True)
class Focus:
    """From `at` on, what the picture is about lies here (shares of width and height)."""

    at: Seconds
    x: float
    y: float
    confidence: float = 1.0  # 0..1; 0: nothing stands out, the point is the middle


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What is known of one medium; anything may be empty."""

    beats: tuple[Seconds, ...] = ()
    downbeats: tuple[Seconds, ...] = ()  # the bars: bar n starts at downbeats[n]
    passages: tuple[Passage, ...] = ()
    instruments: tuple[str, ...] = ()  # that play
    key: str = ""  # "D minor"; what most of the music is in
    cuts: tuple[Seconds, ...] = ()  # where shots begin, the first one left out
    focus: tuple[Focus, ...] = ()
    speech: tuple[Span, ...] = ()
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None


NOTHING_KNOWN = MediaFacts()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known, by media id. `texts` are the text files a person brought (subtitles, lyrics), by name."""

    media: Mapping[str, MediaFacts] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def of(self, media_id: str) -> MediaFacts:
        return self.media.get(media_id, NOTHING_KNOWN)


NO_FACTS = Facts()
