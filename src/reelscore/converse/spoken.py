"""What the clauses of a message before this one spoke of, and what they made: "both", "the copy", "the second half".

A clause is read on the timeline as it is before the message; what an edit of the same message makes is named by the
place it will have then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.converse.mentions import mentions
from reelscore.converse.one_clause import Read
from reelscore.converse.scene import Scene, Thing
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked

_MUSIC = ("generate_music", "change_music", "regenerate_music", "vary_music")
_GONE = ("remove", "remove_text", "ripple_delete")  # what is no longer there is not spoken of
_TEXTS = ("title", "subtitle", "lower_third")


@dataclass(frozen=True, slots=True)
class Spoken:
    """References: the thing last spoken of with its kind, all of the last clause, a copy, the parts of what was split."""

    focus: str = ""
    kind: str = ""
    several: tuple[str, ...] = ()
    made: str = ""
    parts: tuple[str, ...] = ()
    before: tuple[Asked, ...] = ()  # the last clause's edits
    spared: bool = False  # the last clause said what shall not be done


def spoken(done: Sequence[Read], scene: Scene) -> Spoken:
    """What may be meant by "it", "both" or "the copy" after these clauses."""
    if not done:
        return Spoken()
    focus, kind = _focus(done)
    if done[-1].held:
        return Spoken(focus, kind, spared=True)
    last = done[-1].best.asked[-1] if done[-1].best and done[-1].best.asked else None
    made, parts = outcome(last, scene) if isinstance(last, Step) else ("", ())
    if made:
        focus, kind = made, "clip"  # "duplicate the beach and move it to the end"
    return Spoken(focus, kind, _several(done), made, parts, done[-1].best.asked if done[-1].best else ())


def _focus(done: Sequence[Read]) -> tuple[str, str]:
    steps = [asked for read in done if read.best for asked in read.best.asked if isinstance(asked, Step)]
    written = {str(dict(one.args).get("text")) for one in steps if one.command in _TEXTS}
    for read in reversed(done):
        told = [m for m in read.clause.mentions if len(m.things) == 1 and m.kind not in ("pronoun", "all", "film")]
        if read.best is None and told:
            one = told[-1] if " but " in read.clause.text else told[0]
            return one.said, one.things[0].role  # a remark: "the hiking bit drags"
        for asked in reversed(read.best.asked if read.best else ()):
            args = dict(asked.args)
            if not isinstance(asked, Step) or (asked.command in _GONE and not read.held):
                continue
            if asked.command in _TEXTS:
                return str(args.get("text", "")), "text"
            if asked.command in _MUSIC:
                return "music", "music"
            if asked.command == "replace_media" and (
                thing := _thing(str(args.get("which") or ""), read.clause.scene, read.clause.scene.of("clip"))
            ):
                return thing.segment.id, thing.role  # its name is another one then
            if asked.command == "add" and args.get("as") == "music" and not read.clause.scene.of("music"):
                return "music", "music"
            unnamed = asked.command == "volume" and not args.get("which") and not read.clause.text.isascii()
            if unnamed and read.clause.scene.of("music"):
                return "music", "music"  # how loud, where nothing is named
            if said := args.get("which") or args.get("media"):
                said = _lasting(str(said), asked, read)
                new = (
                    written and _ID.fullmatch(said) and read.clause.scene.find(said) is None
                )  # the text that is written
                return said, "text" if said in written or new else _kind(read, said)
    return "", ""


def _lasting(said: str, asked: Step, read: Read) -> str:
    """A reference that still names the same thing once clips have moved: "clip 2" is another one then."""
    named = next((m for m in read.clause.mentions if m.said == said and m.nth is not None and len(m.things) == 1), None)
    if named is not None:
        return named.things[0].segment.id
    position = dict(asked.args).get("position")
    if asked.command == "reorder" and isinstance(position, int) and _A_PLACE.fullmatch(said):
        return "last clip" if position < 0 else f"clip {position}"  # a copy, which has no name yet
    return said


_ID = re.compile(r"s\d+")
_A_PLACE = re.compile(r"clip \d+")


def _kind(read: Read, said: str) -> str:
    mention = next((m for m in read.clause.mentions if m.said == said), None)
    if mention is None:
        scene = read.clause.scene
        thing = scene.find(said) or next((t for m in mentions(said.lower(), scene) for t in m.things[:1]), None)
        if thing is not None or said in ("music", "voice"):
            return thing.role if thing else said
        laid = next(iter(scene.media_named(said.lower())), None)  # a file that the message lays down
        return "audio" if laid is not None and laid.kind == "audio" else ""
    if mention.things or mention.kind != "name":
        return mention.things[0].role if mention.things else mention.kind
    if read.best and any(
        isinstance(asked, Step) and asked.command == "picture_in_picture" for asked in read.best.asked
    ):
        return mention.kind
    file = next(iter(read.clause.scene.media_named(said.lower())), None)
    return _ROLES.get(file.kind, mention.kind) if file else mention.kind


_ROLES = {"video": "clip", "audio": "audio"}  # of a file once it lies there; a picture may lie over the film


def _several(done: Sequence[Read]) -> tuple[str, ...]:
    """The things of the last clause that had more than one, else those of the last clauses that had one each."""
    alone: list[str] = []
    for read in reversed(done):
        named = [
            m.said for m in read.clause.mentions if m.things and m.said and m.kind not in ("pronoun", "film", "all")
        ]
        args = [dict(asked.args) for asked in (read.best.asked if read.best else ()) if isinstance(asked, Step)]
        named = (
            [str(a["which"]) for a in args if a.get("which")]
            or [str(a["text"]) for a in args if a.get("text")]
            or named
        )
        named = list(dict.fromkeys(named))
        if len(named) > 1:
            return tuple(named)
        alone = [*named, *alone]
    return tuple(dict.fromkeys(alone))


def outcome(step: Step, scene: Scene) -> tuple[str, tuple[str, ...]]:
    """Where a copy will lie, and the parts of what is split."""
    args, clips = dict(step.args), scene.of("clip")
    thing = _thing(str(args.get("which") or ""), scene, clips)
    if step.command == "duplicate" and thing in clips:
        return f"clip {clips.index(thing) + 2}", ()
    if step.command == "split" and not (args.get("at") == "middle" and thing is None and len(clips) > 1):
        at = _at(args, thing, scene)
        cut = (
            thing
            if thing in clips
            else next((t for t in clips if at is not None and t.span.start < at < t.span.end), None)
        )
        if cut in clips:
            n, parts = clips.index(cut) + 1, args.get("parts")
            return "", tuple(f"clip {n + k}" for k in range(parts if isinstance(parts, int) else 2))
    return "", ()


def _thing(which: str, scene: Scene, clips: tuple[Thing, ...]) -> Thing | None:
    if not which or which == "clip":
        return clips[0] if len(clips) == 1 else None
    if found := scene.find(which):
        return found
    named = next((m for m in mentions(which.lower(), scene) if len(m.things) == 1), None)
    return named.things[0] if named else None


def _at(args: Mapping[str, Plain], thing: Thing | None, scene: Scene) -> Fraction | None:
    at = args.get("at")
    if at == "middle":
        span = thing.span if thing else None
        return (span.start + span.end) / 2 if span else scene.duration / 2
    if isinstance(at, (int, float)):
        return Fraction(str(at))
    return None
