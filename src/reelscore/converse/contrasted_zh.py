"""What a Chinese message says is not wanted, beside what is: 音乐降到20，不是30; 标题要红色，而不是黄色.

What is turned down is no request, whatever it holds; it becomes blanks. A correction (不是30，是20) is read elsewhere.
"""

from __future__ import annotations

import re

from reelscore.converse.concepts import colour_pattern
from reelscore.converse.contrasted import told_instead
from reelscore.converse.exchanged import Families
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.quantities import scan
from reelscore.converse.sieves import Sieve

_SAID_ANEW = re.compile(
    r"[,，。;；!！ ]+(?:(?:不对|错了|说错了?|不不*|[啊哦呃哎])[,，!！ ]*)*不是(?P<old>[^,，。;；!！“”「」是]{1,16}?)[,，]?(?:而|应该|我?要|我说的)?是(?P<new>[^,，。;；!！“”「」]{1,20}?)(?=[。!！,，]|$)"
)


def said_anew(message: str) -> str:
    """标题改成秋天，不对不是秋天，是冬天: the message as if its last words had been said at once."""
    found = _SAID_ANEW.search(message) if "不是" in message else None
    if found is None or (at := message.rfind(found["old"], 0, found.start())) < 0:
        return message
    return f"{message[:at]}{found['new']}{message[at + len(found['old']) : found.start()]}{message[found.end() :]}"


_BEHIND = re.compile(  # A,不是B: what was said before stays
    r"(?<=[\u4e00-\u9fff\w%])[, ]*(?:而|并|可|但)?(?<!是)不是(?!很|太|特别|吗|吧|那么|这么|说|要|想)[^,。;!?\n\ue000是]{1,14}(?=$|[。;!?\n]|,(?! ?(?:而?是|要|改|应该|换)))"
)


_NOT_THIS_BUT = re.compile(
    r"[ ,]*(?P<lead>(?:我|哎|哦|喂|不对)*(?:不是|没有?)(?:让|叫|要|说要|想|把|将)你?(?:把|将)?)(?P<of>[^,。;!?\n\ue000]{1,14})[, ]+(?P<but>(?:而|我)?(?:是(?:让|叫|要|说要?|想)?你?|(?<=我)(?:让|叫|要)你))"
)
_VERB = re.compile(
    r"(?:删[掉除了]?|去掉|静音|剪[掉短]?|移除|移动|移|改|换|调[大小]?|加[速快]?|动|关[掉了]?|放[大慢]?|倒放|导出|缩短|延长|旋转|翻转)(?:掉|了|成)?"
)


_CUE = Sieve(re.compile(r"不[要用是放在]|别"))
_SAID_BESIDE = (  # what is wrong, before what is asked for; what the person will do then, behind it
    ("怎么", re.compile(r"^[ ,]*(?:咦|哎|诶|,| )*怎么(?:没有?|不|听不)[^,。;!?]{1,6}?[了啊呢]*[,。!? ]+(?=\S)")),
    (
        "等",
        re.compile(
            r"^[ ,]*(?:趁|在)?等着?[^,。;!?\n]{1,6}?(?:的时候|时|期间|的功夫|的时间)[, ]*(?=先|顺便|我们|帮|把|给|加|再)"
        ),
    ),
    (
        "等",  # 配音别等一秒了，一上来就开口
        re.compile(
            r"(?<=\S)(?:别|不要|不用|甭)再?等(?:那么久|这么久|[^,。;!?\n]{0,4}秒|着)?钟?了?[, ]+(?=(?:就|直接|要)*(?:从?一?开始|一?上来|一?开头|从头|一开场)就?)"
        ),
    ),
    (
        "别",  # 角标别一直挂着，最后五秒再出来
        re.compile(
            r"(?<=\S)别(?:再|老)?(?:一直|全程|总是?|老)都?(?:挂|放|显示|出现|留|摆|亮)(?:着|在那[里儿]?)?了?[, ]+(?=[^,。;!?]*\d|[^,。;!?]*[一二两三四五六七八九十半]秒)"
        ),
    ),
    ("自己", re.compile(r"(?<=\S)[,。;!? ]+(?:因为)?我?(?:想|要|打算|准备|好)要?自己[^,。;!?\n\ue000]{1,20}[。!]*$")),
)
_POINTS = re.compile(r"它|这个|那个|这段|那段")


_OTHER = re.compile(  # 字幕放上面,别放下面; 标题不要红的,要白的
    r"(?P<joint>^|[,。;!? ]+|(?<=[\u4e00-\u9fff]))(?:而|可|但|千万)?(?:是)?(?:不要|别|不用|不是|而不是|不放|不在|不)(?:再)?(?:放[在到]?|用|调[到成]?|弄[到成]|做成|变成|改[成到]|选|在|要|是|搞成|加)*"
    r"(?P<other>[^,。;!?\n\ue000别不要]{1,8}?)(?:颜?色)?(?:就(?:出来|出现|开始|消失|进来?|停|结束|没)|的|那种|效果|转场|滤镜|字)*(?:了|吧|哦)*(?P<end>$|[,。;!?\n]+(?:而?(?:是|要|用|改成)(?=[^,。;]))?)"
)
_PLACE = re.compile(
    r"最?(?:[左右上下顶底](?:[左右上下])?(?:面|边|方|部|侧|角|端)?|中间|中央|居中|正中间?|开头|结尾|片头|片尾|最前|最后|横屏|竖屏|方形)"
)


def _without_others(plain: Plain, families: Families) -> Plain:
    """The message without a place, a colour, an amount or a look that is named only to be turned down."""
    text = plain.text
    for match in _OTHER.finditer(text):
        other = match["other"].strip()
        rest = f"{text[: match.start()]},{text[match.end() :]}"
        if not _alike(other, rest, families):
            continue
        lead, tail = match.start() + len(match["joint"]), match.end("end")
        if match["joint"].strip() and match["end"].strip(",。;!?\n"):
            tail = match.start("end")
        goes_on = bool(match["end"]) and not match["joint"].strip() and match.start() > 0  # 标题|不要红的,要|白的
        text = blanked(text, lead if goes_on else match.start(), tail if goes_on else match.start("end"))
    return plain.with_text(text) if text != plain.text else plain


def _alike(other: str, rest: str, families: Families) -> bool:
    """Is the whole of `other` of a kind of which something else is said in the rest?"""
    for pattern in (_PLACE, colour_pattern(), *families):
        one_of_them = pattern.fullmatch(other) or pattern.fullmatch(f"{other}色")
        if one_of_them and any(one[0] != other for one in pattern.finditer(rest)):
            return True
    amounts = scan(other)
    if len(amounts) == 1 and amounts[0].start == 0 and amounts[0].end == len(other):
        return any(q.kind == amounts[0].kind for q in scan(rest))
    return False


_NOT_ASKED = re.compile(  # 没说要删标题,改成蓝色就行: of the title, and nothing goes
    rf"[ ,]*(?P<lead>(?:我|可|但)*(?:没有?|不是|谁)(?:说|让|叫)(?:过|要|你|让|把|将)*{_VERB.pattern})[^,。;!?\n\ue000]{{1,8}}?(?P<joint>(?:了|呀|啊)*[, ]+)(?=(?:就|只|你)*(?:[改换变调设挪移缩放]|静音|加粗))"
)


def wanted_alone_zh(plain: Plain, families: Families = ()) -> Plain:
    """The message without what is turned down."""
    denied = re.finditer("不是", plain.text)
    if any(told_instead(plain.text[: not_.start()], plain.text[not_.start() :]) for not_ in denied):
        return plain  # 字幕大一点，不是字幕，标题: taken back, and put right elsewhere
    plain = _without_others(plain, families) if _CUE.search(plain.text) else plain
    text = plain.text
    for word, pattern in _SAID_BESIDE:
        if word in text and (match := pattern.search(text)):
            plain = plain.with_text(blanked(text, *match.span()))
            text = plain.text
    if ("没" in text or "不是" in text or "谁" in text) and (match := _NOT_ASKED.match(text)):
        return plain.with_text(blanked(blanked(text, *match.span("lead")), *match.span("joint")))
    if ("不是" in text or "没" in text) and (match := _NOT_THIS_BUT.match(text)):
        of = " " * len(match["of"])
        if _POINTS.search(text, match.end()):  # 我不是要删掉lake,是要把它缩短: the thing is spoken of further on
            of = _VERB.sub(lambda verb: " " * len(verb[0]), match["of"])
        said = f"{' ' * match.start('of')}{of}{text[match.end('of') : match.start('but')]}{' ' * len(match['but'])}"
        return plain.with_text(said + text[match.end() :])
    if "不是" not in text or "是不是" in text:
        return plain
    match = _BEHIND.search(text)
    if match is None or len(text[: match.start()].strip(" ,")) < 4:
        return plain
    return plain.with_text(blanked(text, *match.span()))
