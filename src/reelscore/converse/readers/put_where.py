"""Where a file is put, which part of it, and for how long."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.files_meant import names_a_sound
from reelscore.values.command import Plain, Step


def stretch_of(c: Clause) -> dict[str, Plain]:
    """Which part of a file is wanted where nothing lies on the timeline yet: "the first 10 seconds", "from 5 to 15"."""
    if c.range:
        first, last = c.range
        return {"start": plain(first), "duration": round(float(last.number) - float(first.number), 6)}
    told = c.every("seconds", "timecode", "frames")
    if (
        len(told) == 2
        and told[0].cue in ("from", "at")
        and (told[1].cue == "for" or _TAKEN_ZH.search(c.text, told[0].end, told[1].start))
    ):
        return {"start": plain(told[0]), "duration": plain(told[1])}
    q = next(iter(told), None)
    if q is None:
        return {}
    if q.kind == "seconds" and _MIDDLE.search(c.text[: q.start]) and not isinstance(q.value, str):
        named = next((m for m in c.mentions if m.kind == "name"), None)
        medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
        if medium is not None and medium.duration > q.value:
            return {"start": seconds((medium.duration - q.value) / 2), "duration": plain(q)}
    if q.cue == "last" and not isinstance(q.value, str) and (length := _length_of_file(c)) > q.value:
        return {"start": seconds(length - q.value), "duration": plain(q)}
    skips = patterns.search(
        r"(?<![a-z])(?:skip|without|minus|cut|drop|lose|not|leave out|remove|after)(?![a-z])", c.text[: q.start]
    )
    place = _ITS_PLACE_ZH.match(c.text, q.end) if "从" in c.text[: q.start] else None
    if place is not None:
        return {"start": plain(q)}  # 把dance从一分钟的位置截着用
    skips = skips or _LEFT_OUT_ZH.match(c.text, q.end)
    return {"start": plain(q)} if q.cue in ("from", "at") or (skips and q.cue == "first") else {"duration": plain(q)}


_ITS_PLACE_ZH = re.compile(r"钟?(?:那里|那儿|那边|处|起|的?(?:地方|位置))")
_PLACED_ZH = re.compile(r"[到在](?:最后|结尾|末尾|片尾|最前|开头|片头|[^,。]{1,6}(?:后面|前面|之后|之前))")
_TAKEN_ZH = re.compile(r"(?:[用取截放播要]|截取|播放|时长)(?:个|它)?$")  # 从第5秒开始用,用10秒
_LEFT_OUT_ZH = re.compile(
    r"钟?(?:就|都|全|的|内容|画面|前奏|部分|开头|那段|片头)*(?:不要|不用|去掉|剪掉|删掉|跳过|砍掉|裁掉|扔掉)"
)
_MIDDLE = re.compile(r"(?<![a-z])(?:middle|central|cent(?:er|re)) $|中间的?(?:那|[截取剪选拿挑用](?:出|取)?)?$")


def where_put(c: Clause) -> dict[str, Plain]:
    """What of `at`, `start` and `duration` is said of a file that is put down."""
    args: dict[str, Plain] = {}
    if c.range and (c.scene.empty or (c.anchor and not _still(c))):
        return {**stretch_of(c), **_add_place(c)}  # "the reviews before the end card, from 2 to 6": of the file
    if c.range:
        args["at"] = plain(c.range[0])
        args["duration"] = round(float(c.range[1].number) - float(c.range[0].number), 6)
        return args
    for q in c.every("seconds", "frames", "timecode"):
        behind = c.text[q.end : q.end + 22]
        if (
            patterns.match(
                rf"\s*(?:mark )?(?:of|in|into) (?:the |that |its )?(?:file|clip|source|original|recording{'|song|track|music|audio|tune|it' if names_a_sound(c) else ''})(?![a-z])|(?:的|处)?.{0, 3}(?:文件|素材|原片)",
                behind,
            )
            or patterns.search(r"(?:文件|素材|原片)(?:的|中|里)?(?:从)?第?$", c.text[: q.start])
            or (_a_song(c, anywhere=True) and patterns.search(_FROM_A_PART, c.text[: q.start]))
        ):
            args["start"] = plain(q)
        elif (
            (q.cue == "from" or patterns.match(r"\s*in(?:to it|to the song)?(?![a-z])(?! the)", behind))
            and _a_song(c)
            and "at" not in args
        ):
            args.setdefault("start", plain(q))
        elif (first := _part_of_it(c, q)) is not None:
            args.update({"start": first, "duration": plain(q)})
        elif names_a_sound(c) and "从" in c.text[: q.start] and _ITS_PLACE_ZH.match(behind):
            args.setdefault("start", plain(q))
        elif patterns.match(r"的?[淡渐]", behind) or patterns.search(r"[淡渐][入出]$", c.text[: q.start]):
            continue  # how long it fades
        elif (q.cue == "from" and c.scene.empty) or (q.cue in ("from", "at") and _beyond_the_film(c, q)):
            args.setdefault("start", plain(q))
        elif "开始" in behind[:4] and _PLACED_ZH.search(c.text, 0, q.start):
            args.setdefault("start", plain(q))  # 把reviews加到最后,从第2秒开始
        elif q.cue in ("at", "from") or c.text[max(0, q.start - 1) : q.start] == "第":
            args.setdefault("at", plain(q))
        elif q.cue == "until":
            continue
        else:
            args.setdefault("duration", plain(q))
    if "at" not in args and (found := patterns.search(r"(?<!\d)at (\d{1,4}(?:\.\d+)?)$", c.text.strip(" .!"))):
        args["at"] = float(found[1])
    if "at" not in args:
        args.update(_add_place(c))
    return args


def _still(c: Clause) -> bool:
    """Is it a picture that stands still, which has no part to be taken?"""
    named = next((m for m in c.mentions if m.kind == "name"), None)
    medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
    return medium is None or medium.kind == "image"


def _beyond_the_film(c: Clause, q: Quantity) -> bool:
    """pop song从1分钟开始放, and the film is shorter: a moment of the song."""
    return (
        _a_song(c, anywhere=True)
        and not isinstance(q.value, str)
        and 0 < c.scene.duration <= q.value < _length_of_file(c)
    )


def _length_of_file(c: Clause) -> Fraction:
    named = next((m for m in c.mentions if m.kind == "name" and not m.things), None)
    medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
    return medium.duration if medium else Fraction(0)


def _part_of_it(c: Clause, q: Quantity) -> Plain:
    """插入徒步的最后两秒, reviews只要后面4秒: where in its file that part of a clip of the film, or of a file, begins."""
    if q.cue not in ("first", "last") or isinstance(q.value, str):
        return None
    named = next((m for m in reversed(c.mentions) if m.kind == "name" and m.end <= q.start), None)
    if named is None or not patterns.fullmatch(
        r" ?的?(?:里面?)?(?:就|只|要|用|取|截|留|需要|插入?|放)*的?(?:最后|后|前|开头|结尾)的?面?",
        c.text[named.end : q.start],
    ):
        return None
    if not named.things and (medium := next(iter(c.scene.media_named(named.said.lower())), None)) is not None:
        over = medium.duration - q.value
        return seconds(over) if q.cue == "last" and medium.kind == "video" and over > 0 else None
    if len(named.things) != 1:
        return None
    held = named.things[0].segment
    if named.things[0].role != "clip" or held.speed != 1 or held.reverse or q.value >= held.duration:
        return None
    return seconds(held.start if q.cue == "first" else held.start + held.duration - q.value)


_FROM_A_PART = r"(?<![a-z])from (?:the|its) (?:chorus|drop|verse|bridge|hook|beat|part|intro|refrain|solo)(?: part)?,? ?(?:at |which is at |that is at |around |\()?$|从(?:副歌|主歌|高潮|间奏|鼓点)[^,。]{0,5},? ?(?:就是|也就是|差不多|大概|大约|大致|是|在|约)*第?$"


def _a_song(c: Clause, *, anywhere: bool = False) -> bool:
    """Is it a file of sound, from somewhere within it: "use the song from 0:45 as the music"?"""
    if not anywhere and (
        patterns.search(r"(?<![a-z])(?:starting )?from(?: second)? \d|\d ?(?:s|secs?|seconds?) in(?![a-z])", c.text)
        is None
    ):
        return False
    named = next((m for m in c.mentions if m.kind == "name" and not m.things), None)
    medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
    return medium is not None and medium.kind == "audio" and medium.duration > 20


_IN_ITS_PLACE = (
    r"(?<![a-z])(?:there|in its (?:place|spot)|instead|where it was|in that spot|in (?:the|that) gap)(?![a-z])"
)


def _gone_before(c: Clause) -> Plain:
    """Where the clip or the stretch began that the clause before took out: "take the lake out and put the badge there"."""
    last = c.around.before[-1] if c.around.before else None
    args = dict(last.args) if last else {}
    if getattr(last, "command", "") == "cut_range":
        return args.get("start")
    if getattr(last, "command", "") not in ("remove", "ripple_delete"):
        return None
    said = str(args.get("which") or "")
    thing = c.scene.find(said) or next((t for m in mentions(said.lower(), c.scene) for t in m.things), None)
    return seconds(thing.span.start) if thing and thing in c.scene.of("clip") else None


def _add_place(c: Clause) -> dict[str, Plain]:
    text = c.text
    if c.anchor:
        return {"at": c.anchor[0]}
    if (cut := _between_the_parts(c)) is not None:
        return {"at": cut}
    if (gone := _gone_before(c)) is not None and patterns.search(_IN_ITS_PLACE, text):
        return {"at": gone}
    if patterns.search(
        r"at the (?:very )?(?:start|beginning|front)|to the (?:start|beginning|front)|as the (?:first|opening)|(?<![a-z])first(?=[ .!]*$)|(?<![a-z])(?:start|begin|open|lead|kick)(?: it| off| out)? (?:with|on)(?![a-z])|开头|最前|片头|开场|打头|开始|(?:放|排)(?:在|到)?第一[个位段张]",
        text,
    ) and not patterns.search(r"start(?:ing)? at|从.*开始", text):
        return {"at": "start"}
    if c.has("at_middle"):
        return {"at": "middle"}
    return _last_of_all(c) if c.has("at_end") else {}


def _between_the_parts(c: Clause) -> Plain:
    """ "split it in the middle | and put the reviews in between": where the clip was split; None where none was."""
    last = c.around.before[-1] if c.around.before else None
    if not isinstance(last, Step) or last.command != "split" or not _IN_BETWEEN.search(c.text):
        return None
    args = dict(last.args)
    if isinstance(at := args.get("at"), int | float):
        return at
    said = str(args.get("which") or "").lower()
    held = [c.scene.find(said)] if c.scene.find(said) else [t for m in mentions(said, c.scene) for t in m.things]
    one = held[0] if len(held) == 1 else c.scene.of("clip")[0] if c.scene.clips == 1 else None
    return seconds((one.span.start + one.span.end) / 2) if one and args.get("parts") == 2 else None


_IN_BETWEEN = re.compile(
    r"(?<![a-z])(?:in between|in the gap|between (?:the )?(?:two|them|halves|parts|pieces)(?: [a-z]+)?)(?![a-z])"
)


def _last_of_all(c: Clause) -> dict[str, Plain]:
    """Where a sound begins that shall end with the film; a clip comes last of itself."""
    named = next((m for m in c.mentions if m.kind == "name"), None)
    medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
    start = c.scene.duration - medium.duration if medium else 0
    return {"at": seconds(start)} if medium and medium.kind == "audio" and start > 0 and not c.has("as_music") else {}
