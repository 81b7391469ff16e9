"""What of the timeline a message speaks of: "clip 2", "the last photo", 第二个片段, "the music", a file's name, "it".

A mention says how it is passed on to the edit stage (`said`), in words that stage reads. Longer mentions win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.counted import counted, kind_words
from reelscore.converse.groups import groups
from reelscore.converse.ids import named_by_id, runs_of_numbers
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.named import names_said
from reelscore.converse.numbers import value_of
from reelscore.converse.own_words import MARKED, text_of
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.scoped import scoped
from reelscore.converse.tables import table
from reelscore.converse.weighed import all_of_them, without_exceptions

_HAN_NUMBER = r"\d{1,4}|[一二三四五六七八九十两]{1,3}"


_MEASURE = r"(?:个|张|段|条|首|句|只|幅)"


@cache
def _ordinals() -> dict[str, int]:
    return {word: int(value) for value, words in table("places_in_order")["ordinal"].items() for word in words}


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = list(kind_of_word())
    latin = _alternatives([w for w in words if w < "\u0250"])
    eastern = _alternatives([w for w in words if w >= "\u0250"])
    kind = rf"(?:(?<![a-zà-ÿ])(?P<latin>{latin})(?:e?s)?(?:'s?)?(?![a-zà-ÿ])|(?P<east>{eastern}))"
    order = _alternatives(list(_ordinals()))
    every = _alternatives(table("places_in_order")["all"]["words"])
    article = r"(?:(?:the|my|this|that|these|those|your|our|its|la|el|los|las|le|les|die|der|das|den|o|os) )?"
    return (
        ("every", re.compile(rf"(?<![a-zà-ÿ])(?:{every}) (?:the |of the |my )?(?:\d+ |two |three |four )?{kind}")),
        ("every", re.compile(rf"(?:所有|全部|每一?)(?:的)?{_MEASURE}?(?:的)?{kind}")),
        ("every", re.compile(r"(?P<latin>)(?P<east>)每一?[个张段](?=都|全|[加做配调放静]|,|$)(?P<each>)")),
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
                rf"(?<![a-zà-ÿ0-9]){article}(?P<order>{order}|\d{{1,3}}(?:st|nd|rd|th)) (?:one|ones)(?![a-z])(?P<latin>)(?P<east>)"
            ),
        ),
        (
            "nth",
            re.compile(
                rf"(?P<back>倒数)?第 ?(?P<order>{_HAN_NUMBER})(?![\d一二三四五六七八九十]) ?{_MEASURE}?(?!秒|小?节|拍|帧|分|到|章|部)(?:{kind})?(?P<one>)"
            ),
        ),
        ("nth", re.compile(rf"(?P<order>{_HAN_NUMBER})号 ?(?=片段|镜头|视频|素材|照片|图片){kind}")),
        ("nth", re.compile(rf"(?P<order>最后|末尾|最前|头)(?:的)?(?:一|1)?{_MEASURE}?(?:的)?{kind}")),
        ("nth", re.compile(r"(?P<order>最后)(?:一|[那这]一?)(?:个|张|段|条)(?P<latin>)(?P<east>)(?!秒|半)")),
        ("nth", re.compile(r"(?P<order>最前|开头)(?:面)?[那这]一?(?:张|段)(?P<latin>)(?P<east>)(?!秒|半)")),
        (
            "nth",
            re.compile(
                rf"{kind} ?(?:number |no\.? ?|nr\.? ?|#|第)?(?P<order>\d{{1,3}}|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])(?! (?:times|more|seconds?|secs?|minutes?|frames?|percent|bars?|beats?|decibels|degrees|and a half|point|of)(?![a-z])))(?![\d%]|[.:]\d|\d*(?:x|s|%|st|nd|rd|th| ?sec| ?db| ?秒| ?%| ?分| ?帧| ?bpm| ?倍| ?percent| ?frames| ?fps| ?ms| ?次| ?拍))"
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
    r"(?<![a-z'])(?P<several>both(?: of (?:them|these|those|the two))?(?! (?:sides|ends|edges|channels|speakers|in and|louder|quieter))|(?:the )?two of them|them both|(?:these|those) two)(?![a-z'])|(?<![a-z'])(?:it|that|this|them|these|those|that one|this one|lo|ça|es|isso)(?![a-z'])|(?<![a-z'])its(?= (?!(?:too|an?|the|so|not|very|just|really|ok|okay|fine|good|great|still|way|all|been|getting|now|already|kind|only|no|much|more|boring|bad|hard|like|about)(?![a-z]))[a-z])|它们?|(?:这|那)(?:两|三|俩|几)(?:个|段|张|条)|(?<![第前后头间\d外])(?:[两三四](?:个|段|张|条|者)|俩)(?=都|全)|这个|那个|这里|这段|那段|这一[段个张条]|那一[段个张条]|这条|那条|刚才(?:的|那个|那段)?|刚刚(?:的|那个)?|これ|それ|그것|이거"
)


def mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    """All mentions in normalised text, in order, none overlapping; "all but the first" is one for each that is left."""
    held = scene.mentions.get(text)
    if held is None:
        held = scene.mentions[text] = _mentions(text, scene)
    return held


def _mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    if " sound" in text:
        text = _SOUNDING.sub(lambda m: " " + "~" * (len(m[0]) - 1), text)
    return without_exceptions(text, scoped(text, _found(text, scene), scene), scene)


_SOUNDING = re.compile(  # "make the music sound sadder": how something sounds, and no sound
    r"(?<=[a-z]) sounds?(?= (?:more|less|too|so|very|really|pretty|a bit|a little|a lot|much|like|as|kinda|good|bad|better|worse|great|weird|happy|sad|boring|epic|dark|warm|thin|tinny|[a-z]+er(?![a-z]))(?![a-z]))"
)


def _found(text: str, scene: Scene) -> tuple[Mention, ...]:
    taken = [False] * (len(text) + 1)
    found: list[Mention] = []
    grouped: set[tuple[int, int]] = set()

    def keep(mention: Mention) -> None:
        listed = (
            bool(found)
            and mention.nth is not None
            and (found[-1].start, found[-1].end) == (mention.start, mention.end)
            and (mention.start, mention.end) not in grouped
        )
        if listed or not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
            found.append(mention)

    for mention in (
        *_own(text, scene),
        *_by_id(text, scene),
        *_talkers(text, scene),
        *counted(text, scene),
        *_beyond(text, scene),
        *_just_made(text, scene),
    ):
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        found.append(mention)
    for mention in groups(text, scene):
        if (mention.start, mention.end) in grouped or not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
            found.append(mention)
            grouped.add((mention.start, mention.end))
    for readers in ((names_said, _joined, _listed, _kinds), (_pronouns,)):
        for mention in (mention for reader in readers for mention in reader(text, scene)):
            keep(mention)
    for mention in _again(text, scene, found):
        keep(mention)
    return all_of_them(text, tuple(sorted(found, key=lambda m: m.start)), scene)


def _beyond(text: str, scene: Scene) -> Iterator[Mention]:
    """beach后面的都: the clips on that side of it."""
    clips = scene.of("clip")
    for match in patterns.finditer(
        r"(?:之|的)?(后|前)[面边]?(?:的)?(?:全部|所有)?(?:片段|内容|镜头)?(?:都|全部|全都|全)(?!(?:自动)?(?:往|向|补|接|顶|跟|靠))",
        text,
    ):
        yield from _side(text, 0, match.end(), match.start(), match[1] == "后", clips, scene)


def _side(
    text: str, start: int, end: int, before: int | None, after: bool, clips: tuple[Thing, ...], scene: Scene
) -> Iterator[Mention]:
    part = text[:before] if before is not None else text[end:]
    named = [m for m in (*names_said(part, scene), *_kinds(part, scene)) if len(m.things) == 1 and m.things[0] in clips]
    near = [
        m
        for m in named
        if (m.end == len(part.rstrip()) and "," not in part[m.end :] if before is not None else m.start <= 4)
    ]
    if near:
        at = clips.index(near[0].things[0])
        stop = end if before is not None else end + near[0].end
        first = near[0].start if before is not None else start
        for thing in clips[at + 1 :] if after else clips[:at]:
            yield Mention(first, stop, "name", thing.segment.id, things=(thing,))


def _own(text: str, scene: Scene) -> Iterator[Mention]:
    """A text by its own words, which were marked out before."""
    for match in MARKED.finditer(text):
        if (thing := text_of(match["own"], scene)) is not None:
            kind = next((k for k in ("title", "subtitle", "lower_third") if thing in scene.of(k)), "text")
            nth = scene.of(kind).index(thing) + 1
            yield Mention(*match.span(), kind, thing.segment.id, nth, things=(thing,))


def _by_id(text: str, scene: Scene) -> Iterator[Mention]:
    """ "s2", "track t3", "clips 1-3": as if they were named by their numbers; an id that nothing has names nothing."""
    for start, end, said, thing in named_by_id(text, scene):
        if thing is None:
            yield Mention(start, end, "name", said)
        else:
            yield _pointed(start, end, thing, scene)
    for start, end, thing in runs_of_numbers(text, scene):
        yield _pointed(start, end, thing, scene)


def _pointed(start: int, end: int, thing: Thing, scene: Scene) -> Mention:
    kind = next((k for k in ("title", "subtitle", "lower_third") if thing in scene.of(k)), thing.role)
    return Mention(start, end, kind, thing.segment.id, scene.of(kind).index(thing) + 1, things=(thing,))


def _talkers(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the guy talking", "the woman who speaks": the voice."""
    for match in _TALKER.finditer(text) if "talk" in text or "speak" in text else ():
        yield Mention(*match.span(), "voice", "voice", things=scene.of("voice"))


_MEETING = re.compile(
    r"(?<![a-z])(?:wipe|slide|dip|cross-?fade|dissolve|transition|blend|fade|flash|push|swipe|zoom)(?![a-z])"
)


_PAIR = re.compile(
    r"(?<![a-z])(?:between|from) (?P<one>\d{1,2}) (?:and|to|&) (?P<two>\d{1,2})"
    r"(?![\d.:%]| ?(?:s|secs?|seconds?|mins?|minutes?|frames?|db|x|%|bars?|beats?)(?![a-z]))"
)


def _joined(text: str, scene: Scene) -> Iterator[Mention]:
    """ "a wipe between 3 and 4": clips, where a transition is spoken of."""
    match = _PAIR.search(text)
    if match is None or not _MEETING.search(text):
        return
    clips = scene.of("clip")
    for part in ("one", "two"):
        n = int(match[part])
        yield Mention(*match.span(part), "clip", f"clip {n}", n, things=clips[n - 1 : n] if n else ())


_NTH_AGAIN = re.compile(
    r"(?<![a-z0-9])(?<!a )(?<!one )(?<!per )(?<!each )(?<!every )(?<!half )(?<!\d )(?:the )?(?P<order>first|second|third|fourth|fifth|sixth|last|\d{1,2}(?:st|nd|rd|th))"
    r"(?= ?(?:[:,.;]|$|(?:to|at|in|by|and|is|as|for|gets?|should|goes|black|red|blue|green|yellow|white|orange|pink|purple|gr[ea]y|gold|bold|italic|bigger|smaller|longer|shorter|brighter|darker|upside|vertically|warm|cool|sepia|vivid|blur|louder|quieter|faster|slower|backwards)(?![a-z])))"
)


_TO_A_PLACE = re.compile(
    r"(?<![a-z])(?:(?:put|make|play|show|move|place|bring|have|use|want) (?:it|that|this|them|that one|this one)|goes?|comes?|be|is|come|play|plays) $"
)


def _again(text: str, scene: Scene, before: list[Mention]) -> Iterator[Mention]:
    """An ordinal alone, after a thing that was named by number: "the first clip sepia, the second to black and white"."""
    named = next((m for m in before if m.nth is not None and m.kind in ("clip", "image", "title", "subtitle")), None)
    if named is None:
        return
    for match in _NTH_AGAIN.finditer(text):
        nth = _nth({"order": match["order"]})
        if _TO_A_PLACE.search(text[: match.start()]):
            continue  # "put it last" is where, not what
        if match.start() > named.start and nth and (made := _numbered(match, named.kind, nth, scene)):
            yield made


_N = r"(?:\d{1,2}|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))"


_LISTED = re.compile(
    rf"(?:clips?|shots?|photos?|片段|镜头|照片) ?((?:{_N}(?:,? ?(?:and|&|,|-|~|to|through|till|和|、|与|跟|到|至) ?)+)+{_N})(?![\d.:%]| ?(?:s|secs?|seconds?|秒|db|x)(?![a-z]))"
)


def _listed(text: str, scene: Scene) -> Iterator[Mention]:
    """ "clips 1, 2 and 4", "the first and the last clip": each of them."""
    for match in _LISTED.finditer(text):
        kind = kind_of_word().get(patterns.match(r"[a-z]+?(?=s? |s?\d|s?$)|[^ \d]+", match[0])[0], "clip")  # type: ignore[index]
        kind = "clip" if kind == "film" else kind
        for number, n in _counted(match[1]):
            at = match.start(1) + number.start()
            among = scene.of(kind)
            word = table("kinds")[kind]["as"]
            start = match.start() if number.start() == 0 else at
            yield Mention(
                start,
                at + len(number[0]),
                kind,
                f"{word} {n}",
                n,
                things=(among[n - 1],) if 0 < n <= len(among) else (),
            )
    pattern = _ordered()
    for match in pattern.finditer(text):
        nth = _ordinals()[match["order"]]
        made = _numbered(match, kind_of_word().get(match["latin"] or "", "clip"), nth, scene)
        if made:
            yield made


def _counted(words: str) -> Iterator[tuple[re.Match[str], int]]:
    """The numbers of a list, those between "1-3" too; each with where it is said."""
    before = 0
    end = 0
    for number in patterns.finditer(_N, words):
        n = int(value_of(number[0]) or 0)
        if before and patterns.fullmatch(r",? ?(?:-|~|to|through|till|到|至) ?", words[end : number.start()]):
            yield from ((number, m) for m in range(before + 1, n))
        yield number, n
        before, end = n, number.end()


@cache
def _ordered() -> re.Pattern[str]:
    """An ordinal whose thing is named with the next: "the first and the last clip"."""
    order = _alternatives(list(_ordinals()))
    latin = _alternatives([w for w in kind_of_word() if w < "\u0250"])
    after = rf"(?:,| and| &| or)+ (?:the )?(?:{order}) (?:(?P<latin>{latin})s?|ones?)(?![a-z])"
    return re.compile(rf"(?<![a-z])(?:the )?(?P<order>{order})(?={after})")


def _kinds(text: str, scene: Scene) -> Iterator[Mention]:
    for form, pattern in _patterns():
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
                if _COUNTED.search(text[: match.start("order")]) or (
                    kind == "film" and not (held.get("order") or "x")[:1].isalpha() and _beyond_count(held, scene)
                ):
                    continue
                part = match[0].find("段")
                if part >= 0 and kind in ("own", "audio", "filter", "transition", "marker") and (nth := _nth(held)):
                    clip = _numbered(match, "clip", nth, scene)
                    if clip:
                        yield replace(clip, end=match.start() + part + 1)
                        continue
                if not kind and match[0][-1] in "条句" and len(scene.of("subtitle")) > 1:
                    kind = "subtitle"  # 第一条字幕黄色,第二条白色
                if (nth := _nth(held)) is not None and (made := _numbered(match, kind or "clip", nth, scene)):
                    yield made
            elif kind in ("clip", "image", "film") and text[: match.start()].endswith(("其他", "其它", "其余", "剩下")):
                continue
            elif not (
                match[0] == "字"
                and (text[match.end() : match.end() + 1] in tuple("号体数色重") or text[: match.start()].endswith("名"))
            ):
                yield Mention(*match.span(), kind, table("kinds")[kind]["as"], things=scene.of(kind))


_COUNTED = re.compile(
    r"(?:\d|(?<![a-z])(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|ninety|half))[ -]$"
)


def _beyond_count(held: dict[str, str | None], scene: Scene) -> bool:
    """ "video 180": more than there are clips is no clip's number."""
    nth = _nth(held)
    return nth is not None and abs(nth) > scene.clips


def _nth(held: dict[str, str | None]) -> int | None:
    words = (held.get("order") or "").strip()
    if words in _ordinals():
        return _ordinals()[words]
    if words in ("最后", "末尾"):
        return -1
    if words in ("最前", "头", "开头"):
        return 1
    value = value_of(patterns.sub(r"(?:st|nd|rd|th)$", "", words))
    if value is None or value.denominator != 1:
        return None
    return -int(value) if held.get("back") else int(value)


def _numbered(match: re.Match[str], kind: str, nth: int, scene: Scene) -> Mention | None:
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


def _pronouns(text: str, scene: Scene) -> Iterator[Mention]:
    for match in patterns.finditer(
        r"(?<![a-z])(?:the )?(?:others|other (?:one|clips?|photos?|images?|titles?|videos?|songs?|shots?|ones)|rest of (?:the (?:clips|photos|shots)|them)|remaining (?:clips|photos|ones|shots))(?![a-z])|另外?(?:一|那)?(?:个|张|段|条|首)(?:片段|照片|标题|字幕)?|(?:其他|其它|其余|剩下)(?=片段|照片|镜头|视频|都|全)(?:片段|照片|镜头|视频)?|(?:其他|其它|其余|剩下|别|另外)(?:的(?!时候|地方|声|音|歌|曲|颜|字体|方)|[几两三二四](?:个|段|张|条))(?:片段|照片|镜头|视频)?(?!不动|别动|不变)",
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


def _just_made(text: str, scene: Scene) -> Iterator[Mention]:
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
            yield _pointed(*match.span(), thing, scene)


_COUNTED_ZH = re.compile(r"[两三四俩几]")
_MANY = ("them", "these", "those", "它们")


_TALKER = re.compile(
    r"(?<![a-z])(?:the |that |this )?(?:(?:guy|man|woman|person|lady|girl|boy|dude|kid|host|presenter|speaker|narrator|people|voice)"
    r" (?:that'?s |that is |who'?s |who is |is )?(?:talking|speaking|narrating|who (?:talks|speaks)|that (?:talks|speaks))"
    r"|(?:the|her|his|my|all the|all that) (?:talking|talk|speaking)(?! (?:guy|man|woman|person|lady|part|voice|head|about|to|again))"
    r"|(?:talking|speaking) (?:guy|man|woman|person|lady|part|voice|head))(?![a-z])"
)
