"""The set of messages: one case is a message, the timeline it is said to, and what a sensible person wants by it.

The files `dev/*.toml` may be read by whoever writes the grammar; `kept/*.toml` are kept from them, and only scored.
Once kept cases have been worked on they say nothing about new messages: they move to `dev`, and new ones are written.

    [[case]]
    id = "clips-en-1f0a3"            # theme, language, the beginning of the message's own hash
    on = "clips"                     # a name of timelines.TIMELINES
    say = "bin the 2nd clip pls"
    do = [{ remove = { which = "clip 2" } }]      # edits and actions, in order
    or = [[{ ripple_delete = { which = "clip 2" } }]]   # other readings that are as good
    before = [{ say = "...", do = [...] }]        # messages of the conversation so far
    uploaded = ["beach.mp4"]                      # files that came with the message
    question = true                               # it must be asked what is meant
    missed = true                                 # it cannot be done, and this must be said (with `question`: either)
    nothing = true                                # nothing may be done, whatever is answered
    withheld = ["export"]                         # what the person said not to do
    tags = ["slang"]
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reelscore.values.command import Plain, Step
from reelscore.values.message import ACTIONS, Action, Asked

HERE = Path(__file__).parent
PARTS = ("dev", "kept")
_KNOWN = {"id", "on", "say", "do", "or", "before", "uploaded", "question", "missed", "nothing", "withheld", "tags"}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message of the conversation so far, and what it did."""

    say: str
    do: tuple[Asked, ...]
    question: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A message and what it means. `readings`: those that count as right, the first one is the expected."""

    id: str
    language: str
    part: str
    file: str
    on: str
    say: str
    readings: tuple[tuple[Asked, ...], ...]
    before: tuple[Earlier, ...] = ()
    uploaded: tuple[str, ...] = ()
    question: bool = False
    missed: bool = False
    nothing: bool = False
    withheld: tuple[str, ...] = ()
    tags: tuple[str, ...] = field(default=())

    @property
    def do(self) -> tuple[Asked, ...]:
        return self.readings[0]


def id_of(theme: str, language: str, say: str) -> str:
    """A name that stays as long as the message does."""
    return f"{theme}-{language}-{hashlib.sha256(say.encode()).hexdigest()[:6]}"


def load(part: str = "all") -> tuple[Case, ...]:
    """All cases, or those of one part, in order of their files. Raises ValueError for a case that is not one."""
    parts = PARTS if part == "all" else (part,)
    return tuple(case for name in parts for path in sorted((HERE / name).glob("*.toml")) for case in _cases(path, name))


def _cases(path: Path, part: str) -> Iterator[Case]:
    held = tomllib.loads(path.read_text("utf-8"))
    for row in held["case"]:
        if unknown := set(row) - _KNOWN:
            raise ValueError(f"{path.name}: {row.get('id')}: unknown {sorted(unknown)}")
        readings = tuple(_steps(steps) for steps in (row.get("do", []), *row.get("or", [])))
        before = tuple(
            Earlier(one["say"], _steps(one.get("do", [])), one.get("question", False)) for one in row.get("before", [])
        )
        yield Case(
            row["id"], held["language"], part, path.stem, row["on"], row["say"], readings, before,
            tuple(row.get("uploaded", ())), row.get("question", False), row.get("missed", False),
            row.get("nothing", False), tuple(row.get("withheld", ())), tuple(row.get("tags", ())),
        )  # fmt: skip


def _steps(rows: list[dict[str, dict[str, Plain]]]) -> tuple[Asked, ...]:
    return tuple(asked(name, args) for row in rows for name, args in row.items())


def asked(name: str, args: dict[str, Any]) -> Asked:
    """An edit or an action by name."""
    kind: type[Step] | type[Action] = Action if name in ACTIONS else Step
    return kind(name, tuple(args.items()))
