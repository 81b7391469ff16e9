"""A part of a thing is not the thing: "delete the end of clip 2" does not delete clip 2."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import resulting


def of_a_thing(c: Clause) -> bool:
    """Is it a part of a thing that shall go: "the end of clip 2", "the second half of the lake"? Then the thing stays."""
    if resulting(c):
        return False
    if _within_a_clip(c):
        return True
    return patterns.search(
        r"(?<![a-z])(?:start|beginning|front|head|opening|end|ending|tail|back|middle|half|top|bottom|edges?|corners?|sides?|background|sky|people|person|man|woman|object)"
        r" (?:of|off|from|in|on)(?: the| my| this| that)? [a-z0-9]|(?<![a-z])(?:first|second|last|other) (?:half|part|piece)(?![a-z])",
        c.text,
    ) is not None and not patterns.search(
        r"(?<![a-z])(?:the|a) (?:title|text|logo|badge|overlay|clip|photo|music|voice) (?:at|in|on|from) the", c.text
    )


def _within_a_clip(c: Clause) -> bool:
    """ "erase the person walking behind me at the lake": what shall go is in the picture, the clip only says where."""
    verb = _TAKEN.search(c.text)
    clip = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip"), None)
    if verb is None or clip is None or any(m.end <= clip.start and m.kind != "pronoun" for m in c.mentions):
        return False
    if c.text.isascii():
        what = _PLACE.search(c.text, verb.end(), clip.start)
        return what is not None and _WORDS.sub("", what["what"]).strip(" ,") != ""
    what = _WHO_ZH.match(c.text, clip.end)
    return what is not None


_TAKEN = re.compile(
    r"(?<![a-z])(?:remove|erase|delete|get rid of|take out|take|edit out|cut out|cut|wipe out|paint out|photoshop out|clean up|lose|drop|hide)(?: out)?(?![a-z])"
    r"|去掉|去除|抹掉|擦掉|擦除|消除|删掉|删除|弄掉|抠掉|p掉|移除|弄走|挡住|遮住"
)
_PLACE = re.compile(
    r"(?P<what>[a-z' ]{3,60}?)(?<![a-z])(?:in|at|from|out of|behind|on|within|inside|during)(?: (?:the|my|that|this))* $"
)
_WORDS = re.compile(  # these are the clip itself, or a stretch of it
    r"(?<![a-z])(?:the|that|this|my|a|an|all|of|any|every|everything|it|them|whole|entire|part|parts|bit|bits|scene|section|stuff|piece|footage|shot|shots|clip|clips|video|moment|one|ones|thing|rest|minutes?|seconds?|first|last|out|away|off|please|just|then|few|some|only|two|three|sounds?|audio|noise|music|voice|talking)(?![a-z])"
)
_WHO_ZH = re.compile(
    r"的?(?:那段|这段|段|镜头|片段|画面|视频)?(?:里面?|中|上|旁边|后面|背后)?的?(?:那个|这个|那些|一个)?(?:路过|走过去?|穿[^,。]{1,4}衣服)?的?"
    r"(?:路人|行人|人|游客|车辆?|汽车|垃圾桶?|电线杆?|狗|猫|鸟|牌子|招牌|树|栏杆|影子|倒影|杂物|东西)(?!声|名|条|照)"
)
