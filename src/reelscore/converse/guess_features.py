"""A clause as what tells its wish: words with the particular things taken out, their pairs, and parts of words.

"mute the beach for 3 seconds" becomes "mute <clip> for <seconds>": what is named, counted, quoted or coloured says which
kind of thing it is, and no more, so that what was learnt of one clip holds for every other.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention

MOST_LETTERS = 400  # of a clause that are looked at
_MOST_PAIRED = 10
_TOKEN = re.compile(r"<[a-z_]+>|[a-zà-ÿ']+|\d+|[\u3400-\u9fff]|\?")
_IDLE = frozenset(
    [
        "the",
        "a",
        "an",
        "please",
        "pls",
        "plz",
        "just",
        "kindly",
        "you",
        "i",
        "we",
        "me",
        "my",
        "our",
        "your",
        "that",
        "this",
        "is",
        "are",
        "be",
        "to",
        "of",
        "it",
        "so",
        "and",
        "for",
        "with",
        "hey",
        "hi",
        "ok",
        "okay",
        "would",
        "could",
        "can",
        "will",
        "like",
        "want",
        "also",
        "then",
        "now",
        "really",
        "um",
        "uh",
        "well",
        "let's",
        "let",
        "some",
        "here",
        "there",
        "if",
    ]
)


def delexicalised(c: Clause) -> str:
    """The clause's text with a placeholder for each thing, quantity, quotation, colour and wish for music."""
    found = [(q.start, q.end, "quote") for q in c.quotes]
    found += [(m.start, m.end, _kind(m)) for m in c.mentions]
    found += [(q.start, q.end, "range" if q.pair else q.kind) for q in c.quantities]
    found += [(start, end, "colour") for _, start, end in c.colours]
    found += [(w.start, w.end, w.kind) for w in c.wishes if not w.idle]
    made: list[str] = []
    at = 0
    for start, end, name in sorted(found, key=lambda one: (one[0], one[0] - one[1])):
        if start >= at:
            made += [c.text[at:start], f" <{name}> "]
            at = end
    made.append(c.text[at:])
    return patterns.sub(r"\s+", " ", "".join(made)).strip()


def _kind(m: Mention) -> str:
    if m.kind == "name":
        return m.things[0].role if m.things else "file"
    return "it" if m.kind in ("pronoun", "other") else m.kind


def features(text: str) -> frozenset[str]:
    """What a delexicalised clause is told by; parts of words begin with "~"."""
    tokens = _TOKEN.findall(text[:MOST_LETTERS].lower())
    telling = [token for token in tokens if token not in _IDLE]
    found = set(telling)
    found.update(f"{one} {two}" for one, two in pairwise(("^", *telling, "$")))
    paired = sorted([w for w in dict.fromkeys(telling) if len(w) > 2][:_MOST_PAIRED])
    found.update(f"{one}&{two}" for one, two in combinations(paired, 2))
    for word in telling:
        if len(word) > 3 and word[0].isalpha():
            held = f"_{word}_"
            found.update(f"~{held[at : at + 3]}" for at in range(len(held) - 2))
    han = "".join(token if "\u3400" <= token <= "\u9fff" else " " for token in tokens)
    found.update(han[at : at + 3] for at in range(len(han) - 2) if " " not in han[at : at + 3])
    return frozenset(found)
