"""The film's own sound, decoded in a limited child process and handed over through a file.

Sound is too big for the line between processes: ten minutes are 230 MB. The child writes raw samples into a folder of
the caller's; the caller reads them and the folder goes away.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from reelscore.sandbox.child import MIB, Limits, allow_cpu
from reelscore.sandbox.jobs import Job, run_jobs
from reelscore.understand.files import shown
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import MediaInfo
from reelscore.values.sound import SAMPLE_RATE, Samples

CPU_SECONDS_PER_MEDIA_SECOND = 1.0
LONGEST_HOURS = 4


def read_original(path: Path, watch: Watch = unwatched) -> Samples:
    """The sound on the film's clock, (n, 2) at 48 kHz. Raises MediaError when there is none or it cannot be decoded."""
    room = LONGEST_HOURS * 3600 * SAMPLE_RATE * 8
    limits = Limits(file_size=room, resident=4096 * MIB, address_space=16384 * MIB)
    with tempfile.TemporaryDirectory(prefix="reelscore-") as folder:
        raw = os.path.join(folder, "sound.f32")
        arguments = {"path": os.path.abspath(path), "out": raw}
        run_jobs([Job("reelscore.understand.original:store", arguments, shown(path), limits=limits)], watch)
        return np.fromfile(raw, dtype="<f4").astype(np.float32, copy=False).reshape(-1, 2)


def store(path: str, out: str, watch: Watch) -> MediaInfo:
    """The child's side: decode all of the sound into `out`, raw little-endian float32 pairs."""
    from reelscore.understand.probe import probe
    from reelscore.understand.samples import read_samples

    info = probe(Path(path))
    allow_cpu(20 + CPU_SECONDS_PER_MEDIA_SECOND * float(info.duration))
    np.ascontiguousarray(read_samples(Path(path), info, SAMPLE_RATE, watch), dtype="<f4").tofile(out)
    return info
