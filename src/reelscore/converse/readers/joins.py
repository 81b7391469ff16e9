"""How clips meet: transitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.denied import taken_zh
from reelscore.converse.mention import Mention
from reelscore.converse.numbers import value_of
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.join_lengths import lasting, longer_or_shorter, paced
from reelscore.converse.readers.sides import heading
from reelscore.converse.reading import PICTURE_KINDS, Reading, step, steps, targets, unnamed
from reelscore.converse.sieves import Sieve

_NAMED = re.compile(
    r"(?<![a-z])(?:slide|push|swipe|fly) (?:the |each |every |all |all the |my )*(?:photo|picture|pic|clip|image|slide|shot|video)s? in(?![a-z])|(?:photo|picture|pic|clip|image|shot)s (?:should |to |must |can |could |could all |all )?(?:slide|push|swipe|wipe|fly)(?: in(?! from)| over| each other| instead| rather|,| than)(?![a-z])|transitions?|cross-?fade|dissolve|dips? to|wipe|(?<![a-z])(?:each|every|all(?: the| my)?) (?:photo|picture|pic|clip|image|slide|shot)s? (?:should |to |must |can |could )?(?:slide|push|swipe|wipe|fly)s? in from|(?<![a-z])(?:go|get|cut|move|switch|jump|pass|change|lead)(?:es|s)? from [^,;]{2,30} to [^,;]{2,30} (?:with|by|using|via|through) (?:an? )?(?:[a-z]+ )?(?:zoom|slide|push|swipe|flash)(?![a-z])|(?<![a-z])(?:slide|push) (?:transition|(?:(?:from )?(?:left|right|top|bottom) to (?:the )?(?:left|right|top|bottom) )?(?:between|into))|(?:join|link|connect|stitch|blend)(?: [a-z]+){1,4} with (?:[a-z]+ )?fades?(?![a-z])|fades? (?:between|through|from clip|(?:in)?to (?:black|white) (?:between|into))|(?:fad|blend|slid|push|wip|swip|zoom|melt)[a-z]{0,4} (?:smoothly |gently |softly )?from (?:one|each|every|(?:clip|photo|picture|pic|shot|image|slide|video|scene) to )|flash|(?:hard|plain|straight|jump|normal|regular|simple|clean|ordinary) cuts?"
    r"|转场|过渡|叠化|溶解|擦除|闪(?:个|一下)?[黑白]|白闪|黑闪|(?<![从到至为])白场|划像|硬切|直切|(?<!秒)直接切(?=换|就[行好]|吧|$|[,。])|之间的?切换|之间[^,。]{0,12}淡[化入]|交叉淡化|切换效果|推移|黑场过渡"
)
JOIN = Sieve(_NAMED)


def read(c: Clause) -> Iterator[Reading]:
    """Transitions."""
    yield from _transition(c)


def _transition(c: Clause) -> Iterator[Reading]:
    if c.quotes:
        return
    if (as_long := lasting(c)) is not None:
        yield as_long
        return
    unwanted = _TO_CUTS.search(c.text) is not None
    joined = any(track.transitions for track in c.scene.timeline.tracks)
    if not unwanted and not JOIN.search(c.text) and not (joined and _SWITCHING.search(c.text)):
        led = patterns.search(
            r"(?<![a-z])(?:fad|blend|slid|push|wip|swip|zoom|melt)[a-z]{0,4} (?:smoothly |gently |softly |over )?from (?=[^,;]{2,30} (?:in|on)?to )(?!black|white|silence)|(?<![a-z])(?:should |to )?fade(?:s)? (?:in)?to (?:the )?(?!black|white|silence)|smooth(?:er)?(?: out)? (?:all )?(?:the )?(?:cuts|edits)|softer cuts|(?<![a-z])(?:cut|change|jump|switche?|transition)s? from (?=[^,;]{2,30} to )(?=[^.;]*(?:abrupt|harsh|sudden|jarring|rough|hard))|(?<![a-z])(?:abrupt|harsh|sudden|jarring|rough|hard)[^.;]{0,20} (?:cut|change|jump|switche?|transition|goe)s? from (?=[^,;]{2,30} to )|(?<![a-z])(?:cut|change|jump|switche?|goe)s? (?:so |too |very |really |way too |a bit (?:too )?)*(?:abruptly|harshly|suddenly|hard|roughly) from (?=[^,;]{2,30} to )|[转切换过](?:场|渡|换)?得?[^,。]{0,3}(?:突然|生硬|太硬|突兀)|淡化",
            c.text,
        )
        clips = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip"]
        clip = max(clips, key=lambda m: m.things[0].span.start) if len(clips) > 1 else next(iter(clips), None)
        if led and led[0].endswith("from ") and len(clips) == 1 and (after := _after_it(c, led.end(), clips[0])):
            yield from (
                replace(made, score=0.96, whole=_SOFTEN.search(c.text) is not None) for made in _led(c, [after])
            )
            return
        if led and led[0].endswith("from ") and len(clips) != 2:
            return
        if led and not c.mention("music", "voice") and (clip or "cut" in led[0] or "edit" in led[0]):
            yield from _led(c, [clip.said] if clip else [None])
        return
    if (
        not unwanted
        and _HARD.search(c.text)
        and _SOFT.search(c.text)
        and not (_BUT.search(c.text) or c.has("remove") or _NONE.search(c.text))
    ):
        return  # "crossfade the first two, a hard cut before the last" are two
    if spared := _but_into(c):
        yield from (replace(made, whole=True) for made in _led(c, spared))
        return
    sound = c.mention("music", "voice", "audio", "sound")
    if sound and not c.mention("clip", "image", "film", "transition") and not patterns.search(r"between|into", c.text):
        return
    if between := patterns.search(
        r"(?<![a-z])(?:between|into|to|and)(?![a-z])|之间|中间|当中|(?<!都)[和跟与到](?!.*(?:都|各|分别))", c.text
    ):
        if (two := _TWO.search(c.text)) and c.scene.clips > 1:
            for made in _led(c, ["clip 2" if two[1] == "first" else "last clip"]):
                yield replace(made, whole=True)
            return
        ends = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip"]
        if len(ends) == 2 and between:
            later = max(ends, key=lambda m: m.things[0].span.start)
            yield from _led(c, [later.said])
            return
        row = (
            sorted({m.things[0] for m in ends if m.start == ends[0].start}, key=lambda t: t.span.start) if ends else []
        )
        if len(row) == len(ends) > 2 and between[0] in ("between", "之间", "中间", "当中"):
            yield from _led(c, [t.segment.id for t in row[1:]])  # "between the first three photos"
            return
    named = [
        said
        for said in targets(
            c,
            PICTURE_KINDS,
            pronouns=patterns.search(
                r"(?:before|into|after|in front of|behind|to) (?:it|that|this|them)(?![a-z])", c.text
            )
            is not None,
        )
        if said not in ("clip", "photo", "all clips", "all photos")
    ]
    if len(named) == 1 and not c.text.isascii() and (after := _behind_it(c, named[0])):
        named = [after]
    if not named and (beside := _BESIDE_IT.match(c.text)) and (into := _into_beside(c, beside[1] == "前")):
        named = [into]
    if len(named) > 1 and "除" in c.text and c.scene.clips:
        named = [said for said in named if said != c.scene.of("clip")[0].segment.id]  # nothing lies before it
    gone = patterns.search(
        r"(?:remove|no|delete|without|get rid of|take (?:off|out|away)|drop|lose|clear|don'?t want|kill|turn off).{0,20}(?:transitions?|cross-?fades?|dissolves?|wipes?|fades?)|(?:just |only )?(?:plain|hard|straight|normal|regular|simple|clean) cuts? (?:everywhere|between|only|,)|^(?:(?:just|only|do|use|go with|make it|have|please|so|and|rather|instead) )*(?:plain|hard|straight|normal|regular|simple|clean) cuts(?: please| instead| everywhere)*[.! ]*$|no fading|(?:去掉|移除|不要|取消|删除|删掉|清除|去除).{0,12}(?:转场|过渡|叠化)|(?:全部|都|全)(?:改成|用|换成)?硬切|^(?:还是|就|干脆|都|全|改成|用)*(?:硬切|直切|直接(?:硬?切))(?:就行|就好|吧|得了|$)|(?:别|不要|不用|不)再?叠(?:化|在一起)?了?(?:$|[ ,]+(?:直接|就|改成|都)*(?:硬切|直切|硬接|切))",
        c.text,
    )
    taken = gone is not None or taken_zh(c.text, _TRANSITION_ZH)
    instead = _OTHER_KIND_ZH.search(c.text) if taken and not unwanted else None
    if instead is not None:  # 叠化去掉,改成向左推
        rest = c.reworded(c.text[instead.start() :], instead.start())
        kind = _kind(rest)
        way = heading(rest.text) if kind in ("wipe", "slide") else None
        yield steps("transition", 0.96, named or [None], kind=kind, direction=way)
        return
    if taken or unwanted:
        yield steps("remove_transition", 0.95, named or [None])
        return
    if sound and not c.mention("transition", "clip", "image") and not named:
        return
    kind = _kind(c)
    if (not named or _NTH_CUT.search(c.text)) and (there := _at_a_cut(c)) is not None:
        way = heading(unnamed(c)) if kind in ("wipe", "slide") else None
        yield replace(step("transition", 0.96, which=there, kind=kind, direction=way), whole=True)
        return
    length = next((q for q in c.every("seconds", "frames") if q.cue not in ("at", "within") or _takes(c, q)), None)
    within = next((q for q in c.every("seconds") if q.cue == "within" and q is not length), None)
    direction = None
    if kind in ("wipe", "slide"):
        direction = heading(unnamed(c))
    colour = (
        c.colours[0][0] if c.colours else "white" if patterns.search(r"闪白|白闪|白场|white flash", c.text) else None
    )
    if colour and kind != "dip":
        kind, colour = ("dip", colour) if patterns.search(r"fade|flash|through|闪", c.text) else (kind, None)
    if kind == "crossfade" and length is None and not longer_or_shorter(c) and _DISLIKED.search(c.text):
        yield steps("remove_transition", 0.95, [None if said in _ANY else said for said in named] or [None])
        return
    beat = True if c.has("on_beat") else None
    if length is None and (changed := longer_or_shorter(c)):
        kind, duration = changed
        yield steps("transition", 0.95, named or [None], kind=kind, duration=duration)
        return
    made = steps(
        "transition", 0.94, named or [None], kind=kind, duration=plain(length) if length else paced(c.text), direction=direction,
        colour=colour if colour != "black" else None, on_beat=beat, within=plain(within) if within else None,
    )  # fmt: skip
    if " from " in c.text and _FROM_ONE.search(c.text):
        made = replace(made, score=0.955)
    yield replace(made, score=0.97, whole=True) if beat and _ON_IT.search(c.text) else made


def _after_it(c: Clause, at: int, named: Mention) -> str | None:
    """ "from the beach to the guy talking": into the clip behind the beach; "from him to the beach": into the beach."""
    if " to " in c.text[at : named.start]:
        return named.said
    clips = list(c.scene.of("clip"))
    behind = clips.index(named.things[0]) + 1 if named.things[0] in clips else len(clips)
    return clips[behind].segment.id if behind < len(clips) else None


_OTHER_KIND_ZH = re.compile(
    r"(?:改成|换成|改用|换上|改为|换为|用)(?!硬切|直切|直接切)[^,。]{0,6}?(?:推|擦|滑|叠|闪|溶|缩放|划)"
)
_AT_IT = re.compile(r"钟?(?:那里|那儿|那个|处|的?(?:地方|位置|时候|切换|切点))")


_NTH_CUT = Sieve(
    re.compile(
        r"第([\d一二三四五六七八九十]+)(?:刀|[个处次道](?:画面|镜头)?(?:切换|切点|剪辑?点|接缝|接口|衔接|接|剪|切)(?:的?(?:点|处|地方))?)"
    )
)


def _at_a_cut(c: Clause) -> str | None:
    """第15秒那里换成推拉的转场, 第一刀用缩放转场: the clip that begins there, where one does."""
    if (cut := _NTH_CUT.search(c.text)) and (n := value_of(cut[1])) and n < c.scene.clips:
        return c.scene.of("clip")[int(n)].segment.id
    times = c.every("seconds")
    if len(times) != 1 or isinstance(times[0].value, str) or not _AT_IT.match(c.text, times[0].end):
        return None
    into = [t for t in c.scene.of("clip")[1:] if abs(t.span.start - times[0].value) <= Fraction(1, 2)]
    return into[0].segment.id if into else None


_SWITCHING = Sieve(
    re.compile(
        r"切换(?:的?(?:时间|速度|过程))?(?:都|全|也|可以|要|再|太|稍微|有点|能不能)*(?:[慢快长短]|改成|变成|[\d一二两半])"
    )
)
_SOFTEN = re.compile(
    r"[,.;] (?:please |so |can you |could you |just )*(?:soften|smooth(?:en)?|fix|ease|mend) (?:it|that|this)(?: out| up| a bit| a little| please)*[.! ]*$"
)
_ANY = ("clip", "photo", "image", "picture")
_DISLIKED = re.compile(
    r"(?<![a-z])(?:hate|dislike|can'?t stand|don'?t (?:really |much )?(?:like|need|want)|(?:tired|sick) of|not (?:a fan of|into|keen on)|could do without)(?![a-z])[^.;]{0,20}(?:transitions?|cross-?fades?|dissolves?|wipes?|fades?)(?![a-z])"
    r"|(?:转场|过渡|叠化|溶解)(?:效果)?(?:看着|看得|看起来|让人|觉得|显得|有一?点|太|很|好|特别|真的?|没|都|实在|[看我])*(?:头?晕|眼花|花哨|花里胡哨|多余|烦|难看|丑|没?必要|碍眼|土|俗|讨厌)"
)
_FROM_ONE = re.compile(r" from (?P<one>[a-z]+)(?: [a-z]+)? to (?:the )?(?:next|other|another|(?P=one))(?![a-z])")


def _takes(c: Clause, q: Quantity) -> bool:
    """ "from pic to pic in half a second": how long it takes."""
    return q.kind == "seconds" and c.text[: q.start].endswith(" in ")


_BESIDE_IT = re.compile(
    r"[ ,]*(?:再|然后|并|并且|在|它|和|给|把|的)*(?:之|以)?([前后])面?(?:再|也|给我|都)*(?=[接加来用做放上要配])"
)


_BEHIND_IT = re.compile(
    r"(?:那[段张个])?(?:片段|镜头|照片|视频)?的?(?:[之以]后|后[面边]|结束(?:时|后|的时候|处))(?!的?(?:片段|镜头|照片|那[段张个]))"
)


def _behind_it(c: Clause, said: str) -> str | None:
    """全家福后面加一段黑场过渡: into the clip that follows."""
    one = next((m for m in c.mentions if m.said == said and len(m.things) == 1), None)
    clips = list(c.scene.of("clip"))
    if one is None or one.things[0] not in clips or not _BEHIND_IT.match(c.text, one.end):
        return None
    at = clips.index(one.things[0]) + 1
    return clips[at].segment.id if at < len(clips) else None


def _into_beside(c: Clause, before: bool) -> str | None:
    """湖那段剪到5秒，前面接个叠化: into the clip just spoken of, or out of it into the next."""
    one = c.spoken_of if c.around.focus else None
    clips = list(c.scene.of("clip"))
    if one not in clips or not c.around.before:
        return None
    at = clips.index(one) + (0 if before else 1)
    return clips[at].segment.id if 0 < at < len(clips) else None


_ON_IT = re.compile(  # of the transition that the same breath wished for
    r"(?:put|place|set|move|snap|land|keep|have|time|line) (?:it|that|them)(?: right| exactly| up)? (?:on|to|with) (?:the |a )?(?:nearest )?(?:beat|music|rhythm)s?(?![a-z])|[卡踩落放对][在到准上]*(?:节拍|拍子|拍点|节奏|鼓点)"
)


_BUT = Sieve(
    re.compile(
        r"(?<![a-z])(?:except|but|apart from|other than)(?: for)?(?: not)?(?: the one)?(?: into| to| before| at| between| for| on)? (?:the |my )?(?:(?P<nth>first|last)(?: one| cut| transition)?(?![a-z ]*[a-z]{3}))?"
    )
)


def _but_into(c: Clause) -> list[str | None]:
    """Every clip but the one that is left out: "crossfade everywhere except into the drone", "... but the last"."""
    found = _BUT.search(c.text)
    clips = list(c.scene.of("clip"))
    if found is None or found.start() < 4 or len(clips) < 3:
        return []
    named = [m.things[0] for m in c.mentions if m.end > found.start() and len(m.things) == 1 and m.things[0] in clips]
    beside = c.text[found.start() :]
    if len(set(named)) == 2 and " between " in beside and not _ONLY.search(beside):
        named = [max(named, key=clips.index)]  # "except between dog and garden"
    spared = named[-1:] or ([clips[-1] if found["nth"] == "last" else clips[1]] if found["nth"] else [])
    return [t.segment.id for t in clips[1:] if t not in spared] if spared and len(set(map(id, named))) < 2 else []


_ONLY = re.compile(r"(?<![a-z])(?:only|just)(?![a-z])")
_TWO = re.compile(
    r"between (?:the |my )?(first|last) (?:two|2|couple)(?: of)?(?: (?:the|clips?|shots?|photos?|pictures?|ones?|videos?|scenes?))*"
)


def _led(c: Clause, named: list[str | None]) -> Iterator[Reading]:
    length = next((q for q in c.every("seconds", "frames") if q.cue not in ("at", "within")), None)
    if patterns.search(
        r"remove|no (?:transition|fad|cross|dissolve|wipe)|get rid|delete|take (?:out|off|away)|without|去掉|取消|不要|删",
        c.text,
    ) or taken_zh(c.text, _TRANSITION_ZH):
        yield steps("remove_transition", 0.95, named)
        return
    colour = "white" if patterns.search(r"闪(?:个|一下)?白|白闪|白场|white", c.text) else None
    kind = _kind(c)
    way = heading(unnamed(c)) if kind in ("wipe", "slide") else None
    long = plain(length) if length else paced(c.text)
    yield steps("transition", 0.95, named, kind=kind, duration=long, direction=way, colour=colour)


_NONE = re.compile(r"(?<![a-z])no (?:more )?(?:cross|fade|dissolve|wipe|transition)|[别不没]")
_TRANSITION_ZH = r"转场|过渡|叠化|溶解|淡化|闪[白黑]|切换效果"
_HARD = Sieve(
    re.compile(r"(?<![a-z])(?:hard|plain|straight|jump|normal|regular|simple|clean|ordinary) cut|硬切|直接?切")
)
_TO_CUTS = Sieve(
    re.compile(  # "replace the crossfade with a hard cut", "I hate the fades", 叠化换成硬切
        r"(?<![a-z])(?:replace|swap|switch|change|turn|make|convert)[^,.;]* (?:with|for|to|into|by|be) (?:(?:just|only|a|the|all|plain|simple|normal) )*(?:hard|plain|straight|jump|normal|regular|simple|clean|ordinary) cuts?(?![a-z])"
        r"|(?<![a-z])(?:hate|dislike|sick of|tired of|not a fan of|not into|(?:don'?t|do not|didn'?t) (?:really |particularly )?(?:like|love|want|need)|can'?t stand) (?:the |these |those |any |all |all the |your )*(?:transitions?|cross-?fades?|dissolves?|wipes?|fades)(?![a-z])"
        r"|(?<![a-z])(?:don'?t|do not|shouldn'?t|should not|mustn'?t|no need to|stop|without)(?: (?:really|want|need|like|let|make|have|them|it|all|the|my|these|those|photos|pictures|pics|clips|images|shots|slides|videos|when|how|that|they|to|be|just))* (?:blend(?:ing)?|dissolv(?:e|ing)|cross-?fad(?:e|ing)|melt(?:ing)?|fad(?:e|ing) (?:into|between|over))(?! with)(?![a-z])"
        r"|(?<![a-z])no (?:more |such )*(?:blending|blends|dissolving|cross-?fading|melting)(?![a-z])"
        r"|(?<![a-z])(?:just|simply|only)(?: to)? (?:switch|cut|jump|change|hop|go)(?: straight| directly)? from (?:one|photo|picture|clip|image|shot) to (?:the )?(?:next|other|another|photo|picture|clip|image|shot)(?![a-z])"
        r"|(?:转场|过渡|叠化|溶解|淡化|效果)[^,。]{0,4}(?:换|改|变|调|弄)(?:成|为|回)(?:普通的?|简单的?)?(?:硬切|直接切换?|直切)"
    )
)
_SOFT = re.compile(r"(?<![a-z])(?:cross-?fade|dissolve|blend|wipe)|叠化|溶解")


def _kind(c: Clause) -> str:
    but = _BUT.search(c.text)  # "crossfade all but a hard cut before the last"
    text = c.text[: but.start()] if but and _SOFT.search(c.text, 0, but.start()) else c.text
    for name, pattern in (
        ("cut", _HARD.pattern), ("dip", r"dip|flash|through (?:black|white)|闪|黑场|fade to (?:black|white)"),
        ("wipe", r"wipe|擦除|划像"), ("slide", r"slide|push|swipe (?:the|each|every|all)|(?<![a-z])fly|滑动|推移|推入|(?<![平光丝顺润])滑|[往向][左右上下]推"), ("zoom", r"zoom|缩放|推进|推拉"),
        ("crossfade", r"cross|dissolve|fade|blend|smooth|soft|叠化|溶解|淡化|平滑|柔和|自然"),
    ):  # fmt: skip
        if patterns.search(pattern, text):
            return name
    return c.chosen("transition", "kind") or "crossfade"
