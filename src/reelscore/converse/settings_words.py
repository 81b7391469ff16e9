"""The words that settings are said with: every command's own names, choices and phrases, and `words/settings.toml`.

A phrase is a row of atoms: Latin words, and Han letters one by one. "fade_in", "fade-in" and "fade in" are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reelscore.converse.concepts import colour_names
from reelscore.converse.tables import table
from reelscore.values.command import Choice, CommandEntry, Param, Said

Atoms = tuple[str, ...]
ATOM = re.compile(r"[a-zà-ÿ]+|\d+|[\u3400-\u9fff]")
_NONE = Said("", "")
END = Param("end", "moment", _NONE)  # where something ends whose length is an argument
LONGEST = 8  # atoms of a phrase


def atoms(words: str) -> Atoms:
    """The atoms of a phrase."""
    return tuple(ATOM.findall(words.lower()))


@dataclass(frozen=True, slots=True)
class Settings:
    """An edit or an action, by what its arguments are called."""

    name: str
    params: tuple[Param, ...]
    action: bool
    untargeted: bool  # may be said without a thing
    bare: bool  # may be said without an argument
    keys: Mapping[Atoms, tuple[Param, ...]]
    choices: Mapping[str, Mapping[Atoms, str]]
    verbs: frozenset[Atoms]

    def param(self, name: str) -> Param | None:
        return next((p for p in self.params if p.name == name), None)

    @property
    def which(self) -> Param | None:
        return next((p for p in self.params if p.kind in ("segment", "segments")), None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that settings may be said of, and the phrases that select them."""

    entries: Mapping[str, Settings]
    verbs: Mapping[Atoms, tuple[str, ...]]
    names: frozenset[Atoms]  # every phrase that may be given a value
    free: frozenset[Atoms]  # those that any words may be the value of
    known: frozenset[str]  # every atom that any phrase has


_OWN = (
    "incl",
    "including",
    "between",
    "under",
    "below",
    "trigger",
    "source",
    "instead of",
    "rather than",
    "was",
    "first frame",
    "last frame",
    "首尾末帧",
    "色",
    "frame",
)  # read by place
_built: list[tuple[Mapping[str, CommandEntry], Lexicon]] = []


def lexicon(commands: Mapping[str, CommandEntry]) -> Lexicon:
    """The words for these commands, and for the actions. Built once."""
    for held, made in _built:
        if held is commands:
            return made
    entries = {name: _edit(entry) for name, entry in commands.items()} | {s.name: s for s in _actions()}
    verbs: dict[Atoms, list[str]] = {}
    for name, entry in entries.items():
        for phrase in entry.verbs:
            verbs.setdefault(phrase, []).append(name)
    for names, pair in table("settings")["verbs"].items():
        if "+" in names:
            for phrase in pair:
                verbs[atoms(phrase)] = names.split("+")
    every: set[Atoms] = {
        *map(atoms, _OWN),
        *verbs,
        *small(),
        *named("switch"),
        *named("moment"),
        *map(atoms, colour_names()),
    }
    for entry in entries.values():
        every.update(entry.keys, *entry.choices.values())
    known = frozenset(atom for phrase in every for atom in phrase)
    free = frozenset(
        phrase for entry in entries.values() for phrase, ps in entry.keys.items() if ps[0].kind in ("name", "text")
    )
    names = frozenset({*verbs, *(phrase for entry in entries.values() for phrase in entry.keys)})
    _built.append(
        (commands, Lexicon(entries, {phrase: tuple(held) for phrase, held in verbs.items()}, names, free, known))
    )
    del _built[:-4]
    return _built[-1][1]


def _edit(entry: CommandEntry) -> Settings:
    own = {word for held in entry.words.values() for word in held}
    which = next((p for p in entry.params if p.kind in ("segment", "segments")), None)
    shown = [set(example.args) for example in entry.examples]
    return Settings(
        entry.name, entry.params, False,
        which is None or (not which.required and (which.default is None or any(which.name not in args for args in shown))),
        any(args <= {"which"} for args in shown),
        _keys(entry.name, entry.params), _choices(entry.name, entry.params), _verbs(entry.name, own),
    )  # fmt: skip


def _verbs(name: str, own: set[str]) -> frozenset[Atoms]:
    said = {word for word in own if set(atoms(name)) <= set(atoms(word)) and len(atoms(word)) < 4}
    more = [word for names, words in table("settings")["verbs"].items() if name in names.split("+") for word in words]
    return frozenset(filter(None, map(atoms, {name, *said, *more})))


def _keys(command: str, params: tuple[Param, ...]) -> Mapping[Atoms, tuple[Param, ...]]:
    held = table("settings")["keys"]
    found: dict[Atoms, list[Param]] = {}
    for param in params:
        if param.kind in ("segment", "segments"):
            continue
        own = held.get(f"{command}.{param.name}", held.get(param.name, ()))
        for words in (param.name, *own):
            found.setdefault(atoms(words), []).append(param)
    if {"at", "duration"} <= {p.name for p in params} and "end" not in {p.name for p in params}:
        for words in ("end", *held["end"]):
            found.setdefault(atoms(words), []).append(END)
    return {phrase: tuple(dict.fromkeys(named)) for phrase, named in found.items() if phrase}


def _choices(command: str, params: tuple[Param, ...]) -> Mapping[str, Mapping[Atoms, str]]:
    more = table("settings")["choices"]
    found: dict[str, dict[Atoms, str]] = {}
    for param in params:
        if f"{command}.{param.name}" in table("settings")["read"]["never"]:
            continue
        extra = more.get(f"{command}.{param.name}", more.get(param.name, {}))
        for choice in param.choices:
            for words in (choice.name, *choice.en, *choice.zh, *extra.get(choice.name, ())):
                found.setdefault(param.name, {}).setdefault(atoms(words), choice.name)
    return found


def _actions() -> Iterator[Settings]:
    formats = tuple(Choice(name) for name in table("actions")["export"]["formats"])
    qualities = tuple(Choice(name) for name in table("actions")["export"]["qualities"])
    shapes: dict[str, tuple[Param, ...]] = {
        "export": (
            Param("format", "choice", _NONE, choices=formats), Param("resolution", "size", _NONE),
            Param("quality", "choice", _NONE, choices=qualities), Param("shape", "ratio", _NONE),
            Param("frame_rate", "number", _NONE), Param("start", "moment", _NONE), Param("end", "moment", _NONE),
            Param("name", "name", _NONE),
        ),
        "undo": (Param("count", "count", _NONE),), "redo": (Param("count", "count", _NONE),),
        "restore": (Param("version", "name", _NONE, required=True),),
        "diff": (Param("a", "count", _NONE, required=True), Param("b", "count", _NONE)),
        "name_version": (Param("name", "name", _NONE, required=True),),
        "status": (), "versions": (), "credits": (),
    }  # fmt: skip
    for name, params in shapes.items():
        bare = not any(param.required for param in params)
        yield Settings(name, params, True, True, bare, _keys(name, params), _choices(name, params), _verbs(name, set()))


@cache
def small() -> frozenset[Atoms]:
    """What says nothing of its own."""
    return frozenset(atoms(words) for words in table("settings")["read"]["small"])


@cache
def named(kind: str) -> Mapping[Atoms, str]:
    """Yes and no, and the moments that have a name."""
    held = table("settings")["read"]
    if kind == "switch":
        return {atoms(word): answer for answer in ("yes", "no") for word in held[answer]}
    return {atoms(word): moment for moment, words in held["moments"].items() for word in words}
