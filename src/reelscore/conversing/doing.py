"""A meaning carried out as far as values go: edits, steps through the versions, and what is left for the edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reelscore.converse.clause import seconds
from reelscore.conversing.meant_edit import edit_meant
from reelscore.conversing.refused import said_of, trial, which_one, why_of, words_of
from reelscore.edit import history as versions
from reelscore.edit.difference import differences
from reelscore.edit.film import black_after
from reelscore.edit.history import History
from reelscore.edit.registry import command
from reelscore.edit.requests import with_media
from reelscore.edit.taking_back import taken_back
from reelscore.edit.targets import many
from reelscore.errors import ReelscoreError
from reelscore.values.command import Change, Edited, Plain, Said, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Action, Context, Meaning, Missed, Question
from reelscore.values.timeline import Media, Timeline

MOST_NAMES = 50
MOVES = ("undo", "redo", "restore", "name_version")
FOR_THE_EDGE = ("export", "cancel", "credits", "status", "upload")
_OF_THE_FILM = ("cut_first", "cut_last", "cut_range", "keep_range")  # "it" is the film then, and no clip of it
_TAKES = ("remove", "ripple_delete", "remove_text")
_ON_THE_BEAT = ("cut_to_beat", "snap_to_beat")
_WRITTEN_TO_THE_CUT = Said(
    "The music is written to this very cut, so that the cuts lie on its beats.",
    "音乐按现在的剪辑来写，剪辑点会落在拍子上。",
)
_QUIET = (
    "greet",
    "note",
    "thank",
    "status",
    "credits",
    "help",
    "genres",
    "moods",
    "instruments",
    "versions",
    "diff",
    "cancel",
)


@dataclass(frozen=True, slots=True)
class Move:
    """A step through the versions, or a name given: what kind, which version counts now, what is different."""

    kind: str  # of MOVES, or "taken_back": one earlier edit alone
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
    asked: tuple[Action, ...] = ()  # what `answer` answers by itself: help, genres, versions...
    early: tuple[Timeline | None, ...] = ()  # for each pending one that edits follow ("export, then mute it"): its own


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
    work = _Work(knowing(history, media), facts, (message, meaning.language), tuple(media), no_music)
    for asked in meaning.steps:
        if isinstance(asked, Step):
            work.edit(asked, context)
        elif asked.name in MOVES:
            work.move(asked)
        else:
            work.leave(asked)
    work.close()
    question = meaning.question or work.question
    spoken = [asked for asked in meaning.steps if not (isinstance(asked, Action) and asked.name in _QUIET)]
    after = Context(
        language=meaning.language,
        touched=tuple(name for name in dict.fromkeys((*work.touched, *context.touched)) if name)[:20],
        steps=tuple(spoken) or context.steps,
        question=question,
        uploaded=() if spoken else context.uploaded,
        versions=tuple(work.history.versions.names.values())[::-1][:MOST_NAMES],
        about="" if work.steps else meaning.about,
    )
    now = work.history.timeline
    notes = (*work.notes, *black_after(history.timeline, now)) if work.changes else tuple(work.notes)
    changes, moves = tuple(work.changes), tuple(work.moves)
    if work.steps and moves and meaning.steps[: len(moves)] == (Action("undo"),) * len(moves):
        changes, moves = differences(history.timeline, now), ()  # taken back and made anew: what is different now
    edited = Edited(now, changes, tuple(work.steps), tuple(dict.fromkeys(notes)))
    return Turn(
        history=work.history,
        edited=edited if work.tried else None,
        failed=(*meaning.missed, *work.failed),
        pending=tuple(work.pending),
        context=after,
        language=meaning.language,
        music=bool(work.history.timeline.requests),
        question=question,
        moves=moves,
        asked=tuple(work.asked),
        early=tuple(None if at is work.at else at for at in work.seen),
    )


class _Work:
    """A message being carried out: edits gather until something else is asked, then they are one version."""

    def __init__(
        self, history: History, facts: Facts, said: tuple[str, str], media: tuple[Media, ...], no_music: Said | None
    ) -> None:
        self.history, self.facts, self.media, self.no_music = history, facts, media, no_music
        self.message, self.language = said
        self.at = history.timeline
        self.open: list[Step] = []
        self.tried = False
        self.steps: list[Step] = []
        self.changes: list[Change] = []
        self.notes: list[Said] = []
        self.touched: list[str] = []
        self.failed: list[Missed] = []
        self.pending: list[Action] = []
        self.asked: list[Action] = []
        self.seen: list[Timeline] = []  # when each pending action was said
        self.moves: list[Move] = []
        self.question: Question | None = None

    def edit(self, step: Step, context: Context) -> None:
        """One edit on what there is so far; what cannot be done is told, or asked about."""
        self.tried = True
        step = self._as_it_lies_now(step)
        try:
            edited = command(step.command).apply(self.at, dict(step.args), self.facts)
        except ReelscoreError as error:
            self._refused(step, error, context)
            return
        if self.no_music is not None and _asks_for_music(self.at, edited.timeline):
            self.failed.append(Missed(words_of(step, self.at, self.language), self.no_music))
            return
        moved = _moved(step, self.at)
        self.at = edited.timeline
        self.open += edited.steps
        self.notes += edited.notes
        if not (step.command in _OF_THE_FILM and "which" not in dict(step.args)):
            self.touched = [*moved, *_touched(edited.changes, edited.timeline), *self.touched]

    def _refused(self, step: Step, error: ReelscoreError, context: Context) -> None:
        if self._gone_already(step):
            return
        if step.command in _ON_THE_BEAT and self.at.requests:
            self.notes.append(_WRITTEN_TO_THE_CUT)
            return
        question = None if self.question else which_one(step, error, self.at, self.facts, context)
        if question is None:
            self.failed.append(Missed(words_of(step, self.at, self.language), why_of(step, error, self.at)))
        self.question = self.question or question

    def _as_it_lies_now(self, step: Step) -> Step:
        """Of "delete the beach and keep only the interview" the stretch that the interview takes by then."""
        if step.command != "keep_range" or not self.open:
            return step
        args = dict(step.args)
        for _, span, segment in self.history.timeline.placed():
            if (args.get("start"), args.get("end")) == (seconds(span.start), seconds(span.end)):
                now = next((held for _, held, other in self.at.placed() if other.id == segment.id), None)
                moved = {"start": seconds(now.start), "end": seconds(now.end)} if now else {}
                return Step(step.command, tuple((args | moved).items()))
        return step

    def _gone_already(self, step: Step) -> bool:
        """Was all that shall go there, and does this message take it: "only the beach, delete the interview"?"""
        if step.command not in _TAKES or not self.open:
            return False
        there = self.history.timeline
        after = trial(there, step, self.facts)
        if after is None:
            return False
        gone = {segment.id for _, _, segment in there.placed()} - {s.id for _, _, s in after.timeline.placed()}
        return bool(gone) and gone.isdisjoint(segment.id for _, _, segment in self.at.placed())

    def leave(self, action: Action) -> None:
        """Something for the edge, or for the answer."""
        if action.name in FOR_THE_EDGE:
            self.pending.append(action)
            self.seen.append(self.at)
        else:
            self.asked.append(action)

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
            self.history = self._moved(action.name, args, before)
        except ReelscoreError as error:
            self.failed.append(Missed(words_of(action, self.at, self.language), said_of(error)))
            return
        changes = differences(before.timeline, self.history.timeline)
        name = str(args.get("name") or "") if action.name == "name_version" else self.history.now.name
        alone = action.name == "undo" and len(self.history.versions) > len(before.versions)
        self.moves.append(Move("taken_back" if alone else action.name, self.history.current, name, changes))
        self.history = knowing(self.history, self.media)
        self.at = self.history.timeline
        self.touched = [*_touched(changes, self.at), *self.touched]

    def _moved(self, kind: str, args: Mapping[str, Plain], history: History) -> History:
        if kind == "undo" and (what := str(args.get("what") or "")):
            version = edit_meant(history, what)
            if version.id == history.current:
                return versions.undo(history)
            return taken_back(history, version, self.facts, self.message)
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
    return replace(turn, history=versions.with_timeline(turn.history, timeline), music=False)


def knowing(history: History, media: Iterable[Media]) -> History:
    """The history whose current version knows these files too; no new version."""
    timeline = with_media(history.timeline, *media)
    if timeline is history.timeline:
        return history
    return versions.with_timeline(history, timeline)


def _asks_for_music(before: Timeline, after: Timeline) -> bool:
    old = {request.id for request in before.requests}
    return any(request.id not in old for request in after.requests)


def _moved(step: Step, timeline: Timeline) -> list[str]:
    """The clip that is put elsewhere, and not those it changes places with."""
    which = str(dict(step.args).get("which") or "")
    if step.command != "reorder" or not which:
        return []
    try:
        return [place.segment.id for place in many(timeline, which, ("clip",))]
    except ReelscoreError:
        return []


def _touched(changes: Sequence[Change], timeline: Timeline) -> list[str]:
    """Ids of the segments that changes were about, what was added or changed before what only lost something."""
    waiting = {request.id: request.segment for request in timeline.requests}
    about: list[str] = []
    film = any(change.subject.kind == "segment" and change.subject.role in ("clip", "overlay") for change in changes)
    for change in changes:
        subject = change.subject
        if film and subject.kind == "segment" and subject.role == "music":
            continue  # it was cut with the film
        if not change.follows and subject.kind in ("segment", "transition", "request"):
            about.append(waiting.get(subject.id, "") if subject.kind == "request" else subject.id)
    return [name for name in dict.fromkeys(about) if name and timeline.find(name)]
