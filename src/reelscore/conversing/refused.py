"""Edits that cannot be made: why, in both languages, and the question to ask where something else would work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reelscore.converse.reply_phrases import in_chinese
from reelscore.converse.reply_words import action_name
from reelscore.edit.places import Place, label, label_with_time, places
from reelscore.edit.registry import command, commands
from reelscore.edit.targets import KINDS
from reelscore.errors import ReelscoreError
from reelscore.values.command import Choice, Edited, Param, Plain, Said, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Asked, Context, Missed, Option, Question
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.conversing.doing import Turn

MOST_OPTIONS = 3
_WHICH_FILE, _LEAVE = Said("Which file?", "用哪个文件？"), Said("leave it as it is", "不改动")
_Kind = tuple[Callable[[Place, Timeline], bool], tuple[str, ...], tuple[str, ...]]  # a row of KINDS


def said_of(error: ReelscoreError) -> Said:
    """An error in both languages."""
    return Said(str(error), getattr(error, "chinese", "") or in_chinese(str(error)))


def trial(timeline: Timeline, step: Step, facts: Facts) -> Edited | None:
    try:
        return command(step.command).apply(timeline, dict(step.args), facts)
    except ReelscoreError:
        return None


def words_of(asked: Asked, timeline: Timeline, language: str) -> str:
    """A step as it is told when it was not done: what it is for, and what it was given."""
    name = asked.command if isinstance(asked, Step) else asked.name
    zh = language == "zh"
    title = name.replace("_", " ") if isinstance(asked, Step) else action_name(name, language)
    if zh and isinstance(asked, Step) and name in commands():
        title = commands()[name].help.zh
    labels = {place.segment.id: label(place).in_language("zh" if zh else "en") for place in places(timeline)}
    labels |= {medium.id: medium.name for medium in timeline.media}
    params = {param.name: param for param in commands()[name].params} if isinstance(asked, Step) else {}
    args = [
        labels.get(str(value)) or _value(params.get(key), str(value), zh)
        for key, value in asked.args
        if value is not None
    ]
    if not args:
        return title
    return f"{title}（{'、'.join(args)}）" if zh else f"{title} ({', '.join(args)})"


def _value(param: Param | None, value: str, zh: bool) -> str:
    """An argument as people call it: choices and kinds of things by their words."""
    choice = next((one for one in param.choices if one.name == value), None) if param else None
    if choice is not None:
        return _choice(choice).in_language("zh" if zh else "en")
    if param and param.kind == "switch":
        return Said(param.name.replace("_", " "), param.help.zh).in_language("zh" if zh else "en")
    if zh and param and param.kind in ("segment", "segments"):
        return _chinese(value)[:80]
    if zh and param and re.fullmatch(r"-?[\d.]+", value):
        return value + _UNITS_ZH.get(param.kind, "")
    return value[:80]


_UNITS_ZH = {"seconds": "秒", "moment": "秒", "percent": "%", "decibels": "分贝", "factor": "倍", "degrees": "度"}


def _chinese(reference: str) -> str:
    """ "clip 3" as 片段 3: references that the person did not word themselves."""
    found = re.fullmatch(r"(?:the )?([a-z -]+?)(?: (\d{1,4}))?", reference.strip().lower())
    plain = next((chinese[0] for _, english, chinese in KINDS.values() if found and found[1] in english), "")
    return " ".join(filter(None, (plain, found[2]))) if found and plain else reference


def refused_by_edge(turn: Turn, why: Mapping[int, Said]) -> Turn:
    """The turn without the pending actions that the edge would not do, by their place: they are told as not done."""
    kept = [n for n in range(len(turn.pending)) if n not in why]
    told = tuple(
        Missed(words_of(turn.pending[n], turn.history.timeline, turn.language), said) for n, said in why.items()
    )
    return replace(
        turn,
        pending=tuple(turn.pending[n] for n in kept),
        early=tuple(turn.early[n] for n in kept if n < len(turn.early)),
        failed=(*turn.failed, *told),
    )


def why_of(step: Step, error: ReelscoreError, timeline: Timeline) -> Said:
    """Why an edit was refused; of a kind of thing that there is none of, just that."""
    for param in command(step.command).params:
        said = str(dict(step.args).get(param.name) or "")
        kind = _kind_in(said) if param.kind in ("segment", "segments") else None
        if kind and not any(kind[0](place, timeline) for place in places(timeline)):
            return Said(f"there is no {kind[1][0]} on the timeline.", f"时间线上没有{kind[2][0]}。")
    if _file_wanted(step) and not timeline.media:
        return Said("there is no file for it yet: upload one first.", "还没有可用的文件：请先上传。")
    if step.command == "captions" and not step.args:
        return Said(
            "there is no subtitle file yet: upload an .srt, .vtt or .lrc.",
            "还没有字幕文件：请先上传 .srt、.vtt 或 .lrc。",
        )
    return _own_words(step, error)


def _file_wanted(step: Step) -> Param | None:
    """The file that an edit needs and was not given."""
    given = dict(step.args)
    params = command(step.command).params
    return next((p for p in params if p.kind == "media" and p.required and p.name not in given), None)


def _own_words(step: Step, error: ReelscoreError) -> Said:
    """The error, with references in Chinese in its Chinese."""
    said = said_of(error)
    chinese = said.zh
    for _, value in step.args:
        if isinstance(value, str) and value:
            chinese = chinese.replace(f"“{value}”", f"“{_chinese(value)}”")
    return Said(said.en, chinese)


def which_one(step: Step, error: ReelscoreError, timeline: Timeline, facts: Facts, context: Context) -> Question | None:
    """A refusal that names what would work, as a question: the step with each candidate in its place, what was talked
    about last before the others."""
    named = getattr(error, "candidates", ())
    if wanted := _file_wanted(step):
        files = [(Said(m.name, m.name), m.id) for m in _files_first(timeline, context)]
        options = _options(step, wanted, files, timeline, facts)
        return Question(_WHICH_FILE, (*options[: MOST_OPTIONS - 1], Option(_LEAVE, ()))) if options else None
    for param in command(step.command).params if len(named) > 1 else ():
        said = str(dict(step.args).get(param.name) or "")
        options = _options(step, param, _fillings(param, said, named, timeline, context), timeline, facts)
        if len(options) > 1:
            return Question(_asking(step, error), tuple(options))
    return None


def _options(
    step: Step, param: Param, fillings: Sequence[tuple[Said, Plain]], timeline: Timeline, facts: Facts
) -> list[Option]:
    """The step with each of these in the parameter's place, those that work."""
    options: list[Option] = []
    for named_so, value in fillings:
        filled = Step(step.command, tuple((dict(step.args) | {param.name: value}).items()))
        if len(options) < MOST_OPTIONS and trial(timeline, filled, facts) is not None:
            options.append(Option(named_so, (filled,)))
    return options


def _files_first(timeline: Timeline, context: Context) -> list[Media]:
    """The files, those that came last first, then those that are not on the timeline yet."""
    used = {segment.media for _, _, segment in timeline.placed()}
    return sorted(timeline.media, key=lambda m: (m.id not in context.uploaded, m.id in used))


def _asking(step: Step, error: ReelscoreError) -> Said:
    """What went wrong, without the list of what would work: the options say it."""
    chinese = _own_words(step, error).zh.partition("。")[0]
    return Said(f"{error.message} Which one?", f"{chinese}。是哪一个？")


def _fillings(
    param: Param, said: str, named: Sequence[str], timeline: Timeline, context: Context
) -> list[tuple[Said, Plain]]:
    """What a parameter could be among the candidates of a refusal, with what to call it: things of the kind that was
    spoken of, where one was."""
    if param.kind in ("segment", "segments"):
        kind = _kind_in(said)
        held = [place for place in places(timeline) if label_with_time(place).en in named]
        held = [place for place in held if kind is None or kind[0](place, timeline)]
        recent = {name: n for n, name in enumerate(context.touched)}
        held.sort(key=lambda place: recent.get(place.segment.id, len(recent)))
        return [(label_with_time(place), place.segment.id) for place in held]
    if param.kind == "media":
        return [(Said(m.name, m.name), m.id) for m in timeline.media if m.name in named]
    if param.kind == "choice":
        return [(_choice(choice), choice.name) for choice in param.choices if choice.name in named]
    return []


def _kind_in(reference: str) -> _Kind | None:
    """The kind of thing that a reference names: "clip 7" is about clips."""
    words = re.findall(r"[a-z-]+", reference.lower())
    for kind in KINDS.values():
        _, english, chinese = kind
        if any(word in english or word.removesuffix("s") in english for word in words):
            return kind
        if any(name in reference for name in chinese if len(name) > 1):
            return kind
    return None


def _choice(choice: Choice) -> Said:
    return Said(choice.name.replace("_", " "), choice.zh[0] if choice.zh else choice.name)
