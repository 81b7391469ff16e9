"""Effects that join sections: risers and reversed cymbals that end on a change, impacts and sub drops that begin it.

Each effect is one note; what announces ends exactly on the moment announced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise

from reelscore.compose.band import Chair
from reelscore.compose.bars import Ground
from reelscore.compose.form import SectionPlan
from reelscore.values.brief import Brief
from reelscore.values.chance import happens
from reelscore.values.score import Note
from reelscore.values.time import Beats

_PITCH = 60
Effects = dict[str, list[Note]]
Adder = Callable[[str, str, Beats, Beats, float], None]  # player, kind of section, start, length, velocity


def write_fx(brief: Brief, ground: Ground, plans: tuple[SectionPlan, ...], chairs: tuple[Chair, ...]) -> Effects:
    """Effect notes by player name, for the whole piece."""
    seats = {chair.name: chair for chair in chairs}
    found: Effects = {name: [] for name in seats}

    def add(name: str, kind: str, start: Beats, beats: Beats, velocity: float) -> None:
        if name in seats and kind not in seats[name].silent and beats > 0:
            begin = max(start, ground.zero_beat)
            if begin < start + beats:
                found[name].append(Note(begin, start + beats - begin, _PITCH, max(14, min(127, round(velocity)))))

    _vinyl(ground, plans, seats, found)
    for before, plan in pairwise(plans):
        if plan.count:
            _change(brief, ground, before, plan, add)
    _strong_hits(ground, plans, add)
    if brief.loop:
        beats = ground.measures[-1].end - ground.measures[-1].start
        add("reverse_cymbal", plans[-1].kind, ground.end_beat - beats, beats, 66)
    else:
        _closing(ground, plans[-1], add)
    return {name: sorted(set(notes), key=lambda n: (n.at, -n.beats)) for name, notes in found.items()}


def _vinyl(ground: Ground, plans: tuple[SectionPlan, ...], seats: Mapping[str, Chair], found: Effects) -> None:
    """Surface noise from the first moment to the last, silent only where it was excluded."""
    chair = seats.get("vinyl_noise")
    if chair is None:
        return
    starts = [ground.zero_beat, *(ground.measures[p.first].start for p in plans[1:] if p.count)]
    plan_of = [plans[0], *(p for p in plans[1:] if p.count)]
    ends = [*starts[1:], ground.end_beat]
    spans: list[tuple[Beats, Beats]] = []
    for start, end, plan in zip(starts, ends, plan_of, strict=True):
        if plan.kind in chair.silent:
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    found["vinyl_noise"] = [Note(start, end - start, _PITCH, 72) for start, end in spans if end > start]


def _change(brief: Brief, ground: Ground, before: SectionPlan, plan: SectionPlan, add: Adder) -> None:
    """What leads into one section and what opens it."""
    at = ground.measures[plan.first].start
    bars = ground.measures[before.first : before.first + before.count]
    if not bars:
        return
    beats = bars[-1].end - bars[-1].start
    long = sum((m.end - m.start for m in bars[-4:]), Fraction(0))
    spoken = bars[-1].spoken > 0.3
    loud = 0.6 + 0.5 * plan.energy
    if plan.kind == "lift":
        length = long if before.kind == "build" else min(long, 2 * beats)
        add("noise_sweep" if spoken else "riser", before.kind, at - length, length, (52 if spoken else 88) * loud)
        add("reverse_cymbal", before.kind, at - beats, beats, 74 * loud)
        add("impact", plan.kind, at, Fraction(6), 84 * loud)
        add("sub_drop", plan.kind, at, Fraction(4), 76 * loud)
    elif plan.kind in ("theme", "build"):
        name = "reverse_cymbal" if happens(0.7, brief.seed, "lead in", plan.index) else "noise_sweep"
        add(name, before.kind, at - beats, beats, 68 * loud)
        if before.kind == "intro":
            add("impact", plan.kind, at, Fraction(4), 52 * loud)
    elif plan.kind == "break":
        add("sub_drop", plan.kind, at, Fraction(6), 80 * loud)
        add("impact", plan.kind, at, Fraction(6), 62 * loud)
    elif plan.kind == "ending":
        add("noise_sweep", before.kind, at - beats, beats, 56 * loud)


def _strong_hits(ground: Ground, plans: tuple[SectionPlan, ...], add: Adder) -> None:
    """The film's strongest kept moments get an impact, and a reversed cymbal into it where there is room."""
    last = -99.0
    for plan in plans:
        for i in range(plan.first, plan.first + plan.count):
            measure = ground.measures[i]
            for accent in measure.accents:
                at = measure.beat(accent.step)
                seconds = measure.at + measure.seconds * accent.step / max(1, measure.steps)
                if accent.kept and accent.weight >= 0.6 and (seconds - last > 3.0 or accent.weight >= 0.9):
                    add(
                        "impact", plan.kind, at, Fraction(4), (36 + 46 * accent.weight) * (0.7 if measure.spoken else 1)
                    )
                    if accent.weight >= 0.8 and seconds - last > 8.0:
                        add("reverse_cymbal", plan.kind, at - 2, Fraction(2), 60)
                    last = seconds


def _closing(ground: Ground, plan: SectionPlan, add: Adder) -> None:
    """Into and onto the final chord."""
    if ground.measures:
        beats = ground.measures[-1].end - ground.measures[-1].start
        add("reverse_cymbal", plan.kind, ground.final_beat - beats, beats, 62)
    add("impact", plan.kind, ground.final_beat, ground.end_beat - ground.final_beat, 66)
