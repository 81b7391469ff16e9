"""Settings bound to a command: each token becomes an argument by its name, its kind or its choice, or nothing is bound.

Strict on purpose: a word that is no name, value or small word of this command means that something else was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from reelscore.converse.clause import Clause
from reelscore.converse.clause import plain as plain_quantity
from reelscore.converse.concepts import colour_names
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.scene import plain_name, stem
from reelscore.converse.settings_tokens import Token, longest
from reelscore.converse.settings_values import RELATIVE, TAKES, Value, parameter
from reelscore.converse.settings_words import END, Atoms, Settings, atoms, named, small
from reelscore.values.command import Param, Plain

RAW = tuple(map(atoms, ("without", "no", "exclude", "不含", "as", "命名", "name", "version", "v", "版本", "tag")))
_ENDS_RAW = re.compile(r" *(?:[,;(){}\n]|(?<!\d)\.(?: |$)|[a-z_]+ ?(?::=|[=:])|→|->|(?:at|for|from) \d|$)")


@dataclass(slots=True)
class Bound:
    """The arguments of one command, the things it is said of, and whether a word of its own was said."""

    entry: Settings
    args: dict[str, Plain] = field(default_factory=dict)
    things: list[Mention] = field(default_factory=list)
    told: bool = False

    @property
    def complete(self) -> bool:
        """Is all said that has to be?"""
        which = self.entry.which
        lacking = any(p.required and p.name not in self.args and p is not which for p in self.entry.params)
        return not lacking and (bool(self.args) or self.entry.bare)


def bind(entry: Settings, held: Sequence[Token], c: Clause) -> Bound | None:
    """All of the tokens as settings of this command; None where one of them is not."""
    return _Binder(entry, held, c).bound()


class _Binder:
    def __init__(self, entry: Settings, held: Sequence[Token], c: Clause) -> None:
        self.entry, self.held, self.c = entry, held, c
        self.made = Bound(entry)
        self.key: tuple[Param, ...] = ()
        self.op = ""
        self.sign = ""
        self.between = False

    def bound(self) -> Bound | None:
        at = 0
        while at < len(self.held):
            after = self._one(at)
            if after is None:
                return None
            at = after
        if self.key and not self._switch(self.key, "yes"):
            return None
        if self.made.things and self.entry.which is None:
            return None
        if END.name in self.made.args and self.entry.param(END.name) is None:
            return self._until()
        return self.made

    def _until(self) -> Bound | None:
        """ "start=30s, end=33s" of what has a length."""
        args = self.made.args
        start, end = args.get("at", 0), args.pop(END.name)
        if (
            not isinstance(start, (int, float))
            or not isinstance(end, (int, float))
            or "duration" in args
            or end <= start
        ):
            return None
        args["duration"] = round(end - start, 6)
        return self.made

    def _one(self, at: int) -> int | None:
        token = self.held[at]
        match token.kind:
            case "sep":
                if self.key and not self._switch(self.key, "yes"):
                    return None
                return self._end(at + 1)
            case "glue":
                return at + 1
            case "op":
                self.op = str(token.value)
                return at + 1
            case "sign":
                self.sign = str(token.value)
                return at + 1
            case "quantity" if self.key and self.op and self.key[0].kind in ("name", "text", "bars"):
                return self._raw(at)
            case "quantity":
                return self._end(at + 1) if self._quantity(token.quantity) else None
            case "range":
                return self._end(at + 1) if self._range(*token.value) else None  # type: ignore[misc]
            case "colour":
                return self._end(at + 1) if self._put("colour", str(token.value)) else None
            case "quote":
                return self._end(at + 1) if self._quote(str(token.value)) else None
            case "thing":
                return self._things(at)
        return self._word(at)

    def _end(self, at: int) -> int:
        self.key, self.op, self.sign = (), "", ""
        return at

    def _open(self, *kinds: str) -> list[Param]:
        among = self.key or self.entry.params
        return [p for p in among if p.kind in kinds and p.name not in self.made.args]

    def _put(self, kind: str, value: Plain) -> bool:
        params = self._open(kind)
        if params:
            self.made.args[params[0].name] = value
            self.made.told = self.made.told or bool(self.key)
        return bool(params)

    def _things(self, at: int) -> int | None:
        token = self.held[at]
        words = [Token("word", 0, 0, word) for word in atoms(self.c.text[token.start : token.end])]
        if self.key and self.key[0].kind in ("choice", "name"):
            return self._raw(at) if self.key[0].kind == "name" else self._end(at + 1) if self._choice(words) else None
        lead = next((one.value for one in reversed(self.held[:at]) if one.kind != "glue"), "")
        if lead in ("incl", "including") and self.entry.param("cut_music"):
            self.made.args["cut_music"] = True
            return at + 1
        if lead in ("under", "below", "trigger", "source") and self.entry.name == "duck":
            return at + 1  # the voice that is spoken of is always meant
        if self.entry.name == "generate_music" and token.things[0].kind == "music":
            return at + 1
        media = self._open("media")
        which = self.entry.which
        file = next((m for m in token.things if self.c.scene.media_named(plain_name(m.said)) or not m.things), None)
        if media and file is not None and (self.key or which is None or self.made.things):
            self.made.args[media[0].name] = file.said
            return self._end(at + 1)
        if (which is None and not media) or self.key:
            return None
        plural = self.c.text[token.start : token.end].endswith("s")
        things = [replace(m, every=True) if plural and m.bare and len(m.things) > 1 else m for m in token.things]
        self.made.things = [*([] if self.between else self.made.things), *things]
        self.between = False
        return at + 1

    def _word(self, at: int) -> int | None:
        entry, held = self.entry, self.held
        if self.key and (after := self._value(at)):
            return after
        if self.key and not self._switch(self.key, "yes"):
            return None
        self.key = ()
        key = longest(entry.keys, held, at)
        chosen = self._chosen(at)
        verb = longest(entry.verbs, held, at)
        reach = max(one[1] for one in (key, chosen, verb, (0, 0)) if one)
        if key and key[0] in small() and not self._is_op(key[1]) and (not self.made.told or verb):
            key = None
        if key and key[1] == reach and (self._means_key(*key) or (not verb and not chosen)):
            self.key = entry.keys[key[0]]
            self.made.told = True
            if key[0] in RAW and self.key[0].kind in ("name", "text") and not self._is_op(key[1]):
                return self._raw(key[1])
            return key[1]
        own = verb is not None and verb[0] == atoms(entry.name) and not self.made.told
        if chosen and chosen[1] == reach and not (own and verb and verb[1] == reach):
            self._choice(held[at:])
            self.made.told = True
            return self._end(chosen[1])
        if verb and verb[1] == reach:
            self.made.told = True
            return verb[1]
        return self._colour_or_small(at)

    def _colour_or_small(self, at: int) -> int | None:
        colours = _colours()
        if (found := longest(colours, self.held, at)) and self._put("colour", colours[found[0]]):
            end = found[1]
            return self._end(end + (end < len(self.held) and self.held[end].value == "色"))
        if (moment := longest(named("moment"), self.held, at)) and self._moment(named("moment")[moment[0]]):
            return self._end(moment[1])
        yes = longest(named("switch"), self.held, at)
        if yes and self.op and self.made.told and self.entry.bare and named("switch")[yes[0]] == "yes":
            return self._end(yes[1])  # mute: true
        if self.held[at].value == "between" and self.entry.name == "transition":
            return at + 1
        if (
            self.held[at].value == "and"
            and at
            and self.held[at - 1].kind == "thing"
            and self.entry.name == "transition"
        ):
            self.between = True
            return at + 1
        if self.held[at].value in ("incl", "including") and self.entry.param("cut_music"):
            return at + 1
        found = longest(small(), self.held, at)
        return found[1] if found else None

    def _moment(self, name: str) -> bool:
        if params := self._open("moment"):
            self.made.args[params[0].name] = name
        return bool(params)

    def _means_key(self, words: Atoms, end: int) -> bool:
        """Do these words name an argument, though they could be a verb or a choice too?"""
        params = self.entry.keys[words]
        if params[0].kind in ("text", "name") and words not in RAW:
            return end < len(self.held) and self.held[end].kind in ("op", "quote")
        return params[0].kind == "switch" or words in RAW or self._has_value(end, params)

    def _is_op(self, at: int) -> bool:
        return at < len(self.held) and self.held[at].kind == "op"

    def _has_value(self, at: int, key: Sequence[Param] = ()) -> bool:
        """Does a value stand here, or a sign that one follows?"""
        if at >= len(self.held):
            return False
        token = self.held[at]
        return (
            token.kind in ("op", "quantity", "sign", "colour", "quote")
            or (token.kind == "thing" and bool(key) and key[0].kind in ("media", "choice", "name"))
            or (
                token.kind == "word"
                and (self._chosen(at) is not None or longest(small(), self.held, at) is not None)
                and at + 1 < len(self.held)
                and self._has_value(at + 1, key)
            )
        )

    def _value(self, at: int) -> int | None:
        """The words at held[at] as the value of the key that was said."""
        param = self.key[0]
        if param.kind == "switch" and (found := longest(named("switch"), self.held, at)):
            return self._end(found[1]) if self._switch(self.key, named("switch")[found[0]]) else None
        if param.kind == "choice" and (chosen := self._chosen(at)):
            return self._end(chosen[1]) if self._choice(self.held[at:]) else None
        if param.kind == "moment" and (found := longest(named("moment"), self.held, at)):
            return self._end(found[1]) if self._moment(named("moment")[found[0]]) else None
        if param.kind == "colour":
            return self._colour_or_small(at)
        if param.kind in ("name", "text") and self.op:
            return self._raw(at)
        if not self.op and (found := longest(small(), self.held, at)) and self._has_value(found[1], self.key):
            return found[1]
        return None

    def _raw(self, at: int) -> int | None:
        """The words as they were typed, up to the next sign or setting."""
        if self.op in ("+=", "-=") or at >= len(self.held):
            return None
        start = self.held[at].start
        end = _ENDS_RAW.search(self.c.text, start + 1)
        stop = end.start() if end else len(self.c.text)
        words = self.c.said(start, stop).strip(" \"'")
        after = next((n for n, token in enumerate(self.held) if token.start >= stop), len(self.held))
        if not words or after <= at or not self._put(self.key[0].kind, words):
            return None
        return self._end(after)

    def _chosen(self, at: int) -> tuple[tuple[str, ...], int] | None:
        found = [longest(self.entry.choices.get(p.name, {}), self.held, at) for p in self._open("choice")]
        return max((one for one in found if one), key=lambda one: one[1], default=None)

    def _choice(self, held: Sequence[Token]) -> bool:
        best: tuple[int, str, str] | None = None
        for param in self._open("choice"):
            named_by = self.entry.choices.get(param.name, {})
            if (found := longest(named_by, held, 0)) and (best is None or found[1] > best[0]):
                best = (found[1], param.name, named_by[found[0]])
        if best is not None:
            self.made.args[best[1]] = best[2]
        return best is not None

    def _switch(self, key: Sequence[Param], answer: str) -> bool:
        if key[0].kind == "switch":
            self.made.args[key[0].name] = answer == "yes"
        return key[0].kind == "switch"

    def _quote(self, words: str) -> bool:
        if (media := self._open("media")) and any(
            plain_name(words) == plain_name(m.name) for m in self.c.scene.timeline.media
        ):
            self.made.args[media[0].name] = stem(words)
            return True
        for param in self._open("text", "name"):
            self.made.args[param.name] = words
            return True
        return False

    def _range(self, first: Quantity, last: Quantity | str) -> bool:
        names = {p.name for p in self.entry.params if p.name not in self.made.args}
        if {"start", "end"} <= names:
            self.made.args["start"] = plain_quantity(first)
            self.made.args["end"] = last if isinstance(last, str) else plain_quantity(last)
            return True
        if {"at", "duration"} <= names and isinstance(last, Quantity) and _in_seconds(first, last):
            assert isinstance(first.value, Fraction)
            assert isinstance(last.value, Fraction)
            self.made.args["at"] = _number(first.value)
            self.made.args["duration"] = _number(last.value - first.value)
            return last.value > first.value
        return False

    def _quantity(self, q: Quantity) -> bool:
        value = Value(q, self.op, self.sign, bool(self.key), self.c.text[q.start : q.end])
        best = parameter(self.entry, self._open(*TAKES), value, self.made.args.keys())
        if best is None:
            return False
        given = value.of(self.entry, best)
        if value.changes:
            length = self._length() if best.name == "to" and best.kind == "seconds" else None
            if length is not None and isinstance(given, (int, float)):
                given = round(length + given, 6)
            elif self.op in ("+=", "-=") and best.name not in (*RELATIVE, "amount"):
                return False
        self.made.args[best.name] = given
        if q.kind == "count_bars" and best.kind == "count" and self.entry.param("bars"):
            self.made.args["bars"] = True
        return True

    def _length(self) -> float | None:
        """How long the one thing is that is spoken of, in seconds."""
        things = [thing for mention in self.made.things for thing in mention.things]
        return float(things[0].segment.duration) if len(things) == 1 else None


@cache
def _colours() -> Mapping[Atoms, str]:
    return {atoms(word): name for word, name in colour_names().items()}


def _in_seconds(*held: Quantity) -> bool:
    return all(q.kind in ("seconds", "number") and isinstance(q.value, Fraction) for q in held)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 6)
