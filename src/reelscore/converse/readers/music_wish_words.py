"""The words of a wish for new music, which go to the composer: what only asks for it is left out."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_LEAD = re.compile(
    r"^\s*(?:(?:some )?music,? (?:please|pls|plz)[!.,: ]+|(?:(?:it|this|that|(?:the|my) [a-z]+) )?(?:needs?|wants?|could use|could do with|lacks)(?= (?:some |a |any )?(?:background )?(?:music|soundtrack|score))(?: some| a| any)?(?: background)? (?:music|soundtrack|score)[,:!. ]*)?(?:(?:ok(?:ay)?|please|pls|can you|could you|can (?:we|i) (?:have|get)|can we|i'?d (?:like|love)|i would like|i want|(?:i |it |this )?needs?|i'?m looking for|looking for|we need|let'?s|give me|get me|make me|find me|how about|hey|just|now|then|and|so|maybe|to|have|put|do|go for|try)[ ,]+)*"
    r"(?:(?:generate|compose|create|write|make|produce|add|score|build|come up with|find|use)(?: me| us| it| this(?: (?:video|film|movie|clip|shot|scene|footage|reel|edit|vlog|one|thing|slideshow))?| (?:my|the) (?:whole )?(?:video|film|movie|clip|scene|footage|reel|edit|vlog|slideshow|thing)| a new| some new)?\s*(?:with|to|:|,)?\s*)?"
    r"(?:(?:new|different|another) (?:background )?(?:music|song|track|soundtrack|tune|bgm) ?[:,]? ?|(?:replace|swap|change|switch) (?:the |my |this |out the )?(?:(?:background|old|current|existing|piano|guitar) )*(?:music|song|track|soundtrack|score|bgm) (?:with|to|for|by|into) |(?:swap|replace|exchange|trade|switch) (?:it|this|that|this one|that one)(?: out)? (?:for|with|by|to) )?(?:(?:a|an|some|the)(?![a-z])|music:|bgm:)? ?"
)


_LEAD_ZH = re.compile(
    r"^(?:(?:换|改)一?[个种](?:思路|想法|方向|口味|路子|风格|感觉)[,，:：。 ]+)?(?:(?:还是|不如|干脆|算了|等等|等一下|对了|哎|诶)[,，]?)*(?:(?:这|那)?[个首段]?(?:背景)?(?:音乐|配乐|bgm|歌曲?|曲子)(?:实在|真的?|也)?(?:太|有点|好|很|不够|不太?)[^,。]{1,5}[,，。] ?(?=.{0,4}[换来配写做]))?(?:请|(?:帮|给)我的(?:这[个条段])?小?(?:视频|影片|片子|短片|vlog|画面)|帮我|帮忙|给我|我想要?|我要|想要|能不能|可以|麻烦|再|然后|现在|就|要|(?:为|给)(?:(?:这个|这段|这条|我的|我们的)?[^,。、 ]{0,6}?(?:视频|影片|片子|短片|vlog|画面)|[它这]个?|我的?)(?=配|加|来|写|做|生成|创作|作|谱|弄|整|搞|用)|(?:把)?(?:现在的?)?(?:这首|那首|原来的?)?(?:音乐|配乐|bgm|歌曲?)?(?:给我)?换掉[,，]?(?:要|换成?)?|不要(?:现在|[这那][首个段]|原来|之前)的?(?:音乐|配乐|歌曲?)?了?[,，]?(?:要|换成?)?|(?:把|将)?(?:现在)?(?:[这那][首段个支]?)?的?(?:背景乐|背景音|(?:背景)?(?:音乐|配乐|bgm|歌曲?|曲子))(?:也|都|给我|帮我|能不能|可以|可不可以|想|要)*(?=换|改|变|替|[来整搞弄]一?[点个首段])|[这那]首[^,。;换改变替首]{0,8}?(?:也|都|能不能|可以|可不可以|想|要)*(?=换|改|变|替)|来|用|需要|重新)*"
    r"(?:生成|创作|制作|作曲|作|配(?!乐|器)(?:上|一)?|加(?:上|个|入)?|来(?:点|段|首|个)?|写|做|谱|(?:换|改|变|替换)(?:成|为|用|上|个|一)?|整(?![体期段首片个支])|搞|弄|添加)?(?:一(?=[段首个支曲条点些]))?(?:[段首个支曲条点些]|个)?(?:新的?)?(?:比较)?"
)


_WHERE = (  # where it is heard, which says nothing of what it is like
    r"(?<=[a-z0-9])(?: (?:to play|playing|running|going|laid|right))* (?:under(?:neath)?|beneath|below|behind|over|on|to go with|along with|with)"
    r" (?:it|this|that|them|everything|(?:it )?all|all of (?:it|this|them)|(?:the |my |this )?(?:whole |entire )?(?:video|film|movie|clips?|footage|pictures?|thing|edit|slideshow|vlog|reel|episode|podcast|show|tutorial|photos))(?: all)?(?![a-z])"
    r"|(?<=[a-z0-9]) (?:in the back(?:ground)?|underneath|beneath)(?![a-z])"
)
_FADING = r"(?:,? (?:that|which) (?:(?:slowly|gently|nicely|softly) )?fades? out(?! of)(?: (?:slowly|gently|nicely|softly|at the (?:very )?end|towards the end|with the (?:film|video)))*)"
FADES = Sieve(re.compile(rf"{_FADING}[ .!?]*$"))
TAIL = re.compile(
    rf"(?:{_WHERE}|(?<=music|track) on| as (?:the )?background music|{_FADING}| (?:please|pls|plz|thanks|thank you|for me|now|too|instead))+[ .!?]*$|(?: ?(?:吧|谢谢|哦|呗|呢|可以吗|好吗|行吗|吗|的?(?:就[行好]|就可以|即可)|来一?[首段个]|(?:来|就|拿来|给我)?(?:[当做]个?|作为)(?:背景(?:音乐|乐)?|bgm)|(?:来|给我)?垫(?:个?底|在?(?:下面|底下|后面))))+$"
)


_NOUN_ONLY = re.compile(
    r"^(?:background |new |some |a |the )*(?:music|soundtrack|score|song|track|bgm|tune|video|film|movie|my video|it|this|beat)s?(?: for (?:it|this|my video|the video|the film|me|my film))?[.! ]*$|^(?:背景)?(?:音乐|配乐|曲子|歌|bgm|音轨|曲|背景音)?(?:吧|一下)?$|^(?:新)?(?:的)?(?:背景)?(?:音乐|配乐)$"
)


def prompt_of(c: Clause) -> str:
    """The words of the wish, without what only asks for it."""
    text = c.text
    lead = _LEAD.match(text)
    start = lead.end() if lead and patterns.match(r"[\x00-\x7f]", text.lstrip()[:1] or "a") else 0
    guessed, guessed_zh = table("leads")["generate_music"]  # put before the words that were typed
    if text.startswith(guessed) and (asking := _LEAD.match(text[len(guessed) :])) and asking[0].strip():
        start = len(guessed) + asking.end()
    if not start:
        start = len(guessed_zh) if text.startswith(guessed_zh) else 0
        lead_zh = _LEAD_ZH.match(text[start:])
        start += lead_zh.end() if lead_zh else 0
    rest = text[start:]
    tail = TAIL.search(rest)
    end = start + (tail.start() if tail else len(rest))
    rest = patterns.compiled(r"(?<![a-z])(?:generate|add|make it|change to|please)(?![a-z])").sub(" ", text[start:end])
    words = (" ".join(rest.split()) if c.translated else c.said(start, end)).strip(" ,.;:!?，。、；：！？")
    if not words.isascii() and (again := _LEAD_ZH.match(words)):
        words = words[again.end() :]  # where the command's own words were put before it
    words = _SOFTENED.sub("", _ASIDE.sub("", words))
    words = _INSTEAD.sub("", words)
    if _NOUN_ONLY.match(words.lower()) or not words:
        return ""
    return words


_INSTEAD = re.compile(r",? (?:instead(?: of [^,]+)?|(?:rather than|in place of) [^,]+)(?=$|,)", re.IGNORECASE)
_SOFTENED = re.compile(r"[吧呗](?=[,，])")  # 爵士吧,带点萨克斯
_ASIDE = re.compile(  # 加点音乐吧，欢快的; "some music to it", "something elegant underneath"
    r"^[点个些首]?(?:背景)?(?:音乐|配乐|bgm)(?:吧|呗|呢|嘛)[，, ]+|(?: (?:to (?:it|this|that)|under(?:neath)?(?: (?:it|this|that))?|behind (?:it|this|that)))+$",
    re.IGNORECASE,
)
