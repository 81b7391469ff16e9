"""Is a thing named only to say that it stays as it is: "but keep the music", 旁白别动?"""

from __future__ import annotations

import re

from reelscore.converse.mention import Mention
from reelscore.converse.patterns import just_before
from reelscore.converse.sieves import Sieve

_LEFT_SILENT = re.compile(
    r"(?: (?:clip|shot|part))?(?: of the [a-z]+)? (?:completely |totally )?(?:without (?:any |the |its )?(?:sound|audio|noise)|silent|muted?|soundless|with no (?:sound|audio))(?![a-z])"
)


def to_stay(text: str, mentions: tuple[Mention, ...], mention: Mention) -> bool:
    """Is this said to stay as it is: "but keep the music", 旁白别动?"""
    last = next((m for m in reversed(mentions) if m.end <= mention.start), None)
    if last is not None and _AND.fullmatch(text, last.end, mention.start) and _NO_MORE.fullmatch(text, mention.end):
        return to_stay(text, mentions, last)  # "keep the voice and the music"
    before, after = text[max(0, mention.start - 24) : mention.start], text[mention.end : mention.end + 8]
    if mention.kind in ("voice", "music") and _EXCEPT.may(text) and just_before(_EXCEPT.regex, text, mention.start):
        return True
    if _KEEP.may(text) and _KEEP.regex.search(before):
        if _LEFT_SILENT.match(text, mention.end):
            return False  # "leave the beach without sound"
        if not _IN_PART.match(after):
            return True
    return not text.isascii() and _LEFT_ALONE.match(after) is not None


_AND = re.compile(r" (?:and|or|nor|plus|&)(?: the| my)? ?")
_NO_MORE = re.compile(r"(?: alone| as (?:they|it) (?:are|is)| untouched| unchanged| please)?[ .!,]*")
_KEEP = Sieve(
    re.compile(
        r"(?<![a-z])(?:keep|leave|leaving|keeping|without (?:touching|losing|cutting|removing|dropping|changing|trimming|shortening|affecting)|don't touch|not touch)(?: the| my| all)? *$|(?:保留|留着|(?<!停)留|只要|只留|只保留|不要动|别动|不动|别碰|不要碰|不改)$"
    )
)
_EXCEPT = Sieve(re.compile(r"(?<![a-z])(?:except(?: for)?|but not|apart from|aside from|other than)(?: the| my)? *$"))
_IN_PART = re.compile(r" (?:only|until|on |out(?![a-z])|for |at |from)")
_LEFT_ALONE = re.compile(r"的?(?:别动|不动|不变|保留|保持|留着|不要动|别碰|不改)")
