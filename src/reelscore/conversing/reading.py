"""What a message means for a timeline: an answer to the question that is open, or what the rules read in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore import catalogue
from reelscore.converse.asking import answered, slot_of
from reelscore.converse.gathering import not_understood
from reelscore.converse.glossaries import TRANSLATED, in_english
from reelscore.converse.guess_model import wordings_for
from reelscore.converse.known import Known
from reelscore.converse.normalise import plain_of
from reelscore.converse.parse import parse
from reelscore.converse.told_only import only_tells
from reelscore.conversing.advising import advised
from reelscore.conversing.refused import trial
from reelscore.edit.registry import commands
from reelscore.values.command import Said, Step
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.message import Action, Asked, Context, Meaning, Missed
from reelscore.values.timeline import Segment, Timeline, Track

MOST_LETTERS = 20_000
_TOO_LONG = Said(
    f"a message has {MOST_LETTERS} letters at most; put long texts into a file (.srt, .vtt, .lrc)",
    f"消息最多 {MOST_LETTERS} 个字；较长的文字请放进文件（.srt、.vtt、.lrc）",
)


_SMALL = Timeline(
    tracks=(
        Track("t1", "video", items=(Segment("s1", Fraction(5), colour="black", name="lake"),)),
        Track("t2", "audio", role="music", items=(Segment("s2", Fraction(5), piece="sha256:0"),)),
    )
)
_TELLING = (  # what is read by the largest tables
    "caption clip 1 with a day at the sea and make it darker",
    "make the intro darker, take the drums out there and the melody less busy",
    "i don't like the last change, take it back",
    "the second longest clip and everything else but the first two, for another 3 seconds",
    "a touch more please",
    "加个标题写着夏天",
    "把鞋子换成蓝色的",
    "想了想，前两段不要了，其他都静音",
)


def known(facts: Facts = NO_FACTS) -> Known:
    """All that the rules read by: the edit commands' own tables, the catalogue's words, what is known of the media."""
    return Known(commands(), catalogue.vocabulary(), facts)


def warm() -> None:
    """Build what the first messages of each language would have to wait for (two seconds or so)."""
    entries = {entry.group: entry for entry in known(NO_FACTS).commands.values() if entry.examples}
    spoken = [words for entry in entries.values() for words in (entry.examples[0].en, entry.examples[0].zh)]
    for words in ("music to 35% and a title", "音乐淡出", *spoken):
        read(words, Timeline())
    before = Context(steps=(Step("volume", (("which", "music"), ("step", "louder"))),), touched=("s2",))
    for words in _TELLING:
        read(words, _SMALL)
        read(words, _SMALL, before)
    for language in TRANSLATED:
        in_english(plain_of("音乐 music"), (), language)
    wordings_for(known(NO_FACTS).commands)


def read(message: str, timeline: Timeline, context: Context = Context(), facts: Facts = NO_FACTS) -> Meaning:  # noqa: B008
    """What a message means for this timeline, an answer to an open question included. Rules only."""

    if len(message) > MOST_LETTERS:
        return Meaning(context.language or "en", missed=(Missed(f"{message[:60]}...", _TOO_LONG),), confidence=1.0)
    bare = replace(context, question=None)

    def parsed(text: str) -> Meaning:
        return parse(text, timeline, known(facts), bare)

    def works(steps: Sequence[Asked]) -> bool:
        return all(isinstance(step, Action) or trial(timeline, step, facts) is not None for step in steps)

    if context.question is not None:
        found = answered(message, context, parsed, works)
        if found is None:
            found = _leaning(parse(message, timeline, known(facts), _as_if(context)), context)
        if found is not None:
            return found
    if (advice := advised(message, timeline, bare, facts, parsed, works)) is not None:
        return advice
    meaning = parsed(message)
    guessed = all(step.command in ("generate_music", "marker") for step in meaning.edits)
    if guessed and (meaning.missed or meaning.question or meaning.edits) and only_tells(message):
        return Meaning(meaning.language, meaning.actions or (Action("note"),))
    if meaning.question is None or meaning.steps:  # what is done first may make room for the rest
        return meaning
    return _with_answers_that_work(meaning, works, message, timeline)


def _with_answers_that_work(
    meaning: Meaning, works: Callable[[Sequence[Asked]], bool], message: str, timeline: Timeline
) -> Meaning:
    """The meaning's question without the answers that could not be carried out; where none could be, it is said so."""
    question = meaning.question
    assert question is not None
    left = tuple(option for option in question.options if works(option.steps))
    doing = [option for option in left if option.steps]
    if doing:
        return replace(meaning, question=replace(question, options=left)) if len(left) > 1 else meaning
    if any(track.items for track in timeline.tracks):
        return meaning
    why = not_understood(True)
    return replace(meaning, question=None, missed=(*meaning.missed, Missed(message.strip()[:200], why)))


def _as_if(context: Context) -> Context:
    """The conversation as it would be had the first answer been given: a bare value then takes its place."""
    options = context.question.options if context.question else ()
    named = {step.command if isinstance(step, Step) else "" for option in options for step in option.steps}
    same = len(named) == 1 and all(len(option.steps) == 1 for option in options)
    if not same:
        return replace(context, question=None, steps=())
    first = options[0].steps[0]
    slot = slot_of(context.question) if context.question else None
    told = [set(step.args) for option in options for step in option.steps]
    args = tuple(one for one in first.args if one[0] == slot or all(one in held for held in told))
    if len(args) + 1 >= len(first.args):  # one thing is open, and the first answer has a value for it
        return replace(context, question=None, steps=(first,))
    return replace(context, question=None, steps=(replace(first, args=args),))


def _leaning(meaning: Meaning, context: Context) -> Meaning | None:
    """The answer in free words, where it is the step that was asked about with another value; None where it is not."""
    options = context.question.options if context.question else ()
    asked = options[0].steps[0] if options and options[0].steps else None
    steps = tuple(step for step in meaning.steps if isinstance(step, Step))
    if len(steps) != 1 or not isinstance(asked, Step) or meaning.missed or meaning.question:
        return None
    held = dict(steps[0].args)
    same = steps[0].command == asked.command and all(
        held.get(key) == value for key, value in asked.args if key == "which"
    )
    return replace(meaning, steps=steps) if same else None
