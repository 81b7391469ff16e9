"""What the command line prints: results for people, or the same as JSON. One place for all of it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from reelscore.errors import BriefError, one_of
from reelscore.values.brief import Brief
from reelscore.values.codec import dumps, to_json
from reelscore.values.command import CommandEntry, Param
from reelscore.values.reading import AudioReading, MediaInfo, Reading, VideoReading
from reelscore.values.time import Seconds, Span, seconds
from reelscore.values.timeline import Request
from reelscore.values.vocabulary import GenreEntry, InstrumentEntry, MoodEntry

if TYPE_CHECKING:
    from pathlib import Path

    from reelscore.catalogue import BackEnd, Check
    from reelscore.editing import Rendered
    from reelscore.takes import Delivery, Generated


def one_line(text: str) -> str:
    """Messages never break lines or carry control characters, whatever a file is called."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()


def clock(text: str) -> Seconds:
    """ "90", "1:30", "0:01:30.5" or "90s" as seconds; BriefError otherwise."""
    match = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,6})?)\s*s?", text.strip())
    if not match:
        raise BriefError(f"--duration {text!r} is not a length.", 'Give seconds ("60") or minutes ("1:30").')
    hours, minutes, rest = match.groups()
    return seconds(rest) + 60 * int(minutes or 0) + 3600 * int(hours or 0)


def check_takes(count: int, most: int = 20) -> None:
    """BriefError for a number of variations that cannot be."""
    if not 1 <= count <= most:
        raise BriefError(f"--variations {count} is out of range.", f"Give a number from 1 to {most}.")


def revision(change: str, bars: str, section: str, keep: str, transpose: int, take: int) -> Request:
    """What `revise` was asked for. Raises BriefError where that is nothing, or contradicts itself."""
    if sum(map(bool, (keep, transpose, change.strip()))) > 1 or (bars and section) or (keep and (bars or section)):
        raise BriefError(
            "These wishes do not go together.", "Give a change, --keep or --transpose; --bars or --section."
        )
    if not (change.strip() or bars or section or keep or transpose):
        raise BriefError("Nothing says what to change.", 'Try "darker", --bars 9-16, --section lift, --keep harmony.')
    if abs(transpose) > 12:
        raise BriefError(f"--transpose {transpose} is too far.", "Give -12 to 12 semitones.")
    first, last = _bars(bars) if bars else (-1, -1)
    wishes = ((("higher" if transpose > 0 else "lower"), str(Fraction(abs(transpose), 2))),) if transpose else ()
    kind = "vary" if keep else "change" if change.strip() or transpose else "regenerate"
    return Request("revise", kind, "", change.strip(), keep, section, first, last, take, wishes)


def _bars(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,4})\s*(?:[-–~]\s*(\d{1,4}))?\s*", text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise BriefError(f'--bars "{one_line(text)[:40]}" are no bars.', 'Count from 1: "9-16", or "9".')
    return first - 1, last - 1


def stamp(at: Seconds) -> str:
    """1:05.20"""
    whole = float(at)
    return f"{int(whole // 60)}:{whole % 60:05.2f}"


def deliveries(takes: Sequence[Delivery], as_json: bool) -> str:
    """What was made."""
    if as_json:
        made = [
            {
                "output": str(take.output),
                "bundle": None if take.bundle is None else str(take.bundle),
                "report": to_json(take.report),
            }
            for take in takes
        ]
        return json.dumps(made if len(made) > 1 else made[0], ensure_ascii=False, indent=1)
    return "\n\n".join("\n".join(_table(list(_summary(take)))) for take in takes)


def check_no_score(bundle: Path | None, report: Path | None) -> None:
    """A trained model gives sound, not notes: BriefError for a bundle or a report."""
    if bundle or report:
        raise BriefError("A trained model writes no notes.", "Leave --bundle and --report out, or use the composer.")


def generated(made: Sequence[Generated], as_json: bool) -> str:
    """What a trained model wrote."""
    if as_json:
        rows = [{**to_json(one), "output": str(one.output)} for one in made]
        return json.dumps(rows if len(rows) > 1 else rows[0], ensure_ascii=False, indent=1)
    lines: list[tuple[str, str, str]] = []
    for one in made:
        lines.append(("made", f"{one_line(str(one.output))}  {stamp(one.brief.duration)}", ""))
        lines.append(("weights", one_line(one.weights), ""))
        lines.append(("beats", "on the tempo map" if one.aligned else "as the model played them", ""))
        level = one.loudness
        lines.append(("loudness", f"{level.integrated_lufs:.1f} LUFS, true peak {level.true_peak_dbtp:.1f} dBTP", ""))
        lines += [("note", one_line(note), "") for note in one.notes]
    return "\n".join(_table(lines))


def back_ends(found: Sequence[BackEnd], as_json: bool) -> str:
    """Every back-end: licence, and what it needs."""
    if as_json:
        return dumps(list(found)).rstrip()
    lines = []
    for one in found:
        sold = "music may be sold" if one.commercial else "music may NOT be sold"
        lines.append(f"{one.name:<13} {one.title}; {one.licence}; {sold}; {'needs' if one.missing else 'ready'}")
        lines += [f"{'':<13}   {one_line(need)}" for need in one.missing]
    return "\n".join(lines)


def _summary(take: Delivery) -> Iterator[tuple[str, str, str]]:
    report = take.report
    yield "made", f"{one_line(str(take.output))}  {stamp(take.brief.duration)}", ""
    if report.picture:
        yield "picture", "copied untouched" if report.picture_copied else one_line(report.picture), ""
    band = ", ".join(dict.fromkeys(player.instrument.replace("_", " ") for player in report.players))
    slow, fast = (pick(line.bpm for line in report.tempo_map) for pick in (min, max))
    tempo = f"{slow:.4g} bpm" if fast - slow < 0.5 else f"{slow:.0f}-{fast:.0f} bpm"
    yield "music", f"{report.genre}, {report.mood}, {report.key}, {report.meter}, {tempo}, seed {report.seed}", ""
    yield "form", " - ".join(section.kind for section in report.form), ""
    yield "band", band, ""
    if report.hits:
        yield "hits", _hits(take), ""
        missed = [hit for hit in report.hits if hit.landed_on == "none"]
        for hit in missed[:5]:
            yield "", f"missed: {stamp(seconds(hit.at_s))} {hit.kind} {hit.label} by {hit.error_ms:+.0f} ms", ""
    if report.integrated_lufs is None or report.true_peak_dbtp is None:
        yield "loudness", "silence", ""
    else:
        yield "loudness", f"{report.integrated_lufs:.1f} LUFS, true peak {report.true_peak_dbtp:.1f} dBTP", ""
    if report.speech:
        ducked = sum(line.end_s - line.start_s for line in report.speech)
        yield "speech", f"{ducked:.1f} s, music ducked under it", ""
    if take.bundle is not None:
        yield "bundle", one_line(str(take.bundle)), ""
    for note in report.notes:
        yield "note", one_line(note), ""


def _hits(take: Delivery) -> str:
    report = take.report
    on_beat = sum(hit.landed_on in ("beat", "downbeat") for hit in report.hits)
    on_one = sum(hit.landed_on == "downbeat" for hit in report.hits)
    heard = [abs(hit.heard_ms) for hit in report.hits if hit.heard_ms is not None and hit.landed_on != "none"]
    text = f"{on_beat} of {len(report.hits)} within a frame of a beat, {on_one} of a downbeat"
    return text + (f"; heard {median(heard):.0f} ms off (median)" if heard else "")


def brief(understood: Brief, as_json: bool) -> str:
    """What was understood: each field, its value, where it comes from and why."""
    if as_json:
        return dumps(understood).rstrip()
    rows = [(reason.field, reason.value, f"{reason.source}: {reason.text}") for reason in understood.reasons]
    lines = _table(rows)
    kept = [hit for hit in understood.hits if hit.kept]
    if understood.hits:
        on = [hit for hit in kept if hit.target == "downbeat"]
        lines.append("")
        lines.append(f"{len(kept)} of {len(understood.hits)} hits on a beat, {len(on)} on a downbeat")
        lines += [
            f"  missed: {stamp(r.hit.at)} {r.hit.kind}, {float(r.error) * 1000:+.0f} ms"
            for r in understood.hits
            if not r.kept
        ]
    return "\n".join([*lines, *(f"Note: {one_line(note)}" for note in understood.notes)])


def reading(seen: Reading, as_json: bool) -> str:
    """What was seen and heard."""
    if as_json:
        return dumps(seen).rstrip()
    rows = [*_file(seen.info)]
    if seen.video is not None:
        rows += _picture(seen.video)
    if seen.audio is not None:
        rows += _sound(seen.audio)
    lines = _table(rows)
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
        ("mood", _mood(_mean(video.valence), _mean(video.arousal)), _spark(video.arousal, -1, 1)),
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


def checks(found: Sequence[Check], as_json: bool) -> str:
    """The doctor's findings."""
    if as_json:
        return json.dumps([to_json(check) for check in found], ensure_ascii=False, indent=1)
    marks = {"ok": "ok", "missing": "MISSING", "optional": "optional"}
    lines = []
    for check in found:
        lines.append(f"{marks[check.state]:<9} {check.name:<16} {check.detail}")
        if check.hint:
            lines.append(f"{'':<26} {check.hint}")
    return "\n".join(lines)


def genres(known: Mapping[str, GenreEntry], search: str, as_json: bool) -> str:
    """Every genre: name, tempo, meters, and the words that select it."""
    chosen = _chosen(known, search, "genre")
    if as_json:
        return dumps(list(chosen.values())).rstrip()
    return "\n".join(
        _table(
            [(n, f"{g.tempo[0]}-{g.tempo[2]} bpm, {' '.join(g.meters)}", ", ".join(g.words)) for n, g in chosen.items()]
        )
    )


def moods(known: Mapping[str, MoodEntry], search: str, as_json: bool) -> str:
    """Every mood: name, place on the circumplex, and the words that select it."""
    chosen = _chosen(known, search, "mood")
    if as_json:
        return dumps(list(chosen.values())).rstrip()
    return "\n".join(_table([(n, _mood(m.valence, m.arousal), ", ".join(m.words)) for n, m in chosen.items()]))


def instruments(known: Mapping[str, InstrumentEntry], search: str, as_json: bool) -> str:
    """Every instrument by family, and the words that select it."""
    chosen = _chosen(known, search, "instrument")
    if as_json:
        return dumps(list(chosen.values())).rstrip()
    rows = sorted(((i.family, n, ", ".join(i.words)) for n, i in chosen.items()))
    return "\n".join(_table(rows))


E = TypeVar("E", GenreEntry, MoodEntry, InstrumentEntry)


def _chosen(known: Mapping[str, E], search: str, what: str) -> Mapping[str, E]:
    """Those whose name, family or words hold the search; BriefError for none."""
    sought = search.strip().lower()
    found = {
        name: entry
        for name, entry in known.items()
        if sought in name or sought == getattr(entry, "family", None) or any(sought in word for word in entry.words)
    }
    if not found:
        raise BriefError(f'No {what} answers to "{one_line(search)[:60]}".', one_of(sought, known))
    return found


def commands(known: Mapping[str, CommandEntry], zh: bool = False) -> str:
    """What edits there are, by group."""
    language = "zh" if zh else "en"
    groups = dict.fromkeys(entry.group for entry in known.values())
    rows = [(n, e.help.in_language(language), "") for group in groups for n, e in known.items() if e.group == group]
    return "\n".join(_table(rows))


def command(entry: CommandEntry, zh: bool = False) -> str:
    """One edit: what it does, its options, and what people say for it."""
    language = "zh" if zh else "en"
    rows = [(f"--{p.name}", p.kind + (" *" if p.required else ""), _option(p, language)) for p in entry.params]
    said = [(e.zh if zh else e.en) for e in entry.examples]
    return "\n".join([f"{entry.name}: {entry.help.in_language(language)}", *_table(rows), *(f"  {s}" for s in said)])


def _option(param: Param, language: str) -> str:
    choices = f" ({', '.join(c.name for c in param.choices)})" if param.choices else ""
    default = f" [{param.default}]" if param.default not in (None, "") else ""
    return f"{param.help.in_language(language)}{choices}{default}"


def rendered(done: Rendered, duration: Seconds, as_json: bool) -> str:
    """What was rendered, and how."""
    if as_json:
        return json.dumps({**to_json(done), "path": str(done.path), "duration": float(duration)}, indent=1)
    ways = {"copy": "copied untouched", "smart": "copied but for the cuts", "compose": "composed"}
    rows = [("made", f"{one_line(str(done.path))}  {stamp(duration)}", "")]
    if done.frames:
        again = f", {done.reused} frames of an earlier render" if done.reused else ""
        rows.append(("picture", f"{ways.get(done.way, done.way)}, {done.frames} frames{again}", ""))
    rows += [("note", one_line(note), "") for note in done.notes]
    return "\n".join(_table(rows))


def _table(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    left = max((len(name) for name, _, _ in rows), default=0)
    middle = min(44, max((len(value) for _, value, why in rows if why), default=0))
    return [f"{name:<{left}}  {value:<{middle}}  {why}".rstrip() for name, value, why in rows]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _level(values: Sequence[float]) -> str:
    mean = _mean(values)
    name = ("none", "little", "some", "much", "very much")[min(4, int(mean * 5))]
    return f"{mean:.2f} ({name})"


def _mood(valence: float, arousal: float) -> str:
    tone = "bright" if valence > 0.2 else "dark" if valence < -0.2 else "neutral"
    pace = "lively" if arousal > 0.2 else "calm" if arousal < -0.2 else "moderate"
    return f"{tone}, {pace} ({valence:+.2f}, {arousal:+.2f})"


def _spark(values: Sequence[float], low: float, high: float, width: int = 40) -> str:
    if not values:
        return ""
    step = max(1, math.ceil(len(values) / width))
    means = [_mean(values[i : i + step]) for i in range(0, len(values), step)]
    return "".join("▁▂▃▄▅▆▇█"[max(0, min(7, int((v - low) / (high - low) * 8)))] for v in means)


def _spans(spans: Sequence[Span], most: int = 6) -> str:
    shown = [f"{stamp(span.start)}-{stamp(span.end)}" for span in spans[:most]]
    return ", ".join(shown) + (f" and {len(spans) - most} more" if len(spans) > most else "")
