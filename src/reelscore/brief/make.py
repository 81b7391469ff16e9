"""Words, options and readings to one Brief, with a reason for every field.

The order of say: an option, then the prompt, then the picture, then what the genre does by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.brief.asked import PRESETS, clock, length_within, loudness_target, seconds_of_hit, share_of
from reelscore.brief.band_wishes import band_wishes
from reelscore.brief.choose import Choice, choose
from reelscore.brief.course import cues_of, curve_of, drawn
from reelscore.brief.from_video import FilmReading, read_film
from reelscore.brief.hit_points import TempoFit, fit_tempo
from reelscore.brief.lexicon import lexicon_for
from reelscore.brief.loops import fit_loop, loop_length
from reelscore.brief.prompt import read_prompt
from reelscore.brief.prompt_reading import PromptReading
from reelscore.brief.pulse import Pace, halved, key_of, may_halve, meter_for_cuts, meter_of, pace_of
from reelscore.brief.turns import on_cuts, turns_of
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Hit, LoudnessTarget, Reason, Wishes
from reelscore.values.reading import Reading
from reelscore.values.time import Meter, Seconds
from reelscore.values.vocabulary import Vocabulary

USUAL_LENGTH = Fraction(60)
STING = Fraction(4)
MOST_HITS = 200
YIELD = 0.5  # weight of the film's own hits where the person named some
ENOUGH_BEATS, ENOUGH_DOWNBEATS = 0.9, 0.7  # of the hits' weight: as many as a film should have
WORTH_HALVING = 0.08  # what bars of 2/4 must gain in downbeats
_APART = Fraction(1, 5)  # a cut nearer than this to a hit asked for gives way to it


@dataclass(frozen=True, slots=True)
class _Settled:
    """One decided field: its value, why, and what could not be met."""

    reason: Reason
    notes: tuple[str, ...] = ()


def make_brief(prompt: str, wishes: Wishes, vocabulary: Vocabulary, reading: Reading | None = None) -> Brief:
    """The Brief for a prompt, options and perhaps a film; BriefError where a wish cannot be understood or met."""
    said = read_prompt(prompt, vocabulary)
    film = read_film(reading) if reading else None
    if wishes.curve is not None:
        said = replace(said, steps=drawn(wishes.curve, vocabulary))
    loop = wishes.loop if wishes.loop is not None else bool(said.loop)
    duration, length = _length(wishes, said, film, reading)
    choice = choose(wishes, said, film, vocabulary)
    meter, meter_reason, meter_notes = meter_of(wishes, said, choice)
    pace = pace_of(wishes, said, film, choice)
    duration, loop_notes = _looped(loop, film, length, duration, pace, meter)
    key, key_reason = key_of(wishes, said, choice)
    band = band_wishes(wishes, said, choice, vocabulary, duration)
    if film and not said.steps:
        exact = {moment.at for moment in said.hits if moment.at is not None and moment.label}
        exact |= {seconds_of_hit(wish, film.frame_rate) for wish in wishes.hits}
        band, moved = on_cuts(band, film.hits, duration, exact)
        said = replace(said, hits=tuple(moment for moment in said.hits if moment.at not in moved))
    loudness, loudness_reason = _loudness(wishes, said)
    audio, audio_reasons = _own_sound(wishes, said, film)
    hits, hit_reasons = _hits(wishes, said, film, duration, turns_of(band, duration))
    energy, density, valence = _forces(wishes, said, film, choice, audio)
    cues, course_reasons = cues_of(said.steps, film, duration, energy, valence)
    rate = film.frame_rate if film else None
    if loop:
        fit = fit_loop(hits, duration, rate, pace.bpm, meter)
    else:
        meters = choice.genre.meters if film and not pace.locked else ()
        fit, meter, meter_reason = _fitted(hits, duration, rate, pace, meter, meter_reason, meters)
    reasons = (length.reason, *choice.reasons, pace.reason, key_reason, meter_reason, *band.reasons, *course_reasons)
    reasons += (*hit_reasons, *audio_reasons, loudness_reason, *_force_reasons(said, energy))
    if loop:
        source = "option" if wishes.loop is not None else "prompt"
        reasons += (Reason("loop", "yes", source, "as set" if wishes.loop is not None else f"from “{said.loop}”"),)
    notes = (
        *_corrections(said),
        *length.notes,
        *loop_notes,
        *said.notes,
        *choice.notes,
        *pace.notes,
        *meter_notes,
        *band.notes,
    )
    return Brief(
        prompt=prompt,
        language=said.language,
        genre=choice.genre.name,
        mood=choice.moods[0].name,
        duration=duration,
        seed=wishes.seed,
        key=key,
        meter=meter,
        bpm=pace.bpm,
        bpm_locked=pace.locked,
        key_locked=key_reason.source in ("option", "prompt"),
        tempo_map=fit.tempo_map,
        loudness=loudness,
        frame_rate=rate,
        instruments=band.instruments,
        exclusions=band.exclusions,
        entrances=band.entrances,
        cues=cues,
        hits=fit.hits,
        fit=fit.figures,
        speech=film.speech if film and audio == "keep" else (),
        curve=curve_of(said.steps, duration, energy, valence),
        loop=loop,
        energy=energy,
        density=density,
        original_audio=audio,
        title=said.title,
        reasons=reasons,
        notes=tuple(dict.fromkeys((*notes, *(film.notes if film else ()), *fit.notes, *_nothing_read(prompt, said)))),
    )


def _fitted(
    hits: Sequence[Hit],
    duration: Seconds,
    rate: Fraction | None,
    pace: Pace,
    meter: Meter,
    reason: Reason,
    meters: Sequence[str],
) -> tuple[TempoFit, Meter, Reason]:
    """The tempo map for these hits, in bars of 4/4 or, where a film's cuts need them, of 2/4; `meters` the genre's."""
    may = may_halve(meter, reason, meters)
    meter, reason = meter_for_cuts(meter, reason, meters, pace.bpm, hits)
    fit = fit_tempo(hits, duration, rate, pace.bpm, pace.low, pace.high, pace.locked, meter)
    half = halved(hits) if may and reason.source == "genre" and fit.figures.downbeat_rate < ENOUGH_DOWNBEATS else None
    if half:
        other = fit_tempo(hits, duration, rate, pace.bpm, pace.low, pace.high, pace.locked, half[0])
        gained = other.figures.downbeat_rate - fit.figures.downbeat_rate
        if gained >= WORTH_HALVING and other.figures.beat_rate >= min(fit.figures.beat_rate, ENOUGH_BEATS):
            return other, *half
    return fit, meter, reason


def _looped(
    loop: bool, film: FilmReading | None, length: _Settled, duration: Seconds, pace: Pace, meter: Meter
) -> tuple[Seconds, tuple[str, ...]]:
    """The length of a loop: as asked where the tempo may give way, else whole bars of the tempo."""
    if not loop or film is not None or (length.reason.source != "default" and not pace.locked):
        return duration, ()
    fitted = length_within(
        max(Fraction(1), loop_length(duration, pace.bpm, meter, length.reason.source == "default")), "A loop"
    )
    if length.reason.source == "default" or abs(fitted - duration) < Fraction(1, 1000):
        return fitted, ()
    bars = round(fitted * pace.bpm / 60 / meter.beats)
    note = f"A loop is whole bars: {bars} bars at {float(pace.bpm):g} bpm last {float(fitted):.3f} s."
    return fitted, (note,)


def _length(
    wishes: Wishes, said: PromptReading, film: FilmReading | None, reading: Reading | None
) -> tuple[Seconds, _Settled]:
    if film and reading and reading.video:
        duration = length_within(film.duration, "A film")
        reason = Reason("duration", clock(duration), "picture", "exactly as long as the film")
        asked = wishes.duration if wishes.duration is not None else said.duration
        if asked is None or abs(asked - duration) < Fraction(1, 2):
            return duration, _Settled(reason)
        note = f"A length of {clock(asked)} was asked for; the music lasts as long as the film, {clock(duration)}."
        return duration, _Settled(reason, (note,))
    if wishes.duration is not None:
        return length_within(wishes.duration), _Settled(Reason("duration", clock(wishes.duration), "option", "as set"))
    if said.duration is not None:
        length = length_within(said.duration)
        return length, _Settled(Reason("duration", clock(length), "prompt", f"you asked for “{said.duration_words}”"))
    if film:
        length = length_within(film.duration, "A recording")
        return length, _Settled(Reason("duration", clock(length), "sound", "exactly as long as the recording"))
    if said.sting:
        return STING, _Settled(Reason("duration", clock(STING), "prompt", f"as long as “{said.sting}” usually is"))
    last = _last_moment(said)
    if last < USUAL_LENGTH * Fraction(5, 6):
        return USUAL_LENGTH, _Settled(Reason("duration", clock(USUAL_LENGTH), "default", "no length was named"))
    length = length_within(Fraction(-(-(last * Fraction(5, 4)) // 10) * 10))
    return length, _Settled(Reason("duration", clock(length), "default", f"room behind {clock(last)}, the last moment"))


def _last_moment(said: PromptReading) -> Seconds:
    """The last second that the prompt speaks of; 0 where it names none."""
    times = [moment.at for moment in said.hits] + [step.at for step in said.steps]
    windows = [one.window for one in said.entrances] + [window for _, window, _ in said.timed] + [said.only_window]
    times += [time for one in windows if one and one.unit == "s" for time in (one.start, one.end)]
    return max((time for time in times if time is not None), default=Fraction(0))


def _loudness(wishes: Wishes, said: PromptReading) -> tuple[LoudnessTarget, Reason]:
    if wishes.loudness is not None:
        target, source, text = loudness_target(wishes.loudness), "option", "as set"
    elif said.loudness:
        target, source, text = loudness_target(said.loudness), "prompt", f"from “{said.loudness_words}”"
    else:
        target, source, text = PRESETS["default"], "default", "what video platforms play at"
    value = f"{target.lufs:g} LUFS, peaks to {target.true_peak_dbtp:g} dBTP"
    return target, Reason("loudness", value, source, text)


def _own_sound(wishes: Wishes, said: PromptReading, film: FilmReading | None) -> tuple[str, tuple[Reason, ...]]:
    if wishes.audio not in (None, "keep", "replace"):
        raise BriefError(f"Unknown choice for the film's own sound: “{wishes.audio}”.", "It can be kept or replaced.")
    if film is None or film.original_audio == "none":
        return "none", ()
    if wishes.audio:
        return wishes.audio, (Reason("own sound", wishes.audio, "option", "as set"),)
    if said.audio:
        return said.audio, (Reason("own sound", said.audio, "prompt", f"you asked for “{said.audio_words}”"),)
    told = tuple(reason for reason in film.reasons if "audio" in reason.field or "sound" in reason.field)
    return film.original_audio, told or (Reason("own sound", film.original_audio, "sound", "from what is heard in it"),)


def _hits(
    wishes: Wishes, said: PromptReading, film: FilmReading | None, duration: Seconds, turns: dict[Seconds, Hit]
) -> tuple[tuple[Hit, ...], tuple[Reason, ...]]:
    rate = film.frame_rate if film else None
    asked: dict[Seconds, Hit] = dict(turns)
    for wish in wishes.hits:
        asked.setdefault(at := seconds_of_hit(wish, rate), Hit(at, 1.0, "user", ""))
    for mark in wishes.marks:
        asked.setdefault(mark.at, mark)
    for moment in said.hits:
        at = moment.at if moment.at is not None else seconds_of_hit(moment.timecode, rate)
        asked.setdefault(at, Hit(at, 1.0, "user", moment.label))
    if len(asked) > MOST_HITS:
        raise BriefError(f"{len(asked)} moments were asked for.", f"Choose at most {MOST_HITS}.")
    for at in asked:
        if not 0 <= at < duration:
            what = "film" if film else "track"
            raise BriefError(
                f"The hit at {clock(at)} lies outside the {what}, which lasts {clock(duration)}.",
                f"Choose a moment before {clock(duration)}.",
            )
    found = [hit for hit in (film.hits if film else ()) if all(abs(hit.at - at) > _APART for at in asked)]
    if asked:  # what was asked for comes first
        found = [replace(hit, weight=hit.weight * YIELD) for hit in found]
    reasons: list[Reason] = []
    if asked:
        source = "option" if wishes.hits else "prompt"
        reasons.append(
            Reason("hits", ", ".join(clock(at) for at in sorted(asked)), source, "the music marks these moments")
        )
    if film:
        reasons.extend(reason for reason in film.reasons if reason.field == "hits")
    return tuple(sorted([*asked.values(), *found], key=lambda hit: hit.at)), tuple(reasons)


def _forces(
    wishes: Wishes, said: PromptReading, film: FilmReading | None, choice: Choice, audio: str
) -> tuple[float, float, float]:
    """Energy and density of the whole, 0..1, and its valence, -1..1."""
    arousal = sum(mood.arousal for mood in choice.moods) / len(choice.moods)
    valence = sum(mood.valence for mood in choice.moods) / len(choice.moods)
    lively = 0.6 * arousal + 0.4 * choice.genre.arousal
    if film and film.frame_rate:
        lively = (
            0.7 * lively + 0.3 * film.arousal
            if choice.mood_source in ("option", "prompt")
            else (lively + film.arousal) / 2
        )
    energy = 0.5 + 0.4 * lively + said.energy + 0.25 * (said.tempo - 1)
    density = 0.5 + 0.22 * lively + said.density - (0.1 if audio == "keep" and film and film.speech else 0.0)
    energy = share_of(wishes.energy, "energy") if wishes.energy is not None else energy
    density = share_of(wishes.density, "density") if wishes.density is not None else density
    return round(min(1.0, max(0.05, energy)), 3), round(min(0.95, max(0.1, density)), 3), round(valence, 3)


def _force_reasons(said: PromptReading, energy: float) -> Sequence[Reason]:
    if not said.force_words:
        return ()
    level = "high" if energy > 0.66 else "low" if energy < 0.34 else "medium"
    return (Reason("energy", level, "prompt", f"from “{said.force_words}”"),)


def _corrections(said: PromptReading) -> tuple[str, ...]:
    return tuple(f"“{typed}” was read as “{meant}”." for typed, meant in said.corrections)


def _nothing_read(prompt: str, said: PromptReading) -> tuple[str, ...]:
    style = said.styles or said.moods or said.uses or said.tempo_words or said.bpm_words or said.force_words
    music = said.instruments or said.steps or said.exclusions or said.key_words or said.refused or said.hits
    if not prompt.strip() or style or music or said.loop or said.sting:
        return ()
    if said.language not in ("en", "zh"):
        return ("Prompts are read in English and Chinese; nothing here was understood as a style or feeling.",)
    return ("Nothing in the prompt named a style, a feeling or an occasion.",)


def warm(vocabulary: Vocabulary) -> None:
    """Build the lexicon of these words, which the first prompt would wait for."""
    lexicon_for(vocabulary)
