"""Which genre and which mood, and why: options, then the prompt, then the picture, then what is usual.

Feelings are points of valence and arousal (Russell's circumplex), -1..1; likeness is a bell over their distance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reelscore.brief.asked import genre_named, mood_named
from reelscore.brief.from_video import FilmReading
from reelscore.brief.lexicon import lexicon_for
from reelscore.brief.prompt_reading import PromptReading, Style
from reelscore.brief.tables import Use, broad_felt, broad_styles, felt_styles, reticent_styles, usual_styles
from reelscore.errors import BriefError
from reelscore.values.brief import Reason, Wishes
from reelscore.values.vocabulary import GenreEntry, MoodEntry, Vocabulary

Point = tuple[float, float]
USUAL: Point = (0.5, 0.25)  # what suits when nothing is known
PITCHED = ("melody", "counter", "chords", "arp", "pad", "bass")
LEADS = 0.4  # the pull from which an instrument means its genre
_SOUND_OF_A_STYLE = 0.6
_FITTING = 0.6  # of an occasion's word for a style that cannot carry the feeling named beside it
_ORCHESTRAL = {"cinematic": 0.5, "classical": 0.42}  # what "orchestra" asks for
_DROPPING = {"edm": 0.8, "house": 0.3, "dubstep": 0.25}  # what "drop" asks for
_MEANT_FOR = 0.12  # of a genre that lists the feeling named
_FAMILY_LEADS = 0.35
_CALLED_UP = 0.4  # of the style a feeling calls up by itself
SOLO: Point = (0.1, -0.4)  # what a few instruments alone suggest
_NOT_FOR_CHILDREN = {"scary", "dark", "aggressive", "tense"}
_KNOWN_BY_THEIR_SOUND = ("chinese", "japanese", "indian", "choral")
_FAMILIES = {"guitar", "strings", "brass", "winds", "synth", "mallets"}
TELLING = {"playful", "sleepy", "romantic", "nostalgic", "elegant", "groovy", "dreamy", "confident"}  # never guessed


@dataclass(frozen=True, slots=True)
class Choice:
    """Genre and moods, the occasion they were chosen for, and what to tell the person."""

    genre: GenreEntry
    moods: tuple[MoodEntry, ...]  # the first is the piece's
    mood_source: str
    bring: tuple[str, ...]  # instruments that lend a style not written yet its colour
    meter: str  # "" or the meter of that style
    occasion: Use | None  # set when the genre came from it
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]


def choose(wishes: Wishes, said: PromptReading, film: FilmReading | None, vocabulary: Vocabulary) -> Choice:
    """Settle genre and mood."""
    uses = [lexicon_for(vocabulary).uses[use.value] for use in said.uses]
    point = _feeling(wishes, said, film, uses, vocabulary)
    genre, genre_reason, bring, meter, notes = _genre(wishes, said, film, uses, point, vocabulary)
    moods, mood_reason = _moods(wishes, said, film, uses, genre, vocabulary)
    named = bool(wishes.genre) or any(style.firm for style in said.styles)
    occasion = uses[0] if uses and not named else None
    reasons = (genre_reason, mood_reason)
    return Choice(genre, moods, mood_reason.source, bring, meter, occasion, reasons, tuple(notes))


def likeness(one: Point, other: Point) -> float:
    """1 for the same feeling, towards 0 for opposite ones."""
    return math.exp(-((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) / 0.6)


def nearest_mood(point: Point, vocabulary: Vocabulary, without: set[str]) -> MoodEntry:
    """The mood closest to a point, leaving out those not wanted."""
    entries = [mood for mood in vocabulary.moods.values() if mood.name not in without | TELLING]
    entries = entries or list(vocabulary.moods.values())
    return max(entries, key=lambda mood: (likeness(point, (mood.valence, mood.arousal)), mood.name))


def _mean(points: Sequence[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _named_moods(wishes: Wishes, said: PromptReading, vocabulary: Vocabulary) -> list[MoodEntry]:
    if wishes.mood:
        return [mood_named(wishes.mood, vocabulary)]
    names = [mood.value for mood in said.moods]
    if not names and said.steps:
        steps = sorted((step for step in said.steps if step.mood), key=lambda step: -step.energy)
        names = [step.mood for step in steps[:1]]
    return [vocabulary.moods[name] for name in names if name in vocabulary.moods]


def _feeling(
    wishes: Wishes, said: PromptReading, film: FilmReading | None, uses: Sequence[Use], vocabulary: Vocabulary
) -> Point | None:
    """The feeling wanted, as far as anything tells; None where nothing does."""
    named = _named_moods(wishes, said, vocabulary)
    push = 1.2 * said.energy + 1.5 * (said.tempo - 1)
    if named:
        valence, arousal = _mean([(mood.valence, mood.arousal) for mood in named])
    elif uses:
        usual = [vocabulary.moods[name] for use in uses for name in use.moods if name in vocabulary.moods]
        if not usual:
            return None
        valence, arousal = _mean([(mood.valence, mood.arousal) for mood in usual])
        if film and film.frame_rate:
            valence, arousal = 0.6 * valence + 0.4 * film.valence, 0.6 * arousal + 0.4 * film.arousal
    elif film and film.frame_rate:
        valence, arousal = film.valence, film.arousal
    elif push or said.only or said.steps:
        beats = any(one.value in ("drums", "percussion") for one in said.instruments)  # "drums only" is no quiet piece
        valence, arousal = SOLO if said.only and not said.only_section and not beats else USUAL
        push *= 2
    else:
        return None
    tones = [step.valence for step in said.steps if step.valence is not None]
    if tones:
        valence = (valence + sum(tones) / len(tones)) / 2
    if said.steps:
        arousal = (arousal + sum(step.energy for step in said.steps) / len(said.steps)) / 2
    return valence, max(-1.0, min(1.0, arousal + push))


def _genre(
    wishes: Wishes,
    said: PromptReading,
    film: FilmReading | None,
    uses: Sequence[Use],
    point: Point | None,
    vocabulary: Vocabulary,
) -> tuple[GenreEntry, Reason, tuple[str, ...], str, list[str]]:
    if not vocabulary.genres:
        raise BriefError("There is no genre to write in.", "The package's tables are missing: install it again.")
    if wishes.genre:
        genre = genre_named(wishes.genre, vocabulary)
        return genre, Reason("genre", genre.title, "option", "as set"), (), "", []
    firm = [style for style in said.styles if style.firm]
    if firm:
        return _from_style(firm, said, point, vocabulary)
    refused = {r.value for r in said.refused if r.kind in ("genre", "scene", "artist")}
    gone = {exclusion.what for exclusion, _ in said.exclusions if exclusion.throughout}
    refused |= {name for name in vocabulary.genres if gone & set(name.split("_"))}  # "without ukulele"
    refused |= set(_without_seat(said, vocabulary))
    if any(use.name == "kids" for use in uses):
        refused.add("horror")
    scores = {
        name: _score(genre, said, uses, point, vocabulary)
        for name, genre in vocabulary.genres.items()
        if name not in refused
    } or dict.fromkeys(vocabulary.genres, 0.0)
    best = max(sorted(scores), key=lambda name: scores[name])
    genre = vocabulary.genres[best]
    return genre, _why(genre, said, film, uses, point), (), "", _tempo_note(genre, said)


def _without_seat(said: PromptReading, vocabulary: Vocabulary) -> Iterator[str]:
    """Genres in which nobody of its kind plays the bass or the drums asked for: solo piano for "bass only"."""
    named = {sound.value for sound in said.instruments} & {"bass", "drums"}
    for name, genre in vocabulary.genres.items():
        for role in named:
            seated = [vocabulary.instruments.get(one) for one in genre.instruments.get(role, ())]
            if not any(entry and entry.family == role for entry in seated):
                yield name


def _from_style(
    firm: Sequence[Style], said: PromptReading, point: Point | None, vocabulary: Vocabulary
) -> tuple[GenreEntry, Reason, tuple[str, ...], str, list[str]]:
    first = firm[0]
    notes: list[str] = []
    heard = " ".join(sound.words.lower() for sound in said.instruments)
    others = list(dict.fromkeys(s.words for s in firm[1:] if s.name != first.name and s.words.lower() not in heard))
    if first.written:
        genre = vocabulary.genres[first.name]
        family = [name for name in broad_styles().get(first.words.lower(), ()) if name in vocabulary.genres]
        meant = broad_felt().get(first.words.lower(), {}).get(said.moods[0].value) if said.moods else None
        family = [meant] if meant in family else family
        if family and said.moods and point:
            genre = max((vocabulary.genres[name] for name in family), key=lambda g: _carries(g, point, vocabulary))
            text = f"of what “{first.words}” may mean, it carries the mood best"
            return genre, Reason("genre", genre.title, "prompt", text), (), "", notes
        lent = () if said.instruments else _lent(genre, firm, vocabulary)
        if others:
            colour = f", and lends its {lent[0].replace('_', ' ')}" if lent else ""
            notes.append(f"One piece, one genre: {genre.title} was taken; “{others[0]}” was named as well{colour}.")
        return genre, Reason("genre", genre.title, "prompt", f"you asked for “{first.words}”"), lent, "", notes
    style = lexicon_for(vocabulary).unwritten[first.name]
    here = (style.valence, style.arousal)
    target = _mean([here, point]) if point else here
    written = next((other for other in firm[1:] if other.written), None)
    near = [written.name] if written else nearest_written(first.name, target, vocabulary)
    near.sort(key=lambda name: _misses(vocabulary.genres[name], said))
    genre = vocabulary.genres[near[0]]
    name = style.title if first.words.lower() in style.title.lower() else f"{style.title} (“{first.words}”)"
    notes.append(f"{name} is not written yet: {genre.title} is the nearest.")
    text = f"the nearest to “{first.words}”, which is not written yet"
    return genre, Reason("genre", genre.title, "prompt", text), style.bring, style.meter, notes


def _lent(genre: GenreEntry, firm: Sequence[Style], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The sound by which another style named is known: the guzheng of "guochao electronic"."""
    for style in firm[1:]:
        if style.written and style.name != genre.name and style.name in _KNOWN_BY_THEIR_SOUND:
            return vocabulary.genres[style.name].instruments.get("melody", ())[:1]
    return ()


def nearest_written(style: str, target: Point, vocabulary: Vocabulary) -> list[str]:
    """Written genres that come close to an unwritten style, the best first."""
    entry = lexicon_for(vocabulary).unwritten[style]
    near = [name for name in entry.near if name in vocabulary.genres] or list(vocabulary.genres)
    points = {name: (vocabulary.genres[name].valence, vocabulary.genres[name].arousal) for name in near}
    return sorted(near, key=lambda name: -likeness(target, points[name]))


def _score(
    genre: GenreEntry, said: PromptReading, uses: Sequence[Use], point: Point | None, vocabulary: Vocabulary
) -> float:
    told = bool(said.moods or said.steps or not uses)  # else the point comes from the occasion, which speaks below
    if point:
        turns = [vocabulary.moods[name] for name in dict.fromkeys(step.mood for step in said.steps) if name]
        points = [(mood.valence, mood.arousal) for mood in turns] if len(turns) > 1 else [point]
        carried = sum(_carries(genre, one, vocabulary) for one in points) / len(points)
        score = (0.7 if told else 0.45) * carried
    else:
        score = 0.05 * likeness(USUAL, (genre.valence, genre.arousal)) + 0.1 * (genre.name in usual_styles())
    fits = _FITTING + (1 - _FITTING) * _carries(genre, point, vocabulary) if point and said.moods else 1.0
    for i, use in enumerate(uses):
        score += fits * (1.0 if i == 0 else 0.6) * _place(genre.name, use, point, vocabulary)
    hinted = any(style.name == genre.name for style in said.styles)
    score += 1.1 * hinted
    score += _MEANT_FOR * any(mood.value in genre.moods for mood in said.moods[:1])
    felt = felt_styles().get(said.moods[0].value, ()) if said.moods and not uses else ()
    called = genre.name in felt
    score += (_CALLED_UP - 0.12 * felt.index(genre.name)) if called else 0.0
    suits = _suits(genre, said, vocabulary)
    suits *= 1.8 if said.only and not said.only_section and said.only_window is None else 1.0  # nothing else will sound
    score += _DROPPING.get(genre.name, 0.0) * any("drop" in hit.label.lower() for hit in said.hits)
    pulls = [suits * _pull(genre, instrument.value, vocabulary) for instrument in said.instruments]
    led = max(pulls, default=0.0) > LEADS
    score += sum(pulls)
    if genre.name in reticent_styles() and not (led or hinted or called):
        score -= 0.3
    score -= 0.02 * (genre.name in reticent_styles())  # of equals the plainer
    if said.meter and str(said.meter) not in genre.meters:
        score -= 0.6
    return score - 0.9 * _misses(genre, said) - 0.3 * _against_the_pace(genre, said)


def _suits(genre: GenreEntry, said: PromptReading, vocabulary: Vocabulary) -> float:
    """How far an instrument may speak for a genre, beside the feelings named: a gentle music box is no horror."""
    moods = [vocabulary.moods[mood.value] for mood in said.moods if mood.value in vocabulary.moods]
    best = max((_carries(genre, (mood.valence, mood.arousal), vocabulary) for mood in moods), default=1.0)
    return min(1.0, 0.2 + best)


def _pull(genre: GenreEntry, instrument: str, vocabulary: Vocabulary) -> float:
    """How much a named instrument asks for a genre: by how many of its roles it leads, rare instruments more."""
    if instrument == "orchestra":
        return _ORCHESTRAL.get(genre.name, 0.0)
    if instrument in _FAMILIES:
        first = [names[0] for role, names in genre.instruments.items() if role in PITCHED and names]
        kin = [name for name in first if name in vocabulary.instruments]
        same = sum(vocabulary.instruments[name].family == instrument for name in kin)
        usual = 0.02 * (instrument == "strings" and genre.name in _ORCHESTRAL)
        return usual + _FAMILY_LEADS * same / max(1, len(kin))
    own = [role for role in ("fx", "percussion") if instrument in genre.instruments.get(role, ())[:1]]
    if own and sum(instrument in g.instruments.get(own[0], ()) for g in vocabulary.genres.values()) < 4:
        return _SOUND_OF_A_STYLE  # "vinyl crackle", "luogu"
    lists = {role: names for role, names in genre.instruments.items() if role in PITCHED and names}
    if not any(instrument in names for names in lists.values()):
        return 0.0
    behind = ("pad",) if genre.name in reticent_styles() else ()  # a choir behind a metal band is no wish for metal
    leads = sum(names[0] == instrument for role, names in lists.items() if role not in behind)
    known = sum(any(instrument in names for names in g.instruments.values()) for g in vocabulary.genres.values())
    rare = 1.2 - known / len(vocabulary.genres)
    return (0.12 + 0.28 * (leads > 0) + 0.6 * leads / len(lists)) * rare


def _carries(genre: GenreEntry, point: Point, vocabulary: Vocabulary) -> float:
    """How well a genre carries a feeling: its own, or one of the moods it is used for."""
    own = likeness(point, (genre.valence, genre.arousal))
    moods = [vocabulary.moods[name] for name in genre.moods if name in vocabulary.moods]
    return max([own, *(0.97 * likeness(point, (mood.valence, mood.arousal)) for mood in moods)])


def _misses(genre: GenreEntry, said: PromptReading) -> bool:
    """Does the tempo asked for lie outside what the genre can bear?"""
    low, _, high = genre.tempo
    wanted = said.bpm_window or ((said.bpm, said.bpm) if said.bpm else None)
    return wanted is not None and (float(wanted[1]) < low * 0.85 or float(wanted[0]) > high * 1.15)


def _against_the_pace(genre: GenreEntry, said: PromptReading) -> float:
    """How far a genre's usual tempo is from "slow" (above 95 beats a minute) or "fast" (below 105): 0 to 1."""
    usual = float(genre.tempo[1])
    off = usual - 95 if said.tempo < 1 else 105 - usual if said.tempo > 1 else 0.0
    return max(0.0, min(1.0, off / 30))


def _place(genre: str, use: Use, point: Point | None, vocabulary: Vocabulary) -> float:
    """How high a genre stands in an occasion's list, unwritten styles handing their place to the nearest."""
    lexicon = lexicon_for(vocabulary)
    best = 0.0
    for i, name in enumerate(use.genres):
        worth = 1.0 - 0.18 * i
        if name in lexicon.unwritten:
            style = lexicon.unwritten[name]
            name = nearest_written(name, point or (style.valence, style.arousal), vocabulary)[0]
            worth *= 0.85
        if name == genre:
            best = max(best, worth)
    return best


def _why(
    genre: GenreEntry, said: PromptReading, film: FilmReading | None, uses: Sequence[Use], point: Point | None
) -> Reason:
    hint = next((style for style in said.styles if style.name == genre.name), None)
    if hint:
        return Reason("genre", genre.title, "prompt", f"from “{hint.words}”")
    if uses:
        return Reason("genre", genre.title, "prompt", f"suits {uses[0].say} (“{said.uses[0].words}”)")
    if said.moods or said.force_words or said.tempo_words:
        words = [mood.words for mood in said.moods] or [said.force_words or said.tempo_words]
        return Reason("genre", genre.title, "prompt", f"comes closest to “{', '.join(words[:3])}”")
    if film and film.frame_rate:
        return Reason(
            "genre", genre.title, "picture", f"comes closest to what the picture shows: {feeling_in_words(point)}"
        )
    return Reason("genre", genre.title, "default", "no style was named")


def feeling_in_words(point: Point | None) -> str:
    """ "bright and lively", "dark and calm"..."""
    if point is None:
        return "nothing in particular"
    tone = "bright" if point[0] > 0.25 else "dark" if point[0] < -0.25 else "neutral"
    pace = "lively" if point[1] > 0.25 else "calm" if point[1] < -0.25 else "moderate"
    return f"{tone} and {pace}"


def _tempo_note(genre: GenreEntry, said: PromptReading) -> list[str]:
    if said.meter and str(said.meter) not in genre.meters:
        return [f"{genre.title} is not written in {said.meter}."]
    return []


def _moods(
    wishes: Wishes,
    said: PromptReading,
    film: FilmReading | None,
    uses: Sequence[Use],
    genre: GenreEntry,
    vocabulary: Vocabulary,
) -> tuple[tuple[MoodEntry, ...], Reason]:
    named = _named_moods(wishes, said, vocabulary)
    refused = {r.value for r in said.refused if r.kind == "mood"}
    if wishes.mood:
        return tuple(named), Reason("mood", named[0].name, "option", "as set")
    if named:
        words = [mood.words for mood in said.moods] or [step.words for step in said.steps if step.mood == named[0].name]
        if any(use.name == "kids" for use in uses) and named[0].name in _NOT_FOR_CHILDREN and len(uses) > 1:
            text = f"“{words[0]}”, for children"
            return (vocabulary.moods["playful"], *named), Reason("mood", "playful", "prompt", text)
        return tuple(named), Reason("mood", named[0].name, "prompt", f"from “{'”, “'.join(words[:3])}”")
    usual = [vocabulary.moods[n] for use in uses for n in use.moods if n in vocabulary.moods and n not in refused]
    if usual:
        here = (film.valence, film.arousal) if film and film.frame_rate else (usual[0].valence, usual[0].arousal)
        mood = max(usual, key=lambda entry: likeness(here, (entry.valence, entry.arousal)))
        return (mood,), Reason("mood", mood.name, "prompt", f"usual for {uses[0].say}")
    if film and film.frame_rate:
        mood = nearest_mood((film.valence, film.arousal), vocabulary, refused)
        told = next((reason.text for reason in film.reasons if reason.field == "mood"), "")
        return (mood,), Reason("mood", mood.name, "picture", told or feeling_in_words((film.valence, film.arousal)))
    mood = _own_mood(genre, vocabulary, refused)
    return (mood,), Reason("mood", mood.name, "genre", f"how {genre.title} usually feels")


def _own_mood(genre: GenreEntry, vocabulary: Vocabulary, refused: set[str]) -> MoodEntry:
    """The mood a genre has by itself: of those it carries the nearest to its own feeling, earlier ones first."""
    here = (genre.valence, genre.arousal)
    own = [vocabulary.moods[name] for name in genre.moods if name in vocabulary.moods and name not in refused]
    if not own:
        return nearest_mood(here, vocabulary, refused)
    rated = [(likeness(here, (mood.valence, mood.arousal)) - 0.08 * k, mood) for k, mood in enumerate(own)]
    return max(rated, key=lambda pair: pair[0])[1]
