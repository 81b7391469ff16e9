"""Pictures over the film: put there, moved, resized, made see-through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.anchors import on_one_side
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import denied, taken_zh
from reelscore.converse.mention import Mention
from reelscore.converse.normalise import blanked
from reelscore.converse.proportions import proportion
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.nudged import nudge
from reelscore.converse.readers.seeing import seen
from reelscore.converse.readers.text_places import place_of
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps, targets
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said
from reelscore.values.time import Span


def see_through(c: Clause) -> Iterator[Reading]:
    faded = patterns.search(r"(?<![a-z])fade[^,;]* to \d", c.text) and c.mention("overlay", "logo", "name")
    it = c.mention("pronoun") is not None and c.around.focus_kind in ("overlay", "logo", "name")
    dimmed = _DIMMED.search(c.text) and (c.quantity("percent") or it) and _on_canvas(c)
    fainter = _FAINTER.search(c.text) and _on_canvas(c)
    if not (c.has("opacity") or faded or dimmed or fainter) or (
        c.has("add") and c.has("inset") and any(m.kind == "name" and not m.things for m in c.mentions)
    ):
        return
    if (
        not c.scene.of("overlay")
        and c.has("add", "inset")
        and c.mention("logo", "overlay")
        and c.scene.media_named("logo")
    ):
        return
    named = seen(c)
    percent = c.quantity("percent")
    clear = patterns.search(r"transparen|see[- ]?through|(?<!不)透明", c.text) and not patterns.search(
        r"opa(?:city|que)|不透明", c.text
    )
    value: Plain = None
    if percent is not None:
        value = (
            100 - percent.number
            if clear
            and patterns.search(r"\d ?% (?:transparen|see)|透明度?\d|\d%透明", c.text)
            and not patterns.search(r"透明度", c.text)
            else percent.number
        )
    elif patterns.search(r"half|about half|一半|半透明", c.text):
        value = 50
    elif patterns.search(r"fully opaque|not transparent|完全不透明|取消透明|不要透明", c.text):
        value = 100
    elif c.has("a_bit") and clear:
        value = 75
    elif clear or fainter or dimmed:
        value = 50
    if value is not None:
        yield steps("opacity", 0.95, named or [None], to=value)


def _on_canvas(c: Clause) -> bool:
    """Is what is spoken of shown over the film already?"""
    if c.mention("overlay") and c.scene.of("overlay"):
        return True
    if (c.mention("logo") or c.around.focus_kind in ("overlay", "logo")) and c.scene.of("overlay"):
        return True
    return any(t.role == "overlay" for m in c.mentions for t in m.things if m.kind in ("name", "pronoun"))


_DIMMED = Sieve(re.compile(r"(?<![a-z])(?:dim|ghost|tone (?:it |that )?down|knock (?:it )?back|soften)(?![a-z])"))
_FAINTER = Sieve(
    re.compile(
        r"(?<![a-z])(?:too (?:dominant|prominent|obvious|visible|distracting|in your face)|subtle|subtler|faint|fainter|like an? (?:[a-z]+ )?watermark|unobtrusive|less (?:obtrusive|obvious|prominent|visible|noticeable|distracting|in your face|dominant))(?![a-z])"
        r"|(?:logo|水印|标志|图标|角标|小窗|画中画)[^,。]{0,4}(?:淡一?[点些]|弱一?[点些]|别那么显眼|不(?:要|那么)?(?:太|那么)?(?:显眼|抢眼|明显)| *(?:太|过于|有点)(?:显眼|抢眼|明显))"
    )
)
_GONE = Sieve(re.compile(r"(?<![a-z])(?:gone|disappears?|vanish(?:es)?|hidden|away)(?![a-z])"))
_HIDDEN = Sieve(
    re.compile(
        r"\s*(?:(?:please|can you|could you|and|then|now|just|,) ?)*(?:hide|remove|delete|lose|drop(?! in| on| it)|get rid of|take (?:off|out|away|down))(?![a-z])|[^,。]{0,10}(?:去掉|删掉|删了|隐藏|拿掉|不要了?$)"
    )
)
_RESIZED = Sieve(  # "the badge is too big, get it down to 10%"
    re.compile(
        r"(?<![a-z])(?:(?:too|so|way|very|really|awfully) (?:big|large|huge|small|tiny|wide)|smaller|bigger|larger|shrink|scale)(?![a-z]).*? (?:down|up|back|it|be) to (?:about |around |maybe |just )?$"
    )
)
_WHOLE_SCREEN = Sieve(re.compile(r"(?<![a-z])full[- ]?screen(?![a-z])"))


def inset(c: Clause) -> Iterator[Reading]:
    if (
        not (c.has("inset") or _LAID_ON.search(c.text))
        or (_GONE.search(c.text) and c.scene.of("overlay"))
        or (c.anchor and _WHOLE_SCREEN.search(c.text))
        or _HIDDEN.match(c.text)
    ):
        return  # "insert the badge full screen after the intro": a clip of its own
    media = next((m for m in c.mentions if m.kind == "name"), None)
    over = next(
        (
            m
            for m in c.mentions
            if m is not media
            and len(m.things) == 1
            and m.things[0].role in ("clip", "voice")
            and patterns.search(
                r"(?:over|during|while|on|throughout) (?:just |only )?(?:the )?$|在$", c.text[: m.start]
            )
        ),
        None,
    )
    if media is None and c.mention("logo") and not c.scene.of("overlay") and c.scene.media_named("logo"):
        media = c.mention("logo")
    if media is None or (_on_canvas(c) and not patterns.search(r"add|another|加", c.text)):
        return
    if c.has("as_background", "as_music", "replace") and not patterns.search(
        r"picture[ -]in|画中画|watermark|水印", c.text
    ):
        return
    small = patterns.search(
        r"picture[ -]in[ -]picture|(?<![a-z])pip(?![a-z])|overlay|inset|watermark|corner|small|(?:little|tiny|wee|mini) (?:window|box|frame|picture|video|screen)|on top of|over the|logo|画中画|叠|小窗|水印|角|小画面|盖|浮|(?:top|bottom|upper|lower) (?:left|right)|(?<![a-z])(?:tl|tr|bl|br)(?![a-z])",
        c.text,
    )
    files = c.scene.media_named(media.said.lower())[:1]
    laid = over is not None and not media.things and any(f.kind == "image" for f in files)  # "the badge on the lake"
    if not (small or laid) or any(f.kind == "audio" for f in files):
        return
    place = place_of(c)
    if place in ("centre",) and not patterns.search(r"cent|middle|居中|中间|中央", c.text):
        place = None
    opacity = size = None
    for q in c.every("percent"):
        near = c.text[max(0, q.start - 14) : q.end + 12]
        if patterns.search(r"opac|opaque|transparen|透明", near) and not patterns.match(
            r" ?(?:in )?(?:size|large|big|small|wide)", c.text[q.end :]
        ):
            opacity = q.number
        else:
            size = q.number
    if size is None and (part := _OF_SCREEN.search(c.text)):
        size = next(_PARTS[name] for name, said in part.groupdict().items() if said)
    if size is None and (share := proportion(c.text, "size")) is not None and share < 1:
        size = float(100 * share)  # "shrink the beach to half size and put it over the interview"
    if opacity is None and patterns.search(r"(?<![a-z])(?:full(?:y)?|100 ?%) (?:opacity|opaque)", c.text):
        opacity = None if size is None else 100
    if opacity is None and c.has("half_transparent"):
        opacity = 50
    args: dict[str, Plain] = {}
    during = over.things[0] if over else None
    if during is None and not c.every("seconds") and (said := _WHILE.search(c.text)):
        during = _where_one_speaks(c, media) if _SPOKEN.search(said[0]) else None
        if during is None:
            yield Reading((), 0.95, missed=_WHEN_UNKNOWN)
            return
    if during and not c.every("seconds"):
        at = during.span
        args = {"at": seconds(at.start) or None, "duration": seconds(at.end - at.start)}
    elif not c.every("seconds") and (side := _beside_a_clip(c)) is not None:
        args = {"at": seconds(side.start) or None, "duration": seconds(side.end - side.start)}
    elif c.range:
        args = {"at": plain(c.range[0]), "duration": round(float(c.range[1].number) - float(c.range[0].number), 6)}
    else:
        for q in c.every("seconds", "frames"):
            if q.cue == "last":
                args["at"] = round(float(c.scene.duration) - float(q.number), 6)
            args.setdefault(
                "at" if q.cue in ("at", "from") or c.text[max(0, q.start - 1) : q.start] == "第" else "duration",
                plain(q),
            )
    yield step(
        "picture_in_picture", 0.94, media=media.said, place=place, size=size, opacity=opacity,
        rounded=True if c.has("rounded") else None, with_sound=True if c.has("with_sound") else None, **args,
    )  # fmt: skip


_LAID_ON = Sieve(re.compile(r"(?<![a-z])(?:put|stick|slap|show|place|lay|pop|add|whack|chuck) .+ on "))
_WHILE = re.compile(r"(?<![a-z])(?:while|whenever|when|as long as) .+")
_SPOKEN = re.compile(r"(?<![a-z])(?:talk|speak|spok|speech|narrat|explain|voice|say)")
_WHEN_UNKNOWN = Said(
    "When that is cannot be told from the timeline. Say the time: from 3 to 8 seconds.",
    "从时间线上看不出那是什么时候。请直接说时间：第3到第8秒。",
)


def _where_one_speaks(c: Clause, shown: Mention) -> Thing | None:
    """ "while she talks": the voice-over; else the one clip whose name tells that someone speaks in it."""
    voices = c.scene.of("voice")
    told = [t for t in c.scene.of("clip") if t not in shown.things and _SPEAKS.search(t.segment.name.lower())]
    held = voices or told
    return held[0] if len(held) == 1 else None


_SPEAKS = re.compile(r"interview|speech|talk|narrat|voice|host|speaker|presenter|monologue|vlog|podcast|selfie")
_IN_A_CORNER = re.compile(
    r"(?<![a-z])(?:top|bottom|upper|lower)[ -](?:left|right)(?![a-z])|[左右][上下]角?|[左右]?角落"
)
_OVER = re.compile(r"(?<![a-z])(?:over|on top of|above|onto) (?:the |my )?$")
_HALF_AS_LARGE = Sieve(re.compile(r"(?<![a-z])half (?:the |its )?size(?![a-z])|缩[小到成为]*一半|一半大小?"))


def _beside_a_clip(c: Clause) -> Span | None:
    """ "until the beach starts", "from the lake on": how long it is seen."""
    clips = (m for m in c.mentions if m.things and m.things[0].role == "clip")
    return next((side[0] for m in clips if (side := on_one_side(c.text, m, c.scene)) is not None), None)


_OF_SCREEN = Sieve(
    re.compile(  # "a quarter of the screen", 占画面三分之一
        r"(?<![a-z])(?:(?P<quarter>(?:(?:a|one) )?(?<!three )(?:quarter|fourth))|(?P<third>(?:(?:a|one) )?third)|(?P<half>half)) (?:of )?(?:the |its )?(?:screen|frame|picture|width|video|size)(?![a-z])"
        r"|(?:(?:占|画面|屏幕|大小)[^,。]{0,4}|(?:小窗口?|画中画)[^。]{0,7})(?:(?P<quarter_zh>四分之一)|(?P<third_zh>三分之一)|(?P<half_zh>一半|二分之一))"
    )
)
_PARTS = {"quarter": 25, "third": 33, "half": 50, "quarter_zh": 25, "third_zh": 33, "half_zh": 50}  # percent


def arranged(c: Clause) -> Iterator[Reading]:
    times = c.quantity("factor")
    if not _on_canvas(c):
        part = proportion(c.text, "size") or (Fraction(1, 2) if _HALF_AS_LARGE.search(c.text) else None)
        if part and _IN_A_CORNER.search(c.text) and c.scene.clips > 1 and not c.mention(*TEXT_KINDS):
            if any(patterns.just_before(_OVER, c.text, m.start) for m in c.mentions):
                return  # over another clip: a picture in the picture
            named = targets(c, ("clip", "image"))
            yield from [steps("arrange", 0.975, named, size=float(100 * part), place=place_of(c))] if named else []
            return
        percent = c.quantity("percent")
        if percent is not None and (said := _ENLARGED.search(c.text)) and not c.mention(*TEXT_KINDS):
            named = targets(c, ("clip", "image")) or (["all clips"] if c.has("whole_picture") else [])
            to = (
                percent.number
                if said["to"] or said["to2"] or said["less"] or percent.number > 100
                else 100 + percent.number
            )
            yield from [steps("arrange", 0.95, named, size=to)] if named else []
            return
        if times is not None and _GROWN.search(c.text) and c.scene.clips and not c.mention(*TEXT_KINDS):
            named = targets(c, ("clip", "image")) or (["all clips"] if "画面" in c.text else [])
            yield from [steps("arrange", 0.94, named, size=_times_as_large(c, times))] if named else []
        return
    if (share := c.quantity("percent")) is not None and _RESIZED.search(c.text[: share.start]):
        it = next((m.said for m in c.mentions if m.kind != "logo" and m.things), "overlay")
        yield replace(step("arrange", 0.96, which=it, size=share.number), whole=True)
        return
    if (further := nudge(c)) is not None:
        yield steps("arrange", 0.95, targets(c, ("overlay", "logo")) or [None], **further)
        return
    rounded = _corners(c)
    whole = (_WHOLE_SCREEN.search(c.text) or patterns.search(r"全屏|满屏", c.text)) and not c.has("remove")
    plainly = (
        bool(whole)
        or rounded is not None
        or bool(_OF_SCREEN.search(c.text))
        or (c.quantity("percent") is not None and place_of(c) is not None)
    )  # 小窗右下角 30%
    grown = proportion(c.text, "size")
    if not (c.has("arrange") or plainly or grown) or (
        c.has("remove") and rounded is None and not c.quantity("percent", "factor")
    ):
        return
    if c.has("opacity", "crop", "flip", "rotate", "fade_in", "fade_out"):
        return
    named = targets(c, ("overlay", "logo"))
    named = ["overlay" if said == "logo" else said for said in named]
    small = c.scene.of("overlay")
    if "overlay" in named and any(t in small for m in c.mentions if m.kind == "name" for t in m.things):
        named.remove("overlay")  # "make the beach a little window"
    place = place_of(c)
    percent, factor = c.quantity("percent"), c.quantity("factor")
    now = _scale_now(c)
    size: Plain = None
    rest = c.text
    for m in c.mentions:
        rest = blanked(rest, m.start, m.end)  # 小的那个画面 is no smaller one
    if grown is not None:
        size = round(now * float(grown), 2)
    elif percent is not None:
        by = percent.cue == "by"
        more = (
            patterns.search(r"(?:%|percent)\s*(?:bigger|larger)|(?<!小)大\d|放大\d{1,2}%", c.text)
            or (by and c.has("bigger"))
        ) and not patterns.search(r"放大到|大到", c.text)
        less = patterns.search(r"(?:%|percent)\s*smaller|(?<!大)小\d", c.text) or (by and c.has("smaller"))
        size = (
            round(now * (100 + percent.number) / 100, 2)
            if more
            else round(now * (100 - percent.number) / 100, 2)
            if less
            else percent.number
        )
    elif factor is not None:
        size = round(now * float(Fraction(factor.value)), 2)
    elif of_screen := _OF_SCREEN.search(c.text):
        size = next(_PARTS[name] for name, said in of_screen.groupdict().items() if said)
    elif patterns.search(r"铺满|占满|充满|撑满|满屏|全屏|(?<![a-z])full[ -]?(?:screen|size|frame)", c.text):
        size, place = 100, place or "centre"
    elif patterns.search(r"quarter (?:of )?(?:the |its )?size|a quarter|四分之一", c.text):
        size = round(now / 4, 2)
    elif patterns.search(r"half|一半", c.text) and patterns.search(r"size|big|大|小|缩", c.text):
        size = round(now / 2, 2)
    elif c.has("double_size"):
        size = round(now * 2, 2)
    elif patterns.search(r"(?:太|过|有点|偏)大", rest):
        size = round(now * 0.7, 2)
    elif c.has("bigger") and patterns.search(r"bigger|larger|enlarge|grow|(?<!太)(?<!有点)大", rest):
        size = round(now * (1.2 if c.has("a_bit") else 1.5), 2)
    elif c.has("smaller") and patterns.search(r"smaller|shrink|小(?!画面|窗|图|视频|标|字)", rest):
        size = round(now * (0.8 if c.has("a_bit") else 0.7), 2)
    if place is None and size is None and rounded is None:
        return
    if place and place != "centre" and size is None and now >= 100:
        size = 40  # a picture that covers the film cannot stand in a corner
    yield steps("arrange", 0.94, named or [None], place=place, size=size, rounded=rounded)


def _corners(c: Clause) -> bool | None:
    """Shall its corners be round (True) or square (False)? None where nothing is said of them."""
    if _SQUARE.search(c.text):
        return False
    if not c.has("rounded") and _ROUND.search(c.text) is None:
        return None
    return not (denied(c.text, r"round(?:ed)? (?:corners?|edges?)|rounding") or taken_zh(c.text, "圆角"))


_SQUARE = Sieve(re.compile(r"(?<![a-z])(?:square|sharp|pointed|straight) corners?(?![a-z])|直角(?!转|弯)|方角"))
_ROUND = Sieve(
    re.compile(
        r"(?<![a-z])(?:rounds?|rounded|soften) (?:off |at |on )?(?:(?:the|its|all|of|small|overlay'?s?|logo'?s?|badge'?s?) )*corner|(?<![a-z])round(?:ed)?[ -]corner"
    )
)
_ENLARGED = Sieve(
    re.compile(  # of a clip that fills the screen: 放大到150%, "scale the closeup up to 120%"
        r"(?<![慢缓地])放大(?P<to>到|至|成|为)?[^,。\d]{0,2}\d{2,3} ?%|缩小?(?P<less>到|至|成|为)[^,。\d]{0,2}\d{2,3} ?%|(?<![a-z])(?:scale|enlarge|blow|resize|size|shrink)[a-z]*(?: up| down)? (?:[a-z0-9_]+ ){1,4}?(?:up |down )?(?:(?P<to2>to)|by) \d{2,3} ?(?:%|percent)|(?<![a-z])(?:get|bring|make|have|move) (?:[a-z0-9_]+ ){1,4}?(?:a (?:little|bit) |much |slightly )?(?:closer|bigger|larger|tighter)[^.;\d]{0,14}?1\d\d ?(?:%|percent)|(?<![a-z])make (?:[a-z0-9_]+ ){1,4}?1\d\d ?(?:%|percent)(?= (?:size|scale|its size|of its size|as (?:big|large)))"
    )
)
_GROWN = re.compile(r"画面.{0,6}(?:放大|缩小)|(?:放大|缩小)[到至为成]?(?:原来的?)?[\d一二两三四五六七八九十半.]+倍")


def _times_as_large(c: Clause, times: Quantity) -> Plain:
    value = Fraction(times.value)
    return round(100 * float(1 / value if c.has("smaller") and value > 1 and "缩小" in c.text else value), 2)


def _scale_now(c: Clause) -> float:
    things = [t for m in c.mentions for t in m.things if t.role == "overlay"] or list(c.scene.of("overlay"))
    picture = things[0].segment.picture if things else None
    return 100 * (picture.scale if picture else 1.0)
