"""The timeline's JSON told to other programs: JSON Schema, made from the types themselves.

docs/timeline.schema.json holds the text; a test says when it is stale.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from fractions import Fraction

from reelscore.edit.timeline_json import SCHEMA
from reelscore.values.timeline import (
    ALIGNS,
    ANIMATIONS,
    DIRECTIONS,
    EASINGS,
    FILTERS,
    FITS,
    MARKER_KINDS,
    MEDIA_KINDS,
    REQUEST_KINDS,
    TEXT_STYLES,
    TRACK_KINDS,
    TRACK_ROLES,
    TRANSITIONS,
    Filter,
    Marker,
    Media,
    Picture,
    Request,
    Segment,
    Text,
    Timeline,
    Track,
    Transition,
    Zoom,
)  # fmt: skip

_NAMES: dict[tuple[type, str], tuple[str, ...]] = {
    (Media, "kind"): MEDIA_KINDS,
    (Track, "kind"): TRACK_KINDS,
    (Track, "role"): TRACK_ROLES,
    (Picture, "fit"): FITS,
    (Zoom, "easing"): EASINGS,
    (Filter, "name"): FILTERS,
    (Text, "style"): TEXT_STYLES,
    (Text, "align"): ("", *ALIGNS),
    (Text, "animation_in"): ("", *ANIMATIONS),
    (Text, "animation_out"): ("", *ANIMATIONS),
    (Transition, "kind"): TRANSITIONS,
    (Transition, "direction"): ("", *DIRECTIONS),
    (Marker, "kind"): MARKER_KINDS,
    (Request, "kind"): REQUEST_KINDS,
}
_PATTERNS = {
    (Media, "id"): "^sha256:[0-9a-f]{64}$",
    (Segment, "media"): "^(sha256:[0-9a-f]{64})?$",
    (Segment, "colour"): "^(#[0-9a-f]{6}([0-9a-f]{2})?)?$",
}
_EXACT = {
    "description": "An exact number: whole, a fraction n/d, or a decimal; of seconds where it is a time.",
    "anyOf": [
        {"type": "string", "pattern": "^[+-]?[0-9]+(/[0-9]+|\\.[0-9]+)?$"},
        {"type": "integer"},
    ],
}


def json_schema() -> dict[str, object]:
    """JSON Schema 2020-12 of what `timeline_json.dumps` writes."""
    definitions: dict[str, object] = {"Exact": _EXACT}
    top = _object(Timeline, definitions)
    properties = {"schema": {"const": SCHEMA}, **typing.cast(dict[str, object], top["properties"])}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Reelscore timeline",
        **top,
        "properties": properties,
        "required": ["schema"],
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The text of docs/timeline.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def _object(kind: type, definitions: dict[str, object]) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    required = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    properties = {name: _named(kind, name, hint, definitions) for name, hint in hints.items()}
    first = (kind.__doc__ or "").strip().split("\n\n")[0]
    made: dict[str, object] = {"type": "object", "description": " ".join(first.split()), "properties": properties}
    if required:
        made["required"] = required
    made["additionalProperties"] = False
    return made


def _named(kind: type, name: str, hint: object, definitions: dict[str, object]) -> object:
    if (kind, name) in _NAMES:
        return {"enum": list(_NAMES[kind, name])}
    if (kind, name) in _PATTERNS:
        return {"type": "string", "pattern": _PATTERNS[kind, name]}
    return _of(hint, definitions)


def _of(hint: object, definitions: dict[str, object]) -> object:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(arg, definitions) for arg in args]}
    if origin is tuple:
        if args[-1] is Ellipsis:
            return {"type": "array", "items": _of(args[0], definitions)}
        items = [_of(arg, definitions) for arg in args]
        return {"type": "array", "prefixItems": items, "minItems": len(args), "maxItems": len(args)}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint is Fraction:
        return {"$ref": "#/$defs/Exact"}
    names = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": names[typing.cast(type, hint)]}
