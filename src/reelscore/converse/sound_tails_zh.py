"""A Chinese piece that goes on about the sound of the piece before: "自拍声音太小了，放大一倍", "两首歌接得自然一点，过渡用半秒".

What cures a complaint takes the place of the complaint; how two sounds meet is said of them, and of no clips.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.clause import Clause, plain
from reelscore.converse.elided import SURELY, Spliced
from reelscore.converse.normalise import blanked
from reelscore.converse.one_clause import Read, args_of, names_of, read_clause
from reelscore.values.command import Step

_MOST = 16  # letters
_MEETS = re.compile(
    r"(?:中间|之间|那里|过渡|衔接|用|给|来|加|做|要|弄|处理|个|一个|一段|时间|时长|大约|大概|差不多|左右|再|更|得|的|吧|就好|就行|柔和|自然|平滑|顺滑|顺|长|短|慢|交叉|淡化|淡入淡出|叠化|一?[点些下]|[ ,.。!])+"
)
_AMISS = re.compile(r"太|不够|听不|有点|有些|偏|盖[过住]|压[过住]")
_CURE = re.compile(
    r"(?:那|就|请|帮我|给我|给它|把它|再|都|先|能不能|可以|稍微|,| )*(?:放大|加大|调大|调高|提高|提升|拉高|拉大|升高|增大|增加|降低|调低|调小|压低|减小|减少|减低|拉低|升|加|提|降|减|压|翻|大|小|高|低|到|成|为|了|个|一|上|掉)*(?:#|倍|半)+(?:左右|吧|就好|就行|即可|的音量|音量|[ ,.。!])*"
)

_PLAIN_CURE = re.compile(
    r"(?:那|就|请|帮我|给我|给它|把它|再|都|先|能不能|可以|,| )*(?:放大|加大|[调弄开搞][大高小低]|提高|提升|拉[高大低]|增大|降低|压低|减小|提|压|大|小)一?[点些](?:声)?(?:吧|就好|就行|即可|[ ,.。!])*"
)


def of_sounds(open_: Read, alone: Read) -> Read | None:
    """The piece before with what this one says of its sound; None where it says something else."""
    if open_.best is None or open_.held or alone.held or len(alone.clause.text) > _MOST:
        return None
    names = names_of(open_)
    if names == ["crossfade"]:
        return _meeting(open_, alone.clause)
    return _cured(open_, alone.clause) if set(names) == {"volume"} else None


def _meeting(open_: Read, c: Clause) -> Read | None:
    assert open_.best is not None
    times = c.every("seconds", "frames")
    rest = blanked(c.text, times[0].start, times[0].end) if times else c.text
    asked = open_.best.asked[0]
    if len(times) != len(c.quantities) or len(times) > 1 or not _MEETS.fullmatch(rest) or not isinstance(asked, Step):
        return None
    given = (*((k, v) for k, v in asked.args if k != "duration"), *((("duration", plain(times[0])),) if times else ()))
    return replace(open_, best=replace(open_.best, asked=(Step("crossfade", given if times else asked.args),)))


def _cured(open_: Read, c: Clause) -> Read | None:
    """The cure in place of the complaint: what sounds amiss is said once more before it."""
    was = open_.clause
    if (
        was.quotes
        or c.quotes
        or any(m.things for m in c.mentions)
        or "step" not in args_of(open_)
        or not _AMISS.search(was.text)
    ):
        return None
    rest = c.text
    for q in reversed(c.quantities):
        rest = f"{rest[: q.start]}#{rest[q.end :]}"
    if len(names_of(open_)) != 1:
        return None
    if _PLAIN_CURE.fullmatch(rest) and open_.best is not None:  # the complaint says which way
        way = str(args_of(open_)["step"]).rsplit("_", 1)[-1]
        told = tuple((k, f"a_bit_{way}" if k == "step" else v) for k, v in open_.best.asked[0].args)
        return replace(open_, best=replace(open_.best, asked=(Step("volume", told),)))
    if not _CURE.fullmatch(rest):
        return None
    of = dict(open_.best.asked[0].args).get("which") if open_.best else None
    named = next((m for m in was.mentions if of in (m.said, *(t.segment.id for t in m.things))), None)
    made = Spliced(c.plain)
    if named is not None:
        made = made.add(was, named.start, named.end)
    read = read_clause(made.say("音量").add(c, 0, len(c.text)).clause(c.around))
    if read.best is None or names_of(read) != ["volume"] or read.best.score < SURELY:
        return None
    given = tuple((k, v) for k, v in read.best.asked[0].args if k != "which")
    asked = Step("volume", (*((("which", of),) if of is not None else ()), *given))
    both = Clause(was.plain, (), (was.span[0], c.span[1]), was.around)
    return replace(open_, clause=both, best=replace(read.best, asked=(asked,)))
