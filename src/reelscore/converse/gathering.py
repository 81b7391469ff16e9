"""What all clauses come to: steps in order, what is withheld, one question, what was not understood and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reelscore.converse import careful, generic, patterns
from reelscore.converse.account import unheard
from reelscore.converse.beyond import chatter, impossible, names_another, only_headed
from reelscore.converse.clause import Clause
from reelscore.converse.clauses_together import (
    by_its_id,
    closing,
    in_the_next,
    of_the_added,
    of_the_new_text,
    of_the_reworded,
    one_piece,
    only_there,
    out_of_the_cut,
    over_the_frozen,
    over_the_moved,
    taken_once,
    undone_first,
    with_cut,
)
from reelscore.converse.half_heard import heard_out
from reelscore.converse.one_clause import LEFT_ALONE, STANDS, Read
from reelscore.converse.passed_over import IDLE
from reelscore.converse.pieces_weighed import FINE
from reelscore.converse.questions import open_question, unfinished
from reelscore.converse.questions_of_amount import longer_too
from reelscore.converse.reading import Reading
from reelscore.converse.remarks import REMARK
from reelscore.converse.unknown_things import unknown_thing, why_unknown
from reelscore.converse.unplaced import placed_first
from reelscore.converse.which_one import which_one
from reelscore.converse.wondering import wonders
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Asked, Meaning, Missed, Question


def meaning_of(clauses: list[Read], language: str, changes: tuple[tuple[str, str], ...]) -> Meaning:
    """All clauses together."""
    made = Gathered()
    clauses = of_the_reworded(of_the_added(only_there(clauses)))
    several = sum(bool(read.best and read.best.asked and not read.held) for read in clauses) > 1
    for read in clauses:
        wished = any(other is not read and other.best and other.best.asked for other in clauses)
        _gather(read, made, several or bool(read.best and len(read.best.asked) > 1), wished)
    if made.steps and (words := unheard([read.clause for read in clauses], made.steps)):
        made.missed.append(Missed(words, _not_understood(clauses[0].clause)))
        made.scores.append(0.5)
    left = all(read.best is None and LEFT_ALONE.fullmatch(read.clause.text) for read in clauses)
    if not (made.steps or made.missed or made.withheld or made.question or (clauses and left)):
        forbidden = bool(clauses) and clauses[0].held and not wonders(clauses[0].clause)
        why = _STAYS if forbidden else _not_understood(clauses[0].clause)
        made.missed.append(Missed(clauses[0].clause.said()[:200] if clauses else "", why))
        made.scores.append(0.3)
    made.steps = [of_the_new_text(made.steps, n) for n in range(len(made.steps))]
    made.steps = [over_the_frozen(made.steps, n, clauses[-1].clause) for n in range(len(made.steps))]
    if clauses and len(made.steps) > 1:
        made.steps = taken_once(made.steps, clauses[0].clause.scene)
        made.steps = by_its_id(made.steps, clauses[0].clause.scene)
    made.steps = [one for n, one in enumerate(made.steps) if not in_the_next(made.steps, n)]
    made.steps = one_piece(made.steps)
    made.steps = [closing(made.steps, n, clauses[0].clause.scene) for n in range(len(made.steps))] if clauses else []
    if clauses:
        made.steps = out_of_the_cut(made.steps, clauses[0].clause)
        made.steps = undone_first(made.steps, clauses[0].clause)
        made.steps = placed_first(made.steps, clauses[0].clause.scene, clauses[0].clause.plain.text)
    confidence = round(min(made.scores, default=0.2), 3)
    return Meaning(
        language, tuple(made.steps), made.question, tuple(made.missed), tuple(made.withheld), changes, confidence
    )


_STAYS = Said("it stays as it is.", "保持原样。")  # "don't shorten the intro"


@dataclass(slots=True)
class Gathered:
    """What the clauses came to so far."""

    steps: list[Asked] = field(default_factory=list)
    withheld: list[Asked] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    question: Question | None = None
    scores: list[float] = field(default_factory=list)


_AT_ONCE = (
    r"(?<![a-z])(?:(?:remove|delete|cut|lose) (?:and|but) (?:also )?keep(?= )|keep (?:and|but) (?:also )?(?:remove|delete|cut)(?= )|mute and unmute|louder and quieter|quieter and louder|faster and slower|slower and faster|brighter and darker|darker and brighter"
    r"|bigger and smaller|smaller and bigger|higher and lower|lower and higher|longer and shorter|shorter and longer)(?![a-z])"
    r"|又(?:大|快|亮|响|长)一?[点些]?又(?:小|慢|暗|轻|短)|又(?:小|慢|暗|轻|短)一?[点些]?又(?:大|快|亮|响|长)|(?:大声|调大|加大|放大).{0,4}(?:同时|又).{0,3}(?:静音|小声|调小)"
)
_CONTRARY = Said("It cannot be both at once. Say which of the two.", "两者不能同时。请说要哪一个。")
_SAYS_WHY = re.compile(  # "someone coughs there"
    r"(?:someone|somebody|some ?guy|people|everyone|nobody|no one|he|she|they|we|you|i|(?:a|an|some) [a-z]+|cause|because|cos|since|so that|otherwise|my [a-z]+) (?!(?:should|must|need|needs|has|have|want) (?:to )?)[a-z']+.*"
)


def _remark(read: Read) -> bool:
    text = read.clause.text.strip(" ,.!?")
    return (
        REMARK.match(text) is not None
        or (read.best is None and not read.clause.quantities and _SAYS_WHY.fullmatch(text) is not None)
        or patterns.match(r"(?:and |so |but |now )*(?:what|how) about ", text) is not None
    )


def _gather(read: Read, made: Gathered, several: bool, wished: bool = False) -> None:
    """Add what one clause means."""
    best = read.best
    if wished and _remark(read) and (best is None or best.score < STANDS):
        return
    if read.held and best is None:
        return  # "leave the music as it is" asks for nothing
    if read.held and best is not None and (best.score < STANDS or not best.asked):
        return
    if wished and best is not None and best.score <= STANDS and _music_of_nothing(read):
        best = None  # "black bars, cinema style"
        read = Read(read.clause, None, (), read.held)
    why = (
        impossible(read.clause)
        if best is None or (best.score < 0.97 and not _explains(best) and not only_headed(read.clause))
        else None
    )
    if (
        why is not None
        and best is not None
        and chatter(read.clause, best.score >= 0.9 and _writes_none(best), all(_cuts_out(one) for one in best.asked))
    ):
        why = None
    if why is not None and not (best and read.held) and (not _own(read) or names_another(read.clause)):
        made.missed.append(Missed(_words(read.clause), why))
        made.scores.append(0.8)
        return
    if best is not None and not read.held and patterns.search(_AT_ONCE, read.clause.text):
        made.missed.append(Missed(_words(read.clause), _CONTRARY))
        made.scores.append(0.9)
        return
    question = None
    if best is None or (best.missed is not None and not best.asked and best.score < 0.9) or best.score < STANDS:
        question = unfinished(read.clause)
    if question is None and best is not None and not read.held:
        question = open_question(read.others) or careful.doubt(read) or which_one(read)
    if question is None and careful.rash(read):
        best = None
    if question is None and best is not None:
        best = heard_out(read)
    if question is not None:
        made.question = made.question or question
        made.scores.append(best.score if best else 0.5)
    elif best is None:
        if (words := _words(read.clause)) and not FINE.search(read.clause.text):
            made.missed.append(Missed(words, _not_understood(read.clause)))
            made.scores.append(0.2)
    elif best.question is not None:
        made.question = made.question or best.question
        made.scores.append(best.score)
    elif best.missed is not None:
        made.missed.append(Missed(_words(read.clause), best.missed))
        made.scores.append(best.score)
    elif words := unknown_thing(read.clause, best.asked):
        made.missed.append(Missed(words, why_unknown(words)))
        made.scores.append(0.5)
    else:
        asked = _as_now(best.asked, read.clause, _gone(made.steps)) if several else best.asked
        if any(isinstance(one, Step) and one.command in ("reorder", "move") for one in made.steps):
            asked = tuple(over_the_moved(one, read.clause, made.steps) for one in asked)
        if not read.clause.scene.clips and read.clause.scene.music:
            asked = tuple(_of_the_music(one, read.clause) for one in asked)
        if read.held:
            made.withheld.extend(asked)
        else:
            made.steps = with_cut(made.steps, asked)
        made.question = made.question or (None if read.held else longer_too(read.clause, asked))
        made.scores.append(best.score)


def _music_of_nothing(read: Read) -> bool:
    """Would music be written because of a word that no music is spoken of with?"""
    first = read.best.asked[0] if read.best and read.best.asked else None
    return (
        isinstance(first, Step)
        and first.command == "generate_music"
        and not (read.clause.has("music_noun") or any(not w.idle for w in read.clause.wishes))
    )


def _of_the_music(asked: Asked, clause: Clause) -> Asked:
    """Where there is music and no film, an edit of nothing in particular is one of the music."""
    entry = clause.known.commands.get(asked.command) if isinstance(asked, Step) else None
    which = next((p for p in entry.params if p.name == "which" and p.on in ((), ("media",))), None) if entry else None
    if which is None or "which" in dict(asked.args):
        return asked
    return replace(asked, args=(*asked.args, ("which", "music")))


def _explains(best: Reading) -> bool:
    """Is it a question about something, and no wish for it: "what does L-cut mean?"?"""
    return bool(best.asked) and all(isinstance(one, Action) and one.name in ("help", "status") for one in best.asked)


def _writes_none(best: Reading) -> bool:
    return all(isinstance(one, Step) and one.command != "generate_music" for one in best.asked)


def _cuts_out(asked: Asked) -> bool:
    return isinstance(asked, Step) and asked.command in ("cut_first", "cut_last", "cut_range")


def _own(read: Read) -> bool:
    """Is the reading from words that are a command's own?"""
    return read.best is not None and any(r.score >= 0.75 for r in generic.read(read.clause)) and read.best.score >= 0.9


def _gone(steps: Sequence[Asked]) -> set[str]:
    """What these edits take away."""
    return {
        str(dict(one.args).get("which"))
        for one in steps
        if isinstance(one, Step) and one.command in ("remove", "ripple_delete")
    }


def _as_now(asked: tuple[Asked, ...], clause: Clause, gone: set[str]) -> tuple[Asked, ...]:
    """Of several edits, what is named by number means the timeline as it is before the first of them; what is `gone` by
    then is not meant: "delete the second clip, then slow down the second clip"."""
    if asked and isinstance(asked[0], Action) and asked[0].name == "undo":
        return asked  # and what is said instead of the last edit, as it was before that
    ids = {m.said: m.things[0].segment.id for m in clause.mentions if m.nth is not None and len(m.things) == 1}
    ids = {said: one for said, one in ids.items() if one not in gone}
    return tuple(
        replace(one, args=tuple((k, ids.get(str(v), v) if k == "which" else v) for k, v in one.args))
        if isinstance(one, Step)
        else one
        for one in asked
    )


def _words(clause: Clause) -> str:
    text = clause.text.strip(" ,.!?;:，。！")
    return "" if not text or IDLE.match(text) else clause.said().strip(" ,;")[:200]


def _not_understood(clause: Clause) -> Said:
    return not_understood(clause.scene.empty)


def not_understood(empty: bool) -> Said:
    """Why nothing is done; of an empty timeline, what could be said."""
    if empty:
        return Said(
            "I did not understand that. Upload a clip, or say what music you would like.",
            "没看懂。可以先上传素材，或说说想要什么音乐。",
        )
    return Said("I did not understand that. Try naming what to change and how.", "没看懂。请说明要改什么、怎么改。")
