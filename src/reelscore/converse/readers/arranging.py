"""What is on the timeline and in which order: add, replace, copy, move, reorder, rename, remove."""

# ruff: noqa: E501  a pattern is a row of words and stays on its line

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.mentions import Mention
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, steps, target, targets
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked, Option, Question

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


def read(c: Clause) -> Iterator[Reading]:
    """Everything that puts, moves or takes whole things."""
    yield from _rename(c)
    if c.quotes and not any(m.kind == "name" for m in c.mentions):
        return
    yield from _add(c)
    yield from _replace(c)
    yield from _duplicate(c)
    yield from _reorder(c)
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


def _media(c: Clause) -> list[Mention]:
    """Files that are named, but for those that only say where."""
    places = c.anchor[1] if c.anchor else ()
    named = [m for m in c.mentions if m.kind == "name" and m not in places]
    if c.has("as_music", "as_voice", "as_sound"):
        return named
    genres = [w for w in c.wishes if w.kind == "genre" and c.has("music_noun")]
    return [m for m in named if "." in c.text[m.start : m.end] or not any(m.start <= w.start < m.end for w in genres)]


def _add(c: Clause) -> Iterator[Reading]:
    media = _media(c)
    adding = c.has("add")
    uploaded = c.context.uploaded or (() if c.scene.things else tuple(m.id for m in c.scene.timeline.media))
    wishing = c.has("music_noun") and any(not w.idle for w in c.wishes)
    if not media and adding and c.scene.timeline.media and not wishing:
        media = _by_kind(c, uploaded)
    if not media or (c.has("as_background") and not c.has("as_music")) or (c.quotes and not adding):
        return
    if (
        not adding
        and not c.has("as_music", "as_voice", "as_sound")
        and not patterns.search(r"^(?:and )?(?:then )?(?:the )?\S+ (?:goes|comes|at the end|next)|最后放|接", c.text)
    ):
        return
    if c.has("replace") and patterns.search(
        r"instead|replace|swap|substitute|换成|替换|代替|换掉|改用|取代|换为", c.text
    ):
        return
    first = media[0]
    lone = [t for t in first.things if t.role in ("clip", "overlay", "voice")]
    verb = c.find("add")
    if (
        lone
        and verb
        and first.end <= verb.start()
        and not patterns.search(r"把|再加一|again|another", c.text)
        and patterns.search(r"[一-鿿]", c.text)
    ):
        return  # "drone 加颗粒": something is added to it
    weak = patterns.search(
        r"(?<![a-z])(?:put|place|set|stick|use|move|drop)(?![a-z])|放到|放在|用", c.text
    ) and not patterns.search(
        r"(?<![a-z])(?:add|insert|append|include|throw|import|attach|another)(?![a-z])|加|插入|添加|导入|放入|放进|再放",
        c.text,
    )
    if weak and lone and not c.has("as_music", "as_voice", "as_sound") and c.scene.things:
        score = 0.6
    else:
        score = 0.93
    made: list[Asked] = []
    for n, mention in enumerate(media):
        args = _add_args(c) if n == 0 or len(media) == 1 else {}
        role = _role(c, mention)
        made += step("add", 1, media=_file(c, mention), as_=role, **args).asked
    if c.has("remove") and not c.has("add"):
        return
    yield Reading(tuple(made), score)


def _file(c: Clause, mention: Mention) -> str:
    """The file's name: a clip that is named means the file it shows."""
    return mention.said


def _by_kind(c: Clause, uploaded: tuple[str, ...]) -> list[Mention]:
    """ "the song", "the video I just uploaded": the one file of that kind among those that came."""
    kinds = {
        "music": "audio",
        "voice": "audio",
        "audio": "audio",
        "sound": "audio",
        "film": "video",
        "clip": "video",
        "image": "image",
    }
    found = []
    held = [m for m in c.scene.timeline.media if not uploaded or m.id in uploaded] or list(c.scene.timeline.media)
    used = {t.segment.media for t in c.scene.things}
    for mention in c.mentions:
        wanted = kinds.get(mention.kind)
        fitting = [m for m in held if m.kind == wanted]
        fresh = [m for m in fitting if m.id not in used] or fitting
        if wanted and fresh and (c.scene.empty or c.context.uploaded):
            among = (
                fresh
                if mention.every or patterns.search(r"both|all|files|两个|全部|所有|都", c.text)
                else fresh[:1]
                if len(fresh) == 1 or mention.nth in (None, 1)
                else fresh[-1:]
            )
            found += [Mention(mention.start, mention.end, "name", m.name) for m in among]
    if (
        not found
        and (c.scene.empty or c.context.uploaded)
        and patterns.search(
            r"(?<![a-z])(?:it|this|that|them|these|everything|all|files?|upload\w*)(?![a-z])|它|这个|这些|文件|上传的|素材|全部|所有",
            c.text,
        )
    ):
        found = [Mention(0, 0, "name", m.name) for m in held if uploaded]
    return found


def _role(c: Clause, mention: Mention) -> str | None:
    if c.has("as_music") or (mention.start and patterns.search(r"under (?:it|the)", c.text)):
        medium = next(iter(c.scene.media_named(mention.said.lower())), None)
        by_name = next((m for m in c.scene.timeline.media if m.name == mention.said), medium)
        return "music" if by_name is None or by_name.kind == "audio" else None
    if c.has("as_voice"):
        return "voice"
    noun = patterns.search(r"sound effect|sfx|音效", c.text)
    return "sound" if c.has("as_sound") or noun else None


def _add_args(c: Clause) -> dict[str, Plain]:
    args: dict[str, Plain] = {}
    if c.range:
        args["at"] = plain(c.range[0])
        args["duration"] = round(float(c.range[1].number) - float(c.range[0].number), 6)
        return args
    for q in c.every("seconds", "frames", "timecode"):
        behind = c.text[q.end : q.end + 22]
        if patterns.match(
            r"\s*(?:mark )?(?:of|in|into) the (?:file|clip|source|original|recording)|(?:的|处)?.{0,3}(?:文件|素材|原片)",
            behind,
        ) or patterns.search(r"(?:文件|素材|原片)(?:的|中|里)?(?:从)?第?$", c.text[: q.start]):
            args["start"] = plain(q)
        elif q.cue in ("at", "from") or c.text[max(0, q.start - 1) : q.start] == "第":
            args.setdefault("at", plain(q))
        elif q.cue in ("first",):
            args.setdefault("duration", plain(q))
        elif q.cue == "until":
            continue
        else:
            args.setdefault("duration", plain(q))
    if "at" not in args and (found := patterns.search(r"(?<!\d)at (\d{1,4}(?:\.\d+)?)$", c.text.strip(" .!"))):
        args["at"] = float(found[1])
    if "at" not in args:
        args.update(_add_place(c))
    return args


def _add_place(c: Clause) -> dict[str, Plain]:
    text = c.text
    if c.anchor:
        return {"at": c.anchor[0]}
    if patterns.search(
        r"at the (?:very )?(?:start|beginning|front)|to the (?:start|beginning|front)|as the (?:first|opening)|开头|最前|片头|开始",
        text,
    ) and not patterns.search(r"start(?:ing)? at|从.*开始", text):
        return {"at": "start"}
    return {"at": "middle"} if c.has("at_middle") else {}


def _replace(c: Clause) -> Iterator[Reading]:
    if not c.has("replace"):
        return
    media = _media(c)
    if not media:
        return
    text = c.text
    others = [
        m for m in c.mentions if m.kind in ("clip", "image", "overlay", "voice", "logo", "name", "pronoun", "music")
    ]
    start = next((plain(q) for q in c.every("seconds") if q.cue in ("from", "at")), None)
    if start is None and (found := patterns.search(r"from second (\d+)", text)):
        start = int(found[1])
    new: Mention | None = None
    old: Mention | None = None
    if found := patterns.search(r"(?<![a-z])(?:with|by|for)(?![a-z])|换成|替换成|替换为|换为|改成|改用", text):
        new = next((m for m in media if m.start >= found.start()), None)
        old = next((m for m in others if m.end <= found.start()), None)
    elif found := patterns.search(r"instead of|代替|替换|替代|取代|换掉", text):
        new = next((m for m in media if m.end <= found.start() + 1), None)
        old = next((m for m in others if m.start >= found.start()), None)
    elif patterns.search(r"instead", text):
        if c.every("seconds") and not patterns.search(r"show|use|put|play|用|放", text):
            return
        new = media[-1]
        old = next((m for m in others if m is not new), None)
    if new is None or patterns.search(r"swap (?:the )?(?:places|positions|order)|对调|互换|交换|调换", text):
        return
    if old is not None and old.kind == "music" and not any(m.kind == "audio" for m in c.scene.media_named(new.said)):
        return
    which = None if old is None else (old.said if old.kind != "pronoun" else target(c, _ANY))
    yield step("replace_media", 0.95 if old else 0.75, which=which, media=new.said, start=start)


def _duplicate(c: Clause) -> Iterator[Reading]:
    if not c.has("duplicate") or (c.has("loop") and patterns.search(r"loop|循环", c.text)):
        return
    named = targets(c, _ANY)
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
    yield steps("duplicate", 0.92, named or [None], times=count)


_FRONT = re.compile(
    r"(?:to|at|as) (?:the )?(?:very )?(?:front|start|beginning|opening|first(?: place| position| clip| shot)?)|(?<![a-z])first(?! \d)|be the opening|最前|开头|第一个$|打头|最开始|第一位|首位|放到第一|排第一|片头"
)
_BACK = re.compile(
    r"(?:to|at|as) (?:the )?(?:very )?(?:end|back|last(?: place| position| clip| shot)?)|(?<![a-z])last$|put .{1,30} last|最后|末尾|结尾|最末|片尾"
)


def _reorder(c: Clause) -> Iterator[Reading]:
    text = c.text
    if (c.has("swap") and not c.has("replace")) or patterns.search(
        r"互换|对调|交换|调换|换(?:一下|个)?位置|swap (?:the )?(?:clips?|places|order)|switch .{0,30}around|swap .{1,40} (?:and|with) ",
        text,
    ):
        yield from filter(None, [_swapped(c)])
    numbers = c.every("number")
    names = [m for m in c.mentions if m.kind == "name" and m.things and m.things[0].role == "clip"]
    if c.has("reorder") and len(numbers) >= 2 and not c.every("seconds"):
        yield step("reorder", 0.95, order=",".join(str(q.number) for q in numbers))
    elif (c.has("reorder") or patterns.search(r"order", text)) and len(names) >= 2 and len(names) == c.scene.clips:
        order = [1 + list(c.scene.of("clip")).index(m.things[0]) for m in names]
        yield step("reorder", 0.95, order=",".join(map(str, order)))
    elif patterns.search(
        r"(?:reverse|flip|turn ~ round).{0,12}order|order.{0,10}(?:reversed|backwards)|顺序.{0,4}(?:反|倒|颠倒)|倒序|反过来排|逆序",
        text,
    ):
        yield step("reorder", 0.95, order="reverse")
    things = [m for m in c.mentions if m.things and m.things[0].role == "clip" and not m.every and m.kind != "film"]
    position = _position(c)
    if things and position is not None and not c.every("seconds"):
        yield step("reorder", 0.9, which=things[0].said, position=position)


def _position(c: Clause) -> int | None:
    text = c.text
    if not patterns.search(
        r"make|should (?:be|come|go)|put|move|place|goes?|排|放|挪|移|调|作为|当|做|order|bring|want|start(?: the \w+)? with|begin|open|end with|打头|提到",
        text,
    ):
        if not (c.anchor and c.mentions and c.mentions[0] not in c.anchor[1] and not c.has("add", "remove")):
            return None
    if found := patterns.search(
        r"(?:to|in|at|as|into) (?:the )?(?:position|place|number|spot|slot) ?#?(\d{1,3})|(?:to|in|into) (?:the )?(second|third|fourth|fifth|2nd|3rd|4th|5th)(?: (?:place|position|spot|slot))?$|(?:到|在|排|放)(?:到|在)?第 ?(\d{1,3}|[一二三四五六七八九十])(?:个|位)?(?:位置)?$",
        text,
    ):
        from reelscore.converse.numbers import value_of

        words = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
        if found[2]:
            return words[found[2]]
        value = value_of(found[1] or found[3])
        return int(value) if value else None
    first_thing = next((m for m in c.mentions if m.things), None)
    if first_thing is None:
        return None
    rest = text[first_thing.end :]
    beside = patterns.search(r"(?<![a-z])(before|after|in front of|behind)(?![a-z])|之前|之后|前面|后面", rest)
    if beside and (
        other := next(
            (m for m in c.mentions if m.start > first_thing.start and m.things and m.things[0].role == "clip"), None
        )
    ):
        clips = list(c.scene.of("clip"))
        mine, there = clips.index(first_thing.things[0]), clips.index(other.things[0])
        before = beside[0] in ("before", "in front of", "之前", "前面")
        at = there if before else there + 1
        return at + 1 - (1 if mine < at else 0)
    if _FRONT.search(rest) or patterns.search(r"(?:start|begin|open)(?: the \w+| it)? with|开头用|先放", text):
        return 1
    return -1 if _BACK.search(rest) or patterns.search(r"end with", text) else None


def _swapped(c: Clause) -> Reading | None:
    clips = list(c.scene.of("clip"))
    things = [
        m.things[0] for m in c.mentions if m.things and m.things[0].role == "clip" and not m.every and m.kind != "film"
    ]
    if patterns.search(r"first two|前两(?:个|段)|头两", c.text) and len(clips) > 1:
        things = clips[:2]
    if patterns.search(r"last two|后两(?:个|段)|最后两", c.text) and len(clips) > 1:
        things = clips[-2:]
    if not things and len(clips) == 2:
        things = clips
    numbers = c.every("number")
    if len(things) == 1 and len(numbers) == 1 and 0 < numbers[0].number <= len(clips):
        things.append(clips[int(numbers[0].number) - 1])
    if len(things) != 2 or things[0] is things[1]:
        return None
    order = list(range(1, len(clips) + 1))
    a, b = clips.index(things[0]), clips.index(things[1])
    order[a], order[b] = order[b], order[a]
    return step("reorder", 0.96, order=",".join(map(str, order)))


def _move(c: Clause) -> Iterator[Reading]:
    late = patterns.search(r"(?:is|are|comes?) .{0,14}(?:early|late)(?!r)|[早晚]了", c.text)
    if not (c.has("move") or late) or (
        c.has("fade_in", "fade_out", "animate", "cut")
        and not patterns.search(r"move|shift|push|delay|start|移|挪|推迟|提前|延后", c.text)
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
    if (
        c.anchor
        and things
        and things[0] not in c.anchor[1]
        and things[0].kind in (*TEXT_KINDS, "voice", "sound", "music", "overlay", "logo")
        and q is None
    ):
        yield step("move", 0.94, which=things[0].said, to=c.anchor[0])
        return
    if q is None:
        found = patterns.search(r"(?:to|at) (\d{1,3}(?:\.\d+)?)$", c.text)
        if found and things and patterns.search(r"move|shift|start", c.text):
            yield step("move", 0.85, which=which, to=float(found[1]))
        elif (
            things
            and things[0].kind != "clip"
            and patterns.search(
                r"(?:move|put|start|begin|shift|place)[^,]*(?:at|to|from) the (?:very )?(start|beginning|end|middle)|(?:移|挪|放|调)(?:到|至|在)?(?:影片|视频)?(?:最)?(开头|结尾|中间|前面|末尾)",
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
            and (_FRONT.search(c.text[things[0].end :]) or _BACK.search(c.text[things[0].end :]))
        ):
            yield step(
                "move",
                0.93 if patterns.search(r"(?<![a-z])move(?![a-z])|移|挪", c.text) else 0.88,
                which=which,
                to="start" if _FRONT.search(c.text[things[0].end :]) else "end",
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
            r"start|move|appear|come|begin|移|挪|开始|出现|shift|push|放", c.text
        ):
            return
        yield step("move", 0.91, which=which, to=plain(q))


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


def _remove(c: Clause) -> Iterator[Reading]:
    removing = c.has("remove") or patterns.search(
        r"^(?:please )?no (?=music|bgm|voice|overlay|logo)|without (?:the )?(?:music|voice|overlay)", c.text
    )
    if not removing or c.every("seconds", "percent") or c.mention("transition", "marker", "filter"):
        return
    if c.has("replace") and _media(c) and patterns.search(r"replace|swap|换|替", c.text):
        return
    named = targets(c, _ANY)
    named = [said for said in named if said != "audio"]
    if (
        any(m.kind == "music" for m in c.mentions)
        and [w for w in c.wishes if not w.idle and w.kind != "role"]
        and c.has("generate")
    ):
        return  # "…music, no drums" describes what is wanted
    if named == ["clip"] and c.scene.clips > 1 and not c.quantities:
        yield Reading((), 0.94, question=which_clip(c, "remove"))
        return
    if not named and c.mention("film"):
        if c.scene.clips > 1:
            yield Reading((), 0.94, question=which_clip(c, "remove"))
            return
        named = ["clip"]
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
