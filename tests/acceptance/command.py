"""The installed command, run as a person runs it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

COMMAND = Path(sys.executable).with_name("reelscore")


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def reelscore(*words: str | Path, cwd: Path, timeout: float = 900) -> Run:
    """Run the command in a folder; it never waits for input."""
    done = subprocess.run(
        [COMMAND, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL
    )
    return Run(done.returncode, done.stdout, done.stderr)


def packets(path: Path) -> list[str]:
    """Digest of every picture packet's payload, in order: equal lists mean the very same picture stream."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        return [hashlib.md5(bytes(packet)).hexdigest() for packet in file.demux(stream) if packet.size]


def frames_and_length(path: Path) -> tuple[int, float]:
    """Frames shown, and seconds from the first to the end of the last."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        times = [float(f.pts * stream.time_base) for f in file.decode(stream) if f.pts is not None and stream.time_base]
        rate = float(stream.average_rate or 25)
    return len(times), times[-1] - times[0] + 1 / rate


def sound(path: Path, rate: int = 48_000) -> NDArray[np.float32]:
    """The decoded sound, (n, 2)."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate)
        blocks = [out.to_ndarray() for frame in file.decode(file.streams.audio[0]) for out in resampler.resample(frame)]
    return np.concatenate(blocks, axis=1).T.astype(np.float32)


def loudness(path: Path) -> tuple[float, float]:
    """Integrated LUFS and true peak in dBTP, by libebur128: not our own meter."""
    import pyebur128

    heard = sound(path).astype(np.float64)
    meter = pyebur128.R128State(2, 48_000, pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK)
    meter.add_frames(np.ascontiguousarray(heard).ravel(), len(heard))
    peak = max(pyebur128.get_true_peak(meter, channel) for channel in range(2))
    return float(pyebur128.get_loudness_global(meter)), 20 * float(np.log10(max(peak, 1e-9)))
