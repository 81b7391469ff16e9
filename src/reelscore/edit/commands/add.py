"""Put a file on the timeline.

    before  | city      |
    after   | city      | beach |        add beach

Film clips are inserted (at a moment inside a clip, the clip is divided); sound is laid where its track is free.
Music and sounds end with the film at the latest. A picture lasts 3 s unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Noted, Param, Said
from reelscore.edit.film import film_length
from reelscore.edit.params import choice, length, moment
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import material
from reelscore.edit.targets import medium
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import film_track, fresh_ids, inserted, put_on, snapped, with_track
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Media, Picture, Segment, Timeline, Track

STILL = Fraction(3)


def add(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    file = medium(timeline, args.text("media"))
    use = args.text("as") or _use(timeline, file, facts)
    if use in ("film", "background") and file.kind == "audio":
        raise refuse("no_picture", (m.name for m in timeline.media if m.kind != "audio"), what=file.name)
    if use in ("music", "voice", "sound") and not (file.kind == "audio" or file.has_sound):
        raise refuse("no_sound", (m.name for m in timeline.media if m.has_sound), what=file.name)
    if args.text("as") == "music" and not {"at", "duration", "start"} & {
        p.name for p in COMMAND.params if p.name in args
    }:
        music = [held.media for track, _, held in timeline.placed() if track.kind == "audio" and track.role == "music"]
        if file.id in music:
            return timeline  # it is the music already
    segment = _segment(timeline, file, args)
    at = args.maybe_exact("at")
    if use == "film":
        return kept_together(timeline, _in_film(timeline, segment, at))
    if use == "background":
        lying = Track(next(fresh_ids(timeline, "t")), "video", "Background", "background", (segment,))
        return replace(timeline, tracks=(lying, *timeline.tracks))
    end, start = film_length(timeline), at or Fraction(0)
    if use in ("music", "sound") and "duration" not in args and end > start:
        segment = replace(segment, duration=min(segment.duration, end - start))
    name = {"music": "BGM", "voice": "Voice", "sound": "Sound"}[use]
    return put_on(timeline, "audio", start, segment, name, use)


def _use(timeline: Timeline, file: Media, facts: Facts) -> str:
    """A picture belongs to the film; a sound is a voice if it speaks, else music where there is none yet."""
    if file.kind != "audio":
        return "film"
    spoken = sum((span.duration for span in facts.of(file.id).speech), Fraction(0))
    if file.duration and spoken > file.duration / 2:
        return "voice"
    return "sound" if file.duration < 5 or any(t.role == "music" for t in timeline.tracks) else "music"


def _segment(timeline: Timeline, file: Media, args: Arguments) -> Segment:
    start = args.maybe_exact("start") or Fraction(0)
    segment = Segment(next(fresh_ids(timeline)), STILL, file.id, start, name=file.name.rsplit(".", 1)[0])
    most = material(segment, file)
    wanted = args.maybe_exact("duration") or (STILL if most is None else most)
    if most is not None and (most <= 0 or wanted > most + timeline.canvas.frame):
        raise refuse("no_source_left", what=file.name, length=plain_length(max(Fraction(0), most)))
    return replace(segment, duration=wanted)


def _in_film(timeline: Timeline, segment: Segment, at: Seconds | None) -> Timeline:
    film = film_track(timeline) or Track(next(fresh_ids(timeline, "t")), "video", "Video")
    first = next((held for _, held in film.placed() if held.picture), None)
    if first is not None and first.picture is not None and first.picture.fit != "contain":
        segment = replace(segment, picture=Picture(fit=first.picture.fit))
    moment = film.duration if at is None else snapped(timeline, at)
    after = inserted(film, moment, (segment,), _others(timeline, segment))
    if timeline.track(film.id) is None:
        return replace(timeline, tracks=(after, *timeline.tracks))
    return with_track(timeline, after)


def _others(timeline: Timeline, segment: Segment) -> Iterator[str]:
    return (name for name in fresh_ids(timeline) if name != segment.id)


COMMAND = Command(
    name="add",
    group="clips",
    help=Said("Put a file on the timeline", "把文件放到时间线上"),
    params=(
        Param("media", "media", Said("the file", "文件"), required=True),
        moment(
            "at",
            "when it starts; the film's end for a clip, 0 for sound",
            "开始时间；片段默认接在影片末尾，声音默认从 0 开始",
        ),
        length("duration", "how long it lasts", "持续时间"),
        length("start", "where in the file it starts", "从文件的哪里开始", low=0),
        choice(
            "as",
            "what it is",
            "用途",
            Choice("film", ("clip", "video"), ("影片", "片段", "视频")),
            Choice("music", ("bgm", "soundtrack", "background music"), ("音乐", "配乐", "背景音乐")),
            Choice("voice", ("voiceover", "narration"), ("旁白", "配音")),
            Choice("sound", ("effect", "sound effect"), ("音效", "声音")),
            Choice("background", (), ("背景",)),
        ),
    ),
    words={
        "en": ("add", "insert", "put in", "append", "include", "use"),
        "zh": ("添加", "加入", "加上", "插入", "放入", "放进"),
    },
    examples=(
        Example("add beach at the end", "在最后加上 beach", {"media": "beach"}, "added beach (10-18s)", "film"),
        Example(
            "insert the sunset photo at 4 seconds for 2 seconds",
            "在第4秒插入 sunset 照片，持续2秒",
            {"media": "sunset", "at": 4, "duration": 2},
            "added sunset (4-6s)",
            "clips",
        ),
        Example(
            "add Lo-fi as background music",
            "用 Lo-fi 作为背景音乐",
            {"media": "Lo-fi", "as": "music"},
            "added music (0-10s)",
            "silent",
        ),
        Example(
            "add the voiceover from 1 second",
            "从第1秒加入旁白 voiceover",
            {"media": "voiceover", "at": 1},
            "added voice (1-13s)",
            "silent",
        ),
    ),
    edit=add,
)
