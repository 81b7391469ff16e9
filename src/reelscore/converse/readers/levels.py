"""How loud things are: louder, quieter, to a level, by an amount, one against another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.sounding import HEARD, heard
from reelscore.converse.reading import SOUND_KINDS, Reading, step, steps, unnamed
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked


def volume(c: Clause) -> Iterator[Reading]:
    if c.quotes or c.has("zoom", "opacity", "crop") or patterns.search(r"情绪|气氛|氛围|能量", c.text):
        return
    spoken = c.mention("music", "voice", "sound", "audio", "own") is not None
    named = heard(c)
    if not named and not spoken and _MYSELF.search(c.text) and c.scene.of("voice"):
        named = ["voice"]  # "i can barely hear myself"
    sounding = (
        spoken
        or c.has("volume")
        or any(
            t.role in ("music", "voice", "sound", "audio")
            for m in c.mentions
            for t in m.things[:1]
            if m.kind in ("name", "pronoun")
        )
    )
    thing = c.touched
    if c.mention("pronoun") and thing and thing.role in ("music", "voice", "sound", "audio") and not c.around.focus:
        sounding = True
    if c.leaning and thing and thing.role in ("music", "voice", "sound", "audio"):
        sounding = True
    up, down = c.has("louder"), c.has("quieter")
    if " between " in c.text and _A_GAP.search(c.text):
        return  # "reduce the gap between the voice and the start"
    if not named and c.has("volume") and any(m.kind == "all" for m in c.mentions) and not spoken:
        named = ["all"]  # "drop the volume of everything by 5 dB"
    if (part := _BY_A_PART.search(c.text)) and (up or down) and (named or spoken) and not c.quantities:
        value = {"quarter": 25, "third": 33, "fifth": 20, "tenth": 10}[part[1]]
        yield steps("volume", 0.945, named or [None], by=value if up and not down else -value)
        return
    if (" more " in f" {c.text}" or " less " in f" {c.text}") and (wanted := _more_and_less(c)):
        yield wanted
        return
    if "no more" not in c.text and (
        amount := patterns.match(
            r"(?:[^,;]{0,16}? )??(?:(?P<bit>a bit|a little|a touch|a tad|slightly|a notch)|much|(?P<lot>a lot|way)|\d+ ?(?:%|percent)|(?:\d+|[a-z]+) ?db)? ?(?P<way>more|less) (?:of )?(?:the )?",
            c.text,
        )
    ):
        after = next((m for m in c.mentions if m.start <= amount.end() <= m.end and m.kind in SOUND_KINDS), None)
        if after and after.end >= len(patterns.sub(r"(?:[ .!]|please|pls)+$", "", c.text)) and not c.quotes:
            sign = 1 if amount["way"] == "more" else -1
            how = c.quantity("percent", "decibels")
            bit = "a_bit_" if amount["bit"] else "much_" if amount["lot"] else ""
            if how is not None:
                yield step(
                    "volume", 0.94, which=after.said, **{"by" if how.kind == "percent" else "by_db": sign * how.number}
                )
            else:
                yield step("volume", 0.93, which=after.said, step=f"{bit}{'louder' if sign > 0 else 'quieter'}")
            return
    if patterns.search(
        r"both (?:louder and quieter|quieter and louder)|louder and quieter|既要?大声?又要?小|又大声?又小|[又既](?:高|响|要响|大)[又也](?:低|轻|要轻|小)|[又既]小声?[又也]大",
        c.text,
    ):
        yield Reading((), 0.96, missed=Said("It cannot be louder and quieter at once.", "不能同时又大声又小声。"))
        return
    if masking := patterns.search(
        r"drown(?:s|ing|ed)?|overpower(?:s|ing|ed)?|盖过|盖住|盖掉|压过|压住|压不住|压不过|盖不过|盖不住|淹没|抢了",
        c.text,
    ):
        over = next((m for m in c.mentions if m.end <= masking.start() and m.kind in SOUND_KINDS), None)
        if "不" in masking[0]:  # 旁白盖不过音乐
            if over and not (up or down):
                yield step("volume", 0.95, which=over.said, step="louder")
                return
            if over:
                yield step("volume", 0.95, which=over.said, step="a_bit_louder" if c.has("a_bit") else "louder")
            return
        elif (by := patterns.search(r"被(?:.{1,8})$", c.text[: masking.start()])) and over:
            first = next((m for m in c.mentions if m.end <= by.start() and m.kind in SOUND_KINDS), None)
            over = next((m for m in c.mentions if m.start > by.start() and m.kind in SOUND_KINDS), over)
            louder = first and patterns.search(r"大|高|响", c.text[: by.start()])
            bit = "a_bit_" if louder and c.has("a_bit") else ""
            yield (
                step("volume", 0.95, which=first.said, step=f"{bit}louder")
                if first and louder
                else step("volume", 0.95, which=over.said, step="quieter")
            )
            return
        elif over:
            yield step("volume", 0.95, which=over.said, step="quieter")
            return
    if sounding and patterns.search(
        r"(?:音量|声音?|音乐|旁白|人声)[^,。]{0,6}(?:翻一?[倍番]|加倍|提高一倍|大一倍)", c.text
    ):
        yield steps("volume", 0.945, named or [None], by=100)
        return
    if (times := _AS_LOUD.search(c.text)) is not None:
        level_now = _now(c, named) * (3 if times["three"] else 2)
        yield steps("volume", 0.95, named or [None], to=min(400, round(level_now, 2)))
        return
    if less := _PART_AS_LOUD.search(c.text):
        level_now = _now(c, named) / {"third": 3, "quarter": 4, "fifth": 5}[less[1]]
        yield steps("volume", 0.95, named or [None], to=round(level_now, 2))
        return
    if than := _THAN.search(c.text):  # 人声比音乐小太多
        first = next((m for m in reversed(c.mentions) if m.end <= than.start() + 1 and m.kind in SOUND_KINDS), None)
        if first and not patterns.search("[把将给]", c.text[than.end() :]) and not c.quantity("percent", "decibels"):
            yield step("volume", 0.945, which=first.said, step="louder" if than["less"] else "quieter")
            return
    level = c.quantity("percent") or (c.quantity("number") if sounding and not _A_MOMENT.search(c.text) else None)
    decibels = c.quantity("decibels")
    if decibels is None and level is None and not (up or down or c.has("halve", "full")):
        return
    if level is not None and level.kind == "number" and patterns.search(_NO_LEVEL, unnamed(c)):
        return
    if c.quantity("seconds", "bpm", "factor", "fps", "bars", "degrees") or c.has("speed_up", "slow_down", "speed"):
        return
    if c.has("normalise") and not decibels:
        return
    if patterns.search(r"key|tempo|pitch|bpm|opaque|opacity|透明|(?:升|降)个?调|[大小]调|speed|速度|节奏", unnamed(c)):
        return
    if len(more := _MORE_OR_LESS.findall(c.text)) > 1 and not c.quantities:
        of = [m for m in c.mentions if m.kind in SOUND_KINDS]
        if len(of) == len(more) == len(c.mentions):
            made = [
                step("volume", 1, which=m.said, step="louder" if w == "more" else "quieter").asked
                for m, w in zip(of, more, strict=True)
            ]
            yield Reading(tuple(one for asked in made for one in asked), 0.95)
            return
    pieces = _split_amounts(c)
    if pieces:
        yield Reading(pieces, 0.94)
        return
    args = _amount(c, up, down, level, decibels)
    if (
        level is not None
        and level.kind == "number"
        and (told := patterns.search(r"(?<![a-z])(plus|minus) $", c.text[: level.start]))
    ):
        args = {"by_db": level.number if told[1] == "plus" else -abs(level.number)}
    if not args:
        return
    if not named and not spoken and up and c.scene.of("voice") and patterns.search(_TALKING, c.text):
        named, sounding = ["voice"], True
    loud = patterns.search(
        r"loud|quiet|nois|soft(?:er)|volume|(?:turn|crank|bring|bump|pump|dial|tone|put|push|boost|ramp)(?: [^ ,]+){0,5}? (?:up|down)(?![a-z])"
        r"|^(?:a bit |a little |much )?(?:up|down)(?![a-z])"
        r"|hear|音量|大声|小声|响|吵|轻|声音|调[大小高低]|听不|(?<![a-z])db(?![a-z])|分贝|大一?[点些]|小一?[点些]",
        c.text,
    )
    if not sounding and patterns.search(
        r"画质|清晰|分辨率|码率|帧|字号|字体|画面|亮度|对比|饱和|锐度|色|温度|透明", c.text
    ):
        return
    sized = loud is not None and patterns.fullmatch(r"[大小]一?[点些]", loud[0]) is not None
    if sized and not sounding and c.around.focus and c.around.focus_kind not in (*SOUND_KINDS, "clip", "film"):
        return  # "badge in the corner, a bit smaller"
    loud = loud or (
        patterns.search(r"(?<![a-z])(?:up|down)(?: a bit| a little| a lot| please)?$", c.text) if sounding else None
    )
    if any(w.kind in ("genre", "mood") and not w.idle for w in c.wishes) and not level and not decibels:
        return
    if not sounding and not named and (turned := _OBJECT.search(c.text)) and not _LOUDNESS.match(turned["of"]):
        return  # "tone down the highlights"
    score = (
        0.93
        if sounding and (loud or level or decibels or args.get("step") or c.has("halve", "full"))
        else 0.86
        if loud
        else 0.5
    )
    if decibels is not None:
        score = 0.94
    if not sounding and not loud:
        if not (named and (c.mention("clip", "name"))):
            return
        score = 0.4 if not level else 0.6
    if not named and spoken is False and c.mention("title", "text", "overlay", "logo", "image"):
        return
    yield steps("volume", score, named or [None], **args)


_THAN = re.compile(
    r"(?:的?(?:声音|音量)?)比[^,。]{1,8}?(?:的?(?:声音|音量))?(?:还|要|都|得|更)?(?:(?P<less>小|轻|低|弱)|大声?|响|高|吵)(?!声?[一点些]|[\d一二两三四五六七八九十])"
)
_NO_LEVEL = (
    r"(?<![a-z])(?:cut|trim|start|begin|stop|end|move|come|enter|appear|second|hit|accent|marker|bars?)s?(?![a-z])"
)


_MORE_OR_LESS = re.compile(r"(?<![a-z])(more|less) (?:of )?(?:the )?(?=[a-z])")


def _more_and_less(c: Clause) -> Reading | None:
    """ "we need more music and less voice": how loud each should be."""
    said = [
        (match[1], next((m for m in c.mentions if m.start == match.end() and m.kind in SOUND_KINDS), None))
        for match in patterns.compiled(r"(?<![a-z])(more|less) (?:of )?(?:the )?").finditer(c.text)
    ]
    needing = patterns.match(
        r"\s*(?:we|i|it|this|you|they)(?:'d| would| could| should)? (?:need|needs|want|wants|use|like)(?![a-z])", c.text
    )
    if not said or not all(thing for _, thing in said) or not (len(said) > 1 or needing):
        return None
    made = [
        one
        for way, thing in said
        if thing
        for one in step("volume", 1, which=thing.said, step="louder" if way == "more" else "quieter").asked
    ]
    return Reading(tuple(made), 0.955)


def _in_decibels(c: Clause) -> bool:
    """ "voice plus 2 dB, music minus 4": the unit goes on."""
    last = c.around.before[-1] if c.around.before else None
    told = dict(last.args) if isinstance(last, Step) and last.command == "volume" else {}
    return "by_db" in told or "db" in told


_A_MOMENT = re.compile(  # a bare number beside these is a moment, and no level
    r"(?<![a-z])(?:cut|stop|end|start|begin|come|enter|hit|mark|fade|trim|until|till|second|appear|leave|kick|second|bar|beat|accent|drop out)(?:s|es|ing)?(?: \w+){0,6}? (?:at|in|by|from|on) ?(?:the )?\d"
)


def _split_amounts(c: Clause) -> tuple[Asked, ...] | None:
    """ "music at 35% and voice at 120%": as many things as levels, side by side."""
    levels = c.every("percent", "decibels")
    things = [m for m in c.mentions if m.kind in (*HEARD, "name")]
    if len(levels) < 2 or len(things) != len(levels):
        return None
    made: list[Asked] = []
    for thing, q in zip(things, levels, strict=True):
        said = thing.said
        if q.kind == "percent" and q.cue == "by":
            before = [
                m
                for m in patterns.compiled(
                    r"(?<![a-z])(?:louder|up|raise|quieter|softer|down|lower)(?![a-z])"
                ).finditer(c.text)
                if m.start() < q.start
            ]
            sign = -1 if before and before[-1][0] in ("quieter", "softer", "down", "lower") else 1
            made += step("volume", 1, which=said, by=sign * q.number).asked
            continue
        args = {"to": q.number} if q.kind == "percent" else {"by_db": q.number} if q.signed else {"db": q.number}
        made += step("volume", 1, which=said, **args).asked
    return tuple(made)


def _amount(c: Clause, up: bool, down: bool, level: Quantity | None, decibels: Quantity | None) -> dict[str, Plain]:
    if patterns.search(r"太(?:吵|响|大声?)(?!家)|吵死|震耳|盖[过住]|压[过住](?!低)", c.text) and not patterns.search(
        r"盖不[过住]|[调开放]大|大声[一点些]|大[一点些]", c.text
    ):
        up, down = False, True
    lowering = down and not (up and not patterns.search(r"down|lower|quiet|降|低|小|压|减|轻", c.text))
    if up and down:
        lowering = bool(
            patterns.search(
                r"turn .{0,30}down|too loud|not (?:so|as) loud|less loud|bring .{0,20}down|down|lower|降|低|小|压|太大|太响|太吵",
                c.text,
            )
        ) and not patterns.search(
            r"too (?:quiet|low|soft)|太小|太低|太轻|听不|tur?n .{0,30}up|提高|调高|调大|加大", c.text
        )
    if decibels is not None:
        number = decibels.number
        if decibels.cue in ("to", "at") and not decibels.signed and not lowering:
            return {"db": number}
        if decibels.cue in ("to", "at") and (
            decibels.signed or c.text[: decibels.start].rstrip().endswith(("to", "at", "到", "为"))
        ):
            return {"db": -abs(number) if number < 0 else number}
        if number < 0:
            return {"by_db": number}
        if _OFF.search(c.text):
            return {"by_db": -number}
        return {"by_db": -number if lowering else number}
    if level is not None and level.kind == "number" and _in_decibels(c):
        down = lowering or level.number < 0
        return {"by_db": -abs(level.number) if down else level.number}
    if level is not None and (level.kind == "percent" or level.cue != "of"):
        return _percent(c, level, up, lowering)
    if c.has("full"):
        return {"to": 100}
    if c.has("halve") and up and not lowering:
        return {"by": round(_now(c) / 2, 2)}  # "up by half"
    if c.has("halve"):
        return (
            {"to": 50}
            if not patterns.search(r"by half|减半|[小低轻]一半|降(?:低)?一半|half as|twice as|in half|halve", c.text)
            else {"to": round(_now(c) / 2, 2)}
        )
    if not (up or down):
        return {}
    strength = "much_" if _much(c) else "a_bit_" if c.has("a_bit") else ""
    return {"step": f"{strength}{'quieter' if lowering else 'louder'}"}


_MYSELF = re.compile(
    r"(?<![a-z])(?:hear (?:me|myself)|(?:make|turn|bring|boost) me(?! (?:a|an|some|the)(?![a-z]))|i'?m (?:too|way too|so) (?:quiet|loud|soft))(?![a-z])"
)
_AS_LOUD = re.compile(
    r"(?<![a-z])(?:twice|two times|double|(?P<three>three times|triple|thrice))(?: as| the| its| of the| my)*(?: [a-z'-]+){0,2}? (?:loud|volume|level|loudness)(?![a-z])"
)


_PART_AS_LOUD = re.compile(r"(?<![a-z])(?:a|one) (third|quarter|fifth) as loud(?![a-z])")


_TALKING = (
    r"(?<![a-z])(?:when|while|whenever) (?:[a-z'\ue100-\ue6ff]+ ){1,3}(?:talks?|speaks?|talking|speaking|says)(?![a-z])"
)


_OFF = re.compile(
    r"(?<![a-z])(?:take|knock|shave|pull|cut|drop|lose|trim|chop)(?: another| about| like)? [^,;]{1,18}?(?:%|percent|db|decibels?) (?:off|from|out of)(?![a-z])"
    r"|(?<![a-z])drop (?:the )?[^,;]{1,30} (?<!to )(?<!at )\d+ ?(?:%|percent)$"
)


_CHANGED = (  # "raise the music 10%" is by so much; to so much would need a "to"
    r"(?<![a-z])(?:raise|boost|increase|bump|lift|lower|reduce|decrease|amplify) [^,;:]{2,30}$"
)


def _percent(c: Clause, level: Quantity, up: bool, lowering: bool) -> dict[str, Plain]:
    number = level.number
    if level.kind == "number" and 0 < number <= 1.5 and "." in c.text[level.start : level.end]:
        number = round(100 * number, 4)
    lead = c.text[: level.start].rstrip()
    absolute = level.cue in ("to", "at", "for") or lead.endswith(
        ("to", "at", "到", "为", "成", "是", "=", ":", "音量", "volume")
    )
    if _OFF.search(c.text):
        return {"by": -abs(number)}
    if patterns.search(r"(?<![a-z])add (?:another )?$", c.text[: level.start]):
        return {"by": number}
    if patterns.search(
        r"(?:降低|减少|提高|增加|加大|减小|增大|压低|升高|提升|放大|调[高低大小])(?:了|一下)?(?:音量|声音|响度|电平)$",
        lead,
    ):
        return {"by": -number if lowering else number}  # 加大音量30%
    relative: object = level.cue in ("by", "more") or patterns.match(
        r"\s*(?:louder|quieter|softer|more|less|lower|higher)", c.text[level.end :]
    )
    relative = (
        relative
        or patterns.search(r"(?<![a-z])(?:down|up) $", c.text[: level.start])
        or level.signed
        or (level.kind == "percent" and not absolute and patterns.search(_CHANGED, lead))
        or (
            not absolute
            and patterns.search(r"(?:降低|减少|提高|增加|调低|调高|降|升|加大|减小|小|大|低|高|加|减)(?:了)?\s*$", lead)
        )
    )
    if (absolute and not relative) or not (relative or up or lowering):
        return {"to": number}
    if relative:
        return {"by": number if number < 0 else -number if lowering else number}
    return {"to": number}


def _much(c: Clause) -> bool:
    """ "a lot louder", "way too loud", "barely hear"; "too loud" alone is plain."""
    return patterns.search(
        r"(?<![a-z])(?:much|a lot|way|far|really|very|super|tons|barely|can'?t (?:even )?hear|considerably|significantly)(?![a-z])"
        r"|很多|得多|多了|大幅|非常|特别|超级|好多|不少|许多|几乎听不|完全听不",
        c.text,
    ) is not None and not patterns.search(r"not (?:so|too) (?:much|loud)|very slightly|特别.{0,3}一点", c.text)


def _now(c: Clause, named: Sequence[str] = ()) -> float:
    """How loud, in percent, what is meant is now."""
    said = (t for one in named[:1] for m in mentions(one.lower(), c.scene) for t in m.things)
    thing = c.scene.find(named[0]) if named else None
    thing = thing or next(said, None) or next((t for m in c.mentions for t in m.things), None)
    thing = thing or next(iter(c.scene.of("music")), None)
    gain = thing.segment.sound.gain_db if thing and thing.segment.sound else 0.0
    return float(Fraction(100 * 10 ** (gain / 20)))


_OBJECT = re.compile(
    r"(?<![a-z])(?:turn|tone|bring|dial|pull|crank|bump|push|lower|reduce|raise|decrease|increase|boost|soften|quiet)(?: (?:up|down|back))? (?:the|my|those|these|all the) (?:[a-z]+ )?(?P<of>[a-z-]{3,})(?: (?:up|down|back))?(?: (?:a (?:little|bit|lot|touch|tad)|slightly|please|pls|by [^,;]{1,14}|to [^,;]{1,14}))*[ .!]*$"
)
_LOUDNESS = re.compile(
    r"(?:volumes?|sounds?|audio|loudness|levels?|noise|music|voices?|voice-?over|song|track|talking|speech|speaking|dialogue?|everything|it|whole|rest|thing|film|video|clips?|background|bass|drums?)(?![a-z])"
)
_A_GAP = re.compile(r"(?<![a-z])(?:gap|distance|space|pause|delay|silence)s? between ")
_BY_A_PART = re.compile(r"(?<![a-z])by (?:a|one) (quarter|third|fifth|tenth)(?![a-z])")
