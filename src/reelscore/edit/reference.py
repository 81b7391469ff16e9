"""The commands told to people: a line of usage, and the reference page. Both come from the commands themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from textwrap import dedent

from reelscore.edit.arguments import FORMS
from reelscore.edit.command import Command
from reelscore.edit.registry import commands
from reelscore.edit.samples import SAMPLES
from reelscore.values.command import Param

GROUPS = {
    "clips": "Clips", "time": "Time", "sound": "Sound", "text": "Text", "picture": "Picture",
    "transitions": "Transitions", "beat": "Beats and markers", "music": "Music",
}  # fmt: skip
_DRAWN = ("before", "after", "speech", "bars", "beats", "cuts")


def usage(command: Command) -> str:
    """The command-line form: `cut_first --seconds SECONDS [--which WHICH]`."""
    return " ".join([command.name, *(_option(param) for param in command.params)])


def option(param: Param) -> str:
    """ "--keep-pitch"."""
    return "--" + param.name.replace("_", "-")


def _option(param: Param) -> str:
    if param.kind == "switch" and param.default is False:
        told = option(param)
    else:
        metavar = "|".join(choice.name for choice in param.choices) or FORMS[param.kind].metavar
        told = f"{option(param)} {metavar}"
    return told if param.required else f"[{told}]"


def reference() -> str:
    """The text of docs/commands.md."""
    held = commands()
    lines = [
        "# Edit commands",
        "",
        "Made from the commands themselves. Every example below runs in the tests and does exactly what it says.",
        "",
        "The timelines the examples start from:",
        "",
        *(f"- **{name}**: {_first_line(made.__doc__)}" for name, made in SAMPLES.items()),
    ]
    for group, title in GROUPS.items():
        lines += ["", f"## {title}"]
        for command in (command for command in held.values() if command.group == group):
            lines += ["", *_page(command)]
    return "\n".join(lines) + "\n"


def _page(command: Command) -> Iterable[str]:
    doc = (sys.modules[command.edit.__module__].__doc__ or "").strip()
    blocks = [dedent(block) for block in doc.split("\n\n")]
    strip = next(block for block in blocks if block.lstrip().startswith(_DRAWN)).splitlines()
    said = " ".join(" ".join(block.split()) for block in blocks if not block.lstrip().startswith(_DRAWN))
    yield from (f"### {command.name}", "", f"{command.help.en} · {command.help.zh}", "", said, "")
    yield from ("```text", *strip, "```", "", "```text", usage(command), "```", "")
    if command.params:
        yield from ("| parameter | kind | meaning | unsaid |", "| --- | --- | --- | --- |")
        for param in command.params:
            yield f"| `{param.name}` | {param.kind} | {_meaning(param)} | {_unsaid(param)} |"
        yield ""
    yield from ("| words | on | does |", "| --- | --- | --- |")
    for example in command.examples:
        yield f"| {_cell(example.en)} · {_cell(example.zh)} | {example.on} | {_cell(example.does)} |"


def _meaning(param: Param) -> str:
    bounds = ""
    if param.kind not in ("text", "name") and (param.low is not None or param.high is not None):
        low, high = ("" if bound is None else f"{bound:g}" for bound in (param.low, param.high))
        bounds = f" ({low} to {high})"
    names = ", ".join(f"`{choice.name}`" for choice in param.choices)
    return _cell(f"{param.help.en}{bounds}{': ' if names else ''}{names}")


def _unsaid(param: Param) -> str:
    if param.required:
        return "needed"
    return "" if param.default is None or param.default == "" else _cell(str(param.default))


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]
