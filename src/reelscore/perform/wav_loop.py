"""The loop that a WAV file carries in its `smpl` chunk. (Multimedia Programming Interface and Data Specifications 1.0,
Microsoft and IBM, 1991, and its 1994 update: sampler chunk.)"""

from __future__ import annotations

import struct
from pathlib import Path

_MOST_CHUNKS = 200


def wav_loop(path: Path) -> tuple[int, int] | None:
    """First frame of the first loop, and one past its last; None where the file has none or is no WAV."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] != b"RIFF" or head[8:] != b"WAVE":
                return None
            for _ in range(_MOST_CHUNKS):
                name, size = struct.unpack("<4sI", file.read(8))
                if name == b"smpl":
                    body = file.read(60)
                    loops = struct.unpack_from("<I", body, 28)[0]
                    start, last = struct.unpack_from("<II", body, 44)
                    return (start, last + 1) if loops and last > start else None
                file.seek(size + size % 2, 1)
    except (OSError, struct.error):
        pass
    return None
