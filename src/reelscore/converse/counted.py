"""Things picked out of their like by count or by measure: "the first two clips", "every other photo", "the longest one".

Each is a mention of every thing that is picked. English only; other languages have their own forms in `mentions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.numbers import CHINESE, value_of
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|couple(?: of)?)"
TEXTS = ("title", "subtitle", "lower_third")
_COUNTABLE = ("clip", "image", "text", "overlay", *TEXTS)
_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:start|beginning|first|second|third|fourth|fifth|last|opening|final|closing|middle|every|each|odd|even|end|longe[rs]t?|long|shorte[rs]t?|short)(?![a-z])"
    )
)


@cache
def kind_words() -> str:
    """All Latin words for things that can be counted, as one pattern; plurals included."""
    words = [w for w, kind in kind_of_word().items() if kind in _COUNTABLE and w.isascii()]
    words += ["video", "picture", "part", "bit", "slide", "still", "one"]
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def kind_said(words: str | None) -> str:
    """The kind of "photos", "ones", "parts"; "clip" where none is told."""
    for word in (words or "", patterns.sub(r"e?s$", "", words or ""), patterns.sub(r"s$", "", words or "")):
        kind = kind_of_word().get(word, "")
        if kind in _COUNTABLE:
            return kind
        if word in ("still", "picture", "slide"):
            return "image"
    return "clip"


def pool(kind: str, scene: Scene) -> tuple[Thing, ...]:
    """All that a kind names; the clips of the film where it has no photos at all."""
    held = scene.of(kind)
    return held if held or kind != "image" else scene.of("clip")


def each(span: tuple[int, int], things: Sequence[Thing]) -> Iterator[Mention]:
    """A mention of every thing, all at one place."""
    for thing in things:
        kind = "text" if thing.role == "text" else "name"
        yield Mention(*span, kind, thing.segment.id, 1 if kind == "text" else None, things=(thing,))


def counted(text: str, scene: Scene) -> Iterator[Mention]:
    """All that is picked by count or by measure."""
    if " at " in text or " around " in text:
        yield from _at_moments(text, scene)
    elif "秒" in text or ":" in text:
        yield from _at_moments_zh(text, scene)
    if _GATE.search(text) is None:
        return
    if "last" in text or "final" in text or "from the" in text or " the " in text:
        yield from _from_the_end(text, scene)
    yield from _ends(text, scene)
    yield from _spaced(text, scene)
    yield from _of_them(text, scene)
    yield from _measured(text, scene)


@cache
def _end_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])(?:the |my |our )?(?:very )?(?P<end>first|opening|last|final|closing|middle) (?P<n>{COUNT})"
        rf"(?: (?:of )?(?:the |my |these |those )?(?P<kind>{kind_words()})s?(?![a-z])"
        r"|(?= (?:(?:and(?! an? (?:half|quarter))|should|are|need|get|must|in|to(?! (?:two|three|four|five|six|\d))|at|by|with|a bit|black|warm|sepia|pls|please|too|as well|only|on)(?![a-z]))))"
        rf"|(?<![a-z])(?:both|the|both the)(?: of the)? middle (?P<pair>{kind_words()})s(?![a-z])"
        rf"|(?<![a-z])(?:the )?(?P<half>first|second|last|front|back) half of (?:the |my )?(?P<halves>{kind_words()})s(?![a-z])"
    )


def _ends(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the first two clips", "the last 3", "the first half of the photos"."""
    for match in _end_forms().finditer(text):
        kind = kind_said(match["kind"] or match["halves"] or match["pair"])
        among = pool(kind, scene)
        if match["pair"]:
            middle = len(among) // 2
            yield from each(match.span(), among[middle - 1 : middle + 1] if len(among) % 2 == 0 else ())
            continue
        if match["half"]:
            middle = len(among) // 2
            yield from each(match.span(), among[:middle] if match["half"] in ("first", "front") else among[middle:])
            continue
        said = match["n"]
        n = 2 if said.startswith("couple") else int(value_of(said) or 0)
        if not match["kind"] and (_named_before(text[: match.start()]) or not among):
            continue
        if not 0 < n <= len(among):
            continue
        if match["end"] == "middle":
            at = (len(among) - n) // 2
            if (len(among) - n) % 2:
                continue
            yield from each(match.span(), among[at : at + n])
        else:
            yield from each(match.span(), among[:n] if match["end"] in ("first", "opening") else among[-n:])


_NTH = "second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th"
_NTH_OF = {word: n for n, words in enumerate((("second", "2nd", "one"), ("third", "3rd", "two"), ("fourth", "4th", "three"), ("fifth", "5th"), ("sixth", "6th")), 2) for word in words}  # fmt: skip


@cache
def _end_counted() -> re.Pattern[str]:
    kind = rf"(?P<K>{kind_words()})"
    forms = (
        rf"(?P<n>{_NTH})[ -](?:to|from|before)[ -](?:the )?(?:last|final|end)(?! of)(?: K)?",
        rf"(?P<n>{_NTH}) K (?:to|from|before|counting from) (?:the )?(?:very )?(?:last|end|back)",
        r"last but (?P<n>one|two)(?: K)?",
        r"last K but (?P<n>one|two)",
        r"K (?:right |just )?before (?:the )?(?:very )?(?:last|final)(?: (?:one|clip|shot|photo))?(?! (?:\d|second|few|two|three|part|bit|half|minute|frame|beat|bar|chorus|verse))",
        r"K in the (?:very )?middle(?! of)",
        r"K (?:that'?s |that is )?(?:right )?(?:at|near) the (?:very )?(?:start|beginning|end)(?! of (?:the |my )?(?:clip|shot)(?![a-z]))",
    )
    made = "|".join(forms)
    for n in range(made.count("(?P<n>")):
        made = made.replace("(?P<n>", f"(?P<n{n}>", 1)
    parts = made.split("K")
    made = "".join(
        f"{part}{kind.replace('<K>', f'<k{n}>') if n < len(parts) - 1 else ''}" for n, part in enumerate(parts)
    )
    return compiled(rf"(?<![a-z])(?:the |my |that |no |any |(?=last but|second|third))(?:{made})s?(?![a-z0-9])")


_PLACED = r"(?<![a-z])(?:put|move|place|bring|shift|add|insert|stick|want|have|show|display|play|fade|start|end|keep|leave|get|need)(?: [a-z]+)? $"


def _from_the_end(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the third from the end", "the last caption but one", "the photo before the last", "the one in the middle"."""
    for match in _end_counted().finditer(text):
        held = {key[0]: value for key, value in match.groupdict().items() if value}
        among = pool(kind_said(held.get("k")), scene)
        if match[0].endswith("middle"):
            if kind_said(held.get("k")) in (*TEXTS, "text") or compiled(_PLACED).search(text[: match.start()]):
                continue  # "put the text in the middle"
            yield from each(match.span(), among[len(among) // 2 :][:1] if len(among) % 2 else ())
            continue
        if "n" not in held and match[0].endswith(("start", "beginning", "end")):
            if kind_said(held.get("k")) in (*TEXTS, "text") and not compiled(_PLACED).search(text[: match.start()]):
                order = sorted(among, key=lambda t: t.span.start)
                yield from each(match.span(), order[-1:] if match[0].endswith("end") else order[:1])
            continue
        n = _NTH_OF.get(held.get("n", "second"), 0)
        yield from each(match.span(), among[-n:][:1] if 0 < n <= len(among) else ())


def _named_before(before: str) -> bool:
    """ "undo the last two", "keep the bars 2 to 4, the last two": what is counted is not of the timeline."""
    return (
        compiled(
            r"(?<![a-z])(?:undo|redo|revert|back|steps?|changes?|edits?|bars?|beats?|notes?|seconds?|versions?|cancel|scratch|discard)(?![a-z])"
        ).search(before)
        is not None
    )


@cache
def _of_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])the (?P<nth>first|second|third|fourth|fifth|last|final|middle)(?: one)? of (?:all )?(?:the |my |these |those )?(?P<n>{COUNT} )?(?P<kind>{kind_words()})s(?![a-z])"
    )


def _of_them(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the first of the captions": one of its like."""
    places = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "final": -1}
    for match in _of_forms().finditer(text):
        among = pool(kind_said(match["kind"]), scene)
        at = len(among) // 2 if match["nth"] == "middle" else places[match["nth"]]
        if -len(among) <= at < len(among) and not (match["nth"] == "middle" and len(among) % 2 == 0):
            yield from each(match.span(), (among[at],))


@cache
def _moment_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])(?:the|that|this) (?P<kind>{kind_words()})(?: that| which)?(?: is| comes(?: up| in)?| appears| starts| shows up| plays)? (?:at|around)"
        r" (?:(?P<minutes>\d{1,2}):(?P<left>\d\d)(?![\d:.])|(?P<seconds>\d{1,4}(?:\.\d+)?) ?(?:s|secs?|seconds?)(?![a-z]))"
    )


_AT_VERBS = (  # of these the moment is where something is done, and tells of no thing
    r"(?<![a-z])(?:put|move|place|show|start|begin|insert|add|split|cut|trim|freeze|end|stop|fade|mark|have|let|play|pause|drop|bring|set|slice|chop|divide|stick|hold|join|razor|zoom|from|until|till|to)(?![a-z])"
)


_TAKEN_OUT = re.compile(
    r"(?<![a-z])(?:remove|delete|cut|trim|drop|lose|kill|bin|ditch|scrap|chop|snip|take|get rid of|edit|mute|bleep)(?: out| off| away)?(?: the| that| this)? ?$"
)


def _at_moments(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the clip at 8 seconds", "the caption that comes at 0:05": the one that is there then."""
    for match in _moment_forms().finditer(text):
        if compiled(_AT_VERBS).search(text[: match.start()]):
            continue
        if match["kind"] in ("part", "bit") and _TAKEN_OUT.search(text, 0, match.start()):
            continue  # how long that bit is, is not said
        at = int(match["minutes"]) * 60 + int(match["left"]) if match["minutes"] else float(match["seconds"])
        there = [t for t in pool(kind_said(match["kind"]), scene) if t.span.start <= at < t.span.end]
        if len(there) == 1:
            yield from each(match.span(), there)


_MOMENT_ZH = re.compile(  # 第26秒的字幕, 从5秒开始的那个字幕, 0:08那个镜头
    rf"(?:从|在|把)?(?P<nth>第)?(?:(?P<seconds>\d{{1,4}}(?:\.\d+)?|{CHINESE})秒钟?|(?P<clock>\d{{1,2}}:\d\d)(?!\d))(?:处|左右|那里|那儿|的时候|时)?"
    rf"(?P<begins>(?:开始|出现|出来|显示|冒出来|弹出来?)的)?(?P<of>的)?(?P<that>[那这]一?[个条句行段张])?(?P<kind>字幕|标题|文字|花字|人名条|镜头|片段)"
)


def _at_moments_zh(text: str, scene: Scene) -> Iterator[Mention]:
    """第26秒的字幕, 从第5秒开始的那个字幕: the one that is there then."""
    for match in _MOMENT_ZH.finditer(text):
        if not (match["begins"] or match["that"] or (match["nth"] and match["of"])):
            continue  # 5秒的字幕: one that lasts so long
        clock = match["clock"].split(":") if match["clock"] else ()
        at = int(clock[0]) * 60 + int(clock[1]) if clock else value_of(match["seconds"])
        kind = kind_said(match["kind"])
        there = [t for t in pool(kind, scene) if at is not None and t.span.start <= at < t.span.end]
        if len(there) == 1:
            start = match.start() + match[0].startswith("把")
            yield from each((start, match.end()), there)


@cache
def _spaced_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])(?:(?:every|each) (?P<step>other|second|third|fourth|2nd|3rd|4th)|(?:all )?(?:the |my )?(?P<odd>odd|even)(?:[- ]numbered)?) (?P<kind>{kind_words()})s?(?![a-z])"
    )


def _spaced(text: str, scene: Scene) -> Iterator[Mention]:
    """ "every other clip", "every third photo", "the odd ones"."""
    for match in _spaced_forms().finditer(text):
        among = pool(kind_said(match["kind"]), scene)
        if match["odd"]:
            chosen = among[0::2] if match["odd"] == "odd" else among[1::2]
        else:
            step = {"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3}.get(match["step"], 4)
            chosen = among[step - 1 :: step]
        yield from each(match.span(), chosen)


@cache
def _measure_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])(?:the |my |that )(?P<nth>second[ -])?(?P<how>longest|shortest|longer|shorter|long|short)(?: of (?:the|my|all(?: the)?))? (?:video )?(?P<kind>{kind_words()})s?(?![a-z])"
    )


def _measured(text: str, scene: Scene) -> Iterator[Mention]:
    """ "the longest clip", "the short one"; several of one length stay to be asked about."""
    for match in _measure_forms().finditer(text):
        kind = kind_said(match["kind"])
        among = pool(kind, scene)
        longest = match["how"].startswith("long")
        order = sorted(among, key=lambda t: t.span.duration, reverse=longest)
        at = 1 if match["nth"] else 0
        if len(order) <= at:
            continue
        alike = [t for t in order if t.span.duration == order[at].span.duration]
        if len(alike) == 1:
            yield from each(match.span(), alike)
        else:
            yield Mention(*match.span(), kind, table("kinds")[kind]["as"], things=tuple(alike))
