"""Edits that cannot be made: why, in both languages, and the question to ask where something else would work."""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.edit.places import label, label_with_time, places
from reelscore.edit.registry import command, commands
from reelscore.errors import ReelscoreError
from reelscore.values.command import Choice, Edited, Param, Plain, Said, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Asked, Context, Option, Question
from reelscore.values.timeline import Timeline

MOST_OPTIONS = 3


def said_of(error: ReelscoreError) -> Said:
    """An error in both languages."""
    return Said(str(error), getattr(error, "chinese", "") or str(error))


def trial(timeline: Timeline, step: Step, facts: Facts) -> Edited | None:
    try:
        return command(step.command).apply(timeline, dict(step.args), facts)
    except ReelscoreError:
        return None


def words_of(asked: Asked, timeline: Timeline, language: str) -> str:
    """A step as it is told when it was not done: what it is for, and what it was given."""
    name = asked.command if isinstance(asked, Step) else asked.name
    zh = language == "zh"
    title = name.replace("_", " ")
    if zh and isinstance(asked, Step) and name in commands():
        title = commands()[name].help.zh
    labels = {place.segment.id: label(place).in_language("zh" if zh else "en") for place in places(timeline)}
    args = [labels.get(str(value), str(value)[:80]) for _, value in asked.args if value is not None]
    if not args:
        return title
    return f"{title}（{'、'.join(args)}）" if zh else f"{title} ({', '.join(args)})"


def which_one(step: Step, error: ReelscoreError, timeline: Timeline, facts: Facts, context: Context) -> Question | None:
    """A refusal that names what would work, as a question: the step with each candidate in its place, what was talked
    about last before the others."""
    named = getattr(error, "candidates", ())
    if len(named) < 2:
        return None
    entry = command(step.command)
    for param in entry.params:
        fillings = _fillings(param, named, timeline, context)
        options: list[Option] = []
        for named_so, value in fillings:
            args = dict(step.args) | {param.name: value}
            filled = Step(step.command, tuple(args.items()))
            if trial(timeline, filled, facts) is not None:
                options.append(Option(named_so, (filled,)))
            if len(options) == MOST_OPTIONS:
                break
        if len(options) > 1:
            return Question(_asking(error), tuple(options))
    return None


def _asking(error: ReelscoreError) -> Said:
    """What went wrong, without the list of what would work: the options say it."""
    chinese = said_of(error).zh.partition("。")[0]
    return Said(f"{error.message} Which one?", f"{chinese}。是哪一个？")


def _fillings(param: Param, named: Sequence[str], timeline: Timeline, context: Context) -> list[tuple[Said, Plain]]:
    """What a parameter could be among the candidates of a refusal, with what to call it."""
    if param.kind in ("segment", "segments"):
        held = [place for place in places(timeline) if label_with_time(place).en in named]
        recent = {name: n for n, name in enumerate(context.touched)}
        held.sort(key=lambda place: recent.get(place.segment.id, len(recent)))
        return [(label_with_time(place), place.segment.id) for place in held]
    if param.kind == "media":
        return [(Said(m.name, m.name), m.id) for m in timeline.media if m.name in named]
    if param.kind == "choice":
        return [(_choice(choice), choice.name) for choice in param.choices if choice.name in named]
    return []


def _choice(choice: Choice) -> Said:
    return Said(choice.name.replace("_", " "), choice.zh[0] if choice.zh else choice.name)
