"""A value or a thing said alone goes on about the last edit: "no, 1080p", "and the lake", "the hiking one to 7".

The message must hold nothing else: once values, things and the small words of `words/followups.toml` are taken out of
it, no letter may be left. A value takes the place of the argument whose kind it fits; a thing is what the edit is done
to. A denial takes the last edit back first, unless it is simply set anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import other_one
from reelscore.converse.bare_steps import on_made, param_of, spoken_of, steps_of
from reelscore.converse.bare_things import about, could_be, ordinals
from reelscore.converse.bare_values import Bare, choices, quantities
from reelscore.converse.clause import Clause
from reelscore.converse.filling import kinds_of
from reelscore.converse.leftover import LONGEST, Left, comparatives, own_words, property_words
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import compiled
from reelscore.converse.reading import Reading, fitting
from reelscore.converse.scaled import scaled
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry, Plain, Step
from reelscore.values.message import Asked

_LENGTHS = frozenset(("trim", "text_duration", "music_length", "fit_duration"))


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The last edit with other values, or on other things."""
    entry = c.known.commands.get(last.command)
    if entry is None or len(c.text) > LONGEST or (_off(last) and c.has(last.command)):
        return
    if _STILL_ZH.fullmatch(c.text.strip()):
        return  # 还是小: what is wrong, and no wish
    if last.command == "speed" and _other_way(c, last):
        return  # "the crystal slower" after "the first clip twice as fast"
    if last.command in _LENGTHS and "to" in dict(last.args) and c.quantity("seconds", "frames", cue=("by", "more")):
        return  # 再短一秒: by so much, which `amounts_again.py` counts from what it is
    if (last.command in _CUTS and _IN_ALL.search(c.text)) or _AS_MUCH_AS.search(c.text):
        return  # how long it shall be in all, and not how much of it is cut
    if last.command in _NO_LENGTH and _TOO_LONG.search(c.text):
        made = tuple(_on_text(c))
    elif (more := scaled(c.text, last, entry)) is not None:
        made = tuple(steps_of(c, last, entry, Bare(values={more[0]: more[1]}, denied=True)))
    elif said := _said(c, last, entry):
        made = tuple(steps_of(c, last, entry, said))
    else:
        made = tuple(_on_text(c))
    if made:
        yield Reading(made, 0.965)
        return
    denied = denies(c.text)
    asking = other_one.read(c, last, lambda one: steps_of(c, last, entry, Bare(things=[one], denied=denied)))
    if asking is not None:
        yield asking


_NO_LENGTH = ("move", "text_style", "text_position", "change_text", "text_animation", "duplicate")
_TOO_LONG = compiled(r"(?<![a-z])too (?:long|short)(?![a-z])|太[长短久]|短了")


_SLOWER = compiled(r"(?<![a-z])(?:slower|slow|slowly|slow ?mo|slow[ -]motion)(?![a-z])|慢")
_FASTER = compiled(r"(?<![a-z])(?:faster|fast|quicker|quick|speed up)(?![a-z])|快")


def _other_way(c: Clause, last: Step) -> bool:
    """Is the other way named than the last edit of the speed went?"""
    factor = dict(last.args).get("factor")
    if not isinstance(factor, (int, float)) or factor == 1:
        return False
    return (_SLOWER if factor > 1 else _FASTER).search(c.text) is not None


_STILL_ZH = compiled(r"(?:还是|仍然|依然|,)+(?:有点|有些|太|偏)?[大小轻响慢快暗亮长短高低](?:了|啊|呢|吧)*[。!]*")
_CUTS = ("cut_first", "cut_last", "cut_range", "keep_range", "split", "freeze")
_IN_ALL = compiled(
    r"(?<![a-z])(?:seconds?|secs?|s|minutes?|mins?) (?:long|in total|in all|overall|total)(?![a-z])|(?<![a-z])(?:total|overall) (?:length|duration)(?![a-z])|总长|总时长|一共|总共|秒长|时长"
)


_AS_MUCH_AS = compiled(  # "make the music as long as the film" says what is wanted, after whatever
    r"(?<![a-z])as (?:long|short|big|large|small|loud|quiet) as(?![a-z])|(?<![a-z])the same (?:length|size) as(?![a-z])|一样(?:长|短|大|小|响)"
)


def _off(last: Step) -> bool:
    """Did the last edit switch something off? Its own words then ask for it anew: "fade out the music"."""
    args = dict(last.args)
    return args.get("duration") == 0 or args.get("off") is True or args.get("kind") == "none"


def _on_text(c: Clause) -> Iterator[Asked]:
    """What the last edit has no place for may be told of the text it was about: "for 3 seconds", "in red"."""
    entry = c.known.commands.get("title")
    if entry and c.touched and c.touched.segment.text:
        said = _said(c, Step("title"), entry)
        if said and compiled(r"(?<![a-z])(?:in|out|away)(?![a-z])").search(c.text):
            said.values.pop("animation", None)  # which of the two is told: "make it fade in"
        if said and not said.things and "text" not in said.values:
            yield from on_made(c.touched, said.values)


def denies(text: str) -> bool:
    """Does a message begin by taking the one before back?"""
    held = table("followups")["denied"]
    return any(compiled(held[lang]).search(text.strip(" .!?")) for lang in ("en", "zh"))


def _said(c: Clause, last: Step, entry: CommandEntry) -> Bare | None:
    """The values and things of a message that holds nothing else; None for any other."""
    if last.command in _OF_TEXTS and compiled(_AROUND_LETTERS).search(c.text):
        return None  # "with a black outline" gives the letters no colour
    left = Left(c.text)
    if last.command == "speed":
        left.drop(_TOO_FAST)
    said = Bare()
    held = table("followups")
    text = c.text.strip(" .!?")
    said.denied = denies(c.text)
    for lang in ("en", "zh"):
        said.only = said.only or compiled(held["only"][lang]).search(text) is not None
        said.besides = said.besides or compiled(held["besides"][lang]).search(text) is not None
    said.besides = said.besides and not said.denied
    if not _things(c, last, entry, said, left):
        return None
    choices(c, last, entry, said, left)
    amount = dict(last.args).get("amount")
    if last.command == "filter" and "name" in said.values and isinstance(amount, (int, float)) and amount < 0:
        return None  # 再暗一点 after brightness by -10: so much of another look would be the contrary
    if last.command == "text_animation" and (
        way := compiled(r"[淡渐飞滑退](?P<out>出|场)|[淡渐飞滑进](?:入|场)").search(c.text)
    ):
        said.values["when"] = "out" if way["out"] and "进场" not in way[0] else "in"  # 淡出也要
    if not quantities(c, last, entry, said, left) or not (said.values or said.things or _unwanted(c, last, said)):
        return None
    if said.things and not said.values and compiled(_COMPLAINS).search(c.text):
        return None  # "the music is too loud" is a wish of its own, whatever was done before
    if said.things and not all(spoken_of(name, last) for name in said.values):
        return None  # a thing with a value that the last edit had none of is a request of its own
    if last.command in _FADES and _as_of_a_film(said.values.get("duration")) and c.scene.clips:
        return None  # "make it 20 seconds long" is of the film
    if last.command == "fit_duration" and said.things and "which" not in dict(last.args):
        return None  # the film's length is no clip's
    if said.only and not _of_more(c, last, said):
        said.only = False
    for words in (*own_words(entry), *property_words(last.command, said.values)):
        left.drop(words)
    if c.quantities:  # before a value, not behind it: "2 seconds later" is no moment
        left.drop(comparatives(), c.quantities[0].start)
    return said if left.empty() else None


_TOO_FAST = compiled(r"(?:还是|也|有点|现在|,)*太[快慢]了?[,。! ]+")  # 太快了，1.5倍吧
_FADES = ("fade_in", "fade_out", "transition", "crossfade", "freeze")
_LONGEST_FADE = 8  # seconds; what shall be longer is hardly one


def _as_of_a_film(length: Plain) -> bool:
    return isinstance(length, (int, float)) and length > _LONGEST_FADE


_COMPLAINS = r"(?<![a-z])too (?:loud|quiet|soft|long|short|fast|slow|quick|big|large|small|tiny|dark|bright|much|little|high|low|strong|weak|early|late)(?![a-z])|(?:太|过于|不够)[^,。\d]{1,4}$"


_OF_TEXTS = ("text_style", "title", "subtitle", "lower_third")
_AROUND_LETTERS = r"(?<![a-z])(?:outlines?|borders?|strokes?|shadows?|edges?)(?![a-z])|描边|阴影|边框|轮廓"


def _of_more(c: Clause, last: Step, said: Bare) -> bool:
    """Was the last edit done to more than what is named: "only the lake"?"""
    which = str(dict(last.args).get("which") or "")
    held = {thing.segment.id for thing in about(c, last)} if which and not which.startswith("all") else set()
    return not held or len(held) > 1 or said.denied


def _things(c: Clause, last: Step, entry: CommandEntry, said: Bare, left: Left) -> bool:
    """The things that are named; False where one cannot be what this edit is done to."""
    param = param_of(entry)
    kinds = kinds_of(param) if param else ()
    taken = _others(c, last, said, left) if param else (-1, -1)
    spared = compiled(r"(?:(?<![a-z])not|不是|不要|别)(?: the| my)? *$")
    after = compiled(r"^(?:就)?(?:不要|不用|不需要)(?!了)")
    for mention in (*c.mentions, *ordinals(c)):
        if taken[0] <= mention.start < taken[1]:
            continue
        if mention.kind == "pronoun" or _chosen(c, mention, entry):
            continue
        if mention.bare and c.text[: mention.start].endswith("wrong "):
            continue  # "wrong clip, I wanted the interview"
        if compiled(r"(?:就|都|全)?(?:不要|不用|不需要)了").match(c.text, mention.end):
            return False  # it is to go
        left.take(mention.start, mention.end)
        if last.command == "reorder" and mention.nth and compiled(_TO_A_PLACE).search(c.text[: mention.start]):
            said.values["position"] = mention.nth  # 放第二个
            continue
        if spared.search(c.text[: mention.start]) or after.match(c.text[mention.end :]):
            said.spared += [thing.segment.id for thing in mention.things]
            said.denied = said.denied or _unwanted(c, last, said)
        elif mention.kind == "film" and param and not param.required:
            said.things.append("")
        elif param is None or not mention.said or not fitting(mention, kinds) or _nowhere(mention):
            return False
        elif mention.kind == "name" and not mention.things and last.command.startswith(_OF_WHAT_IS_THERE):
            return False  # 音乐换成At Last: a file, and nothing that lies there
        elif mention.said not in said.things:
            said.things.append(mention.said)
    able = [one for one in said.things if could_be(one, last.command, c.scene)]
    said.things = able or said.things
    return True


_OF_WHAT_IS_THERE = ("change_music", "volume", "filter", "speed", "fade_", "mute", "zoom", "trim", "duck")
_TO_A_PLACE = r"[放排移挪摆][在到]?$"


def _nowhere(mention: Mention) -> bool:
    """Is a kind named of which there is nothing: "add music that fits", with none there?"""
    kinds = ("music", "voice", "title", "subtitle", "lower_third")
    return mention.kind in kinds and mention.nth is None and not mention.things


def _chosen(c: Clause, mention: Mention, entry: CommandEntry) -> bool:
    """ "slides instead" after a transition is a kind of transition, and no slideshow."""
    said = c.text[mention.start : mention.end]
    return mention.kind == "film" and any(
        said.removesuffix("s") in (choice.name, *choice.en) for param in entry.params for choice in param.choices
    )


def _unwanted(c: Clause, last: Step, said: Bare) -> bool:
    """Is what the last edit was done to, and nothing else, named as what it shall not be done to?"""
    return bool(said.spared) and set(said.spared) == {thing.segment.id for thing in about(c, last)}


def _others(c: Clause, last: Step, said: Bare, left: Left) -> tuple[int, int]:
    """ "all the others", 其他片段: of the kind that the last edit was about, what it was not about."""
    held = table("followups")["others"]
    match = compiled(held["many"]).search(c.text) or compiled(held["one"]).search(c.text)
    if match is None or any(m.things and m.start < match.end() and match.start() < m.end for m in c.mentions):
        return -1, -1
    before = about(c, last)
    role = next((t.role for t in before), "")
    ids = {t.segment.id for t in before}
    rest = [t.segment.id for t in c.scene.things if t.role == role and t.segment.id not in ids]
    if last.command == "transition":  # nothing leads into the first
        rest = [one for one in rest if one != c.scene.of("clip")[0].segment.id]
    if not rest or (len(rest) > 1 and not compiled(held["many"]).search(c.text)):
        return -1, -1
    said.things += rest
    left.take(*match.span())
    return match.span()
