"""A thing that nothing here knows: 把鞋子换成蓝色的, "mute the cartoon". What was read of such words would be done to something
else.

A thing is marked: after 把 or 将, or before 那段; in English behind a verb of what was read of the whole film, with its
article. A word is known when any table has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.tables import table
from reelscore.converse.typos import told_words
from reelscore.values.command import CommandEntry, Said, Step
from reelscore.values.message import Asked

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MARKED = re.compile(
    r"(?:把|将)(?:那个|这个|那段|这段)?(?P<taken>[\u4e00-\u9fff]{2,6}?)(?=[换改调变弄剪删去移放加做静裁转设]|的|那|这|全|都)"
    r"|(?:^|[,，。;]|把|将|给|删掉|去掉|剪掉)(?P<shown>[\u4e00-\u9fff]{2,4})(?:那|这)(?:一)?(?:段|个镜头|张|条|个片段|个场景)"
)
_TABLES = (
    "zh",
    "actions",
    "joints",
    "followups",
    "cues",
    "numbers",
    "wish_runs",
    "colours",
    "music_words",
    "kinds",
)
_SMALL = "的了吧呢吗啊呀一二三四五六七八九十两半几点第在把将让和与再也还都就很太最更这那它他她我你您个段张条首句行幅秒是有要想能可以请帮下上左右前后里外中间时候地方到从用过得其些会应该需要看试整每所有全部刚才之"


def unknown_thing(c: Clause, asked: Sequence[Asked]) -> str:
    """The words for a thing that is not there, where what was read of the clause names no thing; "" otherwise."""
    if c.text.isascii():
        return _unknown_en(c, asked)
    if "把" not in c.text and "将" not in c.text and not patterns.search(r"[那这]一?[段个张条]", c.text):
        return ""
    for match in _MARKED.finditer(c.text):
        group = "taken" if match["taken"] else "shown"
        start, end = match.span(group)
        near = [(m.start, m.end) for m in c.mentions] + [(q.start, q.end) for q in c.quantities]
        near += [(w.start, w.end) for w in c.wishes if group == "taken"]
        if any(a < end and start < b for a, b in near):
            continue
        if not _known(c.known.commands).search(match[group]):
            return match[group]
    return ""


_OF_ALL = (
    "mute",
    "volume",
    "speed",
    "fit_duration",
    "reverse",
    "rotate",
    "flip",
    "loop",
    "crop",
    "zoom",
    "freeze",
    "duck",
    "keep_range",
    "cut_first",
    "cut_last",
    "filter",
)
_NAMED_EN = re.compile(
    r"(?<![a-z])(?:mute|silence|reverse|rotate|flip|mirror|loop|crop|freeze|zoom in on|zoom in slowly on|speed up|slow down|slow|speed|turn|shorten|lengthen|blur|brighten|darken|put|show|display) (?:the|my|that|this|our) (?P<taken>[a-z]{3,}(?: [a-z]{3,})?)(?='s | (?:as|up|down|off|a|by|to|for|please|pls|now|in|and|too|way|clip|shot|part|bit|one)(?![a-z])|[ .,!?]*$)"
    r"|(?<![a-z])(?:make|give|turn) (?:the|my|that|our) (?P<made>[a-z]{3,}) (?=[a-z])"
    r"|^\s*(?:(?:ok|so|and|but|hey|oh|well) )*(?:the|my|that|our) (?P<shown>[a-z]{3,}(?: [a-z]{3,})?)(?: (?:with|about|of|at|in|on|where|from) [^,.;!?]{2,30}?)?(?:'s| is| are| looks?| sounds?| feels?) (?:[a-z]+ ){0,2}?too [a-z]+"
)


def _unknown_en(c: Clause, asked: Sequence[Asked]) -> str:
    """ "mute the cartoon" where nothing is called so, and what was read would be done to all there is."""
    if any(not isinstance(one, Step) or one.command not in _OF_ALL or dict(one.args).get("which") for one in asked):
        return ""
    for match in _NAMED_EN.finditer(c.text):
        start, end = match.span(next(group for group in ("taken", "made", "shown") if match[group]))
        near = [(m.start, m.end) for m in c.mentions] + [(q.start, q.end) for q in c.quantities]
        near += [(w.start, w.end) for w in c.wishes]
        words = c.text[start:end].split()
        if not any(a < end and start < b for a, b in near) and not any(map(_is_known_en, words)):
            return " ".join(words)
    return ""


def _is_known_en(word: str) -> bool:
    return not told_words().isdisjoint((word, word.removesuffix("s"))) or word in _EVERYTHING


_EVERYTHING = frozenset(  # what may be said of the whole film
    re.split(
        " ",
        "stuff things thing edit story project content lot pace pacing rest result cut look looks feel mood vibe tone tones"
        " atmosphere sky skin faces people colours colors greens blues reds whites blacks shadows highlights light lighting"
        " screen frame day night trip holiday wedding party birthday action effect style grading grade",
    )
)


def why_unknown(words: str) -> Said:
    """What is said of a thing that is not known."""
    return Said(
        f"It is not clear what {words} is. Say it by its number or its name.",
        f"不清楚“{words}”指什么，请用序号或名字说明要改哪里。",
    )


_built: list[tuple[Mapping[str, CommandEntry], re.Pattern[str]]] = []


def _known(commands: Mapping[str, CommandEntry]) -> re.Pattern[str]:
    for held, pattern in _built:
        if held is commands:
            return pattern
    words = set(_told())
    for entry in commands.values():
        for said in (*entry.words.get("zh", ()), *(w for p in entry.params for ch in p.choices for w in ch.zh)):
            words.update(word for word in _HAN.findall(said) if len(word) > 1)
    pattern = re.compile("|".join(sorted(words, key=len, reverse=True)) + f"|[{_SMALL}]")
    _built.append((commands, pattern))
    del _built[:-4]
    return pattern


@cache
def _told() -> frozenset[str]:
    entries = (entry for name in _TABLES for entry in _entries(table(name)))
    return frozenset(word for entry in entries for word in _HAN.findall(entry) if len(word) > 1)


def _entries(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield patterns.sub(r"\(\?[<!=]+[^()]*\)", "", held)
    elif isinstance(held, dict):
        for value in held.values():
            yield from _entries(value)
    elif isinstance(held, list):
        for value in held:
            yield from _entries(value)
