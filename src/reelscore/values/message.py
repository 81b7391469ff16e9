"""What a person's message means: edits and actions in the order they were said, a question, or what was not understood.

`converse` makes a Meaning of a message and a Timeline and does nothing; the edges carry it out. A Context is what a
conversation remembers between two messages, so that "a bit more" and "the second one" have something to refer to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reelscore.values.command import Plain, Said, Step

ACTIONS = {  # what a person may ask for that is no edit, and the arguments it takes
    "export": ("format", "resolution", "quality", "shape", "frame_rate", "start", "end", "name"),
    "cancel": (),  # the work under way
    "credits": (),
    "status": (),  # the timeline as it is, and what is under way
    "upload": ("url",),
    "undo": ("count", "what"),  # what: an earlier edit in the person's words; only it is taken back
    "redo": ("count",),
    "restore": ("version",),
    "name_version": ("name",),
    "versions": (),
    "diff": ("a", "b"),
    "help": ("topic",),
    "genres": (),
    "moods": (),
    "instruments": (),
    "music_video": ("prompt",),  # a film made for a track; honest answer until there are looks
    "greet": (),
    "note": (),  # of what a person only tells
    "thank": (),
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is no edit: a name of ACTIONS, and its arguments."""

    name: str
    args: tuple[tuple[str, Plain], ...] = ()


Asked = Step | Action


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from, and what it would do."""

    label: Said
    steps: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with two or three answers; the first is what would be done by default."""

    text: Said
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that could not be carried out, and why."""

    words: str
    why: Said


@dataclass(frozen=True, slots=True)
class Meaning:
    """A message understood. `confidence` (0 to 1) says how sure the rules are; `corrected` holds (typed, read) pairs.

    `withheld` are things the person said not to do ("don't export yet").
    """

    language: str  # "en", "zh", "es", "fr", "de", "pt", "ja", "ko"
    steps: tuple[Asked, ...] = ()
    question: Question | None = None
    missed: tuple[Missed, ...] = ()
    withheld: tuple[Asked, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0
    about: str = ""  # id of the one segment that was spoken of where nothing is to be done

    @property
    def edits(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if isinstance(step, Step))

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(step for step in self.steps if isinstance(step, Action))


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation remembers. `touched`: ids of the segments the last edits were about, latest first."""

    language: str = ""
    touched: tuple[str, ...] = ()
    steps: tuple[Asked, ...] = ()  # of the last message
    question: Question | None = None  # asked, and not answered yet
    uploaded: tuple[str, ...] = field(default=())  # Media.id of files that came since the last message
    versions: tuple[str, ...] = ()  # names that versions were given, latest first
    about: str = ""  # id of the segment that the last message spoke of and did nothing to


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person is told: always some text.

    `done` one line per change or answer, `failed` what was not done and why, `timeline` the line of the timeline ("" if
    there is none), `next` at most three useful next steps, worded so that they can be sent as a message.
    """

    language: str
    done: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    timeline: str = ""
    next: tuple[str, ...] = ()
    text: str = ""  # all of it as one readable answer
