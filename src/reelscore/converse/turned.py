""" "the other way", "and out too": the counterpart of the last edit."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading
from reelscore.values.command import Said, Step
from reelscore.values.message import Option, Question

_CORNER = r"(?:(?:no|nope|hm+|sorry|the|in|to|try|put it|move it|please|,) ?)*(?:an)?other corner(?: instead| please| pls)*|(?:不对?|还是|,)*(?:换|放|移到?)?(?:另外?|别的?|其他|换)?一?个角落?(?:试试|吧)*"
_CORNERS = {
    "top_left": Said("top left", "左上角"),
    "top_right": Said("top right", "右上角"),
    "bottom_left": Said("bottom left", "左下角"),
    "bottom_right": Said("bottom right", "右下角"),
}


def _placed(last: Step, place: str) -> Step:
    return Step(last.command, tuple((name, place if name == "place" else value) for name, value in last.args))


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """ "the other way", "and out too": the counterpart of the last edit."""
    text = c.text.strip(" .!?")
    args = dict(last.args)
    if patterns.search(
        r"^(?:(?:no|nope|sorry|oops|hm+|wait|ok|and|can you|could you|please|pls|actually|i meant?|make it|turn it|do it|go|rotate it|flip it|move it|have it|let it|it should go|,|to|in) ?)*(?:(?:wrong (?:way|direction|side)(?: (?:round|around))?[,. ]*)(?:(?:the )?other(?: (?:way|one|direction|side))?)?|(?:the )?(?:other|opposite) (?:way|direction|side))(?: round| around)?(?: instead| please| pls| thanks)*$"
        r"|^(?:[不哎啊呃搞弄转翻动方向了, ])*(?:反了|反过来|[往向朝](?:另一?|反|相反)(?:的)?(?:边|侧|个?方向)|(?:另一?|反|相反的?)(?:边|侧|个?方向))(?:[转移翻来过去,才对吧啊了一下])*$",
        text,
    ):
        if last.command == "rotate" and isinstance(args.get("by", 90), (int, float)):
            args["by"] = -2 * float(str(args.get("by", 90)))
            yield Reading((Step("rotate", tuple(args.items())),), 0.95)
        for name in ("direction", "to", "kind"):
            turned = {
                "left": "right",
                "right": "left",
                "up": "down",
                "down": "up",
                "horizontal": "vertical",
                "vertical": "horizontal",
                "in": "out",
                "out": "in",
            }.get(str(args.get(name)))
            if turned:
                args[name] = turned
                yield Reading((Step(last.command, tuple(args.items())),), 0.95)
    if args.get("place") in _CORNERS and patterns.fullmatch(_CORNER, text):
        there = [place for place in _CORNERS if place != args["place"]]
        options = (Option(_CORNERS[place], (_placed(last, place),)) for place in there)
        yield Reading((), 0.965, question=Question(Said("Which corner?", "哪个角？"), tuple(options)))
    both = {"fade_in": ("fade_out", r"out|出"), "fade_out": ("fade_in", r"in|入")}.get(last.command)
    if both and patterns.search(
        rf"^(?:and |also |then )?(?:fade )?(?:{both[1]})(?: too| as well| also)?$|^(?:也|再)?淡(?:{both[1]})(?:也.*)?$",
        text,
    ):
        yield Reading((Step(both[0], last.args),), 0.95)
    amount = next(iter(c.every("seconds", "number")), None) if both else None
    if (
        both
        and amount
        and patterns.search(
            rf"^(?:and |also |then |but )*(?:fade )?(?:back )?(?:{both[1]}) (?:again )?(?:over|for|in|within|at) (?:the last |about )?\S+(?: ?(?:s|secs?|seconds?))?(?: at the end)?(?: please)?$",
            text,
        )
    ):
        told = {**args, "duration": amount.number}
        yield Reading((Step(both[0], tuple(told.items())),), 0.985)
