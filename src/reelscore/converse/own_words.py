"""A text on the picture, spoken of by its own words: "My Weekend should be white", “再见”那行变蓝, the "20% off" line.

Such words are content and no request, so they are marked out as quotations are: each of a text's letters becomes the
text's own mark. What a person wants to be said ("change it to ...", a new title) stays a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.factual import FACTUAL
from reelscore.converse.normalise import Plain
from reelscore.converse.patterns import compiled
from reelscore.converse.quotes import MARK, Quoted, is_style
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_FIRST, _MOST = 0xE100, 0x600
MARKED = re.compile(
    r"(?:(?<![a-z])(?:the|that|this|my|her|his) )?(?:(?:title|caption|subtitle|text|line|words) )?"
    r"(?:(?:开头|片头|最前面?|最后|片尾|结尾|末尾|中间|[上下左右]面|底下|[底顶]部|[左右][上下]角)?的?(?:(?:写着|说)的?|(?:那|这)(?:一?[个行句条])?(?:写着|说)?)(?=[\ue100-\ue6ff]))?"
    r"(?P<own>[\ue100-\ue6ff])(?P=own)*(?:'?s(?![a-z]))?"
    r"(?: ?(?:(?:name )?(?:thing|tag)|title|captions?|subtitles?|subs?|text|line|label|words|lettering|lower third|sign|bit|one(?! (?:sec|min|s(?![a-z])|more|frame|half|and))"
    r"|(?:这|那)?(?:一)?(?:行|句|条|个)?(?:标题|字幕|文字|字)?)(?![a-z]))?"
)
_WANTED = re.compile(  # before words that shall be there
    r"(?<![a-z])(?:say|says|saying|read|reads|reading|be|is|as|called|named|name|call|label|version|marker|mark|write|type|introduce"
    r"|put up|add|insert|create|save|restore|with|by|(?:back|over) to|(?<!apply )(?<!do )(?<!give )(?:to|into)"
    r"|(?:swap|exchange|trade|switch|change|replace)[^,.;]{1,80} for)"
    r"(?: (?:a|an|the|it|new|another|big|small|[a-z]+ colou?red))*(?: (?:title|subtitle|caption|text|lower third|name tag|version|card|line|words))*[:, ]*$"
    r"|(?:改成|改为|换成|写上?|写着|加上?|添加|叫做?|显示|打上|来个|名为|标题|字幕|文字|回到|恢复|版本|一行|一句|一条|一个|[:=])[:, ]*$"
    r"|[-=]> *$"
)
_LOOK = r"(?:shadow|outline|border|box|background|animation|fade|colou?r|stroke|effect|bit|second|backing|plate)"
_ASKED_NEW = re.compile(
    r"(?<![a-z])(?:(?:add|insert|create|another|new|need|want)(?: [a-z]+){0,4} (?:titles?|texts?|captions?|subtitles?|lower third|name tag|line|words|card)"
    rf"|write|save|restore|version|rename|marker)(?![a-z])(?!.*{_LOOK})|添加|插入|加一|新|再来|存|版本|标记"
)
_ADDS_LOOK = re.compile(
    rf"(?<![a-z])(?:add|put|give|apply|do)(?![a-z])[^,.;]*{_LOOK}[^,.;]* (?:to|on|around|behind|for) (?:the )?$"
)


def marked(plain: Plain, quotes: Sequence[Quoted], scene: Scene) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with every text that is there marked out where it is spoken of, and the quotations that are left."""
    texts = scene.of("text")[:_MOST]
    if not texts:
        return plain, tuple(quotes)
    text, left = plain.text, []
    for n, quoted in enumerate(quotes):
        found = _called(quoted.words, texts)
        whole = found is not None and _content(texts[found]) == _comparable(quoted.words)
        there = found is not None and not _is_wanted(text, quoted, last=n == len(quotes) - 1, same=whole)
        if there and not whole and _BARE_KIND.search(text[: quoted.start]):
            there = False  # a title that only shares some words with one that is there
        if found is None or not there:
            left.append(quoted)
            continue
        text = text[: quoted.start] + mark_of(found) * (quoted.end - quoted.start) + text[quoted.end :]
    translated = () if text.isascii() or not _OF_A_TEXT.search(text) else _translated(text, texts)
    for start, end, n in (
        *_unquoted(text, texts),
        *translated,
        *(_names_of(text, texts) if " name" in text else ()),
        *(_described(text, texts) if _PRICED.search(text) else ()),
    ):
        text = text[:start] + mark_of(n) * (end - start) + text[end:]
    if not left and (part := _part_changed(plain, plain.text, texts)):
        start, end, n, content = part
        new = _IN_TEXT.search(plain.text)
        if new is not None:
            left.append(Quoted(*new.span("new"), content, False))
            text = text[: new.start("new")] + MARK * (new.end("new") - new.start("new")) + text[new.end("new") :]
            text = text[:start] + mark_of(n) * (end - start) + text[end:]
    if not left and (changed := _CHANGED.search(text) or _CHANGED_ZH.search(text)) and not _only_a_look(changed):
        start, end = changed.span("words")
        if kind := patterns.search(
            r" in (?:that|the|this|my|her|his) (?:name )?(?:strip|tag|title|caption|subtitle|text|lower third|label)$",
            changed["words"],
        ):
            end -= len(kind[0])
        if instead := re.search(
            r" (?:instead(?: of [^,.;]*)?|rather than [^,.;]*|not [^,.;]*)$", plain.text[start:end]
        ):
            end = start + instead.start()
        left.append(Quoted(start, end, plain.said(start, end), False))
        text = text[:start] + MARK * (end - start) + text[end:]
    return (plain.with_text(text) if text != plain.text else plain), tuple(left)


def _only_a_look(changed: re.Match[str]) -> bool:
    """ "My Weekend -> red" and "change My Weekend to bold" ask for no other words."""
    said = patterns.search(r"(?:say|read) $", changed[0][: changed.start("words") - changed.start()]) is not None
    counted = re.match(
        r"\d[\d.]*%? (?!(?:s|secs?|seconds?|min|minutes?|percent|px|pt|frames?)(?![a-z]))[a-z]", changed["words"]
    )
    return not said and counted is None and is_style(changed["words"])


def _part_changed(plain: Plain, text: str, texts: Sequence[Thing]) -> tuple[int, int, int, str] | None:
    """ "replace Weekend with Holiday in the title": where the old words stand, whose they are, and the new content."""
    match = _IN_TEXT.search(text)
    if match is None:
        return None
    old = plain.said(*match.span("old"))
    new = plain.said(*match.span("new"))
    for n, held in enumerate(texts):
        content = held.segment.text.content if held.segment.text else ""
        at = content.lower().find(old.lower())
        if old and at >= 0 and _comparable(old) != _content(held):
            return match.start("old"), match.end("old"), n, content[:at] + new + content[at + len(old) :]
    return None


_IN_TEXT = Sieve(
    re.compile(
        r"(?<![a-z])(?:replace|change|swap|exchange|switch|turn) (?:the )?(?:words? )?(?P<old>[^,.;\ue000-\ue6ff]{1,40}?) (?:with|by|for|to|into) (?P<new>[^,.;\ue000-\ue6ff]{1,40}?) in (?:the |my )?(?:title|subtitle|caption|text|lower third|name tag|headline)(?![a-z])"
    )
)
_CHANGED = Sieve(
    re.compile(  # the words that a text shall have instead, without quotes
        r"(?:(?<![a-z])(?:change|replace|rename|reword|swap|turn) (?:the )?(?:[a-z]+ )?[\ue100-\ue6ff]+['\" a-z]{0,12}? (?:to|with|by|for|into)(?: say| read)?:? "
        r"|(?<![a-z])put [\ue100-\ue6ff]+ down as "
        r"|[\ue100-\ue6ff]+(?: text| line)? ?(?:-+>|=>|→) ?"
        r"|[\ue100-\ue6ff]+(?: text| line)?(?: is wrong,? it)? (?:should|must|has to|ought to|needs? to|shall|can|could) (?:say|read) )(?P<words>(?:[^,.;!?\n]|(?<= dr)\.|(?<= mr)\.|(?<= ms)\.|(?<= st)\.|(?<= mrs)\.)*[^,.;!?\n ])"
    )
)

_CHANGED_ZH = Sieve(
    re.compile(  # Anna改成安娜, 人名条里的Anna错了,应该是安妮
        r"[\ue100-\ue6ff]+ ?(?:的)?(?:这|那)?(?:几|两|三|四|一)?(?:个|条|行|句)?(?:标题|字幕|文字|人名条?|名字|字|词)?(?:都|给我|帮我)*(?:(?:[写打]错了?|不对|错了)[,，。 ]*)?"
        r"(?:应该(?:是|写|叫|改成)|(?:给我|帮我|统一)?(?:改|换|变|写|替换|更正|修改|更改)(?:一下)?[成为作做]|-+>|=>|→)[:：]? ?"
        r"(?!显示|持续|停|静音|放|移|从|在|滑|弹|淡|打字|逐字|什么|啥|第[\d一二两三四五六七八九十]+(?:秒|分|条|行|张|段|个)|最|和|跟|更|加|字幕|标题)(?P<words>[^,;!?\n，。！？；]*?[^,.;!?\n，。！？；吧哦啦呗])"
        r"(?:这)?(?:几|两|三|四)?(?:个字)?(?:吧|哦|啦|呗|就行|就好|好吗|可以吗|谢谢)*(?=[,.;!?\n，。！？；]|$)"
    )
)


def mark_of(n: int) -> str:
    """The letter that stands for the n-th text."""
    return chr(_FIRST + n)


def text_of(mark: str, scene: Scene) -> Thing | None:
    """The text a mark stands for."""
    n = ord(mark) - _FIRST
    texts = scene.of("text")
    return texts[n] if 0 <= n < len(texts) else None


def _is_wanted(text: str, quoted: Quoted, last: bool, same: bool) -> bool:
    """Is this what shall be said or written, and not the text that is there?"""
    before = text[: quoted.start]
    if _TELLS_WHICH.search(before):
        return False
    if not quoted.marked:
        return True
    if patterns.search(r"(?:标题|字幕|文字)[:, ]*$", before) and not _ASKED_NEW.search(before) and same:
        return False
    return _is_new(before) or (last and _ASKED_NEW.search(before) is not None)


_BARE_KIND = re.compile(
    r"(?:^|[,.;] ?|(?<![a-z])(?:an?|another|second|third|new|and|with) )(?:title|caption|subtitle|text|lower third|name tag|headline)(?: card)?,? ?:? $"
)
_TELLS_WHICH = re.compile(  # "the caption that says ..."
    r"(?<![a-z])(?:remove|delete|drop|lose|hide|move|restyle|colou?r|shrink|enlarge|bin|kill|erase) (?:the|that|this|my) (?:[a-z]+ ){0,2}"
    r"(?:title|caption|subtitle|text|line|lower third|name tag|thing|one|sub) (?:that |which |where it )?(?:says|said|saying|reads|reading|with(?: the words)?) $"
)
_OF_WHICH_ZH = re.compile(
    r"[^,。;!?\n]{0,1}的(?:那|这)?一?(?:[条行句个]|段(?:字|话))?(?:字幕|标题|文字|字|那|[条行句])"
)  # 写着...的那行


_SOMEONE_SAYS = re.compile(  # who asks for it: "legal says 20% off must go"
    r"(?<![a-z])(?:legal|compliance|marketing|sales|pr|they|he|she|everyone|everybody|(?:the|my|our) (?!(?:titles?|captions?|subtitles?|text|lines?|card|sign|label|lower|name|tag|one|end)(?![a-z]))[a-z]+) (?:says?|said|thinks?|wants?)(?: that)? $"
    r"|(?:法务|客户|老板|领导|甲方|他们?|她们?|同事|市场部?)(?:说|讲|要求)[,，:： ]*$"
)


def _is_new(before: str) -> bool:
    if _SOMEONE_SAYS.search(before):
        return False
    return _WANTED.search(before) is not None and _ADDS_LOOK.search(before) is None


def _called(words: str, texts: Sequence[Thing]) -> int | None:
    """The only text that says just this, or of which this is a part of whole words."""
    wanted = _comparable(words)
    if not wanted:
        return None
    same = [n for n, held in enumerate(texts) if _content(held) == wanted]
    part = [n for n, held in enumerate(texts) if len(wanted) > 3 and f" {wanted} " in f" {_content(held)} "]
    found = same or part
    return found[0] if len(found) == 1 or same else None


def _comparable(words: str) -> str:
    return " ".join(patterns.findall(r"\w+", words.lower()))


def _content(thing: Thing) -> str:
    return _comparable(thing.segment.text.content) if thing.segment.text else ""


def _unquoted(text: str, texts: Sequence[Thing]) -> Iterator[tuple[int, int, int]]:
    """Where a text's own words stand as they are, or some of them before "line", "title" and the like."""
    taken: list[tuple[int, int]] = []
    for whole in (True, False):
        for n, thing in enumerate(texts):
            if not any(word in text for word in _content(thing).split()):
                continue
            for match in _pattern(_content(thing), whole).finditer(text):
                start, end = match.span("own")
                if any(a < end and start < b for a, b in taken):
                    continue
                if _is_new(text[:start]) and not any(there.match(text, end) for there in _OF_ONE_THERE):
                    continue
                if whole or sum(_shares(match["own"], _content(held)) for held in texts) == 1:
                    taken.append((start, end))
                    yield start, end, n


_NAME = re.compile(r"(?<![a-z])(?P<who>[a-z]{2,20})'?s name(?! ?(?:tag|badge|plate)| (?:is|was)(?![a-z]))(?![a-z])")


def _names_of(text: str, texts: Sequence[Thing]) -> Iterator[tuple[int, int, int]]:
    """ "priya's name", where one name tag has Priya in it."""
    for match in _NAME.finditer(text):
        tags = [
            n
            for n, held in enumerate(texts)
            if held.segment.text and held.segment.text.style == "lower_third" and match["who"] in _content(held).split()
        ]
        if len(tags) == 1 and not _is_new(text[: match.start()]):
            yield *match.span(), tags[0]


_OF_A_TEXT = Sieve(re.compile(r"(?:[那这](?:一?[个行句条])?的?|的)(?:标题|字幕|文字|人名条?|名条|字)"))


def _translated(text: str, texts: Sequence[Thing]) -> Iterator[tuple[int, int, int]]:
    """安娜那个字幕, where one text has Anna in it: a word of its own in Chinese tells which."""
    subjects = table("subjects")
    for said in _OF_A_TEXT.finditer(text):
        before = text[: said.start()]
        found = {
            (word, n)
            for n, held in enumerate(texts)
            for own in _content(held).split()
            for word in subjects.get(own, ())
            if before.endswith(word)
        }
        if len({n for _, n in found}) == 1:
            word, n = max(found, key=lambda one: len(one[0]))
            if not _is_new(before[: -len(word)]):
                yield said.start() - len(word), said.start(), n


def _described(text: str, texts: Sequence[Thing]) -> Iterator[tuple[int, int, int]]:
    """ "the price line", 优惠那行字: the one text that says a price or an offer, where it is no new one."""
    found = _PRICED.search(text)
    if (
        found is None
        or _TOLD_WITH_IT.match(text, found.end())
        or _ASKED_NEW.search(text[: found.end()])
        or _is_new(text[: found.start()])
    ):
        return
    fitting = [n for n, held in enumerate(texts) if held.segment.text and _A_PRICE.search(held.segment.text.content)]
    marked_out = re.search(r"[\ue000-\ue6ff]", text)
    if len(fitting) == 1 and (marked_out is None or _NOW_SAYS.fullmatch(text, found.end(), marked_out.start())):
        yield *next(found.span(name) for name in ("own", "own_bare", "own_zh") if found[name]), fitting[0]


_NOW_SAYS = re.compile(
    r"(?: (?:text|line|caption|subtitle|label|tag|bit))?(?: (?:is|now|should|must|has|needs|to|be|say|says|reads?|changed?|changes))+[ :]*"
)
_PRICED = Sieve(
    re.compile(
        r"(?<![a-z])(?P<own_bare>price|offer|discount|promo)(?= (?:line|text|caption|subtitle|label)(?![a-z]))|(?<![a-z])(?:the|my|our|that|this) (?:[a-z]+ )?(?P<own>price|offer|discount|promo|deal|percentage)(?= (?:line|text|caption|subtitle|tag|label|bit|sub)(?![a-z])|(?:\'s)?(?! [a-z]*price)(?= |[,.;!?]|$))"
        r"|(?P<own_zh>价格|价钱|优惠|折扣|促销)(?=(?:[这那]?一?[行条句个])?的?(?:字幕|文字|标题|字)|[这那]一?[行条句])"
    )
)
_TOLD_WITH_IT = re.compile(rf"(?: too| as well)?[:,]? (?:{FACTUAL.pattern})")  # "show the price too, EUR 89"
_A_PRICE = re.compile(r"[%¥$€£]|(?<![a-z])(?:off|sale|price|only \d)(?![a-z])|[折价惠]|\d ?元", re.IGNORECASE)
_EXCHANGED_ZH = re.compile(
    r" ?(?:[这那]一?[句行条个])?(?:(?:换|改|替换)[成为做作]|提前|推迟|延[后长迟]|[早晚](?=.{1,3}秒)|往[上下左右]|(?:移|挪|放)[到在]|[放变再调]?[大小]一?[点些]|多(?:停|留|显示)|不要了?|删|去掉)"
)  # 字幕Hello there换成大家好


_STAYS_ON = re.compile(  # "put my name Anna up a second longer"
    r" (?:up |on |there )?(?:for )?(?:(?:\d[\d.]*|an?|one|two|three|half an?) )?(?:more )?(?:s|secs?|seconds?|a bit|bit|a little|much)? ?(?:longer|later|earlier|sooner)(?![a-z])"
)
_OF_ONE_THERE = (_EXCHANGED_ZH, _OF_WHICH_ZH, _STAYS_ON)


def _shares(words: str, content: str) -> bool:
    return f" {_comparable(patterns.sub(r's?$', '', words))}" in f" {content}" or _comparable(words) in content


@cache
def _plain_words() -> frozenset[str]:
    held = set(table("announcing")["small"]["words"]) | set(table("typos")["own"]["words"].split())
    return frozenset(held | {"intro", "outro", "welcome", "start", "end", "the end", "music", "title", "video", "text"})


_KIND = r"(?= (?:name thing|title|captions?|subtitles?|subs?|text|line|label|words|lettering|lower third|name tag)(?![a-z]))"


def _pattern(content: str, whole: bool) -> re.Pattern[str]:
    words = content.split()
    if not words or MARK in content:
        return _NEVER
    if whole:
        own = r"\W+".join(map(re.escape, words))
        if len(words) == 1 and (content in _plain_words() or len(content) < 3):
            return compiled(rf"(?<!\w)(?P<own>{own}){_KIND}") if content.isascii() else _NEVER
        edge = (r"(?<![a-z0-9])", r"(?![a-z0-9])") if content.isascii() else ("", "")
        return compiled(rf"{edge[0]}(?P<own>{own})(?:{edge[1]}|(?='?s(?!\w)))")
    telling = [word for word in words if (len(word) > 3 or word.isdigit()) and word not in _plain_words()]
    if not telling or len(words) < 2 or not content.isascii():
        return _NEVER
    any_of = "|".join(map(re.escape, words))
    must = "|".join(map(re.escape, telling))
    return compiled(rf"(?<!\w)(?P<own>(?:(?:{any_of})\W+)*(?:{must})(?:\W+(?:{any_of}))*){_KIND}")


_NEVER = re.compile(r"(?!)")
