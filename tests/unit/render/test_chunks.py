"""A chunk's key changes with its picture and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.render.chunks import Chunk, chunks_of
from reelscore.values.timeline import Gap, Picture, Sound, Text, Timeline
from tests.unit.render.timelines import shot, timeline, words

SECOND = 30


def keys(edit: Timeline, encoding: str = "x") -> list[str]:
    return [chunk.key for chunk in cut(edit, encoding)]


def cut(edit: Timeline, encoding: str = "x") -> tuple[Chunk, ...]:
    return chunks_of(edit, 0, round(edit.duration * SECOND), encoding)


LONG = timeline(shot("a", 40))


def test_chunks_end_at_cuts_where_they_can_and_are_never_long() -> None:
    ends = [chunk.first + chunk.count for chunk in cut(timeline(shot("a", 5), shot("b", 4), shot("c", 20)))]
    assert ends == [150, 270, 510, 750, 870]


def test_what_is_only_heard_or_named_changes_no_key() -> None:
    """Volume, names and what lies on hidden tracks are no picture."""
    quiet = replace(shot("renamed", 40), sound=Sound(gain_db=-6.0), name="B-roll", piece="p")
    assert keys(timeline(quiet)) == keys(LONG)


def test_an_edit_changes_only_the_chunks_it_touches() -> None:
    titled = timeline(shot("a", 40), words=(Gap(Fraction(17)), words("t", 2)))
    whole, edited = cut(LONG), cut(titled)
    same = {chunk.key for chunk in whole} & {chunk.key for chunk in edited}
    assert len(same) >= 2
    reworded = timeline(shot("a", 40), words=(Gap(Fraction(17)), words("t", 2, "Bye")))
    changed = [a != b for a, b in zip(keys(titled), keys(reworded), strict=True)]
    assert changed.count(True) == 1


def test_a_trim_at_the_end_keeps_the_chunks_before_it() -> None:
    shorter = timeline(shot("a", 36))
    assert keys(shorter)[:4] == keys(LONG)[:4]


def test_what_moves_as_a_whole_keeps_its_key() -> None:
    """Removing the first shot moves the second; its chunks are found again."""
    both = timeline(shot("a", 8), shot("b", 8, 1), shot("c", 8, 2))
    assert keys(timeline(shot("b", 8, 1), shot("c", 8, 2))) == keys(both)[1:]


def test_a_fade_at_the_far_end_of_a_shot_leaves_its_other_chunks() -> None:
    faded = timeline(shot("a", 40, picture=Picture(fade_out=Fraction(1))))
    changed = [a != b for a, b in zip(keys(faded), keys(LONG), strict=True)]
    assert changed == [False] * (len(changed) - 1) + [True]


def test_everything_seen_changes_the_key() -> None:
    first = keys(LONG)[0]
    others = [
        keys(LONG, "y")[0],
        keys(timeline(shot("a", 40, 1)))[0],
        keys(timeline(shot("a", 40, picture=Picture(x=0.4))))[0],
        keys(timeline(shot("a", 40, speed=Fraction(1, 2))))[0],
        keys(timeline(shot("a", 40, reverse=True)))[0],
        keys(timeline(shot("a", 40), words=(words("t", 40),)))[0],
        keys(timeline(shot("a", 40), words=(replace(words("t", 40), text=Text("Hello", bold=True)),)))[0],
        keys(replace(LONG, canvas=replace(LONG.canvas, background="#ffffff")))[0],
    ]
    assert len({first, *others}) == 1 + len(others)
