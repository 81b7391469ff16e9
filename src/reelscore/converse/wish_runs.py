"""A wish for music in many pieces is one wish: where it begins in a message and how far it goes.

"Warm piano for ten seconds, then drums come in; end quietly" has the joints of a list of edits, and means one piece of
music. A run begins with the piece that asks for music and takes in all that tells of it (instruments, moods, sections,
times), until an order of its own: an export, a title, a cut. `words/wish_runs.toml` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from reelscore.converse import generic, patterns
from reelscore.converse.beyond import impossible
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.concepts import any_bounded
from reelscore.converse.one_clause import LEANING, Read, names_of
from reelscore.converse.piece_asked import asks_for_a_piece, tells_a_story
from reelscore.converse.readers.music_wishes import wished
from reelscore.converse.reading import Reading
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.converse.told_why_zh import only_told_zh

LEAST = 0.8  # a reading as new music from here on asks for it
_OF_MUSIC = (  # what a piece of a wish may be mistaken for
    "generate_music", "change_music", "regenerate_music", "vary_music", "music_length", "filter", "loop", "transition",
    "volume", "speed", "remove", "fade_in", "fade_out", "mute", "unmute", "fit_duration", "duplicate", "refit_music",
    "cut_to_beat", "pan", "duck", "opacity", "normalise", "freeze", "zoom", "move",
)  # fmt: skip
_FEW = 6  # words of a piece that may be of the music, though none is known
_CHANGES = ("change_music", "regenerate_music", "vary_music", "music_length", "refit_music")
_CUTS = ("cut_first", "cut_last", "cut_range", "keep_range", "trim")
_CUTTING = r"(?<![a-z])(?:cut|trim|delete|keep only)(?![a-z])|剪|删|裁|只保留|只留下"
_NOT_MUSIC = ("title", "subtitle", "lower_third", "text", "transition", "marker", "filter", "logo", "overlay", "own")


def wish_runs(
    parts: Sequence[Piece], read: Callable[[Piece], Read], clause: Callable[[Piece], Clause]
) -> dict[int, int]:
    """The first and the last piece of each wish for music that has more than one; as few as may be are read."""
    runs: dict[int, int] = {}
    held = 0
    for n, piece in enumerate(parts):
        if n < held or not _may_wish(clause(piece)) or not _may_ask(one := read(piece)) or not _asks(one):
            continue
        first = last = n
        whole = asks_for_a_piece(clause(piece).text)
        while first > held and (
            _only_asks(before := read(parts[first - 1]))
            or (not parts[first].strong and _leads(before))
            or (whole and tells_a_story(before.clause.text))
            or _belongs_before(before)
        ):
            first -= 1
        while last + 1 < len(parts) and (
            _goes_on(after := read(parts[last + 1]), parts[last + 1])
            or (after.best is None and tells_a_story(after.clause.text.strip(" ,.，。")))
            or ((whole or (after.best is None and not one.clause.scene.music)) and _tells_more(after))
        ):
            last += 1
        held = last + 1
        if last > first and not (one.clause.scene.composed and _of_no_kind(parts[first : last + 1], clause)):
            runs[first] = last
    return runs


def _may_wish(clause: Clause) -> bool:
    """Can the clause be read as a wish for new music at all? Quicker than to read it."""
    if _ordered(clause):
        return False
    least = LEAST - LEANING if clause.context.steps else LEAST
    wishes = (*wished(clause), *generic.read(clause))
    return any(r.score >= least and _is(r, "generate_music") for r in wishes)


def as_wish(read: Read) -> Read:
    """The clause as the wish for music that it is; unchanged where it cannot be read as one."""
    anew = next((r for r in read.others if _is(r, "generate_music")), None)
    return Read(read.clause, anew, (anew,), read.held) if anew else read


def plain_wish(read: Read) -> Read:
    """One piece that asks for music of a kind ("给片子来段安静一点的大提琴") is no edit of what there is."""
    if read.best is None or _is(read.best, "generate_music") or not _may_ask(read):
        return read
    told = {w.kind for w in read.clause.wishes if not w.idle}
    genre = "genre" in told and read.clause.has("music_noun") and read.best.missed is None
    if not (genre or "instrument" in told) or not _asks(read):
        return read
    return as_wish(read) if not read.best.asked or names_of(read)[0] in _OF_MUSIC else read


def _may_ask(read: Read) -> bool:
    if read.held or read.clause.quotes:
        return False
    asks = read.best is not None and _is(read.best, "generate_music") and read.best.score >= LEAST
    return asks or bool(read.clause.wishes) or read.clause.has("music_noun") or asks_for_a_piece(read.clause.text)


def _asks(read: Read) -> bool:
    """Does this ask for new music, and not for a change of what there is?"""
    if _order(read):
        return False
    wish = max((r.score for r in read.others if _is(r, "generate_music")), default=0.0)
    anew = patterns.search(r"重新.{0,3}一?[首段支个](?!副歌|主歌|前奏|结尾|开头)", read.clause.text)
    changes = _CHANGES if anew is None and not asks_for_a_piece(read.clause.text) else ("change_music",)
    change = max((r.score for r in read.others if _is(r, *changes)), default=0.0)
    return wish >= LEAST and wish > change


def _is(reading: Reading, *names: str) -> bool:
    return bool(reading.asked) and getattr(reading.asked[0], "command", "") in names


def _order(read: Read) -> bool:
    """Is this plainly something else than music?"""
    clause = read.clause
    if _ordered(clause):
        return True
    text = clause.text.strip(" ,.!?;:，。！")
    best = read.best
    if _FITTING_ZH.match(text):
        return False  # 适合抖音开箱
    if best is None or best.score < 0.9 or not best.asked:
        return False
    name = names_of(read)[0]
    if name == "generate_music" and not any(m.kind in _NOT_MUSIC for m in clause.mentions):
        return False  # "score this clip with something tense"
    if name in _CUTS:
        return not clause.wishes or patterns.search(_CUTTING, text) is not None
    if name not in _OF_MUSIC:
        return True
    return any(m.kind in _NOT_MUSIC or (m.kind in ("clip", "name", "image") and m.things) for m in clause.mentions)


_FITTING_ZH = Sieve(
    re.compile(r"(?:要|最好|比较)*(?:适合|用[来在于]|类似)(?!.*(?:比例|尺寸|画幅|横屏|竖屏|导出))[^,。;]{2,12}")
)


def _ordered(clause: Clause) -> bool:
    """Do its words alone tell that?"""
    if clause.quotes or clause.quantity("percent", "decibels", "ratio", "size", "fps") or impossible(clause):
        return True
    return _begins("order").match(clause.text.strip(" ,.!?;:，。！")) is not None


def _leads(read: Read) -> bool:
    """May a piece before the one that asks belong to it: "calm, mysterious, no drums, for my film"?"""
    return bool(read.clause.wishes) and not _order(read) and not read.held and len(read.clause.text) <= 24


def _belongs_before(read: Read) -> bool:
    """Does a piece before it tell only how long it shall be ("need 90 seconds"), or, where there is neither film nor music,
    something that is no order: "a march for a toy soldiers film"?"""
    clause = read.clause
    if read.held or clause.quotes or any(m.things for m in clause.mentions):
        return False
    if (seconds := clause.every("seconds")) and len(seconds) == 1:
        q = seconds[0]
        if _ONLY_LONG.fullmatch(f"{clause.text[: q.start]}#{clause.text[q.end :]}"):
            return True
    if clause.scene.clips or clause.scene.music or _order(read):
        return False
    return read.best is None or read.best.score < LEAST or _is(read.best, "generate_music")


_ONLY_LONG = re.compile(
    r"[ ,.]*(?:(?:i|we|it|should|must|has to|be|need|needs|want|about|around|roughly|some|a|an|the|length|length:|maybe|is|of|total|要|大概|大约|约|需要|差不多|时长|长度|总共|一共) ?)*# ?(?:(?:long|of music|or so|in total|total|please|max|tops|左右|的样子|吧|长|就够了?) ?)*[ ,.]*"
)


def _only_asks(read: Read) -> bool:
    """Does the piece before the one that describes it only ask for music: "Music please! Upbeat pop"?"""
    best = read.best
    return best is not None and _is(best, "generate_music") and not getattr(best.asked[0], "args", ())


def _goes_on(read: Read, piece: Piece) -> bool:
    """Does a piece go on telling what the music shall be like?"""
    clause = read.clause
    if _order(read) or only_told_zh(clause):
        return False
    text = clause.text.strip(" ,.!?;:，。！")
    if clause.every("seconds") and _begins("again").match(text) and clause.has("music_noun"):
        return False
    if clause.wishes or _tells().search(text):
        return True
    if (piece.strong and read.best is not None) or _stranger().match(text):
        return False
    words = patterns.findall(r"[a-z']+", text)
    if not words or len(words) < 3:
        return not piece.strong
    return words[0] in _small() or words[0].endswith(("ly", "ing", "ed"))


def _of_no_kind(parts: Sequence[Piece], clause: Callable[[Piece], Clause]) -> bool:
    """Is no style, feeling or player named: "another one, a bit faster" is another take of what there is?"""
    return not any(w.kind != "role" for part in parts for w in clause(part).wishes)


def _tells_more(read: Read) -> bool:
    """Does a piece behind one that asks for a piece of music tell more of it, in a few words: "plucky", "nothing cheesy"?"""
    clause = read.clause
    text = clause.text.strip(" ,.!?;:，。！")
    if (
        _order(read)
        or only_told_zh(clause)
        or _stranger().match(text)
        or any(m.kind in _NOT_MUSIC or m.things for m in clause.mentions)
    ):
        return False
    if tells_a_story(text):
        return True
    words = patterns.findall(r"[a-z'’-]+", text)
    short = len(words) <= _FEW and len(patterns.findall(r"[\u4e00-\u9fff]", text)) <= 2 * _FEW
    return short and (read.best is None or names_of(read)[0] in ("", *_OF_MUSIC))


@cache
def _begins(name: str) -> re.Pattern[str]:
    held, lead = table("wish_runs")[name], table("wish_runs")["lead"]
    latin, eastern = held["en"], held["zh"]
    latin = "|".join(latin) if isinstance(latin, list) else latin
    eastern = "|".join(eastern) if isinstance(eastern, list) else eastern
    return re.compile(rf"{lead['en']}(?:(?<![a-z])(?:{latin})(?![a-z]))|{lead['zh']}(?:{eastern})")


@cache
def _tells() -> re.Pattern[str]:
    held = table("wish_runs")["tells"]
    return re.compile("|".join([any_bounded((word, "en") for word in held["en"]), *held["zh"]]))


@cache
def _stranger() -> re.Pattern[str]:
    """Words that ask for something."""
    return re.compile(table("wish_runs")["stranger"]["zh"])


@cache
def _small() -> frozenset[str]:
    return frozenset(table("announcing")["small"]["words"])
