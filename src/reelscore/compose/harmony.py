"""Harmony: which chord sounds when.

Each material of the form has its own written progression, drawn by seed among those that suit genre, mode, mood and
kind of section. Repeats are varied (inversions, suspensions, chords that lead on), sections close with a half cadence,
the piece with a written final one. Kept hits get a chord change of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp

from reelscore.compose.bars import Accent, Ground, Measure
from reelscore.compose.chords import SCALES, Harmony, harmony, progression_cells
from reelscore.compose.form import SectionPlan
from reelscore.compose.genre import Genre, Progression
from reelscore.compose.patterns import Step
from reelscore.compose.stories import TURNAROUND
from reelscore.compose.tables import Mood
from reelscore.compose.wandering import kind_of
from reelscore.values.brief import Brief, Key
from reelscore.values.chance import choose, draw, happens

_CHANGE_FROM = 0.4  # the weight from which a kept hit gets its own chord
_JOINT = {"3/4": 8, "6/8": 6, "12/8": 12, "5/4": 12, "7/8": 8}  # the step on which the second of two chords comes


@dataclass(frozen=True, slots=True)
class Slot:
    """One chord inside one measure, in sixteenths."""

    step: int
    steps: int
    harmony: Harmony


@dataclass(frozen=True, slots=True)
class Harmonies:
    """Every chord of the piece: by index of the ground's measures, and the final chord."""

    slots: Mapping[int, tuple[Slot, ...]]
    final: Harmony

    def at(self, measure: int, step: Step) -> Harmony:
        """The chord sounding on this step."""
        found = self.slots[measure][0]
        for slot in self.slots[measure]:
            if slot.step <= step:
                found = slot
        return found.harmony

    def after(self, measure: int) -> Harmony:
        """The first chord of the next measure, or the final one."""
        following = self.slots.get(measure + 1)
        return following[0].harmony if following else self.final


def write_harmony(brief: Brief, genre: Genre, mood: Mood, ground: Ground, plans: tuple[SectionPlan, ...]) -> Harmonies:
    """All chords of the piece."""
    chosen = _progressions(brief, genre, mood, plans)
    cells: list[tuple[str, ...]] = []
    keys: list[Key] = []
    closing = progression_cells(
        choose(genre.harmony.final["minor" if plans[-1].key.minor else "major"], brief.seed, "final cadence")
    )
    told: dict[str, int] = {}  # material -> chords of its progression that short sections have told
    for plan in plans:
        following = plans[plan.index + 1] if plan.index + 1 < len(plans) else plans[0] if brief.loop else None
        measures = ground.measures[plan.first : plan.first + plan.count]
        if plan.kind == "ending":
            cells += _ending_cells(plan, chosen, closing)
        else:
            written = progression_cells(chosen[plan.material, plan.key.mode])
            if genre.section_bars and plan.kind == "intro":  # a chorus's last bars lead into the first one
                written = written[-sum(m.whole for m in measures) :]
            elif genre.rises or _goes_on(plan, plans):
                written = _onward(plan, written, told, genre.harmony.bars_per_chord)
            cells += _section_cells(brief, genre, plan, measures, written, following)
        keys += [plan.key] * (len(cells) - len(keys))
        if following is not None and following.key != plan.key and cells and genre.harmony.approach:
            cells[-1] = (_pivot(cells[-1][0], plan.key, following.key), _dominant_of(following.key, plan.key))
    if plans[-1].count == 0 and len(cells) >= 2:
        cells[-1] = closing[-2]
    elif len(cells) == 1 and not brief.loop and closing[-2][-1] != cells[0][0]:  # a sting: from home to the cadence
        cells[0] = (cells[0][0], closing[-2][-1])
    final = harmony(cells[0][0], keys[0]) if brief.loop else harmony(closing[-1][0], plans[-1].key)
    meter = str(brief.meter)
    slots = {i: _slots(ground.measures[i], cell, keys[i], meter) for i, cell in enumerate(cells)}
    return Harmonies(_mark_hits(ground, slots, final, keys), final)


def _goes_on(plan: SectionPlan, plans: tuple[SectionPlan, ...]) -> bool:
    """Is it one of several sections in a row that tell the same material?"""
    near = plans[max(0, plan.index - 1) : plan.index + 2]
    return any(p.index != plan.index and (p.material, p.kind) == (plan.material, plan.kind) for p in near)


def _onward(
    plan: SectionPlan, written: tuple[tuple[str, ...], ...], told: dict[str, int], bars: int
) -> tuple[tuple[str, ...], ...]:
    """The chords of a section too short for all of them: on from where the one before it stopped."""
    if plan.count >= len(written) * bars:
        return written
    begin = told.get(plan.material, 0) % len(written)
    told[plan.material] = begin + plan.count // bars
    return (*written[begin:], *written[:begin])


def _dominant_of(goal: Key, key: Key) -> str:
    """The dominant seventh of another key, as a numeral of this one: it turns the corner."""
    return f"{_numeral((goal.tonic + 7 - key.tonic) % 12, key)}7"


def _pivot(numeral: str, key: Key, goal: Key) -> str:
    """What stands before that dominant: the chord that was there, unless it is the dominant already."""
    root = harmony(numeral, key).root
    return numeral if root != (goal.tonic + 7) % 12 else f"{_numeral((goal.tonic + 2 - key.tonic) % 12, key).lower()}7"


def _numeral(above: int, key: Key) -> str:
    """A major numeral on any semitone above the tonic."""
    degrees = SCALES["minor" if key.minor else "major"]
    names = ("I", "II", "III", "IV", "V", "VI", "VII")
    if above in degrees:
        return names[degrees.index(above)]
    return f"b{names[degrees.index(above + 1)]}" if above + 1 in degrees else f"#{names[degrees.index(above - 1)]}"


def _progressions(brief: Brief, genre: Genre, mood: Mood, plans: tuple[SectionPlan, ...]) -> dict[tuple[str, str], str]:
    """(material, mode) -> progression; no two materials share one while there are others of the mode."""
    chosen: dict[tuple[str, str], str] = {}
    keys: dict[tuple[str, str], Key] = {}
    longest: dict[str, int] = {}
    for plan in plans:
        keys.setdefault((plan.material, plan.key.mode), plan.key)
        longest[plan.material] = max(plan.count, longest.get(plan.material, 0))
    for (material, mode), key in keys.items():
        kind = kind_of(material)
        options = [p for p in genre.progressions if p.family == ("minor" if key.minor else "major")]
        options = options or list(genre.progressions)
        options = [p for p in options if not p.modes or key.mode in p.modes] or options
        fresh = [p for p in options if p.chords not in chosen.values()] or options
        suited = [p for p in fresh if not p.use or kind in p.use] or fresh
        if genre.section_bars and longest[material] >= genre.section_bars - TURNAROUND:
            suited = [p for p in suited if len(progression_cells(p.chords)) == genre.section_bars] or suited

        def rank(option: Progression, material: str = material) -> float:
            weight = _suits(option, mood)
            return float(draw(brief.seed, "progression", material, option.chords) ** (1.0 / max(weight, 1e-6)))

        chosen[material, mode] = max(suited, key=rank).chords
    return chosen


def _suits(option: Progression, mood: Mood) -> float:
    mode = 1.6 if option.modes else 1.0
    wanted = 0.1 + 0.9 * mood.dissonance + max(0.0, -mood.valence) * 0.2
    return option.weight * mode * exp(-2.5 * abs(option.tension - wanted))


def _section_cells(
    brief: Brief,
    genre: Genre,
    plan: SectionPlan,
    measures: tuple[Measure, ...],
    written: tuple[tuple[str, ...], ...],
    following: SectionPlan | None,
) -> list[tuple[str, ...]]:
    """One cell for each measure of a section."""
    table = genre.harmony
    pedal = plan.kind == "build" and happens(table.pedal, brief.seed, "pedal", plan.index)
    cells: list[tuple[str, ...]] = []
    whole = 0
    for i, measure in enumerate(measures):
        if not measure.whole:  # an odd bar holds its chord; a pickup leads into the first one
            cells.append((cells[-1][-1] if cells else written[-1][-1],))
            continue
        place, again = whole // table.bars_per_chord, plan.variant > 0
        again = again or place >= len(written)
        cell = written[place % len(written)]
        if again:
            cell = _varied(brief, genre, plan, i, cell, written[(place + 1) % len(written)])
        if pedal:
            cell = tuple(n if "/" in n else f"{n}/D" for n in cell)
        cells.append(cell)
        whole += 1
    broken_off = genre.section_bars and following is not None and following.kind == "ending"
    if following is not None and len(measures) >= 4 and plan.kind != "break" and not broken_off:
        key = "minor" if plan.key.minor else "major"
        dominant = (harmony(cells[-1][-1], plan.key).root - plan.key.tonic) % 12 == 7
        if not dominant and happens(0.75, brief.seed, "half cadence", plan.index):
            cells[-1] = tuple(choose(table.half[key], brief.seed, "half cadence", plan.index).split())
    return cells


def _varied(
    brief: Brief, genre: Genre, plan: SectionPlan, bar: int, cell: tuple[str, ...], following: tuple[str, ...]
) -> tuple[str, ...]:
    """A return of the same bar, told a little differently."""
    where = ("vary", plan.material, plan.variant, plan.index, bar)
    table = genre.harmony
    first, last = cell[0], cell[-1]
    slash = len(cell) == 1 and "/" not in first and bar % 4 in (1, 3)
    if slash and happens(table.slash, brief.seed, *where, "slash"):
        return (_turned_over(first, plan.key),)
    target = harmony(following[0], plan.key)
    root = harmony(last, plan.key).root
    if len(cell) == 1 and target.root != root and happens(table.approach, brief.seed, *where, "approach"):
        lead = _leading_to(target, plan.key)
        return (last, lead) if lead and lead != last else cell
    if len(cell) == 1 and last in ("V", "VII") and happens(table.sus, brief.seed, *where, "sus"):
        return (f"{last}sus4", last)
    return cell


def _turned_over(numeral: str, key: Key) -> str:
    """A chord over its third; what has none keeps its root."""
    return numeral if harmony(numeral, key).third is None else f"{numeral}/3"


def _leading_to(target: Harmony, key: Key) -> str:
    """The dominant seventh of a chord, as a numeral, when its root lies in the key's own degrees."""
    root = (target.root + 7 - key.tonic) % 12
    names = {0: "I", 2: "II", 3: "III", 5: "IV", 7: "V", 8: "VI", 10: "VII"}
    if not key.minor:
        names = {0: "I", 2: "II", 4: "III", 5: "IV", 7: "V", 9: "VI", 11: "VII"}
    return f"{names[root]}7" if root in names else ""


def _ending_cells(
    plan: SectionPlan, chosen: Mapping[tuple[str, str], str], closing: tuple[tuple[str, ...], ...]
) -> list[tuple[str, ...]]:
    """The bars before the final chord: the theme's beginning where there is room, then the cadence."""
    theme = progression_cells(chosen["A", plan.key.mode]) if ("A", plan.key.mode) in chosen else closing
    room = max(0, plan.count - (len(closing) - 1))
    cells = [theme[i % len(theme)] for i in range(room)] + list(closing[:-1])
    return cells[len(cells) - plan.count :] if plan.count else []


def _slots(measure: Measure, cell: tuple[str, ...], key: Key, meter: str) -> tuple[Slot, ...]:
    """A cell laid out on a measure: two chords meet where a group of beats begins, nearest the middle."""
    if len(cell) == 1 or measure.steps < 8:
        return (Slot(0, measure.steps, harmony(cell[0], key)),)
    each = max(4, (measure.steps // len(cell)) // 2 * 2)
    if measure.steps == 12:
        each = 6 if len(cell) == 2 else 4
    joint = _JOINT.get(meter)
    if len(cell) == 2 and joint and joint < measure.steps:
        first, second = (harmony(numeral, key) for numeral in cell)
        return Slot(0, joint, first), Slot(joint, measure.steps - joint, second)
    starts = [i * each for i in range(len(cell)) if i * each < measure.steps]
    ends = [*starts[1:], measure.steps]
    return tuple(Slot(s, e - s, harmony(numeral, key)) for s, e, numeral in zip(starts, ends, cell, strict=False))


def _mark_hits(
    ground: Ground, slots: dict[int, tuple[Slot, ...]], final: Harmony, keys: list[Key]
) -> dict[int, tuple[Slot, ...]]:
    """Give weighty kept hits a chord change exactly where they fall."""
    marked: dict[int, tuple[Slot, ...]] = {}
    before: Harmony | None = None
    for i, measure in enumerate(ground.measures):
        own = slots[i]
        following = slots[i + 1][0].harmony if i + 1 in slots else final
        for accent in measure.accents:
            if accent.kept and accent.weight >= _CHANGE_FROM:
                own = _marked(measure, own, accent, before, following, keys[i])
        marked[i] = own
        before = own[-1].harmony
    return marked


def _marked(
    measure: Measure,
    own: tuple[Slot, ...],
    accent: Accent,
    before: Harmony | None,
    following: Harmony,
    key: Key,
) -> tuple[Slot, ...]:
    if any(slot.step == accent.step and slot.step > 0 for slot in own):
        return own
    if accent.step == 0:
        if before is not None and before.numeral == own[0].harmony.numeral:
            return (replace(own[0], harmony=_recoloured(own[0].harmony, key)), *own[1:])
        return own
    parts: list[Slot] = []
    for slot in own:
        if slot.step < accent.step < slot.step + slot.steps:
            late = accent.step * 2 >= measure.steps
            fresh = following if late and following.numeral != slot.harmony.numeral else None
            parts.append(replace(slot, steps=accent.step - slot.step))
            rest = slot.step + slot.steps - accent.step
            parts.append(Slot(accent.step, rest, fresh or _recoloured(slot.harmony, key)))
        else:
            parts.append(slot)
    return tuple(parts)


def _recoloured(chord: Harmony, key: Key) -> Harmony:
    """The same function in another light: an inversion, or root position when it was inverted."""
    stem, _, slash = chord.numeral.partition("/")
    return harmony(stem if slash else _turned_over(stem, key), key)
