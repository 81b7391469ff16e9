"""May a command be said of these things? What its schema binds it to, asked of the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS
from reelscore.converse.scene import Thing
from reelscore.converse.settings_words import Settings


def fits(entry: Settings, things: Sequence[Mention], c: Clause) -> bool:
    """May the command be said of each of these things? An id that nothing has is left to the edit stage."""
    which = entry.which
    if which is None or not which.on:
        return True
    return all(
        any(_of(thing, on, c) for thing in m.things for on in which.on)
        if m.things
        else m.kind == "name" or any(m.kind in _KINDS.get(on, (on,)) for on in which.on)
        for m in things
    )


_KINDS = {"picture": PICTURE_KINDS, "sounding": SOUND_KINDS, "text": TEXT_KINDS, "audio track": SOUND_KINDS}


def _of(thing: Thing, on: str, c: Clause) -> bool:
    match on:
        case "picture":
            return thing.track.kind == "video"
        case "sounding":
            return c.scene.sounds(thing)
        case "text":
            return thing.role == "text"
        case "audio track":
            return thing.track.kind == "audio"
        case "media":
            return bool(thing.segment.media)
        case _:
            return thing.role == on
