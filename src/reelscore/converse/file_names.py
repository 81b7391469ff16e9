"""What a file or a version shall be called, said without quotes: "mp4, call it reel_final_v3", 先存一版,叫客户初稿.

Marked out as quotations are, so that "draft 2" holds no number and "black friday" no colour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse.normalise import Plain
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.sieves import Sieve

_SPOKEN_OF = Sieve(
    re.compile(
        r"(?<![a-z])(?:export|render|download|save|store|keep|bookmark|back ?up|version|draft|snapshot|checkpoint|file(?:s|name)?|mp4|mov|gif|webm|1080p?|720p?|4k)(?![a-z])"
        r"|导出|渲染|输出|下载|存|留一?个?版|备份|版本|文件|成片"
    )
)
_ELSE = Sieve(
    re.compile(  # names of other things
        r"(?<![a-z])(?:titles?|subtitles?|captions?|lower[ -]third|name ?tag|text|track|marker|chapter|layer)(?![a-z])|标题|字幕|人名条|名条|文字|标记|轨"
    )
)
_THIS = r"(?:it|this|that|the|what|we|i|have|got|how|is|are|where|now|so|far|current|as|present|my|our|work|project|film|video|edit|cut|state|version|mix|stage|one|copy|a|export|result|render|download|file|snapshot|everything|of)"
_LEAD = Sieve(
    re.compile(
        rf"(?<![a-z])(?:(?:call|name|label|title) (?:it|this|that|them|(?:the|this|that) (?:{_THIS} ?){{1,2}}?)(?: as)?:? |(?:named|called|file ?name(?: is| should be)?|under the name(?: of)?|with the name|save as|save under|(?:export|render|download|bounce)(?: [^,.;]{{1,40}})? as):? "
        rf"|(?:save|store|keep|bookmark|back ?up|mark|remember|tag)(?: {_THIS}){{1,5}}? (?:as|under) )(?!(?:an? |as |the )?(?:[a-z0-9]+ )?(?:mp4|mov|webm|mkv|gif|wav|mp3|flac|m4a|midi|files?|video|film|movie|4k|\d{{3,4}}p|preview|is|well|soon|quickly|fast|usual|planned|agreed|it|that|this|version|copy|landscape|portrait|vertical|square)(?![a-z_-]))"
        r"(?!\w+ as |(?:you|i|we|it|they|he|she|possible|always)(?![a-z]))(?P<name>[\w][\w '&+#.-]{0,48}?)(?P<file>\.(?:mp4|mov|webm|gif|mkv|wav|mp3|flac|m4a))?"
        r"(?= *(?:$|[,;!?\n]|\.(?:\s|$)| (?:please|pls|plz|thanks|thx|for (?:now|me|later)|first|before|then|so(?: that| i| we)?|until|till|(?:just )?in case|because|in (?:4k|1080p?|720p?|full|mp4|mov|gif|high|low|best|mid)|as (?:mp4|mov|gif|webm|an?)|at (?:4k|1080p?|720p?)|and|but)(?![a-z])))"
    )
)
_LEAD_ZH = Sieve(
    re.compile(
        r"(?:(?:(?:文件|档案?)名称?|文件(?=就?[叫为用要设是])|名字|名称|版本名)(?:就|要|设|改|给我|用)*(?:叫做?|为|成|是|用|作|写|:)?|(?:命名|取名|起名|改名|标)(?:字)?(?:为|成|叫做?|是)|(?<![不么])叫(?:做|它|作)?|(?:存|保存|另存|备份|存档)(?:一下|一份)?(?:为|成|作|叫))\s*"
        r"(?!mp[34]|mov|gif|webm|wav|m4a|flac|midi|动图|视频|音频|\d{3,4}p|4k|高清|竖|横|方|什么|啥|一[个份]|版本|文件|草稿$)(?P<name>[\w\u4e00-\u9fff][\w\u4e00-\u9fff .-]{0,30}?)(?P<file>\.(?:mp4|mov|webm|gif))?"
        r"(?=(?:就?[吧行好]了?|就好|就可以|谢谢|哈|哦)*(?:$|[,。;!，；！\n]))"
    )
)


def files_named(plain: Plain, quotes: Sequence[Quoted]) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with the name of a file or version marked out; unchanged where one is in quotes, or none is said."""
    text = plain.text
    if quotes or not _SPOKEN_OF.search(text) or _ELSE.search(text):
        return plain, tuple(quotes)
    found = _LEAD.search(text) or _LEAD_ZH.search(text)
    if found is None or found["file"]:
        return plain, tuple(quotes)
    start, end = found.span("name")
    named = Quoted(start, end, plain.said(start, end), False)
    return plain.with_text(text[:start] + MARK * (end - start) + text[end:]), (named,)
