"""Name a moment. Of a hit point the composed music makes an accent: the bars there are written again.

before  |               |
after   |    ^ drop     |        at 4 s
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.film import FILM
from reelscore.edit.params import choice, moment
from reelscore.edit.refusals import refuse
from reelscore.edit.requests import marked
from reelscore.values.facts import Facts
from reelscore.values.timeline import Marker, Timeline


def marker(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    at = args.exact("at")
    if at > timeline.duration:
        raise refuse("after_the_end", at=plain_length(at), what=FILM, length=plain_length(timeline.duration))
    new = Marker(at, args.text("kind"), args.text("label")[:200].replace("\n", " "))
    return marked(timeline, replace(timeline, markers=(*(m for m in timeline.markers if m != new), new)))


COMMAND = Command(
    name="marker",
    group="beat",
    help=Said("Name a moment", "添加标记"),
    params=(
        moment("at", "when", "时间", required=True),
        Param("label", "name", Said("its name", "名称"), default=""),
        choice(
            "kind",
            "what it marks; the music marks hits",
            "类型；音乐会强调“重点”",
            Choice("user", ("note",), ("普通",)),
            Choice("hit", ("hit point", "accent"), ("重点", "重音", "卡点")),
            default="user",
        ),
    ),
    words={
        "en": ("marker", "add a marker", "mark this", "set a marker", "hit point at"),
        "zh": ("标记", "加标记", "打标记", "标注", "做个记号"),
    },
    examples=(
        Example(
            'add a marker "drop" at 4 seconds',
            "在第4秒加标记“drop”",
            {"at": 4, "label": "drop"},
            "added marker drop (4s)",
            "film",
        ),
        Example(
            "hit point at 0:07",
            "在0:07加重点标记",
            {"at": "0:07", "kind": "hit"},
            "added marker (7s); music to be fitted (to the hit points)",
            "film",
        ),
    ),
    edit=marker,
)
