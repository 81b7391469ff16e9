"""Commands that are talked to: `chat`, the whole conversation in a terminal, and `parse`, what one message means."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelscore.edges.cli import words
from reelscore.edges.cli.display import STOPPED, watching
from reelscore.edges.cli.options import Json, Quiet
from reelscore.errors import DataError, ReelscoreError, shown
from reelscore.values.command import Said

if TYPE_CHECKING:
    from reelscore.edges.cli.conversation import Conversation
    from reelscore.values.message import Asked, Meaning, Reply
    from reelscore.values.progress import Watch
    from reelscore.values.timeline import Timeline

_LEAVE = {
    "quit",
    "exit",
    "bye",
    "goodbye",
    "q",
    ":q",
    "退出",
    "再见",
    "离开",
    "salir",
    "adiós",
    "quitter",
    "beenden",
    "sair",
}
_NEW, _AGAIN = Said("New project {}", "新项目 {}"), Said("Going on with {}", "继续项目 {}")
_NOT_KEPT = Said("Nothing was done, so no project was kept.", "没有做任何操作，因此未保留项目。")
_HOW = Said(
    'Say what you want, in your own words; "help" shows what there is, "quit" leaves.',
    "直接说出想要的效果；“帮助”显示能做什么，“退出”结束。",
)
_IDLE = Said(
    'Nothing is under way. "quit" leaves; so does Ctrl-C again.', "没有正在进行的工作。输入“退出”或再按 Ctrl-C 结束。"
)
_LONGEST_LINE = 1_000_000  # letters


def parse(
    message: Annotated[str, typer.Argument(help="What a person says.")],
    timeline: Annotated[
        Path | None, typer.Option(help="For this timeline: a project, or a .json timeline, draft or history.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a message means: the typed edits, brief or action. Nothing is done.

    Example: [bold]reelscore parse "music to 35%, then export" --json[/bold]
    """
    from reelscore.edges.agent import ask
    from reelscore.values.message import Context

    held = _timeline(timeline)
    meaning = ask.meaning(message, held, Context(), planner=ask.planner_from(os.environ))
    typer.echo(_as_json(meaning, held) if as_json else "\n".join(_lines(meaning, held)))


def _timeline(place: Path | None) -> Timeline:
    from reelscore.conversing import timeline_in
    from reelscore.edges.storage.project import SUFFIX, Project
    from reelscore.values.timeline import Timeline

    if place is None:
        return Timeline()
    if place.is_dir() or place.with_name(place.name + SUFFIX).is_dir():
        return Project.open(place).history.timeline
    try:
        return timeline_in(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(f"{shown(place)} cannot be read: {fault}.", "Give a project or a .json timeline.") from None


def _as_json(meaning: Meaning, timeline: Timeline) -> str:
    from reelscore.values.codec import to_json

    return json.dumps({**to_json(meaning), "briefs": _briefs(meaning, timeline)}, ensure_ascii=False, indent=1)


def _briefs(meaning: Meaning, timeline: Timeline) -> list[object]:
    """What each step that asks for music understood of it."""
    from reelscore.conversing import brief_of
    from reelscore.values.codec import to_json

    found: list[object] = []
    for step in meaning.edits:
        try:
            brief = brief_of(step, timeline)
        except ReelscoreError as error:
            found.append({"error": str(error)})
            continue
        if brief is not None:
            found.append(to_json(brief))
    return found


def _lines(meaning: Meaning, timeline: Timeline) -> Iterator[str]:
    from reelscore.conversing import brief_of

    either = "zh" if meaning.language == "zh" else "en"
    for typed, read in meaning.corrected:
        yield f'read      "{words.one_line(typed)}" as "{words.one_line(read)}"'
    for asked in meaning.steps:
        yield f"{_kind(asked):<9} {_step(asked)}"
    for step in meaning.edits:
        with contextlib.suppress(ReelscoreError):
            brief = brief_of(step, timeline)
            if brief is not None:
                yield words.brief(brief, False)
    for asked in meaning.withheld:
        yield f"{'withheld':<9} {_step(asked)}"
    for missed in meaning.missed:
        why = missed.why.in_language(either)
        yield f"{'unclear':<9} {words.one_line(missed.words)}: {words.one_line(why)}"
    if meaning.question is not None:
        yield f"{'question':<9} {words.one_line(meaning.question.text.in_language(either))}"
        for n, option in enumerate(meaning.question.options, 1):
            yield f"{'':<9} {n}. {words.one_line(option.label.in_language(either))}"
    if not (meaning.steps or meaning.withheld or meaning.missed or meaning.question):
        yield "nothing"
    yield f"{'language':<9} {meaning.language}, {meaning.confidence:.0%} sure"


def _kind(asked: Asked) -> str:
    return "edit" if hasattr(asked, "command") else "action"


def _step(asked: Asked) -> str:
    name = getattr(asked, "command", "") or getattr(asked, "name", "")
    args = " ".join(f"{key}={words.one_line(str(value))!r}" for key, value in asked.args)
    return f"{name} {args}".strip()


def chat(
    media: Annotated[list[Path] | None, typer.Argument(help="Videos, pictures and sound to begin with.")] = None,
    project: Annotated[str, typer.Option(help="The project to go on with, or the name of a new one.")] = "",
    quiet: Quiet = False,
) -> None:
    """Talk to a project: say what the film should be like, and it is done. Every version is kept.

    Example: [bold]reelscore chat beach.mp4 city.mp4[/bold]
    """
    from reelscore.edges.agent import ask
    from reelscore.edges.cli.conversation import Conversation, leave, opened

    gc.enable()
    signal.signal(signal.SIGTERM, _end)

    def watch(frames: int) -> AbstractContextManager[Watch]:
        STOPPED.clear()
        return watching(quiet, frames)

    held, new = opened(media or [], project, watch)
    language = own_language(os.environ)
    talk = Conversation(held, watch, ask.planner_from(os.environ), language)
    try:
        _say((_NEW if new else _AGAIN).in_language(language).format(held.folder))
        if not new and media:
            further = [path for path in media if path.name not in {medium.name for medium in talk.media.values()}]
            _tell(talk.said(" ".join(f'"{path}"' for path in further)) if further else talk.opening())
        else:
            _tell(talk.opening())
        _loop(talk)
    finally:
        if new and leave(held):
            _say(_NOT_KEPT.in_language(language))


def own_language(environ: Mapping[str, str]) -> str:
    """The language that the person's system speaks, where it is one of ours."""
    said = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return said[:2] if said[:2] in ("zh", "es", "fr", "de", "pt", "ja", "ko") else "en"


def _loop(talk: Conversation) -> None:
    """A line, its answer, the next line; until there are none, or the person leaves."""
    terminal = sys.stdin.isatty()
    if terminal:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (earlier lines with the arrow keys)
        _say(_HOW.in_language(talk.language))
    warned = False
    while True:
        try:
            line = input("\n> ") if terminal else sys.stdin.readline(_LONGEST_LINE)
        except EOFError:
            _say("")
            return
        except KeyboardInterrupt:
            if warned or not terminal:
                return
            warned = True
            _say(f"\n{_IDLE.in_language(talk.language)}")
            continue
        if not line and not terminal:
            return
        warned = False
        if line.strip().lower().rstrip(".!。！") in _LEAVE:
            return
        if line.strip():
            STOPPED.clear()
            _tell(talk.said(line.strip()))
            STOPPED.clear()


def _tell(reply: Reply) -> None:
    _say(reply.text if sys.stdin.isatty() else f"{reply.text}\n")


def _say(text: str) -> None:
    """Text for a person: lines as they are, without what a terminal would take for commands."""
    typer.echo("\n".join(words.one_line(line) for line in text.split("\n")))
    sys.stdout.flush()


def _end(*_: object) -> None:
    raise SystemExit(143)


COMMANDS = (chat, parse)
