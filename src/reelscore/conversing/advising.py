"""Advice: "what would you suggest?", 有什么推荐的吗, and "the first option" of what an answer offered.

What an answer offers as next steps follows from the timeline and the last edits alone, so nothing is remembered: asked
for, the same steps become a question with numbers; spoken of, they are chosen from as if it had been asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from reelscore.converse.asking import answered
from reelscore.converse.languages import language_of
from reelscore.converse.patterns import compiled
from reelscore.converse.reply import MOST_NEXT
from reelscore.converse.suggest import suggestions
from reelscore.converse.tables import table
from reelscore.values.command import Said, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Asked, Context, Meaning, Option, Question
from reelscore.values.timeline import Timeline

_LONGEST = 70  # letters
_OFFERED = re.compile(
    r"(?<![a-z])(?:option|suggestion|idea|tip|proposal|recommendation)s?(?![a-z])|建议|选项|推荐|提议"
)
_WHICH = re.compile(
    r"(?:first|second|third|last|1st|2nd|3rd|\d|one|two|three)(?![a-z])|第[一二三123]|最后一?[个条]|[一二三]$"
)
_MUSIC = (
    (Said("calm piano", "舒缓的钢琴曲"), "calm piano"),
    (Said("upbeat pop", "轻快的流行乐"), "upbeat pop"),
    (Said("warm, easy acoustic guitar", "温暖的木吉他"), "warm acoustic guitar"),
)
_OTHERS = ("redo", "重做", "help", "帮助", "export", "导出")  # known without advice


def advised(
    message: str,
    timeline: Timeline,
    context: Context,
    facts: Facts,
    parsed: Callable[[str], Meaning],
    works: Callable[[Sequence[Asked]], bool],
) -> Meaning | None:
    """What is suggested, as a question, or what was suggested before and is chosen now; None for any other message."""
    text = message.strip().lower().replace("，", ",").replace("？", "?").replace("’", "'")
    if len(text) > _LONGEST:
        return None
    asks, of_music = _said("asks", text), _said("of_music", text)
    chooses = not asks and _OFFERED.search(text) and _WHICH.search(text)
    if not (asks or of_music or chooses):
        return None
    language = language_of(text, context.language)
    if of_music:
        options = tuple(
            Option(label, (Step("generate_music", (("prompt", label.zh if language == "zh" else words),)),))
            for label, words in _MUSIC
        )
    else:
        options = tuple(islice(_options(timeline, context, facts, parsed, works, language), MOST_NEXT))
    if len(options) < 2:
        return None
    question = Question(Said("How about one of these?", "可以试试这些："), options)
    if chooses:
        asked = Context(language, context.touched, context.steps, question, context.uploaded, context.versions)
        return answered(message, asked, parsed, works)
    return Meaning(language, (), question)


def _said(section: str, text: str) -> bool:
    return (
        compiled("|".join(f"(?:{entry})" for entry in table("followups")["advice"][section])).search(text) is not None
    )


def _options(
    timeline: Timeline,
    context: Context,
    facts: Facts,
    parsed: Callable[[str], Meaning],
    works: Callable[[Sequence[Asked]], bool],
    language: str,
) -> Iterator[Option]:
    """The next steps that an answer offers, and what they do."""
    offered = zip(*(suggestions(timeline, facts, context.steps, lang) for lang in ("en", "zh")), strict=False)
    for en, zh in offered:
        meant = parsed(zh if language == "zh" else en)
        if en not in _OTHERS and meant.steps and not (meant.missed or meant.question) and works(meant.steps):
            yield Option(Said(en, zh), meant.steps)
    better = parsed("make it nicer").question
    for option in better.options if better else ():
        if option.steps and works(option.steps):
            yield option
