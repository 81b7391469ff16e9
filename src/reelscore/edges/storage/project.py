"""A project in a folder: one timeline with its history, the files it draws on, and the music written for it.

history.json    every version of the timeline
media.json      where each medium lies (files of the person's own stay where they are) and what it was found to be
readings/       what was seen and heard, by the medium's hash
music/          composed music: HASH.wav (32-bit float) and HASH.json (brief, score and levels)
chunks/         finished parts of renders; may be deleted at any time

Every file appears whole or not at all, and history.json is written last: a stop at any moment leaves the version
before. One process edits at a time (`edit.lock`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reelscore.edges.storage.whole_files import held, read_text, write_whole
from reelscore.editing import (
    Edited,
    History,
    apply,
    begin,
    commit,
    dumps,
    facts_for,
    fulfil,
    imported,
    loads,
    otio_files,
    pack,
    take_in,
    unpack_music,
    unpack_piece,
)
from reelscore.errors import DataError, MediaError, OutputError, shown, unwritable
from reelscore.facts import facts_of_reading
from reelscore.values.codec import dumps as to_text
from reelscore.values.codec import from_json
from reelscore.values.command import Plain
from reelscore.values.facts import Facts, MediaFacts
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import MediaInfo, Reading
from reelscore.values.sound import Samples
from reelscore.values.timeline import Media

SUFFIX = ".reelscore"
_LARGEST_OTIO = 64_000_000  # bytes
_HISTORY, _MEDIA = "history.json", "media.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """One medium: where it lies, its size then, and what it is."""

    path: str
    size: int
    medium: Media
    info: MediaInfo


class Project:
    """One open project. Raises OutputError, DataError, MediaError with what to do."""

    def __init__(self, folder: Path, history: History, media: dict[str, Kept]) -> None:
        self.folder, self.history, self._media = folder, history, media
        self._readings: dict[str, Reading | None] = {}
        self._pieces: dict[str, Piece] = {}

    @staticmethod
    def create(folder: Path, files: Sequence[Path], watch: Watch = unwatched) -> Project:
        """A new project of these files, in this order."""
        folder = folder if folder.suffix == SUFFIX else folder.with_name(folder.name + SUFFIX)
        if folder.exists():
            raise OutputError(f"{shown(folder)} is there already.", "Choose another name, or edit that project.")
        if [path.suffix.lower() for path in files] == [".otio"]:
            return Project._imported(folder, files[0], watch)
        taken = []
        for n, path in enumerate(files):
            taken.append((path, take_in(path, _share(watch, n, len(files)))))
        try:
            folder.mkdir(parents=False)
        except OSError as fault:
            raise unwritable(folder, fault) from None
        project = Project(folder, begin(), {})
        for path, one in taken:
            project._keep_medium(Kept(str(path.absolute()), one.info.size, one.medium, one.info), one.reading)
        media = [one.medium for _, one in taken]
        project.history = begin(media, project._facts_of(media), title=folder.stem)
        project.save()
        return project

    @staticmethod
    def _imported(folder: Path, file: Path, watch: Watch) -> Project:
        """A new project of a timeline that another program wrote."""
        try:
            if file.stat().st_size > _LARGEST_OTIO:
                raise MediaError(f"{shown(file)} is too large for a timeline.", "At most 64 MB are read.")
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise MediaError(f"{shown(file)} cannot be read: {fault}.", "Check the file.") from None
        files = otio_files(text, file.absolute().parent)
        taken = {url: take_in(path, _share(watch, n, len(files))) for n, (url, path) in enumerate(files.items())}
        history = imported(text, {url: one.medium for url, one in taken.items()})
        try:
            folder.mkdir(parents=False)
        except OSError as fault:
            raise unwritable(folder, fault) from None
        project = Project(folder, history, {})
        for url, one in taken.items():
            project._keep_medium(Kept(str(files[url].absolute()), one.info.size, one.medium, one.info), one.reading)
        project.save()
        return project

    @staticmethod
    def open(folder: Path) -> Project:
        """The project in this folder (its name may leave the suffix out)."""
        if not folder.is_dir() and folder.with_name(folder.name + SUFFIX).is_dir():
            folder = folder.with_name(folder.name + SUFFIX)
        if not (folder / _HISTORY).is_file():
            raise DataError(f"{shown(folder)} is no project.", "Make one with: reelscore new NAME FILES...")
        return Project(folder, loads(read_text(folder / _HISTORY)), _media_in(folder))

    def save(self) -> None:
        """Write media.json, then history.json; each appears whole."""
        write_whole(self.folder / _MEDIA, to_text(list(self._media.values())).encode())
        write_whole(self.folder / _HISTORY, dumps(self.history).encode())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process edits: EditError while another does."""
        with held(self.folder / "edit.lock"):
            self.history = loads(read_text(self.folder / _HISTORY))
            self._media = _media_in(self.folder) | self._media
            yield

    def edit(
        self,
        steps: Sequence[tuple[str, Mapping[str, Plain]]],
        files: Sequence[Path] = (),
        texts: Mapping[str, str] | None = None,
        based_on: str = "",
        watch: Watch = unwatched,
    ) -> tuple[Edited, tuple[str, ...]]:
        """Apply commands as one version, music written where they ask for it. What changed, and notes."""
        with self.alone():
            taken = [self.take(path, watch) for path in files]
            history, edited = apply(self.history, steps, self.facts(texts, taken), based_on, media=taken)
            notes: tuple[str, ...] = ()
            if edited.timeline.requests:
                done = fulfil(edited.timeline, self, watch)
                notes = done.notes
                whole = Edited(done.timeline, edited.changes, edited.steps, edited.notes)
                history = commit(self.history, self.history.current, whole)
            self.history = history
            self.save()
        return edited, notes

    def change(self, history: History) -> None:
        """Put an undone, redone, restored or named history in place."""
        self.history = history
        self.save()

    def facts(self, texts: Mapping[str, str] | None = None, media: Sequence[Media] = ()) -> Facts:
        known = facts_for(self.history.timeline, self, texts)
        return Facts({**known.media, **self._facts_of(media).media}, known.texts)

    # The shelf.

    def reading(self, media: str) -> Reading | None:
        if not media:  # text, and music that is still to be written
            return None
        if media not in self._readings:
            place = self.folder / "readings" / f"{_plain(media)}.json"
            found = from_json(Reading, json.loads(read_text(place)), place.name) if place.is_file() else None
            self._readings[media] = found
        return self._readings[media]

    def piece(self, piece: str) -> Piece:
        if piece not in self._pieces:
            self._pieces[piece] = unpack_piece(read_text(self.folder / "music" / f"{_plain(piece)}.json"))
        return self._pieces[piece]

    def sound(self, media: str) -> Samples:
        return unpack_music(self.path(media))

    def keep(self, piece: Piece, music: Samples, name: str) -> tuple[Media, str]:
        folder = self.folder / "music"
        folder.mkdir(exist_ok=True)
        files = pack(piece, music)
        wav, text = folder / f"{files.digest}.wav", folder / f"{files.digest}.json"
        write_whole(text, files.piece.encode())
        write_whole(wav, files.wav)
        medium = Media(f"sha256:{files.digest}", "audio", f"{name}.wav", files.info.duration, has_sound=True)
        self._media[medium.id] = Kept(str(wav), len(files.wav), medium, files.info)
        self._pieces[medium.id] = piece
        return medium, medium.id

    def path(self, media: str) -> Path:
        kept = self._media.get(media)
        if kept is None:
            raise MediaError(f"The project does not know {media[:20]}.", "Add the file again.")
        path = Path(kept.path)
        if not path.is_file() and (self.folder / "music" / path.name).is_file():
            path = self.folder / "music" / path.name  # the project was moved
        if not path.is_file():
            raise MediaError(f'"{kept.medium.name}" is no longer at {path}.', "Put it back, or use replace_media.")
        if path.stat().st_size != kept.size:
            raise MediaError(f'"{kept.medium.name}" has changed since it was added.', "Add the new file in its place.")
        return path

    def brought(self) -> tuple[Media, ...]:
        """The person's own files, on the timeline or not."""
        music = (self.folder / "music").absolute()
        return tuple(kept.medium for kept in self._media.values() if Path(kept.path).absolute().parent != music)

    def urls(self) -> dict[str, str]:
        """Where every medium of the timeline lies, as file URLs."""
        return {one.id: Path(self._media[one.id].path).absolute().as_uri() for one in self.history.timeline.media}

    def info(self, media: str) -> MediaInfo:
        self.path(media)
        return self._media[media].info

    def take(self, path: Path, watch: Watch = unwatched) -> Media:
        """Read a file; the project knows it from now on (until `save`, only this process does)."""
        one = take_in(path, watch)
        self._keep_medium(Kept(str(path.absolute()), one.info.size, one.medium, one.info), one.reading)
        return one.medium

    def _keep_medium(self, kept: Kept, reading: Reading) -> None:
        folder = self.folder / "readings"
        folder.mkdir(exist_ok=True)
        write_whole(folder / f"{_plain(kept.medium.id)}.json", to_text(reading, indent=None).encode())
        self._media[kept.medium.id] = kept
        self._readings[kept.medium.id] = reading

    def _facts_of(self, media: Sequence[Media]) -> Facts:
        known: dict[str, MediaFacts] = {}
        for medium in media:
            reading = self.reading(medium.id)
            if reading is not None:
                known[medium.id] = facts_of_reading(reading)
        return Facts(known)


def _media_in(folder: Path) -> dict[str, Kept]:
    """What media.json holds. Raises DataError."""
    try:
        held = json.loads(read_text(folder / _MEDIA))
        return {kept.medium.id: kept for kept in (from_json(Kept, one, _MEDIA) for one in held)}
    except (ValueError, TypeError) as fault:
        raise DataError(f"{shown(folder)} has a broken {_MEDIA}: {fault}.", "Restore it from a copy.") from None


def _plain(name: str) -> str:
    """The hex digits of an id, fit for a file name; DataError for anything else."""
    digits = name.removeprefix("sha256:")
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise DataError(f"{name[:40]!r} is no id of this project.", "The project's files were changed by hand.")
    return digits


def _share(watch: Watch, n: int, total: int) -> Watch:
    def inner(stage: str, share: float, /) -> None:
        watch(stage, (n + share) / total)

    return inner
