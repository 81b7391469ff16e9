"""Files put on the timeline: as what, and what else is said of them. Which file: `files_meant`; where: `put_where`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import just_before
from reelscore.converse.readers.files_meant import ONE_OF_THEM, files_by_kind, files_named, is_sound, role_of
from reelscore.converse.readers.moments import every_cut
from reelscore.converse.readers.put_where import stretch_of, where_put
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said, Step
from reelscore.values.message import Asked, Option, Question


def added(c: Clause) -> Iterator[Reading]:
    """ "Add the lake after clip 2", "whoosh.wav at 0:15", "put the song under it"."""
    named = files_named(c)
    media = [m for m in named if not (m.things and _for_it(c, m))] or named
    for_it = [m for m in named if m not in media]
    if len(media) == len(for_it) == 1 and len(for_it[0].things) == 1 and not c.quantities:
        under = for_it[0].things[0].span
        length = seconds(under.end - under.start)
        yield step("add", 0.97, media=media[0].said, as_=role_of(c, media[0]), at=seconds(under.start), duration=length)
        return
    if media and c.has("trim", "cut") and all(_just_put(c, m) for m in media):
        return  # "lay both down and cut the party to 15 seconds"
    loud = c.quantity("percent") is not None or _HALF_AS_LOUD.search(c.text) is not None
    if c.scene.empty and len(media) == 1 and not c.quotes and not loud:
        yield step("add", 0.94, media=media[0].said, as_=role_of(c, media[0]), **stretch_of(c))
        return
    adding = c.has("add")
    uploaded = c.context.uploaded or (() if c.scene.things else tuple(m.id for m in c.scene.timeline.media))
    wishing = c.has("music_noun") and any(not w.idle for w in c.wishes)
    if not media and (adding or (c.scene.empty and c.has("as_music"))) and c.scene.timeline.media and not wishing:
        media = files_by_kind(c, uploaded)
        files = [m for m in c.scene.timeline.media if m.id in uploaded]
        if not media and len(files) > 1 and ONE_OF_THEM.search(c.text):
            options = tuple(Option(Said(m.name, m.name), (Step("add", (("media", m.name),)),)) for m in files[:3])
            yield Reading((), 0.93, question=Question(Said("Which file?", "哪个文件？"), options))
            return
    if (
        not media
        or (c.has("as_background") and not (c.has("as_music") or is_sound(c, media[0])))
        or (c.quotes and not adding)
    ):
        return
    if adding and (verb := c.find("add")) and verb[0] == "set" and all(m.things for m in media):
        adding = False  # "set the end card to 5 seconds"
    if not adding and _placed_unused(c, media):
        yield from _put(c, media, 0.9)
        return
    if (
        not adding
        and not c.has("as_music", "as_voice", "as_sound")
        and not patterns.search(r"^(?:and )?(?:then )?(?:the )?\S+ (?:at the end|next)|最后放|(?<!直)接", c.text)
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
        r"(?<![a-z])(?:put|place|set|stick|use|move|drop|start with|begin with|end with)(?![a-z])|放到|放在|用|(?<!直)接",
        c.text,
    ) and not patterns.search(
        r"(?<![a-z])(?:add|insert|append|include|throw(?! away| out)|import|attach|another)(?![a-z])|加|插入|添加|导入|放入|放进|再放",
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
        role = role_of(c, media[0])
        made = [s for at in cuts for s in step("add", 1, media=media[0].said, as_=role, at=at).asked]
        made += step("volume", 1, which=media[0].said, to=50).asked if half else ()
        yield Reading(tuple(made), 0.96)
        return
    moments = [q for q in c.every("seconds", "timecode", "number") if q.cue == "at"]
    if len(media) == 1 and len(moments) == len(c.quantities) > 1 and is_sound(c, media[0]):
        role = role_of(c, media[0])
        made = [s for q in moments for s in step("add", 1, media=media[0].said, as_=role, at=plain(q)).asked]
        yield Reading(tuple(made), 0.965)  # "at 2:00 and again at 5:30"
        return
    level = c.quantity("percent")
    if len(media) == 1 and level is None and is_sound(c, media[0]) and _QUIETLY.search(c.text):
        put = step("add", 1, media=media[0].said, as_=role_of(c, media[0]), **where_put(c)).asked
        which = "music" if role_of(c, media[0]) in (None, "music") and not c.scene.of("music") else media[0].said
        yield Reading((*put, *step("volume", 1, which=which, step="quieter").asked), 0.958)
        return
    if len(media) == 1 and level is None and is_sound(c, media[0]) and _HALF_AS_LOUD.search(c.text):
        where = {key: value for key, value in where_put(c).items() if value != "middle"}
        put = step("add", 1, media=media[0].said, as_=role_of(c, media[0]), **where).asked
        yield Reading((*put, *step("volume", 1, which=media[0].said, to=50).asked), 0.958)
        return
    if len(media) == 1 and level is not None and is_sound(c, media[0]) and level.cue in ("at", "to", ""):
        role = role_of(c, media[0])
        put = step("add", 1, media=media[0].said, as_=role, **where_put(c)).asked
        which = "music" if role in (None, "music") and not c.scene.of("music") else media[0].said
        yield Reading((*put, *step("volume", 1, which=which, to=level.number).asked), 0.958)
        return
    for n, mention in enumerate(media):
        args = where_put(c) if n == 0 or len(media) == 1 else {}
        made += step("add", 1, media=mention.said, as_=role_of(c, mention), **args).asked
    yield Reading(tuple(made), score)


_HALF_AS_LOUD = Sieve(re.compile(r"(?<![a-z])at half (?:the |its )?(?:volume|level|loudness)(?![a-z])"))


_QUIETLY = re.compile(
    r"(?<![a-z])(?:(?:really |very |nice and |kind of |fairly )?(?:quietly|softly|quiet)|at a low volume)[ .!]*$"
)
_FOR_IT = re.compile(r"(?:给|为)$")
_SET_TO = re.compile(r"(?:[那这]一?[段个张条])?(?:视频|片段)?(?:再)?(?:配|加|放|垫|铺|来)")


def _for_it(c: Clause, m: Mention) -> bool:
    """给selfie配上pop song: what gets another file is none that is added."""
    return just_before(_FOR_IT, c.text, m.start) is not None and _SET_TO.match(c.text, m.end) is not None


def _placed_unused(c: Clause, media: list[Mention]) -> bool:
    """Is a file that is not used yet named with a moment, and nothing else to be done: "whoosh at 15 seconds"?"""
    once_more = patterns.search(r"(?<![a-z])(?:(?<! on )again|another|once more|one more time)(?![a-z])", c.text)
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


def _just_put(c: Clause, mention: Mention) -> bool:
    """Was this file laid down by the clause before?"""
    put = (str(dict(one.args).get("media")) for one in c.around.before if isinstance(one, Step))
    files = {m.name for m in c.scene.media_named(mention.said.lower())} | {mention.said}
    return any(name in files for name in put)
