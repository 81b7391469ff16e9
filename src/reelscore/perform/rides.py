"""Players, and single drums of a kit, louder or quieter in some of a piece: the hands on the faders.

A gain is 1 outside its stretches, to the bit. It moves in the 60 ms before a stretch begins and before it ends, so that
what is struck on the edge has its new level already. Drums that move are played by themselves and added again: their
kit takes no note differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reelscore.perform.band import render_player as render_all
from reelscore.perform.controls import apply_gain
from reelscore.perform.played_sounds import SHIPPED, Sounds
from reelscore.perform.strip import Curve
from reelscore.perform.voice import CONTROL_STEP
from reelscore.values.levels import Ride
from reelscore.values.score import Player, Score
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples
from reelscore.values.time import Span

_EDGE_S = 0.06


def ridden(score: Score, rides: Sequence[Ride], frames: int) -> Curve | None:
    """The gain (linear) of these rides together, per control step of `frames`; None where there are none."""
    if not rides:
        return None
    points = np.arange(frames // CONTROL_STEP + 2) * (CONTROL_STEP / SAMPLE_RATE)
    moved = np.zeros(len(points))
    last = score.tempo_map.seconds_at(score.sections[-1].end)
    for ride in rides:
        for span in stretches(score, ride):
            start, end = float(span.start), float(span.end)
            edges = [start - _EDGE_S, start, max(start, end - _EDGE_S), end]
            moved += np.interp(points, edges, [0.0, ride.by_db, ride.by_db, 0.0 if span.end < last else ride.by_db])
        if ride.everywhere:
            moved += ride.by_db
    return np.asarray(10 ** (moved / 20), dtype=np.float32)


def stretches(score: Score, ride: Ride) -> Iterator[Span]:
    """Where a ride moves its fader, if not everywhere."""
    clock = score.tempo_map
    if ride.within is not None:
        yield ride.within
    for section in score.sections:
        if ride.section and ride.section in (section.name.lower(), section.kind):
            yield Span(clock.seconds_at(section.start), clock.seconds_at(section.end))


def render_player(
    score: Score,
    player: Player,
    played: Sequence[PlayedNote],
    frames: int,
    sounds: Sounds = SHIPPED,
    rides: Sequence[Ride] = (),
) -> Samples:
    """One player's dry sound, shape (frames, 2), with the drums that move at their own levels."""
    own = [ride for ride in rides if ride.player == player.name and ride.pitches]
    if not own:
        return render_all(score, player, played, frames, sounds)
    moved: dict[tuple[Ride, ...], list[PlayedNote]] = {(): []}
    for note in played:
        if note.player == player.name:
            moved.setdefault(tuple(ride for ride in own if note.pitch in ride.pitches), []).append(note)
    out = render_all(score, player, moved.pop(()), frames, sounds)
    for together, notes in moved.items():
        drums = render_all(score, player, notes, frames, sounds)
        gain = ridden(score, together, frames)
        assert gain is not None
        apply_gain(drums, gain)
        out += drums
    return out
