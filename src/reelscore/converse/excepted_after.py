"""What is taken out of the last edit after it was done to several things: "not the interview though", "except the dog",
采访那段不要. The edit is taken back and made again on the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.reading import Reading
from reelscore.converse.scene import Thing
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Option, Question

_AS_WAS = r"(?:as (?:it|they) (?:was|were|is|are)(?: before)?|like (?:it|they) (?:was|were)|like before|as before|(?:how|the way) (?:it|they) (?:was|were)(?: before)?|alone|unchanged|untouched)"
_NOT = re.compile(
    r"(?:(?:and|but|oh|wait|no|sorry|ok(?:ay)?|hm+|actually|just|only|well|please|good|great|nice|perfect|never ?mind|on second thoughts?)[, ]+)*"
    r"(?:not|except(?: for)?|apart from|other than|all but|leave out|skip|leave|keep|put|bring|restore|without|don'?t (?:do|change|touch|include)|exclude|excluding)(?: it)?(?: back)?(?: (?:on|for|in|to|with))?"
    rf" (?P<who>[^,.;!?]{{2,40}}?)(?P<was>(?: back)?(?: to)? {_AS_WAS})?(?: (?:though|please|tho|after all|out(?: of (?:it|this))?|however))*[.! ]*"
)
_NOT_ZH = re.compile(
    r"(?:但是?|不过|哦|等等|嗯|可是|还是|别了?|不了?|算了|那|先|,)*(?:(?:除了|不包括|不算|不含|除去)(?P<who>[^,。;!?]{1,14}?)(?:以外|之外|外)?|(?:把)?(?P<who2>[^,。;!?]{1,14}?)(?:就|都|先|还是|可以|给我)?(?:除外|不要|不用|别(?:调|加|改|动|变|弄|做|搞)?|不算|算了|(?P<was_zh>(?:保持|恢复|还原|变回|改回|调回)(?:到|成)?(?:原样|原来|原状|之前|刚才)(?:的?样子|那样|的)?|不变|原样|不动)))(?:了|吧|哈|哦)*[。! ]*"
)
_EFFECTS = (
    "filter", "speed", "volume", "mute", "reverse", "flip", "zoom", "crop", "rotate", "fit", "opacity", "fade_in", "fade_out",
    "text_style", "text_animation", "text_position", "text_duration", "trim", "normalise",
)  # fmt: skip


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The last edit of all that it was done to but what is named."""
    yield from only_into(c, last)
    yield from only_there(c, last)
    said = (_NOT if c.text.isascii() else _NOT_ZH).fullmatch(c.text.strip())
    steps = [asked for asked in c.context.steps if isinstance(asked, Step)]
    if said is None or last.command not in _EFFECTS or len(steps) != len(c.context.steps):
        return
    how = [{k: v for k, v in step.args if k != "which"} for step in steps]
    if any(step.command != last.command or args != how[0] for step, args in zip(steps, how, strict=True)):
        return
    who = next(words for name, words in said.groupdict().items() if name.startswith("who") and words)
    spared = {t.segment.id: t for m in mentions(who, c.scene) if m.things and m.kind != "pronoun" for t in m.things}
    if not spared:
        return
    role = next(iter(spared.values())).role
    if said.groupdict().get("was") or said.groupdict().get("was_zh"):
        touched = {thing.segment.id for step in steps for thing in _done_to(c, step, role)}
        if touched and touched <= set(spared):  # all that was done was done to it
            yield Reading((Action("undo"),), 0.985)
            return
    done = list(dict.fromkeys(thing for step in steps for thing in _done_to(c, step, role)))
    rest = [thing for thing in done if thing.segment.id not in spared]
    if rest and len(rest) < len(done) and len(done) - len(rest) == len(spared):
        again = (Step(last.command, (("which", t.segment.id), *how[0].items())) for t in rest)
        yield Reading((Action("undo"), *again), 0.985)


_ONLY_INTO = re.compile(
    r"(?:(?:no|hm+|oh|but|and|well|sorry|wait|not (?:everywhere|all(?: of them)?|between all|on all|every (?:cut|clip|time))|that'?s too (?:much|many)|i meant|just) ?[,.;-]? ?)*(?:only|just) (?:put it |have it |one )?(?:before|into|to|going into|leading into|in front of|at the start of) (?P<into>[^,.;!?]{2,40}?)(?: please| pls| clip| one)*[.! ]*"
    r"|(?:不|嗯|不是|不要|别|都|全部|每个|每段|加|要|的|,|不用|那么多)*只(?:要|在|给|需要|留)*(?P<into2>[^,。;!?]{1,14}?)(?:的?(?:之前|前面|前))(?:加|要|有|留|用|放)?(?:一个|个)?(?:转场)?(?:就行|就好|吧|。)*"
)


def only_into(c: Clause, last: Step) -> Iterator[Reading]:
    """ "not everywhere, only before the market": the transition into one clip alone."""
    if last.command not in ("transition", "crossfade") or "which" in dict(last.args):
        return
    said = _ONLY_INTO.fullmatch(c.text.strip())
    who = (said["into"] or said["into2"]) if said else None
    things = {t.segment.id: t for m in mentions(who, c.scene) for t in m.things} if who else {}
    if len(things) == 1 and next(iter(things.values())).role == "clip":
        yield Reading((Action("undo"), Step(last.command, (("which", next(iter(things))), *last.args))), 0.985)


_ONLY_ZH = re.compile(
    r"(?:不是?全部|不要?全部|不|嗯|,)*只(?:要|留|给|用|对)?(?P<who>[^,。;!?]{1,14}?)(?:就行|就好|就可以|吧|。)*"
)


_OF_TIME = ("speed", "reverse", "trim")  # of a look there is no doubt: 只要intro after 画面变黑白


def only_there(c: Clause, last: Step) -> Iterator[Reading]:
    """只要硬拉那段 after all of the film was slowed down: the effect, or the film, only there?"""
    args = dict(last.args)
    if last.command not in _OF_TIME or "which" in args or len(c.context.steps) != 1 or c.text.isascii():
        return
    said = _ONLY_ZH.fullmatch(c.text.strip())
    things = {t.segment.id: t for m in mentions(said["who"], c.scene) for t in m.things} if said else {}
    if len(things) != 1 or next(iter(things.values())).role != "clip" or c.scene.clips < 2 or c.quantities:
        return
    one = next(iter(things.values()))
    there = (Action("undo"), Step(last.command, (("which", one.segment.id), *last.args)))
    alone = Step("keep_range", (("start", seconds(one.span.start)), ("end", seconds(one.span.end))))
    options = (
        Option(Said("the last change only there", "刚才的效果只用在这一段"), there),
        Option(Said("keep only this in the film", "影片只留这一段"), (alone,)),
    )
    yield Reading((), 0.985, question=Question(Said("What shall be only there?", "是指哪一种？"), options))


def _done_to(c: Clause, step: Step, role: str) -> tuple[Thing, ...]:
    """What a step was done to; where it names nothing, all of the kind."""
    which = str(dict(step.args).get("which") or "")
    if not which:
        return c.scene.of("text" if role == "text" else "clip") if role in ("text", "clip") else ()
    if thing := c.scene.find(which):
        return (thing,)
    return tuple(t for m in mentions(which.lower(), c.scene) for t in m.things)
