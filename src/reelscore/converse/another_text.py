"""After a text was put on the picture, other words with a moment of their own are another text of its look: "and "Shop
now" for the last 3 seconds", 再加“买它”在第7秒. Without a moment they stand in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.bare import denies
from reelscore.converse.clause import Clause
from reelscore.converse.readers.text_added import look
from reelscore.converse.readers.text_when import shown_when
from reelscore.converse.reading import Reading
from reelscore.values.command import Step

_TEXTS = ("title", "subtitle", "lower_third")
_LOOK = ("colour", "size", "font", "animation")  # what one text has in common with the next
_STAYS = 3.0  # seconds, unless it is said
_LONGEST = 70  # letters beside the words
_AT_END = re.compile(r"(?<![a-z])(?:at|in|for|on) the (?:very )?end(?![a-z])|(?:片尾|结尾|最后|末尾)")
_CHANGES = re.compile(
    r"(?<![a-z])(?:change|replace|rename|instead|should (?:say|read|be)|says?|reads?|make (?:it|that)|remove|delete|drop|move|put it|it|that|add|title|text|subtitle|caption|logo)(?![a-z])"
    r"|改|换|替|删|去掉|移|标题|字幕|文字"
)


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """One more text, where and when it is told to be."""
    if last.command not in _TEXTS or len(c.quotes) != 1 or len(c.text) > _LONGEST or denies(c.text):
        return
    if _CHANGES.search(c.text) or any(m.things and m.kind != "film" for m in c.mentions):
        return
    when = shown_when(c)
    if "at" not in when and _AT_END.search(c.text):
        length = when.get("duration", _STAYS)
        when["at"] = max(0, round(float(c.scene.duration) - float(str(length)), 3))
    if "at" not in when:
        return
    held = {name: value for name, value in last.args if name in _LOOK}
    args = {"text": c.quotes[0].words, **held, **look(c), **when}
    yield Reading((Step(last.command, tuple(args.items())),), 0.97)
