"""Is a "not" that was said in no reading: "the title shouldn't be red" read as a red title?

It is found by reading again. Where a clause means the same without its negation, and something else (or nothing) without
what the negation governs, then what was said not to be is what would be done. English and Chinese; what other languages
say is English by then.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.normalise import blanked
from reelscore.converse.one_clause import Read, read_clause
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step
from reelscore.values.message import Asked

_NOT = Sieve(
    re.compile(
        r"(?<![a-z])(?<!but )(?:not|never|neither|nor|cannot|no(?! (?:no|i|it|that|this|wait|actually)(?![a-z]))|(?:do|does|did|is|are|was|were|has|have|had|can|could|would|should|must|need)n'?t)(?= (?!(?:drown|cover|bury|mask|clash|compete|fight))[a-z\d])"
        r"|(?<![对要])(?:(?P<zh>\S)不(?!(?P=zh))|^不)(?![过错然同论管仅但断够透行对])|别(?![的人处致墅])|没(?![事问关])|勿|甭"
    )
)
_END = re.compile(
    r"[,.;!?\n，。；！？]|(?<![a-z])(?:but|so|because|cause|cos|since|then|(?:can|could|would|will) you|please|pls|just|instead|rather)(?![a-z])|就|只|而是|[改换]成"
)
_WORD = re.compile(r"(?P<verb>is|are|was|were|has|have|had|can|could|would|should|must|need)n'?t")


def overlooked(read: Read) -> bool:
    """Would be done what is said not to be?"""
    c, best = read.clause, read.best
    if read.held or best is None or not any(isinstance(one, Step) for one in best.asked):
        return False
    said = _negations(c.text)
    if not said:
        return False
    meant = _meant(best.asked)
    unsaid = rest = c.text
    for start, end in reversed(said):
        kept = verb["verb"] if (verb := _WORD.fullmatch(c.text, start, end)) else ""
        unsaid = f"{unsaid[:start]}{kept}{unsaid[end:]}"
        over = _END.search(rest, end)
        rest = blanked(rest, start, over.start() if over else len(rest))
    return _read_as(unsaid, c) == meant != _read_as(rest, c)


def _negations(text: str) -> list[tuple[int, int]]:
    """Where one is said, and may govern what follows it."""
    found = [m.span() for m in _NOT.finditer(text)]
    return [(end - 1, end) if text[end - 1] in "不" else (start, end) for start, end in found]


def _read_as(text: str, c: Clause) -> tuple[object, ...]:
    text = re.sub(r"  +", " ", text)
    again = read_clause(c.reworded(f"{text:{len(c.text)}}", 0))
    return () if again.held or again.best is None else _meant(again.best.asked)


def _meant(asked: tuple[Asked, ...]) -> tuple[object, ...]:
    """What is asked for but for the words of a wish, which hold all that was said."""
    return tuple((type(one), one.command if isinstance(one, Step) else one.name, tuple(a for a in one.args if a[0] != "prompt")) for one in asked)  # fmt: skip
