"""A message, read: edits and actions in the order they were said, a question, or what was not understood.

    normalise > lift quotations > put slips right > take corrections in > divide into clauses > read each clause
        > guess what was not read > settle

Each clause is read by every family of readers and from the commands' own tables; the best reading wins. Pure, quick,
deterministic. Nothing a person types is run, opened or obeyed: text is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse import dictated
from reelscore.converse.announced import announced
from reelscore.converse.around import Around
from reelscore.converse.clause import Clause
from reelscore.converse.concepts import concepts_for
from reelscore.converse.contrasted import wanted_alone
from reelscore.converse.contrasted_zh import said_anew, wanted_alone_zh
from reelscore.converse.corrections import settled
from reelscore.converse.dividing import divided
from reelscore.converse.done_first import in_order
from reelscore.converse.excepted_zh import told_first
from reelscore.converse.exchanged import families_of
from reelscore.converse.faulted import taken_out
from reelscore.converse.file_names import files_named
from reelscore.converse.film_wishes import parted
from reelscore.converse.forbidden import put_as_dont
from reelscore.converse.foreign.asked import answer_to
from reelscore.converse.gathering import meaning_of
from reelscore.converse.glossaries import TRANSLATED, as_typed, in_english
from reelscore.converse.guess import GUESSED, ventured
from reelscore.converse.kept_after_all import kept_after_all, of_it
from reelscore.converse.known import Known
from reelscore.converse.languages import language_of
from reelscore.converse.left_alone import spared_first, without_what_stays
from reelscore.converse.lines_below import lines_below
from reelscore.converse.lines_listed import said_out
from reelscore.converse.near_looks import nearest_look
from reelscore.converse.normalise import Plain, blanked, plain_of
from reelscore.converse.one_clause import Read, read_clause
from reelscore.converse.other_words import reworded_as
from reelscore.converse.own_words import marked
from reelscore.converse.quoted_again import put_right
from reelscore.converse.quotes import Quoted, lifted
from reelscore.converse.reasons import without_reasons
from reelscore.converse.remarks import plain_wish
from reelscore.converse.respelt import respelt
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.stays import exempted
from reelscore.converse.stumbled_zh import smoothed
from reelscore.converse.tag_lines import two_lines
from reelscore.converse.typos import corrected
from reelscore.values.message import Action, Context, Meaning
from reelscore.values.timeline import Timeline
from reelscore.values.vocabulary import Vocabulary

MOST_CORRECTIONS = 3  # "the lake, I mean the drone, no, the intro"


def parse(message: str, timeline: Timeline, known: Known, context: Context | None = None) -> Meaning:
    """What the message means for this timeline. Never raises for anything a person may type."""
    context = context or Context()
    if message.isascii() and any(letter.isdigit() for letter in message):
        message = said_out(message)
    if message.isascii():
        message = dictated.as_typed_out(message)
    kept = kept_after_all(message, context)
    message = kept[0] if kept else message
    message = _NO_WAIT.sub("wait, ", message)
    message = said_anew(message)
    scene = Scene(timeline, context.touched)
    message = respelt(message, scene)
    plain, quotes, changes, language = _prepared(message, known, scene, context)
    if language in TRANSLATED and (told := answer_to(plain_of(message).text, language, context)) is not None:
        return Meaning(language, (told,))
    around = Around(scene, known, concepts_for("en" if language in TRANSLATED else language), context, language)
    if (thing := scene.find(context.about)) is not None:
        around = replace(around, focus=thing.segment.id, focus_kind=thing.role)
    if kept and kept[1]:
        around = replace(around, focus=kept[1], focus_kind=kept[2])
    for _ in range(MOST_CORRECTIONS):
        again = settled(plain, quotes, scene, lambda text: _speaks(text, around), families_of(known.commands))
        if again is None:
            break
        plain, quotes, more, _ = _prepared(again, known, scene, context)
        changes = tuple(dict.fromkeys((*changes, *more)))
    clauses = divided(plain, quotes, around)
    guessed = ventured(clauses)
    meaning = meaning_of(guessed, language, changes)
    if kept and meaning.steps:
        meaning = replace(meaning, steps=(Action("undo"), *(of_it(one, kept[1], kept[2]) for one in meaning.steps)))
    if not meaning.steps:
        meaning = replace(meaning, about=_spoken_of(clauses))
    if language in TRANSLATED and meaning.missed:
        typed, _ = lifted(plain_of(message))
        missed = (replace(one, words=as_typed(one.words, typed, language)[:200]) for one in meaning.missed)
        meaning = replace(meaning, missed=tuple(missed))
    return meaning if guessed == clauses else replace(meaning, confidence=min(meaning.confidence, GUESSED))


def _spoken_of(clauses: Sequence[Read]) -> str:
    """The one thing that a message names; "" where it names none, or several."""
    things = {t.segment.id: t for read in clauses for m in read.clause.mentions if len(m.things) == 1 for t in m.things}
    roles = ("clip", "overlay", "text", "voice")
    return next(iter(things)) if len(things) == 1 and next(iter(things.values())).role in roles else ""


def _prepared(
    message: str, known: Known, scene: Scene, context: Context
) -> tuple[Plain, tuple[Quoted, ...], tuple[tuple[str, str], ...], str]:
    plain, quotes = _with_its_words(smoothed(plain_of(message)), scene, known.vocabulary)
    language = language_of(plain.text, context.language)
    if language in TRANSLATED:
        plain, quotes = in_english(plain, quotes, language)
        return *_in_order(plain, plain, quotes, "en", scene, known), (), language
    right, changes = corrected(plain, known, scene, [(q.start, q.end) for q in quotes])
    if changes and not quotes:  # "make the tital say Our Weekend": what announces them was misspelt
        plain = right
        right, quotes = _with_its_words(right, scene, known.vocabulary)
    right, read = nearest_look(right, scene, language)
    changes = (*changes, *read)
    return *_in_order(right, plain, quotes, language, scene, known), changes, language


def _in_order(
    right: Plain, plain: Plain, quotes: tuple[Quoted, ...], language: str, scene: Scene, known: Known
) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message `right` with what is wished alone and in the order it is done; its quotations stand as in `plain`."""
    if language == "zh":
        right = told_first(right, scene)
    right = put_as_dont(without_reasons(exempted(taken_out(in_order(right, scene)), scene), scene), scene)
    if right is not plain:
        shift = _moved(plain, right)
        quotes = tuple(replace(q, start=shift(q.start), end=shift(q.end)) for q in quotes)
    if language == "zh":
        right = spared_first(wanted_alone_zh(right, families_of(known.commands)), scene)
    if language == "en":
        wished = plain_wish(right.text)
        wished = wished if not scene.timeline.media and scene.empty else parted(wished)
        right = without_what_stays(
            wanted_alone(
                spared_first(right.with_text(wished), scene), known.vocabulary, scene, families_of(known.commands)
            ),
            known.vocabulary,
        )
    return right, quotes


def _with_its_words(typed: Plain, scene: Scene, vocabulary: Vocabulary) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with what shall stand on the picture, and the names of files, marked out."""
    plain, quotes = lifted(typed)
    if closing := _CLOSING.search(plain.text):
        plain = plain.with_text(blanked(plain.text, closing.start(), len(plain.text)))
    plain, quotes = marked(plain, quotes, scene)
    plain, quotes = announced(typed.text, plain, quotes, scene, vocabulary)
    quotes = put_right(quotes)
    plain, quotes = two_lines(typed.text, plain, quotes)
    plain, quotes = reworded_as(typed.text, plain, quotes, scene)
    plain, quotes = lines_below(typed.text, plain, quotes)
    return files_named(plain, quotes)


def _moved(old: Plain, new: Plain):  # type: ignore[no-untyped-def]
    """Where a place of the old text lies in the new one: both know where they came from."""
    first: dict[int, int] = {}
    for n, place in enumerate(new.at):
        first.setdefault(place, n)

    def moved(at: int) -> int:
        return first.get(old.at[at], at)

    return moved


def _speaks(text: str, around: Around) -> bool:
    """Is this a request of its own, and a plain one?"""
    plain, quotes = lifted(plain_of(text))
    read = read_clause(Clause(plain, quotes, (0, len(plain.text)), around))
    return read.best is not None and read.best.score >= 0.85 and bool(read.best.asked)


_NO_WAIT = re.compile(
    r"^\s*(?:oh |ah |hm+,? )?no,? (?:wait|hang on|hold on)[,.! ]+(?=\S)", re.IGNORECASE
)  # denies nothing
_CLOSING = Sieve(
    re.compile(
        r"(?<=[.!?\n,。！])\s{0,8}(?:kind|best|warm)? ?(?:regards|wishes|sincerely|yours)(?![a-z])[^.!?]{0,40}$|(?<=[.!?\n,。！，])\s{0,8}(?:此致|祝好|谢谢小编|谢谢啦?|多谢|(?:十分|非常|万分)?感谢)[^,。]{0,6}$"
    )
)
