"""How text comes and goes.

before  Urban Dreams
after   U  Ur  Urb ... Urban Dreams        typed
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Said
from reelscore.edit.params import choice, which
from reelscore.edit.segments import text_of
from reelscore.edit.targets import many
from reelscore.edit.texts import ANIMATION_CHOICES
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def text_animation(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    kind, when = args.text("kind"), args.text("when")
    name = "" if kind == "none" else kind
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("text",))]

    def animated(segment: Segment) -> Segment:
        text = text_of(segment)
        text = replace(text, animation_in=name) if when != "out" else text
        return replace(segment, text=replace(text, animation_out=name) if when != "in" else text)

    return changed(timeline, ids, animated)


COMMAND = Command(
    name="text_animation",
    group="text",
    help=Said("Set how text comes and goes", "设置文字动画"),
    params=(
        which("text", default="all texts"),
        choice(
            "kind",
            "which animation",
            "动画",
            *ANIMATION_CHOICES,
            Choice("none", ("no", "off"), ("无", "取消")),
            required=True,
        ),
        choice(
            "when",
            "coming, going, or both",
            "入场、出场或两者",
            Choice("in", ("start", "coming"), ("入场", "出现")),
            Choice("out", ("end", "going"), ("出场", "消失")),
            Choice("both", (), ("两者", "进出")),
            default="both",
        ),
    ),
    words={
        "en": (
            "animate the text",
            "animate the title",
            "text animation",
            "typewriter",
            "make the title pop",
            "title slides in",
            "text fades",
        ),
        "zh": ("文字动画", "标题动画", "打字机效果", "动画效果", "文字弹出", "文字滑入"),
    },
    examples=(
        Example(
            "let the title type in",
            "标题用打字效果出现",
            {"which": "title", "kind": "type", "when": "in"},
            '"Urban Dreams": comes in none -> typed',
            "film",
        ),
        Example(
            "fade the text in and out",
            "文字淡入淡出",
            {"kind": "fade"},
            '"Hello there": comes in none -> fade, goes out none -> fade',
            "talk",
        ),
    ),
    edit=text_animation,
)
