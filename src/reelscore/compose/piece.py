"""A piece before its notes: form, harmony and band, decided for the whole; and the scenes its sections are written in.

A piece is planned from a brief, or read back from a score, so that what is there can be written on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reelscore.compose.band import Chair, full_enough, fx_players, seat_band
from reelscore.compose.bars import Ground, read_ground
from reelscore.compose.chords import Harmony, harmony
from reelscore.compose.form import SectionPlan, phrases_of, plan_form
from reelscore.compose.genre import Genre
from reelscore.compose.harmony import Harmonies, Slot, write_harmony
from reelscore.compose.scene import Scene, Seeds
from reelscore.compose.tables import Mood, genre, mood
from reelscore.values.brief import Brief
from reelscore.values.chance import happens
from reelscore.values.score import Score


@dataclass(frozen=True, slots=True)
class Piece:
    """Everything decided before a note is written."""

    brief: Brief
    style: Genre
    feeling: Mood
    ground: Ground
    plans: tuple[SectionPlan, ...]
    harmonies: Harmonies
    band: tuple[Chair, ...]
    effects: tuple[Chair, ...]


def plan_piece(brief: Brief) -> Piece:
    """Decide the piece. Raises BriefError for a genre or mood that is not known."""
    style, feeling = genre(brief.genre), mood(brief.mood)
    ground = read_ground(brief, style.roomy)
    plans = plan_form(brief, style, feeling, ground)
    harmonies = write_harmony(brief, style, feeling, ground, plans)
    return Piece(brief, style, feeling, ground, plans, harmonies, seat_band(brief, style), fx_players(brief, style))


def read_piece(brief: Brief, score: Score) -> Piece:
    """The piece that a score is of; written again with the same seeds it gives the same score."""
    style, feeling = genre(brief.genre), mood(brief.mood)
    ground = read_ground(brief, style.roomy)
    plans = read_plans(score, ground)
    written = write_harmony(brief, style, feeling, ground, plans)
    players = {player.name: player for player in score.players}
    band = tuple(
        replace(chair, player=players[chair.name]) if chair.name in players else chair
        for chair in seat_band(brief, style)
    )
    harmonies = Harmonies(dict(written.slots) | dict(read_slots(score, ground)), _final(score, written))
    return Piece(brief, style, feeling, ground, plans, harmonies, band, fx_players(brief, style))


def read_plans(score: Score, ground: Ground) -> tuple[SectionPlan, ...]:
    """The plan behind each section of a score."""
    total = len(ground.measures)
    plans = []
    for section in score.sections:
        closing = section.kind == "ending"
        first = min(section.first_bar, total)
        if closing and section.start >= ground.final_beat:
            first = total
        count = total - first if closing else min(section.bars, total - first)
        phrases = phrases_of(ground.measures, first, count, section.energy, section.kind)
        plans.append(
            SectionPlan(
                section.index, section.name, section.kind, section.material, section.variant,
                first, count, section.energy, phrases, section.key,
            )
        )  # fmt: skip
    return tuple(plans)


def read_slots(score: Score, ground: Ground) -> Mapping[int, tuple[Slot, ...]]:
    """The chords of a score by measure."""
    places = {measure.start: i for i, measure in enumerate(ground.measures)}
    starts = sorted(places)
    found: dict[int, list[Slot]] = {}
    for section in score.sections:
        for chord in section.chords:
            if chord.at >= ground.final_beat or chord.at < 0:
                continue
            start = max(s for s in starts if s <= chord.at)
            step, steps = int((chord.at - start) * 4), int(chord.beats * 4)
            found.setdefault(places[start], []).append(Slot(step, steps, harmony(chord.numeral, section.key)))
    return {i: tuple(slots) for i, slots in found.items()}


def _final(score: Score, written: Harmonies) -> Harmony:
    """The chord the piece closes on, or leads back to."""
    last = score.sections[-1]
    closing = [chord for chord in last.chords if chord.at >= score.final_beat]
    return harmony(closing[-1].numeral, last.key) if closing else written.final


def scenes_of(piece: Piece, seeds: Seeds) -> list[Scene]:
    """A scene for each section."""
    return [_scene(piece, plan, seeds) for plan in piece.plans]


def _scene(piece: Piece, plan: SectionPlan, seeds: Seeds) -> Scene:
    plans = piece.plans
    following = plans[plan.index + 1] if plan.index + 1 < len(plans) else plans[0] if piece.brief.loop else None
    return Scene(
        brief=piece.brief,
        genre=piece.style,
        mood=piece.feeling,
        ground=piece.ground,
        plan=plan,
        following=following,
        harmonies=piece.harmonies,
        seeds=seeds,
        seed=seeds.detail,
        forced=frozenset(
            (chair.name, phrase.index)
            for phrase in plan.phrases
            for chair in full_enough(_present(piece, phrase.first), plan.kind, phrase.energy)
        ),
        dropout=_dropout(piece.style, piece.brief, piece.ground, plan, following),
    )


def _present(piece: Piece, measure: int) -> tuple[Chair, ...]:
    """Those of the band who may sound in a bar."""
    if measure >= len(piece.ground.measures):
        return piece.band
    return tuple(chair for chair in piece.band if not chair.away_at(piece.ground.measures[measure].at))


def _dropout(style: Genre, brief: Brief, ground: Ground, plan: SectionPlan, following: SectionPlan | None) -> int:
    """Steps of silence for the rhythm section before a lift; none where a hit asks to be heard."""
    if following is None or following.kind != "lift" or plan.kind not in ("theme", "build") or plan.count < 2:
        return 0
    last = ground.measures[plan.last]
    if last.steps < 12 or any(a.kept and a.step >= last.steps - 4 for a in last.accents):
        return 0
    if style.hush and happens(0.8, brief.seed, "hush", plan.index):
        return 8
    return 4 if happens(0.45, brief.seed, "dropout", plan.index) else 0
