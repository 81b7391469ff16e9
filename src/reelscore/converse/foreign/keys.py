"""Keys as six languages name them: "la menor", "fa dièse majeur", "a-Moll", イ短調, 가단조 > A minor."""

from __future__ import annotations

import re

_LATIN = {"do": "C", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B"}
_JAPANESE, _KOREAN = (
    dict(zip("ハニホヘトイロ", "CDEFGAB", strict=True)),
    dict(zip("다라마바사가나", "CDEFGAB", strict=True)),
)
_SHARP = {"#": "#", "sostenido": "#", "diese": "#", "sustenido": "#", "嬰": "#", "올림": "#"}
_FLAT = {"b": "b", "bemol": "b", "bémol": "b", "変": "b", "变": "b", "내림": "b"}
_SIGN = {**_SHARP, **_FLAT, "": ""}
_KEY = re.compile(
    r"(?<![a-z])(?P<latin>do|re|mi|fa|sol|la|si)(?: ?(?P<sign>#|b|sostenido|sustenido|diese|bemol))?[ -](?P<mode>mayor|menor|majeure?|mineure?|maior)(?![a-z])"
    r"|(?<![a-z])(?P<german>[a-h])(?P<bent>is|es|s)?[- ]?(?P<dur>moll|dur)(?![a-z])"
    r"|(?P<before>嬰|変|变|올림|내림)?(?P<east>[ハニホヘトイロ다라마바사가나])(?P<tone>[長长]調|[長长]调|短調|短调|장조|단조)"
)
_MAYBE = re.compile(r"[md]a[yij]|men|min|moll|dur|調|调|조")


def maybe_keys(bare: str) -> bool:
    """May a key be named in a text, without accents?"""
    return _MAYBE.search(bare) is not None


def key_at(bare: str, start: int) -> tuple[int, str] | None:
    """Where the key ends that is named at a place of a text without accents, and what English calls it."""
    found = _KEY.match(bare, start)
    if found is None:
        return None
    if found["latin"]:
        minor = found["mode"].startswith(("men", "min"))
        return found.end(), f"{_LATIN[found['latin']]}{_SIGN[found['sign'] or '']} {'minor' if minor else 'major'}"
    if found["german"]:
        tone = {"h": "B", "b": "Bb"}.get(found["german"], found["german"].upper())
        sign = "#" if found["bent"] == "is" else "b" if found["bent"] else ""
        return found.end(), f"{tone}{sign} {'minor' if found['dur'] == 'moll' else 'major'}"
    tone = {**_JAPANESE, **_KOREAN}[found["east"]]
    minor = found["tone"][0] in "短단"
    return found.end(), f"{tone}{_SIGN[found['before'] or '']} {'minor' if minor else 'major'}"
