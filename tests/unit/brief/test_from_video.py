"""What a film asks for follows from what was seen and heard, and the reasons say so."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest

from reelscore.brief.cue_sheet import SHORTEST, cue_sheet
from reelscore.brief.from_video import FilmReading, read_film
from reelscore.values.reading import AudioReading, MediaInfo, MotionPeak, Reading, Shot, VideoReading, VideoStream
from reelscore.values.time import Seconds, Span


def media(seconds: float, picture: bool = True) -> MediaInfo:
    """A 25 fps file."""
    duration = Fraction(round(seconds * 25), 25)
    stream = VideoStream(
        0, "h264", "High", "yuv420p", 640, 360, 640, 360, 0, Fraction(25), False, int(duration * 25), Fraction(0),
        duration, 8, "", False, False, 1_000_000,
    )  # fmt: skip
    return MediaInfo("film.mp4", "mp4", 1000, stream if picture else None, None, int(picture), 1, False, duration)


def film(
    seconds: float,
    cuts: Sequence[float] = (),
    arousal: Sequence[float] | float = 0.0,
    valence: float = 0.0,
    openings: str = "cut",
    confidence: float = 1.0,
    peaks: Sequence[tuple[float, float]] = (),
    still: bool = False,
) -> VideoReading:
    """A picture with these cuts and curves."""
    info = media(seconds)
    count = max(1, -(-info.duration // Fraction(1, 2)))
    frames = [Fraction(0), *(Fraction(round(at * 25), 25) for at in cuts), info.duration]
    shots = tuple(
        Shot(Span(a, b), openings if a else "start", confidence, 0.7 if a else 0.0, 0.3, 0.5)
        for a, b in pairwise(frames)
    )
    curve = tuple(arousal) if isinstance(arousal, Sequence) else (arousal,) * count
    level = (0.3,) * count
    moves = tuple(MotionPeak(Fraction(round(at * 25), 25), strength) for at, strength in peaks)
    return VideoReading(
        info, shots, level, level, (0.6,) * count, level, (0.7,) * count, curve, (valence,) * count, moves, still
    )


def sound(
    seconds: float,
    speech: Sequence[tuple[float, float]] = (),
    music: Sequence[tuple[float, float]] = (),
    lufs: float = -23.0,
    energy: float = 0.45,
    silent: bool = False,
) -> AudioReading:
    """A sound of this kind."""
    count = max(1, round(seconds * 2))
    return AudioReading(media(seconds), lufs, 5.0, -3.0, (energy,) * count, spans(speech), (), spans(music), silent)


def spans(pairs: Sequence[tuple[float, float]]) -> tuple[Span, ...]:
    """Spans from floats."""
    return tuple(Span(Fraction(round(a * 1000), 1000), Fraction(round(b * 1000), 1000)) for a, b in pairs)


def read(video: VideoReading | None, audio: AudioReading | None = None, seconds: float | None = None) -> FilmReading:
    """Read them together."""
    info = video.info if video else media(seconds or 10, picture=False)
    return read_film(Reading(info, video, audio))


def reason(found: FilmReading, field: str) -> str:
    """The text of the reason for a field."""
    return next(reason.text for reason in found.reasons if reason.field == field)


def covers(found: FilmReading, duration: Seconds) -> bool:
    """Cues follow each other from the first to the last moment."""
    edges = [cue.span for cue in found.cues]
    return edges[0].start == 0 and edges[-1].end == duration and all(a.end == b.start for a, b in pairwise(edges))


def test_the_reason_for_the_mood_tells_what_was_seen() -> None:
    """Pace and tone first, then the evidence."""
    found = read(film(20, [7, 13], arousal=-0.3, valence=0.5))
    assert reason(found, "mood") == "slow and warm: 2 cuts, some motion, bright"
    assert found.arousal == pytest.approx(-0.3)
    assert found.valence == pytest.approx(0.5)


def test_loud_sound_raises_arousal_and_quiet_sound_lowers_it() -> None:
    """The film's own sound has a share in what it feels like."""
    plain = read(film(20)).arousal
    assert read(film(20), sound(20, energy=0.95)).arousal > plain + 0.2
    assert read(film(20), sound(20, energy=0.05)).arousal < plain - 0.2
    assert read(film(20), sound(20, energy=0.95, silent=True)).arousal == plain


def test_big_sure_cuts_into_long_shots_weigh_most() -> None:
    """Confidence, and the length of the shot a cut opens, decide."""
    long, short = read(film(20, [6, 7])).hits[1].weight, read(film(20, [6, 7])).hits[0].weight
    assert long > short
    assert read(film(20, [6, 7], confidence=0.5)).hits[1].weight < long
    assert read(film(20, [6, 7], confidence=0.2)).hits == ()


@pytest.mark.parametrize("opening", ["dissolve", "fade"])
def test_soft_transitions_are_half_hits_at_most(opening: str) -> None:
    """Dissolves and fades have no exact moment."""
    hits = read(film(30, [10, 20], openings=opening)).hits
    assert [hit.kind for hit in hits] == [opening, opening]
    assert all(hit.weight <= 0.5 for hit in hits)


def test_motion_is_marked_only_where_nothing_else_is() -> None:
    """A strong move in the middle of a shot counts; one beside a cut, a weak one and one at the edge do not."""
    found = read(film(30, [10], peaks=[(0.3, 1.0), (10.5, 1.0), (18, 0.9), (19, 0.8), (25, 0.4)]))
    assert [(float(hit.at), hit.kind) for hit in found.hits] == [(10.0, "cut"), (18.0, "motion")]
    assert found.hits[1].weight <= 0.5


def test_hits_are_in_order_and_inside_the_film() -> None:
    """Whatever the shots say."""
    found = read(film(12, [2, 2.2, 2.4, 5, 9, 11.96]))
    at = [hit.at for hit in found.hits]
    assert at == sorted(set(at))
    assert all(0 < moment < 12 for moment in at)
    assert all(0 < hit.weight <= 1 for hit in found.hits)


def test_cues_turn_where_the_film_turns() -> None:
    """Calm, then lively, then calm, with cuts at the turns: opening, lift, ending."""
    curve = [-0.6] * 40 + [0.6] * 40 + [-0.6] * 40
    found = read(film(60, [5, 12, 20, 27, 33, 40, 48], arousal=curve))
    assert [cue.label for cue in found.cues] == ["opening", "lift", "ending"]
    assert [cue.span.start for cue in found.cues] == [0, 20, 40]
    assert covers(found, Fraction(60))
    turning = {hit.at: hit.weight for hit in found.hits}
    assert turning[Fraction(20)] > turning[Fraction(27)]


def test_a_dip_is_a_break() -> None:
    """Lively, calm, lively: the music draws breath in the middle."""
    curve = [0.5] * 40 + [-0.5] * 40 + [0.7] * 40 + [0.5] * 20
    found = read(film(70, [20, 40, 60], arousal=curve))
    assert "break" in [cue.label for cue in found.cues]


def test_an_even_film_leaves_the_form_to_the_composer() -> None:
    """One long take of one character is one cue without a label."""
    found = read(film(60))
    assert [(cue.label, cue.span) for cue in found.cues] == [("", Span(Fraction(0), Fraction(60)))]


@pytest.mark.parametrize("seconds", [1, 5, 15, 30, 90, 600, 3600])
def test_cues_are_long_enough_for_music(seconds: int) -> None:
    """At every duration the cues cover the film, none shorter than four bars unless the film is."""
    cuts = list(range(3, seconds - 1, 4))
    curve = [0.5 if (k // 37) % 2 else -0.5 for k in range(2 * seconds)]
    found = read(film(seconds, cuts, arousal=curve))
    assert covers(found, Fraction(seconds))
    assert all(cue.span.duration >= min(SHORTEST, Fraction(seconds)) for cue in found.cues)
    assert len(found.cues) <= max(1, seconds // 8)
    assert all(0 <= cue.energy <= 1 and -1 <= cue.valence <= 1 for cue in found.cues)


def test_cues_of_nothing() -> None:
    """Without curves there is one even cue."""
    assert len(cue_sheet((), (), {}, Fraction(30))) == 1


def test_speech_is_kept_and_music_goes_beneath() -> None:
    """Pauses shorter than 0.3 s do not end speech; speech past the end of the film is cut off."""
    found = read(film(10), sound(10, speech=[(1, 2), (2.2, 4), (6, 12)]))
    assert found.original_audio == "keep"
    assert found.speech == spans([(1, 4), (6, 10)])
    assert reason(found, "own sound") == "somebody speaks for 7.0 s of 10.0 s; the music goes beneath"


def test_the_films_own_music_is_named_and_replaced() -> None:
    """Two musics at once are noise; where it plays is said."""
    found = read(film(40), sound(40, music=[(2, 21), (23, 39)]))
    assert found.original_audio == "replace"
    assert "0:02-0:21, 0:23-0:39" in reason(found, "own sound")


def test_music_under_speech_is_kept_and_owned_up_to() -> None:
    """It cannot be taken apart, so a note says that it stays."""
    found = read(film(20), sound(20, speech=[(1, 9)], music=[(0, 20)]))
    assert found.original_audio == "keep"
    assert found.notes == ("The film's own music (0:00-0:20) lies with the speech and stays.",)


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        (None, "none"),
        (sound(20, silent=True, lufs=float("-inf")), "none"),
        (sound(20, lufs=-30.0), "keep"),
        (sound(20, lufs=-48.0), "replace"),
        (sound(20, speech=[(3, 3.1)]), "keep"),
    ],
    ids=["no sound", "silent", "the sounds of a place", "hiss", "a cough"],
)
def test_what_becomes_of_other_sounds(audio: AudioReading | None, expected: str) -> None:
    """Silence is no sound; a place may be heard; hiss may not."""
    found = read(film(20), audio)
    assert found.original_audio == expected
    assert found.speech == ()
    assert reason(found, "own sound")


def test_a_recording_without_picture() -> None:
    """Only sound: no cues, no hits, no frames; its energy is the arousal."""
    found = read(None, sound(75, music=[(0, 75)], energy=0.9), 75)
    assert (found.cues, found.hits, found.frame_rate) == ((), (), None)
    assert found.duration == 75
    assert found.arousal > 0.2
    assert found.original_audio == "replace"


def test_a_still_picture() -> None:
    """A still says so and has nothing to hit."""
    found = read(film(8, still=True, valence=-0.5))
    assert reason(found, "mood") == "a still picture, sombre: bright"
    assert found.hits == ()


def test_a_reading_of_nothing() -> None:
    """Neither picture nor sound: an even mood, and nothing to hit."""
    found = read(None, None, 5)
    assert (found.arousal, found.valence, found.energy, found.original_audio) == (0.0, 0.0, 0.5, "none")
