"""What is said of the thing that was edited last, with nothing named: 删了吧, 把它放到最后, "smaller" after a sound.

`staying` keeps what is done to sounds or texts with the sound or the text of the last edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.bare_things import ordinals
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.reading import Reading
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked

_SOUNDS = ("volume", "fade_in", "fade_out", "duck", "pan", "normalise", "mute", "unmute")
_MAKES_MUSIC = ("generate_music", "regenerate_music", "vary_music", "change_music", "music_length", "refit_music")
_TEXTS = (
    "text_style",
    "text_position",
    "text_animation",
    "text_duration",
    "change_text",
    "title",
    "subtitle",
    "lower_third",
)


_ALL_ALONG = re.compile(
    r"(?:(?:and|but|ok|no|please|keep it|show it|leave it(?: (?:on|there))?|have it|it should (?:stay|be there|be shown)|make it last|,) ?)*(?:for |during |throughout |through |over |all through |on (?:screen )?(?:for )?)*(?:the |my )?(?:whole|entire|full|complete) (?:video|film|movie|time|thing|clip|ad|length|duration)(?: please| long| through)*[.! ]*"
    r"|(?:(?:and|but|please|keep it|leave it|show it|it should (?:stay|be there)) ?)*(?:all the time|the whole time|from (?:the )?(?:start|beginning) to (?:the )?end|all the way through|throughout)[.! ]*"
    r"|(?:要|让它|把它|就|,)*(?:全程|一直|从头到尾|始终|整个视频|整个影片)(?:都|在|显示|放着|保留|出现|有|留着|停留)*(?:吧|就行|就好|。)*"
)


def _all_along(c: Clause) -> Iterator[Reading]:
    """ "for the whole video", 全程显示, of a text: from the start of the film to its end."""
    thing = c.touched
    if thing is None or thing.role != "text" or not c.scene.clips or not _ALL_ALONG.fullmatch(c.text.strip()):
        return
    which = ("which", thing.segment.id)
    first = (Step("move", (which, ("to", 0))),) if thing.span.start else ()
    yield Reading((*first, Step("text_duration", (which, ("to", seconds(c.scene.duration))))), 0.98)


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """What is done to the thing of the last edit."""
    yield from _all_along(c)
    yield from _small_sound(c, last)
    yield from _deleted(c)
    yield from _put_elsewhere(c, last)
    yield from _gone_after(c)
    yield from _so_much_longer(c)
    yield from _all_of_its_kind(c)
    yield from _swapped(c)
    yield from _said_anew(c)


_SIZED = re.compile(
    r"(?:make |turn |set |it |that |please |now |still |even |much |more |(?:a )?(?:little|bit|few) |,)*(?P<way>small(?:er)?|big(?:ger)?|larger?)(?: it| that| please| now| the)*[.! ]*"
)


def _small_sound(c: Clause, last: Step) -> Iterator[Reading]:
    """少し小さく, 더 크게, "smaller" after an edit of a sound: quieter, or louder."""
    said, thing = _SIZED.fullmatch(c.text.strip()), c.touched
    if said and thing and thing.role == "overlay" and thing.segment.picture:
        size = float(thing.segment.picture.scale) * (80 if said["way"].startswith("small") else 125)
        yield Reading((Step("arrange", (("which", thing.segment.id), ("size", round(size, 2)))),), 0.97)
    if said is None or thing is None or thing.role not in ("music", "voice", "sound", "audio"):
        return
    if last.command in (*_SOUNDS, *_MAKES_MUSIC, "add"):
        bit = "a_bit_" if c.has("a_bit") or "little" in c.text or "bit" in c.text else ""
        way = "quieter" if said["way"].startswith("small") else "louder"
        yield Reading((Step("volume", (("which", thing.segment.id), ("step", f"{bit}{way}"))),), 0.97)


_AFTER = re.compile(
    r"(?:(?:and|then|but|ok|now|please)[, ]+)*(?:remove|hide|delete|take|drop|lose|cut|get rid of|end|stop) (?:it|that|this)(?: away| off| out| down)?(?: again)? after [^,.;]{1,24}?(?: or so| please)*[.! ]*"
    r"|(?:再|然后|并|就|,)*[^,。]{1,8}?秒(?:钟)?(?:之?后)(?:再|就)?(?:把它?)?(?:去掉|删掉|消失|隐藏|不见|不显示)(?:吧|。)*"
)


def _gone_after(c: Clause) -> Iterator[Reading]:
    """ "and remove it after 4 seconds": the text, or the picture, of the last edit lasts so long."""
    thing, lengths = c.touched, c.every("seconds")
    if thing is None or thing.role == "music" or len(lengths) != 1 or _AFTER.fullmatch(c.text.strip()) is None:
        return
    command = "text_duration" if thing.segment.text is not None else "trim"
    yield Reading((Step(command, (("which", thing.segment.id), ("to", plain(lengths[0])))),), 0.98)


_ALL = re.compile(
    r"(?:(?:and|now|please|ok|but|then)[, ]+)*(?:make |put |set |turn |have |get )?(?:all(?: of)? (?:them|the (?:others|captions|titles|subtitles))|them all|every one of them|all)(?: be| are)? (?:in |to )?(?P<what>[a-z ]{3,20}?)(?: please| too| now| instead)*[.! ]*"
)


def _all_of_its_kind(c: Clause) -> Iterator[Reading]:
    """ "all of them in yellow" after an edit of one of several texts."""
    thing = c.touched
    if thing is None or thing.segment.text is None or len(c.colours) != 1 or not _ALL.fullmatch(c.text.strip()):
        return
    kind = next(kind for kind in ("title", "lower_third", "subtitle", "text") if thing in c.scene.of(kind))
    if len(c.scene.of(kind)) > 1:
        made = tuple(
            Step("text_style", (("which", t.segment.id), ("colour", c.colours[0][0]))) for t in c.scene.of(kind)
        )
        yield Reading(made, 0.98)


def bare_level(c: Clause) -> Iterator[Reading]:
    """ "10%" after what was done to a sound was taken back."""
    thing = c.touched
    if thing is None or thing.role not in ("music", "voice", "sound", "audio") or len(c.quantities) != 1:
        return
    q = c.quantities[0]
    if q.kind == "percent" and not re.sub(
        r"(?:to|at|make it|set it|just|like|about|maybe|please|[ ,.!])", "", c.text[: q.start] + c.text[q.end :]
    ):
        yield Reading((Step("volume", (("which", thing.segment.id), ("to", q.number))),), 0.96)


_LONGER = re.compile(
    r"(?:(?:perfect|nice|great|good|ok(?:ay)?|now|and|but|please|can you|could you|love it|cool)[,. ]+)*(?:make |have )?(?:it|that|the (?:music|song|track|piece))? ?(?:(?P<two>twice as long|double the length|two times as long)|(?P<half>half as long|half the length))(?: please)*[.! ]*"
    r"|(?:再|把|音乐|它|时长|长度|变|改成|,)*(?:长(?P<two2>一倍)|(?:长度|时长)(?P<two3>翻倍|加倍))(?:吧|。)*"
)


def _so_much_longer(c: Clause) -> Iterator[Reading]:
    """ "make it twice as long" after an edit of composed music."""
    thing, said = c.touched, _LONGER.fullmatch(c.text.strip())
    if said and thing is not None and thing.role == "music" and c.scene.composed:
        length = thing.segment.duration * (Fraction(1, 2) if said["half"] else 2)
        yield Reading((Step("music_length", (("to", seconds(length)),)),), 0.975)


_DELETED = re.compile(r"(?:还是|把它?|它|那个|,)*(?:删|去)(?:了|掉|除)它?(?:吧|了|,|。)*")


def _deleted(c: Clause) -> Iterator[Reading]:
    """删了吧 after an edit of a text: that text."""
    thing = c.touched
    if (
        thing is not None
        and thing.role == "text"
        and len(c.context.touched) == 1
        and _DELETED.fullmatch(c.text.strip())
    ):
        yield Reading((Step("remove_text", (("which", thing.segment.id),)),), 0.97)


_LOOKS = ("animate", "fade_in", "fade_out", "bold", "italic", "bigger", "smaller")
_PUT = re.compile(
    r"(?:(?:ok|now|then|and|please|actually|no|but)[, ]+)*(?:put|move|place|shift|stick) (?:it|that|this|that one) (?:at|to|in|on) (?:the )?(?:very )?(?:(?P<start>start|beginning|front)|end|back)(?: of (?:the )?(?:video|film|movie|clip|timeline))?(?: please| instead| rather)*[.! ]*"
    r"|(?:再|然后|把|它|将|这段|那段|给我|不对?|还是|,)*(?:放|挪|移|排|调|搬)(?:回)?(?:到|在)?(?:视频|影片|片子)?的?(?:(?P<front>最前面?|最开头|开头|第一个)|最后面?|末尾|结尾)(?:去)?(?:吧|。)*"
)


def _put_elsewhere(c: Clause, last: Step) -> Iterator[Reading]:
    """把它放到最后 after an edit of a clip: that clip."""
    if (put := _PUT.fullmatch(c.text.strip())) is None:
        return
    if last.command in (*_TEXTS, "move", "duplicate") and c.touched is not None and c.touched.segment.text is not None:
        at = 0 if (put["front"] or put["start"]) else seconds(c.scene.duration - c.touched.segment.duration)
        yield Reading((Step("move", (("which", c.touched.segment.id), ("to", at))),), 0.975)
        return
    which = dict(last.args).get("which")
    named = next((m.things for m in mentions(str(which).lower(), c.scene) if m.things), ()) if which else ()
    if len(named) == 1 and named[0].role == "clip":
        args = (("which", named[0].segment.id), ("position", 1 if (put["front"] or put["start"]) else -1))
        yield Reading((Step("reorder", args),), 0.97)


_SWAP = re.compile(
    r"(?:(?:no|ok|now|then|and|please|actually|can you)[, ]+)*(?:swap|switch|exchange|trade)(?: places(?: of)?)? (?:it|that|that one|this|this one)(?: clip)?(?: places)? (?:with|and|for) (?P<with>.+)"
    r"|(?:再|那就?)*(?:把)?(?:它|这个|这段|那段|那个)(?:和|跟|与)(?P<with2>.+?)(?:互换|对调|交换|调换|换(?:个)?位置)(?:一下|吧|。)*"
)


def _swapped(c: Clause) -> Iterator[Reading]:
    """ "swap it with the second": the clip of the last edit and another change places."""
    thing, text = c.touched, c.text.strip(" .!")
    if thing is None or thing.role != "clip" or (said := _SWAP.fullmatch(text)) is None:
        return
    told = [m for m in (*c.mentions, *ordinals(c)) if m.kind != "pronoun" and len(m.things) == 1]
    others = [m.things[0] for m in told if m.things[0].role == "clip" and m.things[0] is not thing]
    if len(others) != 1 or not any(said.groups()):
        return
    clips = list(c.scene.of("clip"))
    order = list(range(1, len(clips) + 1))
    a, b = clips.index(thing), clips.index(others[0])
    order[a], order[b] = order[b], order[a]
    yield Reading((Step("reorder", (("order", ",".join(map(str, order))),)),), 0.98)


_ANEW = re.compile(
    r"(?:(?:no|ok|now|then|and|please|actually|can you|sorry)[, ]+)*(?:change|set|turn|switch|rewrite|edit) (?:it|that|that one|this one|the (?:new|last|second|other) one)(?: so it says| to say| to read| into| to) (?P<words>.+?)(?: please| instead)*[.! ]*"
)


def _said_anew(c: Clause) -> Iterator[Reading]:
    """ "change that one to Sayonara" after an edit of a text: words that mean nothing else are its new words."""
    thing = c.touched
    if thing is None or thing.segment.text is None or c.quotes or (said := _ANEW.fullmatch(c.text)) is None:
        return
    plain = not (c.quantities or c.colours or c.has(*_LOOKS) or any(m.kind != "pronoun" for m in c.mentions))
    if plain and len(said["words"].split()) <= 6:
        words = c.said(said.start("words"), said.end("words"))
        yield Reading((Step("change_text", (("which", thing.segment.id), ("text", words))),), 0.955)


def staying(reading: Reading, c: Clause) -> Reading:
    """What is done to sound, or to texts, with nothing named stays with the sound or the text of the last edit: "now
    fade in and out" after the music was turned down is of the music, after a title was added of the title."""
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    thing = c.touched
    if last is None or thing is None or c.around.focus or any(m.kind != "pronoun" for m in c.mentions):
        return reading
    if c.has("whole_picture"):
        return reading
    if thing.role in ("music", "voice", "sound", "audio") and last.command in (*_SOUNDS, *_MAKES_MUSIC, "add"):
        which = dict(last.args).get("which") if last.command in _SOUNDS else None
        return replace(reading, asked=tuple(_of(asked, which or thing.segment.id, _SOUNDS) for asked in reading.asked))
    if thing.role == "clip" and last.command in ("mute", "unmute", "volume") and dict(last.args).get("which"):
        return replace(reading, asked=tuple(_of(asked, thing.segment.id, ("volume",)) for asked in reading.asked))
    if thing.segment.text is not None and last.command in _TEXTS:
        asked = _animated(reading.asked)
        return replace(reading, asked=tuple(_of(one, thing.segment.id, _TEXTS[:4]) for one in asked))
    return reading


def _of(asked: Asked, which: Plain, commands: tuple[str, ...]) -> Asked:
    """The step done to this, where it is one of these commands and names nothing."""
    if not isinstance(asked, Step) or asked.command not in commands or {"which", "of"} & dict(asked.args).keys():
        return asked
    return Step(asked.command, (("which", which), *asked.args))


def _animated(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Fades of nothing in particular as those of a text."""
    fades = [one.command for one in asked if isinstance(one, Step) and one.command.startswith("fade_")]
    if len(fades) != len(asked) or any("which" in dict(one.args) or "of" in dict(one.args) for one in asked):
        return asked
    when = (("when", fades[0].removeprefix("fade_")),) if len(fades) == 1 else ()
    return (Step("text_animation", (("kind", "fade"), *when)),) if fades else asked
