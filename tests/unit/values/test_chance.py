"""Chance is a function of seed and position, and of nothing else."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from reelscore.values import chance


def test_the_same_place_draws_the_same() -> None:
    assert chance.draw(7, "melody", 3, Fraction(1, 2)) == chance.draw(7, "melody", 3, Fraction(1, 2))


def test_other_seeds_and_places_draw_otherwise() -> None:
    draws = {chance.draw(seed, "a", bar) for seed in range(10) for bar in range(10)}
    assert len(draws) == 100


def test_a_known_draw_never_changes_between_versions() -> None:
    assert chance.bits(1, "melody", 0) == 6295401954093738415
    assert 0 <= chance.draw(1, "melody", 0) < 1
    assert chance.bits(1, "1") != chance.bits(1, 1)


def test_draws_are_uniform_enough() -> None:
    mean = sum(chance.draw(1, i) for i in range(4000)) / 4000
    assert abs(mean - 0.5) < 0.02


def test_weights_are_respected() -> None:
    counts = Counter(chance.weighted([("a", 3.0), ("b", 1.0)], 5, i) for i in range(4000))
    assert 0.70 < counts["a"] / 4000 < 0.80


def test_a_normal_draw_has_mean_zero_and_unit_spread() -> None:
    values = [chance.normal(2, i) for i in range(4000)]
    mean = sum(values) / 4000
    spread = (sum((v - mean) ** 2 for v in values) / 4000) ** 0.5
    assert abs(mean) < 0.05
    assert abs(spread - 1) < 0.05
