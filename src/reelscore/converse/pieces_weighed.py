"""Single signs of whether a piece of a message stands for itself."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clauses import Piece
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.questions import SURE
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table


def turned_round(before: Read, alone: Read, joined: Read) -> bool:
    """Would a piece that keeps something make another edit of what was plainly said?"""
    if before.best is None or before.best.score < SURE or joined.best is None or before.held:
        return False
    keeps = re.match(r"\s*(?:but |and )*(?:keep|leave|retain)(?![a-z])", alone.clause.text) is not None
    return keeps and set(names_of(joined)).isdisjoint(names_of(before))


def adds_nothing(before: Read, joined: Read) -> bool:
    """Is what was read before a piece and with it the same edit?"""
    if before.best is None or not before.best.asked or before.best.score < STANDS or before.held:
        return False
    return joined.best is None or joined.best.asked == before.best.asked


_COMPLAINT = Sieve(
    re.compile(
        r"(?<![a-z])(?:too|hard to|can'?t|barely|think|feel|find)(?![a-z])|太|觉得|有点|[大小轻响快慢暗亮长短]了$|听不|看不|比[^,。]{1,12}(?:吵|响|大|小|轻|低|暗|亮|快|慢)$|(?<![a-z])(?:louder|quieter|darker|brighter|slower|faster|longer|shorter|bigger|smaller) than(?![a-z])"
    )
)
_SMALL = frozenset(table("announcing")["small"]["words"])  # no request begins with these
FINE = Sieve(
    re.compile(
        r"(?<![a-z])(?:is|are|looks?|was) (?:so far )?(?:fine|good|great|ok(?:ay)?|perfect|nice|lovely)|(?<![a-z])(?:happy with|love|like|dig|enjoy|a fan of) (?:it|this|that|the)|(?<![a-z])(?:nothing wrong|no (?:problem|issues?|complaints?))(?: with| about)|很喜欢|不错|挺好|很好|很棒|拍得不好"
    )
)
ORDER = re.compile(
    r"(?:please |then |also |and |now |just |can you |could you |maybe )*(?:add|put|cut|trim|remove|delete|make|set|turn|fade|mute|export|move|speed|slow|crop|zoom|rotate|flip|split|loop|change"
    r"|play|mirror|reverse|blur|darken|brighten|show|give|bring|take|drop|lower|raise|pan|duck|normali[sz]e|freeze|hold|swap|replace|rename|call|save|download|render|undo|redo|insert"
    r"|write|generate|compose|get|let|have|tint|hide|shorten|extend|lengthen|animate|mark|place|stick|duplicate|copy|unmute|silence|boost|bump|nudge|shift|resize|shrink|enlarge|overlay)(?![a-z])"
    r"|(?:再|并|然后|也)?(?:在[^,。;]{1,12}?)?(?:把|加(?!上?粗)|剪|删|静音|导出|移|放到|转|裁|换|调|旋转|翻转|倒放|镜像|定格|加速|放慢|复制|分割|缩放|推近|拉远|竖屏|横屏)"
)


def shared(before: Read, alone: Read, joined: Read, piece: Piece) -> bool:
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
TAKING = ("remove", "remove_text", "ripple_delete", "mute")


def takes_more(before: Read, alone: Read, joined: Read) -> bool:
    """Would more be taken away than was plainly named: "delete the voice, just music for this one"?"""
    if before.best is None or joined.best is None or names_of(before)[0] not in TAKING:
        return False
    if len(joined.best.asked) <= len(before.best.asked) or names_of(joined)[0] not in TAKING:
        return False
    text = alone.clause.text
    for mention in reversed(alone.clause.mentions):
        text = text[: mention.start] + text[mention.end :]
    return not patterns.fullmatch(
        r"[\s,.!&]*(?:(?:and|also|the|my|too|as well|please|plus|both|all|then|of|from|even)[\s,.!]*)*", text
    ) and (
        text.isascii()
        or (not (names_of(before)[0] == "mute" and _KEPT.search(text)) and _SAYS_MORE.fullmatch(text) is None)
    )


_KEPT = re.compile(r"[只仅留]")
_SAYS_MORE = re.compile(  # ... 和湖边那段: nothing but one more thing
    r"(?:[\s,.!。、&]|和|跟|与|以及|还有|也|都|一起|同样|一样|连同?|再|那|这|的|个|段|张|条|首|片段|镜头|照片|视频|部分|了|吧|啊|呢|全部?|统统|另外|外加|包括)*"
)


def another_look(before: Read, alone: Read, joined: Read) -> bool:
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


def unheard(before: Read, alone: Read, joined: Read) -> bool:
    """Is this a request of its own that nothing here understands: "and paint my house"?"""
    if before.best is None or before.best.score < SURE or richer(before, joined):
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


def richer(before: Read, joined: Read) -> bool:
    """Does the piece add to what stands before it?"""
    return (
        joined.best is not None
        and names_of(joined)[: len(names_of(before))] == names_of(before)
        and (len(args_of(joined)) > len(args_of(before)) or len(names_of(joined)) > len(names_of(before)))
    )


def plain_request(read: Read, before: str) -> bool:
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


def another(alone: Read, one: dict[str, object]) -> bool:
    """Does a piece of the same command name something else to act on?"""
    which, of = args_of(alone).get("which"), args_of(alone).get("of")
    if of is not None and of != one.get("of"):
        return True  # "fade the music, fade the picture to black"
    kinds = {args_of(alone).get("kind"), one.get("kind")}
    if which is not None and one.get("which") is None and None not in kinds and len(kinds) == 2:
        return True  # "crossfades everywhere, a hard cut before the endcard"
    return which is not None and one.get("which") not in (None, which) and bool(alone.clause.mentions)
