"""A message divided into clauses, by what its pieces mean alone and together. Each stretch is read at most once."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import elided_zh, followups, music_told, patterns, refined_zh, settings_said
from reelscore.converse.around import Around
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece, pieces
from reelscore.converse.elided import completed
from reelscore.converse.joining import ONE_MORE, apart, belongs, holds_on, settled, with_all
from reelscore.converse.likewise import likewise
from reelscore.converse.message_reader import MessageReader
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import Read, args_of, names_of, read_clause
from reelscore.converse.passed_over import (
    IDLE,
    aside,
    how_it_fades,
    its_sound_taken,
    left_as_it_is,
    mirrored,
    musical,
    only_remarked,
    only_why,
    said_again,
    silent_already,
    stays_zh,
    told_then_taken,
)
from reelscore.converse.pieces_weighed import a_complaint
from reelscore.converse.questions import SURE
from reelscore.converse.quotes import Quoted
from reelscore.converse.readers import all_else_silent, extents, extents_zh, in_its_place, joins, together
from reelscore.converse.readers.lengths_each import lengths_each
from reelscore.converse.readers.listed_order import ordered
from reelscore.converse.readers.on_beats import cuts_to_put_right
from reelscore.converse.refined import refined
from reelscore.converse.told_why import tells_why, why_first
from reelscore.converse.told_why_zh import of_its_taste, tells_why_zh, why_first_zh
from reelscore.converse.topics import new_topics
from reelscore.converse.wish_runs import as_wish, plain_wish, wish_runs
from reelscore.values.command import Step

MOST_CLAUSES = 24
_LEANS = 40  # letters of a message that may lean on the one before


def divided(plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> list[Read]:
    """The clauses of a message: pieces between joints, joined again where they belong together."""
    reader = MessageReader(plain, quotes, around)
    everything = reader.clause(0, len(plain.text))
    parts = pieces(plain.text, everything.whole, new_topics(everything))[:MOST_CLAUSES]
    settings = settings_said.written(parts, reader.clause, plain.text) if settings_said.looks_so(plain.text) else {}
    if len(settings) == 1 and settings.get(0, (0, None))[0] == len(parts) - 1:
        return [settings[0][1]]
    if settings:
        pass
    elif len(parts) < 3 or around.context.steps or everything.wishes or everything.has("music_noun", "descriptive"):
        single = len(parts) < 2
        if single or _may_be_one(reader.clause(*reader.bare(0, len(plain.text)))):
            read = reader.read(0, len(plain.text), [], first=True)
            if single or _follows(read) or (read.best is not None and read.best.whole):
                return [plain_wish(read)]
    runs = (
        wish_runs(
            parts,
            lambda one: reader.read(one.start, one.end, [], first=False),
            lambda one: reader.clause(*reader.bare(one.start, one.end)),
        )
        if musical(everything)
        else {}
    )
    if ordered(everything) or (len(parts) < 8 and lengths_each(everything) is not None):
        return [reader.read(0, len(plain.text), [], first=True)]
    told = music_told.runs(parts, reader.clause)
    if told and everything.has("withhold"):
        told = {
            n: one for n, one in told.items() if not any(_forbids(part, reader) for part in parts[n + 1 : one[0] + 1])
        }
    done: list[Read] = []
    open_: Read | None = None
    eastern = around.language == "zh"
    start = parts[0].start
    ends = 0
    for n, piece in enumerate(parts):
        if n in settings and piece.start >= ends:
            done += [open_] if open_ is not None else []
            done.append(settings[n][1])
            open_, ends = None, parts[settings[n][0]].end
        if n in told and not any(n <= run <= told[n][0] for run in runs) and piece.start >= ends:
            last, meant = told[n]
            done += [open_] if open_ is not None else []
            done.append(Read(reader.clause(piece.start, parts[last].end), meant, (meant,)))
            open_, ends = None, parts[last].end
        if n in runs and piece.start >= ends:
            wish = as_wish(reader.read(piece.start, parts[runs[n]].end, [], first=False))
            done += [] if open_ is None or (eastern and why_first_zh(open_, wish)) else [open_]
            done.append(wish)
            open_, ends = None, parts[runs[n]].end
        if piece.start < ends:
            continue
        if open_ is not None and left_as_it_is(open_, reader.clause(piece.start, piece.end)):
            continue
        if open_ is not None and (more := refined(done, open_, reader.clause(piece.start, piece.end))) is not None:
            done, open_ = more
            continue
        if IDLE.match(words := plain.text[piece.start : piece.end].strip(" ,.!?;:，。！") or " ") or aside(words):
            continue
        if open_ is not None and mirrored(open_, words):
            continue
        if eastern and open_ is not None and (said_again(open_, words) or stays_zh(open_, words, reader, piece)):
            continue
        alone = reader.read(
            piece.start, piece.end, [*done, *([open_] if open_ else [])], first=open_ is None and not done
        )
        if open_ is None:
            if eastern and done and tells_why_zh(done[-1], alone):
                continue
            open_, start = alone, piece.start
            continue
        if (hushed := its_sound_taken(open_, alone)) is not None:
            open_ = hushed
            continue
        if not eastern and (tells_why(open_, alone) or silent_already(open_, alone) or how_it_fades(open_, alone)):
            continue
        if eastern and (tells_why_zh(open_, alone) or of_its_taste(open_, alone)):
            continue
        if why_first_zh(open_, alone) if eastern else why_first(open_, alone):
            open_, start = alone, piece.start
            continue
        if (
            names_of(alone)[0] in (_TAKES if eastern else _ONCE)
            and alone.best
            and open_.best
            and (set(alone.best.asked) <= set(open_.best.asked) or _less_of_it(open_, alone))
        ):
            continue  # 换个旋律,再来一版; "only hear the lake, everything else silent"
        if eastern and (tail := refined_zh.refined(done, open_, alone)) is not None:
            done, open_ = tail
            continue
        if eastern and told_then_taken(open_, words):
            open_ = reader.read(start, piece.end, done, first=not done)
            open_ = replace(open_, best=None, others=()) if "to" in args_of(open_) else open_  # where is not told
            continue
        gap = plain.text[alone.clause.span[0] - 8 if alone.clause.span[0] > 8 else 0 : alone.clause.span[0]]
        if not (piece.strong and re.search(r"[.;!?\n][ ,]*$", gap)) and (filled := _whole(open_, alone)) is not None:
            done.append(open_)
            open_, start = filled, piece.start
            continue
        if eastern and _words_follow(open_, alone):
            joined = reader.read(start, piece.end, done, first=not done)
            if joined.best and names_of(joined)[0] in (*_WRITTEN, "change_text"):
                open_ = joined
                continue
        if apart(open_, alone):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        if only_why(open_, alone):
            open_, start = alone, piece.start
            continue
        if settled(open_, alone, piece) and not _one_form(reader.clause(*reader.bare(start, piece.end))):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        joined = reader.read(start, piece.end, done, first=not done)
        if only_remarked(open_, alone):
            done += [] if _fuller(alone, joined) else [open_]
            open_, start = (joined, start) if _fuller(alone, joined) else (alone, piece.start)
            continue
        if belongs(open_, alone, joined, piece):
            fuller = names_of(alone) == names_of(joined) and args_of(alone).items() < args_of(joined).items()
            exact = alone.best is not None and (
                (alone.best.score >= SURE and not (eastern and fuller))
                or not args_of(alone).items() <= args_of(joined).items()
            )
            if a_complaint(open_) and not a_complaint(alone) and exact and names_of(alone) == names_of(open_):
                open_ = alone  # what is complained of is then said exactly
            else:
                open_ = with_all(open_, joined, alone) if holds_on(open_, joined) else open_
        else:
            done.append(open_)
            open_, start = alone, piece.start
    if open_ is not None:
        done.append(open_)
    if done:
        return [_before_its_thing(one, after, reader) for one, after in zip(done, [*done[1:], None], strict=True)]
    whole = reader.read(0, len(plain.text), [], first=True)
    polite = (reader.read(piece.start, piece.end, [], first=True) for piece in parts)
    return [whole if whole.best else next((one for one in polite if one.best), whole)]


def _forbids(part: Piece, reader: MessageReader) -> bool:
    """ "no drums, | don't make it slower": does a piece say what shall not be done?"""
    read = reader.read(part.start, part.end, [], first=False)
    return read.held and read.best is not None and bool(read.best.asked)


_WRITTEN = ("title", "subtitle", "lower_third")


def _words_follow(before: Read, alone: Read) -> bool:
    """加个标题,写着回家路上: a text is asked for, and the next piece says its words."""
    c = before.clause
    if names_of(before) == ["remove_text"] and alone.clause.quotes and re.match(r" *(?:再)?换", alone.clause.text):
        return True  # 标题删掉,换一个“新品首发”
    wanting = not (before.best and before.best.asked) and not before.held and not c.quotes
    return wanting and bool(alone.clause.quotes) and c.has("add") and c.mention(*_WRITTEN, "text") is not None


_TAKES = ("regenerate_music", "vary_music")
_ONCE = ("mute", "unmute", "export")


def _less_of_it(before: Read, alone: Read) -> bool:
    """ "I can't hear the guy in the interview, | put his sound back on": the same once more, of nothing that is named."""
    return names_of(alone) == names_of(before) == ["unmute"] and not args_of(alone)


def _whole(before: Read, alone: Read) -> Read | None:
    """The piece with what it leaves out."""
    if (same := likewise(before, alone)) is not None:
        return same
    if alone.clause.around.language == "zh":
        return elided_zh.completed(before, alone, alone.clause.around)
    return completed(before, alone, alone.clause.around)


def _may_be_one(c: Clause) -> bool:
    """Is it worth reading a message of several pieces as one: leaning on the message before, or of one form?"""
    if c.has("withhold") or (len(c.text) <= _LEANS and next(iter(followups.read(c)), None) is not None):
        return True
    return cuts_to_put_right(c.text) or _one_form(c)


def _one_form(c: Clause) -> bool:
    """Does one form read the whole clause?"""
    if any(
        reading.whole
        for forms in (together, extents, extents_zh, in_its_place, all_else_silent)
        for reading in forms.read(c)
    ):
        return True
    return any(r.whole and isinstance(r.asked[0], Step) and r.asked[0].command == "transition" for r in joins.read(c))


def _follows(read: Read) -> bool:
    """Was it read as leaning on the message before?"""
    if read.best is None or read.best.score < 0.93 or len(read.clause.text) > _LEANS:
        return False
    return any(reading.asked == read.best.asked for reading in followups.read(read.clause))


def _before_its_thing(read: Read, after: Read | None, reader: MessageReader) -> Read:
    """ "mirror and slow down the lake": what is said before the thing that both are about is read with it."""
    asked = read.best.asked if read.best else ()
    then = after.best.asked[0] if after and after.best and after.best.asked else None
    if (
        after is None
        or ONE_MORE.search(after.clause.text)
        or len(asked) != 1
        or not isinstance(asked[0], Step)
        or not isinstance(then, Step)
        or read.held
    ):
        return read
    which = dict(then.args).get("which")
    said = next((m for m in after.clause.mentions if m.said == which and m.things), None)
    bare = not read.clause.mentions and not read.clause.quantities and not read.clause.quotes and not read.clause.wishes
    words = read.clause.text.split()
    if patterns.search(r"[都全]|所有|一律", read.clause.text):
        return read  # 静音都解除,然后把BGM删掉: of everything
    if (
        said is None
        or not bare
        or "which" in dict(asked[0].args)
        or len(words) > (6 if then.command == asked[0].command else 3)
        or after.clause.span[0] - read.clause.span[1] > 5
    ):
        return read
    around = replace(reader.around, focus=str(which), focus_kind=said.things[0].role)
    again = read_clause(reader.clause(*read.clause.span, around))
    same = again.best is not None and names_of(again) == names_of(read) and args_of(again).get("which") == which
    return again if same else read


def _fuller(alone: Read, joined: Read) -> bool:
    """Does the remark add to the wish: "I don't like bars 2-4, rewrite them"?"""
    one, both = args_of(alone), args_of(joined)
    return (
        names_of(alone) == names_of(joined) and len(both) > len(one) and all(both.get(k) == v for k, v in one.items())
    )
