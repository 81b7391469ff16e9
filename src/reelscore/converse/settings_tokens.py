"""A clause as tokens: the things, values, words and signs that settings are written with."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.settings_words import ATOM, LONGEST, Atoms, atoms, named

_ONLY_WORDS = ("transition", "filter", "marker", "film", "all", "other", "pronoun", "background", "logo")
_ALSO_VERBS = ("title", "subtitle", "lower_third", "text", "overlay", "image", "clip", "audio", "sound")
_PROPERTIES = ("title", "subtitle", "lower_third", "text", "clip", "image")  # "s7.text = ..."
_NEW = re.compile(r"(?<![a-z])(?:add|new|insert|create)(?: an?)? $|(?:添加|新增|加|插入)(?:一[个条])? ?$")
_OF_TEXT = re.compile(r" (?:style|size|colou?r|position|animation|duration)(?![a-z])")
_LINE = re.compile(r"(?<![a-z])line ?[12]$")
_SIGNS = re.compile(
    r"(?P<op>:=|\+=|-=|-+>|=>|=|:(?!\d))|(?P<arrow>→)|(?P<sign>[+-](?= ?[\d.]))|(?P<times>×)|(?P<dots>\.\.\.?)"
    r"|(?P<sep>[,;(){}\n、])|(?P<glue>[\[\]_/.@\"'&|+~-])|\s+"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: word, thing, quantity, range, quote, colour, op, sign, sep, glue. `value` is what it holds."""

    kind: str
    start: int
    end: int
    value: object = ""

    @property
    def quantity(self) -> Quantity:
        assert isinstance(self.value, Quantity)
        return self.value

    @property
    def things(self) -> tuple[Mention, ...]:
        assert isinstance(self.value, tuple)
        return self.value


def tokens(c: Clause) -> list[Token] | None:
    """All tokens of a clause, in order; None where a letter belongs to none of them."""
    found = list(_found(c))
    taken = [False] * (len(c.text) + 1)
    for token in found:
        taken[token.start : token.end] = [True] * (token.end - token.start)
    at = 0
    while at < len(c.text):
        if taken[at]:
            at += 1
            continue
        if match := ATOM.match(c.text, at):
            end = next((n for n in range(at, match.end()) if taken[n]), match.end())
            found.append(Token("word", at, end, c.text[at:end]))
        elif match := _SIGNS.match(c.text, at):
            end = match.end()
            if match.lastgroup:
                kind = {"arrow": "op", "times": "glue", "dots": "glue"}.get(match.lastgroup, match.lastgroup)
                found.append(Token(kind, at, end, match[0]))
        else:
            return None
        at = end
    found.sort(key=lambda token: token.start)
    return _ranges(_moments(_without_old(found), c), c)


def _found(c: Clause) -> Iterator[Token]:
    for quote in c.quotes:
        key = patterns.match(r"\s*:", c.text[quote.end :]) and atoms(quote.words)
        if key:  # {"mute": true}
            for n, word in enumerate(key):
                yield Token("word", quote.start + n, quote.start + n + 1 if n + 1 < len(key) else quote.end, word)
        else:
            yield Token("quote", quote.start, quote.end, quote.words)
    spans: dict[tuple[int, int], list[Mention]] = {}
    for mention in c.mentions:
        named_alone = mention.bare and (
            mention.kind in _ONLY_WORDS or (mention.kind in _ALSO_VERBS and not mention.things)
        )
        if mention.bare and mention.end - mention.start == 1:
            continue  # 字 of 字号
        if mention.bare and mention.kind == "text" and _OF_TEXT.match(c.text, mention.end):
            continue
        if mention.bare and mention.kind in _PROPERTIES and _NEW.search(c.text[: mention.start]):
            continue
        if (
            mention.bare
            and mention.kind in _PROPERTIES
            and (patterns.match(r" ?:?=", c.text[mention.end :]) or c.text[: mention.start].endswith("."))
        ):
            continue
        if mention.bare and "_" in (
            c.text[mention.end : mention.end + 1],
            c.text[max(0, mention.start - 1) : mention.start],
        ):
            continue
        if not (named_alone or mention.kind in ("pronoun", "other", "film", "own", "audio")):
            spans.setdefault((mention.start, mention.end), []).append(mention)
    for (start, end), things in spans.items():
        yield Token("thing", start, end, tuple(things))
    for q in c.quantities:
        if any(start < q.end and q.start < end for start, end in spans):
            continue
        if q.kind == "number" and _LINE.search(c.text[: q.end]):
            yield Token("word", q.start, q.end, c.text[q.start : q.end])
            continue
        yield Token("colour", q.start, q.end, q.value) if q.kind == "hex" else Token("quantity", q.start, q.end, q)


def _without_old(held: Sequence[Token]) -> list[Token]:
    """ "4 s instead of 2 s": what it was is no setting."""
    made: list[Token] = []
    n = 0
    while n < len(held):
        after = held[n + 1 : n + 3]
        if (
            held[n].kind == "quantity"
            and [one.kind for one in after] == ["op", "quantity"]
            and after[0].value in _ARROWS
        ):
            n += 2  # "10s -> 7s"
            continue
        words = [token.value for token in held[n : n + 2]]
        old = 2 if words == ["instead", "of"] or words == ["rather", "than"] else 1 if words[:1] == ["was"] else 0
        if old and n + old < len(held) and held[n + old].kind == "quantity":
            n += old + 1
            continue
        made.append(held[n])
        n += 1
    return made


_ARROWS = ("->", "-->", "=>", "→")


def _moments(held: list[Token], c: Clause) -> list[Token]:
    """ "frame 480", and a marker by its name: moments."""
    made: list[Token] = []
    skip = 0
    for n, token in enumerate(held):
        if token.kind == "word" and made and made[-1].kind == "thing" and (end := _edge(held, n, made[-1])):
            moment = Quantity("seconds", end[0], 0, 0, "at")
            made[-1] = Token("quantity", made[-1].start, held[end[1]].end, moment)
            skip = end[1] + 1
        if n < skip:
            continue
        before_it = made[-1].value if made else ""
        if token.kind == "quantity" and token.quantity.kind == "number" and before_it in ("frame", "帧", "×"):
            q = replace(token.quantity, kind="factor" if before_it == "×" else "frames")
            made[-1] = Token("quantity", made[-1].start, token.end, q)
            continue
        label = c.said(token.start, token.end).strip("\"'“”") if token.kind in ("quote", "thing", "word") else ""
        marker = next((m for m in c.scene.timeline.markers if label and m.label.lower() == label.lower()), None)
        before = [made[-1].value] if made else []
        behind = [one.value for one in held[n + 1 : n + 3]]
        if marker is not None and (before == ["marker"] or behind == ["标", "记"] or behind[:1] == ["marker"]):
            if before == ["marker"]:
                made.pop()
            at = Quantity("seconds", Fraction(marker.at), token.start, token.end, "at")
            made.append(Token("quantity", token.start, token.end, at))
            continue
        if made and made[-1].kind == "quantity" and c.scene.timeline.markers and token.value in ("标", "记", "marker"):
            continue
        made.append(token)
    return made


_EDGES = {
    atoms(words): first
    for first, held in ((True, ("first frame", "首帧", "第一帧")), (False, ("last frame", "尾帧", "末帧", "最后一帧")))
    for words in held
}


def _edge(held: Sequence[Token], at: int, thing: Token) -> tuple[Fraction, int] | None:
    """ "drone last frame": the moment where a clip begins or ends, and the last token of it."""
    found = longest(_EDGES, held, at)
    if found is None or len(thing.things) != 1 or len(thing.things[0].things) != 1:
        return None
    span = thing.things[0].things[0].span
    return Fraction(span.start if _EDGES[found[0]] else span.end), found[1] - 1


def _ranges(held: list[Token], c: Clause) -> list[Token]:
    """ "[4s, 30s]", "5s..25s", "9:30-end": one token each."""
    made: list[Token] = []
    n = 0
    while n < len(held):
        first, last, end = held[n], None, n + 1
        if first.kind == "quantity" and first.quantity.kind in ("seconds", "timecode", "number", "frames"):
            gap, after = end, c.text[first.end : first.end + 5].strip()
            if gap < len(held) and held[gap].kind in ("sep", "glue", "sign", "word") and held[gap].value in (
                ",", "..", "...", "-", "~", "to", "through", "until", "到", "至",
            ):  # fmt: skip
                gap += 1
            inside = n > 0 and held[n - 1].value == "["
            if gap < len(held) and (inside or not after.startswith(",")):
                last = _last(held, gap, first, joined=gap > end)
            if last is not None:
                made.append(Token("range", first.start, held[gap].end, (first.quantity, last)))
                n = gap + 1
                continue
        made.append(first)
        n += 1
    return made


def _last(held: list[Token], at: int, first: Token, *, joined: bool) -> Quantity | str | None:
    token = held[at]
    if token.kind == "word" and joined and (moment := named("moment").get((str(token.value),))) == "end":
        return moment
    if token.kind != "quantity" or token.quantity.kind not in ("seconds", "timecode", "number", "frames"):
        return None
    kinds = {first.quantity.kind, token.quantity.kind}
    pair = first.quantity.pair == 1 and token.quantity.pair == 2
    return token.quantity if (pair or (joined and kinds != {"number"})) else None


def longest(known: Container[Atoms], held: Sequence[Token], at: int) -> tuple[Atoms, int] | None:
    """The longest known phrase that begins at held[at], and where it ends; a plural counts as its singular."""
    made: list[str] = []
    best: tuple[Atoms, int] | None = None
    for n in range(at, min(len(held), at + 2 * LONGEST)):
        token = held[n]
        if token.kind == "glue" and token.value in ("-", "/", "&", "_") and made:
            continue
        if token.kind != "word":
            break
        made.append(str(token.value))
        one = tuple(made)
        for words in (one, (*one[:-1], one[-1].removesuffix("s"))):
            if words in known:
                best = (words, n + 1)
                break
    return best
