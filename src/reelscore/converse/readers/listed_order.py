"""The order of the clips told as a list: "drone, intro, lake, hiking", "cake second, family first", 先beach,再interview."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.numbers import value_of
from reelscore.converse.reading import Reading, step

_IN_TURN = re.compile(
    r"(?<![a-z])(?:start|begin|open|first)(?:s|ing)?(?![a-z])[^.;]*(?<![a-z])(?:then|followed|after that|next)(?![a-z])"
)


def listed(c: Clause, names: list[Mention]) -> Reading | None:
    """ "drone, intro, lake, hiking", "cake second, family first", "lake before hiking": clips side by side, in order."""
    clips = list(c.scene.of("clip"))
    rest = c.text
    for m in sorted(names, key=lambda one: -one.start):
        rest = rest[: m.start] + "@" + rest[m.end :]
    if len(names) < 2 or len({m.things[0].segment.id for m in names}) != len(names):
        return None
    if not rest.isascii():
        return _listed_zh(rest, [clips.index(m.things[0]) for m in names], len(clips))
    rest = patterns.compiled(
        r"(?<![a-z])(?:the|please|pls|and|then|finally|clips?|order|in|new|this|start|begin|open|with|it|should|be|go|goes|come|comes|first(?= ?@)|followed|by|after|that|scene|shot|part|photo|picture|make|put|to|change|is|as|follows|like|play|show|reorder|shuffle|rearrange|arrange|sort|line up|sequence|run|reads?|goes|them|clips)(?![a-z])|[:.!]"
    ).sub(" ", rest)
    left = "".join(rest.split())
    at = [clips.index(m.things[0]) for m in names]
    if patterns.fullmatch(r"(?:@(?:first)?,?){2,}(?:last)?", left.replace("next", "")) and len(names) == len(clips):
        return step("reorder", 0.95, order=",".join(str(n + 1) for n in at))
    if _IN_TURN.search(c.text) and patterns.fullmatch(r"(?:@(?:first)?,?){2,}", left):
        later = [n for n in range(len(clips)) if n not in at]  # "start with the drone, then the lake"
        return step("reorder", 0.95, order=",".join(str(n + 1) for n in (*at, *later)))
    places = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "last": -1}
    said = patterns.compiled(r"@([a-z0-9]+)").findall(left)
    if (
        len(said) == len(names)
        and all(word in places for word in said)
        and patterns.fullmatch(r"(?:@[a-z0-9]+,?)+", left)
    ):
        order: list[int | None] = [None] * len(clips)
        for n, word in zip(at, said, strict=True):
            order[places[word]] = n
        others = iter(n for n in range(len(clips)) if n not in at)
        return step("reorder", 0.95, order=",".join(str((next(others) if n is None else n) + 1) for n in order))
    return None


_LISTING = re.compile(
    r"我?(?:想|要)?先看|首先|先|再|然后|接着|随后|之后|其次|放到|放在|放|挪到|移到|调到|排到|排在|顶到|提到|摆|是|接|播放?|顺序|次序|排列|排成?|按照?|改成|换成|调成|调整为|改为|这样|如下|片段|镜头|照片|视频|那[段张个]|[的把将来做当作用为来]|这个|就|给我|帮我|[:、→>。!-]|吧"
)
_GOES_FIRST = re.compile(r"@(?:就)?(?:最)?先(?:放|播|来|出|上)?(?=[,，]|$)")  # 海滩先放,城市最后
_IN_THIS_ORDER = re.compile(r"顺序|次序|[→>].*[→>]|先(?:放|看|播|来|上|是)?@[^@]{0,6}(?:再|然后|接着|之?后)[^@]{0,4}@")
_FIRST = re.compile(r"(?:最)?(?:开头|开场|打头阵?|前面?|第一[个张段位]?|首位|头一[个张段]|片头)")
_LAST = re.compile(r"收尾|结尾|最末尾?|末尾|压轴|垫底|最后面?(?:一[个张段])?|片尾")
_NTH = re.compile(r"第([二三四五六七八九十2-9])[个张段位]?")


def _listed_zh(rest: str, at: list[int], clips: int) -> Reading | None:
    """garden开头,cake收尾; 先beach,再interview,最后city: each at its place, or all in order."""
    if len(at) < clips:
        rest = _GOES_FIRST.sub("@开头", rest)
    left = "".join(_LISTING.sub("", rest).split()).replace("@最后", "@末")
    left = left.replace("最后@", "@")  # the last of the list, told before it
    if len(at) == clips and patterns.fullmatch(r"(?:@,?){2,}", left):
        return replace(step("reorder", 0.95, order=",".join(str(n + 1) for n in at)), whole=True)
    if len(at) > 1 and _IN_THIS_ORDER.search(rest) and patterns.fullmatch(r"(?:@,?){2,}", left):
        places = iter(at)  # 开箱→穿着→特写,按这个顺序: among their own places
        kept = sorted(at)
        order_of = [next(places) if n in kept else n for n in range(clips)]
        return replace(step("reorder", 0.95, order=",".join(str(n + 1) for n in order_of)), whole=True)
    left = _NTH.sub(lambda m: str(value_of(m[1])), _LAST.sub("末", _FIRST.sub("1", left)))
    said = patterns.compiled(r"@([1-9末])").findall(left)
    if len(said) != len(at) or len(set(said)) != len(said) or not patterns.fullmatch(r"(?:@[1-9末],?)+", left):
        return None
    order: list[int | None] = [None] * clips
    for n, word in zip(at, said, strict=True):
        place = -1 if word == "末" else int(word) - 1
        if place >= clips or order[place] is not None:
            return None
        order[place] = n
    others = iter(n for n in range(clips) if n not in at)
    made = ",".join(str((next(others) if n is None else n) + 1) for n in order)
    return replace(step("reorder", 0.95, order=made), whole=True)


def ordered(c: Clause) -> bool:
    """Is a whole message an order of clips: "drone first, then intro, then lake"?"""
    names = [m for m in c.mentions if m.kind == "name" and m.things and m.things[0].role == "clip"]
    return len(names) > 2 and len(names) == len(c.mentions) and listed(c, names) is not None
