"""A piece changed as a request wishes: in another direction, key or tempo, with others in the band, or with somebody
louder or quieter. Only some of its bars where the request names them.

Sounds that are to be left out and that nobody plays change nothing; that is told instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from reelscore.catalogue import vocabulary
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Wishes
from reelscore.values.kit import DRUM_KEYS
from reelscore.values.levels import Balance, Levels
from reelscore.values.piece import Piece
from reelscore.values.score import Score
from reelscore.values.sound import Samples
from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Request

if TYPE_CHECKING:
    from reelscore.compose.balance import Move

_DIRECTIONS = ("darker", "brighter", "faster", "slower", "calmer", "livelier", "simpler", "richer")
_STEPS = {"higher": 2, "lower": -2}  # semitones
_LEVEL_STEP_DB = "4"  # clearly louder or quieter
_LEVELS = {"louder", "quieter", "by_db", "start", "end"}
_LOT, _BIT = 1.5, 0.75


@dataclass(frozen=True, slots=True)
class NewMusic:
    """New music for a segment."""

    brief: Brief
    score: Score
    levels: Levels | None = None  # of the music it was made from
    old: Samples | None = None
    part: Span | None = None  # the only seconds that differ; an empty span: none do
    notes: tuple[str, ...] = ()
    balance: Balance | None = None  # who is louder or quieter than the desk has them; None: as before


def wishes_of(wishes: dict[str, str], seed: int = 1, duration: Seconds | None = None) -> Wishes:
    """What a request names apart from its words, as the composer is told it."""
    return Wishes(
        seed=seed,
        duration=duration,
        bpm=Fraction(wishes["bpm"]) if "bpm" in wishes else None,
        key=wishes.get("key"),
        genre=wishes.get("genre"),
        mood=wishes.get("mood"),
        instruments=_listed(wishes.get("instruments", "")) + _listed(wishes.get("with", "")),
        without=_listed(wishes.get("without", "")),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.replace("，", ",").split(",") if item.strip())


def changed_piece(request: Request, wishes: dict[str, str], piece: Piece, old: Samples) -> NewMusic:
    """The same piece in another direction, in another key, with others in the band; or only some of its bars."""
    from reelscore.brief.changed import changed
    from reelscore.compose.balance import balanced, moved_part
    from reelscore.compose.revise import rewrite
    from reelscore.compose.transposition import transpose
    from reelscore.compose.write import write_score

    brief, known = piece.brief, vocabulary()
    wishes, idle = _without_idle(wishes, piece.score)
    moves = _moves(request, wishes)
    balance = balanced(piece, moves) if moves else None
    directions = [(name, float(amount)) for name, amount in wishes.items() if name in _DIRECTIONS]
    for name, amount in directions:
        much = "a lot " if amount > _LOT else "a bit " if amount < _BIT else ""
        brief = changed(brief, f"{much}{name}", known)
    named = {n: v for n, v in wishes.items() if n in ("genre", "mood", "bpm", "key", "with", "without", "instruments")}
    if named or "duration" in wishes:
        length = Fraction(wishes["duration"]) if "duration" in wishes else None
        brief = changed(brief, wishes_of(named, duration=length), known)
    if request.words:
        brief = changed(brief, request.words, known)
    steps = sum(round(way * float(Fraction(wishes[name]))) for name, way in _STEPS.items() if name in wishes)
    if balance and brief == piece.brief and not steps:
        part = moved_part(piece.score, moves)
        if part is not None:
            return NewMusic(brief, piece.score, piece.levels, old, part, balance=balance)
        return NewMusic(brief, piece.score, replace(piece.levels, master=None), balance=balance)
    if brief == piece.brief and not steps and idle:
        return NewMusic(brief, piece.score, piece.levels, old, Span(Fraction(0), Fraction(0)), idle)
    if brief == piece.brief and not steps:
        raise BriefError("Nothing says what to change in the music.", "Try darker, faster, without drums, in D minor.")
    notes = (*idle, *(note for note in brief.notes if note not in piece.brief.notes))
    if request.first_bar >= 0 and brief.bpm != piece.brief.bpm:
        raise BriefError("The tempo is one for the whole piece.", "Ask for calmer or livelier there instead.")
    if request.first_bar >= 0 and brief.tempo_map == piece.brief.tempo_map and not steps:
        bars = request.first_bar, request.last_bar
        score = rewrite(brief, piece.score, *bars, request.seed)
        return NewMusic(brief, score, piece.levels, old, seconds_of(score, bars), notes)
    score = piece.score if brief == piece.brief else write_score(brief)
    if balance is None and set(wishes) == {"with"} and _band(score) == _band(piece.score):
        balance = balanced(piece, _moves(request, {"louder": wishes["with"]}))  # "with drums", and they play already
        notes = (*notes, f"{wishes['with'][:60].capitalize()}: already in the band, and louder now.")
        return NewMusic(piece.brief, piece.score, replace(piece.levels, master=None), notes=notes, balance=balance)
    return NewMusic(brief, transpose(score, steps) if steps else score, notes=notes, balance=balance)


def _without_idle(wishes: dict[str, str], score: Score) -> tuple[dict[str, str], tuple[str, ...]]:
    """The wishes less the sounds to be left out that nobody plays, and what is told of these."""
    from reelscore.brief.asked import sounds_left_out
    from reelscore.brief.drums_named import drum_named

    known = vocabulary().instruments
    families = {known[name].family for name in _band(score) if name in known}
    here = _band(score) | {player.role for player in score.players} | families | {"voices"}

    def silent(name: str) -> bool:
        try:
            return not drum_named(name) and not here & set(sounds_left_out(name, vocabulary()))
        except BriefError:
            return False  # one drum of a kit, or a sound that is told to be unknown later

    names = _listed(wishes.get("without", ""))
    idle = [name for name in names if silent(name)]
    if not idle:
        return wishes, ()
    left = {**wishes, "without": ", ".join(name for name in names if name not in idle)}
    return {k: v for k, v in left.items() if v}, tuple(f"{name[:60].capitalize()}: nobody plays it." for name in idle)


def _band(score: Score) -> set[str]:
    return {player.instrument for player in score.players}


def only_levels(request: Request) -> bool:
    """Does it only ask for somebody to be louder or quieter?"""
    wishes = {name for name, _ in request.wishes}
    return request.kind == "change" and not request.words and bool(wishes) and wishes <= _LEVELS


def _moves(request: Request, wishes: dict[str, str]) -> list[Move]:
    """Sounds that shall be louder or quieter."""
    from reelscore.brief.asked import sounds_left_out
    from reelscore.brief.drums_named import PLAYED_BY, drum_named
    from reelscore.compose.balance import Move

    def meant(name: str) -> tuple[str, ...]:
        try:
            return sounds_left_out(name, vocabulary())
        except BriefError:
            return (name,)  # nobody plays it: who does is told where the players are known

    by_db = abs(float(Fraction(wishes.get("by_db", _LEVEL_STEP_DB))))
    within = Span(Fraction(wishes["start"]), Fraction(wishes["end"])) if "start" in wishes else None
    section = "" if within else request.section.strip().lower()
    moves = []
    for way, sign in (("louder", 1), ("quieter", -1)):
        for name in _listed(wishes.get(way, "")):
            drum = drum_named(name)
            sound = PLAYED_BY if drum else meant(name)
            keys = tuple(sorted(DRUM_KEYS.get(drum, ())))
            moves.append(Move(name, sound, sign * by_db, keys, section, within))
    return moves


def seconds_of(score: Score, bars: tuple[int, int]) -> Span:
    """From the first bar to the end of the last."""
    first, last = (score.tempo_map.bars[bar] for bar in bars)
    return Span(score.tempo_map.seconds_at(first.start), score.tempo_map.seconds_at(last.end))
