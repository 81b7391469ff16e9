"""What a prompt asks for, typed: the one value that all readers of a prompt fill and everybody else starts from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reelscore.brief.entrances import Placed
from reelscore.brief.leaving_out import Refused
from reelscore.brief.moments import Moment
from reelscore.brief.shape import Step
from reelscore.brief.windows import Window
from reelscore.values.brief import Exclusion
from reelscore.values.time import Meter, Seconds


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the words that said it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Style:
    """A style named. `written`: the catalogue has it; `firm`: named as a style, not hinted at by a scene."""

    name: str
    words: str
    written: bool
    firm: bool


@dataclass(frozen=True, slots=True)
class PromptReading:
    """What a prompt asks for. None, "", 0 and () where it leaves a thing open."""

    language: str
    duration: Seconds | None
    duration_words: str
    bpm: Fraction | None  # one number, given plainly
    bpm_window: tuple[Fraction, Fraction] | None  # "90-100 bpm", "about 90 bpm", andante
    bpm_words: str
    tempo: float  # factor from "slow", "very fast"...; 1 where nothing was said
    tempo_words: str
    tonic: int | None
    mode: str | None
    key_words: str
    meter: Meter | None
    styles: tuple[Style, ...]  # the most wanted first
    moods: tuple[Said, ...]
    uses: tuple[Said, ...]
    instruments: tuple[Said, ...]  # names of instruments, families or roles
    only: tuple[str, ...]  # nothing but `instruments` that these words named; () leaves the band open
    only_section: str  # "" for the whole piece
    only_window: Window | None
    exclusions: tuple[tuple[Exclusion, str], ...]
    timed: tuple[tuple[str, Window, str], ...]  # what must not sound for some time, when, and the words that said so
    refused: tuple[Refused, ...]  # styles, moods, tempi not wanted
    vocals: str  # words that asked for singing
    no_vocals: str  # words that asked for none
    energy: float  # offset
    density: float  # offset
    force_words: str
    steps: tuple[Step, ...]  # the course of the piece
    audio: str | None  # "keep", "replace"
    audio_words: str
    loudness: str | None  # a preset or a number of LUFS
    loudness_words: str
    hits: tuple[Moment, ...]
    loop: str  # the words that asked for a loop
    sting: str  # the words that asked for a sting
    entrances: tuple[Placed, ...]  # sounds asked for in one section or stretch of time
    title: str
    corrections: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    players: int = 0  # of a duo, a trio...; 0 where nothing says how many
