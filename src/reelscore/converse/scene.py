"""The timeline as a conversation sees it: what there is, what it is called, and what may be meant by a kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from reelscore.converse.computed import computed_once
from reelscore.values.time import Span
from reelscore.values.timeline import Media, Segment, Timeline, Track

if TYPE_CHECKING:
    from reelscore.converse.mention import Mention


@dataclass(frozen=True, slots=True)
class Thing:
    """A segment where it lies. `role`: clip, overlay, background, music, voice, sound, audio, text."""

    segment: Segment
    span: Span
    track: Track
    role: str


class Scene:
    """What lies on a timeline, asked for by kind. Made once for a message."""

    def __init__(self, timeline: Timeline, touched: Sequence[str] = ()) -> None:
        self.timeline = timeline
        self.touched = tuple(touched)  # ids of what the message before was about
        film = next((t for t in timeline.tracks if t.kind == "video" and t.role != "background"), None)
        self.mentions: dict[str, tuple[Mention, ...]] = {}  # of the texts that were asked about, found by `mentions`
        self._of: dict[str, tuple[Thing, ...]] = {}
        self.things = tuple(Thing(s, span, t, self._role(t, film)) for t, span, s in timeline.placed())

    @staticmethod
    def _role(track: Track, film: Track | None) -> str:
        if track.kind == "text":
            return "text"
        if track.kind == "video":
            return "clip" if track is film else "background" if track.role == "background" else "overlay"
        made = any(isinstance(item, Segment) and (item.piece or not item.media) for item in track.items)
        music = track.role == "music" or (made and track.role not in ("voice", "sound"))
        return "music" if music else track.role or "audio"

    def of(self, kind: str) -> tuple[Thing, ...]:
        """All things of a kind of words/kinds.toml, in order."""
        held = self._of.get(kind)
        if held is None:
            held = self._of[kind] = tuple(thing for thing in self.things if self._is(thing, kind))
        return held

    def _is(self, thing: Thing, kind: str) -> bool:
        text = thing.segment.text
        match kind:
            case "image":
                medium = self.timeline.medium(thing.segment.media)
                return medium is not None and medium.kind == "image"
            case "film" | "clip" | "own":
                return thing.role == "clip"
            case "logo":
                return thing.role == "overlay"
            case "audio":
                return thing.role in ("music", "voice", "sound", "audio") or self.sounds(thing)
            case "title":
                return text is not None and text.style == "title"
            case "subtitle":
                return text is not None and text.style in ("subtitle", "caption")
            case "lower_third":
                return text is not None and text.style == "lower_third"
            case _:
                return thing.role == kind

    def sounds(self, thing: Thing) -> bool:
        medium = self.timeline.medium(thing.segment.media)
        return thing.track.kind == "audio" or (medium is not None and medium.has_sound)

    def find(self, segment_id: str) -> Thing | None:
        return next((thing for thing in self.things if thing.segment.id == segment_id), None)

    @computed_once
    def duration(self) -> Fraction:
        """The end of the last thing, in seconds."""
        return max((thing.span.end for thing in self.things), default=Fraction(0))

    @computed_once
    def composed(self) -> bool:
        """Is there music that was composed here, or will be?"""
        return any(t.role == "music" and (t.segment.piece or not t.segment.media) for t in self.things)

    @computed_once
    def music(self) -> bool:
        return bool(self.of("music"))

    @computed_once
    def clips(self) -> int:
        return len(self.of("clip"))

    @computed_once
    def empty(self) -> bool:
        return not self.things

    @computed_once
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Names of media and segments, comparable, with how they are passed on and what they are: media or segment."""
        held: dict[str, tuple[str, str]] = {}
        for thing in self.things:
            if thing.segment.name and not (thing.role == "music" and not thing.segment.media):
                held.setdefault(plain_name(thing.segment.name), (stem(thing.segment.name), "segment"))
        for medium in self.timeline.media:
            held.setdefault(plain_name(medium.name), (stem(medium.name), "media"))
        return {name: said for name, said in held.items() if len(name) > 1}

    @computed_once
    def called(self) -> tuple[tuple[str, str], ...]:
        """The names with how they are passed on: what is made of the names alone is remembered by these."""
        return tuple((name, said) for name, (said, _) in self.names.items())

    def media_named(self, name: str) -> tuple[Media, ...]:
        wanted = plain_name(name)  # "Lo-fi" is lo fi
        return tuple(m for m in self.timeline.media if wanted and wanted in plain_name(m.name))


_ENDING = re.compile(r"\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus)$", re.I)


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    return _ENDING.sub("", name.strip())


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """As comparable text: lower case, no ending, one blank between words."""
    return re.sub(r"[\s_-]+", " ", stem(name).lower()).strip()
