"""How text comes and goes, and how long it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.denied import denied, taken_zh
from reelscore.converse.proportions import proportion
from reelscore.converse.readers.sides import heading
from reelscore.converse.readers.texts import text_spoken, texts_meant
from reelscore.converse.reading import Reading, step, steps
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain


def animated(c: Clause) -> Iterator[Reading]:
    if (
        not c.has("animate")
        or not text_spoken(c)
        or c.quantity("percent", "decibels")
        or _POPS_UP.search(c.text)
        or _of_the_picture(c)
    ):
        return
    if c.quotes and _TYPED.search(c.text):
        return
    none = denied(c.text, r"anim(?:ations?|ated?|ating)|mov(?:e|ing|ement)|motion|effects?") or patterns.search(
        r"no animation|without (?:any )?animation|remove the animation|stop animating|不要动画|去掉动画|取消动画|(?:去掉|取消|不要|移除).{0,5}动画|没有动画|无动画|(?:别要|别加|不用|关掉|删掉|拿掉).{0,5}动画|动画(?:效果)?(?:都|也|全)*(?:去掉|取消|不要|删|移除|关)",
        c.text,
    )
    named = texts_meant(c)
    if none or taken_zh(c.text, "动画|动效"):
        yield steps("text_animation", 0.94, named or [None], kind="none")
        return
    if patterns.search(r"slow|\d", c.text) and c.quantity("seconds") and patterns.search(r"fade|淡", c.text):
        return
    kind = _kind(c)
    if kind is None:
        return
    if (
        (both := _IN_AND_OUT.search(c.text))
        and (leaving := _kind(c, both["out"] or both["out_zh"]))
        and leaving != (coming := _kind(c, both["in"] or both["in_zh"]))
    ):
        made = tuple(
            one
            for how, side in ((coming, "in"), (leaving, "out"))
            for one in steps("text_animation", 1, named or [None], kind=how, when=side).asked
        )
        yield Reading(made, 0.96)
        return
    going_in = patterns.search(
        r"(?<![a-z])in(?![a-z])|入|出来|[滑飞弹升落掉跳蹦飘]进|[滑飞升]上来|升起来?|落下来|掉下来|(?<!dis)appear(?! (?:letter|word))|进场|出现|(?<![a-z])(?:slide|fly|pop|drop|float)s? on(?![a-z])|(?<![a-z])com(?:e|es|ing)(?![a-z])|开始时|弹出|蹦出",
        c.text,
    )
    going_out = patterns.search(
        r"(?<![a-z])(?<!typed )(?<!type )(?<!types )(?<!typing )(?<!itself )(?<!themselves )(?:out|away)(?![a-z])|(?<!弹)(?<!蹦)(?<!飞)出(?!现|来|场)|disappear|leav|(?<![a-z])(?:when|as|once) (?:it|they) (?:goes|go|ends?|exits?)(?![a-z])|消失|退场|going|^end|结束时|结尾",
        c.text,
    )
    going_in = going_in or patterns.search(r"(?<![a-z])(?:itself|themselves) out(?![a-z])", c.text)
    when = None if bool(going_in) == bool(going_out) else "in" if going_in else "out"
    yield steps("text_animation", 0.93, named or [None], kind=kind, when=when)


_TO_BLACK = re.compile(
    r"[黑白](?:场|屏|幕|色画面)|(?<![a-z])(?:to|from) (?:black|white)(?![a-z])"
)  # what a picture does


def _of_the_picture(c: Clause) -> bool:
    named = c.mention("title", "subtitle", "lower_third", "text")
    return _TO_BLACK.search(c.text) is not None and named is None


_POPS_UP = re.compile(
    r"(?<![a-z])pops? (?:up|in)(?: (?:only|just|right))? (?:at|after|around|from) "
)  # when it is seen
_TYPED = re.compile(r"打(?:上|个|出|几个|一?行|点)*字(?:[:, ]|叫|是|写|说|内容)*\ue000")
_IN_AND_OUT = re.compile(
    r"(?P<in_zh>[弹淡滑飞升落掉渐][^,，。出]{0,2}?)(?:进来?|入|出来|出现|登场|上来)[,，、 ]*(?:再|然后|最后)?(?P<out_zh>[弹淡滑飞升落掉渐][^,，。]{0,2}?)(?:出去?|走|消失|退场|退出)|"
    r"(?<![a-z])(?P<in>[a-z]+(?: [a-z]+)?) (?:in|up|on)(?:[a-z ]{0,20})?,? and (?:then )?(?P<out>[a-z]+)(?: back| it| them)? (?:out|away|off)(?![a-z])"
)


_MOVES = {"left": "slide_left", "right": "slide_right", "up": "rise", "down": "fall"}


def _kind(c: Clause, said: str = "") -> str | None:
    text = said or c.text
    for name, pattern in (
        ("type", r"typ(?:e|es|ed|ing|ewriter)|(?:letter|word) by (?:letter|word)|one letter at|打字|逐字|一个字一个字"), ("pop", r"pop|bounce|弹"),
        ("slide_right", r"(?:slid|fly|fl(?:ies)|com|mov|glid|swoop|zip|drift|float)\w*.{0,20}from (?:the )?left|(?:slide|fly).{0,12}(?:to the )?right|从左|向右|右滑"),
        ("slide_left", r"slid(?:e|es|ing)|fly|flies|(?:com|mov|glid|swoop|zip|drift|float)\w*.{0,20}from (?:the )?right|滑|飞|从右|向左"), ("rise", r"ris(?:e|es|ing)|from (?:the )?below|from (?:the )?bottom|from underneath|(?:com|float)\w* up(?![a-z])|上升|升起|从下"),
        ("fall", r"fall|drop|from (?:the )?above|from (?:the )?top|下落|落下|掉|从上"), ("blur", r"blur|模糊"),
        ("fade", r"fad(?:e|es|ing)|淡|渐|浮现|appear slowly"),
    ):  # fmt: skip
        if patterns.search(pattern, text):
            if name in ("slide_left", "slide_right"):
                return _MOVES.get(heading(text) or "", name)
            return name
    return None if said else c.chosen("text_animation", "kind")


_VANISHES = Sieve(
    re.compile(
        r"(?<![a-z])(?:disappears?|vanish(?:es)?|(?:go(?:es)?|fade[sd]?) away|leaves?|ends?|stops?|out (?=at)|(?:be )?gone|hide (?=[^.;]*(?:after|at) )|off (?:the )?screen|is over|out of (?:sight|view))(?:(?<= )|(?![a-z]))"
        r"|消失|不见|收起来?|下去|撤下|下掉|隐去|退场|没掉"
    )
)
_ALWAYS = r"end|whole|entire|full|throughout|always|all the|all along|permanent|constant|never|finish|最后|结束|全程|始终|一直|整个|全片|结尾"
_ALL_ALONG = Sieve(
    re.compile(
        r"(?<![a-z])(?:for|during|through(?:out)?|over|across) (?:the )?(?:whole|entire|full|complete) (?:video|film|clip|movie|thing|reel)(?![a-z])|start to (?:end|finish)|整个(?:视频|片子|影片)|全程|从头到尾"
    )
)
_MORE = Sieve(
    re.compile(
        r"longer by|(?:s|seconds?|secs?) longer|more (?:s|seconds?|secs?)|(?:extend|lengthen|prolong|shorten|cut)[^,]* by|(?:s|seconds?|secs?) (?:more|shorter|less)"
        r"|(?:additional|extra|another|one more) |(?<![a-z])add (?:a|another|\d+|[a-z]+) (?:more )?seconds?(?! (?:title|caption))|再多|多(?:显示|停留|放|留)"
    )
)
_MORE_OF_IT = re.compile(r"(?:再多?|多)(?:停留?|留|显示|放|待|挂)(?:个|上)?$")  # 别那么快消失,再多停2秒
_GONE_THEN = re.compile(
    r"钟?(?:的时候|时|处)?(?:就|再|要)?(?:消失|退场|下去|下掉|撤下|不见|收起)"
)  # 28秒消失, and not 5秒后
_TILL = r"until|till|直到|显示到|保持到|停留到|[留待挂放停]到|一直到"
_A_WHILE = re.compile(r"多(?:显示|停留?|留|放|待|挂)(?:一会儿?|会儿?|一?[点些]|一?阵)")  # 多留一会儿,6秒
_BECOMES = re.compile(r"钟?的?(?:改|换|变|调|延长|缩短)?[成到为]")
_COMES = re.compile(r"钟?(?:的时候|时|处)?(?:再|就)?(?:出现|出来|进来|进场|上来?|开始)")
_WHILE_ON = Sieve(
    re.compile(
        r"[ ,]*(?:for )?(?:the (?:whole|entire) time|all the time|as long as|while) (?:that )?(?:it|that|this|the clip|the shot)(?:'s| is) (?:on|up|shown|showing|there|visible|playing|on screen|running)[ .!]*"
    )
)
_LASTING = Sieve(re.compile(r"(?<![a-z])(?:duration|length|for|lasts?|long)(?![a-z])"))


_SO_LONG = re.compile(  # of a text that was just made: "6 seconds"
    r"\s*(?:for |lasting |duration:? |length:? |dur:? )?\d+(?:\.\d+)? ?(?:s|secs?|seconds?)(?: long)?[ .!,]*"
)
_BARE = Sieve(
    re.compile(  # "title 5 seconds"
        r"\s*(?:the |my )?(?:[a-z]+ )?(?:title|subtitle|caption|lower third|name tag|headline|text)s?:? \d+(?:\.\d+)? ?(?:s|secs?|seconds?)(?: long)?[ .!,]*"
    )
)


_BY_SO_MUCH = re.compile(r"(?:(?P<early>提前|提早|早)|推迟|延迟|延后|推后|晚)[了个]?$")


def kept_on(c: Clause) -> Iterator[Reading]:
    """How long a text stays, or when it goes."""
    if c.quotes or not text_spoken(c) or c.has("fade_in", "fade_out") or _FRESH.search(c.text):
        return
    if c.around.before and _WHILE_ON.fullmatch(c.text):
        return  # of a text over a clip, "the whole time it's on"
    if (again := _again(c)) is not None:
        yield again
        return
    vanishes = _VANISHES.search(c.text)
    if (times := proportion(c.text, "length")) is not None and not c.every("seconds"):
        held = [t for m in c.mentions for t in m.things if t.role == "text"] or [t for t in [_spoken_of(c)] if t]
        held = held or list(c.scene.of("text"))
        grown = (
            one
            for t in dict.fromkeys(held)
            for one in step(
                "text_duration", 1, which=t.segment.id, to=round(float(t.segment.duration * times), 3)
            ).asked
        )
        yield Reading(tuple(grown), 0.975)
        return
    if not (
        c.range
        or c.has("show", "trim", "longer", "shorter", "to_the_end")
        or c.quantity("seconds", cue=("for", "until"))
        or _LASTING.search(c.text)
        or _MORE.search(c.text)
        or _BARE.fullmatch(c.text)
        or (c.around.focus_kind == "text" and _SO_LONG.fullmatch(c.text))
        or (vanishes and (not vanishes[0].isascii() or vanishes[0] == "hide " or c.anchor))
    ):
        return
    which = next(iter(texts_meant(c)), None)
    if c.anchor and vanishes and not c.quantities and c.anchor[1] and vanishes.end() <= c.anchor[1][0].start:
        yield step("text_duration", 0.96, which=which, until=c.anchor[0])
        return
    if c.anchor and not c.quantities and _UNTIL.search(c.text[: c.anchor[1][0].start] if c.anchor[1] else ""):
        yield step("text_duration", 0.96, which=which, until=c.anchor[0])
        return
    if c.range and _HIDDEN.match(c.text):
        yield step("cut_range", 0.965, start=plain(c.range[0]), end=plain(c.range[1]), which=which)
        return
    if (span := _from_until(c)) and not c.quotes:
        moments = c.every("seconds", "timecode", "frames")
        shifted = _BY_SO_MUCH.search(c.text, 0, moments[0].start) if len(moments) == 2 else None
        if shifted is not None:  # 提前两秒,一直显示到第12秒
            by = -moments[0].number if shifted["early"] else moments[0].number
            asked = step("move", 1, which=which, by=by).asked
            yield Reading((*asked, *step("text_duration", 1, which=which, until=plain(moments[1])).asked), 0.965)
            return
        made = (
            *step("move", 1, which=which, to=span[0]).asked,
            *step("text_duration", 1, which=which, to=span[1]).asked,
        )
        yield Reading(made, 0.96)
        return
    lengths = [q for q in c.every("seconds", "frames") if q.cue not in ("at", "from") or vanishes]
    if c.has("to_the_end") and patterns.search(_ALWAYS, c.text) and not c.every("seconds"):
        lasting = step("text_duration", 0.94, which=which, to_the_end=True)
        alone = [t for t in c.scene.things if t.role == "text" and t.span.start] if _ALL_ALONG.search(c.text) else []
        first = [t for m in c.mentions for t in m.things[:2] if t in alone]
        if len(first) == 1 and all(t.track is not first[0].track or t is first[0] for t in c.scene.things):
            lasting = Reading((*step("move", 1, which=which, to=0).asked, *lasting.asked), 0.95)
        yield lasting
        return
    if not lengths:
        return
    q = lengths[0]
    if len(lengths) == 2 and _BECOMES.fullmatch(c.text, q.end, lengths[1].start):
        q = lengths[1]  # 标题三秒改成五秒
    text = next((t for m in c.mentions for t in m.things if t.role == "text"), None) or _spoken_of(c)
    if q.cue == "until" or (q.cue == "to" and patterns.search(_TILL, c.text)):
        yield step("text_duration", 0.94, which=which, until=plain(q))
    elif vanishes and c.has("earlier", "later"):
        if text:
            change = -float(q.number) if c.has("earlier") else float(q.number)
            yield step("text_duration", 0.94, which=which, to=round(float(text.segment.duration) + change, 6))
    elif (
        vanishes
        and not _MORE_OF_IT.search(c.text, 0, q.start)
        and (q.cue in ("at", "by", "after", "from") or _GONE_THEN.match(c.text, q.end))
    ):
        yield step("text_duration", 0.94, which=which, until=plain(q))
    elif (q.cue in ("by", "more") or _MORE.search(c.text)) and not _A_WHILE.search(c.text):
        if text:
            change = -float(q.number) if c.has("shorter") or patterns.search(r"less", c.text) else float(q.number)
            yield step("text_duration", 0.92, which=which, to=round(float(text.segment.duration) + change, 6))
    else:
        yield step("text_duration", 0.93, which=which, to=plain(q))


_AGAIN = Sieve(
    re.compile(
        r"(?<![a-z])(?:show|bring|put|display|have|repeat|add)(?![a-z]).*(?<![a-z])(?:again|once more|one more time|a second time|back(?= (?:in |on |up )?(?:at|from) \d))(?![a-z])"
    )
)


def _again(c: Clause) -> Reading | None:
    """ "show the name tag again at 5:00 for five seconds": the same words once more, where they are gone by then."""
    held = [t for m in c.mentions for t in m.things if t.role == "text"] if _AGAIN.search(c.text) else []
    span = _from_until(c)
    at = next((plain(q) for q in c.every("seconds", "timecode") if q.cue in ("at", "from")), None)
    at = span[0] if span else at
    if len(held) != 1 or at is None or held[0].segment.text is None or float(str(at)) < held[0].span.end:
        return None
    text = held[0].segment.text
    first, _, second = text.content.partition("\n")
    command = {"caption": "subtitle", "lower_third": "lower_third"}.get(text.style, "title")
    long = span[1] if span else round(float(held[0].segment.duration), 3)
    if command == "lower_third":
        return step(command, 0.97, text=first, second_line=second or None, at=at, duration=long)
    return step(command, 0.97, text=text.content, at=at, duration=long)


def _spoken_of(c: Clause) -> Thing | None:
    """The text that was spoken of just before, where none is named."""
    thing = c.spoken_of
    return thing if thing is not None and thing.role == "text" and c.around.focus and not c.mentions else None


_UNTIL = re.compile(
    r"(?<![a-z])(?:hold|show|keep|stay|stays|leave|display|visible|there|up|on|remain|remains|last|lasts)(?![a-z])[^,;]*(?<![a-z])(?:until|till|up to) (?:the |my )?$"
)
_HIDDEN = re.compile(
    r"\s*(?:(?:please|can you|could you|just|then|and) )*(?:remove|hide|delete|take (?:off|out|away|down)|drop|lose|no|get rid of)(?![a-z])"
)


def _from_until(c: Clause) -> tuple[Plain, Plain] | None:
    """ "from 2 to 7", "from 2s for 5 seconds": when it comes, and how long it stays then."""
    if c.range:
        first, last = c.range
        return plain(first), round(float(last.number) - float(first.number), 6)
    times = c.every("seconds", "timecode")
    if len(times) == 2 and _COMES.match(c.text, times[0].end) and _GONE_THEN.match(c.text, times[1].end):
        return plain(times[0]), round(float(times[1].number) - float(times[0].number), 6)  # 2秒出现,6秒消失
    if len(times) == 2 and times[0].cue in ("from", "at") and times[1].cue == "for":
        return plain(times[0]), plain(times[1])
    return None


_FRESH = re.compile(
    r"(?<![a-z])(?:new|another|an?|add|insert|create) (?:[a-z]+ )?(?:title|subtitle|caption|lower[ -]third|name tag|headline)(?! (?:on|at|for \d|that is|which is))(?![a-z])"
    r"|再(?:来|加|写|放|打)(?:上)?一?[个行条句](?!秒)|(?:加|添加|来|插入|写|打)(?:上|入)?一?[个行条句](?:新的?)?[大小主副]?(?:标题|字幕|文字|人名条|片名)(?!的|动|位|样|大|颜|字)"
)
_SHIFTED = re.compile(
    r"(?<![a-z])(?:earlier|sooner|later|too (?:early|late|soon)|(?:in|up|push|pull|bring|hold)[a-z ]* (?:back|forward))(?![a-z])"
    r"|提前|推迟|延迟|延后|推后|[早晚](?=.{1,5}[秒帧])|[早晚]点|再出|[快慢]了"
)
_NOT_BEFORE = re.compile(
    r"(?:don'?t|do not|shouldn'?t|should not|mustn'?t|must not|not|hold|wait|(?:keep|leave|stay)[a-z]* [^,.;]{0,30}(?:off|hidden|back|away))(?![a-z])[^,.;]{1,50}?(?:until|till|before)(?![a-z])"
)


def moved(c: Clause) -> Iterator[Reading]:
    """A text at another moment: "the name tag two seconds earlier", "the title at 3s", "not before 5 seconds"."""
    if (
        c.quotes
        or not text_spoken(c)
        or _FRESH.search(c.text)
        or c.has("fade_in", "fade_out")
        or _VANISHES.search(c.text)
    ):
        return
    q = c.quantity("seconds", "timecode", "frames")
    if q is None or len(c.every("seconds", "timecode", "frames")) > 1:
        return
    which = next(iter(texts_meant(c)), None)
    if _NOT_BEFORE.search(c.text):
        yield step("move", 0.95, which=which, to=plain(q))
        return
    if patterns.search(r"(?<![a-z])(?:wait|hold[^,.;]* back)(?![a-z])", c.text):
        yield step("move", 0.94, which=which, by=plain(q))
        return
    if _SHIFTED.search(c.text) and q.cue not in ("to", "at", "from", "until"):
        early = patterns.search(r"too late|[晚慢]了", c.text) or (
            patterns.search(r"earlier|sooner|forward|提前|早(?!了)", c.text)
            and not patterns.search(r"too (?:early|soon)", c.text)
        )
        by = -q.number if early else q.number
        each = next((m for m in c.mentions if m.said == which and len(m.things) > 1 and m.nth is None), None)
        if each is not None and (each.every or c.text[: each.end].endswith("s")):
            order = each.things if early else each.things[::-1]  # none gets in another's way
            yield Reading(tuple(step("move", 1, which=t.segment.id, by=by).asked[0] for t in order), 0.95)
            return
        yield step("move", 0.94, which=which, by=by)
        return
    if q.cue in ("at", "from") and not c.has("move", "add") and not patterns.search(r"(?<![a-z])for(?![a-z])", c.text):
        yield step("move", 0.9, which=which, to=plain(q))
