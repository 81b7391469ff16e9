"""What is plain about music before all else: a singer, which there is none of, a tempo told as a difference or a factor,
how far it is transposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from reelscore.converse.clause import Clause
from reelscore.converse.music_assembled import ONE_TEMPO
from reelscore.converse.music_told_words import sections_in
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said

_SUNG = Sieve(
    re.compile(
        r"(?<![a-z])(?:add|with|put|give|want|need|include|have|get|hear|record|bring in|layer)(?: [a-z]+){0,3}? (?:vocals?|singers?|singing|sung|lyrics|rappers?|rapping|rap verses?|vocalists?)(?![a-z])(?! (?:chops?|pads?|samples?))"
        r"|(?:加|要|来|配|有|添)(?:上|入|点|个|段|一[点段个])*[^,。不没]{0,4}(?:人声|歌声|歌词|演唱|说唱|主唱|歌手)"
    )
)
_NO_SUNG = re.compile(r"(?<![a-z])(?:no|not|without|don'?t|remove|never)(?![a-z])|不|别|没|去掉|无")
_NOBODY_SINGS = Said(
    'Nobody sings here: the music is instrumental. A choir without words or chopped voices can be had: "add a choir", "add vocal chops".',
    "这里没有演唱，只有器乐。可以加无词的合唱或人声切片：“加入合唱”“加入人声切片”。",
)
_NO_TEMPO = Said(
    "How fast the music is now is not known yet. Say the tempo: 120 bpm.",
    "还不知道音乐现在的速度。请直接说速度：120 bpm。",
)
_UNIT = r"(?:bpm|beats (?:per|a) minute|clicks)"
_BY = re.compile(
    rf"(?<![a-z0-9])(?P<n1>\d{{1,2}}) ?{_UNIT} (?:too )?(?P<way1>faster|quicker|up|higher|more|slower|down|lower|less|fast|slow)(?![a-z])"
    rf"|(?<![a-z])(?P<way2>faster|quicker|up|speed|raise|increase|bump|push|slower|slow|down|lower|drop|reduce)(?: [a-z]+){{0,4}} by (?:about )?(?P<n2>\d{{1,2}}) ?{_UNIT}"
    rf"|(?P<way3>[-+]) ?(?P<n3>\d{{1,2}}) ?{_UNIT}"
    rf"|(?P<way4>快|慢|提高|提升|加快|加速|提速|升|降低|降|减|放慢|减慢)(?:了|上|个)?(?P<n4>\d{{1,2}})个?(?:bpm|拍)"
    rf"|(?<![a-z])(?P<way5>knock|take|shave|drop|lose|cut|add)(?: about| another| like)? (?P<n5>\d{{1,2}}) ?{_UNIT}(?! (?:per|music|track|song))(?! [a-z]{{3,}} (?:track|song|music))"
    rf"|(?:速度|节奏)(?:再|都|给我|要)?(?P<way6>降低|降|减慢|减|放慢|慢|加快|加|提高|提|升|快)(?:了|个)?(?P<n6>\d{{1,2}})(?![\d.%倍秒])"
)
_SLOWER = (
    "slow", "down", "lower", "less", "drop", "knock", "take", "shave", "lose", "cut", "reduce", "-", "慢", "降", "减", "放慢",
)  # fmt: skip
_SLOWEST, _FASTEST = 30, 300


def read(c: Clause) -> Iterator[Reading]:
    """Of the music that is there."""
    if not c.scene.composed or c.quotes:
        return
    if _SUNG.search(c.text) and not _NO_SUNG.search(c.text) and not c.mention("voice", "title", "subtitle"):
        yield Reading((), 0.97, missed=_NOBODY_SINGS)
    if (by := by_bpm(c.text)) is not None:
        now = tempo_now(c)
        if now is None:
            yield Reading((), 0.97, missed=_NO_TEMPO)
        else:
            yield step("change_music", 0.98, bpm=min(_FASTEST, max(_SLOWEST, now + by)))
    elif (_TIMES.search(c.text) or interval(c.text)) and (sections_in(c.text) or _IN_A_PART.search(c.text)):
        yield Reading((), 0.985, missed=_NO_TURNS if interval(c.text) else ONE_TEMPO)
    elif (times := _TIMES.search(c.text)) and (now := tempo_now(c)) is not None:
        yield step("change_music", 0.98, bpm=min(_FASTEST, max(_SLOWEST, round(now * (0.5 if times["half"] else 2)))))
    elif (to := _TEMPO_TO.search(c.text)) and not c.scene.clips:
        yield step("change_music", 0.97, bpm=min(_FASTEST, max(_SLOWEST, int(to[1]))))
    elif _TURN_OF_KEY.search(c.text):
        yield Reading((), 0.985, missed=_NO_TURNS)
    elif (semitones := interval(c.text)) and any(w.kind in ("instrument", "role") and not w.idle for w in c.wishes):
        yield Reading((), 0.97, missed=_ALL_MOVES)
    elif semitones:
        amount = abs(semitones) / 2
        way = "higher" if semitones > 0 else "lower"
        yield step("change_music", 0.98, direction=way, amount=None if amount == 1 else amount)
    elif _SWUNG.search(c.text):
        yield Reading((), 0.985, missed=_NO_SWING)
    elif _FILL.search(c.text):
        yield Reading((), 0.975, missed=_FILLS)
    elif _NO_TUNE.search(c.text) and not c.mention("clip", "title", "voice"):
        yield step("change_music", 0.97, without="melody")


def interval(text: str) -> int:
    """By how many semitones the music shall go up (or down, below 0); 0 where that is not said."""
    if "chord" in text or not (found := _INTERVAL.search(text)):
        return 0
    if found["named"] == "third" and not _TRANSPOSES.search(text):
        return 0  # a lower third, "down to a third"
    way = _UPWARDS.search(text), _DOWNWARDS.search(text)
    if bool(way[0]) == bool(way[1]):
        return 0
    if found["named"]:
        if found["named"] in _COUNTED_TOO and not _OF_PITCH.search(text):
            return 0  # "the lower third", "the music down to a third"
        size = next(n for words, n in _NAMED.items() if words == " ".join(found["named"].split()))
    else:
        count = found["n"] or found["zh"]
        number = int(count) if count.isdigit() else _COUNTS[count]
        size = number * (
            1 if (found["unit"] or found["zh_unit"]).startswith(("semi", "half", "半音", "key", "调")) else 2
        )
    return min(12, size) * (1 if way[0] else -1)


_TRANSPOSES = re.compile(r"(?<![a-z])(?:transpose|pitch|key)(?![a-z])")
_NAMED = {
    "half step": 1, "half a step": 1, "half tone": 1, "half a tone": 1, "minor second": 1, "whole step": 2,
    "whole tone": 2, "major second": 2, "minor third": 3, "major third": 4, "perfect fourth": 5, "fourth": 5,
    "third": 4, "tritone": 6, "fifth": 7, "perfect fifth": 7, "octave": 12,
}  # fmt: skip
_COUNTED_TOO = ("a third", "third", "a fourth", "fourth", "a fifth", "fifth")
_OF_PITCH = re.compile(
    r"(?<![a-z])(?:transpos[a-z]+|pitch(?:ed)?|keys?|register|melody|tunes?|semitones?|(?:third|fourth|fifth) (?:higher|lower|up|down))(?![a-z])"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7} | {
    "半": 1, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
}  # fmt: skip
_INTERVAL = Sieve(
    re.compile(
        rf"(?<![a-z])(?:(?:an? )?(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})(?![a-z])"
        r"|(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven) (?P<unit>semitones?|half[ -]steps?|(?:whole )?steps?|(?:whole )?tones?)(?![a-z]))"
        r"|(?P<zh>\d{1,2}|[一两二三四五六七])个?(?P<zh_unit>半音|全音|key|(?<!一)(?<!一个)调(?!高|低|大|小|整))"
    )
)
_UPWARDS = re.compile(r"(?<![a-z])(?:up|higher|raise|raised)(?![a-z])|升|高")
_DOWNWARDS = re.compile(r"(?<![a-z])(?:down|lower|drop|lowered)(?![a-z])|降|低")
_TIMES = Sieve(
    re.compile(
        r"(?<![a-z])(?:double|twice|(?P<half>halve|half))(?: of)? (?:the|its) (?:tempo|bpm)(?![a-z])|(?:tempo|bpm)(?: should be)? (?:doubled|twice)"
    )
)
_TEMPO_TO = Sieve(re.compile(r"[快慢调降升改]到 ?(\d{2,3})(?!\d|%|秒|分|小节|:|：)"))
_IN_A_PART = re.compile(
    r"(?<![a-z])(?:in|for|at|during|from) the (?:very )?(?:last|first|second|final|middle|other|end|beginning|next)(?![a-z])|(?:最后|开头|结尾|中间|后面)(?:那?一?[遍段次]|部分)?"
)
_TURN_OF_KEY = Sieve(
    re.compile(
        r"(?<![a-z])(?:put|add|have|want|need|do|with|make|include|insert)(?: [a-z]+){0,3} (?:key change|modulation)s?(?![a-z])|(?<![a-z])(?:modulate|change key)(?: [a-z]+){0,4} (?:in|at|for|before|halfway|near)(?![a-z])|(?:中间|副歌|后面|最后|结尾|尾声|后半).{0,8}(?:[转升变离]个?调)"
    )
)
_NO_TURNS = Said(
    'Where a piece changes its key is left to its style. All of it can be moved: "two semitones up", "in D minor".',
    "曲子中途转调由风格决定，不能指定。可以整首移调：“升两个半音”“D小调”。",
)
_ALL_MOVES = Said(
    'One instrument cannot be moved in pitch by itself. All of the music can: "up an octave".',
    "不能单独移调一个乐器。可以整首移调：“升一个八度”。",
)
_SWUNG = Sieve(
    re.compile(
        r"(?<![a-z])swing (?:the )?(?:drums?|beat|hats|hi-?hats|rhythm|groove)(?![a-z])|(?<![a-z])(?:less|no|straight(?:er)?,? (?:no |less )?) ?swing(?![a-z])"
    )
)
_NO_SWING = Said(
    "How much it swings belongs to the style. Lo-fi, jazz, blues and hip hop swing: ask for one of them.",
    "摇摆的程度由风格决定。lo-fi、爵士、布鲁斯和嘻哈带摇摆：可以换成其中一种。",
)
_FILL = Sieve(re.compile(r"(?<![a-z])(?:drum|snare|tom) fills?(?![a-z])|加花"))
_FILLS = Said(
    'Drum fills come by themselves where phrases and sections end. Some bars can be written anew: "write bars 7-8 again".',
    "乐句和段落结尾会自动加花。也可以重写某几小节：“重写第7到8小节”。",
)
_NO_TUNE = Sieve(re.compile(r"(?:去掉|不要|删掉|拿掉|去除|关掉)(?:了)?(?:主)?旋律"))


def by_bpm(text: str) -> int | None:
    """ "10 bpm faster": the difference; None where none is told."""
    if not any(word in text for word in ("bpm", "minute", "拍", "clicks", "速度", "节奏")):
        return None
    found = _BY.search(text)
    if found is None:
        return None
    way, number = next((found[f"way{n}"], found[f"n{n}"]) for n in range(1, 7) if found[f"n{n}"])
    too = f"too {way}" in text  # "10 bpm too fast" wants it slower
    down = way.startswith(_SLOWER) if not too else way.startswith("f")
    return -int(number) if down else int(number)


def tempo_now(c: Clause) -> int | None:
    """The beats a minute of the composed music, where they are known."""
    piece = next((t for t in c.scene.of("music") if t.segment.piece), None)
    facts = c.known.facts.of(piece.segment.media) if piece else None
    if facts is None or len(facts.beats) < 2:
        return None
    beats = [float(at) for at in facts.beats]
    return round(60 / median(b - a for a, b in pairwise(beats)))
