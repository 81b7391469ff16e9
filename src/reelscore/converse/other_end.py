"""What was just done at one end, at the other: a cut ("oh and the first second too", 开头一秒也不要, after the last five
went), or a fade ("and out at the end", 结尾也是, after the picture was faded in)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain
from reelscore.converse.reading import Reading
from reelscore.values.command import Step
from reelscore.values.message import Action

_TOO = re.compile(
    r"(?:(?:oh|and|also|but|ok|now|please|cut|take off|remove|then|off),? ?)*(?:the )?(?:very )?(?P<end>first|last|opening|final) [\w. ]{0,12}?(?:seconds?|secs?|s|minutes?|mins?|frames?)"
    r"(?: (?:too|as well|also|please|of it|there|of that(?: one)?))*[.! ]*"
    r"|(?:还有|然后|也|再|把|,)*(?P<zh>开头|最前面?|前面?|最后面?|结尾|后面?)的?[\d.一二两三四五六七八九十半]+(?:秒钟?|分钟?|帧)(?:也|都|一样|同样)(?:剪掉?|去掉|不要|删掉?|砍掉)?(?:了|吧)*[。!]*"
)
_NOT_THAT = re.compile(
    r"(?P<no>(?:(?:no|nope|oops|sorry|wait|not that|actually|i meant?|hm+|rather|please),? )*)(?:(?:cut|leave out|take off|remove|trim|drop|lose|chop|skip) )?(?:it |that )?(?:from |off |at |of )?the (?P<end>beginning|start|front|end)(?: of (?:it|the (?:film|video|clip)))?(?P<instead>,? (?:instead|rather|please|not the (?:beginning|start|front|end)))*[.! ]*"
    r"|(?P<no_zh>(?:不对?|错了|搞错了|弄错了|我是说|应该|是|要|,)+)(?:剪|去|删|砍)?(?:掉|的)?(?:是)?(?P<zh>开头|片头|前面|最前面|结尾|片尾|后面|最后|末尾)(?:的|那|才对|吧|部分|啊|呀|,?不是(?:开头|片头|前面|结尾|片尾|后面)|。)*"
)
_LENGTHS = ("seconds", "frames", "timecode")
_FADED = re.compile(
    r"(?:(?:and|also|then|ok|now|please|do|have|with|perfect|nice|great)[, ]+)*(?:the same(?: thing)?|same|likewise|(?:fade|go|going|fading) (?:it |that )?(?:back )?(?:in|out)|back (?:in|out)|in|out|a fade[- ]?(?:in|out)|one)(?: (?:again|too|as well))*"
    r" (?:at|on|for|in|towards?) (?:the )?(?:very )?(?P<end>end|ending|start|beginning|opening)(?: (?:of (?:it|the (?:film|video|movie))|too|as well|please|then))*[.! ]*"
    r"|(?:那|然后|再|,)*(?P<zh>结尾|片尾|最后|末尾|结束|开头|片头|最前面|开始)(?:处|的时候|的地方|那里)?(?:也|同样|一样|都)+(?:是|要|来|加|做|弄|给|一样|这样|淡[入出]|一个|一下)*(?:吧|哦|。)*"
)


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The same cut at the end that is named, of the same thing; instead of the last one where that was wrong."""
    if last.command in _FADES:
        yield from _faded(c, last)
    if last.command not in ("cut_first", "cut_last"):
        return
    if (wrong := _NOT_THAT.fullmatch(c.text.strip())) and (wrong["no"] or wrong["instead"] or wrong["no_zh"]):
        end = wrong["end"] or wrong["zh"]
        other = "cut_last" if end == "end" or end[0] in "结后末" or end in ("片尾", "最后") else "cut_first"
        if other != last.command:
            yield Reading((Action("undo"), Step(other, last.args)), 0.985)
        return
    if (said := _TOO.fullmatch(c.text.strip())) is None:
        return
    lengths = c.every(*_LENGTHS)
    if len(lengths) != 1 or any(m.kind not in ("pronoun", "film", "clip") for m in c.mentions):
        return
    front = said["end"] in ("first", "opening") or (said["zh"] or "").startswith(("开", "前", "最前"))
    which = [(name, value) for name, value in last.args if name == "which"]
    yield Reading((Step("cut_first" if front else "cut_last", (("seconds", plain(lengths[0])), *which)),), 0.98)


_FADES = {"fade_in": "fade_out", "fade_out": "fade_in"}


def _faded(c: Clause, last: Step) -> Iterator[Reading]:
    """The same fade at the other end: of the film where one clip of it was faded, else of the same thing."""
    said = _FADED.fullmatch(c.text.strip())
    if said is None or c.quantities:
        return
    end = said["end"] or said["zh"]
    back = end.startswith(("end", "结", "片尾", "最后", "末"))
    if back != (last.command == "fade_in"):
        return
    args = dict(last.args)
    thing = c.scene.find(str(args.get("which") or "")) or c.touched
    if thing is not None and thing.role == "clip":
        args.pop("which", None)
    yield Reading((Step(_FADES[last.command], tuple(args.items())),), 0.98)
