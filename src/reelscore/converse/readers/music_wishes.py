"""New music: the words of a wish, its length and start; the brief stage reads what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, once, plain, seconds
from reelscore.converse.patterns import just_before
from reelscore.converse.piece_asked import asks_for_a_piece
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.music_parts import exchanged, key_of, own_feeling, section_of
from reelscore.converse.reading import Reading, step
from reelscore.converse.remarks import states
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain

_LEAD = re.compile(
    r"^\s*(?:(?:some )?music,? (?:please|pls|plz)[!.,: ]+|(?:(?:it|this|that|(?:the|my) [a-z]+) )?(?:needs?|wants?|could use|could do with|lacks)(?= (?:some |a |any )?(?:background )?(?:music|soundtrack|score))(?: some| a| any)?(?: background)? (?:music|soundtrack|score)[,:!. ]*)?(?:(?:ok(?:ay)?|please|pls|can you|could you|can (?:we|i) (?:have|get)|can we|i'?d (?:like|love)|i would like|i want|(?:i |it |this )?needs?|i'?m looking for|looking for|we need|let'?s|give me|get me|make me|find me|how about|hey|just|now|then|and|so|maybe|to|have|put|do|go for|try)[ ,]+)*"
    r"(?:(?:generate|compose|create|write|make|produce|add|score|build|come up with|find|use)(?: me| us| it| this(?: (?:video|film|movie|clip|shot|scene|footage|reel|edit|vlog|one|thing|slideshow))?| (?:my|the) (?:whole )?(?:video|film|movie|clip|scene|footage|reel|edit|vlog|slideshow|thing)| a new| some new)?\s*(?:with|to|:|,)?\s*)?"
    r"(?:(?:new|different|another) (?:background )?(?:music|song|track|soundtrack|tune|bgm) ?[:,]? ?|(?:replace|swap|change|switch) (?:the |out the )?(?:background )?(?:music|song|track|soundtrack|score|bgm) (?:with|to|for|by|into) )?(?:(?:a|an|some|the)(?![a-z])|music:|bgm:)? ?"
)


_LEAD_ZH = re.compile(
    r"^(?:(?:这|那)?[个首段]?(?:背景)?(?:音乐|配乐|bgm|歌曲?|曲子)(?:实在|真的?|也)?(?:太|有点|好|很|不够|不太?)[^,。]{1,5}[,，。] ?(?=.{0,4}[换来配写做]))?(?:请|帮我|帮忙|给我|我想要?|我要|想要|能不能|可以|麻烦|再|然后|现在|就|要|(?:为|给)(?:(?:这个|这段|这条|我的|我们的)?[^,。、 ]{0,6}?(?:视频|影片|片子|短片|vlog|画面)|[它这]个?|我的?)(?=配|加|来|写|做|生成|创作|作|谱|弄|整|搞|用)|(?:把)?(?:现在的?)?(?:这首|那首|原来的?)?(?:音乐|配乐|bgm|歌曲?)?(?:给我)?换掉[,，]?(?:要|换成?)?|不要(?:现在|这首|原来|之前)的?(?:音乐|配乐|歌曲?)?了?[,，]?(?:要|换成?)?|(?:把|将)?(?:现在)?(?:[这那][首段个支]?)?的?(?:背景乐|背景音|(?:背景)?(?:音乐|配乐|bgm|歌曲?|曲子))(?:也|都|给我|帮我|能不能|可以|可不可以|想|要)*(?=换|改|变|替|[来整搞弄]一?[点个首段])|来|用|需要|重新)*"
    r"(?:生成|创作|制作|作曲|作|配(?!乐|器)(?:上|一)?|加(?:上|个|入)?|来(?:点|段|首|个)?|写|做|谱|(?:换|改|变|替换)(?:成|为|用|上|个|一)?|整(?!体)|搞|弄|添加)?(?:一(?=[段首个支曲条点些]))?(?:[段首个支曲条点些]|个)?(?:新的?)?"
)


_WHERE = (  # where it is heard, which says nothing of what it is like
    r"(?<=[a-z0-9])(?: (?:to play|playing|running|going|laid|right|quietly|softly|gently))* (?:under(?:neath)?|beneath|below|behind|over|on|to go with|along with|with)"
    r" (?:it|this|that|them|everything|(?:it )?all|all of (?:it|this|them)|(?:the |my |this )?(?:whole |entire )?(?:video|film|movie|clips?|footage|pictures?|thing|edit|slideshow|vlog|reel|photos))(?: all)?(?![a-z])"
    r"|(?<=[a-z0-9]) (?:in the back(?:ground)?|underneath|beneath)(?![a-z])"
)
_FADING = r"(?:,? (?:that|which) (?:(?:slowly|gently|nicely|softly) )?fades? out(?! of)(?: (?:slowly|gently|nicely|softly|at the (?:very )?end|towards the end|with the (?:film|video)))*)"
_FADES = Sieve(re.compile(rf"{_FADING}[ .!?]*$"))
_TAIL = re.compile(
    rf"(?:{_WHERE}|(?<=music|track) on|{_FADING}| (?:please|pls|plz|thanks|thank you|for me|now|too|instead))+[ .!?]*$|(?: ?(?:吧|谢谢|哦|呗|呢|可以吗|好吗|行吗))+$"
)


_NOUN_ONLY = re.compile(
    r"^(?:background |new |some |a |the )*(?:music|soundtrack|score|song|track|bgm|tune|video|film|movie|my video|it|this|beat)s?(?: for (?:it|this|my video|the video|the film|me|my film))?[.! ]*$|^(?:背景)?(?:音乐|配乐|曲子|歌|bgm|音轨|曲|背景音)?(?:吧|一下)?$|^(?:新)?(?:的)?(?:背景)?(?:音乐|配乐)$"
)

_LOUDER = r"(?<![a-z])(?:louder|quieter|too (?:loud|quiet))(?![a-z])|[大小]声|太[响吵]"
_NEEDED = (  # "this needs music", "music please!"
    r"(?<![a-z])(?:needs?|wants?|could use|could do with|is missing|lacks) (?:some |a |any )?(?:background )?(?:music|soundtrack|score|song|tune)(?![a-z])"
    r"|^\W*(?:some )?(?:music|soundtrack|bgm|song),? (?:please|pls|plz)(?![a-z])"
    r"|(?<![a-z])(?:add|write|make|put|create|give me|want|need) (?:an?|some) (?:[a-z0-9-]+ ){1,5}(?:piece|cue|music bed|jingle|theme song|number)(?![a-z])"
)
_ANYTHING = (
    r"^\W*(?:i (?:want|need|would like|'d like) |give me |make (?:me )?|write (?:me )?)?"
    r"(?:something|an? (?:tune|jingle|piece|melody|beat))(?![a-z])|^来(?:点|一?[段首曲])"
)
_A_PIECE = r"的?[^,。的]{1,8}(?:曲|配乐|音乐|歌|bgm)$"  # 面包店的10秒广告曲


_NONE_WISHED = re.compile(
    r"(?:[^,.;]{2,30}? only,? (?:and |with )?|(?:only|just) [^,.;]{2,30}?,? (?:and |with )?)?(?:no|without(?: any)?|zero) (?:background |backing |bg )?(?:music|tracks?|songs?|soundtrack|bgm|score)(?: (?:at all|please|pls|behind it|under it|underneath))*"
)


_ONLY_WHAT_IS_HEARD = re.compile(  # 只要音乐,旁白关掉: the music that is there
    r"(?:就|请|我|给我)?(?:只|就|仅)(?:想)?(?:要|留下?|保留|听|剩|放)(?:背景)?(?:音乐|配乐|bgm|歌曲?)(?:的?声音?)?(?:就行|就好|就可以|吧|了|,.*(?:静音|[关去删拿]掉|关了|不要))*"
)


_TO_THE_BEAT = re.compile(
    r"(?<![a-z])(?:on(?:to)?|to|off|with|after|before|behind|past) (?:the |a |every )?(?:down)?beats?[ .!]*$"
)


@once
def wished(c: Clause) -> Iterator[Reading]:
    if c.has("font") and not c.has("music_noun"):
        return  # 字体换个可爱点的
    if c.scene.clips and (beat := _TO_THE_BEAT.search(c.text)):
        of_music = c.find("music_noun")
        if of_music is None or of_music.start() >= beat.start():
            return  # where a cut shall lie
    if _NONE_WISHED.fullmatch(c.text.strip(" ,.!")):
        return  # "her voice only, no background track"
    text = c.text
    if (
        patterns.search(
            r"^\s*(?:keep|leave|保留|保持)|(?<![a-z])more (?:low|high|loud|quiet)|(?:don'?t|do not|didn'?t) like|hate|dislike|不喜欢|不好听",
            text,
        )
        or patterns.search(
            r"^\s*(?:and |but |oh |wow,? )*(?:i|we) (?:really |quite |do |just |still |absolutely )*(?:like|love|enjoy|adore) (?:the|this|that|my|your|how)(?![a-z])(?!.*(?:but|to be|if))",
            text,
        )
        or c.quotes
    ):
        return
    if not c.scene.music and patterns.search(_LOUDER, text) and not c.has("music_noun", "generate"):
        return
    if states(text) or _other_exchanged(c) or (c.scene.composed and (_HAPPENS.search(text) or _OTHER_KEY.search(text))):
        return
    if c.scene.music and _ONLY_WHAT_IS_HEARD.fullmatch(text.strip(" ,。!")):
        return
    if c.scene.music and patterns.search(r"太(?:响|吵|大声|小声|轻)", text) and not c.has("new"):
        return
    level = c.quantity("percent")
    if c.quantity("decibels", "factor", "ratio", "size", "degrees") or (
        level and not (c.has("music_noun") and c.has("generate"))
    ):
        return
    if level and (level.cue not in ("at", "to") or (c.scene.music and not _added_at(c))):
        return
    wishes = [w for w in c.wishes if not w.idle and not own_feeling(w.kind, text[: w.start])]
    piece = asks_for_a_piece(text)
    noun, generating, new = c.has("music_noun"), c.has("generate"), c.has("new") or exchanged(c) or piece
    if c.mention("title", "subtitle", "text", "transition", "marker", "filter", "lower_third") and not noun:
        return
    told = any(w.kind != "role" for w in wishes) or (bool(wishes) and (noun or generating))
    likened = (
        noun
        and (generating or not c.scene.music)
        and patterns.search(r"that|for|like|适合|配合|感觉|氛围|风格|with a|matching|matches|fits|像", text)
    )
    nothing_yet = not c.scene.clips and not c.scene.music
    described = (
        told
        or piece
        or _SOME_KIND.search(text) is not None
        or (noun and bool(c.wishes))
        or bool(likened)
        or bool(nothing_yet and noun and patterns.search(_ANYTHING, text))
        or bool(nothing_yet and patterns.search(_A_PIECE, text))
    )
    vague = not noun and (c.has("descriptive") or (nothing_yet and patterns.search(_ANYTHING, text) is not None))
    needed = not c.scene.music and patterns.search(_NEEDED, text)
    scored = needed or patterns.search(r"(?<![a-z])score (?:my|this|the|it)|配乐|作曲|谱曲", text)
    if not (described or (noun and generating) or new or vague or scored):
        return
    if not nothing_yet and not (new or scored) and not _says_so(c, wishes, noun):
        return
    prompt = _prompt(c)
    length = _wanted_length(c)
    start = next(
        (
            q
            for q in c.every("seconds")
            if q.cue in ("at", "from") and q is not length and not q.pair and not happens(text, q)
        ),
        None,
    )
    if start and patterns.match(
        r"(?:钟)?(?:的时候|处|时|左右|那里|开始)?(?:再|才|就)?(?:进|加入|出现|爆发|推|转|变|停|鼓|贝斯)",
        text[start.end :],
    ):
        start = None  # 15秒的时候进鼓: told to the composer
    at: Plain = plain(start) if start else None
    if stretch := _stretch(c):
        at, length = stretch
    if _in_parts(c):  # times of its sections, which the composer reads
        at = None
    if stretch and not wishes:
        prompt = ""  # 前20秒配乐就行
    score = _newness(c, new, bool(needed) or (generating and (noun or bool(wishes))), bool(described), bool(vague))
    score = max(score, 0.93) if stretch and not c.scene.music else score
    if not prompt and not length and not (noun or new or scored) and not generating:
        return
    if c.scene.composed and (_ONLY_COMPARES.fullmatch(prompt) or (_ONE_MORE.search(text) and not (prompt or length))):
        return  # 再来一首,快一点: another take, and faster
    keep = (
        True
        if patterns.search(
            r"keep the (?:music|song|old|current)|保留(?:原来|已有|现在)的?(?:音乐|配乐)|as well as the (?:music|song)",
            text,
        )
        else None
    )
    if level:
        prompt = patterns.compiled(r"\s*(?:at|to|,)?\s*\d+ ?(?:%|percent)(?: volume)?").sub("", prompt).strip(" ,")
        made = step("generate_music", 1, prompt=prompt or None, duration=plain(length) if length else None).asked
        yield Reading((*made, *step("volume", 1, which="music", to=level.number).asked), 0.955)
        return
    if wishes and text.isascii() and _FADES.search(text) and not (length or at):
        made = step("generate_music", 1, prompt=prompt or None, keep=keep).asked
        yield Reading((*made, *step("fade_out", 1, which="music").asked), 0.955)
        return
    bpm, key = c.quantity("bpm"), key_of(c)
    if bpm is None and at is None:
        bpm = next((q for q in c.every("number") if q.cue == "at" and 50 <= q.number <= 220), None)
    yield step(
        "generate_music", score, prompt=prompt or None, duration=plain(length) if length else None,
        at=at, bpm=bpm.number if bpm and bpm.number and _plainly(c) else None, key=key, keep=keep,
    )  # fmt: skip


_OTHER_KEY = re.compile(r"^\W*(?:再|给我|帮我|请)?(?:换|改|变)(?:一?个|一?下|了)?调(?:子|性)?(?![查色料整节])")
_HAPPENS = re.compile(  # in the music that is there: "make the music swell at the lake", "the beat should drop when..."
    r"(?<![a-z])(?:the|my) (?:music|beat|song|track|score|soundtrack) (?:to |should |must |needs to |has to )?(?:swell|drop|build|rise|hit|explode|kick in|come in|stop|pause|start|peak|die down|calm down|pick up)s?(?! up a)(?![a-z])"
)
_EXCHANGED = re.compile(r"(?:换|来|调|改)(?:一下|一?(?:个|种|点|下))(?!别的|新的|其他|其它|不同|感觉|风格|试)")


def _other_exchanged(c: Clause) -> bool:
    """换个顺序, 标题换个颜色, 来点特效: is it no music that shall be another?"""
    return (
        not c.has("music_noun")
        and all(w.words == "背景" for w in c.wishes)
        and bool(c.scene.clips)
        and _EXCHANGED.search(c.text) is not None
        and section_of(c) is None
    )


def _in_parts(c: Clause) -> bool:
    """Does a wish tell of several moments: "ten seconds of piano, then drums; the last five quiet"?"""
    times = c.every("seconds")
    return len(times) > 1 and patterns.search(r"[,;.。，；\n]|(?<![a-z])then(?![a-z])|然后|接着", c.text) is not None


_STRETCH = re.compile(
    r"^(?:请|帮我|再|给|在|为|把|只有|只要|只|就)*(?:视频|影片|片子)?的?(?P<which>最后|结尾|前|开头)(?:的)?(?P<length>[^,。]{1,6}?秒钟?|[^,。]{1,4}?分钟)(?:里|的?画面|的?时候|的?部分)?(?:配|加|来|放|写|生成|用|铺|要|有)"
)


_STRETCH_EN = re.compile(  # "20 secs of music at the end", "music only over the first 10 secs"
    r"\W*(?:(?:please|pls|just|only|add|put|have|give me|i want|let'?s have|we need|some|the) )*(?:\S+(?: and a half)? ?(?:s|secs?|seconds?) (?:of )?(?:[a-z-]+ )?(?:music|bgm) (?:at|for|over|on|under) the (?P<edge>end|start|beginning)"
    r"|(?:music|bgm)(?: only| just)* (?:for|over|on|under|during|in) (?:only |just )?the (?P<edge2>first|last|final|opening) \S+(?: and a half)? ?(?:s|secs?|seconds?))(?: only| please| pls)*\W*"
)


def _stretch(c: Clause) -> tuple[Plain, Quantity] | None:
    """ "最后10秒配一段轻柔的钢琴": where music of its own for the beginning or the end of the film starts, and its length."""
    if (said := _STRETCH_EN.fullmatch(c.text)) and len(c.every("seconds")) == 1:
        (told,) = c.every("seconds")
        late = (said["edge"] or said["edge2"]) in ("end", "last", "final")
        at = c.scene.duration - Fraction(told.value) if late else Fraction(0)
        return seconds(max(Fraction(0), at)), told
    found = _STRETCH.match(c.text)
    length = next(
        (q for q in c.every("seconds") if found and found.start("length") <= q.start < found.end("length")), None
    )
    if found is None or length is None:
        return None
    whole = c.scene.duration
    last = found["which"] in ("最后", "结尾")
    return (seconds(max(Fraction(0), whole - Fraction(length.value))) if last else 0), length


def _added_at(c: Clause) -> bool:
    """ "add calm lo-fi music at 35%", though there is music: new music, and how loud; "the music at 35%" is what there is."""
    return (
        patterns.search(r"(?<![a-z])(?:add|write|generate|compose|create|make me|give me|get me)(?![a-z])", c.text)
        is not None
        and patterns.search(
            r"(?<![a-z])(?:the|my|this|that|our)(?: [a-z-]+){0,2} (?:music|track|song|soundtrack|bgm|tune|score)(?![a-z])",
            c.text,
        )
        is None
        and any(w.kind in ("genre", "mood", "instrument") and not w.idle for w in c.wishes)
    )


_ONE_MORE = re.compile(r"再来一?[首版个]")
_ONLY_COMPARES = re.compile(
    r"(?:(?:要|能|可以)*(?:[再更]|稍微?)(?:快|慢|暗|亮|轻|响|短|长|欢快|安静|激烈|柔和)(?:一?[点些]|得多)?的?|(?:要|能|可以)*(?:快|慢|暗|亮|轻|响|短|长|欢快|安静|激烈|柔和)(?:一?[点些]|得多)的?)"
    r"|(?:a (?:bit|little) )?(?:faster|slower|darker|brighter|shorter|longer|calmer|softer|louder|quieter)(?: please)?"
)
_SOME_KIND = re.compile(  # "punchy music": of a kind, whatever it is called
    r"^\W*(?:(?:with|and|plus|then|some|an?|add|put|use) )*(?!(?:the|my|this|that|our|your|its|no|not|any|more|less|without|only|just|play|start|stop|mute|cut|fade|move|remove|delete|keep|leave|drop|loop|change|new|background)(?![a-z]))(?:[a-z'-]+,? (?:and )?){1,3}(?:music|soundtrack|bgm|score)(?: (?:please|pls|under(?:neath)? it|behind it|on it|over it|to it|in the background|with it))*\W*$"
)
_LITTLE = re.compile(
    r"(?<![a-z])(?:a|an|the|of|and|or|with|for|to|in|on|at|my|our|it|its|this|that|some|something|please|more|very|really|kind|sort|like|but|so|as|is"
    r"|i|we|you|me|us|want|need|give|make|add|put|get|can|could|would|use|try|go|let|have|do|be|not|no|bit|little|quite|just|now|then|maybe|style|mood|vibes?|feel(?:ing)?|sound(?:ing|s)?|beats?|bpm|film|video)(?![a-z])"
)


def _says_so(c: Clause, wishes: list[Wish], noun: bool) -> bool:
    """Is it music that is wanted, and not a thing of the film in whose sentence a style's word happens to stand?"""
    if not c.scene.music and patterns.search(r"(?<![a-z])(?:something|anything)(?![a-z])", c.text):
        return True
    if (
        noun
        or c.has("descriptive")
        or patterns.search(r"(?<![a-z])(?:compose|generate)(?![a-z])", c.text)
        or not patterns.search(r"[a-z]{3}", c.text)
    ):
        return True
    heard = found.start() if (found := _TAIL.search(c.text)) else len(c.text)  # where it is heard says nothing of it
    if any(m.kind != "pronoun" and m.start < heard for m in c.mentions):
        return False
    left = list(c.text[:heard].ljust(len(c.text)))
    for start, end in [*((w.start, w.end) for w in wishes), *((q.start, q.end) for q in c.quantities)]:
        left[start:end] = " " * (end - start)
    unread = patterns.findall(r"[a-z]{2,}", _LITTLE.sub(" ", "".join(left)))
    if c.scene.music:
        return not unread
    return len(unread) <= 2 * len(wishes) - 1 if c.scene.clips else len(unread) <= 3 * len(wishes)


def _newness(c: Clause, new: bool, asked: bool, described: bool, vague: bool) -> float:
    """How surely new music is wanted, and not a change of what there is."""
    score = (
        0.95
        if patterns.search(
            r"^\W*(?:please |can you |could you )*score (?:my|this|the) (?:video|film|movie|clip|reel|vlog|footage|scene|edit|cut)",
            c.text,
        )
        else 0.9
        if new or asked
        else 0.84
        if described and not c.scene.music
        else 0.7
        if described
        else 0.6
        if vague
        else 0.5
    )
    if c.scene.composed and not new:
        made = patterns.search(
            r"generate|compose|(?:write|create|add) (?:some|a|me|new|background)|生成|创作|作曲|(?:写|配|谱|来)一?[首段支个]",
            c.text,
        )
        if made and not about_change(c):
            return 0.91
        return min(
            score,
            0.8
            if asked and c.has("music_noun")
            else 0.66
            if c.has("music_noun") or patterns.search(r"compose|generate|another", c.text)
            else 0.55,
        )
    return 0.4 if c.scene.music and not (new or asked or described) else score


def about_change(c: Clause) -> bool:
    """Is what there is to be changed, rather than made anew?"""
    return bool(
        patterns.search(r"(?:to|in) the (?:music|song|track)|make (?:it|the music)|把音乐|音乐里|音乐加|给音乐", c.text)
    )


def _plainly(c: Clause) -> bool:
    return not patterns.search(r"\d+ ?(?:-|to|–|到|~) ?\d+ ?bpm|about|around|大约|左右", c.text)


def _wanted_length(c: Clause) -> Quantity | None:
    """How long new music shall be; "80s synths" and "808s" are no lengths."""
    for q in c.every("seconds"):
        words, after = c.text[q.start : q.end], c.text[q.end :]
        decade = patterns.fullmatch(r"[4-9]0s", words) and patterns.match(
            r" (?!long|of|version|track|song|piece|music|loop|for)[a-z]", after
        )
        if (
            words == "808s"
            or decade
            or _ENTERS.match(after)
            or happens(c.text, q)
            or q.pair
            or q.cue in ("first", "last", "at", "from", "until", "over", "within", "off")
        ):
            continue
        return q
    return None


def happens(text: str, q: Quantity) -> bool:
    """Is it when something happens in the music: "swells at 1:00", "peaks around 8 seconds", 8秒左右到高潮?"""
    return just_before(_HAPPENS_AT, text, q.start) is not None or _HAPPENS_THEN.match(text, q.end) is not None


_HAPPENS_AT = re.compile(
    r"(?<![a-z])(?:swells?|peaks?|builds?|drops?|climax(?:es)?|hits?|explodes?|enters?|joins?|comes? (?:in|up|back)|kicks? in|solo|fades?(?: out)?|stops?|changes?|grows?|rises?|breaks?|turns?|picks? up|calms? down|lifts?|opens? up|crescendos?|bursts?|bang|accent|silence|pause|starts? to [a-z]+|gets? [a-z]+|goes [a-z]+)"
    r"(?: (?:up|in|out|big|loud|quiet|wild|hard|just|right|down))*,? (?:at|by|around|about|on|from|near|after) (?:the |about |around )?$"
)
_HAPPENS_THEN = re.compile(
    r"(?:钟)?(?:左右|的?时候|处|那里|时|以?后)?(?:再|才|就|开始|要|有个?|来个?)*(?:到(?!尾|底|结)|进|推|爆|炸|高潮|起来|渐|收|停|转|变|安静|激烈|燃|来(?:一?[段个])|达到)"
)
_ENTERS = re.compile(  # 16秒进鼓, 8秒弦乐进来: when somebody comes in
    r"(?:的?时候|处|时)?(?:再|才|就|开始)?(?:[^,。;的\d\s]{1,6}?(?:再|才|就|开始|一起|全部?)?)??(?:进来|进入|加入|加进来|出现|响起|进(?!度|行|阶|程)|加(?![快强速重大油长班]))"
    r"| (?:the )?(?:[a-z]+ ){1,3}(?:(?:comes?|kicks?|drops?) in|enters?|joins?)(?![a-z])"
)


def _prompt(c: Clause) -> str:
    """The words of the wish, without what only asks for it."""
    text = c.text
    lead = _LEAD.match(text)
    start = lead.end() if lead and patterns.match(r"[\x00-\x7f]", text.lstrip()[:1] or "a") else 0
    guessed, guessed_zh = table("leads")["generate_music"]  # put before the words that were typed
    if text.startswith(guessed) and (asking := _LEAD.match(text[len(guessed) :])) and asking[0].strip():
        start = len(guessed) + asking.end()
    if not start:
        start = len(guessed_zh) if text.startswith(guessed_zh) else 0
        lead_zh = _LEAD_ZH.match(text[start:])
        start += lead_zh.end() if lead_zh else 0
    rest = text[start:]
    tail = _TAIL.search(rest)
    end = start + (tail.start() if tail else len(rest))
    rest = patterns.compiled(r"(?<![a-z])(?:generate|add|make it|change to|please)(?![a-z])").sub(" ", text[start:end])
    words = (" ".join(rest.split()) if c.translated else c.said(start, end)).strip(" ,.;:!?，。、；：！？")
    if not words.isascii() and (again := _LEAD_ZH.match(words)):
        words = words[again.end() :]  # where the command's own words were put before it
    words = _ASIDE.sub("", words)
    if _NOUN_ONLY.match(words.lower()) or not words:
        return ""
    return words


_ASIDE = re.compile(  # 加点音乐吧，欢快的; "some music to it", "something elegant underneath"
    r"^[点个些首]?(?:背景)?(?:音乐|配乐|bgm)(?:吧|呗|呢|嘛)[，, ]+|(?: (?:to (?:it|this|that)|under(?:neath)?(?: (?:it|this|that))?|behind (?:it|this|that)))+$",
    re.IGNORECASE,
)
