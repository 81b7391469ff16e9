"""Values survive JSON; faults are named by place."""

from __future__ import annotations

import json
import math
from fractions import Fraction as F

import pytest

from reelscore.errors import DataError
from reelscore.values.codec import dumps, from_json
from reelscore.values.reading import AudioReading, AudioStream, MediaInfo
from reelscore.values.score import Note
from reelscore.values.time import Meter, Span, TempoMap

INFO = MediaInfo("a.wav", "wav", 10, None, AudioStream(0, "pcm", 48000, 2, F(0), F(1, 3)), 0, 1, False, F(1, 3))
VALUES = [
    Note(F(7, 3), F(1, 2), 60, 90, "ghost"),
    TempoMap.constant(F(97), Meter(3, 4), 2, F(1, 7)),
    AudioReading(INFO, -math.inf, 0.0, -math.inf, (0.5, 0.25), speech=(Span(F(0), F(1)),)),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_what_is_written_is_read_back_equal(value: object) -> None:
    text = dumps(value)
    assert from_json(type(value), json.loads(text)) == value
    assert dumps(from_json(type(value), json.loads(text))) == text


def test_a_fault_names_its_place() -> None:
    with pytest.raises(DataError, match=r"Note\.pitch: expected int, found 'C'"):
        from_json(Note, {"at": "0", "beats": "1", "pitch": "C", "velocity": 1})


def test_an_unknown_key_lists_the_known_ones() -> None:
    with pytest.raises(DataError, match="unknown key 'loud'.*Known: at, beats, pitch"):
        from_json(Note, {"loud": 1})
