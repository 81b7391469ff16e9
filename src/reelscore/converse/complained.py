"""What somebody finds wrong with a thing is a wish for the contrary: "the drone is too slow", "the title isn't big enough".

Said alone of a thing that is named, or of the picture ("looks a bit cold"); what follows an edit ("still too loud") is
`too.py`. English only; Chinese is `complained_zh`.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

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
    "grey": "more colorful", "gray": "more colorful", "flat": "more contrast", "washed out": "more colorful", "blurry": "sharper", "soft": "sharper",
}  # fmt: skip
_MORE = {
    "loud": "louder", "big": "bigger", "large": "bigger", "bright": "brighter", "dark": "darker", "fast": "faster",
    "slow": "slower", "long": "longer", "short": "shorter", "high": "higher", "low": "lower", "warm": "warmer",
    "happy": "happier", "sad": "sadder", "calm": "calmer", "energetic": "livelier", "lively": "livelier",
    "colorful": "more colorful", "colourful": "more colourful", "vivid": "more colorful", "sharp": "sharper",
    "early": "earlier", "late": "later", "small": "smaller", "quiet": "quieter", "soft": "quieter",
}  # fmt: skip
_SEEN = (  # what only a picture can be: "it" is then the film
    "dark", "dim", "bright", "warm", "yellow", "orange", "cold", "cool", "blue", "colorful", "colourful", "saturated",
    "pale", "dull", "grey", "gray", "flat", "washed out", "blurry", "gloomy",
)  # fmt: skip
_PLAINLY = (  # said of a thing with "a bit", "rather", "pretty": never praise
    *_SEEN, "slow", "sluggish", "fast", "quick", "rushed", "loud", "noisy", "quiet", "faint", "big", "large", "huge",
    "small", "tiny", "long", "short", "high", "low", "early", "late", "sad", "gloomy", "calm", "intense", "aggressive",
    "hectic", "busy",
)  # fmt: skip
_OF_SOUND = {"low": "louder", "high": "quieter", "soft": "louder", "big": "quieter", "small": "louder"}
_ACROSS = {"left": "right", "right": "left", "up": "lower", "down": "higher"}
_SOUNDS = ("music", "voice", "sound", "audio", "own")
_IS = r"(?:'s|(?<![a-z])(?:is|are|was|looks?|sounds?|seems?|feels?|comes?(?: in| on| up)?|starts?|begins?|appears?|plays?|goes|moves?|runs?|kicks in|enters))"
_TOO = re.compile(
    rf"(?P<lead>\s*(?:(?:but|and|also|so|ok|okay|well|um|hey|now|hmm|i think|i feel like|i find|that|,) ?)*)(?P<of>[^,.;!?]{{2,40}}?) ?(?:{_IS}|(?<![a-z])(?P<nt>(?:is|are|was|does|do)n'?t(?: look| sound| feel| seem| come in| play)?)|(?<![a-z])(?=too )) ?"
    rf"(?:(?P<bit>a (?:little )?(?:bit|tad|touch)|a little|slightly|kinda|kind of|somewhat)|(?P<much>way|far|much|really)|(?:just|still|also|maybe|simply)| )*\s*"
    rf"(?:too (?P<too>{'|'.join(_CONTRARY)})(?: and (?:too )?boring)?|too far (?:to the )?(?P<side>left|right|up|down)|(?P<not>not )?(?P<more>{'|'.join(_MORE)}) enough|(?P<least>tiny|minuscule|microscopic))"
    r"(?: (?:for me|i think|imo|now|right now|at the moment|for my taste|there|tho|though|in my opinion|here))*\s*[.!]*\s*"
)


_BIT = r"(?:a (?:little )?(?:bit|tad|touch)(?: too)?|a little(?: too)?|slightly(?: too)?|kinda|kind of|sort of|somewhat|rather|pretty|quite|fairly|so|super|awfully|terribly|really|very|\s{3,})"  # "kinda" may be left out already
_NOT_WISHED = r"(?![^,.;!?]*(?<![a-z])(?:want|make|like|love|let|have|get|should|must|need|keep|not|if|when|because|why)(?![a-z]))"
_RATHER = Sieve(
    re.compile(
        rf"(?P<lead>\s*(?:(?:but|and|also|so|ok|okay|well|um|hey|now|hmm+|i think|i feel like|i find|that|,) ?)*){_NOT_WISHED}"
        rf"(?P<of>(?:it|this|that|there|everything|[^,.;!?]{{2,40}}?)?) ?{_IS} ?(?:just |still |also )?{_BIT} (?P<too>{'|'.join(_PLAINLY)})"
        r"(?: (?:for me|for this|for that|i think|imo|now|right now|at the moment|for my taste|there|tho|though|in my opinion|here))*(?P<where> (?:in|on|during|at|for) (?:the |my )[a-z0-9 _'-]{2,40})?\s*[.!]*\s*"
    )
)
_MEND = Sieve(
    re.compile(  # "the interview is super quiet can you bump it": a wish that says no more than that it is one
        r"[, ]+(?:(?:so|and|please|pls|just|maybe|(?:can|could|would) (?:you|u|we)) )*(?:fix|bump|lift|sort|boost|mend|tweak|adjust|help|sort out|do something about) (?:it|that|this|the colou?rs?|the picture)(?: out| up)?(?: (?:please|pls|for me|somehow|somewhat|a bit|a little|a touch|a tad))*[?.! ]*$"
    )
)
_VERY = re.compile(rf"(?<![a-z])(?:super|so|really|very|crazy|insanely|stupidly|awfully|mega) (?={'|'.join(_PLAINLY)})")
_PICTURE = re.compile(
    r"(?:the |my |this )?(?:whole (?:thing|video|film)|pictures?|images?|video|film|movie|footage|colou?rs|shots?|light|lighting)"
)
_MENDED = re.compile(r"[^.;!?]*(?<![a-z])(?:it|its|it's|them|they|that|this|better|instead|rather|\d[\w%]*)(?![a-z])")


_HURTS = Sieve(
    re.compile(
        r"(?P<lead>\s*(?:(?:the )?[a-z]{2,12}(?:'s| is| are) (?:fine|ok|okay|good|great|nice|alright|lovely),? but |(?:but|and|also|so|ok|well|hey|ugh|god|man|,) ?)*)(?P<of>(?:the |those |these |that |all the )?[a-z-]{2,14}(?: [a-z-]{2,14})?)(?: (?:in|of) (?:the|this|my) (?:song|music|track|tune|piece|mix))?(?:'s| is| are)?"
        r"(?: really| just| kinda| so| way| a bit| literally| still| keeps?)* (?:kill(?:s|ing)? me|driv(?:es?|ing) me (?:crazy|mad|nuts|insane|up the wall|round the bend)|drill(?:s|ing)? (?:in|into|through) my (?:skull|head|ears?|brain)|hurt(?:s|ing)? (?:my|the) (?:ears?|head)|pierc(?:es?|ing)(?: my ears?)?|ear[ -]?piercing|harsh|shrill|get(?:s|ting)? on my nerves|giv(?:es?|ing) me a headache"
        r"|too (?:harsh|sharp|piercing|shrill|dominant|prominent|in your face|heavy|strong|much|boomy)|a (?:bit|little|touch) much|overpowering|in your face|drown(?:s|ing)? (?:out )?everything)[.! ]*"
    )
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


def _rather(c: Clause) -> Clause | None:
    """ "the product shot looks a bit dark", "it looks kinda flat in the city": found so, and not wished for."""
    if c.quotes or c.quantities or (match := _RATHER.fullmatch(c.text)) is None:
        return None
    word, of = match["too"], match["of"].strip()
    named = [m for m in c.mentions if m.things and m.kind not in ("pronoun", "film", "all")]
    if of in ("", "it", "this", "that", "there", "everything") or _PICTURE.fullmatch(of):
        if word not in _SEEN or len(named) > 1 or bool(named) != bool(match["where"]):
            return None
        at = match.end("lead")
        room = (match.start("where") if match["where"] else len(c.text)) - at
        better = "brighter" if word == "gloomy" else _CONTRARY[word]
        for said in (f"make it a bit {better}", f"make it {better}", f"film {better}", better):
            if len(said) <= room:
                return c.reworded(" " * at + said.ljust(room) + c.text[at + room :], 0)
        return None
    if match["where"] or len(named) != 1 or named[0].start >= match.end("of"):
        return None
    if not _apart(c, named[0], word in _SEEN):
        return None
    return _contrary(c, named[0], match["of"], match.end("of"), word, "a bit ")


def _apart(c: Clause, named: Mention, seen: bool = False) -> bool:
    """Is this another thing than the one of the last edit? Of that, `too` reads."""
    last = next((one for one in reversed(c.context.steps) if isinstance(one, Step)), None)
    if seen and last is not None and last.command not in ("filter", "remove_filter"):
        return True  # how it looks is no matter of how long it was made
    return not c.context.steps or {t.segment.id for t in named.things}.isdisjoint(c.context.touched)


def _contrary(c: Clause, named: Mention, of: str, end: int, word: str, degree: str) -> Clause | None:
    sounding = named.kind in _SOUNDS or named.things[0].track.kind == "audio"
    said = _OF_SOUND[word] if sounding and word in _OF_SOUND else _CONTRARY[word]
    room = len(c.text) - end
    for wish in (f" {degree}{said}", f" {said}"):
        if len(wish) <= room:
            return c.reworded(f"{c.text[:end]}{wish}".ljust(len(c.text)), 0)
    return None


_THAN = re.compile(  # "the lake is darker than the rest"
    rf"(?P<lead>\s*(?:(?:but|and|also|so|ok|well|hey|hmm+|i think|because|since|,) ?)*){_NOT_WISHED}(?P<of>[^,.;!?]{{2,40}}?) ?{_IS} ?(?:just |still |also |way |much |far |a lot |so |(?P<bit>a (?:little )?bit|a little|slightly) )*"
    r"(?P<word>louder|quieter|softer|darker|brighter|bigger|smaller|slower|faster|longer|shorter|warmer|colder|cooler|paler|yellower|bluer) than (?:the |all |all the |my |everything|anything)[^,.;!?]{0,40}[.!]*\s*"
)
_LESS_SO = {  # what mends each
    "louder": "quieter", "quieter": "louder", "softer": "louder", "darker": "brighter", "brighter": "darker", "bigger": "smaller", "smaller": "bigger",
    "slower": "faster", "faster": "slower", "longer": "shorter", "shorter": "longer", "warmer": "cooler", "yellower": "cooler", "colder": "warmer", "cooler": "warmer", "bluer": "warmer", "paler": "more colorful",
}  # fmt: skip


def _than_others(c: Clause) -> Clause | None:
    """ "the lake is darker than the rest": a state, which nobody asks for."""
    if " than " not in c.text or c.quotes or c.quantities or (match := _THAN.fullmatch(c.text)) is None:
        return None
    named = [m for m in c.mentions if m.things and m.kind != "pronoun" and m.start < match.end("of")]
    if len(named) != 1 or not _apart(c, named[0], seen=True):
        return None
    said = f"{c.text[: match.end('of')]} {'a bit ' if match['bit'] else ''}{_LESS_SO[match['word']]}"
    return c.reworded(said.ljust(len(c.text)), 0) if len(said) <= len(c.text) else None


_PACE = Sieve(
    re.compile(
        r"\s*(?:(?:but|and|also|so|ok|okay|well|um|hey|hm+|it'?s ok,? but|i think|i feel like|i find|,) ?)*(?:(?:it|this|that|everything|(?:the |my |this )?(?:whole |entire )?(?:thing|video|film|movie|reel|edit|pace|pacing))(?: all| just| still)? ?)?"
        rf"(?:'s|feels?|seems?|looks?|{_IS})(?: (?:just|still|all|kind of|sort of|a (?:little )?bit|a little|so|too|very|really|rather|pretty|quite|way too|somehow|overall))* *(?P<word>slow|sluggish|slow[ -]?paced|draggy|rushed|hectic|hurried)(?: (?:overall|now|to me|somehow|i think|imo|right now|at the moment))*[.! ]*"
    )
)
_PACES = ("speed", "trim", "fit_duration", "change_music", "transition", "crossfade", "fade_in", "fade_out")


def _paced(c: Clause) -> Clause | None:
    """ "feels slow", "the whole thing feels rushed", where the last edit was not about how fast anything goes."""
    last = next((one for one in reversed(c.context.steps) if isinstance(one, Step)), None)
    if c.quotes or c.quantities or (last is not None and last.command in _PACES):
        return None
    match = _PACE.fullmatch(c.text)
    if match is None or any(m.kind not in ("pronoun", "film", "all") for m in c.mentions):
        return None
    word = "slower" if match["word"] in ("rushed", "hectic", "hurried") else "faster"
    return c.reworded(word.ljust(len(c.text)), 0)


_ABRUPT = Sieve(
    re.compile(
        r"\s*(?:(?:but|and|also|so|ok|okay|well|um|hey|hm+|i think|i feel like|i find|,) ?)*(?P<of>(?:the |my )?(?:(?P<what>music|song|audio|sound|title|video|film|it|this|everything)(?:'s)? ?)?)"
        r"(?:(?:the )?(?P<end>end(?:ing|s)?|finish(?:es)?|stops?|cuts? off)|(?:the )?(?P<start>start(?:s|ing)?|beginning|begins|opening|opens|intro))(?: of (?:the |my )?(?P<what2>music|song|audio|sound|video|film|it))?"
        r"(?: (?:is|comes|feels?|seems?|sounds?|looks?|happens))?(?: (?:just|still|all|a (?:little )?bit|a little|so|too|very|really|rather|pretty|quite|way too|kind of|kinda|somehow))* (?:abrupt(?:ly)?|sudden(?:ly)?|hard|harsh(?:ly)?|out of nowhere|from one second to the next)[.! ]*"
    )
)


def _abrupt(c: Clause) -> Clause | None:
    """ "the ending is abrupt", "the music stops too suddenly": it shall fade."""
    if c.quotes or c.quantities or (match := _ABRUPT.fullmatch(c.text)) is None:
        return None
    if _MENDED.match(c.plain.text, c.span[1]):
        return None
    what = match["what"] or match["what2"] or ""
    fade = "fade out" if match["end"] else "fade in"
    of = what if what in ("music", "song", "audio", "sound", "title") else "film"
    said = next((said for said in (f"{fade} the {of}", fade) if len(said) <= len(c.text)), None)
    return c.reworded(said.ljust(len(c.text)), 0) if said else None


_FIX = re.compile(  # what follows the complaint: "... ? fix it"
    r"[?!., ]*(?:(?:and|so|can you|could you|please|pls|just) )*(?:(?:fix|change|sort|correct|solve|mend|repair|unmute)(?: (?:it|that|this|them))?(?: out)?|(?P<on>(?:turn|switch|put) (?:it|that|this|them|the sound|(?:it|its|their|his|her|my) (?:sound|audio|mic|voice)) (?:back )?on))(?: please| pls| again)*[?!. ]*"
)
_WHY_SO = re.compile(
    r"\s*(?:(?:and|but|so|hey) )*why(?:'s| is| are| does| do)? (?P<of>[^,.;!?]{2,40}?)(?: (?:look|sound|seem|feel)s?)? so (?P<too>[a-z]+)[? ]*"
)
_UNHEARD = re.compile(
    r"\s*(?:(?:and|but|so|hey) )*(?:why (?:is|'s) there no (?:sound|audio) (?:from|in|on|of|with) (?P<a>[^,.;!?]{2,40}?)|(?:why )?(?:can'?t|cannot) (?:i|you|we) hear (?P<b>[^,.;!?]{2,40}?)|(?:i|you|we) (?:can'?t|cannot) hear (?P<c>[^,.;!?]{2,40}?)|(?P<d>[^,.;!?]{2,40}?) (?:(?:has|have) no (?:sound|audio)|(?:is|are)(?: completely| totally| just| suddenly| all)? (?:silent|mute|muted)|went (?:silent|mute))|why does (?P<e>[^,.;!?]{2,40}?) have no (?:sound|audio))(?: at all)?(?:[,. ]+(?:but )?(?:why|how come|no idea why)(?: is that)?)?[? ]*"
)


def _to_be_fixed(c: Clause) -> Clause | None:
    """ "why is the music so loud? fix it", "I can't hear the narrator, fix that": the contrary of what is found."""
    fix = _FIX_END.search(c.text)
    text = c.text[: fix.start()] if fix else c.text
    fix = fix or _FIX.fullmatch(c.plain.text, c.span[1])
    if c.quotes or c.quantities or not fix:
        return None
    if (found := _WHY_SO.fullmatch(text)) is not None and found["too"] in _CONTRARY:
        return c.reworded(f"{found['of']} {_CONTRARY[found['too']]}".ljust(len(c.text)), 0)
    if (found := _UNHEARD.fullmatch(text)) is None:
        return None
    of = next(said for said in found.groups() if said)
    named = [t for m in c.mentions if m.kind != "pronoun" for t in m.things]
    hushed = [t for t in named if t.track.muted or (t.segment.sound is not None and t.segment.sound.muted)]
    said = f"unmute {of}" if hushed or fix["on"] else f"{of} louder"
    return c.reworded(said.ljust(len(c.text)), 0) if named and len(said) <= len(c.text) else None


UNREAD = (  # "..., can barely read it on my phone": what comes of it
    r"\s*(?:(?:nobody|no one|none of us) (?:can|could|will)|(?:(?:i|we|you|one|people|my [a-z]+) )?(?:can|could)(?:'?t| ?not|(?: barely| hardly| scarcely| only just| just about)+))(?: even| really)* (?:read|see|hear|make out|understand|recogni[sz]e|follow) (?:it|them|that|this|him|her|a thing|anything|a word|much)(?: (?:on|from|in|at) (?:my|a|the|your) [a-z]+| properly| well| at all| otherwise| like this| this way)*[.! ]*"
)
_UNREAD = re.compile(rf"[,.; ]*{UNREAD}$")
_JUDGED = Sieve(re.compile(r"too | enough|(?<![a-z])(?:tiny|minuscule|microscopic)"))
_FIX_END = Sieve(re.compile(rf"[?!.,] {_FIX.pattern}$"))


_I_AM_QUIET = re.compile(
    r"\s*(?:(?:but|and|so|hey|hmm+|ok|i think|i feel like)[, ]+)*i(?:'m| am| sound| come across as| seem)(?: (?:a (?:little )?bit|a little|so|too|way|very|really|pretty|kinda|rather|quite|super|awfully|far))* quiet(?: (?:here|there|in it|to me|in (?:this|the) (?:video|film|one)))*[.! ]*"
)


def put_right(c: Clause) -> Clause | None:
    """The clause as a plain wish: "the drone faster"; None where nothing is complained of, or after an edit."""
    if (fixed := _to_be_fixed(c)) is not None:
        return fixed
    if (asked := _MEND.search(c.text)) is not None and not c.quotes and not c.quantities:
        found = _VERY.sub("too ", c.text[: asked.start()])
        return put_right(c.reworded(found[: len(c.text)].ljust(len(c.text)), 0))
    text = c.text
    if "quiet" in text and not c.quantities and c.scene.of("voice") and _I_AM_QUIET.fullmatch(text):
        return c.reworded("voice louder".ljust(len(text)), 0)
    if (mended := _paced(c) or _abrupt(c)) is not None:
        return mended
    if (hurting := _hurting(c)) is not None:
        return hurting
    if (rather := _rather(c)) is not None:
        return rather
    if (than := _than_others(c)) is not None:
        return than
    if not _JUDGED.search(text) or c.quotes or c.quantities:
        return None
    if _MENDED.match(c.plain.text, c.span[1]) and not _UNREAD.match(c.plain.text, c.span[1]):
        return None  # "the tune is too fast, 90 bpm would be better": what is wished for follows
    match = _TOO.fullmatch(text)
    if match is None:
        return None
    if match["of"].strip() in ("it", "this", "that", "there"):
        quick = match["too"] in ("slow", "fast") and not c.context.steps and c.scene.clips and c.scene.music
        return c.reworded(_CONTRARY[match["too"]].ljust(len(text)), 0) if quick else None  # the music, or the film?
    if not c.mentions or bool(match["more"]) != bool(match["nt"] or match["not"]):
        return None  # "the title is big enough"
    named = [m for m in c.mentions if m.things and m.kind != "pronoun" and m.start < match.end("of")]
    its = len(named) == 2 and named[1].kind in ("audio", "own")  # "the interview's audio"
    if len(named) - its != 1 or not _apart(c, named[0], (match["too"] or match["more"]) in _SEEN):
        return None
    sounding = its or named[0].kind in _SOUNDS or named[0].things[0].track.kind == "audio"
    word = match["too"] or match["more"] or match["side"] or "tiny"
    said = (
        _CONTRARY[word]
        if match["too"] or match["least"]
        else _MORE[word]
        if match["more"]
        else f"a bit {_ACROSS[word]}"
    )
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
