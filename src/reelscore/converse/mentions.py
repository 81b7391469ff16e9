"""What of the timeline a message speaks of: "clip 2", "the last photo", 第二个片段, "the music", a file's name, "it".

A mention says how it is passed on to the edit stage (`said`), in words that stage reads. Longer mentions win.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.counted import counted
from reelscore.converse.excepted_zh import excepted
from reelscore.converse.groups import groups
from reelscore.converse.ids import named_by_id, runs_of_numbers
from reelscore.converse.mention import Mention, pointed
from reelscore.converse.named import names_said, seen_in
from reelscore.converse.numbered import kinds
from reelscore.converse.numbered_on import again, alone, joined, listed
from reelscore.converse.numbers import value_of
from reelscore.converse.own_words import MARKED, text_of
from reelscore.converse.pointing import just_made, laid_over, pronouns, talkers
from reelscore.converse.said_twice import all_of_them
from reelscore.converse.scene import Scene
from reelscore.converse.scoped import scoped


def mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    """All mentions in normalised text, in order, none overlapping; "all but the first" is one for each that is left."""
    held = scene.mentions.get(text)
    if held is None:
        held = scene.mentions[text] = _mentions(text, scene)
    return held


def _mentions(text: str, scene: Scene) -> tuple[Mention, ...]:
    if " sound" in text:
        text = _SOUNDING.sub(lambda m: " " + "~" * (len(m[0]) - 1), text)
    if "歌" in text:
        text = _SECTION.sub(lambda m: "~" * len(m[0]), text)
    return excepted(text, scoped(text, _found(text, scene), scene), scene)


_SOUNDING = re.compile(  # "make the music sound sadder": how something sounds, and no sound
    r"(?<=[a-z]) sounds?(?= (?:more|less|too|so|very|really|pretty|a bit|a little|a lot|much|like|as|kinda|good|bad|better|worse|great|weird|happy|sad|boring|epic|dark|warm|thin|tinny|[a-z]+er(?![a-z]))(?![a-z]))"
)


_SECTION = re.compile(r"(?:第 ?[一二三四\d] ?[段个次遍]?的?)?[副主]歌")  # 第二段副歌: neither a clip nor a song


def _found(text: str, scene: Scene) -> tuple[Mention, ...]:
    """What each way of naming things finds; where two find the same letters, the earlier of these holds."""
    taken = [False] * (len(text) + 1)
    found: list[Mention] = []
    grouped: set[tuple[int, int]] = set()

    def keep(mention: Mention) -> None:
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        found.append(mention)

    def free(mention: Mention) -> bool:
        return not any(taken[mention.start : mention.end])

    for mention in (
        *_own(text, scene),
        *_by_id(text, scene),
        *talkers(text, scene),
        *laid_over(text, scene),
        *counted(text, scene),
        *_all_beyond(text, scene),
        *just_made(text, scene),
    ):
        keep(mention)
    for mention in groups(text, scene):
        span = (mention.start, mention.end)
        if span in grouped or free(mention):
            keep(mention)
            grouped.add(span)
    for reader in (seen_in, names_said, joined, listed, alone, kinds, _beside_it(found), pronouns):
        for mention in reader(text, scene):
            span = (mention.start, mention.end)
            beside = mention.nth is not None and bool(found) and (found[-1].start, found[-1].end) == span
            if mention.kind == "lower_third" and _OF_FRAME.match(text, mention.end):
                continue  # a place, and no text
            if (beside and span not in grouped) or free(mention):
                keep(mention)
    for mention in again(text, scene, found):
        if free(mention):
            keep(mention)
    inorder = tuple(sorted(found, key=lambda m: m.start))
    return all_of_them(
        text, _of_the_music(text, _beside_it_named(text, _whose_tag(text, inorder, scene), scene), scene)
    )


_BUT_IT = re.compile(r"[之以]外的(?=所有|其[他它]|背景|音|配乐|bgm|声)")  # 旁白之外的音乐: not the voice


def _whose_tag(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """主持人的名字条: whose name it is, and not the clip that is called so, where there is but one tag."""
    if text.isascii():
        return found
    if "外的" in text:
        found = tuple(m for m in found if not _BUT_IT.match(text, m.end) or "除" in text[: m.start])
    if len(scene.of("lower_third")) > 1:
        return found
    tags = {m.start for m in found if m.kind == "lower_third"}
    return tuple(
        m for m in found if m.kind != "name" or {m.end, m.end + (text[m.end : m.end + 1] == "的")}.isdisjoint(tags)
    )


_NEXT_TO_IT = re.compile(
    r"(?:那[段张个])?(?:片段|镜头|照片|视频)?的?(?:(?P<way>[后前])[面边]?(?:紧?接着?)?的?(?:那一?|的一?|一)?(?P<n>[两二三四五])?(?:[段张]|个(?!位|地))(?:片段|镜头|照片|视频)?"
    r"|(?P<one>[下上])一?[段张个](?:片段|镜头|照片|视频)?|(?P<all>[后前])[面边]的(?:片段|镜头|照片)(?!段))(?!落|时|位)"
)


def _beside_it_named(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """海滩后面那段删掉: the clip beside the one that is named, and not that one."""
    clips = scene.of("clip")
    if text.isascii() or not any(way in text for way in "前后上下"):
        return found
    for m in found:
        match = _NEXT_TO_IT.match(text, m.end) if len(m.things) == 1 and m.things[0] in clips else None
        if match is None or not (match["way"] or match["one"] or match["all"]):
            continue
        at, later = clips.index(m.things[0]), (match["way"] or match["one"] or match["all"]) in "后下"
        many = len(clips) if match["all"] else int(value_of(match["n"] or "1") or 1)
        beside = clips[at + 1 : at + 1 + many] if later else clips[max(0, at - many) : at]
        made = tuple(Mention(m.start, match.end(), "name", t.segment.id, things=(t,)) for t in beside)
        if made:
            rest = (one for one in found if one.end <= m.start or one.start >= match.end())
            return tuple(sorted((*rest, *made), key=lambda one: one.start))
    return found


def _of_the_music(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """第二段音乐不要了,第一段循环到结尾: a number alone is one of the pieces of music where these were counted,
    or where there is but one clip."""
    songs = scene.of("music")
    if len(songs) < 2 or not (scene.clips < 2 or any(m.kind == "music" and m.nth is not None for m in found)):
        return found
    return tuple(
        replace(m, kind="music", said=songs[m.nth - 1].segment.id, things=(songs[m.nth - 1],))
        if m.kind == "clip"
        and m.nth is not None
        and 0 < m.nth <= len(songs)
        and _NO_NOUN.fullmatch(text, m.start, m.end)
        else m
        for m in found
    )


_NO_NOUN = re.compile(r"第 ?[\d一二三四五六七八九十] ?[段首个]")
_OF_FRAME = re.compile(r" of the (?:frame|screen|picture|image|shot|video)")


def _own(text: str, scene: Scene) -> Iterator[Mention]:
    """A text by its own words, which were marked out before."""
    for match in MARKED.finditer(text):
        if (thing := text_of(match["own"], scene)) is not None:
            yield pointed(*match.span(), thing, scene)


def _by_id(text: str, scene: Scene) -> Iterator[Mention]:
    """ "s2", "track t3", "clips 1-3": as if they were named by their numbers; an id that nothing has names nothing."""
    for start, end, said, thing in named_by_id(text, scene):
        if thing is None:
            yield Mention(start, end, "name", said)
        else:
            yield pointed(start, end, thing, scene)
    for start, end, thing in runs_of_numbers(text, scene):
        yield pointed(start, end, thing, scene)


def _beside_it(found: list[Mention]) -> Callable[[str, Scene], Iterator[Mention]]:
    """第一段删了,下一段缩短: the clip beside the one that was spoken of last."""
    return lambda text, scene: _beside(text, scene, found)


def _beside(text: str, scene: Scene, found: list[Mention]) -> Iterator[Mention]:
    clips, songs = scene.of("clip"), scene.of("music")
    for match in patterns.finditer(r"(?P<way>[上前后下])(?:面|边)?[那一]首", text) if len(songs) == 2 else ():
        song = songs[0 if match["way"] in "上前" else 1]
        yield Mention(*match.span(), "music", song.segment.id, things=(song,))
    for match in patterns.finditer(
        r"(?<![之以往])(?:(?P<way>[下上])一(?:段|张|个(?=片段|镜头|照片|视频))|(?<!最)(?P<near>[前后])面那(?:段|张|个(?!半|部分)))(?:片段|镜头|照片|视频)?",
        text,
    ):
        told = [t for m in found if m.end <= match.start() and len(m.things) == 1 for t in m.things if t in clips]
        told = told or [t for i in scene.touched[:1] if (t := scene.find(i)) in clips and t is not None]
        at = clips.index(told[-1]) + (1 if match["way"] == "下" or match["near"] == "后" else -1) if told else -1
        if 0 <= at < len(clips):
            yield Mention(*match.span(), "name", clips[at].segment.id, things=(clips[at],))


def _all_beyond(text: str, scene: Scene) -> Iterator[Mention]:
    """beach后面的都: the clips on that side of it."""
    clips = scene.of("clip")
    for match in patterns.finditer(
        r"(?:之|的)?(后|前)[面边]?(?:的)?(?:全部|所有)?(?:片段|内容|镜头)?(?:都|全部|全都|全)(?!(?:自动)?(?:往|向|补|接|顶|跟|靠))",
        text,
    ):
        lead = text[: match.start()]
        for named in (*names_said(lead, scene), *kinds(lead, scene)):
            last = named.end == len(lead.rstrip()) and "," not in lead[named.end :]
            if last and len(named.things) == 1 and named.things[0] in clips:
                at = clips.index(named.things[0])
                for thing in clips[at + 1 :] if match[1] == "后" else clips[:at]:
                    yield Mention(named.start, match.end(), "name", thing.segment.id, things=(thing,))
                break
