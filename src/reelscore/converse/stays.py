"""What is told to stay as it is, of which nothing is asked: "interview stays muted", "the dog keeps its colours", 采访继续静着.

Beside a wish for the whole that is an exception, and is put so: "everything black and white, the dog stays in colour"
becomes "everything black and white except the dog". Elsewhere it goes from the message. Where nothing else is asked for
it is left: then it may be a wish ("the title stays until the end").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve

_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?:is|are) (?:fine|ok|okay|good|great|perfect)|lea(?:ve|ving)|stay(?:s|ing)?|remain(?:s|ing)?|keeps?|keeping|still|in (?:full |normal )?colou?r)(?![a-z])|不用|算了|免了|保留|挺好|很好|没问题|不错|别的|其[他它余]|[保维]持|继续|依[然旧]|仍|还是|照旧|照样"
    )
)
_JOINT = r"(?:^|[,;.!?\n(-]+|(?<= )(?=(?:and|but|while|though|whereas|with) )) *(?:(?:and|but|while|though|whereas|with|only|just|please|also|so|that|actually) +)*"
_MAY = r"(?:(?:should|must|can|shall|has to|have to|is to|are to|needs? to|may|will|to|just|all|both|still|please|simply) )*"
_KINDS_OF_COLOUR = r"in (?:full |normal |its |their |original )*colou?rs?|colou?red|colou?rful"
_AS_IT_IS = (
    r"as (?:it|they|that) (?:is|are|was|were)|as is|(?:exactly )?the same|unchanged|untouched|alone|put|(?:un)?muted|silent|on mute|off|on|in|there|here|normal|visible|hidden"
    r"|in place|where (?:it|they) (?:is|are)|how (?:it|they) (?:is|are|was|were)|like (?:that|this|it is|they are|before|now|it was)|audible|original|at (?:its |their |the )?(?:current|present|normal|original|same) [a-z]+"
)
_NO_WISH = r"(?!until|till|for |longer|through|while|during|up|at |throughout|whole|all the way|from|to |on screen|as long|in the|on the|under|behind|over|too|not )"
_STAYS = re.compile(
    rf"{_JOINT}(?P<who>[^,.;!?\n()-]{{1,40}}?) (?:"
    rf"{_MAY}(?:stays?|remains?|(?:is |are )?(?:staying|remaining|kept))(?: (?:{_AS_IT_IS}|{_KINDS_OF_COLOUR}|{_NO_WISH}[a-z]+(?: and [a-z]+| looking)?))?"
    rf"|(?:is |are )?still (?:{_AS_IT_IS})"
    r"|(?:is|are|looks?) (?:already |just |perfectly |totally )?(?:fine|ok|okay|good|great|perfect|nice)(?: (?:as (?:it is|they are)|the way (?:it is|they are)|like (?:this|that)|already|now))?"
    rf"|{_MAY}keeps? (?:its|their|his|her|the same|the original) (?:own |normal |current |original |same )*[a-z]+"
    rf"|{_KINDS_OF_COLOUR}"
    rf")(?: (?:please|pls|though|thanks|tho|too|exactly|for now))*(?=\s*(?:$|[,.;!?\n)]| (?:and|but|while|though|whereas|so) ))"
)
_LEFT = re.compile(
    rf"{_JOINT}(?:leave|keep|leaving|keeping) (?P<who>[^,.;!?\n()-]{{1,30}}?) out of (?:it|this|that)(?: (?:please|pls|though|too))*(?=\s*(?:$|[,.;!?\n)]| (?:and|but|while) ))"
)
_SILENT = re.compile(  # "leave the voiceover muted but bring back the interview": where it is silent already
    rf"{_JOINT}(?:leave|keep|leaving|keeping) (?P<who>[^,.;!?\n()-]{{1,30}}?) (?:muted|silent|silenced|on mute|(?:switched |turned )?off)(?: (?:please|pls|though|for now|still))*(?=\s*(?:$|[,.;!?\n)]| (?:and|but|while|though|so) ))"
)
_STAYS_ZH = re.compile(
    r"(?:^|(?<=[,。;!?\n]))[ ]*(?:但是?|不过|而|只有|只|就|把|让|其中|同时|请|也|还有|先)*(?P<who>[^,。;!?\n]{1,14}?)的?(?:声音|音量|画面|颜色|位置)?(?:就|都|也|要|得|可以|请|先|给我)*"
    r"(?:(?:[保维]持|继续|依[然旧]|仍然?|照旧)(?:保持|要|是|为|着|让它)*(?P<state>[^,。;!?\n\d一二两三四五六七八九十百]{1,8})|还是(?:保持)?(?:静音|静着|关着|原样|不变|不动|那样|老样子|彩色|原来的?[^,。;!?\n]{0,4})|照旧|照样|(?:就|都|现在)*(?:这样)?(?:就)?(?:挺好|很好|没问题|不错)(?:的|了)?|(?:也|就)?(?:不用|算了|免了)(?![了]))(?:吧|就行|就好|哈|哦|了)*(?=$|[,。;!?\n])"
)
_WISH_ZH = re.compile(r"[更再多]|一[点些]|[到至]|同步|循环|播放|显示|滚动|对齐|[在于]")
_WHOLE = {
    "clip": r"all|every|each|everything|everywhere|rest|others?|else|whole|entire|both|film|video|clips|photos|shots|pictures|images",
    "text": r"all|every|each|everything|rest|others?|else|both|texts|captions|subtitles|titles|words",
    "sound": r"all|every|each|everything|rest|others?|else|both|sounds|clips|tracks",
}
_WHOLE_ZH = re.compile(r"都|全|所有|整体|每|整个|一律|统统|通通|其他|其它|其余|别的|剩下")
_HEARD = re.compile(r"(?<![a-z])(?:un)?(?:mute|silen|quiet|loud|volume|sound|audio|hear|\d ?db)|静|音|声|响")
_LOOK = re.compile(
    r"(?<![a-z])(?:black and white|b&w|bw|sepia|warm\w*|cool\w*|cold\w*|bright\w*|dark\w*|contrast|vivid|blur\w*|fast\w*|slow\w*|speed|vintage|grain|zoom|faded|saturat\w+|sharp\w*|mono(?:chrome)?)(?![a-z])"
)
_LOOK_ZH = re.compile(
    r"黑白|调[亮暗暖冷]|变[亮暗暖冷]|[亮暗暖冷快慢]一?[点些]|加速|放慢|复古|滤镜|对比度|饱和度|锐化|模糊"
)
_ELSE = re.compile(
    r"(?<![a-z])(?:(?P<all>everything|all|anything|every ?thing) else|(?:all )?(?:of )?(?:the )?(?:rest|others)(?: of (?:the |my |it|them)*(?P<kind>clips|photos|film|video|shots|pictures)?)?|(?:the )?other (?:two|three|four|five|\d)(?: (?:ones|clips|photos|shots|pictures))?|(?:all )?(?:the )?(?:other|remaining) (?P<kinds>[a-z]+s))(?![a-z])"
)
_ASKS = re.compile(r"[a-z\ue000-\ue6ff]{2,} [a-z0-9\ue000-\ue6ff]|[a-z]+ [a-z]{4,}|[\u4e00-\u9fff]{2}")
_DETERMINED = re.compile(
    r"(?:[\s,&的]|(?<![a-z])(?:the|my|our|his|her|that|this|only|just|and|but|of|for|in|on|clip|shot|part|one|photo|itself|s)(?![a-z])|那[段张个首条]?|这[段张个首条]?|和|跟|与|段|镜头)*"
)
_FINE = Sieve(
    re.compile(  # "crossfades are fine, just don't zoom", 叠化保留，不要缩放
        r"^\s*(?:the |my |your )?[a-z -]{3,24} (?:is|are) (?:fine|ok|okay|good|great|perfect)(?: as (?:it is|they are)| like that| now)?(?=, (?:just|but|only) |; ?| but )|^(?:叠化|转场|淡入淡出|滤镜|特效|动画|字体|颜色|节奏|顺序)(?:效果)?(?:都|就|先)?(?:保留|留着|不变|不用改|没问题|挺好|可以)(?:的|了)?(?=[,。])"
    )
)
_REST = re.compile(
    r"(?:(?:all |all of )?(?:the )?(?:rest|others?)(?: (?:ones|clips|photos|shots|parts|texts|captions|sounds))?(?: of (?:it|the [a-z]+|my [a-z]+))?|(?:everything|anything|all|nothing) else)|(?:其他|其它|其余|别的|剩下)的?(?:声音|片段|地方|部分|文字|字幕)?(?:都|全)?"
)
_POINTS = re.compile(r"(?<![a-z])(?:it|them|that|this|those|these)(?![a-z])|它")
_ONLY_THERE = Sieve(
    re.compile(  # 只在片尾出现,别的地方不要
        r"(?P<before>[只仅][^,。;!?]*)[,。;]+(?P<none>(?:其他|其它|别的|其余)的?(?:地方|时候|时间|位置|片段)?(?:都|就|全|也)*(?:不要|不用|别有?|不需要|不显示|不出现)(?:了|有|出现|显示)?)(?=$|[,。;!?])"
    )
)
_PRAISED = re.compile(r"(?<![a-z])(?:fine|ok|okay|good|great|perfect|nice)(?![a-z])|挺好|很好|没问题|不错")
_NTH = re.compile(r"(?:the |only |just |my )*(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th|final)(?: one)?")
_JOINTS = re.compile(r"[,;!?\n。；，！？]|\.(?=\s|$)| but | while | then ")


_KEPT_ALONE_ZH = re.compile(  # 留下hiking和lake，其余不要: these alone stay
    r"(?:^|(?<=[,。;!? ]))(?:保留|留下|留着|留)(?=[^,。;!?\n]{1,24}[, ]*(?:其余|其他|其它|剩下|剩余|别的)的?[^,。;!?\n]{0,4}(?:不要|删|去掉|剪掉|扔|砍))"
)


def exempted(plain: Plain, scene: Scene) -> Plain:
    """The message without what only stays; with it as an exception where the whole is spoken of."""
    text = plain.text
    if _GATE.search(text) is None or not scene.things:
        return plain
    if (fine := _FINE.search(text)) is not None and not mentions(fine[0], scene):
        plain = plain.with_text(blanked(text, *fine.span()))
        text = plain.text
    if (none := _ONLY_THERE.search(text)) is not None:
        plain = plain.with_text(blanked(text, *none.span("none")))
        text = plain.text
    if "留" in text and (kept := _KEPT_ALONE_ZH.search(text)) is not None:
        plain = plain.with_text(
            f"{text[: kept.start()]}{'只留':{len(kept[0])}}{text[kept.end() :]}".replace("只留 ", " 只留")
        )
        text = plain.text
    eastern = re.search(r"[\u4e00-\u9fff]", text) is not None
    for match in _told(text, *((_STAYS_ZH,) if eastern else (_STAYS, _LEFT, _SILENT))):
        before, after = text[: match.start()], text[match.end() :]
        rest = f"{before},{after}"
        if (eastern and match["state"] and _WISH_ZH.search(match["state"])) or not _ASKS.search(rest):
            continue
        if match.re is not _LEFT and _REST.fullmatch(match["who"]):
            return plain.with_text(f"{before}{_left(match)}{after}")
        if not (things := _things(match, text, scene)):
            continue
        if match.re is _SILENT:
            if all(t.track.muted or (t.segment.sound is not None and t.segment.sound.muted) for t in things):
                return plain.with_text(f"{before}{_left(match)}{after}")
            continue
        pointing = _POINTS.search(rest) is not None and not any(
            m.things and m.kind != "pronoun" for m in mentions(rest, scene)
        )
        if pointing and match.re is not _LEFT:
            continue  # "the music is fine but lower it a bit"
        if whole := _whole(rest, match[0], things, scene, eastern):
            at = whole.start() - (1 if whole.start() > len(before) else 0)
            at += match.end() - match.start() if at >= len(before) else 0
            return _as_exception(plain, match, at, eastern)
        if match.re is _LEFT or (_PRAISED.search(match[0]) and not any(m.things for m in mentions(rest, scene))):
            continue  # "the music is fine, a bit slower maybe"
        if not eastern and re.fullmatch(_KINDS_OF_COLOUR, match[0][match.end("who") - match.start() :].strip()):
            continue  # "the dog in colour" alone is a wish
        return plain.with_text(f"{before}{_left(match)}{after}")
    return plain


def _told(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Every stretch that may say so, also within a longer one that does not."""
    for pattern in patterns:
        match = pattern.search(text)
        while match is not None:
            yield match
            match = pattern.search(text, match.start("who") + 1)


def _left(match: re.Match[str]) -> str:
    """Blanks, and the joint where others lean on it."""
    joint = re.match(r"[,;.!?\n。；，]?", match[0])
    lead = joint[0] if joint else ""
    return lead + " " * (len(match[0]) - len(lead))


def _things(match: re.Match[str], text: str, scene: Scene) -> list[Thing]:
    """What is named, where nothing else is said of it: as it is meant in the message, else by its words alone."""
    start, end = match.span("who")
    within = [replace(m, start=m.start - start, end=m.end - start) for m in mentions(text, scene) if start <= m.start and m.end <= end]  # fmt: skip
    who = match["who"]
    if nth := _NTH.fullmatch(who):  # "captions in yellow, only the first one stays white"
        many = [m for m in mentions(text, scene) if m.bare and len(m.things) > 1 and m.end <= start]
        kind = many[-1].kind.replace("_", " ") if many else ""
        found = mentions(f"the {nth['nth']} {kind}", scene) if kind else ()
        if things := [thing for m in found for thing in m.things][:1]:
            return things
    for found in (tuple(within), mentions(who, scene)):
        named = [m for m in found if m.things and m.kind not in ("pronoun", "film", "all", "other")]
        rest = who
        for m in reversed(named):
            rest = rest[: m.start] + " " + rest[m.end :]
        if named and _DETERMINED.fullmatch(rest):
            return [thing for m in named for thing in m.things]
    return []


def _whole(rest: str, stays: str, things: Sequence[Thing], scene: Scene, eastern: bool) -> re.Match[str] | None:
    """Where the whole is spoken of from which this is an exception; None where it is none."""
    role = things[0].role
    kind = "clip" if role in ("clip", "overlay") else "text" if role == "text" else "sound"
    if kind == "sound" and not _HEARD.search(rest):
        return None
    if several := _several(rest, things, scene):
        return several
    if eastern:
        alone = kind == "clip" and not any(m.things or m.every for m in mentions(rest, scene)) and "\ue000" not in rest
        return _WHOLE_ZH.search(rest) or (_LOOK_ZH.search(rest) if alone and not _HEARD.search(stays) else None)
    if found := re.search(rf"(?<![a-z])(?:{_WHOLE[kind]})(?![a-z])", rest):
        return found
    named = any(m.things or m.every for m in mentions(rest, scene)) or "\ue000" in rest
    heard = _HEARD.search(stays) or re.search(r" (?:on|off|in|there)\W*$", stays)
    return None if kind != "clip" or named or heard else _LOOK.search(rest)


def _several(rest: str, things: Sequence[Thing], scene: Scene) -> re.Match[str] | None:
    """Where more of the kind are spoken of than what stays: "the captions bigger", 字幕放大一点."""
    ids = {t.segment.id for t in things}
    for m in mentions(rest, scene):
        if m.bare and m.kind not in ("film", "audio", "own") and ids < {t.segment.id for t in m.things}:
            return re.compile(r".").match(rest, m.start)
    return None


def _as_exception(plain: Plain, match: re.Match[str], at: int, eastern: bool) -> Plain:
    """The message with what stays as an exception beside the whole, which stands at `at`."""
    text = plain.text
    start, end = match.span()
    who = text[match.start("who") : match.end("who")].strip()
    if eastern:
        who = re.sub(r"^(?:但|不过|只有|就|把|让)+|的$", "", who)
    first = max((m.end() for m in _JOINTS.finditer(text, 0, at)), default=0)
    last = min((m.start() for m in _JOINTS.finditer(text, at)), default=len(text))
    if at < start:
        last = min(last, start)
    elif first < end:
        first = end
        while first < len(text) and text[first] in " ,;.。，；-":
            first += 1
    clause = text[first:last]
    places = list(plain.at[first:last])
    if not eastern and (other := _ELSE.search(clause)):
        said = f"all {other['kind'] or other['kinds']}" if other["kind"] or other["kinds"] else "everything"
        clause = clause[: other.start()] + said + clause[other.end() :]
        places[other.start() : other.end()] = [places[other.start()]] * len(said)
    everything = "" if _WHOLE_ZH.search(clause) else "全部"
    put = f"除了{who},{everything}" if eastern else f" except {who} "
    there = plain.at[match.start("who")]
    made = list(zip(put, [there] * len(put), strict=True))
    held = list(zip(clause, places, strict=True))
    held = [*made, *held] if eastern else [*held, *made]
    before = [one for n, one in enumerate(zip(text, plain.at, strict=False)) if n < first and not start <= n < end]
    after = [one for n, one in enumerate(zip(text, plain.at, strict=False)) if n >= last and not start <= n < end]
    letters = [*before, *held, *after]
    return Plain("".join(c for c, _ in letters), plain.original, (*(p for _, p in letters), plain.at[-1]))
