"""How long a transition lasts: said of the one there is, longer or shorter, quick or slow."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.normalise import blanked
from reelscore.converse.proportions import proportion
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.converse.typos import told_words
from reelscore.values.command import Plain

_THERE = Sieve(
    re.compile(
        r"(?:the |my |all |those |these |every |each )*(?:(?P<nth>first|second|third|fourth|last) )?(?P<kind>cross-?fades?|fades? (?:between|in between)|fades(?! (?:in|out|up|down))|dissolves?|transitions?|blends?|wipes?)(?![a-z])"
        r"|(?:第(?P<nth_zh>[一二三四五])个|最后一?个|所有的?|全部的?|每个)?(?:片段|照片|图片)?(?:之间|中间)?的?(?P<kind_zh>叠化|溶解|转场|过渡|淡化|擦除)(?:效果|时间|时长)?"
    )
)


_LASTS = re.compile(
    r"(?<![a-z])(?:longer|shorter|slow(?:er)?|quick(?:er)?|fast(?:er)?|snappier|lasts?|takes?|drags?|enough|plenty|be|only|just|to|down|up|should|make|set|at|use)(?![a-z])|[长短慢快]|[用改设调成为到]|只要|就"
)


_OTHER_KIND = re.compile(  # 转场改成往左滑，0.8秒: another one, and not only as long
    r"(?<![a-z])(?:slide|wipe|push|zoom|flash|dip)(?![a-z])|(?<![平光丝顺润])滑|推[动移入]|[往向][左右上下]推|擦除|划像|缩放|叠化|溶解|闪(?:个|一下)?[白黑]"
)


_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "一": 0, "二": 1, "三": 2, "四": 3, "五": 4}


def lasting(c: Clause) -> Reading | None:
    """Another length for the transitions that are there: "slow the fades between photos to a full second"."""
    lengths = [q for q in c.every("seconds", "frames") if q.cue not in ("at", "within")]
    times = None if lengths else proportion(c.text, "length") or _longer_by(c)
    found = _THERE.search(c.text) if times or len(lengths) == 1 == len(c.quantities) else None
    there = [one for track in c.scene.timeline.tracks if track.kind == "video" for one in track.transitions]
    if (
        found is None
        or not there
        or not (times or _LASTS.search(c.text))
        or c.mention("music", "voice", "title", "subtitle")
        or _OTHER_KIND.search(blanked(c.text, *found.span()))
    ):
        return None
    beside = [m for m in c.mentions if not (found.start() <= m.start and m.end <= found.end())]
    if c.has("add", "remove") or any(len(m.things) == 1 and m.things[0].role == "clip" for m in beside):
        return None
    nth = found["nth"] or found["nth_zh"] or ("last" if "最后一" in found[0] else "")
    if nth and not -len(there) <= _NTH[nth] < len(there):
        return None
    which = there[_NTH[nth]].into if nth else None
    one = there[_NTH[nth] if nth else 0]
    if times is not None:
        return step("transition", 0.97, which=which, kind=one.kind, duration=seconds(one.duration * times))
    kind, q = one.kind, lengths[0]
    rest = blanked(blanked(c.text, q.start, q.end), *found.span())
    for m in c.mentions:
        rest = blanked(rest, m.start, m.end)
    made = step("transition", 0.97, which=which, kind=kind, duration=plain(q))
    left = _FILLING.sub(" ", rest).strip(" ,.;!，。").split()
    return replace(made, whole=len(left) < 4 and all(one.isascii() and one not in told_words() for one in left))


_FILLING = re.compile(
    rf"{_LASTS.pattern}|(?<![a-z])(?:a bit|a little|a touch|much|too|please|pls|each|all|the|a|an|of|for|between|photos?|clips?|pics?|i|want|like|would|over|is|are|it|them|that|maybe|say|than now|now|by|let|have|last|long|take|could|can|you|and|so|ages|those|these|this|way)(?![a-z])|一?[点些]|每个|都|把|请|的|吧|时间|时长|各"
)


_TOO_QUICK = Sieve(
    re.compile(
        r"too (?:fast|quick|short|abrupt|sudden|hard)|(?<![a-z])(?:longer|slower)(?![a-z])|[长慢久]一?[点些]|太(?:[快短急]|突然|生硬)"
    )
)


_TOO_SLOW = Sieve(
    re.compile(r"too (?:slow|long)|(?<![a-z])(?:shorter|faster|quicker|snappier)(?![a-z])|[短快]一?[点些]|太[慢长拖]")
)


def _longer_by(c: Clause) -> Fraction | None:
    """ "make the fades slower": twice as long, or half; None where neither is said."""
    longer, shorter = _TOO_QUICK.search(c.text), _TOO_SLOW.search(c.text)
    return None if bool(longer) == bool(shorter) else Fraction(2) if longer else Fraction(1, 2)


def longer_or_shorter(c: Clause) -> tuple[str, Plain] | None:
    """The transitions that are there, of the same kind, twice or half as long; None where no other length is wished."""
    there = [one for track in c.scene.timeline.tracks for one in track.transitions]
    times = _longer_by(c)
    return (there[0].kind, seconds(there[0].duration * times)) if there and times is not None else None


QUICK, SLOW = 0.5, 2  # seconds
_PACED = Sieve(
    re.compile(
        r"(?<![a-z])(?P<quick>quick|fast|snappy|brief|short|swift|rapid)(?:ly)?,? (?:little )?(?:(?!video|film|clip|with|and|music|song|to)[a-z]+ ){0,2}?(?:cross-?fade|fade|dissolve|transition|wipe|swipe|slide|dip|blend|push|flash|zoom)"
        r"|(?<![a-z])(?P<slow>slow|long|lazy)(?:ly)?,? (?:(?!video|film|clip|with|and|music|song|to)[a-z]+ ){0,2}?(?:cross-?fade|fade|dissolve|transition|wipe|dip|blend)"
        r"|(?:cross-?fade|fade|dissolve|transition|wipe|swipe|slide|dip|blend|push)s?[^.;]*,? (?:make (?:it|them)|keep (?:it|them)|and|but) (?:nice and |really |very |super )?(?:(?P<quick2>quick|fast|snappy|brief|short)|(?P<slow2>slow|long))(?![a-z])"
        r"|transitions?(?: (?:should|to|be|are|stay|all|nice|and|really|very|super))* (?:(?P<quick4>quick|fast|snappy|brief|short)|(?P<slow4>slow|long))(?![a-z])"
        r"|(?P<quick3>快速|迅速|利落|短促)地?的?(?:[\u4e00-\u9fff]{0,3})(?:转场|过渡|叠化|溶解|擦除|滑动|闪[黑白])|(?P<slow3>缓慢|慢慢|慢速)地?的?(?:[\u4e00-\u9fff]{0,3})(?:转场|过渡|叠化|溶解|擦除)"
    )
)


def paced(text: str) -> Plain:
    """How long a "quick" or a "slow" one takes, in seconds; None where nothing is said of that."""
    found = _PACED.search(text)
    if found is None:
        return None
    return QUICK if any(found[f"quick{n}"] for n in ("", 2, 3, 4)) else SLOW
