"""What is on the timeline and in which order: add, replace, copy, move, reorder, rename, remove."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import SOUND, denied, only_a_property
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.adding import added
from reelscore.converse.readers.files_meant import files_named
from reelscore.converse.readers.ordering import BACK, FRONT, reordered
from reelscore.converse.readers.parts import of_a_thing
from reelscore.converse.readers.replacing import replaced
from reelscore.converse.reading import (
    PICTURE_KINDS,
    SOUND_KINDS,
    TEXT_KINDS,
    Reading,
    resulting,
    step,
    steps,
    target,
    targets,
)
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Option, Question

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def read(c: Clause) -> Iterator[Reading]:
    """Everything that puts, moves or takes whole things."""
    yield from _rename(c)
    if c.quotes and not any(m.kind == "name" for m in c.mentions):
        return
    yield from added(c)
    yield from replaced(c)
    yield from _duplicate(c)
    yield from reordered(c)
    yield from _move(c)
    yield from _remove(c)


def _rename(c: Clause) -> Iterator[Reading]:
    if not c.has("rename"):
        return
    name = c.quotes[-1].words if c.quotes else _bare_name(c)
    if not name:
        return
    if c.mention("title", "subtitle", "text") and not patterns.search(
        r"project|film'?s|video'?s|the (?:film|video|movie|project)|项目|影片|工程", c.text
    ):
        return
    things = [m for m in c.mentions if m.kind in (*PICTURE_KINDS, "music", "voice", "sound", "name")]
    if patterns.search(r"track|轨", c.text) and things and c.mention("music", "voice"):
        role = things[0].kind
        track = next((t.track for m in things for t in m.things), None)
        yield step("rename", 0.95, track=track.id if track else role, name=name)
        return
    if not things and not c.mention("film") and not patterns.search(r"project|项目|工程|影片|it|它|this", c.text):
        return
    yield step("rename", 0.95, which=things[0].said if things else None, name=name)


def _bare_name(c: Clause) -> str | None:
    """ "call clip 2 seaside", 把片段2改名为海边: the name that follows."""
    thing = next((m for m in c.mentions if m.kind in (*PICTURE_KINDS, "name", "music", "film", "voice")), None)
    found = patterns.search(
        r"(?:改名|命名|重命名|取名|改叫|起名|名字改|名称改)(?:为|成|叫)?[: ]*([^,。!]+)$|叫做?[: ]*([^,。!]+)$", c.text
    )
    if found:
        n = 1 if found[1] else 2
        return c.said(found.start(n), found.end(n))
    if thing is None:
        return None
    rest = c.text[thing.end :]
    found = patterns.match(r"\s*(?:clip |photo |video )?(?:to |as |into )?:?\s*([^,.!?\n]{1,60})$", rest)
    if (
        patterns.search(r"(?<![a-z])(?:rename|call|name)(?![a-z])", c.text[: thing.start])
        and found
        and found[1].strip()
    ):
        return c.said(thing.end + found.start(1), thing.end + found.end(1)) or None
    return None


def _duplicate(c: Clause) -> Iterator[Reading]:
    if not c.has("duplicate") or resulting(c) or (c.has("loop") and patterns.search(r"loop|循环", c.text)):
        return
    named = targets(c, _ANY)
    if laid := _copied_to(c):
        yield laid
        return
    if (
        c.quantity("seconds")
        or (not named and not c.mention("film") and not patterns.search(r"duplicate|copy|clone|复制|拷贝", c.text))
        or (c.mention("music") and patterns.search(r"repeat|重复", c.text))
    ):
        return
    times = c.quantity("times", "copies", "parts") or c.quantity("number")
    count: Plain = int(times.number) if times else None
    if patterns.search(r"one more time|再来一[遍次]|再重复一[次遍]", c.text):
        count = None
    if "clip" in named and c.scene.clips == 1:
        named = []
    clips = [t.segment.id for t in c.scene.of("clip")]
    thing = next((t for m in c.mentions if len(m.things) == 1 for t in m.things if t.role == "clip"), None)
    if (
        thing
        and count in (None, 1)
        and patterns.search(r"(?:到|在|放|贴|接)(?:整个)?(?:视频|影片|片子)?的?(?:最后|结尾|末尾|片尾)", c.text)
    ):
        copy = f"clip {clips.index(thing.segment.id) + 2}"  # 复制第一段到最后
        made = (*step("duplicate", 1, which=thing.segment.id).asked, *step("reorder", 1, which=copy, position=-1).asked)
        yield Reading(made, 0.96)
        return
    yield steps("duplicate", 0.92, named or [None], times=count)


_TO_A_PLACE = re.compile(
    r"(?<![a-z])(?:copy|duplicate|clone|repeat) [^,;]{2,40}? (?:(?:again )?(?:to|at|onto|for) (?P<place>the (?:very )?(?:end|start|beginning|front)|(?:second |0:)?(?=\d)))"
)


def _copied_to(c: Clause) -> Reading | None:
    """ "copy the title to the end", "repeat the intro at the end": once more, and laid there."""
    found = _TO_A_PLACE.search(c.text)
    lone = [m for m in c.mentions if len(m.things) == 1 and m.kind not in ("pronoun", "film")]
    thing = lone[0].things[0] if len(lone) == 1 else None
    if found is None or thing is None or thing.role not in ("clip", "text"):
        return None
    front = found["place"].endswith(("start", "beginning", "front"))
    at = next((q for q in c.every("seconds", "timecode") if q.start >= found.end()), None)
    alike = c.scene.of(next((k for k in TEXT_KINDS if thing in c.scene.of(k)), "clip"))
    kind = next((k.replace("_", " ") for k in TEXT_KINDS if thing in c.scene.of(k)), "clip")
    copy = f"{kind} {list(alike).index(thing) + 2}"
    twice = step("duplicate", 1, which=thing.segment.id).asked
    file = c.scene.timeline.medium(thing.segment.media)
    plainly = file and thing.segment.picture is None and thing.segment.sound is None and thing.segment.speed == 1
    if thing.role == "clip" and file and plainly and not front and at is None:
        start = seconds(thing.segment.start) or None
        made = step("add", 1, media=file.name, start=start, duration=seconds(thing.segment.duration)).asked
        return Reading(made, 0.965)
    if thing.role == "clip" and at is None:
        laid = step("reorder", 1, which=copy, position=1 if front else -1).asked
    else:
        last = max(Fraction(0), c.scene.duration - thing.segment.duration)
        to: Plain = plain(at) if at is not None else 0 if front else seconds(last)
        laid = step("move", 1, which=copy, to=to).asked
    return Reading((*twice, *laid), 0.965)


_FROM_A_CLIP = re.compile(
    r"(?:从|在|到)[^,。]{1,14}(?:开始|出现|出来|起)(?:的时候|时)?(?:就|再|才)?(?:响|放|播|进|出|奏|唱|有)"
)


def _move(c: Clause) -> Iterator[Reading]:
    lone = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role != "clip" and m.kind != "pronoun"]
    if len(lone) == len(c.mentions) == 1 and not c.quantities and (bit := _A_BIT.search(c.text)):
        yield step("move", 0.93, which=lone[0].said, by=0.5 if bit[1] == "later" else -0.5)
        return
    late = patterns.search(r"(?:is|are|comes?) .{0,14}(?:early|late)(?!r)|[早晚]了", c.text)
    if not (c.has("move") or late) or (
        c.has("fade_in", "fade_out", "animate", "cut")
        and not patterns.search(
            r"move|shift|push|delay|start|pops? (?:up|in|on) (?:at|after|from)|移|挪|推迟|提前|延后", c.text
        )
    ):
        return
    things = [
        m for m in c.mentions if m.kind not in ("pronoun", "other", "film", "all", "transition", "marker", "filter")
    ]
    which = things[0].said if things else target(c, _ANY)
    if which is None and not (c.mention("clip") or (c.scene.clips == 1 and c.mention("pronoun"))):
        return
    if (
        c.has("generate", "regenerate")
        and c.mention("music")
        and not patterns.search(r"move|shift|start|移|挪|推迟|提前", c.text)
    ):
        return
    q = next((one for one in c.quantities if one.kind in ("seconds", "frames", "timecode")), None)
    if _SOUNDS_SO.search(c.text) and q is not None and not patterns.search(r"[移挪推提延]", c.text):
        return  # 音乐从第10秒开始小声
    if c.anchor and q is None and (begins := _FROM_A_CLIP.search(c.text)) and len(c.mentions) < 3:
        mover = next((m for m in c.mentions if m not in c.anchor[1] and m.end <= begins.start() + 1), None)
        song = c.scene.of("music") and any(w.kind == "instrument" and w.end <= begins.start() + 1 for w in c.wishes)
        if mover is None and song and c.scene.music and not c.scene.composed:
            yield step("move", 0.965, which="music", to=c.anchor[0])
            return
        if mover and any(t.role in ("voice", "sound", "music", "overlay", "text") for t in mover.things):
            yield step("move", 0.965, which=mover.said, to=c.anchor[0])  # 钢琴从第三张照片开始响
            return
    if c.anchor and q is None:
        mover = next((m for m in things if m not in c.anchor[1]), None)  # lake出来的时候旁白开始
        named = mover is not None and any(t.role in ("voice", "sound", "music", "overlay") for t in mover.things)
        if mover and (named or mover.kind in (*TEXT_KINDS, "voice", "sound", "music", "overlay", "logo")):
            yield step("move", 0.94, which=mover.said, to=c.anchor[0])
            return
    if q is None:
        found = patterns.search(r"(?:to|at) (\d{1,3}(?:\.\d+)?)$", c.text)
        if found and things and patterns.search(r"move|shift|start", c.text):
            yield step("move", 0.85, which=which, to=float(found[1]))
        elif (
            things
            and things[0].kind != "clip"
            and patterns.search(
                r"(?<![a-z])(?:start|begin|come in|kick in|enter|play)(?:s|ing)? (?:right away|right off|straight away|immediately|at once|instantly|from (?:second|frame) (?:zero|one|0|1))|从(?:头|最?开始|一开始|最?开头)(?:就)?(?:开始|放|播|出|响|进)|[一刚]开始就(?:要|得|该|可以)?(?:出|放|播|响|进|有|开始)|(?:move|put|start|begin|shift|place)[^,]*(?:at|to|from) the (?:very )?(start|beginning|end|middle)|(?:移|挪|放|调|拖|提前?)(?:到|至|在)?(?:影片|视频)?的?(?:最)?(开头|结尾|中间|前面|(?<=最)前|末尾)",
                c.text,
            )
        ):
            spot = (
                "end"
                if patterns.search(r"the (?:very )?end|结尾|末尾", c.text)
                else "middle"
                if patterns.search(r"middle|中间", c.text)
                else 0
            )
            if things[0].kind in TEXT_KINDS and spot == "middle":
                return
            yield step("move", 0.9, which=which, to=spot)
        elif (
            things
            and things[0].things
            and things[0].things[0].role == "clip"
            and patterns.search(r"(?<![a-z])(?:move|put|bring|place)(?![a-z])|移|挪|放", c.text)
            and (FRONT.search(c.text[things[0].end :]) or BACK.search(c.text[things[0].end :]))
        ):
            yield step(
                "move",
                0.93 if patterns.search(r"(?<![a-z])move(?![a-z])|移|挪", c.text) else 0.88,
                which=which,
                to="start" if FRONT.search(c.text[things[0].end :]) else "end",
            )
        return
    sound_or_text = (
        not things
        or things[0].kind in (*TEXT_KINDS, "voice", "sound", "music", "overlay")
        or any(t.role != "clip" for t in things[0].things)
    )
    late = patterns.search(r"too (?:early|late)|(?:is|are|comes?) .{0,14}(?:early|late)(?!r)|[早晚]了", c.text)
    later = (
        late is not None
        or q.cue in ("by", "later", "earlier", "more")
        or (c.has("later", "earlier") and q.cue not in ("to", "at", "from"))
    )
    if later:
        if late:
            early = patterns.search(r"early|早", c.text)
            yield step("move", 0.95, which=which, by=q.number if early else -q.number)
            return
        by = (
            -q.number if c.has("earlier") and not patterns.search(r"later|推迟|延后|往后|后移|晚", c.text) else q.number
        )
        yield step(
            "move",
            0.93,
            which=which,
            by=f"-{plain(q)}" if q.kind == "frames" and by < 0 else plain(q) if by > 0 else by,
        )
    elif q.cue in ("to", "at", "from") and (sound_or_text or patterns.search(r"move|shift|place|put|移|挪|放", c.text)):
        if c.has("show", "trim") and not patterns.search(
            r"start|move|appear|come|begin|(?:show|pop|turn)s? (?:up|in|on)|移|挪|开始|出现|shift|push|放", c.text
        ):
            return
        yield _shown_from(c, q, things) or step("move", 0.91, which=which, to=plain(q))


_SOUNDS_SO = re.compile(
    r"(?:开始|起|往后|之后|以后)[,，]?(?:再|就|都|要|可以|慢慢)*(?:变|调|开)?(?:小|大|轻|响|静音)(?:声|一?[点些])?"
)


def _shown_from(c: Clause, q: Quantity, things: list[Mention]) -> Reading | None:
    """logo从第5秒开始显示, where it lasts as long as the film: its beginning goes, and its end stays."""
    thing = things[0].things[0] if things and things[0].things else c.spoken_of
    if thing is None or thing.role != "overlay" or isinstance(q.value, str) or not _SEEN_FROM.search(c.text):
        return None
    late = q.value - thing.span.start
    if not 0 < late < thing.segment.duration or thing.span.end + late <= c.scene.duration:
        return None
    return step("trim", 0.93, which=thing.segment.id, from_start=seconds(late))


_SEEN_FROM = re.compile(r"(?<![a-z])(?:appears?|shows?|visible|seen|comes? (?:in|up))(?![a-z])|显示|出现|出来")


_A_BIT = re.compile(
    r"(?<![a-z])(?:a (?:little |tiny )?(?:bit|touch|tad|little)|a little|slightly|somewhat) (earlier|sooner|later)(?![a-z])"
)


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


def _remove(c: Clause) -> Iterator[Reading]:
    removing = c.has("remove") or patterns.search(
        r"^(?:please )?no (?=(?:background |backing |bg )?(?:music|track|soundtrack|bgm|song)(?![a-z])|bgm|voice|overlay|logo)|without (?:the )?(?:music|voice|overlay)|^(?:please |but |and |the same )*without "
        r"|^(?:please |just |now |then )*cut (?:out )?(?:everything|all|anything|whatever|what(?:'s| is)|the (?:part|bit|stuff|clips?|shots?)) (?:that'?s |in )?between ",
        c.text,
    )
    if not removing or (c.has("export") and not c.has("remove")):
        return
    if c.every("seconds", "percent") or c.mention("transition", "marker", "filter"):
        return
    if only_a_property(c.text) or denied(c.text, SOUND):
        return  # "get rid of the lake's sound"
    if c.has("replace") and files_named(c, behind=True) and patterns.search(r"replace|swap|换|替", c.text):
        return
    if of_a_thing(c):
        return
    if any(_PART.match(c.text, m.end) for m in c.mentions):
        return  # 片段2后一半剪掉: a part of it, and not the thing
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
    score = (
        0.93
        if patterns.search(
            r"remove|delete|get rid|take|drop|lose|scrap|kill|bin|erase|删|移除|去掉|去除|拿掉|不要|砍|清|扔|撤|丢",
            c.text,
        )
        else 0.85
    )
    yield steps("remove", score, named)
