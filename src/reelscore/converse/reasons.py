"""Why something is asked for: "remove the music because my voice is hard to hear", "I only got releases for the beach, so
the city has to go", 因为湖和航拍差不多，所以把航拍删掉; and what for: "quieter so you can hear the voice".

A reason asks for nothing, whatever it names, and becomes blanks. What leans on it ("the lake is too long, so cut it")
needs its words, so then it stays.
"""

from __future__ import annotations

import re

from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.pieces_weighed import ORDER
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve

_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:because|cause|cuz|cos|coz|since|so|otherwise|or else|given|seeing|now that|as|there(?:s|'s| is| are)|hear|understand|make out)(?![a-z])|因为|由于|毕竟|既然|所以|因此|不然|否则|免得|省得|好让|[我们咱]先|这样|授权|版权|肖像|挡|遮|盖|压"
    )
)
_VERB = (
    r"(?:(?:is|are|was|were|has|have|had|can|could|will|would|do|does|did|should)(?:n'?t| not)?|can'?t|won'?t|it'?s|that'?s|there'?s|they'?re|we'?re|i'?m|you'?re|he'?s|she'?s|already|only|just|never"
    r"|looks?|sounds?|feels?|covers?|shows?|says?|comes?|goes|hides?|makes?|drags?|needs?|wants?|starts?|ends?|gets?|got|hates?|loves?|likes?|know|knows|hear|see|said|[a-z]{3,}ed)(?![a-z])"
)
_LEAD = r"(?:^|(?<=[.;!?\n]))\s*(?:(?:and|but|so|also|then|ok|okay|well|oh|hey|hi|now|please|pls)[ ,]+)*"
_END = r"(?=\s*(?:$|[.;!?\n]|,))"
_WHY_BEHIND = re.compile(
    r"[, ]+(?:-+ )?(?:just |mainly |mostly |only )?(?P<sign>because(?! of)|'?cause|cuz|cos|coz|since|so that|so|otherwise|or else|given that|seeing that|seeing as|now that|there(?:'?s| is| are)) (?P<why>[^.;!?\n,]{4,90})"
    + _END
)
_PERCEIVED = re.compile(
    r"(?<![a-z])(?:hear|see|read|understand|notice|focus|recogni[sz]e|heard|seen|visible|audible|clear(?:er|ly)?|easier|shines?|stands? out|works?|fits?|come[s]? (?:sooner|earlier|later|faster|out|through)|(?:doesn'?t|don'?t|won'?t|isn'?t|aren'?t|not) [a-z]+)(?![a-z])"
)
_IN_ORDER_TO = re.compile(  # "see-through, so you can still see the person behind": what for
    r"(?:that )?(?:you|we|i|people|they|everyone|everybody|one|viewers|the viewers?|the audience|my [a-z]+) (?:can|could|will be able to|are able to|(?:is|are|am) able to)(?: still| actually| really| also| clearly| better| easily| all)* (?:hear|see|read|understand|notice|recogni[sz]e|follow|make out|tell|look|watch|enjoy|keep up|take (?:it|them) in)(?![a-z])"
)
_TOLD_WHERE = re.compile(  # "mute it while | there's music" says when
    r"(?<![a-z])(?:where(?:ver)?|when(?:ever)?|while|if|that|until|till|so|as|before|after|unless|once|because|since|but|and)[ ,]*$"
)
_TOO_LOUD = r"(?:is|are|'s|sounds?|gets?|was)(?: [a-z]+){0,2}? (?:too|so|super|crazy) (?:damn )?(?:loud|noisy|strong|much|present|high|dominant)(?: (?:here|there|now))?"
_UNHEARD = r"(?:(?:and|so|that|then|now) )*(?:i|you|we|one|u|people|nobody|no one)(?: really| still)? (?:can'?t|cannot|can not|couldn'?t|can|could)?(?: ?(?:really|even|barely|hardly|still|almost|not))* ?(?:hear|understand|make out) [^,.;!?]{2,40}?"
_DROWNED = re.compile(  # "the music is too loud and I can't hear the voice, lower it": what comes of it
    rf"{_TOO_LOUD}(?P<behind>,? {_UNHEARD}){_END}|(?:^|(?<=[.;!?\n] ))(?P<before>(?:(?:and|but|hey|ok|so)[, ]+)*{_UNHEARD}, (?:because |cause |cos )?)(?=[^,.;!?]{{2,30}} {_TOO_LOUD})"
)
_WHY_FIRST = re.compile(
    _LEAD
    + r"(?P<why>(?:because|cause|since|as|given that|seeing that|seeing as|now that) [^,.;!?\n]{4,90}), *(?:so |then )?(?=\S)"
)
_SO = re.compile(_LEAD + r"(?P<why>[^.;!?\n]{6,110}?),? (?:and )?so (?P<wish>(?!that |far|much|many|long)[^.;!?\n]+)")
_DIRECTS = re.compile(
    r"(?<![a-z])(?:has to|have to|needs? to|must|should|please|pls|let'?s|gotta|can you|could you|want|don'?t need|no longer need|no need|goes|no [a-z]+|out with)(?![a-z])"
)
_POINTS = re.compile(
    r"(?<![a-z])(?:it|its|that|them|this|those|these|they|he|she|him|her|there|then|here|one|both|same)(?![a-z])|它|(?:^|(?<=[,。把将给 ]))[这那][段个张条里]"
)
_WHY_BEHIND_ZH = re.compile(
    r"(?<=\S)[,。; ]*(?:主要是?|只是)?(?:因为|由于|毕竟|不然的?话?|要不然|否则|免得|省得|好让|这样(?:就|才|好|观众|大家|能|会)|这样)[^,。;!?\n]{2,40}(?=$|[,。;!?\n])"
    r"|(?<=[点些小高低边角上下方部开动远])[,。; ]+(?:别|不要|不能|不会|不至于)(?:再|老)?(?:挡|遮|盖|压)[住着到]?(?!着?的)[^,。;!?\n]{1,10}(?=$|[。;!?\n])"
)
_WHY_FIRST_ZH = re.compile(
    r"(?:^|(?<=[,。;!?\n]))(?:因为|由于|既然|鉴于|考虑到)(?P<why>[^,。;!?\n]{2,40}),(?:所以|因此|就|那就|那)?(?=\S)"
)
_SO_ZH = re.compile(r"(?:^|(?<=[。;!?\n]))(?P<why>[^。;!?\n]{4,60}?)[, ]*(?:所以|因此)(?P<wish>[^。;!?\n]{2,})")
_RIGHTS_ZH = re.compile(r"(?:^|(?<=[,。;!?\n]))(?P<why>[^,。;!?\n]*(?:授权|版权|肖像权|许可)[^,。;!?\n]*),(?=\S)")
_MEANWHILE_ZH = re.compile(  # 音乐还没好的话我先弄画面，…: what somebody does until then
    r"(?:^|(?<=[,。;!?\n]))[^,。;!?\n]{0,16}(?<![给帮让])(?:我们?|咱们?)(?:就|只好|那就)?先(?:来|去|把)?(?:弄|做|搞|整理|处理|看看?|剪剪?|改改?|忙)(?:一下|着)?(?:画面|视频|片子|剪辑|别的|其[他它]|后面|这边|文字|字幕)的?(?:吧|好了|了|啦|部分)*[,。](?=\S)"
)
_ORDER_ZH = re.compile(
    r"^(?:请|帮我|麻烦|给我)?(?:把|将|给|加|删|去|剪|静音|导出|换|调|放|移|做|生成|来)|(?:删[掉了除]|去掉|静音|剪[掉短]|加[速上个]|放慢|调[大小高低亮暗]|[大小快慢亮暗]一?[点些]|移[到除]|换成|改成|导出|倒放|关掉|打开|黑白)"
)


def without_reasons(plain: Plain, scene: Scene) -> Plain:
    """The message with the reasons in blanks, where they name something that the wish does not need from there."""
    text = plain.text
    if scene.empty or _GATE.search(text) is None:
        return plain
    if re.search(r"[\u4e00-\u9fff]", text):
        text = _zh(text, scene)
    else:
        for drowned in _DROWNED.finditer(text):
            text = blanked(text, *drowned.span("behind" if drowned["behind"] else "before"))
        text = _first(text, _WHY_FIRST, scene)
        text = _because(text, scene)
        text = _so(text, scene)
        if (match := _SO.search(text)) and (thing := _subject(match, scene)):
            plain = plain.with_text(blanked(text, match.start("why"), match.start("wish")))
            it = re.compile(r"(?<![a-z])(?:it|them)(?![a-z])").search(plain.text, match.start("wish"))
            return plain.instead(*it.span(), thing) if it else plain
    return plain.with_text(text) if text != plain.text else plain


def _subject(match: re.Match[str], scene: Scene) -> str:
    """What "it" is in "the logo covers the title, so move it down": what the reason begins with, where it names more."""
    why, wish = match["why"], match["wish"]
    named = [m for m in mentions(why, scene) if m.things and m.kind not in ("pronoun", "film")]
    begins = len(named) > 1 and named[0].start <= 4 and not named[0].every
    if not begins or _orders(why) or "\ue000" in why or not _orders(wish) or _names(wish, scene):
        return ""
    return why[named[0].start : named[0].end]


def _names(text: str, scene: Scene) -> bool:
    return any((m.things or m.kind == "name") and m.kind not in ("pronoun", "film") for m in mentions(text, scene))


def _first(text: str, pattern: re.Pattern[str], scene: Scene) -> str:
    """ "because the title covers the lake, put the title at the bottom"."""
    for match in pattern.finditer(text):
        wish = text[match.end() :]
        if _names(match["why"], scene) and not _POINTS.search(wish) and _names(wish, scene):
            text = blanked(text, match.start("why"), match.end())
    return text


def _because(text: str, scene: Scene) -> str:
    """ "mute the intro because the wind was strong when we were hiking", "quieter so you can hear the voice"."""
    for match in _WHY_BEHIND.finditer(text):
        sentence = re.split(r"[.;!?\n]", text[: match.start()])[-1]
        why = match["why"]
        if match["sign"] in ("so", "so that") and not _PERCEIVED.search(why):
            continue  # "shift the voice so it ends with the lake" says how
        if match["sign"] in ("so", "so that") and _IN_ORDER_TO.match(why) and not _orders(why) and "\ue000" not in why:
            text = blanked(text, match.start(), match.end()) if re.search(r"[a-z]{3}", sentence) else text
            continue
        stated = match["sign"].startswith("there")  # "crop the bottom 15 percent, there's a watermark"
        if stated and _TOLD_WHERE.search(sentence):
            continue
        if not (_names(why, scene) or (stated and mentions(why, scene))) or not (
            stated or match["sign"] in ("because", "cause", "'cause") or re.search(_VERB, why)
        ):
            continue
        if not _orders(sentence) or _orders(why) or _DIRECTS.search(why) or "\ue000" in why:
            continue
        text = blanked(text, match.start(), match.end())
    return text


def _so(text: str, scene: Scene) -> str:
    """ "I only got releases for the beach and the interview so the city has to go"."""
    for match in _SO.finditer(text):
        why, wish = match["why"], match["wish"]
        if _orders(why) or "\ue000" in why or not re.search(_VERB, why) or not _names(why, scene):
            continue
        if _POINTS.search(wish) or not _names(wish, scene) or not (_orders(wish) or _DIRECTS.search(wish)):
            continue
        text = blanked(text, match.start("why"), match.start("wish"))
    return text


def _orders(text: str) -> bool:
    """Does it begin with an order?"""
    text = re.sub(r"^(?:[ ,]|(?:and|but|so|please|pls|can you|could you|just|then|now|also|ok)(?![a-z]))+", "", text)
    return ORDER.match(text) is not None or re.match(r"(?:warm|cool|sharpen|crossfade|use|keep|leave|lose|kill|ditch|louder|quieter|faster|slower|no|[a-z]+ (?:louder|quieter|faster|slower|off|out|down|up)|quiet|tone|ease|dip|thin)(?![a-z])", text) is not None  # fmt: skip


def _zh(text: str, scene: Scene) -> str:
    for match in _WHY_BEHIND_ZH.finditer(text):
        if _names(match[0], scene) and _ORDER_ZH.search(text[: match.start()]):
            text = blanked(text, *match.span())
    text = _first(text, _WHY_FIRST_ZH, scene)
    text = _MEANWHILE_ZH.sub(lambda m: " " * len(m[0]), text)
    for pattern in (_SO_ZH, _RIGHTS_ZH):
        for match in pattern.finditer(text):
            wish = text[match.end("why") :]
            if _ORDER_ZH.search(match["why"]) or not _names(match["why"], scene):
                continue
            if not _POINTS.search(wish) and _names(wish, scene):
                text = blanked(text, match.start("why"), match.start("wish") if pattern is _SO_ZH else match.end())
    return text
