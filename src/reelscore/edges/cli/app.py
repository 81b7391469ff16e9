"""The commands themselves: parse, call the pipeline, print. Nothing is decided here.

Exit codes: 0 done, 2 something the person can mend (one line on standard error says what), 130 stopped by Ctrl-C.
Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from reelscore.edges.cli import words
from reelscore.edges.cli.display import watching
from reelscore.errors import CancelledError, ReelscoreError
from reelscore.values.brief import Wishes
from reelscore.values.time import exactly

app = typer.Typer(
    name="reelscore",
    help="Music composed to picture. Score a video, or write a track, in seconds, offline.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _genres(typed: str) -> list[str]:
    from reelscore.catalogue import vocabulary

    return [name for name in vocabulary().genres if name.startswith(typed)]


def _moods(typed: str) -> list[str]:
    from reelscore.catalogue import vocabulary

    return [name for name in vocabulary().moods if name.startswith(typed)]


_MUSIC = "Music"
_OUT = "Output"

Prompt = Annotated[str, typer.Argument(help='In English or Chinese: "slow lo-fi, no drums in the intro".')]
Video = Annotated[Path, typer.Argument(help="The video to score: mp4, mov, avi, webm, mkv, gif, webp.")]
Seed = Annotated[int, typer.Option(help="Same seed, same music, byte for byte.", rich_help_panel=_MUSIC)]
Duration = Annotated[
    str | None, typer.Option(help='Length: "60", "1:30". A video keeps its own.', rich_help_panel=_MUSIC)
]
Bpm = Annotated[float | None, typer.Option(help="Tempo, held exactly.", rich_help_panel=_MUSIC)]
Key = Annotated[str | None, typer.Option(help='"C major", "F#m", "D dorian".', rich_help_panel=_MUSIC)]
Genre = Annotated[
    str | None,
    typer.Option(
        help='By name: "lofi", "house"... An unknown one lists all.', autocompletion=_genres, rich_help_panel=_MUSIC
    ),
]
Mood = Annotated[
    str | None, typer.Option(help='"calm", "epic", "playful"...', autocompletion=_moods, rich_help_panel=_MUSIC)
]
Instruments = Annotated[str | None, typer.Option(help='Must play: "felt_piano,strings".', rich_help_panel=_MUSIC)]
Without = Annotated[str | None, typer.Option("--no", help='Must not play: "drums,vocals".', rich_help_panel=_MUSIC)]
Hits = Annotated[
    list[str] | None,
    typer.Option(
        "--hit", help="A moment the music must mark: 12.5 or timecode 00:00:12:15. Repeat it.", rich_help_panel=_MUSIC
    ),
]
Variations = Annotated[int, typer.Option(min=1, max=20, help="How many takes, each its own.", rich_help_panel=_MUSIC)]
Loudness = Annotated[
    str | None,
    typer.Option(help="LUFS (-14), or youtube, tiktok, podcast, broadcast-ebu, broadcast-atsc.", rich_help_panel=_OUT),
]
KeepAudio = Annotated[
    bool | None,
    typer.Option(
        "--keep-audio/--replace-audio",
        help="The video's own sound: keep it under or over the music, or drop it. Left open, speech is kept.",
        rich_help_panel=_OUT,
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where the result goes.", rich_help_panel=_OUT)]
Bundle = Annotated[
    Path | None,
    typer.Option(help="Also a folder of mix, stems, MIDI, markers, score and provenance.", rich_help_panel=_OUT),
]
Report = Annotated[
    Path | None, typer.Option(help="Also a report (.json or .txt): every hit, its error in ms.", rich_help_panel=_OUT)
]
Force = Annotated[bool, typer.Option("--force", "-f", help="Overwrite files that exist.", rich_help_panel=_OUT)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.", rich_help_panel=_OUT)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.", rich_help_panel=_OUT)]


def _wishes(
    seed: int,
    duration: str | None,
    bpm: float | None,
    key: str | None,
    genre: str | None,
    mood: str | None,
    instruments: str | None,
    without: str | None,
    hits: list[str] | None,
    loudness: str | None,
    keep_audio: bool | None = None,
) -> Wishes:
    return Wishes(
        seed=seed,
        duration=None if duration is None else words.clock(duration),
        bpm=None if bpm is None else exactly(bpm, "The tempo"),
        key=key,
        genre=genre,
        mood=mood,
        instruments=_listed(instruments),
        without=_listed(without),
        loudness=loudness,
        hits=tuple(hits or ()),
        audio=None if keep_audio is None else ("keep" if keep_audio else "replace"),
    )


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(item.strip() for item in (text or "").replace("，", ",").split(",") if item.strip())


@app.command()
def score(
    video: Video,
    prompt: Prompt = "",
    output: Output = None,
    seed: Seed = 1,
    duration: Duration = None,
    bpm: Bpm = None,
    key: Key = None,
    genre: Genre = None,
    mood: Mood = None,
    instruments: Instruments = None,
    without: Without = None,
    hit: Hits = None,
    variations: Variations = 1,
    loudness: Loudness = None,
    keep_audio: KeepAudio = None,
    bundle: Bundle = None,
    report: Report = None,
    force: Force = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score a video: music composed to its cuts, mood and length, under its speech.

    The picture is copied, not re-encoded. Example: [bold]reelscore score clip.mp4 "warm lo-fi"[/bold]
    """
    from reelscore.pipeline import Order, score_video

    wishes = _wishes(seed, duration, bpm, key, genre, mood, instruments, without, hit, loudness, keep_audio)
    order = Order(prompt, wishes, output, variations, bundle, report, force)
    with watching(quiet) as watch:
        takes = score_video(video, order, watch)
    typer.echo(words.deliveries(takes, as_json))


@app.command()
def compose(
    prompt: Prompt,
    output: Output = None,
    seed: Seed = 1,
    duration: Duration = None,
    bpm: Bpm = None,
    key: Key = None,
    genre: Genre = None,
    mood: Mood = None,
    instruments: Instruments = None,
    without: Without = None,
    hit: Hits = None,
    variations: Variations = 1,
    loudness: Loudness = None,
    bundle: Bundle = None,
    report: Report = None,
    force: Force = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compose a track from words, as .wav, .flac, .mp3, .m4a, .ogg or .opus.

    Example: [bold]reelscore compose "60-second lo-fi, no drums in the intro" -o track.wav[/bold]
    """
    from reelscore.pipeline import Order, compose_bed

    wishes = _wishes(seed, duration, bpm, key, genre, mood, instruments, without, hit, loudness)
    order = Order(prompt, wishes, output, variations, bundle, report, force)
    with watching(quiet) as watch:
        takes = compose_bed(order, watch)
    typer.echo(words.deliveries(takes, as_json))


@app.command()
def brief(
    prompt: Prompt = "",
    video: Annotated[Path | None, typer.Argument(help="A video to read as well.")] = None,
    seed: Seed = 1,
    duration: Duration = None,
    bpm: Bpm = None,
    key: Key = None,
    genre: Genre = None,
    mood: Mood = None,
    instruments: Instruments = None,
    without: Without = None,
    hit: Hits = None,
    loudness: Loudness = None,
    keep_audio: KeepAudio = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what was understood, and why. Nothing is made."""
    from reelscore.pipeline import Order, brief_for

    wishes = _wishes(seed, duration, bpm, key, genre, mood, instruments, without, hit, loudness, keep_audio)
    with watching(quiet or video is None) as watch:
        understood = brief_for(Order(prompt, wishes), video, watch)
    typer.echo(words.brief(understood, as_json))


@app.command()
def inspect(
    media: Annotated[Path, typer.Argument(help="A video or audio file.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what is seen and heard: shots, motion, mood, speech, loudness."""
    from reelscore.pipeline import inspect_media

    with watching(quiet) as watch:
        reading = inspect_media(media, watch)
    typer.echo(words.reading(reading, as_json))


@app.command()
def doctor(
    warm: Annotated[bool, typer.Option("--warm", help="Compile the sound kernels now, so first use is fast.")] = False,
    as_json: Json = False,
) -> None:
    """Show what is installed, what is missing, and how to get it."""
    from reelscore import catalogue

    if warm:
        typer.echo("Compiling the kernels (once, up to a minute)...", err=True)
        catalogue.warm()
    checks = catalogue.health()
    typer.echo(words.checks(checks, as_json))
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(2)


def _version(asked: bool) -> None:
    if asked:
        from reelscore.catalogue import version

        typer.echo(f"reelscore {version()}")
        raise typer.Exit()


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Music composed to picture. Score a video, or write a track, in seconds, offline."""


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


def _say_cancelled() -> NoReturn:
    print(words.one_line(str(CancelledError())), file=sys.stderr)
    sys.exit(130)


def main() -> None:
    """Run the command line; every foreseen failure is one line and exit code 2."""
    signal.signal(signal.SIGTERM, _stop)
    gc.disable()  # one command, one result: collecting cycles only costs time
    try:
        app()
    except ReelscoreError as error:
        if isinstance(error, CancelledError):
            _say_cancelled()
        print(f"reelscore: {words.one_line(str(error))}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        _say_cancelled()
    except SystemExit as end:
        if end.code == 130:  # the command's own answer to Ctrl-C
            _say_cancelled()
        raise
    except MemoryError:
        print("reelscore: not enough memory for this. Close other programs, or take a shorter film.", file=sys.stderr)
        sys.exit(2)
