"""Scores and plans stay what they were. Tolerance: none, they are exact.

A digest changes when the composer, a table or the brief changes; look at the new music, then renew them in a commit of
its own that says why: `python -m tests.golden.test_scores` prints them.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.deliver.midi import midi_bytes
from reelscore.deliver.score_json import read_score, score_json
from reelscore.perform.soundbanks import programs
from reelscore.values.brief import Wishes

PROMPTS = {
    "60-second lo-fi, no drums in the intro": Wishes(),
    "upbeat pop, big finish": Wishes(duration=Fraction(30), hits=("12.5",)),
    "epic trailer": Wishes(genre="cinematic", duration=Fraction(45), seed=7),
    "平静的氛围音乐": Wishes(duration=Fraction(40)),
    "house at 124 bpm in A minor": Wishes(duration=Fraction(60), without=("melody",)),
}
DIGESTS = {
    "60-second lo-fi, no drums in the intro": "46b54ee4726f40e5",
    "upbeat pop, big finish": "0069e81b234d50fc",
    "epic trailer": "bbffbe6ed6f10479",
    "平静的氛围音乐": "24464741e1abeb68",
    "house at 124 bpm in A minor": "755a6c3d72f1eb7e",
}


def written(prompt: str) -> str:
    """The score's JSON for one of the prompts."""
    return score_json(write_score(make_brief(prompt, PROMPTS[prompt], vocabulary())))


def digest(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:16]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_same_wish_gives_the_score_it_always_gave(prompt: str) -> None:
    assert digest(written(prompt)) == DIGESTS[prompt]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_score_survives_its_json_and_gives_the_same_midi(prompt: str) -> None:
    text = written(prompt)
    score = read_score(text)
    assert score_json(score) == text
    assert midi_bytes(score, programs()) == midi_bytes(read_score(text), programs())


if __name__ == "__main__":
    for wish in PROMPTS:
        print(f'    "{wish}": "{digest(written(wish))}",')
