"""Put the clips of the film in another order.

    before  | city | beach | interview |
    after   | interview | city | beach |        order 3, 1, 2

One clip to a position, or the whole order at once; "reverse" turns it round. Transitions stay with the clip they lead
into, where something still comes before it.
"""

from __future__ import annotations

import re

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import which
from reelscore.edit.places import Place, places
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import one
from reelscore.edit.tracks import with_items
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def reorder(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    clips = [place for place in places(timeline) if place.role == "clip"]
    if len(clips) < 2:
        raise refuse("empty", what=Said("at least two clips", "至少两个片段"))
    if args.text("order"):
        order = _order(args.text("order"), len(clips))
    else:
        order = _moved(timeline, args, clips)
    items = list(clips[0].track.items)
    slots = [n for n, item in enumerate(items) if isinstance(item, Segment)]
    for slot, n in zip(slots, order, strict=True):
        items[slot] = clips[n].segment
    return with_items(timeline, clips[0].track, items)


def _moved(timeline: Timeline, args: Arguments, clips: list[Place]) -> list[int]:
    place = one(timeline, args.text("which"), ("clip",))
    if "position" not in args:
        raise refuse("missing", command="reorder", name="position", help=COMMAND.params[1].help, example="1")
    position = args.count("position")
    if position == 0 or abs(position) > len(clips):
        raise refuse("outside", name="position", value=position, low=1, high=len(clips))
    order = [n for n in range(len(clips)) if n != place.number - 1]
    order.insert(position - 1 if position > 0 else len(clips) + position, place.number - 1)
    return order


def _order(words: str, count: int) -> list[int]:
    if words.strip().lower() in ("reverse", "reversed", "backwards", "倒序", "反序", "倒过来"):
        return list(range(count))[::-1]
    order = [int(digits[:6]) - 1 for digits in re.findall(r"\d+", words)]
    if sorted(order) != list(range(count)):
        right = ", ".join(str(n + 1) for n in reversed(range(min(count, 12))))
        form = Said(f"every clip's number once, such as {right}", f"每个片段编号各一次，如 {right}")
        raise refuse("unreadable", name="order", value=words, form=form)
    return order


COMMAND = Command(
    name="reorder",
    group="clips",
    help=Said("Put the clips of the film in another order", "调整片段的顺序"),
    params=(
        which("clip", default="clip", one=True),
        Param(
            "position",
            "count",
            Said("its new place: 1 is first, -1 last", "新位置：1 为最前，-1 为最后"),
            low=-100_000,
            high=100_000,
        ),
        Param("order", "name", Said('all clips: "3,1,2", or "reverse"', "所有片段的顺序：“3,1,2”，或“倒序”")),
    ),
    words={
        "en": ("reorder", "rearrange", "change the order", "sort the clips", "make it the first clip", "put it last"),
        "zh": ("调整顺序", "重新排序", "重排", "换顺序", "排到", "放到最前", "放到最后"),
    },
    examples=(
        Example(
            "rearrange the clips: 3, 1, 2",
            "按 3、1、2 重新排序",
            {"order": "3,1,2"},
            "interview: start 8s -> 0s",
            "clips",
        ),
        Example(
            "make the interview the first clip",
            "把 interview 放到最前",
            {"which": "interview", "position": 1},
            "interview: start 8s -> 0s",
            "clips",
        ),
    ),
    edit=reorder,
)
