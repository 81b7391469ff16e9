"""What alone shall be heard: "only the voice and the music", "no sound from the clips, just music", "no talking, music only".

All else that sounds is muted, whatever of it is said not to be wanted; a picture that alone is wanted sounds of nothing.
Read of a message that says no more than that. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.readers.muting import FOUND_SILENT
from reelscore.converse.reading import Reading, steps
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve

_GATE = Sieve(
    re.compile(r"(?<![a-z])(?:only|just|nothing (?:but|else)|alone|except|besides|other than|apart from)(?![a-z])")
)
_NOISE = r"(?:talking|speaking|speech|chatter|noises?|sounds?|audio|dialog(?:ue)?)(?![a-z])"
_FIRST = rf"(?:@(?:'?s)?|{_NOISE}|(?:the|my|her|his|our|your|their|this|that|these|those|all|any|every|own|actual|original|background|ambient|natural|wind|room|clip|recorded|phone|camera|mic|video)(?![a-z]))"
_ONE = rf"{_FIRST}(?: (?:{_FIRST}|(?:of|from|in|on|for)(?![a-z])))*"
_LIST = rf"{_ONE}(?:(?:,? (?:and|or|n|plus|nor)|,| &| \+) {_ONE})*"  # word for word, so that nothing is tried twice
_IDLE = r"(?:(?:ok|okay|so|hey|uh|um|hm+|please|pls|thanks|thank you|and|but|then|also|really|honestly|actually|oh|well|can (?:we|you|u|i)|could (?:we|you|u)|i'?d (?:like|want)|let'?s|with|have|make it|do|it'?s)[, ]+)*"
_WANT = r"(?:(?:i|we|you|let|lets|me|us|to|want|wanna|need|like|love|should|hear|have|keep|leave|play|use|listen|be able|with|it|be|that'?s) )*"
_ONLY = (
    rf"(?:{_WANT}(?:just|only|nothing but) {_WANT}{_LIST}(?: (?:only|alone))?|{_WANT}{_LIST} (?:only|alone)|(?:no (?:other )?(?:@|{_NOISE})|(?:the |all )*(?:@|{_NOISE}) off) (?:except|but|besides|other than|apart from)(?: for)? {_LIST}"
    rf"|(?:keep|leave|hear|use) (?:only|just) {_LIST}|{_WANT}{_LIST} and nothing else)(?: (?:on|playing|please|pls|to be heard|heard|then|now|talking|speaking|in (?:it|there)|there))*"
)
_OFF = (
    rf"(?:mute|silence|kill|cut(?: out)?|lose|drop|ditch|strip|remove|delete|turn off|get rid of|take (?:out|off)|(?:we |i )?(?:do)?n'?t (?:want|need)(?: to hear)?(?: any)?|(?:i |we )?dont (?:want|need)(?: to hear)?(?: any)?|not (?:have|hear|want|play|need)(?: any)?|no(?: more)?|without(?: any)?|no need for) "
    rf"{_LIST}(?: (?:at all|off|out|completely|altogether|please|pls|anymore|in (?:it|there)|there))*"
)
_AND = r"(?:[ ,.;!-]+(?:(?:and|but|so|then|please|pls|instead|rather) )*)"
_FORM = re.compile(
    rf"\s*{_IDLE}(?:(?P<off>{_OFF}){_AND}(?P<then>{_ONLY})|(?P<first>{_ONLY}){_AND}(?P<rest>{_OFF})|(?P<alone>{_ONLY}))[ ,.!?]*(?:please|pls|thanks|thank you)?[ .!]*"
)
_TAKEN = re.compile(r"(?:lose|drop|ditch|strip|remove|delete|get rid of|take out)(?![a-z])")  # gone, and not silent
_NAMES_IT = re.compile(rf"@|{_NOISE}")
_SEEN = ("image", "film")
_VOICES = re.compile(r"(?<![a-z])(?:voices|talking|speaking|speech|dialogu?e)(?![a-z])")  # which may be a clip's own


_NAMES_SOUND = re.compile(
    r"(?<![a-z])(?:mute|silen|sound|hear|audio|noise|talk|speak|speech|chatter|listen|play|quiet)"
)
_LET_BE = re.compile(r"(?<![a-z])(?:leave|leaving|let) (?:the |my |all the )?[a-z ]{2,30} alone(?![a-z])")  # it stays


def read(c: Clause) -> Iterator[Reading]:
    """Everything that sounds muted but what is to be heard."""
    if (
        c.quotes
        or c.quantities
        or not c.mentions
        or c.span[0]
        or c.around.before
        or len(c.text) > 120
        or not _GATE.search(c.text)
        or _LET_BE.search(c.text)
        or FOUND_SILENT.search(c.text)
    ):
        return
    text, held = _marked(c)
    match = _FORM.fullmatch(text)
    if match is None:
        return
    name = next(one for one in ("then", "first", "alone") if match[one])
    if not _NAMES_IT.search(match[name]):
        return
    kept = _things(c, held, *match.span(name))
    told = "off" if match["off"] else "rest" if match["rest"] else ""
    if kept is None or (not told and not kept):
        return
    off = _things(c, held, *match.span(told)) if told else []
    if off is None or any(thing in kept for thing in off):
        return
    spared = "clip" if _VOICES.search(match[name]) or _VOICES.search(_said(held, *match.span(name), c)) else ""
    seen = all(t.role == "clip" for t in (*kept, *off)) and not _NAMES_SOUND.search(c.text)
    if told and seen:
        return  # "just the lake and the drone, no intro": of what is shown
    others = [t.segment.id for t in c.scene.things if c.scene.sounds(t) and t not in kept and t.role != spared]
    if spared and off and {t.segment.id for t in off} >= set(others):
        return  # "no music, just the voices" is no more than that there shall be no music
    if others and (
        told or all(t.role != "clip" for t in kept) or "sound" in c.text or "hear" in c.text or "audio" in c.text
    ):
        gone = [t.segment.id for t in off if t.role == "music"] if _TAKEN.match(match["off"] or "") else []
        silent = steps("mute", 1, [one for one in others if one not in gone]).asked if set(others) - set(gone) else ()
        yield Reading((*silent, *(steps("remove", 1, gone).asked if gone else ())), 0.975, whole=True)


def _said(held: list[tuple[int, Mention]], start: int, end: int, c: Clause) -> str:
    return " ".join(c.text[m.start : m.end] for at, m in held if start <= at < end)


def _marked(c: Clause) -> tuple[str, list[tuple[int, Mention]]]:
    """The text with each mention as one sign, and where each sign stands."""
    text, held, end = "", [], 0
    for m in c.mentions:
        if not m.things and m.kind not in ("own", "audio", "music"):
            continue
        text += c.text[end : m.start].replace("@", " ")
        held.append((len(text), m))
        text += "@"
        end = m.end
    return text + c.text[end:], held


def _things(c: Clause, held: list[tuple[int, Mention]], start: int, end: int) -> list[Thing] | None:
    """What sounds of the things between two places; None where one of them is a text."""
    found: list[Thing] = []
    here = [m for at, m in held if start <= at < end]
    named = [m for m in here if m.kind not in ("audio", "own", *_SEEN)]
    for m in here:
        if m.kind in _SEEN or (m.kind == "audio" and (named or m.bare)):
            continue
        if any(thing.role == "text" for thing in m.things):
            return None
        if m.kind == "own" and not named:
            found += c.scene.of("clip")
        found += [t for t in m.things if c.scene.sounds(t)] if m.kind != "own" else []
    return found
