"""The commands themselves: parse, call the pipeline, print. Nothing is decided here.

Exit codes: 0 done, 2 something the person can mend (one line on standard error says what), 130 stopped by Ctrl-C.
Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated, Any, NoReturn

import typer

from reelscore.edges.cli import display, hosting, music, project, service, talk, words
from reelscore.edges.cli.options import Json
from reelscore.errors import CancelledError, ReelscoreError

app = typer.Typer(
    name="reelscore",
    help="Music composed to picture. Score a video, or write a track, in seconds, offline.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


for _command in (*music.COMMANDS, *project.COMMANDS, *talk.COMMANDS, *service.COMMANDS, *hosting.COMMANDS):
    app.command()(_command)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(project.edit)
app.add_typer(hosting.accounts)


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
    """Stop here; and where a library swallows the exception (a callback, a finaliser), at the next step of progress."""
    display.STOPPED.set()
    raise KeyboardInterrupt


def _say_cancelled() -> NoReturn:
    print(words.one_line(str(CancelledError())), file=sys.stderr)
    sys.exit(130)


def main() -> None:
    """Run the command line; every foreseen failure is one line and exit code 2."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
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
