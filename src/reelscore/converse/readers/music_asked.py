"""What is plain about music before all else: a singer, which there is none of, and a tempo told as a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading, step
from reelscore.values.command import Said

_SUNG = re.compile(
    r"(?<![a-z])(?:add|with|put|give|want|need|include|have|get|hear|record|bring in|layer)(?: [a-z]+){0,3}? (?:vocals?|singers?|singing|sung|lyrics|rappers?|rapping|rap verses?|vocalists?)(?![a-z])(?! (?:chops?|pads?|samples?))"
    r"|(?:加|要|来|配|有|添)(?:上|入|点|个|段|一[点段个])*[^,。不没]{0,4}(?:人声|歌声|歌词|演唱|说唱|主唱|歌手)"
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
)
_SLOWER = ("slow", "down", "lower", "less", "drop", "reduce", "-", "慢", "降", "减", "放慢")
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


def by_bpm(text: str) -> int | None:
    """ "10 bpm faster": the difference; None where none is told."""
    if "bpm" not in text and "minute" not in text and "拍" not in text and "clicks" not in text:
        return None
    found = _BY.search(text)
    if found is None:
        return None
    way, number = next((found[f"way{n}"], found[f"n{n}"]) for n in (1, 2, 3, 4) if found[f"n{n}"])
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
