"""What is no edit: export, undo, credits, status, help and their like. Always read by rules.

The words are `words/actions.toml`. Whatever is in quotes was lifted before, so a title "undo" undoes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.numbers import number_pattern, value_of
from reelscore.converse.quotes import MARK
from reelscore.converse.readers.action_words import sieves_said, turns_said
from reelscore.converse.readers.exporting import export
from reelscore.converse.reading import Reading, action, resulting
from reelscore.converse.sieves import Sieve, may_match
from reelscore.values.command import Plain, Step

_URL = Sieve(re.compile(r"(?:https?|ftp)://[^\s\"'<>，。；]+|www\.[^\s\"'<>，。；]+\.[a-z]{2,}[^\s\"'<>，。；]*"))
_A_FILE = re.compile(
    r"\.(?:mp4|mov|m4v|mkv|webm|avi|mp3|wav|m4a|aac|flac|ogg|opus|jpe?g|png|gif|webp)(?:\?\S*)?$", re.IGNORECASE
)
_LAID = re.compile(
    r"(?:(?:please|now|and|then|can you|could you)[, ]+)*(?:add|put|insert|place|append|use|play|include|lay)(?: in)? \ue000"
)
_OF_A_SHELL = re.compile(  # a line for a machine, and no file to fetch
    r"^\s*(?:system|assistant|developer|admin|root)\s*:|^\s*[$>#]*\s*(?:sudo |sh -c |bash -c )*(?:curl|wget|bash|sh|zsh|nc|ncat|python3?|perl|powershell|iex|invoke-\w+|rm|cat|eval|exec)(?![a-z])|\|\s*(?:sudo )?(?:ba|z)?sh(?![a-z])|\$\(|`[^`]*`"
    r"|<script|\{\{|fetch\(|XMLHttpRequest|os\.system",
    re.IGNORECASE,
)


def read(c: Clause) -> Iterator[Reading]:
    """Actions this clause may be."""
    written = any(_URL.search(q.words) and not (_A_FILE.search(q.words) and _LAID.match(c.text)) for q in c.quotes)
    if (url := _URL.search(c.said())) and not written and not _OF_A_SHELL.search(c.said()):
        yield action("upload", 0.97, url=url[0].rstrip(".,)"))
        return
    text = c.text.strip(" .!,")
    language = "zh" if c.around.language == "zh" else "en"  # no other language has words of its own for actions
    turns = turns_said(language)
    given: set[str] = set()
    said = may_match(c.text, c.findings.text) & sieves_said(language)
    for (_, name), sieve in sorted(((turns[s], s) for s in said), key=lambda one: one[0]):
        if name not in given and (match := sieve.regex.search(text)) and (made := _made(c, name, match)):
            given.add(name)
            yield made
    if made := export(c):
        yield made


def _made(c: Clause, name: str, match: re.Match[str]) -> Reading | None:
    if name == "undo" and patterns.search(
        r"(?<![a-z])undo (?:the|my|that|your) undo|恢复(?:被)?撤销|取消撤销|unundo|撤[销回消](?:掉|了)?的?[^,。]{0,10}(?:回来|恢复|还原)",
        c.text,
    ):
        return None
    groups = {key.rstrip("23456789"): value for key, value in match.groupdict().items() if value}
    match name:
        case "undo" | "redo":
            split_off = c.around.parts and resulting(c)  # "split it in three and delete the last one"
            return None if split_off or _about_a_thing(c, match) else action(name, 0.93, count=_count(c))
        case "credits":
            return None if c.has("end_credits") or c.quotes else action(name, 0.95)
        case "upload":
            if c.scene.timeline.media and _HAVE.match(c.text):
                return None  # what somebody has, came already
            known = (
                c.text[match.end() : match.end() + 2].startswith(("的", "ed")) or "刚" in c.text[: match.start() + 1]
            )
            return None if known else action(name, 0.93)
        case "restore":
            return _restore(c, groups)
        case "name_version":
            called = _name(c, match)
            if (
                (c.span[0] and _CALL_IT.match(c.text))
                or _A_FILM.search(called or "")
                or _SHAPED.fullmatch((called or "").lower())
            ):
                return None  # "export it, call it final", "save it as lesson1.mp4": the file
            return action(name, 0.96, name=called)
        case "diff":
            a, b = (_version(groups.get(key)) for key in ("a", "b"))
            if a is None and _FROM_THE_START.search(c.text):
                a = 1
            return action(name, 0.94, a=a, b=b)
        case "help":
            if _FETCHED.fullmatch((groups.get("topic") or "").strip(" ?!.")):
                return action(name, 0.955, topic="export")
            if c.scene.clips and _ASKED_FOR.fullmatch(c.text):
                return None  # "can you add subtitles?", of a film that is there
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
        if order in ("previous", "last") or order[0] in "上前":
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


_ASKED_FOR = re.compile(
    r"\s*(?:(?:and|so|hi|hey|hello|ok|also|now|,) ?)*(?:can|could|will|would) (?:you|we|i)(?: also| please| maybe)? add (?:some )?(?:subtitles|captions|music|text|titles|transitions|effects)(?: to (?:it|this))?(?: too| as well| for me| please)*[?! .]*"
)
_FETCHED = re.compile(  # "how do I get it on my phone?"
    r"(?:get|download|save|send|share|put|have|post|transfer|keep)(?: (?:it|this|that|the (?:finished |final )?(?:video|film|file|result|movie|clip)|my (?:video|film)))(?: (?:to|on|onto|for|from|as|out|in|with|now|off) ?.*)?|(?:导出|下载|保存|发|传|拿|存)(?:到|给|出|成)?.{0,8}"
)
_HAVE = re.compile(
    r"\s*(?:so |ok |and |hi |hey )*(?:(?:i|we) (?:have|got|'ve got)|here'?s|here is|here are)(?![a-z])(?!.*(?<![a-z])(?:add|upload|more|another|other|new|send)(?![a-z]))"
)
_SHAPED = re.compile(  # "save it as a square too": another shape of it, and no name
    r"(?:an? |the |in )?(?:square|vertical|portrait|landscape|horizontal|wide|widescreen|upright|16:9|9:16|1:1|4:5)(?: (?:version|video|one|film|format))?(?: too| as well| also| please)*"
)
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


_CALL_IT = re.compile(r"\s*(?:and |then |just )*(?:call|name|label) (?:it|that|the file) |(?:文件|名字|名称)")
