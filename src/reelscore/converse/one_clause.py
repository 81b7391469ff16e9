"""One clause, read by every family and from the commands' own tables; the best reading wins.

What is forbidden ("don't export yet") is read too, and kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reelscore.converse import followups, generic
from reelscore.converse.clause import Clause
from reelscore.converse.families import READERS
from reelscore.converse.questions import SURE
from reelscore.converse.reading import Reading
from reelscore.values.command import Step
from reelscore.values.message import Action

LEAST = 0.45  # a reading below this is a guess, and no guess is carried out


STANDS = 0.6  # a clause after a weak joint stands for itself from here on


@dataclass(frozen=True, slots=True)
class Read:
    """A clause and its best reading; `held`: said not to be done."""

    clause: Clause
    best: Reading | None
    others: tuple[Reading, ...]
    held: bool = False


def read_clause(clause: Clause, first: bool = False) -> Read:
    """All readings of a clause, the best first."""
    withheld = _withheld(clause)
    inner = withheld or clause
    found = [reading for reader in READERS for reading in reader(inner) if _known(reading, clause)]
    found += list(generic.read(inner))
    if first:
        found = [followups.denying(reading, inner) for reading in found]
        found += followups.read(inner)
    found = [_leaning(r, inner) for r in found if r.score >= LEAST]
    found.sort(key=lambda r: -r.score)
    return Read(inner, found[0] if found else None, tuple(found), withheld is not None)


def _leaning(reading: Reading, clause: Clause) -> Reading:
    """What stays with the last edit's subject is likelier where the words leave it open ("even darker")."""
    last = next((asked for asked in reversed(clause.context.steps) if isinstance(asked, Step)), None)
    if last is None or reading.score >= SURE or not reading.asked or len(clause.text) > 30:
        return reading
    same = [asked for asked in reading.asked if isinstance(asked, Step) and asked.command == last.command]
    return replace(reading, score=min(0.94, reading.score + 0.25)) if same else reading


def _known(reading: Reading, clause: Clause) -> bool:
    return all(isinstance(asked, Action) or asked.command in clause.known.commands for asked in reading.asked)


_NOT_WITHHELD = re.compile(
    r"don'?t (?:want|need|like|see|hear|have|know|think|let|forget|crop|keep)|do not (?:want|need)|别(?:渲染|导出|生成|弄|做|搞)了|without (?!export|render|chang|delet|remov|touch|mov|add|cutt)|never ?mind"
)


def _withheld(clause: Clause) -> Clause | None:
    """The rest of "don't ...", 先别..., as a clause; None where nothing is forbidden."""
    match = clause.find("withhold")
    if match is None or match.start() > 24 or _NOT_WITHHELD.search(clause.text):
        return None
    lead = clause.text[: match.start()].strip(" ,.")
    if lead and not re.fullmatch(
        r"(?:please|pls|but|and|so|ok(?:ay)?|just|also|you|we|i|for now|请|但是?|不过|先|你|可以|那|就|现在|暂时|也|,|，| )+",
        lead,
    ):
        return None
    rest = re.sub(
        r"(?<![a-z])(?:yet|just yet|for now|anything)(?![a-z])|呢$|了$",
        lambda m: " " * len(m[0]),
        clause.text[match.end() :],
    )
    return clause.reworded(re.sub(r"exporting", "export   ", rest), match.end())


def names_of(read: Read) -> list[str]:
    best = read.best
    return [a.name if isinstance(a, Action) else a.command for a in best.asked] if best and best.asked else [""]


def args_of(read: Read) -> dict[str, object]:
    return dict(read.best.asked[0].args) if read.best and read.best.asked else {}
