"""What one clause may mean, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import blanked
from reelscore.converse.scene import Thing
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Action, Asked, Question

SOUND_KINDS = ("music", "voice", "sound", "audio", "own")
PLAYED = ("clip", "image", "music", "voice", "sound", "overlay", "own")
PICTURE_KINDS = ("clip", "image", "overlay", "background", "logo")
TEXT_KINDS = ("title", "subtitle", "lower_third", "text")


@dataclass(frozen=True, slots=True)
class Reading:
    """Edits or actions (or a question, or why not), and how well they fit the words: 0 to 1."""

    asked: tuple[Asked, ...]
    score: float
    question: Question | None = None
    missed: Said | None = None
    whole: bool = False  # every word of the clause was read


def step(command: str, score: float, /, **args: Plain) -> Reading:
    """A reading of one edit; arguments that are None are left out. A trailing "_" keeps a name out of Python's way."""
    given = tuple((name.rstrip("_"), value) for name, value in args.items() if value is not None)
    return Reading((Step(command, given),), score)


def steps(command: str, score: float, which: Iterable[str | None], /, **args: Plain) -> Reading:
    """The same edit for each of several things."""
    made = tuple(one for said in which for one in step(command, score, which=said, **args).asked)
    return Reading(made, score)


def action(name: str, score: float, /, **args: Plain) -> Reading:
    return Reading((Action(name, tuple((key, value) for key, value in args.items() if value is not None)),), score)


def fitting(mention: Mention, kinds: tuple[str, ...]) -> bool:
    """Is this mention of one of these kinds, or a name of something that is?"""
    if mention.kind in kinds:
        return True
    if mention.kind == "all":
        return True
    if mention.kind == "name":
        return not mention.things or any(_is(thing, kinds) for thing in mention.things)
    return False


def _is(thing: Thing, kinds: tuple[str, ...]) -> bool:
    if thing.role == "text":
        return any(kind in TEXT_KINDS for kind in kinds)
    return (
        thing.role in kinds
        or (thing.role == "overlay" and "logo" in kinds)
        or (thing.role == "audio" and "sound" in kinds)
    )


def pointed(c: Clause, kinds: tuple[str, ...]) -> str | None:
    """What "it", "that" or "the other one" mean here, as a reference; None where nothing is spoken of."""
    if c.leaning and not c.around.focus and (thing := c.touched) and _is(thing, kinds):
        return thing.segment.id
    for mention in c.mentions:
        if mention.kind == "pronoun":
            focus, kind = c.around.focus, c.around.focus_kind
            if focus and (not kind or kind in kinds or (kind == "text" and "text" in kinds)):
                return focus
            thing = c.touched
            if thing and _is(thing, kinds):
                return thing.segment.id
        if mention.kind == "other":
            thing = c.touched
            if thing:
                others = [t for t in c.scene.things if t.role == thing.role and t.segment.id != thing.segment.id]
                if len(others) == 1:
                    return others[0].segment.id
    return None


_PARTS = (
    (0, r"(?<![a-z])(?:the |its )?(?:first|front|earlier|left) (?:half|part|piece|bit|section|chunk|one|clip)(?![a-z])|(?<![a-z])(?:what(?:'s|ever is| is|ever)?|everything|all)(?: comes?| was)? before(?: that| it| there)?(?![a-z])|前面?[那的这]?一?(?:段|截|部分|半)"),
    (1, r"(?<![a-z])(?:the |its )?(?:second|last|back|later|right|other) (?:half|part|piece|bit|section|chunk|one|clip)(?![a-z])|(?<![a-z])the (?:rest|remainder|tail|leftover)(?![a-z])|(?<![a-z])(?:what(?:'s|ever is| is|ever)?|everything|all)(?: comes?)? (?:after|left|behind|follows)(?: that| it| there| over)?(?![a-z])|后面?[那的这]?一?(?:段|截|部分|半)|剩下[那的这]一?(?:段|截|部分|半)"),
)  # fmt: skip
_NTH_PART = (  # of three or more: middle, second, third, fourth, last
    r"(?<![a-z])(?:the |its )(?:(middle)|(second|2nd)|(third|3rd)|(fourth|4th)|(last|final|back))(?: (?:half|part|piece|bit|section|chunk|one|clip|third))?(?![a-z])"
)
_NTH_PART_ZH = (
    r"(?:(最?中间)的?|(第二)|(第三)|(第四)|(最后)的?)(?:[那这]?一?)(?:[段截块份]|部分|个(?=不|删|去|剪|倒|静))"
)
COPY = r"(?<![a-z])(?:the|its|that|this) (?:(?:new |second )?(?:copy|duplicate|clone)|(?:copied|duplicated|cloned|new) (?:one|clip|copy))(?![a-z])"
_OTHERS = r"(?<![a-z])(?:the |all )*(?:others|other (?:clips|photos|ones|shots)|rest|remaining (?:clips|photos|ones|shots))(?![a-z])|其他|其它|其余|剩下|别的|另外"


def resulting(c: Clause) -> str | None:
    """What the edit before made, where it is spoken of: "the copy", "the second half"."""
    if parts := c.around.parts:
        nth = patterns.search(_NTH_PART, c.text) or patterns.search(_NTH_PART_ZH, c.text) if len(parts) > 2 else None
        if nth:
            at = (len(parts) // 2, 1, 2, 3, -1)[next(n for n, said in enumerate(nth.groups()) if said)]
            open_ = at >= len(parts) or (nth[1] and len(parts) % 2 == 0)
            return None if open_ else parts[at]
        return next((parts[n] for n, words in _PARTS if patterns.search(words, c.text)), None)
    if c.around.made:
        return c.around.made if patterns.search(COPY, c.text) else None
    if c.around.focus or not c.context.steps:
        return None
    last = c.context.steps[-1]
    if isinstance(last, Step) and last.command == "duplicate" and c.touched and patterns.search(COPY, c.text):
        return c.touched.segment.id
    if isinstance(last, Step) and last.command == "split":
        found = next((n for n, words in _PARTS if patterns.search(words, c.text)), None)
        held = sorted((t for i in c.context.touched[:2] if (t := c.scene.find(i))), key=lambda t: t.span.start)
        return held[found].segment.id if found is not None and len(held) == 2 else None
    return None


def several(c: Clause, kinds: tuple[str, ...]) -> list[str]:
    """What "both", "them" or "the others" stand for: several things of these kinds that were just spoken of."""
    if c.mention("other", "pronoun") is None:
        return []
    told = tuple(filter(None, (c.around.focus, *c.around.several)))
    if c.mention("other") and told and "clip" in kinds and patterns.search(_OTHERS, c.text):
        spoken = {t.segment.id for said in told for t in _things(c, said)}
        rest = [t.segment.id for t in c.scene.of("clip") if t.segment.id not in spoken]
        return rest if spoken and len(rest) < c.scene.clips else []
    if not any(m.kind == "pronoun" and m.every for m in c.mentions):
        return []
    held = c.around.several
    if not held:
        steps = [dict(asked.args) for asked in c.context.steps if isinstance(asked, Step)]
        named = tuple(dict.fromkeys(str(a["which"]) for a in steps if a.get("which")))
        many = max(len(steps), 2 if patterns.search(r"(?<![a-z])both(?![a-z])|两[个条段]?都|都", c.text) else 1)
        many_of_one = tuple(t.segment.id for t in _things(c, named[0])) if len(named) == 1 else ()  # "the clips"
        held = named if len(named) > 1 else many_of_one if len(many_of_one) > 1 else c.context.touched[:many]
    fit = [
        said
        for said in held
        if any(_is(thing, kinds) for thing in _things(c, said)) or (not _things(c, said) and "text" in kinds)
    ]
    return fit if len(fit) > 1 else []


def _things(c: Clause, said: str) -> tuple[Thing, ...]:
    if thing := c.scene.find(said):
        return (thing,)
    return next((m.things for m in mentions(said.lower(), c.scene) if m.things), ())


def targets(c: Clause, kinds: tuple[str, ...], *, film: str | None = None, pronouns: bool = True) -> list[str]:
    """References to everything of these kinds that the clause names, in order; for the film as a whole, `film`."""
    key = (kinds, film, pronouns)
    held = c.targets.get(key)
    if held is None:
        held = c.targets[key] = _targets(c, kinds, film, pronouns)
    return list(held)


def _targets(c: Clause, kinds: tuple[str, ...], film: str | None, pronouns: bool) -> list[str]:
    if pronouns and "clip" in kinds and (made := resulting(c)):
        return [made]
    if pronouns and (many := several(c, kinds)):
        return many
    said: dict[str, str] = {}
    for m in c.mentions:
        if fitting(m, kinds) and m.said and not c.spared(m) and not says_when(c, m) and not _only_there(c, m):
            if said and measured_by(c, m):
                continue
            same = m.things[0].segment.id if len(m.things) == 1 and not m.bare else m.said
            said.setdefault(same, m.said)  # "the last clip, the one of the drone" is one thing
    if "all" in said and len(said) > 1 and any(_some_of_it(c, m) for m in c.mentions):
        del said["all"]  # "from the beach on make everything warmer", "make it all grey when the drone comes on"
    if said:
        return list(dict.fromkeys(said.values()))
    if pronouns and c.around.focus and not c.around.spared and not c.mentions and c.around.focus_kind in kinds:
        return [c.around.focus]
    if pronouns and (one := pointed(c, kinds)):
        return [one]
    if film and c.mention("film"):
        return [film]
    return []


def _some_of_it(c: Clause, m: Mention) -> bool:
    """Is this the part of the film where all of it shall change?"""
    if _FROM_ON.match(c.text, m.start, m.end):
        return True
    return (
        bool(m.things)
        and m.things[0].role == "clip"
        and patterns.just_before(_WHILE_SHOWN, c.text, m.start) is not None
    )


_WHILE_SHOWN = re.compile(
    r"(?<![a-z])(?:when|while|whenever|during|as|in|throughout)(?: (?:we|you|it|i|they) (?:get|gets|come|comes|see|sees|reach|reaches|go|goes|cut|cuts|switch|switches)(?: (?:to|into|at))?)? (?:the |my )?$"
)
_FROM_ON = re.compile(r"(?:from|after|before|until|up to|starting|everything|all) ")
_WHEN = re.compile(
    r"的?(?:那段)?(?:的?(?:地方|部分|段落)(?=[,，]?把?(?:背景)?(?:音乐|配乐|bgm|声音))|那[\d一二两三四五六七八九十]+秒钟?(?:里面?|内|中|期间|的时候)|(?:的)?时候|时(?!长|间)|期间|的过程中|那会儿|这会儿)|(?:[那这]一?[段里儿]|[那这]个?镜头)(?:里面?|上|时间)?的?[, ]?(?=(?:就|先|都|也)*(?:把|不要|别[放要有]?|不放|去掉|关掉|删掉|没有|静音|取消)?(?:背景)?(?:音乐|配乐|bgm|旁白))"
)


_THERE = re.compile(r"(?:上面|里面|那里|角上|旁边|因为)?有(?:个|一个|些|点|条|行)$")


def _only_there(c: Clause, m: Mention) -> bool:
    """上面裁掉10%有个水印, 下面裁掉一成,那里有水印: is it only said that there is such a thing?"""
    if not m.bare or _THERE.search(c.text[: m.start]) is None:
        return False
    return any(o.end < m.start for o in c.mentions) or not m.things


_THAN = re.compile(
    r"(?<![a-z])(?:than|contrast (?:with|to)|compared (?:with|to)|unlike|(?:loud|quiet|dark|bright|big|small)(?:er)? next to) (?:in |on |at )?(?:all )?(?:of )?(?:the |my |those )?$"
)


def measured_by(c: Clause, m: Mention) -> bool:
    """ "the lake brighter than the rest": only what something else is compared with."""
    return (
        " than " in c.text or " with " in c.text or " to " in c.text or "unlike" in c.text
    ) and patterns.just_before(_THAN, c.text, m.start) is not None


_MUSIC_OF = re.compile(
    r"的(?=(?:背景)?(?:音乐|配乐|bgm|旁白|解说))"
)  # 第二段的旁白, lake的音乐: what is heard meanwhile
_WHILE_THERE = re.compile(r"的?[那这]一?[段里儿](?:里面?|上)?(?!的|[开之以]|切|加)|里(?!面的)")


def says_when(c: Clause, m: Mention) -> bool:
    """开箱时不要音乐: is this only when something else shall be done?"""
    after = 0 if c.text[: m.start].endswith(("在", "到", "等")) else m.end  # 音乐在人声的时候小一点
    if not after and _WHILE_THERE.match(c.text, m.end):  # 音乐在海滩那段大声一点
        return any(t.role in ("music", "voice") for other in c.mentions if other is not m for t in other.things[:1])
    if after and m.kind != "film" and m.things and m.things[0].role == "clip" and _MUSIC_OF.match(c.text, m.end):
        return any(other.start == m.end + 1 and other.things for other in c.mentions)
    return _WHEN.match(c.text, m.end) is not None and any(
        other is not m and other.start >= after and other.things and other.kind not in ("pronoun", "film")
        for other in c.mentions
    )


def unnamed(c: Clause) -> str:
    """What is said beside the names of files: one may be called "pitch"."""
    text = c.text
    for m in c.mentions:
        if m.kind == "name":
            text = blanked(text, m.start, m.end)
    return text


def target(c: Clause, kinds: tuple[str, ...], *, film: str | None = None, pronouns: bool = True) -> str | None:
    """The first of `targets`."""
    return next(iter(targets(c, kinds, film=film, pronouns=pronouns)), None)
