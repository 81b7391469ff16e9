"""Is a thing named only to say that it stays as it is: "but keep the music", 旁白别动?"""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.mention import Mention

_LEFT_SILENT = re.compile(
    r"(?: (?:clip|shot|part))?(?: of the [a-z]+)? (?:completely |totally )?(?:without (?:any |the |its )?(?:sound|audio|noise)|silent|muted?|soundless|with no (?:sound|audio))(?![a-z])"
)


def to_stay(text: str, mentions: tuple[Mention, ...], mention: Mention) -> bool:
    """Is this said to stay as it is: "but keep the music", 旁白别动?"""
    last = next((m for m in reversed(mentions) if m.end <= mention.start), None)
    if (
        last is not None
        and patterns.fullmatch(r" (?:and|or|nor|plus|&)(?: the| my)? ?", text[last.end : mention.start])
        and patterns.fullmatch(
            r"(?: alone| as (?:they|it) (?:are|is)| untouched| unchanged| please)?[ .!,]*", text[mention.end :]
        )
    ):
        return to_stay(text, mentions, last)  # "keep the voice and the music"
    before, after = text[max(0, mention.start - 24) : mention.start], text[mention.end : mention.end + 8]
    kept = patterns.search(
        r"(?<![a-z])(?:keep|leave|leaving|keeping|without (?:touching|losing|cutting|removing|dropping|changing|trimming|shortening|affecting)|don't touch|not touch)(?: the| my| all)? *$|(?:保留|留着|(?<!停)留|只要|只留|只保留|不要动|别动|不动|别碰|不要碰|不改)$",
        before,
    )
    if mention.kind in ("voice", "music") and patterns.search(
        r"(?<![a-z])(?:except(?: for)?|but not|apart from|aside from|other than)(?: the| my)? *$", before
    ):
        return True
    if kept and _LEFT_SILENT.match(text, mention.end):
        return False  # "leave the beach without sound"
    if kept and not patterns.search(r"^ (?:only|until|on |out(?![a-z])|for |at |from)", after):
        return True
    return patterns.search(r"^(?:的)?(?:别动|不动|不变|保留|保持|留着|不要动|别碰|不改)", after) is not None
