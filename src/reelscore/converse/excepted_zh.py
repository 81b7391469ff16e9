"""What a Chinese message leaves out: 除了旁白都静音, 所有片段调亮，第二段除外, 全部黑白，航拍别动, 只留第一段，其他删掉.

An exception that is told behind is put before (`told_first`); then what is left of the whole is mentioned one by one
(`excepted`), in the place of the word for the whole.
"""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.normalise import Plain
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve

_ALL = r"(?:都|全|所有|整体|每|整个|一律|统统|通通|其他|其它|其余|别的)"
_AS_IT_IS = (
    r"除外|例外|不算(?!数)|不在内|不包括(?:在内)?|不变|保持不变|保持原样|[留]着|留下|保留|算了|跳过|不管|不用(?:动|改|调|加|弄|管)?"
    r"|(?:别|不要|先别|不)(?:动|碰|改|调|加|弄|管)"
)
_BEHIND = re.compile(
    rf"(?P<head>[^,。;!\n]*?{_ALL}[^,。;!\n]*?)[, ]+(?:但是?|不过|就|只有|唯独|而|其中|把)*"
    rf"(?:(?P<before>[^,。;!\n\ue000]{{1,14}}?)(?:就|都|先|要|给我|可以)*(?:{_AS_IT_IS})"
    rf"|(?:除了?|除去|不包括|不包含|不含|不算|(?:别|不要|不用)(?:动|碰|改)|跳过|避开|留着|保留|留下)(?P<behind>[^,。;!\n\ue000]{{1,14}}?)(?:以外|之外|外)?)"
    r"(?:了|吧|哈|哦|就行|就好|即可)*(?=$|[,。;!\n])"
)
_LOOKS = re.compile(
    r"饱和度|对比度|亮度|色温|曝光|锐化|滤镜|黑白|复古|电影感|暗角|调色|[亮暗暖冷]一?[点些]|调[亮暗暖冷]"
)
_CUE = Sieve(
    re.compile(r"除|例外|不算|不在内|不包|不含|不变|原样|留|算了|跳过|避开|不管|不用|[别要不](?:动|碰|改|调|加|弄|管)")
)
_CUT_IN_TIME = re.compile(r"(?:秒|分)[^,。]{0,12}(?:剪|删|砍|裁|去掉|不要|切掉)")
_BEFORE = re.compile(
    r"(?<![删去移清消解扣排])除(?:了|掉|去|开)?(?P<spared>[^,。;!\n]{1,24}?)(?:以外|之外|外)?(?:的话)?(?=[, ]|其|别的|剩|都|全|所有|每|一律|统统|通通|的(?!声|音|原))"
)
_REST = re.compile(r"[, ]*(?P<rest>[^,。;!\n]+)")


def told_first(plain: Plain, scene: Scene) -> Plain:
    """The message with an exception told before what it is one from."""
    text = plain.text
    if not _CUE.search(text):
        return plain
    if not patterns.search(_ALL, text):
        plain = _of_all(plain, scene)
        text = plain.text
        if not patterns.search(_ALL, text):
            return plain
    match = _BEHIND.search(text)
    if match is None or "除" in match["head"] or patterns.search(r"只|除|[留保]", text[: match.start("head")]):
        return plain
    start, end = match.span("before" if match["before"] else "behind")
    if not _things(text[start:end], scene):
        return plain
    if _CUT_IN_TIME.search(match["head"]) and not _clips_only(text[start:end], scene):
        return plain.instead(match.end("head"), match.end(), "")  # 4秒以前的都剪掉,音乐别动: a cut leaves it as it is
    if _told_one_by_one(match["head"], text[start:end], scene):
        return plain.instead(match.end("head"), match.end(), "")
    first, last = match.start("head"), match.end("head")
    letters = [*text[:first], *"除了", *text[start:end], ",", *text[first:last], *text[match.end() :]]
    at = [
        *plain.at[:first], plain.at[start], plain.at[start], *plain.at[start:end], plain.at[end - 1],
        *plain.at[first:last], *plain.at[match.end() :],
    ]  # fmt: skip
    return Plain("".join(letters), plain.original, tuple(at))


def _of_all(plain: Plain, scene: Scene) -> Plain:
    """饱和度+20，航拍那段别动: a look of which it is not said that all have it."""
    text = plain.text
    end = text.find(",")
    if end < 0 or scene.clips < 2 or not _LOOKS.search(text, 0, end) or _things(text[:end], scene):
        return plain
    made = Plain(f"全部{text}", plain.original, (plain.at[0], plain.at[0], *plain.at))
    match = _BEHIND.match(made.text)
    told = match and (match["before"] or match["behind"])
    return made if told and _clips_only(told, scene) else plain


def _clips_only(words: str, scene: Scene) -> bool:
    from reelscore.converse.mentions import mentions

    things = [t for m in mentions(words, scene) for t in m.things]
    return bool(things) and all(t.role == "clip" for t in things)


def _things(words: str, scene: Scene) -> bool:
    from reelscore.converse.mentions import mentions

    return any(m.things for m in mentions(words, scene))


def _told_one_by_one(head: str, beside: str, scene: Scene) -> bool:
    """hiking跟lake都调暗点，drone不用: is what stays none of the things that are named?"""
    from reelscore.converse.mentions import mentions

    told = [m for m in mentions(head, scene) if m.things and m.kind != "pronoun"]
    if not told or any(m.every or m.bare or m.kind in _WHOLES for m in told):
        return False
    stays = {t.segment.id for m in mentions(beside, scene) for t in m.things}
    return stays.isdisjoint(t.segment.id for m in told for t in m.things)


def excepted(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """The mentions with what is left of the whole, one by one; as they are where nothing is left out."""
    return _but(text, found, scene) or _others(text, found, scene) or found


def _but(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """除了旁白...: what is left; () where nothing is left out."""
    match = _BEFORE.search(text) if "除" in text else None
    if match is None:
        return ()
    start, end = match.span("spared")
    spared = [m for m in found if m.things and start <= m.start < end]
    spared = [m for m in spared if m.kind not in ("own", "audio")] or spared  # 海滩的原声: the beach's alone
    rest = _REST.match(text, match.end())
    if not spared or rest is None:
        return ()
    behind = [m for m in found if rest.start("rest") <= m.start < rest.end("rest")]
    whole = next((m for m in behind if m.every or m.kind in _WHOLES or (m.bare and len(m.things) > 1)), None)
    ahead = (
        m
        for m in found
        if (m.every or (m.bare and len(m.things) > 1)) and not text[m.end : match.start()].strip(" ,的里中")
    )
    whole = whole or next(ahead, None)  # 所有片段除了第一段都加速
    if whole is None and not patterns.search(_ALL, rest["rest"]):
        return ()
    if any(m is not whole and m.kind not in _WHOLES and not m.bare for m in behind):
        return ()
    gone = {thing.segment.id for m in spared for thing in m.things}
    left = [t for t in _pool(whole, spared[0], scene) if t.segment.id not in gone]
    if not left:
        return ()
    at = (whole.start, whole.end) if whole else (rest.start("rest"), rest.start("rest") + 1)
    made = [Mention(*at, "text" if t.role == "text" else "name", t.segment.id, things=(t,)) for t in left]
    kept = [m for m in found if m not in spared and m is not whole and not (m in behind and m.kind in _WHOLES)]
    return tuple(sorted([*kept, *made], key=lambda m: m.start))


_WHOLES = ("all", "other", "film", "own", "audio")


def _pool(whole: Mention | None, spared: Mention, scene: Scene) -> tuple[Thing, ...]:
    """All that is spoken of, with what is left out of it."""
    role = spared.things[0].role
    kind = whole.kind if whole else "all"
    sounding = tuple(t for t in scene.things if scene.sounds(t))
    if kind == "audio":
        return sounding
    if kind in ("film", "clip", "own") or (kind in ("all", "other") and role == "clip"):
        return scene.of("clip")
    if kind in ("all", "other") and role == "text":
        return scene.of("subtitle" if spared.kind == "subtitle" and spared.nth is not None else "text")
    if kind in ("all", "other"):
        return sounding if role in ("music", "voice", "sound", "audio") else scene.of(role)
    return scene.of(kind)


_OTHERS = "其他|其它|其余|别的|剩下"
_KIND = "(?:声音|音频|音轨|片段|镜头|视频|照片|图片|文字|字幕|标题|字)?"
_BESIDE = Sieve(re.compile(r"只|以外|之外|(?:[动变改管样]|留[着下])[,， ]*(?:但|就|把|给|让)*(?:其|别的|剩下|另外)"))
_LEFT = re.compile(
    rf"只(?:留|要|保留|剩|保)下?(?P<only>[^,。;]{{1,20}}?)[,，]? ?(?:的|把|给|让)?的?(?:{_OTHERS}|剩余|另外几?|其)的?(?P<of1>(?:所有|全部)?的?{_KIND})"
    rf"|(?:^|(?<=[,。;把将给让]))(?P<beside>[^,。;把将给让]{{1,16}}?)(?:以外|之外)的?(?:{_OTHERS})?的?(?P<of2>(?:所有|全部)?的?{_KIND})(?=都|全|一律|统统)"
    rf"|(?:^|(?<=[,。;]))(?P<stays>[^,。;秒]{{1,14}}?)(?:都|就|先|保持)*(?:不动|别动|不变|别变|不用动|不用改|不改|别改|不管|留着|留下|保持原样|保持不变)[,， ]*(?:但|就|把|给|让)*(?:{_OTHERS}|另外)的?(?:[二两三四五六七八九几\d]{{0,2}}[个段张条])?的?(?P<of3>{_KIND})"
)


def _others(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """只留第一段，其他删掉, 标题留着,另外两个文字删掉: all that is left, one by one; of the kind that is told after 其他."""
    match = _LEFT.search(text) if _BESIDE.search(text) else None
    if match is None:
        return ()
    start, end = match.span(next(name for name in ("only", "beside", "stays") if match[name]))
    spared = [m for m in found if m.things and start <= m.start and m.end <= end]
    if not spared:
        return ()
    gone = {thing.segment.id for m in spared for thing in m.things}
    kind = kind_of_word().get((match["of1"] or match["of2"] or match["of3"] or "").lstrip("所有全部的"), "")
    role = spared[0].things[0].role
    if kind == "audio" or (not kind and role not in ("clip", "text", "overlay")):
        pool = tuple(t for t in scene.things if scene.sounds(t))
    elif kind in ("clip", "film", "image"):
        pool = scene.of("clip")
    elif kind == "text" or (kind and role == "text"):
        pool = scene.of("text")
    else:
        pool = tuple(t for t in scene.things if t.role == role)
    left = [t for t in pool if t.segment.id not in gone]
    made = (Mention(end, match.end(), "text" if t.role == "text" else "name", t.segment.id, things=(t,)) for t in left)
    return (*(m for m in found if m.start >= match.end() and m.kind not in ("audio", "own", "all")), *made)
