"""The order of the clips: one to a place, two exchanged, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.numbers import value_of
from reelscore.converse.patterns import just_before
from reelscore.converse.readers.listed_order import listed
from reelscore.converse.reading import Reading, step, steps
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve

FRONT = re.compile(
    r"(?<![a-z])(?:in|up) (?:the )?(?:very )?front[ .!]*$|(?:放|排|挪|移|摆|提|调)(?:到|在|去)?前[面头边](?:去|来)?(?:吧|。)*$|(?:to|at|as) (?:the )?(?:very )?(?:front|start|beginning|opening|first(?: place| position| clip| shot)?)|(?<![a-z])first(?! \d)|be the opening|(?:so|and) (?:that )?(?:it(?:'s| is)?|that(?:'s| is)?)(?: now)? (?:the )?(?:becomes? (?:the )?)?(?:opener|opening|first)(?! \d)(?![a-z])|最前|开头|第一个$|打头|最开始|第一位|首位|放到第一|排第一|片头"
)


BACK = re.compile(
    r"(?:to|at|as) (?:the )?(?:very )?(?:end|back|last(?: place| position| clip| shot)?)|(?<![a-z])last$|(?<![a-z])(?:the )?(?:very )?(?:last|final|closing) (?:one|clip|shot|photo|picture|image|slide|thing)$|put .{1,30} last|(?:so|and) (?:that )?(?:it|that)(?:'s| is) (?:the )?(?:closer|closing|last|finale)(?: (?:one|shot|clip))?$|最后|末尾|结尾|最末|片尾|[挪移放排调搬][到在]?后面(?:去|来)?(?:吧|了)?$"
)


_BY_PLACES = Sieve(
    re.compile(
        r"(?<![a-z])(?P<n>an?|one|two|three|1|2|3|a couple of) (?:more )?(?:spots?|places?|positions?|slots?|steps?|notch(?:es)?) (?:further )?(?:(?P<sooner>earlier|forwards?|sooner|up|to the (?:left|front)|ahead|closer to the (?:start|beginning|front))|later|back(?:wards?)?|down|to the (?:right|back|end)|further(?: back| down)?|closer to the end)(?![a-z])"
        r"|(?:[往向朝](?P<fore>前)|[往向朝]后|(?P<up>[前上提]))(?:移|挪|调|放|排|提|换|搬|进)?(?:动|到)?(?P<n2>[一二两三123])个?(?:位置|位|格|个位子|个(?![秒分])|张|段|名)"
        r"|(?<![a-z])(?:(?P<fwd>up|forwards?|ahead)|back(?:wards?)?|down) (?:by )?(?P<n4>an?|one|two|three|1|2|3)(?: (?:spots?|places?|positions?|slots?|steps?|clips?)(?![a-z])|(?= ?(?:$|[.,;!](?!\d)|please|in the order)))"
        r"|[后下](?:移|挪|调)(?P<n3>[一二两三123])个?(?:位置|位|格)"
    )
)


def moved_by_places(c: Clause) -> Iterator[Reading]:
    """ "one spot earlier", 往前挪一个位置: so many places from where it is; of the clip last moved where none is named."""
    found = _BY_PLACES.search(c.text) if c.scene.clips > 1 and not c.every("seconds") else None
    if found is None or c.quotes:
        return
    clips = list(c.scene.of("clip"))
    named = [m.things[0] for m in c.mentions if len(m.things) == 1 and m.kind not in ("film", "pronoun")]
    last = c.context.steps[-1] if c.context.steps else None
    held = c.scene.find(c.around.focus) if c.around.focus else None
    if not named and (held or getattr(last, "command", "") == "reorder"):
        named = [thing for thing in (held or c.touched,) if thing is not None]
    if len(named) != 1 or named[0] not in clips:
        return
    many = int(value_of(found["n"] or found["n2"] or found["n3"] or found["n4"] or "1") or 1)
    way = -1 if found["sooner"] or found["fore"] or found["up"] or found["fwd"] else 1
    at = clips.index(named[0]) + way * many
    if 0 <= at < len(clips):
        yield step("reorder", 0.97, which=named[0].segment.name or named[0].segment.id, position=at + 1)


_IT_ENDS = re.compile(
    r"(?<![a-z])(?:let|have|make|should|and|so) it (?:end|stop|finish|start|begin|open|close)s? (?:with|on|at) "
)


def reordered(c: Clause) -> Iterator[Reading]:
    text = c.text
    if text.lstrip().startswith("rename "):
        return  # "rename clip 1 to Opening"
    sounding = c.around.focus_kind in ("music", "voice", "sound", "text") or c.wishes
    if "it " in text and sounding and _IT_ENDS.search(text):
        return  # "add soft piano and let it end with the last photo"
    if places := next(moved_by_places(c), None):
        yield places
        return
    if " between " in text and (lies := _between_two(c)) is not None:
        yield lies
        return
    if (c.has("swap") and not c.has("replace")) or patterns.search(
        r"互换|对调|交换|调换|对换|(?:和|跟|与).{1,12}(?:换|(?<!色)调)(?:一下|过来|个)?(?:吧|。)*$|换一?下?个?位(?!置)|换一?换(?!个|别)|[换调](?:一?下|个)?(?:位置|顺序|次序|地方)|(?:顺序|次序|位置)(?:互|对)?[换调]|swap (?:the )?(?:clips?|places|order)|switch .{0,30}around|(?:swap|switch|exchange) .{1,40} (?:and|with) | and .{1,40} (?:the (?:other|wrong) way a?round|vice versa|in the wrong order|mixed up)",
        text,
    ):
        yield from filter(None, [_swapped(c)])
    if patterns.search(r"(?:顺序|次序).{0,4}(?:反|倒|颠倒|调|换)", text) and (swapped := _swapped(c)):
        yield swapped  # 最后两段的顺序反过来
        return
    numbers = c.every("number")
    names = [m for m in c.mentions if m.kind == "name" and m.things and m.things[0].role == "clip"]
    if (behind := _behind(c, names)) is not None:
        yield behind
        return
    if in_order := listed(c, names):
        yield in_order
        return
    if c.has("reorder") and len(numbers) >= 2 and not c.every("seconds"):
        yield step("reorder", 0.95, order=",".join(str(q.number) for q in numbers))
    elif (c.has("reorder") or patterns.search(r"order", text)) and len(names) >= 2 and len(names) == c.scene.clips:
        order = [1 + list(c.scene.of("clip")).index(m.things[0]) for m in names]
        yield step("reorder", 0.95, order=",".join(map(str, order)))
    elif patterns.search(
        r"(?:reverse|flip|turn ~ round).{0,12}order|order.{0,10}(?:reversed|backwards)|(?<![a-z])(?:photos|pictures|images|slides|pics) (?:in reverse|backwards|the other way round)(?![a-z])|顺序.{0,4}(?:反|倒|颠倒)|倒序|[反倒]过来排|倒着排|逆序",
        text,
    ):
        yield step("reorder", 0.95, order="reverse")
    things = [m for m in c.mentions if m.things and m.things[0].role == "clip" and not m.every and m.kind != "film"]
    it = c.mention("pronoun")
    of_a_clip = not c.mentions and c.around.focus_kind in ("clip", "image", "name")
    if of_a_clip and (moved := patterns.fullmatch(_MOVED_ZH, text.strip(" ,.!。"))):
        yield step("reorder", 0.95, which=c.around.focus, position=1 if moved["front"] else -1)
        return
    if not things and it and c.around.focus and c.around.focus_kind in ("clip", "image") and not c.every("seconds"):
        rest = text[it.end :]  # 再把它放到最前面
        front, back = FRONT.search(rest), BACK.search(rest)
        moved_there = patterns.search(
            r"(?<![a-z])(?:move|put|bring|place|shift|stick|bung|chuck|pop|shove|slap|whack|throw|send|use|play|show|goes|go|comes|come|should be|make|have|want)(?![a-z])",
            text,
        )
        eastern = patterns.search(r"[\u4e00-\u9fff]", text)
        if (eastern and (front or (back and c.has("reorder")))) or (moved_there and (front or back)):
            yield step("reorder", 0.95, which=c.around.focus, position=1 if front else -1)
            return
    opens = patterns.fullmatch(
        r"(?:先)?[用拿由以从让](?P<clip>.{1,16})(?P<way>开场|打头阵?|开头|开始|收尾|结尾|压轴|打头)(?:吧|就行|好了)?",
        text.strip(" ,.!。"),
    )
    if opens and len(things) == 1 and not c.every("seconds") and not (c.around.before and text.strip(" ,")[0] == "从"):
        last = opens["way"] in ("收尾", "结尾", "压轴")
        yield step("reorder", 0.95, which=things[0].said, position=-1 if last else 1)  # 用hiking开场
        return
    group = things[0].things if len(things) == 1 and things[0].kind == "image" and things[0].nth is None else ()
    if 1 < len(group) < c.scene.clips and (put := _at_an_edge(c.text, things[0]) or _position(c)):
        if put in (1, -1):  # "the photos at the end"
            in_turn = group if put < 0 else group[::-1]
            yield steps("reorder", 0.96, [thing.segment.id for thing in in_turn], position=put)
        else:
            yield step("reorder", 0.96, order=_as_a_block(c, group, put))
        return
    if len(things) == 1 and len(things[0].things) == 1 and (put := _at_an_edge(c.text, things[0])):
        yield step("reorder", 0.96, which=things[0].said, position=put)  # "the beach at the end"
        return
    position = _position(c)
    middle = position is None and len(things) == 1 and c.scene.clips % 2 and _TO_THE_MIDDLE.search(text)
    alone = all(m in things or m.kind in ("pronoun", "film") for m in c.mentions)
    if middle and alone and things[0].start < middle.end() and len(things[0].things) == 1:
        yield step("reorder", 0.955, which=things[0].said, position=c.scene.clips // 2 + 1)
        return
    if things and position is not None and not c.every("seconds"):
        to_nth = patterns.search(r"第 ?[\d一二三四五六七八九十]{1,2}[张段](?:去)?$", text)  # dog放到第二张
        edged = any(_opens(text, m) for m in things)
        sure = 0.97 if to_nth or _TAKEN_AND_PUT.search(text) else 0.95 if "between" in text or edged else 0.9
        one = next((m for m in things if m.kind == "name" and len(m.things) == 1), things[0])
        if len(things[0].things) == 1:
            one = things[0]  # but 照片换个顺序,狗放第一个
        yield step("reorder", sure, which=one.said, position=position)


_TO_THE_MIDDLE = Sieve(
    re.compile(
        r"(?:放|挪|移|调|换|排|摆)(?:到|在)?(?:最|正)?中间(?:去|来)?(?:吧|就行|就好|了)*[。!]*$"
        r"|(?<![a-z])(?:is|ends up|goes|comes|be|put|move|place|lands|sits)(?![a-z])[^,.;]{0,40}? (?:in|into|to) the (?:very |exact )?middle(?: please| then| of (?:it all|the (?:film|video|others)))*[.! ]*$"
    )
)


_TAKEN_AND_PUT = Sieve(
    re.compile(  # "take the intro out and stick it at the end"
        r"(?<![a-z])(?:take|cut|remove|pull|lift|grab|pick) [^,.;]{2,30}?,? (?:and|then|and then) (?:put|stick|place|drop|paste|move|insert|pop|shove|tack|slot|use) (?:it|that|this)(?: back| in| on)* (?:to|at|after|before|behind|right|between|as) "
    )
)
_BETWEEN = re.compile(r"(?<![a-z])(?:in )?between (?:the |my |those |these )*$")


def _between_two(c: Clause) -> Reading | None:
    """ "put the selfie between the two others": two clips that are named as one."""
    clips = list(c.scene.of("clip"))
    moved = next((m for m in c.mentions if len(m.things) == 1 and m.things[0] in clips and m.kind != "film"), None)
    both = [m for m in c.mentions if just_before(_BETWEEN, c.text, m.start)]
    two = list(dict.fromkeys(t for m in both for t in m.things if t in clips))
    if moved is None or len(two) != 2 or moved.things[0] in two or len({m.start for m in both}) != 1:
        return None
    if any(m.start < moved.start for m in both) or c.every("seconds"):
        return None
    mine, at = clips.index(moved.things[0]), max(map(clips.index, two))
    return step("reorder", 0.96, which=moved.said, position=at + 1 - (1 if mine < at else 0))


def _as_a_block(c: Clause, group: tuple[Thing, ...], position: int) -> str:
    """The order with these clips side by side from a place on."""
    clips = c.scene.of("clip")
    rest = [n for n, thing in enumerate(clips, 1) if thing not in group]
    at = position - 1 if position > 0 else len(rest) + 1 + position
    order = [*rest[:at], *(n for n, thing in enumerate(clips, 1) if thing in group), *rest[at:]]
    return ",".join(map(str, order))


_MOVED_ZH = (  # lake剪到4秒,放到最前面
    r"(?:再|然后|并|顺便|给我|帮我)*(?:放|挪|移|排|提|调|搬|摆|拿)(?:到|在)?(?:视频|影片|片子|全片)?的?(?:(?P<front>最?前面?|最?前头|开头|片头|第一个?|最开头|最开始)|最?后面?|最后|末尾|结尾|片尾|最末)(?:去|来)?(?:吧|了)?"
)


_AT_AN_EDGE = re.compile(
    r"(?:and |then |please |ok,? )*(?:the |my )?@(?: (?:clip|photo|shot|picture|image|scene))?(?: (?:right|up|all the way|straight|over))* (?:at|to) the (?:very )?(?:(?P<end>end|back)|start|beginning|front)(?: please)?"
)


def _at_an_edge(text: str, thing: Mention) -> int | None:
    """Where a clip that is named with an edge of the film, and nothing else said, shall go: 1 or -1."""
    said = _AT_AN_EDGE.fullmatch(f"{text[: thing.start]}@{text[thing.end :]}".strip(" ,.!"))
    return None if said is None else -1 if said["end"] else 1


_OPENS = re.compile(
    r" ?(?:clip |shot |photo |scene |footage |part |bit )?(?:(?:should|could|can|must|has to|needs to|to|be the one to|that|which|is what|will|would|now) )*(?:(?:(?P<last>ends?|closes?|finish(?:es)?|wraps? up|rounds? off|concludes?)|opens?(?: up)?|starts?(?: off)?|begins?|kicks? off) ?(?:the |my |our |this )?(?:whole )?(?:film|video|movie|thing|reel|edit|vlog|slideshow|show|story|it|things)(?: off| up)?|leads?(?: (?:off|in))?|kicks? (?:things |it |us |everything )?off)[ .!]*$"
)


_UPON = re.compile(
    r"(?<![a-z])(?:when(?:ever)?|once|as soon as|the moment|after|before|until|till|while) (?:the |my )?$"
)


def _opens(text: str, m: Mention) -> bool:
    """Is the clip said to open or to close the film? "when the drone starts" is a moment."""
    return _OPENS.match(text, m.end) is not None and just_before(_UPON, text, m.start) is None


def _bare_place(c: Clause) -> bool:
    """ "dog pic last pls", "lake before hiking": a clip and its place, and no more."""
    text = c.text
    for m in reversed(c.mentions):
        text = text[: m.start] + "@" + text[m.end :]
    return (
        patterns.fullmatch(
            r"\s*(?:the )?@ (?:first|last|(?:right )?(?:before|after)(?: the)? @)(?: please| pls)?[.! ]*", text
        )
        is not None
    )


def _position(c: Clause) -> int | None:
    text = c.text
    placed = c.anchor and c.mentions and c.mentions[0] not in c.anchor[1] and not c.has("add", "remove")
    if (
        not placed
        and not _bare_place(c)
        and not any(_opens(text, m) for m in c.mentions if m.things)
        and not patterns.search(
            r"play|roll|run|let|have|show|goes|make|should (?:be|come|go)|先出|put|move|place|push|shift|drag|bump|stick|bung|chuck|pop|shove|slap|whack|throw|go(?:es)?(?![a-z])|排|放|挪|移|调|换到|作为|当|做|order|bring|want|start(?: the \w+)?(?: straight| right| directly| off)* with|^\s*(?:please |just |let's |and |then )*start on|begin|open|(?:end|close|finish|conclude|wrap up)(?: the \w+| it| things| off| up)? (?:with|on)|打头|提到",
            text,
        )
    ):
        return None
    if found := patterns.search(
        r"(?:to|in|at|as|into) (?:the )?(?:position|place|number|spot|slot) ?#?(\d{1,3})|(?:to|in|into|goes?|be|comes?|(?:put|move|place|bring) [\w .]{1,30}?) (?:the )?(second|third|fourth|fifth|2nd|3rd|4th|5th)(?: (?:place|position|spot|slot|one|clip|shot|photo|picture|in line|in the order|in order))?$|(?:到|在|排|(?<![倒播回重])放)(?:到|在)?第 ?(\d{1,3}|[一二三四五六七八九十])(?:个|位|张|段)?(?:位置)?(?:去)?$",
        text,
    ):
        words = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
        if found[2]:
            return words[found[2]]
        value = value_of(found[1] or found[3])
        return int(value) if value else None
    first_thing = next((m for m in c.mentions if m.things and m.things[0].role == "clip" and m.kind != "film"), None)
    if first_thing is None:
        return None
    rest = patterns.compiled(r"(?:[ ,](?:please|pls|thanks|instead|now|too|then|ok))+[.!? ]*$").sub(
        "", text[first_thing.end :]
    )
    if patterns.search(
        r"(?<![a-z])between (?:the )?$", text[: c.anchor[1][0].start] if c.anchor and c.anchor[1] else ""
    ):
        clips = list(c.scene.of("clip"))
        others = [m.things[0] for m in c.anchor[1]] if c.anchor else []
        if len(others) == 2 and first_thing.things[0] not in others:
            mine, at = clips.index(first_thing.things[0]), max(clips.index(t) for t in others)
            return at + 1 - (1 if mine < at else 0)  # "the drone between the intro and hiking"
    beside = patterns.search(r"(?<![a-z])(before|after|in front of|behind)(?![a-z])|之前|之后|前面|后面", rest)
    if beside and (
        other := next(
            (t for m in c.mentions if m.start > first_thing.start and (t := c.meant(m)) and t.role == "clip"), None
        )
    ):
        clips = list(c.scene.of("clip"))
        mine, there = clips.index(first_thing.things[0]), clips.index(other)
        before = beside[0] in ("before", "in front of", "之前", "前面")
        at = there if before else there + 1
        return at + 1 - (1 if mine < at else 0)
    if edge := _OPENS.match(rest):
        return -1 if edge["last"] else 1  # "I'd rather have the drone open the film"
    if FRONT.search(rest) or patterns.search(
        r"(?:start|begin|open|kick off|lead)(?: the \w+| it)?(?: straight| right| directly| off)* (?:with|on)|(?:(?:be|as) (?:the |our |my )?(?:opener|opening|intro shot|first shot|starter)|(?:make|use) [^,.;]{1,40} (?:as )?(?:the |our |my )(?:opener|opening(?: shot| clip| scene)?|starter))|开头用|先(?:放|出来?(?!现)|亮相|上场|播)(?!大)",
        text,
    ):
        return 1
    return (
        -1
        if BACK.search(rest)
        or patterns.search(
            r"(?:end|close|finish|conclude|wrap up)(?: the \w+| it| things| off| up)? (?:with|on)|(?:(?:be|as) (?:the |our |my )?(?:closer|closing shot|ending|finale|last shot)|(?:make|use) [^,.;]{1,40} (?:as )?(?:the |our |my )(?:closer|closing(?: shot| clip| scene)|finale))",
            text,
        )
        else None
    )


_FOLLOWS = re.compile(
    r"(?:那[段张个])?(?:片段|镜头)?的?(?:后面?|之后|完了?)(?:就|再|直接|马上)*(?:接|放|跟|是|来|排)(?:上|着|的是)?"
)


def _behind(c: Clause, names: list[Mention]) -> Reading | None:
    """爬山后面接航拍: a clip of the film goes right behind another."""
    if len(names) != 2 or len(c.mentions) != 2 or c.quantities or any(len(m.things) != 1 for m in names):
        return None
    if not _FOLLOWS.fullmatch(c.text, names[0].end, names[1].start) or c.text[names[1].end :].strip(" ,.。那段个张吧"):
        return None
    after, moved = names[0].things[0], names[1].things[0]
    left = [t for t in c.scene.of("clip") if t is not moved]
    if after not in left:
        return None
    return step("reorder", 0.96, which=names[1].said, position=left.index(after) + 2)


_TWO_BY_NUMBER = re.compile(  # 二三段换个位置
    r"第? ?(?P<a>[一二三四五六七八九]|\d)[、,和跟与]?第? ?(?P<b>[一二三四五六七八九]|\d)[两这]*[段个张](?:片段|镜头|照片|视频)?(?![秒分])"
)


_PLACES = ("fir", "sec", "thi", "fou", "fif", "las")
_ORDINAL = r"first|second|third|fourth|fifth|last"
_TWO_IN_ORDER = re.compile(  # "the first and second", of clips
    rf"(?<![a-z])(?P<a>{_ORDINAL})(?: (?:one|clip))? (?:and|with) (?:the )?(?P<b>{_ORDINAL})(?= (?:one|clip|shot|photo)s?(?![a-z])| (?:after all|please|around|round|instead|places)|[.!, ]*$)"
)


def _swapped_songs(c: Clause) -> Reading | None:
    """ "swap the two songs": the second begins where the first did, and the first where the second then ends."""
    songs = list(c.scene.of("music"))
    if len(songs) != 2 or any(t.role != "music" for m in c.mentions for t in m.things) or not _SONGS.search(c.text):
        return None
    one, two = sorted(songs, key=lambda thing: thing.span.start)
    room = two.span.end + two.segment.duration
    to = (room, one.span.start, one.span.start + two.span.end - two.span.start)
    moves = zip((one, two, one), to, strict=True)
    return Reading(tuple(step("move", 1, which=t.segment.id, to=seconds(at)).asked[0] for t, at in moves), 0.97)


_SONGS = re.compile(r"(?<![a-z])(?:songs|tracks|tunes|music|(?:first|second) (?:song|track|tune))(?![a-z])|歌|曲|音乐")


def _swapped(c: Clause) -> Reading | None:
    if (songs := _swapped_songs(c)) is not None:
        return songs
    clips = list(c.scene.of("clip"))
    things = [
        m.things[0] for m in c.mentions if m.things and m.things[0].role == "clip" and not m.every and m.kind != "film"
    ]
    if patterns.search(r"first two|前两(?:个|段)|头两", c.text) and len(clips) > 1:
        things = clips[:2]
    if patterns.search(r"last two|后两(?:个|段)|最后两", c.text) and len(clips) > 1:
        things = clips[-2:]
    if two := _TWO_IN_ORDER.search(c.text):
        places = [_PLACES.index(two[side][:3]) for side in "ab"]
        things = [clips[n if n < len(_PLACES) - 1 else -1] for n in places if n < len(clips) or n == len(_PLACES) - 1]
    if len(clips) == 2 and all(set(m.things) == set(clips) or not m.things for m in c.mentions if m.kind != "film"):
        things = clips  # "swap the photos", of two
    if two := _TWO_BY_NUMBER.search(c.text):
        places = [int(value_of(two[side]) or 0) for side in "ab"]
        things = [clips[n - 1] for n in places if 0 < n <= len(clips)]
    numbers = c.every("number")
    if not things and len(numbers) == 2:
        things = [clips[int(q.number) - 1] for q in numbers if 0 < q.number <= len(clips)]
    if len(things) == 1 and len(numbers) == 1 and 0 < numbers[0].number <= len(clips):
        things.append(clips[int(numbers[0].number) - 1])
    if len(things) != 2 or things[0] is things[1]:
        return None
    order = list(range(1, len(clips) + 1))
    a, b = clips.index(things[0]), clips.index(things[1])
    order[a], order[b] = order[b], order[a]
    return step("reorder", 0.96, order=",".join(map(str, order)))
