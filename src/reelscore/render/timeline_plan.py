"""How a timeline is rendered: what is copied, what is composed, in which pieces, and why. Pure.

The cheapest way that is right is taken:

    copy      the picture is one whole source, untouched: its packets are copied, only the sound is made
    smart     stretches of one source are untouched: whole groups of pictures are copied, the rest is composed
    compose   every picture is composed, in chunks

Whatever the way, the result shows `frames` pictures at a constant rate and holds `samples` of sound at 48 kHz: the
timeline's, to the frame and to the sample. Frame n of the timeline shows the moment n / rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from reelscore.errors import OutputError
from reelscore.render.chunks import Chunk, chunks_of
from reelscore.render.encoders import settings_of
from reelscore.render.formats import FILM_CONTAINERS, SOUND_FORMATS, codec_of, film_sound, title_of
from reelscore.render.refusals import refuse_impossible, refuse_lost
from reelscore.render.sources import Sources
from reelscore.render.targets import CODECS, Target, checked, picture_rate, picture_size
from reelscore.render.ways import Kept, Wanted, kept_runs, why_not_stored, why_touched
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span, frames_in, samples_in
from reelscore.values.timeline import Timeline

Speech = Mapping[str, tuple[Span, ...]]  # Media.id -> spans on its own clock

_WORTH_COPYING = Fraction(1, 3)  # share of the frames; below it, the search for groups costs more than it saves


@dataclass(frozen=True)
class RenderPlan:
    """How one file is made. `timeline` has the result's canvas; `first_frame` is where a part of it starts."""

    timeline: Timeline
    sources: Sources
    target: Target
    kind: str  # "film", "sound", "animation", "picture"
    way: str  # "copy", "smart", "compose"; of a sound: "compose"
    why: str
    container: str
    codec: str  # of the picture; "" without one
    sound: str  # ending of the sound's format in SOUND_FORMATS; "" without sound
    size: tuple[int, int]
    frame_rate: Fraction
    first_frame: int
    frames: int
    first_sample: int
    samples: int
    chunks: tuple[Chunk, ...] = ()  # of what would be composed if nothing were copied
    kept: tuple[Kept, ...] = ()  # what may be copied
    speech: Speech = field(default_factory=dict)  # when somebody speaks, by medium, for music that steps back

    @property
    def duration(self) -> Fraction:
        """Seconds of picture; of sound where there is no picture."""
        if self.frames and self.kind != "sound":
            return self.frames / self.frame_rate
        return Fraction(self.samples, SAMPLE_RATE)


def plan_timeline(
    timeline: Timeline, sources: Sources, target: Target | None = None, speech: Speech | None = None
) -> RenderPlan:
    """The plan for this timeline. `speech` tells when somebody speaks in a medium, for music that ducks under it.

    Raises OutputError for an impossible target or timeline, MediaError for media that are lost or of the wrong kind.
    """
    target = checked(target or Target())
    refuse_impossible(timeline)
    refuse_lost(timeline, sources)
    suffix = target.suffix.lower()
    size = picture_size(target, (timeline.canvas.width, timeline.canvas.height))
    rate = picture_rate(target, timeline.canvas.frame_rate)
    canvas = replace(timeline.canvas, width=size[0], height=size[1], frame_rate=rate)
    timeline = replace(timeline, canvas=canvas)
    container = FILM_CONTAINERS.get(suffix, suffix.lstrip("."))
    first, frames, first_sample, samples = _extent(timeline, target, rate)
    plan = RenderPlan(
        timeline,
        sources,
        target,
        kind=target.kind,
        way="compose",
        why="",
        container=container,
        codec=target.codec or CODECS[container][0] if target.kind == "film" else "",
        sound=_sound_suffix(target, container),
        size=size,
        frame_rate=rate,
        first_frame=first,
        frames=frames,
        first_sample=first_sample,
        samples=samples,
        speech=speech or {},
    )
    if plan.kind == "film":
        return _with_way(plan)
    if plan.kind == "animation":
        return replace(plan, why="a GIF has its own pictures", chunks=_chunks(plan))
    return replace(plan, why="only the sound is made" if plan.kind == "sound" else "one picture is composed")


def describe(plan: RenderPlan) -> str:
    """The plan in sentences for people."""
    lines = [f"{_format_name(plan)}, {_length(plan)}."]
    if plan.kind == "sound":
        return " ".join(lines)
    if plan.kind == "picture":
        return f"{_format_name(plan)} of {plan.size[0]}x{plan.size[1]}, as shown at {_clock(plan.first_frame, plan)}."
    copied = sum(run.count for run in plan.kept)
    if plan.way == "copy":
        lines.append(f"The picture is copied untouched, because {plan.why}.")
    elif plan.way == "smart":
        lines.append(
            f"Up to {copied} of {plan.frames} pictures are copied, because {plan.why}; "
            "those around the cuts, and whatever cannot be copied after all, are composed."
        )
    else:
        count = f"{len(plan.chunks)} chunks" if len(plan.chunks) != 1 else "one chunk"
        lines.append(f"Every picture is composed, in {count}, because {plan.why}.")
    return " ".join(lines)


def composed(plan: RenderPlan, why: str) -> RenderPlan:
    """The same result with every picture composed."""
    return replace(plan, way="compose", why=why, kept=())


def encoding_of(plan: RenderPlan) -> str:
    """Everything about the encoder that shapes a chunk's bits, as one line."""
    family = plan.target.encoder if plan.kind == "film" else "software"
    codec = plan.codec or "lossless"
    words = (codec, family, plan.target.quality, *settings_of(codec, "software", plan.target.quality))
    return " ".join((*words, f"{plan.size[0]}x{plan.size[1]}", str(plan.frame_rate)))


def _chunks(plan: RenderPlan) -> tuple[Chunk, ...]:
    return chunks_of(plan.timeline, plan.first_frame, plan.frames, encoding_of(plan))


def _with_way(plan: RenderPlan) -> RenderPlan:
    """Chooses between copying and composing, and says why."""
    plan = replace(plan, chunks=_chunks(plan))
    wanted = Wanted(plan.container, plan.codec, plan.size, plan.frame_rate)
    runs = kept_runs(plan.timeline, plan.sources, wanted, plan.first_frame, plan.frames)
    kept = sum(run.count for run in runs)
    if not kept:
        return replace(plan, why=_why_composed(plan, wanted))
    if len(runs) == 1 and kept == plan.frames and runs[0].source_first == 0:
        video = plan.sources[runs[0].media].info.video
        if video is not None and video.frame_count == kept:
            return replace(plan, way="copy", why="it is one whole film without any edit", kept=runs)
    if plan.codec != "h264" or len({run.media for run in runs}) > 1:
        why = "only H.264 can be cut between its groups" if plan.codec != "h264" else "it joins several films"
        return replace(plan, why=why)
    if kept < _WORTH_COPYING * plan.frames:
        return replace(plan, why=why_touched(plan.timeline))
    return replace(plan, way="smart", why="they are shown as they were filmed", kept=runs)


def _why_composed(plan: RenderPlan, wanted: Wanted) -> str:
    """The source's own fault when there is but one, else the edit's."""
    films = {s.media for t, _, s in plan.timeline.placed() if t.kind == "video" and not t.hidden and s.media}
    for media in films if len(films) == 1 else ():
        if fault := why_not_stored(plan.sources[media], wanted):
            return fault
    return why_touched(plan.timeline)


def _extent(timeline: Timeline, target: Target, rate: Fraction) -> tuple[int, int, int, int]:
    """(first frame, frames, first sample, samples) of what is rendered."""
    frames = max(1, frames_in(timeline.duration, rate))
    samples = max(1, samples_in(timeline.duration, SAMPLE_RATE))
    span = target.span
    if target.kind == "picture":
        at = span.start if span else Fraction(0)
        return min(int(at * rate), frames - 1), 1, 0, 0
    if span is None:
        return 0, frames, 0, samples
    if span.start * rate >= frames:
        raise OutputError(
            f"The timeline ends at {float(timeline.duration):g} s, before {float(span.start):g} s.",
            "Choose a part that lies within it.",
        )
    first = int(span.start * rate)
    last = min(frames, max(first + 1, -(-span.end * rate // 1)))
    start = samples_in(first / rate, SAMPLE_RATE)
    end = samples if last == frames else min(samples, samples_in(last / rate, SAMPLE_RATE))
    return first, last - first, start, max(1, end - start)


def _sound_suffix(target: Target, container: str) -> str:
    if target.kind == "sound":
        return target.suffix.lower()
    if target.kind != "film":
        return ""
    wanted = film_sound(container)
    return next(suffix for suffix, known in SOUND_FORMATS.items() if known is wanted)


def _format_name(plan: RenderPlan) -> str:
    if plan.kind == "sound":
        return SOUND_FORMATS[plan.target.suffix.lower()].name
    name = title_of(plan.container)
    if plan.kind != "film":
        return name
    rate = f"{float(plan.frame_rate):.6g}"
    shape = f"{plan.size[0]}x{plan.size[1]} at {rate} frames a second"
    return f"{name} with {title_of(codec_of(plan.codec))} and {film_sound(plan.container).name}, {shape}"


def _length(plan: RenderPlan) -> str:
    if plan.kind == "sound":
        return f"{plan.samples} samples ({float(plan.duration):.3f} s)"
    return f"{plan.frames} pictures ({float(plan.duration):.3f} s)"


def _clock(frame: int, plan: RenderPlan) -> str:
    return f"{float(frame / plan.frame_rate):.3f} s"
