"""How loud one sound of the music shall be, in words: "louder", "less drums", "the kick is too quiet", 鼓小3分贝."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse import patterns
from reelscore.converse.patterns import compiled
from reelscore.converse.vocabulary_words import Wish

_BIT = 0.5  # of what "louder" and "quieter" are
ONLY_HEARD = (
    ("melody", re.compile(r"(?<![a-z])(?:melody|melodies|tune|lead melody|lead line|top line)(?![a-z])|主?旋律")),
    ("hi-hats", re.compile(r"(?<![a-z])hats?(?![a-z])")),
)
LOUD = re.compile(
    r"(?<![a-z])(?:louder|quieter|(?:them|it) (?:up|down|back)|too (?:loud|quiet))(?![a-z])|响|轻|[大小]声|[收压]一?[收压]|[收压]着[点些]|压低|^[调弄关再]*[小低]一?[点些]|往[后前][收推拉靠放]"
)
HALF_AS_LOUD = re.compile(r"(?<![a-z])half (?:as loud|the volume|its volume)|一半(?:的?音量|大声)")
TWICE_AS_LOUD = re.compile(r"(?<![a-z])(?:twice|double|2x) (?:as loud|the volume|its volume)")
BY_SO_MANY_DB = re.compile(  # which way a sound goes of which so many dB are told: "drop the bass by 5 dB", 鼓降3分贝
    r"(?<![a-z])(?:(?P<up>raise|boost|bump|lift|increase|push|add|give|plus|up)|drop|cut|lower|reduce|take|pull|knock|shave|trim|dip|duck|attenuate|minus|off|down)(?![a-z])"
    r"|(?P<up_zh>升|提|增|加|抬|推)|降|减|压|拉低|衰减|削"
)
EVERYTHING_BUT = re.compile(
    r"(?<![a-z])(?:everything|everyone|all|nothing)(?: else)? (?:but|except|apart from)(?![a-z])|除了"
)
THAN = re.compile(r"(?<![a-z])than (?:the |my )?$|比$")
_CUT_A_BIT = re.compile(
    r"(?<![a-z])(?:cut|reduce|trim|drop|take|pull|dial|tame)(?: back| out| down)?(?: some of)?(?: the| that)? $"
)


def much_of(text: str, sounds: Sequence[tuple[int, int, Wish]]) -> tuple[str, list[tuple[int, int]]] | None:
    """ "less drums", "a bit more of the piano", 鼓少一点: the way, and where it is said."""
    found: list[tuple[str, tuple[int, int]]] = []
    for a, b, _ in sounds:
        before, behind = _MUCH_BEFORE.search(text[:a]), _MUCH_BEHIND.match(text[b:])
        if not before and (made := _MADE.search(text[:a])):
            found.append(("louder" if made["up"] else "quieter", made.span()))
        elif not before and _CUT_A_BIT.search(text[:a]) and amount_of(text) == _BIT:
            found.append(("quieter", (a, b)))
        elif before:
            found.append(("more" if before["more"] or before["more_zh"] else "quieter", before.span()))
        elif behind:
            way = "more" if behind["more"] else "louder" if behind["up"] else "quieter"
            found.append((way, (b + behind.start(), b + behind.end())))
    ways = {way for way, _ in found}
    return (ways.pop(), [span for _, span in found]) if len(ways) == 1 else None


_MUCH_BEFORE = re.compile(
    r"(?<![a-z])(?:(?P<more>more)|less|fewer)(?: of)?(?: the| that| those| my)? $|(?:(?P<more_zh>多)|少)(?:来)?一?[点些]$"
)
_MADE = re.compile(  # "softer drums"
    r"(?<![a-z])(?:(?P<up>louder|bigger|heavier|stronger|fatter|harder|beefier|punchier)|softer|quieter|lighter|gentler) (?:the )?$"
)
_MUCH_BEHIND = re.compile(  # "the strings a touch softer", 鼓少一点, 弦乐轻一点
    r"(?:的?声音)?(?:再|要|更|可以|稍微|能不能|应该|给我)*(?:(?:(?P<more>多)|少)一?[点些]|(?:轻柔?|柔和?)一?[点些])"
    r"|(?:'s)?(?: (?:parts?|lines?|tracks?))?(?: (?:is|are|be|should|could|can|must|need|needs|to|play|sound|a|bit|touch|little|tad|hair|notch|shade|smidge|much|slightly|way|even|just|rather))* (?:(?P<up>stronger|heavier|harder|punchier|fatter|beefier|bigger)|softer|gentler|lighter)(?![a-z])"
)


def level_of(text: str) -> str:
    """Which way the level of a sound shall go."""
    if patterns.search(_MOVING, text):
        return "other"
    ways = [way for way, pattern in (("louder", _UP), ("quieter", _DOWN)) if patterns.search(pattern, text)]
    return ways[0] if len(ways) == 1 else "other"


_MOVING = r"(?<![a-z])(?:fad|swell|automat)|淡[入出]"
_UP = (
    r"(?<![a-z])(?:louder|up(?: a (?:bit|little|touch|notch|tad))?(?= by| in| for| from| at| during| please| \d|$)|too (?:quiet|soft|low)|(?:turn|bring|push|move|crank|take)(?:ed)? (?:[a-z]+ ){0,3}(?:up|forward)|crank|raise|boost|(?:can'?t|cannot|hardly|barely) hear"
    r"|more (?:volume|present|prominent))(?![a-z])|大声|[响大高重强](?:一?[点些]|(?=[\d一二两三四五六七八九十]+ ?个?(?:分贝|db)))|往[前上](?:推|提|拉|靠|放|来)|提(?:一提|起来|上来|一?[点些])|[调推开]大|[调推]高|声音大|太[小轻弱]|听不[到见清]|突出"
)
_DOWN = (
    r"(?<![a-z])(?:quieter|softer|down(?: a (?:bit|little|touch|notch|tad))?(?= by| in| for| from| at| during| please| \d|$)|too (?:loud|prominent|present|much)|(?:turn|pull|dial|tone|take)(?:ed)? (?:[a-z]+ ){0,3}(?:down|back)|bring (?:[a-z]+ ){0,3}down|lower|reduce|(?:drop|cut) the (?:volume|level)|half the"
    r"|drown(?:s|ing)?|overpower(?:s|ing)?)(?![a-z])|小声|[轻小低](?:一?[点些]|(?=[\d一二两三四五六七八九十]+ ?个?(?:分贝|db)))|往[后下](?:推|收|拉|靠|放|退|压)|压(?:低|着)?一?[压点些]|收着?一?[收点些]|[调拉]小|[调拉]低|声音小|太[响大吵闹炸抢重]|抢戏|盖[过住]|压[过住]"
)


def amount_of(text: str) -> float | None:
    if compiled(r"(?<![a-z])(?:a (?:little |tiny )?bit|a little|slightly|a touch|a tad|somewhat|a hair|a notch)(?![a-z])|稍微?|略|一丢丢|一点点").search(text):  # fmt: skip
        return _BIT
    if compiled(r"(?<![a-z])(?:much|a lot|way|far|twice as|really|massively)(?: more)?(?![a-z])|(?:很多|得多|多了|大幅|加倍)").search(text) and not compiled(r"too |太").search(text):  # fmt: skip
        return 2
    return None
