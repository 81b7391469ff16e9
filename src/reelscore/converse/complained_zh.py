"""What somebody finds wrong with a thing, in Chinese: 画面有点暗, 音乐偏慢, 颜色太淡了. The contrary is wished for."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

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
_REMARK = Sieve(
    re.compile(
        r"(?P<of>(?:现在|感觉|我觉得|整体|这个|整个|看起来|看着|听起来|听着|[^,。!?要让把调弄变得成别不])*?)(?:的(?:颜色|色调|画面|节奏|速度))?"
        rf"(?:看起来|看着|听起来|听着|感觉|显得)?(?:还是)?{_DEGREE}(?P<word>{'|'.join(sorted({*_SEEN, *_HEARD}, key=len, reverse=True))})(?:了|啦|哦|啊|呢|吧)*[。!]*"
    )
)


_GONE = Sieve(
    re.compile(  # 人声怎么没了
        r"(?P<of>[^,。]{1,8}?)的?(?:怎么|为什么|为啥|咋|好像|突然|又|都|全|变得?|了|就)*(?:没了|不见了|没声音?了?|没有声音?了?|听不[到见]了?)(?:啊|呢|呀|了|吗)*[?。!]*"
    )
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


_SO_MUCH = Sieve(
    re.compile(
        r"(?P<of>[^,。!?]{1,8}?)(?:怎么|咋|为什么|为啥|为何)(?:会|就|都|还)?(?:是)?[这那]么(?P<word>大声|小声|[大小响轻吵亮暗快慢])(?:啊|呢|呀|了|的)*[?。!]*"
    )
)


def _so_much(c: Clause) -> Clause | None:
    """音乐怎么这么大声: too loud."""
    match = _SO_MUCH.fullmatch(c.text.strip())
    said = f"{match['of']}太{match['word']}了" if match else ""
    return c.reworded(said.ljust(len(c.text)), 0) if said and len(said) <= len(c.text) else None


_PACE = Sieve(
    re.compile(
        r"(?:但是?|不过|嗯|就是|我?(?:觉得|感觉)|还是|,)*(?:(?:整个|整体|这个)?(?:视频|片子|影片|节奏|整体|看起来|看着|它|这个|片段之间|剪辑)+的?(?:节奏|速度)?)?(?:还是|感觉|显得|看着|有一?[点些]儿?|太|过于|比较|偏|好像|略)*"
        r"(?:(?P<slow>慢吞吞|拖沓|拖拉|拖|慢|沉闷)|(?P<fast>赶|仓促|急))(?:了|啦|啊|吧|呢)*[。!]*"
    )
)
_PACES = ("speed", "trim", "fit_duration", "change_music", "transition", "crossfade", "fade_in", "fade_out")


def _paced(c: Clause) -> Clause | None:
    """节奏太慢了, 有点拖, where the last edit was not about how fast anything goes."""
    last = c.context.steps[-1] if c.context.steps else None
    if c.quotes or c.quantities or not c.scene.clips or (isinstance(last, Step) and last.command in _PACES):
        return None
    match = _PACE.fullmatch(c.text.strip())
    if match is None or any(m.kind not in ("pronoun", "film", "all") for m in c.mentions):
        return None
    wish = "快一点" if match["slow"] else "慢一点"
    return c.reworded(wish.ljust(len(c.text)), 0) if len(wish) <= len(c.text) else None


_SIZE = Sieve(
    re.compile(
        r"(?:但是?|不过|嗯|就是|我?(?:觉得|感觉)|现在|,)*(?P<of>(?:[\u4e00-\u9fff]{1,5}?的?)?(?P<noun>字体?|标题|字幕|文字|声音|音量|旁白|人声|说话声|讲话声|原声|音乐|配乐))(?:还是|感觉|显得|看着|听着|有一?[点些]儿?|比较|偏|好像|略)*"
        r"(?P<word>[大小])(?:了|啦|啊|吧|呢)*[。!]*"
    )
)


def _sized(c: Clause) -> Clause | None:
    """字有点小, 老师的声音小: what is wrong, and not what is wished for."""
    if c.quotes or c.quantities or (match := _SIZE.fullmatch(c.text.strip())) is None:
        return None
    way = "大" if match["word"] == "小" else "小"
    noun = match["noun"]
    of, whose = match["of"], match["of"].replace("的", "")
    person = noun in ("声音", "音量") and of != noun and not c.mention("film") and not _NO_ONE.match(of)
    if person and not any(m.things and m.start == 0 for m in c.mentions):
        whose = f"人声{way}点"  # 老师声音小: who is named is no thing of the timeline, and is heard
        return c.reworded(whose.ljust(len(c.text)), 0) if len(whose) <= len(c.text) else None
    said = next(
        (
            s
            for s in (f"{of}{way}一点", f"{of}{way}点", f"{whose}{way}点", f"{match['noun']}{way}点")
            if len(s) <= len(c.text)
        ),
        None,
    )
    return c.reworded(said.ljust(len(c.text)), 0) if said else None


_NO_ONE = re.compile(r"整|总|全|所有|视频|影片|片子|成片|[这那第]|现在|背景|音效|环境|原")
_PICTURE = re.compile(r"画面|颜色|色调|视频|片子|影片|镜头|片段|[段个张]$")


def put_right_zh(c: Clause) -> Clause | None:
    """The clause as a plain wish, 画面亮一点; None where nothing is found wrong, or of what was just edited."""
    if (mended := _paced(c) or _sized(c)) is not None:
        return mended
    if not c.quotes and not c.quantities and (again := _heard_no_more(c)) is not None:
        return again
    if not c.quotes and not c.quantities and (plainly := _so_much(c)) is not None:
        return plainly
    last = c.context.steps[-1] if c.context.steps else None
    looks = isinstance(last, Step) and last.command in ("filter", "remove_filter")
    if c.quotes or c.quantities or looks or (match := _REMARK.fullmatch(c.text.strip())) is None:
        return None
    if last is not None and not _PICTURE.search(match["of"]):
        return None  # of what was just edited
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
