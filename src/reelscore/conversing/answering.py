"""The answer to a message: what a turn did, worded in the person's language, and what could come next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from reelscore import catalogue
from reelscore.converse.reply import MOST_NEXT, Told, reply
from reelscore.converse.reply_changes import LANGUAGES as OTHER_LANGUAGES
from reelscore.converse.reply_changes import told as changes_told
from reelscore.converse.reply_info import help_on, is_topic, names_of
from reelscore.converse.reply_phrases import in_own, values_in_own
from reelscore.converse.reply_words import action_name, frame, reason
from reelscore.converse.rights import is_rights
from reelscore.converse.suggest import suggestions
from reelscore.conversing.doing import Move, Turn
from reelscore.conversing.reading import read
from reelscore.conversing.refused import said_of, words_of
from reelscore.conversing.standing import state
from reelscore.edit import history as versions
from reelscore.edit.difference import differences
from reelscore.edit.names import PROPERTIES, REQUESTS
from reelscore.edit.registry import commands
from reelscore.edit.samples import SAMPLES
from reelscore.edit.summary import summary
from reelscore.edit.wording import worded
from reelscore.errors import ReelscoreError
from reelscore.values.command import Change, Said
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.message import Action, Context, Meaning, Missed, Question, Reply
from reelscore.values.timeline import Timeline

MOST_CLAUSES = 12
MOST_MOVED = 4  # clauses of an undo: who undoes knows what was done
_WRITTEN = {  # what was asked for, once it is there
    "music to be written": Said("music written", "已创作音乐"),
    "music to be written anew": Said("music written anew", "已重写音乐"),
    "a variation to be written": Said("a variation written", "已创作变奏"),
    "music to be changed": Said("music changed", "已修改音乐"),
    "music to be fitted": Said("music fitted", "已重新适配音乐"),
}


def answer(
    turn: Turn,
    meaning: Meaning,
    *,
    notes: Sequence[str] = (),
    results: Mapping[int, Said | str] | None = None,
    timeline_after: Timeline | None = None,
    facts: Facts = NO_FACTS,
) -> Reply:
    """What the person is told, in their language. `results`: what the edge did for pending actions, by their place in
    `turn.pending` (a text that is in the language already may be plain); `timeline_after`: the timeline when the work
    is done, where it is not the turn's."""
    language = meaning.language
    either = "zh" if language == "zh" else "en"
    timeline = timeline_after or turn.history.timeline
    edited = turn.edited
    outcome = dict(results or {})
    told = [_told_move(move, language) for move in turn.moves]
    told += [line for action in turn.asked for line in _information(action, turn, language)]
    for n, action in enumerate(turn.pending):
        told += _outcome(action, outcome.get(n), timeline, language, facts)
    done = _worded(edited.changes, language, not timeline.requests) if edited else ()
    question = turn.question
    said = Told(
        done=done,
        told=tuple(line for line in told if line),
        failed=tuple(_reason(missed, language) for missed in turn.failed),
        withheld=tuple(words_of(asked, timeline, language) for asked in meaning.withheld),
        corrected=meaning.corrected,
        notes=tuple(
            in_own(note, language)
            for note in (*(one.in_language(either) for one in (edited.notes if edited else ())), *notes)
        ),
        question=_question(question, language) if question else "",
        options=tuple(in_own(one.label.in_language(either), language) for one in question.options) if question else (),
        timeline=summary(timeline, either) if timeline.tracks else frame("empty", language),
        next=_following(timeline, turn, meaning, language, facts),
        unchanged=edited is not None and not done and not turn.failed and not question,
    )
    return reply(language, said)


def _question(question: Question, language: str) -> str:
    text = question.text.in_language("zh" if language == "zh" else "en")
    own = in_own(text, language)
    return f"{frame('which', language)} {text}" if language in OTHER_LANGUAGES and own == text else own


def _worded(changes: Sequence[Change], language: str, written: bool) -> tuple[str, ...]:
    """Changes as clauses; music that was asked for is told as written once it is."""
    if language in OTHER_LANGUAGES:
        return changes_told(changes, language, lambda change: values_in_own(_values(change), language), written)
    clauses = worded(changes, "zh" if language == "zh" else "en")
    for en, zh in REQUESTS.values() if written else ():
        old, new = (zh, _WRITTEN[en].zh) if language == "zh" else (en, _WRITTEN[en].en)
        clauses = tuple(new + clause[len(old) :] if clause.startswith(old) else clause for clause in clauses)
    return clauses


def _values(change: Change) -> str:
    """Before and after of one change, without the words around them."""
    name = PROPERTIES.get(change.property, ("", ""))[0]
    bare = replace(change, subject=replace(change.subject, label="x", role="video"))
    clause = next(iter(worded([bare])), "")
    if change.property in ("added", "removed"):
        return clause.partition("(")[2].removesuffix(")")
    return clause.partition(": ")[2].removeprefix(f"{name} ")


def _reason(missed: Missed, language: str) -> str:
    why = reason(missed.why.in_language(language), language)
    separator = "：" if language == "zh" else ": "
    return f"{missed.words}{separator}{why}" if missed.words else why


def _told_move(move: Move, language: str) -> str:
    if move.kind == "name_version":
        return frame("named", language, move.version, move.name)
    key = {"undo": "undone", "taken_back": "undone", "redo": "redone", "restore": "restored"}[move.kind]
    changes = [change for change in move.changes if change.subject.kind != "request"]
    clauses = _worded(changes, language, True) or _worded(move.changes, language, False)  # music that was yet to come
    more = (f"... (+{len(clauses) - MOST_MOVED})",) if len(clauses) > MOST_MOVED else ()
    words = ("；" if language == "zh" else "; ").join((*clauses[:MOST_MOVED], *more))
    version = f'{move.version} "{move.name}"' if move.name else move.version
    return frame(key, language, version, words or frame("same", language))


def _information(action: Action, turn: Turn, language: str) -> tuple[str, ...]:
    """The answer to what changes nothing and needs no edge."""
    either, args = "zh" if language == "zh" else "en", dict(action.args)
    match action.name:
        case "help":
            return _help(str(args.get("topic") or ""), turn, language)
        case "genres" | "moods" | "instruments":
            return (names_of(action.name, catalogue.vocabulary(), either),)
        case "versions":
            return versions.listed(turn.history, either)[-MOST_CLAUSES:]
        case "diff":
            try:
                a, b = str(args.get("a") or "before"), str(args.get("b") or "now")
                return (_difference(turn, a, b, language, bool(args)),)
            except ReelscoreError as error:
                return (frame("failed", language, said_of(error).in_language(either)),)
        case "music_video":
            return (frame("music_video", language),)
        case "greet":
            return (frame("hello", language),)
        case "note":
            return (frame("noted", language),)
        case "thank":
            return (frame("welcome", language),)
    return (frame("beyond", language, action_name(action.name, language)),)


def _difference(turn: Turn, a: str, b: str, language: str, named: bool) -> str:
    """What two versions differ in; of none that was named, what the last edit changed."""
    before, after = (versions.found(turn.history, name).timeline for name in (a, b))
    clauses = _worded(differences(before, after), language, True)
    more = (f"... (+{len(clauses) - MOST_CLAUSES})",) if len(clauses) > MOST_CLAUSES else ()
    words = ("；" if language == "zh" else "; ").join((*clauses[:MOST_CLAUSES], *more)) or frame("nothing", language)
    if named and a == "1" and b == "now":
        a, b = ("一开始", "现在") if language == "zh" else ("start", b)
    return f"{a} → {b}: {words}" if named else frame("last_change", language, words)


def _help(topic: str, turn: Turn, language: str) -> tuple[str, ...]:
    """What can be said; for "how do I ...?" that it is said just so, and what else its command understands."""
    if is_rights(topic):
        return (frame("rights", language),)
    either = "zh" if language == "zh" else "en"
    if topic == "export":
        return (frame("just_say", language, "导出" if either == "zh" else "export"),)
    if topic and not is_topic(topic, commands()):
        meant = read(topic, turn.history.timeline, Context(language))
        if len(meant.edits) == 1 == len(meant.steps) and not meant.missed and not meant.question:
            return (
                frame("just_say", language, topic),
                *help_on(meant.edits[0].command, commands(), either, turn.history.timeline),
            )
    return help_on(topic, commands(), either, turn.history.timeline)


def _outcome(
    action: Action, result: Said | str | None, timeline: Timeline, language: str, facts: Facts
) -> tuple[str, ...]:
    stands = tuple(state(timeline, facts, language, catalogue.vocabulary())) if action.name == "status" else ()
    if result is not None:
        return (_in(result, language), *stands)
    return stands or (frame("beyond", language, action_name(action.name, language)),)


def _in(said: Said | str, language: str) -> str:
    return said if isinstance(said, str) else said.in_language("zh" if language == "zh" else "en")


def _following(timeline: Timeline, turn: Turn, meaning: Meaning, language: str, facts: Facts) -> tuple[str, ...]:
    """At most three useful next steps that work when they are sent. The English and Chinese ones are held to that by
    tests; those of other languages are read once before they are first offered."""
    if turn.question:
        return ()
    done = [one for one in meaning.steps if turn.moves or one != Action("undo", one.args)]  # an undo that undid nothing
    offered = suggestions(timeline, facts, done, language)
    good = (words for words in offered if language in ("en", "zh") or _is_read(words, language))
    return tuple(islice(good, MOST_NEXT))


@lru_cache(maxsize=256)
def _is_read(words: str, language: str) -> bool:
    """Do the rules of this language know these words?"""
    meant = read(words, SAMPLES["talk"](), Context(language))
    return bool(meant.steps) and not meant.missed and not meant.question
