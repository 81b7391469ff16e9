"""Messages that lean on the one before: "a bit more", "the same for the last one", "again", "actually make that 3".

The context holds the last edits; a follow-up repeats, continues, weakens or corrects the last of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import (
    amounts_again,
    another_text,
    bare,
    cuts_followed,
    excepted_after,
    exported_again,
    fresh_files,
    furthered,
    music_followed,
    other_end,
    same_again,
    shades,
    switched_off,
    taken_back,
    too,
    touched,
    turned,
    undone_part,
)
from reelscore.converse.bare_steps import stands_beside
from reelscore.converse.clause import Clause, once
from reelscore.converse.reading import Reading
from reelscore.values.command import Step
from reelscore.values.message import Action


@once
def read(c: Clause) -> Iterator[Reading]:
    """What this message means as a continuation of the last one, for all that it was done to."""
    for reading in _read(c):
        yield same_again.for_each(same_again.of_one(reading, c), c)


def _last(c: Clause) -> Step | None:
    return next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)


def _read(c: Clause) -> Iterator[Reading]:
    """What this message means as a continuation of the last one."""
    if part := undone_part.read(c):
        yield part
        return
    yield from taken_back.read(c)
    if c.context.uploaded:
        yield from fresh_files.read(c)
    if c.context.steps and isinstance(c.context.steps[-1], Action) and c.context.steps[-1].name == "export":
        yield from exported_again.read(c, c.context.steps[-1])
    if (last := _last(c)) is None:
        yield from touched.bare_level(c)
        return
    if off := switched_off.read(c, last):
        yield off
        return
    for readers in (
        excepted_after,
        another_text,
        bare,
        music_followed,
        cuts_followed,
        other_end,
        shades,
        touched,
        too,
        amounts_again,
        turned,
    ):
        yield from readers.read(c, last)
    if same := same_again.read(c, last):
        yield same
    yield from furthered.read(c, last)


def excepted(c: Clause) -> Iterator[Reading]:
    """The last edit on all but what is named as left alone."""
    if (last := _last(c)) is not None:
        yield from excepted_after.read(c, last)


def leaning(reading: Reading, c: Clause) -> Reading:
    """What is read of the words alone, as a continuation: of the same things, or instead of the last edit."""
    return _denying(same_again.with_them(reading, c), c)


def _denying(reading: Reading, c: Clause) -> Reading:
    """The same edit said anew after a denial ("no, the last 3") stands instead of the one before."""
    last = _last(c)
    if last is None or len(reading.asked) != 1 or not bare.denies(c.text):
        return reading
    step = reading.asked[0]
    if not isinstance(step, Step) or step.command != last.command or not stands_beside(step, last):
        return reading
    return replace(reading, asked=(Action("undo"), step))
