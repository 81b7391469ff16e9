"""When a new text is seen: at a moment, over a clip, as the drop comes, and how long it stays."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import just_before
from reelscore.converse.readers.music_timed import section_starts
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Said


def shown_when(c: Clause) -> dict[str, Plain]:
    """When a text appears, and how long it stays."""
    args: dict[str, Plain] = {}
    if c.range:
        first, last = c.range
        args["at"] = plain(first)
        args["duration"] = round(float(last.number) - float(first.number), 6)
        return args
    for q in c.every("seconds", "frames", "timecode"):
        if c.text[: q.start].endswith("last ") and "duration" not in args and not isinstance(q.value, str):
            args["duration"] = plain(q)
            args["at"] = round(float(c.scene.duration) - float(q.number), 6)
            continue
        if "at" in args and _OUT_AT.search(c.text[max(0, q.start - 20) : q.start]):
            args["duration"] = round(float(q.number) - float(str(args["at"])), 6)
            continue
        if _TO_THE_END.match(c.text, q.end):
            args["at"] = plain(q)
            args["duration"] = round(float(c.scene.duration) - float(q.number), 6)
            continue
        if (
            q.cue in ("at", "from")
            or (not q.cue and ":" in c.text[q.start : q.end])
            or _THEN.match(c.text, q.end)
            or c.text[max(0, q.start - 1) : q.start] == "第"
        ):
            args.setdefault("at", plain(q))
        elif (q.cue == "last" or c.text[: q.start].endswith("last ")) and "duration" not in args:
            args["duration"] = plain(q)
            args["at"] = round(float(c.scene.duration) - float(q.number), 6)
        elif q.cue in ("until", "to"):
            args["duration"] = round(float(q.number) - float(args.get("at") or 0), 6)
        else:
            args.setdefault("duration", plain(q))
    if "at" not in args and (found := patterns.search(r"(?<![\d])at (\d{1,3}(?:\.\d+)?)(?!\d|:\d|%)", c.text)):
        args["at"] = float(found[1])
    seen = next((m for m in c.mentions if len(m.things) == 1 and _while_seen(c, m)), None) if "at" not in args else None
    if seen is not None:
        args["at"] = float(seen.things[0].span.start)
        args.setdefault("duration", float(seen.things[0].span.duration))
    if "at" not in args and c.anchor and patterns.search(_AS_IT_COMES, c.text):
        args["at"] = c.anchor[0]
    if "at" not in args and (over := during(c)) is not None:
        if just_before(_NOT_THERE, c.text, over.start):  # "... but not on the first clip": behind it
            if over.things[0].span.start == 0 and over.things[0].span.end < c.scene.duration:
                args["at"] = float(over.things[0].span.end)
            return args
        args["at"] = float(over.things[0].span.start)
        args.setdefault("duration", float(over.things[0].span.duration))
    if "at" not in args and (at := _at_a_marker(c)) is not None:
        args["at"] = at
    if "at" not in args and (drop := ON_THE_DROP.search(c.text)):
        begins = section_starts(c, drop["name"] or "drop", drop["nth"] or "")
        args.update({} if begins is None else {"at": seconds(begins)})
    if (
        c.has("at_middle")
        and "at" not in args
        and patterns.search(
            r"in the middle of the (?:video|film)|halfway|影片中间|视频中间|片子中间|全片中间|中途|中段", c.text
        )
    ):
        args["at"] = "middle"
    if (
        c.has("to_the_end")
        and "duration" not in args
        and (
            ("at" in args and _UP_TO_THE_END.search(c.text))
            or patterns.search(
                r"throughout|whole|entire|until the end|全程|始终|一直|从头到尾|自始至终|到最后|到结束", c.text
            )
        )
    ):
        args["duration"] = round(float(c.scene.duration) - float(args.get("at") or 0), 6)
    return args


def _at_a_marker(c: Clause) -> float | None:
    """赞助那里, where a marker is called that."""
    for marker in c.scene.timeline.markers if not c.text.isascii() else ():
        label = marker.label.lower()
        for name in (label, *table("subjects").get(label, ())):
            at = c.text.find(name) if name else -1
            if at >= 0 and _THERE.match(c.text, at + len(name)):
                return float(marker.at)
    return None


_THERE = re.compile(r" ?(?:那个|这个|的)?(?:标记)?(?:[那这](?:里|儿|块|边)|处|的?地方|的?位置|标记|的?时候)")
_THEN = re.compile("(?:处|起|时|开始|(?:的|那|这)个?(?:地方|位置|时候)|[那这](?:里|儿|块|会儿))")
ON_THE_DROP = re.compile(  # "when the beat drops", 副歌响起的时候
    r"(?<![a-z])(?:when|as|once|as soon as|at|on|with) (?:the )?(?:(?P<nth>first|second|third|last|final) )?(?:(?:beat|bass|music|song|track) drops?(?![a-z])|(?P<name>chorus|drop|hook|refrain)(?![a-z]))"
    r"|(?:副歌|高潮)(?:部分)?(?:响起|开始|到|来|进)?(?:的?时候?|那里|处)|(?:卡|跟|踩)着?(?:在)?(?:副歌|高潮)"
)
NO_DROP = Said(
    "Where that part of the music begins is not known. Say the time: at 0:07.",
    "还不知道音乐的那一段从哪里开始。请直接说时间：第7秒。",
)
_OUT_AT = re.compile(
    r"(?<![a-z])(?:out|off|gone|away|disappears?|vanish(?:es)?|ends?|leaves?)(?: again)? (?:at|by|after) $"
)
_UP_TO_THE_END = re.compile(r"(?<![a-z])(?:on )?(?:to|until|till|through) the (?:very )?end(?![a-z])")
_TO_THE_END = re.compile(
    r"(?:开始|起)?,?(?:一直)?到(?:影片|视频|片子|全片)?(?:的)?(?:最后|结尾|片尾|结束|末尾|完)(?! ?\d)"
)
_AS_IT_COMES = r"(?<![a-z])(?:when|as|once|where|before|after|until|as soon as)(?![a-z])"


def _while_seen(c: Clause, m: Mention) -> bool:
    """ "as long as the beach is on": from its beginning to its end."""
    return (
        m.things[0].role in ("clip", "overlay")
        and bool(just_before(_WHILE, c.text, m.start))
        and _IS_SEEN.match(c.text, m.end) is not None
    )


_WHILE = re.compile(
    r"(?<![a-z])(?:while|whilst|whenever|(?:for )?as long as|so long as|the whole time|all the time) (?:the |my |our )?$"
)
_IS_SEEN = re.compile(
    r"(?: (?:clip|shot|part|bit|scene|section|photo|picture))?(?: is|'s| are| stays| plays| runs| lasts| shows)(?: (?:on|up|there|visible|shown|showing|playing|running|in view|to be seen|seen|on ?screen))*(?![a-z])"
)


def during(c: Clause) -> Mention | None:
    """The clip that a text is to lie on: "over the lake", "on the last picture"."""
    return next(
        (
            m
            for m in c.mentions
            if (
                len(m.things) == 1
                and m.things[0].role == "clip"
                and not m.every
                and m.kind != "film"
                and (_ON_IT.match(c.text, m.end) or _NEEDS.match(c.text, m.end))
            )
            or (
                len(m.things) == 1
                and m.things[0].role == "clip"
                and not m.every
                and patterns.search(
                    r"(?<![a-z])(?:on|over|during|across|throughout|onto|in|at|(?<=\ue000 )to|at the (?:very )?(?:start|beginning) of|text for|title for|caption for|subtitle for|under|below|beneath|underneath|for|^ *(?:caption|label|subtitle|title)) (?:top of )?(?:all of )?(?:the |my )?(?:whole |entire |full )?$",
                    c.text[: m.start],
                )
            )
            or (len(m.things) == 1 and _while_seen(c, m))
            or (
                len(m.things) == 1
                and m.things[0].role == "clip"
                and not m.bare
                and just_before(_PART_OF, c.text, m.start)
            )
        ),
        None,
    )


_NEEDS = re.compile(r" (?:needs?|gets?|should (?:get|have)|wants?|has to have) (?:an?|the|another|some) ")
_PART_OF = re.compile(r"(?<![a-z])(?:top|bottom|middle|cent(?:er|re)|corner|left|right) of (?:the |my )?$")
_NOT_THERE = re.compile(r"(?<![a-z])not (?:on|over|in|during|across) (?:the |my )?$")
_ON_IT = re.compile(  # 湖的那段左上角一直写着, 海滩那段一开始就出字幕, 采访的时候,下面打一行字
    r" ?(?:的|字幕(?=写|[:是])|标题(?=写|[:是])|那里|那段|那儿|那边|那张|那一?[段张个]|这段|片段|镜头|照片|视频|上面?|底下|下[方边]|里面?|的?时候|时|期间|画面上?|片段上|下面?|一?开始|出现|[左右][上下]角?|[上下左右]面|正?中[间央]|底部|顶部|屏幕上?|一直|全程|始终|请|给我|帮我|再|都|就|在|,){0,7}(?:加(?!速)|打|写|放(?!大|慢)|显示|出(?!现)|配|来|上|弹出|飘|(?:人?名条|字幕|标题)(?=[:, ]*\ue000))"
)
