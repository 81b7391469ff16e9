"""Form: where sections begin, what each is for, and how the energy runs.

Section lengths are found by dynamic programming: whole phrases of 4 and 8 bars are preferred, and boundaries are drawn
to the film's cues and strong hits. The energy never falls below a floor (a bare opening followed by everything at once
is the mark of a demo): layers enter one phrase at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log2

from reelscore.compose.band import SECTION_WORDS
from reelscore.compose.bars import Ground, Measure
from reelscore.compose.genre import Genre
from reelscore.compose.kinds import divided, kinds_of
from reelscore.compose.stories import TURNAROUND, phrase_bars, tell_loop, tell_story
from reelscore.compose.tables import Mood
from reelscore.compose.wandering import materials_of, wandered
from reelscore.values.brief import Brief, Key, mean_of
from reelscore.values.chance import happens

FLOOR = 0.45
_TURN = 0.5  # of valence, from which a course changes the key
_LONGEST = 16  # bars in a section
_RISE = 0.16  # of energy, by which a style that rises begins lower than it ends
_BASE = {"intro": 0.52, "theme": 0.66, "build": 0.72, "lift": 0.88, "break": 0.5, "ending": 0.7}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two to four bars (more only where bars do not divide) that belong together."""

    index: int
    first: int  # index into the ground's measures
    count: int
    energy: float


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section before any note of it is written. `material` names what it is made of; `variant` counts returns."""

    index: int
    name: str
    kind: str
    material: str
    variant: int
    first: int  # index into the ground's measures
    count: int  # measures; the ending's final chord is not among them
    energy: float
    phrases: tuple[Phrase, ...]
    key: Key

    @property
    def last(self) -> int:
        """Index of its last measure."""
        return self.first + self.count - 1


def plan_form(brief: Brief, genre: Genre, mood: Mood, ground: Ground) -> tuple[SectionPlan, ...]:
    """The sections of the piece; the last one is the ending and holds the final chord."""
    total = len(ground.measures)
    full = total - (total > 0 and not ground.measures[0].whole)
    mean = sum(m.seconds for m in ground.measures) / max(1, total)
    unit = phrase_bars(genre, full, mean) if genre.rises else 4
    closing = 0 if brief.loop else _closing_bars(full, len(brief.cues) > 1, unit)
    closing = TURNAROUND if closing and genre.section_bars else closing
    body = ground.measures[: total - closing]
    lengths: list[int] = []
    kinds: list[str] = []
    steered = len(brief.cues) > 1 or any(cue.label for cue in brief.cues)  # one open cue leaves the form free
    if body and not brief.loop and (steered or any(a.strong for m in body for a in m.accents)):
        lengths = _lengths(brief, genre, body)
        starts = _starts(lengths)
        heat = [_heat(brief, ground.measures[s : s + n]) for s, n in zip(starts, lengths, strict=True)]
        lengths, kinds = divided(lengths, kinds_of(brief, ground, starts, lengths, heat))
    elif body:
        lengths, kinds = (tell_loop if brief.loop else tell_story)(genre, body, brief.seed)
    kinds = [kind if kind in genre.kinds else "theme" for kind in kinds]
    asked = [e.section for e in brief.exclusions] + [e.section for e in brief.entrances]
    named = {SECTION_WORDS.get(section, section) for section in asked}
    if not brief.loop and "intro" in named:
        lengths, kinds = _with_intro(lengths, kinds)
    if not brief.loop and "break" in named and "break" in genre.kinds:
        kinds = _with_break(kinds)
    starts = _starts(lengths)
    heat = [_heat(brief, ground.measures[s : s + n]) for s, n in zip(starts, lengths, strict=True)]
    plans: list[SectionPlan] = []
    seen: dict[str, int] = {}
    materials = materials_of(brief, genre, kinds)
    for i, (start, count, kind) in enumerate(zip(starts, lengths, kinds, strict=True)):
        material = materials[i]
        variant = seen.get(material, 0) if kind != "intro" else 0
        if kind != "intro":
            seen[material] = variant + 1
        place = i / max(1, len(kinds) - 1)
        energy = _energy(brief, mood, kind, variant, heat[i], place)
        if genre.rises and not brief.loop:
            energy = round(max(FLOOR, energy - _RISE * (1 - place)), 3)
        name = kind if kind in ("intro", "build", "break") else _named(material, variant)
        phrases = phrases_of(ground.measures, start, count, energy, kind)
        plans.append(SectionPlan(i, name, kind, material, variant, start, count, energy, phrases, brief.key))
    if brief.loop:
        return tuple(plans)
    energy = max(FLOOR, min(0.8, (plans[-1].energy if plans else 0.7) - 0.1))
    if brief.curve:
        energy = round(max(FLOOR, _led(energy, mean_of(brief.curve, *_span(ground, total - closing, brief))[0])), 3)
    phrases = phrases_of(ground.measures, total - closing, closing, energy, "ending")
    plans.append(
        SectionPlan(len(plans), "ending", "ending", "A", 9, total - closing, closing, energy, phrases, brief.key)
    )
    return wandered(brief, genre, _risen(brief, genre, _toned(brief, genre, ground, tuple(plans))))


def _toned(brief: Brief, genre: Genre, ground: Ground, plans: tuple[SectionPlan, ...]) -> tuple[SectionPlan, ...]:
    """A course from bright to dark or back turns to the relative key where the feeling has turned."""
    if not brief.curve or max(p.valence for p in brief.curve) - min(p.valence for p in brief.curve) < _TURN:
        return plans
    if not {"major", "minor"} <= {progression.family for progression in genre.progressions}:
        return plans
    other = Key((brief.key.tonic + (3 if brief.key.minor else 9)) % 12, "major" if brief.key.minor else "minor")
    toned = []
    for plan in plans:
        start, end = _span(ground, plan.first, brief)
        if plan.count and plan.first + plan.count < len(ground.measures):
            end = ground.measures[plan.first + plan.count].at
        valence = mean_of(brief.curve, start, end)[1]
        turned = valence > 0.15 if brief.key.minor else valence < -0.15
        toned.append(replace(plan, key=other) if turned else plan)
    return tuple(toned)


def _risen(brief: Brief, genre: Genre, plans: tuple[SectionPlan, ...]) -> tuple[SectionPlan, ...]:
    """The last lift, when it is a return, and all after it in a higher key, where the style does that."""
    table = genre.harmony
    lifts = [plan.index for plan in plans if plan.kind == "lift"]
    if not table.lift_key or len(lifts) < 2 or not happens(table.lift_key_likely, brief.seed, "lift key"):
        return plans
    if plans[lifts[-1]].variant == 0:
        return plans

    def risen(key: Key) -> Key:
        return Key((key.tonic + table.lift_key) % 12, key.mode)

    return tuple(replace(plan, key=risen(plan.key)) if plan.index >= lifts[-1] else plan for plan in plans)


def _named(material: str, variant: int) -> str:
    return material + "'" * variant if variant < 3 else f"{material}{variant + 1}"


def _closing_bars(total: int, cued: bool, unit: int) -> int:
    """Bars of the ending before its final chord; without cues, as many as leave whole phrases of `unit` bars."""
    if total < 6:
        return 0
    usual = 2 if total < 24 else 4
    if cued:
        return usual
    return min(range(2, 6), key=lambda n: ((total - n) % unit != 0, (total - n) % 2 != 0, abs(n - usual)))


def _with_intro(lengths: list[int], kinds: list[str]) -> tuple[list[int], list[str]]:
    """Somebody wants the intro to be different, so there is one: the first bars, however short the piece."""
    if "intro" in kinds or not lengths or lengths[0] < 2:
        return lengths, kinds
    opening = 2 if lengths[0] >= 4 else 1
    return [opening, lengths[0] - opening, *lengths[1:]], ["intro", *kinds]


def _with_break(kinds: list[str]) -> list[str]:
    """Somebody wants the break to be different, so there is one: what leads to the last lift, or the middle."""
    if "break" in kinds or len(kinds) < 3:
        return kinds
    lifts = [i for i, kind in enumerate(kinds) if kind == "lift" and i > 1]
    at = lifts[-1] - 1 if lifts else len(kinds) // 2
    return [*kinds[:at], "break", *kinds[at + 1 :]]


def _starts(lengths: list[int]) -> list[int]:
    return [sum(lengths[:i]) for i in range(len(lengths))]


def _lengths(brief: Brief, genre: Genre, measures: tuple[Measure, ...]) -> list[int]:
    """How many bars each section has: the cheapest way to cut, by dynamic programming."""
    total = len(measures)
    if total == 0:
        return []
    mean = sum(m.seconds for m in measures) / total
    aim = genre.section_seconds * min(1.8, max(0.6, (float(brief.duration) / 60) ** 0.35))
    wanted = min(_LONGEST, max(2.0, 2.0 ** round(log2(max(1.0, aim / mean)))))
    pull = _boundaries(brief, measures)
    longest = max(_LONGEST, genre.section_bars)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, total + 1):
        options = []
        for count in range(1, min(longest, end) + 1):
            whole = sum(1 for m in measures[end - count : end] if m.whole)
            cost = best[end - count][0] + _length_cost(whole, wanted, whole * mean, genre.section_bars)
            options.append((cost - (pull.get(end, 0.0) if end < total else 0.0), count))
        best.append(min(options))
    lengths: list[int] = []
    end = total
    while end:
        lengths.insert(0, best[end][1])
        end -= best[end][1]
    return lengths


def _length_cost(bars: int, wanted: float, seconds: float, chorus: int) -> float:
    if bars == 0:
        return 4.0
    square = 0.0 if bars % 4 == 0 else 0.45 if bars % 2 == 0 else 1.1
    if chorus and bars % chorus == 0:
        square = -0.6
    short = 1.2 if seconds < 3.5 else 0.0
    return 0.25 + 0.9 * abs(log2(bars / wanted)) + square + short


def _boundaries(brief: Brief, measures: tuple[Measure, ...]) -> dict[int, float]:
    """How much each bar line wants to be a section's start: cues first, strong hits next."""
    pull: dict[int, float] = {}
    previous = None
    for cue in brief.cues:
        nearest = min(range(len(measures)), key=lambda i: abs(measures[i].at - float(cue.span.start)))
        if abs(measures[nearest].at - float(cue.span.start)) <= measures[nearest].seconds * 0.6:
            change = abs(cue.energy - previous.energy) if previous else 0.3
            pull[nearest] = max(pull.get(nearest, 0.0), 2.4 + 1.6 * change)
        previous = cue
    for i, measure in enumerate(measures):
        accent = measure.accent(0)
        if accent and accent.kept:
            pull[i] = pull.get(i, 0.0) + 0.5 * accent.weight
    return pull


def _heat(brief: Brief, measures: tuple[Measure, ...]) -> float | None:
    """The picture's energy over these bars, 0..1; None without cues."""
    start, end = measures[0].at, measures[-1].at + measures[-1].seconds
    if brief.curve:
        return mean_of(brief.curve, start, end)[0]
    share = total = 0.0
    for cue in brief.cues:
        overlap = min(end, float(cue.span.end)) - max(start, float(cue.span.start))
        if overlap > 0:
            share += overlap
            total += overlap * cue.energy
    return total / share if share else None


def _energy(brief: Brief, mood: Mood, kind: str, variant: int, heat: float | None, place: float) -> float:
    energy = _BASE[kind] + 0.03 * min(variant, 2)
    energy += (brief.energy - 0.6) * 0.35 + mood.dynamics * 0.25 + mood.build * 0.06 * (place - 0.4)
    if brief.curve and heat is not None:  # a course asked for in words leads
        energy = _led(energy, heat)
    elif heat is not None:
        energy += (heat - 0.5) * 0.18
    return round(min(1.0, max(FLOOR, energy)), 3)


def _led(energy: float, heat: float) -> float:
    """An energy that follows a course asked for."""
    return 0.3 * energy + 0.7 * (FLOOR + (1.0 - FLOOR) * min(1.0, max(0.0, 1.25 * heat - 0.1)))


def _span(ground: Ground, first: int, brief: Brief) -> tuple[float, float]:
    """The seconds from a measure to the end of the piece."""
    end = float(brief.duration)
    start = ground.measures[first].at if first < len(ground.measures) else end - 1.0
    return min(start, end - 0.1), end


def phrases_of(measures: tuple[Measure, ...], first: int, count: int, energy: float, kind: str) -> tuple[Phrase, ...]:
    """Four whole bars each (two in an intro, so that layers come one by one); short rests join their neighbour."""
    size = 2 if kind == "intro" and count <= 6 else 4
    rise = {"intro": 0.07, "build": 0.08, "break": 0.04}.get(kind, 0.035)
    cuts = [0]
    whole = 0
    for i in range(count):
        if whole >= size and count - i >= 2:
            cuts.append(i)
            whole = 0
        whole += measures[first + i].whole
    phrases = []
    for index, (start, end) in enumerate(zip(cuts, [*cuts[1:], count], strict=True)):
        if end > start:
            phrases.append(Phrase(index, first + start, end - start, round(min(1.0, energy + rise * index), 3)))
    return tuple(phrases)
