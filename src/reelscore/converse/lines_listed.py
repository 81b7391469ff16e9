"""Texts and markers listed with their times, "add subtitles: 0-3 hello, 3-6 world", "mark 2:30 as Origins and 5:45 as
Questions", "chapters: 0:00 Intro, 2:15 Bees", said out as single wishes. English only."""

from __future__ import annotations

import re

from reelscore.converse.content_ends import VERBS

_T = r"(?:\d{1,2}:\d{2}(?:\.\d+)?|\d{1,4}(?:\.\d+)?(?: ?s(?:ec(?:ond)?s?)?(?![a-z]))?)"
_CLOCKED = r"(?:\d{1,2}:\d{2}(?:\.\d+)?|\d{1,4}(?:\.\d+)? ?s(?:ec(?:ond)?s?)?(?![a-z]))"
_ITEM = re.compile(rf"(?:from )?(?P<from>{_T}) ?(?:-->|-|–|—|to|until) ?(?P<to>{_T}) ?(?:s(?![a-z]))? ?[:,)=|–-]? ?")
_CLOCK = re.compile(r"(?:at )?(?P<from>\d{1,2}:\d{2}(?:\.\d+)?)(?P<to>)(?!\d) ?[:,)=|–-]? ?")
_LEAD = re.compile(
    r"\s*(?P<lead>[^:\n\d\"“]{0,60}?(?<![a-z])(?P<kind>subtitle|caption|title|text|sub|line|lower third|name tag)s?(?![a-z])[^:\n\d\"“]{0,24}?)(?::|-|\n| )\s*(?=(?:from |at )?\d)",
    re.I,
)
_ONE = re.compile(
    r"\s*(?:(?:add|put|show|insert|new|a|please) )*(?P<kind>subtitle|caption|title|text) at (?P<at>\d{1,2}:\d{2}) ?: ?(?P<words>[^\n\"“,;]{2,60})$",
    re.I,
)
_JOINT = re.compile(r"(?:[,;]\s*(?:and )?|\s*\n\s*|\. +| and )(?=(?:from |at )?\d)")
_JOINT_ANY = re.compile(r"[,;]\s*(?:and )?|\s*\n\s*| and (?=(?:at )?\d|[^,;]*\d$)")
_KINDS = {"sub": "subtitle", "caption": "subtitle", "line": "subtitle", "text": "title"}


_MARKING = re.compile(
    r"\s*(?:(?:please|pls|and|then|also|now|can you|could you|i want you to|let'?s)[ ,]+)*(?:(?:add|put|set|drop|make|create|place|insert|give me|i need|i want|we need) )?(?:(?:the|some|a few|these|my|following|chapter|named|\d|two|three|four|five) )*(?P<kind>mark|label|flag|chapters?(?: markers?| marks?)?|markers?)(?: (?:at|for|in|here|as follows|called|the following|these))*\s*[:\-\n ]\s*(?=\S)",
    re.I,
)
_LABEL = r"(?P<words>[^\W\d_](?:[^\n\"“,;:]|:(?!\d)){1,50}?)"
_MARKED = tuple(
    re.compile(form + r"[ .!]*", re.I)
    for form in (
        rf"(?:at )?(?P<at>{_CLOCKED}) ?(?:as|for|called|named|is|=|:|-|–|—|\)|to be)? ?(?:the )?{_LABEL}",
        rf"{_LABEL} ?(?:at|@|=|:|-|–|—|from) ?(?P<at>{_CLOCKED})",
    )
)


def _markers_said(message: str) -> str:
    """ "mark 2:30 as Origins and 5:45 as Questions": each as a marker of its own; "" where this is no such list."""
    if one := _ONE_MARKER.fullmatch(message):
        return f'add a marker "{one["words"].strip()}" at {_seconds(one["at"]):g} seconds'
    lead = _MARKING.match(message)
    if lead is None or '"' in message or "“" in message:
        return ""
    rest, single = message[lead.end() :].strip(), lead["kind"].lower() in ("mark", "label", "flag")
    for form in _MARKED:
        rows = [form.fullmatch(part.strip()) for part in _JOINT_ANY.split(rest)]
        if all(rows) and len(rows) >= (1 if single and form is _MARKED[0] and " as " in rest else 2):
            return "\n".join(
                f'add a marker "{row["words"].strip()}" at {_seconds(row["at"]):g} seconds' for row in rows if row
            )
    return ""


_ONE_MARKER = re.compile(
    rf"\s*(?:please |can you )*(?:add|put|set|drop|place) an? (?:chapter )?marker (?:at|on) (?P<at>{_CLOCKED})(?:,?(?: and)? (?:call|name|label) (?:it|that|this)(?: as)?[:,]?| (?:called|named|labell?ed)[:,]?|,|:| -| –| for| saying| that says| with(?: the)? (?:name|label)) (?:the )?(?!(?:{VERBS}|and|then|too|please|as well)(?![a-z])){_LABEL}[ .!]*",
    re.I,
)


def said_out(message: str) -> str:
    """The message with each line as a wish of its own; the message itself where no such list is said."""
    if markers := _markers_said(message):
        return markers
    lead = _LEAD.match(message)
    if lead is None or re.search(
        r"(?<![a-z])(?:remove|delete|move|change|hide|cut|make|from)(?![a-z])", lead["lead"].lower()
    ):
        return message
    if (one := _ONE.match(message)) is not None:
        return _wish(_KINDS.get(one["kind"].lower(), one["kind"].lower()), one["at"], "", one["words"].strip(' ."“”'))
    for form in (_ITEM, _CLOCK):
        rows = [(form.match(part), part) for part in _JOINT.split(message[lead.end() :].strip())]
        lines = [(item["from"], item["to"], part[item.end() :].strip(" .,;\"“”'")) for item, part in rows if item]
        if len(lines) == len(rows) > 1 and all(words and re.search(r"[^\W\d]", words) for *_, words in lines):
            kind = _KINDS.get(lead["kind"].lower(), lead["kind"].lower())
            return "\n".join(_wish(kind, *line) for line in lines)
    return message


def _wish(kind: str, start: str, end: str, words: str) -> str:
    if kind in ("lower third", "name tag"):
        words = words.replace(", ", '", "', 1)  # the role stands below the name
    long = f" for {_seconds(end) - _seconds(start):g} seconds" if end else ""
    return f'add {kind} "{words}" at {_seconds(start):g} seconds{long}'


def _seconds(time: str) -> float:
    minutes, _, rest = time.rpartition(":")
    return 60 * float(minutes or 0) + float(re.sub(r"[^\d.]", "", rest))
