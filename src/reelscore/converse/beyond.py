"""Wishes that no edit here can meet, and what is said of them: better an honest answer than a wrong edit.

`words/beyond.toml` holds them. A reading of a command whose own words are said always goes before.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reelscore.converse.clause import Clause
from reelscore.converse.concepts import any_bounded
from reelscore.converse.sieves import Sieve, known_texts, may_match
from reelscore.converse.tables import table
from reelscore.values.command import Said


@cache
def _patterns() -> dict[Sieve, Said]:
    """What is said of each wish, by the pattern of its words."""
    return {
        Sieve(re.compile(any_bounded((word, _language(word)) for word in row["words"]))): Said(row["en"], row["zh"])
        for row in table("beyond").values()
    }


def _language(word: str) -> str:
    return "en" if word[:1].isascii() and word[:1].isalpha() else "zh"


@cache
def _sieves() -> frozenset[Sieve]:
    return frozenset(_patterns())


_TRANSLATED = Said(*(table("beyond")["translate"][k] for k in ("en", "zh")))


def impossible(c: Clause) -> Said | None:
    """Why what this clause asks for cannot be done; None where that is not known."""
    may_match(c.text, c.findings.text)
    why = why_impossible(c.text)
    return None if c.quotes and why == _TRANSLATED else why  # 翻成中文：“大家好”: the words are given


@lru_cache(maxsize=64)
def why_impossible(text: str) -> Said | None:
    """As `impossible`, of plain text."""
    told, every = _patterns(), _sieves()  # made before it is asked which of them may match
    known = known_texts.get(text)
    may = every if known is None else every & known
    return next((why for sieve, why in told.items() if sieve in may and sieve.search(text)), None)


def only_headed(c: Clause) -> bool:
    """Is it but the heading of what is asked for, step by step: "J-cut: mute the lake, the voice 2 s earlier"?"""
    heading, colon, rest = c.text.partition(":")
    return bool(colon) and len(heading) <= 24 and len(rest.strip()) > 3 and why_impossible(rest) is None


def chatter(c: Clause, sure: bool, cuts: bool = False) -> bool:
    """Is it only a remark beside a plain wish: "we talk about the weather, cut the first 45 seconds"? Where a stretch is
    cut, it may be what is said there: 开头30秒废话剪掉."""
    told = ("elsewhere", "silences") if cuts and _LONGER_THAN.search(c.text) is None else ("elsewhere",)
    return (
        sure and bool(c.quantities) and impossible(c) in [Said(*(table("beyond")[t][k] for k in _BOTH)) for t in told]
    )


_BOTH = ("en", "zh")
_LONGER_THAN = re.compile(r"(?:超过|大于|长于|多于)|以上|(?<![a-z])(?:over|than|above)(?![a-z])|每[个次处]|所有|全部")


def names_another(c: Clause) -> bool:
    """Is it a thing of another name than any here, though a command's own word is in it: "a film burn transition"?"""
    first = tuple(Said(row["en"], row["zh"]) for row in table("beyond").values() if row.get("first"))
    return impossible(c) in first
