"""One thing of what was done is taken back: "undo only the fade", "take back the yellow", 只撤销淡出.

Where the last message did nothing else it is an undo; where it did more, the rest is done again. What was done before
the last message is switched off where it lies: a fade, a filter, a zoom, a transition. Any other edit is looked for
among those that were made, by the words that name it ("the transposition").
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.readers.pacing import times
from reelscore.converse.reading import Reading
from reelscore.converse.scene import Thing
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Action
from reelscore.values.timeline import Box, Sound

_EN = re.compile(
    r"(?:(?:no|ok(?:ay)?|hm+|oh|actually|sorry|wait|please|can you|could you|and|but|now|just|only|,)[, ]*)*"
    r"(?:(?:undo|take back|revert|reverse|cancel)(?: just| only)?|(?:put|set|bring|change|turn|make|restore)(?= the (?:speed|colou?rs?|filter|look|zoom|crop|volume|font|transitions?|crossfades?|rotation|animation)(?: of [a-z ]{2,20})? (?:back(?: to (?:normal|how it was|what it was|the way it was|before))?|normal)(?: again| please)*[.! ]*$)) (?:the|that|this|my|your|(?=what ))(?: last)? ?(?P<what>(?!(?:and|then|but|or) )[a-z](?:(?! and (?:then |please )?(?:make|set|put|add|do|use|try|export|turn|move|mute|cut)(?![a-z]))[a-z' ]){2,70}?)"
    r"(?: (?:again|please|pls|only|part|bit|thing|change|edit|though|too|as well|effect|back|normal|to (?:normal|how it was|what it was|the way it was|before)))*[.! ]*"
)
_ZH = re.compile(
    r"(?:不|嗯|那|请|还是|帮我|,|只|就|仅|单独)*(?:(?:撤销|撤回|取消)(?:掉|了)?(?:刚才的?|那个|这个)?(?P<what>[^,。的了吧]{1,6})(?:效果|就行|就好|那步)*|把(?P<what2>[^,。]{1,6}?)(?:效果|的?改动|那步)?(?:撤销|撤回|取消|撤)(?:掉|了)?|把?(?P<what3>速度|转场|滤镜|镜像|音量|字体|颜色|缩放|裁剪|变速|动画|位置|大小)(?:效果)?(?:还是|就|给我|再|先|都)*(?:改|调|变|换|恢复|还原|弄)(?:回|成)?(?:去|来|原来|原样|原状|之前|正常)(?:的|那样|样子)*)(?:[,，]?(?:其他|其它|别|剩下|其余)的?(?:都|先)?(?:留着|保留|不动|别动|不变))?(?:吧|就行|就好|。|了)*"
)
_OF_TEXTS = "text_style text_position text_duration text_animation change_text"
_NAMES = {  # what a step may be called, by the words that name it
    "fade": "fade_in fade_out text_animation", "fading": "fade_in fade_out", "淡": "fade_in fade_out text_animation",
    "zoom": "zoom", "推近": "zoom", "缩放": "zoom", "filter": "filter", "look": "filter", "滤镜": "filter",
    "grading": "filter", "transition": "transition crossfade", "crossfade": "transition crossfade",
    "dissolve": "transition crossfade", "转场": "transition crossfade", "叠化": "transition crossfade",
    "speed": "speed", "slow": "speed", "slowdown": "speed", "slomo": "speed", "变速": "speed", "慢动作": "speed",
    "加速": "speed", "crop": "crop", "cropping": "crop", "裁剪": "crop", "mute": "mute", "muting": "mute", "静音": "mute",
    "volume": "volume", "音量": "volume", "cut": "cut_first cut_last cut_range trim ripple_delete", "trim": "trim",
    "trimming": "trim", "剪": "cut_first cut_last cut_range trim", "split": "split", "flip": "flip", "mirror": "flip",
    "镜像": "flip", "翻转": "flip", "rotation": "rotate", "旋转": "rotate", "title": f"title {_OF_TEXTS}", "标题": f"title {_OF_TEXTS}",
    "subtitle": f"subtitle {_OF_TEXTS}", "caption": f"subtitle {_OF_TEXTS}", "字幕": f"subtitle {_OF_TEXTS}", "reverse": "reverse", "倒放": "reverse",
    "animation": "text_animation", "动画": "text_animation", "colour": "text_style filter", "color": "text_style filter",
    "颜色": "text_style filter", "font": "text_style", "字体": "text_style", "ducking": "duck", "duck": "duck",
    "速度": "speed", "位置": "text_position arrange move", "大小": "text_style arrange",
    "music": "generate_music change_music", "freeze": "freeze", "定格": "freeze",
}  # fmt: skip


def read(c: Clause) -> Reading | None:
    """What is named of the last edits, or of what lies there, taken back; None where no edit is named."""
    text = c.text.strip()
    if len(text) > 90 or c.quotes or not any(word in text for word in _SIGNS):
        return None
    match = _EN.fullmatch(text) or _ZH.fullmatch(text)
    if match is None:
        return None
    what = next(words for words in match.groupdict().values() if words)
    named = frozenset(name for word, names in _NAMES.items() if _says(what, word) for name in names.split())
    steps = [asked for asked in c.context.steps if isinstance(asked, Step)]
    gone = [step for step in steps if _is(step, what, named, c)]
    if gone and len(gone) == len(c.context.steps):
        lying = tuple(step for thing in c.scene.things for step in _off(thing, named & _SET_ANEW))
        if lying and "only" in text.split():  # made longer since: all of the fade goes
            return Reading(lying, 0.985)
        return Reading((Action("undo"),), 0.985)
    if gone:
        return Reading((Action("undo"), *(step for step in steps if step not in gone)), 0.985)
    about = {
        t.segment.id for m in c.mentions if m.kind not in ("pronoun", "film", "all", "transition") for t in m.things
    }
    things = [thing for thing in c.scene.things if not about or thing.segment.id in about]
    if not (about or _names_edit(what)):
        return (
            _earlier(text, what) if c.context.steps and not named else None
        )  # "the brightness filter" is one of several
    if "transition" in named and any(track.transitions for track in c.scene.timeline.tracks):
        return Reading((Step("remove_transition"),), 0.985)
    if off := tuple(step for thing in things for step in _off(thing, named)):
        return Reading(off, 0.985)
    if named and named <= {*_OFF, "speed", "transition", "crossfade"} and steps:
        return Reading((), 0.985, missed=_NONE)
    return None if named and not steps else _earlier(text, what)


def _earlier(text: str, what: str) -> Reading | None:
    """An edit made before, by its own words: which one it is, its maker knows."""
    telling = [word for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]+", _LAST_ZH.sub("", what)) if word not in _LAST]
    if not _UNDO.search(text) or not telling:
        return None
    return Reading((Action("undo", (("what", what.strip()),)),), 0.985)


_UNDO = re.compile(r"(?<![a-z])(?:undo|take back|revert|back|normal)(?![a-z])|撤|回|恢复|还原")
_LAST = frozenset((  # what names no edit
    "please", "pls", "there", "here", "where", "when", "now", "again", "last", "change", "changes", "edit", "edits", "thing", "things", "step", "steps", "move", "mistake",
    "action", "command", "one", "ones", "previous", "other", "latest", "undo", "redo", "work", "it", "that",
    "this", "all", "everything", "both", "two", "three", "first", "of", "and", "the", "a", "what", "you", "i",
    "did", "do", "just", "we", "done", "made",
))  # fmt: skip
_LAST_ZH = re.compile(r"最近|刚刚|刚才|上次|最后|全部|所有|操作|步骤|修改|改动|编辑|动作|[那这上一两三几个步次的下]")


_SIGNS = (
    "undo",
    "take back",
    "revert",
    "reverse",
    "cancel",
    " back",
    "normal",
    "撤",
    "取消",
    "改回",
    "调回",
    "变回",
    "换回",
    "恢复",
    "还原",
    "弄回",
)
_NONE = Said("there is nothing of the kind to take back", "没有可以撤销的这类改动")


def _says(what: str, word: str) -> bool:
    if not word.isascii():
        return word in what
    return re.search(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", what) is not None


def _is(step: Step, what: str, named: frozenset[str], c: Clause) -> bool:
    """Is this step what the words name: by its command, a value, or what it was done to?"""
    if step.command in named and _has_set(step, what):
        about = [m.things for m in c.mentions if m.things and m.kind not in ("pronoun", "film")]
        which = dict(step.args).get("which")
        told = next((m.things for m in mentions(str(which).lower(), c.scene) if m.things), ()) if which else ()
        return not about or not told or any(t in told for things in about for t in things) or _names_edit(what)
    values = {str(v).replace("_", " ") for k, v in step.args if k != "which" and isinstance(v, str) and len(v) > 2}
    return any(_says(what, value.lower()) for value in values)


_ARGUMENTS = {  # what a step of many arguments must have set, by the word for it
    "颜色": ("colour",), "colour": ("colour",), "color": ("colour",), "字体": ("font",), "font": ("font",), "大小": ("size", "bigger", "step"),
}  # fmt: skip


def _has_set(step: Step, what: str) -> bool:
    names = _ARGUMENTS.get(what.strip().removesuffix("s"), ())
    return not names or step.command not in ("text_style", "arrange") or any(name in names for name, _ in step.args)


def _names_edit(what: str) -> bool:
    return what.strip() in _NAMES or what.strip().removesuffix("s") in _NAMES


_SET_ANEW = frozenset(("fade_in", "fade_out", "zoom"))
_NO = Sound()
_OFF: dict[str, tuple[Callable[[Thing], object], str, dict[str, Plain]]] = {  # what lies there, and how it goes
    "fade_in": (lambda t: (t.segment.sound or _NO).fade_in or (t.segment.picture or _NO).fade_in, "fade_in", {"duration": 0}),
    "fade_out": (lambda t: (t.segment.sound or _NO).fade_out or (t.segment.picture or _NO).fade_out, "fade_out", {"duration": 0}),
    "text_animation": (lambda t: t.segment.text and (t.segment.text.animation_in or t.segment.text.animation_out), "text_animation", {"kind": "none"}),
    "filter": (lambda t: t.segment.picture and t.segment.picture.filters, "remove_filter", {}),
    "zoom": (lambda t: t.segment.picture and t.segment.picture.zoom, "zoom", {"kind": "none"}),
    "crop": (lambda t: t.segment.picture and t.segment.picture.crop != Box(), "crop", {"off": True}),
    
    "mute": (lambda t: t.segment.sound and t.segment.sound.muted, "unmute", {}),
}  # fmt: skip


def _off(thing: Thing, named: frozenset[str]) -> list[Step]:
    """The steps that take what is named off a thing."""
    which = ("which", thing.segment.id)
    slowed = [Step("speed", (which, ("factor", times(1 / thing.segment.speed))))] if thing.segment.speed != 1 else []
    return slowed * ("speed" in named) + [
        Step(command, (which, *args.items()))
        for name, (has, command, args) in _OFF.items()
        if name in named and has(thing)
    ]
