"""A live server in processes of its own, and the clips that its clients bring."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import imageio_ffmpeg

STARTS_S, STOPS_S = 240.0, 60.0


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """`reelscore serve` with its workers, on a free port of this machine; its address."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "reelscore",
        "serve",
        "--port",
        str(port),
        "--data",
        str(folder / "data"),
        *options,
    ]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _wait(process, address, log)
            yield address
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until it answers and somebody works for it."""
    ends = time.monotonic() + STARTS_S
    while time.monotonic() < ends:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        try:
            if httpx.get(f"{address}/readyz", timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"the server was not ready in {STARTS_S:g} s: {log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """It, and whatever it started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPS_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def clip(path: Path, seconds: int = 4, size: str = "320x180", colour: str = "steelblue") -> Path:
    """A film of one colour with a tone."""
    source = ("-f", "lavfi", "-i", f"color={colour}:s={size}:r=25:d={seconds}")
    tone = ("-f", "lavfi", "-i", f"sine=f=330:r=48000:d={seconds}")
    coding = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest")
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([ffmpeg, "-v", "error", "-y", *source, *tone, *coding, str(path)], check=True, timeout=300)
    return path


def streams_of(path: Path) -> dict[str, float]:
    """What a file holds, by decoding all of it: "video" and "audio", each with its seconds."""
    import av

    held: dict[str, float] = {}
    with av.open(str(path)) as container:
        for stream in container.streams:
            held[stream.type] = 0.0
        for frame in container.decode():
            kind = "video" if isinstance(frame, av.VideoFrame) else "audio"
            assert frame.time is not None
            held[kind] = max(held[kind], frame.time)
    return held
