"""Timelines that messages are said to, beside those of `edit/samples.py`: as large as people's own.

None needs a file. All run at 30 frames a second, and on 1920x1080 where nothing else is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.samples import FACTS as SAMPLE_FACTS
from reelscore.edit.samples import SAMPLES
from reelscore.values.facts import Facts, MediaFacts, Passage
from reelscore.values.time import Span
from reelscore.values.timeline import (
    Canvas,
    Gap,
    Marker,
    Media,
    Picture,
    Segment,
    Sound,
    Text,
    Timeline,
    Track,
    Transition,
)

F = Fraction


def _media(digits: str, kind: str, name: str, seconds: int, sound: bool = False) -> Media:
    picture = (1920, 1080, F(30)) if kind == "video" else (1600, 1200, None) if kind == "image" else (0, 0, None)
    return Media(f"sha256:{digits * 32}", kind, name, F(seconds), picture[0], picture[1], picture[2], sound)


INTRO = _media("10", "video", "intro.mp4", 6, sound=True)
HIKING = _media("11", "video", "hiking.mov", 24, sound=True)
LAKE = _media("12", "video", "lake.mp4", 15, sound=True)
DRONE = _media("13", "video", "drone.mp4", 40)
STORY = _media("14", "audio", "story.m4a", 12, sound=True)
SUNNY = _media("15", "audio", "Sunny Day.wav", 33, sound=True)
BADGE = _media("16", "image", "badge.png", 0)
WHOOSH = _media("17", "audio", "whoosh.wav", 2, sound=True)
PHOTOS = tuple(_media(f"2{n}", "image", f"{name}.jpg", 0) for n, name in enumerate(("cake", "family", "dog", "garden")))
PIANO = _media("31", "audio", "piano.mp3", 90, sound=True)
NIGHT = _media("41", "audio", "Night Drive.wav", 64, sound=True)
PARTY = _media("51", "video", "party.mp4", 25, sound=True)
DANCE = _media("52", "audio", "dance.mp3", 120, sound=True)
UNBOXING = _media("61", "video", "unboxing.mp4", 14, sound=True)
CLOSEUP = _media("62", "video", "closeup.mov", 9)
WEARING = _media("63", "video", "wearing.mp4", 20, sound=True)
CARD = _media("64", "image", "endcard.png", 0)
PITCH = _media("65", "audio", "pitch.m4a", 12, sound=True)
FRESH = _media("66", "audio", "Fresh Start.wav", 21, sound=True)
REVIEWS = _media("67", "video", "reviews.mp4", 12, sound=True)
CLICK = _media("68", "audio", "click.wav", 1, sound=True)
PHONE = tuple(
    _media(f"7{n}", "video", name, seconds, sound=True)
    for n, (name, seconds) in enumerate((("IMG_2041.MOV", 11), ("IMG_2042.MOV", 6), ("selfie.mp4", 15)))
)
POP = _media("75", "audio", "pop song.mp3", 150, sound=True)
HOST = _media("81", "video", "host.mp4", 720, sound=True)
JINGLE = _media("82", "audio", "jingle.wav", 8, sound=True)
SPONSOR = _media("83", "audio", "sponsor.mp3", 30, sound=True)


def _clip(name: str, medium: Media, seconds: int, start: int = 0) -> Segment:
    return Segment(name, F(seconds), medium.id, F(start), name=medium.name.rsplit(".", 1)[0])


def empty() -> Timeline:
    """Nothing at all."""
    return Timeline()


def uploaded() -> Timeline:
    """Two files, party.mp4 (25 s) and dance.mp3 (120 s), and nothing on the timeline yet."""
    return Timeline(media=(PARTY, DANCE))


def vlog() -> Timeline:
    """Intro 0-5s, hiking 5-15s, lake 15-25s, drone 25-33s; composed music Sunny Day 0-33s at half volume; voice-over
    story 6-18s; title "My Weekend" 0-4s; lower third "Anna" 6-10s; subtitle "What a view" 26-29s."""
    film = (_clip("s1", INTRO, 5), _clip("s2", HIKING, 10, 4), _clip("s3", LAKE, 10), _clip("s4", DRONE, 8, 10))
    music = Segment("s5", F(33), SUNNY.id, name="Sunny Day", sound=Sound(-6.0206), piece="sha256:" + "18" * 32)
    title = Segment("s7", F(4), text=Text("My Weekend"))
    anna = Segment("s8", F(4), text=Text("Anna", style="lower_third"))
    line = Segment("s9", F(3), text=Text("What a view", style="caption"))
    return Timeline(
        tracks=(
            Track("t1", "video", "Video", items=film),
            Track("t2", "audio", "BGM", "music", (music,)),
            Track("t3", "audio", "Voice", "voice", (Gap(F(6)), _clip("s6", STORY, 12))),
            Track("t4", "text", "Title", items=(title,)),
            Track("t5", "text", "Lower thirds", items=(Gap(F(6)), anna)),
            Track("t6", "text", "Subtitles", items=(Gap(F(26)), line)),
        ),
        media=(INTRO, HIKING, LAKE, DRONE, STORY, SUNNY, BADGE, WHOOSH),
    )


def album() -> Timeline:
    """Photos cake, family, dog, garden, 4 s each with crossfades of 0.5 s; the song piano.mp3 (a file) 0-16s; title
    "Grandma turns 80" 0-3s."""
    items = tuple(_clip(f"s{n}", photo, 4) for n, photo in enumerate(PHOTOS, 1))
    fades = tuple(Transition(item.id, "crossfade", F(8, 15)) for item in items[1:])
    return Timeline(
        tracks=(
            Track("t1", "video", "Video", items=items, transitions=fades),
            Track("t2", "audio", "Music", "music", (_clip("s5", PIANO, 16),)),
            Track("t3", "text", "Title", items=(Segment("s6", F(3), text=Text("Grandma turns 80")),)),
        ),
        media=(*PHOTOS, PIANO),
    )


def song() -> Timeline:
    """Composed music Night Drive 0-64s and no film: intro, verse, chorus, break, chorus, ending; 120 bpm."""
    piece = Segment("s1", F(64), NIGHT.id, name="Night Drive", piece="sha256:" + "42" * 32)
    return Timeline(tracks=(Track("t1", "audio", "BGM", "music", (piece,)),), media=(NIGHT,))


def branded() -> Timeline:
    """As `vlog`, with the badge as a small picture in the top right corner all along."""
    made = vlog()
    logo = replace(_clip("s10", BADGE, 33), picture=Picture(scale=0.2, x=0.88, y=0.15))
    return replace(made, tracks=(made.tracks[0], Track("t7", "video", "Overlay", items=(logo,)), *made.tracks[1:]))


def shop() -> Timeline:
    """Unboxing 0-6s, closeup 6-10s, wearing 10-18s, the picture endcard 18-21s; composed music Fresh Start 0-21s;
    voice-over pitch 1-13s; title "New in: Trail Shoe" 0-3s; subtitle "20% off" 18-21s; reviews.mp4 and click.wav not
    used yet."""
    film = (_clip("s1", UNBOXING, 6, 2), _clip("s2", CLOSEUP, 4), _clip("s3", WEARING, 8, 5), _clip("s4", CARD, 3))
    music = Segment("s5", F(21), FRESH.id, name="Fresh Start", piece="sha256:" + "69" * 32)
    offer = Segment("s8", F(3), text=Text("20% off", style="caption"))
    return Timeline(
        tracks=(
            Track("t1", "video", "Video", items=film),
            Track("t2", "audio", "BGM", "music", (music,)),
            Track("t3", "audio", "Voice", "voice", (Gap(F(1)), _clip("s6", PITCH, 12))),
            Track("t4", "text", "Title", items=(Segment("s7", F(3), text=Text("New in: Trail Shoe")),)),
            Track("t5", "text", "Subtitles", items=(Gap(F(18)), offer)),
        ),
        media=(UNBOXING, CLOSEUP, WEARING, CARD, PITCH, FRESH, REVIEWS, CLICK),
    )


def reel() -> Timeline:
    """Upright, 1080x1920: IMG_2041 0-7s, IMG_2042 7-12s, selfie 12-20s, with their own sound; subtitles "wait for it"
    1-3s, "told you" 5-7s, "follow for part 2" 17-20s; no music, but the file pop song.mp3 (150 s)."""
    lengths = (7, 5, 8)
    film = tuple(_clip(f"s{n}", file, lengths[n - 1]) for n, file in enumerate(PHONE, 1))
    said = ((1, 2, "wait for it"), (2, 2, "told you"), (10, 3, "follow for part 2"))
    lines = [
        item
        for n, (gap, seconds, words) in enumerate(said, 4)
        for item in (Gap(F(gap)), Segment(f"s{n}", F(seconds), text=Text(words, style="caption")))
    ]
    return Timeline(
        canvas=Canvas(1080, 1920),
        tracks=(Track("t1", "video", "Video", items=film), Track("t2", "text", "Subtitles", items=tuple(lines))),
        media=(*PHONE, POP),
    )


def episode() -> Timeline:
    """Ten minutes of one shot: host 0-600s with its own sound; the file jingle 0-8s as music; lower third "Priya Nair"
    5-10s; a marker "sponsor" at 240s; sponsor.mp3 (30 s) not used yet."""
    name = Segment("s3", F(5), text=Text("Priya Nair", style="lower_third"))
    return Timeline(
        tracks=(
            Track("t1", "video", "Video", items=(_clip("s1", HOST, 600, 30),)),
            Track("t2", "audio", "Music", "music", (_clip("s2", JINGLE, 8),)),
            Track("t3", "text", "Lower thirds", items=(Gap(F(5)), name)),
        ),
        media=(HOST, JINGLE, SPONSOR),
        markers=(Marker(F(240), "user", "sponsor"),),
    )


_BEATS = tuple(F(n, 2) for n in range(129))
FACTS = Facts(
    {
        **SAMPLE_FACTS.media,
        SUNNY.id: MediaFacts(
            beats=_BEATS[:67],
            downbeats=_BEATS[:67:4],
            passages=(
                Passage(Span(F(0), F(4)), "intro", "intro", 0, 2),
                Passage(Span(F(4), F(16)), "A", "theme", 2, 6),
                Passage(Span(F(16), F(28)), "B", "lift", 8, 6),
                Passage(Span(F(28), F(33)), "end", "ending", 14, 3),
            ),
            instruments=("acoustic_guitar", "drums", "bass"),
            loudness_lufs=-14.0,
        ),
        NIGHT.id: MediaFacts(
            beats=_BEATS,
            downbeats=_BEATS[::4],
            passages=(
                Passage(Span(F(0), F(8)), "intro", "intro", 0, 4),
                Passage(Span(F(8), F(24)), "A", "theme", 4, 8),
                Passage(Span(F(24), F(40)), "B", "lift", 12, 8),
                Passage(Span(F(40), F(48)), "C", "break", 20, 4),
                Passage(Span(F(48), F(64)), "end", "ending", 24, 8),
            ),
            instruments=("synth_bass", "drums", "pad"),
            loudness_lufs=-14.0,
        ),
        FRESH.id: MediaFacts(
            beats=_BEATS[:43],
            downbeats=_BEATS[:43:4],
            passages=(
                Passage(Span(F(0), F(4)), "intro", "intro", 0, 2),
                Passage(Span(F(4), F(12)), "A", "theme", 2, 4),
                Passage(Span(F(12), F(18)), "B", "lift", 6, 3),
                Passage(Span(F(18), F(21)), "end", "ending", 9, 2),
            ),
            instruments=("marimba", "claps", "bass"),
            loudness_lufs=-14.0,
        ),
        PITCH.id: MediaFacts(speech=(Span(F(0), F(12)),), loudness_lufs=-21.0),
        HOST.id: MediaFacts(speech=(Span(F(30), F(640)),), loudness_lufs=-19.0),
        STORY.id: MediaFacts(speech=(Span(F(0), F(12)),), loudness_lufs=-20.0),
        HIKING.id: MediaFacts(loudness_lufs=-24.0),
    },
    SAMPLE_FACTS.texts,
)
TIMELINES: Mapping[str, Callable[[], Timeline]] = {
    **SAMPLES,
    **{made.__name__: made for made in (empty, uploaded, vlog, album, song, branded, shop, reel, episode)},
}
