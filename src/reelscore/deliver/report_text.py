"""The report for people: plain text, one thing a line, the most asked first."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.deliver.report import HitLine, Rates, Report

_MOST_HITS = 40


def as_text(report: Report) -> str:
    """The whole report as text, ending in a newline."""
    blocks = (_head(report), _sound(report), _why(report), _hits(report), _form(report), _rest(report))
    return "\n\n".join("\n".join(block) for block in map(list, blocks) if block) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield f"{report.result}: {_clock(report.duration_s)}"
    yield f"  {report.genre}, {report.mood}, {report.key}, {report.meter}, {report.bpm:.4g} bpm; seed {report.seed}"
    if report.prompt:
        yield f'  asked for: "{report.prompt}"'
    if report.picture:
        yield f"  {report.picture}"


def _sound(report: Report) -> Iterator[str]:
    if report.integrated_lufs is None or report.true_peak_dbtp is None:
        yield "Loudness: silence"
    else:
        yield (
            f"Loudness, measured on the encoded file: {report.integrated_lufs:.1f} LUFS "
            f"(target {report.target_lufs:.1f}), true peak {report.true_peak_dbtp:.1f} dBTP "
            f"(ceiling {report.target_true_peak_dbtp:.1f}), range {report.loudness_range_lu or 0.0:.1f} LU"
        )
    words = {"keep": "kept under the music", "replace": "replaced by the music"}
    if report.original_audio in words:
        yield f"The film's own sound is {words[report.original_audio]}."
    for line in report.speech:
        yield f"  speech {_clock(line.start_s)} to {_clock(line.end_s)}: music at {line.ducking_db:+.1f} dB"


def _why(report: Report) -> Iterator[str]:
    if report.seen:
        seen = report.seen
        yield f"Seen: {seen.picture}; {seen.shots} shots; motion {seen.motion:.2f}, " + (
            f"arousal {seen.arousal:+.2f}, valence {seen.valence:+.2f}"
        )
        if seen.speech_s or seen.music_s:
            yield f"Heard: {seen.speech_s:.1f} s of speech, {seen.music_s:.1f} s of music"
    for reason in report.reasons:
        yield f"  {reason.field}: {reason.value} ({reason.source}: {reason.text})"
    for note in report.notes:
        yield f"  note: {note}"


def _hits(report: Report) -> Iterator[str]:
    if not report.hits:
        return
    kept = sum(hit.landed_on in ("beat", "downbeat") for hit in report.hits)
    yield f"Hits: {kept} of {len(report.hits)} within one frame of a beat"
    yield f"  by weight, this score: {_rates(Rates(report.hit_rate or 0.0, report.downbeat_rate or 0.0))}"
    if report.chance:
        yield f"  by weight, chance:     {_rates(report.chance)}"
    if report.fixed_120:
        yield f"  by weight, fixed 120:  {_rates(report.fixed_120)}"
    if report.heard_hit_rate is not None:
        yield f"  in the rendered sound: {report.heard_hit_rate:.0%} with an onset within one frame"
    shown = sorted(report.hits, key=lambda hit: -hit.weight)[:_MOST_HITS]
    for hit in sorted(shown, key=lambda hit: hit.at_s):
        yield f"  {_hit(hit)}"
    if len(report.hits) > len(shown):
        yield f"  and {len(report.hits) - len(shown)} lighter ones"


def _hit(hit: HitLine) -> str:
    heard = "" if hit.heard_ms is None else f", heard {hit.heard_ms:+.1f} ms"
    where = f"on a {hit.landed_on}" if hit.landed_on != "none" else "missed"
    name = f"{hit.kind} {hit.label}".strip()
    return f"{_clock(hit.at_s)}  {name:<24.24} {where:<14} {hit.error_ms:+8.1f} ms{heard}"


def _rates(rates: Rates) -> str:
    return f"{rates.hit_rate:.0%} on a beat, {rates.downbeat_rate:.0%} on a downbeat"


def _form(report: Report) -> Iterator[str]:
    yield "Form:"
    for section in report.form:
        name = f"{section.name} ({section.kind})"
        facts = f"{section.bars:3d} bars, energy {section.energy:.2f}, {section.key}"
        yield f"  {_clock(section.start_s)}  {name:<22} {facts}"
    if len(report.tempo_map) > 1:
        slow, fast = (pick(line.bpm for line in report.tempo_map) for pick in (min, max))
        fit = report.tempo_fit
        most = f", {fit.largest_step:.1%} at most from beat to beat, {fit.odd_bars:.0%} odd bars" if fit else ""
        yield f"  tempo by bar between {slow:.4g} and {fast:.4g} bpm{most}"
    yield "Band: " + ", ".join(f"{p.instrument} ({p.role})" for p in report.players)


def _rest(report: Report) -> Iterator[str]:
    if report.stages:
        total = sum(stage.seconds for stage in report.stages)
        yield f"Time: {total:.2f} s"
        for stage in report.stages:
            yield f"  {stage.stage:<14} {stage.seconds:7.2f} s"


def _clock(at_s: float) -> str:
    millis = round(at_s * 1000)
    return f"{millis // 60_000}:{millis // 1000 % 60:02d}.{millis % 1000:03d}"
