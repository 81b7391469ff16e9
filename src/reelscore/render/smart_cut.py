"""Cuts a film between its groups of pictures: whole groups are copied, only the pictures around cuts are composed.

It is valid for H.264 of constant rate in closed groups, and only that is taken; anything else is refused with a reason,
and the caller composes instead. The result is counted and its times are checked before it is believed. Every packet is
stamped anew: decoding order gives one time, the frame shown the other, so no join can leave a gap or an overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from reelscore.render.encoders import picture_arguments
from reelscore.render.groups import Part, Stored, group_starts, parts_of
from reelscore.render.joining import chunk_output
from reelscore.render.parameter_sets import Record, free_number, has_instant_refresh, parsed
from reelscore.render.sources import Source
from reelscore.render.splice import RefusedError, check_spliced, frame_of, splice
from reelscore.render.timeline_plan import RenderPlan
from reelscore.render.ways import Kept
from reelscore.render.worker import Frames, Look, Share, Sounds, cost, make_sound, painter, share_of
from reelscore.sandbox.child import MIB, Limits
from reelscore.sandbox.jobs import Job, run_jobs
from reelscore.values.codec import from_json, to_json
from reelscore.values.progress import Watch

_MOST_COMPOSED = Fraction(2, 3)  # share of the frames; above it, one encoder for all is cheaper and smaller
_MATRICES, _RANGES = (1,), (0, 1)  # BT.709; limited or not told


def smart_cut(plan: RenderPlan, picture: Path, sounds: tuple[Sounds, ...], look: Look, watch: Watch) -> tuple[int, str]:
    """Make the picture of a "smart" plan (MP4, no sound) and these sounds, in a worker.

    Gives (frames composed, ""), or (0, why it cannot be cut this way).
    """
    share = share_of(plan, look, sounds)
    weight = cost(sounds, ()) + plan.frames / 4
    order = {
        **share,
        "kept": to_json(plan.kept),
        "first": plan.first_frame,
        "count": plan.frames,
        "quality": plan.target.quality,
        "out": str(picture),
    }
    limits = Limits(16384 * MIB, 3072 * MIB, 1200 + int(plan.frames), 1 << 40, 120.0)
    job = Job("reelscore.render.smart_cut:cut", order, "The film", weight, limits, "cut", 0.0)
    composed, why = run_jobs([job], watch, "render")[0]
    return int(composed), str(why)


def cut(
    share: dict[str, Any], kept: list[Any], first: int, count: int, quality: str, out: str, watch: Watch
) -> tuple[int, str]:
    """In the worker: sounds, the search for groups, the pictures around cuts, and the splice."""
    mine = from_json(Share, share)
    sources = {media: Source(Path(path), info) for media, path, info in mine.files}
    runs = from_json(tuple[Kept, ...], kept)
    for sounds in mine.sounds:
        make_sound(mine, sources, sounds, lambda _: watch("render", 0.0))
    source = sources[runs[0].media]
    try:
        record, starts = _looked_over(source)
        parts = parts_of(runs, starts, first, count)
        composed = sum(part.count for part in parts if not part.copied)
        if composed > _MOST_COMPOSED * count:
            raise RefusedError("the film has too few places where it can be cut")
        number = free_number(record)
        if number is None:
            raise RefusedError("the film uses every number for its parameters")
        files = _composed_parts(mine, sources, parts, quality, number, Path(out).parent, watch)
        splice(source, record, parts, files, mine.timeline.canvas.frame_rate, Path(out), lambda: watch("render", 0.9))
        check_spliced(Path(out), count, mine.timeline.canvas.frame_rate)
    except RefusedError as fault:
        return 0, str(fault)
    return composed, ""


def _looked_over(source: Source) -> tuple[Record, list[int]]:
    """The source's parameter sets, and where its groups start."""
    from reelscore.render.colour import guessed_matrix
    from reelscore.render.containers import open_container

    video = source.info.video
    assert video is not None
    with open_container(source.path) as container:
        stream = container.streams[video.index]
        context = stream.codec_context
        matrix = int(context.colorspace or 0)
        matrix = guessed_matrix(context.width, context.height) if matrix in (0, 2) else matrix
        if matrix not in _MATRICES or int(context.color_range or 0) not in _RANGES:
            raise RefusedError("the film's colours are not those of HD video")
        record = parsed(bytes(context.extradata or b""))
        if record is None or record.length_size != 4:
            raise RefusedError("the film keeps its parameters elsewhere")
        packets = [Stored(frame_of(packet, video), opens) for packet, opens in _packets(container, stream, record)]
    starts = group_starts(packets)
    if starts is None or len(packets) != video.frame_count:
        raise RefusedError("the film's groups of pictures are not closed")
    return record, starts


def _packets(container: Any, stream: Any, record: Record) -> Iterator[tuple[Any, bool]]:
    for packet in container.demux(stream):
        if packet.size:
            yield packet, bool(packet.is_keyframe) and has_instant_refresh(bytes(packet), record.length_size)


def _composed_parts(
    share: Share, sources: dict[str, Source], parts: list[Part], quality: str, number: int, folder: Path, watch: Watch
) -> dict[Part, Path]:
    """A file for every part that is not copied."""
    rate = share.timeline.canvas.frame_rate
    settings = [*picture_arguments("h264", "software", quality, float(rate)), "-x264-params", f"sps-id={number}"]
    wanted = [part for part in parts if not part.copied]
    total, done = max(1, sum(part.count for part in wanted)), 0.0

    def step(much: float) -> None:
        nonlocal done
        done += much
        watch("render", 0.9 * min(1.0, done / total))

    files: dict[Part, Path] = {}
    if not wanted:
        return files
    with painter(share, sources) as paint:
        for part in wanted:
            files[part] = folder / f"edge{part.first}.mp4"
            after = (*settings, *chunk_output("mp4", rate))
            paint(Frames(part.first, part.count, (), after, str(files[part])), step)
    return files
