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
from reelscore.values.message import Action, Asked

_NOT = Sieve(  # what only says how it is ("it doesn't fit", 声音不一样大) turns nothing down
    re.compile(
        r"(?<![a-z])(?<!but )(?<!wait )(?<!so it )(?<!so they )(?<!so that it )(?:not|never|neither|nor|cannot|no(?! (?:no|i|it|that|this|wait|actually|[a-z]+er)(?![a-z]))|(?:do|does|did|is|are|was|were|has|have|had|can|could|would|should|must|need)n'?t)"
        r"(?= (?!(?:(?:really|quite|exactly|even) )?(?:drown|cover|bury|mask|clash|compete|fight|like|love|fit|match|suit|work|sound|feel|convinced|sure)(?![a-z]))[a-z\d])|(?<![a-z])(?:hate (?:it|for|to)|wrong to|refuse to)(?= [a-z])"
        r"|(?<!对)(?:(?P<zh>[^\s要])不(?!(?P=zh))|^不)(?![过错然同论管仅但断够透行对一喜好搭合太清准稳齐配满见到盖压抢])|别(?![的人处致墅])|没(?=必要|想|要|让|说要|打算)|勿|甭"
    )
)
_END = re.compile(
    r"[,.;!?\n，。；！？]|(?<![a-z])(?:but|so|because|cause|cos|since|then|(?:can|could|would|will) you|please|pls|just|instead|rather)(?![a-z])|就|只|而是|[改换]成"
)
_WRITES = "generate_music"
_TAKING = ("remove", "remove_text", "mute", "remove_filter", "ripple_delete")
_ANY = re.compile(r"(?<![a-z])any(?![a-z])")
_QUIETER = (
    "duck",
    "remove_transition",
)  # "no music under the voice": with a no or without one, they turn something down
_WORD = re.compile(r"(?P<verb>is|are|was|were|has|have|had|can|could|would|should|must|need)n'?t")


def overlooked(read: Read) -> bool:
    """Would be done what is said not to be?"""
    c, best = read.clause, read.best
    if (
        read.held
        or best is None
        or not any(isinstance(one, Step) and one.command not in _QUIETER for one in best.asked)
    ):
        return False
    said = _negations(c.text)
    if not said:
        return False
    meant = _meant(best.asked)
    if _ANY.search(c.text) and all(isinstance(one, Step) and one.command in _TAKING for one in best.asked):
        return False  # "I don't want any sound at all"
    unsaid = rest = bare = c.text
    for start, end in reversed(said):
        kept = verb["verb"] if (verb := _WORD.fullmatch(c.text, start, end)) else ""
        unsaid = f"{unsaid[:start]}{kept}{unsaid[end:]}"
        over = _END.search(rest, end)
        last = over.start() if over else len(rest)
        rest, bare = blanked(rest, start, last), _but_things(bare, start, last, c)
    if meant[0] == (_WRITES, ()) and any(not w.idle and rest[w.start : w.end].strip() for w in c.wishes):
        return False  # "epic orchestral, no vocals": the words of a wish hold it all
    if _read_as(rest, c) == meant:
        return False  # "lose the beach, we don't need it": asked for beside it
    return (bare == rest or _read_as(bare, c) != meant) and _read_as(unsaid, c) == meant


def _but_things(text: str, start: int, end: int, c: Clause) -> str:
    """The text without this stretch, but with the things that are named there."""
    for m in c.mentions:
        if start <= m.start and m.end <= end:
            text = blanked(text, start, m.start)
            start = m.end
    return blanked(text, start, end)


def _negations(text: str) -> list[tuple[int, int]]:
    """Where one is said, and may govern what follows it."""
    found = [m.span() for m in _NOT.finditer(text)]
    return [(end - 1, end) if text[end - 1] in "不" else (start, end) for start, end in found]


def _read_as(text: str, c: Clause) -> tuple[object, ...]:
    text = re.sub(r"  +", " ", text).strip(" ,.")
    again = read_clause(c.reworded(f"{text:{len(c.text)}}", 0))
    return () if again.held or again.best is None else _meant(again.best.asked)


def _meant(asked: tuple[Asked, ...]) -> tuple[object, ...]:
    """What is asked for; of a wish for music, whose words hold all that was said, only that it is one."""
    return tuple(
        (one.name,) if isinstance(one, Action) else (one.command, () if one.command == _WRITES else one.args)
        for one in asked
    )
