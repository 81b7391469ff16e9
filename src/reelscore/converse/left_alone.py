"""What a request says it shall not touch: "..., without changing the title", "but don't touch the sound", "rather than the
drone". It asks for nothing, so it becomes blanks before anything is read. English only.

What is left out of a whole ("all clips without the intro") is `spared.py`, and a melody or a pitch that shall stay is a
wish of its own.
"""

from __future__ import annotations

import re

from reelscore.converse.normalise import Plain, blanked

_GATE = re.compile(
    r"(?<![a-z])(?:but not|without|don'?t|dont|do not|leave|leaving|keep|keeping|rather than|as opposed to)(?![a-z])"
)
_DOING = (
    r"touching|changing|affecting|moving|altering|messing with|messing up|cutting|losing|deleting|removing|muting|hurting"
    r"|shifting|disturbing|breaking|ruining|harming|modifying|editing|stopping|covering|hiding"
)
_DO = r"touch|change|move|mess with|mess up|alter|affect|mute|cut|delete|remove|modify|edit|shift|lose|fade|stop"
_WISHED = r"pitch|melody|harmony|chords?|groove|rhythm|beat|key|tempo|drums?|export|render"
_THING = rf"(?:(?:the|my|any|all|of|its|their|any of the|on) )*(?!(?:[a-z]+ )?(?:{_WISHED})(?![a-z]))(?:[\w.'&\ue000-\ue6ff-]+ ?){{1,5}}?"
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
    rf"|(?:leave|leaving|keep|keeping) {_THING} (?:{_AS_IT_IS})){_TAIL}{_END}"
)
_FIRST = re.compile(rf"^\s*(?:please |ok,? |so )*without (?:{_DOING}) {_THING}(?: (?:{_AS_IT_IS}))?, (?=\w)")
_RATHER = re.compile(
    r",? (?:rather than|as opposed to) (?:just |only |simply )*(?:(?:to|at|in|on|with|for|by) )?(?:(?:the|a|an|my) )?(?:plain |simple |normal |hard |straight )?[\w.'\ue100-\ue6ff-]+(?: (?:clip|shot|photo|title|text|caption|one|out|off|cut|[\d]+))?"
    r"(?=$|[,.;!?]| (?:to|into|from|at|on|in|for|by|between|before|after|over|with|please|and|then|down|up|here|there)(?![a-z]))"
)
_A_WHOLE = re.compile(
    r"(?<![a-z])(?:all|every|each|everything|everywhere|both|whole|entire|rest|others|clips|photos|captions|subtitles|texts|titles|shots)(?![a-z])"
)
_ASKS = re.compile(r"[a-z\ue000-\ue6ff]{2,} [a-z0-9\ue000-\ue6ff]")


def without_what_stays(plain: Plain) -> Plain:
    """The message with that in blanks. Where nothing else is asked for it is left as it is."""
    text = plain.text
    if _GATE.search(text) is None:
        return plain
    for match in list(_RATHER.finditer(text)):
        text = blanked(text, *match.span())
    if (first := _FIRST.match(text)) is not None:
        text = blanked(text, 0, first.end())
    for match in list(_STAYS.finditer(text)):
        before = text[: match.start()]
        if _ASKS.search(before) and not (_A_WHOLE.search(before) and _of_it(before, match[0])):
            text = blanked(text, *match.span())
    return plain.with_text(text) if text != plain.text else plain


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
