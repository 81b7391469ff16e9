"""How long one thing is to be: trims, and lengths that are said for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, step, steps, targets
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step

FILM_THINGS = ("clip", "image", "music", "voice", "sound", "overlay", "logo")
_SAME_LENGTH = re.compile(
    r"[^,.;]{0,30}?(?:(?:the )?same (?:length|duration) (?:as|like)|(?:exactly )?as long as|(?:match|fit)(?:es)? (?:the )?(?:length|duration) of) (?:the |my )?"
)


_AS_THE_MUSIC = Sieve(
    re.compile(
        r"(?:请|帮我|把|让|将|,)*(?:整个|所有)?(?:视频|影片|片子|全片|相册|影集|画面|照片)的?(?:总)?(?:长度|时长|时间)?(?:要|得|就|都|能|可以)?(?:剪|缩|压|做|弄|调|改|控制|卡)?(?:得|到|成|在)?(?:和|跟|与|同)?"
        r"(?:音乐|bgm|配乐|这首歌|歌|曲子)的?(?:总)?(?:长度|时长|时间)?(?:(?:保持)?一样长?|一致|相同|对齐|等长|以?内|之内)?(?:吧|就行|就好|了)*[。!]*"
    )
)


def as_long_as(c: Clause) -> Iterator[Reading]:
    """ "make clip 3 the same length as clip 1", 视频长度和音乐一样."""
    songs = c.scene.of("music")
    if c.scene.clips and len(songs) == 1 and not c.quantities and not c.text.isascii():
        told = _AS_THE_MUSIC.fullmatch(c.text.strip(" ,")) and re.search("长|时|一[样致]|等", c.text)
        if told and not c.has("move"):
            yield replace(step("fit_duration", 0.965, to=seconds(songs[0].span.end)), whole=True)
            return
    named = [m for m in c.mentions if len(m.things) == 1 and m.kind not in ("film", "pronoun")]
    if len(named) != 2 or c.quantities or not _SAME_LENGTH.fullmatch(c.text, named[0].end, named[1].start):
        return
    of, like = named[0].things[0], named[1].things[0]
    to = seconds(like.segment.duration)
    if of.role == "text":
        yield replace(step("text_duration", 0.965, which=of.segment.id, to=to), whole=True)
    elif of.role in ("clip", "overlay", "voice"):
        yield replace(step("trim", 0.965, which=of.segment.id, to=to), whole=True)


_AT_MOST = re.compile(
    r"(?<![a-z])(?:max(?:imum)?|at (?:the )?most|no longer than|no more than|not longer than|up to|limit(?:ed)?|tops)(?![a-z])|最多|不超过|(?:别|不要|不能|不得|不许)超过?|以内|之内"
)
_BY = re.compile(
    r"(?:(?P<less>[缩变]?短|少(?:放|停|留)?)|(?<!时)(?<!总)长|延长|加长|(?<!最)多(?:放|停|留|播|显示)?|(?<=[\u4e00-\u9fffa-z])(?:再|多)?加)(?:了|上|出)?\s*$"
)


def _by(c: Clause, q: Quantity) -> re.Match[str] | None:
    """The word behind which a length is a change of one: 长2秒, 海滩加1秒, but not 加1秒转场."""
    way = _BY.search(c.text[: q.start])
    alone = _NO_MORE.fullmatch(c.text, q.end) and c.plain.text[c.span[1] : c.span[1] + 1] in ("", *" ,.;!，。；！\n")
    return None if way and way[0].strip().endswith("加") and not alone else way


_NO_MORE = re.compile(r"钟?(?:就行|就好|吧|了|呗|。|!| )*")


def _several(c: Clause) -> tuple[Thing, ...]:
    """照片多停1秒, "the photos 5 seconds each": photos that are named by their kind alone, and no one of them; and where
    nothing is named, the clips that the last message did something to, if those were several."""
    bare = [m for m in c.mentions if m.kind == "image" and m.nth is None and len(m.things) > 1]
    if len(bare) == len([m for m in c.mentions if m.kind != "pronoun"]) == 1 and (
        _HAN.search(c.text) or _EACH_OF.search(c.text)
    ):
        return bare[0].things
    if (
        c.mentions
        or not _EACH.fullmatch(c.text.strip())
        or ("all" in c.text.split() and not _ALL_OF_THEM.search(c.text))
    ):
        return ()
    told = [str(dict(one.args).get("which") or "") for one in c.context.steps if isinstance(one, Step)]
    things = tuple(dict.fromkeys(t for words in told if words for m in mentions(words, c.scene) for t in m.things))
    things = things or tuple(t for words in told if (t := c.scene.find(words)))
    return things if len(things) > 1 and all(t.role == "clip" for t in things) else ()


_ALL_OF_THEM = re.compile(r"(?<![a-z])(?:them all|all of them)(?![a-z])")
_EACH_OF = re.compile(r"(?<![a-z])(?:each|apiece|every|per)(?![a-z])")
_FROM_THEN = re.compile(
    r"钟?(?:以后|之后|后|往后|起|开始|处|那里|的?时候)(?![^,。]{0,12}(?:消失|不见|没|撤|结束|停|不要|去掉))"
)
_ALTOGETHER = re.compile(r"整个|整体|整片|全片|总共|一共|总时长|总长")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EACH = Sieve(
    re.compile(  # "3 seconds each", "make them 2 s each": of all clips, where none is named
        r"(?:(?:please|make|give|set|keep|show|trim|cut|let'?s (?:do|make|have)|them|all(?: of them)?|these|those|the (?:clips|photos|pictures|shots|images)|down|to|for|about|should be|can be|at|now|and|,) ?)*"
        r"[\w.]+(?: ?and a half)? ?(?:s|secs?|seconds?) (?:each|apiece|every one|(?:per|a) (?:clip|photo|picture|pic|shot|image|slide))(?: please| pls| now| instead)*[.! ]*"
        r"|(?:(?:please|just|can you|and|now) )*(?:make|set|have|give|keep|trim|cut|get) (?:both(?: of them)?|them both|them all|all of them|every one(?: of them)?|each(?: one| of them)?) (?:(?:be|last|to|for|down to|at|run|about|like) )*[\w.]+(?: ?and a half)? ?(?:s|secs?|seconds?)(?: long| each)?(?: please| pls| now)*[.! ]*"
        r"|(?:每(?:一)?[个段张]|各)(?:都|就)?(?:给|放|留|要|显示|改成|剪成|剪到)?[\d一二两三四五六七八九十半.]+秒钟?(?:吧|就行|就好|。)*"
    )
)


_OFF_EACH = Sieve(
    re.compile(  # "cut half a second from each clip's start", 每段开头剪掉半秒
        r"(?<![a-z])(?:cut|trim|take|shave|chop|remove|lose|drop|knock|clip|snip|get rid of)(?![a-z])[^.;]*?(?:off|from|of|at)(?: the)?(?: very)? (?:(?P<front>start|beginning|front|head)|(?P<both>(?:both|each|either) ends?)|end|tail|back) of (?:each|every|all)(?: of)?(?: the| my)? ?(?:clips?|shots?|photos?|pictures?|one)?"
        r"|(?<![a-z])(?:cut|trim|take|shave|chop|remove|lose|drop|knock|clip|snip)(?![a-z])[^.;]*?(?:off|from|of) (?:each|every)(?: (?:clip|shot|photo|picture))?(?:'?s)? (?:(?P<front2>start|beginning|front|head)|(?P<both2>both ends)|end|tail|back)(?![a-z])(?! of )"
        r"|每(?:一)?[个段张](?:片段|镜头|视频|照片)?的?(?:(?P<both3>头尾|首尾|前后)|(?P<front3>开头|前面|头|最前面)|结尾|末尾|尾巴|后面|最后面?)(?:各|都)?(?:剪|裁|砍|去|删|切|掐)(?:掉|去|短|了)?"
        r"|各(?:剪|裁|砍|去|删|切|掐)(?:掉|去|短)?[\d一二两三四五六七八九十半.]+秒钟?的?(?:(?P<both4>头尾|首尾|前后)|(?P<front4>开头|前面|头|片头)|结尾|末尾|尾巴|后面|尾)"
    )
)


_PART_OF_EACH = Sieve(
    re.compile(  # "only the first 3 seconds of each clip"
        r"(?<![a-z])(?:only|just|keep|keeping|use|using|take|show|want|need|give me|leave|with)(?![a-z])(?! off| out)[^.;]*?(?P<edge>first|opening|initial|last|final|closing) [^,.;]{1,20}? (?:of|from) (?:each|every|all)(?: of)?(?: the| my)? ?(?:clips?|shots?|videos?|one|them)?(?![a-z])"
    )
)


_BETWEEN_ZH = re.compile("的?之间")


def each_of(c: Clause) -> list[str]:
    """The clips, one by one, where all are spoken of or all but some: "of every clip except the last"; [] elsewhere."""
    every = next((m for m in c.mentions if m.every and m.kind in ("clip", "image")), None)
    if every is not None:
        if _BETWEEN_ZH.match(c.text, every.end):
            return []
        return [t.segment.id for t in every.things]
    left = [m for m in c.mentions if m.things and m.things[0].role == "clip" and m.kind == "name"]
    alike = len(left) > 1 and len({(m.start, m.end) for m in left}) == 1
    return [m.said for m in left] if alike and (c.mention("spared") or "除" in c.text) else []


def _ends_told(told: set[str]) -> tuple[str, ...]:
    return ("from_start", "from_end") if "both" in told else ("from_start",) if "fron" in told else ("from_end",)


_TOGETHER = re.compile(
    r"(?<![a-z])(?:together|combined|in total|altogether)(?: (?:should|must|need to|have to|has to|to|be|are|is|last|lasting|run|make|only|just|about|around|exactly|no more than|at most))* $"
)


def _together(c: Clause, lengths: list[Quantity]) -> Reading | None:
    """ "the first two clips together should be 6 seconds": each keeps its share of the whole."""
    if len(lengths) != 1 or not (_TOGETHER.search(c.text[: lengths[0].start]) or _TOGETHER_ZH.search(c.text)):
        return None
    things = tuple(dict.fromkeys(t for m in c.mentions for t in m.things))
    if len(things) < 2 or any(t.role != "clip" for t in things) or isinstance(lengths[0].value, str):
        return None
    if len(things) == c.scene.clips:
        return step("fit_duration", 0.95, to=plain(lengths[0]))
    factor = Fraction(lengths[0].value) / sum(t.segment.duration for t in things)
    made = [step("trim", 1, which=t.segment.id, to=seconds(t.segment.duration * factor)).asked[0] for t in things]
    return Reading(tuple(made), 0.95)


_TOGETHER_ZH = Sieve(
    re.compile(  # 前三段拼成15秒
        r"(?:拼|合|凑|并)(?:起来|在一起)?(?:一共|总共|正好|刚好|剪)?(?:成|到|够|为)|(?:加|合)(?:在一)?起来?(?:一共|总共|的?(?:长度|时长))?(?:要|就|不超过|控制在|剪到|是|有|留)?(?=[\d一二两三四五六七八九十半])|(?:一共|总共|合计|总长|总时长)"
    )
)


_MORE_OF_IT = re.compile(
    r"(?:再|给它|给)?(?:加|多给|补)(?:上|个)?[\d一二两三四五六七八九十半.]+秒钟?(?:吧|就行|就好|了)*[。!]*"
)
_TOO_SHORT = re.compile(r"(?:太|有点|过于)(?:短|快|急|赶)[^;!?。]*$")


def _more_of_it(c: Clause, lengths: list[Quantity]) -> Reading | None:
    """第一张照片时间太短了,加2秒: of the clip that was found too short."""
    if len(lengths) != 1 or c.mentions or not c.around.focus or isinstance(lengths[0].value, str):
        return None
    if not _MORE_OF_IT.fullmatch(c.text.strip(" ,")) or not _TOO_SHORT.search(c.plain.text, 0, c.span[0]):
        return None
    focus = c.around.focus
    one = c.scene.find(focus) or next((t for m in mentions(focus.lower(), c.scene) for t in m.things), None)
    if one is None or one.role != "clip":
        return None
    to = seconds(one.segment.duration + lengths[0].value)
    return replace(step("trim", 0.97, which=one.segment.id, to=to), whole=True)


def _gone(c: Clause) -> set[str]:
    """The ids of the clips that the clause before took out: 去掉狗那张,剩下的每张5秒."""
    said = [str(dict(one.args).get("which")) for one in c.around.before if getattr(one, "command", "") == "remove"]
    held = {w: c.scene.find(w) for w in said}
    found = {t.segment.id for t in held.values() if t is not None}
    return found | {
        t.segment.id for w in said if held[w] is None for m in mentions(w.lower(), c.scene) for t in m.things
    }


_IN_TOTAL = re.compile(r" (?:in )?(?:total|all|altogether|overall)(?![a-z])")
_SAY = re.compile(
    r"(?<![a-z])(?:short|long)er(?: please)?[, ]+(?:(?:maybe|say|like|perhaps|about|around|something|you know|i'd say|roughly|so|to)[, ]+)+$"
)


_TAKEN_OUT = re.compile(  # "lose about two seconds of the intro": so much less of it
    r"(?<![a-z])(?:lose|cut|trim|take|shave|chop|drop|snip|remove|knock|get rid of)(?: (?:out|off|away|about|around|maybe|like|roughly|some|another|a good))* $"
)
_OF_IT = re.compile(
    r"(?: worth)? (?:of|from|out of) (?!(?:the |its )?(?:start|beginning|end|front|middle|top|film|video|music|song)(?![a-z]))"
)


def _taken_out(c: Clause, q: Quantity) -> bool:
    return _TAKEN_OUT.search(c.text[: q.start]) is not None and _OF_IT.match(c.text, q.end) is not None


_EACH_ZH = re.compile(
    r"[, ]*(?:就|要|让|给)*(?:都|全部?)*(?:各自?|[每一][个段张条人])(?:都|放|留|剪到?|剪成|停留?|显示|是|为|给|要)*"
)


def _each_so_long(c: Clause, q: Quantity) -> list[str]:
    """第一张和第二张各4秒: the clips that are named, where nothing else is said of them."""
    named = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and m.end <= q.start]
    if len(named) < 2 or len(named) < len(c.mentions) or c.text[q.end :].strip(" ,.。!吧就行好了"):
        return []
    return [m.said for m in named] if _EACH_ZH.fullmatch(c.text, named[-1].end, q.start) else []


def _music_told(c: Clause) -> bool:
    """Was the music named before, in this message or the last?"""
    if c.touched is not None and c.touched.role == "music":
        return True
    return any(m.kind in ("music", "name") for m in mentions(c.plain.text[: c.span[0]], c.scene))


def trimmed(c: Clause) -> Iterator[Reading]:
    """ "Each photo 3 seconds", "the drone clip 2 s shorter", "trim it to 5 seconds"."""
    named = targets(c, FILM_THINGS)
    lengths = c.every("seconds", "frames")
    if named == ["all clips"]:
        limit = lengths[0].value if len(lengths) == 1 and _AT_MOST.search(c.text) else 0
        named = [t.segment.id for t in c.scene.of("clip") if isinstance(limit, str) or t.segment.duration > limit]
    if len(lengths) == 1 and c.scene.clips and (off := _OFF_EACH.search(c.text)) is not None:
        ends = _ends_told({key[:4] for key, value in off.groupdict().items() if value})
        args: dict[str, Plain] = dict.fromkeys(ends, plain(lengths[0]))
        yield steps("trim", 0.975, each_of(c) or [t.segment.id for t in c.scene.of("clip")], **args)
        return
    if (
        len(lengths) == 1
        and c.scene.clips
        and (part := _PART_OF_EACH.search(c.text))
        and not isinstance(lengths[0].value, str)
    ):
        longer = [t for t in c.scene.of("clip") if t.segment.duration > lengths[0].value]
        front = part["edge"] in ("first", "opening", "initial")
        shown = [
            one
            for t in longer
            for one in (
                step("trim", 1, which=t.segment.id, to=plain(lengths[0]))
                if front
                else step(
                    "trim", 1, which=t.segment.id, from_start=seconds(t.segment.duration - Fraction(lengths[0].value))
                )
            ).asked
        ]
        yield Reading(tuple(shown), 0.975)
        return
    if (shared := _together(c, lengths)) is not None:
        yield shared
        return
    if (more := _more_of_it(c, lengths)) is not None:
        yield more
        return
    if len(lengths) == 1 and (so_long := _each_so_long(c, lengths[0])):
        yield replace(steps("trim", 0.975, so_long, to=plain(lengths[0])), whole=True)
        return
    several = _several(c) or (c.scene.of("clip") if _EACH.fullmatch(c.text.strip()) else ())
    there = tuple(t for t in c.scene.of("clip") if t.segment.id not in _gone(c))
    if each := several or patterns.search(
        r"(?<![a-z])(?:per|each|every|for each|for every) (?:clip|photo|picture|shot|image|slide)|(?:clips?|photos?|pictures?|slides?) (?:for )?[\w. ]{1,12} each|(?:每一?|各)(?:个|张|段)(?:片段|照片|镜头|图片)?(?:图|图片)?(?!之间|中间|的?(?:开头|结尾|前|后|最))",
        c.text,
    ):
        clips = several or there
        if lengths and clips and (way := _by(c, lengths[0])) and not c.has("fade_in", "fade_out"):
            change = float(lengths[0].number) * (-1 if way["less"] else 1)  # 每张图多放一秒
            made = [
                step("trim", 1, which=t.segment.id, to=round(float(t.segment.duration) + change, 6)).asked[0]
                for t in clips
            ]
            yield Reading(tuple(made), 0.97)
            return
        if (
            lengths
            and clips
            and not c.has("fade_in", "fade_out")
            and lengths[0].cue not in ("first", "last", "off", "at", "by")
            and each
            and not _BETWEEN_ZH.search(c.text)
            and not _ALTOGETHER.search(c.text)
            and not _BY.search(c.text[: lengths[0].start])
        ):
            left = [m.said for m in c.mentions if len(m.things) == 1 and not m.every and m.things[0].role == "clip"]
            kept = len(left) > 1 or (
                patterns.search(r"(?<![a-z])(?:except|but|apart from|other than)(?![a-z])|除", c.text) and left
            )
            most = clips
            if _AT_MOST.search(c.text) and not isinstance(lengths[0].value, str):
                most = tuple(t for t in clips if t.segment.duration > lengths[0].value) or clips
            last = c.context.steps[-1] if c.context.steps else None
            fresh = isinstance(last, Step) and last.command in ("add", "reorder")
            sure = 0.975 if fresh and _EACH.fullmatch(c.text.strip()) else 0.94
            yield steps("trim", sure, left if kept else [thing.segment.id for thing in most], to=plain(lengths[0]))
            return
    if len(lengths) == 1 and _IN_TOTAL.match(c.text, lengths[0].end):
        return  # of the whole film
    alike = len(named) == 1 or (len(named) > 1 and len({(m.start, m.end) for m in c.mentions}) == 1)  # 第2、3张
    if alike and len(lengths) == 1 and (way := _by(c, lengths[0])) and not c.has("fade_in", "fade_out"):
        thing = next((t for m in c.mentions for t in m.things), None)  # intro短1秒, drone长2秒
        if thing is not None and thing.role in ("clip", "voice", "overlay") and not c.range:
            change = float(lengths[0].number) * (-1 if way["less"] else 1)
            yield steps("trim", 0.945, named, to=round(float(thing.segment.duration) + change, 6))
            return
    bare = (
        bool(c.mentions)
        and alike
        and len(lengths) == 1
        and not _FROM_THEN.match(c.text, lengths[0].end)
        and patterns.search(
            r"^\s*(?:the |limit |把|the )?(?:the )?[^,]*?(?:clip|shot|part|one|photo|片段|镜头|照片)?\s*(?::|,|max(?:imum)?|at most|to at most|最多|不超过|limit(?:ed)? to|to)?\s*$",
            c.text[: lengths[0].start],
        )
        is not None
        and not c.has("volume", "fade_in", "fade_out", "speed_up", "slow_down", "zoom", "move", "add", "remove", "cut")
    )
    stays = (
        alike
        and len(lengths) == 1
        and (lengths[0].cue in ("for", "within") or (bare and lengths[0].cue in ("", "to")))
        and not c.has("add", "fade_in", "fade_out", "freeze", "move", "remove", "loop")
    )
    first = (
        patterns.search(
            r"only (?:show |be |appear |stay |there |up |on |visible |shown |seen |on screen )*(?:for|in|during) the first|只在前|只显示前",
            c.text,
        )
        and len(named) == 1
        and len(lengths) == 1
    )
    if (
        (stays or first)
        and named != ["all"]
        and not c.range
        and not c.mention("title", "subtitle", "text", "lower_third", "music")
    ):
        yield steps("trim", 0.9 if stays else 0.94, named, to=plain(lengths[0]))
        return
    if not c.has("trim") or not lengths or c.range:
        return
    music = c.mention("music") is not None
    if len(lengths) == 1 and len(named) == 1 and not music and _taken_out(c, lengths[0]):
        yield step("trim", 0.93, which=named[0], from_end=plain(lengths[0]))
        return
    to = next(
        (q for q in lengths if q.cue in ("to", "for", "long") or (q.cue == "" and not c.has("shorter", "longer"))), None
    )
    if to is None and len(lengths) == 1 and lengths[0].cue == "" and _SAY.search(c.text[: lengths[0].start]):
        to = lengths[0]  # "shorter, maybe 5 seconds"
    by = next((q for q in lengths if q.cue in ("by", "off", "more") or (q.cue == "" and c.has("shorter"))), None)
    by = None if by is to else by
    if c.mention("clip") and not named:
        named = ["clip"]
    if not named or named == ["all"] or c.mention("title", "subtitle", "text", "lower_third"):
        return
    if named == ["music"] and not c.mentions and c.scene.clips and not _music_told(c):
        return  # 整体有点拖,压缩到十秒: of the film
    score = 0.88 if patterns.search(r"trim|shorten|cut ~ down|last|long|修剪|剪|缩短|时长|短", c.text) or to else 0.7
    if by and c.has("longer") and not c.has("shorter") and not music:
        thing = next((t for m in c.mentions for t in m.things), None)
        now = float(thing.segment.duration) if thing else 0.0
        yield step("trim", 0.85, which=named[0], to=round(now + float(by.number), 6))
    elif by and (by.cue in ("by", "off") or not to):
        yield step("trim", score, which=named[0], from_end=plain(by))
    elif to and to.cue not in ("at", "from"):
        yield steps("trim", score + 0.01, named, to=plain(to))
