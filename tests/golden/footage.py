"""The media behind the sample timelines of `edit/samples.py`, drawn and played by script: small, distinct, the same
on every machine.

Every film shows its own clock (seconds of the source) at the top left, so that a picture tells which moment of which
file it is; nothing in a picture is symmetric, so that it tells when it is mirrored or turned. What the samples' facts
say is true of them: the city cuts at 3 and 7 s and its tower stands left, the face is on the right and speaks from 1 to
9 s, the music has 120 beats a minute and bars of four.

`Footage(folder).sources` maps each sample's Media.id to its file. Films are 320x180 at 30 frames a second.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import imageio_ffmpeg
import numpy as np
import soundfile
from numpy.typing import NDArray

from reelscore.edit.samples import ALL_MEDIA, BEACH, CITY, INTERVIEW, LOFI, LOGO, PHOTO, VOICE
from reelscore.render.sources import Source, Sources
from reelscore.understand.probe import probe
from reelscore.values.sound import SAMPLE_RATE

Image = NDArray[np.uint8]
Wave = NDArray[np.float64]
WIDTH, HEIGHT, RATE = 320, 180, 30
STILL = (400, 300)
_AA = cv2.LINE_AA
_FILM = "-c:v libx264 -preset veryfast -threads 1 -crf 14 -g 15 -pix_fmt yuv420p"
_BT709 = "-vf scale=out_color_matrix=bt709:out_range=tv -colorspace bt709 -color_primaries bt709 -color_trc bt709"


class Footage:
    """Draws every file into `folder` once."""

    def __init__(self, folder: Path) -> None:
        makers: dict[str, Callable[[Path], Path]] = {
            CITY.id: lambda at: _film(at / "city.mp4", _city, 20),
            BEACH.id: lambda at: _film(at / "beach.mp4", _beach, 8, _surf(8)),
            INTERVIEW.id: lambda at: _film(at / "interview.mp4", _interview, 30, _talking(30, 118.0, 1.0, 9.0, 0.075)),
            PHOTO.id: lambda at: _picture(at / "sunset.png", _sunset()),
            LOFI.id: lambda at: _sound(at / "lofi.wav", _lofi(60)),
            VOICE.id: lambda at: _sound(at / "voice.wav", _talking(12, 205.0, 0.0, 12.0, 0.11)),
            LOGO.id: lambda at: _picture(at / "logo.png", _logo()),
        }
        paths = {medium.id: makers[medium.id](folder) for medium in ALL_MEDIA}
        self.sources: Sources = {media: Source(path, probe(path)) for media, path in paths.items()}


# ---- pictures -------------------------------------------------------------------------------------------------------


def _sky(top: tuple[int, int, int], bottom: tuple[int, int, int], size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image:
    """A fall of colour in eight bands, which keeps stored pictures small."""
    width, height = size
    share = (np.arange(height) * 8 // height / 7)[:, None]
    rows = np.asarray(top) * (1 - share) + np.asarray(bottom) * share
    return np.repeat(rows.round().astype(np.uint8)[:, None], width, axis=1)


def _clock(image: Image, n: int) -> None:
    """The source's own time in whole tenths of a second."""
    cv2.rectangle(image, (8, 7), (84, 33), (20, 20, 20), -1)
    cv2.putText(image, f"{n * 10 // RATE / 10:04.1f}", (13, 28), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 255, 255), 2, _AA)


def _city() -> Iterator[Image]:
    """Dusk over towers in three shots, the clock tower left; a moon and the cars' lights pass."""
    colours = (((96, 150, 220), (240, 200, 160)), ((70, 80, 150), (230, 130, 100)), ((16, 22, 60), (70, 60, 120)))
    stages = [_skyline(_sky(*colour), shot) for shot, colour in enumerate(colours)]
    for n in range(20 * RATE):
        image = stages[(n >= 3 * RATE) + (n >= 7 * RATE)].copy()
        cv2.circle(image, (112 + n // 3, 26), 13, (255, 244, 200), -1, _AA)
        for car in range(3):
            x = (n * (3 + car) + 110 * car) % (WIDTH + 40) - 20
            cv2.line(image, (x, 137 + 3 * car), (x + 18, 137 + 3 * car), (255, 210 - 60 * car, 120), 2)
        _clock(image, n)
        yield image


def _skyline(image: Image, shot: int) -> Image:
    dark = (44 - 8 * shot, 52 - 8 * shot, 78 - 6 * shot)
    for x, width, height in ((6, 36, 60), (112, 30, 84), (150, 44, 52), (202, 26, 100), (236, 40, 70), (284, 30, 46)):
        cv2.rectangle(image, (x, 132 - height), (x + width, 132), dark, -1)
        for row in range(132 - height + 8, 126, 12):
            for column in range(x + 6, x + width - 5, 10):
                if (row // 12 * 3 + column // 10) % (4 - shot) == 0:
                    cv2.rectangle(image, (column, row), (column + 3, row + 4), (255, 226, 140), -1)
    cv2.rectangle(image, (66, 62), (96, 132), (150, 70, 60), -1)  # the clock tower
    cv2.fillPoly(image, [np.array([(60, 62), (81, 38), (102, 62)])], (110, 44, 44), _AA)
    cv2.circle(image, (81, 78), 10, (250, 246, 230), -1, _AA)
    image[132:] = (34, 36, 44)
    return image


def _beach() -> Iterator[Image]:
    """Sea, sand, a sun right, a sail that goes from left to right."""
    stage = _sky((90, 190, 235), (190, 232, 245))
    cv2.circle(stage, (262, 36), 20, (255, 236, 130), -1, _AA)
    for n in range(8 * RATE):
        image = stage.copy()
        image[84:] = (28, 140, 170)
        x = 30 + n
        cv2.fillPoly(image, [np.array([(x, 40), (x, 86), (x + 30, 86)])], (250, 250, 250), _AA)
        cv2.rectangle(image, (x - 12, 88), (x + 34, 95), (190, 50, 40), -1)
        edge = 128 + np.round(6 * np.sin(np.arange(WIDTH) / 22 + n / 9) + 5 * np.sin(n / 20)).astype(int)
        rows = np.arange(HEIGHT)[:, None]
        image[rows >= edge] = (236, 206, 150)
        image[(rows >= edge - 5) & (rows < edge)] = (240, 250, 250)
        _clock(image, n)
        yield image


def _interview() -> Iterator[Image]:
    """A face on the right that nods and speaks from 1 to 9 s, a plant left."""
    stage = _sky((150, 110, 84), (96, 66, 54))
    cv2.rectangle(stage, (96, 18), (164, 66), (214, 196, 160), -1)
    cv2.rectangle(stage, (101, 23), (159, 61), (70, 120, 110), -1)
    for leaf in range(5):
        cv2.ellipse(stage, (60, 126), (10, 34), -50 + 25 * leaf, 0, 360, (60, 130 + 12 * leaf, 70), -1, _AA)
    for n in range(30 * RATE):
        image = stage.copy()
        x, y = 224 + round(5 * np.sin(n / 17)), 72 + round(3 * np.sin(n / 11))
        cv2.ellipse(image, (224, 186), (74, 62), 0, 180, 360, (40, 70, 140), -1, _AA)
        cv2.rectangle(image, (x - 14, y + 24), (x + 14, y + 60), (206, 150, 120), -1)
        cv2.ellipse(image, (x, y), (36, 46), 0, 0, 360, (232, 178, 144), -1, _AA)
        cv2.ellipse(image, (x, y - 18), (39, 32), 0, 180, 360, (60, 36, 28), -1, _AA)
        for eye in (-14, 14):
            cv2.circle(image, (x + eye, y - 4), 5, (30, 30, 36), -1, _AA)
        open_by = 3 + round(5 * abs(np.sin(n / 3))) if RATE <= n < 9 * RATE else 2
        cv2.ellipse(image, (x, y + 22), (12, open_by), 0, 0, 360, (140, 40, 50), -1, _AA)
        _clock(image, n)
        yield image


def _sunset() -> Image:
    """Four by three: a low sun left of the middle behind mountains."""
    image = _sky((70, 40, 110), (255, 150, 60), STILL)
    cv2.circle(image, (150, 180), 44, (255, 226, 120), -1, _AA)
    cv2.fillPoly(image, [np.array([(0, 230), (90, 150), (180, 230), (290, 130), (400, 240), (400, 300), (0, 300)])],
                 (60, 30, 60), _AA)  # fmt: skip
    return image


def _logo() -> Image:
    """A letter in a green ring on nothing."""
    image = np.zeros((STILL[1], STILL[0], 4), np.uint8)
    cv2.circle(image, (200, 150), 130, (30, 170, 110, 255), -1, _AA)
    cv2.circle(image, (200, 150), 104, (245, 250, 245, 255), -1, _AA)
    cv2.putText(image, "R", (138, 218), cv2.FONT_HERSHEY_SIMPLEX, 6.0, (30, 170, 110, 255), 26, _AA)
    return image


def _picture(path: Path, image: Image) -> Path:
    order = cv2.COLOR_RGBA2BGRA if image.shape[2] == 4 else cv2.COLOR_RGB2BGR
    cv2.imwrite(str(path), cv2.cvtColor(image, order))
    return path


def _film(path: Path, drawn: Callable[[], Iterator[Image]], seconds: int, sound: Wave | None = None) -> Path:
    heard: list[str] = []
    if sound is not None:
        heard = ["-i", str(_sound(path.with_suffix(".wav"), sound)), "-c:a", "aac", "-b:a", "128k"]
    raw = f"-f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {RATE} -i -".split()
    settings = [*_FILM.split(), *_BT709.split(), "-t", str(seconds), str(path)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *raw, *heard, *settings]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin is not None
    for image in drawn():
        process.stdin.write(image.tobytes())
    process.stdin.close()
    if process.wait():
        raise RuntimeError(f"{path.name} could not be encoded")
    return path


# ---- sounds, (n, 2) at 48 kHz ---------------------------------------------------------------------------------------


def _time(seconds: float) -> Wave:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _sound(path: Path, wave: Wave) -> Path:
    soundfile.write(path, wave, SAMPLE_RATE, subtype="PCM_16")
    return path


def _surf(seconds: int) -> Wave:
    """Noise that swells every four seconds, wider than the middle."""
    noise = np.random.default_rng(1).standard_normal((seconds * SAMPLE_RATE, 2))
    soft = np.cumsum(noise - noise.mean(axis=0), axis=0)
    soft = soft - np.apply_along_axis(_smoothed, 0, soft)
    swell = 0.35 + 0.65 * np.sin(np.pi * _time(seconds) / 4) ** 2
    return np.asarray(0.035 * swell[:, None] * soft / soft.std(), np.float64)


def _smoothed(wave: Wave, length: int = 400) -> Wave:
    return np.convolve(wave, np.ones(length) / length, "same")


def _talking(seconds: int, hertz: float, first: float, last: float, level: float) -> Wave:
    """Three syllables a second of a buzz through two formants, quiet room around them."""
    at = _time(seconds)
    pitch = hertz * (1 + 0.06 * np.sin(2 * np.pi * 0.7 * at))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    wave = np.zeros_like(at)
    for k in range(1, 16):
        formant = sum(np.exp(-(((k * hertz - centre) / 220) ** 2)) for centre in (550.0, 1600.0))
        wave += (0.1 / k + formant) * np.sin(k * phase)
    syllable = np.clip(-1.6 * np.sin(2 * np.pi * 3 * at), 0, 1) ** 2 * ((at >= first) & (at < last))
    room = 0.0008 * np.random.default_rng(2).standard_normal(len(at))
    mono = level * wave / wave.std() * syllable + room
    return np.repeat(mono[:, None], 2, axis=1)


def _lofi(seconds: int) -> Wave:
    """120 beats a minute: a kick on each, a clap on every other, hats between (right), a plucked chord for every bar
    (left); a fifth higher after 8 s."""
    at = _time(seconds)
    beat = at % 0.5
    noise = np.random.default_rng(3).standard_normal(len(at))
    kick = np.exp(-beat * 18) * np.sin(2 * np.pi * 58 * beat * (1 + 0.8 * np.exp(-beat * 60)))
    off = (at + 0.25) % 0.5
    hats, clap = np.exp(-off * 60) * noise, np.exp(-((at + 0.5) % 1) * 30) * noise
    roots: Any = np.array([220.0, 174.61, 261.63, 196.0])[(at // 2).astype(int) % 4] * np.where(at < 8, 1.0, 1.5)
    pad = sum(np.sin(2 * np.pi * roots * ratio * (at % 2)) / n for n, ratio in enumerate((1.0, 1.25, 1.5), 1))
    pad = pad * np.clip((at % 2) * 80, 0, 1) * np.exp(-(at % 2) * 3)
    middle = 0.62 * kick + 0.12 * clap
    return np.stack((middle + 0.22 * pad + 0.03 * hats, middle + 0.12 * pad + 0.10 * hats), axis=1)
