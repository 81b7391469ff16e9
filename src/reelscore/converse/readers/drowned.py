"""Somebody cannot be heard: "still can't hear him", "you can't make out what she says", 盖过人声了.

Where there is music it is what is too loud; where there is none, whoever speaks is too quiet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_WHOM = (
    r"(?:him|her|them|us|anyone|anybody|what (?:he|she|they|i|we|anyone|everyone|people)(?:'s|'re|'m| is| are| am)? (?:say|talk|speak)[a-z]*(?: about)?"
    r"|(?:a|one|any|the) (?:single )?words?(?: (?:he|she|they|i)(?:'s|'re| is| are)? say[a-z]*)?|(?:him|her|them|people|me|anyone) (?:talk|speak|say anything)(?:ing)?)"
)
_EN = Sieve(
    re.compile(
        r"(?:(?:but|and|so|hm+|ok|now|no|well|sorry|i|you|we|one|still|really|barely|hardly|even|just|almost|can|properly)[, ]+)*"
        rf"(?:(?:can'?t|cannot|can not|couldn'?t|could not) (?:really |still |even |properly )*|(?:barely|hardly) )(?:hear|understand|make out) {_WHOM}"
        r"(?: (?:over|because of|through|with|under|for) (?:the |this |that |all that )?(?:music|song|track|bgm|noise|loud music))?(?: (?:at all|properly|now|well|anymore|any more|clearly|still|yet|much|talk(?:ing)?|speak(?:ing)?))*[.! ]*"
    )
)
_OVER = Sieve(
    re.compile(  # "can't hear the voice over the music": the music is what is told to be too loud
        r"(?:(?:but|and|so|i|you|we|u|nobody|no one|people|still|really|barely|hardly|can)[, ]+)*(?:(?:can'?t|cannot|couldn'?t) (?:really )?)?(?:hear|understand|make out) (?:the |my |his |her )?(?:me|myself|voice(?:[ -]?over)?|speaker|speech|narrat(?:or|ion)|dialog(?:ue)?|talking|words?|guy|man|woman) (?:over|because of|through|with) (?:the |this |that |all that )?(?:loud )?(?:music|song|track|bgm)[.! ]*"
        r"|(?:(?:but|and|so|hm+|ok|well|now)[, ]+)*(?:the |my |his |her |all the )?(?:voice(?:[ -]?over)?|speaker|speech|narrat(?:or|ion)|dialog(?:ue)?|talking|words?|guy|man|woman) (?:(?:just|really|kinda|totally|completely|almost|always) )*(?:drowns?|sinks?|goes under|gets? (?:lost|drowned|buried)|disappears?|vanishes) (?:in|under|behind|beneath|below) (?:the |this |that |all (?:the|that) )?(?:loud )?(?:music|song|track|bgm)[.! ]*"
    )
)
FAINT = Sieve(
    re.compile(  # "the pitch is barely audible over the music"
        r"(?:(?:but|and|so|hm+|ok|now|well|sorry|i think|i feel like)[, ]+)*(?P<who>[^,.;!?]{2,40}?) (?:is|are|'s|sounds?|seems?|gets?|keeps? getting) (?:(?:a bit|a little|really|so|still|kinda|pretty|almost|completely|totally|way too) )*"
        r"(?:(?:barely|hardly|scarcely|not(?: really)?) (?:audible|there|heard)|inaudible|hard to (?:hear|make out|understand)|(?:lost|buried|drowned(?: out)?|swallowed|covered(?: up)?|masked))"
        r"(?: (?:over|under|underneath|by|in|behind|because of|with) (?:all )?(?:the |this |that )?(?:loud )?(?:music|song|track|bgm|background music))?[.! ]*"
    )
)
_ZH = re.compile(
    r"(?:还是|现在|但是?|可是?|背景|,|啊|哎|有点|都|完全|快|被)*(?:(?:声音|音乐|歌曲?|bgm|配乐|音量)(?:还是|有点|都|快|太大)*)(?:把)?(?:人声|说话|旁白|我|他|她|他们|大家)?(?:的?声音|说话)?(?:盖|压|遮)(?:过|住|掉|了)+(?:人声|说话|旁白|我|他|她|他们|大家)?(?:的?声音|说话声?)?(?:了|啦|啊|。|!)*"
)


_LOST_ZH = re.compile(  # 猫叫声听不见了, 听不清他说什么: what is no music
    r"(?:但是?|可是?|还是|现在|又|都|,)*(?!音乐|配乐|背景|bgm|歌|曲|鼓|吉他|钢琴)(?:[\u4e00-\u9fff]{1,6}?(?:的声音|叫声|笑声|哭声|掌声|水声|海浪声|说话声?|讲话声?|人声)(?:都|还是|又|也|完全|根本|快|有点)*听不(?:清楚?|见|到)|听不(?:清楚?|见|到)[\u4e00-\u9fff]{0,5}?(?:在?说什么|说话|讲话|讲什么|叫声|笑声))(?:了|啦|啊)*[。!]*"
)


def read(c: Clause) -> Iterator[Reading]:
    """The music quieter, or the voice louder."""
    text = c.text.strip()
    faint = FAINT.fullmatch(text) if not c.quotes and not c.quantities else None
    spoken = [m for m in c.mentions if m.things and m.kind in ("name", "voice", "clip", "own", "sound")]
    if faint and len(spoken) == 1 and c.text.index(faint["who"]) <= spoken[0].start and len(spoken[0].things) == 1:
        thing = spoken[0].things[0]
        if c.scene.sounds(thing) and thing.role != "music":
            yield step("volume", 0.98, which=spoken[0].said, step="louder")
            return
    if (
        c.quotes
        or c.quantities
        or not (
            _EN.fullmatch(text)
            or _OVER.fullmatch(text)
            or (("盖" in text or "压" in text) and _ZH.fullmatch(text))
            or ("听不" in text and _LOST_ZH.fullmatch(text) and "大" not in c.plain.text[c.span[1] :])
        )
    ):
        return
    if c.scene.music:
        yield step("volume", 0.98, which="music", step="quieter")
    elif c.scene.of("voice"):
        yield step("volume", 0.98, which="voice", step="louder")
    elif c.scene.clips:
        yield step("volume", 0.98, which="all clips", step="louder")
