"""A file of the film: as what, of what, in which shapes, called how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.choice_words import holds
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.normalise import blanked
from reelscore.converse.readers.action_words import patterns_of
from reelscore.converse.reading import Reading, action
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table


def exported(c: Clause) -> Iterator[Reading]:
    """The clause as an export, though it does not say so: what came before it does."""
    yield _export_as(c)


def export(c: Clause) -> Reading | None:
    """ "Export as a gif", "in 9:16 and 1:1", "only clip 2 as mp4", "the stems"."""
    if patterns.search(r"失败|没反应|卡住|出错|报错", c.text):
        return None
    more = [p for p in patterns_of("en").get("export", ()) if p.search(c.text)]
    if _notes_or_stems(c) and not c.quotes and not patterns.search(_ASKS, c.text):
        return replace(_export_as(c), score=0.97)
    if not more and not c.has("export"):
        return _shapes_wanted(c) or _file_wanted(c)
    if c.find("export") is None and not more:
        return None
    if patterns.search(_ASKS, c.text) or patterns.search(_LATER, c.text):
        return None
    if patterns.search(
        r"(?:哪些|什么|啥|哪种)(?:导出|输出)?的?(?:格式|分辨率|质量)|多少(?:积分|点|额度|钱|时间)|(?:要不要|用不用|收不收|需不需要)(?:花|付|收)?(?:钱|费|积分)|(?:收费|免费|要钱|花钱|付费|扣积分)的?(?:吗|么|嘛)|(?:要|得|会|需要)(?:花|用|等)?(?:多久|多长时间|几分钟)|怎么导|如何导|(?:积分|额度|点数|余额)[^,。]{0,6}[够足]|导出?到(?:哪|第几|多少|什么|百分之几)|(?:导出|渲染)(?:的)?(?:进度|到哪)|(?:能|可以|支持)导出?(?:哪|什么|啥)",
        c.text,
    ):
        return None
    made = _export_as(c)
    return replace(made, score=0.97, whole=True) if c.quotes and _FILE_CALLED.search(c.text) else made


_FILE_CALLED = re.compile(  # "1080p, call it \ue000", 导出4k,名字用\ue000
    r"(?<![a-z])(?:(?:call|name|label)[a-z ]*|named|called|file ?name[a-z ]*|as|under the name):? \ue000|(?:名|叫)[\u4e00-\u9fff:]{0,4} ?\ue000"
)
_LATER = (
    r"(?<![a-z])(?:i'?ll|i will|we'?ll|we will|i'?m going to|gonna|let me) (?:export|render|download|save)[^,.;]* (?:later|soon|tomorrow|afterwards|myself|another time)(?![a-z])"
    r"|(?:before|when|once|after|until|till) (?:i|we|you) (?:export|render|download)|before (?:the )?(?:export|rendering)(?:ing)?(?![a-z])"
)
_ASKS = (
    r"^\s*(?:so |and |but |ok,? |hey,? |wait,? )*(?:how (?:do|does|can|would|should|could|far|long|much|many|is|are)|what(?:'s| is| are| does| do| will| would| can)|which|why|when|where"
    r"|does|do (?:i|you|we)|is (?:the|it|my|an)|are (?:the|you)|will (?:the|an|it)|did)(?![a-z])"
)
"""A question about exports, and no export."""


_FILE = r"(?<![a-z0-9.])(?:mp4|mov|webm|mkv|gif|wav|mp3|flac|m4a)(?![a-z0-9])|(?<![a-z])as a file(?![a-z])"


_HANDED = Sieve(
    re.compile(  # "ok send it to me", 发给我
        r"\s*(?:(?:ok|okay|great|perfect|good|fine|so|and|now|please|just|can you|could you|yes|then|,) ?)*(?:send|give|hand|pass|get) (?:(?:it|that|this|the (?:finished |final )?(?:video|film|file|result)) (?:over )?to me|me (?:it|that|the (?:finished |final )?(?:video|film|file|result)))(?: now| please| then)*[.! ]*"
        r"|(?:可以|好|行|那|就|把(?:它|视频|片子|成片)|直接|,)*(?:发|传|导|给)(?:给)?我(?:吧|就行|看看|一下|一份)*[。!]*"
    )
)


def _file_wanted(c: Clause) -> Reading | None:
    """ "mp4, full hd", "bounce me a wav", "the square version as a file": a kind of file, and nothing to edit."""
    if _HANDED.fullmatch(c.text) and c.scene.things:
        return replace(_export_as(c), score=0.97)
    called = bool(c.quotes) and _FILE_CALLED.search(c.text) is not None
    if not patterns.search(_FILE, c.text) or (c.quotes and not called):
        return None
    if called:
        return replace(_export_as(c), score=0.97, whole=True)
    if c.has("add", "remove", "replace", "mute") and not patterns.search(
        r"as a file|(?<![a-z])(?:give|get|send|hand) me", c.text
    ):
        return None
    return _export_as(c)


def _shapes_wanted(c: Clause) -> Reading | None:
    """ "a square version for Instagram and a vertical one for stories": a file in either shape."""
    if not _ANOTHER.search(c.text) or c.quotes or c.has("remove", "replace") or _of(c, "shapes") is None:
        return None
    made = _export_as(c)
    shapes = {dict(one.args).get("shape") for one in made.asked}
    return replace(made, score=0.97, whole=True) if len(shapes - {None}) == 2 else None


def _one_clip(c: Clause) -> Thing | None:
    """ "export only the drone shot"."""
    held = [m for m in c.mentions if m.kind not in ("film", "pronoun")]
    lone = held[0].things[0] if len(held) == 1 and len(held[0].things) == 1 else None
    only = patterns.search(
        r"(?<![a-z])(?:only|just|as (?:its|an?) (?:own|separate|single) (?:file|video|clip|movie|mp4|mov|gif|webm)|on its own|by itself|separately)(?![a-z])|单独|只(?:要|导)",
        c.text,
    )
    return lone if only and lone is not None and lone.role == "clip" and c.scene.clips > 1 else None


_JOINED = re.compile(
    r",? (?:and(?: then| also)?|then|plus)(?: also)?(?: again)?(?= )|以及|还有|[,，]?再(?=来|导|出)|(?<=[a-z0-9])和(?=[a-z0-9])|和(?=一?[个份版条])"
)
_ANOTHER = Sieve(re.compile(r"(?<![a-z])(?:version|copy|one|again|another)(?![a-z])|一[份个版]|再"))
_THE_FILM = re.compile(r"(?<![a-z])(?:film|video|movie)(?![a-z])|视频|影片|成片")
_WAYS = ("format", "resolution", "shape")


def _export_as(c: Clause) -> Reading:
    """One export, or two: "in 4k and then a square version", "as mp4 and gif", "the film and the stems"."""
    for joint in _JOINED.finditer(c.text) if len(c.text) < 120 else ():
        first, second = blanked(c.text, joint.start(), len(c.text)), blanked(c.text, 0, joint.end())
        one, two = (_one_export(c.reworded(text, 0)) for text in (first, second))
        told, more = (dict(reading.asked[0].args) for reading in (one, two))
        alike = any(told.get(way) and more.get(way) and told[way] != more[way] for way in _WAYS)
        apart = more.keys() & {*_WAYS} and _ANOTHER.search(second) and (told.keys() & {*_WAYS} or c.mention("film"))
        beside = more.get("format") in ("stems", "midi") and _THE_FILM.search(first)  # "the film and the stems"
        if alike or apart or beside:
            return replace(one, asked=(*one.asked, *two.asked))
    return _one_export(c)


def _one_export(c: Clause) -> Reading:
    start = end = None
    if c.range:
        start, end = (plain(q) for q in c.range)
    elif q := c.quantity("seconds", cue=("first",)):
        start, end = 0, plain(q)
    elif (q := c.quantity("seconds", cue=("last",))) and c.scene.duration > q.number:
        whole = float(c.scene.duration)
        start, end = round(whole - float(q.number), 6), whole
    elif (lone := _one_clip(c)) is not None:
        start, end = seconds(lone.span.start), seconds(lone.span.end)
    rate, size = c.quantity("fps", "frames"), c.quantity("size")
    return action(
        "export", 0.5 if patterns.search(r"^\s*(?:please )?save (?:it|this|(?:the|my) (?:project|work|edit))(?: please)?[.! ]*$", c.text) else 0.96,
        format=_format(c), resolution=_of(c, "resolutions") or (str(size.value) if size and str(size.value).endswith("p") else None), shape=_of(c, "shapes"), quality=_of(c, "qualities"),
        frame_rate=rate.number if rate else None, start=start, end=end, name=c.quotes[0].words if c.quotes else _file_name(c),
    )  # fmt: skip


_NAMED = re.compile(
    r"(?<![a-z])(?:as|to|into|named|called|call it|name it) (?:a file (?:named|called) )?(?P<name>[\w-][\w -]{0,40}?)\.(?:mp4|mov|webm|gif|mkv|wav|mp3|flac|m4a)(?![a-z0-9])",
    re.I,
)
_NAMED_ZH = re.compile(
    r"(?:文件名?|名字|命名|取名|起名|名称)(?:就|要|设|改)?(?:叫做?|为|成|是|用|:)*\s*(?P<one>[\w\u4e00-\u9fff -]{1,40}?)(?:\.(?:mp4|mov|webm|gif))?(?:吧|就行|就好|$|[,。;])"
    r"|(?:导出|输出|保存|另存)(?:成|为|叫|到)+(?P<two>[\w\u4e00-\u9fff -]{1,40})\.(?:mp4|mov|webm|gif)"
)


def _file_name(c: Clause) -> str | None:
    """导出,命名为周末vlog: what the file shall be called."""
    if "." in c.text and (called := _NAMED.search(c.said())):
        return called["name"]
    found = _NAMED_ZH.search(c.text) if "名" in c.text or "." in c.text else None
    if found is None:
        return None
    group = "one" if found["one"] else "two"
    return c.said(*found.span(group)) or None


_STEMS = (
    r"(?<![a-z])(?:stems?(?! from)|multi-?tracks?|(?:each|every|all)(?: of the)? (?:instruments?|players?|parts?) (?:separate(?:ly)?|alone|apart|on (?:its|their) own)"
    r"|(?:separate|individual|single|split)(?:d| up)? (?:instruments?|audio|music)? ?tracks)(?![a-z])"
    r"|分轨|每[个件条]?(?:乐器|声部|音轨)(?:都)?(?:分开|单独)|(?:乐器|声部|音轨)(?:都)?分开(?:导出|给|下载|保存)"
)
_MIDI = (
    r"(?<![a-z])(?:sheet music|score sheets?|lead sheets?|(?:music|musical) notation)(?![a-z])"  # what MIDI is opened as
    r"|(?<![a-z])(?:midi|\.mid)(?![a-z])(?! (?:keyboard|sounds?|style|controller|music|song|version|piano|drums|vibe))"
)


def _notes_or_stems(c: Clause) -> str | None:
    """ "export the stems", "can I get the midi?": the music for other programs."""
    return "stems" if patterns.search(_STEMS, c.text) else "midi" if patterns.search(_MIDI, c.text) else None


def _format(c: Clause) -> str | None:
    if notes := _notes_or_stems(c):
        return notes
    for name in table("actions")["export"]["formats"]:
        if name in c.text and holds(c.text, name):
            return str(name)
    if "动图" in c.text:
        return "gif"
    sound = any(words in c.text and holds(c.text, words) for words in table("actions")["export"]["sound_words"])
    return "wav" if sound else None


def _of(c: Clause, kind: str) -> str | None:
    found = [
        (len(word), name)
        for name, words in table("actions")["export"][kind].items()
        for word in words
        if word in c.text and holds(c.text, word)
    ]
    return max(found)[1] if found else None
