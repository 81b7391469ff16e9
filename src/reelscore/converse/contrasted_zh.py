"""What a Chinese message says is not wanted, beside what is: 音乐降到20，不是30; 标题要红色，而不是黄色.

What is turned down is no request, whatever it holds; it becomes blanks. A correction (不是30，是20) is read elsewhere.
"""

from __future__ import annotations

import re

from reelscore.converse.normalise import Plain

_BEHIND = re.compile(  # A,不是B: what was said before stays
    r"(?<=[\u4e00-\u9fff\w%])[, ]*(?:而|并|可|但)?(?<!是)不是(?!很|太|特别|吗|吧|那么|这么|说|要|想)[^,。;!?\n\ue000是]{1,14}(?=$|[。;!?\n]|,(?! ?(?:而?是|要|改|应该|换)))"
)


def wanted_alone_zh(plain: Plain) -> Plain:
    """The message without what is turned down."""
    text = plain.text
    if "不是" not in text or "是不是" in text:
        return plain
    match = _BEHIND.search(text)
    if match is None or len(text[: match.start()].strip(" ,")) < 4:
        return plain
    return plain.with_text(text[: match.start()] + " " * len(match[0]) + text[match.end() :])
