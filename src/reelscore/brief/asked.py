"""What a person set by option, checked at the door: names, keys, tempi, lengths, loudness, hit points.

Every fault is a BriefError that shows the value and what would do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from reelscore.brief.drums_named import drum_named
from reelscore.brief.leaving_out import meant_by
from reelscore.brief.lexicon import Found, lexicon_for
from reelscore.brief.marks import NAMES_SOUND, Marks, mark, named_sound
from reelscore.brief.pitch import parse_key
from reelscore.brief.text import read_text
from reelscore.errors import BriefError, one_of
from reelscore.values.brief import ROLES, LoudnessTarget
from reelscore.values.time import Seconds
from reelscore.values.vocabulary import GenreEntry, MoodEntry, Vocabulary

SHORTEST, LONGEST = Fraction(1), Fraction(3600)
SLOWEST, FASTEST = Fraction(40), Fraction(240)

# EBU R 128: -23 LUFS, -1 dBTP. ATSC A/85: -24 LKFS, -2 dBTP. The platforms' own playback levels: -14; podcasts: -16.
PRESETS: Mapping[str, LoudnessTarget] = {
    "default": LoudnessTarget("default", -14.0, -1.0),
    "youtube": LoudnessTarget("youtube", -14.0, -1.0),
    "tiktok": LoudnessTarget("tiktok", -14.0, -1.0),
    "podcast": LoudnessTarget("podcast", -16.0, -1.0),
    "broadcast-ebu": LoudnessTarget("broadcast-ebu", -23.0, -1.0),
    "broadcast-atsc": LoudnessTarget("broadcast-atsc", -24.0, -2.0),
}


def loudness_target(wish: str) -> LoudnessTarget:
    """A preset by name, or a number of LUFS from -70 to -5."""
    name = wish.strip().lower().replace("_", "-")
    if name in PRESETS:
        return PRESETS[name]
    found = re.fullmatch(r"([+-]?\d{1,3}(?:\.\d{1,2})?)\s*(?:lufs|lkfs|db)?", name)
    if not found:
        raise BriefError(
            f"Unknown loudness {_seen(wish)}.", f"A number of LUFS such as -14, or: {_tail(wish, PRESETS)}"
        )
    lufs = float(found[1])
    if not -70.0 <= lufs <= -5.0:
        raise BriefError(f"A loudness of {lufs:g} LUFS is outside -70 to -5.", "Video platforms play at -14.")
    return LoudnessTarget(f"{lufs:g} LUFS", lufs, -1.0)


def bpm_within(bpm: Fraction) -> Fraction:
    """The tempo, if it can be played."""
    if not SLOWEST <= bpm <= FASTEST:
        raise BriefError(
            f"A tempo of {float(bpm):g} bpm is outside {int(SLOWEST)} to {int(FASTEST)}.", "Try 60 to 180."
        )
    return bpm


def share_of(value: float, what: str) -> float:
    """A value from 0 to 1, checked."""
    if not 0.0 <= value <= 1.0:
        raise BriefError(
            f"An {what} of {value:g} is outside 0 to 1.".replace("An density", "A density"), "0.5 is usual."
        )
    return value


def length_within(duration: Seconds, what: str = "A length") -> Seconds:
    """The duration, if it is between a second and an hour."""
    if duration < SHORTEST:
        raise BriefError(f"{what} of {float(duration):g} s is too short for music.", "The shortest is 1 second.")
    if duration > LONGEST:
        raise BriefError(f"{what} of {clock(duration)} is more than an hour.", "Write it in parts of at most 1:00:00.")
    return duration


def genre_named(wish: str, vocabulary: Vocabulary) -> GenreEntry:
    """A genre by its name or a word for it."""
    name = _named(wish, vocabulary, ("genre", "scene"), vocabulary.genres)
    if name:
        return vocabulary.genres[name]
    style = _named(wish, vocabulary, ("unwritten",), lexicon_for(vocabulary).unwritten)
    if style:
        title = lexicon_for(vocabulary).unwritten[style].title
        raise BriefError(f"{title} is not written yet.", one_of(wish, vocabulary.genres))
    raise BriefError(f"Unknown genre {_seen(wish)}.", one_of(wish, vocabulary.genres))


def mood_named(wish: str, vocabulary: Vocabulary) -> MoodEntry:
    """A mood by its name or a word for it, compared or not: sad, sadder, more hopeful, 更忧伤, 欢快点."""
    for words in _plainly(wish):
        if name := _named(words, vocabulary, ("mood",), vocabulary.moods):
            return vocabulary.moods[name]
    raise BriefError(f"Unknown mood {_seen(wish)}.", one_of(wish, vocabulary.moods))


_LEAD = re.compile(
    r"^(?:(?:much|a (?:little )?bit|a lot|slightly|way|even|more|very|really|稍微?|更加?|再|有?点|比较|非常)\s*)+",
    re.I,
)
_TAIL = re.compile(r"(?:一?[点些]儿?|得多|多了|[的地])+$")


def _plainly(wish: str) -> Iterator[str]:
    """The words as they are, without what compares, and with their comparatives made plain."""
    yield wish
    bare = _TAIL.sub("", _LEAD.sub("", wish.strip()))
    yield bare
    if bare.lower().endswith("er"):
        stem = bare[:-2]
        yield from (stem[:-1] + "y" if stem.endswith("i") else stem, stem + "e", stem[:-1])


def key_named(wish: str) -> tuple[int, str | None]:
    """Tonic and mode ("F#m", "Bb major", "a小调"); the mode is None where only a tonic was given."""
    found = parse_key(wish)
    if found is None:
        raise BriefError(f"Unknown key {_seen(wish)}.", "Write it like C, F#m, Bb major or A dorian.")
    return found


def sound_named(wish: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """An instrument, family or role asked for: (name, the word used). What is said of it may
    stand before it: "warm pads"."""
    for words in _endings(wish):
        marks, found = _one_phrase(words, vocabulary)
        if marks and found and (name := named_sound(marks, found)):
            return name, words
    raise BriefError(f"Unknown instrument {_seen(wish)}.", one_of(wish, vocabulary.instruments))


def _endings(wish: str) -> Iterator[str]:
    """The wish, and what is left of it without its first words (Chinese: letters), the longest first."""
    yield wish
    words = wish.split() if wish.isascii() else list(wish)
    joint = " " if wish.isascii() else ""
    yield from (joint.join(words[n:]) for n in range(1, min(len(words), _MOST_BEFORE + 1)))


_MOST_BEFORE = 4


def sounds_left_out(wish: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a `--no` value stands for: roles, families, instruments; ("voices",) for vocals."""
    if drum := drum_named(wish):
        return (drum,)
    marks, found = _one_phrase(wish, vocabulary)
    if not marks or not found or not found.has(*NAMES_SOUND):
        families = {entry.family for entry in vocabulary.instruments.values()}
        known = {*ROLES, *families, *vocabulary.instruments, "vocals"}
        raise BriefError(f"Cannot leave out {_seen(wish)}: nothing here is called that.", one_of(wish, known))
    return meant_by(marks, found)


def parts(values: Iterable[str]) -> tuple[str, ...]:
    """Values of a repeatable option, each of which may itself be a list with commas."""
    return tuple(part.strip() for value in values for part in re.split(r"[,，、;；]", value) if part.strip())


def seconds_of_hit(wish: str, frame_rate: Fraction | None) -> Seconds:
    """Seconds ("12.5"), a clock time ("1:05.2") or a timecode at the film's rate ("00:00:12:15", ";" drop-frame)."""
    text = wish.strip().lower().removesuffix("seconds").removesuffix("sec").removesuffix("s").strip()
    if re.fullmatch(r"\d{1,5}(?:\.\d{1,6})?", text):
        return Fraction(text)
    clocked = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d(?:\.\d{1,6})?)", text)
    if clocked:
        return Fraction(clocked[1] or 0) * 3600 + Fraction(clocked[2]) * 60 + Fraction(clocked[3])
    coded = re.fullmatch(r"(\d{1,2}):([0-5]\d):([0-5]\d)([:;])(\d{1,3})", text)
    if not coded:
        raise BriefError(
            f"Cannot read the hit {_seen(wish)}.", "Write seconds (12.5), 0:12.5 or a timecode 00:00:12:15."
        )
    if frame_rate is None:
        raise BriefError(f"The hit {_seen(wish)} is a timecode, but there is no film.", "Write seconds: 12.5.")
    return _of_timecode(wish, [int(coded[i]) for i in (1, 2, 3, 5)], coded[4] == ";", frame_rate)


def _of_timecode(wish: str, fields: list[int], drop: bool, frame_rate: Fraction) -> Seconds:
    """SMPTE ST 12-1: frames are counted at the nominal whole rate; drop-frame skips numbers, never pictures."""
    nominal = math.ceil(frame_rate)
    hours, minutes, secs, frames = fields
    if frames >= nominal:
        raise BriefError(
            f"The timecode {_seen(wish)} has frame {frames}, but the film has {nominal} a second.",
            f"Frames go from 0 to {nominal - 1}.",
        )
    count = ((hours * 60 + minutes) * 60 + secs) * nominal + frames
    if drop:
        whole = hours * 60 + minutes
        count -= round(nominal / 15) * (whole - whole // 10)
    return Fraction(count) / frame_rate


def clock(duration: Seconds) -> str:
    """1:05, 0:07.5, 1:02:03."""
    tenths = round(duration * 10)
    minutes, rest = divmod(tenths, 600)
    secs = f"{rest // 10:02d}" + (f".{rest % 10}" if rest % 10 else "")
    return f"{minutes // 60}:{minutes % 60:02d}:{secs}" if minutes >= 60 else f"{minutes}:{secs}"


def _named(wish: str, vocabulary: Vocabulary, kinds: tuple[str, ...], names: Iterable[str]) -> str | None:
    plain = wish.strip().lower()
    for form in (plain, plain.replace("-", "_").replace(" ", "_"), plain.replace("-", "")):
        if form in names:
            return form
    _, found = _one_phrase(wish, vocabulary)
    return found.value(*kinds) if found else None


def _one_phrase(wish: str, vocabulary: Vocabulary) -> tuple[Marks | None, Found | None]:
    """The phrase that is the whole of a value; None where there is none."""
    text = read_text(wish[:200].replace("_", " "))
    if not text.words:
        return None, None
    marks = mark(text, (), lexicon_for(vocabulary))
    whole = marks.starting(0)
    return (marks, whole) if whole and whole.last == len(text.words) else (None, None)


def _seen(wish: str) -> str:
    """The value as shown in an error: one line, not too long."""
    flat = " ".join(wish.split())
    return f"“{flat[:60]}…”" if len(flat) > 60 else f"“{flat}”"


def _tail(wish: str, names: Iterable[str]) -> str:
    return ", ".join(names) + "." if not wish.strip() else one_of(wish, names)
