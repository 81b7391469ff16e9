"""The options that commands share, each written once.

A command takes `wishes: Wishes` and `result: Result`; `takes_options` gives the command line their single options
instead and puts what was typed together again.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.models import ArgumentInfo

from reelscore.edges.cli.typed import check_takes, clock
from reelscore.values.brief import Wishes
from reelscore.values.time import exactly

_MUSIC, _OUT = "Music", "Output"


def _starting(kind: str) -> Callable[[str], list[str]]:
    """Completion from the catalogue's genres or moods."""

    def complete(typed: str) -> list[str]:
        from reelscore.catalogue import vocabulary

        return [name for name in getattr(vocabulary(), kind) if name.startswith(typed)]

    return complete


def _music(help: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=_MUSIC, **more)


def _out(help: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=_OUT, **more)


Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.", rich_help_panel=_OUT)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.", rich_help_panel=_OUT)]
Force = Annotated[bool, typer.Option("--force", "-f", help="Overwrite files that exist.", rich_help_panel=_OUT)]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where the result goes.", rich_help_panel=_OUT)]

# name -> (type with its option, default)
WISHES: Mapping[str, tuple[Any, Any]] = {
    "seed": (Annotated[int, _music("Same seed, same music, byte for byte.")], 1),
    "duration": (Annotated[str | None, _music('Length: "60", "1:30". A video keeps its own.')], None),
    "bpm": (Annotated[float | None, _music("Tempo, held exactly.")], None),
    "key": (Annotated[str | None, _music('"C major", "F#m", "D dorian".')], None),
    "meter": (Annotated[str | None, _music('"4/4", "3/4", "2/4", "6/8", "5/4", "7/8"...')], None),
    "genre": (
        Annotated[
            str | None,
            _music('By name: "lofi", "house"... See `reelscore genres`.', autocompletion=_starting("genres")),
        ],
        None,
    ),
    "mood": (
        Annotated[str | None, _music('"calm", "epic"... See `reelscore moods`.', autocompletion=_starting("moods"))],
        None,
    ),
    "curve": (Annotated[str | None, _music('How it goes: "calm, builds from 0:20", "0:00 0.3, 0:20 0.9".')], None),
    "energy": (Annotated[float | None, _music("0 still .. 1 full.")], None),
    "density": (Annotated[float | None, _music("0 few notes .. 1 many.")], None),
    "instruments": (Annotated[str | None, _music('Must play: "felt_piano,strings".')], None),
    "without": (Annotated[str | None, _music('Must not play: "drums,vocals".', "--no")], None),
    "hits": (
        Annotated[
            list[str] | None,
            _music("A moment the music must mark: 12.5 or timecode 00:00:12:15. Repeat it.", "--hit"),
        ],
        None,
    ),
    "loudness": (
        Annotated[str | None, _out("LUFS (-14), or youtube, tiktok, podcast, broadcast-ebu, broadcast-atsc.")],
        None,
    ),
}
LOOP: Mapping[str, tuple[Any, Any]] = {
    "loop": (
        Annotated[bool | None, _music("Whole bars that close without a seam, no ending.", "--loop")],
        None,
    ),
}
AUDIO: Mapping[str, tuple[Any, Any]] = {
    "audio": (
        Annotated[
            bool | None,
            _out(
                "The video's own sound: keep it under or over the music, or drop it. Left open, speech is kept.",
                "--keep-audio/--replace-audio",
            ),
        ],
        None,
    ),
}
RESULT: Mapping[str, tuple[Any, Any]] = {
    "output": (Output, None),
    "variations": (Annotated[int, _music("How many takes, each its own: 1 to 20.")], 1),
    "bundle": (Annotated[Path | None, _out("Also a folder of mix, stems, MIDI, markers, score, provenance.")], None),
    "report": (Annotated[Path | None, _out("Also a report (.json or .txt): every hit, its error in ms.")], None),
    "sounds": (
        Annotated[str, _music('Your own sounds: a folder, .sf2, .sf3 or .sfz; "system": the best font found.')],
        "",
    ),
    "force": (Force, False),
}


@dataclass(frozen=True, slots=True)
class Result:
    """Where results go, and how many."""

    output: Path | None
    variations: int
    bundle: Path | None
    report: Path | None
    sounds: str
    force: bool

    @property
    def places(self) -> tuple[Path | None, int, Path | None, Path | None, bool, str]:
        """As an Order takes them."""
        return self.output, self.variations, self.bundle, self.report, self.force, self.sounds


def takes_options(*groups: Mapping[str, tuple[Any, Any]]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For a command with `wishes` (and `result`): the command line shows the single options of these groups."""
    table = {name: option for group in groups for name, option in group.items()}
    wanted = [name for name in table if name in Wishes.__dataclass_fields__]
    results = [name for name in table if name in Result.__dataclass_fields__]

    def around(command: Callable[..., None]) -> Callable[..., None]:
        plain = inspect.signature(command, eval_str=True).parameters

        @wraps(command)
        def call(**typed: Any) -> None:
            filled: dict[str, Any] = {"wishes": wishes_of(**{name: typed.pop(name) for name in wanted})}
            if "result" in plain:
                filled["result"] = Result(**{name: typed.pop(name) for name in results})
                check_takes(filled["result"].variations)
            command(**typed, **filled)

        shown = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in table.items()
        ]
        kept = [p.replace(kind=p.KEYWORD_ONLY) for p in plain.values() if p.name not in ("wishes", "result")]
        arguments = [p for p in kept if any(isinstance(m, ArgumentInfo) for m in p.annotation.__metadata__)]
        parameters = [*arguments, *shown, *(p for p in kept if p not in arguments)]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        call.__annotations__ = {p.name: p.annotation for p in parameters}
        return call

    return around


def wishes_of(**typed: Any) -> Wishes:
    """What was typed, as wishes. Raises BriefError for lengths and tempi that are none."""
    if typed.get("duration") is not None:
        typed["duration"] = clock(typed["duration"])
    if typed.get("bpm") is not None:
        typed["bpm"] = exactly(typed["bpm"], "The tempo")
    for name in ("instruments", "without"):
        typed[name] = listed(typed.get(name))
    typed["hits"] = tuple(typed.get("hits") or ())
    if isinstance(typed.get("audio"), bool):
        typed["audio"] = "keep" if typed["audio"] else "replace"
    return Wishes(**typed)


def listed(text: str | None) -> tuple[str, ...]:
    """ "a, b，c" as names."""
    return tuple(item.strip() for item in (text or "").replace("，", ",").split(",") if item.strip())
