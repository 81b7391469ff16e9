"""Which of the edits that were made is meant: "the title colour", "what you did to the lake", 调亮.

Each telling word must be one of the edit's: of the message that asked for it, its commands, their values, or the things
it was done to. The latest edit of which that is true is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.edit.history import History
from reelscore.edit.refusals import refuse
from reelscore.edit.registry import command
from reelscore.edit.versions import Version
from reelscore.errors import EditError
from reelscore.values.command import Step

_SMALL = frozenset((
    "a", "an", "the", "where", "when", "there",
    "that", "this", "my", "your", "our", "last", "edit", "edits", "change", "changes",
    "changed", "thing", "part", "bit", "what", "which", "you", "i", "we", "did", "do", "done", "made", "make",
    "to", "of", "on", "in", "for", "with", "and", "it", "its", "again", "earlier", "before", "effect", "step",
))  # fmt: skip
_OF_LENGTH = "trim fit_duration music_length text_duration"
_SYNONYMS = {  # words for what an edit set, by the argument, value or command they stand for
    "tempo": "bpm faster slower speed", "key": "higher lower transpose", "pitch": "higher lower pitch",
    "color": "colour", "bigger": "bigger size", "size": "bigger smaller size scale", "look": "filter",
    "effect": "filter", "grade": "filter", "grading": "filter", "quieter": "volume", "louder": "volume",
    "slow": "speed slower", "slower": "speed", "slowed": "speed slower", "faster": "speed", "sped": "speed faster",
    "shorter": _OF_LENGTH, "shortened": f"{_OF_LENGTH} cut_first cut_last", "longer": _OF_LENGTH,
    "lengthened": _OF_LENGTH, "extended": _OF_LENGTH, "lowered": "volume", "raised": "volume",
    "level": "volume", "shortening": "trim", "cropping": "crop", "muting": "mute", "silence": "mute",
    "position": "text_position move", "order": "reorder", "swap": "reorder", "shape": "aspect",
    "format": "aspect", "length": "fit_duration music_length trim", "fade": "fade_in fade_out", "zoom": "zoom",
    "caption": "subtitle", "vertical": "aspect", "rotation": "rotate", "颜色": "colour",
    "速度": "speed faster slower", "节奏": "bpm faster slower", "音高": "higher lower", "移调": "higher lower",
    "音量": "volume", "brightness": "brighter darker brightness", "亮度": "brighter darker brightness",
    "饱和度": "more_colour less_colour saturation", "对比度": "more_contrast less_contrast contrast",
    "静音": "mute", "滤镜": "filter", "顺序": "reorder", "转场": "transition", "标题": "title",
    "字幕": "subtitle", "比例": "aspect", "画幅": "aspect", "加速": "speed", "减速": "speed", "变速": "speed",
    "淡入": "fade_in", "淡出": "fade_out",
}  # fmt: skip
_ENDING = 3  # letters that a form of a short word may add
_FORM = 5  # letters that forms of one word share: transpose, transposition


def edit_meant(history: History, what: str) -> Version:
    """The latest version on the way to the current one that the words name. Raises EditError where none is.

    What was taken back already is not meant again, nor is the taking back.
    """
    told = list(_telling(what.lower()))
    gone: set[str] = set()
    at = history.now
    while at.parent:
        back = {str(dict(step.args)["version"]) for step in at.steps if step.command == "take_back"}
        gone |= {at.id, *back} if back else set()
        own = frozenset() if at.id in gone else frozenset(_words_of(at)) - frozenset(_only_said_of_it(at))
        if told and own and all(any(_is(word, one) for one in own) for word in told):
            return at
        at = history.version(at.parent)
    raise refuse("no_such_edit", what=what.strip()[:60])


def _telling(words: str) -> Iterator[str]:
    for word in re.findall(r"[a-z][a-z'-]*|\d+|[\u4e00-\u9fff]+", words):
        if word.isascii():
            yield from (word.removesuffix("'s"),) * (word not in _SMALL)
        else:
            yield from filter(
                None, re.split(f"({'|'.join(w for w in _SYNONYMS if not w.isascii())})|[的了那个刚才]", word)
            )


def _words_of(version: Version) -> Iterator[str]:
    yield from _telling(version.message.lower())
    for step in version.steps:
        yield from _step_words(step)


def _only_said_of_it(version: Version) -> Iterator[str]:
    """Words for what a thing was made like: "the yellow" of a new yellow title is not the title."""
    for step in version.steps:
        if step.command in _MAKES:
            for name, value in step.args:
                if name not in ("text", "media", "prompt"):
                    yield from _telling(str(value).lower().replace("_", " "))


_MAKES = ("title", "subtitle", "lower_third", "add", "picture_in_picture", "generate_music")


def _step_words(step: Step) -> Iterator[str]:
    yield step.command
    yield from step.command.split("_")
    for name, value in step.args:
        yield name
        yield from _telling(str(value).lower().replace("_", " "))
    try:
        held = command(step.command)
    except EditError:
        return  # a version brought back
    set_here = {step.command, *(name for name, _ in step.args)}
    for word in held.words.get("zh", ()):  # 颜色 is no word for a text that was only made larger
        told = [names for name, names in _SYNONYMS.items() if name in word]
        if all(not set_here.isdisjoint(names.split()) for names in told):
            yield word


def _is(word: str, own: str) -> bool:
    """Are these forms of one word, or does the one stand for the other?"""
    if word == own or own in _SYNONYMS.get(word, "").split():
        return True
    if not word.isascii():
        return len(word) > 1 and (word in own or own in word) and len(own) > 1
    short, long = sorted((word, own), key=len)
    if len(short) >= _FORM - 1 and long.startswith(short) and len(long) - len(short) <= _ENDING:
        return True  # warm, warmth
    return len(short) >= _FORM and word[:_FORM] == own[:_FORM]
