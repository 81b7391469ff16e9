"""A brief carried over to a changed film: moved, added and dropped hits, another length.

The tempo map stays wherever it can: hits that already fall on its beats cost nothing; one that does not is reached by
bending the tempo between the bar lines around it, a few per cent at most; the end is cut or lengthened at the last
tempo. So bars far from a change keep their place to the sample, and what had to change is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.brief.asked import clock, length_within
from reelscore.brief.bar_lines import pulses_of
from reelscore.brief.hit_points import DEFAULT_FRAME, covering
from reelscore.brief.landing import figures_of, landings
from reelscore.brief.loops import fit_loop
from reelscore.values.brief import Brief, Cue, Hit
from reelscore.values.time import Beats, Seconds, Span, TempoMap, TempoStep

MOST_BEND = Fraction(8, 100)
_WIDEST = 6  # bars on each side over which a bend may be spread
_WORTH = 0.5  # the weight from which a hit may bend the tempo


def refitted(brief: Brief, hits: Sequence[Hit], duration: Seconds, speech: Sequence[Span] | None = None) -> Brief:
    """The brief for these hits and this length (and speech, where it changed); everything else stays."""
    duration = length_within(duration, "A film")
    frame = 1 / brief.frame_rate if brief.frame_rate else DEFAULT_FRAME
    wanted = tuple(sorted((hit for hit in hits if 0 <= hit.at < duration), key=lambda hit: hit.at))
    notes = [f"The hit at {clock(hit.at)} lies behind the end and was dropped." for hit in hits if hit.at >= duration]
    if brief.loop:
        fit = fit_loop(wanted, duration, brief.frame_rate, brief.bpm, brief.meter)
        tempo_map = fit.tempo_map if duration != brief.duration else brief.tempo_map
    else:
        tempo_map = covering(brief.tempo_map, duration, brief.meter)
        tempo_map, told = _bent_to(brief, tempo_map, wanted, frame)
        notes += told
    results = landings(tempo_map, wanted, frame)
    if duration != brief.duration:
        notes.append(f"The piece now lasts {clock(duration)} instead of {clock(brief.duration)}.")
    return replace(
        brief,
        duration=duration,
        tempo_map=tempo_map,
        hits=results,
        fit=figures_of(tempo_map, results, duration, frame, brief.meter),
        cues=_stretched(brief.cues, duration),
        speech=tuple(speech) if speech is not None else brief.speech,
        notes=tuple(dict.fromkeys((*brief.notes, *notes))),
    )


def _stretched(cues: tuple[Cue, ...], duration: Seconds) -> tuple[Cue, ...]:
    """Cues cut at a shorter length; the last one lasts to a longer one."""
    inside = [cue for cue in cues if cue.span.start < duration]
    return tuple(
        replace(cue, span=Span(cue.span.start, duration if k == len(inside) - 1 else min(cue.span.end, duration)))
        for k, cue in enumerate(inside)
    )


def _bent_to(brief: Brief, tempo_map: TempoMap, hits: Sequence[Hit], frame: Seconds) -> tuple[TempoMap, list[str]]:
    """The map bent to each new hit that it misses where it can be; the weightiest first, lighter ones give way."""
    known = {result.hit.at for result in brief.hits}
    notes: list[str] = []
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.at)):
        result = landings(tempo_map, [hit], frame)[0]
        if hit.at in known or result.target in ("beat", "downbeat") or hit.weight < _WORTH:
            continue
        if brief.bpm_locked:
            notes.append(f"The hit at {clock(hit.at)} is off the beat: the tempo was asked for by number.")
            continue
        fixed = [
            r.beat
            for r in landings(tempo_map, [h for h in hits if h is not hit and h.weight >= hit.weight], frame)
            if r.kept and r.beat is not None
        ]
        bent = _bend(tempo_map, hit.at, fixed)
        if bent is None:
            notes.append(f"The hit at {clock(hit.at)} is off the beat: no tempo near the old one reaches it.")
            continue
        tempo_map, start, end, amount = bent
        first, last = tempo_map.bar_at(start).index + 1, tempo_map.bar_at(end - Fraction(1, 8)).index + 1
        notes.append(f"Bars {first} to {last} bend by {float(amount):.1%} to reach the hit at {clock(hit.at)}.")
    return tempo_map, notes


def _bend(tempo_map: TempoMap, at: Seconds, fixed: Sequence[Beats]) -> tuple[TempoMap, Beats, Beats, Fraction] | None:
    """The gentlest bend that brings a beat to this second, between bar lines that stay; None where there is none."""
    here = tempo_map.beat_at(at)
    if here <= 0:
        return None
    bar = tempo_map.bar_at(here)
    low = max((beat for beat in fixed if beat < here), default=Fraction(0))
    high = min((beat for beat in fixed if beat > here), default=tempo_map.end)
    found: list[tuple[Fraction, Beats, Beats, Beats]] = []
    for wide in range(1, _WIDEST + 1):
        start = max(low, tempo_map.bars[max(0, bar.index - wide)].start)
        end = min(high, tempo_map.bars[min(len(tempo_map.bars) - 1, bar.index + wide)].end)
        pulses = [p for b in tempo_map.bars for p in pulses_of(b) if start < p < end and abs(p - here) <= 2]
        for pulse in pulses:
            first = (at - tempo_map.seconds_at(start)) / (tempo_map.seconds_at(pulse) - tempo_map.seconds_at(start))
            last = (tempo_map.seconds_at(end) - at) / (tempo_map.seconds_at(end) - tempo_map.seconds_at(pulse))
            amount = max(abs(first - 1), abs(last - 1))
            if first > 0 and last > 0 and amount <= MOST_BEND:
                found.append((amount + Fraction(wide, 200), start, pulse, end))
    if not found:
        return None
    _, start, pulse, end = min(found)
    times = [tempo_map.seconds_at(beat) for beat in (start, end)]
    amount = max(
        abs((at - times[0]) / (tempo_map.seconds_at(pulse) - times[0]) - 1),
        abs((times[1] - at) / (times[1] - tempo_map.seconds_at(pulse)) - 1),
    )
    after = [TempoStep(end, _beat_length(tempo_map, end))] if end < tempo_map.end else []
    steps = [step for step in tempo_map.steps if step.at < start]
    steps.append(TempoStep(start, (at - times[0]) / (pulse - start)))
    steps.append(TempoStep(pulse, (times[1] - at) / (end - pulse)))
    steps += after + [step for step in tempo_map.steps if step.at > end]
    return TempoMap(tempo_map.start, tuple(steps), tempo_map.bars), start, end, amount


def _beat_length(tempo_map: TempoMap, beat: Beats) -> Seconds:
    return max((step for step in tempo_map.steps if step.at <= beat), key=lambda step: step.at).seconds_per_beat
