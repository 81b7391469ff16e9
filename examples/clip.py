"""Draw a short film: layered hills under seven skies, one shot each. Something to score that needs no camera."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, FPS = 960, 540, 30
Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Shot:
    """One shot: colours as 0xRRGGBB, sun place and size as shares of the picture, drift in pixels a frame."""

    seconds: float
    sky: tuple[int, int]  # top, horizon
    hills: tuple[int, int]  # far, near
    sun: tuple[float, float, float, int]  # x, y, radius, colour
    drift: float
    ridges: int
    stars: int = 0


SHOTS = (
    Shot(4.4, (0x141E3C, 0xC8765A), (0x6B4A66, 0x1A1730), (0.62, 0.62, 0.06, 0xFFD9A0), 0.6, 4, 120),
    Shot(3.8, (0x2D5F9A, 0xF6D7A8), (0x8AA9B8, 0x24415A), (0.30, 0.40, 0.05, 0xFFF2CC), 1.6, 5),
    Shot(2.2, (0x3AA6C9, 0xE9F5E1), (0x7FC29B, 0x1F6B4F), (0.75, 0.22, 0.05, 0xFFFFFF), 5.0, 4),
    Shot(2.9, (0xF2A65A, 0xFDE3B0), (0xD9773F, 0x7A2F1D), (0.50, 0.45, 0.11, 0xFFF7DD), 3.0, 3),
    Shot(2.1, (0x5B2A86, 0xF0698C), (0x8B3A7E, 0x2B1145), (0.40, 0.50, 0.09, 0xFFC27A), 6.0, 5),
    Shot(4.6, (0x05070F, 0x1D3B6B), (0x16304F, 0x050A14), (0.80, 0.20, 0.03, 0xE8F0FF), 0.9, 5, 400),
    Shot(4.0, (0x0F1026, 0x58406E), (0x2E2A55, 0x0B0B1C), (0.50, 0.66, 0.15, 0xFF9E7A), 0.3, 4, 200),
)


def colour(code: int) -> Picture:
    return np.array([code >> 16, code >> 8 & 255, code & 255], dtype=np.float32)


def ridge(shot: int, layer: int, left: float) -> Picture:
    """Height of one range of hills along the picture's width, 0..1."""
    x = (np.arange(WIDTH, dtype=np.float32) + left) / WIDTH
    phase = shot * 1.7 + layer * 2.3
    waves = ((2.1, 0.55), (4.7, 0.25), (11.3, 0.12), (29.0, 0.05))
    return sum(a * np.sin(f * x * (1 + 0.3 * layer) + phase * f) for f, a in waves).astype(np.float32)  # type: ignore[union-attr]


def sky(index: int, shot: Shot) -> NDArray[np.uint8]:
    """What stands still in a shot: the sky, its stars and its sun."""
    down = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    top, horizon = colour(shot.sky[0]), colour(shot.sky[1])
    picture = np.broadcast_to((top + (horizon - top) * down**1.4)[:, None, :], (HEIGHT, WIDTH, 3)).copy()
    for x, y in np.random.default_rng(index).uniform(0, 1, (shot.stars, 2)):
        row, column = int(y * 0.6 * HEIGHT), int(x * (WIDTH - 2))
        picture[row : row + 2, column : column + 2] = 235
    x, y, radius, light = shot.sun
    columns = np.arange(WIDTH, dtype=np.float32)[None, :]
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    away = np.hypot(columns - x * WIDTH, rows - y * HEIGHT) / HEIGHT
    disc = np.clip((radius - away) * 300, 0, 1)
    glow = np.maximum(disc, 0.55 * np.exp(-((away / (radius * 3.2)) ** 2)))[:, :, None]
    picture += (colour(light) - picture) * glow
    return picture.astype(np.uint8)


def frame(index: int, shot: Shot, n: int, behind: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Frame `n` of a shot, (HEIGHT, WIDTH, 3) RGB: hills pass before the sky, the near ones faster."""
    picture = behind.copy()
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    far, near = colour(shot.hills[0]), colour(shot.hills[1])
    for layer in range(shot.ridges):
        depth = layer / max(1, shot.ridges - 1)
        height = 0.62 + 0.32 * depth - 0.08 * ridge(index, layer, n * shot.drift * (0.25 + depth))
        picture[rows > height[None, :] * HEIGHT] = (far + (near - far) * depth).astype(np.uint8)
    return picture


def draw(path: Path) -> None:
    """Write the film: seven shots, 24 seconds, 960x540 at 30 frames a second, silent."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-", "-c:v", "libx264", "-preset", "veryfast"]
    command += ["-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for index, shot in enumerate(SHOTS):
            behind = sky(index, shot)
            for n in range(round(shot.seconds * FPS)):
                encoder.stdin.write(frame(index, shot, n, behind).tobytes())
        encoder.stdin.close()
    if encoder.returncode:
        raise SystemExit(f"The encoder failed ({encoder.returncode}).")
