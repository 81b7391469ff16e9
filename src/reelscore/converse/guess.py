"""What a clause may ask for where no rule reads it: the likeliest command, its arguments read in its own words.

    delexicalise > rank the commands (guess_model.py) > say it again with the command's own words before it > read that

The wish is guessed; what it is done to and by how much is still read by the rules, or by the command's own parameters. A
guess that is likely enough is done, a less likely one is put as a question. What takes something away is only ever asked
about, and where something is denied nothing is guessed. A reading that is good stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from reelscore.converse.beyond import impossible
from reelscore.converse.clause import Clause
from reelscore.converse.examples_here import args_here, here
from reelscore.converse.filling import filled, kinds_of
from reelscore.converse.guess_features import MOST_LETTERS, delexicalised
from reelscore.converse.guess_model import NOTHING, wordings_for
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import STANDS, Read, read_clause
from reelscore.converse.passed_over import IDLE
from reelscore.converse.pieces_weighed import FINE
from reelscore.converse.proportions import proportion
from reelscore.converse.questions import unfinished
from reelscore.converse.quotes import Quoted
from reelscore.converse.reading import SOUND_KINDS, Reading, targets
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry, Said, Step
from reelscore.values.command import Plain as PlainValue
from reelscore.values.message import ACTIONS, Action, Asked, Option, Question

DONE = 0.6  # from here on a guess is done where the message asks for nothing else
BESIDE = 0.9  # and beside other requests, or after an edit it may lean on
GUESSED = 0.55  # how sure a message is that holds a guess: a language model, if there is one, is asked first
ASKED = 0.25  # from here on it is asked whether it is meant
INSTEAD = 0.9  # instead of a reading of a single request
_CERTAIN = 0.945  # that the rules are not certain of, and
DOUBT = 0.95  # a reading is put to a question, where the wish that is likelier is not said in full
_HARDLY = 0.02  # whose command is less likely than this
_SURE = 0.9  # a reading from here on is not put to a question
_LEANS = 30  # letters of a clause that may lean on what was said before
_MOST_OPTIONS = 3
_TAKING = (  # never done on a guess, only asked about
    "remove", "ripple_delete", "remove_text", "remove_marker", "remove_filter", "remove_transition", "cut_first", "cut_last",
    "cut_range", "keep_range", "trim", "replace_media", "fit_duration", "crop",
)  # fmt: skip
_IN_WORDS = (  # need words of the person's own
    "title", "subtitle", "lower_third", "change_text", "rename", "restore", "name_version", "captions",
)  # fmt: skip

_LEAVE = Option(Said("leave it as it is", "保持原样"), ())
_COMPARES = re.compile(r"(?<![a-z])(?:more|less|a bit|a little)(?![a-z])|[a-z]{3}er(?![a-z])|一[点些]|更|再")
_NEGATION = Sieve(
    re.compile(
        r"(?<![a-z])(?:no|not|never|without|nothing|nobody|none|neither|nor|cannot|except|(?:all|everything|anything) but)(?![a-z])|n't(?![a-z])"
        r"|(?<!能)(?<!可)(?<!要)(?<!好)不|不(?!能|可以|要|好)|[没勿未]|(?<![特分区])别(?!的)|非(?!常)|除了"
    )
)


def ventured(reads: Sequence[Read]) -> list[Read]:
    """The clauses of a message, those that were not read with what they likely ask for."""
    known = {_command(read) for read in reads if not _unread(read)}
    return [_ventured(read, known if len(reads) > 1 else None) for read in reads]


def _ventured(read: Read, beside: Set[str] | None) -> Read:
    """One clause; `beside`: the commands of the others, None where there are none."""
    c = read.clause
    if read.held or not (_unread(read) or _doubtful(read)) or not 1 < len(c.text.strip()) <= MOST_LETTERS:
        return read
    if (
        _NEGATION.search(c.text)
        or FINE.search(c.text)
        or IDLE.match(c.text.strip(" ,.!?;:，。！") or " ")
        or impossible(c)
        or unfinished(c)
    ):
        return read
    likely = wordings_for(c.known.commands).likely(delexicalised(c))
    if not likely or likely[0][0] == NOTHING:
        return read
    name, chance = likely[0]
    if _doubtful(read) and dict(likely).get(_command(read), 0.0) >= _HARDLY:
        return read
    if _doubtful(read) and _held_with_unit(read):
        return read  # "down 3 dB": what was read holds the amount as it was said
    if _doubtful(read) and (
        name in _TAKING or (name == "generate_music" and c.scene.composed and _COMPARES.search(c.text))
    ):
        return read  # new music takes the place of what there is
    if beside and name in beside:
        return read  # "it feels slow, speed it up": one wish
    careful = beside is not None or (bool(c.context.steps) and len(c.text) < _LEANS)
    least = BESIDE if careful else INSTEAD if _doubtful(read) else DONE
    anew = name == "generate_music" and bool(c.scene.music) and not c.wishes
    taking = name in _TAKING or anew  # the music there is goes then, and none is described
    made = _read_as(c, name) if chance >= least and not taking else None
    if made is not None and _doubtful(read) and _aims(_asked(read)) and not _aims(made):
        return read  # what was plainly named is not lost for a guess
    if made is not None:
        return _with(read, Reading(made, round(0.75 + 0.1 * chance, 3)))
    if beside is not None or (
        _doubtful(read) and (careful or chance < DOUBT or read.best is None or read.best.score >= _SURE)
    ):
        return read
    asking = (
        _doubt(read, name)
        if _doubtful(read)
        else _question(c, [one for one, p in likely[:_MOST_OPTIONS] if p >= ASKED and one != NOTHING])
    )
    return read if asking is None else _with(read, Reading((), STANDS, question=asking))


_OF_SIZE = re.compile(r"(?<![a-z])(?:size|as (?:big|large|small))(?![a-z])")
_WHILE = re.compile(r"说话|讲话|旁白|人声|(?<![a-z])(?:talk|speak|when)")


def _held_with_unit(read: Read) -> bool:
    """Does the reading hold a level that was said in decibels or percent, at all times?"""
    if _WHILE.search(read.clause.text):
        return False
    told = [q for q in read.clause.quantities if q.kind in ("decibels", "percent")]
    given = [abs(value) for one in _asked(read) for _, value in one.args if isinstance(value, (int, float))]
    return bool(told) and all(not isinstance(q.value, str) and abs(q.number) in given for q in told)


def _asked(read: Read) -> tuple[Asked, ...]:
    return read.best.asked if read.best else ()


def _aims(asked: Sequence[Asked]) -> bool:
    return any(dict(one.args).get("which") for one in asked)


def _unread(read: Read) -> bool:
    best = read.best
    return best is None or (best.score < STANDS and best.missed is None and best.question is None)


def _doubtful(read: Read) -> bool:
    """May a likelier wish stand instead of this reading?"""
    best = read.best
    return best is not None and STANDS <= best.score < _CERTAIN and len(best.asked) == 1


def _command(read: Read) -> str:
    return _name(read.best.asked[0]) if read.best and read.best.asked else ""


def _with(read: Read, reading: Reading) -> Read:
    return replace(read, best=reading, others=(reading, *read.others))


def _read_as(c: Clause, name: str) -> tuple[Asked, ...] | None:
    """The steps of a command or action that this clause gives, all that is said of it taken up; None where it is not."""
    entry = c.known.commands.get(name)
    if entry is not None and entry.group == "music" and name != "generate_music" and not c.scene.music:
        return None
    if name in _IN_WORDS and not c.quotes:
        return None
    if entry is not None and _of_another_kind(c, entry.group):
        return None
    if name == "generate_music" and _SEEN.search(c.text):
        return None
    if name == "volume" and c.quantity("number") and not c.has("volume") and not c.mention(*SOUND_KINDS):
        return None  # "the animation down to 12": how loud or how long is not told
    if name == "speed" and _OF_SIZE.search(c.text) and proportion(c.text, "speed") is None:
        return None  # "half its size"
    if "恢复" in c.text and name.startswith(("fade", "crossfade", "mute")):
        return None  # what is to come back does not go
    if name in ("aspect", "resolution", "frame_rate") and (c.mention("overlay", "logo") or "裁" in c.text):
        return None  # of the film, and not of the small picture
    return next((steps for steps in _ways(c, name) if not _left_over(c, steps)), None)


def _of_another_kind(c: Clause, group: str) -> bool:
    """Is only named what the commands of a group do nothing to: "make the watermark subtle", "slide the photos in"?"""
    roles = {t.role for m in c.mentions if m.kind not in ("pronoun", "film", "all", "other") for t in m.things}
    if group == "music":
        return bool(roles) and roles <= {"overlay", "text"}
    return group == "text" and bool(roles) and roles <= {"clip", "overlay"} and not c.quotes


_SEEN = re.compile(r"特效|动效|动画|贴纸|表情|滤镜|画面|镜头|字体|封面")  # 来点特效: that is not heard


def _ways(c: Clause, name: str) -> Iterator[tuple[Asked, ...]]:
    """What the readers read once the command's words are said, and what its parameters alone can tell."""
    again = read_clause(said_again(c, name))
    for reading in again.others:
        if reading.asked and reading.score >= STANDS and all(_name(asked) == name for asked in reading.asked):
            yield reading.asked
            break
    if name in ACTIONS:
        yield (Action(name),)
        return
    entry = c.known.commands[name]
    args, _ = filled(c, entry)
    if all(not param.required or param.name in args for param in entry.params) and _says_enough(args, entry):
        yield _each(c, entry, args)


def _each(c: Clause, entry: CommandEntry, args: dict[str, PlainValue]) -> tuple[Asked, ...]:
    """The same edit for each of the things that are named."""
    param = next((p for p in entry.params if p.kind in ("segment", "segments")), None)
    named = targets(c, kinds_of(param)) if param else []
    if param is None or len(named) < 2:
        return (Step(entry.name, tuple(args.items())),)
    return tuple(Step(entry.name, tuple({**args, param.name: one}.items())) for one in named)


def _says_enough(args: dict[str, PlainValue], entry: CommandEntry) -> bool:
    """Does one of the command's own examples say no more than this?"""
    return bool(args.keys() - {"which"}) or any(example.args.keys() <= {"which"} for example in entry.examples)


def _left_over(c: Clause, steps: Sequence[Asked]) -> bool:
    """Is more said than the steps hold: a quantity, a quotation or a thing that none of their arguments took?"""
    given = {(key, str(value)) for asked in steps for key, value in asked.args}
    things = {m.said for m in c.mentions if m.things and (m.kind == "name" or m.nth is not None)}
    quoted = len(c.quantities) + len(c.quotes)
    told = len([key for key, _ in given if key not in ("which", "media")])
    return quoted > told or quoted + len(things) > len(given)


def said_again(c: Clause, name: str) -> Clause:
    """The clause with plain words for the command before it."""
    english, chinese = table("leads").get(name) or _own_words(c, name)
    lead = f"{english} " if c.text.isascii() or c.around.language != "zh" else chinese
    start, end = c.span
    text = lead + c.text
    at = (c.plain.at[start],) * len(lead) + c.plain.at[start : end + 1]
    quotes = tuple(Quoted(q.start + len(lead), q.end + len(lead), q.words, q.marked) for q in c.quotes)
    return Clause(Plain(text, c.plain.original, at), quotes, (0, len(text)), c.around)


def _own_words(c: Clause, name: str) -> tuple[str, str]:
    entry = c.known.commands.get(name)
    words = entry.words if entry else {}
    plain = name.replace("_", " ")
    return next(iter(words.get("en", ())), plain), next(iter(words.get("zh", ())), plain)


def _name(asked: Asked) -> str:
    return asked.name if isinstance(asked, Action) else asked.command


def _question(c: Clause, names: Sequence[str]) -> Question | None:
    """Which of these is meant? Or, where it is plain which, the ways its own examples go."""
    options: list[Option] = []
    for name in names:
        entry = c.known.commands.get(name)
        steps = _read_as(c, name)
        if entry is not None and steps is not None:
            options.append(Option(entry.help, steps))
        elif entry is not None:
            options += _examples(c, entry)
    if not options:
        return None
    if len(options) == 1:
        options.append(_LEAVE)
    return Question(Said("What do you mean? For example:", "是指哪一种？例如："), tuple(options[:_MOST_OPTIONS]))


def _doubt(read: Read, name: str) -> Question | None:
    """The reading, or what the likelier command does?"""
    c, entry = read.clause, read.clause.known.commands.get(name)
    read_as = c.known.commands.get(_command(read))
    if entry is None or read_as is None or read.best is None:
        return None
    options = (Option(read_as.help, read.best.asked), *_examples(c, entry))
    return (
        Question(Said("What do you mean? For example:", "是指哪一种？例如："), options[:_MOST_OPTIONS])
        if len(options) > 1
        else None
    )


def _examples(c: Clause, entry: CommandEntry) -> list[Option]:
    """What a command's own examples do, to the thing that is spoken of."""
    param = next((p for p in entry.params if p.kind in ("segment", "segments")), None)
    named = targets(c, kinds_of(param)) if param else []
    made = []
    for example in entry.examples:
        there = args_here(example.args, c.scene.timeline)
        args = {key: value for key, value in there.items() if param is None or key != param.name or not named}
        if not args.keys() - {param.name if param else ""} or any(
            p.kind == "media" and p.name in args for p in entry.params
        ):
            continue
        given = ((param.name, named[0]),) if param and named else ()
        told = Said(*(here(words, c.scene.timeline) for words in (example.en, example.zh)))
        made.append(Option(told, (Step(entry.name, (*given, *args.items())),)))
    return made
