"""What somebody finds wrong with a thing, in Chinese: 画面有点暗, 音乐偏慢, 颜色太淡了. The contrary is wished for."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause

_SEEN = {
    "暗": "亮", "黑": "亮", "亮": "暗", "曝": "暗", "冷": "暖", "蓝": "暖", "暖": "冷", "黄": "冷",
    "淡": "鲜艳", "灰": "鲜艳", "平": "鲜艳", "素": "鲜艳", "糊": "清晰", "模糊": "清晰",
}  # fmt: skip
_HEARD = {
    "慢": "快",
    "快": "慢",
    "闷": "亮",
    "悲": "欢快",
    "悲伤": "欢快",
    "伤感": "欢快",
    "沉": "轻快",
    "沉重": "轻快",
}
_DEGREE = r"(?:有一?[点些]儿?|略微?|稍微?有一?点|偏|比较|太|过于|好像有点)"
_REMARK = re.compile(
    r"(?P<of>(?:现在|感觉|我觉得|整体|这个|整个|看起来|看着|听起来|听着|[^,。!?要让把调弄变得成别不])*?)(?:的(?:颜色|色调|画面|节奏|速度))?"
    rf"(?:看起来|看着|听起来|听着|感觉|显得)?(?:还是)?{_DEGREE}(?P<word>{'|'.join(sorted({*_SEEN, *_HEARD}, key=len, reverse=True))})(?:了|啦|哦|啊|呢|吧)*[。!]*"
)


_GONE = re.compile(  # 人声怎么没了
    r"(?P<of>[^,。]{1,8}?)的?(?:怎么|为什么|为啥|咋|好像|突然|又|都|全|变得?|了|就)*(?:没了|不见了|没声音?了?|没有声音?了?|听不[到见]了?)(?:啊|呢|呀|了|吗)*[?。!]*"
)


def _heard_no_more(c: Clause) -> Clause | None:
    """人声怎么没了, where something is muted: it shall be heard again."""
    match = _GONE.fullmatch(c.text.strip())
    things = [m for m in c.mentions if m.kind in ("voice", "music", "own", "audio", "name") and m.things]
    if match is None or len(things) != 1 or len(c.mentions) != 1:
        return None
    if not any((t.segment.sound and t.segment.sound.muted) or t.track.muted for t in things[0].things):
        return None
    return c.reworded(f"打开{match['of']}".ljust(len(c.text))[: len(c.text)], 0)


def put_right_zh(c: Clause) -> Clause | None:
    """The clause as a plain wish, 画面亮一点; None where nothing is found wrong, or of what was just edited."""
    if not c.quotes and not c.quantities and (again := _heard_no_more(c)) is not None:
        return again
    if c.quotes or c.quantities or c.context.steps or (match := _REMARK.fullmatch(c.text.strip())) is None:
        return None
    word, of = match["word"], match["of"]
    things = [m for m in c.mentions if m.kind not in ("pronoun", "film", "all")]
    music = bool(things) and things[0].kind in ("music", "own") and c.scene.composed
    better = (_HEARD if music else _SEEN).get(word)
    if better is None or len(things) > 1 or (things and not music and things[0].kind in ("music", "voice", "sound")):
        return None
    if things and things[0].kind in ("title", "subtitle", "text", "lower_third", "logo", "overlay"):
        return None
    wish = f"{of}{better}"
    for more in ("一点", "点", ""):
        if len(wish + more) <= len(c.text):
            return c.reworded((wish + more).ljust(len(c.text)), 0)
    return None
