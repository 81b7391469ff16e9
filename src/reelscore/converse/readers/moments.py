"""From where to where: a stretch of the film named by two moments, or by one and the film's beginning or end."""

from __future__ import annotations

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.quantities import Quantity
from reelscore.values.command import Plain


def between_moments(c: Clause) -> tuple[Plain, Plain] | None:
    """From where to where."""
    if c.range:
        return plain(c.range[0]), plain(c.range[1])
    times = [q for q in c.quantities if q.kind in ("seconds", "timecode", "frames")]
    if patterns.search(
        r"(?:to|till|until|through) the (?:very )?end|onwards?|and (?:everything )?(?:after|later)|(?:after|past|beyond) (?=\d)|到(?:最后|结尾|结束|末尾|片尾)|之?后面?的?(?:都|全|内容|部分)|以后的?(?:都|全|内容|部分|不要|别要|删|剪|去掉)",
        c.text,
    ):
        at = (
            next((q for q in times if q.cue in ("from", "at", "", "than")), None)
            or next(iter(times), None)
            or second_named(c)
        )
        if at is not None:
            return (plain(at) if isinstance(at, Quantity) else at), "end"
    if (
        times
        and patterns.search(r"(?<![a-z])(?:after|past|beyond) (?:the )?$", c.text[: times[0].start])
        and not c.mention("pronoun")
    ):
        return plain(times[0]), "end"
    if (
        times
        and patterns.search(r"(?<![a-z])(?:before|up to|until|till) (?:the )?$", c.text[: times[0].start])
        and patterns.search(r"everything|all|whatever|anything", c.text)
    ):
        return 0, plain(times[0])
    found = patterns.search(
        r"(?:from )?the (?:very )?(?:start|beginning) (?:to|till|until|through)|before (?=\d)|(?:从)?开头到|(?:从)?开始到|之?前的?(?:都|全|内容|部分)|以前的?(?:都|全)",
        c.text,
    )
    if found and times:
        return 0, plain(times[0])
    if len(times) == 2 and c.has("at_middle") is False and times[0].cue == "from":
        return plain(times[0]), plain(times[1])
    return None


def second_named(c: Clause) -> Plain:
    """The N of "second N"; None where nobody says it."""
    found = patterns.search(r"(?:second|sec) (\d{1,4}(?:\.\d+)?)", c.text)
    return float(found[1]) if found else None
