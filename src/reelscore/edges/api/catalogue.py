"""What there is to ask for: edit commands with the JSON Schema of their arguments, genres, moods, instruments, formats.

All of it derives from the code's own tables and changes only with the version, so it carries an ETag and may be kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from reelscore.catalogue import version, vocabulary
from reelscore.edges.api.looking import ACCEPTED
from reelscore.editing import command, commands, offered, schema_of
from reelscore.values.command import CommandEntry
from reelscore.values.message import ACTIONS

router = APIRouter(prefix="/v1", tags=["catalogue"])

Search = Annotated[str, Query(max_length=100, description="Only those that this finds.", examples=["volume"])]
IfNoneMatch = Annotated[str, Header(max_length=500, description="An ETag from before: unchanged is answered with 304.")]


class CommandShape(BaseModel):
    """An edit command: its arguments as JSON Schema, the words that mean it, an example."""

    name: Annotated[str, Field(examples=["volume"])]
    group: Annotated[str, Field(examples=["sound"])]
    help: dict[str, str]
    arguments: dict[str, Any]
    words: dict[str, list[str]]
    examples: list[dict[str, Any]]


class Commands(BaseModel):
    """All edit commands, and what else a message may ask for, with the arguments each takes."""

    version: Annotated[str, Field(examples=["0.1.0"])]
    commands: list[CommandShape]
    actions: dict[str, list[str]]


class Named(BaseModel):
    """Something that can be named in a message, and the words that select it."""

    name: Annotated[str, Field(examples=["lofi"])]
    title: Annotated[str, Field(examples=["Lo-fi"])]
    words: list[str]
    facts: dict[str, Any]


class Names(BaseModel):
    """Everything of one kind."""

    items: list[Named]


class Formats(BaseModel):
    """What can be made of a timeline, and what may be chosen."""

    formats: dict[str, list[str]]
    resolutions: list[str]
    shapes: list[str]
    qualities: list[str]
    uploads: Annotated[list[str], Field(examples=[["mp4", "mov", "wav"]])]


@router.get("/commands", response_model=Commands)
def list_commands(search: Search = "", if_none_match: IfNoneMatch = "") -> Response:
    """Every edit command with the JSON Schema of its arguments."""
    return _kept("commands", search, if_none_match)


@router.get("/commands/{name}", response_model=CommandShape)
def read_command(name: str) -> CommandShape:
    """One edit command."""
    return _command(command(name[:100].replace("-", "_")))


@router.get("/genres", response_model=Names)
def list_genres(search: Search = "", if_none_match: IfNoneMatch = "") -> Response:
    """Every genre, its tempo and the words that select it."""
    return _kept("genres", search, if_none_match)


@router.get("/moods", response_model=Names)
def list_moods(search: Search = "", if_none_match: IfNoneMatch = "") -> Response:
    """Every mood and the words that select it."""
    return _kept("moods", search, if_none_match)


@router.get("/instruments", response_model=Names)
def list_instruments(search: Search = "", if_none_match: IfNoneMatch = "") -> Response:
    """Every instrument by family and the words that select it."""
    return _kept("instruments", search, if_none_match)


@router.get("/formats", response_model=Formats)
def list_formats(if_none_match: IfNoneMatch = "") -> Response:
    """What can be exported, and what may be uploaded."""
    return _kept("formats", "", if_none_match)


def _kept(what: str, search: str, seen: str) -> Response:
    body, tag = _found(what, search) if search else _whole(what)
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
    if tag in [part.strip().removeprefix("W/") for part in seen.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


@cache
def _whole(what: str) -> tuple[bytes, str]:
    return _packed(_MADE[what]())


def _found(what: str, search: str) -> tuple[bytes, str]:
    wanted = search.lower()
    made = dict(_MADE[what]())
    for key in ("items", "commands"):
        if key in made:
            made[key] = [one for one in made[key] if wanted in json.dumps(one, ensure_ascii=False).lower()]
    return _packed(made)


def _packed(made: Mapping[str, Any]) -> tuple[bytes, str]:
    body = json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _commands() -> Mapping[str, Any]:
    known = [_command(entry).model_dump() for entry in commands().values()]
    return {"version": version(), "commands": known, "actions": {name: list(args) for name, args in ACTIONS.items()}}


def _command(entry: CommandEntry) -> CommandShape:
    return CommandShape(
        name=entry.name, group=entry.group, help={"en": entry.help.en, "zh": entry.help.zh},
        arguments=schema_of(entry), words={language: list(words) for language, words in entry.words.items()},
        examples=[{"en": e.en, "zh": e.zh, "arguments": dict(e.args), "does": e.does} for e in entry.examples],
    )  # fmt: skip


def _genres() -> Mapping[str, Any]:
    return _names(
        (g.name, g.title, g.words, {
            "tempo": list(g.tempo), "meters": list(g.meters), "valence": g.valence, "arousal": g.arousal,
            "instruments": {role: list(names) for role, names in g.instruments.items()},
        })
        for g in vocabulary().genres.values()
    )  # fmt: skip


def _moods() -> Mapping[str, Any]:
    return _names(
        (m.name, m.name.replace("_", " "), m.words, {"valence": m.valence, "arousal": m.arousal})
        for m in vocabulary().moods.values()
    )


def _instruments() -> Mapping[str, Any]:
    return _names(
        (i.name, i.name.replace("_", " "), i.words, {"family": i.family}) for i in vocabulary().instruments.values()
    )


def _names(rows: Any) -> Mapping[str, Any]:
    made: list[tuple[str, str, Sequence[str], Mapping[str, Any]]] = list(rows)
    return {"items": [{"name": n, "title": t, "words": list(w), "facts": dict(f)} for n, t, w, f in made]}


def _formats() -> Mapping[str, Any]:
    there = offered()
    return {
        "formats": {kind: list(names) for kind, names in there.formats.items()},
        "resolutions": list(there.resolutions), "shapes": list(there.shapes), "qualities": list(there.qualities),
        "uploads": list(ACCEPTED),
    }  # fmt: skip


_MADE: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "commands": _commands, "genres": _genres, "moods": _moods, "instruments": _instruments, "formats": _formats,
}  # fmt: skip
