"""From where to where: a stretch of the film named by two moments, or by one and the film's beginning or end."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.quantities import Quantity
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain

_EVERY_CUT = re.compile(
    r"(?<![a-z])(?:at|on|to|for|with|over|under|between)? ?(?:every|each|all(?: of)?(?: the)?|any) (?:single )?(?:cuts?|transitions?|scene changes?|clip changes?|change of (?:clip|shot|scene)|edit points?)(?![a-z])"
    r"|(?<![a-z])(?:every time|whenever|each time|when(?:ever)?) (?:the |a |one |we |it )*(?:clips?|shots?|scenes?|pictures?|images?|cuts?|photos?) ?(?:changes?|cuts?|switch(?:es)?)?(?: to (?:the next|another)(?: one| clip| shot)?)?(?![a-z])"
    r"|(?:每个|每次|每处|所有|全部|各个)的?(?:转场|切换|剪辑点|切点|镜头切换)|每次(?:换|切)(?:镜头|画面|片段)|转场(?:处|时|的时候|的地方)?都"
)


_EVERY_START = re.compile(
    r"(?<![a-z])(?:(?:at|on|to|with|for|mark) the (?:very )?(?:start|beginning|opening|front) of|where(?:ver)?|whenever) (?:each|every|an?|all(?: of)?)(?: the| my| single| new)? (?:clips?|shots?|scenes?|photos?|pictures?)(?: (?:starts?|begins?|comes? (?:in|up)|appears?))?(?![a-z])"
)
_SOME = Sieve(re.compile(r"ever|each|all|[每所全各都]"))


def every_cut(c: Clause) -> list[Plain]:
    """The moments of "at every cut", where one clip follows another, or "at the start of every clip"; [] where that is
    not said."""
    if not _SOME.search(c.text):
        return []
    if _EVERY_START.search(c.text):
        return [seconds(thing.span.start) for thing in c.scene.of("clip")]
    if not _EVERY_CUT.search(c.text):
        return []
    return [seconds(thing.span.start) for thing in c.scene.of("clip")[1:]]


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
