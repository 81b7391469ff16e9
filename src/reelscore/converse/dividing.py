"""A message divided into clauses, by what its pieces mean alone and together. Each stretch is read at most once."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import followups, music_told, patterns, settings_said
from reelscore.converse.clause import Around, Clause
from reelscore.converse.clauses import pieces
from reelscore.converse.elided import completed
from reelscore.converse.findings import Findings
from reelscore.converse.joining import a_complaint, apart, belongs, holds_on
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of, read_clause
from reelscore.converse.questions import SURE
from reelscore.converse.quotes import Quoted
from reelscore.converse.readers.ordering import ordered
from reelscore.converse.remarks import REMARK
from reelscore.converse.spoken import Spoken, spoken
from reelscore.converse.tables import table
from reelscore.converse.topics import new_topics
from reelscore.converse.wish_runs import as_wish, plain_wish, wish_runs
from reelscore.values.command import Step

MOST_CLAUSES = 24


class MessageReader:
    """Reads stretches of one message, each at most once."""

    def __init__(self, plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> None:
        self.plain, self.quotes, self.around = plain, quotes, around
        self._found = Findings(plain.text, around.scene, around.known.vocabulary, around.concepts)
        self._held: dict[tuple[int, int, Spoken, bool], Read] = {}

    def clause(self, start: int, end: int, around: Around | None = None) -> Clause:
        return Clause(self.plain, self.quotes, (start, end), around or self.around, self._found)

    def read(self, start: int, end: int, done: list[Read], *, first: bool) -> Read:
        """The stretch, after what was done; `first`: it may lean on the message before."""
        text = self.plain.text
        while start < end and text[start] in " ,":
            start += 1
        while start < end and text[end - 1] in " ,":
            end -= 1
        told = spoken(done, self.around.scene)
        key = (start, end, told, first)
        if key not in self._held:
            if _LISTED.search(text[:start][-12:]) and not _IT.search(text[start:end]):
                told = replace(told, focus="", kind="", several=())  # each line of a list is about what it names
            around = replace(
                self.around,
                spared=told.spared,
                before=told.before,
                focus=told.focus,
                focus_kind=told.kind,
                several=told.several,
                made=told.made,
                parts=told.parts,
            )
            self._held[key] = read_clause(self.clause(start, end, around), first)
        return self._held[key]


_LISTED = re.compile(r"(?:^|\n) *(?:[-*•>]|\(?\d{1,2}[.)])? *$|;  +$")
_IT = re.compile(r"(?<![a-z])(?:it|its|that|them|this|these|those|the same|too|also|there|then)(?![a-z])")


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
        whole = reader.read(0, len(plain.text), [], first=True)
        if len(parts) < 2 or _follows(whole) or (whole.best is not None and whole.best.whole):
            return [plain_wish(whole)]
    runs = (
        wish_runs(parts, lambda one: reader.read(one.start, one.end, [], first=False)) if _musical(everything) else {}
    )
    if ordered(everything):
        return [reader.read(0, len(plain.text), [], first=True)]
    told = music_told.runs(parts, reader.clause)
    done: list[Read] = []
    open_: Read | None = None
    start = parts[0].start
    ends = 0
    for n, piece in enumerate(parts):
        if n in settings and piece.start >= ends:
            done += [open_] if open_ is not None else []
            done.append(settings[n][1])
            open_, ends = None, parts[settings[n][0]].end
        if n in told and n not in runs and piece.start >= ends:
            last, meant = told[n]
            done += [open_] if open_ is not None else []
            done.append(Read(reader.clause(piece.start, parts[last].end), meant, (meant,)))
            open_, ends = None, parts[last].end
        if n in runs and piece.start >= ends:
            done += [open_] if open_ is not None else []
            done.append(as_wish(reader.read(piece.start, parts[runs[n]].end, [], first=False)))
            open_, ends = None, parts[runs[n]].end
        if piece.start < ends:
            continue
        if IDLE.match(words := plain.text[piece.start : piece.end].strip(" ,.!?;:，。！") or " ") or _aside(words):
            continue
        alone = reader.read(
            piece.start, piece.end, [*done, *([open_] if open_ else [])], first=open_ is None and not done
        )
        if open_ is None:
            open_, start = alone, piece.start
            continue
        gap = plain.text[alone.clause.span[0] - 8 if alone.clause.span[0] > 8 else 0 : alone.clause.span[0]]
        if (
            not (piece.strong and re.search(r"[.;!?\n][ ,]*$", gap))
            and (filled := completed(open_, alone, alone.clause.around)) is not None
        ):
            done.append(open_)
            open_, start = filled, piece.start
            continue
        if apart(open_, alone, piece):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        joined = reader.read(start, piece.end, done, first=not done)
        if _told(open_, alone):
            done += [] if _fuller(alone, joined) else [open_]
            open_, start = (joined, start) if _fuller(alone, joined) else (alone, piece.start)
            continue
        if belongs(open_, alone, joined, piece):
            if a_complaint(open_) and not a_complaint(alone) and alone.best and names_of(alone) == names_of(open_):
                open_ = alone  # what is complained of is then said exactly
            else:
                open_ = joined if holds_on(open_, joined) else open_
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


def _follows(read: Read) -> bool:
    """Was it read as leaning on the message before?"""
    if read.best is None or read.best.score < 0.93 or len(read.clause.text) > 40:
        return False
    return any(reading.asked == read.best.asked for reading in followups.read(read.clause))


def _aside(words: str) -> bool:
    """Does a piece only say why, what will be done next or what is not meant: 以便后续比对, "not the sound"?"""
    if patterns.fullmatch(r"not (?:on |for |in |at )?(?:the |my |its )?[a-z0-9]+(?: (?:itself|though|please))*", words):
        return True
    return not words.isascii() and len(words) < 24 and patterns.match(table("joints")["aside"]["zh"], words) is not None


def _musical(everything: Clause) -> bool:
    return everything.has("music_noun") or any(not wish.idle for wish in everything.wishes)


def _before_its_thing(read: Read, after: Read | None, reader: MessageReader) -> Read:
    """ "mirror and slow down the lake": what is said before the thing that both are about is read with it."""
    asked = read.best.asked if read.best else ()
    then = after.best.asked[0] if after and after.best and after.best.asked else None
    if after is None or len(asked) != 1 or not isinstance(asked[0], Step) or not isinstance(then, Step) or read.held:
        return read
    which = dict(then.args).get("which")
    said = next((m for m in after.clause.mentions if m.said == which and m.things), None)
    bare = not read.clause.mentions and not read.clause.quantities and not read.clause.quotes and not read.clause.wishes
    words = read.clause.text.split()
    if (
        said is None
        or not bare
        or "which" in dict(asked[0].args)
        or len(words) > 3
        or after.clause.span[0] - read.clause.span[1] > 5
    ):
        return read
    around = replace(reader.around, focus=str(which), focus_kind=said.things[0].role)
    again = read_clause(reader.clause(*read.clause.span, around))
    same = again.best is not None and names_of(again) == names_of(read) and args_of(again).get("which") == which
    return again if same else read


def _told(before: Read, alone: Read) -> bool:
    """Is what stands before a remark that asks for nothing, and this the wish?"""
    if alone.best is None or alone.best.score < SURE or before.held or before.clause.quotes:
        return False
    if before.best is not None and before.best.score >= STANDS:
        return False
    return REMARK.match(before.clause.text.strip(" ,.!?")) is not None


def _fuller(alone: Read, joined: Read) -> bool:
    """Does the remark add to the wish: "I don't like bars 2-4, rewrite them"?"""
    one, both = args_of(alone), args_of(joined)
    return (
        names_of(alone) == names_of(joined) and len(both) > len(one) and all(both.get(k) == v for k, v in one.items())
    )


IDLE = re.compile(
    r"^(?:(?:hold on|hang on|wait|one moment|just a (?:sec|second|moment|minute)|ok(?:ay)?|yes|yeah|yep|sure|please|pls|thanks|thank you|bye(?: bye)?|goodbye|see you(?: later| soon| tomorrow)?|oops|hmm+|um+|uh+|well|so|hey|hi|hello|now|right|alright|and|but|then|also"
    r"|(?:(?:that'?s|it'?s|this is|looks?|looking|sounds?|so|pretty|very|really) )*(?:great|good|nice|cool|perfect|awesome|amazing|excellent|lovely|beautiful|wonderful|fantastic)"
    r"(?: (?:so far|job|work|stuff|start|one|already|like that))?|(?:i )?(?:really )?love (?:it|this|that)(?: so far)?|one (?:more |last |other )?thing(?: though)?|here'?s the thing|quick (?:one|question)|好的?|嗯+|那个|对|是的?|行|可以|谢谢|啊|哦|嘿|请|那|然后|the rest as is|(?:keep|leave) (?:the rest|everything else|all else|the others)(?: as (?:it|they) (?:is|are)| alone| untouched| unchanged| the same)?|that'?s (?:it|all)|for now|instead)(?:[ ,.!:]+|$))+$"
)
