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


_SPARED = re.compile(
    r"(?:但是?|不过|,|嗯)*(?P<zh>第[一二三四五六七八九十\d]+[个段张]|最后一?[个段张])(?:片段|那里)?(?:就)?(?:不要|不用|不需要|别加|不加)(?:了|吧|。)*"
    r"|(?:(?:but|and|ok|no|well)[, ]+)*(?:not|no|except)(?: (?:on|for|in|into|before))? (?P<en>the (?:first|second|third|fourth|last)(?: one| clip| photo| two)?)(?: though| please)*"
    r"(?:[,.;:-]+ *(?:just |make |keep )?(?:that|this|it|there)(?: one)?(?: (?:should|can|must|needs to|has to|is to|could|better))?(?: just)?(?: be| stay| remain| get| have)? (?:a |as a |as )?(?:(?:hard|straight|plain|clean|simple|normal) cut|cut|as it (?:is|was)|without(?: one| it)?|alone))?(?: please)?[.! ]*"
)
_TAKEN_OFF: dict[str, tuple[str, dict[str, Plain]]] = {
    "transition": ("remove_transition", {}), "zoom": ("zoom", {"kind": "none"}), "crop": ("crop", {"off": True}),
    "mute": ("unmute", {}),
}  # fmt: skip


def _spared(c: Clause, last: Step) -> Reading | None:
    """第一个不要 after what was done to several clips: it is taken off that one."""
    match = _SPARED.fullmatch(c.text.strip())
    args = dict(last.args)
    if match is None or (args.get("which") and not str(args["which"]).startswith("all")):
        return None
    told = [m for m in c.mentions if m.nth is not None and len(m.things) == 1 and m.things[0].role == "clip"]
    if len(told) != 1:
        return None
    which = ("which", told[0].things[0].segment.id)
    if last.command == "transition" and told[0].nth is not None and told[0].nth > 0:  # the first leads into clip 2
        clips = c.scene.of("clip")
        which = ("which", clips[min(told[0].nth, len(clips) - 1)].segment.id)
    if last.command == "filter":
        return Reading((Step("remove_filter", (which, ("name", args.get("name")))),), 0.985)
    if last.command not in _TAKEN_OFF:
        return None
    command, given = _TAKEN_OFF[last.command]
    return Reading((Step(command, (which, *given.items())),), 0.985)


def read(c: Clause, last: Step) -> Reading | None:
    """ "off", "turn that off": what the last edit switched on; anything else is taken back."""
    args = dict(last.args)
    again = last.command == "filter" and "amount" in args and _OFF_ZH.match(c.text.strip())  # its strength was set anew
    if not again and not _OFF_SAID.match(c.text.strip()):
        return _spared(c, last)
    which = (("which", args["which"]),) if args.get("which") else ()
    if last.command == "filter":
        return Reading((Step("remove_filter", (*which, ("name", args.get("name")))),), 0.975)
    if last.command not in _SWITCHED_OFF:
        return Reading((Action("undo"),), 0.975)
    command, given = _SWITCHED_OFF[last.command]
    return Reading((Step(command, (*which, *given.items())),), 0.975)
