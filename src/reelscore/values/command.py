"""What an edit command says of itself: its parameters, its words, its examples; and what an edit changed.

Everything a person meets is derived from these values: chat grammar, command line, HTTP schema, tools and docs.
Words and help come in English and Chinese; the code's own names are English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from reelscore.values.time import Span

if TYPE_CHECKING:
    from reelscore.values.timeline import Timeline

LANGUAGES = ("en", "zh")
Plain = str | int | float | bool | None  # as it comes from outside, and goes into JSON
Value = str | int | float | bool | Fraction | tuple[str, ...] | None  # as a command reads it
Held = str | float | bool | Fraction | Span | None  # what a property held before and after

PARAM_KINDS = (
    "seconds",  # a length: 12.5, "1:05", "12.5s", "500ms", "12f" (frames), "1分30秒"
    "moment",  # a point of the timeline: as seconds, or "start", "middle", "end"; negative: from the end
    "percent",  # 35 or "35%"
    "decibels",  # -6 or "-6 dB"
    "degrees",
    "number",
    "factor",  # 2, "2x", "1/2", "50%"
    "count",
    "switch",  # yes or no
    "choice",
    "text",  # may have several lines; `high` letters at most
    "name",  # one short line
    "colour",  # "#rrggbb", "#rrggbbaa" or a name
    "segment",  # one segment, as a person says it: id, "clip 2", "the last clip", "the music", a name
    "segments",  # one or more: as "segment", and "all clips", "all"
    "track",
    "media",  # a file the timeline knows: id or name
    "bars",  # "9-16" or "9", counted from 1 as musicians do
    "ratio",  # "16:9"
    "size",  # "1920x1080", "1080p", "4k"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The same in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a parameter takes, and the words that mean it (its name always does)."""

    name: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter. `default` is told to people; `low` and `high` bound numbers and lengths, both included.

    `on` restricts what a reference may name: "video", "audio", "text", "music", "sounding", "picture".
    """

    name: str
    kind: str  # of PARAM_KINDS
    help: Said
    required: bool = False
    default: Plain = None
    low: float | None = None
    high: float | None = None
    choices: tuple[Choice, ...] = ()
    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A message in either language, what it means, and exactly what it does to a named small timeline."""

    en: str
    zh: str
    args: Mapping[str, Plain]
    does: str  # the changes in English, as the reply words them
    on: str = "film"  # a name of edit/samples.py


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """A command as the edges and the chat see it."""

    name: str
    group: str  # "clips", "time", "sound", "text", "picture", "transitions", "beat", "music"
    help: Said
    params: tuple[Param, ...] = ()
    words: Mapping[str, tuple[str, ...]]  # language -> phrases that select the command
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about."""

    kind: str  # "segment", "track", "canvas", "marker", "transition", "request", "media", "timeline"
    id: str
    label: str = ""  # as a person knows it: "clip 2", "Lo-fi", "Urban Dreams"
    role: str = ""  # of a segment: "video", "picture", "music", "audio", "text"


@dataclass(frozen=True, slots=True)
class Change:
    """One property of one subject, before and after; None where there was nothing.

    `unit` says what the values are: "percent", "seconds", "span", "text", "name", "factor", "decibels", "switch", ...
    `follows`: moved only because something before it became longer or shorter.
    """

    subject: Subject
    property: str
    before: Held
    after: Held
    unit: str = ""
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A command with its arguments, as it came."""

    command: str
    args: tuple[tuple[str, Plain], ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The timeline after an edit, and what is different. `notes` tell what was done otherwise than asked."""

    timeline: Timeline
    changes: tuple[Change, ...]
    steps: tuple[Step, ...] = ()
    notes: tuple[Said, ...] = field(default=())
