"""How a film with new sound is written: what is copied, what must be encoded anew, and why. Pure.

The picture is copied untouched whenever the target container can hold it as it is; then its time stamps, edit list,
rotation, colour tags and every bit of every frame stay. Otherwise it is encoded once, to the picture every player
takes: H.264 High, 8-bit 4:2:0, BT.709, even size, upright, square pixels, constant frame rate (VP9 in WebM).

The film's clock starts at its first shown frame. Its length is `FilmPlan.duration`; with a constant frame rate that is
a whole number of frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reelscore.errors import MediaError, OutputError, one_of
from reelscore.render.formats import DEFAULT_SUFFIX, FILM_CONTAINERS, HOLDS, codec_of, film_sound, title_of
from reelscore.values.reading import MediaInfo, VideoStream
from reelscore.values.time import Seconds, frames_in

STILL_RATE = Fraction(30)
LARGEST = (3840, 2160)  # long and short side of a picture that is encoded anew
_SMALLEST = 16
_MOST_LOOPED_BYTES = 400_000_000  # an animation longer than this is not repeated; its last frame stays
_STILL_CONTAINERS = ("png", "jpeg", "jpg")
_ANIMATIONS = ("gif", "webp")

# Tone mapping of PQ and HLG to BT.709 in linear light, white at 203 nits (ITU-R BT.2408). swscale's own conversion
# turns skies pink.
_HDR_CURVES = {"pq": "smpte2084", "hlg": "arib-std-b67"}
_TONE_MAP = (
    "setparams=color_trc={curve}:color_primaries=bt2020:colorspace=bt2020nc,"  # files often say only half of it
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)
_TAGGED = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """How one film is written. `filters` is the encoder's chain for the picture, "" when it is copied."""

    suffix: str
    container: str
    copied: bool
    why: str
    picture: str  # codec of the picture in the result
    sound: str  # name of the sound's format
    stream: int
    start: Seconds  # of the first shown frame, on the source's clock
    duration: Seconds
    frame_rate: Fraction
    frames: int
    width: int
    height: int
    source_codec: str
    filters: str = ""
    looped: bool = False  # an animation that starts again until the film is long enough
    subtitles: bool = False


def plan_film(info: MediaInfo, suffix: str = "", duration: Seconds | None = None, *, copy: bool = True) -> FilmPlan:
    """The plan for this file and target ending (".mp4"; "" chooses the family of the source, else MP4).

    `duration`: the film's length where the source has none (a still picture) or shall be repeated (an animation);
    films keep theirs. `copy` False encodes in any case. Raises MediaError without a picture or a length, OutputError
    for an unknown ending.
    """
    video = info.video
    if video is None:
        raise MediaError("There is no picture in this file.", "To write music without a picture, use compose.")
    suffix = (suffix or default_suffix(info)).lower()
    if suffix not in FILM_CONTAINERS:
        raise OutputError(f'No film format is called "{suffix}".', one_of(suffix, FILM_CONTAINERS))
    container = FILM_CONTAINERS[suffix]
    why = _reason_to_encode(info, video, container) or ("" if copy else "its packets cannot be copied")
    length = _length(info, video, duration)
    rate = video.frame_rate if not why else _constant_rate(info, video)
    frames = max(1, frames_in(length, rate)) if why else video.frame_count
    width, height = _encoded_size(video) if why else (video.width, video.height)
    short = video.frame_count * width * height * 3 // 2 <= _MOST_LOOPED_BYTES
    looped = info.container in _ANIMATIONS and not still(info) and length > video.duration and short
    return FilmPlan(
        suffix=suffix,
        container=container,
        copied=not why,
        why=why or f"{title_of(container)} holds {title_of(codec_of(video.codec))} as it is",
        picture=codec_of(video.codec) if not why else "vp9" if container == "webm" else "h264",
        sound=film_sound(container).name,
        stream=video.index,
        start=video.start,
        duration=frames / rate if why else length,
        frame_rate=rate,
        frames=frames,
        width=width,
        height=height,
        source_codec=codec_of(video.codec),
        filters=_filters(video, width, height, rate, still(info), video.frame_count if looped else 0) if why else "",
        looped=looped,
        subtitles=not why and _family(info.container) == _family(container) != "webm",
    )


def still(info: MediaInfo) -> bool:
    """Is the picture a single one, without a length of its own?"""
    video = info.video
    single = video is not None and video.frame_count <= 1 and info.container in _ANIMATIONS
    return info.container in _STILL_CONTAINERS or single


def default_suffix(info: MediaInfo) -> str:
    """The ending of the source's own family when it can hold the picture, else ".mp4"."""
    container = _family(info.container)
    if info.video is not None and codec_of(info.video.codec) in HOLDS.get(container, ()):
        return DEFAULT_SUFFIX[container]
    return ".mp4"


def describe(plan: FilmPlan) -> str:
    """One sentence for people.

    >>> describe(plan)  # doctest: +SKIP
    'The picture (H.264) is copied untouched into MP4; the sound is AAC.'
    """
    source, container = title_of(plan.source_codec), title_of(plan.container)
    if plan.copied:
        return f"The picture ({source}) is copied untouched into {container}; the sound is {plan.sound}."
    rate = f"{float(plan.frame_rate):.6g}"
    shape = f"{plan.width}x{plan.height} at {rate} frames a second"
    return (
        f"The picture ({source}) is encoded anew as {title_of(plan.picture)}, {shape}, because {plan.why}; "
        f"the sound is {plan.sound}."
    )


def _family(container: str) -> str:
    return "mp4" if container in ("m4v", "m4a", "3gp", "3g2", "mj2") else container


def _reason_to_encode(info: MediaInfo, video: VideoStream, container: str) -> str:
    """Why the picture cannot be copied; "" when it can."""
    codec = codec_of(video.codec)
    if codec not in HOLDS[container]:
        return f"{title_of(container)} cannot hold {title_of(codec)}"
    if info.container == "avi" and codec == "h264":
        return "AVI keeps no order of display for H.264"
    return ""


def _length(info: MediaInfo, video: VideoStream, wished: Seconds | None) -> Seconds:
    if still(info):
        if not wished or wished <= 0:
            raise MediaError("A still picture has no length.", "Say how long the film shall be, with --duration.")
        return wished
    own = video.duration if video.duration > 0 else info.duration
    if own <= 0:
        raise MediaError("The length of the picture is not known.", "Convert the file to an ordinary mp4 first.")
    return max(own, wished or own) if info.container in _ANIMATIONS else own


def _constant_rate(info: MediaInfo, video: VideoStream) -> Fraction:
    """The rate of an encoded film: the source's own when it is constant and usual, else 30 or 60."""
    if still(info):
        return STILL_RATE
    rate = video.frame_rate
    if video.variable_rate or not 1 <= rate <= 120:
        return Fraction(30) if rate <= Fraction(61, 2) else Fraction(60)
    return rate


def _encoded_size(video: VideoStream) -> tuple[int, int]:
    """Shown size, made even, within `LARGEST` whichever way up."""
    long_side, short_side = max(video.width, video.height), min(video.width, video.height)
    scale = min(Fraction(1), Fraction(LARGEST[0], long_side), Fraction(LARGEST[1], max(1, short_side)))
    return _even(video.width * scale), _even(video.height * scale)


def _even(side: Fraction) -> int:
    return max(_SMALLEST, int(side / 2) * 2)


def _filters(video: VideoStream, width: int, height: int, rate: Fraction, held: bool, repeated: int) -> str:
    """The encoder's chain: onto black, progressive, sized, BT.709, constant rate; the last frame held to the end.

    `repeated` > 0: these first frames over and over (seeking back in the file, FFmpeg does not find WebP's start).
    """
    chain = []
    if video.has_alpha:
        chain.append("format=gbrap,premultiply=inplace=1,format=gbrp")
    if video.interlaced:
        chain.append("bwdif=mode=send_frame:deint=interlaced")
    if video.hdr:
        chain += [f"scale={width}:{height}:flags=bicubic", _TONE_MAP.format(curve=_HDR_CURVES[video.hdr])]
    else:
        chain.append(f"scale={width}:{height}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=tv")
    chain += ["format=yuv420p", "setsar=1", _TAGGED]
    if repeated:
        chain.append(f"loop=loop=-1:size={repeated}")
    constant = f"fps={rate.numerator}/{rate.denominator}"
    chain.append(constant if held else f"{constant}:start_time=0")
    chain.append("tpad=stop_mode=clone:stop=-1")
    return ",".join(chain)
