"""Words to wishes: what a prompt asks for, typed, with the words that said so. English and Chinese.

Pure and quick (milliseconds). A prompt is text, whatever it holds: nothing in it is run, opened or obeyed.
The order of reading matters: the film's own sound, then what is left out (which spends its words), then styles,
the course of the piece, feelings, tempo, sounds; what stays is kept as `unknown`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from reelscore.brief.company import is_feeling, is_liking, is_style
from reelscore.brief.entrances import Placed, entrances_of
from reelscore.brief.leaving_out import LeftOut, Refused, left_out
from reelscore.brief.lexicon import Found, Lexicon, lexicon_for
from reelscore.brief.marks import Marks, mark, named_sound
from reelscore.brief.measures import KeySaid, Measure, MeterSaid, Quantity, Tempo
from reelscore.brief.moments import Moment, times_of
from reelscore.brief.own_sound import own_sound
from reelscore.brief.quantities import scan
from reelscore.brief.shape import Step, steps_of
from reelscore.brief.slips import corrected
from reelscore.brief.tables import ambiguous, italian_window, shift_of, table
from reelscore.brief.text import language_of, read_text
from reelscore.brief.windows import Window
from reelscore.values.brief import Exclusion
from reelscore.values.time import Meter, Seconds
from reelscore.values.vocabulary import Vocabulary

Q = TypeVar("Q", bound=Quantity)
_NO_TUNE = "“{}” is taken as a manner of writing: nobody's tune or sound is copied."
_GENERAL_USES = {
    "product",
    "vlog",
    "film",
    "stream",
    "game",
    "kids",
    "chase",
}  # what a narrower occasion may be part of
_BESIDES = ("force", "tempo", "use", "music")  # what a word of feeling may be besides


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


def read_prompt(prompt: str, vocabulary: Vocabulary) -> PromptReading:
    """Read a prompt; BriefError only where it is too long to be one."""
    lexicon = lexicon_for(vocabulary)
    text, corrections = corrected(read_text(prompt), lexicon)
    marks = mark(text, scan(text.plain), lexicon)
    spent: set[Found] = set()
    audio, audio_words = own_sound(marks, spent)
    out = left_out(marks)
    spent |= out.spent
    times = times_of(marks)
    styles = _styles(marks, spent)
    steps = steps_of(marks, spent, times.duration)
    moods, weak = _feelings(marks, spent, "mood")
    uses = _uses(marks, spent, styles)
    bpm, window, bpm_words = _bpm(marks, spent)
    tempo, tempo_words = _tempo(marks, spent, out)
    tonic, mode, key_words = _key(marks)
    energy, density, force_words = _force(marks, spent, out)
    loudness, loudness_words = _loudness(marks, spent)
    instruments = _instruments(marks, spent, out)
    artists = [found for found in marks.found if found.has("artist") and found not in spent]
    return PromptReading(
        language=language_of(prompt),
        duration=times.duration,
        duration_words=times.duration_words,
        bpm=bpm,
        bpm_window=window,
        bpm_words=bpm_words,
        tempo=tempo,
        tempo_words=tempo_words,
        tonic=tonic,
        mode=mode,
        key_words=key_words,
        meter=_meter(marks),
        styles=styles,
        moods=_said_of(moods, uses, lexicon) or (() if uses else weak) or _manner(artists, marks),
        uses=uses,
        instruments=instruments,
        only=tuple(marks.words(found) for found in out.only),
        only_section=out.only_section,
        only_window=out.only_window,
        exclusions=tuple(dict.fromkeys(out.exclusions)),
        timed=tuple(dict.fromkeys(out.timed)),
        refused=tuple(out.refused),
        vocals=_vocals(marks, spent),
        no_vocals=out.no_vocals,
        energy=energy,
        density=density,
        force_words=force_words,
        steps=steps,
        audio=audio,
        audio_words=audio_words,
        loudness=loudness,
        loudness_words=loudness_words,
        hits=times.hits,
        loop=_loop(marks, spent),
        sting=next((marks.words(found) for found in marks.found if found.has("sting")), ""),
        entrances=entrances_of(marks, out),
        title=text.title,
        corrections=corrections,
        unknown=_unknown(marks),
        notes=(
            *times.notes,
            *out.notes,
            *_not_done(marks, spent),
            *(_NO_TUNE.format(marks.words(artist)) for artist in artists),
        ),
    )


def _styles(marks: Marks, spent: set[Found]) -> tuple[Style, ...]:
    """Styles in order of weight: of neighbours the last is the noun ("lofi house" is house); then those that only
    colour an instrument ("ambient pads"); then scenes."""
    firm: list[Style] = []
    tinting: list[Style] = []
    scenes: list[Style] = []
    chained: Found | None = None
    for found in marks.found:
        name, kind = found.value("genre", "unwritten"), found.has("genre")
        if found in spent or (name is None and not found.has("scene", "artist")) or not is_style(marks, found):
            continue
        if name is None:
            scenes.append(Style(found.value("scene", "artist") or "", marks.words(found), True, False))
            continue
        style = Style(name, marks.words(found), kind, True)
        after = marks.following(found)
        tints = after is not None and after.has("instrument", "family", "role") and not after.has("music")
        before = marks.preceding(found)
        if tints and firm and not (before is not None and before == chained):
            tinting.append(style)
        elif firm and before is not None and before == chained and (style.written or not firm[-1].written):
            firm.insert(len(firm) - 1, style)
        else:
            firm.append(style)
        chained = found
    return tuple(dict.fromkeys([*firm, *tinting, *scenes]))


def _feelings(marks: Marks, spent: set[Found], kind: str) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Moods that describe the music, and those that may only describe a thing in the film. A word that also says how
    loud or how dense ("soft") or in what manner ("intimate") tells less of a mood than one that is nothing else
    ("sad"), and comes after it."""
    plain: list[str] = []
    strong: dict[str, Said] = {}
    weak: dict[str, Said] = {}
    styled = [f for f in marks.found if f.has("genre", "unwritten") and f.last - f.first > 1 and f not in spent]
    inner = [piece for f in styled for piece in marks.lexicon.inside(marks.text.words, f) if not piece.has("force")]
    for found in sorted([*marks.found, *inner], key=lambda one: one.first):
        name = found.value(kind)
        if name and found not in spent and not is_liking(marks, found):
            firm = is_feeling(marks, found) and not (kind == "mood" and found.has("use"))
            (strong if firm else weak).setdefault(name, Said(name, marks.words(found)))
            manner = marks.words(found).lower() in ambiguous()["manner"]
            plain += [name] * (firm and not manner and not found.has(*_BESIDES))
    funny = kind == "mood" and "playful" in plain  # a funny chase is funny first

    def rank(said: Said) -> tuple[bool, bool]:
        return funny and said.value != "playful", kind == "mood" and said.value not in plain

    ranked = sorted(strong.values(), key=rank)
    return tuple(ranked), tuple(weak.values())


def _said_of(moods: tuple[Said, ...], uses: tuple[Said, ...], lexicon: Lexicon) -> tuple[Said, ...]:
    """Feelings that are named; "emotional" alone is what the occasion feels like, and "tender" is romantic only where
    the occasion may be: for a baby it is warm."""
    if not uses:
        return moods
    stirring, manner = ambiguous()["stirring"], ambiguous()["manner"]
    loving = any("romantic" in lexicon.uses[use.value].moods for use in uses)
    kept = (said for said in moods if said.words.lower() not in stirring)
    cooled = (
        replace(said, value="warm")
        if said.value == "romantic" and said.words.lower() in manner and not loving
        else said
        for said in kept
    )
    return tuple(cooled)


def _manner(artists: list[Found], marks: Marks) -> tuple[Said, ...]:
    """The feelings that the names of artists stand for."""
    return tuple(Said(artist.value("artist_mood") or "", marks.words(artist)) for artist in artists)


def _uses(marks: Marks, spent: set[Found], styles: tuple[Style, ...]) -> tuple[Said, ...]:
    firm = {style.words for style in styles if style.firm}
    said: dict[str, Said] = {}
    for found in marks.found:
        name = found.value("use")
        if name and found not in spent and marks.words(found) not in firm:
            said.setdefault(name, Said(name, marks.words(found)))
    return tuple(sorted(said.values(), key=lambda use: use.value in _GENERAL_USES))


def _bpm(marks: Marks, spent: set[Found]) -> tuple[Fraction | None, tuple[Fraction, Fraction] | None, str]:
    tempi = [quantity for quantity in marks.quantities if isinstance(quantity, Tempo)]
    if tempi:
        said = _last_word(marks, tempi)
        if said.exact:
            return said.low, None, said.text
        low, high = said.low, said.high
        if low is not None and low == high:
            low, high = low * Fraction(96, 100), low * Fraction(104, 100)
        return None, (low or Fraction(0), high or Fraction(1000)), said.text
    for found in marks.found:
        beside = marks.text.words[found.last] if found.last < len(marks.text.words) else None
        if found.has("genre", "unwritten") and found not in spent and beside and not marks.divided(found.last):
            last = marks.divided(found.last + 1) or marks.at[found.last + 1] is not None
            if beside.text.isdigit() and 50 <= int(beside.text) <= 220 and found.last not in marks.closed and last:
                return Fraction(beside.text), None, marks.text.between(found.first, found.last + 1)  # "techno 132"
    bare = _bare_number(marks)
    if bare:
        return Fraction(bare), None, bare
    for found in marks.found:
        term = found.value("italian")
        if term and found not in spent:
            low_bpm, high_bpm = italian_window(term)
            return None, (Fraction(low_bpm), Fraction(high_bpm)), marks.words(found)
    return None, None, ""


def _last_word(marks: Marks, said: list[Q]) -> Q:
    """Of several quantities of a kind the first, or the one that corrects it: "3/4, no wait, 6/8"."""
    chosen = said[0]
    for earlier, later in pairwise(said):
        between = marks.text.plain[earlier.end : later.start]
        if any(found.has("without_correct") and marks.words(found) in between for found in marks.found):
            chosen = later
    return chosen


def _bare_number(marks: Marks) -> str:
    """A clause that is a number alone, as musicians write a tempo ("liquid drum and bass, 174"); "" if none."""
    words = marks.text.words
    for i, word in enumerate(words):
        alone = (i == 0 or marks.divided(i)) and marks.divided(i + 1) and len(words) > 1 and i not in marks.closed
        if alone and re.fullmatch(r"\d{2,3}", word.text) and 55 <= int(word.text) <= 200:
            return word.text
    return ""


def _tempo(marks: Marks, spent: set[Found], out: LeftOut) -> tuple[float, str]:
    words, _ = _feelings(marks, spent, "tempo")
    factor = float(words[0].value) if words else 1.0
    said = words[0].words if words else ""
    for refused in out.refused:
        if refused.kind == "tempo" and not words:
            pace = float(refused.value)
            factor = (0.96 if refused.too_much else 0.9) if pace > 1 else (1.04 if refused.too_much else 1.1)
            said = refused.words
    return factor, said


def _key(marks: Marks) -> tuple[int | None, str | None, str]:
    said = [quantity for quantity in marks.quantities if isinstance(quantity, KeySaid)]
    tonics = [key for key in said if key.tonic is not None]
    chosen = _last_word(marks, tonics) if tonics else said[0] if said else None
    return (None, None, "") if chosen is None else (chosen.tonic, chosen.mode, chosen.text)


def _meter(marks: Marks) -> Meter | None:
    said = [quantity for quantity in marks.quantities if isinstance(quantity, MeterSaid)]
    return _last_word(marks, said).meter if said else None


def _force(marks: Marks, spent: set[Found], out: LeftOut) -> tuple[float, float, str]:
    words, _ = _feelings(marks, spent, "force")
    felt = {mood.words for mood in _feelings(marks, spent, "mood")[0]}  # "soft" the mood is soft already
    energy = sum(shift_of(word.value)[0] for word in words if word.words not in felt)
    density = sum(shift_of(word.value)[1] for word in words)
    for refused in out.refused:  # "not too busy" asks for somewhat less
        if refused.kind == "force":
            energy -= shift_of(refused.value)[0] / 2
            density -= shift_of(refused.value)[1] / 2
    return max(-0.35, min(0.35, energy)), max(-0.4, min(0.4, density)), ", ".join(word.words for word in words)


def _loudness(marks: Marks, spent: set[Found]) -> tuple[str | None, str]:
    for quantity in marks.quantities:
        if isinstance(quantity, Measure) and quantity.unit == "LUFS" and quantity.amount is not None:
            return str(float(-abs(quantity.amount))), quantity.text.strip()
    named = [found for found in marks.found if found.has("loudness") and found not in spent]
    rank = {"broadcast-atsc": 0, "broadcast-ebu": 1, "podcast": 2}
    best = min(named, key=lambda found: rank.get(found.value("loudness") or "", 3), default=None)
    return (best.value("loudness"), marks.words(best)) if best else (None, "")


def _instruments(marks: Marks, spent: set[Found], out: LeftOut) -> tuple[Said, ...]:
    wanted: dict[str, Said] = {}
    for found in marks.found:
        sung = found.has("vocals") and not found.has("instrument")  # "vocal chops" are played
        if found not in out.only and (found in spent or sung or found.has("music")):
            continue
        name = named_sound(marks, found)
        idle = found.has("hit", "section", "shape") or name in ("melody", "chords", "counter")
        idle = idle or (found.has("use") and not is_style(marks, found))  # "drone footage" asks for no drone
        if name and (found in out.only or not idle):
            wanted.setdefault(name, Said(name, marks.words(found)))
    return tuple(wanted.values())


def _loop(marks: Marks, spent: set[Found]) -> str:
    """The words that asked for a loop; a "drum loop" is none, nor is "no loop"."""
    for found in marks.found:
        before = marks.preceding(found)
        if not found.has("loop") or found in spent or (before and before.has("without_before", "without_never")):
            continue
        bare = marks.words(found).lower() in ("loop", "looped", "loops")
        if not (bare and before and before.has("role", "instrument", "family")):
            return marks.words(found)
    return ""


def _vocals(marks: Marks, spent: set[Found]) -> str:
    for found in marks.found:
        if found.value("vocals") == "sung" and found not in spent and not found.has("instrument", "family"):
            return marks.words(found)
    return ""


def _not_done(marks: Marks, spent: set[Found]) -> list[str]:
    """What is asked for and never made."""
    said = table("asks")["cannot"]
    asked = [found for found in marks.found if found.has("cannot") and found not in spent]
    return [said[found.value("cannot")]["say"].format(marks.words(found)) for found in asked]


def _unknown(marks: Marks) -> tuple[str, ...]:
    unknown: list[str] = []
    last = -2
    for i, word in enumerate(marks.text.words):
        if marks.at[i] or i in marks.closed:
            continue
        typed = marks.text.plain[word.start : word.end]
        if word.han and last == i - 1 and unknown and not word.divided:
            unknown[-1] += typed
        elif word.han or (len(typed) > 1 and not typed.isdigit()):
            unknown.append(typed)
        last = i if word.han else -2
    return tuple(dict.fromkeys(unknown))
