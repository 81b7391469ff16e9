"""A film whose cuts are known, made by script: numpy and OpenCV draw it, ffmpeg encodes it.

The scenes are fractal textures (the 1/f spectrum of real pictures) under a moving camera, with textured subjects,
grain, and their own light and palette. `film()` joins them at known frames: hard cuts, jump cuts within a scene,
dissolves, fades through black and white; and traps that are no cuts: two-frame flashes, a strobe, whip pans,
a subject that fills the frame, exposure steps, titles that appear. `single_shots()` have no cut at all.

    film(seconds=90).write(path)                 # H.264 as x264 makes it
    film(seconds=90).write(path, "hevc")         # any of ENCODINGS
    film().cuts, film().gradual                  # the truth, in frames
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 30
WORLD = 1.6  # a scene's painted world is this many pictures wide and high
GRAIN_TILES = 8

_X264 = ("-c:v", "libx264", "-preset", "fast", "-pix_fmt", "yuv420p")
ENCODINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "h264": _X264,
        "h264_no_scenecut": (*_X264, "-sc_threshold", "0", "-g", "60"),
        "h264_long_gop": (*_X264, "-sc_threshold", "0", "-g", "250", "-bf", "3"),
        "h264_hardware_like": (*_X264, "-bf", "0", "-g", "30", "-sc_threshold", "0", "-refs", "1"),
        "h264_many_b": (*_X264, "-bf", "8", "-b_strategy", "2", "-g", "120"),
        "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=error"),
        "vp9": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"),
    }
)


@dataclass(frozen=True)
class Shot:
    """What one camera sees. Positions are shares of the world, speeds shares per second."""

    seed: int
    palette: tuple[float, float, float] = (0.5, 0.0, 0.0)  # lightness 0..1, a and b tint -1..1
    contrast: float = 1.0
    at: tuple[float, float] = (0.5, 0.5)
    pan: tuple[float, float] = (0.0, 0.0)
    zoom: float = 1.6
    zooming: float = 0.0  # e-folds per second
    shake: float = 0.0
    subjects: int = 1
    subject_speed: float = 0.2
    subject_size: float = 0.16
    grain: float = 1.5
    whip: tuple[float, float] | None = None  # a fast pan from, to (seconds into the shot)
    exposure: tuple[float, float, float] | None = None  # gain goes to [2] between [0] and [1] seconds
    flicker: float = 0.0
    title: tuple[float, float] | None = None  # seconds at which a title appears and goes


@dataclass(frozen=True)
class Piece:
    """A shot for `frames` frames, joined to the piece before by `join` lasting `overlap` frames."""

    shot: Shot
    frames: int
    join: str = "cut"  # "cut", "jump", "dissolve", "black", "white"
    overlap: int = 0
    flashes: tuple[int, ...] = ()
    strobe: tuple[int, int] | None = None
    since: int = 0  # frames of the shot already gone when the piece starts


@dataclass(frozen=True)
class Film:
    """Pieces in order, and the truth about their joins in frames (a join's frame = first frame of the new shot)."""

    pieces: tuple[Piece, ...]
    width: int = 640
    height: int = 360
    cuts: tuple[int, ...] = field(init=False)
    gradual: tuple[tuple[int, int, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        cuts: list[int] = []
        gradual: list[tuple[int, int, str]] = []
        at = 0
        for index, piece in enumerate(self.pieces):
            if index and piece.overlap:
                gradual.append((at, at + piece.overlap, piece.join))
            elif index:
                cuts.append(at)
            at += piece.frames
        object.__setattr__(self, "cuts", tuple(cuts))
        object.__setattr__(self, "gradual", tuple(gradual))

    @property
    def frames(self) -> int:
        return sum(piece.frames for piece in self.pieces)

    def pictures(self) -> Iterator[Picture]:
        """Every frame, BGR."""
        size = (self.width, self.height)
        for index, piece in enumerate(self.pieces):
            before = self.pieces[index - 1] if index else None
            for n in range(piece.frames):
                new = picture(piece.shot, piece.since + n, size)
                if before is not None and n < piece.overlap:
                    old = picture(before.shot, before.since + before.frames + n, size)
                    new = _blend(old, new, (n + 1) / (piece.overlap + 1), piece.join)
                if any(0 <= n - flash < 2 for flash in piece.flashes):
                    new = cv2.addWeighted(new, 0.25, np.full_like(new, 255), 0.75, 0)
                if piece.strobe and piece.strobe[0] <= n < piece.strobe[1] and (n - piece.strobe[0]) % 4 < 2:
                    new = cv2.convertScaleAbs(new, alpha=0.15)
                yield new

    def write(self, path: Path, encoding: str = "h264", extra: tuple[str, ...] = ()) -> Path:
        """Encode with one of ENCODINGS (and further ffmpeg output options)."""
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-f", "rawvideo"]
        command += ["-pix_fmt", "bgr24", "-s", f"{self.width}x{self.height}", "-r", str(RATE), "-i", "pipe:0"]
        command += [*ENCODINGS[encoding], *extra, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            for image in self.pictures():
                encoder.stdin.write(image.tobytes())
            encoder.stdin.close()
            assert encoder.wait() == 0
        return path


def _blend(old: Picture, new: Picture, share: float, join: str) -> Picture:
    if join == "dissolve":
        return np.asarray(cv2.addWeighted(old, 1 - share, new, share, 0), np.uint8)
    wall = np.zeros_like(old) if join == "black" else np.full_like(old, 255)
    side, weight = (old, 1 - 2 * share) if share < 0.5 else (new, 2 * share - 1)
    return np.asarray(cv2.addWeighted(side, weight, wall, 1 - weight, 0), np.uint8)


@lru_cache(maxsize=6)
def _fractal(seed: int, height: int, width: int, channels: int) -> NDArray[np.float32]:
    """Octaves of smooth noise plus a few hard-edged shapes (buildings, horizons), about -1..1."""
    draw = np.random.default_rng(seed)
    total = np.zeros((height, width, channels), np.float32)
    cells, weight = 3, 1.0
    while cells < width // 2:
        noise = draw.standard_normal((max(2, cells * height // width + 1), cells + 1, channels), np.float32)
        total += weight * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC).reshape(total.shape)
        cells, weight = cells * 2, weight * 0.72
    for _ in range(int(draw.integers(6, 16))):
        left, top = int(draw.integers(0, width)), int(draw.integers(0, height))
        right, low = (
            left + int(draw.integers(width // 24, width // 5)),
            top + int(draw.integers(height // 16, height // 3)),
        )
        total[top:low, left:right] += draw.normal(0, 0.9, channels).astype(np.float32)
    return total / np.float32(2.0)


@lru_cache(maxsize=4)
def _world(seed: int, palette: tuple[float, float, float], contrast: float, size: tuple[int, int]) -> Picture:
    width, height = int(size[0] * WORLD), int(size[1] * WORLD)
    shape = _fractal(seed, height, width, 1)[..., 0]
    tint = _fractal(seed + 7919, height // 4, width // 4, 2)
    lab = np.empty((height, width, 3), np.float32)
    lab[..., 0] = np.clip(100 * (palette[0] + 0.22 * contrast * shape), 2, 98)
    lab[..., 1:] = 40 * np.asarray(palette[1:], np.float32) + 14 * cv2.resize(tint, (width, height))
    return np.clip(255 * cv2.cvtColor(lab, cv2.COLOR_Lab2BGR), 0, 255).astype(np.uint8)


@lru_cache(maxsize=2)
def _grain(width: int, height: int) -> NDArray[np.float32]:
    return np.random.default_rng(99).standard_normal((GRAIN_TILES, height + 64, width + 64)).astype(np.float32)


def _camera(shot: Shot, seconds: float, size: tuple[int, int]) -> NDArray[np.float32]:
    """The affine map from the picture to the world."""
    zoom = shot.zoom * float(np.exp(shot.zooming * seconds))
    scale = WORLD / zoom
    x = shot.at[0] + shot.pan[0] * seconds + shot.shake * 0.01 * np.sin(seconds * 11 + shot.seed)
    y = shot.at[1] + shot.pan[1] * seconds + shot.shake * 0.01 * np.sin(seconds * 7.3 + 2 * shot.seed)
    if shot.whip:
        start, end = shot.whip
        x += 1.1 * float(np.clip((seconds - start) / (end - start), 0, 1))
    centre = (x * WORLD * size[0], y * WORLD * size[1])
    return np.array(
        [[scale, 0, centre[0] - scale * size[0] / 2], [0, scale, centre[1] - scale * size[1] / 2]], np.float32
    )


def _subjects(image: Picture, shot: Shot, seconds: float) -> None:
    height, width = image.shape[:2]
    draw = np.random.default_rng(shot.seed + 31)
    for index in range(shot.subjects):
        phase, colour = draw.random(4), draw.integers(20, 235, 3)
        x = width * (0.5 + 0.42 * np.sin(6.28 * (phase[0] + shot.subject_speed * seconds)))
        y = height * (0.55 + 0.25 * np.sin(6.28 * (phase[1] + 0.7 * shot.subject_speed * seconds)))
        size = int(width * shot.subject_size * (0.6 + 0.8 * phase[2]))
        axes, tilt = (max(2, size // 2), max(2, int(size * 0.7))), 40 * float(np.sin(seconds * 2 + index))
        shade = tuple(int(c) for c in colour)
        cv2.ellipse(image, (int(x), int(y)), axes, tilt, 0, 360, shade, -1, cv2.LINE_AA)
        cv2.ellipse(
            image, (int(x), int(y - size * 0.3)), (size // 6 + 1, size // 6 + 1), 0, 0, 360, (200, 220, 235), -1
        )
        cv2.line(image, (int(x - size * 0.4), int(y)), (int(x + size * 0.4), int(y + size * 0.3)), (30, 30, 40), 3)


def picture(shot: Shot, n: int, size: tuple[int, int]) -> Picture:
    """Frame n of a shot, BGR, (height, width, 3)."""
    seconds = n / RATE
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    world = _world(shot.seed, shot.palette, shot.contrast, size)
    image = cv2.warpAffine(world, _camera(shot, seconds, size), size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    _subjects(image, shot, seconds)
    gain = 1.0
    if shot.exposure:
        start, end, target = shot.exposure
        gain = 1 + (target - 1) * float(np.clip((seconds - start) / max(end - start, 1e-6), 0, 1))
    if shot.flicker:
        gain *= 1 + shot.flicker * float(np.sin(n * 1.9))
    draw = np.random.default_rng(shot.seed * 100_003 + n)
    tile, dy, dx = int(draw.integers(GRAIN_TILES)), int(draw.integers(64)), int(draw.integers(64))
    grain = _grain(*size)[tile, dy : dy + size[1], dx : dx + size[0]]
    light = cv2.convertScaleAbs(image, alpha=gain) if gain != 1 else image
    noisy = cv2.add(light, cv2.merge([grain * shot.grain] * 3), dtype=cv2.CV_8U)
    if shot.title and shot.title[0] <= seconds < shot.title[1]:
        at, scale = (size[0] // 6, int(size[1] * 0.9)), size[0] / 700
        cv2.putText(
            noisy, "what she said that morning", at, cv2.FONT_HERSHEY_DUPLEX, scale, (250, 250, 250), 2, cv2.LINE_AA
        )
    return np.asarray(noisy, np.uint8)


def random_shot(seed: int) -> Shot:
    """A plausible shot: mostly calm cameras, some pans, zooms and hand-held ones, day and night."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(["still", "pan", "zoom", "hand"])
    light = float(draw.choice([0.22, 0.38, 0.5, 0.62, 0.78]))
    speed = draw.normal(0, 0.05, 2) if kind == "pan" else np.zeros(2)
    return Shot(
        seed=seed,
        palette=(light, float(draw.normal(0, 0.35)), float(draw.normal(0.05, 0.45))),
        contrast=float(draw.uniform(0.6, 1.3)),
        at=(float(draw.uniform(0.35, 0.65)), float(draw.uniform(0.35, 0.65))),
        pan=(float(speed[0]), float(speed[1])),
        zoom=float(draw.uniform(1.2, 2.2)),
        zooming=float(draw.normal(0, 0.05)) if kind == "zoom" else 0.0,
        shake=1.0 if kind == "hand" else 0.0,
        subjects=int(draw.integers(0, 4)),
        subject_speed=float(draw.uniform(0.05, 0.5)),
        subject_size=float(draw.uniform(0.08, 0.28)),
        grain=float(draw.uniform(0.5, 2.5)),
    )


def film(seconds: int = 90, width: int = 640, height: int = 360, seed: int = 5) -> Film:
    """About one hard cut every 1.8 s, jump cuts among them, graduals and traps strewn in."""
    draw = np.random.default_rng(seed)
    pieces: list[Piece] = []
    length = 0
    index = 0
    while length < seconds * RATE:
        shot = random_shot(seed * 1000 + index)
        frames = int(np.clip(draw.lognormal(3.85, 0.5), 14, 150))
        join, overlap, since = "cut", 0, 0
        if index % 7 == 3:
            join, overlap = str(draw.choice(["dissolve", "black", "white", "dissolve"])), int(draw.integers(10, 26))
            frames = max(frames, overlap + 30)
        elif index % 9 == 5:
            join, since = "jump", 90
            old = pieces[-1].shot
            where = (1 - old.at[0], old.at[1] + 0.08)
            shot = Shot(**{**old.__dict__, "at": where, "zoom": old.zoom * 1.35, "title": None, "whip": None})
        shot, frames, flashes, strobe = _with_trap(shot, index, frames)
        pieces.append(Piece(shot, frames, join, overlap, flashes, strobe, since))
        length += frames
        index += 1
    return Film(tuple(pieces), width, height)


def _with_trap(shot: Shot, index: int, frames: int) -> tuple[Shot, int, tuple[int, ...], tuple[int, int] | None]:
    changes: dict[str, object] = {}
    flashes: tuple[int, ...] = ()
    strobe = None
    if index % 6 == 2:
        frames = max(frames, 60)
        flashes = (34,)
    elif index % 11 == 4:
        frames, changes = max(frames, 75), {"whip": (1.2, 1.6)}
    elif index % 13 == 8:
        frames, changes = max(frames, 70), {"title": (0.9, 1.8)}
    elif index % 17 == 6:
        frames, strobe = max(frames, 80), (40, 64)
    elif index % 19 == 10:
        frames, changes = max(frames, 80), {"exposure": (1.2, 1.5, 0.5)}
    elif index % 5 == 1:
        changes = {"subject_speed": 1.2, "subject_size": 0.4, "subjects": 2}
    return Shot(**{**shot.__dict__, **changes}), frames, flashes, strobe


def single_shots(frames: int = 150, width: int = 640, height: int = 360) -> dict[str, Film]:
    """Clips without a cut, by what happens in them."""
    base = Shot(seed=77, palette=(0.5, 0.1, 0.3), subjects=2)

    def one(**changes: object) -> Film:
        piece = Piece(Shot(**{**base.__dict__, **changes}), frames)
        return Film((piece,), width, height)

    flashy = Piece(base, frames, flashes=(40, 41, 90), strobe=(110, 134))
    return {
        "still": one(subjects=0),
        "pan": one(pan=(0.12, 0.02)),
        "whip": one(whip=(2.0, 2.35)),
        "zoom": one(zooming=0.18),
        "handheld": one(shake=2.5, subject_speed=0.6),
        "fast_subject": one(subject_speed=1.6, subject_size=0.55, subjects=2),
        "flicker": one(flicker=0.12),
        "exposure": one(exposure=(1.5, 1.9, 0.45)),
        "step_exposure": one(exposure=(2.0, 2.01, 0.6)),
        "flashes": Film((flashy,), width, height),
        "titles": one(title=(1.0, 3.0)),
        "dark": one(palette=(0.12, 0.0, -0.1), contrast=0.5, grain=4.0),
    }
