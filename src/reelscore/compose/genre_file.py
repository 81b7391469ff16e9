"""Genre files: TOML to `Genre`, every key checked.

The files of `genres/` are the specification by example.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.compose.chords import TUNES, check_progression
from reelscore.compose.genre import (
    DRUMS,
    KINDS,
    LEVELS,
    METERS,
    VOICINGS,
    WRITERS,
    FeelTable,
    Genre,
    Groove,
    HarmonyTable,
    MelodyTable,
    Pattern,
    Progression,
    Seat,
)
from reelscore.compose.patterns import fault_in
from reelscore.compose.schema import Table
from reelscore.errors import DataError
from reelscore.values.brief import MODES, ROLES
from reelscore.values.score import Colour
from reelscore.values.vocabulary import GenreEntry

_LOUDNESS = "123456789"
_DRUM_SIGNS = _LOUDNESS + "abcdefghiABCDEFGHIx"
_SIGNS = _LOUDNESS + "0DUduxRaonhlwcTtr"


def _feel(table: Table) -> FeelTable:
    eighths = table.numbers("swing8", None, 0.5, 0.75)
    sixteenths = table.numbers("swing16", len(eighths), 0.5, 0.75)
    feel = FeelTable(
        swings=tuple(
            (Fraction(round(a * 1000), 1000), Fraction(round(b * 1000), 1000))
            for a, b in zip(eighths, sixteenths, strict=True)
        ),
        looseness=table.number("looseness", 0, 1),
        snare_late_ms=table.number("snare_late_ms", -30, 40, 0.0),
        bass_late_ms=table.number("bass_late_ms", -30, 40, 0.0),
    )
    table.close()
    return feel


def _colour(table: Table) -> Colour:
    names = ("brightness", "space", "saturation", "sidechain", "width", "lofi", "punch")
    rare = {"wall": table.number("wall", 0, 1, 0.0), "body": table.number("body", 0, 1, 0.5)}
    colour = Colour(**{name: table.number(name, 0, 1) for name in names}, **rare)
    table.close()
    return colour


def _seat(table: Table) -> Seat:
    low, high = table.numbers("range", 2, 0, 127, (0, 127))
    seat = Seat(
        name=table.text("name"),
        role=table.text("role", allowed=ROLES),
        writes=table.text("writes", allowed=WRITERS),
        instruments=table.texts("instruments"),
        enters=table.number("enters", 0, 1.2, 0.0),
        always=table.texts("always", (), allowed=KINDS),
        never=table.texts("never", (), allowed=KINDS),
        low=int(low),
        high=int(high),
        patterns=table.texts("patterns", ()),
        likely=table.number("likely", 0, 1, 1.0),
        pan=table.number("pan", -1, 1, 0.0),
        gain_db=table.number("gain_db", -24, 12, 0.0),
        shift=table.whole("shift", -24, 24, 0),
        voicing=table.text("voicing", "close", allowed=VOICINGS),
        speed=Fraction(table.number("speed", 0.25, 4, 1.0)).limit_denominator(12),
        gate=table.number("gate", 0.1, 2, 1.0),
        octaves=table.flag("octaves"),
        tremolo=table.whole("tremolo", 0, 16, 0),
        interval=table.whole("interval", -15, 15, 0),
        degrees=table.text("degrees", "chord", allowed=("chord", "key")),
        from_root=table.flag("from_root"),
        follows=table.text("follows", ""),
        hand_of=table.text("hand_of", ""),
        pedal=table.flag("pedal"),
        rolled=table.flag("rolled"),
        exact=table.flag("exact"),
        late=table.whole("late", 1, 4, 1),
        own_way=table.number("own_way", 0, 1, 0.0),
    )
    table.close()
    return seat


def _progression(table: Table) -> Progression:
    chords = table.text("chords")
    try:
        check_progression(chords)
    except DataError as fault:
        raise table.fault("chords", str(fault)) from None
    progression = Progression(
        family=table.text("family", allowed=("major", "minor")),
        chords=chords,
        modes=table.texts("modes", (), allowed=MODES),
        use=table.texts("use", (), allowed=KINDS),
        tension=table.number("tension", 0, 1, 0.2),
        weight=table.number("weight", 0, 10, 1.0),
    )
    table.close()
    return progression


def _groove(table: Table) -> Groove:
    meter = table.text("meter", "4/4", allowed=METERS)
    rows = table.table("rows")
    lines = tuple((drum, rows.text(drum)) for drum in rows.keys())  # noqa: SIM118
    for drum, line in lines:
        if drum not in DRUMS:
            raise rows.fault(drum, f"no such drum. Known: {', '.join(DRUMS)}.")
        if fault := fault_in(line, meter, _DRUM_SIGNS):
            raise rows.fault(drum, fault)
    level, kinds = table.text("level", allowed=LEVELS), table.texts("kinds", (), allowed=KINDS)
    groove = Groove(table.text("set", ""), level, meter, lines, kinds)
    table.close()
    return groove


def _pattern(table: Table) -> Pattern:
    meter = table.text("meter", "4/4", allowed=METERS)
    pattern = Pattern(
        name=table.text("name"),
        meter=meter,
        levels=table.texts("levels", LEVELS, allowed=LEVELS),
        text=table.text("text"),
        kinds=table.texts("kinds", (), allowed=KINDS),
        family=table.text("family", "", allowed=("", "major", "minor")),
    )
    if fault := fault_in(pattern.text, meter, _SIGNS):
        raise table.fault("text", fault)
    table.close()
    return pattern


def _melody(table: Table) -> MelodyTable:
    cells = [(meter, cell) for meter in METERS for cell in table.texts(meter, ())]
    opening = table.texts("opening", ())
    for key, meter, cell in [*((m, m, c) for m, c in cells), *(("opening", "4/4", c) for c in opening)]:
        if fault := fault_in(cell, meter, _LOUDNESS):
            raise table.fault(key, fault)
    low, high = table.numbers("range", 2, 36, 108)
    melody = MelodyTable(
        cells=tuple(cells),
        density=table.number("density", 0, 1),
        leap=table.number("leap", 0, 1),
        tensions=table.number("tensions", 0, 1),
        legato=table.flag("legato"),
        low=int(low),
        high=int(high),
        scale=_scale(table),
        grace=table.number("grace", 0, 1, 0.0),
        turns=table.number("turns", 0, 1, 0.0),
        opening=opening,
    )
    table.close()
    return melody


def _scale(table: Table) -> dict[str, tuple[int, ...]]:
    """The notes of tunes: one of TUNES by name, or semitones above the tonic for each family."""
    if table.holds_text("scale"):
        name = table.text("scale", allowed=("", *TUNES))
        return dict(zip(("major", "minor"), TUNES[name], strict=True)) if name else {}
    own = table.table("scale", optional=True)
    found = {family: tuple(int(step) for step in own.numbers(family, None, 0, 11)) for family in own.keys()}  # noqa: SIM118
    for family, steps in found.items():
        if family not in ("major", "minor") or len(steps) < 3:
            raise own.fault(family, "write major = [...] and minor = [...], three notes or more each.")
    own.close()
    return found


def _curves(table: Table) -> dict[str, tuple[float, float, float]]:
    """Cutoff at the start, the middle and the end of each kind of section."""
    found = {}
    for kind in table.keys():  # noqa: SIM118
        if kind not in KINDS:
            raise table.fault(kind, f"no such kind of section. Known: {', '.join(KINDS)}.")
        first, middle, last = table.numbers(kind, 3, 0, 1)
        found[kind] = (first, middle, last)
    return found


def _forms(table: Table) -> tuple[str, ...]:
    """Stories of the style's own: "theme2 build1 lift2", kinds with their length in phrases."""
    forms = table.texts("forms", ())
    for form in forms:
        for word in form.split() or [""]:
            if word[:-1] not in KINDS or word[-1:] not in set("123456789"):
                raise table.fault(
                    "forms", f'{word!r}: write kinds of section with their phrases, as in "theme2 lift1".'
                )
    return forms


def _harmony(table: Table) -> HarmonyTable:
    half, final = table.table("half"), table.table("final")
    cadences = [{f: part.texts(f) for f in ("major", "minor")} for part in (half, final)]
    for texts in (*cadences[0].values(), *cadences[1].values()):
        for text in texts:
            check_progression(text)
    harmony = HarmonyTable(
        bars_per_chord=table.whole("bars_per_chord", 1, 4, 1),
        slash=table.number("slash", 0, 1),
        sus=table.number("sus", 0, 1),
        approach=table.number("approach", 0, 1),
        half=cadences[0],
        final=cadences[1],
        pedal=table.number("pedal", 0, 1, 0.0),
        lift_key=table.whole("lift_key", -5, 7, 0),
        lift_key_likely=table.number("lift_key_likely", 0, 1, 0.5),
        strict=table.flag("strict"),
    )
    for part in (half, final, table):
        part.close()
    return harmony


def _fx(table: Table) -> tuple[tuple[str, float], ...]:
    found = tuple((name, table.number(name, -24, 12)) for name in table.keys())  # noqa: SIM118
    table.close()
    return found


def read_entry(name: str, table: Table) -> GenreEntry:
    """Check and build what the brief sees of a genre, which is quicker than all of it; DataError as `read_genre`."""
    low, typical, high = (int(bpm) for bpm in table.numbers("tempo", 3, 30, 240))
    if not low <= typical <= high:
        raise table.fault("tempo", f"lowest, typical, highest must rise, found {[low, typical, high]}.")
    instruments: dict[str, tuple[str, ...]] = {}
    for seat in table.tables("seats", _seat):
        instruments[seat.role] = tuple(dict.fromkeys((*instruments.get(seat.role, ()), *seat.instruments)))
    return GenreEntry(
        name=name,
        title=table.text("title"),
        words=table.texts("words"),
        tempo=(low, typical, high),
        meters=table.texts("meters", allowed=METERS),
        modes=table.weights("modes", allowed=MODES),
        valence=table.number("valence", -1, 1),
        arousal=table.number("arousal", -1, 1),
        instruments=instruments | {"fx": tuple(name for name, _ in _fx(table.table("fx")))},
        moods=table.texts("moods", ()),
    )


def read_genre(name: str, table: Table) -> Genre:
    """Check and build one genre; DataError names file, key and allowed values."""
    entry = read_entry(name, table)
    genre = Genre(
        name=name,
        title=entry.title,
        words=entry.words,
        tempo=entry.tempo,
        meters=entry.meters,
        modes=entry.modes,
        valence=entry.valence,
        arousal=entry.arousal,
        moods=entry.moods,
        section_seconds=table.number("section_seconds", 4, 60),
        roll=table.text("roll", "", allowed=("", *DRUMS)),
        stab=table.text("stab", "open", allowed=tuple(DRUMS)),
        roomy=table.flag("roomy"),
        kinds=table.texts("kinds", KINDS, allowed=KINDS),
        filters=table.texts("filters", ()),
        feel=_feel(table.table("feel")),
        colour=_colour(table.table("colour")),
        seats=table.tables("seats", _seat),
        fx=_fx(table.table("fx")),
        progressions=table.tables("progressions", _progression),
        grooves=table.tables("grooves", _groove, optional=True),
        percussion=table.tables("percussion", _groove, optional=True),
        fills=table.tables("fills", _groove, optional=True),
        patterns=table.tables("patterns", _pattern),
        melody=_melody(table.table("melody")),
        harmony=_harmony(table.table("harmony")),
        forms=_forms(table),
        curves=_curves(table.table("curves", optional=True)),
        section_bars=table.whole("section_bars", 0, 32, 0),
        half_time=table.texts("half_time", (), allowed=KINDS),
        double_time=table.texts("double_time", (), allowed=KINDS),
        time_change_likely=table.number("time_change_likely", 0, 1, 1.0),
        hush=table.flag("hush"),
        air_db=table.number("air_db", -60, 0, -27.0),
        dawns=table.flag("dawns"),
        wanders=table.flag("wanders"),
        rises=table.flag("rises"),
    )
    _check_names(genre, table)
    table.close()
    return genre


def _alike(one: str, other: str) -> bool:
    """Do two kinds of writing read the signs of a pattern the same way?"""
    return {one, other} <= {"comp", "drone", "pad"} or {one, other} <= {"arp", "riff"}


def _check_names(genre: Genre, table: Table) -> None:
    """Seats ask only for patterns that exist, and share one only with seats that read it the same way."""
    readers: dict[str, Seat] = {}
    for seat in genre.seats:
        for name in seat.patterns:
            first = readers.setdefault(name, seat)
            if first.writes != seat.writes and first.name != seat.follows and not _alike(first.writes, seat.writes):
                told = f"{first.name} ({first.writes}) and {seat.name} ({seat.writes}) read {name!r} differently"
                raise table.fault("patterns", f"{told}; give them a pattern each, or let one follow the other.")
    names = {pattern.name for pattern in genre.patterns}
    seats = [seat.name for seat in genre.seats]
    for seat in genre.seats:
        for other in (seat.follows, seat.hand_of):
            if other and (other not in seats or seats.index(other) >= seats.index(seat.name)):
                raise table.fault("seats", f"{seat.name}: {other!r} is no seat before it. Known: {', '.join(seats)}.")
        for name in seat.patterns:
            if name not in names:
                raise table.fault("seats", f"{seat.name}: no pattern {name!r}. Known: {', '.join(sorted(names))}.")
