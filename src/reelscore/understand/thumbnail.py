"""One small picture of a film, an animation or a photograph, for people to know it by."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from reelscore.errors import MediaError
from reelscore.understand.frames import SmallFrame, iter_small_frames
from reelscore.understand.probe import probe
from reelscore.values.progress import Watch
from reelscore.values.reading import MediaInfo

_IN = 10  # the part of a film after which it is looked at: the very first picture is often black
_QUALITY = 80


def thumbnail(path: str, side: int, watch: Watch) -> str:
    """A JPEG of at most `side` pixels each way, base64; run in a child. Raises MediaError (sound alone, damaged)."""
    from PIL import Image

    info = probe(Path(path))
    if info.video is None:
        raise MediaError("A sound has no picture.", "Ask for that of a film or a photograph.")
    share = side / max(info.video.width, info.video.height, side)
    width, height = (max(2, round(length * share)) for length in (info.video.width, info.video.height))
    frame = _frame(Path(path), info, width, height)
    held = io.BytesIO()
    Image.fromarray(frame.image).save(held, "JPEG", quality=_QUALITY)
    return base64.b64encode(held.getvalue()).decode()


def _frame(path: Path, info: MediaInfo, width: int, height: int) -> SmallFrame:
    """A keyframe some way in; where none follows, the first picture there is."""
    for start, skip in ((info.duration / _IN, "nokey"), (None, "none")):
        frames = iter_small_frames(path, info, width, height, skip, start)
        frame = next(frames, None)
        if frame is not None:
            return frame
    raise MediaError("No picture of it can be decoded.", "The file is damaged: export it again.")
