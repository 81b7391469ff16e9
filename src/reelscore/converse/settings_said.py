"""What a program writes: "s3: speed=0.75x", "music.fade_out=3s", "overlay s2: size 35%, opacity 90%", "cut [7s, 9.5s]".

A statement is a command or a thing, with settings. It is read only where every word of it is: each is a thing, the name
of an argument, a value of its kind, or one of a few small words (`words/settings.toml`). Anything else is left to the
readers of ordinary sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.one_clause import Read
from reelscore.converse.reading import Reading
from reelscore.converse.settings_bound import RAW, Bound
from reelscore.converse.settings_groups import Said, group_said, groups_of, one_command
from reelscore.converse.settings_json import from_json
from reelscore.converse.settings_tokens import Token, longest, tokens
from reelscore.converse.settings_words import Lexicon, lexicon
from reelscore.values.command import Step

SCORE = 0.98
LONGEST_TEXT = 400  # letters of a message that is looked at so
_LOOKS = re.compile(
    r"(?<![a-z0-9.])[st]\d{1,4}(?![a-z0-9%])|[=→{×_]|\[ ?\d|@ ?[a-z\d]|-+>|\d[a-z]* ?\.\. ?\d|[a-z\u4e00-\u9fff\ue000]\"? ?:(?!\d|//)|(?<![a-z])(?:x|v|l|r) ?\d"
    r"|^ ?[+-] ?\d|in/out|\d ?\ue000|\ue000 ?, ?at |\ue000 (?:as|at|@) |\d ?: ?[a-z]|#\d|[首尾末]帧|标记处|marker ?\ue000|(?<![a-z])incl(?:uding)?(?![a-z])|^(?:tag|snapshot|checkpoint|get|list|dump|diff|restore|undo|rollback|fetch|query)(?![a-z])"
    r"|[a-z] [-+]?\d[^,;]{0,8}[,;] ?[a-z]+ [-+]?\d|[-+]\d[^,;]{0,8}[,;] ?[a-z]+ [-+]\d|\d ?- ?end(?![a-z])"
)


def looks_so(text: str) -> bool:
    """May there be settings in this text at all?"""
    return len(text) <= LONGEST_TEXT and _LOOKS.search(text) is not None and _IN_ORDER.match(text) is None


_IN_ORDER = re.compile(  # a wish in words
    r"[^:=;\n]*[改换写][成为][: ]|(?:the )?[a-z0-9_]+ (?:before|after) (?:the )?[a-z0-9_]+,? (?:and|then) |[^;\n]*\ue000[^;\n]* (?:rather than|instead of) "
)


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
    if len(groups := list(groups_of(held))) > 1 and one_command(held, now, words, c):
        return now
    for group in groups:
        if not group_said(group, now, words, c, last=group is groups[-1]):
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
