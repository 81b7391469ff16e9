"""Where Chinese without punctuation begins to speak of something else: 第一个静音|第二个转九十度, 标题加粗|字幕变红.

A thing that is named after another thing and what is to be done with it may begin a clause of its own. Only a hint:
the pieces are joined again where they do not stand for themselves.
"""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause

_HAN = re.compile(r"[\u4e00-\u9fff]")
_JOINED = re.compile(  # before a thing that belongs to what was said before it
    r"(?:[和与跟及或的在到成为给把将对比用让被过替里上下向往从是叫有无加入配至改当做作,，、.:：;；!?。“\"(（]|里面|上面|后面|前面|旁边|代替|对齐|别|不要|只[要留剩听用]?下?|除了|之间|变|去掉|删除|删掉|关掉|关闭|取消|打开|恢复|调整|添加|插入|保留|留下|换|剪|删|放|来|就出|配|个|条|段|张|句|首|行|排|打|写|显示|动|碰|听|看|说|这|那|每|所有|全部|两|几|一|部分|有人|没人|主播|嘉宾|主持人|时候?|期间|当中|底下|镜|头|之前|之后|以后|以前)\s*$"
)
_TAKEN = re.compile(r"(?:把|将|给|让|对)\s*$")
_TIMES = re.compile(  # 前两秒去掉|后面一秒也去掉
    r"(?<=[掉了除])(?=(?:前面?|后面?|最后|开头|结尾)的?[0-9一二两三四五六七八九十半点]{1,4}(?:秒|分钟?))"
)
_PAUSE = re.compile(  # 照片换个顺序 狗放第一个, 加pop song 淡入淡出; around a Latin word a blank may be no pause
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?:[\u4e00-\u9fff]|\d))|(?<=[0-9%]) (?=亮度|对比|饱和|色温|锐度)|(?<=[a-z0-9%]) (?=音量|声音|静音|淡[入出]|[大小]声|循环|去掉|不要|放[在到]|停|(?:视频|片段|素材)?的?原声)"
)
_ITS_NAME = re.compile(r"(?:^|[,，。;；!?])\s*[a-z0-9_.-]+$")  # beach 静音,interview 淡出
_NEXT = re.compile(  # 最后一张放大|淡出, 放慢|加暗角
    r"(?<=太[^,了]了)(?=换一?[首个段种])|(?<=太[^,了])(?=换一?[首个段种])|(?<=放大|缩小|放慢|加速|倒放|静音|镜像|黑白|定格|调亮|调暗|居中|加粗)(?=淡[入出]|渐[入出隐]|加(?!速|粗|快|大|[一两倍到])|调[亮暗]|静音|倒放|放[大慢]|缩小|黑白|镜像|模糊|循环|加速)"
)
_CHANGES = re.compile(r"(?:改|换|变)[成为做作]?[:的是叫]*\s*$")
_TOLD_OF_IT = re.compile(
    r"[的 ]*(?P<tail>(?:(?P<look>字体?(?:号)?(?:要|再|弄|调)?[大小粗]|字体(?:换|改|用|要)|加粗|粗体|[大小粗]字|斜体)|(?:放|摆|移|挪|显示|居中|停留?|持续|保持|展示|用?[红白黑黄蓝绿橙粉紫灰金]色)).*)"
)
_OF_IT = ("pronoun", "film", "all", "other", "own", "audio", "text", "transition", "filter", "marker")


def new_topics(clause: Clause) -> tuple[int, ...]:
    """Places where a clause may begin though no joint stands there."""
    text = clause.text
    if not _HAN.search(text) or len(text) < 6:
        return ()
    found: list[int] = []
    before = None
    for mention in clause.mentions:
        start = mention.start
        if before is not None and mention.kind not in _OF_IT and start - before.end >= 2:
            lead = patterns.just_before(_TAKEN, text, start)
            at = lead.start() if lead else start
            gap = text[before.end : at].strip()
            if len(gap) >= 2 and not patterns.just_before(_JOINED, text, at) and len(text) - mention.end >= 2:
                found.append(at)
        before = mention
    for quote in clause.quotes:  # 标题改成“海边”|放中间, 写上“再见”|字大一点
        tail = _TOLD_OF_IT.match(text, quote.end)
        if tail and (tail["look"] or patterns.just_before(_CHANGES, text, quote.start)):
            found.append(tail.start("tail"))
    if " " in text:
        found += [m.start() for m in _PAUSE.finditer(text) if not patterns.just_before(_ITS_NAME, text, m.start())]
    found += [m.start() for m in _NEXT.finditer(text)]
    found += [m.start() for m in _TIMES.finditer(text) if patterns.search(r"[秒分]", text[: m.start()])]
    return tuple(found)
