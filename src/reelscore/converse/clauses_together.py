"""What a clause makes of the edits of another: only there, of what was just added, over what stands still, one piece of music."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.corrections import ONLY_WRONG
from reelscore.converse.mentions import mentions
from reelscore.converse.one_clause import Read
from reelscore.converse.readers.text_placed import next_id
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step
from reelscore.values.message import Action, Asked


def only_there(clauses: list[Read]) -> list[Read]:
    """ "make it brighter but only the first clip": of that clip, and nothing else goes."""
    kept: list[Read] = []
    for read in clauses:
        last = kept[-1] if kept else None
        if last is not None and last.best is not None and (named := _only_named(read)):
            asked = tuple(one for each in last.best.asked if (one := _of(each, named)) is not None)
            if asked and len(asked) == len(last.best.asked):
                kept[-1] = replace(last, best=replace(last.best, asked=asked))
                continue
        kept.append(read)
    return kept


def of_the_added(clauses: list[Read]) -> list[Read]:
    """ "put the sunset at the end, 4 secs, zoom out": a look of nothing that is named is that of the clip just added."""
    kept: list[Read] = []
    for read in clauses:
        before, best = kept[-1].best if kept else None, read.best
        last = before.asked[-1] if before and before.asked and not kept[-1].held else None
        one = best.asked[0] if best and len(best.asked) == 1 else None
        if (
            isinstance(last, Step)
            and isinstance(one, Step)
            and last.command == "add"
            and one.command in ("zoom", "flip", "rotate", "crop", "fit", "reverse")
            and "which" not in dict(one.args)
            and best is not None
            and not read.clause.mentions
            and len(read.clause.text.strip()) < 20
            and dict(last.args).get("as") is None
        ):
            name = str(dict(last.args).get("media", "")).rsplit(".", 1)[0]
            read = replace(read, best=replace(best, asked=(replace(one, args=(("which", name), *one.args)),)))
        kept.append(read)
    return kept


_OLD_WORDS = Sieve(re.compile(r"(?<![a-z])(?:old|original|previous|former) |原来|原先|原本|旧|之前|老的|现在那"))


def of_the_reworded(clauses: list[Read]) -> list[Read]:
    """片头那几个字换成“城市之恋”，原来那个 Urban Dreams 不要了: the old words go with the new ones, and the text stays."""
    kept: list[Read] = []
    for read in clauses:
        asked = read.best.asked if read.best and not read.held else ()
        before = kept[-1].best if kept and not kept[-1].held else None
        new = before.asked[-1] if before and before.asked else None
        gone = [one.command for one in asked if isinstance(one, Step)]
        named = {t for m in read.clause.mentions for t in m.things}
        old = next(iter(named)) if len(named) == 1 and next(iter(named)).role == "text" else None
        if (
            before is not None
            and isinstance(new, Step)
            and new.command == "change_text"
            and gone in (["remove_text"], ["remove"])
            and old is not None
            and dict(new.args).get("which") in (None, old.segment.id, *_kinds(old, read.clause.scene))
            and _OLD_WORDS.search(read.clause.text)
        ):
            words = replace(new, args=(("which", old.segment.id), *((k, v) for k, v in new.args if k != "which")))
            kept[-1] = replace(kept[-1], best=replace(before, asked=(*before.asked[:-1], words)))
            continue
        kept.append(read)
    return kept


def _kinds(thing: Thing, scene: Scene) -> tuple[str, ...]:
    return tuple(kind.replace("_", " ") for kind in ("title", "subtitle", "lower_third") if scene.of(kind) == (thing,))


def _only_named(read: Read) -> str:
    """What "but only ..." names, where it is read as what alone is kept."""
    best = read.best
    if best is None or read.held or not _BUT_ONLY.match(read.clause.text):
        return ""
    named = [m.said for m in read.clause.mentions if m.said and m.kind not in ("pronoun", "film", "all")]
    keeps = all(isinstance(one, Step) and one.command in ("keep_range", "remove") for one in best.asked)
    return named[0] if keeps and best.asked and len(named) == 1 else ""


def _of(asked: Asked, which: str) -> Asked | None:
    """The same edit of this alone; None where it is of something else, or of nothing."""
    if not isinstance(asked, Step) or asked.command not in _EFFECTS or dict(asked.args).get("which"):
        return None
    return replace(asked, args=(("which", which), *asked.args))


_BUT_ONLY = Sieve(re.compile(r"[\s,，]*(?:but |and )?(?:only|just)(?: on| for| to| in)?(?![a-z])|[\s,，]*但?(?:只|仅)"))
_EFFECTS = (
    "filter",
    "speed",
    "volume",
    "mute",
    "opacity",
    "reverse",
    "flip",
    "zoom",
    "crop",
    "rotate",
    "fade_in",
    "fade_out",
)


def one_piece(steps: list[Asked]) -> list[Asked]:
    """ "happy, upbeat, write me a song for my shop": what it shall be like, and the wish for it, are one wish."""
    kept: list[Asked] = []
    for one in steps:
        last = kept[-1] if kept else None
        if isinstance(one, Step) and isinstance(last, Step) and one.command == last.command == "generate_music":
            before, words = dict(last.args), dict(one.args)
            if before.keys() == {"prompt"} and not _A_PIECE.search(str(before["prompt"])) and "prompt" in words:
                words["prompt"] = f"{before['prompt']}, {words['prompt']}"
                kept[-1] = Step(one.command, tuple(words.items()))
                continue
        if isinstance(one, Step) and isinstance(last, Step) and (sized := _sized(last, one)) is not None:
            kept[-1] = sized
            continue
        if isinstance(one, Step) and isinstance(last, Step) and _in_its_stead(last, one):
            kept.pop()  # bgm太单调了,换一首; 不要黑边,后面虚化
        kept.append(one)
    return kept


def _in_its_stead(last: Step, one: Step) -> bool:
    """Does the later edit leave nothing of the one before: other music than what was changed, another way to fit?"""
    if one.command == "replace_media" and dict(one.args).get("which") == "music":  # "drop the piano and use my song"
        return last.command == "change_music" or (last.command == "remove" and dict(last.args).get("which") == "music")
    if one.command == "generate_music":
        return last.command == "change_music" and not {"keep", "at"} & dict(one.args).keys()
    return (
        one.command == last.command
        and one.command in ("fit", "opacity", "remove_transition")
        and dict(one.args).get("which") == dict(last.args).get("which")
    )


def _sized(last: Step, one: Step) -> Step | None:
    """小窗挪到左下角,然后大小30%: where a small picture stands depends on how large it is, so both are one edit."""
    before, then = dict(last.args), dict(one.args)
    if (
        last.command != "arrange"
        or one.command != "arrange"
        or "place" not in before
        or then.keys() - {"which", "size"}
    ):
        return None
    same = then.get("which", before.get("which")) == before.get("which")
    return Step("arrange", tuple({**before, "size": then["size"]}.items())) if same and "size" in then else None


_A_PIECE = re.compile(
    r"(?<![a-z])(?:song|music|track|piece|tune|beat|soundtrack|score|bgm|jingle)s?(?![a-z])|音乐|曲|歌|配乐"
)


def over_the_frozen(steps: list[Asked], n: int, clause: Clause) -> Asked:
    """ "freeze the last frame for 4 s and put "bye" over it": the text is seen as long as the picture stands still."""
    one, before = steps[n], steps[n - 1] if n else None
    if not isinstance(one, Step) or not isinstance(before, Step) or before.command != "freeze":
        return one
    told, still = dict(one.args), dict(before.args)
    if one.command not in _NEW_TEXTS or {"at", "duration"} & told.keys() or not _OVER_IT.search(clause.text):
        return one
    at = float(clause.scene.duration) if still.get("at") == "end" else still.get("at")
    if "which" in still or not isinstance(at, (int, float)):
        return one
    at = int(at) if at == int(at) else at
    return replace(one, args=(*one.args, ("at", at), ("duration", still.get("duration", 2))))


def over_the_moved(one: Asked, clause: Clause, steps: Sequence[Asked]) -> Asked:
    """把海边放到最前面,上面打个字: a text over a clip that moves before goes where the clip is by then."""
    told = dict(one.args) if isinstance(one, Step) else {}
    if not isinstance(one, Step) or one.command not in _NEW_TEXTS or clause.quantities:
        return one
    clips = clause.scene.of("clip")
    over = [
        c for c in clips if float(c.span.start) == told.get("at") and float(c.span.duration) == told.get("duration")
    ]
    if len(over) != 1 or sum(c.span.duration for c in clips) != clause.scene.duration:
        return one
    order = list(clips)
    for moved in steps:
        args = dict(moved.args) if isinstance(moved, Step) and moved.command in ("reorder", "move") else {}
        which, place = str(args.get("which", "")), args.get("position", _ENDS.get(str(args.get("to"))))
        named = [m for m in mentions(which.lower(), clause.scene) if len(m.things) == 1] if which else []
        thing = clause.scene.find(which) or (named[0].things[0] if named else None)
        if thing not in order or not isinstance(place, int):
            continue
        order.remove(thing)
        order.insert(place - 1 if place > 0 else len(order) + 1 + place, thing)
    start = sum((c.span.duration for c in order[: order.index(over[0])]), Fraction(0))
    return replace(one, args=tuple((k, seconds(start) if k == "at" else v) for k, v in one.args))


_ENDS = {"start": 1, "end": -1}
_OTHER_LENGTH = frozenset(
    (
        "remove",
        "ripple_delete",
        "cut_range",
        "cut_first",
        "cut_last",
        "keep_range",
        "trim",
        "speed",
        "fit_duration",
        "add",
    )
)


def closing(steps: list[Asked], n: int, scene: Scene) -> Asked:
    """ "delete the drone and put "bye" at the end": a text that ends with the film is counted from the end it has then."""
    one = steps[n]
    if not isinstance(one, Step) or one.command not in _NEW_TEXTS or not scene.clips:
        return one
    told, whole = dict(one.args), float(scene.duration)
    at, stays = told.get("at"), told.get("duration", 3)
    if not isinstance(at, (int, float)) or not isinstance(stays, (int, float)) or abs(at + stays - whole) > 0.001:
        return one
    if not any(isinstance(other, Step) and other.command in _OTHER_LENGTH for other in steps[:n]):
        return one
    return replace(one, args=tuple((k, -stays if k == "at" else v) for k, v in one.args))


def with_cut(steps: Sequence[Asked], asked: Sequence[Asked]) -> list[Asked]:
    """1分到1分15剪掉|8分到8分12也剪掉: cuts side by side mean the film as it lay, so the later one is made first."""
    run = len(steps)
    while run and _cut_at(steps[run - 1]) is not None:
        run -= 1
    at = [_cut_at(one) for one in asked]
    first = min((one for one in at if one is not None), default=0.0)
    if not asked or None in at or any((_cut_at(one) or 0) >= first for one in steps[run:]):
        run = len(steps)
    return [*steps[:run], *asked, *steps[run:]]


def _cut_at(one: Asked | None) -> float | None:
    """Where a stretch of the film is cut out."""
    args = dict(one.args) if isinstance(one, Step) and one.command in ("cut_range", "cut_first") else {"which": ""}
    at = args.get("start", 0)
    return None if "which" in args or not isinstance(at, int | float) else float(at)


_MEANT = Sieve(
    re.compile(
        rf"\W*(?:{ONLY_WRONG.pattern})(?:不是[^,，。是]{{1,10}}[,， ]*(?:而|应该)?是|我(?:说|要|指|想要|讲|意思)的?(?:其实)?是|应该(?:是)?|(?:而)?是(?!不是)|我想|要|i (?:mean|meant|wanted|said)(?![a-z])|it should(?: have been| be)?(?![a-z]))",
        re.IGNORECASE,
    )
)
_OF_TIME = ("cut_first", "cut_last", "cut_range", "keep_range")


def undone_first(steps: list[Asked], clause: Clause) -> list[Asked]:
    """不对不对 我说的是采访那段静音, "no no, I meant mute the interview": where the same was done elsewhere right before,
    that is taken back."""
    before = clause.context.steps
    last = before[0] if len(before) == 1 else None
    edits = [one for one in steps if isinstance(one, Step)]
    if not isinstance(last, Step) or not edits or len(edits) < len(steps) or not _MEANT.match(clause.plain.original):
        return steps
    first = edits[0]
    cuts = first.command in _OF_TIME and last.command in _OF_TIME
    elsewhere = first.command == last.command and dict(first.args).get("which") != dict(last.args).get("which")
    return [Action("undo"), *steps] if cuts or (elsewhere and "which" in dict(last.args)) else steps


_OVER_IT = re.compile(r"(?<![a-z])(?:over|on|onto|on top of|across) (?:it|that|this)(?![a-z])")


def of_the_new_text(steps: list[Asked], n: int) -> Asked:
    """ "a title "Questions" at 5:00, chapter style": the looks of no text that is named are those of the one just made."""
    one, before = steps[n], steps[n - 1] if n else None
    if not isinstance(one, Step) or not isinstance(before, Step) or before.command not in _NEW_TEXTS:
        return one
    words = dict(before.args).get("text")
    if one.command not in _LOOKS_OF_TEXT or "which" in dict(one.args) or not words:
        return one
    return replace(one, args=(("which", words), *one.args))


_A_PLACE_TOO = re.compile(r"(?:the )?(?:end|start|beginning|first|last|intro|outro)[.!]?", re.I)


def by_its_id(steps: list[Asked], scene: Scene) -> list[Asked]:
    """A new text that says "The End", and is spoken of again: those words alone name a place as well."""
    first = steps[0]
    words = str(dict(first.args).get("text", "")) if isinstance(first, Step) and first.command in _NEW_TEXTS else ""
    if not words or not _A_PLACE_TOO.fullmatch(words):
        return steps
    new = next_id(scene)
    return [
        replace(one, args=tuple((k, new if k == "which" and v == words else v) for k, v in one.args))
        if isinstance(one, Step)
        else one
        for one in steps
    ]


_NEW_TEXTS = ("title", "subtitle", "lower_third")
_LOOKS_OF_TEXT = ("text_style", "text_position", "text_animation", "text_duration")


def in_the_next(steps: list[Asked], n: int) -> bool:
    """贝斯去掉,换成大提琴: is this change of the music said once more, and more fully, with the next?"""
    one, two = steps[n], steps[n + 1] if n + 1 < len(steps) else None
    if not isinstance(one, Step) or not isinstance(two, Step) or {one.command, two.command} != {"change_music"}:
        return False
    return set(one.args) <= set(two.args)


_NOT_LOST = Sieve(
    re.compile(
        r"(?:(?:don'?t|do not|without|not) (?:lose|losing|loose|cut|cutting|delete|deleting|remove|removing|touch|touching|drop|dropping)(?: off| out| away)?|but (?:please )?not) (?P<what>(?:the |my |our |that )[^,.;!?]{3,40})"
    )
)


def out_of_the_cut(steps: list[Asked], clause: Clause) -> list[Asked]:
    """ "cut the first minute but don't lose the name tag": a text that the cut would take stands later first, so that it
    is seen in what is left at the time at which it was seen before."""
    cut = next((n for n, one in enumerate(steps) if isinstance(one, Step) and one.command == "cut_first"), None)
    kept = _NOT_LOST.search(clause.plain.original.lower()) if cut is not None and clause.text.isascii() else None
    if cut is None or kept is None:
        return steps
    args, scene = dict(steps[cut].args), clause.scene
    named = [thing for m in mentions(kept["what"].strip(), scene) for thing in m.things if thing.role == "text"]
    gone = args.get("seconds")
    if len(named) != 1 or "which" in args or not isinstance(gone, (int, float)):
        return steps
    span = named[0].span
    if span.start >= gone or span.end + Fraction(gone) > scene.duration:
        return steps
    later = Step("move", (("which", named[0].segment.id), ("by", gone)))
    return [*steps[:cut], later, *steps[cut:]]


def taken_once(steps: Sequence[Asked], scene: Scene) -> list[Asked]:
    """ "just the lake and the drone, no intro": what is gone by then is not taken again."""
    kept: list[Asked] = []
    gone: set[str] = set()
    for one in steps:
        which = str(dict(one.args).get("which") or "") if isinstance(one, Step) and one.command == "remove" else ""
        named = mentions(which.lower(), scene) if which and scene.find(which) is None else ()
        ids = {t.segment.id for m in named for t in m.things} if len(named) == 1 else {which} if which else set()
        if ids and ids <= gone and one not in kept:
            continue
        gone |= ids
        kept.append(one)
    return kept
