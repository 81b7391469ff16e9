"""What the command line prints of what it made and knows: for people, or the same as JSON.

What was seen and heard in a file is told by `seen`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from reelscore.errors import BriefError, one_of
from reelscore.values.brief import Brief
from reelscore.values.codec import dumps, to_json
from reelscore.values.command import CommandEntry, Param
from reelscore.values.time import Seconds, seconds
from reelscore.values.vocabulary import GenreEntry, InstrumentEntry, MoodEntry

if TYPE_CHECKING:
    from reelscore.catalogue import BackEnd, Check
    from reelscore.editing import Rendered
    from reelscore.handed_over import Delivery
    from reelscore.takes import Generated


def one_line(text: str) -> str:
    """Messages never break lines or carry control characters, whatever a file is called."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()


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
    return "\n\n".join("\n".join(table(list(_summary(take)))) for take in takes)


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
    return "\n".join(table(lines))


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
    lines = table(rows)
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
        table(
            [(n, f"{g.tempo[0]}-{g.tempo[2]} bpm, {' '.join(g.meters)}", ", ".join(g.words)) for n, g in chosen.items()]
        )
    )


def moods(known: Mapping[str, MoodEntry], search: str, as_json: bool) -> str:
    """Every mood: name, place on the circumplex, and the words that select it."""
    chosen = _chosen(known, search, "mood")
    if as_json:
        return dumps(list(chosen.values())).rstrip()
    return "\n".join(table([(n, mood_told(m.valence, m.arousal), ", ".join(m.words)) for n, m in chosen.items()]))


def instruments(known: Mapping[str, InstrumentEntry], search: str, as_json: bool) -> str:
    """Every instrument by family, and the words that select it."""
    chosen = _chosen(known, search, "instrument")
    if as_json:
        return dumps(list(chosen.values())).rstrip()
    rows = sorted(((i.family, n, ", ".join(i.words)) for n, i in chosen.items()))
    return "\n".join(table(rows))


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
    return "\n".join(table(rows))


def command(entry: CommandEntry, zh: bool = False) -> str:
    """One edit: what it does, its options, and what people say for it."""
    language = "zh" if zh else "en"
    rows = [(f"--{p.name}", p.kind + (" *" if p.required else ""), _option(p, language)) for p in entry.params]
    said = [(e.zh if zh else e.en) for e in entry.examples]
    return "\n".join([f"{entry.name}: {entry.help.in_language(language)}", *table(rows), *(f"  {s}" for s in said)])


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
    return "\n".join(table(rows))


def table(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Lines of name, value and why, one under the other."""
    left = max((len(name) for name, _, _ in rows), default=0)
    middle = min(44, max((len(value) for _, value, why in rows if why), default=0))
    return [f"{name:<{left}}  {value:<{middle}}  {why}".rstrip() for name, value, why in rows]


def mood_told(valence: float, arousal: float) -> str:
    """A place on the circumplex: "dark, calm (-0.40, -0.30)"."""
    tone = "bright" if valence > 0.2 else "dark" if valence < -0.2 else "neutral"
    pace = "lively" if arousal > 0.2 else "calm" if arousal < -0.2 else "moderate"
    return f"{tone}, {pace} ({valence:+.2f}, {arousal:+.2f})"
