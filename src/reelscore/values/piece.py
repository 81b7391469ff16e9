"""A piece of composed music with all it takes to change it: why it is so, its notes, and how it was mixed."""

from __future__ import annotations

from dataclasses import dataclass

from reelscore.values.brief import Brief
from reelscore.values.levels import Levels
from reelscore.values.score import Score

SCHEMA = "reelscore.piece/1"


@dataclass(frozen=True, slots=True)
class Piece:
    """Brief, score and levels of one take."""

    brief: Brief
    score: Score
    levels: Levels
