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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import cv2
import imageio_ffmpeg
import numpy as np

from tests.media.scenes import RATE, Picture, Shot, picture, random_shot

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
                    new = _mixed(new, np.full_like(new, 255), 0.25)
                if piece.strobe and piece.strobe[0] <= n < piece.strobe[1] and (n - piece.strobe[0]) % 4 < 2:
                    new = _mixed(new, np.zeros_like(new), 0.15)
                yield new

    def write(self, path: Path, encoding: str = "h264", extra: tuple[str, ...] = ()) -> Path:
        """Encode with one of ENCODINGS (and further ffmpeg output options)."""
        self.write_in({encoding: path}, extra)
        return path

    def write_in(self, paths: Mapping[str, Path], extra: tuple[str, ...] = ()) -> None:
        """Encode in each of these ENCODINGS; the pictures are drawn once for all."""
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-f", "rawvideo"]
        command += ["-pix_fmt", "bgr24", "-s", f"{self.width}x{self.height}", "-r", str(RATE), "-i", "pipe:0"]
        for encoding, path in paths.items():
            command += [*ENCODINGS[encoding], *extra, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            for image in self.pictures():
                encoder.stdin.write(image.tobytes())
            encoder.stdin.close()
            assert encoder.wait() == 0


def _blend(old: Picture, new: Picture, share: float, join: str) -> Picture:
    if join == "dissolve":
        return _mixed(old, new, 1 - share)
    wall = np.zeros_like(old) if join == "black" else np.full_like(old, 255)
    side, weight = (old, 1 - 2 * share) if share < 0.5 else (new, 2 * share - 1)
    return _mixed(side, wall, weight)


def _mixed(one: Picture, other: Picture, share: float) -> Picture:
    return np.asarray(cv2.addWeighted(one, share, other, 1 - share, 0), np.uint8)


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


@dataclass(frozen=True)
class Score:
    """Found cuts against true ones, at +-1 frame; and how many gradual changes were noticed."""

    precision: float
    recall: float
    false: tuple[int, ...]
    missed: tuple[int, ...]
    gradual: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(truth: Film, found: Iterable[tuple[int, str]]) -> Score:
    """`found`: frame and kind ("cut" or anything else for gradual) of every opening reported."""
    openings = list(found)
    hard = [frame for frame, kind in openings if kind == "cut"]
    soft = [frame for frame, kind in openings if kind != "cut"]
    false = tuple(frame for frame in hard if all(abs(frame - cut) > 1 for cut in truth.cuts))
    missed = tuple(cut for cut in truth.cuts if all(abs(frame - cut) > 1 for frame in hard))
    hit = len(truth.cuts) - len(missed)
    seen = sum(any(first - 2 <= frame <= last + 2 for frame in soft) for first, last, _ in truth.gradual)
    precision = hit / (hit + len(false)) if hit else float(not false)
    return Score(precision, hit / len(truth.cuts) if truth.cuts else 1.0, false, missed, seen)
