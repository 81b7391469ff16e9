"""The edits that a bare value or thing comes to after the last one: that edit set anew, taken back and done otherwise, or
done once more; or what was just made, changed. What was said is in a `Bare`; `bare.py` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse.bare_values import MAKES, Bare
from reelscore.converse.clause import Clause
from reelscore.converse.scene import Thing
from reelscore.values.command import CommandEntry, Param, Plain, Step
from reelscore.values.message import Action, Asked

_RIVALS = (  # of these arguments a command is given one
    ("to", "by", "db", "by_db", "step", "from_start", "from_end", "until", "to_the_end"),
    ("size", "bigger"),
    ("place", "x", "y"),
    ("position", "order"),
)
_ANEW = (
    "to",
    "db",
    "duration",
    "colour",
    "size",
    "font",
    "bold",
    "italic",
    "place",
    "x",
    "y",
    "until",
    "ratio",
    "fps",
    "name",
    "kind",
    "amount",
    "direction",
    "bpm",
    "key",
    "genre",
    "text",
    "fill",
    "how",
    "box",
)
_ADDS = (
    "speed",
    "split",
    "marker",
    "freeze",
    "duplicate",
    "cut_first",
    "cut_last",
    "cut_range",
    "keep_range",
    "rotate",
    "loop",
    "crop",
    "add",
    "reorder",
)
_OF_MADE = {  # what is set anew of what was just made
    "at": ("move", "to"), "colour": ("text_style", "colour"), "font": ("text_style", "font"),
    "animation": ("text_animation", "kind"),
    "text": ("change_text", "text"), "opacity": ("opacity", "to"),
}  # fmt: skip
_WHERE = ("which", "section")  # what a further change of the music has in common with the last
_RELATIVE = (
    "louder",
    "quieter",
    "much_louder",
    "much_quieter",
    "a_bit_louder",
    "a_bit_quieter",
    "darker",
    "brighter",
    "more_contrast",
    "less_contrast",
    "more_colour",
    "less_colour",
    "faster",
    "slower",
    "calmer",
    "livelier",
    "simpler",
    "richer",
    "higher",
    "lower",
)


def steps_of(c: Clause, last: Step, entry: CommandEntry, said: Bare) -> Iterator[Asked]:
    """The last edit with what was said, on what was said."""
    if said.spared and not said.things and not said.values:
        yield Action("undo")
        return
    if last.command in MAKES and not said.things and c.touched and not said.besides:
        yield from on_made(c.touched, said.values)
        return
    further = last.command == "change_music" and not said.values.keys() <= {"start", "end"}
    held = {name: value for name, value in last.args if not further or name in _WHERE}
    args = _with(held, said.values)
    param = param_of(entry)
    anew = said.values and not said.things and last.command not in _ADDS and all(name in _ANEW for name in said.values)
    anew = anew or (any(value in _RELATIVE for value in said.values.values()) and not (said.denied and said.things))
    again = said.besides or (said.things and not said.denied and not said.only)
    if not (anew or again):
        yield Action("undo")
    if not said.things or param is None:
        yield Step(last.command, tuple(args.items()))
        return
    if last.command == "reorder" and said.besides and isinstance(place := args.get("position"), int) and place > 0:
        args["position"] = place + 1  # "the dog first", "then the garden"
    for one in said.things:
        given = {**args, param.name: one} if one else {k: v for k, v in args.items() if k != param.name}
        yield Step(last.command, tuple(given.items()))


def _with(args: dict[str, Plain], values: dict[str, Plain]) -> dict[str, Plain]:
    """The arguments with these values, and without those they stand instead of."""
    for name in values:
        for group in _RIVALS:
            if name in group:
                args = {key: value for key, value in args.items() if key not in group or key == name}
    if values:  # "no, red" after "bigger" makes it no bigger again
        args = {key: value for key, value in args.items() if key not in _GROWS}
    return {**args, **values}


_GROWS = ("bigger", "by", "by_db", "dx", "dy", "step")


def on_made(thing: Thing, values: dict[str, Plain]) -> Iterator[Step]:
    """What was just made, changed."""
    text = thing.segment.text is not None
    for name, value in values.items():
        if name == "duration":
            command, arg = ("text_duration" if text else "trim"), "to"
        elif name == "until":
            command, arg = "text_duration", "until"
        elif name in ("place", "size", "x", "y"):
            command, arg = ("text_style" if name == "size" else "text_position") if text else "arrange", name
        elif name in _OF_MADE:
            command, arg = _OF_MADE[name]
        else:
            continue
        yield Step(command, (("which", thing.segment.id), (arg, value)))


def param_of(entry: CommandEntry) -> Param | None:
    """The parameter that says what an edit is done to."""
    return next((p for p in entry.params if p.kind in ("segment", "segments")), None)


def stands_beside(step: Step, last: Step) -> bool:
    """Would both of these edits be in force, and not the later alone?"""
    args = dict(last.args)
    fresh = {name for name, value in step.args if args.get(name) != value}
    now, before = dict(step.args).get("which"), args.get("which")
    which = now is not None and before is not None and now != before
    return bool(fresh) and (which or last.command in _ADDS) and not any(v in _RELATIVE for _, v in step.args)


def spoken_of(name: str, last: Step) -> bool:
    """Did the last edit have this argument, or one that it stands instead of?"""
    args = dict(last.args)
    return name in args or any(name in group and any(other in args for other in group) for group in _RIVALS)
