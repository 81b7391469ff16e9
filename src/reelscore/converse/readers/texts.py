"""Which text on the picture is spoken of: by its kind, its own words, or because the talk is about it."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.quotes import Quoted
from reelscore.converse.reading import TEXT_KINDS, targets
from reelscore.converse.sieves import Sieve
from reelscore.converse.tag_lines import NAME_WRITTEN


def kind_of_text(c: Clause) -> str | None:
    """Which kind of text is spoken of: title, subtitle or lower_third."""
    if c.mention("lower_third") or patterns.search(
        r"(?<![a-z])(?:under(?:neath)?|below|beneath) (?:her|him|them|me)(?![a-z])|(?<![a-z])(?:put|show|display|add) (?:my|her|his|their|(?:the|our|my) (?:guest|host|speaker|interviewee)\'?s?) (?:full )?name(?![a-z])|(?<![a-z])(?:put|show|display|add|write|bring up) (?:the )?(?:full )?names? of (?:the|our|my|her|his|this|that) [a-z]+|(?<![a-z])who(?:\'s| is) (?:talking|speaking)(?![a-z])|introduce the speaker|introduce \ue000|name strap|人物介绍|介绍(?:嘉宾|主持|说话)",
        c.text,
    ):
        return "lower_third"
    if c.quotes and not c.mention("title", "subtitle") and NAME_WRITTEN.search(c.text):
        return "lower_third"
    if c.mention("title") or c.has("end_credits") or ("chapter" in c.text and _A_CARD.search(c.text)):
        return "title"
    if c.mention("subtitle"):
        return "subtitle"
    if c.touched is not None and c.touched.role == "text" and _ONE_MORE_ZH.search(c.text):
        return next((k for k in _OF_ITS_KIND if c.touched in c.scene.of(k)), None)
    if c.around.before and _A_NEW_ONE.search(c.text):  # after a text that was spoken of
        last = c.around.before[-1]
        which = str(dict(last.args).get("which") or getattr(last, "command", ""))
        thing = c.scene.find(which)
        return next((k for k in _OF_ITS_KIND if k == which or (thing and thing in c.scene.of(k))), None)
    return None


_ONE_MORE_ZH = re.compile(r"再(?:来|加|写|放|打)(?:上)?一?[行条句个]")
_A_CARD = re.compile(r"(?<![a-z])chapter (?:card|slide|heading|name)(?![a-z])")
_OF_ITS_KIND = ("title", "subtitle", "lower_third")
_A_NEW_ONE = Sieve(
    re.compile(
        r"(?<![a-z])(?:a new|another|a different|a second|a better|one|new) ?one(?![a-z])|(?<![a-z])another(?= at| for| that|:)|(?<![a-z])instead(?![a-z])(?! of)"
    )
)


def named_text(c: Clause, quoted: Quoted, whole: bool = False) -> str | None:
    """The text that says what is quoted, or (unless the `whole` is meant) has it in it."""
    wanted = " ".join(quoted.words.lower().split())
    for thing in c.scene.of("text"):
        text = thing.segment.text
        content = " ".join(text.content.lower().split()) if text else ""
        if wanted == content or (content and wanted in content and not whole):
            return thing.segment.id
    return None


def texts_meant(c: Clause) -> list[str]:
    spoken = [m for m in c.mentions if m.kind in TEXT_KINDS]
    own = [m for m in spoken if not m.bare or (len(m.things) == 1 and m.said == m.things[0].segment.id)]
    named = [m.said for m in spoken if not own or m in own or _beside(c, m, own)]
    if c.quotes:
        named = [i for q in c.quotes if (i := named_text(c, q))] or named
    if not named and not c.mentions and len(just := _just_told(c)) > 1:
        return just  # 三条字幕都居中,字号大一点: of them all
    if not named:
        named = targets(c, TEXT_KINDS)
    named = list(dict.fromkeys(named))
    if named == ["text"] and (end := _AT_AN_END.search(c.text)) and (held := c.scene.of("text")):
        in_time = sorted(held, key=lambda thing: thing.span.start)
        return [in_time[-1 if end[1] == "end" else 0].segment.id]
    if len(named) > 1 and "text" in named:
        named.remove("text")  # "the letters of the title"
    if named in ([], ["text"]) and c.context.steps and not c.around.focus and _goes_on(c):
        return [c.touched.segment.id] if c.touched else []
    if named == ["text"] and c.around.focus_kind == "text" and c.around.focus and _ITS_LETTERS.search(c.text):
        return [c.around.focus]  # 标题改成“海边”,字大一点
    return [] if named == ["text"] else named


_AT_AN_END = re.compile(
    r"(?<![a-z])(?:text|words|writing|lettering) (?:at|near|right at) the (?:very )?(end|start|beginning)(?! of)(?![a-z])"
)


def _just_told(c: Clause) -> list[str]:
    """The texts of the clause before, where it was about several."""
    named = [str(dict(one.args).get("which", "")) for one in c.around.before]
    texts = {t.segment.id for t in c.scene.of("text")}
    return named if set(named) <= texts and len(set(named)) == len(named) else []


def _beside(c: Clause, one: Mention, own: list[Mention]) -> bool:
    """Is it another text than those: "the offer and the title"? "The caption that says told you" is that one."""
    taken = {thing.segment.id for m in own for thing in m.things}
    if not one.things or len(one.things) != 1 or one.things[0].segment.id in taken:
        return False
    gaps = (c.text[min(m.end, one.end) : max(m.start, one.start)] for m in own)
    return any(_AND.fullmatch(gap) for gap in gaps)


_AND = re.compile(r"[ ,]*(?:and|plus|or|both)?(?: the| my)? ?|[ ,，]*(?:那[行条句个])?(?:和|跟|与|还有|、|,)+ ?")
_ITS_LETTERS = re.compile(r"^(?!.*(?:所有|全部|都|每)).*字")


def _goes_on(c: Clause) -> bool:
    """斜体, 字再小一些, said after an edit of a text: that text."""
    last = c.context.steps[-1]
    return (
        c.touched is not None
        and c.touched.role == "text"
        and getattr(last, "command", "").startswith(("text", "title", "subtitle", "lower", "change_text"))
        and bool(dict(last.args).get("which") or dict(last.args).get("text"))
        and patterns.search(r"[\u4e00-\u9fff]", c.text) is not None
        and patterns.search(r"所有|全部|都|每", c.text) is None
        and len(c.text) < 22
    )


def text_spoken(c: Clause) -> bool:
    """Is a text spoken of, by its kind, its words or "it"?"""
    if c.mention(*TEXT_KINDS) or "font" in c.text:
        return True
    if any(named_text(c, q) for q in c.quotes):
        return True
    if c.around.focus_kind == "text" and not c.mentions:
        return True
    if c.around.before and not c.mentions and getattr(c.around.before[-1], "command", "") == "text_style":
        return True  # 字换成白色再加个阴影: of them all
    thing = c.touched
    if c.leaning and thing and thing.role == "text" and not c.around.focus:
        return True
    focused = c.around.focus_kind == "text" if c.around.focus else bool(thing and thing.role == "text")
    return focused and c.mention("pronoun") is not None
