"""What a request says it shall not touch: "..., without changing the title", "but don't touch the sound", "rather than the
drone". It asks for nothing, so it becomes blanks before anything is read. A clip that stays while the film changes is an
exception to it.

What is left out of a whole ("all clips without the intro") is `spared.py`, and a melody or a pitch that shall stay is a
wish of its own.
"""

from __future__ import annotations

import re

from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import wishes_in
from reelscore.values.vocabulary import Vocabulary

_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:but not|without|don'?t|dont|do not|leave|leaving|keep|keeping|rather than|instead of|in place of|as opposed to)(?![a-z])"
    )
)
_DOING = (
    r"touching|changing|affecting|moving|altering|messing with|messing up|cutting|losing|deleting|removing|muting|hurting"
    r"|drowning(?: out)?|overpowering|burying|overwhelming|interrupting|spoiling|shifting|disturbing|breaking|ruining|harming|modifying|editing|stopping|covering|hiding"
)
_DO = r"touch|change|move|mess with|mess up|alter|affect|mute|cut|delete|remove|modify|edit|shift|lose|fade|stop"
_WISHED = r"pitch|melody|harmony|chords?|groove|rhythm|beat|key|tempo|drums?|export|render"
_THING = rf"(?:(?:the|my|any|all|of|its|their|any of the|on|in) )*(?!(?:[a-z]+ )?(?:{_WISHED})(?![a-z]))(?:[\w.'&\ue000-\ue6ff-]+ ?){{1,5}}?"
_AS_IT_IS = (
    r"alone|as (?:it|they|that) (?:is|are|was|were)|as is|untouched|unchanged|intact|(?:exactly )?the same|where (?:it|they) (?:is|are)"
    r"|how (?:it|they) (?:is|are)|like (?:it is|they are|that)|in place|out of (?:it|this)"
)
_SOUND = r"(?:the |my |its )?(?:background )?(?:music|song|soundtrack|voice|voice-?over|narration|sound|audio)"
_TAIL = r"(?: (?:at all|please|pls|though|too|yet|in any way|itself|themselves))*"
_END = r"(?=\s*(?:$|[.,;!?\n]))"
_STAYS = re.compile(
    rf"[,;]?(?: ?\(?[a-z1-9][.)])?(?: (?:and|but|while|just|please|only|though|make sure (?:to|you)))*[ ,]+"
    rf"(?:without (?:{_DOING}) {_THING}(?: (?:{_AS_IT_IS}))?"
    r"|without (?:(?:it|them|the music|making it) )?(?:getting|becoming|going|sounding|being|feeling|turning) (?:(?:any|too|much|so|more|that|all) )*[a-z-]+"
    rf"|(?:don'?t|dont|do not|not) (?:{_DO}) {_THING}(?: (?:{_AS_IT_IS}))?"
    rf"|but not {_SOUND}(?:(?:,| or| and| nor)+ {_SOUND})*"
    r"|(?:leave|leaving|keep|keeping) (?:the|its|that|my) (?:brightness|contrast|saturation|exposure|grain|vignette|filters?|zoom|crop|shape|resolution|frame rate)(?: on| there| in)?"
    rf"|(?:leave|leaving|keep|keeping) {_THING} (?:{_AS_IT_IS})){_TAIL}{_END}"
)
_FIRST = Sieve(re.compile(rf"^\s*(?:please |ok,? |so )*without (?:{_DOING}) {_THING}(?: (?:{_AS_IT_IS}))?, (?=\w)"))
_RATHER = re.compile(
    r",? (?:rather than|as opposed to) (?:just |only |simply )*(?:(?:to|at|in|on|with|for|by) )?(?:(?:the|a|an|my) )?(?:plain |simple |normal |hard |straight )?[\w.'\ue100-\ue6ff-]+(?: (?:clip|shot|photo|title|text|caption|one|out|off|cut|[\d]+))?"
    r"(?=$|[,.;!?]| (?:to|into|from|at|on|in|for|by|between|before|after|over|with|please|and|then|down|up|here|there)(?![a-z]))"
)
_INSTEAD_OF = re.compile(  # "lower the voice instead of raising the music"
    r"(?<=\w),? (?:instead of|in place of) (?:just |only |simply )?(?!being|having|using)[a-z]+ing(?: [^,.;!?\n]{1,30})?(?=$|[,.;!?\n])"
)
_A_WHOLE = re.compile(
    r"(?<![a-z])(?:all|every|each|everything|everywhere|both|whole|entire|rest|others|clips|photos|captions|subtitles|texts|titles|shots)(?![a-z])"
)
_LEAD = re.compile(  # asks for nothing: "actually no, leave the lake as it was" is of the edit before
    r"^\W*(?:(?:on second thoughts?|never ?mind|actually|no|nah|wait|hm+|oh|ok(?:ay)?|sorry|and|but|well|please|just|maybe|so)(?![a-z])\W*)*"
)
_ASKS = re.compile(r"[a-z\ue000-\ue6ff]{2,} [a-z0-9\ue000-\ue6ff]")


def without_what_stays(plain: Plain, vocabulary: Vocabulary) -> Plain:
    """The message with that in blanks. Where nothing else is asked for it is left as it is, and so is a player in whose
    place another comes: the composer leaves it out ("a cello rather than synth")."""
    text = plain.text
    if _GATE.search(text) is None:
        return plain
    for match in [*_RATHER.finditer(text), *_INSTEAD_OF.finditer(text)]:
        if not (_player(match[0], vocabulary) and _player(text[: match.start()], vocabulary)):
            text = blanked(text, *match.span())
    if (first := _FIRST.match(text)) is not None:
        text = blanked(text, 0, first.end())
    for match in list(_STAYS.finditer(text)):
        before = text[: match.start()]
        if (
            _ASKS.search(_LEAD.sub("", before))
            and not before.rstrip().endswith((" has", " have", " is", " are"))
            and not (_A_WHOLE.search(before) and _of_it(before, match[0]))
        ):
            text = blanked(text, *match.span())
    return plain.with_text(text) if text != plain.text else plain


def _player(text: str, vocabulary: Vocabulary) -> bool:
    """Is somebody named who plays?"""
    return any(wish.kind in ("instrument", "role") for wish in wishes_in(text, vocabulary))


def _of_it(before: str, said: str) -> bool:
    """May what stays be one of the whole that is spoken of before it: "all clips, but don't touch the intro"?"""
    sounds = r"(?<![a-z])(?:music|song|sound|audio|voice|voiceover|voice-over|narration|bgm|track|soundtrack)(?![a-z])"
    texts = r"(?<![a-z])(?:title|caption|subtitle|text|lower third|name tag|logo|overlay)s?(?![a-z])"
    for kind in (sounds, texts):
        if re.search(kind, said):
            return (
                re.search(kind, before) is not None
                or re.search(r"(?<![a-z])(?:mute|silence|everything|all)(?![a-z])", before) is not None
            )
    return True


_CLIP_STAYS = re.compile(
    r"[ ,;]+(?:but |and |just |please |only )*(?:(?:leave|leaving|keep|keeping) (?:the |my |our )?(?P<stays>[\w .'-]{1,30}?)(?: (?:clip|shot|part|photo))? (?:alone|as (?:it|they) (?:is|are)|as is|untouched|unchanged|out(?: of (?:it|this))?|the same|how it is|like it is)"
    r"|but (?:please )?not (?:on |for |in )?(?:the |my |our )?(?P<spared>[\w .'-]{1,30}?)(?: (?:clip|shot|part|photo))?)(?=\s*(?:$|[.,;!?\n]))"
)
_NTH_CLIP = re.compile(r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)(?: (?:clip|one|shot|photo))?|clip \d")
_STAYS_ZH = Sieve(
    re.compile(
        r"(?P<who>[^,，。；;\s]{1,12}?)(?:就|先|都)?(?:(?P<stays>留着|留下|保留)|别动|不动|不要动|不用动|别改|不改|不变|不用改)[,，](?=(?:其余|其他|其它|剩下|别的|另外))"
    )
)


def _is_a_clip(words: str, scene: Scene) -> bool:
    return any(t.role == "clip" for m in mentions(words, scene) for t in m.things)


def spared_first(plain: Plain, scene: Scene) -> Plain:
    """A clip that stays as it is, where the rest of the film shall change, as the exception it is: "warmer, but leave the
    interview alone" is "warmer, except the interview"; 采访那段别动,其余的调暖 is 除了采访那段,其余的调暖."""
    text = plain.text
    if (zh := _STAYS_ZH.search(text)) is not None and (zh["stays"] is None or _is_a_clip(zh["who"], scene)):
        return plain.with_text(f"{text[: zh.start()]}{'除了' + zh['who'] + ',':{len(zh[0])}}{text[zh.end() :]}")
    clips = [" ".join(thing.segment.name.lower().split()) for thing in scene.of("clip")]
    for match in _CLIP_STAYS.finditer(text) if len(clips) > 1 else ():
        who = (match["stays"] or match["spared"]).strip()
        before = text[: match.start()]
        if not (who in clips or _NTH_CLIP.fullmatch(who)) or any(name and name in before for name in clips):
            continue
        if _NTH_CLIP.search(before) or "\ue000" in before:
            continue
        said = f" except the {who}"
        if len(said) <= len(match[0]):
            return plain.with_text(f"{before}{said:{len(match[0])}}{text[match.end() :]}")
    return plain
