"""The edit: what is shown and heard when. One value holds it all; commands turn one timeline into another.

    Timeline > Track (video, audio, text) > Segment | Gap

Items of a track follow each other without holes: a segment's place is the sum of what comes before it, so segments
of one track can never overlap. The first video track is the lowest layer of the picture; later ones lie above it,
text lies above all pictures; everything that sounds is summed. All times are exact seconds; video and text items last
whole frames of the canvas. Media are named by the hash of their content and never changed: an edit only says
which part is used and how. Transitions keep the lengths: half of one lies on each side of its cut, over the
source's own handles, or over the still first or last picture where there are none (as in OpenTimelineIO). On video
and text tracks a transition lasts an even number of frames, so that both halves are whole.

The names below (fits, transitions, filters, text styles, animations) are the whole vocabulary: an edit offers no
other, and the renderer knows them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from reelscore.values.time import Seconds, Span

TRACK_KINDS = ("video", "audio", "text")
MEDIA_KINDS = ("video", "audio", "image")
TRACK_ROLES = ("", "music", "voice", "sound", "background")  # what a track is for; "background" lies below the film
FITS = ("contain", "cover", "blur", "stretch")  # how a picture of another shape meets the canvas
EASINGS = ("linear", "smooth")
DIRECTIONS = ("left", "right", "up", "down")
TRANSITIONS = ("crossfade", "dip", "wipe", "slide", "zoom")  # a plain cut is no transition at all
FILTERS = (  # amount 1 = as named, 0 = none; those marked +- also go below 0
    "warm", "cool", "black_and_white", "sepia", "vintage", "vivid", "faded", "cinematic", "dreamy", "noir", "invert",
    "brightness", "contrast", "saturation", "temperature", "tint", "exposure", "hue",  # +-; hue in turns
    "blur", "sharpen", "vignette", "grain",
)  # fmt: skip
SIGNED_FILTERS = ("brightness", "contrast", "saturation", "temperature", "tint", "exposure", "hue")
TEXT_STYLES = ("title", "subtitle", "lower_third", "caption", "chapter", "credit", "quote")
ALIGNS = ("left", "center", "right")
ANIMATIONS = ("fade", "rise", "fall", "slide_left", "slide_right", "type", "pop", "blur")
MARKER_KINDS = ("user", "cut", "beat", "downbeat", "hit")
REQUEST_KINDS = ("generate", "regenerate", "vary", "change", "refit")


@dataclass(frozen=True, slots=True)
class Media:
    """A file the timeline draws on. `id` is "sha256:" and the hex digest of its bytes."""

    id: str
    kind: str  # of MEDIA_KINDS
    name: str  # what the person called it; for display only
    duration: Seconds = Fraction(0)  # 0 for an image
    width: int = 0  # as shown; 0 without a picture
    height: int = 0
    frame_rate: Fraction | None = None
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class Canvas:
    """What everything is shown on. Sizes are even pixels."""

    width: int = 1920
    height: int = 1080
    frame_rate: Fraction = Fraction(30)
    background: str = "#000000"

    @property
    def frame(self) -> Seconds:
        """How long one picture is shown."""
        return 1 / self.frame_rate


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as shares of a width and height, 0..1 from the left and top."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


@dataclass(frozen=True, slots=True)
class Filter:
    """A colour or picture filter by name, and how much of it; `amount` is the filter's own scale (1 = as named)."""

    name: str  # of FILTERS
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """A move over the picture (Ken Burns): from one part of it to another while the segment lasts."""

    start: Box
    end: Box
    easing: str = "smooth"  # of EASINGS


@dataclass(frozen=True, slots=True)
class Aim:
    """What "cover" keeps in sight from a moment of the source on, as shares of the source. Evenly on the way to the
    next aim; where two share a moment, the view jumps there (at a cut)."""

    at: Seconds
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """How a segment is shown. Order: crop, flip, rotate, zoom, fit, then scale and place; filters on the source."""

    fit: str = "contain"  # of FITS
    crop: Box = Box()
    focus_x: float = 0.5  # what "cover" keeps in sight, share of the source
    focus_y: float = 0.5
    path: tuple[Aim, ...] = ()  # takes the place of the focus where it changes; in order of time
    flip_horizontal: bool = False
    flip_vertical: bool = False
    rotation: float = 0.0  # degrees clockwise
    zoom: Zoom | None = None
    scale: float = 1.0  # of the fitted size
    x: float = 0.5  # centre, share of the canvas
    y: float = 0.5
    opacity: float = 1.0
    radius: float = 0.0  # rounded corners, share of the shorter side
    filters: tuple[Filter, ...] = ()
    fade_in: Seconds = Fraction(0)  # from nothing (lowest layer: from the background)
    fade_out: Seconds = Fraction(0)
    fade_in_colour: str = ""  # over the whole canvas, from which it fades in instead; "" nothing
    fade_out_colour: str = ""  # and to which it fades out


@dataclass(frozen=True, slots=True)
class Sound:
    """How a segment is heard."""

    gain_db: float = 0.0
    muted: bool = False
    fade_in: Seconds = Fraction(0)
    fade_out: Seconds = Fraction(0)
    pan: float = 0.0  # -1 left .. 1 right
    duck_db: float = 0.0  # how far it steps back (negative) while a voice elsewhere in the timeline speaks
    normalise_lufs: float | None = None  # bring to this integrated loudness before `gain_db`
    original_key: bool = True  # a change of speed keeps the pitch


@dataclass(frozen=True, slots=True)
class Text:
    """Words on the picture. Sizes are shares of the canvas height, places shares of the canvas."""

    content: str
    style: str = "title"  # of TEXT_STYLES
    font: str = ""  # "" as the style has it
    size: float = 0.0  # 0: as the style has it; likewise "" and None below
    colour: str = ""
    x: float | None = None  # centre
    y: float | None = None
    dx: float = 0.0  # moved from there: to the right,
    dy: float = 0.0  # and down
    align: str = ""  # "left", "center", "right"
    bold: bool | None = None
    italic: bool | None = None
    outline: float | None = None  # share of the size
    shadow: float | None = None
    box: str | None = None  # colour of the box behind, with alpha "#00000099"
    animation_in: str = ""  # of ANIMATIONS; "" none
    animation_out: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of media or text on a track.

    Shown or heard is the source from `start`, at `speed` source seconds a second; backwards from the end of that range
    when `reverse`; one still picture when `freeze`. `piece` names the brief and score of composed music, so that it can
    be written again.
    """

    id: str
    duration: Seconds
    media: str = ""  # Media.id; "" for text and plain colour
    start: Seconds = Fraction(0)
    speed: Fraction = Fraction(1)
    reverse: bool = False
    freeze: bool = False
    name: str = ""
    picture: Picture | None = None
    sound: Sound | None = None
    text: Text | None = None
    piece: str = ""  # content hash of the stored piece
    colour: str = ""  # a plain colour instead of media

    @property
    def source(self) -> Span:
        """The part of the source that is used."""
        length = Fraction(0) if self.freeze else self.duration * self.speed
        return Span(self.start, self.start + length)


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing, for a while."""

    duration: Seconds


Item = Segment | Gap


@dataclass(frozen=True, slots=True)
class Transition:
    """How one segment leads into the next. `into` is the id of the segment it opens; half lies on each side."""

    into: str
    kind: str  # of TRANSITIONS
    duration: Seconds
    colour: str = ""  # of a dip; "" is black
    direction: str = ""  # of DIRECTIONS, of a wipe or slide: where the new picture moves to; "" is left


@dataclass(frozen=True, slots=True)
class Track:
    """Items one after another."""

    id: str
    kind: str  # of TRACK_KINDS
    name: str = ""  # "Video", "BGM", "Title", ...
    role: str = ""  # of TRACK_ROLES
    items: tuple[Item, ...] = ()
    transitions: tuple[Transition, ...] = ()
    gain_db: float = 0.0
    muted: bool = False
    hidden: bool = False

    @property
    def duration(self) -> Seconds:
        return sum((item.duration for item in self.items), Fraction(0))

    def placed(self) -> Iterator[tuple[Span, Segment]]:
        """Every segment with the time it takes on the timeline."""
        at = Fraction(0)
        for item in self.items:
            end = at + item.duration
            if isinstance(item, Segment):
                yield Span(at, end), item
            at = end


@dataclass(frozen=True, slots=True)
class Marker:
    """A named moment."""

    at: Seconds
    kind: str = "user"  # of MARKER_KINDS
    label: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Music (or other work) that an edit asks for; the pipeline fulfils it and puts the result in the segment.

    `kind`: of REQUEST_KINDS. `words` is what the person said of it; `wishes` are the typed parts of it: "genre",
    "mood", "bpm", "key", "instruments", "without", "darker", "brighter", "faster", "slower", "calmer", "livelier", ...
    (see edit/commands/change_music.py). `first_bar` and `last_bar` bound what may change, both included, counted from 0
    (-1: no bound). The new music is as long as the segment.
    """

    id: str
    kind: str  # of REQUEST_KINDS
    segment: str  # Segment.id that waits for it
    words: str = ""
    keep: str = ""  # "harmony", "groove", "melody"
    section: str = ""
    first_bar: int = -1
    last_bar: int = -1
    seed: int = 1
    wishes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole edit."""

    canvas: Canvas = Canvas()
    tracks: tuple[Track, ...] = ()
    media: tuple[Media, ...] = ()  # in order of arrival
    markers: tuple[Marker, ...] = ()
    requests: tuple[Request, ...] = ()
    title: str = ""
    metadata: tuple[tuple[str, str], ...] = field(default=())  # kept, never interpreted

    @property
    def duration(self) -> Seconds:
        """The end of the last segment of any track."""
        ends = (span.end for track in self.tracks for span, _ in track.placed())
        return max(ends, default=Fraction(0))

    def track(self, track_id: str) -> Track | None:
        return next((track for track in self.tracks if track.id == track_id), None)

    def medium(self, media_id: str) -> Media | None:
        return next((m for m in self.media if m.id == media_id), None)

    def placed(self) -> Iterator[tuple[Track, Span, Segment]]:
        """Every segment of every track, lowest track first."""
        for track in self.tracks:
            for span, segment in track.placed():
                yield track, span, segment

    def find(self, segment_id: str) -> tuple[Track, Span, Segment] | None:
        return next((place for place in self.placed() if place[2].id == segment_id), None)
