"""A feeling alone calls up a style that carries it."""

from __future__ import annotations

import pytest

from reelscore.brief.make import make_brief
from reelscore.brief.tables import felt_styles
from reelscore.catalogue import vocabulary
from reelscore.values.brief import Wishes


def test_feelings_and_styles_are_of_the_catalogue() -> None:
    known = vocabulary()
    assert set(felt_styles()) <= set(known.moods)
    assert {genre for genres in felt_styles().values() for genre in genres} <= set(known.genres)


@pytest.mark.parametrize(
    ("prompt", "genre"),
    [
        ("futuristic music", "tech_minimal"),
        ("科技感的音乐", "tech_minimal"),
        ("something groovy", "funk"),
        ("elegant strings", "classical"),
        ("playful pizzicato", "ukulele_happy"),
        ("tropical house summer vibes", "house"),
        ("western standoff, whistling and twangy guitar", "country"),
        ("hotel lobby at night", "jazz"),
        ("中秋团圆，温暖", "chinese"),
    ],
)
def test_a_prompt_is_written_in_a_style_that_suits_it(prompt: str, genre: str) -> None:
    assert make_brief(prompt, Wishes(), vocabulary()).genre == genre
