"""Any command, read from nothing but its own tables: its words, its parameters' kinds, its choices.

This is what makes a new command file work in conversation without a change here. It also stands in where no reader of
`readers/` has anything to say of a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, targets
from reelscore.values.command import CommandEntry, Param, Plain, Step

_ON = {
    "picture": PICTURE_KINDS, "sounding": (*SOUND_KINDS, "clip"), "text": TEXT_KINDS, "music": ("music",), "clip": ("clip", "image"),
    "media": (*PICTURE_KINDS, *SOUND_KINDS), "audio track": SOUND_KINDS, "video": PICTURE_KINDS, "audio": SOUND_KINDS,
}  # fmt: skip
_QUANTITIES = {
    "seconds": ("seconds", "frames"), "moment": ("seconds", "timecode", "frames"), "percent": ("percent", "number"),
    "decibels": ("decibels",), "degrees": ("degrees", "number"), "number": ("bpm", "fps", "lufs", "number"),
    "factor": ("factor", "percent", "number"), "count": ("times", "parts", "copies", "beats", "count_bars", "number"),
    "bars": ("bars",), "ratio": ("ratio",), "size": ("size",),
}  # fmt: skip
_FILLER = re.compile(
    r"(?<![a-z])(?:the|a|an|please|pls|can|could|you|would|i|want|to|of|in|on|for|it|my|this|that|and|with|by|at|from|over|make|add|put|some|"
    r"apply|use|set|give|me|now|effect|just|do|let|need|like)(?![a-z])|[的了吧请把给加个一下用让在上到为成]|[^\w]"
)
GAP = r"(?:\W+\w+){0,4}?\W+"


class _Phrases:
    """All commands' phrases, found quickly: Latin ones by their words, the others as they stand."""

    def __init__(self, commands: Mapping[str, CommandEntry]) -> None:
        self.commands = commands
        self.latin: dict[str, list[tuple[frozenset[str], re.Pattern[str], int, str]]] = {}
        self.eastern: list[tuple[str, str]] = []
        for name, entry in commands.items():
            for words in (word.lower() for held in entry.words.values() for word in held):
                if words.isascii():
                    self._add(words, name)
                else:
                    self.eastern.append((words, name))

    def _add(self, words: str, name: str) -> None:
        parts = [part for part in words.split() if part not in ("the", "a", "an")] or words.split()
        pattern = re.compile(rf"(?<![a-z0-9]){GAP.join(map(re.escape, parts))}(?![a-z0-9])")
        telling = frozenset(_LATIN.findall(" ".join(parts)))
        if telling:
            self.latin.setdefault(max(telling, key=len), []).append((telling, pattern, len(words), name))

    def said(self, text: str) -> dict[str, tuple[int, tuple[int, int]]]:
        """The commands whose phrases are said, each with the length and place of its longest."""
        found: dict[str, tuple[int, tuple[int, int]]] = {}
        words = set(_LATIN.findall(text))
        for word in words:
            for telling, pattern, length, name in self.latin.get(word, ()):
                if telling <= words and length > found.get(name, (0,))[0] and (match := pattern.search(text)):
                    found[name] = (length, match.span())
        for phrase, name in self.eastern:
            if phrase in text and 2.5 * len(phrase) > found.get(name, (0,))[0]:
                at = text.index(phrase)
                found[name] = (round(2.5 * len(phrase)), (at, at + len(phrase)))
        return found


_LATIN = re.compile(r"[a-z0-9]+")
_built: list[_Phrases] = []


def _phrases(commands: Mapping[str, CommandEntry]) -> _Phrases:
    for held in _built:
        if held.commands is commands:
            return held
    _built.append(_Phrases(commands))
    del _built[:-4]
    return _built[-1]


def commands_said(c: Clause) -> dict[str, int]:
    """The commands whose words are said, with how telling their longest phrase is: most where it begins the clause."""
    return {
        name: length + 20 * (span[0] < 3) for name, (length, span) in _phrases(c.known.commands).said(c.text).items()
    }


def read(c: Clause) -> Iterator[Reading]:
    """A reading for every command whose words are said."""
    for name, (length, span) in _phrases(c.known.commands).said(c.text).items():
        entry = c.known.commands[name]
        args, used = _filled(c, entry)
        score = 0.4 + min(0.2, length * 0.02) + 0.25 * _covered(c, [span, *used])
        if any(param.required and param.name not in args for param in entry.params):
            score -= 0.5  # what only the person can say is not said
        if args.keys() <= {"which"} and not any(e.args.keys() <= {"which"} for e in entry.examples):
            score -= 0.35
        yield Reading((Step(entry.name, tuple(args.items())),), round(score, 3))


def _covered(c: Clause, used: list[tuple[int, int]]) -> float:
    """The share of the telling letters that was read."""
    text = list(c.text)
    for start, end in used:
        text[start:end] = " " * (end - start)
    rest = len(_FILLER.sub("", "".join(text)))
    whole = len(_FILLER.sub("", c.text)) or 1
    return max(0.0, 1 - rest / whole)


def _filled(c: Clause, entry: CommandEntry) -> tuple[dict[str, Plain], list[tuple[int, int]]]:
    """The arguments that the clause gives, each quantity and quotation used once."""
    args: dict[str, Plain] = {}
    used: list[tuple[int, int]] = []
    free = list(c.quantities)
    quotes = list(c.quotes)
    for param in entry.params:
        match param.kind:
            case "segment" | "segments":
                named = targets(c, _kinds(param))
                if named:
                    args[param.name] = named[0]
                used += [(m.start, m.end) for m in c.mentions]
            case "media":
                if mention := c.mention("name"):
                    args[param.name] = mention.said
                    used.append((mention.start, mention.end))
            case "text" | "name":
                if quotes:
                    quoted = quotes.pop(0)
                    args[param.name] = quoted.words
                    used.append((quoted.start, quoted.end))
            case "choice":
                if choice := c.choice(param):
                    args[param.name] = choice.name
                    used += _places(c, (choice.name.replace("_", " "), *choice.en, *choice.zh))
            case "colour":
                if c.colours:
                    args[param.name] = c.colours[0][0]
                    used.append(c.colours[0][1:])
            case "switch":
                if found := patterns.search(
                    rf"(?<![a-z]){re.escape(param.name.replace('_', ' '))}(?![a-z])|{re.escape(param.help.zh)}", c.text
                ):
                    args[param.name] = True
                    used.append(found.span())
            case _:
                if (q := _best(param, free)) is not None:
                    free.remove(q)
                    args[param.name] = plain(q)
                    used.append((q.start, q.end))
    return args, used


def _kinds(param: Param) -> tuple[str, ...]:
    return tuple(kind for on in param.on for kind in _ON.get(on, ())) or (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def _places(c: Clause, words: tuple[str, ...]) -> list[tuple[int, int]]:
    return [match.span() for word in words for match in re.finditer(re.escape(word), c.text)]


def _best(param: Param, free: list[Quantity]) -> Quantity | None:
    """The quantity that fits a parameter best: by its kind, then by its cue."""
    kinds = _QUANTITIES.get(param.kind, ())
    fitting = [q for q in free if q.kind in kinds and _within(param, q)]
    if not fitting:
        return None
    wanted = {"moment": ("at", "from", "first"), "seconds": ("for", "over", "by", "")}.get(param.kind, ())
    named = {
        "start": ("from",),
        "end": ("until",),
        "until": ("until",),
        "to": ("to",),
        "by": ("by",),
        "at": ("at", "from"),
        "duration": ("for", "over", ""),
    }

    def worth(q: Quantity) -> tuple[int, int, int]:
        return (q.cue in named.get(param.name, ()), q.cue in wanted, -kinds.index(q.kind))

    return max(fitting, key=worth)


def _within(param: Param, q: Quantity) -> bool:
    if isinstance(q.value, str) or param.kind in ("seconds", "moment"):
        return True
    low, high = param.low, param.high
    return (low is None or q.value >= low) and (high is None or q.value <= high)
