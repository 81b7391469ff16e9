"""What was seen and heard in a file, as the command line tells it: the file, its shots, its sound."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reelscore.edges.cli.words import mood_told, one_line, stamp, table
from reelscore.values.codec import dumps
from reelscore.values.reading import AudioReading, MediaInfo, Reading, VideoReading
from reelscore.values.time import Span, seconds


def reading(seen: Reading, as_json: bool) -> str:
    """What was seen and heard."""
    if as_json:
        return dumps(seen).rstrip()
    rows = [*_file(seen.info)]
    if seen.video is not None:
        rows += _picture(seen.video)
    if seen.audio is not None:
        rows += _sound(seen.audio)
    lines = table(rows)
    if seen.video is not None and seen.video.cuts:
        lines.append("")
        for shot in seen.video.cuts:
            lines.append(f"  {stamp(shot.span.start)}  {shot.opening:<9} {shot.confidence:4.0%} sure")
    return "\n".join([*lines, *(f"Note: {one_line(note)}" for note in (*seen.info.warnings, *seen.notes))])


def _file(info: MediaInfo) -> list[tuple[str, str, str]]:
    rows = [("file", one_line(info.path), f"{info.container}, {info.size / 1e6:.1f} MB, {stamp(info.duration)}")]
    video = info.video
    if video is not None:
        rate = f"{float(video.frame_rate):.3f}".rstrip("0").rstrip(".")
        extras = [
            f"turned {video.rotation}°" if video.rotation else "",
            "variable rate" if video.variable_rate else "",
            f"HDR {video.hdr}" if video.hdr else "",
            f"{video.bit_depth} bit" if video.bit_depth > 8 else "",
            "interlaced" if video.interlaced else "",
            f"{info.video_stream_count} picture streams" if info.video_stream_count > 1 else "",
        ]
        what = f"{video.codec} {video.width}x{video.height}, {rate} fps, {video.frame_count} frames"
        rows.append(("picture", what, ", ".join(extra for extra in extras if extra)))
    audio = info.audio
    if audio is not None:
        many = f"{info.audio_stream_count} sound streams" if info.audio_stream_count > 1 else ""
        rows.append(("sound", f"{audio.codec} {audio.sample_rate} Hz, {audio.channels} channels", many))
    return rows


def _picture(video: VideoReading) -> list[tuple[str, str, str]]:
    cuts = [shot for shot in video.shots if shot.opening == "cut"]
    soft = [shot for shot in video.cuts if shot.opening != "cut"]
    gentle = f"{len(soft)} dissolves and fades" if soft else ""
    return [
        ("shots", str(len(video.shots)), ", ".join(x for x in (f"{len(cuts)} cuts", gentle) if x)),
        ("motion", _level(video.subject_motion), f"camera {_level(video.camera_motion)}"),
        ("mood", mood_told(_mean(video.valence), _mean(video.arousal)), _spark(video.arousal, -1, 1)),
        ("light", _level(video.brightness), f"saturation {_level(video.saturation)}, warmth {_level(video.warmth)}"),
    ]


def _sound(audio: AudioReading) -> list[tuple[str, str, str]]:
    if audio.silent or not math.isfinite(audio.loudness_lufs):
        return [("loudness", "silent", "")]
    rows = [
        ("loudness", f"{audio.loudness_lufs:.1f} LUFS", f"peak {audio.true_peak_dbtp:.1f} dBTP"),
        ("energy", _level(audio.energy), _spark(audio.energy, 0, 1)),
    ]
    for name, spans in (("speech", audio.speech), ("singing", audio.singing), ("music", audio.music)):
        rows.append((name, f"{float(sum((s.duration for s in spans), seconds(0))):.1f} s", _spans(spans)))
    if audio.beats:
        bars = f"{len(audio.beats)} beats, {len(audio.downbeats)} bars of {audio.meter}"
        rows.append(("tempo", f"{audio.bpm:.1f} bpm", f"{bars}, {audio.beat_confidence:.0%} sure"))
    return rows


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _level(values: Sequence[float]) -> str:
    mean = _mean(values)
    name = ("none", "little", "some", "much", "very much")[min(4, int(mean * 5))]
    return f"{mean:.2f} ({name})"


def _spark(values: Sequence[float], low: float, high: float, width: int = 40) -> str:
    if not values:
        return ""
    step = max(1, math.ceil(len(values) / width))
    means = [_mean(values[i : i + step]) for i in range(0, len(values), step)]
    return "".join("▁▂▃▄▅▆▇█"[max(0, min(7, int((v - low) / (high - low) * 8)))] for v in means)


def _spans(spans: Sequence[Span], most: int = 6) -> str:
    shown = [f"{stamp(span.start)}-{stamp(span.end)}" for span in spans[:most]]
    return ", ".join(shown) + (f" and {len(spans) - most} more" if len(spans) > most else "")
