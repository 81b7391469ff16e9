"""Ask for new music, written for this film. It takes the place of the composed music there was.

    before  | city city city |
    after   | city city city |
              ~~ lo-fi ~~~~~        written when the edit is done

The length is the film's unless said otherwise. The words go to the composer as they are; what is named apart (genre,
tempo, key...) wins over them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import length, moment, switch
from reelscore.edit.places import places
from reelscore.edit.requests import default_length, requested, wishes_of
from reelscore.edit.segments import sound_of
from reelscore.edit.tracks import fresh_ids, put_on, without
from reelscore.values.facts import Facts
from reelscore.values.timeline import Request, Segment, Sound, Timeline

WISHES = ("genre", "mood", "bpm", "key", "instruments", "without")


def generate_music(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    start = args.maybe_exact("at") or Fraction(0)
    duration = args.maybe_exact("duration") or max(Fraction(1), default_length(timeline) - start)
    old = [place for place in places(timeline) if place.role == "music"]
    sound = replace(sound_of(old[0].segment), fade_in=Fraction(0), fade_out=Fraction(0)) if old else Sound()
    after = timeline
    if not args.switch("keep"):
        after = without(timeline, [place.segment.id for place in old], close=False)
    words = args.text("prompt").strip()
    name = next(fresh_ids(timeline))
    segment = Segment(name, duration, name=args.text("genre") or words[:60].replace("\n", " ") or "music", sound=sound)
    after = put_on(after, "audio", start, segment, "BGM", "music")
    request = Request("", "generate", name, words, seed=args.count("seed"), wishes=wishes_of(args, WISHES))
    return requested(after, request)


def _words(name: str, en: str, zh: str) -> Param:
    return Param(name, "name", Said(en, zh))


COMMAND = Command(
    name="generate_music",
    group="music",
    help=Said("Write new music for the film", "为影片创作新音乐"),
    params=(
        Param("prompt", "text", Said("what it should be like", "想要什么样的音乐"), default=""),
        length("duration", "how long; the film's length", "时长；默认与影片相同", low=1, high=3600),
        moment("at", "when it starts", "开始时间", default=0),
        _words("genre", "genre", "风格"),
        _words("mood", "mood", "情绪"),
        Param("bpm", "number", Said("tempo in beats a minute", "速度（BPM）"), low=30, high=300),
        _words("key", "key, such as D minor", "调，如 D 小调"),
        _words("instruments", "instruments that should play, with commas", "要用的乐器，用逗号分隔"),
        _words("without", "what must not sound", "不要的乐器"),
        Param(
            "seed",
            "count",
            Said("the same seed writes the same music", "相同的种子写出相同的音乐"),
            default=1,
            low=0,
            high=10**8,
        ),
        switch("keep", "keep the music that is there", "保留已有的音乐"),
    ),
    words={
        "en": (
            "generate music",
            "add music",
            "compose",
            "score this",
            "background music",
            "make a soundtrack",
            "create music",
            "new music",
        ),
        "zh": ("生成音乐", "配乐", "加音乐", "作曲", "背景音乐", "来点音乐", "创作音乐", "加个配乐"),
    },
    examples=(
        Example(
            "add calm lo-fi background music",
            "加一段舒缓的 lo-fi 背景音乐",
            {"prompt": "calm lo-fi"},
            "added music (0-10s); music to be written (calm lo-fi)",
            "silent",
        ),
        Example(
            "compose a 20 second house track at 124 bpm",
            "创作一段20秒、124 BPM 的浩室音乐",
            {"genre": "house", "bpm": 124, "duration": 20},
            "added music (0-20s); music to be written (house, 124 bpm)",
            "silent",
        ),
        Example(
            "new music: epic and cinematic",
            "换一首史诗感的电影配乐",
            {"prompt": "epic, cinematic"},
            "removed Lo-fi (0-10s); added epic, cinematic (0-10s); music to be written (epic, cinematic)",
            "film",
        ),
    ),
    edit=generate_music,
)
