"""A request of which a part was read by nothing: another reading that holds all of it, or a question before it is done."""

from __future__ import annotations

from reelscore.converse.account import left_over
from reelscore.converse.one_clause import STANDS, Read
from reelscore.converse.reading import Reading
from reelscore.values.command import CommandEntry, Said
from reelscore.values.message import Action, Asked, Option, Question

EXACT = 0.97  # a reading of settings written out is not doubted
_NEAR = 0.12  # how much worse a reading that holds everything may be than one that does not
_LEAVE = Option(Said("leave it as it is", "保持原样"), ())


def heard_out(read: Read) -> Reading | None:
    """The reading to go by: the best where it holds all that is said, else one that does, else a question."""
    best, c = read.best, read.clause
    if best is None or not best.asked or read.held or best.score >= EXACT:
        return best
    left = left_over(c, best.asked)
    if not left:
        return best
    for other in read.others:
        if other.asked and other.score >= max(STANDS, best.score - _NEAR) and not left_over(c, other.asked):
            return other
    words = c.said(left[0].start, left[-1].end if len(left) < 3 else left[0].end).strip()
    question = Question(
        Said(
            f"What “{words}” means here is not clear. Shall the rest be done?",
            f"不清楚“{words}”在这里指什么。其余的照做吗？",
        ),
        (Option(_told(best.asked, read), best.asked), *_others(read), _LEAVE)[:3],
    )
    return Reading((), best.score, question=question)


def _others(read: Read) -> list[Option]:
    """What else the clause may ask for: the next reading that does something else."""
    best = read.best
    assert best is not None
    names = {_name(asked) for asked in best.asked}
    other = next(
        (
            r
            for r in read.others
            if r.asked and r.score >= STANDS and not names & {_name(asked) for asked in r.asked} and r.question is None
        ),
        None,
    )
    return [Option(_told(other.asked, read), other.asked)] if other else []


def _name(asked: Asked) -> str:
    return asked.name if isinstance(asked, Action) else asked.command


def _told(asked: tuple[Asked, ...], read: Read) -> Said:
    """What would be done, shortly."""
    entry: CommandEntry | None = read.clause.known.commands.get(_name(asked[0]))
    if entry is None:
        return Said("do it all the same", "就这样做")
    which = dict(asked[0].args).get("which")
    thing = f" ({which})" if isinstance(which, str) else ""
    return Said(f"{entry.help.en.rstrip('.')}{thing}", f"{entry.help.zh.rstrip('。')}{thing}")
