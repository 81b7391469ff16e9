""" "off", "turn that off", "no more of that": what the last edit switched on goes off again."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action

_OFF_SAID = re.compile(
    r"^(?:no,? |ok(?:ay)?,? |now |please |and |actually,? |hm+,? |can you |then )*"
    r"(?:(?:turn|switch|take|shut|put) (?:it|that|this|them)(?: back)? off|off|(?:it|that|them) off|stop (?:it|that|doing that)|disable (?:it|that)|no more(?: of (?:it|that))?|without (?:it|that))"
    r"(?: again| now| please| altogether| completely)*[.! ]*$"
)


_OFF_ZH = re.compile(
    r"^(?:还是|那就?|算了|,|，| )*(?:去掉|关掉|去了|拿掉|不要|撤掉)(?:它|这个|那个)?(?:效果|滤镜)?(?:吧|了|。|!)*$"
)


_SWITCHED_OFF: dict[str, tuple[str, dict[str, Plain]]] = {
    "duck": ("duck", {"by": 0}), "normalise": ("normalise", {"off": True}), "crop": ("crop", {"off": True}),
    "zoom": ("zoom", {"kind": "none"}), "fade_in": ("fade_in", {"duration": 0}), "fade_out": ("fade_out", {"duration": 0}),
    "mute": ("unmute", {}), "text_animation": ("text_animation", {"kind": "none"}), "transition": ("remove_transition", {}),
}  # fmt: skip


def read(c: Clause, last: Step) -> Reading | None:
    """ "off", "turn that off": what the last edit switched on; anything else is taken back."""
    args = dict(last.args)
    again = last.command == "filter" and "amount" in args and _OFF_ZH.match(c.text.strip())  # its strength was set anew
    if not again and not _OFF_SAID.match(c.text.strip()):
        return None
    which = (("which", args["which"]),) if args.get("which") else ()
    if last.command == "filter":
        return Reading((Step("remove_filter", (*which, ("name", args.get("name")))),), 0.975)
    if last.command not in _SWITCHED_OFF:
        return Reading((Action("undo"),), 0.975)
    command, given = _SWITCHED_OFF[last.command]
    return Reading((Step(command, (*which, *given.items())),), 0.975)
