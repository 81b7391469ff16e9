"""What somebody finds wrong with a thing is a wish for the contrary: "the drone is too slow", "the title isn't big enough".

Said alone of a thing that is named; what follows an edit ("still too loud") is `too.py`. English only.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause

_CONTRARY = {
    "slow": "faster", "sluggish": "faster", "fast": "slower", "quick": "slower", "rushed": "slower", "loud": "quieter",
    "noisy": "quieter", "quiet": "louder", "silent": "louder", "faint": "louder", "dark": "brighter",
    "dim": "brighter", "bright": "darker", "big": "smaller", "large": "smaller", "huge": "smaller", "small": "bigger",
    "tiny": "bigger", "little": "bigger", "long": "shorter", "short": "longer", "high": "lower", "low": "higher",
    "early": "later", "soon": "later", "late": "earlier", "sad": "happier", "gloomy": "happier", "happy": "sadder",
    "cheerful": "sadder", "calm": "livelier", "chill": "livelier", "intense": "calmer", "aggressive": "calmer",
    "energetic": "calmer", "hectic": "calmer", "busy": "calmer", "warm": "cooler", "yellow": "cooler",
    "orange": "cooler", "cold": "warmer", "cool": "warmer", "blue": "warmer", "colorful": "less colorful",
    "colourful": "less colourful", "saturated": "less saturated", "pale": "more colorful", "dull": "more colorful",
    "grey": "more colorful", "washed out": "more colorful", "blurry": "sharper", "soft": "sharper",
}  # fmt: skip
_MORE = {
    "loud": "louder", "big": "bigger", "large": "bigger", "bright": "brighter", "dark": "darker", "fast": "faster",
    "slow": "slower", "long": "longer", "short": "shorter", "high": "higher", "low": "lower", "warm": "warmer",
    "happy": "happier", "sad": "sadder", "calm": "calmer", "energetic": "livelier", "lively": "livelier",
    "colorful": "more colorful", "colourful": "more colourful", "vivid": "more colorful", "sharp": "sharper",
    "early": "earlier", "late": "later", "small": "smaller", "quiet": "quieter", "soft": "quieter",
}  # fmt: skip
_OF_SOUND = {"low": "louder", "high": "quieter", "soft": "louder", "big": "quieter", "small": "louder"}
_ACROSS = {"left": "right", "right": "left", "up": "lower", "down": "higher"}
_IS = r"(?:'s|is|are|was|looks?|sounds?|seems?|feels?|comes?(?: in| on| up)?|starts?|begins?|appears?|plays?|goes|moves?|runs?|kicks in|enters)"
_TOO = re.compile(
    rf"(?P<lead>\s*(?:(?:but|and|also|so|ok|okay|well|um|hey|now|hmm|i think|i feel like|i find|that|,) ?)*)(?P<of>[^,.;!?]{{2,40}}?) ?(?<![a-z])(?:{_IS}|(?P<nt>(?:is|are|was|does|do)n'?t(?: look| sound| feel| seem| come in| play)?)|(?=too )) ?"
    rf"(?:(?P<bit>a (?:little )?(?:bit|tad|touch)|a little|slightly|kinda|kind of|somewhat)|(?P<much>way|far|much|really)|(?:just|still|also|maybe|simply)| )*\s*"
    rf"(?:too (?P<too>{'|'.join(_CONTRARY)})(?: and (?:too )?boring)?|too far (?:to the )?(?P<side>left|right|up|down)|(?P<not>not )?(?P<more>{'|'.join(_MORE)}) enough)"
    r"(?: (?:for me|i think|imo|now|right now|at the moment|for my taste|there|tho|though|in my opinion|here))*\s*[.!]*\s*"
)


_MENDED = re.compile(r"[^.;!?]*(?<![a-z])(?:it|its|it's|them|they|that|this|better|instead|rather|\d[\w%]*)(?![a-z])")


_HURTS = re.compile(
    r"(?P<lead>\s*(?:(?:the )?[a-z]{2,12}(?:'s| is| are) (?:fine|ok|okay|good|great|nice|alright|lovely),? but |(?:but|and|also|so|ok|well|hey|ugh|god|man|,) ?)*)(?P<of>(?:the |those |these |that |all the )?[a-z-]{2,14}(?: [a-z-]{2,14})?)(?:'s| is| are)?"
    r"(?: really| just| kinda| so| way| a bit| literally| still| keeps?)* (?:kill(?:s|ing)? me|drill(?:s|ing)? (?:in|into|through) my (?:skull|head|ears?|brain)|hurt(?:s|ing)? (?:my|the) (?:ears?|head)|pierc(?:es?|ing)(?: my ears?)?|ear[ -]?piercing|harsh|shrill|get(?:s|ting)? on my nerves|giv(?:es?|ing) me a headache"
    r"|too (?:harsh|sharp|piercing|shrill|dominant|prominent|in your face)|overpowering|in your face|drown(?:s|ing)? (?:out )?everything)[.! ]*"
)


def _hurting(c: Clause) -> Clause | None:
    """ "music's fine but the hi-hats are drilling into my skull": who plays too loud shall be quieter."""
    heard = [w for w in c.wishes if w.kind in ("instrument", "role") and not w.idle]
    if len(heard) != 1 or not c.scene.composed or c.quotes or c.quantities:
        return None
    found = _HURTS.fullmatch(c.text)
    if found is None or not found.start("of") <= heard[0].start < heard[0].end <= found.end("of"):
        return None
    return c.reworded(f"{' ' * found.start('of')}{found['of']} quieter".ljust(len(c.text)), 0)


def put_right(c: Clause) -> Clause | None:
    """The clause as a plain wish: "the drone faster"; None where nothing is complained of, or after an edit."""
    text = c.text
    if (hurting := _hurting(c)) is not None:
        return hurting
    if ("too " not in text and " enough" not in text) or c.context.steps or c.quotes or c.quantities or not c.mentions:
        return None
    if _MENDED.match(c.plain.text, c.span[1]):
        return None  # "the tune is too fast, 90 bpm would be better": what is wished for follows
    match = _TOO.fullmatch(text)
    if match is None or match["of"].strip() in ("it", "this", "that", "there"):
        return None
    if bool(match["more"]) != bool(match["nt"] or match["not"]):
        return None  # "the title is big enough"
    named = [m for m in c.mentions if m.things and m.kind != "pronoun" and m.start < match.end("of")]
    if len(named) != 1:
        return None
    sounding = named[0].kind in ("music", "voice", "sound", "audio", "own") or named[0].things[0].track.kind == "audio"
    word = match["too"] or match["more"] or match["side"]
    said = _CONTRARY[word] if match["too"] else _MORE[word] if match["more"] else f"a bit {_ACROSS[word]}"
    if word in ("up", "down"):
        said = _ACROSS[word]
    if sounding and word in _OF_SOUND and match["too"]:
        said = _OF_SOUND[word]
    said = f"a bit {said}" if match["bit"] else f"much {said}" if match["much"] else said
    room = len(match[0]) - match.end("of")
    if len(said) + 1 > room:
        said = said.removeprefix("a bit ").removeprefix("much ")
    if len(said) + 1 > room:
        return None
    return c.reworded(f"{text[: match.end('of')]} {said}".ljust(len(text)), 0)
