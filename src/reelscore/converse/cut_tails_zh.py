"""A Chinese piece that goes on about the cut that was just asked for: "第15秒定格一下，3秒", "截成两段，各3秒", "片头不要了，直接从徒步开始",
"intro和hiking之间不要转场，其它都加".
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.one_clause import Read
from reelscore.values.command import Plain, Step


def of_the_cut(open_: Read, c: Clause, length: Plain, *, each: bool) -> Read | None:
    """What was asked for, with what the piece says of it; `length`: the piece is that, and nothing else."""
    return (
        _all_along(open_, c)
        or _from_within(open_, c)
        or _until_there(open_, c)
        or _so_fast(open_, c)
        or _out_of_one(open_, c)
        or _everywhere_else(open_, c)
        or _from_there(open_, c)
        or _as_fast_as(open_, c)
        or _spared(open_, c)
        or _kept_instead(open_, c)
        or (_each_part(open_, c, length) if each else _so_long(open_, length))
    )


_LASTING = ("freeze", "add", "picture_in_picture", "transition", "crossfade", "fade_in", "fade_out")


def _so_fast(open_: Read, c: Clause) -> Read | None:
    """采访的后一半快进,2倍: how fast what was just asked for is played."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "speed" or open_.best is None or open_.clause.quantity("factor"):
        return None
    if len(c.quantities) != 1 or c.quantities[0].kind != "factor" or c.mentions:
        return None
    q, factor = c.quantities[0], dict(asked.args).get("factor")
    rest = (c.text[: q.start] + c.text[q.end :]).strip(" ,.。!的速吧就行好可以了左右大概")
    if rest or not isinstance(factor, int | float) or (factor > 1) != (q.number > 1):
        return None
    made = replace(asked, args=tuple((k, q.number if k == "factor" else v) for k, v in asked.args))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


_FADING = ("fade_in", "fade_out")


def _so_long(open_: Read, length: Plain) -> Read | None:
    """第15秒定格一下,3秒: how long what was just asked for lasts, and both where picture and sound fade at once."""
    every = open_.best.asked if open_.best and not open_.held else ()
    if open_.best and len(every) > 1 and length is not None:
        both = [one for one in every if isinstance(one, Step) and one.command in _FADING]
        if len(both) == len(every) and not any("duration" in dict(one.args) for one in both):
            longer = tuple(Step(one.command, (*one.args, ("duration", length))) for one in both)
            return replace(open_, best=replace(open_.best, asked=longer))
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    if not isinstance(asked, Step) or asked.command not in _LASTING or "duration" in dict(asked.args):
        return None
    if length is None or open_.best is None:
        return None
    made = Step(asked.command, (*asked.args, ("duration", length)))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


_WITHIN = re.compile(
    r"(?:要|就|它|把它|这段|那段|,)*(?:从|由|自)(?:它|里面|片段|原片|素材)?的?第?\ue000钟?(?:那里|的?地方|处)?(?:开始|起)?(?:截|取|用|放|播|算|剪|裁)?(?:吧|就行|就好)*[。!]*"
)


def _from_within(open_: Read, c: Clause) -> Read | None:
    """自拍视频裁成5秒,从第3秒开始: which part of the clip that is."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    times = c.every("seconds")
    if not isinstance(asked, Step) or asked.command != "trim" or set(dict(asked.args)) != {"which", "to"}:
        return None
    if open_.best is None or len(times) != 1 or len(c.quantities) != 1 or isinstance(times[0].value, str) or c.mentions:
        return None
    said = f"{c.text[: times[0].start]}\ue000{c.text[times[0].end :]}".strip(" ,")
    named = [m.things[0] for m in open_.clause.mentions if len(m.things) == 1]
    if not _WITHIN.fullmatch(said) or len(named) != 1 or named[0].role != "clip":
        return None
    to, start = Fraction(str(dict(asked.args)["to"])), times[0].value
    left = named[0].segment.duration - start - to
    ends = {"from_start": seconds(start), "from_end": seconds(left)}
    if left < 0:
        return None
    made = Step("trim", (("which", dict(asked.args)["which"]), *((end, value) for end, value in ends.items() if value)))
    return replace(open_, best=replace(open_.best, asked=(made,)))


_UP_TO = re.compile(
    r"(?:然后|就|一直|,)*(?:[用放播截取留剪]|播放)?(?:一直)?到第?\ue000钟?(?:那里|处|为止|结束|停)*(?:吧|就行|就好)*[。!]*"
)


def _until_there(open_: Read, c: Clause) -> Read | None:
    """第一段从第2秒开始用,用到第5秒: where in the clip that part ends."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    times = c.every("seconds")
    if not isinstance(asked, Step) or asked.command != "trim" or set(dict(asked.args)) != {"which", "from_start"}:
        return None
    if open_.best is None or len(times) != 1 or len(c.quantities) != 1 or isinstance(times[0].value, str) or c.mentions:
        return None
    named = [m.things[0] for m in open_.clause.mentions if len(m.things) == 1]
    said = f"{c.text[: times[0].start]}\ue000{c.text[times[0].end :]}".strip(" ,")
    if not _UP_TO.fullmatch(said) or len(named) != 1 or named[0].role != "clip":
        return None
    start, left = Fraction(str(dict(asked.args)["from_start"])), named[0].segment.duration - times[0].value
    if left <= 0 or times[0].value <= start:
        return None
    made = replace(asked, args=(*asked.args, ("from_end", seconds(left))))
    return replace(open_, best=replace(open_.best, asked=(made,)))


_ELSE_TOO = re.compile(
    r"(?:但是?|不过|而|,)*(?:其[他它余]|别的|剩下的?|另外)的?(?:地方|片段|之间|位置|镜头|切换)?(?:之间)?(?:都|全|也|就|要)*(?:加上?|用|做|要有?|有)(?:转场|叠化|过渡|上)?(?:吧|就行|就好|了)*[。!]*"
)


def _everywhere_else(open_: Read, c: Clause) -> Read | None:
    """intro和hiking之间不要转场,其它都加: into all the other clips."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 else None
    if not isinstance(asked, Step) or asked.command not in ("remove_transition", "transition") or open_.best is None:
        return None
    if not (asked.command == "remove_transition" or open_.held) or not _ELSE_TOO.fullmatch(c.text.strip(" ,")):
        return None
    clips = list(c.scene.of("clip"))
    between = [m.things[0] for m in open_.clause.mentions if len(m.things) == 1 and m.things[0] in clips]
    if len(between) != 2:
        return None
    there = {one.into for track in c.scene.timeline.tracks for one in track.transitions}
    spared = max(between, key=lambda t: t.span.start)
    others = [t.segment.id for t in clips[1:] if t is not spared]
    made = tuple(Step("transition", (("which", one), ("kind", "crossfade"))) for one in others)
    gone = (asked,) if spared.segment.id in there else ()
    return replace(open_, best=replace(open_.best, asked=(*gone, *made)), held=False)


_THROUGHOUT = re.compile(
    r"(?:要|让它|把它|就|一直|可以|,)*(?:铺满|贯穿|放满|盖满|覆盖|从头到尾|铺到底|铺)(?:都|一直)?(?:放|播|有|响|铺)?(?:到)?(?:全片|整片|全程|(?:整个|整支|整条|全部)?(?:视频|片子|影片)|结尾|最后)?(?:吧|就行|就好)*[。!]*"
)


def _all_along(open_: Read, c: Clause) -> Read | None:
    """放pop song,铺满全片: music lasts as long as the film anyway."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "add" or "duration" in dict(asked.args):
        return None
    if not _THROUGHOUT.fullmatch(c.text.strip(" ,")):
        return None
    medium = next(iter(c.scene.media_named(str(dict(asked.args).get("media")).lower())), None)
    return open_ if medium is not None and medium.kind == "audio" else None


def _each_part(open_: Read, c: Clause, length: Plain) -> Read | None:
    """采访那段截成两段,各3秒: how long each part is, which may be what it comes to anyway."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "split" or open_.best is None:
        return None
    args, clips = dict(asked.args), list(c.scene.of("clip"))
    parts = args.get("parts")
    found = [t for m in open_.clause.mentions for t in m.things if t in clips] or clips[:1] * (len(clips) == 1)
    if not isinstance(parts, int) or not isinstance(length, int | float) or len(set(found)) != 1:
        return None
    if found[0].segment.duration == Fraction(str(length)) * parts:
        return open_
    first = clips.index(found[0]) + 1
    trims = tuple(Step("trim", (("which", f"clip {first + n}"), ("to", length))) for n in range(parts))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked, *trims)))


_TO_A_LENGTH = re.compile(
    r"(?:要|就|让它|把它|给我|,)*(?:卡|控制|压缩?|缩|限制?|保持|变|弄|做|播|放)(?:在|到|成|进)\ue000钟?(?:以?内|之内|左右|以下)?(?:就行|就好|吧|放完|播完)*[。!]*"
)


def _as_fast_as(open_: Read, c: Clause) -> Read | None:
    """开箱加速,卡在3秒内: so fast that it takes that long."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    lengths = c.every("seconds")
    if not isinstance(asked, Step) or asked.command != "speed" or open_.clause.quantities or open_.best is None:
        return None
    if len(lengths) != 1 or len(c.quantities) != 1 or c.mentions:
        return None
    if not _TO_A_LENGTH.fullmatch(f"{c.text[: lengths[0].start]}\ue000{c.text[lengths[0].end :]}".strip(" ,")):
        return None
    which = dict(asked.args).get("which")
    of = (("which", which),) if which is not None else ()
    made = Step("fit_duration", (*of, ("to", plain(lengths[0])), ("how", "speed")))
    return replace(open_, best=replace(open_.best, asked=(made,)))


_NOT_THIS = re.compile(
    r"(?:但是?|不过|就|把|,)*@(?:那[段张个])?(?:片段|镜头|视频)?的?(?:部分|内容)?(?:就|都|先|给我|可以)*(?:别|不要|不用|不能|不许|甭|不)(?:剪|动|缩|裁|删|碰|改|压)(?:短|掉|到)?(?:了|吧|它)*[。!]*"
    r"|(?:但是?|不过|就|,)*(?:别|不要|不用|不能)(?:剪|动|缩|裁|删|碰|改|压)(?:短|掉|到)?@(?:那[段张个])?(?:片段|镜头|视频)?(?:了|吧)*[。!]*"
)


def _spared(open_: Read, c: Clause) -> Read | None:
    """把影片控制在15秒内,自拍那段不要剪: the other clips give their share."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "fit_duration" or "which" in dict(asked.args):
        return None
    clips = c.scene.of("clip")
    named = [m for m in c.mentions if m.things and m.kind != "pronoun"]
    if open_.best is None or len(named) != 1 or len(named[0].things) != 1 or named[0].things[0] not in clips:
        return None
    text, (start, end) = c.plain.text, c.span  # as it was said: what is forbidden is blanks in the clause
    first = max(text.rfind(",", 0, start), text.rfind("。", 0, start)) + 1
    said = f"{text[first : start + named[0].start]}@{text[start + named[0].end : end]}"
    if not _NOT_THIS.fullmatch(said.strip(" ,")):
        return None
    kept = named[0].things[0]
    left = Fraction(str(dict(asked.args)["to"])) - kept.segment.duration
    others = [t for t in clips if t is not kept]
    whole = sum(t.segment.duration for t in others)
    if not 0 < left < whole:
        return None
    made = tuple(
        Step("trim", (("which", t.segment.id), ("to", seconds(t.segment.duration * left / whole)))) for t in others
    )
    return replace(open_, best=replace(open_.best, asked=made, whole=True))


_CUT_OUT_TO_KEEP = re.compile(r"[剪截取裁](?:辑|取)?[到至]")
_REST_GOES = re.compile(
    r"(?:那|就|然后)*(?:其[他它余]|别的|剩下|余下)的?(?:部分|内容|地方|时间)?(?:就|都|全部?|统统|可以|给我)*(?:不要|不用|删|剪|去|扔|丢|砍)(?:掉|除|了)*(?:吧|就行|就好)*[。!]*"
)


def _kept_instead(open_: Read, c: Clause) -> Read | None:
    """从3分20秒剪到4分钟,其它删除: that stretch stays."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "cut_range" or "which" in dict(asked.args):
        return None
    if not _CUT_OUT_TO_KEEP.search(open_.clause.text) or not _REST_GOES.fullmatch(c.text.strip(" ,")):
        return None
    return (
        replace(open_, best=replace(open_.best, asked=(replace(asked, command="keep_range"),))) if open_.best else None
    )


_FROM_THERE = re.compile(
    r"(?:然后|就|而是|要|片子|视频|影片|整个|直接|马上|,)*从(?P<thing>[^,。;]{1,14}?)(?:那[段里张]|这[段里])?(?:就|直接)?(?:开始|切入|进入|起)(?:放|播放?)?(?:就行|就好|吧|了)*[。!]*"
    r"|(?:然后|就|片子|视频|影片|,)*直接(?:进入?|接上?|切到?|跳到|到)[^,。;]{1,14}?(?:那[段里张])?(?:吧|就行|就好|了)*[。!]*"
)


_TAKEN_OFF = re.compile(
    r"(?:但是?|不过|,)*(?:多(?:出来?)?|超出|超过|剩下|多余)的?(?:部分|时间|秒数)?(?:都|就|全)*从@(?:那[段个张])?(?:里面?|身上|上面?)?(?:扣|剪|减|砍|出|去|裁|拿)(?:掉|短)?(?:吧|就行|就好)*[。!]*"
)


def _out_of_one(open_: Read, c: Clause) -> Read | None:
    """片子总共30秒,多的从航拍里扣: one clip gives all that is too much."""
    asked = open_.best.asked[0] if open_.best and len(open_.best.asked) == 1 and not open_.held else None
    named = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip"]
    if not isinstance(asked, Step) or asked.command != "fit_duration" or "which" in dict(asked.args) or len(named) != 1:
        return None
    m = named[0]
    if open_.best is None or not _TAKEN_OFF.fullmatch(f"{c.text[: m.start]}@{c.text[m.end :]}".strip(" ,")):
        return None
    left = m.things[0].segment.duration - c.scene.duration + Fraction(str(dict(asked.args)["to"]))
    if not 0 < left < m.things[0].segment.duration:
        return None
    made = Step("trim", (("which", m.said), ("to", seconds(left))))
    return replace(open_, best=replace(open_.best, asked=(made,), whole=True))


_UP_TO_IT = re.compile(
    r"(?:然后|就|要|片子|视频|影片|整个|直接|,)*(?:在|到)(?:[^,。;]{1,14}?)(?:那[段里张]|这[段里])?(?:就|直接)?(?:结束|收尾|收|完|停)(?:就行|就好|吧|了)*[。!]*"
)


def _from_there(open_: Read, c: Clause) -> Read | None:
    """片头不要了,直接从徒步开始: all that lies before that clip goes."""
    asked = open_.best.asked if open_.best and not open_.held else ()
    gone = [dict(one.args).get("which") for one in asked if isinstance(one, Step) and one.command == "remove"]
    clips = list(c.scene.of("clip"))
    named = {t for m in c.mentions for t in m.things if m.kind != "pronoun"}
    if open_.best is None or len(gone) != len(asked) or not gone or len(named) != 1 or not named <= set(clips):
        return None
    at = clips.index(next(iter(named)))
    if _UP_TO_IT.fullmatch(c.text.strip(" ,")):
        rest = clips[at + 1 :]  # 片尾那张图去掉,直接在穿搭那里结束
    elif _FROM_THERE.fullmatch(c.text.strip(" ,")):
        rest = clips[:at]
    else:
        return None
    out = {t.segment.id for m in open_.clause.mentions for t in m.things}
    more = [t for t in rest if t.segment.id not in out]
    made = tuple(Step("remove", (("which", t.segment.id),)) for t in more)
    return replace(open_, best=replace(open_.best, asked=(*asked, *made)))
