"""A part of a thing is not the thing: "delete the end of clip 2" does not delete clip 2."""

from __future__ import annotations

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import resulting


def of_a_thing(c: Clause) -> bool:
    """Is it a part of a thing that shall go: "the end of clip 2", "the second half of the lake"? Then the thing stays."""
    if resulting(c):
        return False
    return patterns.search(
        r"(?<![a-z])(?:start|beginning|front|head|opening|end|ending|tail|back|middle|half|top|bottom|edges?|corners?|sides?|background|sky|people|person|man|woman|object)"
        r" (?:of|off|from|in|on)(?: the| my| this| that)? [a-z0-9]|(?<![a-z])(?:first|second|last|other) (?:half|part|piece)(?![a-z])",
        c.text,
    ) is not None and not patterns.search(
        r"(?<![a-z])(?:the|a) (?:title|text|logo|badge|overlay|clip|photo|music|voice) (?:at|in|on|from) the", c.text
    )
