""" "Start it at 5 seconds", "end it at 0:20" of what the conversation is about: a sound, a text or an overlay is laid
elsewhere or ends there, and nothing is cut off the film. "Start it 30 seconds in" is a sound's own beginning.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain

_SAID = Sieve(
    re.compile(
        r"^(?:ok,? |and |then |now |but |please |can you |could you |let'?s |just )*(?:have |make |let )?(?P<verb>start|begin|end|stop|finish|play|use)s? (?:it|that|this)?(?: start| begin| end| stop)? ?"
        r"(?:playing )?(?:right |only )?(?P<where>at|from|until|till|after)? ?(?P<inside>the part (?:at|from)|second)? ?(?=\d)"
    )
)
_WITHIN = re.compile(
    r"(?:into|of|in) (?:the |that |this )?(?:song|track|music|recording|sound|it|file)(?![a-z])|(?<![a-z])in[.! ]*$"
)


def laid_elsewhere(c: Clause) -> Reading | None:
    """The touched sound, text or overlay at the moment named; None where the film or a clip is meant."""
    thing, said = c.touched, _SAID.match(c.text)
    if thing is None or said is None or c.around.focus or thing.role in ("clip", "background"):
        return None
    at = next((q for q in c.every("seconds", "timecode") if q.start >= said.end("verb")), None)
    if at is None or isinstance(at.value, str) or any(m.kind not in ("pronoun", "music", "film") for m in c.mentions):
        return None
    which = thing.segment.id
    if said["verb"] in ("end", "stop", "finish") or said["where"] in ("until", "till"):
        if thing.segment.text:
            return step("text_duration", 0.96, which=which, until=plain(at))
        left = at.value - thing.span.start
        return step("trim", 0.96, which=which, to=seconds(left)) if 0 < left < thing.segment.duration else None
    inside = said["inside"] or _WITHIN.search(c.text) or (said["verb"] in ("play", "use") and said["where"] == "from")
    past = at.value >= c.scene.duration and thing.role == "music"  # no moment of the film: one of the song
    if (inside or past) and thing.segment.text is None:
        return _from_within(thing, plain(at), c)
    return step("move", 0.96, which=which, to=plain(at)) if said["verb"] in ("start", "begin") else None


def _from_within(thing: Thing, at: Plain, c: Clause) -> Reading:
    """Its sound from there on, where it lies: a file is laid anew, what was written here loses its beginning."""
    which, start = thing.segment.id, seconds(thing.span.start)
    file = c.scene.timeline.medium(thing.segment.media)
    if file is None or thing.segment.piece:
        cut = step("cut_first", 1, seconds=at, which=which).asked
        return Reading((*cut, *step("move", 1, which=which, to=start).asked), 0.96)
    kind = thing.role if thing.role in ("music", "voice", "sound") else "music"
    laid = step("add", 1, media=file.name, as_=kind, start=at, at=start or None).asked
    return Reading((*step("remove", 1, which=which).asked, *laid), 0.96)
