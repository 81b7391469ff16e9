"""The film begins or ends with one thing that is named, and what lies before or behind it goes: "start at the lake and
drop what comes before it", "stop after the lake, cut the rest", "end the video when the voiceover ends". English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.readers.extent_forms import lead, small, tail, verbs_of
from reelscore.converse.reading import Reading, step, steps
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said

_SIEVE = Sieve(
    re.compile(r"(?<![a-z])(?:before|after|rest|when|where|once|follow(?:s|ing|ed)?|behind|ahead|ends)(?![a-z])")
)
_SCORE = 0.968


def read(c: Clause) -> Iterator[Reading]:
    """The clips that go, or the stretch."""
    if len(c.text) > 100 or c.quotes or c.quantities or not c.scene.clips or not _SIEVE.search(c.text):
        return
    thing, text = _drawn(c)
    front, back, over, beside = _forms()
    if thing is None and (side := beside.fullmatch(text)):
        yield from _beside_it(c, side["before"] is not None)
    if thing is None:
        return
    if over.fullmatch(text):
        if 0 < thing.span.end < c.scene.duration:
            yield Reading(step("cut_range", 1, start=seconds(thing.span.end), end="end").asked, _SCORE, whole=True)
        return
    clips = c.scene.of("clip")
    if thing not in clips:
        return
    at = clips.index(thing)
    begins = front.fullmatch(text)
    if not begins and not back.fullmatch(text):
        return
    if gone := clips[:at] if begins else clips[at + 1 :]:
        yield Reading(steps("remove", 1, [t.segment.id for t in gone]).asked, _SCORE, whole=True)
    else:
        yield Reading((), _SCORE, missed=_FIRST if begins else _LAST, whole=True)


_FIRST = Said("Nothing comes before it: the film starts there.", "它前面没有内容：影片就从那里开始。")
_LAST = Said("Nothing comes after it: the film ends there.", "它后面没有内容：影片就在那里结束。")


_OF_WHAT = Said("Before or after what? Name the clip or the moment.", "在什么之前或之后？请说出片段或时间。")


def _beside_it(c: Clause, before: bool) -> Iterator[Reading]:
    """ "everything after it", of the clip that was just spoken of; never all there is."""
    one, clips = c.spoken_of if c.around.focus else c.touched, c.scene.of("clip")
    if one not in clips:
        yield Reading((), _SCORE, missed=_OF_WHAT)
        return
    at = clips.index(one)
    if gone := clips[:at] if before else clips[at + 1 :]:
        yield steps("remove", _SCORE, [t.segment.id for t in gone])
    else:
        yield Reading((), _SCORE, missed=_FIRST if before else _LAST)


def _drawn(c: Clause) -> tuple[Thing | None, str]:
    """The one thing that is named, and the words with X in its place, F for the film and P for a pronoun."""
    letters = {"film": "F", "pronoun": "P"}
    thing: Thing | None = None
    words, at = "", 0
    for m in c.mentions:
        said = c.text[m.start : m.end]
        letter = letters.get(m.kind, "")
        if not letter and len(m.things) == 1 and not m.every and not _BESIDE.search(said):
            if thing is not None:
                return None, ""
            letter, thing = "X", m.things[0]
        if letter and m.start >= at:
            words += f"{c.text[at : m.start]} {letter} "
            at = m.end
    words = small().sub(" ", re.sub(r"[!?.:;,()]+", " , ", re.sub(r"'s(?= )", " 's", words + c.text[at:])))
    words = " ".join(words.split()).strip(" ,")
    return thing, tail().sub("", lead().sub("", words))


_BESIDE = re.compile(r"(?<![a-z])(?:before|after|rest|others?|else|behind|following|follows|precedes)(?![a-z])")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """What goes: before a clip, after it, after the moment at which something is over."""
    cut = verbs_of("cut")
    what = r"(?:everything|all|anything|whatever|what|stuff|clips|bits|parts|shots|ones|part|bit|rest|footage)"
    is_ = r"(?: ?(?:that|which))?(?: ?(?:comes|came|is|was|are|'s|goes|happens|lies|plays))?"
    it = r"(?: (?:that|it|there|then|P|this))?"
    joint = r"(?: ,)?(?: (?:and|so|then|by|with))*(?: ,)? "
    will = r"(?:F )?(?:should |must |could |can |needs to |to |will )?"
    begins = rf"{will}(?:start|begin|open|kick off)s?(?: F| P)? (?:at|with|on|from) X"
    ends = rf"{will}(?:end|stop|finish|close|conclude)s?(?: F| P)? (?:at|with|on|after) X"
    goes = rf"(?: ,)?(?: and)? {verbs_of('go')}"
    front = rf"{begins}{joint}{what}{is_} ?(?:before|earlier|up to|in front of|ahead of){it}{goes}|{begins}{joint}(?:{cut}|cutting|dropping|losing|removing)(?: off| out| away)? (?:{what}{is_} ?(?:before|earlier|up to|in front|in front of|ahead of|prior to){it}|{what}(?: that)? (?:precedes|preceding)(?: that| it| P)?)"
    back = rf"{ends}{joint}{what}{is_} ?(?:after|behind|following|past|beyond|follows){it}{goes}|{ends}{joint}(?:{cut}|cutting|dropping|losing|removing)(?: off| out| away)? (?:{what}{is_} ?(?:after|behind|following|past|later|next|beyond|follows){it}|(?:{what} )?(?:that )?follows(?: it| that| P)?|(?:all )?rest|others|everything else|remainder)"
    so = r"(?:(?:cut|trim|make|shorten) (?:P|F) ?(?:so (?:that )?|to )?(?:P|F)? ?|F |(?:let|have|make) F )?"
    over = rf"{so}(?:should |must |needs to )?(?:end|stop|finish)s?(?: F| P)? (?:right |exactly )?(?:when|where|once|as soon as|right when|as) X (?:ends|stops|is over|finishes|is done|is finished|runs out|does)"
    over += r"|(?:cut|trim|remove|delete|drop) (?:everything |all |F |P )?(?:after|once|when|off when|off after|off once) X (?:ends|stops|is over|finishes|is done|is finished)"
    beside = rf"(?:{cut})(?: off| out| away)? (?:everything|all|anything|whatever|what|all of it){is_} ?(?:(?P<before>before|ahead of|in front of)|after|behind|following|past|beyond) (?:that|it|there|then|P|this)"
    return tuple(re.compile(form) for form in (front, back, over, beside))
