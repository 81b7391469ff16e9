"""A message, and it is done: what the edges call to understand what a person says, do it, and answer.

    read(message) -> carry_out(meaning) -> (the edge: music, export, uploads) -> answer

`read` is rules only, the same words meaning the same everywhere. `carry_out` is a function of values: all edits of a
message are one version, so one undo takes them back; what cannot be done is told and undoes nothing else. What needs
more than values (`Turn.pending`, `Turn.music`) is the edge's, which hands its outcome to `answer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from reelscore.edit import history as versions
from reelscore.edit.difference import differences
from reelscore.edit.history import History
from reelscore.edit.places import label_with_time, places
from reelscore.edit.registry import command, commands
from reelscore.edit.requests import with_media
from reelscore.errors import ReelscoreError
from reelscore.values.command import Change, Choice, Edited, Param, Plain, Said, Step
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.message import Action, Asked, Context, Meaning, Missed, Option, Question, Reply
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.converse.known import Known
    from reelscore.values.brief import Brief

__all__ = ["Move", "Turn", "answer", "brief_of", "carry_out", "knowing", "known", "read", "said_of", "with_music"]

MOST_LETTERS = 20_000
MOST_OPTIONS = 3
MOVES = ("undo", "redo", "restore", "name_version")
FOR_THE_EDGE = ("export", "cancel", "credits", "status", "upload")
_QUIET = ("greet", "thank", "status", "credits", "help", "genres", "moods", "instruments", "versions", "diff", "cancel")
_TOO_LONG = Said(
    f"a message has {MOST_LETTERS} letters at most; put long texts into a file (.srt, .vtt, .lrc)",
    f"消息最多 {MOST_LETTERS} 个字；较长的文字请放进文件（.srt、.vtt、.lrc）",
)


@dataclass(frozen=True, slots=True)
class Move:
    """A step through the versions, or a name given: what kind, which version counts now, what is different."""

    kind: str  # of MOVES
    version: str
    name: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A message carried out as far as values go.

    `edited`: all its edits together, None where there were none. `pending`: for the edge, in the order said. `music`:
    the timeline has requests that wait to be fulfilled (then: `with_music`). `context`: for the next message.
    """

    history: History
    edited: Edited | None
    failed: tuple[Missed, ...]
    pending: tuple[Action, ...]
    context: Context
    language: str
    music: bool
    question: Question | None = None
    moves: tuple[Move, ...] = ()


def known(facts: Facts = NO_FACTS) -> Known:
    """All that the rules read by: the edit commands' own tables, the catalogue's words, what is known of the media."""
    from reelscore.catalogue import vocabulary
    from reelscore.converse.known import Known

    return Known(commands(), vocabulary(), facts)


def read(message: str, timeline: Timeline, context: Context = Context(), facts: Facts = NO_FACTS) -> Meaning:  # noqa: B008
    """What a message means for this timeline, an answer to an open question included. Rules only."""
    from reelscore.converse.asking import answered
    from reelscore.converse.parse import parse

    if len(message) > MOST_LETTERS:
        return Meaning(context.language or "en", missed=(Missed(f"{message[:60]}...", _TOO_LONG),), confidence=1.0)
    bare = replace(context, question=None)

    def parsed(text: str) -> Meaning:
        return parse(text, timeline, known(facts), bare)

    if context.question is not None:

        def works(steps: Sequence[Asked]) -> bool:
            return all(isinstance(step, Action) or _trial(timeline, step, facts) is not None for step in steps)

        found = answered(message, context, parsed, works)
        if found is not None:
            return found
    return parsed(message)


def carry_out(
    meaning: Meaning,
    history: History,
    facts: Facts,
    message: str = "",
    *,
    context: Context = Context(),  # noqa: B008
    media: Iterable[Media] = (),
    no_music: Said | None = None,
) -> Turn:
    """Everything in a message that needs values only, in the order said, each edit on the one before.

    `context` is the one `read` was given; `media` are files to be known besides the timeline's. With `no_music` every
    edit that asks for music is left out for that reason: so the rest of a message stands when music cannot be written.
    """
    work = _Work(knowing(history, media), facts, message, tuple(media), no_music)
    for asked in meaning.steps:
        if isinstance(asked, Step):
            work.edit(asked, context)
        elif asked.name in MOVES:
            work.move(asked)
        else:
            work.pending.append(asked)
    work.close()
    question = meaning.question or work.question
    spoken = [asked for asked in meaning.steps if not (isinstance(asked, Action) and asked.name in _QUIET)]
    after = Context(
        language=meaning.language,
        touched=tuple(name for name in dict.fromkeys((*work.touched, *context.touched)) if name)[:20],
        steps=tuple(spoken) or context.steps,
        question=question,
        uploaded=() if spoken else context.uploaded,
    )
    edited = Edited(work.history.timeline, tuple(work.changes), tuple(work.steps), tuple(work.notes))
    return Turn(
        history=work.history,
        edited=edited if work.tried else None,
        failed=(*meaning.missed, *work.failed),
        pending=tuple(work.pending),
        context=after,
        language=meaning.language,
        music=bool(work.history.timeline.requests),
        question=question,
        moves=tuple(work.moves),
    )


class _Work:
    """A message being carried out: edits gather until something else is asked, then they are one version."""

    def __init__(
        self, history: History, facts: Facts, message: str, media: tuple[Media, ...], no_music: Said | None
    ) -> None:
        self.history, self.facts, self.message, self.media, self.no_music = history, facts, message, media, no_music
        self.at = history.timeline
        self.open: list[Step] = []
        self.tried = False
        self.steps: list[Step] = []
        self.changes: list[Change] = []
        self.notes: list[Said] = []
        self.touched: list[str] = []
        self.failed: list[Missed] = []
        self.pending: list[Action] = []
        self.moves: list[Move] = []
        self.question: Question | None = None

    def edit(self, step: Step, context: Context) -> None:
        """One edit on what there is so far; what cannot be done is told, or asked about."""
        self.tried = True
        try:
            edited = command(step.command).apply(self.at, dict(step.args), self.facts)
        except ReelscoreError as error:
            self._refused(step, error, context)
            return
        if self.no_music is not None and _asks_for_music(self.at, edited.timeline):
            self.failed.append(Missed(_words_of(step), self.no_music))
            return
        self.at = edited.timeline
        self.open += edited.steps
        self.notes += edited.notes
        self.touched = [*_touched(edited.changes, edited.timeline), *self.touched]

    def _refused(self, step: Step, error: ReelscoreError, context: Context) -> None:
        question = None if self.question else _which(step, error, self.at, self.facts, context)
        if question is None:
            self.failed.append(Missed(_words_of(step), said_of(error)))
        self.question = self.question or question

    def close(self) -> None:
        """What was edited so far becomes one version."""
        if not self.open:
            return
        before = self.history.timeline
        edited = Edited(self.at, differences(before, self.at), tuple(self.open))
        self.steps += self.open
        self.open = []
        try:
            self.history = versions.commit(self.history, self.history.current, edited, self.message)
            self.changes += edited.changes
        except ReelscoreError as error:
            self.at = before
            self.failed.append(Missed(self.message, said_of(error)))

    def move(self, action: Action) -> None:
        """Through the versions, or a name for one."""
        self.close()
        args, before = dict(action.args), self.history
        try:
            self.history = _moved(action.name, args, before)
        except ReelscoreError as error:
            self.failed.append(Missed(_words_of(action), said_of(error)))
            return
        changes = differences(before.timeline, self.history.timeline)
        name = str(args.get("name") or "") if action.name == "name_version" else self.history.now.name
        self.moves.append(Move(action.name, self.history.current, name, changes))
        self.history = knowing(self.history, self.media)
        self.at = self.history.timeline
        self.touched = [*_touched(changes, self.at), *self.touched]


def _moved(kind: str, args: Mapping[str, Plain], history: History) -> History:
    if kind == "undo":
        return versions.undo(history, _count(args))
    if kind == "redo":
        return versions.redo(history, _count(args))
    if kind == "restore":
        return versions.restore(history, str(args.get("version") or "before"))
    return versions.named(history, str(args.get("name") or ""))


def _count(args: Mapping[str, Plain]) -> int:
    held = args.get("count")
    return max(1, min(int(held), versions.MOST_VERSIONS)) if isinstance(held, (int, float)) else 1


def with_music(turn: Turn, timeline: Timeline) -> Turn:
    """The turn with its music written: the same version, its timeline the fulfilled one."""
    history = turn.history
    held = tuple(replace(v, timeline=timeline) if v.id == history.current else v for v in history.versions)
    return replace(turn, history=replace(history, versions=held), music=False)


def knowing(history: History, media: Iterable[Media]) -> History:
    """The history whose current version knows these files too; no new version."""
    timeline = with_media(history.timeline, *media)
    if timeline is history.timeline:
        return history
    held = tuple(replace(v, timeline=timeline) if v.id == history.current else v for v in history.versions)
    return replace(history, versions=held)


def answer(
    turn: Turn,
    meaning: Meaning,
    *,
    notes: Sequence[str] = (),
    results: Mapping[str, Said] | None = None,
    timeline_after: Timeline | None = None,
) -> Reply:
    """What the person is told, in their language. `results`: what the edge did for pending actions, by name;
    `timeline_after`: the timeline when the work is done, where it is not the turn's."""
    from reelscore.edit.summary import summary
    from reelscore.edit.wording import worded

    zh = "zh" if meaning.language == "zh" else "en"
    timeline = timeline_after or turn.history.timeline
    done = list(worded(turn.edited.changes, zh)) if turn.edited else []
    done += [held.in_language(zh) for name, held in (results or {}).items()]
    failed = tuple(f"{m.words}: {m.why.in_language(zh)}" for m in turn.failed)
    line = summary(timeline, zh) if timeline.tracks else ""
    question = turn.question
    asked = question.text.in_language(zh) if question else ""
    options = tuple(option.label.in_language(zh) for option in question.options) if question else ()
    text = "\n".join(x for x in (*done, *failed, *notes, asked, *options, line) if x) or "OK."
    return Reply(meaning.language, tuple(done), failed, tuple(notes), asked, options, line, (), text)


def brief_of(step: Step, timeline: Timeline) -> Brief | None:
    """What a step that asks for new music understood of the words; None for any other. Raises BriefError, EditError."""
    if step.command != "generate_music":
        return None
    from reelscore.brief.make import make_brief
    from reelscore.catalogue import vocabulary
    from reelscore.values.brief import Wishes

    edited = command(step.command).apply(timeline, dict(step.args), NO_FACTS)
    request = edited.timeline.requests[-1]
    place = edited.timeline.find(request.segment)
    length = place[1].duration if place else Fraction(60)
    said = dict(request.wishes)
    wishes = Wishes(
        seed=request.seed,
        duration=length,
        bpm=Fraction(said["bpm"]) if "bpm" in said else None,
        key=said.get("key"),
        genre=said.get("genre"),
        mood=said.get("mood"),
        instruments=tuple(name.strip() for name in said.get("instruments", "").split(",") if name.strip()),
        without=tuple(name.strip() for name in said.get("without", "").split(",") if name.strip()),
    )
    return make_brief(request.words, wishes, vocabulary())


def said_of(error: ReelscoreError) -> Said:
    """An error in both languages."""
    return Said(str(error), getattr(error, "chinese", "") or str(error))


def _trial(timeline: Timeline, step: Step, facts: Facts) -> Edited | None:
    try:
        return command(step.command).apply(timeline, dict(step.args), facts)
    except ReelscoreError:
        return None


def _asks_for_music(before: Timeline, after: Timeline) -> bool:
    old = {request.id for request in before.requests}
    return any(request.id not in old for request in after.requests)


def _touched(changes: Sequence[Change], timeline: Timeline) -> list[str]:
    """Ids of the segments that changes were about, what was added or changed before what only lost something."""
    waiting = {request.id: request.segment for request in timeline.requests}
    about: list[str] = []
    for change in changes:
        subject = change.subject
        if not change.follows and subject.kind in ("segment", "transition", "request"):
            about.append(waiting.get(subject.id, "") if subject.kind == "request" else subject.id)
    return [name for name in dict.fromkeys(about) if name and timeline.find(name)]


def _words_of(asked: Asked) -> str:
    """A step as it is told when it failed: the command with what it was given."""
    name = (asked.command if isinstance(asked, Step) else asked.name).replace("_", " ")
    args = ", ".join(str(value)[:80] for _, value in asked.args if value is not None)
    return f"{name} ({args})" if args else name


def _which(step: Step, error: ReelscoreError, timeline: Timeline, facts: Facts, context: Context) -> Question | None:
    """A refusal that names what would work, as a question: the step with each candidate in its place, what was talked
    about last before the others."""
    named = getattr(error, "candidates", ())
    if len(named) < 2:
        return None
    entry = command(step.command)
    for param in entry.params:
        fillings = _fillings(param, named, timeline, context)
        options: list[Option] = []
        for label, value in fillings:
            args = dict(step.args) | {param.name: value}
            filled = Step(step.command, tuple(args.items()))
            if _trial(timeline, filled, facts) is not None:
                options.append(Option(label, (filled,)))
            if len(options) == MOST_OPTIONS:
                break
        if len(options) > 1:
            return Question(said_of(error), tuple(options))
    return None


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
