"""The commands' own examples, worded for the timeline at hand: where no clip is called "interview", one that is there
takes its place, so that whatever is offered can be said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reelscore.values.command import Plain
from reelscore.values.timeline import Segment, Timeline

_SAMPLES = ("city timelapse", "city", "beach", "interview")  # what the examples' clips are called, in their order
_NAMED = re.compile(r"(?<![a-z])(?P<the>the )?(?P<clip>city timelapse|city|beach|interview)(?![a-z])")
_ORDER = re.compile(r"3(?P<joint>, ?|、)1(?P=joint)2")


def here(words: str, timeline: Timeline) -> str:
    """The example with clips of this timeline; as it is where it has those, or none."""

    words = _ORDER.sub(lambda match: match["joint"].join(_order(timeline)), words)

    def named(match: re.Match[str]) -> str:
        own = _own(match["clip"], timeline)
        return match[0] if own == match["clip"] else own

    return _NAMED.sub(named, words)


def args_here(args: Mapping[str, Plain], timeline: Timeline) -> dict[str, Plain]:
    """Its arguments, likewise."""
    held = {name: here(value, timeline) if isinstance(value, str) else value for name, value in args.items()}
    return {name: value for name, value in held.items() if name != "text"} | {k: args[k] for k in args if k == "text"}


def _order(timeline: Timeline) -> list[str]:
    """The last clip first, then the others; as in the example where there is no film."""
    count = len(_clips(timeline)) or 3
    return [str(number) for number in (count, *range(1, count))]


def _clips(timeline: Timeline) -> list[Segment]:
    film = next((track for track in timeline.tracks if track.kind == "video" and track.role != "background"), None)
    return [segment for _, segment in film.placed()] if film else []


def _own(sample: str, timeline: Timeline) -> str:
    names = [segment.name for segment in _clips(timeline) if segment.name]
    if not names or any(sample in name.lower() for name in names):
        return sample
    return names[-1] if sample == "interview" else names[min(max(_SAMPLES.index(sample) - 1, 0), len(names) - 1)]
