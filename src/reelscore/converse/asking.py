"""An answer to the question that is open: by its number, its words, yes or no, or what was asked for itself.

"2", "the second", 第二个, "the music one", "yes" (the first: what would be done by default), "both", "neither".
Where all options are one command that differs in one argument, that argument may be said freely: "clip 5", "40%". A
message that says something else is no answer, and the question is let go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reelscore.converse import patterns
from reelscore.converse.asking_words import AROUND, BOTH, HEAD, LAST, NO, NTH, YES
from reelscore.converse.quotes import is_style
from reelscore.converse.reply_phrases import in_all
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked, Context, Meaning, Option, Question

Parsed = Callable[[str], Meaning]
Works = Callable[[Sequence[Asked]], bool]

_LONGEST = 80  # letters of an answer in free words


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The answer: what is to be done, nothing where the person said no."""

    steps: tuple[Asked, ...]


def answered(message: str, context: Context, parsed: Parsed, works: Works) -> Meaning | None:
    """The meaning of a message as an answer to `context.question`; None where it is none. `parsed` reads what is no
    answer, `works` says whether steps can be carried out."""
    question = context.question
    if question is None or not message.strip():
        return None
    language = context.language or "en"
    chosen = _chosen(message, question)
    if chosen is not None:
        return Meaning(language, chosen.steps)
    head = HEAD.match(message.strip())
    if head and (chosen := _chosen(head[1], question)) is not None:
        rest = parsed(head[2])
        if rest.steps or rest.question or rest.missed:
            return Meaning(
                language, (*chosen.steps, *rest.steps), rest.question, rest.missed, rest.withheld, rest.corrected,
                rest.confidence,
            )  # fmt: skip
    return _free(message, question, language, parsed, works)


def _chosen(message: str, question: Question) -> _Chosen | None:
    """One of the options, all of them, or none."""
    said = _plain(message)
    options = question.options
    if not said:
        return None
    for option in options:
        if said in _labels(option):
            return _Chosen(option.steps)
    if said.isdecimal() and 0 < int(said) <= len(options):
        return _Chosen(options[int(said) - 1].steps)  # and not the one whose words hold a 2
    if said in NO:
        return _Chosen(())
    if said in YES:
        return _Chosen(options[0].steps)
    if said in BOTH and (slot_of(question) or _side_by_side(question)):
        return _Chosen(tuple(step for option in options for step in option.steps))
    return _by_words(said, options) or _by_number(said, options) or (_several(said, question))


def _side_by_side(question: Question) -> bool:
    """Can all of the answers be done, each something else: a title, a fade, another look?"""
    named = [step.command for option in question.options for step in option.steps if isinstance(step, Step)]
    return len(set(named)) == len(named) == len(question.options) and sum("music" in name for name in named) < 2


_LIST = re.compile(r"\s*(?:,|&|\+|、|和|跟|(?<![a-z])(?:and|plus)(?![a-z]))+\s*")
_FIRST_TWO = re.compile(r"(?:both(?: of)? )?(?:the )?(?P<end>first|last) (?:two|2|ones)|前两个?|(?P<zh>后两个?)")
_ALL_BUT = re.compile(
    r"(?:(?:both|all|all of them|everything|every one|any)(?: of (?:them|those))? (?:but|except|apart from|other than)|not|anything but|除了?) ?(?P<one>.+?)(?:以外|之外)?"
)


def _several(said: str, question: Question) -> _Chosen | None:
    """ "1 and 3", "the beach and the interview", "the first two", "all but the second", "not the first"."""
    if slot_of(question) is None:
        return None
    options = [option for option in question.options if option.steps]

    def one_of(words: str) -> tuple[Asked, ...] | None:
        found = _by_words(words, question.options) or _by_number(words, question.options)
        return found.steps if found else None

    if (two := _FIRST_TWO.fullmatch(said)) and len(options) > 2:
        held = options[-2:] if two["end"] == "last" or two["zh"] else options[:2]
        return _Chosen(tuple(step for option in held for step in option.steps))
    if but := _ALL_BUT.fullmatch(said):
        spared = one_of(but["one"])
        left = [option for option in options if option.steps != spared]
        if spared is None or (said.startswith("not") and len(left) > 1):
            return None
        return _Chosen(tuple(step for option in left for step in option.steps))
    parts = [one_of(words) for words in _LIST.split(said) if words]
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    return _Chosen(tuple(dict.fromkeys(step for part in parts for step in part or ())))


def _by_number(said: str, options: Sequence[Option]) -> _Chosen | None:
    bare = _bare(said)
    for n, words in enumerate(NTH[: len(options)]):
        if bare in words or said in words:
            return _Chosen(options[n].steps)
    if bare in ("middle", "中间") and len(options) == 3:
        return _Chosen(options[1].steps)
    return _Chosen(options[-1].steps) if bare in LAST else None


def _by_words(said: str, options: Sequence[Option]) -> _Chosen | None:
    """The only option whose label has all these words, or that these words come nearest to."""
    bare = _bare(said) or said
    found = [option for option in options if any(_holds(label, bare) for label in _labels(option))]
    return _Chosen(found[0].steps) if len(found) == 1 else None


def _labels(option: Option) -> tuple[str, ...]:
    return tuple(_plain(label) for label in (option.label.en, option.label.zh, *in_all(option.label.en)))


def _holds(label: str, said: str) -> bool:
    if said.isascii():
        words = patterns.findall(r"[\w%.:'-]+", said)
        return bool(words) and set(words) <= set(patterns.findall(r"[\w%.:'-]+", label))
    return len(said) > 1 and said in label


_OF_SEVERAL = re.compile(
    r"(?:and |also |please )*(?:make|move|put|turn|set|get|take|remove|delete) (?:them|these|those)(?![a-z])"
    r"|再(?:往|大|小|高|低|快|慢|长|短|来|加|放)"
)
_POINTS = re.compile(r"(?<![a-z])(?:it|them|that|those|this|these)(?![a-z])|它")  # "make them bigger" is no title


def _free(message: str, question: Question, language: str, parsed: Parsed, works: Works) -> Meaning | None:
    """What was asked for, in the person's own words, where it fits and the message is no message of its own."""
    slot = slot_of(question)
    words = message.strip().strip("\"'“”‘’「」《》").strip()
    if slot is None or not words or len(words) > _LONGEST:
        return None
    step = question.options[0].steps[0]
    assert isinstance(step, Step)
    text = slot in ("text", "name", "label", "prompt", "title")
    if text:
        alone = parsed(message)
        sure = alone.confidence >= 0.8 or _POINTS.search(words.lower())
        if (alone.steps and not alone.missed and sure) or _OF_SEVERAL.match(words.lower()):
            return None
        if slot == "text" and not words.isascii() and is_style(words):
            return None  # 字体大一点 is no answer to what it shall say
    if slot == "font" and (len(words.split()) > 3 or len(words) > 24):
        return None
    for value in dict.fromkeys((words, _bare(_plain(words)) or words)):
        filled = _filled(step, slot, value)
        if works((filled,)):
            return Meaning(language, (filled,))
    return None


def slot_of(question: Question) -> str | None:
    """The one argument in which the options differ ("leave it" aside); None where they differ in more."""
    steps = [option.steps[0] for option in question.options if len(option.steps) == 1]
    doing = [option for option in question.options if option.steps]
    if len(steps) < len(doing) or len(steps) < 2 or not all(isinstance(step, Step) for step in steps):
        return None
    held = [(step.command, dict(step.args)) for step in steps if isinstance(step, Step)]
    if len({name for name, _ in held}) > 1:
        return None
    names = list(dict.fromkeys(name for _, args in held for name in args))
    differing = [name for name in names if len({repr(args.get(name)) for _, args in held}) > 1]
    return differing[0] if len(differing) == 1 else None


def _filled(step: Step, slot: str, value: Plain) -> Step:
    return Step(step.command, tuple((name, value if name == slot else held) for name, held in step.args))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.strip(" \t\r\n.,!?。，！？、；;:\"'“”‘’()").split())


def _bare(said: str) -> str:
    """Without the words around an answer: "the second one please" -> "second"."""
    before = None
    while said != before:
        before, said = said, AROUND.sub("", said, count=1).strip()
    return said
