"""Players of a piece, and drums of a kit, made louder or quieter: "the drums are too loud", "kick up in the chorus".
The notes stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reelscore.compose.band import barred
from reelscore.errors import BriefError
from reelscore.values.brief import Exclusion
from reelscore.values.levels import Balance, Ride
from reelscore.values.piece import Piece
from reelscore.values.score import Player, Score
from reelscore.values.time import Span

_LOWEST_DB, _HIGHEST_DB = -24.0, 12.0


@dataclass(frozen=True, slots=True)
class Move:
    """One wish: what was said, the roles, families and instruments that it means, dB; of a kit the drums
    with these pitches; where, as of a `Ride`."""

    said: str
    meant: tuple[str, ...]
    by_db: float
    pitches: tuple[int, ...] = ()
    section: str = ""
    within: Span | None = None


def balanced(piece: Piece, moves: Iterable[Move]) -> Balance:
    """The balance of a piece after these moves. Raises BriefError for a sound that nobody plays."""
    trims = dict(piece.levels.trims)
    rides = list(piece.levels.rides)
    for move in moves:
        for player in _players(piece, move):
            wanted = Ride(player.name, move.by_db, move.pitches, move.section, move.within)
            if wanted.everywhere and not wanted.pitches:
                trims[player.name] = _within(trims.get(player.name, 0.0) + move.by_db)
                continue
            same = next((ride for ride in rides if replace(ride, by_db=move.by_db) == wanted), None)
            if same is not None:
                rides.remove(same)
                wanted = replace(wanted, by_db=same.by_db + move.by_db)
            rides.append(replace(wanted, by_db=_within(wanted.by_db)))
    return Balance(tuple(sorted(trims.items())), tuple(rides))


def moved_part(score: Score, moves: Iterable[Move]) -> Span | None:
    """From the first second in which a move is heard to the last; None where one is heard all along. Raises BriefError
    for a section that the piece has not, and seconds that lie behind it."""
    clock = score.tempo_map
    spans: list[Span] = []
    for move in moves:
        if move.within is not None:
            spans.append(move.within)
        elif not move.section:
            return None
        else:
            meant = [s for s in score.sections if move.section in (s.name.lower(), s.kind)]
            if not meant:
                known = ", ".join(dict.fromkeys(section.kind for section in score.sections))
                raise BriefError(f'The piece has no section "{move.section[:40]}".', f"It has {known}.")
            spans += [Span(clock.seconds_at(s.start), clock.seconds_at(s.end)) for s in meant]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _within(by_db: float) -> float:
    return round(min(_HIGHEST_DB, max(_LOWEST_DB, by_db)), 2)


def _players(piece: Piece, move: Move) -> list[Player]:
    wanted = [Exclusion(what) for what in move.meant]
    found = [p for p in piece.score.players if any(barred(one, p.role, p.instrument) for one in wanted)]
    if move.pitches:
        found = [p for p in found if any(note.pitch in move.pitches for note in piece.score.notes_of(p.name))]
    if not found:
        plays = ", ".join(dict.fromkeys(player.instrument.replace("_", " ") for player in piece.score.players))
        raise BriefError(f'Nobody plays "{move.said[:40]}" in this piece.', f"It has {plays}.")
    return found
