"""What a clause speaks of that can be heard."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.reading import SOUND_KINDS, pointed, targets
from reelscore.converse.sieves import Sieve

HEARD = (*SOUND_KINDS, "clip", "overlay")


def heard(c: Clause) -> list[str]:
    """What is spoken of that sounds; the film as a whole is its clips' own sound, "the audio" is everything."""
    named = targets(c, HEARD, film="all clips")
    if named and (weighed := COMPARED.search(c.text)):
        told = [said for said in named if any(m.said == said and m.start < weighed.end() for m in c.mentions)]
        if not told and _BESIDE.match(c.text, weighed.start()) and c.scene.of("voice"):
            told = ["voice"]  # "he's too quiet compared to the music"
        named = told or named
    if "all clips" in named and len(named) > 1 and c.mention("own"):
        named = [said for said in named if said != "all clips"]  # "the drone's own sound"
    empty = {m.said for m in c.mentions if m.kind in SOUND_KINDS and not m.things}
    if len(named) > 1 and empty and any(m.things and m.kind != "audio" for m in c.mentions):
        named = [said for said in named if said not in empty] or named  # "my voice in the selfie clip"
    if len(named) > 1 and (owned := _OWNED_ZH.search(c.text)) is not None:  # 采访里我的声音: of that clip
        own = {m.said for m in c.mentions if m.kind in SOUND_KINDS and owned.start("what") <= m.start < owned.end()}
        held = [m for m in c.mentions if m.end <= owned.start("what") and m.things and m.things[0].role == "clip"]
        named = [said for said in named if said not in own or not held] or named
    silent = {t.segment.id for t in c.scene.things if not c.scene.sounds(t)}
    if len(named) > 1:
        named = [said for said in named if said not in silent]
    if "all audios" in named:  # each of the sounds, where "the audio" is whatever there is
        named = [t.segment.id for t in c.scene.things if c.scene.sounds(t)]
    named = [said for said in named if said not in ("audio", "all")]
    if not named and c.mention("audio", "own") and c.mention("pronoun") and (its := pointed(c, HEARD)):
        named = [its]  # 它的声音, "the sound of that"
    if not named and c.mention("audio") and c.around.focus and c.around.focus_kind in SOUND_KINDS:
        named = [c.around.focus]  # "he cannot be heard, the sound a bit louder"
    return named


_OWNED_ZH = Sieve(
    re.compile(
        r"(?:里面?|里头|当中|中|那[段条个]|这[段条个])的?(?P<what>(?:我|他|她|人|说话|讲话|嘉宾|老师|主持人?)们?的?(?:声音?|说话声))"
    )
)
_BESIDE = re.compile(r"(?<!rather )than|compared|relative|next to")
COMPARED = Sieve(
    re.compile(  # "louder than the music": only what stands before it is to change
        r"(?<=[a-z] )(?:than|over|compared (?:to|with)|relative to|next to|against|behind|under|underneath|beneath|on top of) (?=(?:the |my |her |his )?[a-z])|(?<![对相])比(?![例重较如])"
    )
)
