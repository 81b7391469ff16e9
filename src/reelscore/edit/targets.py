"""What a person means by "clip 2", "the last clip", "the music", "the title", a file's name, or a bare number.

A reference is tried as an id, as "all ...", as a kind with a place ("the second photo"), as a moment ("the clip at
5s"), then as a name or its beginning. What is unknown or could be several is refused with the list of what there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from reelscore.edit.amounts import length_of
from reelscore.edit.places import Place, label, label_with_time, places, sounds
from reelscore.edit.refusals import refuse
from reelscore.values.command import Said
from reelscore.values.timeline import Media, Timeline, Track

KINDS: dict[str, tuple[Callable[[Place, Timeline], bool], tuple[str, ...], tuple[str, ...]]] = {
    "image": (
        lambda place, timeline: (m := timeline.medium(place.segment.media)) is not None and m.kind == "image",
        ("image", "photo", "picture", "still", "pic"), ("图片", "照片", "相片", "图"),
    ),
    "overlay": (
        lambda place, _: place.role == "overlay",
        ("overlay", "picture-in-picture", "picture in picture", "pip", "inset", "logo", "sticker", "small picture"),
        ("画中画", "叠加", "小窗", "贴图", "水印", "贴纸"),
    ),
    "background": (lambda place, _: place.role == "background", ("background",), ("背景",)),
    "music": (
        lambda place, _: place.role == "music",
        ("music", "bgm", "soundtrack", "song", "background music", "score", "backing track", "tune", "bed"),
        ("音乐", "配乐", "背景音乐", "bgm", "歌曲", "背景乐", "歌", "曲子", "乐曲"),
    ),
    "voice": (
        lambda place, _: place.role == "voice",
        ("voice", "voiceover", "voice-over", "voice over", "narration", "narrator"), ("旁白", "配音", "人声", "解说"),
    ),
    "sound": (
        lambda place, _: place.role == "sound", ("sound effect", "effect", "sfx"), ("音效",),
    ),
    "audio": (
        lambda place, timeline: sounds(place, timeline), ("audio", "sound"), ("声音", "音频", "音轨"),
    ),
    "title": (
        lambda place, _: place.segment.text is not None and place.segment.text.style == "title",
        ("title", "headline", "heading", "main title"), ("标题", "片名", "大标题"),
    ),
    "subtitle": (
        lambda place, _: place.segment.text is not None and place.segment.text.style in ("subtitle", "caption"),
        ("subtitle", "subtitles", "caption", "captions"), ("字幕", "副标题"),
    ),
    "lower third": (
        lambda place, _: place.segment.text is not None and place.segment.text.style == "lower_third",
        ("lower third", "lower-third", "name tag", "nameplate"), ("人名条", "下三分之一", "名条"),
    ),
    "text": (lambda place, _: place.role == "text", ("text", "words", "wording"), ("文字", "文本", "字")),
    "clip": (
        lambda place, _: place.role == "clip",
        ("clip", "shot", "video clip", "video", "scene", "segment", "footage", "film", "part", "one"),
        ("片段", "视频片段", "视频", "镜头", "素材", "画面", "段", "影片", "个"),
    ),
}  # fmt: skip
ON = {  # what a parameter may name, in words
    "": Said("a clip", "片段"),
    "picture": Said("something with a picture", "有画面的内容"),
    "sounding": Said("something with sound", "有声音的内容"),
    "text": Said("a text", "文字"),
    "music": Said("music", "音乐"),
    "clip": Said("a clip of the film", "影片片段"),
    "media": Said("a clip, picture or sound", "片段、图片或声音"),
    "audio track": Said("music or a sound on its own track", "音轨上的音乐或声音"),
}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "last": -1, "final": -1, "second last": -2, "second to last": -2, "second-to-last": -2,
    "next to last": -2, "penultimate": -2, "opening": 1, "ending": -1, "closing": -1,
}  # fmt: skip
_CARDINALS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ALL = re.compile(r"(?:all|every|each|both)(?: of)?(?: the)?\s*(.*)|(?:所有的?|全部的?|每个|每一个|每段)(.*)")
_EVERYTHING = ("all", "everything", "all of them", "whole timeline", "所有", "全部", "全都", "一切", "整个")


def fits(place: Place, on: str, timeline: Timeline) -> bool:
    """May a parameter that is bound to `on` name this?"""
    match on:
        case "picture":
            return place.track.kind == "video"
        case "sounding":
            return sounds(place, timeline)
        case "text":
            return place.track.kind == "text"
        case "audio track":
            return place.track.kind == "audio"
        case "media":
            return bool(place.segment.media)
        case _:
            return place.role == on


def many(timeline: Timeline, reference: str, on: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """All that the reference names. Raises EditError, with what there is, where it names nothing that fits."""
    held = places(timeline)
    right = [place for place in held if not on or any(fits(place, kind, timeline) for kind in on)]
    if not right:
        raise refuse("empty", what=ON[on[0] if on else ""])
    named = _named(timeline, reference.strip(), held, right)
    if not named and "sounding" in on and _kind(_bare(reference)) == "voice":
        named = [place for place in right if place.role == "clip"]  # no voice-over: who speaks in the film
    if not named:
        raise refuse("no_such_segment", map(label_with_time, right), ref=reference)
    fitting = {place.segment.id for place in right}
    chosen = [place for place in named if place.segment.id in fitting]
    if not chosen:
        raise refuse("wrong_kind", map(label_with_time, right), label=label(named[0]), what=ON[on[0]])
    return tuple(chosen)


def one(timeline: Timeline, reference: str, on: tuple[str, ...] = ()) -> Place:
    """The one segment meant. Raises EditError where it could be several."""
    found = many(timeline, reference, on)
    seen = tuple(place for place in found if place.role != "text")
    if len(found) > 1 and len(seen) == 1:
        return seen[0]  # "the crystal clip", where a title speaks of crystals too
    if len(found) > 1:
        raise refuse("ambiguous", map(label_with_time, found), ref=reference, count=len(found))
    return found[0]


def sounding(timeline: Timeline, reference: str) -> tuple[Place, ...]:
    """What is meant of all that sounds; unsaid, the music, and where there is none, everything."""
    if reference:
        return many(timeline, reference, ("sounding",))
    everything = many(timeline, "all", ("sounding",))
    return tuple(place for place in everything if place.role == "music") or everything


def medium(timeline: Timeline, reference: str) -> Media:
    """The file meant by an id, a name, or the beginning of one. Raises EditError."""
    plain = _plain_name(reference)
    held = timeline.media
    for test in (
        lambda m: m.id == reference.strip(),
        lambda m: m.name == reference.strip(),
        lambda m: _plain_name(m.name) == plain,
        lambda m: len(plain) > 1 and plain in _plain_name(m.name),
        lambda m: len(plain) >= 8 and m.id.removeprefix("sha256:").startswith(plain),
    ):
        found = [m for m in held if test(m)]
        if len(found) == 1:
            return found[0]
        if found:
            raise refuse("ambiguous", (m.name for m in found), ref=reference, count=len(found))
    if plain.isdecimal() and 1 <= int(plain[:6]) <= len(held):
        return held[int(plain) - 1]
    raise refuse("no_such_media", (m.name for m in held), ref=reference)


def track(timeline: Timeline, reference: str) -> Track:
    """The track meant by its id, number or name. Raises EditError."""
    plain = re.sub(r"^the |\s*track$|轨道?$", "", reference.strip().lower()).strip()
    for n, held in enumerate(timeline.tracks, 1):
        if plain in (held.id.lower(), str(n), held.name.lower(), f"track {n}"):
            return held
    found = _named(timeline, plain, places(timeline), list(places(timeline)))
    ids = {place.track.id for place in found or ()}
    if len(ids) == 1 and found:
        return found[0].track
    raise refuse("no_such_track", (f"{held.id} ({held.name or held.kind})" for held in timeline.tracks), ref=reference)


def _named(timeline: Timeline, reference: str, held: tuple[Place, ...], right: list[Place]) -> list[Place] | None:
    """What the reference names among all segments; bare numbers and "all" count among the fitting ones only."""
    exact = [place for place in held if place.segment.id == reference]
    if exact:
        return exact
    plain = _bare(reference)
    if plain in _EVERYTHING:
        return right
    if every := _ALL.fullmatch(plain):
        kind = _kind(re.sub(r"s$", "", (every[1] or every[2] or "").strip())) or _kind(
            (every[1] or every[2] or "").strip()
        )
        return None if kind is None else _of(kind, held, timeline)
    counted = _counted(timeline, plain, held, right)
    if counted and not any(place in right for place in counted):  # "Part one" may be what a text says
        said = [place for place in right if place.segment.text and place.segment.text.content == reference]
        counted = said or counted
    return counted or _at_moment(timeline, plain, held, right) or _by_name(timeline, plain, held)


def _bare(reference: str) -> str:
    """The reference in small letters, without "the" or 那个."""
    return re.sub(
        r"^(?:the|my|this|that|these|those|这个|那个|这段|那段|这|那)\s*", "", reference.lower().strip(" .!。！")
    )


def _counted(timeline: Timeline, plain: str, held: tuple[Place, ...], right: list[Place]) -> list[Place] | None:
    """ "clip 2", "second photo", "last one", 第二个片段, 片段2, "3", and a kind alone: "music"."""
    bare = re.fullmatch(r"(?:number |no\.? ?|#)?(\d{1,6})(?:st|nd|rd|th)?|第(.{1,3})个?", plain)
    if bare and (nth := _nth(bare[1] or bare[2])) is not None:
        first = right[0].role if not any(place.role == "clip" for place in right) else "clip"
        return _pick([place for place in right if place.role == first], nth)
    kind, nth = _kind(plain), None
    for pattern in (
        r"(?P<kind>.+?)\s*(?:number |no\.? ?|#|第)?\s*(?P<n>\d{1,6})",
        r"(?P<kind>[a-z -]+) (?P<n>one|two|three|four|five|six|seven|eight|nine|ten)",
        r"(?P<n>\d{1,6})(?:st|nd|rd|th) (?P<kind>.+)",
        rf"(?P<n>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}) (?P<kind>.+)",
        r"第\s*(?P<n>[\d一二三四五六七八九十两]{1,4})\s*[个张段条首句]?(?P<kind>.*)",
        r"(?P<n>最后|倒数第[一二三四五六七八九十\d]{1,3}|最前|开头|结尾)的?[一]?[个张段条首句]?的?(?P<kind>.*)",
        r"(?P<kind>.+?)(?P<n>[一二三四五六七八九十])",
    ):
        if kind is None and (found := re.fullmatch(pattern, plain)):
            kind = _kind(found["kind"].strip()) or ("clip" if not found["kind"].strip() else None)
            nth = _nth(found["n"])
    if kind is None:
        return None
    chosen = _of(kind, held, timeline)
    if not chosen and kind in ("title", "subtitle", "lower third"):
        chosen = _of("text", held, timeline)
    return _pick(chosen, nth)


def _nth(words: str) -> int | None:
    if words.isascii() and words.isdecimal():
        return int(words)
    if words in _ORDINALS or words in _CARDINALS:
        return _ORDINALS.get(words) or _CARDINALS.get(words)
    if words.startswith("倒数第"):
        back = _nth(words[3:])
        return None if back is None else -back
    if words in ("最后", "结尾"):
        return -1
    if words in ("最前", "开头"):
        return 1
    if words and all(c in _CHINESE for c in words):
        tens, _, ones = words.rpartition("十")
        return _CHINESE[words] if len(words) == 1 else 10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0)
    return None


def _pick(chosen: list[Place], nth: int | None) -> list[Place] | None:
    if nth is None:
        return chosen or None
    if nth == 0 or abs(nth) > len(chosen):
        return None
    return [chosen[nth - 1 if nth > 0 else nth]]


def _kind(words: str) -> str | None:
    for singular in (words, words.removesuffix("s")):
        for kind, (_, english, chinese) in KINDS.items():
            if singular in english or singular in chinese:
                return kind
    return None


def _of(kind: str, held: tuple[Place, ...], timeline: Timeline) -> list[Place]:
    return [place for place in held if KINDS[kind][0](place, timeline)]


def _at_moment(timeline: Timeline, plain: str, held: tuple[Place, ...], right: list[Place]) -> list[Place] | None:
    """ "clip at 5s", "at 0:05", 5秒处的片段."""
    found = re.fullmatch(r"(?P<kind>.*?)\s*\bat (?P<at>.+)|(?P<at2>.+?)(?:处|时)的?(?P<kind2>.*)", plain)
    if not found:
        return None
    at = length_of(found["at"] or found["at2"], timeline.canvas.frame)
    kind = _kind((found["kind"] or found["kind2"] or "").strip())
    if at is None or at < 0:
        return None
    among = _of(kind, held, timeline) if kind else right
    return [place for place in among if place.span.holds(Fraction(at))] or None


def _by_name(timeline: Timeline, plain: str, held: tuple[Place, ...]) -> list[Place] | None:
    """The segment's name, its file's name or its words: in full, else a part of it that is at least two letters."""
    wanted = _plain_name(plain)
    if not wanted:
        return None
    names: dict[str, str] = {m.id: _plain_name(m.name) for m in timeline.media}
    said = [
        (place, {_plain_name(place.segment.name), names.get(place.segment.media, ""),
                 _plain_name(place.segment.text.content if place.segment.text else "")} - {""})
        for place in held
    ]  # fmt: skip
    full = [place for place, called in said if wanted in called]
    if full:
        return full
    without_kind = re.sub(r"\s*(?:clip|video|photo|image|text|片段|视频|图片)$", "", wanted)
    for words in (wanted, without_kind):
        if len(words) > 1 and (near := [place for place, called in said if any(words in name for name in called)]):
            return near
    return None


def _plain_name(name: str) -> str:
    """Lower case, without quotes, folder endings and runs of blanks."""
    plain = name.strip().strip("\"'“”‘’《》「」").lower()
    plain = re.sub(r"\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac|flac|ogg|opus)$", "", plain)
    return re.sub(r"[\s_-]+", " ", plain).strip()
