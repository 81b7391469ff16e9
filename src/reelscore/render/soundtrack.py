"""What a second of a timeline sounds like: every segment decoded, set to its level, summed, held below full scale.

48 kHz stereo float32. A sample's value depends on the timeline and its place alone, so blocks and chunks join without a
seam; memory does not grow with length. Sounds that cross a transition are crossfaded over it at equal power, from
their own handles; hard edges get two milliseconds; a cut inside one running sound gets nothing at all.

The sum passes a limiter that only acts above `CEILING`: it looks ahead and behind by `_LOOK` samples, so it has no
memory either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reelscore.render.levels import EDGE, Edge, amplitude, ducking, faded, in_samples, risen
from reelscore.render.sources import Sources
from reelscore.render.voices import Voice
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Span
from reelscore.values.timeline import Segment, Sound, Timeline, Track

BLOCK = SAMPLE_RATE
CEILING = 0.98
_LOOK = 240  # samples: 5 ms
_MEASURED_AT_ONCE = 30 * SAMPLE_RATE
_MOST_NORMALISING_DB = 30.0


@dataclass(frozen=True, slots=True)
class _Heard:
    """A segment that sounds, on the timeline's samples."""

    segment: Segment
    start: int
    end: int
    gain_db: float
    opening: Edge
    ending: Edge

    @property
    def first(self) -> int:
        return self.start - self.opening.before

    @property
    def last(self) -> int:
        return self.end + self.ending.before


def sound_blocks(
    timeline: Timeline,
    sources: Sources,
    first: int,
    count: int,
    speech: Mapping[str, Sequence[Span]] | None = None,
) -> Iterator[Samples]:
    """Samples first .. first + count - 1 of the timeline in blocks of about a second, each (n, 2) float32.

    `speech` says of each medium (by id) when somebody speaks in it, on its own clock; music with `duck_db` steps back
    then. Raises MediaError for media that are missing or cannot be decoded.
    """
    mixer = _Mixer(timeline, sources, speech or {})
    try:
        held = np.zeros((0, 2), np.float32)
        made = first - 2 * _LOOK
        given = first
        while given < first + count:
            until = min(given + BLOCK, first + count)
            held = np.concatenate((held, mixer.mixed(made, until + 2 * _LOOK - made)))
            made = until + 2 * _LOOK
            yield _limited(held)
            held = held[-4 * _LOOK :]
            given = until
    finally:
        mixer.close()


class _Mixer:
    """The sum of all segments; opens what sounds and closes what does not."""

    def __init__(self, timeline: Timeline, sources: Sources, speech: Mapping[str, Sequence[Span]]) -> None:
        self._sources = sources
        self._heard = [one for track in timeline.tracks for one in _heard_of(track, sources)]
        self._ducking = ducking(timeline, speech) if any(_sound(h.segment).duck_db < 0 for h in self._heard) else None
        self._coming = sorted(range(len(self._heard)), key=lambda n: -self._heard[n].first)
        self._sounding: list[int] = []
        self._open: dict[int, tuple[Voice, float]] = {}

    def mixed(self, first: int, count: int) -> Samples:
        """Samples of the sum, before the limiter. Later calls ask for later samples."""
        total = np.zeros((count, 2), np.float32)
        while self._coming and self._heard[self._coming[-1]].first < first + count:
            self._sounding.append(self._coming.pop())
        for n in sorted(self._sounding):  # in the order of the timeline, so that sums are always the same
            one = self._heard[n]
            low, high = max(first, one.first), min(first + count, one.last)
            if low < high:
                total[low - first : high - first] += self._part(n, one, low, high)
            else:
                self._sounding.remove(n)
                if n in self._open:
                    self._open.pop(n)[0].close()
        return total

    def close(self) -> None:
        for voice, _ in self._open.values():
            voice.close()
        self._open.clear()

    def _part(self, n: int, one: _Heard, low: int, high: int) -> Samples:
        if n not in self._open:
            voice = Voice(one.segment, self._sources[one.segment.media], one.opening.before)
            self._open[n] = voice, amplitude(one.gain_db + self._normalising_db(one))
        voice, gain = self._open[n]
        sound = _sound(one.segment)
        places = np.arange(low, high)
        level = gain * faded(places, one.start, one.end, in_samples(sound.fade_in), in_samples(sound.fade_out))
        level *= risen(places, one.start, one.opening) * risen(-1 - places, -one.end, one.ending)
        if self._ducking is not None:
            level *= self._ducking.level(places, sound.duck_db)
        samples = voice.read(low - one.start, high - low)
        return (samples * (level[:, None] * _panned(sound.pan))).astype(np.float32)

    def _normalising_db(self, one: _Heard) -> float:
        """What brings the part of the source that is used to the loudness asked for."""
        target = _sound(one.segment).normalise_lufs
        if target is None:
            return 0.0
        from reelscore.values.loudness import energies, integrated

        plain = replace(one.segment, duration=one.segment.source.duration, speed=Fraction(1))
        voice = Voice(plain, self._sources[one.segment.media])
        length = in_samples(plain.duration)
        try:
            parts = [
                energies(voice.read(at, min(_MEASURED_AT_ONCE, length - at)))
                for at in range(0, length, _MEASURED_AT_ONCE)
            ]
        finally:
            voice.close()
        loudness = integrated(np.concatenate(parts)) if parts else -np.inf
        return float(min(_MOST_NORMALISING_DB, target - loudness)) if np.isfinite(loudness) else 0.0


def _heard_of(track: Track, sources: Sources) -> list[_Heard]:
    """The segments of a track that sound, with their edges."""
    if track.kind == "text" or track.muted:
        return []
    placed = list(track.placed())
    crossed = {one.into: in_samples(one.duration) for one in track.transitions}
    openings: list[Edge] = []
    for n, (place, segment) in enumerate(placed):
        before = placed[n - 1][1] if n and placed[n - 1][0].end == place.start else None
        openings.append(_edge(before, segment, crossed.get(segment.id, 0)))
    found = []
    for n, (place, segment) in enumerate(placed):
        touches = n + 1 < len(placed) and placed[n + 1][0].start == place.end
        ending = openings[n + 1] if touches else Edge(0, EDGE)
        if not touches or ending.length == EDGE:
            ending = Edge(0, EDGE)
        sound = _sound(segment)
        if sound.muted or segment.freeze or not _has_sound(segment, sources):
            continue
        gain = sound.gain_db + track.gain_db
        start, end = in_samples(place.start), in_samples(place.end)
        found.append(_Heard(segment, start, end, gain, openings[n], ending))
    return found


def _edge(before: Segment | None, segment: Segment, crossed: int) -> Edge:
    """How `segment` begins after `before`."""
    runs_on = before is not None and _runs_on(before, segment)
    if crossed:
        return Edge(crossed // 2, 2 * (crossed // 2), even=runs_on)
    if runs_on:
        assert before is not None
        bare = [replace(_sound(one), fade_in=Fraction(0), fade_out=Fraction(0)) for one in (before, segment)]
        same = bare[0] == bare[1]
        return Edge(0, 0) if same else Edge(EDGE // 2, 2 * (EDGE // 2), even=True)
    return Edge(0, EDGE)


def _runs_on(before: Segment, after: Segment) -> bool:
    """Does the second go on in the source exactly where the first stops?"""
    kept = (before.media, before.speed, before.reverse) == (after.media, after.speed, after.reverse)
    if not kept or before.freeze or after.freeze or not before.media:
        return False
    if before.speed != 1 and _sound(before).original_key:
        return False  # each is stretched by itself
    return before.start == after.source.end if before.reverse else before.source.end == after.start


def _has_sound(segment: Segment, sources: Sources) -> bool:
    if not segment.media or segment.text is not None:
        return False
    source = sources.get(segment.media)
    if source is None:
        from reelscore.errors import MediaError

        raise MediaError(f'The media of "{segment.name or segment.id}" are missing.', "Add or replace the file.")
    return source.info.audio is not None


def _sound(segment: Segment) -> Sound:
    return segment.sound or _PLAIN


_PLAIN = Sound()


def _panned(pan: float) -> NDArray[np.float64]:
    """Factors for left and right; the near side keeps its level."""
    far = float(np.cos(min(1.0, abs(pan)) * np.pi / 2))
    return np.array([far if pan > 0 else 1.0, far if pan < 0 else 1.0])


def _limited(held: Samples) -> Samples:
    """What lies `2 * _LOOK` inside both ends. Quiet sound stays as it is, and the limiter need not be loaded."""
    if not len(held) or max(float(held.max()), -float(held.min())) <= CEILING:
        return held[2 * _LOOK : max(2 * _LOOK, len(held) - 2 * _LOOK)].copy()
    from reelscore.render.limiting import limited

    return limited(held, _LOOK, CEILING)
