"""What of the timeline a message speaks of: "clip 2", "the last photo", 第二个片段, "the music", a file's name, "it".

A mention says how it is passed on to the edit stage (`said`), in words that stage reads. Longer mentions win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reelscore.converse.numbers import value_of
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.words import table


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] names something. `kind` of words/kinds.toml, "name" (a segment's or file's), "pronoun", "other"."""

    start: int
    end: int
    kind: str
    said: str
    nth: int | None = None  # 1 is the first, -1 the last
    every: bool = False
    things: tuple[Thing, ...] = ()

    @property
    def bare(self) -> bool:
        """A kind alone, with nothing that picks one."""
        return self.nth is None and not self.every and self.kind not in ("name", "pronoun", "other")


_HAN_NUMBER = r"\d{1,4}|[一二三四五六七八九十两]{1,3}"
_MEASURE = r"(?:个|张|段|条|首|句|只|幅)"


@cache
def _kind_of() -> dict[str, str]:
    return {word: kind for kind, row in table("kinds").items() for word in row["words"]}


@cache
def _ordinals() -> dict[str, int]:
    return {word: int(value) for value, words in table("places_in_order")["ordinal"].items() for word in words}


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = list(_kind_of())
    latin = _alternatives([w for w in words if w < "\u0250"])
    eastern = _alternatives([w for w in words if w >= "\u0250"])
    kind = rf"(?:(?<![a-zà-ÿ])(?P<latin>{latin})(?:e?s)?(?:'s?)?(?![a-zà-ÿ])|(?P<east>{eastern}))"
    kind2 = kind.replace("latin", "latin2").replace("east", "east2")
    order = _alternatives([w for w in _ordinals()])
    every = _alternatives(table("places_in_order")["all"]["words"])
    article = r"(?:(?:the|my|this|that|these|those|your|our|its|la|el|los|las|le|les|die|der|das|den|o|os) )?"
    named = r"(?:[a-z]{3,12} )?"  # "the second video clip", "the last beach photo"
    return (
        ("every", re.compile(rf"(?<![a-zà-ÿ])(?:{every}) (?:the |of the |my )?(?:\d+ |two |three |four )?{kind}")),
        ("every", re.compile(rf"(?:所有|全部|每一?)(?:的)?{_MEASURE}?(?:的)?{kind}")),
        (
            "every",
            re.compile(
                r"(?P<latin>)(?P<east>)(?<![a-z])(?:all of them|everything|them all|both of them)(?![a-z])|(?P<all>全都|全部|所有的?)(?![一-鿿]{0,3}(?:转场|标记|滤镜))"
            ),
        ),
        ("nth", re.compile(rf"(?<![a-zà-ÿ0-9]){article}(?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th)) {kind}")),
        (
            "nth",
            re.compile(
                rf"(?<![a-zà-ÿ0-9]){article}(?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th)) (?:one|ones)(?![a-z])(?P<latin>)(?P<east>)"
            ),
        ),
        (
            "nth",
            re.compile(
                rf"(?P<back>倒数)?第 ?(?P<order>{_HAN_NUMBER}) ?{_MEASURE}?(?:的)?(?!秒|小?节|拍|帧|分|到|章|部)(?:{kind})?(?P<one>)"
            ),
        ),
        ("nth", re.compile(rf"(?P<order>最后|末尾|最前|头)(?:的)?(?:一|1)?{_MEASURE}?(?:的)?{kind}")),
        ("nth", re.compile(r"(?P<order>最后)一(?:个|张|段|条)(?P<latin>)(?P<east>)(?!秒|半)")),
        (
            "nth",
            re.compile(
                rf"{kind} ?(?:number |no\.? ?|nr\.? ?|#|第)?(?P<order>\d{{1,3}}|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))(?![\d.:%]|\d*(?:x|s|%|st|nd|rd|th| ?sec| ?db| ?秒| ?%| ?分| ?帧| ?bpm| ?倍| ?percent| ?frames| ?fps| ?ms| ?次| ?拍))"
            ),
        ),
        (
            "nth",
            re.compile(
                r"(?P<east>片段|镜头|视频|照片|图片|字幕)(?P<latin>)(?P<order>[一二三四五六七八九十])(?!点|起|样|下|直|些|个|段|半|秒|倍)"
            ),
        ),
        ("kind", re.compile(rf"(?:this |that |the |my |这个|那个|这段|那段|这首|这张|这条|那首)?{kind}")),
    )


_PRONOUN = re.compile(
    r"(?<![a-z'])(?:it|that|this|them|these|those|that one|this one|lo|ça|es|isso)(?![a-z'])|它们?|这个|那个|这里|这段|那段|这条|那条|刚才(?:的|那个|那段)?|刚刚(?:的|那个)?|これ|それ|그것|이거"
)


def mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    """All mentions in normalised text, in order, none overlapping."""
    taken = [False] * (len(text) + 1)
    found: list[Mention] = []
    for mention in (*_names(text, scene), *_kinds(text, scene), *_pronouns(text, scene)):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _kinds(text: str, scene: Scene) -> Iterator[Mention]:
    for form, pattern in _patterns():
        for match in pattern.finditer(text):
            held = match.groupdict()
            kind = _kind_of().get(held.get("latin") or held.get("east") or "", "")
            if form == "every":
                if not kind:
                    yield Mention(*match.span(), "all", "all", every=True, things=scene.things)
                elif kind in ("film", "clip"):
                    yield Mention(*match.span(), "clip", "all clips", every=True, things=scene.of("clip"))
                else:
                    plural = f"all {table('kinds')[kind]['as']}s" if kind != "music" else "all music"
                    yield Mention(*match.span(), kind, plural, every=True, things=scene.of(kind))
            elif form == "nth":
                if (nth := _nth(held)) is not None and (made := _numbered(match, kind or "clip", nth, scene)):
                    yield made
            else:
                yield Mention(*match.span(), kind, table("kinds")[kind]["as"], things=scene.of(kind))


def _nth(held: dict[str, str | None]) -> int | None:
    words = (held.get("order") or "").strip()
    if words in _ordinals():
        return _ordinals()[words]
    if words in ("最后", "末尾"):
        return -1
    if words in ("最前", "头"):
        return 1
    value = value_of(re.sub(r"(?:st|nd|rd|th)$", "", words))
    if value is None or value.denominator != 1:
        return None
    return -int(value) if held.get("back") else int(value)


def _numbered(match: re.Match[str], kind: str, nth: int, scene: Scene) -> Mention | None:
    kind = "clip" if kind == "film" else kind
    among = scene.of(kind)
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


def _names(text: str, scene: Scene) -> Iterator[Mention]:
    """Names of files and segments, in full first, then a telling word of one."""
    loose = re.sub(r"[_-]", " ", text)
    ending = r"(?:\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus))?"
    kind = r"(?: ?(?:clips?|shots?|videos?|photos?|images?|pictures?|footage|scene|file|track|song|片段|视频|镜头|照片|图片|素材|的片段|的镜头|文件|音乐|这首歌|这个片段|这段))?"
    for name, (said, _) in sorted(scene.names.items(), key=lambda item: -len(item[0])):
        edge = r"(?<![a-z0-9])" if name[0].isascii() else ""
        close = r"(?![a-z0-9])" if name[-1].isascii() else ""
        for match in re.finditer(rf"{edge}{re.escape(name)}{ending}{close}{kind}", loose):
            yield Mention(*match.span(), "name", said, things=_things_named(scene, name))
    for word, name in _telling_words(scene).items():
        for match in re.finditer(
            rf"(?<![a-z0-9]){re.escape(word)}{ending}(?![a-z0-9]){kind}" if word.isascii() else re.escape(word), loose
        ):
            yield Mention(*match.span(), "name", word, things=_things_named(scene, name))


def _telling_words(scene: Scene) -> dict[str, str]:
    """Words of four letters and more that only one name has, with that name."""
    held: dict[str, str] = {}
    for name in scene.names:
        for word in name.split():
            if len(word) > 3 and word != name and word.isalpha() and word not in _PLAIN_NAMES:
                held[word] = "" if word in held else name
    return {word: name for word, name in held.items() if name}


_PLAIN_NAMES = {
    "video",
    "clip",
    "photo",
    "image",
    "music",
    "track",
    "final",
    "copy",
    "title",
    "song",
    "sound",
    "audio",
    "voice",
    "edit",
    "film",
    "movie",
    "background",
    "untitled",
    "picture",
    "dark",
    "bright",
    "slow",
    "fast",
}


def _things_named(scene: Scene, name: str) -> tuple[Thing, ...]:
    from reelscore.converse.scene import plain_name

    media = {m.id for m in scene.media_named(name)}
    return tuple(t for t in scene.things if t.segment.media in media or name in plain_name(t.segment.name))


def _pronouns(text: str, scene: Scene) -> Iterator[Mention]:
    for match in re.finditer(
        r"(?<![a-z])(?:the )?other (?:one|clips?|photos?|images?|titles?|videos?|songs?|ones)(?![a-z])|另外?(?:一|那)?(?:个|张|段|条|首)(?:片段|照片|标题|字幕)?",
        text,
    ):
        yield Mention(*match.span(), "other", "other")
    for match in _PRONOUN.finditer(text):
        yield Mention(*match.span(), "pronoun", match[0])
