"""What is said of files that have just come: "use this one instead", "swap the clip with this file", 加到最后."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain
from reelscore.converse.patterns import compiled
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, Reading, targets
from reelscore.converse.scene import stem
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step

_LONGEST = 60


def read(c: Clause) -> Iterator[Reading]:
    """The files put in, or one of them in the place of something."""
    files = [m for i in c.context.uploaded if (m := c.scene.timeline.medium(i)) is not None]
    text = c.text.strip()
    if not files or len(text) > _LONGEST or c.quotes:
        return
    held = table("followups")["files"]
    if len(files) == 1 and compiled(held["instead"]).search(text):
        sound = files[0].kind == "audio"
        which = next(iter(targets(c, SOUND_KINDS if sound else PICTURE_KINDS)), None)
        given = (("which", which),) if which else ()
        yield Reading((Step("replace_media", (*given, ("media", stem(files[0].name)))),), 0.96)
    elif compiled(held["added"]).match(text):
        moment = c.quantity("seconds", "timecode")
        at: Plain = 0 if compiled(held["start"]).search(text) else plain(moment) if moment else None
        where = (("at", at),) if at is not None else ()
        yield Reading(tuple(Step("add", (("media", stem(file.name)), *where)) for file in files), 0.955)
