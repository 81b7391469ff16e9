"""Files put on the timeline, or in another's place: which file, as what, where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.moments import every_cut
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, target
from reelscore.converse.scene import Thing
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked, Option, Question


def files_named(c: Clause, behind: bool = False) -> list[Mention]:
    """Files that are named, but for those that only say where; with `behind` also what stands behind "for" and "to"."""
    places = c.anchor[1] if c.anchor else ()
    named = [m for m in c.mentions if m.kind == "name" and m not in places]
    named = [m for m in named if behind or not _a_place(c, m)]
    if c.has("as_music", "as_voice", "as_sound"):
        return named
    genres = [w for w in c.wishes if w.kind == "genre" and c.has("music_noun")]
    return [
        m
        for m in named
        if " " in m.said or "." in c.text[m.start : m.end] or not any(m.start <= w.start < m.end for w in genres)
    ]


def _a_place(c: Clause, mention: Mention) -> bool:
    """Does a thing that is there only say where: "grain to the intro", "a click when we cut to the closeup"?"""
    if not mention.things:
        return False
    lead = patterns.search(
        r"(?<![a-z])(?:to|on|onto|over|into|for|in|at|when|where|while|as|before|after|during|until|behind|above|below|under|underneath|beneath|throughout|between|from|of|out of|off)"
        r"(?: (?:the|my|that|this|we|it|you|see|cut|to|get|reach|hit|goes|turns|comes|first|last))*(?: [a-z]+\'s)? $",
        c.text[: mention.start],
    )
    return lead is not None


def added(c: Clause) -> Iterator[Reading]:
    media = files_named(c)
    if media and c.has("trim", "cut") and all(_just_put(c, m) for m in media):
        return  # "lay both down and cut the party to 15 seconds"
    loud = c.quantity("percent") is not None or _HALF_AS_LOUD.search(c.text) is not None
    if c.scene.empty and len(media) == 1 and not c.quotes and not loud:
        yield step("add", 0.93, media=media[0].said, as_=_role(c, media[0]), **_stretch(c))
        return
    adding = c.has("add")
    uploaded = c.context.uploaded or (() if c.scene.things else tuple(m.id for m in c.scene.timeline.media))
    wishing = c.has("music_noun") and any(not w.idle for w in c.wishes)
    if not media and adding and c.scene.timeline.media and not wishing:
        media = _by_kind(c, uploaded)
        files = [m for m in c.scene.timeline.media if m.id in uploaded]
        if not media and len(files) > 1 and _ONE_OF_THEM.search(c.text):
            options = tuple(Option(Said(m.name, m.name), (Step("add", (("media", m.name),)),)) for m in files[:3])
            yield Reading((), 0.93, question=Question(Said("Which file?", "哪个文件？"), options))
            return
    if not media or (c.has("as_background") and not c.has("as_music")) or (c.quotes and not adding):
        return
    if adding and (verb := c.find("add")) and verb[0] == "set" and all(m.things for m in media):
        adding = False  # "set the end card to 5 seconds"
    if not adding and _placed_unused(c, media):
        yield from _put(c, media, 0.9)
        return
    if (
        not adding
        and not c.has("as_music", "as_voice", "as_sound")
        and not patterns.search(r"^(?:and )?(?:then )?(?:the )?\S+ (?:at the end|next)|最后放|接", c.text)
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
        r"(?<![a-z])(?:put|place|set|stick|use|move|drop|start with|begin with|end with)(?![a-z])|放到|放在|用", c.text
    ) and not patterns.search(
        r"(?<![a-z])(?:add|insert|append|include|throw|import|attach|another)(?![a-z])|加|插入|添加|导入|放入|放进|再放",
        c.text,
    )
    if weak and lone and not c.has("as_music", "as_voice", "as_sound") and c.scene.things:
        score = 0.6
    else:
        score = 0.93
    if c.has("remove") and not c.has("add"):
        return
    yield from _put(c, media, score)


def _put(c: Clause, media: list[Mention], score: float) -> Iterator[Reading]:
    made: list[Asked] = []
    media = media[:1] if len({m.said for m in media}) == 1 else media  # one file, said twice
    half = _HALF_AS_LOUD.search(c.text)
    if len(media) == 1 and (cuts := every_cut(c)) and (not c.quantities or half):
        role = _role(c, media[0])
        made = [s for at in cuts for s in step("add", 1, media=media[0].said, as_=role, at=at).asked]
        made += step("volume", 1, which=media[0].said, to=50).asked if half else ()
        yield Reading(tuple(made), 0.96)
        return
    level = c.quantity("percent")
    if len(media) == 1 and level is None and _is_sound(c, media[0]) and _HALF_AS_LOUD.search(c.text):
        where = {key: value for key, value in _add_args(c).items() if value != "middle"}
        put = step("add", 1, media=media[0].said, as_=_role(c, media[0]), **where).asked
        yield Reading((*put, *step("volume", 1, which=media[0].said, to=50).asked), 0.958)
        return
    if len(media) == 1 and level is not None and _is_sound(c, media[0]) and level.cue in ("at", "to", ""):
        role = _role(c, media[0])
        put = step("add", 1, media=media[0].said, as_=role, **_add_args(c)).asked
        which = "music" if role in (None, "music") and not c.scene.of("music") else media[0].said
        yield Reading((*put, *step("volume", 1, which=which, to=level.number).asked), 0.958)
        return
    for n, mention in enumerate(media):
        args = _add_args(c) if n == 0 or len(media) == 1 else {}
        made += step("add", 1, media=mention.said, as_=_role(c, mention), **args).asked
    yield Reading(tuple(made), score)


_HALF_AS_LOUD = re.compile(r"(?<![a-z])at half (?:the |its )?(?:volume|level|loudness)(?![a-z])")


def _placed_unused(c: Clause, media: list[Mention]) -> bool:
    """Is a file that is not used yet named with a moment, and nothing else to be done: "whoosh at 15 seconds"?"""
    once_more = patterns.search(r"(?<![a-z])(?:again|another|once more|one more time)(?![a-z])", c.text)
    if (
        (any(m.things for m in media) and not once_more)
        or c.quotes
        or c.has("replace", "mute", "fade_in", "fade_out", "inset")
        or (c.has("volume") and not (_HALF_AS_LOUD.search(c.text) and every_cut(c)))
        or (c.has("remove") and not patterns.match(r"\s*(?:please |then |and )*drop ", c.text))
    ):
        return False
    when = (
        bool(every_cut(c))
        or any(q.cue in ("at", "from") for q in c.every("seconds", "timecode"))
        or c.anchor is not None
    )
    return (
        when
        or c.has("at_start", "at_end")
        or patterns.search(r"(?<![a-z])play(?![a-z])|at \d|放(?:在|到)?第一[个位段张]", c.text) is not None
    )


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
        if mention.start and _WHERE.search(c.text[: mention.start]):
            continue  # "on the timeline", "to the film": where, and no file
        wanted = kinds.get(mention.kind)
        fitting = [m for m in held if m.kind == wanted]
        fresh = [m for m in fitting if m.id not in used] or fitting
        if wanted == "image" and not (c.scene.empty or c.context.uploaded):
            fresh = [
                m
                for m in held
                if m.kind == "image" and m.id not in used and not patterns.search(_SIGNS, m.name.lower())
            ]
            found += (
                [Mention(mention.start, mention.end, "name", fresh[0].name)]
                if len(fresh) == 1 and not mention.things
                else []
            )
        elif wanted and fresh and (c.scene.empty or c.context.uploaded):
            among = (
                fresh
                if mention.every or patterns.search(r"both|all|files|两个|全部|所有|都", c.text)
                else fresh[:1]
                if len(fresh) == 1 or mention.nth in (None, 1)
                else fresh[-1:]
            )
            told = {m.said for m in found}
            found += [Mention(mention.start, mention.end, "name", m.name) for m in among if m.name not in told]
    one_of_them = len(held) > 1 and _ONE_OF_THEM.search(c.text)
    if (
        not found
        and not one_of_them
        and (c.scene.empty or c.context.uploaded)
        and patterns.search(
            r"(?<![a-z])(?:it|this|that|them|these|everything|all|both|files?|upload\w*)(?![a-z])|它|这个|这些|文件|上传的|素材|全部|所有",
            c.text,
        )
    ):
        found = [Mention(0, 0, "name", m.name) for m in held if uploaded]
    return found


_ONE_OF_THEM = re.compile(r"(?<![a-z])(?:this|that) (?:one|file)(?![a-z])")


def _just_put(c: Clause, mention: Mention) -> bool:
    """Was this file laid down by the clause before?"""
    put = (str(dict(one.args).get("media")) for one in c.around.before if isinstance(one, Step))
    files = {m.name for m in c.scene.media_named(mention.said.lower())} | {mention.said}
    return any(name in files for name in put)


_WHERE = re.compile(r"(?<![a-z])(?:on|onto|to|into|in|under|underneath|beneath|behind)(?: the| my)? ?$")
_SIGNS = r"logo|badge|watermark|icon|sticker"


def _role(c: Clause, mention: Mention) -> str | None:
    if c.has("as_music") or (mention.start and patterns.search(r"under (?:it|the)", c.text)):
        medium = next(iter(c.scene.media_named(mention.said.lower())), None)
        by_name = next((m for m in c.scene.timeline.media if m.name == mention.said), medium)
        return "music" if by_name is None or by_name.kind == "audio" else None
    if c.has("as_voice"):
        return "voice"
    noun = patterns.search(r"sound effect|sfx|音效", c.text)
    return "sound" if c.has("as_sound") or noun else None


def _stretch(c: Clause) -> dict[str, Plain]:
    """Which part of a file is wanted where nothing lies on the timeline yet: "the first 10 seconds", "from 5 to 15"."""
    if c.range:
        first, last = c.range
        return {"start": plain(first), "duration": round(float(last.number) - float(first.number), 6)}
    q = next(iter(c.every("seconds", "timecode", "frames")), None)
    if q is None:
        return {}
    skips = patterns.search(
        r"(?<![a-z])(?:skip|without|minus|cut|drop|lose|not|leave out|remove|after)(?![a-z])", c.text[: q.start]
    )
    return {"start": plain(q)} if q.cue in ("from", "at") or (skips and q.cue == "first") else {"duration": plain(q)}


def _add_args(c: Clause) -> dict[str, Plain]:
    args: dict[str, Plain] = {}
    if c.range:
        args["at"] = plain(c.range[0])
        args["duration"] = round(float(c.range[1].number) - float(c.range[0].number), 6)
        return args
    for q in c.every("seconds", "frames", "timecode"):
        behind = c.text[q.end : q.end + 22]
        if (
            patterns.match(
                rf"\s*(?:mark )?(?:of|in|into) (?:the |that |its )?(?:file|clip|source|original|recording{'|song|track|music|audio|tune|it' if _sounds(c) else ''})(?![a-z])|(?:的|处)?.{0, 3}(?:文件|素材|原片)",
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
        elif (
            _sounds(c)
            and "从" in c.text[: q.start]
            and patterns.match(r"钟?(?:那里|那儿|那边|处|的?(?:地方|位置))", behind)
        ):
            args.setdefault("start", plain(q))
        elif patterns.match(r"的?[淡渐]", behind) or patterns.search(r"[淡渐][入出]$", c.text[: q.start]):
            continue  # how long it fades
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


def _part_of_it(c: Clause, q: Quantity) -> Plain:
    """插入徒步的最后两秒: where in its file that part of a clip of the film begins."""
    if q.cue not in ("first", "last") or isinstance(q.value, str):
        return None
    named = next((m for m in reversed(c.mentions) if m.kind == "name" and m.end <= q.start), None)
    if (
        named is None
        or len(named.things) != 1
        or not patterns.fullmatch(r" ?的?(?:最后|后|前|开头|结尾)的?面?", c.text[named.end : q.start])
    ):
        return None
    held = named.things[0].segment
    if named.things[0].role != "clip" or held.speed != 1 or held.reverse or q.value >= held.duration:
        return None
    return seconds(held.start if q.cue == "first" else held.start + held.duration - q.value)


def _sounds(c: Clause) -> bool:
    """Is the file that is named one of sound?"""
    named = next((m for m in c.mentions if m.kind == "name" and not m.things), None)
    return named is not None and _is_sound(c, named)


def _is_sound(c: Clause, mention: Mention) -> bool:
    medium = next(iter(c.scene.media_named(mention.said.lower())), None)
    return medium is not None and medium.kind == "audio"


_FROM_A_PART = r"(?<![a-z])from the (?:chorus|drop|verse|bridge|hook|beat|part|intro|refrain|solo)(?: part)?,? ?(?:at |which is at |that is at |around |\()?$"


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


def _gone_before(c: Clause) -> Thing | None:
    """The clip that the clause before took out: "take the lake out and put the badge there"."""
    last = c.around.before[-1] if c.around.before else None
    if getattr(last, "command", "") not in ("remove", "ripple_delete"):
        return None
    said = str(dict(last.args).get("which") or "") if last else ""
    thing = c.scene.find(said) or next((t for m in mentions(said.lower(), c.scene) for t in m.things), None)
    return thing if thing in c.scene.of("clip") else None


def _add_place(c: Clause) -> dict[str, Plain]:
    text = c.text
    if c.anchor:
        return {"at": c.anchor[0]}
    if (gone := _gone_before(c)) is not None and patterns.search(_IN_ITS_PLACE, text):
        return {"at": seconds(gone.span.start)}
    if patterns.search(
        r"at the (?:very )?(?:start|beginning|front)|to the (?:start|beginning|front)|as the (?:first|opening)|开头|最前|片头|开始|(?:放|排)(?:在|到)?第一[个位段张]",
        text,
    ) and not patterns.search(r"start(?:ing)? at|从.*开始", text):
        return {"at": "start"}
    if c.has("at_middle"):
        return {"at": "middle"}
    return _last_of_all(c) if c.has("at_end") else {}


def _last_of_all(c: Clause) -> dict[str, Plain]:
    """Where a sound begins that shall end with the film; a clip comes last of itself."""
    named = next((m for m in c.mentions if m.kind == "name"), None)
    medium = next(iter(c.scene.media_named(named.said.lower())), None) if named else None
    start = c.scene.duration - medium.duration if medium else 0
    return {"at": seconds(start)} if medium and medium.kind == "audio" and start > 0 and not c.has("as_music") else {}


def replaced(c: Clause) -> Iterator[Reading]:
    if not c.has("replace"):
        return
    media = files_named(c, behind=True)
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
    if taken := patterns.search(r"用.{1,20}?(?P<old>[把将]).{1,12}?(?:换|替)", text):
        new = next((m for m in media if m.end <= taken.start("old")), None)
        old = next((m for m in others if m.start >= taken.start("old")), None)
    elif swapped := patterns.search(r"(?<![a-z])(?:swap|put|drop|bring|switch) in .{1,40}? (for) ", text):
        new = next((m for m in media if m.end <= swapped.start(1)), None)
        old = next((m for m in others if m.start >= swapped.start(1)), None)
    elif found := patterns.search(r"(?<![a-z])(?:with|by|for)(?![a-z])|换成|替换成|替换为|换为|改成|改用", text):
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
    sound = new is not None and _is_sound(c, new)
    if new and sound and old in (None, new) and not c.scene.of("music") and not new.things:
        yield step("add", 0.95, media=new.said, as_="music")  # 原声静音,换成pop song
        return
    if new is None or patterns.search(r"swap (?:the )?(?:places|positions|order)|对调|互换|交换|调换", text):
        return
    if old is not None and old.kind == "music" and not any(m.kind == "audio" for m in c.scene.media_named(new.said)):
        return
    which = (
        None
        if old is None
        else (old.said if old.kind != "pronoun" else target(c, (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)))
    )
    yield step("replace_media", 0.95 if old else 0.75, which=which, media=new.said, start=start)
