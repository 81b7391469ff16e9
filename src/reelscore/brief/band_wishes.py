"""Who is asked for and who is left out: instruments by name, family or role, "only", and exclusions.

An option wins over the prompt; a thing both asked for and left out in the same breath stays out, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reelscore.brief.asked import clock, parts, sound_named, sounds_left_out
from reelscore.brief.choose import Choice
from reelscore.brief.prompt_reading import PromptReading, Said
from reelscore.brief.tables import missing_names, stand_ins
from reelscore.values.brief import ROLES, Entrance, Exclusion, Reason, Wishes
from reelscore.values.time import Seconds, Span
from reelscore.values.vocabulary import GenreEntry, Vocabulary

_FAMILY_OF_ROLE = {
    "drums": "drums",
    "percussion": "percussion",
    "bass": "bass",
    "pad": "synth",
    "fx": "fx",
    "arp": "synth",
}
_USUAL_OF_FAMILY = {"orchestra": "strings", "voices": "choir", "guitar": "acoustic_guitar", "keys": "grand_piano"}
_LINES = ("arp", "chords", "melody", "counter")
_LED_BY = {"percussion": "drums", "counter": "melody"}  # who goes with whom when a reason is told
_NO_PLAIN_PIANO = ("electric_piano", "fm_piano", "prepared_piano")
NO_SINGER = "Reelscore writes instrumental music: nobody will sing"


@dataclass(frozen=True, slots=True)
class BandWishes:
    """Instruments asked for (names of the catalogue), exclusions, and what to tell the person."""

    instruments: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    entrances: tuple[Entrance, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]


def band_wishes(
    wishes: Wishes, said: PromptReading, choice: Choice, vocabulary: Vocabulary, duration: Seconds
) -> BandWishes:
    """Settle who plays and who does not, in a piece of this many seconds."""
    notes: list[str] = []
    optional = [Said(*sound_named(wish, vocabulary)) for wish in parts(wishes.instruments)]
    forbidden = {what: part for part in parts(wishes.without) for what in sounds_left_out(part, vocabulary)}
    exclusions = [Exclusion(what) for what in forbidden]
    reasons = [Reason("without", ", ".join(parts(wishes.without)), "option", "as set")] if forbidden else []
    chosen: dict[str, Said] = {}
    for wanted in optional or said.instruments:
        if wanted.value not in vocabulary.instruments and wanted.value in missing_names():
            near = _stand_in(wanted.value, vocabulary)
            if near:
                chosen.setdefault(near, wanted)
                notes.append(_stands_in(wanted.value.replace("-", " "), near.replace("_", " ")))
            continue
        name = instrument_of(wanted.value, wanted.words, choice.genre, vocabulary)
        if name:
            chosen.setdefault(name, wanted)
    everywhere = set(forbidden)
    by_option = {instrument_of(w.value, w.words, choice.genre, vocabulary) for w in optional}
    for exclusion, words in said.exclusions:
        if exclusion.what == "voices" and any(_family(name, vocabulary) == "voices" for name in chosen):
            continue  # "epic choir, no vocals": no singer, but the choir that was asked for
        if any(_covers(exclusion.what, name, vocabulary) for name in by_option if name):
            notes.append(f"“{words}” in the prompt gives way to --instruments.")
            continue
        exclusions.append(exclusion)
        if exclusion.throughout:
            everywhere.add(exclusion.what)
    timed = left_out_for_a_time(said, duration)
    exclusions.extend(exclusion for exclusion, _ in timed)
    reasons.extend(_reasons(said, timed))
    for name in [name for name in chosen if any(_covers(what, name, vocabulary) for what in everywhere)]:
        notes.append(f"“{chosen[name].words}” is both asked for and left out; it stays out.")
        del chosen[name]
    if said.players == len(chosen) > 1 and not said.only:  # "a jazz trio: piano, bass, drums", and nobody else
        said = replace(said, only=tuple(wanted.words for wanted in chosen.values()))
    alone_throughout = bool(said.only) and not said.only_section and said.only_window is None
    if alone_throughout:  # the arpeggios of a solo harp are its own
        own = [name for name, wanted in chosen.items() if wanted.value in _LINES and wanted.words not in said.only]
        for name in own if len(own) < len(chosen) else ():
            del chosen[name]
    if chosen:
        source, words = ("option", "as set") if optional else ("prompt", _quoted([s.words for s in chosen.values()]))
        reasons.append(Reason("instruments", ", ".join(chosen), source, words))
    away = [] if optional else all_but_alone(said, chosen, duration, vocabulary)
    if away:
        exclusions.extend(away)
        section, within = away[0].section, away[0].within
        where = f" in the {section}" if section else f" {_told(within)}" if within else ""
        alone = [s.words for s in chosen.values() if alone_throughout or s.words in said.only]
        reasons.append(Reason("without", f"everything else{where}", "prompt", f"nothing but {_quoted(alone)}"))
    brought = [n for n in choice.bring if n in vocabulary.instruments and n not in chosen and not alone_throughout]
    chosen |= {name: Said(name, "") for name in brought if not any(_covers(w, name, vocabulary) for w in everywhere)}
    entrances = _entrances(said, choice, vocabulary, chosen, everywhere, duration)
    for one in entrances:
        where = _told(one.within) if one.within else f"in the {one.section}"
        reasons.append(Reason("entrance", f"{one.what} {where}", "prompt", "you asked for it there"))
    if said.vocals and "voices" not in everywhere:
        notes.append(f"{NO_SINGER}. “{said.vocals}” is left to the melody instrument.")
    return BandWishes(tuple(chosen), tuple(dict.fromkeys(exclusions)), entrances, tuple(reasons), tuple(notes))


def _entrances(
    said: PromptReading,
    choice: Choice,
    vocabulary: Vocabulary,
    chosen: dict[str, Said],
    everywhere: set[str],
    duration: Seconds,
) -> tuple[Entrance, ...]:
    """Who comes in where: named with a section, or alone in one."""
    found = []
    for entrance, words in entrances_asked(said, choice.genre, vocabulary, duration):
        if not any(_covers(what, entrance.what, vocabulary) for what in everywhere):
            chosen.setdefault(entrance.what, Said(entrance.what, words))
            found.append(entrance)
    if said.only and said.only_section:
        found += [Entrance(name, said.only_section, False) for name, s in chosen.items() if s.words in said.only]
    return tuple(dict.fromkeys(found))


def entrances_asked(
    said: PromptReading, genre: GenreEntry, vocabulary: Vocabulary, duration: Seconds
) -> list[tuple[Entrance, str]]:
    """Who was asked to come in for a section or a time of a piece this long, and the words that said so."""
    found = []
    for placed in said.entrances:
        name = _stand_in(placed.value, vocabulary) or instrument_of(placed.value, placed.words, genre, vocabulary)
        within = placed.window.span(duration) if placed.window else None
        if name and (within or placed.window is None):
            found.append((Entrance(name, placed.section, not placed.at_least, within), placed.words))
    return found


def player_named(wish: str, genre: GenreEntry, vocabulary: Vocabulary) -> str | None:
    """Who plays where a sound is asked for by option: the instrument, one of its family, or who comes nearest.
    Raises BriefError for what is no sound."""
    value, words = sound_named(wish, vocabulary)
    return _stand_in(value, vocabulary) or instrument_of(value, words, genre, vocabulary)


def _stands_in(wanted: str, near: str) -> str:
    """The note of a player that nobody here can be, and of who plays instead."""
    verbs = ["are" if _many(wanted) else "is", "stand in" if _many(near) else "stands in"]
    return f"There {verbs[0]} no {wanted} here: {near} {verbs[1]}."


def _many(name: str) -> bool:
    """Is the name a plural, as "hand drums" and "strings" are, and "bass" is not?"""
    return name.endswith("s") and not name.endswith("ss")


def _stand_in(value: str, vocabulary: Vocabulary) -> str | None:
    """Who plays for an instrument that is not in the box; None for one that is, or that nobody comes near."""
    if value in vocabulary.instruments or value not in missing_names():
        return None
    return next((name for name in stand_ins(value) if name in vocabulary.instruments), None)


def left_out_for_a_time(said: PromptReading, duration: Seconds) -> list[tuple[Exclusion, str]]:
    """What must rest for a time of a piece this long, and the words that said so."""
    return [(Exclusion(what, within=span), words) for what, w, words in said.timed if (span := w.span(duration))]


def _told(span: Span) -> str:
    return f"from {clock(span.start)} to {clock(span.end)}"


def _reasons(said: PromptReading, timed: Sequence[tuple[Exclusion, str]]) -> list[Reason]:
    reasons: dict[str, Reason] = {}
    for exclusion, words in timed:
        if exclusion.within and not any(r.text == f"you asked for “{words}”" for r in reasons.values()):
            same = {one.what for one, other in timed if other == words and one.within == exclusion.within}
            value = f"{'everything' if set(ROLES) <= same else exclusion.what} {_told(exclusion.within)}"
            reasons[value] = Reason("without", value, "prompt", f"you asked for “{words}”")
    for exclusion, words in said.exclusions:
        text = "no singing anyway, and no choir" if exclusion.what == "voices" else f"you asked for “{words}”"
        whats = list(dict.fromkeys(e.what for e, w in said.exclusions if w == words and e.what != "voices"))
        named = [what for what in whats if _LED_BY.get(what) not in whats]
        value = "vocals" if exclusion.what == "voices" else ", ".join(named)
        sections = list(dict.fromkeys(e.section for e, w in said.exclusions if w == words and e.section))
        where = f" in the {', '.join(sections)}" if sections else ""
        reasons.setdefault(value + where, Reason("without", value + where, "prompt", text))
    return list(reasons.values())


def instrument_of(value: str, words: str, genre: GenreEntry, vocabulary: Vocabulary) -> str | None:
    """The catalogue's instrument for a name, family or role: the genre's own kind where it has one."""
    own = [name for names in genre.instruments.values() for name in names if name in vocabulary.instruments]
    if value in vocabulary.instruments:
        plain = words.lower().removesuffix("s")
        if any(
            plain == word.removesuffix("s") for name in vocabulary.instruments for word in (name.replace("_", " "),)
        ):
            return value
        kin = [name for name in own if value.split("_")[-1] in name.split("_") and plain in value.split("_")]
        kin = [name for name in kin if name not in _NO_PLAIN_PIANO]
        return kin[0] if kin and value not in own else value
    if value in ROLES and genre.instruments.get(value):
        return next((name for name in genre.instruments[value] if name in vocabulary.instruments), None)
    family = {"orchestra": "strings"}.get(value) or _FAMILY_OF_ROLE.get(value) or value
    in_family = [name for name in own if _family(name, vocabulary) == family]
    usual = _USUAL_OF_FAMILY.get(value, "")
    if usual in vocabulary.instruments and (not in_family or value == "orchestra"):
        return usual
    return next(iter(in_family), None) or next(
        (name for name, entry in vocabulary.instruments.items() if entry.family == family), None
    )


def _family(name: str, vocabulary: Vocabulary) -> str:
    return vocabulary.instruments[name].family if name in vocabulary.instruments else ""


def _covers(what: str, name: str, vocabulary: Vocabulary) -> bool:
    return what in (name, _family(name, vocabulary))


def all_but_alone(
    said: PromptReading, chosen: Mapping[str, Said], duration: Seconds, vocabulary: Vocabulary
) -> list[Exclusion]:
    """Who must be silent while some play alone ("only piano in the intro"); `chosen`: instruments and their words."""
    within = said.only_window.span(duration) if said.only_window else None
    throughout = not said.only_section and said.only_window is None
    alone = tuple(name for name, wanted in chosen.items() if throughout or wanted.words in said.only)
    if not said.only or not alone or (said.only_window is not None and within is None):
        return []
    return [Exclusion(what, said.only_section, within) for what in _all_but(alone, vocabulary)]


def _all_but(chosen: tuple[str, ...], vocabulary: Vocabulary) -> list[str]:
    """What to leave out to leave only the chosen instruments and their next of kin ("piano": any piano)."""
    families = {_family(name, vocabulary) for name in chosen}
    kinds = {name.split("_")[-1] for name in chosen}
    others = dict.fromkeys(e.family for e in vocabulary.instruments.values() if e.family not in families)
    struck = {"drums", "percussion"} if families & {"drums", "percussion"} else set[str]()
    for family in struck & others.keys():  # either name means both to the band: its players are named one by one
        del others[family]
        others |= dict.fromkeys(name for name, entry in vocabulary.instruments.items() if entry.family == family)
    beside = [
        name
        for name, entry in vocabulary.instruments.items()
        if entry.family in families and name not in chosen and not kinds & set(name.split("_"))
    ]
    return [*others, *beside]


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words) if word)
