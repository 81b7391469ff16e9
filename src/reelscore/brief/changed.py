"""The same piece, changed: "same but darker", "faster, without drums", "in D minor", 更长一点.

What is not mentioned stays, the seed above all, so that the piece is known again. Pure: a brief in, a brief out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.brief.asked import (
    bpm_within,
    clock,
    genre_named,
    key_named,
    length_within,
    loudness_target,
    mood_named,
    parts,
    share_of,
    sounds_left_out,
)  # fmt: skip
from reelscore.brief.band_wishes import (
    all_but_alone,
    entrances_asked,
    instrument_of,
    left_out_for_a_time,
    player_named,
)
from reelscore.brief.choose import nearest_mood
from reelscore.brief.course import curve_of, drawn
from reelscore.brief.drums_named import PLAYED_BY
from reelscore.brief.hit_points import fit_tempo
from reelscore.brief.loops import fit_loop
from reelscore.brief.prompt import read_prompt
from reelscore.brief.prompt_reading import PromptReading
from reelscore.brief.pulse import MAJOR_LIKE, STRETCH, meter_named
from reelscore.brief.refit import refitted
from reelscore.brief.tables import table
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Cue, Exclusion, Hit, Key, Reason, Wishes
from reelscore.values.kit import DRUM_KEYS
from reelscore.values.time import Seconds, Span
from reelscore.values.vocabulary import Vocabulary

_TONE = 0.55
_PACE = {"faster": 1.1, "slower": 1 / 1.1}
_LENGTH = {"longer": Fraction(3, 2), "shorter": Fraction(2, 3), "double": Fraction(2), "half": Fraction(1, 2)}
_FORCE = 0.15
_AMOUNTS = {"strong": 1.8, "": 1.0, "slight": 0.5}


@dataclass(frozen=True, slots=True)
class Shift:
    """One comparison: what is shifted, which way, how far (1 is plain), and the words."""

    kind: str  # "tone", "pace", "length", "energy", "density"
    way: str
    amount: float
    words: str


def changed(brief: Brief, change: str | Wishes, vocabulary: Vocabulary) -> Brief:
    """The brief with this change and nothing else. `change` is words or options (their seed is not looked at).

    Raises BriefError where nothing in it says what to change.
    """
    if isinstance(change, Wishes):
        return _settled(brief, _by_options(brief, change, vocabulary), "option", "as set", vocabulary)
    shifts, rest = shifts_in(change)
    said = read_prompt(rest, vocabulary)
    new = brief
    for shift in shifts:
        new = _shifted(new, shift, vocabulary)
    new = _said(new, said, vocabulary)
    hits = [Hit(moment.at, 1.0, "user", moment.label) for moment in said.hits if moment.at is not None]
    marked = _struck(new, hits)
    if new != brief:
        new = replace(new, notes=tuple(dict.fromkeys((*new.notes, *said.notes))))
    if new == brief and shifts:
        raise BriefError(
            f"The music cannot get any {' and '.join(shift.words.lower() for shift in shifts)}.",
            "Try faster, livelier, fuller, another style, or another take.",
        )
    if new == brief and marked is new:
        raise BriefError(
            f"Nothing in “{' '.join(change.split())[:60]}” says what to change.",
            "Try darker, brighter, faster, slower, longer, without drums, in D minor.",
        )
    done = _settled(brief, new, "prompt", f"you asked for “{' '.join(change.split())[:80]}”", vocabulary)
    return _struck(done, hits)


def _struck(brief: Brief, hits: Sequence[Hit]) -> Brief:
    """The brief with these moments to be met on a beat as well."""
    known = {result.hit.at for result in brief.hits}
    more = [hit for hit in hits if 0 < hit.at < brief.duration and hit.at not in known]
    return refitted(brief, (*(result.hit for result in brief.hits), *more), brief.duration) if more else brief


def shifts_in(words: str) -> tuple[tuple[Shift, ...], str]:
    """The comparisons of a text, and the text without them (comparatives of feelings made plain)."""
    tables = table("changes")
    found: list[Shift] = []
    rest = words[:4000]
    for kind in ("tone", "pace", "length", "energy", "density"):
        for way, phrases in tables[kind].items():
            for phrase in sorted(phrases, key=len, reverse=True):
                match = re.search(_pattern(phrase), rest, re.IGNORECASE)
                if match:
                    around = rest[max(0, match.start() - 16) : match.end() + 4]
                    found.append(Shift(kind, way, _amount(around), match[0]))
                    rest = rest[: match.start()] + " , " + rest[match.end() :]
                    break
    for plain, phrases in tables["plain"].items():
        rest = re.sub("|".join(_pattern(phrase) for phrase in phrases), plain, rest, flags=re.IGNORECASE)
    return tuple(found), rest


def _pattern(phrase: str) -> str:
    return rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])" if phrase.isascii() else re.escape(phrase)


def _amount(around: str) -> float:
    for name, phrases in table("changes")["amount"].items():
        if any(re.search(_pattern(phrase), around, re.IGNORECASE) for phrase in phrases):
            return _AMOUNTS[name]
    return 1.0


def _shifted(brief: Brief, shift: Shift, vocabulary: Vocabulary) -> Brief:
    up = 1.0 if shift.way in ("brighter", "more") else -1.0
    if shift.kind == "tone":
        return _toned(brief, up * shift.amount * _TONE, vocabulary)
    if shift.kind == "pace":
        factor = _PACE[shift.way] ** shift.amount
        return replace(brief, bpm=bpm_within(Fraction(max(40, min(240, round(float(brief.bpm) * factor))))))
    if shift.kind == "length":
        duration = brief.duration * _LENGTH[shift.way]
        return replace(brief, duration=length_within(Fraction(round(duration * 2), 2)))
    step = up * shift.amount * _FORCE
    if shift.kind == "energy":
        return replace(brief, energy=_within(brief.energy + step, 0.05, 1.0), density=_within(brief.density + step / 3))
    return replace(brief, density=_within(brief.density + step * 1.3))


def _within(value: float, low: float = 0.1, high: float = 0.95) -> float:
    return round(min(high, max(low, value)), 3)


def _toned(brief: Brief, by: float, vocabulary: Vocabulary) -> Brief:
    """Darker or brighter: another mood of the same liveliness, and the mode that goes with it."""
    mood = vocabulary.moods[brief.mood]
    here = max(-0.9, min(0.9, mood.valence + by)), mood.arousal
    side = {
        name
        for name, other in vocabulary.moods.items()
        if name == mood.name or (other.valence - mood.valence) * by <= 0.02
    }
    other = nearest_mood(here, vocabulary, side)
    return replace(brief, mood=other.name, key=_mode_for(brief, by > 0, vocabulary))


def _mode_for(brief: Brief, bright: bool, vocabulary: Vocabulary) -> Key:
    """The key on the same tonic in a mode of the other family, of those the genre plays."""
    if brief.key.minor != bright:
        return brief.key
    modes = [pair for pair in vocabulary.genres[brief.genre].modes if (pair[0] in MAJOR_LIKE) == bright]
    mode = max(modes, key=lambda pair: pair[1])[0] if modes else "major" if bright else "minor"
    return Key(brief.key.tonic, mode)


def _said(brief: Brief, said: PromptReading, vocabulary: Vocabulary) -> Brief:
    """What the words say outright."""
    new = brief
    style = next((style for style in said.styles if style.firm and style.written), None)
    if style:
        new = replace(new, genre=style.name, instruments=())
    if said.moods:
        mood = vocabulary.moods[said.moods[0].value]
        new = replace(new, mood=mood.name)
        if abs(mood.major - 0.5) > 0.15 and not said.key_words:
            new = replace(new, key=_mode_for(new, mood.major > 0.5, vocabulary))
    if said.tonic is not None or said.mode is not None:
        tonic = brief.key.tonic if said.tonic is None else said.tonic
        new = replace(new, key=Key(tonic, said.mode or brief.key.mode), key_locked=True)
    if said.bpm is not None:
        new = replace(new, bpm=bpm_within(said.bpm), bpm_locked=True)
    elif said.tempo != 1.0:
        new = replace(new, bpm=bpm_within(Fraction(max(40, min(240, round(float(new.bpm) * said.tempo))))))
    if said.meter:
        new = replace(new, meter=meter_named(str(said.meter)))
    if said.duration is not None:
        new = replace(new, duration=length_within(said.duration))
    if said.loop:
        new = replace(new, loop=True)
    new = replace(new, energy=_within(new.energy + said.energy, 0.05, 1.0)) if said.energy else new
    new = replace(new, density=_within(new.density + said.density)) if said.density else new
    if said.steps:
        mood = vocabulary.moods[new.mood]
        new = replace(new, curve=curve_of(said.steps, new.duration, new.energy, mood.valence))
    genre = vocabulary.genres[new.genre]
    chosen = {instrument_of(s.value, s.words, genre, vocabulary) or "": s for s in said.instruments}
    chosen.pop("", None)
    out = [exclusion for exclusion, _ in (*said.exclusions, *left_out_for_a_time(said, new.duration))]
    out += all_but_alone(said, chosen, new.duration, vocabulary)
    come = [e for e, _ in entrances_asked(said, genre, vocabulary, new.duration)]
    entrances = [e for e in new.entrances if e.what not in {one.what for one in come}]
    new = replace(new, entrances=(*entrances, *come))
    return _band(new, [*chosen, *(e.what for e in come)], out, vocabulary)


def _band(brief: Brief, added: Iterable[str], left_out: Iterable[Exclusion], vocabulary: Vocabulary) -> Brief:
    wanted, gone = list(dict.fromkeys(added)), list(dict.fromkeys(left_out))

    def names(instrument: str) -> set[str]:
        entry = vocabulary.instruments.get(instrument)
        return {instrument} | ({entry.family} if entry else set())

    everywhere = {exclusion.what for exclusion in gone if exclusion.throughout}
    instruments = [n for n in dict.fromkeys((*brief.instruments, *wanted)) if not names(n) & everywhere]
    back = {name for instrument in wanted for name in names(instrument)}
    back |= DRUM_KEYS.keys() if back & {*PLAYED_BY} else set()
    kept = [exclusion for exclusion in brief.exclusions if exclusion.what not in back]
    return replace(brief, instruments=tuple(instruments), exclusions=tuple(dict.fromkeys((*kept, *gone))))


def _by_options(brief: Brief, wishes: Wishes, vocabulary: Vocabulary) -> Brief:
    """What options say."""
    new = brief
    if wishes.genre is not None:
        new = replace(new, genre=genre_named(wishes.genre, vocabulary).name)
    if wishes.mood is not None:
        new = replace(new, mood=mood_named(wishes.mood, vocabulary).name)
    if wishes.key is not None:
        tonic, mode = key_named(wishes.key)
        new = replace(new, key=Key(tonic, mode or brief.key.mode), key_locked=True)
    if wishes.bpm is not None:
        new = replace(new, bpm=bpm_within(wishes.bpm), bpm_locked=True)
    if wishes.meter is not None:
        new = replace(new, meter=meter_named(wishes.meter))
    if wishes.duration is not None:
        new = replace(new, duration=length_within(wishes.duration))
    if wishes.loop is not None:
        new = replace(new, loop=wishes.loop)
    if wishes.energy is not None:
        new = replace(new, energy=share_of(wishes.energy, "energy"))
    if wishes.density is not None:
        new = replace(new, density=share_of(wishes.density, "density"))
    if wishes.curve is not None:
        steps = drawn(wishes.curve, vocabulary)
        new = replace(new, curve=curve_of(steps, new.duration, new.energy, vocabulary.moods[new.mood].valence))
    if wishes.loudness is not None:
        new = replace(new, loudness=loudness_target(wishes.loudness))
    genre = vocabulary.genres[new.genre]
    added = [name for wish in parts(wishes.instruments) if (name := player_named(wish, genre, vocabulary))]
    gone = [what for part in parts(wishes.without) for what in sounds_left_out(part, vocabulary)]
    return _band(new, added, [Exclusion(what) for what in _but(gone, added, vocabulary)], vocabulary)


_STRUCK = {"drums", "percussion"}


def _but(gone: Iterable[str], added: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """What is left out, and of the family of who comes in its place only the others: "a ukulele for the guitar"."""
    kin = {vocabulary.instruments[name].family for name in added if name in vocabulary.instruments}
    kin |= _STRUCK if kin & _STRUCK else set()  # "bongos for the drums": each of the two names means both to the band
    for what in gone:
        if what not in kin:
            yield what
            continue
        yield from (n for n, entry in vocabulary.instruments.items() if entry.family == what and n not in added)


def _settled(old: Brief, new: Brief, source: str, text: str, vocabulary: Vocabulary) -> Brief:
    """The changed brief with its tempo map, cues and reasons made to fit."""
    notes: list[str] = []
    if old.frame_rate is not None and new.duration != old.duration:
        new = replace(new, duration=old.duration)
        notes.append(f"The music lasts as long as the film, {clock(old.duration)}.")
    if new.genre != old.genre and new.bpm == old.bpm and not new.bpm_locked:
        low, typical, high = vocabulary.genres[new.genre].tempo
        new = replace(new, bpm=old.bpm if low <= old.bpm <= high else Fraction(typical))
    if (new.duration, new.bpm, new.meter, new.loop) != (old.duration, old.bpm, old.meter, old.loop):
        new = _retimed(old, new)
    values = {
        "genre": (old.genre, new.genre), "mood": (old.mood, new.mood), "key": (str(old.key), str(new.key)),
        "tempo": (float(old.bpm), float(new.bpm)), "meter": (str(old.meter), str(new.meter)),
        "duration": (clock(old.duration), clock(new.duration)), "energy": (old.energy, new.energy),
        "density": (old.density, new.density), "loop": (old.loop, new.loop),
        "instruments": (", ".join(old.instruments), ", ".join(new.instruments)),
        "without": (", ".join(e.what for e in old.exclusions), ", ".join(e.what for e in new.exclusions)),
    }  # fmt: skip
    told = [Reason(name, str(after), source, text) for name, (before, after) in values.items() if before != after]
    kept = [reason for reason in old.reasons if reason.field not in {reason.field for reason in told}]
    return replace(new, title="", reasons=(*kept, *told), notes=(*new.notes, *notes))


def _retimed(old: Brief, new: Brief) -> Brief:
    """Another tempo, length or meter: the map is fitted again, cues and course keep their proportions."""
    scale = new.duration / old.duration
    hits = tuple(result.hit for result in old.hits if result.hit.at < new.duration)
    low, high = new.bpm * (1 - STRETCH * Fraction(2, 3)), new.bpm * (1 + STRETCH * Fraction(2, 3))
    if new.loop:
        fit = fit_loop(hits, new.duration, new.frame_rate, new.bpm, new.meter)
    else:
        fit = fit_tempo(hits, new.duration, new.frame_rate, new.bpm, low, high, new.bpm_locked, new.meter)
    return replace(
        new,
        exclusions=tuple(replace(e, within=_kept(e.within, old, new)) for e in new.exclusions),
        entrances=tuple(replace(e, within=_kept(e.within, old, new)) for e in new.entrances),
        tempo_map=fit.tempo_map,
        hits=fit.hits,
        fit=fit.figures,
        cues=tuple(_scaled(cue, scale) for cue in new.cues),
        curve=tuple(replace(p, at=p.at * scale) for p in new.curve) if new.curve == old.curve else new.curve,
        notes=tuple(dict.fromkeys((*new.notes, *fit.notes))),
    )


def _kept(span: Span | None, old: Brief, new: Brief) -> Span | None:
    """A stretch of seconds in a piece of another length: what went on to the end still does."""
    return Span(span.start, new.duration) if span and span.end == old.duration > span.start else span


def _scaled(cue: Cue, scale: Seconds) -> Cue:
    return replace(cue, span=Span(cue.span.start * scale, cue.span.end * scale))
