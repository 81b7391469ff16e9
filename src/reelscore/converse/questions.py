"""When it is truly open what is meant: one question, with two or three answers that are real steps, the likeliest first.

Where a request lacks what only the person can say (the words of a title, how much to cut), the answers differ in just
that one argument, so that it can also be given in free words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse import generic, patterns, questions_of_amount, questions_of_taste, questions_of_text
from reelscore.converse.answers import options, words
from reelscore.converse.clause import Clause
from reelscore.converse.examples_here import args_here, here
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, Reading, target
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked, Option, Question

OPEN = 0.1  # readings nearer than this to the best are rivals
SURE = 0.8  # a reading at or above this is never put to a question
_ABOUT = {
    "filter": Said("the picture", "画面"), "change_music": Said("the music", "音乐"), "generate_music": Said("new music", "新的音乐"),
    "speed": Said("the film's speed", "影片的速度"), "volume": Said("the volume", "音量"),
    "vary_music": Said("a variation of the music", "音乐的变奏"), "regenerate_music": Said("another take of the music", "重新写一版音乐"),
    "fit_duration": Said("the film's length", "影片的时长"), "music_length": Said("the music's length", "音乐的时长"),
}  # fmt: skip


def open_question(readings: Sequence[Reading]) -> Question | None:
    """A question where the best readings differ in what they are about and none is sure."""
    best = readings[0]
    if best.score >= SURE or not best.asked:
        return None
    held: dict[str, tuple[Asked, ...]] = {}
    for reading in readings:
        first = reading.asked[0] if reading.asked else None
        if best.score - reading.score <= OPEN and isinstance(first, Step) and first.command in _ABOUT:
            held.setdefault(first.command, reading.asked)
    if len(held) < 2:
        return None
    options = tuple(Option(_ABOUT[name], steps) for name, steps in list(held.items())[:3])
    return Question(Said("Which do you mean?", "您指的是哪一个？"), options)


def unfinished(c: Clause) -> Question | None:
    """A question for a request that lacks what only the person can say: "cut", "make it 30", "add a title"."""
    for ask in (
        questions_of_text.another_look,
        questions_of_taste.disliked,
        questions_of_text.text_to_write,
        questions_of_text.words_instead,
        _media,
        questions_of_amount.crop,
        questions_of_amount.cut_amount,
        questions_of_amount.number,
        questions_of_amount.split,
        questions_of_amount.volume,
        questions_of_amount.longer,
        _remove,
        questions_of_taste.to_be_saved,
        questions_of_taste.to_be_better,
        questions_of_amount.cut,
    ):
        if (question := ask(c)) is not None:
            return question
    return _from_examples(c)


def _from_examples(c: Clause) -> Question | None:
    """For a command that is named and no more: what its own examples do, with the thing that is spoken of."""
    said = sorted(generic.commands_said(c).items(), key=lambda one: -one[1])
    if not said or words(c) > 8 or not c.scene.things:
        return None
    entry = c.known.commands[said[0][0]]
    which = next((p.name for p in entry.params if p.kind in ("segment", "segments")), None)
    meant = target(c, (*PICTURE_KINDS, *SOUND_KINDS, "title", "subtitle", "text", "lower_third"))
    held = []
    for example in entry.examples:
        there = args_here(example.args, c.scene.timeline)
        args = {name: value for name, value in there.items() if name != which or meant is None}
        if not args.keys() - {which} or any(p.kind == "media" and p.name in args for p in entry.params):
            continue
        given = ((which, meant),) if which and meant else ()
        told = Said(*(here(words, c.scene.timeline) for words in (example.en, example.zh)))
        held.append(Option(told, (Step(entry.name, (*given, *args.items())),)))
    if len(held) < 2:
        return None
    return Question(Said("What exactly? For example:", "具体要怎么做？例如："), tuple(held[:3]))


_ANOTHER_ZH = re.compile(r"(?:再|帮我|给我|请|那就?|就)*换一?个(?:吧|呗|呀|试试|看看)*[。!]*")
_ANOTHER_FILE = Sieve(
    re.compile(
        r"(?<![a-z])(?:add|insert|append|include|put(?: in)?|throw in|drop in|use|stick)(?: in)? (?:the|my|that|our|some of the) (?P<name>(?!new |other |another |next |last |first |second |third |same |uploaded |right |missing |final |unused |remaining |extra |best |whole |full |original |video |photo |film |short |long |small |big |main |background )[a-z]{3,14}) (?:clip|video|footage|shot|photo|picture|pic|image|file|recording)(?![a-z])"
    )
)


def _media(c: Clause) -> Question | None:
    """ "add the video", "replace the clip": with which file?"""
    if any(m.kind == "name" for m in c.mentions) or words(c) > 12:
        return None
    files = [m for m in c.scene.timeline.media if m.kind in ("video", "image")][:3]
    values = [(m.name, m.name, m.name) for m in files]
    if len(values) < 2 or not c.scene.clips:
        return None
    if (other := _ANOTHER_FILE.search(c.text)) is not None and not c.quotes:
        none = Said(f"No file here is called “{other['name']}”. Which file?", "这里没有这个名字的文件。哪个文件？")
        return Question(none, options("add", "media", values))
    if (
        c.has("replace")
        and patterns.search(r"replace|swap|substitute|替换|换掉|换成|换一(?!下)", c.text)
        and (c.mention("clip", "film", "image", "pronoun") or _ANOTHER_ZH.fullmatch(c.text.strip()))
    ):
        which = target(c, PICTURE_KINDS)
        return Question(
            Said("With which file?", "换成哪个文件？"), options("replace_media", "media", values, which=which)
        )
    if (
        c.has("add")
        and patterns.search(r"(?<![a-z])(?:add|insert|append|include)(?![a-z])|添加|插入|加", c.text)
        and c.mention("clip", "film", "image")
    ):
        return Question(Said("Which file?", "哪个文件？"), options("add", "media", values))
    return None


def _remove(c: Clause) -> Question | None:
    if not c.has("remove") or words(c) > 6 or (not c.mention("pronoun", "clip", "film") and words(c) > 2):
        return None
    kinds = [
        ("music", "the music", "音乐"),
        ("title", "the title", "标题"),
        ("clip 1", "the first clip", "第一个片段"),
        ("last clip", "the last clip", "最后一个片段"),
    ]
    held: list[tuple[Plain, str, str]] = [
        one
        for one in kinds
        if c.scene.of(one[0].removesuffix(" 1").removeprefix("last ")) and (one[0] != "last clip" or c.scene.clips > 1)
    ]
    return (
        Question(Said("What shall be removed?", "要去掉什么？"), options("remove", "which", held[:3]))
        if len(held) > 1
        else None
    )
