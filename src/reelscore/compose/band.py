"""The band: who sits in which chair, with the brief's wishes and exclusions honoured exactly.

Wished instruments are seated first, in a chair that knows them or in the first role they can take. An exclusion names a
role, an instrument or a family; for the whole piece it bars the chair or sends for the next player, for one kind of
section it silences the chair there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.compose.genre import KINDS, Genre, Seat
from reelscore.compose.tables import Instrument, mood, orchestra
from reelscore.values.brief import Brief, Exclusion
from reelscore.values.chance import draw, happens, weighted
from reelscore.values.score import Player
from reelscore.values.time import Seconds, Span

SECTION_WORDS = {
    "outro": "ending", "end": "ending", "verse": "theme", "chorus": "lift", "drop": "lift", "climax": "lift",
    "opening": "intro", "beginning": "intro", "start": "intro", "breakdown": "break", "bridge": "break",
    "middle": "theme", "rise": "build",
}  # fmt: skip
_BROAD = {
    "drums": {"drums", "percussion"},
    "percussion": {"drums", "percussion"},
    "vocals": {"voices"},
    "vocal": {"voices"},
    "effects": {"fx"},
}
_SHARED = ("acoustic_guitar", "nylon_guitar")  # two players may both bring one
_EARLY_S = Fraction(1, 16)
_MOVED = ("melody", "counter", "chords", "arp", "pad")
_WRITERS = {"melody": "melody", "counter": "counter", "arp": "arp", "pad": "pad", "bass": "bass", "drums": "drums"}


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat that is taken: its player, its range, and where it must not sound."""

    seat: Seat
    player: Player
    low: int
    high: int
    silent: frozenset[str]  # kinds of section
    wished: bool
    away: tuple[Span, ...] = ()  # seconds in which it must not sound
    called: tuple[Span, ...] = ()  # seconds in which it must play

    @property
    def name(self) -> str:
        return self.player.name

    def plays(self, kind: str, energy: float) -> bool:
        """Does it play in a phrase of this energy?"""
        if kind in self.silent or (kind in self.seat.never and not (self.wished and kind != "intro")):
            return False
        return kind in self.seat.always or energy >= self.seat.enters

    def away_at(self, second: float) -> bool:
        """Must it not sound here? What begins a frame or two before its time has come belongs to that time."""
        return any(span.start - _EARLY_S <= second < span.end - _EARLY_S for span in self.away)

    def called_at(self, second: float) -> bool:
        """Was it asked for here?"""
        return any(span.start - _EARLY_S <= second < span.end - _EARLY_S for span in self.called)


def barred(exclusion: Exclusion, role: str, instrument: str) -> bool:
    """Does this exclusion mean a player of this role and instrument?"""
    known = orchestra().get(instrument)
    names = {role, instrument} | ({known.family} if known else set())
    return bool(names & _BROAD.get(exclusion.what, {exclusion.what}))


def _kinds_barred(exclusions: tuple[Exclusion, ...], role: str, instrument: str) -> frozenset[str]:
    return frozenset(
        SECTION_WORDS.get(e.section, e.section) for e in exclusions if e.section and barred(e, role, instrument)
    )


def _allowed(brief: Brief, role: str, instrument: str) -> bool:
    return not any(barred(e, role, instrument) for e in brief.exclusions if e.throughout)


def _wishes(brief: Brief, genre: Genre) -> dict[str, list[str]]:
    """Seat name -> wished instruments; seats that the genre lacks are named after the role."""
    taken: dict[str, list[str]] = {}
    seats = {seat.name: seat for seat in genre.seats}
    for name in brief.instruments:
        instrument = orchestra().get(name)
        if instrument is None or instrument.family == "fx":
            continue
        roles = [r for r in instrument.roles if _allowed(brief, r, name)]
        knowing = [s.name for s in genre.seats if name in s.instruments and s.name not in taken and s.role in roles]
        fitting = [s.name for r in roles for s in genre.seats if s.role == r and s.name not in taken]
        usable = [s for s in [*knowing, *fitting] if seats[s].writes not in ("double", "strum") or s in knowing]
        if usable:
            taken[usable[0]] = [name]
        elif roles:
            taken.setdefault(f"{roles[0]}_wished_{len(taken)}", []).append(name)
    return taken


def seat_band(brief: Brief, genre: Genre) -> tuple[Chair, ...]:
    """The chairs of this piece, in the genre's order; drawn by seed, so that two seeds have two bands."""
    wishes = _wishes(brief, genre)
    seats = [*genre.seats, *(_extra_seat(key, names[0]) for key, names in wishes.items() if "_wished_" in key)]
    chairs: list[Chair] = []
    used: set[str] = {name for names in wishes.values() for name in names}
    played: dict[str, str] = {}  # seat -> instrument
    for seat in seats:
        wished = wishes.get(seat.name, [])
        if not wished and not happens(seat.likely, brief.seed, "seat", seat.name):
            continue
        options = wished or [i for i in seat.instruments if _allowed(brief, seat.role, i)]
        fresh = [i for i in options if i not in used or i in _SHARED] or options
        if seat.writes in ("double", "canon") and not wished:
            fresh = [i for i in options if i not in used]
        if seat.hand_of and not wished and seat.hand_of in played:  # the other hand of a player who is there
            fresh = [played[seat.hand_of]] if _allowed(brief, seat.role, played[seat.hand_of]) else []
        if not fresh:
            continue
        pairs = [(name, 1.0 / (1 + i) ** 0.7) for i, name in enumerate(fresh)]
        name = weighted(pairs, brief.seed, "instrument", seat.name)
        used.add(name)
        played[seat.name] = name
        if seat.hand_of:
            played.setdefault(seat.hand_of, name)  # the first hand is left out: this one decides for the others
        chairs.append(_chair(brief, seat, orchestra()[name], bool(wished)))
        others = [i for i in seat.instruments if i not in used and _allowed(brief, seat.role, i)]
        if wished and seat.role == "melody" and chairs[-1].called and others:  # somebody has the tune until then
            used.add(others[0])
            usual = _chair(brief, replace(seat, name=f"{seat.name}_before"), orchestra()[others[0]], False)
            chairs.append(replace(usual, away=(*usual.away, *chairs[-1].called)))
    return tuple(chairs)


def _extra_seat(key: str, instrument: str) -> Seat:
    """A chair for a wished instrument that the genre has no place for."""
    known = orchestra()[instrument]
    role = known.roles[0]
    return Seat(
        name=key.replace("_wished_", "_"),
        role=role,
        writes=_WRITERS.get(role, "comp" if role != "percussion" else "percussion"),
        instruments=(instrument,),
        enters=0.0,
        always=("theme", "lift"),
        never=(),
        low=known.low,
        high=known.high,
        patterns=(),
        likely=0.0,
        pan=0.2,
        gain_db=-2.0,
        shift=0,
    )


def _chair(brief: Brief, seat: Seat, instrument: Instrument, wished: bool) -> Chair:
    low, high = max(seat.low, instrument.low), min(seat.high, instrument.high)
    if high - low < 14:
        low, high = instrument.low, instrument.high
        if high - low > 24:
            centre = min(max((seat.low + seat.high) // 2, low + 10), high - 10)
            low, high = centre - 10, centre + 10
    if seat.role in _MOVED:  # the whole band sits higher or lower with the mood
        shift = round(mood(brief.mood).register * 0.45)
        shift = max(instrument.low - low, min(instrument.high - high, shift))
        low, high = low + shift, high + shift
    if seat.role in ("drums", "percussion"):
        low, high = instrument.low, instrument.high
    side = 1 if draw(brief.seed, "side", seat.name) < 0.5 else -1
    player = Player(seat.name, seat.role, instrument.name, seat.pan * side, seat.gain_db)
    if wished:
        seat = replace(seat, enters=min(seat.enters, 0.6))
    silent = _kinds_barred(brief.exclusions, seat.role, instrument.name)
    away = [e.within for e in brief.exclusions if e.within and barred(e, seat.role, instrument.name)]
    timed = [e for e in brief.entrances if e.within and e.what == instrument.name]
    called = [e.within for e in timed if e.within]
    if any(e.only for e in timed):
        away += _around(called, brief.duration)
    asked = [e for e in brief.entrances if e.what == instrument.name and e.within is None]
    if asked:
        kinds = {SECTION_WORDS.get(e.section, e.section) for e in asked}
        seat = replace(
            seat,
            always=tuple(dict.fromkeys((*seat.always, *sorted(kinds)))),
            never=tuple(kind for kind in seat.never if kind not in kinds),
        )
        silent = (silent | (set(KINDS) - kinds) if any(e.only for e in asked) else silent) - kinds
    return Chair(seat, player, low, high, silent, wished, tuple(away), tuple(called))


def _around(spans: list[Span], duration: Seconds) -> list[Span]:
    """All of the piece but these stretches."""
    edges = [Fraction(0), *(edge for span in sorted(spans) for edge in (span.start, span.end)), duration]
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def fx_players(brief: Brief, genre: Genre) -> tuple[Chair, ...]:
    """One player for each effect of the style (and each wished one) that is not excluded."""
    wished = [n for n in brief.instruments if n in orchestra() and orchestra()[n].family == "fx"]
    gains = dict.fromkeys(wished, -6.0) | dict(genre.fx)
    chairs = []
    for name, gain in gains.items():
        if not _allowed(brief, "fx", name):
            continue
        seat = Seat(name, "fx", "pad", (name,), 0.0, (), (), 0, 127, (), 1.0, 0.0, gain, 0)
        chairs.append(_chair(brief, seat, orchestra()[name], name in wished))
    return tuple(chairs)


def full_enough(chairs: tuple[Chair, ...], kind: str, energy: float) -> tuple[Chair, ...]:
    """Chairs that must play though they would rest, so that no phrase is thinner than the floor: something that sings
    or holds, something that moves, something low; as far as the exclusions leave anybody."""
    playing = [c for c in chairs if c.plays(kind, energy)]
    missing: list[Chair] = []
    for roles in (
        ("pad", "chords", "arp"),
        ("drums", "percussion", "arp", "chords", "bass"),
        ("bass", "pad", "chords"),
    ):
        if any(c.seat.role in roles and c not in missing for c in playing):
            continue
        free = [c for c in chairs if kind not in c.silent and c not in playing and c not in missing]
        fitting = [c for c in free if c.seat.role in roles and c.seat.writes != "double"]
        missing += sorted(fitting, key=lambda c: (roles.index(c.seat.role), c.seat.enters))[:1]
    if not playing and not missing:
        missing = [c for c in chairs if kind not in c.silent and c.seat.writes not in ("double", "counter")]
    return tuple(missing)
