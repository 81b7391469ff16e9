"""What of the timeline a message speaks of: "clip 2", "the last photo", 第二个片段, "the music", a file's name, "it".

A mention says how it is passed on to the edit stage (`said`), in words that stage reads. Longer mentions win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from reelscore.converse.ids import named_by_id, runs_of_numbers
from reelscore.converse.numbers import value_of
from reelscore.converse.own_words import MARKED, text_of
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.tables import table


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
                r"(?P<latin>)(?P<east>)(?<![a-z])(?:all of them|everything|them all)(?![a-z])|(?P<all>全都|全部|所有的?)(?![一-鿿]{0,3}(?:转场|标记|滤镜))"
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
        ("nth", re.compile(rf"(?P<order>最后|末尾|最前|头)(?:的)?(?:一|1)?{_MEASURE}?(?:的)?{kind}")),
        ("nth", re.compile(r"(?P<order>最后)(?:一|[那这]一?)(?:个|张|段|条)(?P<latin>)(?P<east>)(?!秒|半)")),
        ("nth", re.compile(r"(?P<order>最前|开头)(?:面)?[那这]一?(?:张|段)(?P<latin>)(?P<east>)(?!秒|半)")),
        (
            "nth",
            re.compile(
                rf"{kind} ?(?:number |no\.? ?|nr\.? ?|#|第)?(?P<order>\d{{1,3}}|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))(?![\d%]|[.:]\d|\d*(?:x|s|%|st|nd|rd|th| ?sec| ?db| ?秒| ?%| ?分| ?帧| ?bpm| ?倍| ?percent| ?frames| ?fps| ?ms| ?次| ?拍))"
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
    r"(?<![a-z'])(?P<several>both(?: of (?:them|these|those|the two))?(?! (?:sides|ends|edges|channels|speakers|in and|louder|quieter))|(?:the )?two of them|them both|(?:these|those) two)(?![a-z'])|(?<![a-z'])(?:it|that|this|them|these|those|that one|this one|lo|ça|es|isso)(?![a-z'])|它们?|这个|那个|这里|这段|那段|这一[段个张条]|那一[段个张条]|这条|那条|刚才(?:的|那个|那段)?|刚刚(?:的|那个)?|これ|それ|그것|이거"
)


def mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    """All mentions in normalised text, in order, none overlapping; "all but the first" is one for each that is left."""
    return _without_exceptions(text, _found(text, scene), scene)


def _found(text: str, scene: Scene) -> tuple[Mention, ...]:
    taken = [False] * (len(text) + 1)
    found: list[Mention] = []

    def keep(mention: Mention) -> None:
        listed = (
            bool(found) and mention.nth is not None and (found[-1].start, found[-1].end) == (mention.start, mention.end)
        )
        if listed or not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
            found.append(mention)

    for mention in (*_own(text, scene), *_by_id(text, scene), *_talkers(text, scene), *_beyond(text, scene)):
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        found.append(mention)
    for readers in ((_names, _joined, _listed, _kinds), (_pronouns,)):
        for mention in (mention for reader in readers for mention in reader(text, scene)):
            keep(mention)
    for mention in _again(text, scene, found):
        keep(mention)
    return _all_of_them(text, tuple(sorted(found, key=lambda m: m.start)), scene)


def _said_twice(text: str, found: tuple[Mention, ...]) -> list[Mention]:
    """自拍selfie那段, 采访那段interview: one thing under two names side by side."""
    made: list[Mention] = []
    for mention in found:
        last = made[-1] if made else None
        same = last is not None and len(last.things) == 1 and last.things == mention.things
        if last is not None and same and _TWICE.fullmatch(text, last.end, mention.start):
            made[-1] = replace(mention, start=last.start)
        elif (
            last is not None
            and last.kind == "name"
            and mention.bare
            and mention.kind in ("clip", "film", "image")
            and _WHOLE_OF_IT.fullmatch(text, last.end, mention.start)
        ):
            made[-1] = replace(last, end=mention.end)  # drone 整个片段
        elif (
            last is not None
            and len(last.things) == 1
            and last.things[0].role == "text"
            and mention.bare
            and mention.kind in ("title", "subtitle", "lower_third", "text")
            and _THAT_TEXT.fullmatch(text, last.end, mention.start)
        ):
            made[-1] = replace(last, end=mention.end)  # told you 的那条字幕
        elif (
            last is not None
            and last.bare
            and last.kind in ("clip", "image")
            and mention.kind == "name"
            and mention.things
            and _OF_IT.fullmatch(text, last.end, mention.start)
        ):
            made[-1] = replace(mention, start=last.start)  # the clip lake
        elif not (
            last is not None
            and mention.kind == "pronoun"
            and mention.start - last.end <= 0
            and text[mention.start : mention.start + 1] in "那这"
        ):
            made.append(mention)
    return made


_WHOLE_OF_IT = re.compile(r" ?(?:整个|整段|这个?|那个?|这一|那一|的|这段|那段|全段)+")
_OF_IT = re.compile(r"[ (]*(?:(?:of|called|named|the|del?|du|da|do) ?)*[(\"']*")
_THAT_TEXT = re.compile(r" ?(?:的|那|这|就是)(?:那|这)?(?:几|一)?(?:个|条|行|句)?")
_TWICE = re.compile(r"(?:的|那|这|个|段|张|条|行|句|镜头|照片|片段|视频|就是|,| )*")


def _all_of_them(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """字幕全部加粗: all of what stands before, and not everything there is."""
    made = _said_twice(text, found)
    found = tuple(made)
    for one, two in pairwise(found):
        gap = text[one.end : two.start].strip()
        if (
            two.kind != "all"
            or text[two.start : two.start + 1].isascii()
            or len(gap) > 2
            or one.kind in ("all", "pronoun")
        ):
            continue
        made.remove(two)
        if one.bare and one.kind not in ("film", "own", "audio", "music"):
            said = "all clips" if one.kind == "clip" else f"all {table('kinds')[one.kind]['as']}s"
            made[made.index(one)] = replace(one, said=said, every=True)
    return tuple(made)


_EXCEPT = re.compile(
    r"(?<![a-z])(?:except(?: for)?|but(?: not)?|other than|apart from|besides|save for|excluding)(?: the)? *$|(?<![删去移清消解扣])除了?$"
)
_BUT = re.compile(r"^ *(?:以外|之外|外)?(?:的?(?:其他|其它|别的|剩下))?(?:的)?(?:片段|照片|镜头)?")


def _without_exceptions(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "all clips except the interview", 除了第一段都...: the things that stay, one by one."""
    spared = [m for m in found if m.things and not m.every and _EXCEPT.search(text[: m.start])]
    if left_out := _left_out(text, found, scene):
        return left_out
    han = any(text[: m.start].rstrip().endswith(("除了", "除")) for m in spared)
    every = [m for m in found if m.every]
    if not every and spared and spared[0].things[0].role == "clip" and spared[0].kind not in ("audio", "own"):
        every = [m for m in found if m.kind == "film" and m.start < spared[0].start]
    if not spared or not (every or (han and re.search(r"都|其他|其它|别的|剩下|全部|所有", text))):
        return found
    ids = {thing.segment.id for m in spared for thing in m.things}
    whole = every[0] if every else None
    role = spared[0].things[0].role
    pool = scene.things if whole is None or whole.kind == "all" else whole.things
    left = [
        t for t in pool if t.segment.id not in ids and (t.role == role or (whole is not None and whole.kind != "all"))
    ]
    at = whole or spared[0]
    made = [Mention(at.start, at.end, "name", t.segment.id, things=(t,)) for t in left]
    return tuple(sorted([m for m in found if m not in spared and m is not whole] + made, key=lambda m: m.start))


_SPARED = re.compile(
    r"(?:(?<![删去移清消解扣])除(?:了|掉|去)?|只(?:留|要|保留|剩|保)下?)(?P<spared>[^,。;]{1,20}?)(?:以外|之外|外)?[,，]? ?(?:的|把|给|让)?(?:的?(?:其他|其它|其余|别的|剩下|剩余|另外几?|其))(?:的)?(?P<kind>(?:所有|全部)?的?(?:声音|音频|音轨|片段|镜头|视频|照片|图片|文字|字幕|标题|字)?)"
    r"|(?<![删去移清消解扣])除(?:了|掉|去)?(?P<spared2>[^,。;]{1,20}?)(?:以外|之外|外)?[,，]? ?(?:把|给|让)?(?:全部?|所有的?(?P<kind2>片段|镜头|照片|图片|文字|字幕|声音)?|都)"
)


def _left_out(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """除了音乐其他都静音, 只留第一段，其他删掉: all that is left, one by one; of the kind that is told after 其他."""
    match = _SPARED.search(text) if "除" in text or "只" in text else None
    if match is None:
        return ()
    group = "spared" if match["spared"] else "spared2"
    start, end = match.span(group)
    spared = [m for m in found if m.things and start <= m.start and m.end <= max(end, match.end(group))]
    if not spared:
        return ()
    ids = {thing.segment.id for m in spared for thing in m.things}
    told = (match["kind"] or match["kind2"] or "").lstrip("所有全部的")
    kind = _kind_of().get(told, "")
    role = spared[0].things[0].role
    if kind == "audio" or (not kind and role not in ("clip", "text", "overlay")):
        pool = [t for t in scene.things if scene.sounds(t)]
    elif kind in ("clip", "film", "image"):
        pool = list(scene.of("clip"))
    elif kind == "text" or (kind and role == "text"):
        pool = list(scene.of("text"))
    else:
        pool = [t for t in scene.things if t.role == role]
    left = [t for t in pool if t.segment.id not in ids]
    at = max(end, match.end(group))
    made = tuple(
        Mention(at, match.end(), "text" if t.role == "text" else "name", t.segment.id, things=(t,)) for t in left
    )
    return tuple(m for m in found if m.start >= match.end() and m.kind not in ("audio", "own", "all")) + made


def _beyond(text: str, scene: Scene) -> Iterator[Mention]:
    """ "everything after the beach", beach后面的都: the clips on that side of it."""
    clips = scene.of("clip")
    for match in re.finditer(
        r"(?:everything|all(?: the)?(?: clips?| shots?)?|what(?:'s| is|ever) (?:comes )?) (after|before) (?:the )?",
        text,
    ):
        yield from _side(text, match.start(), match.end(), None, match[1] == "after", clips, scene)
    for match in re.finditer(r"(?<![a-z])from (?:the )?(?=[a-z0-9])", text) if " on" in text else ():
        named = [
            m
            for m in (*_names(text[match.end() :], scene), *_kinds(text[match.end() :], scene))
            if m.start == 0 and len(m.things) == 1
        ]
        after = named and re.match(
            r" on(?:wards?)?(?![a-z])(?! (?:the|my|a)(?![a-z]))", text[match.end() + named[0].end :]
        )
        if named and after and named[0].things[0] in clips:
            for thing in clips[clips.index(named[0].things[0]) :]:
                yield Mention(
                    match.start(), match.end() + named[0].end + after.end(), "name", thing.segment.id, things=(thing,)
                )
    for match in re.finditer(
        r"(?:之|的)?(后|前)[面边]?(?:的)?(?:全部|所有)?(?:片段|内容|镜头)?(?:都|全部|全都|全)(?!(?:自动)?(?:往|向|补|接|顶|跟|靠))",
        text,
    ):
        yield from _side(text, 0, match.end(), match.start(), match[1] == "后", clips, scene)


def _side(
    text: str, start: int, end: int, before: int | None, after: bool, clips: tuple[Thing, ...], scene: Scene
) -> Iterator[Mention]:
    part = text[:before] if before is not None else text[end:]
    named = [m for m in (*_names(part, scene), *_kinds(part, scene)) if len(m.things) == 1 and m.things[0] in clips]
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
    r"(?= ?(?:[:,.;]|$|(?:to|at|in|by|and|is|as|for|gets?|should|black|warm|cool|sepia|vivid|blur|louder|quieter|faster|slower|backwards)(?![a-z])))"
)


def _again(text: str, scene: Scene, before: list[Mention]) -> Iterator[Mention]:
    """An ordinal alone, after a thing that was named by number: "the first clip sepia, the second to black and white"."""
    named = next((m for m in before if m.nth is not None and m.kind in ("clip", "image", "title", "subtitle")), None)
    if named is None:
        return
    for match in _NTH_AGAIN.finditer(text):
        nth = _nth({"order": match["order"]})
        if match.start() > named.start and nth and (made := _numbered(match, named.kind, nth, scene)):
            yield made


_N = r"(?:\d{1,2}|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))"
_LISTED = re.compile(
    rf"(?:clips?|shots?|photos?|片段|镜头|照片) ?((?:{_N}(?:,? ?(?:and|&|,|-|~|to|through|till|和|、|与|跟|到|至) ?)+)+{_N})(?![\d.:%]| ?(?:s|secs?|seconds?|秒|db|x)(?![a-z]))"
)


def _listed(text: str, scene: Scene) -> Iterator[Mention]:
    """ "clips 1, 2 and 4", "the first and the last clip": each of them."""
    for match in _LISTED.finditer(text):
        kind = _kind_of().get(re.match(r"[a-z]+?(?=s? |s?\d|s?$)|[^ \d]+", match[0])[0], "clip")  # type: ignore[index]
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
        made = _numbered(match, _kind_of().get(match["latin"] or "", "clip"), nth, scene)
        if made:
            yield made


def _counted(words: str) -> Iterator[tuple[re.Match[str], int]]:
    """The numbers of a list, those between "1-3" too; each with where it is said."""
    before = 0
    end = 0
    for number in re.finditer(_N, words):
        n = int(value_of(number[0]) or 0)
        if before and re.fullmatch(r",? ?(?:-|~|to|through|till|到|至) ?", words[end : number.start()]):
            yield from ((number, m) for m in range(before + 1, n))
        yield number, n
        before, end = n, number.end()


@cache
def _ordered() -> re.Pattern[str]:
    """An ordinal whose thing is named with the next: "the first and the last clip"."""
    order = _alternatives(list(_ordinals()))
    latin = _alternatives([w for w in _kind_of() if w < "\u0250"])
    after = rf"(?:,| and| &| or)+ (?:the )?(?:{order}) (?:(?P<latin>{latin})s?|ones?)(?![a-z])"
    return re.compile(rf"(?<![a-z])(?:the )?(?P<order>{order})(?={after})")


def _kinds(text: str, scene: Scene) -> Iterator[Mention]:
    for form, pattern in _patterns():
        for match in pattern.finditer(text):
            held = match.groupdict()
            kind = _kind_of().get(held.get("latin") or held.get("east") or "", "")
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
                if (nth := _nth(held)) is not None and (made := _numbered(match, kind or "clip", nth, scene)):
                    yield made
            elif not (match[0] == "字" and text[match.end() : match.end() + 1] in ("号", "体", "数", "色", "重")):
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
    value = value_of(re.sub(r"(?:st|nd|rd|th)$", "", words))
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


def _names(text: str, scene: Scene) -> Iterator[Mention]:
    """Names of files and segments, in full first, then a telling word of one."""
    loose = re.sub(r"[_-]", " ", text)
    ending = r"(?:\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus))?"
    kind = r"(?: ?(?:clips?|shots?|videos?|photos?|images?|pictures?|pics?|footage|scenes?|file|track|song|bit|part|section|sequence|portion|stuff|take|still|snap|segment|moment(?! (?:when|where))|片段|视频|镜头|照片|图片|素材|的片段|的镜头|文件|音乐|这首歌|这个片段|这段))?"
    for name, (said, _) in sorted(scene.names.items(), key=lambda item: -len(item[0])):
        edge = r"(?<![a-z0-9])" if name[0].isascii() else ""
        close = r"(?![a-z0-9])" if name[-1].isascii() else ""
        for match in re.finditer(rf"{edge}{re.escape(name)}{ending}{close}{kind}", loose):
            yield Mention(*match.span(), "name", said, things=_things_named(scene, name))
    squeezed = re.sub(r"[ -]", "", loose)
    for name, (said, _) in scene.names.items():
        if len(name) > 5 and name.isalpha() and name in squeezed and name not in loose:  # "end card" for endcard.png
            for match in re.finditer(rf"(?<![a-z0-9]){'[ -]?'.join(name)}{ending}(?![a-z0-9]){kind}", loose):
                yield Mention(*match.span(), "name", said, things=_things_named(scene, name))
        joined = name.replace(" ", "")
        if joined != name and len(joined) > 3:
            for match in re.finditer(rf"(?<![a-z0-9]){re.escape(joined)}{ending}(?![a-z0-9]){kind}", loose):
                if ending_of(match[0]) or joined not in ("lofi",):
                    yield Mention(*match.span(), "name", said, things=_things_named(scene, name))
    for match in re.finditer(
        r"(?<![\w/])[\w\u4e00-\u9fff().-]{1,60}\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus)(?![a-z0-9])",
        text,
    ):
        if not any(name in loose[match.start() : match.end()] for name in scene.names):
            yield Mention(*match.span(), "name", match[0])
    for english, chinese in table("subjects").items():
        named = next((n for n in scene.names if english in n.split()), "")
        for word in chinese if named else ():
            for match in compiled(
                re.escape(word) + r"(?:的?(?:那|这)?(?:个|段|张)?(?:片段|视频|镜头|照片|画面))?"
            ).finditer(text):
                yield Mention(*match.span(), "name", english, things=_things_named(scene, named))
    for word, name in _telling_words(scene).items():
        for match in re.finditer(
            rf"(?<![a-z0-9]){re.escape(word)}{ending}(?![a-z0-9]){kind}" if word.isascii() else re.escape(word), loose
        ):
            yield Mention(*match.span(), "name", word, things=_things_named(scene, name))


def ending_of(words: str) -> bool:
    """Is a file's ending said?"""
    return re.search(r"\.[a-z0-9]{2,4}(?![a-z0-9])", words) is not None


def _telling_words(scene: Scene) -> dict[str, str]:
    """Words of four letters and more that only one name has, with that name."""
    held: dict[str, str] = {}
    for name in scene.names:
        for word in name.split():
            if len(word) > 3 and word != name and word.isalpha() and word not in _PLAIN_NAMES:
                held[word] = "" if word in held else name
    return {word: name for word, name in held.items() if name}


_PLAIN_NAMES = {
    *(
        "start",
        "stop",
        "play",
        "drive",
        "begin",
        "change",
        "finish",
        "fade",
        "turn",
        "make",
        "take",
        "give",
        "keep",
        "move",
        "show",
        "hold",
        "rise",
    ),
    *(
        "fall",
        "wait",
        "walk",
        "talk",
        "drop",
        "step",
        "time",
        "half",
        "first",
        "last",
        "next",
        "more",
        "less",
        "loud",
        "soft",
        "black",
        "white",
    ),
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
        r"(?<![a-z])(?:the )?(?:others|other (?:one|clips?|photos?|images?|titles?|videos?|songs?|shots?|ones)|rest of (?:the (?:clips|photos|shots)|them)|remaining (?:clips|photos|ones|shots))(?![a-z])|另外?(?:一|那)?(?:个|张|段|条|首)(?:片段|照片|标题|字幕)?",
        text,
    ):
        yield Mention(*match.span(), "other", "other")
    for match in _PRONOUN.finditer(text):
        yield Mention(*match.span(), "pronoun", match[0], every=match["several"] is not None or match[0] in _MANY)


_MANY = ("them", "these", "those", "它们")
_TALKER = re.compile(
    r"(?<![a-z])(?:the |that |this )?(?:(?:guy|man|woman|person|lady|girl|boy|dude|kid|host|presenter|speaker|narrator|people|voice)"
    r" (?:that'?s |that is |who'?s |who is |is )?(?:talking|speaking|narrating|who (?:talks|speaks)|that (?:talks|speaks))"
    r"|(?:the|her|his|my|all the|all that) (?:talking|talk|speaking)(?! (?:guy|man|woman|person|lady|part|voice|head|about|to|again))"
    r"|(?:talking|speaking) (?:guy|man|woman|person|lady|part|voice|head))(?![a-z])"
)
