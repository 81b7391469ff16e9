"""A genre as a value: everything that makes one style differ from another. `genre_file.py` reads it from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from reelscore.values.score import Colour

METERS = ("4/4", "3/4", "2/4", "6/8", "12/8", "5/4", "7/8")
KINDS = ("intro", "theme", "build", "lift", "break", "ending")
WRITERS = (
    "melody", "counter", "comp", "strum", "arp", "riff", "pad", "drone", "bass", "sub", "drums", "percussion", "double",
    "canon",
)  # fmt: skip
VOICINGS = (
    "close", "power", "fifths", "octaves", "triad", "shell", "rootless", "quartal", "cluster", "pentatonic", "grip",
)  # fmt: skip
LEVELS = ("light", "main", "full")
# The General MIDI percussion map, by the names used in groove rows.
DRUMS: Mapping[str, int] = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "brush": 40, "hat": 42, "pedal": 44, "open": 46,
    "tom1": 50, "tom2": 47, "tom3": 45, "tom4": 41, "crash": 49, "ride": 51, "tambourine": 54, "cowbell": 56,
    "cabasa": 69, "maracas": 70, "claves": 75, "shaker": 82, "boom": 36, "gong": 52, "swell": 49,
    "taiko1": 41, "taiko2": 43, "taiko3": 45, "taiko4": 48, "ensemble": 38,
    "splash": 55, "ride_bell": 53, "bongo1": 60, "bongo2": 61, "conga_mute": 62, "conga1": 63, "conga2": 64,
    "timbale1": 65, "timbale2": 66, "agogo1": 67, "agogo2": 68, "guiro": 73, "guiro_long": 74, "woodblock1": 76,
    "woodblock2": 77, "cuica": 79, "triangle_mute": 80, "triangle": 81, "snap": 39, "stomp": 36,
    "na": 60, "tin": 61, "te": 62, "ge": 64, "ke": 63,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeelTable:
    """How the band plays; one of `swings` (off-eighth, off-sixteenth) is drawn by seed."""

    swings: tuple[tuple[Fraction, Fraction], ...]
    looseness: float
    snare_late_ms: float
    bass_late_ms: float


@dataclass(frozen=True, slots=True)
class Seat:
    """A chair in the band: who may sit there, what is written for it, and when it plays."""

    name: str
    role: str
    writes: str  # of WRITERS
    instruments: tuple[str, ...]  # the default first
    enters: float  # the energy from which it plays
    always: tuple[str, ...]  # kinds of section in which it plays whatever the energy
    never: tuple[str, ...]
    low: int
    high: int
    patterns: tuple[str, ...]  # names of patterns it may be given
    likely: float  # how many seeds of 1 have this chair filled
    pan: float
    gain_db: float
    shift: int  # octave doubling: semitones above what it doubles
    voicing: str = "close"  # of VOICINGS; "close" is the usual voice-led chord
    speed: Fraction = Fraction(1)  # how fast patterns are read: 2 in thirty-seconds, 3/2 in triplets, 1/2 in eighths
    gate: float = 1.0  # share of a written length that sounds
    octaves: bool = False  # every note also sounds an octave higher
    tremolo: int = 0  # strokes per beat into which held notes are broken; 0 none
    interval: int = 0  # doubles: a musician's interval inside the scale (3 third above, -6 sixth below); 0 uses `shift`
    degrees: str = "chord"  # riffs: degrees are counted from the "chord" or from the "key"
    from_root: bool = False  # arpeggios: 0 is the chord's root, not the lowest note of an inversion
    follows: str = ""  # the seat whose choice of pattern this one shares
    hand_of: str = ""  # the seat whose player this is the other hand of: the same instrument
    pedal: bool = False  # a sustaining pedal, changed with every chord
    rolled: bool = False  # chords are rolled upward
    exact: bool = False  # arpeggios keep their written length, however short
    late: int = 1  # canons: bars behind the tune
    own_way: float = 0.0  # doubles: share of notes that the second hand decorates, delays or leaves out


@dataclass(frozen=True, slots=True)
class Progression:
    """A written chord progression; cells are bars."""

    family: str  # "major" or "minor"
    chords: str
    modes: tuple[str, ...]  # () suits every mode of the family
    use: tuple[str, ...]  # kinds of section; () suits all
    tension: float  # 0 plain .. 1 dark and tense
    weight: float


@dataclass(frozen=True, slots=True)
class Groove:
    """A bar or more of drums: rows of loudness by drum name."""

    set: str
    level: str  # of LEVELS
    meter: str
    rows: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...] = ()  # kinds of section that it belongs to; () suits all


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rhythm for one player."""

    name: str
    meter: str
    levels: tuple[str, ...]
    text: str
    kinds: tuple[str, ...] = ()  # kinds of section that it belongs to; () suits all
    family: str = ""  # "major" or "minor" when it belongs to keys of one family


@dataclass(frozen=True, slots=True)
class MelodyTable:
    """How tunes go in this style."""

    cells: tuple[tuple[str, str], ...]  # (meter, rhythm of one or two bars), 1..9 loudness
    density: float  # share of the phrase that sings, 0..1
    leap: float  # 0 steps only .. 1 leaps freely
    tensions: float  # how welcome sevenths and ninths are on strong beats
    legato: bool
    low: int
    high: int
    scale: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # family -> semitones above the tonic; {}: all
    grace: float = 0.0  # share of longer notes with a grace note before them
    turns: float = 0.0  # share of long notes that are turned
    opening: tuple[str, ...] = ()  # rhythms in 4/4 of the intro and the break, freer than `cells`; (): those


@dataclass(frozen=True, slots=True)
class HarmonyTable:
    """How chords move in this style."""

    bars_per_chord: int
    slash: float  # chance of an inversion on a repeat
    sus: float  # chance of a suspension before a change
    approach: float  # chance of a chord that leads into the next
    half: Mapping[str, tuple[str, ...]]  # family -> one-bar half cadences
    final: Mapping[str, tuple[str, ...]]  # family -> closing cadences, the last cell is the final chord
    pedal: float  # chance that a build stands on a pedal
    lift_key: int = 0  # semitones by which the last lift rises
    lift_key_likely: float = 0.5
    strict: bool = False  # parallel fifths and octaves of tune and bass are faults


@dataclass(frozen=True, slots=True)
class Genre:
    """One style."""

    name: str
    title: str
    words: tuple[str, ...]
    tempo: tuple[int, int, int]  # lowest, typical, highest bpm
    meters: tuple[str, ...]
    modes: tuple[tuple[str, float], ...]
    valence: float
    arousal: float
    moods: tuple[str, ...]  # moods it carries well besides
    section_seconds: float  # the length of section aimed at
    roll: str  # the drum that rolls in a build, or ""
    stab: str  # the drum that marks a small hit
    roomy: bool  # the final chord rings longer
    kinds: tuple[str, ...]  # kinds of section the style knows
    filters: tuple[str, ...]  # seats whose brightness follows the form
    feel: FeelTable
    colour: Colour
    seats: tuple[Seat, ...]
    fx: tuple[tuple[str, float], ...]  # instrument, gain in dB
    progressions: tuple[Progression, ...]
    grooves: tuple[Groove, ...]
    percussion: tuple[Groove, ...]
    fills: tuple[Groove, ...]
    patterns: tuple[Pattern, ...]
    melody: MelodyTable
    harmony: HarmonyTable
    forms: tuple[str, ...] = ()  # stories of its own, as in stories.py
    curves: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)  # kind -> cutoff: start, middle, end
    section_bars: int = 0  # bars of one chorus (12 in a blues) of which sections are made; 0 leaves them free
    half_time: tuple[str, ...] = ()  # kinds of section whose drums play at half speed
    double_time: tuple[str, ...] = ()  # ... and at double speed
    time_change_likely: float = 1.0  # share of seeds in which they do
    hush: bool = False  # everybody is silent, not the rhythm section alone, in the rest before a lift
    air_db: float = -27.0  # least share of 8 to 14 kHz in a piece: music without cymbals or under a blanket has less
    dawns: bool = False  # it comes out of the dark: its first bar may lack the air of what follows
    wanders: bool = False  # a long piece tells no cycle twice and goes through near keys
    rises: bool = False  # it comes out of little: an intro however short the piece, and more from section to section
