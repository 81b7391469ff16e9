"""So many times what the last edit set: "half of that", "double it", "a third of that size", "twice as much".

The number that the last edit was given, or the one it takes where none is said, is multiplied; words such as "size" or
"long" say which number is meant. English only.
"""

from __future__ import annotations

import re

from reelscore.values.command import CommandEntry, Plain, Step

_TIMES = {
    "half": 0.5, "halve": 0.5, "double": 2, "twice": 2, "two times": 2, "triple": 3, "three times": 3, "thrice": 3,
    "a third": 1 / 3, "one third": 1 / 3, "a quarter": 0.25, "one quarter": 0.25, "two thirds": 2 / 3,
    "three quarters": 0.75,
}  # fmt: skip
_LEAD = r"(?:(?:no|nah|ok(?:ay)?|hm+|um+|actually|maybe|perhaps|well|and|but|now|then|please|just|only|about|like|more like|make (?:it|that|this|them)|let'?s (?:make it|do|say|try|go with|use)|try|do|go (?:for|with)|take|use|set it to|i'?d say|too much|too little|(?:that'?s |it'?s )?(?:a bit |way )?too (?:much|big|small|loud|quiet|long|short|strong|weak))[, ]+)*"
_OF = r"(?: ?(?:of )?(?:that|it|this|them)| as much| that much| the amount| that amount)?"
_ABOUT = r"(?:[ -]?(?:of )?(?:the |its |that |as |so )?(?P<about>size|big|large|small|long|length|duration|time|loud|volume|level|fast|speed|strong|strength|intensity|bright|wide|high|far|opacity))?"
_FORM = re.compile(
    rf"{_LEAD}(?P<times>{'|'.join(sorted(_TIMES, key=len, reverse=True))}){_OF}{_ABOUT}"
    r"(?:,? (?:please|pls|instead|then|now|again|will do|is enough|would do|is fine|would be (?:enough|better|nicer)))*"
)
_NAMES = {  # the arguments that words speak of; of several the one that was given
    "size": ("size", "bigger"), "big": ("size", "bigger"), "large": ("size", "bigger"), "small": ("size", "bigger"),
    "long": ("duration", "to", "seconds"), "length": ("duration", "to", "seconds"),
    "duration": ("duration", "to", "seconds"), "time": ("duration", "to", "seconds"),
    "loud": ("to", "by", "by_db", "db"), "volume": ("to", "by", "by_db", "db"), "level": ("to", "by", "by_db", "db"),
    "fast": ("factor", "bpm"), "speed": ("factor", "bpm"), "opacity": ("to", "opacity"),
}  # fmt: skip
_ANY = (
    "to", "by", "by_db", "db", "factor", "size", "bigger", "amount", "seconds", "from_end", "from_start", "duration",
    "times", "outline", "shadow", "all", "left", "right", "top", "bottom", "within", "every",
)  # fmt: skip


def scaled(text: str, last: Step, entry: CommandEntry) -> tuple[str, Plain] | None:
    """The argument of the last edit that is meant, and its new value; None where the text says something else."""
    match = _FORM.fullmatch(text.strip(" .!?"))
    if match is None:
        return None
    args = dict(last.args)
    names = _NAMES.get(match["about"] or "", _ANY)
    said = [name for name in names if _number(args.get(name)) is not None]
    name = said[0] if said else next((p.name for p in entry.params if p.name in names and _number(p.default)), "")
    param = next((p for p in entry.params if p.name == name), None)
    value = _number(args.get(name)) if said else _number(param.default) if param else None
    if param is None or value is None:
        return None
    made = round(value * _TIMES[match["times"]], 4)
    made = min(made, param.high) if param.high is not None else made
    return name, int(made) if made == int(made) else made


def _number(value: Plain) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
