"""Does a piece of a message stand for itself, or does it belong to what stands before it?"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.beyond import impossible
from reelscore.converse.clauses import Piece
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.questions import SURE
from reelscore.converse.tables import table

ABSORBS = {  # a clause of these goes into one of that, where it stands beside it
    "aspect": ("fit", "background", "crop", "filter"),
    "crop": ("fit",),
    "fit": ("crop", "aspect"),
    "export": ("resolution", "aspect", "frame_rate"),
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


def apart(before: Read, alone: Read) -> bool:
    """Is the piece so plainly an order of its own that nothing needs to be tried?"""
    if before.best is None or alone.best is None or alone.best.score < 0.9 or before.best.score < STANDS:
        return False
    if before.held or alone.held or a_complaint(before) or not _ORDER.match(alone.clause.text.strip()):
        return False
    a, b = names_of(before)[0], names_of(alone)[0]
    return a != b and b not in ABSORBS.get(a, ()) and not (a == "remove" and b != "export") and a not in ("keep_range",)


def settled(before: Read, alone: Read, piece: Piece) -> bool:
    """Are two orders apart whatever they are as one, so that this need not be read? `belongs` would say no, unless one
    form reads both to the last word."""
    if before.best is None or alone.best is None or before.held or alone.held:
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


_HELD_OPEN = ("remove", "keep_range", "picture_in_picture", "reorder")  # what follows these may belong to them


def _own(alone: Read) -> bool:
    """Does a piece name what it acts on, or begin with an order?"""
    c = alone.clause
    return bool(c.mentions or c.quotes) or _ORDER.match(c.text.strip()) is not None


def with_all(before: Read, joined: Read) -> Read:
    """What is wanted of the music in several words is one wish: "more epic and faster" loses neither."""
    if joined.best is None or names_of(before) != ["change_music"] or names_of(joined) != ["change_music"]:
        return joined
    lost = {key: value for key, value in args_of(before).items() if key not in args_of(joined)}
    if not lost or "section" in lost:
        return joined
    step = joined.best.asked[0]
    return replace(joined, best=replace(joined.best, asked=(replace(step, args=(*lost.items(), *step.args)),)))  # type: ignore[arg-type]


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
    if _shared(before, alone, joined, piece):
        return True
    if a_ripple(before, joined) or (names_of(before)[0].startswith("cut_") and CLOSED.fullmatch(alone.clause.text)):
        return True
    if _takes_more(before, alone, joined) or _another_look(before, alone, joined):
        return False
    if alone.best is not None and alone.best.score < STANDS and _unheard(before, alone, joined):
        return False
    if alone.best is None:
        if names_of(before) == names_of(joined) == ["reorder"] and "order" in args_of(joined):
            return True  # "drone first, then the intro"
        own = _LAID_ELSEWHERE.match(alone.clause.text.strip()) or _FOR_OTHERS.search(alone.clause.text)
        if own and _adds_nothing(before, joined):
            return False  # "split clip 3 in three and put the last piece first": not to be lost
        if _turned_round(before, alone, joined):
            return False  # "get rid of the last 5 secs but keep the music ending"
        if names_of(before)[0] in _TAKING and alone.clause.quotes and not before.clause.quotes:
            return False  # "remove the title & add "Tokyo at Night" instead"
        hedged = _HEDGED.match(alone.clause.text) and names_of(joined) == names_of(before) != [""]
        if hedged and args_of(joined) != args_of(before):
            return True  # "in a serif font, maybe Times New Roman"
        if _unheard(before, alone, joined):
            return False
        if impossible(alone.clause) is not None:
            return False
        return not (
            piece.strong and before.best is not None and before.best.score >= STANDS and not _richer(before, joined)
        )
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
        and not (a[0] == "aspect" and b[0] == "filter" and alone.best.score >= SURE and not _richer(before, joined))
        and not _plain_request(alone, a[0])
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
    if joined.best is None or names_of(joined) != a:
        return False
    one, both = args_of(before), args_of(joined)
    if a == b == ["reorder"] and alone.best.score >= SURE and _ORDER.match(alone.clause.text.strip()):
        return False  # "swap the first two and put the last one first"
    grown = all(both.get(key) == value or key in ("prompt",) for key, value in one.items())
    if a[0] in _MERGED and b == a and grown:
        return True
    if grown and len(both) > len(one) and not piece.strong and not _own(alone):
        return True
    if (
        b == a
        and _another(alone, one)
        and alone.best.score >= SURE
        and before.best.score >= SURE
        and len(names_of(joined)) <= len(a)
    ):
        return False
    if b == a and (both == one or (grown and len(both) > len(one) and not _another(alone, one))):
        return True
    if b == a and a[0] in _SET and not piece.strong and len(names_of(joined)) == len(a) and not _another(alone, one):
        return True
    return alone.best.score < STANDS and not piece.strong


_LAID_ELSEWHERE = re.compile(
    r"(?:and |then )*(?:put|move|place|bring) [^,.;]*(?<![a-z])(?:first|last|end|start|front|back)[ .!]*$"
)
_FOR_OTHERS = re.compile(
    r"\d[^,.;]{0,12} (?:for|on|to) (?:(?:all )?the )?(?:rest|others?|other (?:ones|clips|photos))(?![a-z])"
)


def _turned_round(before: Read, alone: Read, joined: Read) -> bool:
    """Would a piece that keeps something make another edit of what was plainly said?"""
    if before.best is None or before.best.score < SURE or joined.best is None or before.held:
        return False
    keeps = re.match(r"\s*(?:but |and )*(?:keep|leave|retain)(?![a-z])", alone.clause.text) is not None
    return keeps and set(names_of(joined)).isdisjoint(names_of(before))


def _adds_nothing(before: Read, joined: Read) -> bool:
    """Is what was read before a piece and with it the same edit?"""
    if before.best is None or not before.best.asked or before.best.score < STANDS or before.held:
        return False
    return joined.best is None or joined.best.asked == before.best.asked


_HEDGED = re.compile(
    r"\s*(?:or )?(?:maybe|perhaps|say|like|ideally|preferably|something like|for example|e\.?g\.?|such as|possibly)[, ]"
)
_COMPLAINT = re.compile(r"(?<![a-z])(?:too|hard to|can'?t|barely|think|feel|find)(?![a-z])|太|觉得|有点|听不|看不")


_SMALL = frozenset(table("announcing")["small"]["words"])  # no request begins with these


FINE = re.compile(
    r"(?<![a-z])(?:is|are|looks?|was) (?:so far )?(?:fine|good|great|ok(?:ay)?|perfect|nice|lovely)|(?<![a-z])(?:happy with|love|like) (?:it|this|the)|很喜欢|不错|挺好|很好|很棒|拍得不好"
)


_ORDER = re.compile(
    r"(?:please |then |also |and |now |just |can you |could you |maybe )*(?:add|put|cut|trim|remove|delete|make|set|turn|fade|mute|export|move|speed|slow|crop|zoom|rotate|flip|split|loop|change"
    r"|play|mirror|reverse|blur|darken|brighten|show|give|bring|take|drop|lower|raise|pan|duck|normali[sz]e|freeze|hold|swap|replace|rename|call|save|download|render|undo|redo|insert"
    r"|write|generate|compose|get|let|have|tint|hide|shorten|extend|lengthen|animate|mark|place|stick|duplicate|copy|unmute|silence|boost|bump|nudge|shift|resize|shrink|enlarge|overlay)(?![a-z])"
    r"|(?:再|并|然后|也)?(?:在[^,。;]{1,12}?)?(?:把|加(?!上?粗)|剪|删|静音|导出|移|放到|转|裁|换|调|旋转|翻转|倒放|镜像|定格|加速|放慢|复制|分割|缩放|推近|拉远|竖屏|横屏)"
)


def _shared(before: Read, alone: Read, joined: Read, piece: Piece) -> bool:
    """ "speed up hiking | and the lake by 20%": one more thing, and the amount for both."""
    if piece.strong or before.best is None or joined.best is None or before.clause.quantities or before.clause.quotes:
        return False
    first = next(iter(alone.clause.mentions), None)
    last = max((m.end for m in before.clause.mentions), default=-1)
    if before.clause.text[max(last, 0) :].strip(" ,") or last < 0:
        return False
    if (
        first is None
        or not alone.clause.quantities
        or alone.clause.text[: first.start].strip() not in ("", "the", "my")
    ):
        return False
    same = set(names_of(joined)) == set(names_of(before)) and joined.best.score >= 0.85
    return same and len(joined.best.asked) > len(before.best.asked)


CLOSED = re.compile(
    r"\W*(?:(?:and|so|then|let|have|make|just) )*(?:everything|the rest|all|what follows|what comes after|whatever comes after|the others|the following clips?)(?: else| that follows| after(?: it| that)?)?(?: (?:just|should|can|must|to))*"
    r" (?:moves?|shifts?|slides?|closes?|comes?|pulls?|goes)(?: (?:up|forward|forwards|along|together|left|earlier|over|down|in|with it))+(?: to (?:fill|close) (?:the|that) gap)?\W*"
    r"|\W*(?:close|shut)(?: up)? (?:the |any |all )*gaps?(?: (?:after|it leaves|everywhere|too))*\W*"
)
_TAKING = ("remove", "remove_text", "ripple_delete", "mute")


def _takes_more(before: Read, alone: Read, joined: Read) -> bool:
    """Would more be taken away than was plainly named: "delete the voice, just music for this one"?"""
    if before.best is None or joined.best is None or names_of(before)[0] not in _TAKING:
        return False
    if len(joined.best.asked) <= len(before.best.asked) or names_of(joined)[0] not in _TAKING:
        return False
    text = alone.clause.text
    for mention in reversed(alone.clause.mentions):
        text = text[: mention.start] + text[mention.end :]
    return (
        not patterns.fullmatch(
            r"[\s,.!&]*(?:(?:and|also|the|my|too|as well|please|plus|both|all|then|of|from|even)[\s,.!]*)*", text
        )
        and text.isascii()
    )


def _another_look(before: Read, alone: Read, joined: Read) -> bool:
    """Would a second look be lost: "brighter, and more contrast"?"""
    if names_of(before) != ["filter"] or names_of(alone) != ["filter"] or alone.best is None or before.best is None:
        return False
    look = args_of(alone).get("name")
    kept = [dict(one.args).get("name") for one in joined.best.asked] if joined.best else []
    return alone.best.score >= STANDS and before.best.score >= STANDS and look not in kept


def a_ripple(before: Read, joined: Read) -> bool:
    """ "remove the intro and pull everything forward" is one thing."""
    return names_of(before) == ["remove"] and names_of(joined) == ["ripple_delete"]


def a_complaint(read: Read) -> bool:
    """Is this a statement of what is wrong, which the request after it makes exact?"""
    return _COMPLAINT.search(read.clause.text) is not None and not patterns.match(
        r"\s*(?:please |can you |could you )?(?:make|turn|set|lower|raise)", read.clause.text
    )


def _unheard(before: Read, alone: Read, joined: Read) -> bool:
    """Is this a request of its own that nothing here understands: "and paint my house"?"""
    if before.best is None or before.best.score < SURE or _richer(before, joined):
        return False
    text = alone.clause.text.strip(" ,.!?")
    if alone.clause.quantities or alone.clause.mentions or alone.clause.colours or alone.clause.quotes:
        return False
    if patterns.match(r"(?:顺便|再|然后|并|还要?|也)?(?:帮我|请|给我|把|让)", text) and len(text) > 4:
        return True
    words = patterns.findall(
        r"[a-z']+", patterns.sub(r"^(?:also|then|please|and|to|can you|could you|maybe) ", "", text)
    )
    return len(words) >= 3 and words[0] not in _SMALL and not words[0].endswith(("ly", "ing", "ed"))


def _richer(before: Read, joined: Read) -> bool:
    """Does the piece add to what stands before it?"""
    return (
        joined.best is not None
        and names_of(joined)[: len(names_of(before))] == names_of(before)
        and (len(args_of(joined)) > len(args_of(before)) or len(names_of(joined)) > len(names_of(before)))
    )


def _plain_request(read: Read, before: str) -> bool:
    """Is this an order of its own, with its own thing to act on?"""
    text = read.clause.text.strip()
    order = patterns.match(
        r"(?:please |then |also |and )*(?:export|render|mute|fade|cut|trim|delete|put|set|turn|lower|raise|make the (?:video|title|clip|picture|text)|make it (?:vertical|square|louder)|crop|duck|split|move)(?![a-z])|(?:再|并)?(?:把|导出|剪|给|静音|删)|(?:再|也|并)?(?:声音|音量|[大小]声|[调开关][大小])",
        text,
    )
    spoken = read.clause.mention("clip", "title", "subtitle", "voice", "image", "overlay", "own")
    return order is not None and (
        before != "generate_music"
        or bool(spoken)
        or bool(patterns.match(r"(?:再|并)?[把将](?:画面|视频|影片|片子)", text))
        or bool(
            patterns.match(
                r"(?:please |then )*(?:export|render|duck|lower|fade|mute|cut|trim)|导出|剪|(?:再|也|并)?(?:声音|音量|[大小]声|[调开关][大小])",
                text,
            )
        )
    )


def _another(alone: Read, one: dict[str, object]) -> bool:
    """Does a piece of the same command name something else to act on?"""
    which, of = args_of(alone).get("which"), args_of(alone).get("of")
    if of is not None and of != one.get("of"):
        return True  # "fade the music, fade the picture to black"
    return which is not None and one.get("which") not in (None, which) and bool(alone.clause.mentions)
