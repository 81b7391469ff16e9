"""Files and segments that a message calls by their names, in full or by a telling word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from reelscore.converse import patterns
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing, plain_name
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_Called = tuple[tuple[str, str], ...]  # names with how they are passed on, as `Scene.called`
_FILMS = 32  # whose names' words are remembered
_FILE = re.compile(
    r"(?<![\w/])(?!(?:导出|输出|保存|另存)[成为叫到])[\w\u4e00-\u9fff().-]{1,60}\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus)(?![a-z0-9])"
)
_WRITTEN = re.compile(  # what is to be written, and is not there: "save it as weekend.mp4"
    r"(?<![a-z])(?:save|export|render|download|output|write)(?![a-z])[^,.;]{0,30} (?:as|to|into|called|named) $"
)


def names_said(text: str, scene: Scene) -> Iterator[Mention]:
    """Names of files and segments, in full first, then a telling word of one."""
    loose = text.replace("_", " ").replace("-", " ")
    here = [item for item in scene.names.items() if item[0] in loose]
    for name, (said, _) in sorted(here, key=lambda item: -len(item[0])):
        for span in _spans(name, loose, name[0].isascii(), _BEHINDS[name[-1].isascii(), name in kind_words()]):
            yield Mention(*span, "name", said, things=things_named(scene, name))
    squeezed = loose.replace(" ", "")
    for name, (said, _) in scene.names.items():
        if len(name) > 5 and name.isalpha() and name in squeezed and name not in loose:  # "end card" for endcard.png
            for match in compiled(rf"(?<![a-z0-9]){'[ -]?'.join(name)}{_BEHIND.pattern}").finditer(loose):
                yield Mention(*match.span(), "name", said, things=things_named(scene, name))
        joined = name.replace(" ", "")
        if joined != name and len(joined) > 3 and joined in loose:
            for start, end in _spans(joined, loose, True, _BEHIND):
                if (
                    ending_of(loose[start:end])
                    or joined not in ("lofi",)
                    or _THE_ONE.search(f"{loose[:start]}{_sort_of(loose[start:end])}|{loose[end:]}")
                ):
                    yield Mention(start, end, "name", said, things=things_named(scene, name))
    for match in _FILE.finditer(text) if "." in text else ():
        if not any(name in loose[match.start() : match.end()] for name in scene.names) and not _WRITTEN.search(
            text[: match.start()]
        ):
            yield Mention(*match.span(), "name", match[0])
    for word, named in _likewise(scene.called) if text.isascii() else ():
        if word in loose:
            for match in compiled(
                rf"(?<![a-z]){re.escape(word)} (?:shot|clip|scene|footage|part|photo|pic|picture)s?(?![a-z])"
            ).finditer(loose):
                yield Mention(*match.span(), "name", named, things=things_named(scene, named))
    for english, word, named in () if text.isascii() else _subjects(scene.called):
        if word.removeprefix("~") in text:
            for match in compiled(
                (
                    _DONE_TO.replace("{}", word[1:])
                    if word[0] == "~"
                    else re.escape(word)
                    if len(word) > 1
                    else _ALONE.format(word)
                )
                + r"(?:(?:拍|录)?的?(?:那|这)?(?:个|段|张|条)?(?:片段|视频|镜头|照片|画面|素材)|(?:拍|录)的(?:那|这)(?:个|段|张|条))?"
            ).finditer(text):
                yield Mention(*match.span(), "name", english, things=things_named(scene, named))
    for word, name in () if text.isascii() else _parts_zh(scene.called).items():
        if word in text:
            for match in compiled(
                rf"(?:{_DONE_TO.replace('{}', word)}|(?<=[把将给让]){word}|{word}(?=[那这]?一?[段个张条]|{_DONE_ZH})|(?<=用){word}(?=[那这]?一?首))"
                r"(?:的?(?:那|这)一?(?:个|段|张|条))?(?:片段|视频|镜头)?"
            ).finditer(text):
                yield Mention(*match.span(), "name", word, things=things_named(scene, name))
    for word, name in telling_words(scene.called).items():
        if word not in loose:
            continue
        if word.isdigit():  # MOV2042 for IMG_2042: another camera's letters before the same number
            for match in compiled(rf"(?<![a-z0-9])[a-z]{{2,4}} ?{word}{_BEHIND.pattern}").finditer(loose):
                yield Mention(*match.span(), "name", word, things=things_named(scene, name))
        for span in _spans(word, loose, word.isascii(), _BEHIND if word.isascii() else _NOTHING):
            yield Mention(*span, "name", word, things=things_named(scene, name))
    for word, name in _inflected(scene.called).items():
        if word in loose:
            for start, end in _spans(word, loose, True, _BEHIND_FORM):
                listed = _LISTED_TO.search(loose, 0, start) and _LISTED_FROM.match(loose, end)
                if (
                    listed
                    or " " in loose[start:end]
                    or loose[:start].endswith(("the ", "my ", "our ", "that ", "this "))
                ):
                    yield Mention(start, end, "name", scene.names[name][0], things=things_named(scene, name))
    for word, names in _shared(scene.called).items():
        if word in loose:
            for match in compiled(
                rf"(?<![a-z0-9])(?:(?:both|all|all the|the|my|two|three)(?: of)?(?: the)? )+{word}(?: ?(?:clips|shots|videos|photos|images|pictures|files|ones|bits|parts|pieces)|s)(?![a-z0-9])"
            ).finditer(loose):
                for thing in dict.fromkeys(t for name in names for t in things_named(scene, name)):
                    yield Mention(*match.span(), "name", thing.segment.id, 1, things=(thing,))


_LISTED_TO = re.compile(r"(?:^|[,;:]|(?<![a-z])(?:and|then|between))(?: |$)*$")  # "intro 3s, hike 6s", "hike first"
_LISTED_FROM = re.compile(r" ?(?:$|[,;.!]|(?:\d|first|last|second|third|next|(?:at|to|for) \d)(?![a-z]*ing))")


def _sort_of(said: str) -> str:
    """ "the lofi track": the word that says it is a file."""
    last = said.rpartition(" ")[2]
    return last if last in ("track", "song", "file") else ""


_THE_ONE = re.compile(  # "fade the lofi out": what lies there, and no kind of music
    r"(?<![a-z])(?:the|this|that|my) (?:track|song|file)?\|(?:$|[.,;!?]| (?:out|in|off|down|up|over|under|at|as|to|by|a (?:bit|little|lot)|and|from|for|when|while|until|is|should|starts?|ends?|please|pls)(?![a-z]))"
)
_PART_WHERE = Sieve(
    re.compile(
        r"(?<![a-z])(?:the |that )?(?:part|bit|scene|shot|clip|section|footage|moment|piece)s? (?:where|when|in which|that shows|showing|of)(?: (?:we(?:'re)?|i(?:'m)?|he(?:'s)?|she(?:'s)?|they(?:'re)?|you|it|people|someone|everyone|the|a|an|my|us|me|are|is|was|were|go|went|going))* (?P<word>[a-z]{4,})(?![a-z])"
    )
)


def seen_in(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the part where we hike": the clip whose name begins as the word does."""
    for match in _PART_WHERE.finditer(text):
        word = match["word"]
        held = [n for n in scene.names if n.isalpha() and len(n) > 4 and _alike(word, n)]
        clips = [n for n in held if any(t.role == "clip" for t in things_named(scene, n))]
        if len(clips) == 1:
            yield Mention(*match.span(), "name", scene.names[clips[0]][0], things=things_named(scene, clips[0]))


def _alike(word: str, name: str) -> bool:
    """Are these forms of one word: "hike", "hiked" and "hiking"; "unbox" and "unboxing"?"""
    stem = name.removesuffix("ing")
    return word.startswith(stem) or stem.startswith(word.removesuffix("ed").removesuffix("e"))


_ENDED = r"(?:\.(?:mp4|m4v|mov|avi|webm|mkv|jpe?g|png|gif|webp|heic|mp3|wav|m4a|aac|flac|ogg|opus))?"
_KIND = r"(?: ?(?:clips?|shots?|videos?|photos?|images?|pictures?|pics?|footage|scenes?|file|track|song|bits?|parts?|sections?|sequence|portion|stuff|take|still|snap|segment|moment(?! (?:when|where))|片段|视频|镜头|照片|图片|素材|的片段|的镜头|文件|音乐|这首歌|这个片段|这段))?"
# what may stand behind a name, and belongs to it
_BEHIND = re.compile(rf"{_ENDED}(?![a-z0-9]){_KIND}")
_BEHINDS = {  # by whether a name ends in a Latin letter, and whether it is a kind's name too
    (True, False): _BEHIND,
    (False, False): re.compile(rf"{_ENDED}{_KIND}"),
    (True, True): re.compile(rf"{_ENDED}(?![a-z0-9])(?! ?\d){_KIND}"),  # "clip 1" of clip.mp4 is a place in order
    (False, True): re.compile(rf"{_ENDED}(?! ?\d){_KIND}"),
}
_BEHIND_FORM = re.compile(rf"(?![a-z0-9]){_KIND}")
_NOTHING = re.compile("")


def _spans(word: str, text: str, edged: bool, behind: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where a word stands with what may stand behind it; `edged`: no letter or digit may stand before. One pattern
    serves all names: to compile one for each would take longer than to read the message."""
    at = text.find(word)
    while at >= 0:
        apart = not (edged and at and text[at - 1] in _LETTERS)
        match = behind.match(text, at + len(word)) if apart else None
        if match:
            yield at, match.end()
        at = text.find(word, match.end() if match else at + 1)


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ALONE = r"(?:^|(?<=[,。;、 把将给让和跟与到在的是先再用前后放删剪切调换挪移排播是按掉了除只留拿对弄速动停慢快亮暗做选用秒接从]))(?:那[只个座片条]|这[只个座片条])?{}(?=[的那这和跟与、, 前后之放排静加换剪删调移也镜都除以不别就倒亮暗慢快缩拉旋转裁只对互再然接\d]|$)"

_DONE_TO = (  # of what is a place too
    r"(?:^|(?<=[,。;、 把将给让和跟与掉去了候]))(?:那个|这个)?{}(?=那[段个]|这[段个]|的(?:片段|视频|画面)|(?:渐渐|慢慢|逐渐|缓缓|也|都|就|再|全|可以|有点|稍微|给我|还是)*(?:剪|删|去[掉除]|裁|砍|切[掉短]|不要|太[长短快慢]|多[停放留]|停|[短长快慢]|缩|拉长|延长|加[速快]|放慢|倍速|静音|定格|倒放|黑白|调[亮暗]|消音|(?:最后|[只就]?留)(?=[\d一二两三四五六七八九十半])|淡[入出]|没声|收掉|停掉|声音?|音量|[大小轻响](?:一?[点些半]|声|到)|[调降升减压](?:[高低大小]|到|[一两三四五六七八九]|减?半))|的?(?:前面|后面|之前|之后)|,|$)"
    r"|(?<=[到在]){}(?=的?(?:前面|后面|之前|之后))"
)


@cache
def kind_words() -> frozenset[str]:
    """What things are called by their kind, which a file may be called too."""
    return frozenset(word for row in table("kinds").values() for word in row.get("words", ()))


@lru_cache(maxsize=_FILMS)
def _subjects(called: _Called) -> tuple[tuple[str, str, str], ...]:
    """Each Chinese word for what one name alone says in English, with that English word and the name."""
    held: dict[str, list[str]] = {}
    for name, _ in called:
        for word in dict.fromkeys(name.split()):
            for form in {word, word.removesuffix("s")}:
                held.setdefault(form, []).append(name)
    words = table("subjects")
    return tuple((one, word, held[one][0]) for one in words if len(held.get(one, ())) == 1 for word in words[one])


@lru_cache(maxsize=_FILMS)
def _likewise(called: _Called) -> tuple[tuple[str, str], ...]:
    """Other English words for what one name alone says: "sea" for beach.mp4, with the name."""
    own = {word for name, _ in called for word in name.split()}
    held: dict[str, set[str]] = {}
    for name, _ in called:
        for word in name.split():
            for other in table("subjects_en").get(word, ()):
                held.setdefault(other, set()).add(name)
    return tuple((word, min(names)) for word, names in held.items() if len(names) == 1 and word not in own)


@lru_cache(maxsize=_FILMS)
def _inflected(called: _Called) -> dict[str, str]:
    """Other forms of one-word names: "the hike" for hiking.mp4, "the review" for reviews.mp4."""
    held: dict[str, str] = {}
    for name, _ in called:
        base = name[:-3] if name.endswith("ing") else ""
        forms = (base, base + "e") if len(base) > 2 else (name[:-1],) if name.endswith("s") else ()
        held.update({form: name for form in forms if len(form) > 3 and form.isalpha() and form not in _PLAIN_NAMES})
    names = dict(called)
    return {form: name for form, name in held.items() if form not in names}


@lru_cache(maxsize=_FILMS)
def _shared(called: _Called) -> dict[str, list[str]]:
    """Words that begin several names: "both img clips"."""
    held: dict[str, list[str]] = {}
    for name, _ in called:
        word = name.split()[0]
        if len(word) > 2 and word != name and word.isalpha():
            held.setdefault(word, []).append(name)
    return {word: names for word, names in held.items() if len(names) > 1}


def ending_of(words: str) -> bool:
    """Is a file's ending said?"""
    return patterns.search(r"\.[a-z0-9]{2,4}(?![a-z0-9])", words) is not None


_DONE_ZH = r"的?(?:也|就|都|再|还是|可以)*(?:放(?!大|慢|音)|排|挪|移|提前|调|太[长短暗亮慢快吵]|剪|加速|慢一|快一|不用|不要|别|留)"


@lru_cache(maxsize=_FILMS)
def _parts_zh(called: _Called) -> dict[str, str]:
    """The first and the last two letters of Chinese names, 古城 and 夜景 of 古城夜景, with the one name that has them."""
    held: dict[str, list[str]] = {}
    for name, _ in called:
        for run in patterns.findall(r"[\u4e00-\u9fff]{3,}", name):
            for word in {run[:2], run[-2:]}:
                held.setdefault(word, []).append(name)
    every = dict(called)
    return {
        word: names[0]
        for word, names in held.items()
        if len(names) == 1 and word not in every and word not in _PLAIN_ZH and word not in kind_words()
    }


_PLAIN_ZH = frozenset(
    ("效果", "视频", "音乐", "片段", "镜头", "开头", "结尾", "片头", "片尾", "背景", "标题", "字幕", "照片", "图片", "声音", "画面", "素材",
     "部分", "全部", "最后", "最终", "前面", "后面", "黑白", "慢动", "动作", "旁白", "配乐", "原声", "录音", "人声", "录像", "录屏", "文件",
     "版本", "成片", "影片", "转场", "片子"),
)  # fmt: skip


@lru_cache(maxsize=_FILMS)
def telling_words(called: _Called) -> dict[str, str]:
    """Words of four letters and more that only one name has, and what stands before a dash or a bracket in it
    ("At Last" of "At Last (live)"), with that name."""
    held: dict[str, str] = {}
    names = dict(called)
    for name, said in called:
        head = plain_name(patterns.split(r"\s+[-\u2013]\s+|\s*[(\[]", said)[0])
        if len(head) > 3 and head not in names:
            held[head] = "" if head in held else name
    for name, _ in called:
        for word in name.split():
            if len(word) > 3 and word != name and (word.isalpha() or word.isdigit()) and word not in _PLAIN_NAMES:
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


def things_named(scene: Scene, name: str) -> tuple[Thing, ...]:
    media = {m.id for m in scene.media_named(name)}
    return tuple(t for t in scene.things if t.segment.media in media or name in plain_name(t.segment.name))
