"""What is said to go, or not to be: "lose the shadow", "it shouldn't fade in", "the sound off", "without a box".

What goes is a property of a thing, never the thing: "remove the music's fade" leaves the music where it is.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.sieves import Sieve

_NOT = (
    r"no|not|without|minus|remove|delete|get rid of|got rid of|rid of|lose|losing|drop(?= (?:the|its|that|all|any|my|his|her)(?![a-z]))|kill|ditch|scrap"
    r"|bin|take(?! (?:\d|an?|one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))(?=[^,.;]* (?:off|away|out|from)(?![a-z]))|cancel|undo|stop|turn off|switch off|clear|strip|skip|any|don'?t (?:want|need|like|have|use)|(?:should|must|need|does|do|is|are|can|could|would|was|has)(?:n'?t| not)"
    r"|never|dont (?:want|need)"
)
_GAP = r"(?: (?!(?:but|and|just|then|make|set|add|with|until|till)(?![a-z]))[^ ,.;!]+){0,5}?"
SOUND = r"(?:own |original |camera )?(?:sounds?|audio|noise)(?! ?(?:effect|track|file|clip))"
FADES = r"fad(?:e|es|ing|ed)(?:[ -](?:in|out))?s?"
_PROPERTIES = (
    rf"{FADES}|animations?|shadows?|outlines?|borders?|stroke|box(?:es)?|backdrop|filters?|effects?|looks?|grading|blur|vignette"
    r"|zoom|crop(?:ping)?|ducking|rotation|reverb|transparency|italics?|bold|underline|sepia|grain"
)


_LOOKS_ZH = "底框|底色|底板|背景框|文字框|描边|阴影|投影|下划线|冒号|感叹号|问号|句号|标点|空格|[前后]面的?(?:那?[几两三]?个?(?:字|词|部分))?$|(?:[几两三四]|最后一|第一)个(?:字|词)(?!都)"


def denied(text: str, words: str) -> bool:
    """Is it said that what these words (a pattern) name shall go, or not be?"""
    before, behind = _forms(words)
    return before.search(text) is not None or behind.search(text) is not None


@cache
def _forms(words: str) -> tuple[Sieve, Sieve]:
    """The words with what denies them before them and behind them."""
    return (
        Sieve(re.compile(rf"(?<![a-z])(?:{_NOT}){_GAP} (?:{words})(?![a-z])")),
        Sieve(
            re.compile(
                rf"(?<![a-z])(?:{words})(?: [^ ,.;]+){{0,3}}? (?:off|gone|removed|can go|should go|has to go)(?![a-z])"
            )
        ),
    )


_AWAY_ZH = r"去掉|去除|去了|(?<!要)不要(?!太)|别要|别加|不用|不需要|不想要|用不着|取消|删掉|删除|删了|删|移除|关掉|关了|关闭|拿掉|撤掉|清除|清空|清掉|没有|干掉|抹掉"
_ALL_ZH = r"(?:效果|特效)?(?:全都|全部|全|都|也|统统|通通|一律|就|先|给我|帮我|一个|我|再|还是|可以|直接)*"


def taken_zh(text: str, words: str) -> bool:
    """Shall what these words (a pattern) name go, on whichever side that is said: 去掉所有转场, 转场全都不要?"""
    return not text.isascii() and _forms_zh(words).search(text) is not None


@cache
def _forms_zh(words: str) -> Sieve:
    faulted = rf"(?:{words})(?:效果)?(?:[有也真实在]*[太好真很不没有点难怪丑土假浓重过][^,。;]{{0,8}})[,。;! ]+{_ALL_ZH}(?:{_AWAY_ZH})(?:了|吧|它|一下)*$"
    return Sieve(re.compile(rf"(?:{_AWAY_ZH})[^,。;]{{0,8}}(?:{words})|(?:{words}){_ALL_ZH}(?:{_AWAY_ZH})|{faulted}"))


def only_a_property(text: str) -> bool:
    """Is it a look, a fade or an effect that shall go, and not the thing that has it?"""
    return taken_zh(text, _LOOKS_ZH) or _A_PROPERTY.search(text) is not None


_A_PROPERTY = Sieve(
    re.compile(
        rf"(?<![a-z])(?:remove|delete|get rid of|rid of|lose|drop|kill|ditch|scrap|bin|take|cancel|undo|clear|strip|don'?t (?:want|need|like))(?: (?:the|any|that|this|its|all|those|a|an|my))*(?: [^ ,.;]+'?s)?(?: [a-z-]+)?? (?:{_PROPERTIES})(?![a-z])"
    )
)
