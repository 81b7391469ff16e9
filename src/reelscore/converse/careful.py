"""What would take something away that was hardly asked for: better a question, or an honest "not understood"."""

from __future__ import annotations

import re

from reelscore.converse.one_clause import STANDS, Read
from reelscore.converse.sieves import Sieve
from reelscore.converse.spared import OPEN
from reelscore.values.command import Said, Step
from reelscore.values.message import Option, Question

_TAKING = (
    "remove",
    "ripple_delete",
    "remove_text",
    "cut_first",
    "cut_last",
    "cut_range",
    "keep_range",
    "replace_media",
)
_SURE_ENOUGH = 0.75
_LEAVE = Option(Said("leave the music as it is", "音乐不变"), ())


def _replaces_music(read: Read) -> bool:
    """Would music that is there be written anew, for words that hardly ask for it?"""
    best = read.best
    if best is None or best.score >= STANDS or read.held or not read.clause.scene.music:
        return False
    return any(isinstance(asked, Step) and asked.command == "generate_music" for asked in best.asked)


_UNLESS = Sieve(
    re.compile(
        r"(?<![a-z])(?:unless|only if|except if|except when|but only when)(?![a-z])|除非|(?:只有|除了)[^,。;]{2,12}(?:的时候|时)才"
    )
)


def _if_so(read: Read) -> Question | None:
    """A question before what is asked for under a condition that nobody here can judge: "... unless it's the garden"."""
    best = read.best
    if best is None or not best.asked or read.held or best.question or not _UNLESS.search(read.clause.text):
        return None
    if any(not isinstance(one, Step) or one.command in ("duck", "cut_to_beat") for one in best.asked):
        return None
    return Question(
        Said("That depends on something I cannot judge. Shall it be done?", "这取决于我无法判断的条件。要照做吗？"),
        (Option(Said("do it", "照做"), best.asked), Option(Said("leave it as it is", "保持原样"), ())),
    )


def doubt(read: Read) -> Question | None:
    """A question before something is done on a condition, and before music is replaced where only a style is named."""
    if (open_ := _if_so(read)) is not None:
        return open_
    if not _replaces_music(read) or read.best is None:
        return None
    told = [w for w in read.clause.wishes if w.kind in ("genre", "mood") and not w.idle]
    if not told and not read.clause.has("descriptive"):
        return None
    return Question(
        Said("Shall new music be written?", "要写一首新的音乐吗？"),
        (Option(Said("new music", "写新的音乐"), read.best.asked), _LEAVE),
    )


def rash(read: Read) -> bool:
    """Is the reading a mere guess that would replace or remove what there is?"""
    best = read.best
    if best is not None and (_misses_its_id(read) or any(m.said == OPEN for m in read.clause.mentions)):
        return True
    if best is None or read.held or best.score >= _SURE_ENOUGH:
        return _replaces_music(read)
    if best.score <= 0.5 and not read.clause.has("music_noun") and read.clause.scene.clips:
        return any(isinstance(asked, Step) and asked.command == "change_music" for asked in best.asked)
    return any(isinstance(asked, Step) and asked.command in _TAKING for asked in best.asked) or _replaces_music(read)


_OF_ID = re.compile(r"\s*(?P<id>[st]\d{1,4}) ?(?:[.:=]|->|→)(?!\d)")


def _misses_its_id(read: Read) -> bool:
    """ "s5: text = ...": an id that is spoken of, and an edit of something else?"""
    match = _OF_ID.match(read.clause.text)
    if match is None or read.best is None:
        return False
    of_it = {m.said for m in read.clause.mentions if m.start <= match.start("id") < m.end} | {match["id"]}
    return not any(str(value) in of_it for asked in read.best.asked for _, value in asked.args)
