"""Things named by their ids and by runs of numbers: "s2", "segment s1", "id=s8", "s1+s3", "s1..s3", "t3", "clips 1-3".

An id names one thing or none: where nothing has it, the edit stage is given the id and says so; another thing never
stands in for it. A track's id means all that lies on the track.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse.scene import Scene, Thing
from reelscore.converse.tables import table

_ANY = re.compile(r"[st]\d")
_NO_THING = ("transition", "filter", "marker", "film")
_TO = re.compile(r" ?(?:-|~|\.\.\.?|through|thru|到|至) ?")
_NUMBERS = re.compile(
    r"(?<![a-z])(?:(?P<many>clips|shots|photos|segments|scenes|pictures|images)|(?P<one>clip|shot|photo|片段|镜头|照片|图片)) ?#?"
    r"(?P<first>\d{1,2})(?:(?P<dash> ?(?:-|~|\.\.\.?|through|thru) ?)|(?P<to> to | ?到第? ?| ?至第? ?))#?(?P<last>\d{1,2})"
    r"(?![\d%]|[.:]\d| ?(?:s|secs?|seconds?|秒|db|x|%|倍|个|份)(?![a-z]))"
)


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(
        (word for kind, row in table("kinds").items() if kind not in _NO_THING for word in row["words"]),
        key=len,
        reverse=True,
    )
    latin = "|".join(re.escape(w) for w in words if w < "\u0250")
    eastern = "|".join(re.escape(w) for w in words if w >= "\u0250")
    return re.compile(
        rf"(?<![a-z0-9_#])(?<!(?<!\.)\.)(?! )(?:(?:the |this )?(?:(?:(?:{latin}|element|item|layer)s?|{eastern}|轨道?|元素) ?)?(?:with )?(?:_?ids?)? ?[=:#]? ?)?"
        r"(?<![a-z0-9_])(?<!(?<!\.)\.)(?P<id>[st]\d{1,4})(?![a-z0-9%])(?!\.\d)(?:'s(?![a-z]))?(?: ?(?:track(?![a-z])|轨道?|片段))?"
    )


def named_by_id(text: str, scene: Scene) -> Iterator[tuple[int, int, str, Thing | None]]:
    """Where an id stands, with the id, and the thing that has it; a track's id once for each thing on the track."""
    if scene.empty or not _ANY.search(text):
        return
    before: tuple[int, Thing | None] = (0, None)
    for match in _pattern().finditer(text):
        found = match["id"]
        things = [t for t in scene.things if found in (t.segment.id.lower(), t.track.id.lower())]
        first, last = before[1], things[0] if len(things) == 1 else None
        if first is not None and last is not None and _TO.fullmatch(text[before[0] : match.start("id")]):
            between = [t for t in scene.of(first.role) if first.span.start < t.span.start < last.span.start]
            things = [*between, last]
        for thing in things:
            yield (*match.span(), thing.segment.id, thing)
        if not things:
            yield (*match.span(), found, None)
        before = (match.end(), last)


_JOINED = re.compile(r"(?<![a-z0-9])(?:clip|segment|seg)_(?P<n>\d{1,2})(?![a-z0-9])")


_SHORT = re.compile(r"(?<![a-z0-9.#_-])c(?P<n>\d{1,2})(?![a-z0-9%]|\.\d)")
_PITCHES = re.compile(r"(?<![a-z])(?:notes?|pitch|octave|key|chords?)(?![a-z])|音[高符]|八度|和弦|[大小]调")


def runs_of_numbers(text: str, scene: Scene) -> Iterator[tuple[int, int, Thing]]:
    """ "clips 1-3", "clip 2~4", "photos 1 to 3": each of them, in the place of the whole; and "c2", "clip_2"."""
    for match in _NUMBERS.finditer(text):
        if match["to"] and not match["many"]:
            continue
        first, last = int(match["first"]), int(match["last"])
        clips = scene.of("clip")
        if 0 < first < last <= len(clips):
            for clip in clips[first - 1 : last]:
                yield (*match.span(), clip)
    for match in _SHORT.finditer(text):
        clips = scene.of("clip")
        if 0 < (n := int(match["n"])) <= len(clips) and not _PITCHES.search(text):
            yield (*match.span(), clips[n - 1])
    for match in _JOINED.finditer(text) if "_" in text else ():
        clips = scene.of("clip")
        if 0 < (n := int(match["n"])) <= len(clips):
            yield (*match.span(), clips[n - 1])
