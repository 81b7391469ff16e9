"""Which encoder writes the pictures, and with which settings: software always works, hardware is tried out first.

A hardware encoder that the machine lists may still fail (no device, no driver, no session left), so one is believed
only after it has really encoded a frame. Settings aim at equal looks, not equal files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reelscore.errors import OutputError, ReelscoreError, one_of

COLOURS = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
KEYFRAME_S = 4  # seconds between keyframes at most: how far a player must seek

# (codec, family) -> the encoder's name, arguments before the input, and a filter that moves pictures to the device
_NAMES: dict[tuple[str, str], tuple[str, tuple[str, ...], str]] = {
    ("h264", "software"): ("libx264", (), ""),
    ("h264", "nvenc"): ("h264_nvenc", (), ""),
    ("h264", "qsv"): ("h264_qsv", (), ""),
    ("h264", "vaapi"): ("h264_vaapi", ("-vaapi_device", "/dev/dri/renderD128"), "format=nv12,hwupload"),
    ("h264", "videotoolbox"): ("h264_videotoolbox", (), ""),
    ("vp9", "software"): ("libvpx-vp9", (), ""),
    ("lossless", "software"): ("libx264", (), ""),
}
FAMILIES = ("nvenc", "videotoolbox", "qsv", "vaapi")  # in the order in which "auto" tries them

_SETTINGS: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("h264", "software"): {
        "draft": ("-preset", "ultrafast", "-crf", "23"),
        "standard": ("-preset", "superfast", "-crf", "20"),
        "high": ("-preset", "veryfast", "-crf", "18"),
    },
    ("h264", "nvenc"): {
        "draft": ("-preset", "p1", "-rc", "vbr", "-cq", "28", "-b:v", "0"),
        "standard": ("-preset", "p4", "-rc", "vbr", "-cq", "23", "-b:v", "0"),
        "high": ("-preset", "p6", "-rc", "vbr", "-cq", "20", "-b:v", "0"),
    },
    ("h264", "qsv"): {
        "draft": ("-preset", "veryfast", "-global_quality", "28"),
        "standard": ("-preset", "medium", "-global_quality", "23"),
        "high": ("-preset", "slow", "-global_quality", "20"),
    },
    ("h264", "vaapi"): {"draft": ("-qp", "28"), "standard": ("-qp", "23"), "high": ("-qp", "20")},
    ("h264", "videotoolbox"): {"draft": ("-q:v", "45"), "standard": ("-q:v", "60"), "high": ("-q:v", "72")},
    ("vp9", "software"): {
        "draft": ("-deadline", "realtime", "-cpu-used", "8", "-crf", "37"),
        "standard": ("-deadline", "realtime", "-cpu-used", "6", "-crf", "30"),
        "high": ("-deadline", "good", "-cpu-used", "3", "-crf", "26"),
    },
    ("lossless", "software"): dict.fromkeys(("draft", "standard", "high"), ("-preset", "ultrafast", "-qp", "0")),
}
_COMMON: dict[tuple[str, str], tuple[str, ...]] = {
    ("h264", "software"): ("-profile:v", "high"),
    ("h264", "nvenc"): ("-profile:v", "high", "-bf", "2"),
    ("h264", "qsv"): ("-profile:v", "high"),
    ("h264", "vaapi"): ("-profile:v", "high"),
    ("h264", "videotoolbox"): ("-profile:v", "high", "-allow_sw", "0"),
    ("vp9", "software"): ("-row-mt", "1", "-b:v", "0"),
}


@dataclass(frozen=True, slots=True)
class Encoder:
    """One that works here. `notes` tell why it is not the one asked for."""

    family: str
    notes: tuple[str, ...] = ()


def settings_of(codec: str, family: str, quality: str) -> tuple[str, ...]:
    """The output arguments that shape the bits."""
    return (*_COMMON.get((codec, family), ()), *_SETTINGS[codec, family][quality])


def picture_arguments(codec: str, family: str, quality: str, rate: float) -> list[str]:
    """Output arguments for closed groups of pictures that decode alone and join without a seam."""
    name, _, upload = _NAMES[codec, family]
    arguments = ["-vf", upload] if upload else ["-pix_fmt", "yuv420p"]
    arguments += ["-c:v", name, *settings_of(codec, family, quality), "-g", str(max(1, round(KEYFRAME_S * rate)))]
    return [*arguments, "-flags:v", "+bitexact+cgop", *COLOURS]


def device_arguments(codec: str, family: str) -> tuple[str, ...]:
    """Arguments that go before the inputs."""
    return _NAMES[codec, family][1]


def choose(asked: str, codec: str, try_out: Callable[[Sequence[str]], object]) -> Encoder:
    """The encoder to use. `try_out` runs the encoder with these arguments and raises a ReelscoreError when it fails.

    A family asked for by name that fails gives software and a note; "auto" takes the first that works, silently.
    """
    if asked == "software":
        return Encoder("software")
    if asked != "auto" and asked not in FAMILIES:
        raise OutputError(f'No encoder is called "{asked}".', one_of(asked, ("software", "auto", *FAMILIES)))
    faults = []
    for family in FAMILIES if asked == "auto" else (asked,):
        if (codec, family) not in _NAMES:
            faults.append(f"{family} does not write {codec}")
            continue
        try:
            try_out(trial(codec, family))
        except ReelscoreError as fault:
            faults.append(f"{family}: {fault.message}")
        else:
            return Encoder(family)
    if asked == "auto":
        return Encoder("software")
    return Encoder("software", (f"The pictures were encoded by software, because {'; '.join(faults)}",))


def trial(codec: str, family: str) -> list[str]:
    """Arguments that encode one small grey frame to nowhere."""
    grey = ["-f", "lavfi", "-i", "color=gray:size=256x256:rate=30:duration=0.1"]
    return [*device_arguments(codec, family), *grey, "-frames:v", "1", *picture_arguments(codec, family, "draft", 30.0),
            "-an", "-f", "null", "-"]  # fmt: skip
