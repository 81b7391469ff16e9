"""Things that are pointed at: "it", "them", "the others", "what you just made", "the guy talking"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.counted import kind_words
from reelscore.converse.mention import Mention, kind_of_word, pointed
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_PRONOUN = re.compile(
    r"(?<![a-z'])(?P<several>both(?: of (?:them|these|those|the two))?(?! (?:sides|ends|edges|channels|speakers|in and|louder|quieter))|(?:the )?two of them|them both|(?:these|those) two)(?![a-z'])|(?<![a-z'])(?:it|that|this|them|these|those|that one|this one|lo|ça|es|isso)(?![a-z'])|(?<![a-z'])its(?= (?!(?:too|an?|the|so|not|very|just|really|ok|okay|fine|good|great|still|way|all|been|getting|now|already|kind|only|no|much|more|boring|bad|hard|like|about)(?![a-z]))[a-z])|它们?|(?:这|那)(?:两|三|俩|几)(?:个|段|张|条)|(?<![第前后头间\d外])(?:[两三四](?:个|段|张|条|者)|俩)(?=都|全)|这个|那个|这里|这段|那段|这一[段个张条]|那一[段个张条]|这条|那条|刚才(?:的|那个|那段)?|刚刚(?:的|那个)?|これ|それ|그것|이거"
)


def talkers(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the guy talking", "the woman who speaks": the voice; "my voice" where only the film itself speaks: its own sound."""
    if not scene.of("voice") and ("voice" in text or "speech" in text or "talk" in text or "dialog" in text):
        for match in _OWN_VOICE.finditer(text) if any(map(scene.sounds, scene.of("clip"))) else ():
            yield Mention(*match.span(), "own", "all clips")
    for match in _TALKER.finditer(text) if "talk" in text or "speak" in text else ():
        yield Mention(*match.span(), "voice", "voice", things=scene.of("voice"))
    for match in patterns.finditer(
        r"(?<!其)[他她](?:们)?(?:(?:说话|讲话)?的(?:声音|音量|话)|(?:说|讲)的话|说话声)", text
    ):
        voices = scene.of("voice")
        yield Mention(*match.span(), "voice" if voices else "own", "voice" if voices else "all clips", things=voices)


_LAID_OVER = Sieve(
    re.compile(  # 右上角那个小的, 上面那层, 小的那个画面
        r"[左右上下]{0,2}(?:角(?:落|上)?|边)(?:上|里)?(?:的?那一?个|的)(?:小的|小?(?:东西|玩意儿?|标志|图标|图片?|标(?![题记语签])))|[左右上下]{0,2}角上?(?:的?那一?个|的)小?(?:画面|视频|窗口?)"
        r"|[左右][边侧](?:的?那一?个|的)小(?:画面|视频|窗口?)|小的?那个(?:画面|视频|窗口?)?|上面那一?层|[叠盖](?:在)?上[去面]的(?:那一?[个段层])?小?(?:视频|画面|图片?)?|上面[叠盖]着?的(?:那一?[个段层])?小?(?:视频|画面|图片?)?|小视频"
    )
)


def laid_over(text: str, scene: Scene) -> Iterator[Mention]:
    """The one picture that lies over the film, by where it lies and that it is small."""
    over = scene.of("overlay") if not text.isascii() else ()
    for match in _LAID_OVER.finditer(text) if len(over) == 1 else ():
        yield Mention(*match.span(), "overlay", "overlay", things=over)


def pronouns(text: str, scene: Scene) -> Iterator[Mention]:
    for match in patterns.finditer(
        r"(?<![a-z])(?:the )?(?:others|other (?:one|clips?|photos?|images?|titles?|videos?|songs?|shots?|ones)|rest of (?:the (?:clips|photos|shots)|them)|remaining (?:clips|photos|ones|shots))(?![a-z])|另外?(?:一|那)?(?:个|张|段|条|首)(?:片段|照片|标题|字幕)?|(?:其他|其它|其余|剩下)(?=片段|照片|镜头|视频|都|全|[快慢]到|加速|放慢|各|调[亮暗大小]|静音|剪[成到])(?:片段|照片|镜头|视频)?|(?:其他|其它|其余|剩下|别|另外)(?:的(?!时候|地方|声|音|歌|曲|颜|字体|方)|[几两三二四](?:个|段|张|条))(?:片段|照片|镜头|视频)?(?!不动|别动|不变)",
        text,
    ):
        yield Mention(*match.span(), "other", "other")
    for match in _PRONOUN.finditer(text):
        yield Mention(
            *match.span(),
            "pronoun",
            match[0],
            every=match["several"] is not None or match[0] in _MANY or _COUNTED_ZH.search(match[0]) is not None,
        )


@cache
def _made_forms() -> re.Pattern[str]:
    kind = rf"(?P<K>{kind_words()}|thing|stuff|sound|music|song|effect|track|voice)"
    by = r"(?: that| which)? (?:i|you|we)(?:'ve| have)?(?: just)? (?:added|made|put in|put there|put on|inserted|created|wrote|placed|generated)(?: last| just now| in)?"
    return compiled(
        rf"(?<![a-z])(?:(?:what|whatever)(?: i| you| we)(?:'ve| have)?(?: just)? (?:added|put in|put there|inserted|made)"
        rf"|(?:the|that|this) (?:last |latest |newest )?{kind.replace('<K>', '<one>')}{by}"
        rf"|(?:the|that|this) (?:new|newest|latest|just[- ]added|newly added) {kind.replace('<K>', '<new>')}(?! (?:with|called|saying|that says)))(?![a-z])"
    )


def just_made(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the last thing I added", "what you just put in", "the new title": what the message before was about."""
    if not scene.touched or not any(
        word in text for word in (" add", "new", "made", "put", "insert", "latest", "creat")
    ):
        return
    thing = scene.find(scene.touched[0])
    for match in _made_forms().finditer(text) if thing else ():
        kind = (match["one"] or match["new"] or "thing").rstrip("s")
        known = kind_of_word().get(kind, kind)
        if thing and (
            known not in table("kinds") or known in ("film",) or thing in scene.of(known) or known == "audio"
        ):
            yield pointed(*match.span(), thing, scene)


_COUNTED_ZH = re.compile(r"[两三四俩几]")

_MANY = ("them", "these", "those", "它们")

_OWN_VOICE = re.compile(
    r"(?<![a-z])(?:my|his|her|their|our|the (?:host|guest|speaker|presenter|guy|woman|man|interviewee)'s) (?:own )?(?:voices?|speech|dialog(?:ue)?|talking)(?! ?-?(?:over|track|memo|part|note))(?![a-z])"
)
_TALKER = re.compile(
    r"(?<![a-z])(?:the |that |this )?(?:(?:guy|man|woman|person|lady|girl|boy|dude|kid|host|presenter|speaker|narrator|people|voice)"
    r" (?:that'?s |that is |who'?s |who is |is )?(?:talking|speaking|narrating|who (?:talks|speaks)|that (?:talks|speaks))"
    r"|(?:the|her|his|my|all the|all that) (?:talking|talk|speaking)(?! (?:guy|man|woman|person|lady|part|voice|head|about|to|again))"
    r"|(?:talking|speaking) (?:guy|man|woman|person|lady|part|voice|head))(?![a-z])"
)
