"""One timeline, every edit: what the edges call to take files in, change the timeline, and make films of it.

    take_in(file) -> begin(media) -> apply(history, steps) -> fulfil (the music asked for) -> render

Each is a function of values and of a `Shelf`, where the edge that calls keeps the files. History, summaries and words
come from `edit`; nothing is decided here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reelscore.edit.command import Command, apply_all, schema_of
from reelscore.edit.difference import differences
from reelscore.edit.draft import from_draft, to_draft
from reelscore.edit.history import (
    History,
    begun,
    commit,
    diff,
    dumps,
    found,
    listed,
    loads,
    named,
    redo,
    restore,
    undo,
    with_timeline,
)
from reelscore.edit.registry import command, commands
from reelscore.edit.requests import with_media
from reelscore.edit.summary import summary
from reelscore.edit.validate import checked
from reelscore.edit.versions import Version, Versions
from reelscore.edit.wording import in_words
from reelscore.errors import MediaError
from reelscore.facts import facts_of_piece, facts_of_reading
from reelscore.fulfil import Fulfilled, Shelf, fulfil
from reelscore.values.command import Edited, Plain
from reelscore.values.facts import Facts, MediaFacts
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import AudioStream, MediaInfo, Reading
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Media, Timeline

if TYPE_CHECKING:
    from reelscore.render.targets import Target as Target
    from reelscore.render.timeline_plan import RenderPlan as RenderPlan
    from reelscore.render.timeline_run import Rendered as Rendered
    from reelscore.understand.read import Standing as Standing

__all__ = [
    "EXCHANGED",
    "Edited",
    "Files",
    "Fulfilled",
    "History",
    "Offered",
    "Shelf",
    "Taken",
    "Version",
    "Versions",
    "apply",
    "begin",
    "checked",
    "command",
    "commands",
    "commit",
    "describe_plan",
    "diff",
    "differences",
    "dumps",
    "exchanged",
    "facts_for",
    "found",
    "from_draft",
    "fulfil",
    "imported",
    "in_words",
    "listed",
    "loads",
    "look_over",
    "make_parts",
    "medium_of",
    "named",
    "offered",
    "otio_files",
    "pack",
    "parts_of",
    "plan",
    "redo",
    "render",
    "restore",
    "schema_of",
    "sign",
    "size_of",
    "standing",
    "summary",
    "take_in",
    "target",
    "thumbnail",
    "to_draft",
    "undo",
    "unpack_music",
    "unpack_piece",
    "with_timeline",
    "write_text",
]

_STILLS = ("png", "jpeg", "jpg", "webp")
_BLOCK = 1 << 20
_LARGEST = (3840, 2160)


class Files(Shelf, Protocol):
    """A shelf whose files can be found."""

    def path(self, media: str) -> Path:
        """Where a medium lies. Raises MediaError when it is gone."""

    def info(self, media: str) -> MediaInfo:
        """What it was found to be."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as the timeline knows it, and what was found in it."""

    medium: Media
    info: MediaInfo
    reading: Reading


def take_in(path: Path, watch: Watch = unwatched) -> Taken:
    """Read a file in limited children and name it by its content. Raises MediaError."""
    from reelscore.pipeline import inspect_media

    reading = inspect_media(path, watch)
    return Taken(medium_of(reading.info, digest(path), path.name), reading.info, reading)


def look_over(paths: Sequence[Path], standing: Standing | None = None) -> list[MediaInfo | MediaError]:
    """What files are, by their content and without reading them through, in a limited child; what is wrong with those
    that are no media. With a `standing` child, which stays for the next ones, small files cost milliseconds."""
    from reelscore.understand.read import look_over_each

    return [one.info or MediaError(one.problem, one.hint) for one in look_over_each(paths, standing)]


def standing() -> Standing:
    """A limited child that stays, for `look_over`."""
    from reelscore.understand.read import Standing

    return Standing()


def thumbnail(path: Path, side: int, standing: Standing) -> bytes:
    """A JPEG of at most `side` pixels each way of what a film or a photograph shows. Raises MediaError."""
    from reelscore.understand.read import thumbnail

    return thumbnail(path, side, standing)


def digest(path: Path) -> str:
    """ "sha256:..." of a file's bytes. Raises MediaError where it cannot be read."""
    held = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                held.update(block)
    except OSError as fault:
        raise MediaError(f'"{path.name}" cannot be read: {fault.strerror}.', "Check the file.") from None
    return f"sha256:{held.hexdigest()}"


def medium_of(info: MediaInfo, name: str, title: str) -> Media:
    """A file's place in a timeline's table of media."""
    video = info.video
    still = video is not None and (info.container in _STILLS and video.frame_count <= 1)
    kind = "image" if still else "video" if video is not None else "audio"
    shown = "".join(c if c.isprintable() else " " for c in title)[:200]
    return Media(
        id=name,
        kind=kind,
        name=shown,
        duration=Fraction(0) if still else info.duration,
        width=video.width if video else 0,
        height=video.height if video else 0,
        frame_rate=video.frame_rate if video and not still else None,
        has_sound=info.audio is not None,
    )


def begin(media: Sequence[Media] = (), facts: Facts | None = None, title: str = "", message: str = "") -> History:
    """A timeline of these files, in this order: clips one after another on a canvas of the first one's shape and rate,
    sound along them."""
    first = next((medium for medium in media if medium.kind != "audio"), None)
    timeline = with_media(Timeline(canvas=_canvas(first), title=title), *media)
    steps = [(command("add"), {"media": medium.id}) for medium in media]
    if steps:
        timeline = apply_all(timeline, steps, facts or Facts()).timeline
    return begun(timeline, message)


def _canvas(medium: Media | None) -> Canvas:
    if medium is None or not medium.width:
        return Canvas()
    scale = min(1.0, max(_LARGEST) / max(medium.width, medium.height), min(_LARGEST) / min(medium.width, medium.height))
    width, height = (max(16, round(side * scale) & ~1) for side in (medium.width, medium.height))
    rate = medium.frame_rate or Fraction(30)
    return Canvas(width, height, rate if 10 <= rate <= 120 else Fraction(30))


def apply(
    history: History,
    steps: Sequence[tuple[str, Mapping[str, Plain]]],
    facts: Facts,
    based_on: str = "",
    message: str = "",
    media: Iterable[Media] = (),
) -> tuple[History, Edited]:
    """One version for all these commands, `media` being known from now on. Raises EditError, ConflictError."""
    timeline = with_media(history.timeline, *media)
    named_steps: list[tuple[Command, Mapping[str, object]]] = [(command(name), dict(args)) for name, args in steps]
    edited = apply_all(timeline, named_steps, facts)
    if edited.timeline is timeline and timeline is not history.timeline:
        edited = replace(edited, timeline=timeline)
    return commit(history, based_on or history.current, edited, message), edited


def facts_for(timeline: Timeline, shelf: Shelf, texts: Mapping[str, str] | None = None) -> Facts:
    """All that is known of the timeline's media."""
    known: dict[str, MediaFacts] = {}
    for medium in timeline.media:
        reading = shelf.reading(medium.id)
        if reading is not None:
            known[medium.id] = facts_of_reading(reading)
    for _, _, segment in timeline.placed():
        if segment.piece and segment.media:
            known[segment.media] = facts_of_piece(shelf.piece(segment.piece))
    return Facts(known, texts or {})


def plan(timeline: Timeline, files: Files, target: Target | None = None) -> RenderPlan:
    """How the timeline would be rendered. Raises OutputError, MediaError."""
    from reelscore.render.sources import Source
    from reelscore.render.timeline_plan import plan_timeline

    used = {segment.media for _, _, segment in timeline.placed() if segment.media}
    sources = {media: Source(files.path(media), files.info(media)) for media in sorted(used)}
    speech: dict[str, tuple[Span, ...]] = {}
    for media in used:
        reading = files.reading(media)
        if reading is not None and reading.audio is not None and reading.audio.speech:
            speech[media] = reading.audio.speech
    return plan_timeline(timeline, sources, target, speech)


def sign(path: Path, made: RenderPlan, certificate: Path | None = None, key: Path | None = None) -> None:
    """Put Content Credentials into a rendered file: how it was made, from what, with whose sounds. Signed with the
    person's certificate and key (PEM), or a self-signed one that says so. Raises OutputError."""
    from reelscore.catalogue import version
    from reelscore.deliver.credentials import Statement, add_credentials, own_identity, self_signed
    from reelscore.deliver.provenance import HashedFile, Sound
    from reelscore.perform.soundbanks import soundbanks

    identity = own_identity(certificate, key) if certificate and key else self_signed()
    files = tuple(
        HashedFile(source.path.name, source.info.size, media.removeprefix("sha256:"))
        for media, source in made.sources.items()
    )
    composed = any(segment.piece for _, _, segment in made.timeline.placed())
    sounds = tuple(Sound(bank.title, bank.licence, bank.source) for bank in soundbanks()) if composed else ()
    add_credentials(path, Statement(version(), path.name, describe_plan(made), files, sounds), identity)


EXCHANGED = (".otio", ".edl", ".fcpxml")


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be made of a timeline: endings of files (without the dot) by kind, and what may be chosen."""

    formats: Mapping[str, tuple[str, ...]]
    resolutions: tuple[str, ...]
    shapes: tuple[str, ...]
    qualities: tuple[str, ...]


def offered() -> Offered:
    """As the tables of targets say it; resolutions from small to large."""
    from reelscore.render import targets
    from reelscore.render.formats import SOUND_FORMATS

    formats = {
        "film": tuple(targets.CODECS),
        "animation": ("gif",),
        "sound": _bare(SOUND_FORMATS),
        "picture": _bare(targets.PICTURE_SUFFIXES),
        "timeline": _bare(EXCHANGED),
    }
    return Offered(formats, tuple(targets.RESOLUTIONS)[::-1], tuple(targets.SHAPES), targets.QUALITIES)


def _bare(suffixes: Iterable[str]) -> tuple[str, ...]:
    return tuple(suffix.removeprefix(".") for suffix in suffixes)


def exchanged(timeline: Timeline, suffix: str, places: Mapping[str, Path]) -> str:
    """The timeline as text for other programs: OpenTimelineIO, EDL or Final Cut Pro XML. `places`: where media lie."""
    from reelscore.edit.exchange.edl import to_edl
    from reelscore.edit.exchange.fcpxml import to_fcpxml
    from reelscore.edit.exchange.otio import to_otio

    urls = {media: path.absolute().as_uri() for media, path in places.items()}
    if suffix == ".edl":
        return to_edl(timeline)
    return to_fcpxml(timeline, urls) if suffix == ".fcpxml" else to_otio(timeline, urls)


def write_text(path: Path, text: str, force: bool = False) -> None:
    """A text file, whole or not at all. Raises OutputError."""
    from reelscore.render.destination import drafted

    with drafted(path, force=force) as draft:
        draft.path.write_text(text, encoding="utf-8", newline="")


def otio_files(text: str, folder: Path) -> dict[str, Path]:
    """The files that an OpenTimelineIO text names, by the name it gives them; those that lie there relative to
    `folder`, or by file URL. Raises EditError (no such text), MediaError (a file that is not there)."""
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname

    from reelscore.edit.exchange.otio import media_in

    found = {}
    for url in media_in(text):
        parts = urlsplit(url)
        if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
            raise MediaError(
                f'The timeline draws on "{url[:80]}", which is not on this machine.', "Save it here first."
            )
        path = Path(url2pathname(parts.path) if parts.scheme else unquote(url))
        path = path if path.is_absolute() else folder / path
        if not path.is_file():
            raise MediaError(f'"{path.name}" of the timeline is not at {path}.', "Put it there.")
        found[url] = path
    return found


def imported(text: str, media: Mapping[str, Media], message: str = "") -> History:
    """A history that begins with the timeline of an OpenTimelineIO text. Raises EditError."""
    from reelscore.edit.exchange.otio import from_otio
    from reelscore.edit.tracks import changed

    timeline = from_otio(text, media)
    composed = [segment.id for _, _, segment in timeline.placed() if segment.piece]  # their scores stayed behind
    return begun(changed(timeline, composed, lambda segment: replace(segment, piece="")), message)


def target(
    suffix: str, resolution: str, shape: str, frame_rate: Fraction | None, quality: str, span: Span | None, encoder: str
) -> Target:
    """What is wanted of a render; fields as in `render.targets.Target`. Raises OutputError for what cannot be."""
    from reelscore.render.targets import Target
    from reelscore.render.targets import checked as possible

    wanted = Target(
        suffix=suffix.lower(), resolution=resolution, shape=shape, frame_rate=frame_rate, quality=quality, span=span,
        encoder=encoder,
    )  # fmt: skip
    return possible(wanted) if wanted.kind else wanted


def size_of(wanted: Target, canvas: Canvas) -> tuple[int, int]:
    """Width and height of the pictures of a result."""
    from reelscore.render.targets import picture_size

    return picture_size(wanted, (canvas.width, canvas.height))


def parts_of(made: RenderPlan, work: Path) -> dict[str, int]:
    """The files that a render of this plan composes in its `work` folder, and the frames in each (0: the sound)."""
    from reelscore.render import timeline_run

    return timeline_run.parts_of(made, work)


def make_parts(made: RenderPlan, work: Path, names: Collection[str], watch: Watch = unwatched) -> None:
    """Compose some of these files; `render` finds them there. Raises MediaError, EncoderError, CancelledError."""
    from reelscore.render import timeline_run

    timeline_run.make_parts(made, work, names, watch)


def describe_plan(made: RenderPlan) -> str:
    """The plan in sentences."""
    from reelscore.render.timeline_plan import describe

    return describe(made)


def render(
    made: RenderPlan, out: Path, watch: Watch = unwatched, *, work: Path | None = None, force: bool = False
) -> Rendered:
    """Make the file. `work` keeps finished chunks, so that a stopped render goes on. Raises OutputError, MediaError,
    EncoderError, CancelledError."""
    from reelscore.catalogue import version
    from reelscore.render.sound_files import Tags
    from reelscore.render.timeline_run import render_timeline

    tags = Tags(made.timeline.title, f"Reelscore {version()}")
    return render_timeline(made, out, watch, work=work, force=force, tags=tags)


@dataclass(frozen=True, slots=True)
class MusicFiles:
    """Composed music as it is stored: `digest` (hex SHA-256 of `wav`) names both files."""

    digest: str
    wav: bytes  # 32-bit float: exactly the samples
    piece: str  # JSON
    info: MediaInfo


def pack(piece: Piece, music: Samples) -> MusicFiles:
    """Composed music as two files."""
    from reelscore.deliver.piece_json import piece_json
    from reelscore.deliver.wav import float_wav

    wav = float_wav(music)
    duration = Fraction(len(music), SAMPLE_RATE)
    stream = AudioStream(0, "pcm_f32le", SAMPLE_RATE, 2, Fraction(0), duration)
    info = MediaInfo("", "wav", len(wav), None, stream, 0, 1, False, duration)
    return MusicFiles(hashlib.sha256(wav).hexdigest(), wav, piece_json(piece), info)


def unpack_piece(text: str) -> Piece:
    """A stored piece. Raises DataError."""
    from reelscore.deliver.piece_json import read_piece_json

    return read_piece_json(text)


def unpack_music(path: Path) -> Samples:
    """The samples of stored music. Raises MediaError where the file is not what was stored."""
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as fault:
        raise MediaError(f'The music "{path.name}" cannot be read: {fault}.', "Write it again.") from None
    if rate != SAMPLE_RATE or samples.shape[1] != 2:
        raise MediaError(f'The music "{path.name}" was changed by another program.', "Write it again.")
    return np.ascontiguousarray(samples, np.float32)
