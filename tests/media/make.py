"""Media of every kind the product must read, made by script with the ffmpeg that comes as a Python package.

`Factory(folder).path("h264")` makes a recipe's file once and gives its path. All pictures are small and short: what
is tested is the container and the stream, not the picture.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2")
SOUND = ("-f", "lavfi", "-i", "sine=f=440:r=48000:d=2")
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "2")
AAC = ("-c:a", "aac", "-b:a", "96k")
NTSC = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30000/1001:d=2.002")

# name: (file name, ffmpeg arguments)
RECIPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "h264": ("h264.mp4", (*PICTURE, *SOUND, *X264, *AAC)),
    "h264_29_97": ("ntsc.mp4", (*NTSC, *X264)),
    "h264_mov": ("h264.mov", (*PICTURE, *SOUND, *X264, *AAC)),
    "h264_mkv": ("ntsc.mkv", (*NTSC, *SOUND, *X264, *AAC)),
    "hevc10": (
        "hevc10.mp4",
        (*PICTURE, "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=0"),
    ),
    "pq": (
        "pq.mp4",
        (
            *PICTURE,
            "-vf",
            "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc",
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p10le",
            "-x265-params",
            "log-level=0:transfer=16",
        ),
    ),
    "hlg": (
        "hlg.mp4",
        (
            *PICTURE,
            "-vf",
            "setparams=color_trc=arib-std-b67:color_primaries=bt2020:colorspace=bt2020nc",
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p10le",
            "-x265-params",
            "log-level=0:transfer=18",
        ),
    ),
    "vp9": (
        "vp9.webm",
        (*PICTURE, *SOUND, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
    ),
    "vp8": (
        "vp8.webm",
        (
            *PICTURE,
            "-c:v",
            "libvpx",
            "-deadline",
            "good",
            "-cpu-used",
            "5",
            "-auto-alt-ref",
            "1",
            "-lag-in-frames",
            "16",
            "-b:v",
            "200k",
        ),
    ),
    "av1": ("av1.mkv", (*PICTURE, "-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "lp=1")),
    "live_webm": (
        "live.webm",
        (*PICTURE, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-live", "1", "-f", "webm"),
    ),
    "prores": (
        "prores.mov",
        (*PICTURE, "-c:v", "prores_ks", "-profile:v", "4", "-pix_fmt", "yuva444p10le", "-t", "0.4"),
    ),
    "mpeg4_avi": ("mpeg4.avi", (*PICTURE, *SOUND, "-c:v", "mpeg4", "-bf", "2", "-c:a", "libmp3lame")),
    "h264_avi": ("h264.avi", (*PICTURE, *SOUND, *X264, "-c:a", "libmp3lame")),
    "interlaced": (
        "interlaced.mp4",
        (*PICTURE, "-vf", "tinterlace=interleave_top,fieldorder=tff", *X264, "-flags", "+ilme+ildct"),
    ),
    "vfr": (
        "vfr.mp4",
        (
            *PICTURE,
            "-vf",
            "settb=1/1000,setpts='(N+0.4*mod(N\\,3))*40'",
            "-fps_mode",
            "vfr",
            "-enc_time_base",
            "1:1000",
            *X264,
        ),
    ),
    "odd": (
        "odd.mkv",
        (
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=320x180:r=25:d=1",
            "-vf",
            "scale=321:179",
            "-c:v",
            "ffv1",
            "-pix_fmt",
            "yuv444p",
        ),
    ),
    "wide_pixels": ("wide.mp4", (*PICTURE, "-vf", "setsar=4/3", *X264)),
    "late_sound": ("late.mkv", (*PICTURE, "-itsoffset", "0.5", *SOUND, *X264, *AAC)),
    "only_picture": ("silent.mp4", (*PICTURE, *X264)),
    "silence": ("silence.mp4", (*PICTURE, "-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo:d=2", *X264, *AAC)),
    "only_sound": ("sound.mp4", (*SOUND, *AAC)),
    "streams": (
        "streams.mkv",
        (
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=160x90:r=25:d=2",
            *PICTURE,
            "-f",
            "lavfi",
            "-i",
            "sine=f=300:r=16000:d=1",
            *SOUND,
            *X264,
            *AAC,
            "-map",
            "0:v",
            "-map",
            "1:v",
            "-map",
            "2:a",
            "-map",
            "3:a",
            "-disposition:v:0",
            "default",
            "-disposition:a",
            "0",
        ),
    ),
    "still": ("still.mp4", ("-f", "lavfi", "-i", "color=blue:s=320x180:r=25:d=1", *X264)),
    "gif": ("anim.gif", ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=1")),
    "png": ("still.png", ("-f", "lavfi", "-i", "testsrc2=s=320x180", "-vf", "scale=321:181", "-frames:v", "1")),
    "wav": ("tone.wav", (*SOUND,)),
    "mp3": ("tone.mp3", (*SOUND, "-c:a", "libmp3lame", "-b:a", "128k")),
    "m4a": ("tone.m4a", (*SOUND, *AAC)),
    "adts": ("tone.aac", (*SOUND, *AAC)),
    "flac": ("tone.flac", (*SOUND,)),
    "ogg": ("tone.ogg", (*SOUND, "-c:a", "libvorbis")),
    "opus": ("tone.opus", (*SOUND, "-c:a", "libopus")),
    "surround": (
        "surround.wav",
        (
            "-f",
            "lavfi",
            "-i",
            "sine=f=440:r=48000:d=1",
            "-af",
            "pan=5.1|FL=0*c0|FR=0*c0|FC=c0|LFE=0*c0|BL=0*c0|BR=0*c0",
        ),
    ),
}


def ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg quietly; its last words become the error."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-threads", "1", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr[-600:]}")


class Factory:
    """Makes each file once, in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """The file of a recipe, made when first asked for."""
        special = SPECIAL.get(name)
        target = self.folder / (special[0] if special else RECIPES[name][0])
        if not target.exists():
            if special:
                special[1](self, target)
            else:
                ffmpeg(*RECIPES[name][1], target)
        return target


def _rotated(factory: Factory, target: Path) -> None:
    ffmpeg("-display_rotation", "-90", "-i", factory.path("h264"), "-c", "copy", target)


def _trimmed(factory: Factory, target: Path) -> None:
    """Starts between keyframes by an edit list: 0.4 s of the copied stream is not shown."""
    ffmpeg("-ss", "0.4", "-i", factory.path("h264"), "-c", "copy", target)


def _cover(kind: Sequence[str]) -> Callable[[Factory, Path], None]:
    def make(factory: Factory, target: Path) -> None:
        ffmpeg(
            "-i",
            factory.path(kind[0]),
            "-i",
            factory.path("png"),
            "-map",
            "0:a",
            "-map",
            "1:v",
            "-c:a",
            "copy",
            "-c:v",
            kind[1],
            "-disposition:v:0",
            "attached_pic",
            target,
        )

    return make


def _truncated(factory: Factory, target: Path) -> None:
    data = factory.path("h264_mkv").read_bytes()
    target.write_bytes(data[: len(data) * 6 // 10])


def _headless(factory: Factory, target: Path) -> None:
    """An mp4 cut off before its index."""
    data = factory.path("h264").read_bytes()
    target.write_bytes(data[: len(data) // 2])


def _animated_webp(_: Factory, target: Path) -> None:
    frames = [Image.new("RGB", (64, 48), (20 * n, 255 - 20 * n, 80)) for n in range(10)]
    frames[0].save(target, save_all=True, append_images=frames[1:], duration=50, loop=0)


def _turned_jpeg(_: Factory, target: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:, :30] = 255
    Image.fromarray(pixels).save(target, exif=exif, quality=95)


SPECIAL: dict[str, tuple[str, Callable[[Factory, Path], None]]] = {
    "rotated": ("rotated.mp4", _rotated),
    "trimmed": ("trimmed.mp4", _trimmed),
    "cover_mp3": ("cover.mp3", _cover(("mp3", "png"))),
    "cover_m4a": ("cover.m4a", _cover(("m4a", "png"))),
    "cover_flac": ("cover.flac", _cover(("flac", "png"))),
    "truncated": ("truncated.mkv", _truncated),
    "headless": ("headless.mp4", _headless),
    "animated_webp": ("anim.webp", _animated_webp),
    "turned_jpeg": ("turned.jpg", _turned_jpeg),
}
