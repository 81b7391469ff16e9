"""A format, size or shape said alone after an export: the same, otherwise made ("no, 1080p", "a vertical one")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse.clause import Clause
from reelscore.converse.leftover import LONGEST, Left
from reelscore.converse.patterns import compiled
from reelscore.converse.readers.exporting import exported
from reelscore.converse.reading import Reading
from reelscore.converse.tables import table
from reelscore.values.message import Action


def read(c: Clause, last: Action) -> Iterator[Reading]:
    """ "no, 1080p", "and a vertical one", 要4K的: the same export, otherwise made."""
    if len(c.text) > LONGEST or c.mention("clip", "music", "voice", "title", "subtitle", "name"):
        return
    args = dict(next(exported(c)).asked[0].args)
    left = Left(c.text)
    left.drop(_export_words())
    for q in c.quantities:
        left.take(q.start, q.end)
    if not args or not left.empty():
        return
    if compiled(_SAID).search(c.text) and not compiled(_EXPORTING).search(c.text):
        return  # an export of its own
    if args.keys() == {"shape"} and not compiled(_EXPORTING).search(c.text):
        return
    yield Reading((Action("export", tuple({**dict(last.args), **args}.items())),), 0.97)


_SAID = r"(?<![a-z])(?:export|render)(?![a-z])|导出|输出|渲染"
_EXPORTING = r"(?<![a-z])(?:one|too|as well|also|version|instead|another|no|sorry)(?![a-z])|的[。!]*$|再|也|要|版|不"


@cache
def _export_words() -> re.Pattern[str]:
    """Formats, sizes, shapes and qualities, and what they are called."""
    held = table("actions")["export"]
    rows = (row for kind in ("resolutions", "shapes", "qualities") for row in held[kind].values())
    words = [*held["formats"], *(word for row in rows for word in row), *table("followups")["exporting"]["words"]]
    latin = "|".join(sorted((re.escape(w) for w in words if w.isascii()), key=len, reverse=True))
    eastern = "|".join(sorted((re.escape(w) for w in words if not w.isascii()), key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{eastern}")
