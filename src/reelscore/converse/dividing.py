"""A message divided into clauses, by what its pieces mean alone and together. Each stretch is read at most once."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import followups
from reelscore.converse.clause import Around, Clause
from reelscore.converse.clauses import Piece, pieces
from reelscore.converse.findings import Findings
from reelscore.converse.joining import a_complaint, apart, belongs, holds_on
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import Read, names_of, read_clause
from reelscore.converse.quotes import Quoted
from reelscore.values.command import Step

MOST_CLAUSES = 24


class MessageReader:
    """Reads stretches of one message, each at most once."""

    def __init__(self, plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> None:
        self.plain, self.quotes, self.around = plain, quotes, around
        self._found = Findings(plain.text, around.scene, around.known.vocabulary, around.concepts)
        self._held: dict[tuple[int, int, str, str, bool], Read] = {}

    def clause(self, start: int, end: int, around: Around | None = None) -> Clause:
        return Clause(self.plain, self.quotes, (start, end), around or self.around, self._found)

    def read(self, start: int, end: int, done: list[Read], *, first: bool) -> Read:
        """The stretch, after what was done; `first`: it may lean on the message before."""
        text = self.plain.text
        while start < end and text[start] in " ,":
            start += 1
        while start < end and text[end - 1] in " ,":
            end -= 1
        focus, kind = focus_of(done)
        key = (start, end, focus, kind, first)
        if key not in self._held:
            around = replace(self.around, focus=focus, focus_kind=kind)
            self._held[key] = read_clause(self.clause(start, end, around), first)
        return self._held[key]


def divided(plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> list[Read]:
    """The clauses of a message: pieces between joints, joined again where they belong together."""
    reader = MessageReader(plain, quotes, around)
    everything = reader.clause(0, len(plain.text))
    parts = pieces(plain.text, everything.whole)[:MOST_CLAUSES]
    if len(parts) < 3 or around.context.steps or everything.wishes or everything.has("music_noun", "descriptive"):
        whole = reader.read(0, len(plain.text), [], first=True)
        if len(parts) < 2 or _follows(whole) or _one_wish(whole, reader, parts):
            return [whole]
    done: list[Read] = []
    open_: Read | None = None
    start = parts[0].start
    for piece in parts:
        if IDLE.match(plain.text[piece.start : piece.end].strip(" ,.!?;:，。！") or " "):
            continue
        alone = reader.read(
            piece.start, piece.end, [*done, *([open_] if open_ else [])], first=open_ is None and not done
        )
        if open_ is None:
            open_, start = alone, piece.start
            continue
        if apart(open_, alone, piece):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        joined = reader.read(start, piece.end, done, first=not done)
        if belongs(open_, alone, joined, piece):
            if a_complaint(open_) and alone.best and names_of(alone) == names_of(open_):
                open_ = alone  # what is complained of is then said exactly
            else:
                open_ = joined if holds_on(open_, joined) else open_
        else:
            done.append(open_)
            open_, start = alone, piece.start
    if open_ is not None:
        done.append(open_)
    return done or [reader.read(0, len(plain.text), [], first=True)]


_WISHED = re.compile(
    r"(?:please |then |also |and )*(?:export|render|mute|fade|cut|trim|delete|remove the (?:title|clip|first|last)|lower|turn|crop|duck|split|rename|add (?:a |the )?(?:title|subtitle|caption|transition|marker|photo|clip)|make (?:it|the (?:video|title|clip|picture|text))|put|set|move|undo)(?![a-z])"
    r"|(?:再|并|然后)?(?:把(?!音乐)|导出|剪|静音|删|加(?:个)?(?:标题|字幕|转场)|标题|片段|第.个|静音)"
)


def _one_wish(whole: Read, reader: MessageReader, parts: tuple[Piece, ...]) -> bool:
    """Is the message one wish for music, however many commas it has?"""
    if whole.best is None or names_of(whole) != ["generate_music"] or whole.clause.quotes or whole.best.score < 0.8:
        return False
    text = reader.plain.text
    if any(_WISHED.match(text[p.start : p.end].strip()) for p in parts):
        return False
    first = reader.clause(parts[0].start, parts[0].end)
    telling = [w for w in whole.clause.wishes if w.kind != "role"]
    return len(telling) >= 2 or first.has("music_noun") or bool(first.wishes)


def _follows(read: Read) -> bool:
    """Was it read as leaning on the message before?"""
    if read.best is None or read.best.score < 0.93 or len(read.clause.text) > 40:
        return False
    return any(reading.asked == read.best.asked for reading in followups.read(read.clause))


def focus_of(done: list[Read]) -> tuple[str, str]:
    """What was last spoken of in this message, as a reference, with its kind."""
    for read in reversed(done):
        for asked in reversed(read.best.asked if read.best else ()):
            args = dict(asked.args)
            if not isinstance(asked, Step):
                continue
            if asked.command in ("title", "subtitle", "lower_third"):
                return str(args.get("text", "")), "text"
            if asked.command in ("generate_music", "change_music", "regenerate_music", "vary_music"):
                return "music", "music"
            if said := args.get("which") or args.get("media"):
                mention = next((m for m in read.clause.mentions if m.said == said), None)
                role = mention.things[0].role if mention and mention.things else mention.kind if mention else ""
                return str(said), role
    return "", ""


IDLE = re.compile(
    r"^(?:ok(?:ay)?|yes|yeah|yep|sure|please|pls|thanks|thank you|oops|hmm+|um+|uh+|well|so|hey|hi|hello|now|great|good|nice|cool|perfect|right|alright|and|but|then|also|好的?|嗯+|那个|对|是的?|行|可以|谢谢|啊|哦|嘿|请|那|然后|the rest as is|that'?s (?:it|all)|for now|instead)(?:[ ,.!]+|$)+$"
)
