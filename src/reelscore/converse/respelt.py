"""A name or a word on the picture that is told to be spelled otherwise: "Anna is spelled with one n, Ana", "Priya's surname
is Nayar, sorry", "grandma turns 81 not 80", Anna写错了，一个n，Ana.

Said out as the change of that text that it asks for. It holds only for words of a text that is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reelscore.converse.scene import Scene

_UPDATED = r"(?<![a-z])(?:update|fix|adjust|change|correct|edit) (?:(?:that|this|the|my|our) (?:[a-z]+ )?(?:text|title|captions?|subtitles?|sign|line|words?|banner|headline)|it)(?! (?:to|into|so|from|say))(?![a-z])"
_GATE = re.compile(
    rf"{_UPDATED}| (?:from|in|out of|off) (?:the |my )?(?:title|caption|subtitle|text|name ?tag|lower third|headline)|"
    r"(?<![a-z])(?:spel(?:led|t|ling)|misspel\w*|typo|surname|name|not|actually|should|wrong)(?![a-z])|[写打拼]错|不是|姓|名字",
    re.I,
)
_W = r"[^\W_][\w'’&-]*"
_NEW = rf"(?P<new>{_W}(?: {_W}){{0,3}})"
_LEAD = r"(?:(?:oops|sorry|oh|wait|actually|hey|hi|um+|no|ah|please|and|but|also|btw|by the way)[, ]+)*"
_PUT_RIGHT = r"(?:(?:can|could|would) you )?(?:so )?(?:please |just )*(?:fix|change|correct|update|adjust)(?: (?:it|that|this|(?:the|my|our|that|this|her|his) (?:title|text|captions?|subtitles?|name(?: ?tag)?|lower third|sign|line|words?|spelling|typo)))?(?: (?:please|accordingly|for me|too))*"
_TAIL = rf"(?:,? (?:sorry|please|pls|actually|thanks|thank you|by the way|btw|though|my bad|now|any ?more|{_PUT_RIGHT}))*[ .!?]*"
_SPELT = re.compile(
    rf"{_LEAD}(?:the (?:name|word) )?(?P<old>{_W}(?: {_W}){{0,2}}?)(?:'s name)?,? (?:(?:is|was|should be|must be|needs to be|has to be)(?: actually| really)? (?:spel(?:led|t)|written|typed)(?: wrong(?:ly)?| differently)?|(?:is|was) (?:a typo|misspel(?:led|t)|wrong|spel(?:led|t) wrong(?:ly)?|incorrect)|has a typo)"
    rf"[,:;-]?(?: (?:with|without) [^,;:-]{{1,24}}[,;:-]+)?(?: (?:it'?s|it is|it should be|should be|make it|as|like|that'?s|it should read|it must be))?:? {_NEW}{_TAIL}",
    re.I,
)
_SURNAME = re.compile(
    rf"{_LEAD}(?P<who>[^\W_][\w-]*)(?:'s|’s| her| his)? (?P<which>surname|last name|family name|first name|given name|name) (?:is|should be|was)(?: actually| really)?(?: (?:spel(?:led|t)|written))?:? {_NEW}{_TAIL}",
    re.I,
)
_OWN_NAME = re.compile(
    rf"{_LEAD}(?:her|his|their|the|my) (?:actual |real )?name is(?: actually| really)?(?: spel(?:led|t))?:? (?P<new>{_W}(?: {_W}){{0,3}}?)(?: (?:with|without) (?:a|an|one|two|no|the) .{{1,14}}?)?{_TAIL}",
    re.I,
)
_NOT_OLD = re.compile(
    rf"{_LEAD}(?P<lead>[^,;]{{1,60}}?),? (?:and )?(?:not|instead of|rather than) (?P<old>{_W}(?: {_W}){{0,2}}?){_TAIL}",
    re.I,
)
_SHOULD = re.compile(
    rf"{_LEAD}(?:(?:there(?:'s| is) a |fix the |the |a )?(?:typo|spelling|mistake|misspelling)(?: in (?:the|my|our) [a-z ]+)?|(?:the |my )?(?:[a-z]+ )?(?:title|caption|subtitle|text|name ?tag|lower third|name)(?:'s| is) (?:wrong|misspelled|misspelt|spel(?:led|t) wrong|a typo))[,:;.-]* ?(?:it |that |this )?(?:(?:it )?should (?:be|say|read)|must be|needs to be|is|it'?s|->) {_NEW}{_TAIL}",
    re.I,
)
_BUT = re.compile(
    rf"{_LEAD}(?:it'?s|its|that'?s|(?:her|his|the) name is|s?he'?s) not (?P<old>{_W}(?: {_W}){{0,2}}?)[,;.:-]* (?:but |rather |it'?s |its |it is |that'?s |s?he'?s |(?:her|his|the) name is )+{_NEW}{_TAIL}",
    re.I,
)
_READS = re.compile(
    rf"{_LEAD}(?P<old>{_W}(?: {_W}){{0,3}}?),? (?:should|must|has to|needs to|ought to) (?:read|say) {_NEW}{_TAIL}",
    re.I,
)
_WITHOUT = re.compile(
    rf"{_LEAD}(?:remove|delete|drop|take out|take|cut|lose|get rid of|leave out|erase|strike) (?:the )?(?:words? )?(?P<old>[^,.;]{{1,40}}?) (?:from|in|out of|off) (?:the |my )?(?:title|caption|subtitle|text|name ?tag|lower third|headline){_TAIL}",
    re.I,
)
_IDLE = re.compile(
    r"it'?s?|is|the|an?|name|typo|in|spel(?:led|t)|written|should|be|says?|reads?|that'?s?|title|caption|text|word|tag|her|his|s?he(?:'s)?|him|their|they|my|real|actual(?:ly)?|really|now|we|we're|are|only|just|already|so|oh|wait|it'll|will|can|could|you|fix|correct|change|update|please|make|to"
)
_NEW_ZH = r"(?P<new>[\w·•'’-]+(?: [\w'’-]+){0,3}?)"
_SPELT_ZH = re.compile(
    rf"(?:(?:标题|字幕|人名条?|名牌|名条)(?:里面?|中|上)?的?)?[“\"'「]?(?P<old>[\w·'’ %-]{{1,24}}?)[”\"'」]?(?:这个?(?:名字|字|词|单词)|的名字|那个?(?:名字|字|词))?(?:[写打拼]错(?:字)?了?|是错的|错了|不对)[,，。 ]*(?:[^,，。是改]{{1,8}}[,，])?(?:应该|正确的?|其实)?(?:写成|拼成|拼作|是|改成|写作|换成|叫)?[:： “\"'「]*{_NEW_ZH}[”\"'」]*(?:才对|吧|哦|啊|谢谢|,|，|。|!|改一下|帮我改)*"
)
_SURNAME_ZH = re.compile(
    rf"(?P<who>[\w'’]+?)(?:的)?(?:姓氏?|姓是)(?:是|应该是|写成)?[: ]*{_NEW_ZH}(?:才对|吧|,|，|。|不好意思|抱歉)*"
)
_NOT_OLD_ZH = re.compile(
    rf"(?:标题|字幕|人名条?|名字|名牌|名条|奶奶|她|他)*(?:应该|其实)?(?:是|叫|写成?|姓)[ “\"]*{_NEW_ZH}[”\"]*[,， ]*(?:而)?(?:不是|不叫|不姓)[ “\"]*(?P<old>[\w'’ -]{{1,20}}?)[”\"]*(?:岁|吧|哦|啊|,|，|。)*"
)
_OWN_NAME_ZH = re.compile(
    rf"(?:人名条?|名字|名牌|名条)(?:[写打拼]错了?|不对|错了)[,， ]*(?:应该)?(?:是|改成|叫)[: “\"]*{_NEW_ZH}[”\"]*(?:才对|吧|。)*"
)


def respelt(message: str, scene: Scene) -> str:
    """The message with every such sentence as the change of a text; the message itself where there is none."""
    if not scene.of("text") or len(message) > 400 or _GATE.search(message) is None:
        return message
    made = []
    for sentence in re.split(r"((?<=[^\s])[.;!?。；！？\n]+(?:\s+|$))", message):
        told = next(_changes(sentence.strip(), scene), None) if sentence.strip() else None
        if told is None:
            made.append(sentence)
        elif re.search(r"[\u4e00-\u9fff]", sentence):
            made.append(f"“{told[0]}”改成“{told[1]}”")
        else:
            made.append(f'change "{told[0]}" to "{told[1]}"')
    return "".join(made)


def _changes(said: str, scene: Scene) -> Iterator[tuple[str, str]]:
    """The content of a text, and what it shall be."""
    contents = [t.segment.text.content for t in scene.of("text") if t.segment.text]
    names = [t.segment.text.content for t in scene.of("lower_third") if t.segment.text]
    eastern = re.search(r"[\u4e00-\u9fff]", said) is not None
    for form in (_SPELT_ZH, _NOT_OLD_ZH) if eastern else (_SPELT, _BUT, _NOT_OLD):
        if (match := form.fullmatch(said)) is None:
            continue
        old, lead = match["old"].strip(), ""
        if form is _NOT_OLD:  # as many words as are to go
            lead, new = _put_for(match["lead"].strip(" ,"), old)
        else:
            new = match["new"].strip()
        if form is _NOT_OLD_ZH and old.isdigit():
            new = re.sub(r"\D+$", "", new)
        for content in contents:
            if (changed := _with(content, old, new)) and _only(lead, content, old):
                yield content, changed
    if match := (_SURNAME_ZH if eastern else _SURNAME).fullmatch(said):
        which = match.groupdict().get("which") or "surname"
        for content in contents:
            words = content.split()
            if match["who"].lower() not in [w.lower() for w in words]:
                continue
            if which.lower() in ("surname", "last name", "family name") and len(words) > 1:
                yield content, " ".join([*words[:-1], match["new"]])
            elif which.lower() not in ("surname", "last name", "family name"):
                yield content, _with(content, match["who"], match["new"])
    own = (_OWN_NAME_ZH if eastern else _OWN_NAME).fullmatch(said)
    if own and len(names) == 1 and own["new"].lower() != names[0].lower():
        yield names[0], own["new"]
    if instead := _READS.fullmatch(said):
        yield from ((content, new) for content in contents if (new := _with(content, instead["old"], instead["new"])))
    if (right := _SHOULD.fullmatch(said)) and (meant := _most_alike(right["new"], contents)):
        yield meant, right["new"].strip()
    if gone := _WITHOUT.fullmatch(said):
        yield from _left_over(gone["old"].strip(" \"“”'"), contents)
    yield from _another_number(said, contents)


def _put_for(lead: str, old: str) -> tuple[str, str]:
    """What is said beside, and the words that stand for the old ones: the last ones, or the one number for a number."""
    numbers = [word for word in lead.split() if re.search(r"\d", word)]
    if old.strip("%$€£").isdigit() and len(numbers) == 1:
        bare = re.sub(r"[^\d.,]", "", numbers[0]) if old.isdigit() else numbers[0]
        return " ".join(word for word in lead.split() if word != numbers[0]), bare
    words, count = lead.split(), len(old.split())
    return " ".join(words[:-count]), " ".join(words[-count:])


def _with(content: str, old: str, new: str) -> str:
    """The content with other words for these; "" where it does not hold them."""
    edge = rf"(?<!\w){re.escape(old)}(?!\w)" if old.isascii() else re.escape(old)
    if new.lower().startswith(f"{old.lower()} ") and len(new.split()) >= len(content.split()):
        return new  # the name told again in full
    found = re.search(edge, content, re.I)
    return f"{content[: found.start()]}{new}{content[found.end() :]}" if found and old and new else ""


def _only(lead: str, content: str, old: str) -> bool:
    """Does the sentence say nothing beside: "it's ...", and words of the text itself?"""
    held = set(re.findall(r"[\w']+", content.lower())) if old.lower() != content.lower() else set[str]()
    words = re.findall(r"[\w'’]+", lead.lower())
    return all(_IDLE.fullmatch(word) or any(_akin(word.removesuffix("'s"), own) for own in held) for word in words)


def _akin(word: str, other: str) -> bool:
    """ "turning" and "turns": the same word in another form."""
    return word == other or (len(word) > 3 and word[:4] == other[:4] and abs(len(word) - len(other)) < 4)


def _left_over(old: str, contents: list[str]) -> Iterator[tuple[str, str]]:
    """ "remove New in: from the title": what stays of the text."""
    for content in contents:
        found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", content, re.I)
        left = " ".join(f"{content[: found.start()]} {content[found.end() :]}".split()).strip(" :,-") if found else ""
        if left:
            yield content, left


def _most_alike(new: str, contents: list[str]) -> str:
    """The text from which the new words differ least; "" where none is like them."""
    ranked = sorted(((SequenceMatcher(None, new.lower(), one.lower()).ratio(), one) for one in contents), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] > 0.55 and ranked[0][1] != new else ""


def _another_number(said: str, contents: list[str]) -> Iterator[tuple[str, str]]:
    """ "it's grandmas 81st actually, fix the title"."""
    updated = re.search(_UPDATED, said, re.I) is not None
    if not updated and not re.search(r"(?<![a-z])(?:fix|correct|wrong|typo|actually)(?![a-z])", said, re.I):
        return
    numbers = re.findall(r"(?<![\w.:])(\d+)(?:st|nd|rd|th)?(?![\w%:])", said)
    words = {w.lower().removesuffix("'s") for w in re.findall(r"[A-Za-z']{4,}", said)}
    for content in contents:
        there = re.findall(r"\d+", content)
        own = {w.lower() for w in re.findall(r"[A-Za-z]{4,}", content)}
        near = any(w == o or w == f"{o}s" for w in words for o in own)
        if len(numbers) == len(there) == 1 and numbers != there and near and "%" not in content:
            yield content, content.replace(there[0], numbers[0])
        elif updated and (other := _at_its_side(said, content)):
            yield content, other


_COUNTED = re.compile(r"(?P<before>[A-Za-z]+ )?(?P<number>[$€£]?\d+(?:[.,]\d+)?%?)(?![\w:])(?P<behind> [A-Za-z]+)?")


_OFFER = re.compile(r"(?<![a-z])(?:discount|offer|sale|deal|promo)(?![a-z])", re.I)


def _at_its_side(said: str, content: str) -> str:
    """ "the sale's 30% off now, update that text": the content with the number that has the same word beside it."""
    held = list(_COUNTED.finditer(content))
    if len(held) != 1:
        return ""
    old = held[0]
    for new in _COUNTED.finditer(said):
        beside = [w for w in ("before", "behind") if new[w] and old[w] and new[w].lower() == old[w].lower()]
        alike = re.sub(r"[\d.,]+", "", new["number"]) == re.sub(r"[\d.,]+", "", old["number"])
        offered = old["number"].endswith("%") and _OFFER.search(said)
        if (beside or offered) and alike and new["number"] != old["number"]:
            return f"{content[: old.start('number')]}{new['number']}{content[old.end('number') :]}"
    return ""
