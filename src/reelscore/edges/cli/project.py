"""Commands on a project: a timeline in a folder, edited step by step, planned and rendered.

The edit commands' own tables say what each takes: `reelscore edit trip volume --which music --to 35%`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelscore.edges.cli import words
from reelscore.edges.cli.display import watching
from reelscore.edges.cli.edit_options import arguments
from reelscore.edges.cli.options import Force, Json, Output, Quiet
from reelscore.edges.cli.typed import clock
from reelscore.errors import BriefError, OutputError
from reelscore.values.time import Span

if TYPE_CHECKING:
    from reelscore.editing import Target

Folder = Annotated[Path, typer.Argument(help="The project: NAME or NAME.reelscore.")]
Version = Annotated[str, typer.Argument(help='A version: "v3", a name, "first", "before".')]
Chinese = Annotated[bool, typer.Option("--zh", help="Answer in Chinese.")]


def new(
    project: Folder,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Videos, pictures and sound, in order; or one .otio timeline.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Start a project: a timeline of these files, in this order.

    Example: [bold]reelscore new trip beach.mp4 city.mp4 song.mp3[/bold]
    """
    from reelscore.edges.storage.project import Project

    with watching(quiet) as watch:
        made = Project.create(project, files or [], watch)
    _tell(made, "", as_json, "en")


def edit(
    context: typer.Context,
    project: Folder,
    command: Annotated[str, typer.Argument(help="What to do: see `reelscore commands`.")],
    as_json: Json = False,
    quiet: Quiet = False,
    zh: Chinese = False,
) -> None:
    """Edit a project: trim, split, volume, title, aspect, transition, generate_music...

    Example: [bold]reelscore edit trip trim --which "clip 2" --to 12[/bold]
    """
    from reelscore.edges.storage.project import Project
    from reelscore.editing import command as named
    from reelscore.editing import in_words

    entry = named(command.replace("-", "_"))
    opened = Project.open(project)
    args, files, texts = arguments(entry, context.args, opened.history.timeline.media)
    with watching(quiet) as watch:
        edited, notes = opened.edit([(entry.name, args)], files, texts, watch=watch)
    language = "zh" if zh else "en"
    said = [in_words(edited.changes, language), *(note.in_language(language) for note in edited.notes), *notes]
    _tell(opened, "\n".join(line for line in said if line), as_json, language)


def commands(
    name: Annotated[str, typer.Argument(help="Show this command alone.")] = "",
    as_json: Json = False,
    zh: Chinese = False,
) -> None:
    """List what `edit` can do; with a name, its options and examples."""
    from reelscore.editing import command as named
    from reelscore.editing import commands as known
    from reelscore.editing import schema_of

    if name:
        entry = named(name.replace("-", "_"))
        typer.echo(json.dumps(schema_of(entry), ensure_ascii=False, indent=1) if as_json else words.command(entry, zh))
        return
    if as_json:
        typer.echo(json.dumps([schema_of(entry) for entry in known().values()], ensure_ascii=False, indent=1))
        return
    typer.echo(words.commands(known(), zh))


def show(project: Folder, as_json: Json = False, zh: Chinese = False) -> None:
    """Show a project's timeline in one line, and its versions."""
    from reelscore.edges.storage.project import Project
    from reelscore.editing import listed

    opened = Project.open(project)
    language = "zh" if zh else "en"
    _tell(opened, "", as_json, language)
    if not as_json:
        typer.echo("\n".join(words.one_line(line) for line in listed(opened.history, language)))


def undo(project: Folder, times: Annotated[int, typer.Argument(min=1, max=1000)] = 1, zh: Chinese = False) -> None:
    """Take the last edit back."""
    from reelscore.editing import undo as taken_back

    _moved(project, lambda history: taken_back(history, times), zh)


def redo(project: Folder, times: Annotated[int, typer.Argument(min=1, max=1000)] = 1, zh: Chinese = False) -> None:
    """Bring an edit back that was undone."""
    from reelscore.editing import redo as brought_back

    _moved(project, lambda history: brought_back(history, times), zh)


def restore(project: Folder, version: Version, zh: Chinese = False) -> None:
    """Go back to a version; those since then stay in the history."""
    from reelscore.editing import restore as restored

    _moved(project, lambda history: restored(history, version), zh)


def name(
    project: Folder,
    title: Annotated[str, typer.Argument(help="The name.")],
    version: Annotated[str, typer.Argument(help="Which version; the current one.")] = "",
) -> None:
    """Give a version a name."""
    from reelscore.editing import named

    _moved(project, lambda history: named(history, title, version), False)


def diff(project: Folder, before: Version, after: Version = "now", zh: Chinese = False) -> None:
    """Say in words what is different between two versions."""
    from reelscore.edges.storage.project import Project
    from reelscore.editing import diff as differences

    told = differences(Project.open(project).history, before, after, "zh" if zh else "en")
    typer.echo(words.one_line(told) or "Nothing.")


Resolution = Annotated[str, typer.Option(help="360p, 480p, 720p, 1080p, 1440p, 4k; as the timeline.")]
Shape = Annotated[str, typer.Option(help="landscape, portrait, square, vertical; as the timeline.")]
Fps = Annotated[float | None, typer.Option(help="Frames a second; as the timeline.")]
Quality = Annotated[str, typer.Option(help="draft, standard, high.")]
From = Annotated[str | None, typer.Option("--from", help="Only from here: 5, 1:05.")]
To = Annotated[str | None, typer.Option("--to", help="Only up to here.")]
Encoder = Annotated[
    str, typer.Option(help="software, auto (hardware if there is some), nvenc, vaapi, qsv, videotoolbox.")
]
Credentials = Annotated[bool, typer.Option(help="Sign the file with Content Credentials (C2PA): how it was made.")]
Certificate = Annotated[Path | None, typer.Option(help="Sign with this certificate (PEM) instead of a self-made one.")]
SigningKey = Annotated[Path | None, typer.Option("--key", help="The certificate's private key (PEM).")]


def plan(
    project: Folder,
    output: Output = None,
    resolution: Resolution = "",
    shape: Shape = "",
    fps: Fps = None,
    quality: Quality = "standard",
    start: From = None,
    end: To = None,
) -> None:
    """Say how a project would be rendered: what is copied, what is composed, and why. Nothing is made."""
    from reelscore.edges.storage.project import Project
    from reelscore.editing import describe_plan
    from reelscore.editing import plan as planned

    opened = Project.open(project)
    timeline = opened.history.timeline
    out = output or Path(f"{opened.folder.stem}.mp4")
    target = _target(out, resolution, shape, fps, quality, _range(start, end, timeline.duration), "software")
    typer.echo(describe_plan(planned(timeline, opened, target)))


def export(
    project: Folder,
    output: Output = None,
    resolution: Resolution = "",
    shape: Shape = "",
    fps: Fps = None,
    quality: Quality = "standard",
    start: From = None,
    end: To = None,
    encoder: Encoder = "software",
    credentials: Credentials = False,
    certificate: Certificate = None,
    key: SigningKey = None,
    force: Force = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Render a project: .mp4 .mov .webm .mkv .gif, .wav .flac .mp3 .m4a .ogg, or a .png of one moment; hand it on
    to other programs as .otio, .edl or .fcpxml; or its music as .mid (notes) or .zip (stems, notes, markers).

    Example: [bold]reelscore export trip -o trip.mp4 --resolution 1080p[/bold]
    """
    from reelscore.edges.storage.project import Project
    from reelscore.editing import EXCHANGED, MUSIC_FILES, exchanged, render, sign, write_music_file, write_text
    from reelscore.editing import plan as planned

    opened = Project.open(project)
    timeline = opened.history.timeline
    out = output or Path(f"{opened.folder.stem}.mp4")
    if out.suffix.lower() in EXCHANGED:
        write_text(out, exchanged(timeline, out.suffix.lower(), opened.urls()), force)
        typer.echo(f"made  {words.one_line(str(out))}")
        return
    if out.suffix.lower() in MUSIC_FILES:
        with watching(quiet, 1) as watch:
            handed = write_music_file(timeline, opened, out, watch, force=force)
        typer.echo("\n".join((f"made  {words.one_line(str(out))}", *handed.notes)))
        return
    target = _target(out, resolution, shape, fps, quality, _range(start, end, timeline.duration), encoder)
    made = planned(timeline, opened, target)
    if bool(certificate) != bool(key):
        raise OutputError("A certificate and its key belong together.", "Give --certificate and --key, or neither.")
    with watching(quiet, made.frames) as watch:
        done = render(made, out, watch, work=opened.folder / "chunks", force=force)
    if credentials or certificate:
        sign(out, made, certificate, key)
    typer.echo(words.rendered(done, made.duration, as_json))


COMMANDS = (new, commands, show, undo, redo, restore, name, diff, plan, export)
"""And `edit`, whose options are the commands' own."""


def _range(start: str | None, end: str | None, duration: Fraction) -> Span | None:
    if start is None and end is None:
        return None
    first = clock(start, "--from") if start is not None else Fraction(0)
    last = clock(end, "--to") if end is not None else duration
    if not 0 <= first < last:
        raise BriefError(f"From {float(first):g} to {float(last):g} s there is nothing.", "Give --from before --to.")
    return Span(first, last)


def _target(
    out: Path, resolution: str, shape: str, fps: float | None, quality: str, span: Span | None, encoder: str
) -> Target:
    from reelscore.editing import target
    from reelscore.values.time import exactly

    if not out.suffix:
        raise OutputError(f'"{words.one_line(out.name)}" has no ending.', "Name it .mp4, .webm, .gif, .wav, .png...")
    rate = None if fps is None else exactly(fps, "The frame rate")
    return target(out.suffix, resolution, shape, rate, quality, span, encoder)


def _moved(project: Path, way: object, zh: bool) -> None:
    from reelscore.edges.storage.project import Project
    from reelscore.editing import differences, in_words

    opened = Project.open(project)
    with opened.alone():
        before = opened.history.timeline
        opened.change(way(opened.history))  # type: ignore[operator]
    language = "zh" if zh else "en"
    _tell(opened, in_words(differences(before, opened.history.timeline), language), False, language)


def _tell(opened: object, said: str, as_json: bool, language: str) -> None:
    from reelscore.edges.storage.project import Project
    from reelscore.editing import summary

    assert isinstance(opened, Project)
    line = summary(opened.history.timeline, language)
    if as_json:
        answer: Mapping[str, object] = {
            "project": str(opened.folder), "version": opened.history.current, "changed": said, "timeline": line,
        }  # fmt: skip
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for text in (said, line):
        if text:
            typer.echo("\n".join(words.one_line(part) for part in text.splitlines()))
