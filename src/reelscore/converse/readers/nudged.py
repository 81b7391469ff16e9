"""A text or an inset moved from where it is: "the title a bit higher", "nudge the logo left", 标题往上挪一点."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.normalise import blanked
from reelscore.converse.reading import Reading, step
from reelscore.converse.remarks import states
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step

_A_BIT, _SOME, _MUCH = 5.0, 10.0, 20.0  # percent of the picture
_SHORT = 40  # letters of a message that may lean on the one before
_PUT = {  # what puts something on the picture, and what moves it there
    "text_position": "text_position", "title": "text_position", "subtitle": "text_position", "lower_third": "text_position",
    "arrange": "arrange", "picture_in_picture": "arrange",
}  # fmt: skip
_SIDES = {"up": ("dy", -1), "down": ("dy", 1), "left": ("dx", -1), "right": ("dx", 1)}
_LATIN = re.compile(
    r"(?<![a-z])(?:(?P<up>up(?:wards?)?(?! to \d)|higher(?: up)?|above|raise)|(?P<down>down(?:wards?)?(?! to \d)|lower(?! third)(?: down)?)"
    r"|(?P<left>left(?:wards?)?)|(?P<right>right(?:wards?)?(?! (?:now|after|away|before|there|here))))(?![a-z])"
)
_HAN = re.compile(
    r"(?P<up>[往向朝]上|上[移挪提]|[再更太]?高(?=一?[点些]|\d)|抬高|[提升]高)|(?P<down>[往向朝]下|下[移挪]|低(?=一?[点些]|\d)|[降放]低)"
    r"|(?P<left>[往向朝靠]左|左[移挪])|(?P<right>[往向朝靠]右|右[移挪])"
)
_MOVED = re.compile(
    r"(?<![a-z])(?:mov(?:e|ed|ing)|nudg(?:e|ed)|shift(?:ed)?|bump(?:ed)?|bring|push(?:ed)?|slid(?:e|ing)|scoot|scooch|raise|raised|lower|lowered|higher"
    r"|tweak|pull|drag|budge|lift)(?![a-z])|[移挪高低抬]"
)
_TO_A_PLACE = Sieve(
    re.compile(
        r"(?<![a-z])(?:corner|top|bottom|upper|lower[ -](?:left|right)|middle|cent(?:er|re)|third|edge|side|half ?way|all the way|far (?:left|right)|under|below|over|above the)(?![a-z])"
        r"|顶|底|角|中间|居中|中央|正中|(?<![往向朝])[上下左右](?:方|面|边|侧)|三分之一|最|[左右][上下]|[上下][左右]"
    )
)
_NUDGED = re.compile(r"(?<![a-z])(?:nudg|budge|bump|tweak|scoot|scooch)|[往靠偏挪移][上下左右]点")
_SIZED = re.compile(r"(?<![a-z])(?:size|big|bigger|small|smaller|scale|wide)(?![a-z])|尺寸|大小|缩|放大|[大小]到")
_LOUD = Sieve(re.compile(r"(?<![a-z])(?:volume|loud|quiet|fade|turn|speed|zoom|pitch|opac)|音量|声音|透明|速"))


def read(c: Clause) -> Iterator[Reading]:
    """ "a bit more to the left", after something was put somewhere: that thing."""
    last = c.context.steps[-1] if c.context.steps else None
    if not isinstance(last, Step) or last.command not in _PUT or c.around.focus or len(c.text) > _SHORT or c.quotes:
        return
    if any(m.kind != "pronoun" for m in c.mentions) or (further := nudge(c, alone=True)) is None or states(c.text):
        return  # "I was still setting up the mic" tells why
    which = c.touched.segment.id if c.touched else dict(last.args).get("which")
    yield step(_PUT[last.command], 0.96, which=which, **further)


_FROM_AN_EDGE = Sieve(re.compile(r"(?:%|percent) (?:in )?from (?:the )?(?:left|right|top|bottom)(?![a-z])"))


def nudge(c: Clause, alone: bool = False) -> dict[str, Plain] | None:
    """How far to the right and down, in percent; None where no way is told, or a place to go to. `alone`: a way says it."""
    if _FROM_AN_EDGE.search(c.text):
        return None  # "at 10% from the left": a place
    text = c.text
    for m in c.mentions:
        if (not m.bare or m.kind == "overlay") and m.things and m.things[0].role in ("text", "overlay"):
            # 底下那行, 右边那个小的 tell which, and no place
            text = blanked(text, m.start, m.end)
    if c.every("seconds", "timecode", "frames") or _LOUD.search(text) or _TO_A_PLACE.search(text):
        return None
    found = {
        name: match
        for pattern in (_LATIN, _HAN)
        for match in pattern.finditer(text)
        for name in _SIDES
        if match[name] and not any(m.kind == "name" and m.start <= match.start() < m.end for m in c.mentions)
    }
    if not found or {"up", "down"} <= found.keys() or {"left", "right"} <= found.keys():
        return None
    percent = None if _SIZED.search(text) else c.quantity("percent") or c.quantity("number", cue=("by",))
    degree = c.has("a_bit") or _NUDGED.search(text) is not None
    plainly = alone or (found.keys() <= {"up", "down"} and text.isascii() and _MOVED.search(text) is not None)
    if percent is None and not degree and not plainly:
        return None  # "move it to the left", 往上移: to that side
    by = float(percent.number) if percent else _A_BIT if degree else _MUCH if c.has("much") else _SOME
    return {_SIDES[name][0]: _SIDES[name][1] * by for name in found}
