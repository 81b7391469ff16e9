"""The frame of a film that is shown at a time: forwards, backwards, or anywhere.

Times are seconds from the film's first shown frame. Shown is the last frame whose own time is not later than the one
asked for (to half a millisecond, as some containers round to whole ones), the first before that, the last after the
end: so variable rates become constant ones without drift. Going on a little decodes forward; anything else starts at
the keyframe before. Frames come out the same by whichever way they are reached. Memory stays bounded backwards as well:
a run of frames up to the one wanted is kept, and decoded again from the keyframe when it is used up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

import av
import av.error

from reelscore.errors import MediaError, shown
from reelscore.render.containers import decoded, open_container, ready
from reelscore.render.sources import Source
from reelscore.values.reading import VideoStream
from reelscore.values.time import Seconds

ROUNDED = Fraction(1, 2000)  # seconds by which a container may have rounded a time up
SKIP_AHEAD = Fraction(2)  # seconds decoded through rather than jumped over
BACK_OFFS = (Fraction(0), Fraction(4), Fraction(20))  # further back when a jump landed too late; then the beginning
KEPT_BYTES = 160_000_000  # of frames kept for going backwards
MOST_KEPT = 48
ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}  # the usual decoders drop the alpha of WebM
BY_ORDER = ("avi",)  # no presentation times: the n-th frame is shown n frames after the first
FROM_START = ("avi", "gif")  # jumps are not exact


class Footage:
    """One open film. `frame_at` gives decoded frames; they stay valid as long as somebody holds them."""

    def __init__(self, source: Source) -> None:
        video = source.info.video
        if video is None:
            raise MediaError(f"{shown(source.path)} has no picture.", "Use a video or an image.")
        self._source, self._video = source, video
        self._container: Any = None
        self._frames: Iterator[tuple[int, Any]] = iter(())
        self._shown: tuple[int, Any] | None = None
        self._ahead: tuple[int, Any] | None = None
        self._kept: deque[tuple[int, Any]] = deque()
        self._open()

    def frame_at(self, at: Seconds, backwards: bool = False) -> Any:
        """The frame shown at this time. Say `backwards` when earlier ones will be wanted next."""
        wanted = floor((at + self._video.start) / self._base + min(Fraction(1, 2), ROUNDED / self._base))
        if backwards:
            return self._backwards(wanted)
        self._kept.clear()
        if self._must_jump(wanted):
            self._jump(wanted)
        return self._forward(wanted)

    def position(self) -> Seconds | None:
        """The time of the frame shown last, None before the first."""
        return None if self._shown is None else self._shown[0] * self._base - self._video.start

    def close(self) -> None:
        """Let go of file and frames."""
        self._shown = self._ahead = None
        self._frames = iter(())
        self._kept.clear()
        if self._container is not None:
            self._container.close()
            self._container = None

    def _open(self) -> None:
        self.close()
        self._container = open_container(self._source.path)
        try:
            self._stream = self._container.streams[self._video.index]
        except IndexError:
            raise MediaError(f"{shown(self._source.path)} has changed since it was added.", "Add it again.") from None
        ready(self._stream)
        self._base = Fraction(self._stream.time_base)
        if self._source.info.container in BY_ORDER:
            self._base = 1 / self._video.frame_rate
        self._frames = self._read()

    def _read(self) -> Iterator[tuple[int, Any]]:
        """(time in ticks, frame) from where the container stands."""
        context = self._alpha_decoder()
        raw = decoded(self._container, self._stream, self._source.path, context)
        frames = _woven(raw, self._stream) if self._video.interlaced else raw
        first = round(self._video.start / self._base)
        for n, frame in enumerate(frames):
            if self._source.info.container in BY_ORDER:
                yield first + n, frame
            elif frame.pts is not None:
                base = Fraction(frame.time_base) if frame.time_base else self._base
                yield floor(frame.pts * base / self._base), frame

    def _alpha_decoder(self) -> Any:
        name = ALPHA_DECODERS.get(self._video.codec) if self._video.has_alpha else None
        if name is None:
            return None
        context = av.CodecContext.create(name, "r")
        context.extradata = self._stream.codec_context.extradata
        return ready(self._stream, context)

    def _must_jump(self, wanted: int) -> bool:
        if self._shown is None:
            return (wanted - round(self._video.start / self._base)) * self._base > SKIP_AHEAD
        return wanted < self._shown[0] or (
            self._ahead is not None and (wanted - self._ahead[0]) * self._base > SKIP_AHEAD
        )

    def _jump(self, wanted: int) -> None:
        """Stand before the wanted frame, at a keyframe."""
        if self._source.info.container in FROM_START:
            if self._shown is not None and wanted < self._shown[0]:
                self._open()
            return
        margin = 4 / self._video.frame_rate if self._video.interlaced else Fraction(0)  # what weaving looks at
        for back in BACK_OFFS:
            target = wanted - round((back + margin) / self._base)
            if target * self._base <= self._video.start:
                break
            self._shown = self._ahead = None
            try:
                self._container.seek(target, stream=self._stream, backward=True)
            except (av.error.FFmpegError, OSError):
                break
            self._frames = self._read()
            self._ahead = next(self._frames, None)
            if self._ahead is not None and self._ahead[0] <= wanted - round(margin / self._base):
                return
        self._open()

    def _forward(self, wanted: int) -> Any:
        if self._shown is None:
            self._shown = self._ahead or next(self._frames, None)
            self._ahead = None
        while True:
            if self._ahead is None:
                self._ahead = next(self._frames, None)
            if self._ahead is None or self._ahead[0] > wanted:
                break
            self._shown, self._ahead = self._ahead, None
        if self._shown is None:
            raise MediaError(f"No picture of {shown(self._source.path)} can be decoded.", "Export it again.")
        return self._shown[1]

    def _backwards(self, wanted: int) -> Any:
        while len(self._kept) > 1 and self._kept[-1][0] > wanted:
            self._kept.pop()
        if not self._kept or self._kept[0][0] > wanted:
            self._refill(wanted)
        while len(self._kept) > 1 and self._kept[-1][0] > wanted:
            self._kept.pop()
        return self._kept[-1][1]

    def _refill(self, wanted: int) -> None:
        size = max(1, self._video.coded_width * self._video.coded_height * (4 if self._video.bit_depth > 8 else 2))
        self._kept = deque(maxlen=max(6, min(MOST_KEPT, KEPT_BYTES // size)))
        self._shown = self._ahead = None
        if (wanted * self._base - self._video.start) > 0 and self._source.info.container not in FROM_START:
            self._jump(wanted)
        else:
            self._open()
        if self._ahead is not None:
            self._kept.append(self._ahead)
        for found in self._frames:
            if found[0] > wanted and self._kept:
                break
            self._kept.append(found)
        self._shown = self._ahead = None
        if not self._kept:
            raise MediaError(f"No picture of {shown(self._source.path)} can be decoded.", "Export it again.")


def stored(video: VideoStream) -> bool:
    """Does the film hold more than one picture?"""
    return video.frame_count > 1


def _woven(frames: Iterator[Any], stream: Any) -> Iterator[Any]:
    """Interlaced frames as progressive ones, at the same rate (bwdif); frames that are progressive stay."""
    graph: Any = None
    for frame in frames:
        if graph is None:
            graph = av.filter.Graph()
            source = graph.add_buffer(template=stream, time_base=frame.time_base or stream.time_base)
            weave = graph.add("bwdif", "mode=send_frame:deint=interlaced")
            sink = graph.add("buffersink")
            source.link_to(weave)
            weave.link_to(sink)
            graph.configure()
        graph.push(frame)
        yield from _pulled(graph)
    if graph is not None:
        graph.push(None)
        yield from _pulled(graph)


def _pulled(graph: Any) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, EOFError, av.error.EOFError):
            return
