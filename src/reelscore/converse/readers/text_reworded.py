"""Other words for a text that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.normalise import simplified
from reelscore.converse.reading import TEXT_KINDS, Reading, step, target
from reelscore.converse.sieves import Sieve

_KINDS = r"(?:title|headline|heading|subtitle|caption|lower[ -]third|name ?tag|text|line|words|wording|lettering)"

_INDEFINITE = Sieve(re.compile(rf"(?<![a-z])(?:an?|another|some|new) (?:[a-z]+ ){{0,2}}{_KINDS}"))

_DEFINITE = re.compile(rf"(?<![a-z])(?:the|my|that|this|her|his|its|our) (?:[a-z]+ ){{0,2}}{_KINDS}|[\ue100-\ue6ff]")

_TO_SAY = re.compile(  # between a text that is there and its new words
    r"(?: (?:is|was) (?:wrong|misspelled|misspelt|spelled wrong|spelt wrong)[,.;]?)? (?:its|it's|it is|it should be|should be)[ :]*|(?:'s)?(?: (?:text|words|wording|line|name))?(?: (?:is|was) (?:wrong|misspelled|misspelt)[,.;]?(?: it)?)?[ ,]*"
    r"(?:(?:please|now|really|just|so|rather|that|it'?s|it|should|ought|has|have|needs?|must|can|could|may|might|shall|will|would|wants?|supposed|to|is|be|instead|actually|change|changed|set|make|update)[ ,]*)*"
    r"(?:say|says|said|read|reads|be|become|becomes|spell|spelled|spelt|written|is|down as|to|into|with|for|by|=|-+>|=>|→|:)(?: now| just| only)?[ :]*"
)


def _told_anew(c: Clause) -> bool:
    """Does a text that is there get other words: "the title ought to read ...", "it's ..., not Anna"?"""
    quoted = c.quotes[-1]
    for m in c.mentions:
        if m.kind not in TEXT_KINDS or not (m.things or m.kind == "text"):
            continue
        own = patterns.search(r"[\ue100-\ue6ff]", c.text[m.start : m.end]) is not None
        held = (
            own
            or _DEFINITE.match(c.text, m.start)
            or not c.text[: m.start].strip()
            or _DEFINITE.search(c.text[: m.end])
        )
        if not held or not c.scene.of("text"):
            continue
        if m.end <= quoted.start and _TO_SAY.fullmatch(c.text, m.end, quoted.start):
            signed = (
                own
                or m.nth is not None
                or _DEFINITE.search(c.text[: m.end])
                or patterns.search(
                    r"[=>→]|change|rename|retitle|reword|make it|update|(?<![a-z])(?:in)?to |(?<![a-z])(?:should|must|ought|shall|needs?|has) ",
                    c.text[m.end : quoted.start],
                )
            )
            if signed and not patterns.search(r"(?<![a-z])(?:add|insert|another)(?![a-z])", c.text[: m.start]):
                return True
        if own and patterns.search(r"(?:[ ,]*(?:and )?not|instead of|rather than)[ :]*$", c.text[: m.start]):
            return True
        if own and patterns.search(
            r"(?<![a-z])(?:swap|replace|exchange|change|switch|turn)[a-z ]*$", c.text[: m.start]
        ):
            return True
    there = (m for m in c.mentions if m.start >= quoted.end and any(t.role == "text" for t in m.things))
    if any(
        patterns.search(r"[ ,]*(?:instead of|rather than|in place of|and not|not)[ :]*$", c.text[quoted.end : m.start])
        for m in there
    ):
        return True  # "caption: “Hey everyone” rather than hello there"
    return patterns.search(r"(?<![a-z])(?:spelled|spelt)(?![a-z])", c.text) is not None and bool(c.scene.of("text"))


_TO_READ_IT = r"(?<![a-z])(?:able to|can|could|to) read (?:it|that|this|them|everything)(?![a-z])"
_FILM_NAME = r"(?:影片|片子|视频|项目|工程|作品|短片|成片)(?:的)?(?:名字|名称|名)"


_FROM_TO = Sieve(
    re.compile(  # "bump the offer from "20% off" up to "30% off"": a text's own words, and others
        r"(?<![a-z])from [\ue100-\ue1ff]+ ?(?:up |down |over |straight )?to \ue000|从[\ue100-\ue1ff]+(?:改|换|变)?[到成为]\ue000"
    )
)


_SHALL_SAY = Sieve(
    re.compile(r"(?:it|there)? ?(?:should|must|has to|needs to|could|can|shall) (?:say|read|be written)(?![a-z])")
)


def on_a_bare_picture(c: Clause) -> bool:
    """ "below the garden picture it should say ...": of a picture that no text lies on, so it is a new one."""
    if c.text.isascii() or not c.quotes or _SHALL_SAY.search(c.text) is None:  # marks are not ASCII
        return False
    seen = [m for m in c.mentions if m.things]
    if len(seen) != 1 or len(seen[0].things) != 1 or seen[0].things[0].role != "clip":
        return False
    if patterns.search(
        r"(?:on|over|under|underneath|below|beneath|above|during) (?:the |my |our )?$", c.text[: seen[0].start]
    ):
        return True
    over = seen[0].things[0].span
    return not any(t.span.start < over.end and over.start < t.span.end for t in c.scene.of("text"))


def changing(c: Clause) -> bool:
    """Other words for a text that is there."""
    if patterns.match(
        r"\s*(?:please |just )*(?:delete|remove|drop|lose|kill|erase|get rid of|take (?:out|away|off))(?![a-z])", c.text
    ):
        return False
    gone = c.around.before and getattr(c.around.before[-1], "command", "") in ("remove_text", "remove")
    if gone and (c.has("add") or patterns.search(r"(?<![a-z])(?:write|show|have|say)(?![a-z])", c.text)):
        return False  # "remove the title & add ... instead"
    if on_a_bare_picture(c):
        return False
    if _told_anew(c) or _FROM_TO.search(c.text):
        return True
    if (
        _INDEFINITE.search(c.text)
        and not _DEFINITE.search(c.text)
        and not patterns.search(r"(?<![a-z])(?:it|change|replace)(?![a-z])", c.text)
    ):
        return False
    if (
        c.has("add")
        and patterns.search(
            r"(?:add|insert|put) (?:a|an|another|in|the text|text|new)\b|^(?:加|添加|插入|来)|再加|加(?:上)?(?:一?[个行条句])",
            c.text,
        )
        and not patterns.search(r"instead|改成|换成|改为", c.text)
    ):
        return False
    if not c.has("change_text") or patterns.search(_FILM_NAME, c.text) or patterns.search(_TO_READ_IT, c.text):
        return False
    there = [t for t in c.scene.things if t.role == "text"]
    if not there:
        return False
    return bool(
        patterns.search(
            r"change|replace|should (?:say|read|be)|instead|reword|now says|edit|update|correct|fix|rename|改|翻译?成|译成|换成|换个|换一|换做|换作|写错|打错|错了|应该|替换|更正|make (?:the|it|that)|set the|spell|拼成|reads?(?![a-z ])|\bto\b \ue000",
            c.text,
        )
    ) or (
        bool(c.mention(*TEXT_KINDS, "pronoun"))
        and bool(patterns.search(r"^(?:the |that )?\w+ (?:says?|reads?)|写成", c.text))
    )


_TAKEN_OUT = Sieve(
    re.compile(  # 标题里的Trail去掉
        r"(?:标题|字幕|文字|人名条?|名条|片名)(?:里面?|中|上面?)的?[“”\"'「]?(?P<old>[^“”\"'「」，,。]{1,24}?)[”“\"'」]?(?:这?[几两三个]+(?:字|词))?(?:去掉|去了|删掉|删了|删去|拿掉|不要了?)"
    )
)
_REWORDED = Sieve(
    re.compile(
        r"(?:(?:标题|字幕|文字|人名条?|名条|片名|名牌|字)(?:里面?|中|上面?|那里|那儿)的?(?:不是)?|[把将](?!(?:标题|字幕|文字|人名条?|名条|片名)(?:里|中|上))|不是)[“”\"'「]?(?P<old>[^“”\"'「」，,。]{1,24}?)[”“\"'」]?"
        r"(?:这个?词|几个字|两个字|个字)?[,，]?(?:改成|换成|改为|换为|替换成|替换为|换做|改作|而是|是)[“”\"'「]?(?P<new>[^“”\"'「」，,。]{1,40}?)[”“\"'」]?(?:帮我.*|吧|了|改一下)?[。!！]*$"
    )
)


def reworded(c: Clause) -> Iterator[Reading]:
    """标题里的Weekend换成Holiday, 不是Anna是安妮: some words of a text that is there."""
    said = c.said()
    if (out := _TAKEN_OUT.search(simplified(said))) is not None and out["old"]:
        old = said[slice(*out.span("old"))].strip()
        for thing in c.scene.of("text"):
            content = thing.segment.text.content if thing.segment.text else ""
            if old and old != content and content.count(old) == 1 and (left := content.replace(old, "").strip()):
                yield step("change_text", 0.97, which=thing.segment.id, text=left)
                return
    found = _REWORDED.search(simplified(said))
    if found is None or not found["new"].strip():
        return
    old, new = said[slice(*found.span("old"))].strip(), said[slice(*found.span("new"))].strip()
    for thing in c.scene.of("text"):
        content = thing.segment.text.content if thing.segment.text else ""
        at = content.lower().find(old.lower())
        if at >= 0:
            words = content[:at] + new + content[at + len(old) :]
            yield step("change_text", 0.97, which=thing.segment.id, text=words)
            return


def _alike(c: Clause, words: str) -> str | None:
    """The one text from which the new words differ in a part only: "25% off" where "20% off" is."""
    new, found = words.lower().split(), []
    for thing in c.scene.of("text"):
        old = thing.segment.text.content.lower().split() if thing.segment.text else []
        same = sum(a == b for a, b in zip(old, new, strict=False))
        if len(old) == len(new) and same and 2 * same >= len(new):
            found.append(thing.segment.id)
    return found[0] if len(found) == 1 and c.touched is None else None


_KIND_SAID = re.compile(
    r"(?P<title>(?<![a-z])(?:title|headline|heading)(?![a-z])|标题|片名)|(?P<subtitle>(?<![a-z])(?:subtitle|caption)(?![a-z])|字幕)|(?P<lower_third>(?<![a-z])(?:lower[ -]third|name ?tag)(?![a-z])|人?名条)"
)


_OWN_INTO = Sieve(
    re.compile(
        r"(?<![a-z])(?:put|write|use|have|show) (?:the (?:name|word|words|text) )?(?P<own>[\ue100-\ue6ff]+) (?:in|into|as|for) (?:the |my |our )?(?=(?:title|subtitle|caption|lower third|name ?tag|headline)(?![a-z]))"
    )
)


def _own_words_into(c: Clause) -> Reading | None:
    """ "put Anna in the title": the words of one text become those of another."""
    found = None if c.text.isascii() or c.quotes else _OWN_INTO.search(c.text)
    if found is None:
        return None
    told = next((t for m in c.mentions if m.start <= found.start("own") < m.end for t in m.things), None)
    other = next((m for m in c.mentions if m.start <= found.end() < m.end and len(m.things) == 1), None)
    if told is None or told.segment.text is None or other is None or other.things[0].segment.id == told.segment.id:
        return None
    return step("change_text", 0.96, which=other.said, text=told.segment.text.content)


_OPENING_ZH = re.compile(
    r"[ ,]*(?:把|将|请|帮我|那|就)*(?:片头|开头|开场)(?:的?[那这]?(?:几|两|行|句|个)*(?:字|文字))?(?=[要请给帮可能就也]*(?:改|换))"
)


def changed(c: Clause) -> Iterator[Reading]:
    if (moved := _own_words_into(c)) is not None:
        yield moved
    if not c.quotes or not changing(c):
        return
    if c.has("rename") and patterns.search(r"project|video'?s (?:title|name)|film'?s (?:title|name)|项目|工程", c.text):
        return
    new = c.quotes[-1]
    which = target(c, ("title", "subtitle", "lower_third"), pronouns=False) or target(c, TEXT_KINDS)
    if which in (None, "text") and (kind := _KIND_SAID.search(c.text)):  # "the title text", 标题的字
        which = next(name for name, said in kind.groupdict().items() if said).replace("_", " ")
    which = which or _alike(c, new.words)
    if which in (None, "text") and c.scene.of("title") and _OPENING_ZH.match(c.text):
        which = "title"  # 片头改叫…
    if (
        which is None
        and not c.mention("pronoun")
        and not patterns.search(r"text|words|文字|字|文案", c.text)
        and len(c.quotes) < 2
    ):
        return
    yield step("change_text", 0.96, which=which if which != "text" else None, text=new.words)
