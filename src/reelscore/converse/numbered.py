"""Things by kind and number: "clip 2", "the last photo", 第二个片段, "all clips", "the music"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.numbers import value_of
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve, known_texts
from reelscore.converse.tables import table

_HAN_NUMBER = r"\d{1,4}|[一二三四五六七八九十两]{1,3}"

_MEASURE = r"(?:个|张|段|截|条|首|句|只|幅)"


@cache
def ordinals() -> dict[str, int]:
    return {word: int(value) for value, words in table("places_in_order")["ordinal"].items() for word in words}


def alternatives(words: list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[str, Sieve], ...]:
    words = list(kind_of_word())
    latin = alternatives([w for w in words if w < "\u0250"])
    eastern = alternatives([w for w in words if w >= "\u0250"]).replace("|人名|", "|人名(?!字)|")  # 主持人|名字
    kind = rf"(?:(?<![a-zà-ÿ])(?P<latin>{latin})(?:e?s)?(?:'s?)?(?![a-zà-ÿ])|(?P<east>{eastern}))"
    order = alternatives(list(ordinals()))
    every = alternatives(table("places_in_order")["all"]["words"])
    article = r"(?:(?:the|my|this|that|these|those|your|our|its|la|el|los|las|le|les|die|der|das|den|o|os) )?"
    forms = (
        ("every", re.compile(rf"(?<![a-zà-ÿ])(?:{every}) (?:the |of the |my )?(?:\d+ |two |three |four )?{kind}")),
        ("every", re.compile(rf"(?:所有|全部|每一?|各(?={_MEASURE}))(?:的)?{_MEASURE}?(?:的)?{kind}")),
        (
            "every",
            re.compile(
                r"(?P<latin>)(?P<east>)(?:每一?|各)[个张段条](?=都|全|[加做配调放静只各截留剪裁去砍减前后缩延取保停持]|最[后多]|开头|结尾|时长|,|$)(?P<each>)"
            ),
        ),
        (
            "every",
            re.compile(
                r"(?P<latin>)(?P<east>)(?P<each>^(?:make |have |let |and |then |please |i want |keep |show )*(?:each|every) one(?! of)(?![a-z]))"
            ),
        ),
        (
            "every",
            re.compile(
                r"(?P<latin>)(?P<east>)(?<![a-z])(?:all of (?:them|it|this)|everything|them all|the (?:whole )?lot)(?![a-z])|(?P<all>全都|全部|所有的?)(?![一-鿿]{0,3}(?:转场|标记|滤镜))"
            ),
        ),
        ("nth", re.compile(rf"(?<![a-zà-ÿ0-9]){article}(?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th)) {kind}")),
        (
            "nth",
            re.compile(
                rf"(?<![a-zà-ÿ0-9]){article}(?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th)) (?:one|ones)(?![a-z])(?! and a (?:half|quarter)(?![a-z])| (?:full |whole )?(?:seconds?|secs?|minutes?|frames?|beats?|bars?)(?![a-z]))(?P<latin>)(?P<east>)"
            ),
        ),
        (
            "nth",
            re.compile(
                rf"(?P<back>倒数)?第 ?(?P<order>{_HAN_NUMBER})(?![\d一二三四五六七八九十]) ?{_MEASURE}?(?!秒|小?节|拍|帧|分|到|章|部|步|行(?!字))(?:{kind})?(?P<one>)"
            ),
        ),
        (  # "both ends of the second"
            "nth",
            re.compile(
                rf"(?<=(?<![a-z])of )the (?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th))(?P<latin>)(?P<east>)(?=[ .!]*$)"
            ),
        ),
        ("nth", re.compile(rf"(?P<order>{_HAN_NUMBER})号 ?(?=片段|镜头|视频|素材|照片|图片){kind}")),
        ("nth", re.compile(rf"(?P<order>最后|末尾|最前|(?<!片)头)(?:的)?(?:一|1)?{_MEASURE}?(?:的)?{kind}")),
        ("nth", re.compile(rf"(?P<order>[前后])(?:面的?[那这]?一?|[那这]一?|一){_MEASURE}(?:的)?{kind}")),  # of two
        ("nth", re.compile(r"(?P<order>最后)(?:一|[那这]一?)(?:个|张|段|条|句)(?P<latin>)(?P<east>)(?!秒|半)")),
        ("nth", re.compile(r"(?P<order>最前|开头)(?:面)?[那这]一?(?:张|段)(?P<latin>)(?P<east>)(?!秒|半)")),
        (
            "nth",
            re.compile(
                rf"{kind} ?(?:number |no\.? ?|nr\.? ?|#|第)?(?P<order>\d{{1,3}}|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])(?! (?:times|more|seconds?|secs?|minutes?|frames?|percent|bars?|beats?|decibels|degrees|and a half|point|of)(?![a-z])))(?![\d%]|[.:]\d|\d*(?:x|s|%|st|nd|rd|th| times(?! \d)| ?sec| ?db| ?秒| ?%| ?分| ?帧| ?bpm| ?倍| ?percent| ?frames| ?fps| ?ms| ?次| ?拍))"
            ),
        ),
        (
            "nth",
            re.compile(
                r"(?P<east>片段|镜头|视频|照片|图片|字幕)(?P<latin>)(?P<order>[一二三四五六七八九十])(?!点|起|样|下|直|些|个|段|半|秒|倍|人|[张条句首周边角处方面])"
            ),
        ),
        ("kind", re.compile(rf"(?:this |that |the |my |这个|那个|这段|那段|这首|这张|这条|那首)?{kind}")),
    )
    return tuple((form, Sieve(pattern)) for form, pattern in forms)


@cache
def _order() -> dict[Sieve, int]:
    """The place of each form in the order they are tried."""
    return {sieve: at for at, (_, sieve) in enumerate(_patterns())}


def kinds(text: str, scene: Scene) -> Iterator[Mention]:
    forms, order = _patterns(), _order()  # made before it is asked which of them may match
    known = known_texts.get(text)
    for at in sorted(map(order.__getitem__, order if known is None else order.keys() & known)):
        form, pattern = forms[at]
        for match in pattern.finditer(text):
            held = match.groupdict()
            kind = kind_of_word().get(held.get("latin") or held.get("east") or "", "")
            if form == "every":
                if not kind and "each" in held:
                    yield Mention(*match.span(), "clip", "all clips", every=True, things=scene.of("clip"))
                elif not kind:
                    yield Mention(*match.span(), "all", "all", every=True, things=scene.things)
                elif kind in ("film", "clip"):
                    yield Mention(*match.span(), "clip", "all clips", every=True, things=scene.of("clip"))
                else:
                    plural = f"all {table('kinds')[kind]['as']}s" if kind != "music" else "all music"
                    yield Mention(*match.span(), kind, plural, every=True, things=scene.of(kind))
            elif form == "nth":
                if patterns.just_before(_COUNTED, text, match.start("order")) or (
                    kind == "film" and not (held.get("order") or "x")[:1].isalpha() and _beyond_count(held, scene)
                ):
                    continue
                if held.get("order") in ("前", "后") and len(scene.of(kind)) != 2:
                    continue
                part = match[0].find("段")
                of_it = kind in ("own", "audio", "filter", "transition", "marker")
                of_it |= kind in ("voice", "music") and len(scene.of(kind)) < 2  # 第三段人声, 第一段的音乐
                if part >= 0 and of_it and (nth := nth_said(held)):
                    clip = numbered(match, "clip", nth, scene)
                    if clip:
                        yield replace(clip, end=match.start() + part + 1)
                        continue
                if not kind and match[0][-1] == "条" and _FILMED.match(text, match.end()):
                    kind = "clip"  # 第一条和第三条的原声
                if not kind and match[0][-1] in "条句" and len(scene.of("subtitle")) > (match[0][-1] == "条"):
                    kind = "subtitle"  # 第一条字幕黄色,第二条白色
                if kind in ("", "audio") and "首" in match[0] and scene.of("music"):
                    kind = "music"
                kind = kind or _kind_of_last(scene)
                if (nth := nth_said(held)) is not None and (made := numbered(match, kind, nth, scene)):
                    yield made
            elif kind in ("clip", "image", "film") and text[: match.start()].endswith(("其他", "其它", "其余", "剩下")):
                continue
            elif kind == "film" and patterns.just_before(_INTO, text, match.start()) and _SIDE.match(text, match.end()):
                continue  # 放到画面下面: a place on it
            elif match[0].endswith(" one") and not scene.of(kind):
                continue  # "the little one" where nothing is small
            elif match[0].endswith("名字") and not _on_a_tag(text, match, scene):
                continue
            elif not (
                match[0] == "字"
                and (text[match.end() : match.end() + 1] in tuple("号体数色重") or text[: match.start()].endswith("名"))
            ):
                word, each = table("kinds")[kind]["as"], patterns.match(_ONE_BY_ONE, text[match.end() :])
                if each and kind in ("clip", "image", "title", "subtitle"):
                    end = match.end() + each.end()
                    yield Mention(match.start(), end, kind, f"all {word}s", every=True, things=scene.of(kind))
                else:
                    yield Mention(*match.span(), kind, word, things=scene.of(kind))


def _on_a_tag(text: str, match: re.Match[str], scene: Scene) -> bool:
    """名字大一点, 主持人名字改成…: is it the name on a tag, and not what something is called or shall be?"""
    if patterns.search(_CALLED, text[: match.start()]):
        return False
    told = patterns.match(_NAME_SEEN, text[match.end() :])
    return told is not None and (not told["anew"] or bool(scene.of("lower_third")))


_FILMED = re.compile(
    r"(?:[和跟与、,及]+第?[一二三四五六七八九十\d]{1,3}条)*的?(?:原声|原音|现场声|视频|画面|片段|镜头|素材)"
)
_ONE_BY_ONE = r",?(?:一[张段个条]一?[张段个条]|[逐挨][张段个条])地?"  # 照片一张一张放大
_CALLED = r"(?:影片|片子?|视频|项目|工程|作品|成片|文件|歌曲?|曲子?|轨道?|片段|镜头|素材|标记|版本|标题|字幕|[段张首]|[加打写补]上?个?|[用按叫取起换改])的?$"
_NAME_SEEN = (
    r"(?:那[条行个]|条)?的?(?:字体?|颜色|字号|背景|底框)?(?:再|要|也|都|能不能|可以|稍微|太|有点|请|帮我|给我|就|用|弄|调|做|多|往|得)*"
    r"(?:(?P<anew>改[成为]|换成)|[大小粗高低早晚]|放[大小到在]|[移挪]|[显出停消]|居中|去[掉了]|删|不要|[白黑红黄蓝绿金粉紫灰橙]|看不)"
)
_INTO = re.compile(r"[到在]$")
_SIDE = re.compile(r"的?(?:最|正)?(?:[上下左右中顶底]|居中)(?:[面方边部侧央间角])?(?!的?\d)")


def _kind_of_last(scene: Scene) -> str:
    """What "the first one" is one of: of texts where the last edit was of one of several, else of clips."""
    last = scene.find(scene.touched[0]) if scene.touched else None
    kinds = ("title", "subtitle", "lower_third") if last is not None and last.role == "text" else ()
    return next((kind for kind in kinds if last in scene.of(kind) and len(scene.of(kind)) > 1), "clip")


_COUNTED = re.compile(
    r"(?:\d|(?<![a-z])(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|ninety|half))[ -]$"
)


def _beyond_count(held: dict[str, str | None], scene: Scene) -> bool:
    """ "video 180": more than there are clips is no clip's number."""
    nth = nth_said(held)
    return nth is not None and abs(nth) > scene.clips


def nth_said(held: dict[str, str | None]) -> int | None:
    words = (held.get("order") or "").strip()
    if words in ordinals():
        return ordinals()[words]
    if words in ("最后", "末尾", "后"):
        return -1
    if words in ("最前", "头", "开头", "前"):
        return 1
    value = value_of(patterns.sub(r"(?:st|nd|rd|th)$", "", words))
    if value is None or value.denominator != 1:
        return None
    return -int(value) if held.get("back") else int(value)


def numbered(match: re.Match[str], kind: str, nth: int, scene: Scene) -> Mention | None:
    kind = "clip" if kind in ("film", "audio", "own") else kind
    among = scene.of(kind)
    if kind not in ("clip", "image", "title", "subtitle", "lower_third") and abs(nth) > max(1, len(among)):
        return None
    if nth == 0:
        if len(among) % 2 == 0:
            return None
        nth = len(among) // 2 + 1
    word = table("kinds")[kind]["as"]
    said = {1: f"{word} 1", -1: f"last {word}", -2: f"second to last {word}"}.get(nth) or (
        f"{word} {nth}" if nth > 0 else f"倒数第{-nth}个"
    )
    things = (among[nth - 1 if nth > 0 else nth],) if abs(nth) <= len(among) else ()
    return Mention(*match.span(), kind, said, nth, things=things)
