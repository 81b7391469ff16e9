"""Does a piece of a message stand for itself, or does it belong to what stands before it? Its single signs: `pieces_weighed`."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.beyond import impossible
from reelscore.converse.clauses import Piece
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.pieces_weighed import (
    CLOSED,
    FINE,
    ORDER,
    TAKING,
    a_complaint,
    a_ripple,
    adds_nothing,
    another,
    another_look,
    plain_request,
    richer,
    shared,
    takes_more,
    turned_round,
    unheard,
)
from reelscore.converse.questions import SURE
from reelscore.converse.sieves import Sieve

ABSORBS = {  # a clause of these goes into one of that, where it stands beside it
    "aspect": ("fit", "background", "crop", "filter"),
    "crop": ("fit",),
    "fit": ("crop", "aspect"),
    "export": ("resolution", "aspect", "frame_rate", "rename"),
    "captions": ("move",),
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
    "rotate",
    "export",
)


def once_more(before: Read, alone: Read) -> bool:
    """ "I don't like the melody | try another one": is the second what the first is taken for already?"""
    written = names_of(before)[0] in ("regenerate_music", "vary_music")
    return written and _ANOTHER.fullmatch(alone.clause.text.strip()) is not None


def apart(before: Read, alone: Read) -> bool:
    """Is the piece so plainly an order of its own that nothing needs to be tried?"""
    if before.best is None or alone.best is None or alone.best.score < 0.9 or before.best.score < STANDS:
        return False
    if (
        once_more(before, alone)
        or before.held
        or alone.held
        or a_complaint(before)
        or not ORDER.match(alone.clause.text.strip())
    ):
        return False
    a, b = names_of(before)[0], names_of(alone)[0]
    return a != b and b not in ABSORBS.get(a, ()) and not (a == "remove" and b != "export") and a not in ("keep_range",)


def settled(before: Read, alone: Read, piece: Piece) -> bool:
    """Are two orders apart whatever they are as one, so that this need not be read? `belongs` would say no, unless one
    form reads both to the last word."""
    if before.best is None or alone.best is None or before.held or alone.held or once_more(before, alone):
        return False
    if before.clause.quotes and alone.clause.quotes:
        return False  # one form may write both
    if before.best.score < STANDS or alone.best.score < STANDS or (a_complaint(before) and not piece.strong):
        return False
    a, b = names_of(before)[0], names_of(alone)[0]
    if not a or not b or a == b or b in ABSORBS.get(a, ()) or a in _HELD_OPEN or a.startswith("cut_"):
        return False
    if piece.strong:
        return True
    return a != "change_music" and not alone.clause.quantities and _own(alone)


_STARTS_IT = re.compile(
    r"\W*(?:(?:and|but|then|just|please) )*(?:start|begin|play)(?:s|ing)? (?:it|that|the (?:song|track|music)) (?:from|at|on|in) "
)
_HELD_OPEN = ("remove", "keep_range", "picture_in_picture", "reorder")  # what follows these may belong to them


def _own(alone: Read) -> bool:
    """Does a piece name what it acts on, or begin with an order?"""
    c = alone.clause
    return bool(c.mentions or c.quotes) or ORDER.match(c.text.strip()) is not None


def with_all(before: Read, joined: Read, alone: Read) -> Read:
    """What is wanted of the music in several words is one wish: "more epic and faster" loses neither."""
    if joined.best is None or names_of(before) != ["change_music"] or names_of(joined) != ["change_music"]:
        return joined
    lost = {key: value for key, value in args_of(before).items() if key not in args_of(joined)}
    more = args_of(alone) if names_of(alone) == ["change_music"] and not a_complaint(alone) else {}
    more = {key: value for key, value in more.items() if key not in args_of(joined) and key not in lost}
    if "section" in lost or "section" in more or not (lost or more):
        return joined
    step = joined.best.asked[0]
    args = (*lost.items(), *step.args, *more.items())
    return replace(joined, best=replace(joined.best, asked=(replace(step, args=args),)))  # type: ignore[arg-type]


def holds_on(before: Read, joined: Read) -> bool:
    """Does the joined reading still hold what was read before?"""
    if before.best is None:
        return True
    return joined.best is not None and joined.best.score >= before.best.score - 0.25


def belongs(before: Read, alone: Read, joined: Read, piece: Piece) -> bool:
    """Is a piece part of what stands before it?"""
    if joined.best is not None and joined.best.whole and not joined.held:
        return True  # one form reads both to the last word
    if any(one.held and one.best for one in (alone, before, joined)):
        return False
    if before.held and alone.best is not None:
        return False
    if before.best is None and names_of(joined) == ["split"] and names_of(alone)[0].startswith(("cut_", "keep_")):
        return False  # "cut the intro chatter, begin at 0:42"
    if once_more(before, alone):
        return True
    if _turned_down(before, alone, joined) or _halved(before, alone, joined):
        return False
    if names_of(before) == names_of(joined) == ["crossfade"] and names_of(alone) == ["transition"]:
        return not before.held and not [
            m for m in alone.clause.mentions if m.things
        ]  # 两首歌接得太生硬了,弄个3秒的交叉淡化
    if (
        names_of(before) == names_of(joined) == ["add"]
        and args_of(before).items() < args_of(joined).items()
        and _STARTS_IT.match(alone.clause.text)
    ):
        return True  # "add the pop song, start it from the chorus at 0:45"
    if names_of(before) == ["picture_in_picture"] and names_of(alone) == ["mute"]:
        return True  # a picture above the film is silent where nothing else is said
    if (
        names_of(before) == names_of(alone) == ["filter"]
        and names_of(joined) == ["filter", "filter"]
        and not piece.strong
        and not (before.clause.mentions and alone.clause.mentions)
        and not (before.clause.quantities and alone.clause.quantities)
    ):
        return True
    if (
        before.best is not None
        and a_complaint(before)
        and not a_complaint(alone)  # "the music is too loud and the voice is too quiet" are two
        and alone.best
        and names_of(alone) == names_of(before)
        and alone.best.score >= SURE
    ):
        return True
    if (
        a_complaint(before)
        and alone.best is not None
        and alone.best.score < SURE
        and joined.best is not None
        and joined.best.score >= SURE
        and names_of(joined) == names_of(alone)
        and not piece.strong
    ):
        return True  # 画面太暗了,调亮一点
    if (
        a_complaint(alone)
        and not a_complaint(before)
        and names_of(alone) == names_of(before) == names_of(joined)
        and args_of(alone).get("which") in (None, args_of(before).get("which"))
    ):
        return True  # "crank up the voice, it's way too quiet"
    if shared(before, alone, joined, piece):
        return True
    if a_ripple(before, joined) or (names_of(before)[0].startswith("cut_") and CLOSED.fullmatch(alone.clause.text)):
        return True
    if takes_more(before, alone, joined) or another_look(before, alone, joined):
        return False
    if alone.best is not None and alone.best.score < STANDS and unheard(before, alone, joined):
        return False
    if alone.best is None:
        if names_of(before) == names_of(joined) == ["reorder"] and "order" in args_of(joined):
            return True  # "drone first, then the intro"
        own = _LAID_ELSEWHERE.match(alone.clause.text.strip()) or _FOR_OTHERS.search(alone.clause.text)
        if own and adds_nothing(before, joined):
            return False  # "split clip 3 in three and put the last piece first": not to be lost
        if turned_round(before, alone, joined):
            return False  # "get rid of the last 5 secs but keep the music ending"
        if names_of(before)[0] in TAKING and alone.clause.quotes and not before.clause.quotes:
            return False  # "remove the title & add "Tokyo at Night" instead"
        hedged = _HEDGED.match(alone.clause.text) and names_of(joined) == names_of(before) != [""]
        if hedged and args_of(joined) != args_of(before):
            return True  # "in a serif font, maybe Times New Roman"
        if unheard(before, alone, joined):
            return False
        if impossible(alone.clause) is not None:
            return False
        return not (
            piece.strong and before.best is not None and before.best.score >= STANDS and not richer(before, joined)
        )
    if _spread_back(before, alone, joined):
        return False
    if before.best is None:
        if len(before.clause.text.strip()) <= 4 and joined.best is not None and joined.best.score >= alone.best.score:
            return True
        if FINE.search(before.clause.text) and alone.best.score >= STANDS:
            return False
        return not piece.strong or (joined.best is not None and joined.best.score > alone.best.score)
    a, b = names_of(before), names_of(alone)
    if names_of(joined) == ["cut_to_beat"] and a == ["remove"] and joined.best and joined.best.score > 0.9:
        return True  # "cut unboxing and closeup to the beat"
    if (
        a[0] in ABSORBS
        and b[0] in ABSORBS[a[0]]
        and not (a[0] == "aspect" and b[0] == "filter" and alone.best.score >= SURE and not richer(before, joined))
        and not plain_request(alone, a[0])
        and joined.best
        and names_of(joined)[0] == a[0]
    ):
        return True
    if (
        a == ["change_music"]
        and set(names_of(joined)) == {"change_music"}
        and not piece.strong
        and b[0] in ("change_music", "filter", "volume", "speed")
    ):
        return b[0] != "volume" or args_of(joined) != args_of(before)  # "sadder and quieter" are two
    if a == ["change_music"] and b == ["generate_music"] and names_of(joined) == a and not piece.strong:
        return True
    if a == ["keep_range"] and b == ["remove"] and args_of(alone).get("which") == "all":
        return True
    if a == ["fit"] and b == names_of(joined) == ["aspect"] and "fill" in args_of(joined):
        return True  # 左右留点黑边,变成方的
    if joined.best is None or names_of(joined) != a:
        return False
    one, both = args_of(before), args_of(joined)
    if (
        a == b
        and "which" in args_of(alone)
        and before.best.score >= SURE <= alone.best.score
        and ONE_MORE.search(alone.clause.text)
    ):
        return False  # 结尾慢慢黑掉,音乐也一起淡出: one more thing
    if a == b == ["reorder"] and alone.best.score >= SURE and ORDER.match(alone.clause.text.strip()):
        return False  # "swap the first two and put the last one first"
    grown = all(both.get(key) == value or key in ("prompt",) for key, value in one.items())
    if a[0] in _MERGED and b == a and grown:
        return True
    if grown and len(both) > len(one) and not piece.strong and not _own(alone):
        return True
    if (
        b == a
        and another(alone, one)
        and alone.best.score >= SURE
        and before.best.score >= SURE
        and len(names_of(joined)) <= len(a)
    ):
        return False
    if b == a and (both == one or (grown and len(both) > len(one) and not another(alone, one))):
        return True
    if b == a and a[0] in _SET and not piece.strong and len(names_of(joined)) == len(a) and not another(alone, one):
        return True
    return alone.best.score < STANDS and not piece.strong


def _turned_down(before: Read, alone: Read, joined: Read) -> bool:
    """不要滤镜 | 就加个暗角: would what is added be taken away?"""
    taken = names_of(before)[0]
    added = names_of(alone)[0]
    return taken == f"remove_{added}" and names_of(joined) == [taken] and alone.clause.has("add")


def _spread_back(before: Read, alone: Read, joined: Read) -> bool:
    """海浪声保留一点吧 | 音乐降到10%: would what is wished of one thing be done to one that other words are said of?"""
    if before.best is not None or alone.best is None or joined.best is None or alone.clause.text.isascii():
        return False
    rest = before.clause.text[max((m.end for m in before.clause.mentions), default=0) :]
    own = alone.best.score >= SURE and any(m.things for m in alone.clause.mentions)
    both = len(joined.best.asked) > len(alone.best.asked) and set(names_of(joined)) == set(names_of(alone))
    return own and both and len(rest.strip(" ,的和跟与都也、")) > 1


def _halved(before: Read, alone: Read, joined: Read) -> bool:
    """Would one of two things that a piece says of a new text be lost: 加字幕“青岛” | 放右下角小一点?"""
    if alone.best is None or joined.best is None or alone.best.score < SURE:
        return False
    new = names_of(before)[0] in ("title", "subtitle", "lower_third") and len(joined.best.asked) == 1
    return new and len(set(names_of(alone))) > 1


ONE_MORE = re.compile(  # what is said of another thing too
    r"(?<![a-z])(?:too|also|as well|along with it|with it)(?![a-z])|也|一起|同样|跟着|同时"
)
_ANOTHER = re.compile(
    r"(?:(?:and|so|please|pls|can you|could you|let'?s|just|maybe) )*(?:(?:try|write|make|do|give me|have|use|how about|get|find)(?: me| us)? )?(?:another|a different|a new|something else|some other)(?: (?:one|take|try|version|idea|melody|tune|go))?(?: please| pls| instead)?[.! ]*"
    r"|(?:请|再|那|就|给我|帮我|,)*(?:换|来|写|试)(?:一?个|一?条|一?段|一下)?(?:别的|另外的?|新的|其他的?)?(?:吧|。)*"
)
_LAID_ELSEWHERE = Sieve(
    re.compile(r"(?:and |then )*(?:put|move|place|bring) [^,.;]*(?<![a-z])(?:first|last|end|start|front|back)[ .!]*$")
)
_FOR_OTHERS = Sieve(
    re.compile(r"\d[^,.;]{0,12} (?:for|on|to) (?:(?:all )?the )?(?:rest|others?|other (?:ones|clips|photos))(?![a-z])")
)
_HEDGED = re.compile(
    r"\s*(?:or )?(?:maybe|perhaps|say|like|ideally|preferably|something like|for example|e\.?g\.?|such as|possibly)[, ]"
)
