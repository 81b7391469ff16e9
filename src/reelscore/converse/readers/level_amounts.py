"""How loud a sound is to be, in the arguments of `volume`: by steps, percents or decibels, or against what it is now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step


def by_a_part(c: Clause, named: list[str], spoken: bool) -> Reading | None:
    """ "lower the music by a third"."""
    up, down = c.has("louder"), c.has("quieter")
    part = _BY_A_PART.search(c.text)
    if part is None or not (up or down) or not (named or spoken) or c.quantities or c.has("speed_up", "slow_down"):
        return None
    value = {"quarter": 25, "third": 33, "fifth": 20, "tenth": 10}[part[1]]
    return steps("volume", 0.945, named or [None], by=value if up and not down else -value)


_STATED = re.compile(
    r"(?:'s|(?<![a-z])(?:is|are|was|sounds?|feels?)) (?:[a-z]+ )?(?:twice|half|(?:two|three|four) times) as loud as "
)


def times_now(c: Clause, named: list[str], sounding: bool) -> Reading | None:
    """ "twice as loud", "a third as loud", 音量翻倍."""
    if sounding and patterns.search(
        r"(?:音量|声音?|音乐|旁白|人声)[^,。]{0,6}(?:翻一?[倍番]|加倍|提高一倍|大一倍)", c.text
    ):
        return steps("volume", 0.945, named or [None], by=100)
    if " as loud as " in c.text and _STATED.search(c.text):
        return None  # "the jingle is twice as loud as her": how it is
    if times := _AS_LOUD.search(c.text):
        level = min(400, round(_now(c, named) * (3 if times["three"] else 2), 2))
    elif part := _PART_AS_LOUD.search(c.text):
        level = round(_now(c, named) / {"third": 3, "quarter": 4, "fifth": 5}[part[1]], 2)
    elif (factor := c.quantity("factor")) is not None and sounding and _TIMES_VOLUME.search(c.text):
        level = min(400, round(_now(c, named) * float(factor.number), 2))
    else:
        return None
    return steps("volume", 0.95, named or [None], to=level)


def amount(c: Clause, up: bool, down: bool, level: Quantity | None, decibels: Quantity | None) -> dict[str, Plain]:
    """The arguments that say so; {} where nothing says how loud."""
    if patterns.search(
        r"(?:太|有点|偏)(?:吵|响|大声?)(?!家|[一点些])|吵死|震耳|盖[过住]|压[过住](?!低)", c.text
    ) and not patterns.search(r"盖不[过住]|[调开放]大|大声[一点些]|大[一点些]", c.text):
        up, down = False, True
    if patterns.search(r"(?:有点|偏|略)(?:小|轻|低)声?(?!一|点|些)", c.text):
        up, down = True, False  # 旁白声音有点小
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
        lowering = (
            lowering
            or patterns.match(r" ?(?:less|lower|quieter|softer|down)(?![a-z])", c.text[decibels.end :]) is not None
        )
        if _OFF.search(c.text):
            return {"by_db": -number}
        return {"by_db": -number if lowering else number}
    if level is not None and patterns.search(r"太[大小响轻]声?了?[,， ]*$", c.text[: level.start]):
        return {"to": level.number}  # 太小了 50
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
            if not patterns.search(
                r"by half|减半|(?:现在|目前|当前|这会儿)音?量?的?一半|[小低轻]一半|降(?:低)?一半|half as|twice as|in half|halve|half (?:of )?(?:(?:what|how loud) |(?:its|the) (?:current|present))",
                c.text,
            )
            else {"to": round(_now(c) / 2, 2)}
        )
    if not (up or down):
        return {}
    strength = "much_" if _much(c) else "a_bit_" if c.has("a_bit") else ""
    return {"step": f"{strength}{'quieter' if lowering else 'louder'}"}


_OFF = Sieve(
    re.compile(
        r"(?<![a-z])(?:take|knock|shave|pull|cut|drop|lose|trim|chop)(?: another| about| like)? [^,;]{1,18}?(?:%|percent|db|decibels?) (?:off|from|out of)(?![a-z])"
        r"|(?<![a-z])drop (?:the )?[^,;]{1,30} (?<!to )(?<!at )\d+ ?(?:%|percent)$"
    )
)


_CHANGED = (  # "raise the music 10%" is by so much; to so much would need a "to"
    r"(?<![a-z])(?:raise|boost|increase|bump|lift|lower|reduce|decrease|amplify) [^,;:]{2,30}$"
)


def _percent(c: Clause, level: Quantity, up: bool, lowering: bool) -> dict[str, Plain]:
    number = level.number
    if level.kind == "number" and 0 < number <= 1.5 and {".", "/"} & set(c.text[level.start : level.end]):
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
        r"|很多|得多|(?<!好)多了|大幅|非常|特别|超级|好多(?!了)|不少|许多|几乎听不|完全听不",
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


_AS_LOUD = Sieve(
    re.compile(
        r"(?<![a-z])(?:twice|two times|double|(?P<three>three times|triple|thrice))(?: as| the| its| of the| my)*(?: [a-z'-]+){0,2}? (?:loud|volume|level|loudness)(?![a-z])"
    )
)


_TIMES_VOLUME = re.compile(r"(?<![a-z])(?:volume|loudness)(?![a-z])|音量|声音?(?=[\d一二两三四五六七八九十.]+倍)")
_PART_AS_LOUD = Sieve(re.compile(r"(?<![a-z])(?:a|one) (third|quarter|fifth) as loud(?![a-z])"))


def _in_decibels(c: Clause) -> bool:
    """ "voice plus 2 dB, music minus 4": the unit goes on."""
    last = c.around.before[-1] if c.around.before else None
    told = dict(last.args) if isinstance(last, Step) and last.command == "volume" else {}
    return "by_db" in told or "db" in told


_BY_A_PART = Sieve(re.compile(r"(?<![a-z])by (?:a|one) (quarter|third|fifth|tenth)(?![a-z])"))
