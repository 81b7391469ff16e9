"""The brief: what to write, and why. Everything the composer needs; nothing about how the film was read.

Every field that was decided has a `Reason`. The prompt and options win over the picture; the picture fills what
they leave open; the genre's default fills the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reelscore.values.time import Beats, Meter, Seconds, Span, TempoMap

PITCH_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MODES = ("major", "minor", "dorian", "mixolydian", "lydian", "phrygian", "harmonic minor", "phrygian dominant")
ROLES = ("melody", "counter", "chords", "arp", "pad", "bass", "drums", "percussion", "fx")


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0 = C .. 11 = B) and a mode of `MODES`."""

    tonic: int
    mode: str

    @property
    def minor(self) -> bool:
        """Is it of the minor family? (Phrygian dominant is, though its third is major.)"""
        return self.mode in ("minor", "dorian", "phrygian", "harmonic minor", "phrygian dominant")

    def __str__(self) -> str:
        return f"{PITCH_NAMES[self.tonic]} {self.mode}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field holds what it holds: `text` reads after the field's name ("slow and warm: 2 cuts, ...")."""

    field: str
    value: str
    source: str  # "option", "prompt", "picture", "sound", "genre", "default"
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment of the film that the music should mark."""

    at: Seconds
    weight: float  # 0..1; a user's hit is 1
    kind: str  # "user", "marker", "cut", "dissolve", "fade", "motion", "end"
    label: str = ""

    @property
    def asked(self) -> bool:
        """Did a person name this moment, in words or by a marker on the timeline?"""
        return self.kind in ("user", "marker")


@dataclass(frozen=True, slots=True)
class HitResult:
    """Where a hit ended up on the beat axis."""

    hit: Hit
    target: str  # what it was written to: "downbeat", "beat", "eighth", "sixteenth", "none"
    error: Seconds  # grid time minus hit time
    kept: bool  # within one frame of its target
    beat: Beats | None = None  # the place on the beat axis it was written to, or the nearest one


@dataclass(frozen=True, slots=True)
class FitFigures:
    """How well a map fits. Rates are shares of the hits' weight that land within one frame, 0..1."""

    constant: bool  # one tempo from first to last
    slowest_bpm: float  # quarter notes per minute
    fastest_bpm: float
    largest_step: float  # change of tempo from one pulse to the next, as a share: .02 is 2 %
    odd_bars: float  # share of bars whose length is not the meter's (a pickup is none)
    beat_rate: float  # on any beat, downbeats included
    downbeat_rate: float
    chance_beat_rate: float  # what hits thrown at random would get on this map
    chance_downbeat_rate: float
    fixed_beat_rate: float  # what plain 120 bpm from second 0 would get
    fixed_downbeat_rate: float


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that must not sound: a role, an instrument or a family; everywhere, in sections of one kind, or within
    a stretch of time."""

    what: str
    section: str = ""  # "intro", "break", "ending", ...; "" for no one kind
    within: Span | None = None  # seconds

    @property
    def throughout(self) -> bool:
        """Must it never sound?"""
        return not self.section and self.within is None


@dataclass(frozen=True, slots=True)
class Entrance:
    """An instrument asked for in sections of one kind or within a stretch of time; `only` there, or there at least."""

    what: str
    section: str  # "" where `within` says when
    only: bool
    within: Span | None = None  # seconds


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of the film with one character; the composer makes sections of it."""

    span: Span
    label: str  # "opening", "build", "lift", "break", "ending", ...; "" where the form may choose
    energy: float  # 0..1
    valence: float  # -1..1


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of the course asked for; between points it runs straight, beyond them level."""

    at: Seconds
    energy: float  # 0..1
    valence: float  # -1..1


def mean_of(curve: tuple[CurvePoint, ...], start: float, end: float) -> tuple[float, float]:
    """Mean energy and valence of a curve between two seconds; two points at one second are a jump."""
    marks = sorted({start, end, *(float(p.at) for p in curve if start < p.at < end)})
    if len(marks) < 2:
        return _between(curve, start, start)
    energy = valence = 0.0
    for a, b in pairwise(marks):
        first, last = _between(curve, a, b), _between(curve, b, a)
        energy += (b - a) * (first[0] + last[0]) / 2
        valence += (b - a) * (first[1] + last[1]) / 2
    return energy / (end - start), valence / (end - start)


def _between(curve: tuple[CurvePoint, ...], at: float, towards: float) -> tuple[float, float]:
    """Energy and valence at a second, seen from the side of another one."""
    before = [p for p in curve if p.at < at or (p.at == at and towards >= at)]
    after = [p for p in curve if p.at > at or (p.at == at and towards < at)]
    if not before or not after:
        point = before[-1] if before else after[0]
        return point.energy, point.valence
    one, other = before[-1], after[0]
    share = (at - float(one.at)) / float(other.at - one.at) if other.at > one.at else 0.0
    return one.energy + share * (other.energy - one.energy), one.valence + share * (other.valence - one.valence)


@dataclass(frozen=True, slots=True)
class LoudnessTarget:
    """Integrated loudness and the true-peak ceiling of the delivered, encoded programme."""

    name: str = "default"
    lufs: float = -14.0
    true_peak_dbtp: float = -1.0


@dataclass(frozen=True, slots=True)
class Brief:
    """What to write."""

    prompt: str
    language: str  # "en", "zh", ...: the prompt's language
    genre: str
    mood: str
    duration: Seconds
    seed: int
    key: Key
    meter: Meter
    bpm: Fraction  # the tempo aimed at; the tempo map is what is played
    bpm_locked: bool  # asked for by number: the map may not leave it
    tempo_map: TempoMap
    loudness: LoudnessTarget = LoudnessTarget()
    key_locked: bool = False  # asked for by name: a long bed does not leave it
    frame_rate: Fraction | None = None  # None: no picture
    instruments: tuple[str, ...] = ()  # asked for by name
    exclusions: tuple[Exclusion, ...] = ()
    entrances: tuple[Entrance, ...] = ()
    cues: tuple[Cue, ...] = ()
    hits: tuple[HitResult, ...] = ()
    fit: FitFigures | None = None  # how well the tempo map serves the hits
    speech: tuple[Span, ...] = ()
    energy: float = 0.6  # 0..1, overall
    density: float = 0.5  # 0..1, overall
    curve: tuple[CurvePoint, ...] = ()  # the course asked for in words; () leaves it to the form
    loop: bool = False  # the last bar leads into the first: whole bars, no ending
    original_audio: str = "none"  # what becomes of the film's own sound: "none", "keep", "replace"
    title: str = ""
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()  # what could not be met, and what was done instead


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person set by option rather than in words; None and () leave a field open. These win over the prompt."""

    seed: int = 1
    duration: Seconds | None = None
    bpm: Fraction | None = None
    key: str | None = None
    genre: str | None = None
    mood: str | None = None
    instruments: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    loudness: str | None = None  # a number of LUFS or a preset's name
    hits: tuple[str, ...] = ()  # seconds ("12.5") or timecode ("00:00:12:15")
    audio: str | None = None  # "keep", "replace"; None: decide
    meter: str | None = None  # "3/4"
    energy: float | None = None  # 0..1
    density: float | None = None  # 0..1
    curve: str | None = None  # words ("calm, then builds from 0:20") or points ("0:00 0.3, 0:20 intense, 0:45 0.2")
    loop: bool | None = None
    marks: tuple[Hit, ...] = ()  # moments marked on a timeline
