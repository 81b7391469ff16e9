"""Arguments at random: for every kind of parameter, values that people and machines send, right and wrong."""

from __future__ import annotations

from hypothesis import strategies as st

from reelscore.edit.command import Command
from reelscore.values.command import Param, Plain

REFERENCES = (
    "clip 1", "clip 2", "last clip", "all clips", "all", "music", "the title", "beach", "voice", "2", "s1", "s9",
    "text", "all texts", "overlay",
    "background", "第二个片段", "配乐", "clip 7", "nobody", "at 3s",
)  # fmt: skip
LENGTHS = (0, 0.01, 0.5, 1, 2, 2.5, 3.333, 7, 20, 100, "1:05", "12f", "500ms", "1/3", "1分30秒", "x", -1)
MOMENTS = (0, 0.5, 1.017, 3, 5, 9.99, 14, 40, "start", "middle", "end", -1, -100, "0:07", "7/3")
PERCENTS: tuple[Plain, ...] = (0, 5, 20, 35, 100, 150, "35%", -20)
DECIBELS: tuple[Plain, ...] = (-6, 0, 3, "-12 dB")
MEDIA = ("beach", "city timelapse.mp4", "sunset", "Lo-fi", "voiceover", "logo", "interview", "nothing", "3")


def _text(param: Param) -> st.SearchStrategy[Plain]:
    given: dict[str, tuple[Plain, ...]] = {
        "font": ("Noto Sans", "two\nlines"),
        "file": ("captions.srt", "song.lrc", "no.srt"),
        "section": ("chorus", "intro", "A", "nowhere"),
        "order": ("reverse", "2,1", "3,1,2", "1"),
        "track": ("BGM", "1", "Video", "none"),
    }
    return st.sampled_from(
        given.get(param.name, ("Hello", "多行\n文字", "x" * 300, "  ", "1\n00:00:01,000 --> 00:00:02,000\nHi"))
    )


def value_of(param: Param) -> st.SearchStrategy[Plain]:
    """A value for this parameter, mostly one that fits."""
    if param.choices:
        return st.sampled_from([*(choice.name for choice in param.choices), "no such choice"])
    numbers: st.SearchStrategy[Plain] = st.floats(-500, 500, allow_nan=False).map(lambda x: round(x, 2))
    kinds: dict[str, st.SearchStrategy[Plain]] = {
        "seconds": st.sampled_from(LENGTHS),
        "moment": st.sampled_from(MOMENTS),
        "percent": st.one_of(st.sampled_from(PERCENTS), numbers),
        "decibels": st.one_of(st.sampled_from(DECIBELS), numbers),
        "degrees": st.sampled_from((90, -90, 180, 45, 33.3)),
        "number": st.sampled_from((25, 29.97, 24, 60, 120, -14, 0.5, 1)),
        "factor": st.sampled_from((2, 0.5, "1/3", "1.25x", "half", 7, 0.01, "50%")),
        "count": st.sampled_from((1, 2, 3, 4, 7, -1, 0, 100)),
        "switch": st.booleans(),
        "colour": st.sampled_from(("red", "#ff880080", "#abc", "白色", "nothing")),
        "segment": st.sampled_from(REFERENCES),
        "segments": st.sampled_from(REFERENCES),
        "track": st.sampled_from(("BGM", "1", "Video", "none")),
        "media": st.sampled_from(MEDIA),
        "bars": st.sampled_from(("1-2", "3", "9-16", "200-300", "4-2")),
        "ratio": st.sampled_from(("16:9", "9:16", "1:1", "4:5", "21:9", "0:1")),
        "size": st.sampled_from(("720p", "1080x1080", "4k", "641x480", "8x8")),
        "text": _text(param),
        "name": _text(param),
    }
    return kinds[param.kind]


@st.composite
def arguments(draw: st.DrawFn, command: Command) -> dict[str, Plain]:
    """What is required, and some of the rest; or what one of the examples says."""
    if draw(st.integers(0, 3)) == 0:
        return dict(draw(st.sampled_from(command.examples)).args)
    given: dict[str, Plain] = {}
    for param in command.params:
        if param.required or draw(st.booleans()):
            given[param.name] = draw(value_of(param))
    return given
