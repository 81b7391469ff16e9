"""Pieces of a message that ask for nothing more: what stays as it is, what is said twice, why, and politeness."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.message_reader import MessageReader
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.pieces_weighed import a_complaint
from reelscore.converse.questions import SURE
from reelscore.converse.readers.drowned import FAINT
from reelscore.converse.remarks import REMARK
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.values.command import Step


def said_again(before: Read, words: str) -> bool:
    """Does a piece say once more what was just asked for, or why: 其余的删掉 after 只留前5秒, 人声都听不清了?"""
    name = names_of(before)[0]
    return (
        (name in _KEEPS and _REST_GOES.fullmatch(words) is not None)
        or (
            name in ("volume", "duck", "mute")
            and _NOT_HEARD.fullmatch(words) is not None
            and not _of_another(before, words)
        )
        or (name == "mute" and _ALONE_HEARD.fullmatch(words) is not None)
        or (
            name == "mute"
            and before.best is not None
            and before.best.whole
            and _REST_SILENT.fullmatch(words) is not None
        )
        or (name == "remove" and args_of(before).get("which") == "music" and _OWN_SOUND.fullmatch(words) is not None)
        or (name in _AT_A_PLACE and _REST_NOT.fullmatch(words) is not None)
        or (name in _TAKES_OUT and _WHY_IT_GOES.fullmatch(words) is not None)
        or (name == "add" and _REST_IS_LAID.fullmatch(words) is not None)
        or (name in ("", *_SHORTENS) and _STRAIGHT_ON.fullmatch(words) is not None)
        or (name == "remove_text" and _TEXT_KEPT.fullmatch(words) is not None)
        or (name in _SHORTENS and _TOO_LONG.fullmatch(words) is not None)
        or (name in ("cut_first", "trim", "move") and _COMES_THEN.fullmatch(words) is not None)
        or (name in ("volume", "change_music") and _PUSHED.fullmatch(words) is not None)
        or (name in ("arrange", "text_position", "picture_in_picture") and _CLEAR_OF.fullmatch(words) is not None)
        or (bool(name) and _WHAT_IS_THERE.fullmatch(words) is not None)
    )


def _of_another(before: Read, words: str) -> bool:
    """旁白太轻了,音乐太响: is the music too loud where the voice was made louder?"""
    return re.search(r"(?:音乐|bgm|配乐)[^,。]{0,4}[太好]", words) is not None and str(
        args_of(before).get("step", "")
    ).endswith("louder")


_REST_SILENT = re.compile(  # 只听采访的声音,别的都静音
    r"(?:其他|其它|其余|别的|剩下)的?(?:声音)?(?:都|全部?|统统)*(?:静音|关掉|关了|不要(?:声音)?|去掉|没声音)(?:吧|了|就行)?"
)
_MIRRORED = re.compile(
    r"(?:(?:because|since|as|cause|so|now) )*(?:the |my |all the )?(?:writing|texts?|letters?|lettering|words?|signs?|logo|print)(?: on [a-z ]{2,20})? (?:is|are|looks?|reads?|shows up|comes out)(?: all| like)? (?:backwards?|reversed|in reverse|mirrored)"
)


def mirrored(before: Read, words: str) -> bool:
    """ "flip the selfie, the writing is backwards": why it shall be flipped."""
    return names_of(before) == ["flip"] and _MIRRORED.fullmatch(words) is not None


_STAYS_ZH = re.compile(
    r"(?:但是?|不过|只是|记得|注意|就是|先|都|也|可)*(?:(?:千万)?(?:别|不要|不用|甭|无需)(?:去)?(?:动|碰|改|管|影响)到?[^,。]{1,8}"
    r"|[^,。]{1,8}?(?:就|先|都|也)?(?:别动|不动|不要动|不用动|不变|保持不变|保持原样|照旧|别改|不用改|别碰))(?:了|吧|哈|哦)*"
)

_OF_SOUNDS_AND_TEXTS = ("mute", "unmute", "volume", "normalise", "remove", "remove_text", "pan", "duck")


def stays_zh(before: Read, words: str, reader: MessageReader, piece: Piece) -> bool:
    """Does a piece only say that the music, a voice or a text stays as it is, where nothing was asked of such: 音乐别动?"""
    if _STAYS_ZH.fullmatch(words) is None or before.best is None or not before.best.asked:
        return False
    if set(names_of(before)) & set(_OF_SOUNDS_AND_TEXTS) or any(n.startswith("text") for n in names_of(before)):
        return False
    roles = {thing.role for m in reader.clause(piece.start, piece.end).mentions for thing in m.things}
    return bool(roles) and roles <= {"music", "voice", "sound", "text"} - (
        {"music"} if musical(before.clause) else set()
    )


_NOT_HEARD = re.compile(
    r"(?:不然|都|我的?|已经|现在|有点|快|好像|完全|根本|把)*(?:人声|旁白|声音|说话声?|讲话声?|对白|解说|配音|口播|台词|人说话|我说话|他们?说话|音乐|背景音乐|bgm|原声)?的?(?:声音)?(?:都|有点|快|全|完全|根本|也|给)*"
    r"(?:听不(?:太)?[清见到](?:楚)?|被?(?:盖住|盖过|盖掉|压住|淹没)(?:了)?(?:人声|旁白|说话声|声音|对白|解说|我的声音)?|[太好](?:吵|响|大声?|刺耳|抢戏))(?:了|啊|呢|都)*"
)

_OWN_SOUND = re.compile(
    r"(?:就|我)?只?(?:要|留|保留|留下|剩|听|用)(?:原声|现场声|同期声|环境[声音]|视频(?:自己的)?(?:声音|原声))(?:就行|就好|就可以|即可|了|吧)*"
)

_ALONE_HEARD = re.compile(
    r"(?:就)?只(?:要|留|保留|留下|剩|听|用|需要)(?:(?:背景)?(?:音乐|配乐|bgm|旁白|人声|配音|解说)[和跟与、]?)+(?:就行|就好|就可以|即可|了|的声音)*"
)

_KEEPS = ("keep_range", "trim")

_ITS_SOUND = re.compile(r"(?<![a-z])(?:sound|audio|noise)(?![a-z])|声音?|噪|杂音")
_IT_GOES = re.compile(
    r"(?:(?:and|so|just|please|then|can you|could you|let'?s) )*(?:remove|delete|lose|drop|cut|kill|take|get rid of|turn) (?:it|that)(?: out| off| away| altogether| completely| entirely| please)*"
)


def its_sound_taken(before: Read, alone: Read) -> Read | None:
    """ "the interview's sound is too loud, remove it", 手机那段声音太吵,去掉: the sound goes, and the clip stays."""
    words = alone.clause.text.strip(" ,.!?;")
    volume = before.best.asked[0] if before.best and before.best.asked else None
    if not isinstance(volume, Step) or names_of(before) != ["volume"] or names_of(alone) != ["remove"]:
        return None
    if (
        alone.best is None
        or not _ITS_SOUND.search(before.clause.text)
        or not (_TAKEN.fullmatch(words) or _IT_GOES.fullmatch(words))
    ):
        return None
    which = dict(volume.args).get("which")
    things = [t for m in before.clause.mentions if m.said == which for t in m.things]
    if not things or any(t.role not in ("clip", "overlay") for t in things):
        return None
    mute = Step("mute", (("which", which),))
    return replace(alone, best=replace(alone.best, asked=(mute,)))


_SO_LONG_THERE = Sieve(re.compile(r"有[^,。有]{0,3}?[\d一二两三四五六七八九十半]+(?:秒|分钟|帧)(?!的)"))
_TAKEN = re.compile(
    r"(?:就|都|全|把它?|帮我|给我|请|可以|那)*(?:去|剪|删|切|砍|裁|减)(?:掉|了|除|去)*(?:它|这段|那段)?(?:吧|好了|一下)*"
)


def told_then_taken(before: Read, words: str) -> bool:
    """采访开头有两秒没说话,去掉: what there is, and then what is done with it, are one wish."""
    return _SO_LONG_THERE.search(before.clause.text) is not None and _TAKEN.fullmatch(words) is not None


_REST_GOES = re.compile(  # after what stays, this says it once more
    r"(?:那|就|把|将|然后)*(?:后[面边]|前[面边]|其他|其它|其余|剩下|剩余|多余|多出来|别的)的?(?:部分|内容|画面|地方|时间|那些|那段)?"
    r"(?:我|就|都|全部?|统统|通通|可以|给我|帮我|一律)*(?:剪|删|去|砍|切|裁|掐|扔|丢|不要|不用|不需要)(?:掉|了|除|去)*(?:吧|就行|就好)?"
)

_AT_A_PLACE = (
    "transition", "remove_transition", "filter", "remove_filter", "speed", "reverse", "zoom", "crop", "mute", "unmute", "volume", "fade_in", "fade_out", "freeze",
)  # fmt: skip

_REST_NOT = re.compile(  # 城市和海边之间加个转场,别的地方不要
    r"(?:但是?|不过|就|而|,)*(?:其[他它余]|剩下|余下|别的?|另外)的?(?:地方|片段|镜头|位置|部分|照片|视频|画面|时候|[几两一二三四五六七八九]?[个段张处])*的?(?:就|都|先|也|全)*"
    r"(?:(?:不要|不用|不加|不需要|不必|别|甭)(?:再)?(?:加|用|有|弄|做|搞)?|(?:保持|按)?(?:正常|原速|原来)的?(?:速度|播放|放|样子)?)(?:了|吧|哈|哦|就行|就好)*[。!]*"
)

_TAKES_OUT = ("remove", "ripple_delete", "cut_first", "cut_last", "cut_range", "replace_media")

_WHY_IT_GOES = re.compile(  # 花园那张不要,太暗了
    r"(?:因为|主要是?|实在|感觉|我?觉得|看着|看起来|拍得?|画面|里面|它|这段|那段|这张|那张|都|是|有点|真的|,)*"
    r"(?:太|有一?点[儿]?|不太?|没|不够|过于|好像|很|特别|挺|重复|多余|没用|拍?[糊虚废抖晃]|穿帮)[^,。;!?把给将加换改调放移剪删\ue000]{0,8}(?:了|的|啊|呢|啦)*[。!]*"
)

_REST_IS_LAID = re.compile(
    r"(?:其[他它余]|剩下|余下|后面)的?(?:部分|内容)?(?:就|都|全部?|可以)*(?:放进来|加进来|放进去|加进去|放上|用上|留着|保留|要)(?:吧|就行|就好|了)*"
)

_TEXT_KEPT = re.compile(
    r"(?:就|我|,)*[只仅](?:要|留|留下|保留|剩|剩下)(?:标题|字幕|人名条|片名|名条|文字|画面|视频|音乐|配乐|bgm|旁白|人声|声音|和|跟|与|、)+(?:就行|就好|就可以|吧|了)*"
)

_SHORTENS = ("trim", "text_duration", "fit_duration", "keep_range", "cut_first", "cut_last", "cut_range", "speed")

_COMES_THEN = re.compile(  # 前三秒先不要显示角标,三秒以后再出来
    r"(?:等|过|到)?(?:了)?[\d.一二两三四五六七八九十半]+秒钟?(?:(?:之|以)?后|过后|的?时候)?(?:它|再|才)*(?:让它)?(?:出来|出现|显示|露出来|亮出来|放出来|冒出来)(?:吧|就行|就好)*"
)
_PUSHED = re.compile(  # 贝斯听不见,推一推
    r"(?:往[上前])?(?:给我|帮我)?(?:推一?推|拉一?拉|提一?提|抬一?抬|顶一?顶|收一?收|压一?压|调一?调)(?:上来|下去)?(?:吧|呗|一下)?"
)
_CLEAR_OF = re.compile(  # 角标放右下角,跟字幕别重叠
    r"(?:跟|和|与|别|不要|不能)[^,。;!?]{0,8}?(?:别|不要|不能|不)?(?:重叠|重合|叠在一起|撞在?一起|打架|挡住?|遮住?|碰到|冲突|挤在一起)[^,。;!?]{0,5}"
)
_STRAIGHT_ON = re.compile(  # 片头只留2秒,直接进徒步
    r"(?:然后|就|再)*(?:直接|马上|立刻|立马)(?:进入?|接上?|切到?|跳到|到|转到|开始)[^,。;!?\ue000]{1,8}"
)

_TOO_LONG = re.compile(  # 小画面到5秒就好,不用那么久
    r"(?:现在|有点|感觉|我?觉得|实在|,)*(?:太|不用|没必要|不需要|用不着|别)(?:放|留|停|搞|弄|要)?(?:那么|这么|太)?(?:久|长|拖沓?|啰嗦|慢)(?:了|吧|啊)*[。!]*"
)

_WHAT_IS_THERE = re.compile(  # 画面最下面裁掉百分之十,那里有水印
    r"(?:因为|主要是?|,)*(?:那里|那儿|那边|那块|那个?地方|这里|这儿|这边|上面|下面|里面|旁边|边上|角落)(?:里|上)?(?:好像|正好|刚好|总是|一直|老|还|都|会)*有(?!没有|点)[^,。;!?\ue000]{1,12}"
)

_REST = r"(?:(?:all |all of )?(?:the )?rest(?: of (?:the |my )?[a-z]+| of it)?|(?:everything|anything|all|everyone|nothing) else|(?:all )?(?:the )?others?(?: (?:ones?|clips?|shots?|photos?|parts?|two|three))?|what'?s left)"

_AS_IS = r"(?:as (?:it|they) (?:is|are|was|were)|as is|alone|untouched|unchanged|the same|natural|normal|plain|fine|good|ok(?:ay)?|original|put|like (?:that|this|it is|before|now)|how (?:it|they) (?:is|are)|in (?:full |normal )?colou?r|in there|where (?:it|they) (?:is|are)|on|in|there|exactly|please|though|of course)"

_STAYS = re.compile(
    rf"(?:(?:but|and|while|just|please|with|so|the) )*(?:(?:keep|leave|keeping|leaving|have|with) {_REST}(?: {_AS_IS})*"
    rf"|{_REST}(?: (?:just|should|can|must|to|shall))*(?: (?:stays?|remains?|is|are|staying|be|kept|left|keeps?|goes|good))?(?: {_AS_IS})+|{_REST}(?: (?:just|should|can|must|shall))* (?:stays?|remains?|kept))"
)

_GOES = re.compile(
    rf"(?:(?:and|just|please|then|you can|so) )*(?:throw|drop|lose|delete|cut|remove|toss|bin|trash|discard|scrap|chuck|ditch|dump|get rid of|forget|ignore|don'?t need)(?: away| out| off)?(?: of)? {_REST}(?: away| out| off| please)*"
    rf"|(?:and )?{_REST} (?:can |should |must |has to |needs to )?(?:goes|go|be (?:cut|deleted|removed|gone|thrown away))"
)

_KEPT_THING = re.compile(
    r"(?:(?:but|and|while|just|please|though|only|make sure (?:to|you)|be sure to) )*(?:keep|leave|keeping|leaving|retain|preserve|don'?t (?:touch|remove|delete|change|lose|cut|mute|mess with)|do not (?:touch|remove|delete|change)|without (?:touching|changing|removing|losing)) (?:(?:all|the|my|her|his|our|those|these|its|any|of) )*$"
)


def left_as_it_is(before: Read, c: Clause) -> bool:
    """Does a piece only say what stays as it is, or what goes where only the rest was to stay?"""
    text = c.text.strip(" ,.!?;:")
    if before.best is None or not before.best.asked or not text.isascii() or len(text) > 60:
        return False
    if (
        (before.held and names_of(before) == ["transition"]) or names_of(before) == ["remove_transition"]
    ) and _ONLY_CUTS.fullmatch(text):
        return True  # "don't add a transition, just cut"
    if names_of(before) == ["remove"] and _KEEP_MIDDLE.fullmatch(text):
        return True
    if _STAYS.fullmatch(text) or (names_of(before)[0] == "speed" and _PITCH_STAYS.fullmatch(text)):
        return True
    if _GOES.fullmatch(text):
        return names_of(before)[0] in _KEEPING
    first = next((m for m in c.mentions if m.kind not in ("film", "pronoun", "all")), None)
    if names_of(before)[0] in ("mute", "remove", "remove_text") and _ONLY_THIS.fullmatch(text):
        told = {thing.role for m in before.clause.mentions for thing in m.things}
        if (
            first
            and (first.kind in ("music", "voice") or _HEARD.search(text))
            and told.isdisjoint({t.role for m in c.mentions for t in m.things})
        ):
            return True
    if first is None or c.quantities or c.quotes or not _KEPT_THING.fullmatch(c.text[: first.start].lstrip(" ,.!?;:")):
        return False
    rest = c.text[c.mentions[-1].end :].strip(" ,.!?;:")
    if rest and not re.fullmatch(rf"(?:{_AS_IS} ?)+", rest):
        return False
    roles = {thing.role for m in before.clause.mentions for thing in m.things}
    return roles.isdisjoint({thing.role for m in c.mentions for thing in m.things})


_CLASH_ZH = re.compile(  # 旁白跟音乐有点打架,人说话都听不清
    r"(?=.*(?:打架|打起来|冲突|抢戏|抢了|抢[着话]|盖[住过掉]))(?:(?!压低|[调降收减放弄]|闪避|避让|让(?:音乐|它|一)|小[一点些声])[^;!?])*"
)
_OF_PACE = {"speed", "trim", "fit_duration", "change_music", "cut_first", "cut_last", "text_duration"}
_FAULT_ZH = re.compile(
    r"[^,。;!?把将给加换改调放移剪删\ue000]{1,16}(?:太|有一?点儿?|过于|实在|比较|不太|不够)[^,。;!?把将给加换改调放移剪删\ue000]{1,5}(?:了|啊|啦)*"
)
_TOO_ZH = re.compile(r"(?:现在|感觉|我?觉得|画面|颜色|色调|整体|有点|看着|看起来| )*(?:太|过于|偏)[^,。;!?]{1,6}")


_ONLY_CUTS = re.compile(
    r"(?:(?:and|but|just|simply|only|please|do|use|have|let it|a|an) )*(?:(?:hard|straight|plain|clean) )?cuts?(?: straight)?(?: to it| please)*"
)
_KEEP_MIDDLE = re.compile(
    r"(?:(?:so|and|just|only|please) )*(?:keep|leave)(?:ing)?(?: only| just)? the (?:middle|rest|others?|remaining)(?: (?:one|clip|part|shot)s?)?(?: only| please)*"
)
_PITCH_STAYS = re.compile(
    r"(?:(?:but|and|while) )?(?:keep|keeping|with|without (?:changing|touching)|don'?t (?:change|touch)|same|leave) (?:the |its |her |his |same )*(?:original )?(?:pitch|key|voice pitch)(?: (?:the same|as (?:it )?is|unchanged|alone|please))*"
)
_HEARD = re.compile(r"(?<![a-z])(?:narration|voice|voice-?over|speech|talking|speaker)(?![a-z])")
_ONLY_THIS = re.compile(  # "mute the clips, only music"
    r"(?:(?:so|and|i|i'?ll|i'?d|we|we'?ll|you|that) )*(?:(?:only|just)(?: (?:keep|leave|hear|have|want|need|use|play|with))*|(?:keep|leave|hear)(?: only| just)?) (?:the |my )?[a-z -]{3,40}?(?: (?:only|alone|on|playing|is heard|plays|stays|remains))*(?: (?:please|pls|then))*"
)
_KEEPING = ("keep_range", "trim", "remove")


_SLOWLY = re.compile(
    r"(?:(?:nice|and|real|really|very|so|slow(?:ly)?|smooth(?:ly)?|gentle|gently|easy|soft(?:ly)?|gradual(?:ly)?|please|pls)[ ,.!]*)+"
)


_SUBTLY = re.compile(
    r"(?:(?:and|but|just|only|very|really|quite|super|nice|kept|keep it|make it|it should be) )*(?:(?:subtl[ey]|slight(?:ly)?|faint(?:ly)?|gentl[ey]|soft(?:ly)?|light(?:ly)?|mild(?:ly)?|delicate|discreet|not too (?:much|strong|heavy|crazy)|not over(?:done| the top)|nothing (?:crazy|fancy|wild|too strong)|barely (?:there|visible|noticeable))[ ,.!]*(?:and )?)+(?:please|pls|though|tho)?[ .!]*"
)


def how_it_fades(before: Read, alone: Read) -> bool:
    """ "fade out nice | and slow", "vignette, | subtle": how a fade or a look shall be, which it is."""
    last, words = names_of(before)[-1], alone.clause.text.strip()
    if last == "filter":
        return _SUBTLY.fullmatch(words) is not None
    return last in ("fade_out", "fade_in", "transition") and _SLOWLY.fullmatch(words) is not None


def silent_already(before: Read, alone: Read) -> bool:
    """ "take the music out under the drone, | i want it silent from 25 s on": is what is muted there cut away already?"""
    last = before.best.asked[-1] if before.best and before.best.asked else None
    if not isinstance(last, Step) or last.command != "cut_range" or names_of(alone) != ["split", "mute"]:
        return False
    gone, there = dict(last.args), args_of(alone)
    return there.get("which") == gone.get("which") and there.get("at") == gone.get("start")


def aside(words: str) -> bool:
    """Does a piece only say why, what will be done next or what is not meant: 以便后续比对, "not the sound"?"""
    if patterns.fullmatch(r"not (?:on |for |in |at )?(?:the |my |its )?[a-z0-9]+(?: (?:itself|though|please))*", words):
        return True
    if words.isascii() and patterns.fullmatch(_TOLD_LATER, words):
        return True
    return not words.isascii() and len(words) < 24 and patterns.match(table("joints")["aside"]["zh"], words) is not None


_TOLD_LATER = (  # "tell me when the music is done", and after a freeze "then carry on"
    r"(?:(?:and|then|just|please) )*(?:(?:tell|ping|message|notify) me|let me know|give me a shout|shout) (?:when|once|as soon as) [^,.;]{3,50}"
    r"|(?:(?:and|then|just) )*(?:carry on|continue|go on|keep going|resume)(?: (?:playing|as (?:normal|before|usual)|normally|from there|after that))*"
)


def musical(everything: Clause) -> bool:
    return everything.has("music_noun") or any(not wish.idle for wish in everything.wishes)


def only_remarked(before: Read, alone: Read) -> bool:
    """Is what stands before a remark that asks for nothing, and this the wish?"""
    if alone.best is None or alone.best.score < SURE or before.held or before.clause.quotes:
        return False
    if before.best is not None and before.best.score >= STANDS:
        return False
    text = before.clause.text.strip(" ,.!?")
    return REMARK.match(text) is not None and _SAYS_WHEN.match(text) is None


_SAYS_WHEN = re.compile(
    r"(?:(?:and|but|so|then|also) )*(?:once|when(?:ever)?|while|as soon as|until|till|after|before|from|if|during)(?![a-z])"
)
_TOO = re.compile(
    r"\W*(?:(?:but|and|so|also|well|hm+|i think|i feel like|i find) )*[^,.;]{2,80}?(?:'s|'re| (?:is|are|was|were|looks?|sounds?|feels?|seems?|comes?|goes|starts?|ends?|plays?|runs?))(?: (?:[a-z]+ ){0,2}?too [a-z]+(?: and (?:[a-z]+ )?too [a-z]+)?| not [a-z]+ enough)(?: (?:here|there|now|though|for me|for my taste|in general|right now|(?:when|while|whenever|over|under|during) [^,.;]{2,40}))*\W*"
)


_STATES = re.compile(
    r"\W*(?!make|let|have|get|turn|set|put)[^,.;]{2,50}?(?:'s|'re| is| are| was| were| looks?| came out)(?: [^,.;]{2,40})?\W*"
)
_UNHEARD = re.compile(
    r"\W*(?:(?:but|and|so|why|i|we|you|now|still) )*(?:can'?t|cannot|can not|don'?t|couldn'?t) (?:even )?hear (?:anything|a thing|it|them|any sound)|\W*there(?:'s| is) no (?:sound|audio)|[^,.;!?]{2,40}?(?:'s| is| are| was| were| went) (?:(?:all|completely|totally|still|now|so) )*(?:silent|muted?|quiet)(?![a-z])"
    r"|[^,。;!?]{0,10}?(?:怎么|好像|都|现在)*(?:没有?声音?|听不[到见]声?音?|没声)(?:了|啊)*\W*"
)


def only_why(before: Read, alone: Read) -> bool:
    """Does the piece before only say why: "the intro is too loud | mute it"?"""
    if before.held or alone.held or alone.best is None or alone.best.score < SURE:
        return False
    if names_of(before) == ["generate_music"] and before.best and before.best.score < 0.7 and a_complaint(before):
        return names_of(alone)[0] in ("duck", "volume", "mute", "change_music")  # 音乐有点烦,我讲话的时候轻点
    if before.best is None:  # 采访太长了,留前面4秒就够
        return alone.best.whole and _FAULT_ZH.fullmatch(before.clause.text.strip(" ,。!")) is not None
    if set(names_of(before)) <= _OF_PACE and set(names_of(alone)) <= _OF_PACE and alone.clause.quantities:
        of_it = args_of(alone).get("which") in (None, args_of(before).get("which")) or "每" in alone.clause.text
        if of_it and not before.clause.quantities and _FAULT_ZH.fullmatch(before.clause.text.strip(" ,。!")):
            return True  # 照片太快了,每张多停一秒
    if names_of(alone) == ["unmute"] and _UNHEARD.match(before.clause.text):
        return True  # "I can't hear anything, put the sound back"
    if (
        names_of(alone) == ["volume"]
        and names_of(before) == ["duck"]
        and _CLASH_ZH.fullmatch(before.clause.text.strip())
    ):
        return args_of(alone).get("which") == "music"
    if names_of(alone) == ["remove_filter"] and names_of(before) == ["filter"]:
        if any(m.things and m.kind not in ("film", "pronoun", "clip") for m in before.clause.mentions):
            return False
        text = before.clause.text.strip(" ,。!")
        return (_TOO_ZH.fullmatch(text) or _TOO.fullmatch(text)) is not None  # 别那么暖,暖色滤镜拿掉
    if names_of(alone)[0] in ("duck", "volume", "mute") and FAINT.fullmatch(before.clause.text.strip()):
        return str(args_of(alone).get("which")) == "music" and args_of(alone).get("step") != "louder"
    told = [m for m in alone.clause.mentions if m.kind != "pronoun"]
    pointing = any(m.kind == "pronoun" for m in alone.clause.mentions)
    of = [args_of(read).get("which") for read in (before, alone)]
    about = {t.segment.id for m in before.clause.mentions for t in m.things}
    if pointing and not told and names_of(before) == names_of(alone) and of[1] in about:
        return _STATES.fullmatch(before.clause.text) is not None  # "the second one is sideways, rotate it"
    if names_of(alone) == ["duck"]:
        told = []  # when somebody speaks is no other thing
    return pointing and not told and of[0] == of[1] is not None and _TOO.fullmatch(before.clause.text) is not None


IDLE = re.compile(
    r"^(?:(?:hold on|hang on|wait|one moment|just a (?:sec|second|moment|minute)|ok(?:ay)?|yes|yeah|yep|sure|please|pls|thanks|thank you|bye(?: bye)?|goodbye|see you(?: later| soon| tomorrow)?|oops|(?:i'?m )?(?:so )?sorry(?: about that| for that)?|hmm+|um+|uh+|well|so|hey|hi|hello|now|right|alright|and|but|then|also"
    r"|(?:(?:that'?s|it'?s|this is|looks?|looking|sounds?|so|pretty|very|really) )*(?:great|good|nice|cool|perfect|awesome|amazing|excellent|lovely|beautiful|wonderful|fantastic)"
    r"(?: (?:so far|job|work|stuff|start|one|already|like that))?|(?:i )?(?:really )?love (?:it|this|that)(?: so far)?|one (?:more |last |other )?thing(?: though)?|here'?s the thing|quick (?:one|question)|好的?|(?:算了,?)?(?:不想?|别)再?等(?:它)?了(?:吧)?|嗯+|那个|对|是的?|行|可以|谢谢|啊|哦|嘿|请|那|然后|the rest as is|(?:[a-z]+ )?(?:nothing|no more) (?:else|more)?|(?:keep|leave) (?:the rest|everything else|all else|the others)(?: as (?:it|they) (?:is|are)| alone| untouched| unchanged| the same)?|that'?s (?:it|all)|for now|instead|(?:fix|sort|solve) (?:it|this|that)(?: out)?|(?<=please )fix)(?:[ ,.!:]+|$))+$"
)
