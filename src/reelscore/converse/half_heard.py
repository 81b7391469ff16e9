"""A request of which a part was read by nothing: another reading that holds all of it, or a question before it is done."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reelscore.converse.account import left_over
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.edit_told import edit_told
from reelscore.converse.one_clause import STANDS, Read
from reelscore.converse.overlooked import overlooked
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading
from reelscore.values.command import CommandEntry, Plain, Said, Step
from reelscore.values.message import Action, Asked, Option, Question

EXACT = 0.97  # a reading of settings written out is not doubted
_NEAR = 0.12  # how much worse a reading that holds everything may be than one that does not
_TEMPI = (50, 220)  # beats a minute
_WAYS = (("shorter", "longer"), ("louder", "quieter"), ("speed_up", "slow_down"), ("bigger", "smaller"))
_LEAVE = Option(Said("leave it as it is", "保持原样"), ())


def heard_out(read: Read) -> Reading | None:
    """The reading to go by: the best where it holds all that is said, else one that does, else a question."""
    best, c = read.best, read.clause
    if best is None or not best.asked or read.held or best.whole or best.score >= EXACT:
        return best
    if overlooked(read):
        return Reading((), best.score, question=_said_not(best, read))
    best = _where_it_plays(_without_what_stays(best, c), c)
    if _unasked(best, c):
        question = Question(
            Said("Shall new music be written for this?", "要为此写新的音乐吗？"),
            (Option(_told(best.asked, read), best.asked), _LEAVE),
        )
        return Reading((), best.score, question=question)
    left = left_over(c, best.asked)
    if not left:
        return best
    for whole in (_each_its_own(best, c), _at_each(best, c), _made_exact(best, c)):
        if whole is not None and not left_over(c, whole):
            return replace(best, asked=whole)
    for other in read.others:
        if other.asked and other.score >= max(STANDS, best.score - _NEAR) and not left_over(c, other.asked):
            if _name(other.asked[0]) == "generate_music" and _name(best.asked[0]) == "add":
                continue  # whose prompt holds any words
            return other
    words = c.said(left[0].start, left[-1].end if len(left) < 3 else left[0].end).strip()
    question = Question(
        Said(
            f"What “{words}” means here is not clear. Shall the rest be done?",
            f"不清楚“{words}”在这里指什么。其余的照做吗？",
        ),
        (Option(_told(best.asked, read), best.asked), *_others(read), _LEAVE)[:3],
    )
    return Reading((), best.score, question=question)


def _said_not(best: Reading, read: Read) -> Question:
    """A question where what would be done is what was said not to be."""
    return Question(
        Said("That says what is not wanted. What shall be done?", "这里说的是不要什么。那要怎么做？"),
        (_LEAVE, Option(_told(best.asked, read), best.asked)),
    )


_NEW = re.compile(
    r"(?<![a-z])(?:new|another|other|different|compos\w*|writ\w*|generat\w*|creat\w*|make|making|add|give|want|need|get|some|find|like|love|replace|change|swap|score|song|soundtrack|for|try|use|again|instead|let'?s|please|with|without)(?![a-z])"
)
_ITS_MUSIC = re.compile(
    r"\s*(?:(?:put|let|have|keep|play|start|stop|can|could|and|then|now) )*(?:(?:the |my |this )(?:background )?(?:music|soundtrack|bgm|score|song)(?![a-z])|music (?:should|must|has to|needs to))"
)


def _unasked(best: Reading, c: Clause) -> bool:
    """Would the music that is there be written anew though nobody asked for it: "the music should swell at the drone"?"""
    step = best.asked[0]
    if not isinstance(step, Step) or step.command != "generate_music":
        return False
    if not c.text.isascii():
        return bool(c.scene.music) and _NEW_ZH.search(c.text) is None and _DONE_ZH.search(c.text) is not None
    files = [m for m in c.mentions if m.kind == "name" and not m.things and not m.every]
    if c.scene.empty and len(files) > 1:
        return True  # "party in slow motion with dance as soundtrack"
    if not c.scene.music:
        return False
    named = any(not w.idle and not any(m.start <= w.start < m.end for m in c.mentions) for w in c.wishes)
    return not named and _ITS_MUSIC.match(c.text) is not None and _NEW.search(c.text) is None


_NEW_ZH = re.compile(
    r"换(?!成配乐)|新|[写配](?!乐|音)|生成|创作|作曲|来(?:一(?!.{0,2}重音)|点|个(?!重音)|段|首)|加(?!一?[个声下]?重音)|另|重|像|适合|风格|做(?=[一首段])|弄(?=[一首段])|整(?=[一首段])|想要|给我|用"
)
_DONE_ZH = re.compile(  # what is done to the music that is there, or to a clip's own sound
    r"(?:音乐|配乐|bgm|背景乐)[^,。]{0,8}(?:停|断|起来|收|没|压|降|抬|结束|尾巴|重音|收尾)|声音换成配乐|(?:停|断|收)掉"
)


_PART = re.compile(
    r",? ?(?:but |and )?(?:only |just )?(?:for|in|over|during|on|at|under|underneath|behind)? ?(?:the )?(?P<part>first|last|opening|final|closing) (?P<long>\S+(?: \S+)?? ?(?:s|secs?|seconds?|minutes?|mins?)|minute|half minute)(?: only)?(?![a-z]):?"
)


def _where_it_plays(best: Reading, c: Clause) -> Reading:
    """ "soft piano for the last 10 seconds": when the music plays is no part of what it is like."""
    step = best.asked[0]
    given = dict(step.args)
    if len(best.asked) != 1 or not isinstance(step, Step) or step.command != "generate_music" or not c.scene.clips:
        return best
    prompt, long = str(given.get("prompt", "")), c.quantity("seconds")
    if prompt and {"at", "duration"}.isdisjoint(given) and (there := _there(prompt, c)):
        rest, at, lasts = there
        given = {"prompt": rest, **{k: v for k, v in given.items() if k != "prompt"}} if rest else {}
        return replace(best, asked=(Step("generate_music", (*given.items(), ("at", at), ("duration", lasts))),))
    match = _PART.search(prompt.lower()) if prompt and {"at", "duration"}.isdisjoint(given) else None
    if match is None or long is None or len([q for q in c.quantities if q.kind == "seconds"]) > 1:
        return best
    given["prompt"] = f"{prompt[: match.start()].rstrip()} {prompt[match.end() :].lstrip()}".replace(" ,", ",").strip(
        " ,:"
    )
    if match["part"] in ("last", "final", "closing"):
        given["at"] = max(0.0, float(c.scene.duration) - float(long.number))
    given["duration"] = plain(long)
    return replace(best, asked=(Step("generate_music", tuple(given.items())),))


_UNDER_CLIP = re.compile(
    r" ?(?:only |just )?(?P<way>to|for|over|under|underneath|during|on|in|behind|while) (?:only |just )?(?:the |my )?$"
)
_FROM_TO = re.compile(r" ?(?:only |just )?(?:from |between )?$")
_ONLY = re.compile(
    r"(?: (?:clip|shot|part|scene|bit|section|video|photo|picture)(?![a-z]))?(?: (?:is on|is shown|plays|only|alone|please))*"
)


def _there(prompt: str, c: Clause) -> tuple[str, Plain, Plain] | None:
    """ "add music to the second clip only", "piano from 3 to 8 s": the rest of the wish, when it starts and how long it is."""
    low = prompt.lower()
    if c.scene.music and _THE_MUSIC.match(c.text):
        return None
    if c.range and len(c.every("seconds", "timecode")) == 2 and all(not isinstance(q.value, str) for q in c.range):
        start, end = c.range
        words, span = c.text[start.start : end.end], (Fraction(start.value), Fraction(end.value))
        lead = _FROM_TO.search(low[: low.find(words)]) if words in low else None
    else:
        clips = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and m.kind != "film"]
        if len(clips) != 1 or c.quantities or c.scene.clips < 2:
            return None
        words = c.text[clips[0].start : clips[0].end]
        span = (clips[0].things[0].span.start, clips[0].things[0].span.end)
        lead = _UNDER_CLIP.search(low[: low.find(words)]) if words in low else None
        plainly = clips[0].nth is not None or _TOLD_CLIP.search(c.text, clips[0].start) or "only" in c.text
        if lead and lead["way"] in ("for", "in", "to", "on") and not plainly:
            return None  # "music for the beach" may be what it is like
    if lead is None or span[1] <= span[0]:
        return None
    tail = _ONLY.match(low, low.find(words) + len(words))
    rest = prompt[: lead.start()] + prompt[tail.end() if tail else len(prompt) :]
    return _NOTHING.sub("", rest).strip(" ,."), seconds(span[0]), seconds(span[1] - span[0])


_THE_MUSIC = re.compile(r"\s*(?:the|my|this) (?:music|song|track|soundtrack|bgm)(?![a-z])")
_TOLD_CLIP = re.compile(r"[a-z0-9]+ (?:clip|shot|part|scene|bit|section)(?![a-z])")
_NOTHING = re.compile(
    r"^(?:(?:please |can you )*(?:add|put|play|lay)(?: in)? )?(?:(?:some |a |an |the |background )*(?:music|song|track|soundtrack)[ .!]*$)?",
    re.I,
)


def _without_what_stays(best: Reading, c: Clause) -> Reading:
    """ "keep the name tag, lose the subtitle": what is said to stay is not among what is taken away."""
    if len(best.asked) < 2:
        return best
    stays = {m.said for m in c.mentions if c.spared(m)}
    kept = tuple(one for one in best.asked if dict(one.args).get("which") not in stays or _name(one) not in _TAKING)
    return replace(best, asked=kept) if kept else best


_TAKING = ("remove", "ripple_delete", "remove_text", "mute")


_SETTING = {
    "brighter": ("brightness", 1), "darker": ("brightness", -1), "more_contrast": ("contrast", 1),
    "less_contrast": ("contrast", -1), "more_colour": ("saturation", 1), "less_colour": ("saturation", -1),
}  # fmt: skip


def _made_exact(best: Reading, c: Clause) -> tuple[Asked, ...] | None:
    """ "quieter, like 20", "faster, around 125": which way is told by the number that follows."""
    step = best.asked[0]
    numbers = [q for q in c.quantities if q.kind in ("number", "percent", "bpm")]
    if len(numbers) == 1 and (told := _so_fast(best, numbers[0]) or _in_tempo(best, numbers[0])):
        return told
    if len(best.asked) != 1 or not isinstance(step, Step) or len(numbers) != 1:
        return None
    value, given = numbers[0].number, dict(step.args)
    unit = c.text[numbers[0].end :].lstrip()[:1].isalpha() and numbers[0].kind == "number"  # "17 lux"
    if step.command == "filter" and "amount" not in given and abs(value) <= 100 and not unit:
        name, sign = _SETTING.get(str(given.get("name")), (str(given.get("name")), 1))
        amount = sign * abs(value) if sign < 0 or value > 0 else value
        return (Step("filter", (*((k, v) for k, v in step.args if k != "name"), ("name", name), ("amount", amount))),)
    if step.command == "volume" and "step" in given and numbers[0].cue != "by":
        return (Step("volume", (*((k, v) for k, v in step.args if k != "step"), ("to", value))),)
    if (
        step.command == "change_music"
        and given.get("direction") in ("faster", "slower")
        and _TEMPI[0] <= value <= _TEMPI[1]
    ):
        rest = ((k, v) for k, v in step.args if k not in ("direction", "amount"))
        return (Step("change_music", (*rest, ("bpm", value))),)
    return None


def _so_fast(best: Reading, number: Quantity) -> tuple[Asked, ...] | None:
    """ "slower, 0.7", "the others faster, 1.3": a factor that goes the way that is said."""
    asked = [one for one in best.asked if isinstance(one, Step) and one.command == "speed"]
    if number.kind != "number" or len(asked) != len(best.asked) or not 0.1 <= number.number <= 8:
        return None
    ways = {float(str(dict(one.args).get("factor") or 1)) > 1 for one in asked}
    if ways != {number.number > 1} or number.number == 1:
        return None
    return tuple(
        replace(one, args=tuple((k, number.number if k == "factor" else v) for k, v in one.args)) for one in asked
    )


def _in_tempo(best: Reading, number: Quantity) -> tuple[Asked, ...] | None:
    """ "a dnb version at 174": a tempo, where a genre is asked for."""
    asked = best.asked[0]
    if len(best.asked) != 1 or not isinstance(asked, Step) or asked.command not in ("change_music", "generate_music"):
        return None
    given = dict(asked.args)
    if number.kind != "number" or not _TEMPI[0] <= number.number <= _TEMPI[1] or not {"genre", "prompt"} & set(given):
        return None
    return None if "bpm" in given else (replace(asked, args=(*asked.args, ("bpm", number.number))),)


_SEVERAL_TIMES = ("add", "title", "subtitle", "marker", "split", "picture_in_picture")
_AND_AT = re.compile(r" ?(?:处|时|的时候|那里|mark)? ?(?:和|跟|与|、|以及|还有|,|and|&) ?(?:在|第|at )*", re.I)


def _at_each(best: Reading, c: Clause) -> tuple[Asked, ...] | None:
    """click放在第6秒和第10秒: the same at each of several moments that are said side by side."""
    step, times = best.asked[0], c.every("seconds", "timecode")
    given = dict(step.args)
    if len(best.asked) != 1 or not isinstance(step, Step) or step.command not in _SEVERAL_TIMES or len(times) < 2:
        return None
    if given.get("at") != plain(times[0]) or "duration" in given or any(q.pair for q in times):
        return None
    if not all(_AND_AT.fullmatch(c.text, a.end, b.start) for a, b in pairwise(times)):
        return None
    return tuple(replace(step, args=tuple({**given, "at": plain(q)}.items())) for q in times)


def _each_its_own(best: Reading, c: Clause) -> tuple[Asked, ...] | None:
    """ "first clip 3 s, second clip 2 s": as many things as values, in turn, each thing with the value beside it."""
    step = best.asked[0]
    if not isinstance(step, Step) or any(
        not isinstance(one, Step) or one.command != step.command for one in best.asked
    ):
        return None
    if any(c.has(one) and c.has(other) for one, other in _WAYS):
        return None  # "the intro shorter and the drone longer" are two
    things = [m for m in c.mentions if m.things and (m.nth is not None or m.kind == "name") and not c.spared(m)]
    for values in ([(q.start, plain(q)) for q in c.quantities], [(start, name) for name, start, _ in c.colours]):
        held = [key for key, value in step.args if any(value == one for _, one in values)]
        if len(things) < 2 or len(values) != len(things) or len(held) != 1:
            continue
        order = [kind for _, kind in sorted([(m.start, "thing") for m in things] + [(at, "value") for at, _ in values])]
        if all(a != b for a, b in pairwise(order)):
            rest = {key: value for key, value in step.args if key not in ("which", held[0])}
            return tuple(
                Step(step.command, (("which", m.said), *rest.items(), (held[0], value)))
                for m, (_, value) in zip(things, values, strict=True)
            )
    return None


def _others(read: Read) -> list[Option]:
    """What else the clause may ask for: the next reading that does something else."""
    best = read.best
    assert best is not None
    names = {_name(asked) for asked in best.asked}
    other = next(
        (
            r
            for r in read.others
            if r.asked and r.score >= STANDS and not names & {_name(asked) for asked in r.asked} and r.question is None
        ),
        None,
    )
    return [Option(_told(other.asked, read), other.asked)] if other else []


def _name(asked: Asked) -> str:
    return asked.name if isinstance(asked, Action) else asked.command


def _told(asked: tuple[Asked, ...], read: Read) -> Said:
    """What would be done, shortly."""
    entry: CommandEntry | None = read.clause.known.commands.get(_name(asked[0]))
    if entry is None:
        return Said("do it all the same", "就这样做")
    return edit_told(asked[0], entry, read.clause.scene)
