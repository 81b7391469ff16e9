"""What a message that goes on about the last edit may speak of: by an ordinal alone, or by what the edit was done to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.tables import table
from reelscore.values.command import Step

_NO_LENGTH = "".join(
    rf"(?<!{word} )" for word in ("1", "one", "half a", "another", "more", "extra", "per", "each", "every")
)


def ordinals(c: Clause) -> Iterator[Mention]:
    """ "no, the second": of the kind the conversation was about."""
    order = table("places_in_order")["ordinal"]
    words = "|".join(
        sorted((re.escape(w) for held in order.values() for w in held if w.isascii()), key=len, reverse=True)
    )
    for match in compiled(
        rf"(?<![a-z0-9]){_NO_LENGTH}(?:the )?(?P<order>{words})(?= ?(?:please|instead|too|as well)?[.! ]*$)"
    ).finditer(c.text):
        if not any(m.start <= match.start("order") < m.end for m in c.mentions):
            found = mentions(f"{match['order']} {_kind(c)}", c.scene)
            if found and found[0].nth is not None:
                yield replace(found[0], start=match.start(), end=match.end())


def _kind(c: Clause) -> str:
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    told = str(dict(last.args).get("which") or "") if last else ""
    for kind in ("subtitle", "title", "lower third"):
        if told.startswith(kind) or told == f"last {kind}":  # "remove the second caption", "no, the third"
            return kind
    thing = c.touched
    if thing is None or thing.role not in ("text", "overlay"):
        return "clip"
    kinds = ("overlay",) if thing.role == "overlay" else ("title", "subtitle", "lower_third")
    return next((kind.replace("_", " ") for kind in kinds if thing in c.scene.of(kind)), "title")


def about(c: Clause, last: Step) -> tuple[Thing, ...]:
    """What the last edit was done to, as it lies now."""
    which = str(dict(last.args).get("which") or "")
    if thing := c.scene.find(which) or (None if which else c.touched):
        return (thing,)
    return next((m.things for m in mentions(which.lower(), c.scene) if m.things), (c.touched,) if c.touched else ())


_HEARD = ("volume", "mute", "unmute", "pan", "normalise")


def could_be(which: str, command: str, scene: Scene) -> bool:
    """May this be done to what is called so? A silent clip has nothing to be muted."""
    thing = scene.find(which)
    return thing is None or command not in _HEARD or scene.sounds(thing)
