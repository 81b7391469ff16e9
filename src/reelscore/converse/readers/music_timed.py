"""When who plays in the music that is there: "drums come in at 0:20", "a drop at 0:30", 前20秒不要鼓.

The composer reads such words itself; here it is only told apart from an edit of the film at that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.reading import TEXT_KINDS, Reading, step

_LONGEST = 90
_TIMES = ("seconds", "timecode")
_EVENTS = re.compile(
    r"(?<![a-z])(?:drops?(?! (?:everything|all|anything|whatever|what|it|this|that|the (?:first|last|final|opening|rest|start|beginning|end))(?![a-z]))|build(?:s|ing)?(?:[ -]?up)?|breakdown|break|climax|peak|crescendo|key change)(?![a-z])|高潮|渐强|铺垫|爆发"
)
_COMING = re.compile(
    r"(?<![a-z])(?:no|without|only|just|solo|come(?:s|ing)? in|in at|enter(?:s|ing)?|start(?:s|ing)?|begin(?:s|ning)?|until|till|from|between|for the (?:first|last)|add|drop(?:s|ping)? out|stop(?:s|ping)?|return(?:s|ing)?|back in|a|the)(?![a-z])"
    r"|不要|没有|只[要有用]|独奏|进|[再才](?:进|来|起|出|加)|加入|开始|出现|停|加"
)
_TUNE = re.compile(r"(?<![a-z])(?:melody|tune|beat|rhythm)(?![a-z])|旋律|节奏|鼓点")
_OPENS = re.compile(
    r"\s*(?:please )?(?:start|begin|open)s? (?:it |the (?:music|song|track) )?with (?:just |only )?(?:the |a |an )?"
)
_PLACED = re.compile(
    r"(?<![a-z])(?:in the (?:middle|(?:first|second|last) half)|half ?way(?: through)?)(?![a-z])|中间|[前后]半段?"
)
_NOT_MUSIC = re.compile(
    r"(?<![a-z])(?:cut|trim|split|marker|mark|called|named|label|chapter|title|text|caption|volume|louder|quieter|fade|mute|speed|clip|shot)(?![a-z])|剪|标题|字幕|音量|淡|声音|片段"
)


def read(c: Clause) -> Iterator[Reading]:
    """The clause as a wish for the composer."""
    if not c.scene.composed or c.quotes or len(c.text) > _LONGEST or _NOT_MUSIC.search(c.text):
        return
    if c.mention(*TEXT_KINDS, "clip", "image", "name", "voice"):
        return
    players = [w for w in c.wishes if w.kind in ("instrument", "role") and not w.idle]
    timed = bool(c.every(*_TIMES))
    played = players or _TUNE.search(c.text)
    if timed and (_EVENTS.search(c.text) or (played and _COMING.search(c.text))):
        yield step("change_music", 0.975, prompt=c.said().strip(" ,.;，。；"))
    elif players and (_OPENS.match(c.text) or (_PLACED.search(c.text) and _COMING.search(c.text))):
        yield step("change_music", 0.97, prompt=c.said().strip(" ,.;，。；"))
