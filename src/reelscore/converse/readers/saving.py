"""A version that is given a name, to come back to: "save what we have as draft 1", 先存一版,叫客户初稿."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading, action
from reelscore.converse.sieves import Sieve
from reelscore.values.message import Action

_OBJECT = r"(?:an?|the|this|that|it|what|how|where|everything|all|my|our|we|i|you|have|'ve|got|is|are|stands?|looks?|now|so|far|right|current|present|as|project|film|video|edit|cut|state|version|mix|stage|one|copy|back-?up|snapshot|checkpoint|bookmark|new|of|progress|work|and|or|,)"
_SAVED = Sieve(
    re.compile(
        rf"\s*(?:(?:please|pls|ok|okay|and|so|now|first|just|then|but|wait|also|can you|could you|would you|let'?s|let me|i want to|,)[ ,]+)*(?:save|keep|store|bookmark|back ?up|tag|mark|label|name|call|remember|file|make)(?:[ ,]+{_OBJECT})*(?:[ ,]+(?:as|under(?: the name)?(?: of)?|named|called|call(?: it| this)?|name(?: it| this)?|with the name))?:? \ue000+"
        r"[.!]*(?:,? (?:please|pls|first|for now|now|before|so|just in case|in case|because|then|until|and then|for later|thanks?)(?![a-z]).*)?[.! ]*$"
    )
)
_SAVED_ZH = re.compile(
    r"\s*(?:请|先|麻烦|帮我|给我|把|那|就|这样|好的?|再|现在|,|，| )*(?:(?:目前|现在|当前|眼下|到这儿|这个|这一|这|此|的)*(?:版本?|样子|状态|进度|稿|剪辑|成果|结果|工程|项目)?(?:先|就|给我|帮我)*)?"
    r"(?:另?存|保存|备份|留|标记?|记|存档|命名|取名)(?:一下|下来|一份|一个|一版|个|档|好|下|住|上)*(?:目前|现在|当前|这个|这一|这|此|的)*(?:版本?|样子|状态|进度|稿|剪辑|备份|档|工程|项目)?"
    r"[,，]?(?:它|这版|这个)?(?:的?名字|名称)?(?:就|再|并|要|给我)*(?:另?存|保存|命名|取名|起名|标记)?(?:叫做?|为|成|作|是|用|:)* ?\ue000+(?:吧|就行|就好|好了|谢谢|了|。|!)*(?:[,，].*)?$"
)
_WRITTEN_OUT = Sieve(
    re.compile(r"(?<![a-z])(?:export|render|download|mp4|mov|gif|webm|\d{3,4}p|4k|file)(?![a-z])|导出|渲染|下载|输出")
)


def read(c: Clause) -> Iterator[Reading]:
    """The version there is now, with the name that is said."""
    if _OF_THE_PROJECT.match(c.text):
        return
    if len(c.quotes) == 1 and not _WRITTEN_OUT.search(c.text) and (_SAVED.match(c.text) or _SAVED_ZH.match(c.text)):
        last = c.around.context.steps[-1] if c.around.context.steps else None
        if _IT.match(c.text) and (c.span[0] or isinstance(last, Action)):
            return
        yield Reading(action("name_version", 1, name=c.quotes[0].words).asked, 0.975, whole=True)


_OF_THE_PROJECT = Sieve(
    re.compile(
        r"\s*(?:please |can you |just )*(?:name|call|label|tag|mark) (?:this|the|my|our|it|that) ?(?:project|film|video|movie|episode|vlog|reel|one)?(?: as)? \ue000|.{0,4}(?:项目|工程|影片|视频|片子)(?:命名|取名|起名|叫|名)"
    )
)
_IT = re.compile(
    r"\s*(?:and |then )*(?:call|name|label|tag|mark) (?:it|that) |[,，并再 ]*(?:命名|取名|起名|名字|名称|叫)"
)
