"""What is taken off the timeline as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import SOUND, denied, only_a_property, taken_zh
from reelscore.converse.mention import Mention
from reelscore.converse.readers.files_meant import files_named
from reelscore.converse.readers.parts import of_a_thing
from reelscore.converse.reading import (
    PICTURE_KINDS,
    SOUND_KINDS,
    TEXT_KINDS,
    Reading,
    steps,
    targets,
)
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said, Step
from reelscore.values.message import Option, Question

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def which_clip(c: Clause, command: str) -> Question:
    """Which of the clips is meant? The one the conversation was about first."""
    clips = list(c.scene.of("clip"))
    if (thing := c.touched) in clips and thing is not None:
        clips.remove(thing)
        clips.insert(0, thing)
    numbers = {t.segment.id: n for n, t in enumerate(c.scene.of("clip"), 1)}
    options = tuple(
        Option(
            Said(
                f"clip {numbers[t.segment.id]} ({t.segment.name})", f"片段 {numbers[t.segment.id]}（{t.segment.name}）"
            ),
            (Step(command, (("which", t.segment.id),)),),
        )
        for t in clips[:3]
    )
    return Question(Said("Which clip?", "哪一个片段？"), options)


_PART = re.compile(
    r" ?的?(?:那|这)?(?:[前后]面?一?(?:半|部分|截|点|小段)|(?:开头|结尾|末尾|尾部|头部|中间|尾巴)(?!的?(?:片段|视频|标题|字幕|logo))|(?:一|大|小)半|一部分|一小段)"
)


def _said_with_it(c: Clause, named: list[str]) -> list[str]:
    """她喜欢看照片,狗狗那张不要了: kinds that are only spoken of in another part of the sentence do not go."""
    if "all" in named and len(named) == 2 and (where := _EVERYTHING_AT.search(c.text)):
        return [m.said for m in c.mentions if m.start >= where.end() and m.said in named] or named
    spoken = {m.said for m in c.mentions if m.bare and len(m.things) > 1}
    one = next((m for m in c.mentions if len(m.things) == 1 and m.said in named), None)
    if one is None or not spoken or not spoken < set(named):
        return named
    apart = {m.said for m in c.mentions if m.said in spoken and _apart(c.text, m, one)}
    return [said for said in named if said not in apart]


_PROPERTIES_ZH = "圆角|阴影|描边|边框|暗角"
_SOME_CLIP = re.compile(
    r"(?:其中|有|某|随便(?:哪)?)的?一?[段张](?![时字话])|(?:one|some) of (?:them|these|those)(?![a-z])"
)
_EVERYTHING_AT = re.compile(r"(?<![a-z])(?:everything|all)(?: (?:that'?s|that is))? (?:at|in|from|of|during|with) ")
_NO_LIST = re.compile(r"[^,;.。；、和与跟and &]{2}")
_LIST_LEAD = re.compile(r"(?:把|将|请|给我|帮我|所有|全部|那些|这些|删掉?|去掉|不要|麻烦|都|的)*")


def _apart(text: str, a: Mention, b: Mention) -> bool:
    """Is the kind `a` said in another part of the sentence than `b`, and not in a list with it?"""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    if re.search(r"[,;.。；]", between) is None:
        return False
    lead = text[: a.start].rpartition(",")[2]
    told = not text.isascii() and a.end <= b.start and _LIST_LEAD.fullmatch(lead) is None
    return told or _NO_LIST.search(between) is not None


_A_GAP = re.compile(r"(?<![a-z])(?:gap|silence|pause|space)s? (?:in )?between (?:the |my |both )?[a-z]")


_BARS = re.compile(r"(?<![a-z])(?:bars|borders|margins|empty space|white space)(?![a-z])|[黑白灰]边|黑框")
_THEM = Sieve(re.compile(r"(?<![a-z])(?:them|it|those|that)(?![a-z])|^[^,。]{0,4}(?:去掉|去了|弄掉|删掉)"))


def of_bars(c: Clause) -> bool:
    """Is it what lies beside a picture that shall go: "there are black bars on the selfie, get rid of them"?"""
    if _BARS.search(c.text):
        return True
    named = any(m.kind != "pronoun" for m in c.mentions)
    return not named and _THEM.search(c.text) is not None and _BARS.search(c.plain.text, 0, c.span[0]) is not None


_AND = re.compile(r"[\s,、和与跟&]*(?:and|以及|还有)?(?: the| my| all| any)*\s*(?:所有的?|全部的?|那个|这个)?")
_TAKEN_OFF = {"filter": "remove_filter", "transition": "remove_transition"}


def _each_listed(c: Clause) -> Iterator[Reading]:
    """ "remove the title and the filters": what is no thing of the timeline goes with the things that are."""
    named = c.mentions
    listed = all(_AND.fullmatch(c.text, a.end, b.start) for a, b in pairwise(named))
    if len(named) < 2 or not listed or c.quotes or c.quantities or not all(m.kind in _LISTED for m in named):
        return
    made: list[Step] = []
    for m in named:
        name = _TAKEN_OFF.get(m.kind) or ("remove_text" if m.kind in TEXT_KINDS else "remove")
        made.append(Step(name, () if m.kind in _TAKEN_OFF else (("which", m.said),)))
    yield Reading(tuple(made), 0.965)


_LISTED = ("filter", "transition", "music", "voice", "overlay", "logo", *TEXT_KINDS)


_NOT_ON = re.compile(r"(?<![a-z])(?:off|away|gone)(?![a-z])")  # "music off in the lake clip" may only silence it


def _no_such_clip(c: Clause) -> bool:
    """ "no intro": a clip of that name, and no more said."""
    if " no " not in f" {c.text}" or len(c.mentions) != 1 or len(c.mentions[0].things) != 1:
        return False
    one = c.mentions[0]
    rest = f"{c.text[: one.start]}@{c.text[one.end :]}"
    return one.things[0].role in ("clip", "overlay") and _NO.fullmatch(rest) is not None


_KEPT_BEFORE = re.compile(r"\s*(?:please |so |ok,? |and )*(?:just|only|keep|use) ")
_NO = re.compile(r"\s*(?:(?:and|but|with|so|please),? )*no (?:more )?@(?: please| pls| at all| then)*[ .!]*")


def removed(c: Clause) -> Iterator[Reading]:
    """Whole things are taken away; which clip is asked where only "the clip" is said."""
    if " between" in c.text and _A_GAP.search(c.text):
        return  # "remove the gap between the songs" takes no song away
    removing = c.has("remove") or patterns.search(
        r"^(?:please )?no (?=(?:background |backing |bg )?(?:music|track|soundtrack|bgm|song)(?![a-z])|bgm|voice|overlay|logo)|without (?:the |any )?(?:background |backing )?(?:music|voice|overlay)|^(?:please |but |and |the same )*without "
        r"|^(?:please |just |now |then )*cut (?:out )?(?:everything|all|anything|whatever|what(?:'s| is)|the (?:part|bit|stuff|clips?|shots?)) (?:that'?s |in )?between ",
        c.text,
    )
    if not (removing or _no_such_clip(c)) or (c.has("export") and not c.has("remove")):
        return
    if c.every("seconds", "percent") or c.mention("transition", "marker", "filter"):
        yield from _each_listed(c)
        return
    if only_a_property(c.text) or denied(c.text, SOUND) or taken_zh(c.text, _PROPERTIES_ZH):
        return  # "get rid of the lake's sound"
    if c.has("replace") and files_named(c, behind=True) and patterns.search(r"replace|swap|换|替", c.text):
        return
    if of_a_thing(c) or of_bars(c) or "'s colo" in c.text:
        return
    if any(_PART.match(c.text, m.end) for m in c.mentions):
        return  # 片段2后一半剪掉: a part of it, and not the thing
    if c.mention("other") and _KEPT_BEFORE.match(c.text):
        return  # "just hiking and the drone, lose the others"
    named = targets(c, _ANY)
    named = [said for said in named if said != "audio"]
    named = _said_with_it(c, named)
    if (
        any(m.kind == "music" for m in c.mentions)
        and [w for w in c.wishes if not w.idle and w.kind != "role"]
        and c.has("generate")
    ):
        return  # "…music, no drums" describes what is wanted
    if named == ["clip"] and c.scene.clips > 1:
        yield Reading((), 0.94, question=which_clip(c, "remove"))
        return
    if not named and c.mention("film"):
        if c.scene.clips > 1:
            yield Reading((), 0.94, question=which_clip(c, "remove"))
            return
        named = ["clip"]
    if not named and c.scene.clips > 1 and _SOME_CLIP.search(c.text):
        yield Reading((), 0.94, question=which_clip(c, "remove"))
        return
    if not named:
        return
    if all(m.kind in TEXT_KINDS for m in c.mentions if m.said in named) and any(m.said in named for m in c.mentions):
        return
    if any(m.kind == "own" for m in c.mentions):
        return
    plainly = c.has("remove") and not _NOT_ON.search(c.text)
    score = 0.93 if plainly or patterns.search(r"take|清|撤", c.text) else 0.85
    yield steps("remove", score, named)
