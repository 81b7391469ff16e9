"""What follows the sign of a correction takes the place of the last thing of its kind before it: an amount, a thing, a
colour, a side, a word of the same family. Places are those of the message as typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reelscore.converse import patterns
from reelscore.converse.concepts import colour_pattern
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.patterns import compiled, just_before
from reelscore.converse.quantities import Quantity, scan
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.scene import Scene
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry

Families = tuple[re.Pattern[str], ...]


_SAME = {
    "seconds": ("seconds", "number", "frames", "timecode"), "percent": ("percent", "number"), "number": ("number", "percent", "seconds", "decibels", "bpm", "degrees", "fps", "factor", "times"),
    "decibels": ("decibels", "number"), "bpm": ("bpm", "number"), "factor": ("factor", "number", "percent"), "degrees": ("degrees", "number"),
    "fps": ("fps", "number"), "size": ("size", "ratio"), "ratio": ("ratio",), "times": ("times", "number"), "parts": ("parts", "number"), "bars": ("bars",),
    "beats": ("beats", "number"), "frames": ("frames", "seconds"), "copies": ("copies", "number"),
}  # fmt: skip


_SIDES = tuple(
    re.compile(words)
    for words in (
        r"(?<![a-z])(?:(?:top|bottom|upper|lower)[ -])?(?:left|right|top|bottom)(?![a-z])|[左右上下顶底]{1,2}(?:[角边侧方面部]|(?<=[左右][上下])|(?<=[左右]))",
        r"(?<![a-z])(?:start|end|beginning|front|back)(?![a-z])|开头|结尾|最前[面头]?|最后[面头]?|末尾",
        r"(?<![a-z])(?:vertical|horizontal)(?:ly)?(?![a-z])",
        r"(?<![a-z])(?:in|out)(?![a-z])",
        r"(?<![a-z])(?:first|second|third|fourth|fifth|last)(?= *$)",
    )
)


def replaced(
    plain: Plain,
    quotes: tuple[Quoted, ...],
    scene: Scene,
    left_end: int,
    start: int,
    end: int,
    families: Families = (),
) -> str | None:
    """The left side with its last thing of the same kind exchanged for the one on the right."""
    right_quote = next((q for q in quotes if start <= q.start < end), None)
    left_quotes = [q for q in quotes if q.end <= left_end]
    if right_quote and left_quotes:
        new = (right_quote.start, right_quote.end)
        return _exchange(plain, left_end, (left_quotes[-1].start, left_quotes[-1].end), new) + _more(plain, new[1], end)
    if not short(plain.text[start:end].replace(MARK, " ")):
        return None
    if left_quotes and not left_quotes[-1].marked and not plain.text[left_quotes[-1].end : left_end].strip(" ,.。"):
        said = plain.text[start:end]
        alike = abs(len(said.strip(" ,.!吧")) - (left_quotes[-1].end - left_quotes[-1].start)) <= 3
        if (
            not scan(said)
            and (alike or not mentions(said, scene))
            and re.fullmatch(r"[\w\u4e00-\u9fff' ]{1,24}", said.strip(" ,.!吧"))
        ):
            return _exchange(
                plain, left_end, (left_quotes[-1].start, left_quotes[-1].end), (start, end)
            )  # 标题改成城市之夜,不,城市之光
    left_text, right_text = plain.text[:left_end].replace(MARK, " "), plain.text[start:end].replace(MARK, " ")
    if (numbered := _ordinal(plain, left_end, right_text, scene)) is not None:
        return numbered
    pair = (
        _quantities(_without_numbers(left_text, scene), _without_numbers(right_text, scene))
        or (_quantities(left_text, right_text) if _ONLY_NUMBERS.fullmatch(right_text) else None)
        or _mentions(left_text, right_text, scene)
        or _words(left_text, right_text, families)
    )
    if pair is None:
        return None
    (a, b), (x, y) = pair
    return _exchange(plain, left_end, (a, b), (x + start, y + start)) + _more(plain, y + start, end)


def short(said: str) -> bool:
    return len(patterns.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", said)) <= 6


def _more(plain: Plain, start: int, end: int) -> str:
    """What else is said after the thing that was exchanged."""
    if joint := compiled(r",? *(?=(?:at|for|in|on|over|until) )").match(plain.text, start, end):  # "5, on the music"
        return " " + plain.original[plain.at[joint.end()] : plain.at[end]]
    if compiled(r" *(?:[,;，；]|(?:with|to|and) )\W*\w|的[\u4e00-\u9fff]").match(plain.text, start, end):
        return plain.original[plain.at[start] : plain.at[end]]
    if (named := _A_PROPERTY.match(plain.text, start, end)) and named[1] not in plain.text[:start]:
        return plain.original[plain.at[start] : plain.at[end]]  # "30, actually 25% volume"
    return ""


_A_PROPERTY = compiled(r" (volume|opacity|brightness|contrast|saturation|speed|warmth|size)(?![a-z])")


def _ordinal(plain: Plain, left_end: int, said: str, scene: Scene) -> str | None:
    """ "the first clip, no, the second": the ordinal alone goes over to what was named by number."""
    match = patterns.fullmatch(r"\W*(?:the )?([a-z]+|\d+(?:st|nd|rd|th))(?: one)?(?: please)?\W*", said)
    words = [word for held in table("places_in_order")["ordinal"].values() for word in held]
    if match is None or (match[1] not in words and not match[1][0].isdigit()):
        return None
    old = [m for m in mentions(plain.text[:left_end].replace(MARK, " "), scene) if m.nth is not None]
    if not old:
        return None
    typed, at = plain.original, plain.at
    kind = old[-1].kind.replace("_", " ")
    return f"{typed[: at[old[-1].start]]}the {match[1]} {kind}{typed[at[old[-1].end] : at[left_end]]}"


_ONLY_NUMBERS = re.compile(r"[\W\d]*(?:(?:and|to|please|pls)[\W\d]*)*")  # "clip 2, no 3"


def _without_numbers(text: str, scene: Scene) -> str:
    """The text without what is named by number: the 2 of "clip 2" is no amount."""
    for m in mentions(text, scene):
        if m.nth is not None or m.kind == "name":
            text = blanked(text, m.start, m.end)
    return text


def _quantities(left: str, right: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    new = next(iter(scan(right)), None)
    if new is None:
        return None
    old: list[Quantity] = [
        q for q in scan(left) if q.kind in _SAME.get(new.kind, (new.kind,)) or new.kind in _SAME.get(q.kind, ())
    ]
    if not old:
        return _degree(left, new)
    before = right[: new.start][-1:]  # 从5秒剪到10秒，不对，从6秒
    at = next((q for q in reversed(old) if before in _FROM_TO and left[: q.start].endswith(before)), old[-1])
    edges = [_FRONT_OR_END.search(text[: q.start]) for text, q in ((left, at), (right, new))]
    if edges[0] and edges[1] and edges[0][0] != edges[1][0]:
        whole = new.kind == at.kind  # else "the first 3 seconds, no, the last 3": the unit stays
        return (edges[0].start(), at.end if whole else at.start), (edges[1].start(), new.end if whole else new.start)
    if edges[1] and not edges[0] and _FRONT_OR_END.match(f"{left[at.start : at.end].split(' ')[0]} "):
        return (at.start, at.end), (edges[1].start(), new.end)  # "the first minute, no, the first 30 seconds"
    if new.kind == "number":  # "2 seconds, no 3": the unit stays
        digits = patterns.match(r"[-+]?\d+(?:[.,:]\d+)*|\S+", left[at.start : at.end])
        if digits and digits[0][-1:].isdigit():
            return (at.start, at.start + digits.end()), (new.start, new.end)
    return (at.start, at.end), (new.start, new.end)


_FROM_TO = ("从", "到", "至", "第")
_DEGREE = re.compile(
    r"(?<![a-z])(?:(?:just |only )?an? (?:(?:little|tiny|wee) )?(?:bit|little|touch|tad)|slightly|a lot|somewhat|loads)(?= *$|[ ,;]+$)|一?点点|一[点些下]|不少|很多"
)


def _degree(left: str, new: Quantity) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """ "turn it down a bit, no, 6 dB": the amount goes over to the words that say how much."""
    said = [*_DEGREE.finditer(left)]
    if (
        not said
        or left[said[-1].end() :].strip(" ,.;!吧。")
        or new.kind not in ("percent", "decibels", "seconds", "factor")
    ):
        return None
    start, end = said[-1].span()
    return (start if left.isascii() else end, end), (new.start, new.end)  # 亮一点20%


_FRONT_OR_END = re.compile(
    r"(?<![a-z])(?:first|last|final|opening) $|(?:最前面?|前面?|开头|最开始|最后面?|后面?|末尾|结尾|倒数)的?$"
)


def _mentions(left: str, right: str, scene: Scene) -> tuple[tuple[int, int], tuple[int, int]] | None:
    def telling(text: str) -> list[Mention]:
        return [m for m in mentions(text, scene) if m.kind not in ("pronoun", "film", "all")]

    new, old = telling(right), telling(left)
    if not new and len(everything := [m for m in mentions(right, scene) if m.kind in ("film", "all")]) == 1:
        around = right[: everything[0].start] + right[everything[0].end :]
        new = everything if patterns.fullmatch(_WHOLE, around) else []
    if not new or not old:
        return None
    if (listed := _listed(left, old)) and len(new) < len(listed) and _ONLY.search(right[: new[0].start]):
        kept = {t.segment.id for m in new for t in m.things}
        if kept and kept < {t.segment.id for m in listed for t in m.things}:
            return (listed[0].start, listed[-1].end), (new[0].start, new[-1].end)
    if left[old[-1].start : old[-1].end] == right[new[0].start : new[0].end] and new[0].end < len(
        right.rstrip("。!吧 ")
    ):
        return None  # 第三段加速，说错了，第三段放慢: something else is asked for of the same thing
    if 1 < len(new) <= len(old):  # hiking和lake互换,不对,是lake和drone: as many as are told anew
        return (old[-len(new)].start, old[-1].end), (new[0].start, new[-1].end)
    return (old[-1].start, old[-1].end), (new[0].start, new[0].end)


_ONLY = re.compile(r"(?<![a-z])(?:only|just)(?![a-z])|[只仅就]")
_AND = re.compile(r"[ ,]*(?:and|or|plus|&|和|跟|与|、|还有)?[ ,]*(?:the |my )?")


def _listed(left: str, old: list[Mention]) -> list[Mention]:
    """The last things that are named side by side: "the beach and the city"."""
    listed = old[-1:]
    for m in reversed(old[:-1]):
        if not _AND.fullmatch(left[m.end : listed[0].start]):
            break
        listed = [m, *listed]
    return listed if len(listed) > 1 else []


_WHOLE = r"(?:[ ,.!]|the|of it|on|in|to|actually|just|please|thing|全部|都|是|还是|吧|把|给)*"


def _words(left: str, right: str, families: Families) -> tuple[tuple[int, int], tuple[int, int]] | None:
    way = (_WAY,) if _WAY.match(right) else ()  # "turn it up, no, down"
    for pattern in (*way, colour_pattern(), *_SIDES, *families):
        new = pattern.search(right)
        old = list(pattern.finditer(left))
        if new and old:
            how, was = just_before(_HOW, right, new.start()), just_before(_HOW, left, old[-1].start())
            if how:  # "a bit slower, no, a lot slower"
                return (was.start() if was else old[-1].start(), old[-1].end()), (how.start(), new.end())
            more, less = _SO_FAR.match(right, new.end()), _SO_FAR.match(left, old[-1].end())
            if more:  # "down a bit, no, down a lot"
                return (old[-1].start(), less.end() if less else old[-1].end()), (new.start(), more.end())
            return old[-1].span(), new.span()
    return None


_WAY = re.compile(r"(?<![a-z])(?:up|down)(?![a-z])")
_HOW = re.compile(
    r"(?<![a-z])(?:(?:just |only )?an? (?:(?:little|tiny|wee|whole) )?(?:bit|little|touch|tad|lot)|slightly|somewhat|much|way|far|loads) $"
)
_SO_FAR = re.compile(
    r" (?:(?:just |only |quite )?an? (?:(?:little|tiny|wee|whole) )?(?:bit|little|touch|tad|lot)|slightly|somewhat|loads)(?![a-z])"
)
_families: list[tuple[Mapping[str, CommandEntry], Families]] = []


def families_of(commands: Mapping[str, CommandEntry]) -> Families:
    """The words that stand for one another: what a parameter may be ("sepia", "vivid"), and the formats of a file."""
    for held, families in _families:
        if held is commands:
            return families
    rows = [
        [word for choice in param.choices for word in (choice.name.replace("_", " "), *choice.en, *choice.zh)]
        for entry in commands.values()
        for param in entry.params
        if len(param.choices) > 3
    ]
    rows.append(list(table("actions")["export"]["formats"]))
    made = tuple(dict.fromkeys(_family(row) for row in rows))
    _families.append((commands, made))
    del _families[:-4]
    return made


def _family(words: list[str]) -> re.Pattern[str]:
    telling = sorted({word for word in words if len(word) > 2 or not word.isascii()}, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in telling if word.isascii())
    eastern = "|".join(re.escape(word) for word in telling if not word.isascii() and len(word) > 1)
    return compiled("|".join(filter(None, (rf"(?<![a-z])(?:{latin})(?![a-z])" if latin else "", eastern))))


def _exchange(plain: Plain, left_end: int, old: tuple[int, int], new: tuple[int, int]) -> str:
    typed, at = plain.original, plain.at
    return typed[: at[old[0]]] + typed[at[new[0]] : at[new[1]]] + typed[at[old[1]] : at[left_end]]
