"""What is no edit: export, undo, credits, status, help and their like. Always read by rules.

The words are `words/actions.toml`. Whatever is in quotes was lifted before, so a title "undo" undoes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.choice_words import holds
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.concepts import bounded
from reelscore.converse.normalise import blanked
from reelscore.converse.numbers import number_pattern, value_of
from reelscore.converse.quotes import MARK
from reelscore.converse.reading import Reading, action
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve, may_match
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step

_URL = re.compile(r"(?:https?|ftp)://[^\s\"'<>，。；]+|www\.[^\s\"'<>，。；]+\.[a-z]{2,}[^\s\"'<>，。；]*")
_ORDER = [
    "cancel", "name_version", "restore", "versions", "diff", "music_video", "undo", "redo", "upload", "credits", "genres",
    "moods", "instruments", "greet", "thank", "help", "status",
]  # fmt: skip


@cache
def _patterns(language: str) -> dict[str, tuple[Sieve, ...]]:
    held: dict[str, list[Sieve]] = {}
    for lang in dict.fromkeys((language, "en", "zh")):
        for name, entries in table("actions").get(lang, {}).items():
            held.setdefault(name, []).extend(_compiled(entry, lang) for entry in entries)
    return {name: tuple(patterns) for name, patterns in held.items()}


@cache
def _compiled(entry: str, language: str) -> Sieve:
    if entry.startswith("^") or MARK in entry:
        return Sieve(re.compile(entry))
    return Sieve(re.compile(bounded(entry, language) if entry[:1].isascii() else entry))


@cache
def _turns(language: str) -> dict[Sieve, tuple[int, str]]:
    """When each pattern is tried, and for which action."""
    told = [(name, sieve) for name in _ORDER for sieve in _patterns(language).get(name, ())]
    return {sieve: (turn, name) for turn, (name, sieve) in reversed(list(enumerate(told)))}


_OF_A_SHELL = re.compile(  # a line for a machine, and no file to fetch
    r"^\s*(?:system|assistant|developer|admin|root)\s*:|^\s*[$>#]*\s*(?:sudo |sh -c |bash -c )*(?:curl|wget|bash|sh|zsh|nc|ncat|python3?|perl|powershell|iex|invoke-\w+|rm|cat|eval|exec)(?![a-z])|\|\s*(?:sudo )?(?:ba|z)?sh(?![a-z])|\$\(|`[^`]*`"
    r"|<script|\{\{|fetch\(|XMLHttpRequest|os\.system",
    re.IGNORECASE,
)


def read(c: Clause) -> Iterator[Reading]:
    """Actions this clause may be."""
    written = any(_URL.search(q.words) for q in c.quotes)  # an address that shall stand on the picture
    if (url := _URL.search(c.said())) and not written and not _OF_A_SHELL.search(c.said()):
        yield action("upload", 0.97, url=url[0].rstrip(".,)"))
        return
    text = c.text.strip(" .!,")
    turns = _turns("zh" if c.around.language == "zh" else "en")  # no other language has words of its own for actions
    given: set[str] = set()
    said = turns.keys() & may_match(c.text, c.findings.text)
    for (_, name), sieve in sorted(((turns[s], s) for s in said), key=lambda one: one[0]):
        if name not in given and (match := sieve.regex.search(text)) and (made := _made(c, name, match)):
            given.add(name)
            yield made
    if made := _export(c):
        yield made


def _made(c: Clause, name: str, match: re.Match[str]) -> Reading | None:
    if name == "undo" and patterns.search(
        r"(?<![a-z])undo (?:the|my|that|your) undo|恢复(?:被)?撤销|取消撤销|unundo", c.text
    ):
        return None
    groups = {key.rstrip("23456789"): value for key, value in match.groupdict().items() if value}
    match name:
        case "undo" | "redo":
            return None if _about_a_thing(c, match) else action(name, 0.93, count=_count(c))
        case "credits":
            return None if c.has("end_credits") or c.quotes else action(name, 0.95)
        case "upload":
            known = (
                c.text[match.end() : match.end() + 2].startswith(("的", "ed")) or "刚" in c.text[: match.start() + 1]
            )
            return None if known else action(name, 0.93)
        case "restore":
            return _restore(c, groups)
        case "name_version":
            called = _name(c, match)
            if (c.span[0] and _CALL_IT.match(c.text)) or _A_FILM.search(called or ""):
                return None  # "export it, call it final", "save it as lesson1.mp4": the file
            return action(name, 0.96, name=called)
        case "diff":
            a, b = (_version(groups.get(key)) for key in ("a", "b"))
            if a is None and _FROM_THE_START.search(c.text):
                a = 1
            return action(name, 0.94, a=a, b=b)
        case "help":
            return action(name, 0.955, topic=(groups.get("topic") or "").strip(" ?!.,的") or None)
        case "music_video":
            if (c.scene.clips or not c.scene.things) and _OUT_OF_IT.fullmatch(match[0]):
                return None  # of the clips that are there, or of none yet
            return action(name, 0.98 if _DRAWN.search(c.text) else 0.93, prompt=_visuals(c, match))
        case "cancel":
            return action(name, 0.98)
        case "greet" | "thank" | "versions":
            return action(name, 0.93)
        case "genres" | "instruments" | "moods":
            return action(name, 0.95)
        case "status":
            asks = patterns.match(
                r"\s*(?:so |and |ok |hey )*(?:what|which|how|who|where|when|is|are|did|does|do)(?![a-z])", c.text
            )
            plainly = patterns.search(r"ready|done|finished|好了|完成|还是[横竖方静]", c.text)
            return action(name, 0.97 if plainly else 0.945 if asks else 0.9)
    return None


_FROM_THE_START = re.compile(
    r"(?<![a-z])(?:since (?:the |i |we |you )?(?:very )?(?:beginning|start|original|began|started|first version)|all (?:the |my |your )?(?:changes|edits)|everything (?:we|i|you)(?:'ve)? (?:did|done|changed))(?![a-z])"
    r"|一共|总共|到目前为止|从?一?开始到|从头"
)


def _about_a_thing(c: Clause, match: re.Match[str]) -> bool:
    """ "undo the cropping on clip 2" takes a setting back, not the last change."""
    if patterns.search(r"(?:last|latest|previous|recent) (?:\w+ )?(?:one|thing|change|edit|step|action)s?$", match[0]):
        return False
    after = c.text[match.end() : match.end() + 40]
    effect = patterns.match(
        r"\s*(?:the|that|this|my) (zoom|crop|rotation|flip|mirror|blur|sepia|fade|mute|mirroring|cropping)(?:ing|ping)?(?: effect| filter)?(?![a-z])",
        after,
    )
    last = c.context.steps[-1] if c.context.steps else None
    if effect and not (isinstance(last, Step) and last.command.startswith(effect[1][:4])):
        return True
    things = [m for m in c.mentions if m.kind not in ("pronoun", "all", "film")]
    return bool(things) and not patterns.match(r"\s*(?:the |my )?(?:last|previous|\d|two|three|that|it)", after)


def _count(c: Clause) -> Plain:
    q = c.quantity("number", "times", "parts")
    if q and patterns.search(
        r"(?:undo|redo|back|last|previous|撤销|重做|撤回|退|回)\W*(?:the )?(?:last )?$", c.text[: q.start]
    ):
        return q.number
    if q and patterns.match(r"\s*(?:steps?|changes?|edits?|versions?|times|of them|步|次|个)", c.text[q.end :]):
        return q.number
    if patterns.search(r"(?<![a-z])both(?![a-z])", c.text):
        return None if len(c.context.steps) > 1 else 2
    found = patterns.search(
        rf"({number_pattern()}) ?(?:steps?|changes?|edits?|versions?|步|次|个操作|个修改)", c.text
    ) or patterns.search(r"last (two|three|four|five|\d+)", c.text)
    value = value_of(found[1]) if found else None
    return int(value) if value and value > 1 else None


def _version(words: str | None) -> Plain:
    value = value_of((words or "").removeprefix("v")) if words else None
    return int(value) if value is not None else None


def _restore(c: Clause, groups: dict[str, str]) -> Reading | None:
    if order := groups.get("order"):
        first = order in ("first", "original", "initial", "very first", "最初", "最开始", "原始", "最早", "初始")
        if order in ("previous", "last", "上一个"):
            return action("undo", 0.9)
        return action("restore", 0.94, version=1 if first else {"second": 2, "third": 3}.get(order, 1))
    words = groups.get("version", "")
    if MARK in words:
        return action("restore", 0.96, version=c.quotes[0].words) if c.quotes else None
    version = _version(words)
    return action("restore", 0.95, version=version) if version is not None else None


def _name(c: Clause, match: re.Match[str]) -> str | None:
    if c.quotes:
        return c.quotes[0].words
    if start := match.groupdict().get("name"):
        at = c.text.find(start)
        return c.said(at, at + len(start))
    found = patterns.search(r"(?:as|called|named|为|成|叫)\s*(?:version )?([^,。!]+)$", c.text[match.start() :])
    if found:
        at = match.start() + found.start(1)
        return c.said(at, at + len(found[1].rstrip(" .!"))) or None
    return None


_A_FILM = re.compile(r"(?i)\.(?:mp4|mov|webm|mkv|gif|m4v)$")
_OUT_OF_IT = re.compile(  # "can you make a video out of it": of sound alone
    r"(?:make|turn|create|do|have|get)[a-z ]{0,20} (?:video|film|clip)[a-z ]{0,10}|(?:做|变|弄|转|生成)成?(?:一个|个)?(?:视频|影片)"
)
_DRAWN = re.compile(
    r"(?<![a-z])(?:music videos?|visuali[sz]er|wave ?forms?|spectrum|audiograms?|that (?:move|dance|react|pulse|bounce|jump)s?)(?![a-z])|波形|声波|频谱"
)


def _visuals(c: Clause, match: re.Match[str]) -> str | None:
    found = patterns.search(
        r"(?:with|showing|featuring|about|of|带|要有|风格是|风格为|[,，:]\s*要?|画面)\s*(?:,\s*)?(.+?)(?:风格)?$",
        c.text[match.end() :],
    )
    if not found:
        return None
    return c.said(match.end() + found.start(1), match.end() + found.end(1)).strip(" .!")


def exported(c: Clause) -> Iterator[Reading]:
    """The clause as an export, though it does not say so: what came before it does."""
    yield _export_as(c)


def _export(c: Clause) -> Reading | None:
    if patterns.search(r"失败|没反应|卡住|出错|报错", c.text):
        return None
    more = [p for p in _patterns("en").get("export", ()) if p.search(c.text)]
    if _notes_or_stems(c) and not c.quotes and not patterns.search(_ASKS, c.text):
        return replace(_export_as(c), score=0.97)
    if not more and not c.has("export"):
        return _shapes_wanted(c) or _file_wanted(c)
    if c.find("export") is None and not more:
        return None
    if patterns.search(_ASKS, c.text) or patterns.search(_LATER, c.text):
        return None
    if patterns.search(
        r"(?:哪些|什么|啥|哪种)(?:格式|分辨率|质量)|多少(?:积分|点|额度|钱|时间)|(?:要|得|会|需要)(?:花|用|等)?(?:多久|多长时间|几分钟)|怎么导|如何导|(?:能|可以|支持)导出?(?:哪|什么|啥)",
        c.text,
    ):
        return None
    made = _export_as(c)
    return replace(made, score=0.97, whole=True) if c.quotes and _FILE_CALLED.search(c.text) else made


_CALL_IT = re.compile(r"\s*(?:and |then |just )*(?:call|name|label) (?:it|that|the file) |(?:文件|名字|名称)")
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


def _file_wanted(c: Clause) -> Reading | None:
    """ "mp4, full hd", "bounce me a wav", "the square version as a file": a kind of file, and nothing to edit."""
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
    if not _ANOTHER.search(c.text) or c.quotes or c.has("remove", "replace"):
        return None
    made = _export_as(c)
    shapes = {dict(one.args).get("shape") for one in made.asked}
    return replace(made, score=0.97, whole=True) if len(shapes - {None}) == 2 else None


def _one_clip(c: Clause) -> Thing | None:
    """ "export only the drone shot"."""
    held = [m for m in c.mentions if m.kind not in ("film", "pronoun")]
    lone = held[0].things[0] if len(held) == 1 and len(held[0].things) == 1 else None
    only = patterns.search(r"(?<![a-z])(?:only|just)(?![a-z])", c.text)
    return lone if only and lone is not None and lone.role == "clip" and c.scene.clips > 1 else None


_JOINED = re.compile(
    r",? (?:and(?: then| also)?|then|plus)(?: also)?(?: again)?(?= )|以及|还有|[,，]?再(?=来|导|出)|(?<=[a-z0-9])和(?=[a-z0-9])|和(?=一?[个份版条])"
)
_ANOTHER = re.compile(r"(?<![a-z])(?:version|copy|one|again|another)(?![a-z])|一[份个版]|再")
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
        if holds(c.text, name):
            return str(name)
    if "动图" in c.text:
        return "gif"
    sound = any(holds(c.text, words) for words in table("actions")["export"]["sound_words"])
    return "wav" if sound else None


def _of(c: Clause, kind: str) -> str | None:
    found = [
        (len(word), name)
        for name, words in table("actions")["export"][kind].items()
        for word in words
        if holds(c.text, word)
    ]
    return max(found)[1] if found else None
