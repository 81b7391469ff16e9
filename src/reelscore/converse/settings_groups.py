"""A line of settings in its groups, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.settings_bound import Bound, bind
from reelscore.converse.settings_fit import fits
from reelscore.converse.settings_tokens import Token, longest
from reelscore.converse.settings_words import Lexicon, Settings, small
from reelscore.converse.tables import table
from reelscore.values.command import Step
from reelscore.values.message import Action, Asked

_UNITS = {"decibels": "volume", "lufs": "normalise", "fps": "frame_rate", "degrees": "rotate", "bpm": "change_music"}
_BREAKS = (",", ";", "(", ")", "{", "}", "\n", "、")


@dataclass(slots=True)
class Said:
    """What the statements of a message came to so far; `topic`: what is spoken of until something else is."""

    made: list[tuple[Bound, list[Token]]] = field(default_factory=list)
    topic: list[Mention] = field(default_factory=list)
    brought: bool = False  # the topic is a file that was just put there

    def asked(self) -> tuple[Asked, ...]:
        return tuple(_backwards([one for bound, _ in self.made for one in _steps(bound)]))


def groups_of(held: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens between one break and the next; what is in brackets is no break."""
    group: list[Token] = []
    listed = False
    for token in held:
        listed = (listed or token.value == "[") and token.value != "]"
        if not listed and token.kind == "sep" and token.value in _BREAKS:
            if group:
                yield group
            group = []
        else:
            group.append(token)
    if group:
        yield group


def group_said(group: list[Token], said: Said, words: Lexicon, c: Clause, *, last: bool) -> bool:
    """One group of a statement: more settings of the last command, or a command of its own."""
    open_ = said.made[-1] if said.made else None
    things = [m for token in group if token.kind == "thing" for m in token.things]
    if open_ is not None and not (things and open_[0].things):
        held = [*open_[1], Token("sep", 0, 0, ","), *group]
        more = bind(open_[0].entry, held, c)
        if more is not None and len(more.args) > len(open_[0].args) and more.complete:
            more.things = more.things or open_[0].things
            said.made[-1] = (more, held)
            return True
    if all(token.kind in ("thing", "op", "glue") or token.value in ("and", "和", "与") for token in group) and things:
        if open_ is not None and open_[0].things and group[-1].kind != "op":
            open_[0].things = [*open_[0].things, *things]
        elif last and group[-1].kind != "op":
            return False
        else:
            said.topic = [*(said.topic if open_ is None else []), *things]
        return True
    if one_command(group, said, words, c):
        return True
    if len(parts := _assignments(group, words)) > 1:
        return all(group_said(part, said, words, c, last=last and part is parts[-1]) for part in parts)
    if open_ is not None and not open_[0].entry.action:
        again = bind(open_[0].entry, group, c)
        if again is not None and again.args.keys() == open_[0].args.keys() and len(again.args) > 1:
            again.things = again.things or open_[0].things
            said.made.append((again, group))
            return True
    return False


def _assignments(group: list[Token], words: Lexicon) -> list[list[Token]]:
    """ "fade_in=1s fade_out=3s", "text=... color=white": cut before each name that is given a value."""
    cuts = [0]
    at = 0
    while at < len(group):
        name = longest(words.names, group, at)
        if name and name[1] < len(group) and group[name[1]].kind == "op" and any(t.kind == "op" for t in group[:at]):
            cuts.append(at)
        at = name[1] if name else at + 1
    return [group[a:b] for a, b in pairwise([*cuts, len(group)])]


def one_command(group: list[Token], said: Said, words: Lexicon, c: Clause) -> bool:
    """The tokens as one command, or as the two of a pair ("fade in/out")."""
    things = [m for token in group if token.kind == "thing" for m in token.things]
    if (new := _new_text(group, words, c)) is not None:
        said.made.append((new, group[1:]))
        return True
    for names, strict in _candidates(group, things or said.topic, words):
        made = [bind(words.entries[name], group, c) for name in names if name in words.entries]
        if made and all(_whole(one, said, c, strict=strict) for one in made):
            if said.made and all(one in [held for held, _ in said.made] for one in made):
                return True  # said twice
            said.made += [(one, group) for one in made if one is not None]
            first = next(
                (token for token in group if token.kind != "glue" and (str(token.value),) not in small()), None
            )
            if things and first is not None and first.kind == "thing":
                said.topic, said.brought = things, False
            elif made[-1] is not None and "media" in made[-1].args:
                said.topic, said.brought = things, True
            return True
    return False


def _new_text(group: Sequence[Token], words: Lexicon, c: Clause) -> Bound | None:
    """ "lower third: text=..., in=16s": a new one, where its words are said."""
    kind = group[0].things[0].kind if group[0].kind == "thing" and group[0].things[0].bare else ""
    if c.text[group[0].end : group[0].end + 1] == ".":
        return None  # "title.text = ..." is the one that is there
    if kind not in ("title", "subtitle", "lower_third") or not any(token.kind == "quote" for token in group):
        return None
    made = bind(words.entries[kind], group[1:], c)
    return made if made is not None and made.complete else None


def _whole(bound: Bound | None, said: Said, c: Clause, *, strict: bool) -> bool:
    """Is this all that such a command needs? What is spoken of stands in for a thing that is not named."""
    if bound is None:
        return False
    entry = bound.entry
    if not bound.complete:
        return False
    if not bound.things and entry.which is not None and said.topic and not (said.brought and entry.name == "duck"):
        bound.things, strict = list(said.topic), True
    if not bound.things and not entry.untargeted:
        return False
    if entry.name in table("settings")["read"]["takes_away"] and any(m.every for m in bound.things):
        return False  # what takes all away is never read so quickly
    if not bound.things and entry.name in table("settings")["read"]["takes_away"]:
        return False
    if not bound.things and entry.name == "change_music" and bound.args.keys() <= {"with", "without"}:
        return False
    return not strict or fits(entry, bound.things, c)


def _candidates(
    group: list[Token], things: Sequence[Mention], words: Lexicon
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The commands a group may be of, the likeliest first: by its verbs, then by what it sets, then by a unit; and
    whether they must fit the thing."""
    asks = any(token.value in ("add", "new", "create", "generate", "生", "新") for token in group)
    music = asks and any(m.kind == "music" for m in things) and not any(token.kind == "quote" for token in group)
    if music:
        yield ("generate_music",), True
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for at in range(len(group)):
        if verb := longest(words.verbs, group, at):
            names = words.verbs[verb[0]]
            paired = len(names) > 1 and "+".join(names) in table("settings")["verbs"]
            found += [(at - verb[1], at, one) for one in ([names] if paired else [(name,) for name in names])]
    seen = list(dict.fromkeys(names for _, _, names in sorted(found, key=lambda one: one[:2])))
    yield from ((names, True) for names in seen)
    if things:
        for name in table("settings")["read"]["settable"]:
            if (name,) not in seen and not (music and name == "change_music") and _sets(words.entries.get(name), group):
                yield (name,), True
    units = {token.quantity.kind for token in group if token.kind == "quantity"}
    yield from (((_UNITS[unit],), True) for unit in units if unit in _UNITS and (things or unit in ("fps", "bpm")))
    yield from ((names, False) for names in seen)


def _sets(entry: Settings | None, group: Sequence[Token]) -> bool:
    """Is an argument of this command named, or one of its choices?"""
    if entry is None:
        return False
    for at in range(len(group)):
        key = longest(entry.keys, group, at)
        if key and (key[0] not in small() or (key[1] < len(group) and group[key[1]].kind == "op")):
            return True
        if any(longest(known, group, at) for known in entry.choices.values()):
            return True
    return False


def _steps(bound: Bound) -> Iterator[Asked]:
    args = tuple(bound.args.items())
    entry = bound.entry
    if entry.action:
        yield Action(entry.name, args)
    elif not bound.things or entry.which is None:
        yield Step(entry.name, args)
    else:
        single = entry.which.kind == "segment"
        named = (
            [t.segment.id for t in m.things] if single and m.every and len(m.things) > 1 else [m.said]
            for m in bound.things
        )
        for said in dict.fromkeys(one for some in named for one in some):
            yield Step(entry.name, (("which", said), *args))


def _backwards(steps: list[Asked]) -> Iterator[Asked]:
    """Several cuts mean the times of the timeline as it is: the latest is made first."""
    cuts = [one for one in steps if isinstance(one, Step) and one.command == "cut_range"]
    starts = [dict(one.args).get("start") for one in cuts]
    if len(cuts) == len(steps) > 1 and all(isinstance(at, (int, float)) for at in starts):
        yield from sorted(steps, key=lambda one: -float(dict(one.args)["start"] or 0))
        return
    yield from steps
