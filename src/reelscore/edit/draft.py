"""The timeline as draft JSON, the short form in which clients of the chat protocol hold it. Lossless both ways.

The protocol gives `t` (tracks), `tt` (0 video, 1 audio, 7 text), `sg` (segments), `d` (duration in milliseconds) and
`m` (metadata); the other keys are ours, in the tables below and in docs/draft.md.

* Lengths are whole milliseconds where that is exact, else text with the exact seconds ("1/3"). `d` and `s` (where a
  segment starts) are always milliseconds, for any client; where rounding lost something, `dx` holds the exact seconds,
  and counts as long as it still rounds to `d`: a client that changes `d` is believed.
* A gap is written as `b` of the segment behind it, and as `e` of the track at its end. Without `b`, a gap is read from
  `s`; so a client may move a segment by its `s` alone.
* What is as usual is left out. Unknown keys are refused: a wrong letter should not be lost in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from reelscore.edit.refusals import refuse
from reelscore.edit.validate import checked
from reelscore.errors import DataError
from reelscore.values.codec import from_json, to_json
from reelscore.values.time import Seconds
from reelscore.values.timeline import Gap, Segment, Timeline, Track

VERSION = 1
TRACK_TYPES = {"video": 0, "audio": 1, "text": 7}
Plain = dict[str, Any]

# long name -> short key. "ms:" marks a length.
_CANVAS = {"width": "w", "height": "h", "frame_rate": "f", "background": "b"}
_BOX = {"left": "l", "top": "t", "right": "r", "bottom": "b"}
_MEDIA = {
    "id": "i", "kind": "k", "name": "n", "duration": "ms:d", "width": "w", "height": "h", "frame_rate": "f",
    "has_sound": "a",
}  # fmt: skip
_PICTURE = {
    "fit": "f", "crop": "c", "focus_x": "fx", "focus_y": "fy", "path": "fp", "flip_horizontal": "fh",
    "flip_vertical": "fv", "rotation": "r", "zoom": "z", "scale": "k", "x": "x", "y": "y", "opacity": "o",
    "radius": "rc", "filters": "fl", "fade_in": "ms:fi", "fade_out": "ms:fo",
    "fade_in_colour": "fic", "fade_out_colour": "foc",
}  # fmt: skip
_AIM = {"at": "ms:a", "x": "x", "y": "y"}
_ZOOM = {"start": "a", "end": "b", "easing": "e"}
_FILTER = {"name": "n", "amount": "a"}
_SOUND = {
    "gain_db": "g", "muted": "q", "fade_in": "ms:fi", "fade_out": "ms:fo", "pan": "p", "duck_db": "dk",
    "normalise_lufs": "nl", "original_key": "ok",
}  # fmt: skip
_TEXT = {
    "content": "c", "style": "st", "font": "f", "size": "k", "colour": "co", "x": "x", "y": "y",
    "dx": "mx", "dy": "my", "align": "al", "bold": "b",
    "italic": "it", "outline": "o", "shadow": "sh", "box": "bx", "animation_in": "ai", "animation_out": "ao",
}  # fmt: skip
_SEGMENT = {
    "id": "i", "media": "r", "start": "ms:a", "speed": "v", "reverse": "rv", "freeze": "fz", "name": "n",
    "picture": "p", "sound": "o", "text": "x", "piece": "pc", "colour": "co",
}  # fmt: skip
_TRACK = {"id": "i", "name": "n", "role": "rl", "gain_db": "g", "muted": "q", "hidden": "hd"}
_TRANSITION = {"into": "i", "kind": "k", "duration": "ms:d", "colour": "co", "direction": "dr"}
_MARKER = {"at": "ms:a", "kind": "k", "label": "n"}
_REQUEST = {
    "id": "i", "kind": "k", "segment": "s", "words": "w", "keep": "kp", "section": "sc", "first_bar": "fb",
    "last_bar": "lb", "seed": "sd", "wishes": "ws",
}  # fmt: skip
_INSIDE: Mapping[str, tuple[str, Mapping[str, str]]] = {  # table and field -> how what it holds is written
    "picture": ("one", _PICTURE), "sound": ("one", _SOUND), "text": ("one", _TEXT), "crop": ("one", _BOX),
    "zoom": ("one", _ZOOM), "filters": ("many", _FILTER), "path": ("many", _AIM),
}  # fmt: skip
_ZOOM_BOXES = {"start": ("one", _BOX), "end": ("one", _BOX)}
_TOP = ("v", "d", "m", "t", "cv", "md", "mk", "rq", "n")


def to_draft(timeline: Timeline) -> Plain:
    """The draft of this timeline: plain lists, objects, text and numbers."""
    plain = to_json(timeline, sparse=True)
    draft: Plain = {
        "v": VERSION,
        "d": round(timeline.duration * 1000),
        "t": [_track(track, held) for track, held in zip(timeline.tracks, plain.get("tracks", ()), strict=True)],
        "m": dict(timeline.metadata),
    }
    for key, name, table in (("md", "media", _MEDIA), ("mk", "markers", _MARKER), ("rq", "requests", _REQUEST)):
        if plain.get(name):
            draft[key] = [_short(held, table) for held in plain[name]]
    if plain.get("canvas"):
        draft["cv"] = _short(plain["canvas"], _CANVAS)
    if timeline.title:
        draft["n"] = timeline.title
    return draft


def _track(track: Track, plain: Plain) -> Plain:
    told: Plain = {"tt": TRACK_TYPES[track.kind], "sg": []}
    told |= _short({name: plain[name] for name in _TRACK if name in plain}, _TRACK)
    gaps: list[int | str] = []
    at = Fraction(0)
    for item, held in zip(track.items, plain.get("items", ()), strict=True):
        if isinstance(item, Gap):
            gaps.append(_length(item.duration))
        else:
            told["sg"].append(_segment(item, held, at, gaps))
            gaps = []
        at += item.duration
    if gaps:
        told["e"] = gaps
    if track.transitions:
        told["tr"] = [_short(held, _TRANSITION) for held in plain["transitions"]]
    return told


def _segment(segment: Segment, plain: Plain, at: Seconds, gaps: list[int | str]) -> Plain:
    told: Plain = {"s": round(at * 1000), "d": round(segment.duration * 1000)}
    if told["d"] != segment.duration * 1000:
        told["dx"] = str(segment.duration)
    if gaps:
        told["b"] = gaps
    return told | _short({name: held for name, held in plain.items() if name != "duration"}, _SEGMENT)


def _length(value: Seconds) -> int | str:
    whole = value * 1000
    return int(whole) if whole.denominator == 1 else str(value)


def _short(plain: Plain, table: Mapping[str, str]) -> Plain:
    """An object with its short keys."""
    told: Plain = {}
    for name, value in plain.items():
        key = table[name]
        if key.startswith("ms:"):
            told[key[3:]] = _length(Fraction(value))
        elif (inside := _inner(table, name)) and value is not None:
            kind, inner = inside
            told[key] = _short(value, inner) if kind == "one" else [_short(each, inner) for each in value]
        else:
            told[key] = value
    return told


def _inner(table: Mapping[str, str], name: str) -> tuple[str, Mapping[str, str]] | None:
    if table is _ZOOM:
        return _ZOOM_BOXES.get(name)
    return _INSIDE.get(name) if table in (_SEGMENT, _PICTURE) else None


def from_draft(draft: object) -> Timeline:
    """The timeline of a draft. Raises EditError naming what is wrong in it."""
    try:
        plain = _object(draft, "the draft")
        for key in plain:
            if key not in _TOP:
                raise _fault(f"the draft has an unknown key {str(key)[:40]!r}", f"Known: {', '.join(_TOP)}.")
        if plain.get("v", VERSION) != VERSION:
            raise _fault(f"its version is {str(plain['v'])[:40]!r}", f"This program reads version {VERSION}.")
        long: Plain = {"tracks": [_track_of(held, n) for n, held in enumerate(_list(plain.get("t", []), "t"), 1)]}
        for key, name, table in (("md", "media", _MEDIA), ("mk", "markers", _MARKER), ("rq", "requests", _REQUEST)):
            if key in plain:
                long[name] = [_long(held, table, key) for held in _list(plain[key], key)]
        if "cv" in plain:
            long["canvas"] = _long(plain["cv"], _CANVAS, "cv")
        long["metadata"] = [[key, value] for key, value in _object(plain.get("m", {}), "m").items()]
        long["title"] = plain.get("n", "")
        return checked(from_json(Timeline, long, "draft"))
    except DataError as error:
        raise _fault(error.message.rstrip("."), error.hint) from None
    except RecursionError:
        raise _fault("it is nested without end", "") from None


def _track_of(held: object, n: int) -> Plain:
    where = f"track {n}"
    plain = dict(_object(held, where))
    kinds = {number: kind for kind, number in TRACK_TYPES.items()}
    kind = plain.pop("tt", None)
    if type(kind) is not int or kind not in kinds:
        raise _fault(f"{where}: its type tt is {str(kind)[:40]!r}", "It is 0 (video), 1 (audio) or 7 (text).")
    segments, end = _list(plain.pop("sg", []), where), _list(plain.pop("e", []), where)
    transitions = [_long(each, _TRANSITION, where) for each in _list(plain.pop("tr", []), where)]
    long = _long(plain, _TRACK, where)
    items: list[Plain] = []
    at = Fraction(0)
    for segment in segments:
        for item in _items_of(segment, at, where):
            items.append(item)
            at += Fraction(item["duration"])
    items += [{"duration": _exact(gap, where)} for gap in end]
    return {"id": f"t{n}", **long, "kind": kinds[kind], "items": items, "transitions": transitions}


def _items_of(held: object, at: Seconds, where: str) -> list[Plain]:
    """The gaps before a segment, and the segment."""
    plain = dict(_object(held, where))
    start, told, exact = plain.pop("s", None), plain.pop("d", None), plain.pop("dx", None)
    gaps = [_exact(gap, where) for gap in _list(plain.pop("b", []), where)]
    if told is None:
        raise _fault(f"{where}: a segment has no duration d", "Give it in milliseconds.")
    duration = _exact(told, where)
    if exact is not None:
        fine = _exact(exact, where)
        duration = fine if round(Fraction(fine) * 1000) == round(Fraction(duration) * 1000) else duration
    if not gaps and start is not None:
        lead = Fraction(_exact(start, where)) - at
        gaps = [str(lead)] if lead > Fraction(1, 1000) else []
    return [*({"duration": gap} for gap in gaps), {**_long(plain, _SEGMENT, where), "duration": duration}]


def _exact(value: object, where: str) -> str:
    """Seconds as exact text, of milliseconds or of exact text."""
    if type(value) is int and abs(value) < 10**12:
        return str(Fraction(value, 1000))
    if isinstance(value, float) and abs(value) < 10**12:
        return str(Fraction(round(value * 1000), 1_000_000))
    if isinstance(value, str) and len(value) < 60:
        return str(from_json(Fraction, value, where))
    raise _fault(f"{where}: {str(value)[:40]!r} is no length", "Give milliseconds.")


def _long(held: object, table: Mapping[str, str], where: str) -> Plain:
    names = {key.removeprefix("ms:"): (name, key) for name, key in table.items()}
    told: Plain = {}
    for short, value in _object(held, where).items():
        if short not in names:
            raise _fault(f"{where}: unknown key {str(short)[:40]!r}", f"Known: {', '.join(names)}.")
        name, key = names[short]
        inside = _inner(table, name)
        if key.startswith("ms:"):
            told[name] = _exact(value, where)
        elif inside and value is not None:
            kind, inner = inside
            each = [value] if kind == "one" else _list(value, where)
            long = [_long(one, inner, f"{where}.{short}") for one in each]
            told[name] = long[0] if kind == "one" else long
        else:
            told[name] = value
    return told


def _object(held: object, where: str) -> Plain:
    if not isinstance(held, dict):
        raise _fault(f"{where} is {str(held)[:40]!r}", "It must be an object.")
    return held


def _list(held: object, where: str) -> list[Any]:
    if not isinstance(held, list):
        raise _fault(f"{where} is {str(held)[:40]!r}", "It must be a list.")
    return held


def _fault(what: str, hint: str) -> Exception:
    return refuse("invalid", what=what, hint=hint)
