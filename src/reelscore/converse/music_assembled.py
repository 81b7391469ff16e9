"""Edits of music from what the pieces of a message say of it (`music_saying.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import step
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked

if TYPE_CHECKING:
    from reelscore.converse.music_said import Told

_NO_LEVELS = Said(
    'An instrument cannot fade by itself. It can be louder or quieter ("drums quieter in the verse", "piano 3 dB louder from 0:20 to 0:30"), or come in and go at a time: "drums come in at 0:20".',
    "单个乐器不能淡入淡出。可以让它更响或更轻（“主歌的鼓小声一点”“0:20到0:30钢琴大3dB”），或在某个时间进入：“0:20进鼓”。",
)
HOW_LOUD = Said(
    'Say who, which way and where: "guitar quieter from 0:06 to 0:10", "drums louder in the chorus", "bass 3 dB down".',
    "请说明哪个乐器、怎么调、在哪里：“0:06到0:10吉他小声点”“副歌的鼓大一点”“贝斯小3分贝”。",
)
IN_DECIBELS = Said(
    'How loud one instrument plays is told in dB against how it is now: "drums 3 dB quieter" (6 dB is half).',
    "单个乐器的音量用分贝相对调整：“鼓小3分贝”（6 分贝是一半）。",
)
NO_LENGTHS = Said(
    "A section's length cannot be set by itself. The music as a whole can be made longer or shorter, and a section written anew.",
    "单个段落的长度不能单独设定。可以延长或缩短整首音乐，或重写这个段落。",
)
_NO_CUTS = Said(
    "A section cannot be taken out by its name. Cut its seconds, make the music shorter, or have the section written anew.",
    "不能按名字删掉一个段落。可以按秒剪掉，缩短整首音乐，或重写这个段落。",
)
_NO_REPEATS = Said(
    "A section cannot be played twice by its name. The music can be made longer as a whole, or the section written anew.",
    "不能按名字重复一个段落。可以把整首音乐做长一点，或重写这个段落。",
)
ONE_TEMPO = Said(
    "The tempo is one for the whole piece. A part of it can be calmer or livelier, or stripped back.",
    "整首曲子只有一个速度。可以让某一段更平静或更有活力，或减少乐器。",
)
_BY_NAME = Said(
    'Say the sections that are meant by name, as in "no drums in the intro and the verse".',
    "请说出是哪些段落，例如“前奏和主歌不要鼓”。",
)
_LENGTHS = r"(?<![a-z])(?:longer|shorter|too (?:long|short)|extend|shorten|lengthen|in half|by half)(?![a-z])|砍一半|砍掉一半|缩一半|减半|(?:太|再|更)?[长短](?:了|一?[点些])|延长|缩短|拉长"
_BOUNDS = r"(?<![a-z])(?:until|till|before|after)(?: the)? (?=[a-z]+)(?!that|it|all)"
_REPEATS = r"(?<![a-z])(?:repeat|duplicate|twice|one more time|once more|double)(?! the (?:tempo|speed))(?![a-z])|重复|再来一[遍次]|多来一[遍次]|两遍"
_EXCEPT = r"(?<![a-z])(?:except|but not|apart from|other than|besides|excluding)(?![a-z])|除了"
_TAKING = r"(?<![a-z])(?:drop|remove|delete|cut|shave|chop|trim|lose|scrap|skip|ditch|kill|get rid of|no)(?![a-z])|去掉|删|不要|砍"
_OPPOSITE = {
    "livelier": "calmer", "calmer": "livelier", "simpler": "richer", "richer": "simpler", "darker": "brighter",
    "brighter": "darker", "faster": "slower", "slower": "faster", "higher": "lower", "lower": "higher",
}  # fmt: skip
_DRUMS = ("drums", "kick", "snare", "hi-hats", "cymbals", "toms", "shakers")
_STEP_DB = 4.0  # what "louder" means of an instrument
_IN_A_PART = {"faster": "livelier", "slower": "calmer"}  # where the tempo of one section drags or rushes
_WHOLE = ("faster", "slower", "higher", "lower")  # of a piece of music, not of a section, where none is named with it


def assembled(c: Clause, told: Sequence[Told]) -> tuple[tuple[Asked, ...], Said | None] | None:
    """The edits, or why there are none; None where nothing is asked for."""
    levels = [t for t in told if t.level]
    if any(t.level == "other" for t in levels) and not any(t.added or t.gone or t.redo for t in told):
        return (), _NO_LEVELS
    if not levels and not any(t.asks or t.flaws for t in told):
        return None
    made: list[_Change] = []
    sections: list[str] = []
    sounds: list[Wish] = []
    carries = False
    last_asked = None
    for n, t in enumerate(told):
        if t.idle:
            continue
        own = list(dict.fromkeys(t.sections))
        if t.level == "same":
            if (before := _last_moved(made)) is None:
                return None
            before.args["by_db"] = t.by_db
            continue
        if (
            t.level in ("louder", "quieter")
            and not (t.sounds or own)
            and (before := _last_moved(made))
            and t.level in before.args
        ):
            before.args |= {"by_db": t.by_db} if t.by_db else {}  # 贝斯太抢了,收一收
            continue
        if t.loud in ("louder", "quieter") and not t.sounds and (before := _last_moved(made)) is not None:
            if not own and t.loud in before.args:  # "hats too loud, bring them down by 5 dB"
                before.args |= {"by_db": t.by_db} if t.by_db else {}
                continue
            t.level = t.loud
        if t.by_db and not t.level:
            return None
        if t.level in ("louder", "quieter") and any(
            o.swap and (o.swap[0] is None or o.swap[0] in t.sounds) for o in told[n + 1 :]
        ):
            sounds = t.sounds or sounds  # "the marimba is too loud, take a piano"
            continue
        if t.level and t.alone:
            return (), HOW_LOUD
        if t.level in ("louder", "quieter", "more"):
            moved = t.sounds or sounds
            if not moved or (t.level == "more" and (t.start or t.end) and not all(_plays(c, w) for w in moved)):
                return None
            made += _louder(c, t, moved, own or (sections if carries and not t.every else []))
            sections, sounds, carries = own or sections, moved, bool(own and t.leads) or carries
            continue
        if t.every or (t.strong and not t.points and not carries):
            sections, sounds = [], sounds
        where = own or (sections if not t.every and (carries or t.points) else [])
        if t.bars:
            if any(o.of_them == "out" for o in told):
                return None
            return _bars(c, told), None
        later = any(
            other.asks and (not other.sections or not t.sections or set(other.sections) == set(t.sections))
            for other in told[n + 1 :]
        )
        if t.asks or (t.flaws and not later and not _explains(t, last_asked)):
            following = next((o.number for o in told[n + 1 : n + 2] if not o.asks), None)
            if not _add(c, made, t, where, sounds, t.number or following):
                return None
            last_asked = t
        elif t.keep and made and made[-1].command in ("regenerate_music", "vary_music"):
            made[-1].args["keep"] = t.keep
        if t.sections and not (t.asks or t.flaws or t.sounds) and not t.strong and all(not o.section for o in made):
            made = [_Change(o.command, place, **o.args) for o in made for place in t.sections]  # "eerie, in the break"
        if own:
            sections, carries = own, t.leads or not t.asks
        spoken = [*t.sounds, *t.gone, *t.added]
        sounds = spoken or sounds
    if not made:
        return None
    keep = next((t.keep for t in told if t.keep), "")
    seed = next((t.seed for t in told if t.seed is not None), None)
    for one in made:
        if one.command in ("regenerate_music", "vary_music"):
            one.args |= {k: v for k, v in (("keep", keep), ("seed", seed)) if v not in ("", None)}
    return tuple(dict.fromkeys(asked for one in _merged(made) for asked in one.steps())), None


def unwritten(text: str, told: Sequence[Told]) -> Said | None:
    """Why something that is said of sections cannot be written."""
    named = any(t.sections for t in told)
    if not named:
        return None
    sounding = any(t.added or t.gone or t.alone or t.sounds or t.swap for t in told)
    if not (sounding or any(t.wished or t.flaws for t in told)) and patterns.search(_REPEATS, text):
        return _NO_REPEATS
    if any(t.sections and (t.bpm or {"faster", "slower"} & {*t.wished}) for t in told):
        return ONE_TEMPO
    if patterns.search(_LENGTHS, text) and not any(t.redo or t.wished or t.added or t.gone for t in told):
        return NO_LENGTHS
    if any(t.level for t in told) and patterns.search(_EXCEPT, text):
        return _BY_NAME
    wished = sounding or any(t.wished or t.flaws or t.redo for t in told)
    if any(t.of_them == "out" and t.plain for t in told) and not wished and patterns.search(_TAKING, text):
        return _NO_CUTS
    return _BY_NAME if sounding and patterns.search(_BOUNDS, text) else None


class _Change:
    """One edit in the making."""

    def __init__(self, command: str, section: str, **args: Plain) -> None:
        self.command, self.section, self.alone = command, section, False
        self.args: dict[str, Plain] = {k: v for k, v in args.items() if v not in (None, "")}

    def steps(self) -> tuple[Asked, ...]:
        args = {**self.args, **({"section": self.section} if self.section else {})}
        return (Step(self.command, tuple(args.items())),)


def _louder(c: Clause, t: Told, moved: Sequence[Wish], where: Sequence[str]) -> list[_Change]:
    """Sounds louder or quieter; of more of one that nobody plays yet, it comes in."""
    by_db = t.by_db or (None if t.amount in (None, 1) else _STEP_DB * t.amount)
    made = []
    for section in where or [""]:
        comes = [w for w in moved if t.level == "more" and (section or not _plays(c, w))]
        if comes:
            made.append(_Change("change_music", section, **{"with": _names(c, comes)}))
        if stays := [w for w in moved if w not in comes]:
            way = "louder" if t.level == "more" else t.level
            args = {way: _names(c, stays), "by_db": by_db, "start": t.start, "end": t.end}
            made.append(_Change("change_music", section, **args))
            made[-1].alone = bool(section) or t.start is not None or t.end is not None
    return made


def _last_moved(made: Sequence[_Change]) -> _Change | None:
    """The last change, if it is of how loud sounds are."""
    return made[-1] if made and {"louder", "quieter"} & made[-1].args.keys() else None


def _explains(t: Told, before: Told | None) -> bool:
    """Does a flaw only say why, after what was asked for: "lose the bass, too muddy"?"""
    return before is not None and not t.sections and not t.sounds


def _add(c: Clause, made: list[_Change], t: Told, where: list[str], sounds: list[Wish], tempo: float | None) -> bool:
    """Add what one piece asks for; False where it cannot be told."""
    for section in where or [""]:
        if t.redo and not (t.added or t.gone):
            prompt = ", ".join(t.wished)
            made.append(_Change("regenerate_music", section, prompt=prompt))
            continue
        if t.vary:
            made.append(_Change("vary_music", ""))
            continue
        if t.swap:
            old, new = t.swap
            olds = [old] if old else sounds
            if not olds:
                return False
            made.append(_Change("change_music", section, **{"without": _names(c, olds), "with": name_of(c, new)}))
            made[-1].alone = True
            continue
        added, gone = list(t.added), list(t.gone)
        if t.of_them:
            if not sounds and t.sections and made and "direction" in made[-1].args:  # "the verse less"
                was = str(made[-1].args["direction"])
                made.append(_Change("change_music", section, direction=was if t.of_them == "in" else _OPPOSITE[was]))
                continue
            if not sounds:
                if not (t.wished or t.redo or t.bpm or t.key or added or gone):
                    return False
            else:
                (added if t.of_them == "in" else gone).extend(sounds)
        if t.alone:
            made.append(_Change("change_music", section, **_alone(c, t.alone)))
        if added or gone:
            made.append(_Change("change_music", section, **{"with": _names(c, added), "without": _names(c, gone)}))
        own = section if t.sections else ""
        bpm = t.bpm or (tempo if {"faster", "slower"} & {*t.wished, *t.flaws} else None)
        if bpm or t.key:
            made.append(_Change("change_music", own, bpm=bpm, key=t.key))
        flawed = [_IN_A_PART.get(way, way) if own else way for way in t.flaws[:1]]
        for direction in t.wished or ([] if t.asks else flawed):
            if bpm and direction in ("faster", "slower"):
                continue
            place = own if direction in _WHOLE else section
            made.append(_Change("change_music", place, direction=direction, amount=t.amount))
        if t.genre or t.mood:
            made.append(_Change("change_music", section, genre=t.genre, mood=t.mood))
    return True


def _merged(made: list[_Change]) -> list[_Change]:
    """Changes of one section are one, unless they tell the same of it differently; sounds make a list."""
    kept: list[_Change] = []
    for one in made:
        last = kept[-1] if kept else None
        alike = last is not None and last.command == one.command == "change_music" and last.section == one.section
        apart = last is None or last.alone or one.alone or (set(last.args) & set(one.args)) - {"with", "without"}
        if last is not None and alike and not apart:
            for name, value in one.args.items():
                told = [*str(last.args[name]).split(", "), *str(value).split(", ")] if name in last.args else []
                last.args[name] = ", ".join(dict.fromkeys(told)) if told else value
        else:
            kept.append(one)
    return kept


def _bars(c: Clause, told: Sequence[Told]) -> tuple[Asked, ...]:
    """Some bars are written anew, with what else is said as the wish for them."""
    bars = next(t.bars for t in told if t.bars)
    wishes = [w for t in told for w in t.wished]
    wishes += [f"no {name_of(c, w)}" for t in told for w in t.gone]
    wishes += [name_of(c, w) for t in told for w in t.added]
    wishes += [f"only {_names(c, t.alone)}" for t in told if t.alone]
    keep = next((t.keep for t in told if t.keep), None)
    seed = next((t.seed for t in told if t.seed is not None), None)
    return step("regenerate_music", 1, bars=bars, keep=keep, prompt=", ".join(wishes) or None, seed=seed).asked


def _alone(c: Clause, kept: list[Wish]) -> dict[str, Plain]:
    """What nothing else shall sound beside: by leaving out who else plays, where that is known."""
    playing = _playing(c)
    stays = [player for player in playing if any(_is(player, w) for w in kept)]
    if stays and len(stays) < len(playing):
        return {"without": ", ".join(p.replace("_", " ") for p in playing if p not in stays)}
    return {"prompt": f"only {_names(c, kept)}"}


def _playing(c: Clause) -> tuple[str, ...]:
    """Who plays in the music that is there, where that is known."""
    piece = next((t for t in c.scene.of("music") if t.segment.piece), None)
    return c.known.facts.of(piece.segment.media).instruments if piece else ()


def _plays(c: Clause, wish: Wish) -> bool:
    return any(_is(player, wish) for player in _playing(c))


def _is(player: str, wish: Wish) -> bool:
    said = {*wish.name.split("_"), *wish.words.split()}
    drum = wish.name in _DRUMS and ("drum" in player or player.endswith(("kit", "percussion")))
    return bool(said & set(player.split("_"))) or drum


def _names(c: Clause, sounds: Sequence[Wish]) -> str:
    return ", ".join(dict.fromkeys(name_of(c, w) for w in sounds))


def _stood_in_for(c: Clause, wish: Wish) -> bool:
    known = c.known.vocabulary
    return wish.name in known.missing and wish.name not in known.instruments


def name_of(c: Clause, wish: Wish) -> str:
    """What a sound is called for the composer: as it was said in Latin letters, else by its English name."""
    if (wish.words.isascii() and not c.translated) or _stood_in_for(c, wish):
        return wish.words
    parts = table("music_words")["role"]
    return next((str(part) for part, words in parts.items() if wish.words in words), wish.name.replace("_", " "))
