"""What clients send as a render's `output`, as the arguments of an export.

    {"format": "mp4", "quality": "high"}      {"format": "mp4", "codec": "h264", "crf": 23}

Sizes and codecs that clients name out of habit are not needed; what could not be met is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reelscore.edges.nemo.bodies import taken, wrong

_QUALITY = {
    "draft": "draft", "low": "draft", "preview": "draft", "medium": "standard", "standard": "standard",
    "normal": "standard", "high": "high", "best": "high", "ultra": "high",
}  # fmt: skip
_TAKEN = ("format", "resolution", "shape", "frame_rate", "start", "end", "name")
_FINE_CRF, _ROUGH_CRF = 18, 28  # at most this is high quality, from that on it is a draft
_LONGEST = 40


def export_arguments(output: Any) -> dict[str, str]:
    """The arguments of an export, from what clients send as `output`. Raises RefusedError."""
    if not isinstance(output, dict):
        raise wrong(f'"output" is a {type(output).__name__}.', 'Send {"format": "mp4", "quality": "high"}.')
    target = {name: _word(output, name) for name in _TAKEN if taken(output, name) is not None}
    target["format"] = target.get("format", "mp4").lower().lstrip(".")
    quality = _word(output, "quality").lower()
    if quality:
        if quality not in _QUALITY:
            raise wrong(f'There is no quality "{quality}".', f"Known: {', '.join(_QUALITY)}.")
        target["quality"] = _QUALITY[quality]
    elif isinstance(crf := taken(output, "crf"), int | float):
        target["quality"] = "high" if crf <= _FINE_CRF else "draft" if crf >= _ROUGH_CRF else "standard"
    codec = _word(output, "codec").lower()
    if codec not in ("", "h264", "avc", "libx264", "vp9"):
        raise wrong(f'The codec "{codec}" is not made here.', "Leave it out, or ask for h264.")
    if (rate := taken(output, "fps")) is not None and "frame_rate" not in target:
        target["frame_rate"] = _word({"fps": rate}, "fps")
    return target


def _word(output: Mapping[str, Any], name: str) -> str:
    value = taken(dict(output), name, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > _LONGEST:
        raise wrong(f'"output.{name}" is {str(value)[:40]!r}.', "Send a short word or a number.")
    return str(value)
