"""The formats a result can have, as tables: what each file name ending means, and which pictures each container holds.

Sound is always encoded with the bit-exact flags, so equal samples give equal bytes. AAC runs without intensity stereo
and noise substitution: at these rates both only blur what the encoder has room to keep, and the quick search then
measures closer to the original than the slow one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """How sound is stored. `kbps` 0: the format needs no bit rate."""

    name: str
    muxer: str
    codec: tuple[str, ...]
    kbps: int = 0
    options: tuple[str, ...] = ()

    @property
    def lossless(self) -> bool:
        return self.kbps == 0


_AAC = ("-c:a", "aac", "-aac_coder", "fast", "-aac_is", "0", "-aac_pns", "0")
_ISO = ("-movflags", "+faststart", "-movie_timescale", "48000")

AAC = SoundFormat("AAC", "ipod", _AAC, 256, _ISO)
OPUS = SoundFormat("Opus", "ogg", ("-c:a", "libopus"), 192)

SOUND_FORMATS: dict[str, SoundFormat] = {
    ".wav": SoundFormat("WAV, 24 bit", "wav", ("-c:a", "pcm_s24le")),
    ".flac": SoundFormat("FLAC, 24 bit", "flac", ("-c:a", "flac", "-sample_fmt", "s32", "-bits_per_raw_sample", "24")),
    ".mp3": SoundFormat("MP3", "mp3", ("-c:a", "libmp3lame"), 256),
    ".m4a": AAC,
    ".ogg": SoundFormat("Ogg Vorbis", "ogg", ("-c:a", "libvorbis"), 224),
    ".opus": OPUS,
}

FILM_CONTAINERS: dict[str, str] = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "mkv", ".webm": "webm"}
MUXERS: dict[str, str] = {"mp4": "mp4", "mov": "mov", "mkv": "matroska", "webm": "webm"}
DEFAULT_SUFFIX: dict[str, str] = {"mp4": ".mp4", "mov": ".mov", "mkv": ".mkv", "webm": ".webm"}

_MP4 = {"h264", "hevc", "av1", "vp9", "mpeg4"}
_MOV = {"h264", "hevc", "mpeg4", "prores", "mjpeg", "dnxhd", "dvvideo", "qtrle", "cinepak", "svq3", "h263"}
HOLDS: dict[str, frozenset[str]] = {
    "mp4": frozenset(_MP4),
    "mov": frozenset(_MOV),
    "mkv": frozenset(_MP4 | _MOV | {"vp8", "ffv1", "theora", "mpeg2video", "mpeg1video", "wmv3", "vc1", "msmpeg4v3"}),
    "webm": frozenset({"vp8", "vp9", "av1"}),
}
TITLES: dict[str, str] = {
    "h264": "H.264",
    "hevc": "HEVC",
    "av1": "AV1",
    "vp9": "VP9",
    "vp8": "VP8",
    "mpeg4": "MPEG-4 part 2",
    "prores": "ProRes",
    "mjpeg": "Motion JPEG",
    "gif": "GIF",
    "webp": "WebP",
    "png": "PNG",
    "mp4": "MP4",
    "mov": "MOV",
    "mkv": "Matroska",
    "webm": "WebM",
}
DECODERS: dict[str, str] = {"libdav1d": "av1", "libaom-av1": "av1", "libvpx": "vp8", "libvpx-vp9": "vp9"}


def film_sound(container: str) -> SoundFormat:
    """The sound that goes with a container: AAC where every player takes it, Opus in WebM."""
    return OPUS if container == "webm" else AAC


def codec_of(name: str) -> str:
    """The codec behind a name that may be a decoder's: "libdav1d" is "av1"."""
    return DECODERS.get(name, name)


def title_of(name: str) -> str:
    """A codec's or container's name as people write it."""
    return TITLES.get(name, name.upper() if len(name) <= 4 else name)
