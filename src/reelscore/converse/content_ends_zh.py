"""Where words for a text begin and end in Chinese, said without quotes.

Behind them stand their options, without a comma (大家好停三秒) or with one; after a colon they go on over commas that only
they can hold; and a name in quotes may be a part of them: 更多精彩请关注“城市漫步”.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reelscore.converse.numbers import value_of

_N = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十半]{1,3})"
OPTIONS = re.compile(  # what is said of the text right behind its words, without a comma
    rf"(?:[ ,]?(?:然后|并且?|要|就|给我|帮我)?(?:(?:停留?|显示|持续|展示|保持|留|挂|待|放)(?:个|上|大概|大约|差不多)?{_N}秒钟?(?:左右)?"
    rf"|[从在]?第?{_N}秒钟?(?:的时候|时|处)?(?:开始|起|出现|出来|显示)|[从在]第?{_N}秒钟?(?:的时候|时|处)?"
    r"|(?:放|居|摆|打|显示|靠)(?:在|到|于)?(?:屏幕|画面)?的?最?(?:正?中[间央]|中|[左右][上下]角?|[上下]面|[底顶]部|[上下]方|底下)(?:位置)?"
    rf"|(?<= ){_N}秒钟?"
    rf"|(?<= )第?{_N}秒?(?:到|至|-|~)第?{_N}秒钟?"
    r"|(?<= )用?[大小粗]字|用?[红白黑黄蓝绿橙粉紫灰金]色?(?:的)?(?:大|小|粗)?(?:字|粗体)|字体?(?:号)?(?:要|再|弄|调)?[大小粗]一?[点些]|加粗"
    r")(?:就行|就好|就可以|吧|的)?)+$"
)
CALLED = re.compile(r"!{1,3}(?=\s*$)")
SO_LONG = re.compile(rf"(?:显示|停留?|持续)?{_N}秒钟?[ ,](?=\S)")
_SO_MANY = re.compile(
    r"(?:加|写|打|显示|出|来|放|配|弄|飘|弹|改成|换成)(?:上|出|个|一行|着|入|现|几个|一下)*(?P<words>[\u4e00-\u9fff]{2,12}?)(?P<behind>(?:这|那)?(?P<count>[二两三四五六七八九十]|\d{1,2})个(?:大|小|美术|金|花)?字)"
)


_MORE_OF_IT = re.compile(r",(?P<more>[^,。;:!\n\ue000]{2,30})(?=[,。;!\n]|$)")
_TOLD_OF_IT = re.compile(  # what shall be done, and no words for the picture
    r"^ ?(?:改|换|弄|调|再|然后|并|同时|顺便|另外|其他|别|不要|不用|请|给|帮|麻烦|把|将|就|这样|可以|谢谢|在|从|到|第|用|要|都|也|字|颜色|白|黑|红|黄|蓝|绿|金|粗|居|位置|时长|时间|停|显示|持续|放(?!心|假|松)|移|删|去掉|剪(?!影)|导出|画面|视频|片子|旁白|音乐|标题|字幕|背景|底|顶|大小|加|淡|弹|滑|动画|出现|这个|那个|[上下左右大小]面?一?[点些]?$)"
    r"|\d ?(?:秒|s(?![a-z])|%)|[一二两三四五六七八九十半]秒|[大小长短]一?[点些]|[放移摆]到|居中|加粗|[红白黑黄蓝绿金]色|(?:行吗|好吗|可以吗|谢谢)$"
)


def over_commas(text: str, end: int, *, told: bool, is_style: Callable[[str], bool]) -> int:
    """Where words end that seem to end at `end`, before a comma; `told`: a colon leads to them.

    Behind a colon all is content that tells nothing of it (改为：大家好，我是小林); else only what nobody asks an editor for
    (感谢观看，下期再见).
    """
    start = text.rfind(",", 0, end) + 1
    told = told or _WISHES.search(text, start, end) is not None
    while (
        _LABELLED.search(text, start, end)
        and (more := _LABELLED_TOO.match(text, end))
        and not _TOLD_OF_IT.search(more["more"])
    ):
        end = more.end()  # 导演：李想，摄影：王磊
    while (
        (more := _MORE_OF_IT.match(text, end))
        and (told or _FAREWELL.match(more["more"]))
        and not _TOLD_OF_IT.search(more["more"])
        and not is_style(more["more"])
    ):
        end = more.end()
    return end


def holds_names(text: str, start: int, end: int, mark: str) -> bool:
    """Do the words at start:end begin before a quotation, so that it is a part of them: 欢迎收看《深夜聊书》?"""
    before, _, behind = text[start:end].partition(mark)
    return (
        re.search(r"[\u4e00-\u9fff]{2}", before) is not None
        and not _TOLD_BEFORE.search(before)
        and not OPTIONS.search(behind.lstrip(mark))
    )


def linked(text: str, mark: str) -> str:
    """出字幕,写着“三亚”: what is written, in one piece with the text that it is written for. Places stay."""
    if mark not in text or "写" not in text:
        return text
    return _LINK.sub(":", text)


def dealt_out(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """三段分别打上：出发、海边、聊天: the words for each, where they are to be dealt out; else nothing."""
    if "、" not in text[start:end] or not _EACH_ONE.search(text, max(0, start - 12), start):
        return []
    at, found = start, []
    for one in text[start:end].split("、"):
        found.append((at, at + len(one)))
        at += len(one) + 1
    return [span for span in found if span[0] < span[1]]


def counted(text: str) -> tuple[int, int] | None:
    """片尾加上谢谢观看四个字: as many characters before 四个字 as are counted."""
    for match in _SO_MANY.finditer(text):
        if value_of(match["count"]) == len(match["words"]):
            return match.span("words")
    return None


_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}:(?=[^:,]+$)")
_LABELLED_TOO = re.compile(r",(?P<more>[\u4e00-\u9fff]{2,6}:[^,。;:!?\n\ue000]{1,12})(?=[,。;!\n]|$)")
_EACH_ONE = re.compile("分别|依次|逐个|各自")
_WISHES = re.compile(r"祝(?:你|您|大家|愿|福)|恭[喜祝贺]|愿(?:你|您|大家)")  # 祝您福如东海，寿比南山
_FAREWELL = re.compile(
    r"(?:我们)?(?:下期|下次|下集|下回|明天|明年)|再见|拜拜|欢迎|敬请|记得(?:关注|点赞)|关注(?!一下)|点赞|订阅|一键三连|祝|晚安|未完待续|不见不散|期待"
)
_TOLD_BEFORE = re.compile(  # between the sign of content and a quotation that is all of it
    r"(?:书名|片名|歌名|店名|名称|名字|题目|主题|口号|标语|关键词|文案|台词|金句)$|[字幕写叫是为成说着:=的个行句上] ?$|标题|字幕|文字|片名|人名|名条|[红白黑黄蓝绿橙粉紫灰金银]色|[大小]字|^[在从到用给把就]|[左右][上下]|[上下左右里][面边方]|中[间央]|[底顶]部|\d ?秒|[一二两三四五六七八九十半]秒|分钟|改|换|内容|开始|结束"
)
_LINK = re.compile(
    r"(?<=[题幕字条]),(?=(?:上面|里面|就|内容)?(?:写|说|(?:名字?)?叫做?|内容是)(?:着|上|的是|个|一句)*[:, ]?[\ue000])"
)
