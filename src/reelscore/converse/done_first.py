"""What is said last and done first: "before you add the fade, trim the drone", "mute it after you cut the intro",
删掉最后一段之前先加个淡出. The message is put in the order in which things are done.

An export that something is to be done before ("before exporting, ...") is no wish for one.
"""

from __future__ import annotations

import re

from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.pieces_weighed import ORDER
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve

_LATER = r"(?!export|render|save|download|upload|publish|post|share|finish)"
_WHO = r"(?:you |we |i )?(?:(?:do|have|start|will|can) )?"
_BEFORE = Sieve(
    re.compile(
        rf"(?:^|(?<=[.;!?\n])) *(?:(?:but|and|ok|so|oh|please),? )*before {_WHO}(?P<then>{_LATER}[^,.;!?\n]{{4,60}}), ?(?:please |first |but first )*(?P<first>[^.;!?\n]{{4,}})"
        rf"|(?:^|(?<=[.;!?\n])) *(?P<first2>[^,.;!?\n]{{4,60}}?),? (?:but |and )?(?:only )?(?:after|once) (?:you|we|i)(?:'ve| have)? (?P<then2>[^,.;!?\n]{{4,60}})"
        r"|(?:^|(?<=[。;!?\n]))(?:在|请|你|那)*(?P<then3>(?!导出|渲染|输出|发布|上传|下载)[^,。;!?\n]{2,16}?)(?:之前|以前),?(?:请|记得|要|麻烦)*先(?P<first3>[^。;!?\n]{2,})"
    )
)
_WORDS_LAST_ZH = re.compile(  # 加个标题,别太大,放下面,写"你好": what it says comes first
    r"(?:加|来|做|弄|放|要|添)(?:上|一)?[个条行](?:标题|字幕|人名条|文字)(?P<how>(?:[,，][^,，。;\ue000]{2,10}){1,3})(?P<words>[,，](?:上面|内容)?(?:就|要)?(?:写|是|为)[着上]?[:：]?\ue000+)(?=$|[,，。;])"
)
_DOES_ZH = re.compile(r"删|剪|加|静音|去掉|移|放到|换|裁|改|倒放|加速|放慢|复制|分割|淡[入出]")


def in_order(plain: Plain, scene: Scene) -> Plain:
    """The message in the order in which things are done."""
    if "\ue000" in plain.text and (late := _WORDS_LAST_ZH.search(plain.text)) is not None:
        how, says = late.span("how"), (late.start("words") + 1, late.end("words"))
        told = (plain.text[slice(*says)], "", plain.text[slice(*how)])
        return _swapped(plain, (how[0], says[1]), says, how, told)
    match = _BEFORE.search(plain.text)
    if match is None:
        return plain
    which = next(n for n in ("", "2", "3") if match[f"then{n}"])
    then, first = match.span(f"then{which}"), match.span(f"first{which}")
    words = (plain.text[slice(*first)].rstrip(" ,."), plain.text[slice(*then)])
    if which == "2":
        then, first, words = first, then, (words[1], words[0])
    if which == "3":
        if not all(_DOES_ZH.search(one) for one in words):
            return plain
        return _swapped(plain, match.span(), first, then, (_of(words[0], words[1], scene), ",然后", words[1]))
    words = (_ordered(words[0]), _ordered(words[1]))
    if not all(words):
        return plain
    return _swapped(plain, match.span(), first, then, (_of(words[0], words[1], scene), ", then ", words[1]))


def _ordered(words: str) -> str:
    """The words as an order; "" where they are none. "deleted the intro" is "delete the intro"."""
    words = words.strip()
    if ORDER.match(words):
        return words
    past = _PAST.match(words)
    verbs = (past[1], past[1] + "e", past[1][:-1]) if past else ()
    return next((f"{verb}{words[past.end() :]}" for verb in verbs if past and ORDER.match(f"{verb} ")), "")


_PAST = re.compile(r"([a-z]{3,})ed(?![a-z])")


def _of(first: str, then: str, scene: Scene) -> str:
    """What is done first with the thing that it only points to: "before you slow down the lake, cut its first 2 s"."""
    named = [m for m in mentions(then, scene) if m.things and m.kind not in ("pronoun", "film", "all")]
    if not named or any(m.things and m.kind not in ("pronoun", "film", "all") for m in mentions(first, scene)):
        return first
    thing = then[named[0].start : named[0].end]
    if not first.isascii():
        return f"{thing}{first}"
    return _IT.sub(lambda it: f"{thing}'s" if it[0] == "its" else thing, first, count=1)


_IT = re.compile(r"(?<![a-z])its?(?![a-z'])")


def _swapped(
    plain: Plain, whole: tuple[int, int], first: tuple[int, int], then: tuple[int, int], said: tuple[str, str, str]
) -> Plain:
    """The stretch `whole` as what is done first, a joint and what is done then; letters that stay keep their place."""
    text, at = plain.text, plain.at
    parts = [(text[: whole[0]], at[: whole[0]])]
    for words, start in zip(said, (first[0], then[0], then[0]), strict=True):
        same = text.startswith(words, start)
        parts.append((words, at[start : start + len(words)] if same else (at[start],) * len(words)))
    parts.append((text[whole[1] :], at[whole[1] :]))
    return Plain("".join(one for one, _ in parts), plain.original, tuple(n for _, places in parts for n in places))
