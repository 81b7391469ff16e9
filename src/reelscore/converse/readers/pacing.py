"""Time as a whole: faster and slower, backwards; held still (`held_still`), repeated, brought to a length (`made_to_last`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.proportions import proportion
from reelscore.converse.readers.held_still import frozen
from reelscore.converse.readers.made_to_last import brought_to_length, looped
from reelscore.converse.reading import PLAYED, Reading, step, steps, targets
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said


def read(c: Clause) -> Iterator[Reading]:
    """Speed, reverse, freeze, loop, length."""
    yield from _speed(c)
    yield from _reverse(c)
    yield from frozen(c)
    yield from looped(c)
    yield from brought_to_length(c)


def _speed(c: Clause) -> Iterator[Reading]:
    fast, slow = c.has("speed_up"), c.has("slow_down")
    factor = c.quantity("factor")
    percent = c.quantity("percent")
    if patterns.search(
        r"又快又慢|又慢又快|快一?[点些]?,?(?:但|又|再)慢|慢一?[点些]?,?(?:但|又)快|(?<![a-z])(?:faster and slower|slower and faster)(?![a-z])",
        c.text,
    ):
        yield Reading((), 0.96, missed=Said("It cannot be faster and slower at once.", "不能同时又快又慢。"))
        return
    normal = patterns.search(r"(?:normal|original|regular) speed|正常速度|原速|恢复速度|恢复原来的速度", c.text)
    zero = c.quantity("number") if patterns.search(r"^(?:set )?(?:the )?speed(?: to)?|^速度", c.text) else None
    if zero is not None and not fast and not slow:
        yield step("speed", 0.9, factor=zero.number)
        return
    if not (
        fast or slow or normal or (factor and not c.has("bigger", "smaller", "zoom")) or (percent and c.has("speed"))
    ):
        return
    if patterns.search(r"(?<![a-z])(?:big|large|bigger|larger)(?![a-z])|[放变]?大一倍|字", c.text) and not (
        fast or slow
    ):
        return
    if patterns.search(r"[慢快缓](?:一?点儿?)?[推拉摇移](?!迟)|[推拉摇移](?:得|的)?[慢快]", c.text) and not c.mention(
        "film"
    ):
        return  # 慢点推: how the camera moves
    if factor and _OF_SIZE.search(c.text, factor.start, factor.end):
        return  # "a third of the size"
    if _OF_CUTTING.search(c.text) or (proportion(c.text, "size") and not proportion(c.text, "speed")):
        return  # "faster cuts", "half as big"
    if c.quantity("bpm") or c.quotes or (c.has("fade_in", "fade_out", "zoom") and not factor):
        return
    if factor and not (fast or slow) and _LOUD_TIMES.search(c.text):
        return  # 旁白声音1.5倍: how loud
    named = targets(c, PLAYED)
    if c.mention("title", "subtitle", "text"):
        return
    about = {t for m in c.mentions if m.kind not in ("film", "pronoun") for t in m.things}
    if about and about <= set(c.scene.of("image")) and factor is None:
        return  # "can the pics go faster, 2.5 s each": how long each is seen
    if patterns.search(r"too fast|太快", c.text) and slow:
        fast = False
    elif (far := patterns.search(r"太[快慢]", c.text)) and not (fast and slow):
        if c.scene.composed and patterns.search(r"节奏|曲速|拍子", c.text):
            return
        fast, slow = far[0] == "太慢", far[0] == "太快"
    if slow and factor and factor.number > 1 and _SLOW_AS_IT_IS.match(c.text):
        fast, slow = True, False  # 整期节奏慢,1.1倍速: what is wrong, and how fast it shall be
    fitted = patterns.search(
        r"(?<![a-z])(?:fits?(?: in| into| within)?|(?:done|over|finish(?:ed|es)?|through) (?:in|within)|takes?(?: only| just)?|(?:so|until|till) (?:that )?(?:it|everything|all of it|the (?:film|video|whole thing|clip))(?:'s| is| runs| lasts| takes| comes to)(?: only| just| about| exactly)?) (?:\d|a |one|two|three|ten|half)",
        c.text,
    )
    length = next((q for q in c.every("seconds") if q.cue in ("to", "within", "for") or fitted), None)
    if length and factor is None and percent is None and (fast or slow) and not c.has("fade_in", "fade_out", "zoom"):
        yield steps(
            "fit_duration",
            0.94,
            [n for n in named if n not in ("clip", "all")] or [None],
            to=plain(length),
            how="speed",
        )
        return
    if normal and (undone := _as_filmed(c)):
        yield undone
        return
    value = _factor(c, fast, slow)
    keep = False if c.has("keep_pitch_not") and not _PITCH_STAYS.search(c.text) else None
    music = named == ["music"]
    explicit = factor is not None or percent is not None or normal is not None or c.quantity("times") is not None
    if value is None:
        return
    score = 0.92 if explicit else 0.7
    if named and not music and not c.leaning:
        score = 0.92
    if music and c.scene.composed:
        score = 0.6  # composed music is played in another tempo, not sped up
    if not named and not c.mention("film") and not explicit and c.scene.composed:
        score = 0.92 if c.range else 0.62  # "speed it up from 5 to 8"
    if patterns.search(r"slow(?:-| )?mo|慢动作|慢镜头|升格|fast forward|快进", c.text):
        score = 0.93
    if "clip" in named and c.scene.clips == 1:
        named = []
    if c.has("reverse") and not patterns.search(r"reverse (?:the )?order", c.text):
        both = [*steps("reverse", 1, named or [None]).asked, *steps("speed", 1, named or [None], factor=value).asked]
        yield Reading(tuple(both), 0.95)
    yield steps("speed", score, named or [None], factor=value, keep_pitch=keep)


_SLOW_AS_IT_IS = re.compile(
    r"[^,。]{0,12}?(?:节奏|速度|语速|整体|说话|讲话|看着|有点|太|偏|比较|挺)(?:都|还是|有点|太|偏|比较|挺|得)*慢(?:了|啊|吞吞的?)*[,。]"
)
_PITCH_STAYS = re.compile(
    r"(?:别|不要?|不能|不会|没有?|避免|防止)(?:有|让|再)?变调"
    r"|(?<![a-z])(?:no|not|without|avoid|never|[a-z]+n'?t)(?![a-z])[^,.;]{0,30}?(?:chipmunk|higher pitch|pitch too)"
)
_LOUD_TIMES = re.compile(r"(?<![a-z])(?:volume|loudness)(?![a-z])|音量|声音?(?=[\d一二两三四五六七八九十.]+倍)")
_OF_SIZE = re.compile(r"(?<![a-z])(?:size|big|large)(?![a-z])")
_OF_CUTTING = Sieve(
    re.compile(
        r"(?:切换|换图|换画面|翻页|转场|剪辑)(?:的?(?:速度|节奏))?(?:别|不要|可以|再|稍微|太|有点|得|能不能| )*(?:那么|这么|太)?[快慢]|(?<![a-z])(?:faster|quicker|snappier|slower|quick|fast|slow) (?:cuts|cutting|editing|edits|paced cuts)(?![a-z])"
    )
)


def _factor(c: Clause, fast: bool, slow: bool) -> Plain:
    factor, percent = c.quantity("factor") or c.quantity("times"), c.quantity("percent")
    if (part := proportion(c.text, "speed")) is not None:
        return seconds(part)
    slowing = slow and not (fast and not patterns.search(r"slow|慢|减速", c.text))
    slowing = slowing and not patterns.search(r"faster|speed ~ up|加速|加快|提速|(?<!太)快", c.text)
    if factor is not None:
        value = Fraction(factor.value)
        return seconds(1 / value if slowing and value > 1 else value)
    if percent is not None:
        value = Fraction(percent.value) / 100
        lead = c.text[: percent.start]
        compared = patterns.search(
            r"%\s*(?:faster|slower|quicker)|(?:快|慢)(?:了|个|上)?\s*(?:\d|百分|[一二三四五六七八九]成)", c.text
        )
        by = patterns.search(r"\bby\b|加快|加速|减速|放慢|减慢|提速", lead)
        set_to = percent.cue in ("to", "at", "") and not compared and not by
        if percent.cue == "" and set_to and ((fast and value < 1) or (slowing and value < Fraction(1, 2))):
            set_to = _COMPARED.search(lead) is None  # "a tad quicker, like 10 percent"
        if set_to or patterns.search(r"(?:to|at|到|至) ?$", lead):
            return seconds(value)
        return seconds(1 - value if slowing else 1 + value)
    if patterns.search(r"normal speed|original speed|正常速度|原速|恢复速度", c.text):
        return 1
    a_bit, much = c.has("a_bit"), c.has("much")
    if slowing and c.has("halve"):
        return 0.5
    if slowing:
        return 0.8 if a_bit else 0.25 if patterns.search(r"super slow|very slow|超慢|extreme", c.text) else 0.5
    return 1.25 if a_bit else 4 if much and patterns.search(r"super|超", c.text) else 2 if much else 1.5


_COMPARED = re.compile(
    r"(?<![a-z])(?:faster|quicker|slower|snappier|speed(?:ed)? [a-z ]{0,20}?up|slow(?:ed)? [a-z ]{0,20}?down)(?![a-z])"
)


def times(factor: Fraction) -> Plain:
    """A factor as an edit takes it, exact: "4/5"."""
    return factor.numerator if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"


def _as_filmed(c: Clause) -> Reading | None:
    """What plays faster or slower than it was filmed, of what is named, at its own speed again: factors multiply."""
    both = patterns.search(r"(?<![a-z])(?:both|all|everything|every|them)(?![a-z])|都|全|所有", c.text)
    about = {t.segment.id for m in c.mentions if m.kind not in ("pronoun", "film", "all") for t in m.things}
    if not about and c.touched is not None and not both and c.mention("pronoun"):
        about = {c.touched.segment.id}
    changed = [t for t in c.scene.things if t.segment.speed != 1 and (not about or t.segment.id in about)]
    made = [step("speed", 1, which=t.segment.id, factor=times(1 / t.segment.speed)).asked[0] for t in changed]
    return Reading(tuple(made), 0.975) if made else None


_THERE_AND_BACK = Sieve(
    re.compile(
        r"(?<![a-z])(?:boomerang|ping-?pong|forwards?,? (?:and |&)?(?:then )?(?:back(?:wards?)?|(?:in )?reverse)|(?:plays?|goes|go|run|runs) (?:it )?there and back)(?![a-z])"
    )
)


def _there_and_back(c: Clause) -> Reading | None:
    """ "boomerang it", "forwards and then backwards": one clip, and behind it the same in reverse."""
    if not _THERE_AND_BACK.search(c.text) or c.quantities:
        return None
    clips = c.scene.of("clip")
    named = list(dict.fromkeys(t for m in c.mentions for t in m.things if len(m.things) == 1 and t in clips))
    if not named and c.touched in clips and c.mention("pronoun"):
        named = [t for t in clips if t is c.touched]
    named = named or list(clips)
    if len(named) != 1:
        return None
    one = named[0]
    copied = step("duplicate", 1, which=one.segment.id).asked
    back = step("reverse", 1, which=f"clip {clips.index(one) + 2}").asked
    return Reading((*copied, *back), 0.965, whole=True)


def _reverse(c: Clause) -> Iterator[Reading]:
    if (both := _there_and_back(c)) is not None:
        yield both
        return
    if not c.has("reverse") or patterns.search(r"order|顺序|排列", c.text) or c.quotes or _MIRRORED.search(c.text):
        return
    named = targets(c, PLAYED)
    if c.mention("film") and not named and c.scene.clips > 1:
        named = ["all clips"]
    if not named and c.scene.clips == 1 and c.mention("clip"):
        named = ["clip"]
    about = [t for m in c.mentions for t in m.things]
    if "backwards" in c.text and about and set(about) <= set(c.scene.of("image")):
        yield steps("flip", 0.95, named)  # a picture that stands still
        return
    yield steps("reverse", 0.9, named or [None])


_MIRRORED = re.compile(  # what is wrong with a picture that is to be flipped
    r"(?<![a-z])(?:writing|texts?|letters?|lettering|words?|signs?|logo|print)(?: on [a-z ]{2,20})? (?:is|are|looks?|reads?|shows up|comes out)(?: all| like)? (?:backwards?|reversed|in reverse)(?![a-z])|字[^,。]{0,4}(?:是|都|全)?反"
)
