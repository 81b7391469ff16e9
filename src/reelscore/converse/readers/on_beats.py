"""What lies on the beat, and markers: "cut on every second beat", "snap the cuts to the music", "mark the hook at 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.anchors import on_one_side
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import taken_zh
from reelscore.converse.readers.files_meant import is_sound
from reelscore.converse.readers.moments import every_cut
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked
from reelscore.values.timeline import Marker


def read(c: Clause) -> Iterator[Reading]:
    """Cuts on beats, markers."""
    yield from _beats(c)
    yield from _markers(c)


_CUTS_LAND = Sieve(
    re.compile(  # cuts that are there, and no new ones
        r"(?<![a-z])(?:(?:the|that|this|my|each|every|all(?: the)?) cuts?|make (?:it|them)) (?:(?:should|to|must|could|can|would|right|exactly|all|really) )*(?:(?:lands?|falls?|sits?|hits?|lines? up) (?:right |exactly |bang |dead )*(?:on|with|to)|hits?) (?:the |a )?(?:beat|downbeat|music)(?![a-z])"
        r"|(?<![a-z])(?:cuts?|edits?)(?:(?: (?:is|are|was|were|do|does|sits?|lands?|comes?|feels?)(?:n'?t| not)?(?: (?:quite|exactly|really|land|sit|fall|hit|line up|a (?:bit|hair|touch|little)|slightly|just))*|n't| not) (?:on|with)|(?: [a-z]+){0,4}? (?:off(?: from)?|beside|next to|past)) (?:the )?(?:beat|music|rhythm)(?![a-z])"
    )
)
_OFF_THE_BEAT_ZH = Sieve(
    re.compile(  # 剪点没踩在拍子上, 卡点没卡准, 画面切换老是慢半拍
        r"(?:剪[辑切]?点|切点|[剪切换]的(?:地方|位置|点)|剪辑|画面|镜头|切换|转场|cut点?|卡点|卡得?)[^,。;!?]{0,8}?(?:(?:没|不)(?:有|能|太|怎么|够|在|是|很|都)*(?:踩|卡|落|对|合)?(?:[在到上准齐])*(?:音乐的?|歌的?)?(?:节拍|拍子?|鼓点|节奏|点子?上)(?!感)"
        r"|(?:没|不)(?:有|太|怎么|够|能)*[踩卡对](?:[准上齐住]|到位)|[慢快差晚早偏]了?[半一]?(?:个|点)?拍|[跟和与](?:音乐|歌|节奏|节拍|鼓点)[^,。;!?]{0,3}?(?:[对合踩搭卡]不[上齐准]|不同步|不[合搭]))"
    )
)
_OF_BEATS_ZH = Sieve(re.compile("[拍点步]|不[上齐准合搭]"))
_PUT_RIGHT_ZH = re.compile(  # what is wrong, and an order that says no more than that
    r"[,。;! ]+(?:请|帮[我忙]|给我|麻烦|你|那|就|都|再|把它)*(?:对|修|调|弄|改|挪|卡|校|搞|整)(?:一?[下对修调]|准|齐|好|正|到位|整齐)*(?:吧|呗|啊|谢谢)*[。!]*$"
)


def cuts_to_put_right(text: str) -> bool:
    """剪点没踩在拍子上 帮我对一下: is it what is wrong with the cuts, and an order that says no more?"""
    return bool(_OF_BEATS_ZH.search(text) and _PUT_RIGHT_ZH.search(text) and _OFF_THE_BEAT_ZH.search(text))


def _laid_first(c: Clause) -> tuple[Asked, ...]:
    """ "cut the party video to the beat of the dance song": the files that are named and lie nowhere yet, of which one is
    the music."""
    named = [m for m in c.mentions if m.kind == "name" and not m.things]
    if not any(is_sound(c, m) for m in named):
        return ()
    adds = (step("add", 1, media=m.said, as_="music" if is_sound(c, m) else None) for m in named)
    return tuple(one for made in adds for one in made.asked)


def _beats(c: Clause) -> Iterator[Reading]:
    text = c.text
    if c.has("mark_beats") and patterns.search(r"mark|flag|pin|tick|标|记号|打一?个?点|where|show", text):
        marked = bool(patterns.search(r"bars?|measures?|downbeats?|小节|重拍", text)) and not patterns.search(
            r"beats", text.replace("downbeats", "")
        )
        yield step("mark_beats", 0.96, bars=marked or None)
        return
    if (("cut" in c.plain.text or "edit" in c.plain.text) and _CUTS_LAND.search(text)) or (
        _OF_BEATS_ZH.search(text) and _OFF_THE_BEAT_ZH.search(text)
    ):
        yield replace(step("snap_to_beat", 0.975), whole=cuts_to_put_right(text))
        return
    if c.has("cut_to_beat"):
        every: Plain = None
        bars: Plain = None
        if q := c.quantity("beats"):
            every = int(q.number)
        elif q := c.quantity("count_bars"):
            every, bars = int(q.number), True
        elif patterns.search(r"(?:every|each|per|on (?:the|every)) (?:bar|measure)|每(?:个|一)?小节|小节切", text):
            every, bars = 1, True
        elif patterns.search(r"(?:every|each|on every) beat|每(?:一|个)?拍|(?<![\d一二两三四])拍切", text):
            every = 1
        elif patterns.search(r"every (?:other|second) beat|隔一?拍", text):
            every = 2
        strong = every is not None or patterns.search(r"cut|edit|switch|shot|change|剪|卡|踩|切|换", text)
        if strong and not (
            c.has("snap") and patterns.search(r"snap|align|line|nudge|shift|slide|move|adjust|对齐|吸附|对准", text)
        ):
            made = step("cut_to_beat", 0.94, every=every, bars=bars)
            laid = () if every_cut(c) else _laid_first(c)  # click音效放在每次换镜头的时候
            yield replace(made, asked=(*laid, *made.asked), score=0.97, whole=True) if laid else made
    if (
        c.has("snap")
        and (c.has("beat", "downbeat") or patterns.search(r"music|节拍|节奏|拍", text))
        and (c.has("cuts") or patterns.search(r"beat|节拍|拍", text))
    ):
        if patterns.search(r"music (?:to|with)|score|音乐(?:对齐|贴合|跟)", text) and not patterns.search(
            r"cuts?.{0,12}(?:to|with|up|onto) (?:the )?(?:music|beat|rhythm)|剪辑点?.{0,8}(?:对|到)", text
        ):
            return
        if "高潮" in text:
            return  # a moment of the music at a moment of the film
        within = c.quantity("seconds", "frames")
        down = True if patterns.search(r"downbeat|first beat|bar line|the bars|第一拍|重拍|强拍|小节", text) else None
        yield step("snap_to_beat", 0.93, within=plain(within) if within else None, downbeats=down)


_MARK = re.compile(r"\s*(?:(?:please|pls|also|and|then|just|can you|could you) )*mark ")
_CALLED = Sieve(
    re.compile(  # "put a marker q&a at 3:30"
        r"(?<![a-z])(?:an?|another|the|new) marker:? (?!(?:at|on|in|to|for|from|every|each|here|there|where|when|right|exactly|just|that|and|of|is|should|into|onto|again|also|too|please|by|after|before|near|around|about|between|with|as|so|if|on|called|named)(?![a-z]))"
        r"(?P<label>[^,.;:\d][^,.;:]{0,30}?) at (?=\d)"
    )
)
_LABEL = re.compile(r"(?:标记|记号|标注)(?:点)?[ :,]+(?:叫|写|名为|是)?(?P<label>[\u4e00-\u9fffa-z][^,。;!\n]{0,20})$")


_ANOTHER_NAME = re.compile(
    r"(?<![a-z])(?:rename|relabel|call|name|change) (?:the |my )?(?P<old>[^,.;:]{1,30}?) marker(?: at [\d:]+)?(?:'s (?:name|label))?(?: to| as| into)? (?P<new>[^,.;:]{1,40})$"
    r"|(?<![a-z])(?:the |my )?(?P<old2>[^,.;:]{1,30}?) marker (?:should|must|needs to|ought to) (?:be called|be named|say|read|be) (?P<new2>[^,.;:]{1,40})$"
)


def _renamed(c: Clause, label: str | None) -> Reading | None:
    """ "rename the sponsor marker to Ad break": at its time there is one of the other name."""
    found = _ANOTHER_NAME.search(c.text)
    if found is None:
        return None
    old, name = ("old", "new") if found["old"] else ("old2", "new2")
    there = _named_so(c, found[old])
    if there is None:
        return None
    new = label or c.said(*found.span(name)).strip()
    made = (
        *step("remove_marker", 1, label=there.label).asked,
        *step("marker", 1, at=seconds(there.at), label=new).asked,
    )
    return Reading(made, 0.97, whole=True)


_SHIFTED = re.compile(
    r"(?<![a-z])(?:move|shift|push|put|bring|slide|set) (?:the |my )?(?P<old>[^,.;:]{1,30}?) marker(?: (?:over|back|up|forward))?(?: to| at)(?= )"
)


_SHIFTED_ZH = re.compile(
    r"(?:把|将|,)*(?P<old>[^,。;!]{0,14}?)(?:那个|这个|的|那)*标记点?(?:给我|再|都|往[前后])*(?:挪|移|改|调|搬|拖)(?:动|个)?[到至去]"
)


def _shifted(c: Clause, times: Sequence[Plain]) -> Reading | None:
    """ "move the sponsor marker to 4:20", 标记挪到2秒 where there is but one."""
    found = (_SHIFTED.search(c.text) or _SHIFTED_ZH.match(c.text)) if len(times) == 1 else None
    named = next((m.said for m in c.mentions if found and m.kind == "name" and m.start < found.end()), "")
    there = (_named_so(c, found["old"]) or _named_so(c, named)) if found else None
    if found and not found["old"] and len(c.scene.timeline.markers) == 1:
        there = c.scene.timeline.markers[0]
    if there is None:
        return None
    made = (
        *step("remove_marker", 1, label=there.label).asked,
        *step("marker", 1, at=times[0], label=there.label).asked,
    )
    return Reading(made, 0.97, whole=True)


def _named_so(c: Clause, name: str) -> Marker | None:
    wanted = name.strip(" '\"").lower()
    return next((m for m in c.scene.timeline.markers if m.label and m.label.lower() == wanted), None)


def _marker_named(c: Clause) -> str | None:
    """ "add a marker at 4:30 | and remove the sponsor one": the marker of that name, after another was spoken of."""
    last = c.around.before[-1] if c.around.before else None
    if not isinstance(last, Step) or last.command not in ("marker", "remove_marker") or not c.has("remove"):
        return None
    held = [m.label for m in c.scene.timeline.markers if m.label and f"the {m.label.lower()} one" in c.text]
    return held[0] if len(held) == 1 else None


def _markers(c: Clause) -> Iterator[Reading]:
    if (label := _marker_named(c)) is not None:
        yield step("remove_marker", 0.96, label=label)
        return
    if not (c.has("marker") or c.mention("marker")) or c.has("mark_beats"):
        return
    if patterns.search(r"标记(?:点)?的?(?:之[前后]|以[前后]|[前后]面?)", c.text):
        return
    text = c.text
    if patterns.search(
        r"watermark|chapter (?:title|card|heading|name)|\d[ -]?(?:s|sec|secs|second|seconds|minute)? mark(?!er)|bookmark this version|question mark|remarkabl|标题",
        text,
    ) and not c.mention("marker"):
        return
    times = [plain(q) for q in c.every("seconds", "timecode", "frames")] or every_cut(c)
    at = times[0] if times else None
    if at is None and (found := patterns.search(r"at (\d{1,4}(?:\.\d+)?)(?![\d:%])", text)):
        at = float(found[1])
    label = c.quotes[0].words if c.quotes else None
    if (other := _renamed(c, label) or _shifted(c, times)) is not None:
        yield other
        return
    if label is None and (told := _LABEL.search(c.text)):
        label = c.said(*told.span("label"))
    if patterns.search(r"remove|delete|clear|no markers|get rid|去掉|删|清|移除|取消", text) or taken_zh(
        text, "标记点?"
    ):
        kind = next(
            (
                name
                for name, pattern in (
                    ("downbeat", r"downbeat|bar marker|小节"),
                    ("beat", r"beat|节拍|拍"),
                    ("hit", r"hit|accent|重点|重音"),
                    ("cut", r"cut marker|剪辑点标记"),
                )
                if patterns.search(pattern, text)
            ),
            None,
        )
        if kind and at is None and label is None and patterns.search(r"all (?:the )?markers|所有标记", text):
            kind = kind if patterns.search(r"beat|hit|拍|重", text) else None
        yield step("remove_marker", 0.95, at=at, label=label, kind=kind)
        return
    if at is None:
        at = (
            "middle"
            if c.has("at_middle")
            else "end"
            if patterns.search(r"at the (?:very )?end|结尾|末尾", text)
            else 0
            if patterns.search(r"at the (?:start|beginning)|开头", text)
            else None
        )
    shown = [m for m in c.mentions if m.kind != "marker"]
    if at is None and len(shown) == 1 and (begun := on_one_side(text, shown[0], c.scene)) is not None:
        at = seconds(begun[0].start)  # "a hit point where the drone starts"
    if at is None:
        return
    hit = patterns.search(r"(?<![a-z])hit|accent|重点|重音", text)
    if label is None and (
        called := patterns.search(
            r"^mark (?:the|where(?: the)?) ([a-z][a-z ]{1,30}?)(?:, (?:that'?s|it'?s|which is|so))? (?:at|on)(?= \d)",
            text,
        )
    ):
        label = c.said(called.start(1), called.end(1))
    if label is None and (
        named := patterns.search(
            r"(?:called|named|labelled|label|名为|叫做?|命名为|标签|备注)(?:写上?|叫做?|是|为)?\s*:?\s*([^,.!]+?)(?: at .*| 在.*)?$",
            text,
        )
    ):
        label = c.said(named.start(1), named.end(1))
    if label is None and (told := _CALLED.search(text)):
        label = c.said(*told.span("label"))
    if c.mention("title", "subtitle") and not c.mention("marker"):
        return
    made = [
        one
        for moment in (times or [at])
        for one in step("marker", 1, at=moment, label=label, kind="hit" if hit else None).asked
    ]
    yield Reading(tuple(made), 0.95 if hit or _MARK.match(text) else 0.94)
