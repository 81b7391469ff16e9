"""A piece that only tells more of what was just added: "only the first 5 seconds of it", "starting at 0:30 of the song",
"two seconds each". It changes those additions and asks for nothing of its own. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.one_clause import Read
from reelscore.converse.pieces_weighed import CLOSED
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked

_LEAD = r"(?:(?:and|but|just|only|please|all|use|using|take|taking|play|playing|show|showing|with|of it) )*"
_OF_IT = r"(?: (?:of|in|into|from) (?:it|that|(?:the |that |its )?(?:song|track|file|clip|video|music|recording|audio|piece)))?"
_PART = re.compile(
    rf"{_LEAD}(?:the |its )?(?:very )?(?:(?:first|opening) |(?P<last>last|final|closing) )Q{_OF_IT}(?: only| please)*"
    rf"|{_LEAD}Q(?: (?:of|in|into|from) (?:it|that|(?:the |that |its )(?:song|track|file|clip|video|music|recording|audio|piece))| only| worth| or so| is enough| will do| at most| max)(?: only| please)*"
    r"|(?:(?:and|but) )?(?:just|only) Q"
)
_FROM = re.compile(
    rf"{_LEAD}(?:(?:start|starting|begin|beginning|starts|begins|cue|cued|jump)(?: it| them)?(?: playing)? |it (?:should |must )?(?:start|begin)s? |from (?:the )?)(?:at |from |to |with )?(?:the )?(?:second )?Q(?: mark| second mark| point| in| on| onwards?)?{_OF_IT}"
)
_EACH = re.compile(
    r"(?:and )?(?:(?:for |lasting |show |on for )?Q (?:each|apiece|each one|long each)|(?:each|all|both|each one|every one|them all|all of them)(?: of them)?(?: should| to)?(?: for| lasting| lasts?| stays?| stay| be| is| on screen for| shown for| on for| up for)* Q(?: long)?)"
)
_BY = re.compile(  # how a length is reached: "slow it down to fit", "just trim the end"
    r"(?:(?:and|so|but|just|please|simply|then|you can|by|maybe) )*(?P<by>(?:slow|speed)(?:ing)?(?: (?:it|them|things|everything|the (?:clips?|video|film)))?(?: (?:down|up))?|(?:trim|cut|chop|shorten)(?:m?ing|t?ing|ping)?(?: (?:it|the (?:end|clips?|video|film)|off the end|something off the end))?|loop(?:ing)?(?: (?:it|them|things|everything|the (?:clips?|video|film)))?)(?: (?:whatever|what|where(?:ver)?|anything)(?: (?:you|is|it))?(?: (?:need|want|like|must|needed|necessary|fits|takes)))?"
    r"(?: (?:to (?:fit|match|get there|make it fit|reach (?:it|that))|for that|if (?:needed|necessary|you (?:must|have to|need to))|as needed|accordingly|so it fits|a bit|a little|please))*"
)
_MADE = re.compile(  # "keep the dissolves but make them 1.5 s"
    r"(?:(?:and|but|just|please|so) )*(?:(?:make|have|keep|let|set) (?:them|those|these)(?: all)?|they should)(?: (?:last|be|take|run|to|at|about))* Q(?: (?:long|each|please))*"
    r"|(?:(?:for|over|about|around|just|only|maybe|like|lasting) )*Q(?: (?:long|each|please|or so))*"
)
_HOW = {"speed": re.compile("slow|speed"), "trim": re.compile("trim|cut|chop|short"), "loop": re.compile("loop")}
_LASTING = (
    "title", "subtitle", "lower_third", "fade_in", "fade_out", "transition", "crossfade", "freeze", "add", "picture_in_picture",
)  # fmt: skip


def refined(done: Sequence[Read], before: Read, c: Clause) -> tuple[list[Read], Read] | None:
    """The clauses so far with what the piece says of their additions; None where it says something else."""
    if CLOSED.fullmatch(c.text) and not before.held and before.best and before.best.asked:
        gone = [one for one in before.best.asked if isinstance(one, Step) and one.command == "remove"]
        if len(gone) == len(before.best.asked):  # "remove the intro and everything moves up"
            made = tuple(replace(one, command="ripple_delete") for one in gone)
            return list(done), replace(before, best=replace(before.best, asked=made))
    if (by := _BY.fullmatch(c.text.strip(" ,.!?;:"))) and not before.held and (last := _last(before)) is not None:
        how = next(name for name, words in _HOW.items() if words.match(by["by"]))
        return (list(done), _with(before, how=how)) if last.command == "fit_duration" else None
    if len(c.quantities) != 1 or len(c.text) > 70 or not c.text.isascii() or c.quotes or before.held:
        return None
    q = c.quantities[0]
    if q.kind == "percent" and before.best and len(before.best.asked) > 1:
        return (list(done), strong) if (strong := _as_strong(before, c)) is not None else None
    if (faster := _so_fast(before, c)) is not None:
        return list(done), faster
    if q.kind not in ("seconds", "timecode") or isinstance(q.value, str):
        return None
    words = f"{c.text[: q.start]}Q{c.text[q.end :]}".strip(" ,.!?;:")
    last = _last(before)
    if last is None:
        return None
    args = dict(last.args)
    if last.command in ("add", "picture_in_picture") and not (done and _EACH.fullmatch(words)):
        if "duration" not in args and (part := _PART.fullmatch(words)):
            file = next(iter(c.scene.media_named(str(args.get("media")).lower())), None) if part["last"] else None
            if file is None or file.kind == "image":
                return (list(done), _with(before, duration=plain(q))) if not part["last"] else None
            return list(done), _with(before, start=seconds(file.duration - q.value), duration=plain(q))
        song = _FROM.fullmatch(words)
        if song and words.endswith(" in") and "at" not in args and _OVER_IT.search(before.clause.text):
            return list(done), _with(before, at=plain(q))  # "lay the voice over this, beginning two seconds in"
        if song and last.command == "add" and "start" not in args and ("at" in args or _of_the_file(words, args)):
            return list(done), _with(before, start=plain(q))
        return None
    if (
        last.command in ("transition", "crossfade")
        and not ("duration" in args and before.clause.every("seconds", "frames"))
        and _MADE.fullmatch(words)
    ):
        return list(done), _with(before, anew=True, duration=plain(q))  # a "short" one is that short
    if last.command in _LASTING and _EACH.fullmatch(words):
        return [_with(one, duration=plain(q)) for one in done], _with(before, duration=plain(q))
    return None


_STRENGTH = re.compile(
    r"(?:(?:at|to|with|about|around|like|only|just|maybe|say|of) )*Q(?: (?:strength|intensity|strong|opacity|each|please))*"
)


def _as_strong(before: Read, c: Clause) -> Read | None:
    """ "vintage with a bit of vignette | 30%": the look that was said last has that strength."""
    last, q = _last(before), c.quantities[0]
    words = f"{c.text[: q.start]}Q{c.text[q.end :]}".strip(" ,.!?;:")
    told = last is None or last.command != "filter" or "amount" in dict(last.args)
    if last is None or before.best is None or told or not _STRENGTH.fullmatch(words):
        return None
    step = replace(last, args=(*last.args, ("amount", plain(q))))
    return replace(before, best=replace(before.best, asked=(*before.best.asked[:-1], step)))


_FASTER = re.compile(
    r"(?:(?:like|say|about|maybe|so|around|roughly|make it|make that|to|at|by|something|perhaps|i'd say) )*(?P<q>double|twice|triple|(?:[\d.]+|two|three|four) ?(?:x|times))(?: (?:the )?(?:speed|as fast|fast|faster|or so|please|maybe|the normal speed))*"
)
_TIMES = {"double": 2, "twice": 2, "triple": 3, "two": 2, "three": 3, "four": 4}


def _so_fast(before: Read, c: Clause) -> Read | None:
    """ "speed up the bit between 3 and 7, like double": by how much, which the piece before left open."""
    last, said = _last(before), _FASTER.fullmatch(c.text.strip(" ,.!?;:"))
    if said is None or last is None or last.command != "speed" or before.best is None:
        return None
    if before.clause.quantity("times", "percent", "factor") or float(str(dict(last.args).get("factor") or 0)) <= 1:
        return None
    word = said["q"].split()[0].rstrip("x")
    factor = _TIMES.get(word) or float(word)
    step = replace(last, args=tuple({**dict(last.args), "factor": factor}.items()))
    return replace(before, best=replace(before.best, asked=(*before.best.asked[:-1], step)))


_OVER_IT = re.compile(
    r"(?<![a-z])(?:over|under|on top of|on|to) (?:this|it|that|the (?:video|film|clip|footage|picture))(?![a-z])"
)


def _of_the_file(words: str, args: dict[str, Plain]) -> bool:
    """Is it a moment of the file, and not of the film?"""
    return (
        args.get("as") == "music"
        or re.search(r"(?:of|in|into) (?:it|the|that|its) ?|(?<![a-z])in(?:to)?$", words) is not None
    )


def _last(read: Read) -> Step | None:
    last = read.best.asked[-1] if read.best and read.best.asked else None
    return last if isinstance(last, Step) else None


def _with(read: Read, anew: bool = False, **args: Plain) -> Read:
    """The clause's additions with more said of them, where they do not say it themselves; `anew`: even then."""
    last = _last(read)
    if read.best is None or last is None or last.command not in (*_LASTING, "fit_duration"):
        return read

    def told(one: Asked) -> Asked:
        if not isinstance(one, Step) or one.command not in (*_LASTING, "fit_duration"):
            return one
        kept = tuple((name, value) for name, value in one.args if not anew or name not in args)
        more = tuple((name, value) for name, value in args.items() if name not in dict(kept))
        return replace(one, args=(*kept, *more))

    return replace(read, best=replace(read.best, asked=tuple(map(told, read.best.asked)), whole=True))
