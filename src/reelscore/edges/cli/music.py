"""Commands that write music: score, compose, brief; and what there is to ask for: genres, moods, instruments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reelscore.edges.cli import seen, words
from reelscore.edges.cli.display import watching
from reelscore.edges.cli.options import AUDIO, LOOP, RESULT, WISHES, Force, Json, Output, Quiet, Result, takes_options
from reelscore.edges.cli.typed import check_no_score, revision
from reelscore.values.brief import Wishes

Prompt = Annotated[str, typer.Argument(help='In English or Chinese: "slow lo-fi, no drums in the intro".')]
Video = Annotated[Path, typer.Argument(help="The video to score: mp4, mov, avi, webm, mkv, gif, webp.")]
Search = Annotated[str, typer.Argument(help="Show only those that this word finds.")]


@takes_options(WISHES, AUDIO, RESULT)
def score(
    video: Video, wishes: Wishes, result: Result, prompt: Prompt = "", as_json: Json = False, quiet: Quiet = False
) -> None:
    """Score a video: music composed to its cuts, mood and length, under its speech.

    The picture is copied, not re-encoded. Example: [bold]reelscore score clip.mp4 "warm lo-fi"[/bold]
    """
    from reelscore.pipeline import Order, score_video

    with watching(quiet) as watch:
        takes = score_video(video, Order(prompt, wishes, *result.places), watch)
    typer.echo(words.deliveries(takes, as_json))


@takes_options(WISHES, LOOP, RESULT)
def compose(
    prompt: Prompt,
    wishes: Wishes,
    result: Result,
    backend: Annotated[
        str, typer.Option(help="A trained model instead of the composer: see `reelscore backends`.")
    ] = "",
    weights: Annotated[str, typer.Option(help="Its weights: a folder, or a name in the local cache.")] = "",
    device: Annotated[str, typer.Option(help="Where it runs: auto, cpu, cuda, mps.")] = "auto",
    accept_licence: Annotated[bool, typer.Option("--accept-licence", help="The weights' licence is read.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compose a track from words, as .wav, .flac, .mp3, .m4a, .ogg or .opus.

    Example: [bold]reelscore compose "60-second lo-fi, no drums in the intro" -o track.wav[/bold]
    """
    from reelscore.pipeline import Model, Order, compose_bed, generate_bed

    order = Order(prompt, wishes, *result.places)
    if backend not in ("", "rules"):
        check_no_score(result.bundle, result.report)
        with watching(quiet) as watch:
            made = generate_bed(order, Model(backend, weights, device, accept_licence), watch)
        typer.echo(words.generated(made, as_json))
        return
    with watching(quiet) as watch:
        takes = compose_bed(order, watch)
    typer.echo(words.deliveries(takes, as_json))


def revise(
    bundle: Annotated[Path, typer.Argument(help="A bundle that `compose` or `score` wrote.")],
    change: Annotated[str, typer.Argument(help='"darker", "faster, without drums", "in D minor".')] = "",
    bars: Annotated[str, typer.Option(help='Only these bars, counted from 1: "9-16".')] = "",
    section: Annotated[str, typer.Option(help="Only this section: intro, theme, build, lift, break, ending.")] = "",
    keep: Annotated[str, typer.Option(help="A variation that keeps harmony, groove or melody.")] = "",
    transpose: Annotated[int, typer.Option(help="By semitones, -12 to 12.")] = 0,
    take: Annotated[int, typer.Option(help="Another number, another result.")] = 1,
    sounds: Annotated[str, typer.Option(help="The sounds it was played with, if they were your own.")] = "",
    output: Output = None,
    to_bundle: Annotated[Path | None, typer.Option("--bundle", help="Also a new bundle.")] = None,
    report: Annotated[Path | None, typer.Option(help="Also a report (.json or .txt).")] = None,
    force: Force = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Change finished music: some bars, a section, a variation, another key, darker, without drums...

    What is not meant stays: the notes, and outside the bars that change, every sample.
    Example: [bold]reelscore revise track --bars 9-16[/bold]
    """
    from reelscore.pipeline import Order, revise_bed

    wanted = revision(change, bars, section, keep, transpose, take)
    with watching(quiet) as watch:
        order = Order(output=output, bundle=to_bundle, report=report, force=force, sounds=sounds)
        made = revise_bed(bundle, wanted, order, watch)
    typer.echo(words.deliveries([made], as_json))


@takes_options(WISHES, LOOP, AUDIO)
def brief(
    wishes: Wishes,
    prompt: Prompt = "",
    video: Annotated[Path | None, typer.Argument(help="A video to read as well.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what was understood, and why. Nothing is made."""
    from reelscore.pipeline import Order, brief_for

    with watching(quiet or video is None) as watch:
        understood = brief_for(Order(prompt, wishes), video, watch)
    typer.echo(words.brief(understood, as_json))


def inspect(
    media: Annotated[Path, typer.Argument(help="A video or audio file.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what is seen and heard: shots, motion, mood, speech, loudness."""
    from reelscore.pipeline import inspect_media

    with watching(quiet) as watch:
        reading = inspect_media(media, watch)
    typer.echo(seen.reading(reading, as_json))


def genres(search: Search = "", as_json: Json = False) -> None:
    """List the genres, with the words that select each."""
    from reelscore.catalogue import vocabulary

    typer.echo(words.genres(vocabulary().genres, search, as_json))


def moods(search: Search = "", as_json: Json = False) -> None:
    """List the moods, with the words that select each."""
    from reelscore.catalogue import vocabulary

    typer.echo(words.moods(vocabulary().moods, search, as_json))


def instruments(search: Search = "", as_json: Json = False) -> None:
    """List the instruments by family, with the words that select each."""
    from reelscore.catalogue import vocabulary

    typer.echo(words.instruments(vocabulary().instruments, search, as_json))


def backends(as_json: Json = False) -> None:
    """List what can write music: the composer, and trained models, their licences and what they still need."""
    from reelscore.catalogue import back_ends

    typer.echo(words.back_ends(back_ends(), as_json))


COMMANDS = (score, compose, revise, brief, inspect, genres, moods, instruments, backends)
