"""What a render can be asked for: sizes, qualities, codecs and kinds of file, as tables.

A target says what the person wants; `timeline_plan.py` turns it into how it is made. Sizes are even pixels. The choice
of presets is measured: "superfast" at a constant rate factor of 20 looks like "veryfast" at 20 for 40 % less work and
a fifth more bits on camera footage; "ultrafast" costs half of that again and twice the bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reelscore.errors import OutputError, one_of
from reelscore.render.formats import FILM_CONTAINERS, SOUND_FORMATS
from reelscore.values.time import Span

RESOLUTIONS = {"4k": 2160, "1440p": 1440, "1080p": 1080, "720p": 720, "480p": 480, "360p": 360}  # shorter side
SHAPES = {
    "landscape": Fraction(16, 9),
    "portrait": Fraction(9, 16),
    "square": Fraction(1),
    "vertical": Fraction(4, 5),
}
QUALITIES = ("draft", "standard", "high")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
SMALLEST, LARGEST = 16, 8192
SLOWEST, FASTEST = Fraction(1), Fraction(240)
GIF_SIDE = 480  # longer side of an animation whose size nobody chose
GIF_RATES = tuple(Fraction(100, n) for n in (4, 5, 6, 7, 8, 10, 20))  # a GIF counts hundredths of a second

CODECS: dict[str, tuple[str, ...]] = {"mp4": ("h264",), "mov": ("h264",), "mkv": ("h264", "vp9"), "webm": ("vp9",)}


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted. Empty fields follow the timeline's canvas, or what suits the format.

    `span` renders a part only (a preview, or the moment of a poster: its start). `encoder`: "software", "auto" (the
    first hardware that works, else software), or a family of `encoders.FAMILIES`.
    """

    suffix: str = ".mp4"
    resolution: str = ""  # of RESOLUTIONS
    shape: str = ""  # of SHAPES
    size: tuple[int, int] | None = None  # instead of the two above
    frame_rate: Fraction | None = None
    quality: str = "standard"  # of QUALITIES
    span: Span | None = None
    codec: str = ""  # of CODECS[container]
    encoder: str = "software"

    @property
    def kind(self) -> str:
        """ "film", "sound", "animation" or "picture"; OutputError for an unknown ending."""
        suffix = self.suffix.lower()
        if suffix in FILM_CONTAINERS:
            return "film"
        if suffix in SOUND_FORMATS:
            return "sound"
        if suffix == ".gif":
            return "animation"
        if suffix in PICTURE_SUFFIXES:
            return "picture"
        known = (*FILM_CONTAINERS, *SOUND_FORMATS, ".gif", *PICTURE_SUFFIXES)
        raise OutputError(f'No format is called "{self.suffix}".', one_of(suffix, known))


def preview(span: Span | None = None, resolution: str = "360p") -> Target:
    """A quick look at a range: small, drafted."""
    return Target(resolution=resolution, quality="draft", span=span)


def checked(target: Target) -> Target:
    """The same target when every word in it is known and its numbers are possible; else OutputError."""
    for what, value, known in (
        ("resolution", target.resolution, ("", *RESOLUTIONS)),
        ("shape", target.shape, ("", *SHAPES)),
        ("quality", target.quality, QUALITIES),
    ):
        if value not in known:
            raise OutputError(f'No {what} is called "{value}".', one_of(value, [k for k in known if k]))
    if target.kind == "film" and target.codec:
        codecs = CODECS[FILM_CONTAINERS[target.suffix.lower()]]
        if target.codec not in codecs:
            raise OutputError(f'{target.suffix} is not written with "{target.codec}".', one_of(target.codec, codecs))
    rate = target.frame_rate
    if rate is not None and not SLOWEST <= rate <= FASTEST:
        raise OutputError(f"{float(rate):g} frames a second cannot be shown.", "Choose 1 to 240; 30 is usual.")
    if target.size is not None and not all(SMALLEST <= side <= LARGEST for side in target.size):
        width, height = target.size
        raise OutputError(f"A picture cannot be {width}x{height}.", f"Choose sides of {SMALLEST} to {LARGEST} pixels.")
    if target.span is not None and not 0 <= target.span.start <= target.span.end:
        raise OutputError(
            f"There is no part from {float(target.span.start):g} s to {float(target.span.end):g} s.",
            "Give a start before the end.",
        )
    return target


def picture_size(target: Target, canvas: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the result, even."""
    if target.size is not None:
        return even(target.size[0]), even(target.size[1])
    width, height = canvas
    shape = SHAPES[target.shape] if target.shape else _shape_of(width, height)
    if not target.resolution and target.kind == "animation" and max(width, height) > GIF_SIDE:
        return _with_longer_side(GIF_SIDE, shape)
    if not target.resolution and not target.shape:
        return even(width), even(height)
    short = RESOLUTIONS[target.resolution] if target.resolution else min(width, height)
    if shape >= 1:
        return even(short * shape), even(short)
    return even(short), even(short / shape)


def _shape_of(width: int, height: int) -> Fraction:
    """The usual shape of which this canvas is the nearest in even pixels (272x484 is 9:16), else its own."""
    usual = (shape for shape in SHAPES.values() if abs(width - height * shape) <= 1 or abs(height - width / shape) <= 1)
    return next(usual, Fraction(width, height))


def picture_rate(target: Target, canvas_rate: Fraction) -> Fraction:
    """Frames a second of the result; an animation takes the nearest rate it can count, 20 unless asked for more."""
    rate = target.frame_rate or canvas_rate
    if target.kind != "animation":
        return rate
    most = rate if target.frame_rate else min(rate, Fraction(20))
    return next((known for known in GIF_RATES if known <= most), GIF_RATES[-1])


def even(side: Fraction | int) -> int:
    """The even number of pixels nearest to this side."""
    return max(SMALLEST, round(side / Fraction(2)) * 2)


def _with_longer_side(side: int, shape: Fraction) -> tuple[int, int]:
    if shape >= 1:
        return even(side), even(side / shape)
    return even(side * shape), even(side)
