"""Versions of a timeline: every edit is one, none is lost, any can be named, compared and brought back.

A history is a value: undo moves to the version an edit was made from, redo back again; a new edit after an undo starts
a branch, and the versions left behind stay where they are. Whoever edits says which version they saw: if another edit
came first, theirs is refused with the state as it is now, never merged in silence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reelscore.edit.difference import differences
from reelscore.edit.refusals import refuse
from reelscore.edit.summary import summary
from reelscore.edit.validate import checked
from reelscore.edit.versions import Version, Versions
from reelscore.edit.wording import in_words
from reelscore.errors import ConflictError, DataError
from reelscore.values.codec import from_json, to_json
from reelscore.values.command import Edited, Plain, Said, Step
from reelscore.values.timeline import Media, Timeline, Track

SCHEMA = 1
MOST_VERSIONS = 10_000


@dataclass(frozen=True, slots=True)
class History:
    """All versions, oldest first, the one that counts now, and those that redo would bring back (the next one last)."""

    versions: Versions
    current: str
    undone: tuple[str, ...] = ()

    @property
    def now(self) -> Version:
        return self.version(self.current)

    @property
    def timeline(self) -> Timeline:
        return self.now.timeline

    def version(self, version_id: str) -> Version:
        """The version of this id. Raises EditError listing the latest ones."""
        number = version_id[1:] if version_id[:1] == "v" else ""
        if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= len(self.versions):
            return self.versions[int(number) - 1]
        names = (f"{v.id}{f' ({v.name})' if v.name else ''}" for v in self.versions[-10:][::-1])
        raise refuse("no_such_version", names, ref=version_id)


def begun(timeline: Timeline, message: str = "") -> History:
    """A history whose first version is this timeline."""
    return History(Versions([Version("v1", "", checked(timeline), message=message)]), "v1")


def commit(history: History, based_on: str, edited: Edited, message: str = "") -> History:
    """The history with this edit as its current version. An edit that changed nothing adds none.

    Raises ConflictError, carrying the state as it is now, where `based_on` is no longer the current version.
    """
    if based_on != history.current:
        raise _conflict(history, based_on)
    if edited.timeline == history.timeline:
        return history
    return _added(history, edited.timeline, edited.steps, message)


def with_timeline(history: History, timeline: Timeline) -> History:
    """The history with this as the timeline of its current version; no new version."""
    return replace(history, versions=history.versions.having(replace(history.now, timeline=timeline)))


def undo(history: History, count: int = 1) -> History:
    """Back to the version before, exactly. Raises EditError at the first one."""
    for _ in range(count):
        parent = history.now.parent
        if not parent:
            raise refuse("nothing_to_undo")
        history = replace(history, current=parent, undone=(*history.undone, history.current))
    return history


def redo(history: History, count: int = 1) -> History:
    """Forward to the version that was undone last. Raises EditError where none was."""
    for _ in range(count):
        if not history.undone:
            raise refuse("nothing_to_redo")
        history = replace(history, current=history.undone[-1], undone=history.undone[:-1])
    return history


def named(history: History, name: str, reference: str = "") -> History:
    """The history where a version (unsaid, the current one) has this name. A name is given once: the older loses it."""
    name = " ".join(name.split())[:100]
    wanted = found(history, reference) if reference else history.now
    versions = history.versions
    for id_, given in history.versions.names.items():
        if given == name:
            versions = versions.having(replace(history.version(id_), name=""))
    return replace(history, versions=versions.having(replace(wanted, name=name)))


def found(history: History, reference: str) -> Version:
    """The version meant by an id ("v3"), a number ("3", "version 3"), a name, "first", "last" or "before"."""
    plain = reference.strip().lower()
    for id_, name in list(history.versions.names.items())[::-1]:
        if name.lower() == plain:
            return history.version(id_)
    plain = plain.removeprefix("version").removeprefix("版本").removeprefix("第").removesuffix("版").strip()
    if plain in ("first", "original", "start", "最初", "原始", "一开始"):
        return history.versions[0]
    if plain in ("last", "latest", "newest", "最新", "最后"):
        return history.versions[-1]
    if plain in ("now", "current", "当前", "现在"):
        return history.now
    if plain in ("before", "previous", "the one before", "上一", "之前"):
        return history.version(history.now.parent or history.current)
    return history.version(plain if plain.startswith("v") else f"v{plain}")


def restore(history: History, reference: str) -> History:
    """A new version that is exactly an old one; what was done since stays in the history."""
    version = found(history, reference)
    if version.timeline == history.timeline:
        return history
    return _added(history, version.timeline, (Step("restore", (("version", version.id),)),), "")


def diff(history: History, a: str, b: str, language: str = "en") -> str:
    """What is different in version b, in words: "music: volume 80% -> 35%"."""
    before, after = found(history, a).timeline, found(history, b).timeline
    return in_words(differences(before, after), language)


def listed(history: History, language: str = "en") -> tuple[str, ...]:
    """One line a version, oldest first: "v3 * calm: music: volume 80% -> 35%"; the star marks the current one."""
    lines: list[str] = []
    for version in history.versions:
        mark = " *" if version.id == history.current else ""
        name = f" {version.name}" if version.name else ""
        if version.parent:
            changes = differences(history.version(version.parent).timeline, version.timeline)
            told = in_words(changes, language)
        else:
            told = Said("the beginning", "最初版本").in_language(language)
        lines.append(f"{version.id}{mark}{name}: {told}")
    return tuple(lines)


def _added(history: History, timeline: Timeline, steps: tuple[Step, ...], message: str) -> History:
    if len(history.versions) >= MOST_VERSIONS:
        raise refuse("too_many_versions", count=MOST_VERSIONS)
    version = Version(f"v{len(history.versions) + 1}", history.current, timeline, steps, message)
    return History(history.versions.having(version), version.id)


def _conflict(history: History, based_on: str) -> ConflictError:
    told = {language: summary(history.timeline, language) for language in ("en", "zh")}
    error = refuse("conflict", based_on=based_on, current=history.current, state=Said(told["en"], told["zh"]))
    return ConflictError(error.message, error.hint, candidates=(history.current,), chinese=error.chinese)


def dumps(history: History) -> str:
    """JSON of the whole history; tracks and media that versions share are written once. Exact."""
    tracks: dict[Track, int] = {}
    media: dict[Media, int] = {}
    versions: list[dict[str, Any]] = []
    for version in history.versions:
        bare = to_json(replace(version.timeline, tracks=(), media=()), sparse=True)
        bare["tracks"] = [tracks.setdefault(track, len(tracks)) for track in version.timeline.tracks]
        bare["media"] = [media.setdefault(medium, len(media)) for medium in version.timeline.media]
        versions.append({
            "id": version.id, "parent": version.parent, "timeline": bare, "message": version.message,
            "name": version.name, "steps": [[step.command, dict(step.args)] for step in version.steps],
        })  # fmt: skip
    data = {
        "schema": SCHEMA, "current": history.current, "undone": list(history.undone),
        "tracks": to_json(tuple(tracks), sparse=True), "media": to_json(tuple(media), sparse=True),
        "versions": versions,
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False) + "\n"


def loads(text: str) -> History:
    """The history in this text. Raises EditError for anything else."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise refuse("invalid", what="it is no history of this program", hint=f'It needs "schema": {SCHEMA}.')
        tracks = from_json(tuple[Track, ...], data["tracks"], "tracks")
        media = from_json(tuple[Media, ...], data["media"], "media")
        versions = Versions(_version(held, tracks, media) for held in data["versions"])
        history = History(versions, str(data["current"]), tuple(map(str, data["undone"])))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, DataError) as error:
        reason = f"it cannot be read ({type(error).__name__}: {str(error)[:200]})"
        raise refuse("invalid", what=reason, hint="Give the text that was written.") from None
    _consistent(history)
    return history


def _version(held: Mapping[str, Any], tracks: tuple[Track, ...], media: tuple[Media, ...]) -> Version:
    bare = {key: value for key, value in held["timeline"].items() if key not in ("tracks", "media")}
    timeline = replace(
        from_json(Timeline, bare),
        tracks=tuple(tracks[_index(n)] for n in held["timeline"]["tracks"]),
        media=tuple(media[_index(n)] for n in held["timeline"]["media"]),
    )
    steps = tuple(
        Step(str(command), tuple((str(k), _plain(v)) for k, v in args.items())) for command, args in held["steps"]
    )
    return Version(
        str(held["id"]), str(held["parent"]), checked(timeline), steps, str(held["message"]), str(held["name"])
    )


def _index(n: object) -> int:
    if type(n) is not int or n < 0:
        raise ValueError(f"{n!r} is no place in a list")
    return n


def _plain(value: object) -> Plain:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise ValueError(f"{value!r} is no argument")


def _consistent(history: History) -> None:
    """Ids count up, parents come first, what is pointed at exists: so walking back always ends."""
    ids = [version.id for version in history.versions]
    right = ids == [f"v{n}" for n in range(1, len(ids) + 1)] and bool(ids)
    known: set[str] = set()
    for version in history.versions:
        right = right and (version.parent in known if known else version.parent == "")
        known.add(version.id)
    if not right or history.current not in known or any(name not in known for name in history.undone):
        raise refuse(
            "invalid", what="its versions do not follow from each other", hint="Give the text that was written."
        )
