"""Words to wishes: what a prompt asks for, typed, with the words that said so. English and Chinese.

Pure and quick (milliseconds). A prompt is text, whatever it holds: nothing in it is run, opened or obeyed.
The order of reading matters: the film's own sound, then what is left out (which spends its words), then styles,
the course of the piece, feelings, tempo, sounds; what nobody read is told (`unread.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.brief.character import feelings, force_of, manner_of, said_of, styles_of, uses_of
from reelscore.brief.company import is_style
from reelscore.brief.entrances import entrances_of, until_joined
from reelscore.brief.leaving_out import LeftOut, left_out
from reelscore.brief.lexicon import Found, lexicon_for
from reelscore.brief.marks import Marks, mark, named_sound
from reelscore.brief.measures import Measure
from reelscore.brief.moments import in_bars, times_of
from reelscore.brief.own_sound import own_sound
from reelscore.brief.pace_and_pitch import bpm_said, key_said, meter_said, tempo_said
from reelscore.brief.prompt_reading import PromptReading, Said
from reelscore.brief.quantities import scan
from reelscore.brief.shape import steps_of
from reelscore.brief.slips import corrected
from reelscore.brief.tables import table
from reelscore.brief.text import language_of, read_text
from reelscore.brief.unread import unknown_words, unread
from reelscore.values.vocabulary import Vocabulary

_NO_TUNE = "“{}” is taken as a manner of writing: nobody's tune or sound is copied."


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
    styles = styles_of(marks, spent)
    steps = steps_of(marks, spent, times.duration)
    moods, weak = feelings(marks, spent, "mood")
    uses = uses_of(marks, spent, styles)
    bpm, window, bpm_words = bpm_said(marks, spent)
    times = times if times.duration is not None else in_bars(marks, times, bpm, meter_said(marks))
    tempo, tempo_words = tempo_said(marks, spent, out)
    tonic, mode, key_words = key_said(marks)
    energy, density, force_words = force_of(marks, spent, out)
    loudness, loudness_words = _loudness(marks, spent)
    instruments = _instruments(marks, spent, out)
    entrances = entrances_of(marks, out)
    artists = [found for found in marks.found if found.has("artist") and found not in spent]
    reading = PromptReading(
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
        meter=meter_said(marks),
        styles=styles,
        moods=said_of(moods, uses, lexicon) or (() if uses else weak) or manner_of(artists, marks),
        uses=uses,
        instruments=instruments,
        only=tuple(marks.words(found) for found in out.only),
        only_section=out.only_section,
        only_window=until_joined(out.only_window, entrances),
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
        entrances=entrances,
        title=text.title,
        corrections=corrections,
        unknown=unknown_words(marks),
        notes=(
            *times.notes,
            *out.notes,
            *_not_done(marks, spent),
            *(_NO_TUNE.format(marks.words(artist)) for artist in artists),
        ),
        players=_players(text.plain),
    )
    return replace(reading, notes=(*reading.notes, *unread(marks, reading)))


def _loudness(marks: Marks, spent: set[Found]) -> tuple[str | None, str]:
    for quantity in marks.quantities:
        if isinstance(quantity, Measure) and quantity.unit == "LUFS" and quantity.amount is not None:
            return str(float(-abs(quantity.amount))), quantity.text.strip()
    named = [found for found in marks.found if found.has("loudness") and found not in spent]
    rank = {"broadcast-atsc": 0, "broadcast-ebu": 1, "podcast": 2}
    best = min(named, key=lambda found: rank.get(found.value("loudness") or "", 3), default=None)
    return (best.value("loudness"), marks.words(best)) if best else (None, "")


_BANDS = {
    "duo": 2,
    "duet": 2,
    "trio": 3,
    "quartet": 4,
    "quintet": 5,
    "二重奏": 2,
    "三重奏": 3,
    "四重奏": 4,
    "五重奏": 5,
}
_BAND = re.compile(r"(?<!string )\b(?:duo|duet|trio|quartet|quintet)\b|(?<!弦乐)[二三四五]重奏", re.IGNORECASE)


def _players(plain: str) -> int:
    """How many play, where a small band's name says it: "a jazz trio: piano, bass, drums"."""
    found = _BAND.search(plain)
    return _BANDS[found[0].lower()] if found else 0


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
