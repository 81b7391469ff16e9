"""Which way the music shall change, and which of its sounds: darker, faster, more drums, fewer strings."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish

_DIRECTIONS = ("darker", "brighter", "faster", "slower", "calmer", "livelier", "simpler", "richer", "higher", "lower")


_SECTION = re.compile(
    r"(?<![a-z])(?:chorus|verse|drop|bridge|ending|outro|build|break|theme|sound|drums?|beat)s?(?![a-z])"
)


_NEW_PIECE = Sieve(
    re.compile(  # 来一首轻快的吉他曲
        r"^(?:请|帮我|给我|再|重新|要|想要|能不能|可以)*(?:来|配|写|做|换|生成|加|整|作|谱|创作|弄)(?:上|个)?一?[首支曲](?!歌?里)"
    )
)


def ways_told(c: Clause) -> list[str]:
    if c.told.isdisjoint(_DIRECTIONS) or _NEW_PIECE.match(c.text):
        return []
    found = {name: _not_too_much(c, c.find(name)) for name in _DIRECTIONS}
    made = sorted((name for name, match in found.items() if match), key=lambda name: found[name].start())  # type: ignore[union-attr]
    if (
        found["richer"]
        and found["richer"][0] == "bigger"
        and c.scene.clips
        and not c.mention("music")
        and not _SECTION.search(c.text)
    ):
        made.remove("richer")  # "make it bigger" is of a picture or a text
    if ("slower" in made and c.quantity("bpm")) or ("faster" in made and c.quantity("bpm")):
        made = [name for name in made if name not in ("faster", "slower")]
    for strong, weak in (
        ("calmer", "slower"),
        ("livelier", "faster"),
        ("livelier", "richer"),
        ("brighter", "faster"),
        ("simpler", "calmer"),
    ):
        one, other = found[strong], found[weak]
        if strong in made and weak in made and one and other and _overlap(one, other):
            pattern = c.around.concepts.pattern(weak)
            if pattern is None or pattern.regex.search(c.text, max(one.end(), other.end())) is None:
                made.remove(weak)  # but 欢快一点、快一点 is both
    if patterns.search(r"higher|升调|lower|降调", c.text) is None:
        made = [
            name
            for name in made
            if name not in ("higher", "lower") or patterns.search(r"key|pitch|transpose|tone|调|key", c.text)
        ]
    return made


def _not_too_much(c: Clause, match: re.Match[str] | None) -> re.Match[str] | None:
    """太欢快了 wishes for nothing merrier."""
    return None if match and c.text[: match.start()].endswith(("太", "过于", "别那么", "别太")) else match


def _overlap(one: re.Match[str] | None, two: re.Match[str] | None) -> bool:
    return bool(one and two and one.start() < two.end() and two.start() < one.end())


def sounds_told(c: Clause) -> tuple[list[str], list[str]]:
    """Instruments to add and to leave out, by the word that stands before each."""
    added: list[str] = []
    gone: list[str] = []
    mode = ""
    last = 0
    without, with_ = c.around.concepts.pattern("without"), c.around.concepts.pattern("with")
    assert without is not None
    assert with_ is not None
    section = c.find("sections")
    for wish in c.wishes:
        if any(m.kind == "name" and m.start <= wish.start < m.end for m in c.mentions):
            continue
        if wish.kind not in ("instrument", "role") or (section and section.start() <= wish.start < section.end()):
            continue
        between = c.text[last : wish.start]
        away = [m.end() for m in without.finditer(between) if not patterns.search(_NOUN, between[: m.start()])]
        near = [m.end() for m in with_.finditer(between)]
        if away or near:
            mode = "without" if max(away, default=-1) >= max(near, default=-1) else "with"
        elif patterns.search(r"[.;。]", between):
            mode = ""
        behind = patterns.match(
            r"\s*(?:out of|from|off) (?:the )?(?:music|song|track|mix)|\s*(?:out|off|away)(?![a-z])|\s*(?:也|都)?(?:去掉|删掉|不要|拿掉|关掉|静音|去除)",
            c.text[wish.end :],
        )
        if behind and patterns.search(r"take|remove|drop|get|pull|leave|去掉|删掉|不要|拿掉|关掉|静音|去除", c.text):
            mode = "without"
        elif mode == "" and patterns.search(r"(?<![a-z])only(?: in| during| for)|只在", c.text):
            mode = "with"
        if mode == "" and patterns.match(r"\s*(?:off|out|away|去掉|删掉|不要|拿掉|关掉|静音)", c.text[wish.end :]):
            mode = "without"
        if mode:
            (gone if mode == "without" else added).append(_sound_name(c, wish))
        last = wish.end
    return added, gone


def _sound_name(c: Clause, wish: Wish) -> str:
    """What a sound is called for the composer: as it was said in Latin letters, else by its English name."""
    if wish.words.isascii() and not c.translated:
        return c.said(wish.start, wish.end)
    parts = table("music_words")["role"]
    return next((str(part) for part, words in parts.items() if wish.words in words), wish.name.replace("_", " "))


_NOUN = r"(?<![a-z])(?:the|this|that|a|every|each) $"  # "the drop needs a riser"
