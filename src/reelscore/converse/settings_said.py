"""What a program writes: "s3: speed=0.75x", "music.fade_out=3s", "overlay s2: size 35%, opacity 90%", "cut [7s, 9.5s]".

A statement is a command or a thing, with settings. It is read only where every word of it is: each is a thing, the name
of an argument, a value of its kind, or one of a few small words (`words/settings.toml`). Anything else is left to the
readers of ordinary sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.mention import Mention
from reelscore.converse.one_clause import Read
from reelscore.converse.reading import Reading
from reelscore.converse.settings_bound import RAW, Bound, bind
from reelscore.converse.settings_fit import fits
from reelscore.converse.settings_json import from_json
from reelscore.converse.settings_tokens import Token, longest, tokens
from reelscore.converse.settings_words import Lexicon, Settings, lexicon, small
from reelscore.converse.tables import table
from reelscore.values.command import Step
from reelscore.values.message import Action, Asked

SCORE = 0.98
LONGEST_TEXT = 400  # letters of a message that is looked at so
_LOOKS = re.compile(
    r"(?<![a-z0-9.])[st]\d{1,4}(?![a-z0-9%])|[=→{×_]|\[ ?\d|@ ?[a-z\d]|-+>|\d[a-z]* ?\.\. ?\d|[a-z\u4e00-\u9fff\ue000]\"? ?:(?!\d|//)|(?<![a-z])(?:x|v|l|r) ?\d"
    r"|^ ?[+-] ?\d|in/out|\d ?\ue000|\ue000 ?, ?at |\ue000 (?:as|at|@) |\d ?: ?[a-z]|#\d|[首尾末]帧|标记处|marker ?\ue000|(?<![a-z])incl(?:uding)?(?![a-z])|^(?:tag|snapshot|checkpoint|get|list|dump|diff|restore|undo|rollback|fetch|query)(?![a-z])"
    r"|[a-z] [-+]?\d[^,;]{0,8}[,;] ?[a-z]+ [-+]?\d|[-+]\d[^,;]{0,8}[,;] ?[a-z]+ [-+]\d|\d ?- ?end(?![a-z])"
)
_UNITS = {"decibels": "volume", "lufs": "normalise", "fps": "frame_rate", "degrees": "rotate", "bpm": "change_music"}
_BREAKS = (",", ";", "(", ")", "{", "}", "\n", "、")


def looks_so(text: str) -> bool:
    """May there be settings in this text at all?"""
    return len(text) <= LONGEST_TEXT and _LOOKS.search(text) is not None and _IN_ORDER.match(text) is None


_IN_ORDER = re.compile(  # a wish in words
    r"(?:the )?[a-z0-9_]+ (?:before|after) (?:the )?[a-z0-9_]+,? (?:and|then) |[^;\n]*\ue000[^;\n]* (?:rather than|instead of) "
)


@dataclass(slots=True)
class Said:
    """What the statements of a message came to so far; `topic`: what is spoken of until something else is."""

    made: list[tuple[Bound, list[Token]]] = field(default_factory=list)
    topic: list[Mention] = field(default_factory=list)
    brought: bool = False  # the topic is a file that was just put there

    def asked(self) -> tuple[Asked, ...]:
        return tuple(_backwards([one for bound, _ in self.made for one in _steps(bound)]))


def written(parts: Sequence[Piece], clause: Callable[[int, int], Clause], text: str) -> dict[int, tuple[int, Read]]:
    """Runs of pieces that are a program's settings: by their first piece, the last one and what they ask for."""
    found: dict[int, tuple[int, Read]] = {}
    everything = clause(0, len(text))
    if asked := from_json(everything.plain.original, lexicon(everything.known.commands)):
        best = Reading(asked, SCORE)
        return {0: (len(parts) - 1, Read(everything, best, (best,)))}
    n = first = 0
    said = Said()
    while n < len(parts):
        for last in _ends(parts, n, text):
            more = add(said, clause(parts[n].start, parts[last].end), everything)
            if more is not None:
                break
        else:
            n = first = next((m for m in range(n + 1, len(parts)) if parts[m].strong), len(parts))
            said = Said()
            continue
        said = more
        if asked := said.asked():
            best = Reading(asked, SCORE)
            found[first] = (last, Read(clause(parts[first].start, parts[last].end), best, (best,)))
        n = last + 1
    return found


def _ends(parts: Sequence[Piece], n: int, text: str) -> list[int]:
    """Where the statement that begins with a piece may end: before the next strong joint, at an arrow or not."""
    strong = [m for m in range(n + 1, len(parts)) if parts[m].strong]
    arrows = [m for m in strong if "→" not in text[parts[m - 1].end : parts[m].start]]
    ends = [(arrows or [len(parts)])[0] - 1, (strong or [len(parts)])[0] - 1]
    return list(dict.fromkeys(ends))


def add(said: Said, stretch: Clause, c: Clause) -> Said | None:
    """What was said with what this stretch of the message `c` says; None where any of it is not read."""
    at = stretch.span[0]
    held = [replace(token, start=token.start + at, end=token.end + at) for token in tokens(stretch) or ()]
    if not held:
        return None
    words = lexicon(c.known.commands)
    now = Said(list(said.made), list(said.topic), said.brought)
    if _NO_MORE.fullmatch(stretch.text):
        return now
    held = _heading(_without_mark(held), words)
    if not held or not _may_be(held, words):
        return None
    if not now.made and (more := _further(held, words, stretch)) is not None:
        now.made.append((more, held))
        return now
    if (order := _order(stretch, words)) is not None:
        now.made.append((order, held))
        return now
    if len(groups := list(_groups(held))) > 1 and _one(held, now, words, c):
        return now
    for group in groups:
        if not _group(group, now, words, c, last=group is groups[-1]):
            return None
    return now


_ORDER = re.compile(
    r"\W*(?:set )?(?:the )?(?:re-?order|order|sort|sequence|排序|顺序|重排)(?: (?:the )?(?:clips|segments|timeline|shots|to|as))*\s*(?::=|[:=]|->|→|to|为|成)?\s*"
    r"[\[(]?\s*(?P<list>(?:(?:clip|s|片段)?\s*\d{1,2}\s*(?:,|、|->|>|-|\s)\s*)+(?:clip|s|片段)?\s*\d{1,2})\s*[\])]?\W*"
)


def _order(stretch: Clause, words: Lexicon) -> Bound | None:
    """ "reorder [3, 1, 2]", "order: s2, s1, s3": all clips, by number or id."""
    match = _ORDER.fullmatch(stretch.text)
    if match is None or "reorder" not in words.entries:
        return None
    ids = {clip.segment.id: str(n) for n, clip in enumerate(stretch.scene.of("clip"), 1)}
    said = patterns.findall(r"s?\d+", match["list"])
    order = ",".join(ids.get(one, one) for one in said)
    return Bound(words.entries["reorder"], {"order": order}, told=True)


_NO_MORE = re.compile(
    r"\W*(?:[a-e]\W+)?(?:please )?(?:leave|keep) (?:everything|all|anything|the rest)(?: else)? (?:untouched|alone|unchanged|as (?:it )?is|the same)\W*"
    r"|\W*(?:[a-e]\W+)?(?:no|without) (?:other|further) (?:changes|edits)\W*|\W*(?:其余|其他|其它)(?:全部|都|均|一律)?(?:保持)?(?:不变|不动|不改|别动|保持原样)\W*"
)


def _without_mark(held: list[Token]) -> list[Token]:
    """Without "(a)" or "(2)" before a step."""
    kinds = [token.kind for token in held[:3]]
    marked = kinds in (["sep", "word", "sep"], ["sep", "quantity", "sep"]) and held[0].value == "("
    return held[3:] if marked and held[2].value == ")" and held[1].end - held[1].start == 1 else held


def _further(held: Sequence[Token], words: Lexicon, c: Clause) -> Bound | None:
    """ "+10" alone: so much more of what the last edit set."""
    last = c.context.steps[-1] if c.context.steps else None
    q = held[0].quantity if len(held) == 1 and held[0].kind == "quantity" else None
    if not isinstance(last, Step) or q is None or not q.signed or last.command not in words.entries:
        return None
    given = dict(last.args)
    by = next((_MORE[name] for name in given if name in _MORE), "")
    if q.kind in ("percent", "decibels"):
        by = "by" if q.kind == "percent" else "by_db"
    param = words.entries[last.command].param(by)
    if param is None or q.kind not in ("number", "percent", "decibels") or param.kind not in ("percent", "decibels"):
        return None
    which = {name: value for name, value in last.args if name == "which"}
    return Bound(words.entries[last.command], {**which, by: q.number}, told=True)


_MORE = {"to": "by", "by": "by", "db": "by_db", "by_db": "by_db"}


def _may_be(held: Sequence[Token], words: Lexicon) -> bool:
    """Is every word part of some phrase, but where a value is free?"""
    free = False
    for n, token in enumerate(held):
        key = longest(words.free, held, n)
        valued = key is not None and key[1] < len(held) and held[key[1]].kind == "op"
        free = free or valued or (token.kind == "op" and token.value != ":") or longest(RAW, held, n) is not None
    return free or all(
        token.kind != "word" or token.value in words.known or str(token.value).removesuffix("s") in words.known
        for token in held
    )


def _heading(held: list[Token], words: Lexicon) -> list[Token]:
    """ "Batch:", 批处理： say nothing of their own."""
    for n, token in enumerate(held[:5]):
        if token.kind == "op" and token.value == ":" and n:
            known = any(longest(words.verbs, held, m) or held[m].kind != "word" for m in range(n))
            return held if known else held[n + 1 :]
    return held


def _groups(held: Sequence[Token]) -> Iterator[list[Token]]:
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


def _group(group: list[Token], said: Said, words: Lexicon, c: Clause, *, last: bool) -> bool:
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
    if _one(group, said, words, c):
        return True
    if len(parts := _assignments(group, words)) > 1:
        return all(_group(part, said, words, c, last=last and part is parts[-1]) for part in parts)
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


def _one(group: list[Token], said: Said, words: Lexicon, c: Clause) -> bool:
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
