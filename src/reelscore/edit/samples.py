"""Small timelines that the commands' examples start from. Each is described so that a reader sees what an edit does.

All run at 30 frames a second on a 1920x1080 canvas, and none needs a file: media are named by made-up hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from reelscore.values.facts import Facts, Focus, MediaFacts, Passage
from reelscore.values.time import Span
from reelscore.values.timeline import (
    Filter,
    Gap,
    Marker,
    Media,
    Picture,
    Request,
    Segment,
    Sound,
    Text,
    Timeline,
    Track,
    Transition,
)

F = Fraction


def _media(digit: str, kind: str, name: str, seconds: int, sound: bool = False) -> Media:
    picture = (1920, 1080, F(30)) if kind == "video" else (1600, 1200, None) if kind == "image" else (0, 0, None)
    return Media(f"sha256:{digit * 64}", kind, name, F(seconds), picture[0], picture[1], picture[2], sound)


CITY = _media("a", "video", "city timelapse.mp4", 20)
BEACH = _media("b", "video", "beach.mp4", 8, sound=True)
INTERVIEW = _media("c", "video", "interview.mp4", 30, sound=True)
PHOTO = _media("d", "image", "sunset.jpg", 0)
LOFI = _media("e", "audio", "Lo-fi.wav", 60, sound=True)
VOICE = _media("f", "audio", "voiceover.wav", 12, sound=True)
LOGO = _media("9", "image", "logo.png", 0)
ALL_MEDIA = (CITY, BEACH, INTERVIEW, PHOTO, LOFI, VOICE, LOGO)


def _clip(name: str, medium: Media, seconds: int, start: int = 0) -> Segment:
    return Segment(name, F(seconds), medium.id, F(start), name=medium.name.rsplit(".", 1)[0])


def _music(seconds: int, gain_db: float = 0.0) -> Track:
    held = Segment("s9", F(seconds), LOFI.id, name="Lo-fi", sound=Sound(gain_db), piece="sha256:" + "7" * 64)
    return Track("t2", "audio", "BGM", "music", (held,))


def _title() -> Track:
    return Track("t3", "text", "Title", items=(Segment("s10", F(3), text=Text("Urban Dreams")),))


def film() -> Timeline:
    """City timelapse 0-10s; music Lo-fi 0-10s; title "Urban Dreams" 0-3s."""
    video = Track("t1", "video", "Video", items=(_clip("s1", CITY, 10),))
    return Timeline(tracks=(video, _music(10), _title()), media=ALL_MEDIA)


def clips() -> Timeline:
    """City timelapse 0-4s, beach 4-8s, interview 8-14s; music Lo-fi 0-14s."""
    items = (_clip("s1", CITY, 4, 2), _clip("s2", BEACH, 4, 2), _clip("s3", INTERVIEW, 6, 5))
    return Timeline(tracks=(Track("t1", "video", "Video", items=items), _music(14)), media=ALL_MEDIA)


def talk() -> Timeline:
    """Interview 0-20s with sound; music Lo-fi 0-20s; voice-over 2-10s; one subtitle "Hello there" 1-3s."""
    voice = Segment("s8", F(8), VOICE.id, name="voiceover")
    line = Segment("s7", F(2), text=Text("Hello there", style="caption"))
    return Timeline(
        tracks=(
            Track("t1", "video", "Video", items=(_clip("s1", INTERVIEW, 20),)),
            _music(20),
            Track("t3", "audio", "Voice", "voice", (Gap(F(2)), voice)),
            Track("t4", "text", "Subtitles", items=(Gap(F(1)), line)),
        ),
        media=ALL_MEDIA,
    )


def slides() -> Timeline:
    """Photo sunset 0-3s, crossfade (1s) into the same photo mirrored 3-6s; a marker "start" at 1s; no music."""
    mirrored = Picture(flip_horizontal=True)
    items = (
        Segment("s1", F(3), PHOTO.id, name="sunset"),
        Segment("s2", F(3), PHOTO.id, name="sunset", picture=mirrored),
    )
    track = Track("t1", "video", "Video", items=items, transitions=(Transition("s2", "crossfade", F(1)),))
    return Timeline(tracks=(track,), media=ALL_MEDIA, markers=(Marker(F(1), "user", "start"),))


def silent() -> Timeline:
    """City timelapse 0-10s; nothing else."""
    return Timeline(tracks=(Track("t1", "video", "Video", items=(_clip("s1", CITY, 10),)),), media=ALL_MEDIA)


def inset() -> Timeline:
    """Interview 0-10s; a picture above it, still as large as the film: beach 2-6s."""
    overlay = Track("t2", "video", "Overlay", items=(Gap(F(2)), _clip("s2", BEACH, 4)))
    return Timeline(
        tracks=(Track("t1", "video", "Video", items=(_clip("s1", INTERVIEW, 10),)), overlay), media=ALL_MEDIA
    )


def waiting() -> Timeline:
    """City timelapse 0-10s; music 0-10s that is still to be written."""
    music = Track("t2", "audio", "BGM", "music", (Segment("s2", F(10), name="lo-fi"),))
    made = silent()
    return replace(made, tracks=(*made.tracks, music), requests=(Request("r1", "generate", "s2", "lo-fi"),))


def quiet() -> Timeline:
    """As `talk`, but the voice-over and the interview's own sound are muted."""
    made = talk()
    film, voice = made.tracks[0], made.tracks[2]
    hushed = [replace(s, sound=Sound(muted=True)) for t in (film, voice) for _, s in t.placed()]
    tracks = (
        replace(film, items=(hushed[0],)), made.tracks[1], replace(voice, items=(Gap(F(2)), hushed[1])), made.tracks[3],
    )  # fmt: skip
    return replace(made, tracks=tracks)


def medley() -> Timeline:
    """City timelapse 0-10s; Lo-fi 0-4s, then another part of it 4-10s."""
    made = film()
    pieces = (Segment("s8", F(4), LOFI.id, name="Lo-fi"), Segment("s9", F(6), LOFI.id, F(20), name="Lo-fi"))
    music = replace(made.tracks[1], items=pieces)
    return replace(made, tracks=(made.tracks[0], music))


def graded() -> Timeline:
    """As `silent`; the film is warm, and brighter by 20%."""
    made = silent()
    seen = Picture(filters=(Filter("warm"), Filter("brightness", 0.2)))
    items = tuple(replace(segment, picture=seen) for _, segment in made.tracks[0].placed())
    return replace(made, tracks=(replace(made.tracks[0], items=items),))


def offbeat() -> Timeline:
    """City timelapse 0-4.2s, interview 4.2-9.2s: the cut lies 0.2 s after a beat of the music, Lo-fi 0-10s."""
    items = (replace(_clip("s1", CITY, 4, 2), duration=F(21, 5)), _clip("s2", INTERVIEW, 5, 5))
    return Timeline(tracks=(Track("t1", "video", "Video", items=items), _music(10)), media=ALL_MEDIA)


SAMPLES: Mapping[str, Callable[[], Timeline]] = {
    made.__name__: made for made in (film, clips, talk, slides, silent, inset, waiting, quiet, medley, graded, offbeat)
}

_BEATS = tuple(F(n, 2) for n in range(120))  # 120 bpm, 4/4: a bar is two seconds
FACTS = Facts(
    {
        LOFI.id: MediaFacts(
            beats=_BEATS,
            downbeats=_BEATS[::4],
            passages=(
                Passage(Span(F(0), F(8)), "A", "theme", 0, 4),
                Passage(Span(F(8), F(16)), "B", "lift", 4, 4),
                Passage(Span(F(16), F(60)), "end", "ending", 8, 22),
            ),
            instruments=("electric_piano", "drums", "bass"),
            loudness_lufs=-14.0,
            true_peak_dbtp=-1.0,
        ),
        CITY.id: MediaFacts(cuts=(F(3), F(7)), focus=(Focus(F(0), 0.25, 0.5),)),
        INTERVIEW.id: MediaFacts(speech=(Span(F(1), F(9)),), loudness_lufs=-23.0, focus=(Focus(F(0), 0.7, 0.4),)),
        VOICE.id: MediaFacts(speech=(Span(F(0), F(12)),), loudness_lufs=-20.0),
        BEACH.id: MediaFacts(loudness_lufs=-30.0),
    },
    {
        "captions.srt": "1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:03,000 --> 00:00:05,000\nWelcome\n",
        "song.lrc": "[ti:Night]\n[00:01.00]City lights\n[00:04.50]Keep me awake\n",
    },
)
