"""Values survive JSON; faults are named by place."""

from __future__ import annotations

import json
import math
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelscore.errors import DataError
from reelscore.values.codec import dumps, from_json, to_json
from reelscore.values.reading import AudioReading, AudioStream, MediaInfo
from reelscore.values.score import Note
from reelscore.values.time import Meter, Span, TempoMap
from reelscore.values.timeline import Gap, Segment, Track

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


def test_sparse_leaves_out_defaults_and_is_read_back_equal() -> None:
    track = Track("t1", "video", items=(Gap(F(1)), Segment("s1", F(2), colour="#ffffff")))
    data = to_json(track, sparse=True)
    assert data == {
        "id": "t1",
        "kind": "video",
        "items": [{"duration": "1"}, {"id": "s1", "duration": "2", "colour": "#ffffff"}],
    }
    assert from_json(Track, data) == track


def test_a_member_of_a_union_is_known_by_its_keys() -> None:
    track = Track("t1", "text", items=(Gap(F(1, 3)), Segment("s1", F(2)), Gap(F(2))))
    assert from_json(Track, json.loads(dumps(track))) == track


HOSTILE = [
    ({"duration": "1e999999999"}, "expected"),
    ({"duration": True}, "expected"),
    ({"duration": "1/0"}, "expected a number"),
    ({}, "'duration' is missing"),
    ({"duration": "9" * 500}, "expected"),
]


@pytest.mark.parametrize(("data", "said"), HOSTILE, ids=lambda v: str(v)[:30])
def test_no_text_makes_a_number_without_end(data: dict[str, object], said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        from_json(Gap, data)
    assert len(str(caught.value)) < 300


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(NESTED)
def test_text_spread_over_lines_is_what_the_standard_library_writes(value: object) -> None:
    assert dumps(value) == json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    assert dumps(value, indent=None) == json.dumps(value, ensure_ascii=False) + "\n"
