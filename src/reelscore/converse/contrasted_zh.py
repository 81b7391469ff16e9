"""What a Chinese message says is not wanted, beside what is: 音乐降到20，不是30; 标题要红色，而不是黄色.

What is turned down is no request, whatever it holds; it becomes blanks. A correction (不是30，是20) is read elsewhere.
"""

from __future__ import annotations

import re

from reelscore.converse.normalise import Plain, blanked

_BEHIND = re.compile(  # A,不是B: what was said before stays
    r"(?<=[\u4e00-\u9fff\w%])[, ]*(?:而|并|可|但)?(?<!是)不是(?!很|太|特别|吗|吧|那么|这么|说|要|想)[^,。;!?\n\ue000是]{1,14}(?=$|[。;!?\n]|,(?! ?(?:而?是|要|改|应该|换)))"
)


_NOT_THIS_BUT = re.compile(
    r"[ ,]*(?P<lead>(?:我|哎|哦|喂|不对)*(?:不是|没有?)(?:让|叫|要|说要|想|把|将)你?(?:把|将)?)(?P<of>[^,。;!?\n\ue000]{1,14})[, ]+(?P<but>(?:而|我)?(?:是(?:让|叫|要|说要?|想)?你?|(?<=我)(?:让|叫|要)你))"
)
_VERB = re.compile(
    r"(?:删[掉除了]?|去掉|静音|剪[掉短]?|移除|移动|移|改|换|调[大小]?|加[速快]?|动|关[掉了]?|放[大慢]?|倒放|导出|缩短|延长|旋转|翻转)(?:掉|了|成)?"
)


_SAID_BESIDE = (  # what is wrong, before what is asked for; what the person will do then, behind it
    ("怎么", re.compile(r"^[ ,]*(?:咦|哎|诶|,| )*怎么(?:没有?|不|听不)[^,。;!?]{1,6}?[了啊呢]*[,。!? ]+(?=\S)")),
    ("自己", re.compile(r"(?<=\S)[,。;!? ]+(?:因为)?我?(?:想|要|打算|准备|好)要?自己[^,。;!?\n\ue000]{1,20}[。!]*$")),
)
_POINTS = re.compile(r"它|这个|那个|这段|那段")


def wanted_alone_zh(plain: Plain) -> Plain:
    """The message without what is turned down."""
    text = plain.text
    for word, pattern in _SAID_BESIDE:
        if word in text and (match := pattern.search(text)):
            plain = plain.with_text(blanked(text, *match.span()))
            text = plain.text
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
