"""A cut at the other end of what was just cut: "oh and the first second too", 开头一秒也不要, after the last five went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain
from reelscore.converse.reading import Reading
from reelscore.values.command import Step

_TOO = re.compile(
    r"(?:(?:oh|and|also|but|ok|now|please|cut|take off|remove|then|off),? ?)*(?:the )?(?:very )?(?P<end>first|last|opening|final) [\w. ]{0,12}?(?:seconds?|secs?|s|minutes?|mins?|frames?)"
    r"(?: (?:too|as well|also|please|of it|there|of that(?: one)?))*[.! ]*"
    r"|(?:还有|然后|也|再|把|,)*(?P<zh>开头|最前面?|前面?|最后面?|结尾|后面?)的?[\d.一二两三四五六七八九十半]+(?:秒钟?|分钟?|帧)(?:也|都|一样|同样)(?:剪掉?|去掉|不要|删掉?|砍掉)?(?:了|吧)*[。!]*"
)
_LENGTHS = ("seconds", "frames", "timecode")


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The same cut at the end that is named, of the same thing."""
    if last.command not in ("cut_first", "cut_last") or (said := _TOO.fullmatch(c.text.strip())) is None:
        return
    lengths = c.every(*_LENGTHS)
    if len(lengths) != 1 or any(m.kind not in ("pronoun", "film", "clip") for m in c.mentions):
        return
    front = said["end"] in ("first", "opening") or (said["zh"] or "").startswith(("开", "前", "最前"))
    which = [(name, value) for name, value in last.args if name == "which"]
    yield Reading((Step("cut_first" if front else "cut_last", (("seconds", plain(lengths[0])), *which)),), 0.98)
