"""A message, read: edits and actions in the order they were said, a question, or what was not understood. Rules only.

    normalise > lift quotations > put slips right > take corrections in > divide into clauses > read each clause > settle

Each clause is read by every family of readers and from the commands' own tables; the best reading wins. Pure, quick,
deterministic. Nothing a person types is run, opened or obeyed: text is text.
"""

# ruff: noqa: E501  a pattern is a row of words and stays on its line

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reelscore.converse import followups, generic, patterns
from reelscore.converse.beyond import impossible
from reelscore.converse.clause import Around, Clause
from reelscore.converse.clauses import Piece, pieces
from reelscore.converse.concepts import concepts_for
from reelscore.converse.corrections import settled
from reelscore.converse.families import READERS
from reelscore.converse.findings import Findings
from reelscore.converse.glossaries import TRANSLATED, in_english
from reelscore.converse.known import Known
from reelscore.converse.languages import language_of
from reelscore.converse.normalise import Plain, plain_of
from reelscore.converse.questions import SURE, open_question, unfinished
from reelscore.converse.quotes import Quoted, lifted
from reelscore.converse.reading import Reading
from reelscore.converse.scene import Scene
from reelscore.converse.typos import corrected
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Asked, Context, Meaning, Missed, Question
from reelscore.values.timeline import Timeline

LEAST = 0.45  # a reading below this is a guess, and no guess is carried out
STANDS = 0.6  # a clause after a weak joint stands for itself from here on
MOST_CLAUSES = 24
MOST_CORRECTIONS = 3  # "the lake, I mean the drone, no, the intro"
_ABSORBS = {  # a clause of these goes into one of that, where it stands beside it
    "aspect": ("fit", "background", "crop", "filter"),
    "crop": ("fit",),
    "fit": ("crop", "aspect"),
    "export": ("resolution", "aspect", "frame_rate"),
    "text_position": ("pan",),
    "generate_music": (
        "filter", "change_music", "generate_music", "loop", "transition", "volume", "speed", "remove", "fade_in", "fade_out", "mute",
    ),
}  # fmt: skip
_MERGED = ("change_music",)
_SET = (
    "speed",
    "volume",
    "text_style",
    "text_position",
    "zoom",
    "pan",
    "transition",
    "aspect",
    "opacity",
    "arrange",
    "freeze",
    "fit_duration",
    "trim",
    "duck",
    "loop",
    "picture_in_picture",
    "cut_to_beat",
    "snap_to_beat",
    "regenerate_music",
    "vary_music",
    "music_length",
    "fade_in",
    "fade_out",
    "split",
    "export",
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause and its best reading; `held`: said not to be done."""

    clause: Clause
    best: Reading | None
    others: tuple[Reading, ...]
    held: bool = False


def parse(message: str, timeline: Timeline, known: Known, context: Context | None = None) -> Meaning:
    """What the message means for this timeline. Never raises for anything a person may type."""
    context = context or Context()
    scene = Scene(timeline)
    plain, quotes, changes, language = _prepared(message, known, scene, context)
    around = Around(scene, known, concepts_for("en" if language in TRANSLATED else language), context, language)
    for _ in range(MOST_CORRECTIONS):
        again = settled(plain, quotes, scene, lambda text: _speaks(text, around))
        if again is None:
            break
        plain, quotes, more, _ = _prepared(again, known, scene, context)
        changes = tuple(dict.fromkeys((*changes, *more)))
    clauses = _divided(plain, quotes, around)
    return _meaning(clauses, language, changes)


def _prepared(
    message: str, known: Known, scene: Scene, context: Context
) -> tuple[Plain, tuple[Quoted, ...], tuple[tuple[str, str], ...], str]:
    plain, quotes = lifted(plain_of(message))
    if closing := _CLOSING.search(plain.text):
        plain = plain.with_text(plain.text[: closing.start()] + " " * (len(plain.text) - closing.start()))
    language = language_of(plain.text, context.language)
    if language in TRANSLATED:
        english = in_english(plain, language)
        shift = _moved(plain, english)
        return english, tuple(replace(q, start=shift(q.start), end=shift(q.end)) for q in quotes), (), language
    right, changes = corrected(plain, known, scene, [(q.start, q.end) for q in quotes])
    if changes or right is not plain:
        shift = _moved(plain, right)
        quotes = tuple(replace(q, start=shift(q.start), end=shift(q.end)) for q in quotes)
    return right, quotes, changes, language


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
    read = _read(Clause(plain, quotes, (0, len(plain.text)), around))
    return read.best is not None and read.best.score >= 0.85 and bool(read.best.asked)


def _read(clause: Clause, first: bool = False) -> _Read:
    """All readings of a clause, the best first."""
    withheld = _withheld(clause)
    inner = withheld or clause
    found = [reading for reader in READERS for reading in reader(inner) if _known(reading, clause)]
    found += list(generic.read(inner))
    if first:
        found = [followups.denying(reading, inner) for reading in found]
        found += followups.read(inner)
    found = [_leaning(r, inner) for r in found if r.score >= LEAST]
    found.sort(key=lambda r: -r.score)
    return _Read(inner, found[0] if found else None, tuple(found), withheld is not None)


def _leaning(reading: Reading, clause: Clause) -> Reading:
    """What stays with the last edit's subject is likelier where the words leave it open ("even darker")."""
    last = next((asked for asked in reversed(clause.context.steps) if isinstance(asked, Step)), None)
    if last is None or reading.score >= SURE or not reading.asked or len(clause.text) > 30:
        return reading
    same = [asked for asked in reading.asked if isinstance(asked, Step) and asked.command == last.command]
    return replace(reading, score=min(0.94, reading.score + 0.25)) if same else reading


def _known(reading: Reading, clause: Clause) -> bool:
    return all(isinstance(asked, Action) or asked.command in clause.known.commands for asked in reading.asked)


_NOT_WITHHELD = re.compile(
    r"don'?t (?:want|need|like|see|hear|have|know|think|let|forget|crop|keep)|do not (?:want|need)|别(?:渲染|导出|生成|弄|做|搞)了|without (?!export|render|chang|delet|remov|touch|mov|add|cutt)|never ?mind"
)


def _withheld(clause: Clause) -> Clause | None:
    """The rest of "don't ...", 先别..., as a clause; None where nothing is forbidden."""
    match = clause.find("withhold")
    if match is None or match.start() > 24 or _NOT_WITHHELD.search(clause.text):
        return None
    lead = clause.text[: match.start()].strip(" ,.")
    if lead and not re.fullmatch(
        r"(?:please|pls|but|and|so|ok(?:ay)?|just|also|you|we|i|for now|请|但是?|不过|先|你|可以|那|就|现在|暂时|也|,|，| )+",
        lead,
    ):
        return None
    rest = re.sub(
        r"(?<![a-z])(?:yet|just yet|for now|anything)(?![a-z])|呢$|了$",
        lambda m: " " * len(m[0]),
        clause.text[match.end() :],
    )
    return clause.reworded(re.sub(r"exporting", "export   ", rest), match.end())


class _Reader:
    """Reads stretches of one message, each at most once."""

    def __init__(self, plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> None:
        self.plain, self.quotes, self.around = plain, quotes, around
        self._found = Findings(plain.text, around.scene, around.known.vocabulary, around.concepts)
        self._held: dict[tuple[int, int, str, str, bool], _Read] = {}

    def clause(self, start: int, end: int, around: Around | None = None) -> Clause:
        return Clause(self.plain, self.quotes, (start, end), around or self.around, self._found)

    def read(self, start: int, end: int, done: list[_Read], *, first: bool) -> _Read:
        """The stretch, after what was done; `first`: it may lean on the message before."""
        text = self.plain.text
        while start < end and text[start] in " ,":
            start += 1
        while start < end and text[end - 1] in " ,":
            end -= 1
        focus, kind = _focus(done)
        key = (start, end, focus, kind, first)
        if key not in self._held:
            around = replace(self.around, focus=focus, focus_kind=kind)
            self._held[key] = _read(self.clause(start, end, around), first)
        return self._held[key]


def _divided(plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> list[_Read]:
    """The clauses of a message: pieces between joints, joined again where they belong together."""
    reader = _Reader(plain, quotes, around)
    everything = reader.clause(0, len(plain.text))
    parts = pieces(plain.text, everything.whole)[:MOST_CLAUSES]
    if len(parts) < 3 or around.context.steps or everything.wishes or everything.has("music_noun", "descriptive"):
        whole = reader.read(0, len(plain.text), [], first=True)
        if len(parts) < 2 or _follows(whole) or _one_wish(whole, reader, parts):
            return [whole]
    done: list[_Read] = []
    open_: _Read | None = None
    start = parts[0].start
    for piece in parts:
        if _IDLE.match(plain.text[piece.start : piece.end].strip(" ,.!?;:，。！") or " "):
            continue
        alone = reader.read(
            piece.start, piece.end, [*done, *([open_] if open_ else [])], first=open_ is None and not done
        )
        if open_ is None:
            open_, start = alone, piece.start
            continue
        if _apart(open_, alone, piece):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        joined = reader.read(start, piece.end, done, first=not done)
        if _belongs(open_, alone, joined, piece):
            if a_complaint(open_) and alone.best and _names(alone) == _names(open_):
                open_ = alone  # what is complained of is then said exactly
            else:
                open_ = joined if _holds(open_, joined) else open_
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


def _one_wish(whole: _Read, reader: _Reader, parts: tuple[Piece, ...]) -> bool:
    """Is the message one wish for music, however many commas it has?"""
    if whole.best is None or _names(whole) != ["generate_music"] or whole.clause.quotes or whole.best.score < 0.8:
        return False
    text = reader.plain.text
    if any(_WISHED.match(text[p.start : p.end].strip()) for p in parts):
        return False
    first = reader.clause(parts[0].start, parts[0].end)
    telling = [w for w in whole.clause.wishes if w.kind != "role"]
    return len(telling) >= 2 or first.has("music_noun") or bool(first.wishes)


def _follows(read: _Read) -> bool:
    """Was it read as leaning on the message before?"""
    if read.best is None or read.best.score < 0.93 or len(read.clause.text) > 40:
        return False
    return any(reading.asked == read.best.asked for reading in followups.read(read.clause))


def _apart(before: _Read, alone: _Read, piece: Piece) -> bool:
    """Is the piece so plainly an order of its own that nothing needs to be tried?"""
    if before.best is None or alone.best is None or alone.best.score < 0.9 or before.best.score < STANDS:
        return False
    if before.held or alone.held or a_complaint(before) or not _ORDER.match(alone.clause.text.strip()):
        return False
    a, b = _names(before)[0], _names(alone)[0]
    return (
        a != b and b not in _ABSORBS.get(a, ()) and not (a == "remove" and b != "export") and a not in ("keep_range",)
    )


def _holds(before: _Read, joined: _Read) -> bool:
    """Does the joined reading still hold what was read before?"""
    if before.best is None:
        return True
    return joined.best is not None and joined.best.score >= before.best.score - 0.25


def _belongs(before: _Read, alone: _Read, joined: _Read, piece: Piece) -> bool:
    """Is a piece part of what stands before it?"""
    if any(one.held and one.best for one in (alone, before, joined)):
        return False
    if before.held and alone.best is not None:
        return False
    if _names(before) == _names(alone) == ["filter"] and _names(joined) == ["filter", "filter"] and not piece.strong:
        return True
    if (
        before.best is not None
        and a_complaint(before)
        and alone.best
        and _names(alone) == _names(before)
        and alone.best.score >= SURE
    ):
        return True
    if alone.best is None:
        if _unheard(before, alone, joined):
            return False
        if impossible(alone.clause) is not None:
            return False
        return not (
            piece.strong and before.best is not None and before.best.score >= STANDS and not _richer(before, joined)
        )
    if a_ripple(before, joined):
        return True
    if before.best is None:
        if len(before.clause.text.strip()) <= 4 and joined.best is not None and joined.best.score >= alone.best.score:
            return True
        if _FINE.search(before.clause.text) and alone.best.score >= STANDS:
            return False
        return not piece.strong or (joined.best is not None and joined.best.score > alone.best.score)
    a, b = _names(before), _names(alone)
    if (
        a[0] in _ABSORBS
        and b[0] in _ABSORBS[a[0]]
        and not _plain_request(alone, a[0])
        and joined.best
        and _names(joined)[0] == a[0]
    ):
        return True
    if (
        a == ["change_music"]
        and set(_names(joined)) == {"change_music"}
        and not piece.strong
        and b[0] in ("change_music", "filter", "volume", "speed")
    ):
        return True
    if a == ["change_music"] and b == ["generate_music"] and _names(joined) == a and not piece.strong:
        return True
    if a == ["keep_range"] and b == ["remove"] and _args(alone).get("which") == "all":
        return True
    if joined.best is None or _names(joined) != a:
        return False
    one, both = _args(before), _args(joined)
    grown = all(both.get(key) == value or key in ("prompt",) for key, value in one.items())
    if a[0] in _MERGED and b == a and grown:
        return True
    own = alone.clause.mentions or alone.clause.quotes or _ORDER.match(alone.clause.text.strip())
    if grown and len(both) > len(one) and not piece.strong and not own:
        return True
    if b == a and (both == one or (grown and len(both) > len(one) and not _another(alone, one))):
        return True
    if b == a and a[0] in _SET and not piece.strong and len(_names(joined)) == len(a) and not _another(alone, one):
        return True
    return alone.best.score < STANDS and not piece.strong


_COMPLAINT = re.compile(r"(?<![a-z])(?:too|hard to|can'?t|barely|think|feel|find)(?![a-z])|太|觉得|有点|听不|看不")
_SMALL = frozenset(
    [
        "for",
        "with",
        "in",
        "at",
        "on",
        "as",
        "so",
        "because",
        "but",
        "it",
        "that",
        "thanks",
        "thank",
        "kind",
        "best",
        "regards",
        "the",
        "a",
        "maybe",
        "like",
        "just",
        "if",
        "or",
        "not",
        "no",
        "all",
        "both",
        "my",
        "our",
        "i",
        "we",
        "is",
        "are",
        "you",
        "they",
        "he",
        "she",
        "this",
        "these",
        "which",
        "who",
        "where",
        "when",
        "while",
        "until",
        "since",
        "there",
        "here",
        "yes",
        "ok",
        "okay",
        "well",
        "really",
        "very",
        "too",
        "perfect",
        "looks",
        "hope",
        "cheers",
        "dear",
        "hi",
        "hello",
        "love",
        "great",
        "good",
        "nice",
        "please",
        "from",
        "to",
        "of",
        "by",
        "about",
        "than",
        "then",
        "also",
        "and",
        "same",
        "each",
        "every",
        "half",
        "more",
        "less",
        "one",
        "two",
        "three",
    ]
)


_FINE = re.compile(
    r"(?<![a-z])(?:is|are|looks?|was) (?:so far )?(?:fine|good|great|ok(?:ay)?|perfect|nice|lovely)|(?<![a-z])(?:happy with|love|like) (?:it|this|the)|很喜欢|不错|挺好|很好|很棒|拍得不好"
)


_ORDER = re.compile(
    r"(?:please |then |also |and )*(?:add|put|cut|trim|remove|delete|make|set|turn|fade|mute|export|move|speed|slow|crop|zoom|rotate|flip|split|loop|change)(?![a-z])"
    r"|(?:再|并|然后|也)?(?:把|加(?!上?粗)|剪|删|静音|导出|移|放到|转|裁|换|调)"
)


def a_ripple(before: _Read, joined: _Read) -> bool:
    """ "remove the intro and pull everything forward" is one thing."""
    return _names(before) == ["remove"] and _names(joined) == ["ripple_delete"]


def a_complaint(read: _Read) -> bool:
    """Is this a statement of what is wrong, which the request after it makes exact?"""
    return _COMPLAINT.search(read.clause.text) is not None and not re.match(
        r"\s*(?:please |can you |could you )?(?:make|turn|set|lower|raise)", read.clause.text
    )


def _unheard(before: _Read, alone: _Read, joined: _Read) -> bool:
    """Is this a request of its own that nothing here understands: "and paint my house"?"""
    if before.best is None or before.best.score < SURE or _richer(before, joined):
        return False
    text = alone.clause.text.strip(" ,.!?")
    if (
        alone.clause.quantities
        or alone.clause.mentions
        or alone.clause.colours
        or alone.clause.wishes
        or alone.clause.quotes
    ):
        return False
    if re.match(r"(?:顺便|再|然后|并|还要?|也)?(?:帮我|请|给我|把|让)", text) and len(text) > 4:
        return True
    words = re.findall(r"[a-z']+", re.sub(r"^(?:also|then|please|and|to|can you|could you|maybe) ", "", text))
    return len(words) >= 3 and words[0] not in _SMALL and not words[0].endswith(("ly", "ing", "ed"))


def _richer(before: _Read, joined: _Read) -> bool:
    """Does the piece add to what stands before it?"""
    return joined.best is not None and _names(joined) == _names(before) and len(_args(joined)) > len(_args(before))


def _plain_request(read: _Read, before: str) -> bool:
    """Is this an order of its own, with its own thing to act on?"""
    text = read.clause.text.strip()
    order = patterns.match(
        r"(?:please |then |also |and )*(?:export|render|mute|fade|cut|trim|delete|put|set|turn|lower|raise|make the (?:video|title|clip|picture|text)|make it (?:vertical|square|louder)|crop|duck|split|move)(?![a-z])|(?:再|并)?(?:把|导出|剪|给|静音|删)",
        text,
    )
    spoken = read.clause.mention("clip", "title", "subtitle", "voice", "image", "overlay", "own")
    return order is not None and (
        before != "generate_music"
        or bool(spoken)
        or bool(patterns.match(r"(?:please |then )*(?:export|render|duck|lower|fade|mute|cut|trim)|导出|剪", text))
    )


def _another(alone: _Read, one: dict[str, object]) -> bool:
    """Does a piece of the same command name something else to act on?"""
    which = _args(alone).get("which")
    return which is not None and one.get("which") not in (None, which)


def _names(read: _Read) -> list[str]:
    best = read.best
    return [a.name if isinstance(a, Action) else a.command for a in best.asked] if best and best.asked else [""]


def _args(read: _Read) -> dict[str, object]:
    return dict(read.best.asked[0].args) if read.best and read.best.asked else {}


def _focus(done: list[_Read]) -> tuple[str, str]:
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


def _meaning(clauses: list[_Read], language: str, changes: tuple[tuple[str, str], ...]) -> Meaning:
    """All clauses together."""
    made = Gathered()
    several = sum(bool(read.best and read.best.asked and not read.held) for read in clauses) > 1
    for read in clauses:
        _gather(read, made, several or bool(read.best and len(read.best.asked) > 1))
    if not (made.steps or made.missed or made.withheld or made.question):
        made.missed.append(
            Missed(clauses[0].clause.said()[:200] if clauses else "", _not_understood(clauses[0].clause))
        )
        made.scores.append(0.3)
    confidence = round(min(made.scores, default=0.2), 3)
    return Meaning(
        language, tuple(made.steps), made.question, tuple(made.missed), tuple(made.withheld), changes, confidence
    )


@dataclass(slots=True)
class Gathered:
    """What the clauses came to so far."""

    steps: list[Asked] = field(default_factory=list)
    withheld: list[Asked] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    question: Question | None = None
    scores: list[float] = field(default_factory=list)


def _gather(read: _Read, made: Gathered, several: bool) -> None:
    """Add what one clause means."""
    best = read.best
    if read.held and best is None:
        return  # "leave the music as it is" asks for nothing
    if read.held and best is not None and best.score < STANDS:
        return
    why = impossible(read.clause) if best is None or best.score < 0.97 else None
    if why is not None and not (best and read.held) and not _own(read):
        made.missed.append(Missed(_words(read.clause), why))
        made.scores.append(0.8)
        return
    question = None
    if best is None or (best.missed is not None and not best.asked and best.score < 0.9) or best.score < STANDS:
        question = unfinished(read.clause)
    if question is None and best is not None and not read.held:
        question = open_question(read.others)
    if question is not None:
        made.question = made.question or question
        made.scores.append(best.score if best else 0.5)
    elif best is None:
        if (words := _words(read.clause)) and not _FINE.search(read.clause.text):
            made.missed.append(Missed(words, _not_understood(read.clause)))
            made.scores.append(0.2)
    elif best.question is not None:
        made.question = made.question or best.question
        made.scores.append(best.score)
    elif best.missed is not None:
        made.missed.append(Missed(_words(read.clause), best.missed))
        made.scores.append(best.score)
    else:
        asked = _as_now(best.asked, read.clause) if several else best.asked
        if not read.clause.scene.clips and read.clause.scene.music:
            asked = tuple(_of_the_music(one, read.clause) for one in asked)
        (made.withheld if read.held else made.steps).extend(asked)
        made.scores.append(best.score)


def _of_the_music(asked: Asked, clause: Clause) -> Asked:
    """Where there is music and no film, an edit of nothing in particular is one of the music."""
    entry = clause.known.commands.get(asked.command) if isinstance(asked, Step) else None
    which = next((p for p in entry.params if p.name == "which" and p.on in ((), ("media",))), None) if entry else None
    if which is None or "which" in dict(asked.args):
        return asked
    return replace(asked, args=(*asked.args, ("which", "music")))


def _own(read: _Read) -> bool:
    """Is the reading from words that are a command's own?"""
    return read.best is not None and any(r.score >= 0.75 for r in generic.read(read.clause)) and read.best.score >= 0.9


def _as_now(asked: tuple[Asked, ...], clause: Clause) -> tuple[Asked, ...]:
    """Of several edits, what is named by number means the timeline as it is before the first of them."""
    ids = {m.said: m.things[0].segment.id for m in clause.mentions if m.nth is not None and len(m.things) == 1}
    return tuple(
        replace(one, args=tuple((k, ids.get(str(v), v) if k == "which" else v) for k, v in one.args))
        if isinstance(one, Step)
        else one
        for one in asked
    )


_CLOSING = re.compile(
    r"(?<=[.!?\n,。！])\s*(?:kind|best|warm)? ?(?:regards|wishes|sincerely|yours)(?![a-z])[^.!?]{0,40}$|(?<=[.!?\n,。！，])\s*(?:此致|祝好|谢谢小编|谢谢啦?|多谢)[^,。]{0,6}$"
)
_IDLE = re.compile(
    r"^(?:ok(?:ay)?|yes|yeah|yep|sure|please|pls|thanks|thank you|oops|hmm+|um+|uh+|well|so|hey|hi|hello|now|great|good|nice|cool|perfect|right|alright|and|but|then|also|好的?|嗯+|那个|对|是的?|行|可以|谢谢|啊|哦|嘿|请|那|然后|the rest as is|that'?s (?:it|all)|for now|instead)(?:[ ,.!]+|$)+$"
)


def _words(clause: Clause) -> str:
    text = clause.text.strip(" ,.!?;:，。！")
    return "" if not text or _IDLE.match(text) else clause.said().strip(" ,;")[:200]


def _not_understood(clause: Clause) -> Said:
    if clause.scene.empty:
        return Said(
            "I did not understand that. Upload a clip, or say what music you would like.",
            "没看懂。可以先上传素材，或说说想要什么音乐。",
        )
    return Said("I did not understand that. Try naming what to change and how.", "没看懂。请说明要改什么、怎么改。")
