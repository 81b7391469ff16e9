"""A thing told by words that nothing here knows: "the water shot", "the clip where she laughs". Which one is asked.

Without this an edit of "the clip" would be one of every clip; 那段, where nothing was spoken of, is asked about too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.mention import Mention
from reelscore.converse.one_clause import Read
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said, Step
from reelscore.values.message import Option, Question

_MOST = 3
_TOLD_BEFORE = re.compile(
    r"(?<![a-z])(?:the|that|this|my|your|her|his) (?!(?:whole|entire|full|complete|same|current|actual|main|only|little|video|new|finished|final|original|single|one|other|first|last|next|previous|second|third|whole|raw|very|background|opening|closing|middle|short|long|longest|shortest|own|cut|extra|best|good|nice|lovely|beautiful|existing|present|top|bottom|small|big)(?![a-z]))"
    r"(?P<words>[a-z][a-z'-]{2,})(?: [a-z][a-z'-]{2,})? $"
)
_TOLD_AFTER = re.compile(
    r" (?:where|in which|when|showing|that shows|that has|which has|about|featuring|with(?: the| a| my| her| his)? (?!a |an )[a-z]+ (?:in it|being)|with the [a-z]+)(?![a-z])"
)


def which_one(read: Read) -> Question | None:
    """A question with the edit done to each of the first few; None where it is plain what is meant."""
    best = read.best
    if best is None or read.held or not all(isinstance(one, Step) for one in best.asked):
        return None
    if pointed := _pointed_at_nothing(read):
        return pointed
    for mention in read.clause.mentions:
        if not _undecided(read, mention):
            continue
        options = tuple(
            Option(Said(name, name), tuple(_of(one, mention, thing.segment.id) for one in best.asked))
            for thing in mention.things[:_MOST]
            for name in (
                f"“{thing.segment.text.content}”" if thing.segment.text else thing.segment.name or thing.segment.id,
            )
        )
        if options[0].steps != best.asked:
            return Question(Said("Which one do you mean?", "您指的是哪一个？"), options)
    return None


_THAT_PART = re.compile(r"[这那]一?[段条张](?!时间|话|路|文字|字)")


_THAT_CLIP = Sieve(
    re.compile(r"(?<![a-z])(?:that|this) (?:clip|shot|one)(?! (?:where|with|of|in|i|we|you|that|which|about)(?![a-z]))")
)


def _pointed_at_nothing(read: Read) -> Question | None:
    """把那段静音, "slow that clip down", where nothing was spoken of: which of the clips? Unsaid, it would be done to all."""
    c, best = read.clause, read.best
    assert best is not None
    clips = c.scene.of("clip")
    pointed = any(m.kind == "pronoun" and _THAT_PART.fullmatch(c.text[m.start : m.end]) for m in c.mentions)
    if (
        not (pointed or _THAT_CLIP.search(c.text))
        or len(clips) < 2
        or c.around.focus
        or c.touched
        or len(best.asked) != 1
    ):
        return None
    step = best.asked[0]
    entry = c.known.commands.get(step.command) if isinstance(step, Step) else None
    which = next((p for p in entry.params if p.name == "which" and p.kind == "segments"), None) if entry else None
    if which is None or not isinstance(step, Step) or dict(step.args).get("which", "clip") != "clip":
        return None
    rest = tuple((key, value) for key, value in step.args if key != "which")
    if len(c.mentions) > 1 or step.command in (
        "volume",
        "transition",
        "remove_transition",
        "crossfade",
        "duck",
        "loop",
    ):
        return None
    options = tuple(
        Option(Said(name, name), (replace(step, args=(("which", thing.segment.id), *rest)),))
        for thing in clips[:_MOST]
        for name in (thing.segment.name or thing.segment.id,)
    )
    return Question(Said("Which one do you mean?", "您指的是哪一段？"), options)


_ONE_OF_THEM = Sieve(
    re.compile(
        r"(?:[删去剪减砍]|[删去剪移拿][掉除走]|不要)了?其?中?一[条句行个张段](?=字幕|文字|片段|照片|视频|镜头|[吧了。]*$)"
    )
)  # 字幕删掉一条


def _undecided(read: Read, mention: Mention) -> bool:
    """Is it one of several clips, told by words that pick none?"""
    text = read.clause.text
    words = text[mention.start : mention.end]
    if mention.bare and len(mention.things) > 1 and not read.clause.quotes and _ONE_OF_THEM.search(text):
        return True
    if not mention.bare or mention.kind not in ("clip", "image") or len(mention.things) < 2 or words.endswith("s"):
        return False
    before = _TOLD_BEFORE.search(text[: mention.start])
    named = any(m is not mention and (m.nth is not None or m.kind == "name") for m in read.clause.mentions)
    return not named and (before is not None or _TOLD_AFTER.match(text, mention.end) is not None)


def _of(asked: object, mention: Mention, segment: str) -> Step:
    """The edit, done to this one."""
    assert isinstance(asked, Step)
    rest = tuple((key, value) for key, value in asked.args if key != "which")
    return replace(asked, args=(("which", segment), *rest)) if dict(asked.args).get("which") == mention.said else asked
