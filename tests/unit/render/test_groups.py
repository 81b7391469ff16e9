"""A film is cut only between closed groups of pictures, and what is copied and composed covers every frame once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reelscore.render.groups import Part, Stored, group_starts, parts_of
from reelscore.render.ways import Kept


def film(*groups: list[int]) -> list[Stored]:
    """Groups by the frames they show, in the order of decoding, told from the group's first."""
    packets, at = [], 0
    for frames in groups:
        packets += [Stored(at + frame, n == 0) for n, frame in enumerate(frames)]
        at += len(frames)
    return packets


def test_closed_groups_are_found() -> None:
    assert group_starts(film([0, 3, 1, 2], [0, 1], [0, 2, 1])) == [0, 4, 6, 9]


def test_anything_else_is_no_place_to_cut() -> None:
    """A picture shown before its group's first one, a missing frame, a repeated one, no keyframe at the start."""
    leading = [Stored(0, True), Stored(1, False), Stored(4, True), Stored(2, False), Stored(3, False)]
    assert group_starts(leading) is None
    assert group_starts([Stored(0, True), Stored(2, False)]) is None
    assert group_starts([Stored(0, True), Stored(0, False)]) is None
    assert group_starts([Stored(0, False), Stored(1, True)]) is None
    assert group_starts([]) is None


def test_whole_groups_are_copied_and_the_rest_composed() -> None:
    parts = parts_of([Kept(0, 100, "m", 30)], [0, 50, 100, 150], 0, 120)
    assert parts == [Part(0, 20), Part(20, 50, 50), Part(70, 50)]
    assert [part.copied for part in parts] == [False, True, False]


@given(
    runs=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 120), st.integers(0, 300)), max_size=6),
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=12),
    after=st.integers(0, 50),
)
def test_every_frame_comes_from_one_part(runs: list[tuple[int, int, int]], sizes: list[int], after: int) -> None:
    """In order, without gap or overlap; copied parts are whole groups, at the frames the timeline asks for."""
    starts = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    kept, at = [], 7
    for gap, count, source in runs:
        kept.append(Kept(at + gap, count, "m", source))
        at += gap + count
    parts = parts_of(kept, starts, 7, at - 7 + after)
    frame = 7
    for part in parts:
        assert part.first == frame
        frame += part.count
        if part.copied:
            run = next(run for run in kept if run.first <= part.first < run.first + run.count)
            assert part.source_first - run.source_first == part.first - run.first
            assert part.first + part.count <= run.first + run.count
            assert part.source_first in starts
            assert part.source_first + part.count in starts
    assert frame == at + after
