"""What is wrong with a request, in words that somebody who sends requests understands.

The framework tells every branch of a type that did not fit, by the names of its own classes. Here one sentence is told
for each place in the request: where, what was seen, what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_MOST = 8  # places of one request that are told
_SHOWN = 60  # letters of a value that are shown
_NAME = "invalid_request"
_SEE = "See /docs for what is expected."
_JSON = "Send a JSON object, with the header Content-Type: application/json. See /docs for its fields."
_NO_OBJECT = ("model_attributes_type", "model_type", "dict_type")
_EMPTY = ("too_short", "string_too_short")
_BRANCHES = (  # how the framework calls a branch of a union, and what a person calls it
    (re.compile(r"(constrained-)?str$|function-\w+\[.*\bstr\]$"), "text"),
    (re.compile(r"(constrained-)?(int|float)$|function-\w+\[.*\b(int|float)\]$"), "a number"),
    (re.compile(r"bool$"), "true or false"),
    (re.compile(r"literal\["), "one of a few words"),
)

Fault = Mapping[str, Any]


def told(found: Sequence[Fault], sent: str = "") -> tuple[str, str, str]:
    """Message, name and hint of an answer to a request with these faults. `sent`: what it says its body is."""
    if any(fault.get("type") == "json_invalid" for fault in found):
        why = str(found[0].get("ctx", {}).get("error", "")).rstrip(".").lower()
        at = f" at character {found[0]['loc'][-1]}" if len(found[0].get("loc", ())) > 1 else ""
        return f"The body is not JSON{at}{f': {why}' if why else ''}.", _NAME, _JSON
    if any(fault.get("type") in _NO_OBJECT and tuple(fault.get("loc", ())) == ("body",) for fault in found):
        kind = sent.partition(";")[0].strip().lower()
        if kind and not kind.endswith("json"):
            return f'The body is sent as "{kind[:60]}", not as JSON.', _NAME, _JSON
        return "The body is no JSON object.", _NAME, _JSON
    places: dict[tuple[Any, ...], list[tuple[str, Fault]]] = {}
    for fault in found:
        place, branch = _split(tuple(fault.get("loc", ())))
        places.setdefault(place, []).append((branch, fault))
    return " ".join(_sentence(place, faults) for place, faults in list(places.items())[:_MOST]), _NAME, _SEE


def _split(loc: tuple[Any, ...]) -> tuple[tuple[Any, ...], str]:
    """A place in the request, and what was tried there of several things it may be ("" where there is only one)."""
    for n, part in enumerate(loc[2:], 2):
        for pattern, name in _BRANCHES:
            if isinstance(part, str) and pattern.match(part):
                return loc[:n], name
    return loc, ""


def _sentence(place: tuple[Any, ...], faults: Sequence[tuple[str, Fault]]) -> str:
    """'body.text is empty.', 'body.to takes text, a number (seen: "nan").'"""
    where = ".".join(str(part) for part in place) or "The request"
    seen = faults[0][1].get("input")
    shown = f' (seen: "{str(seen)[:_SHOWN]}")' if isinstance(seen, (str, int, float, bool)) else ""
    kind = _kind(seen)
    fitting = [fault for branch, fault in faults if branch in ("", kind)]
    if len(faults) > 1 and not fitting:
        return f"{where} takes {' or '.join(dict.fromkeys(branch for branch, _ in faults))}{shown}."
    fault = fitting[-1] if fitting else faults[0][1]
    if fault.get("type") == "missing":
        return f"{where} is missing."
    if fault.get("type") == "extra_forbidden":
        return f"{where} is not known here."
    if fault.get("type") in _EMPTY and not seen:
        return f"{where} is empty."
    said = str(fault.get("msg", "is not valid")).removeprefix("Value error, ")
    return f"{where}: {said[:1].lower()}{said[1:]}{shown}."


def _kind(seen: object) -> str:
    if isinstance(seen, bool):
        return "true or false"
    if isinstance(seen, (int, float)):
        return "a number"
    return "text" if isinstance(seen, str) else "-"
