"""New music: is it wished for? `music_wish_words` keeps the words of the wish, `music_wish_times` its length and start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, once, plain
from reelscore.converse.piece_asked import asks_for_a_piece
from reelscore.converse.readers.music_parts import exchanged, in_place_of_it, key_of, own_feeling, section_of
from reelscore.converse.readers.music_wish_times import happens, in_parts, stretch_of, wanted_length
from reelscore.converse.readers.music_wish_words import FADES, TAIL, prompt_of
from reelscore.converse.reading import Reading, step
from reelscore.converse.remarks import states
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain, Step

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


_NONE_WISHED = Sieve(
    re.compile(
        r"(?:[^,.;]{2,30}? only,? (?:and |with )?|(?:only|just) [^,.;]{2,30}?,? (?:and |with )?)?(?:no|without(?: any)?|zero) (?:background |backing |bg )?(?:music|tracks?|songs?|soundtrack|bgm|score)(?: (?:at all|please|pls|behind it|under it|underneath))*"
    )
)


_ONLY_WHAT_IS_HEARD = Sieve(
    re.compile(  # 只要音乐,旁白关掉: the music that is there
        r"(?:就|请|我|给我)?(?:只|就|仅)(?:想)?(?:要|留下?|保留|听|剩|放)(?:背景)?(?:音乐|配乐|bgm|歌曲?)(?:的?声音?)?(?:就行|就好|就可以|吧|了|,.*(?:静音|[关去删拿]掉|关了|不要))*"
    )
)


_WHAT_THERE_IS = Sieve(
    re.compile(  # 把两段音乐调换一下
        r"(?:请|帮我|麻烦|那|就|再|,|，| )*[把将](?![^,。]{0,16}(?:(?<![调互交对])换[成为掉个一]|[改变]成|替换|重[写做新弄来]|写|生成))[^,。]{0,6}(?:音乐|配乐|bgm|歌曲?|曲子)"
    )
)
_SAID_OF_IT = Sieve(
    re.compile(  # 音乐不够燃, 这首歌加个女声
        r"[这那]?[首段个]?的?(?:背景)?(?:音乐|配乐|bgm|歌曲?|曲子)(?:听[着起]来?|感觉|还是|就是|有点|实在|真的|里面?)*(?:不够|没(?!有?就)|太|缺|差点?|少了?|一般|不好|难听|土|加)"
        r"(?!.*(?:换|[写来配做]一?[首段个]|重[写做新]|想要|[要来]点))"
    )
)
_ANOTHER = Sieve(re.compile(r"换(?:一)?[个首段种支]"))  # 音乐换个欢快点的: another one
_PLAYED_FROM = Sieve(re.compile(r"从[^,，。;]{1,8}(?:开始|起)(?:放|播|响|唱)"))  # 钢琴曲从副歌开始放: what is there
_TO_THE_BEAT = Sieve(
    re.compile(
        r"(?<![a-z])(?:on(?:to)?|to|off|with|after|before|behind|past) (?:the |a |every )?(?:down)?beats?[ .!]*$"
    )
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
    if prompt := in_place_of_it(c):
        yield step("generate_music", 0.975, prompt=prompt)
        return
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
    if c.scene.music and (
        _WHAT_THERE_IS.match(text)
        or _SAID_OF_IT.match(text)
        or _PLAYED_FROM.search(text)
        or any(m.nth is not None for m in c.mentions if m.kind == "music")
    ):
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
    noun, generating = c.has("music_noun"), c.has("generate")
    new = c.has("new") or exchanged(c) or piece or _for_a_genre(c, wishes) or (bool(wishes) and _taken_away(c))
    if c.mention("title", "subtitle", "text", "transition", "marker", "filter", "lower_third") and not noun:
        return
    if c.scene.music and not (wishes or piece) and (_PART_OF_IT.search(text) or _makes_a_voice(c)):
        return  # "make the last 3 seconds of the music louder", "make the narration clearer, the music is covering it"
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
    prompt = prompt_of(c)
    length = wanted_length(c)
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
    if stretch := stretch_of(c):
        at, length = stretch
    if in_parts(c):  # times of its sections, which the composer reads
        at = None
    if stretch and not wishes:
        prompt = ""  # 前20秒配乐就行
    score = _newness(c, new, bool(needed) or (generating and (noun or bool(wishes))), bool(described), bool(vague))
    score = max(score, 0.93) if stretch and not c.scene.music else score
    if not prompt and not length and not (noun or new or scored) and not generating:
        return
    compares = _ONLY_COMPARES.fullmatch(prompt) and not _ANOTHER.search(text)
    if c.scene.composed and (compares or (_ONE_MORE.search(text) and not (prompt or length))):
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
    if wishes and text.isascii() and FADES.search(text) and not (length or at):
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


_PART_OF_IT = Sieve(
    re.compile(
        r"(?<![a-z])(?:seconds?|secs?|minutes?|part|bit|half|start|beginning|end) of (?:the|my|this|that) (?:music|song|track|soundtrack|tune|score)(?![a-z])"
    )
)
_OTHER_KEY = Sieve(re.compile(r"^\W*(?:再|给我|帮我|请)?(?:换|改|变)(?:一?个|一?下|了)?调(?:子|性)?(?![查色料整节])"))
_HAPPENS = Sieve(
    re.compile(  # in the music that is there: "make the music swell at the lake", "the beat should drop when..."
        r"(?<![a-z])(?:the|my) (?:music|beat|song|track|score|soundtrack) (?:to |should |must |needs to |has to )?(?:swell|drop|build|rise|hit|explode|kick in|come in|stop|end|finish|last|fade|return|continue|pause|start|peak|die down|calm down|pick up)s?(?! up a)(?![a-z])"
    )
)
_EXCHANGED = Sieve(re.compile(r"(?:换|来|调|改)(?:一下|一?(?:个|种|点|下))(?!别的|新的|其他|其它|不同|感觉|风格|试)"))


def _makes_a_voice(c: Clause) -> bool:
    """Is it the voice that shall be otherwise: "make the narration clearer"?"""
    voice = c.mention("voice")
    return voice is not None and _MAKES.fullmatch(c.text, 0, voice.start) is not None


_MAKES = re.compile(r"\W*(?:(?:please|can you|could you|and|just)[ ,]+)*make (?:the |my |her |his )?")


def _taken_away(c: Clause) -> bool:
    """Was the music taken off just before: "delete the music and use something jazzy instead"?"""
    gone = [dict(one.args).get("which") for one in c.around.before if isinstance(one, Step) and one.command == "remove"]
    return any(which == "music" or any(which == t.segment.id for t in c.scene.of("music")) for which in gone)


def _for_a_genre(c: Clause, wishes: list[Wish]) -> bool:
    """ "swap it for drum and bass": what it is exchanged for can only be music."""
    found = _FOR.match(c.text) if c.scene.music and not c.mention("clip", "name", "image") else None
    return found is not None and any(w.kind == "genre" and w.end >= len(c.text.rstrip(" .!")) - 12 for w in wishes)


_FOR = Sieve(
    re.compile(
        r"\W*(?:(?:please|can you|could you|ok|no|actually|now|then|let'?s|just)[ ,]+)*(?:swap|replace|exchange|trade|switch) (?:it|this|that|this one|that one)(?: out)? (?:for|with|by|to) "
    )
)


def _other_exchanged(c: Clause) -> bool:
    """换个顺序, 标题换个颜色, 来点特效: is it no music that shall be another?"""
    return (
        not c.has("music_noun")
        and all(w.words == "背景" for w in c.wishes)
        and bool(c.scene.clips)
        and _EXCHANGED.search(c.text) is not None
        and section_of(c) is None
    )


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


_ONE_MORE = Sieve(re.compile(r"再来一?[首版个]"))
_ONLY_COMPARES = re.compile(
    r"(?:(?:要|能|可以)*(?:[再更]|稍微?)(?:快|慢|暗|亮|轻|响|短|长|欢快|安静|激烈|柔和)(?:一?[点些]|得多)?的?|(?:要|能|可以)*(?:快|慢|暗|亮|轻|响|短|长|欢快|安静|激烈|柔和)(?:一?[点些]|得多)的?)"
    r"|(?:a (?:bit|little) )?(?:faster|slower|darker|brighter|shorter|longer|calmer|softer|louder|quieter)(?: please)?"
)
_SOME_KIND = Sieve(
    re.compile(  # "punchy music": of a kind, whatever it is called
        r"^\W*(?:(?:with|and|plus|then|some|an?|add|put|use) )*(?!(?:any|only|just|play|start|stop|end|mute|cut|fade|move|remove|delete|keep|leave|drop|loop|change|new|background|have|hear)(?![a-z]))(?:(?!(?:the|my|this|that|our|your|its|no|not|more|less|without)(?![a-z]))[a-z'-]+,? (?:and )?){1,3}(?:music|soundtrack|bgm|score)(?: (?:please|pls|under(?:neath)? it|behind it|on it|over it|to it|in the background|with it))*\W*$"
    )
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
    heard = found.start() if (found := TAIL.search(c.text)) else len(c.text)  # where it is heard says nothing of it
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
        else 0.955
        if exchanged(c)
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
            if asked and c.has("music_noun") and not about_change(c)
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
