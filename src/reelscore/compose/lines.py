"""The pitches of a phrase, found at once (Viterbi): near the motif's shape, by steps, chord notes on strong beats, no
rubbing against the chord, a question or an answer at the end.

Where notes are few, or say the same again, each says more: such a line leaps more freely, keeps nearer to its motif's
own intervals, and among lines that are as good every piece has a taste of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from reelscore.compose.band import Chair
from reelscore.compose.chords import Harmony
from reelscore.compose.patterns import Step
from reelscore.compose.scene import Scene
from reelscore.values.chance import between

_FULL = 5.0  # notes a bar, below which a tune says the more with each: it leaps more freely, and by its own taste
_TASTE = 5.0  # how much that taste weighs
_FOREIGN = 0.8  # and how much less it cares for notes that are not the chord's
_MOTIF = (0.22, 0.2)  # what a semitone beside the motif's interval costs, and how much more where notes are few
_PHRASE = 4  # bars of a usual phrase: what is sung in fewer bars is short, however dense
_LEAPS = {0: 0.7, 1: 0.1, 2: 0.0, 3: 0.5, 4: 0.6, 5: 0.9, 6: 3.2, 7: 1.4, 8: 2.3, 9: 2.4, 10: 4.5, 11: 6.0, 12: 2.2}


@dataclass(frozen=True, slots=True)
class Sung:
    """A melody note before it has a pitch. `aim` is the pitch its shape wants."""

    measure: int
    step: Step
    steps: Step
    sign: str
    chord: Harmony
    strong: bool
    aim: float
    leap: int  # what the motif does from the note before, in semitones
    close: str  # "", "question" or "answer" for the last note of a phrase


def line_of(scene: Scene, chair: Chair, sung: list[Sung], close: str) -> list[int]:
    """The cheapest line of pitches through a phrase (Viterbi)."""
    columns = [_options(scene, chair, note) for note in sung]
    costs = [_own_cost(scene, sung[0], p, close if len(sung) == 1 else "") for p in columns[0]]
    back: list[list[int]] = []
    ease = 1.35 - scene.genre.melody.leap
    few = max(0.0, 1.0 - _said(sung) / (_FULL * max(_PHRASE, sung[-1].measure - sung[0].measure + 1)))
    stray = _MOTIF[0] + _MOTIF[1] * few
    ease *= 1.0 - 0.8 * few
    for k in range(1, len(sung)):
        note = sung[k]
        last = close if k == len(sung) - 1 else ""
        gap = note.measure - sung[k - 1].measure > 1
        row: list[float] = []
        links: list[int] = []
        for pitch in columns[k]:
            own = _own_cost(scene, note, pitch, last) + few * _taste(scene, note, pitch)
            best, link = 1e9, 0
            for j, before in enumerate(columns[k - 1]):
                move = pitch - before
                step = _LEAPS.get(abs(move), 8.0) * (0.4 if gap else ease) + stray * abs(move - note.leap)
                if costs[j] + step < best:
                    best, link = costs[j] + step, j
            row.append(best + own)
            links.append(link)
        costs = row
        back.append(links)
    place = min(range(len(costs)), key=lambda j: (round(costs[j], 9), j))
    line = [columns[-1][place]]
    for k in range(len(back) - 1, -1, -1):
        place = back[k][place]
        line.insert(0, columns[k][place])
    return line


def _said(sung: list[Sung]) -> float:
    """How many notes a phrase has; those of a bar whose rhythm has been told before count half."""
    bars: dict[int, tuple[Step, ...]] = {}
    for note in sung:
        bars[note.measure] = (*bars.get(note.measure, ()), note.step)
    return (len(sung) + sum(len(rhythm) for rhythm in set(bars.values()))) / 2


def _taste(scene: Scene, note: Sung, pitch: int) -> float:
    """What a piece has against a pitch at a place of a material, by chance: between lines that are equally good, each
    piece takes another, and the same one when the material returns."""
    place = (scene.plan.material, note.measure - scene.plan.first, note.step)
    foreign = _FOREIGN if pitch % 12 not in note.chord.classes else 0.0
    return foreign + between(0.0, _TASTE, scene.seeds.tune, "taste", *place, pitch)


def _options(scene: Scene, chair: Chair, note: Sung) -> list[int]:
    """Scale notes within an octave of the aim and inside the range."""
    aim = round(min(max(note.aim, chair.low + 2), chair.high - 2))
    sings = scene.sings(note.chord)
    low, high = max(chair.low, aim - 9), min(chair.high, aim + 9)
    fits = [p for p in range(low, high + 1) if p % 12 in sings]
    return fits or [min(range(chair.low, chair.high + 1), key=lambda p: (p % 12 not in note.chord.scale, abs(p - aim)))]


def _own_cost(scene: Scene, note: Sung, pitch: int, close: str) -> float:
    tone = pitch % 12
    chord = note.chord
    cost = 0.16 * abs(pitch - note.aim)
    if scene.take:
        cost += between(0.0, 0.9, scene.seed, "other line", note.measure, note.step, pitch)
    member = tone in chord.classes
    if not member:
        cost += 2.6 if note.strong else 0.5
        if note.steps >= 8:
            cost += 2.0
    if not member and (tone - 1) % 12 in chord.classes:
        cost += 4.0 if note.strong or note.steps >= 3 else 1.4
    if member and note.strong and tone in chord.classes[3:]:
        cost += 0.9 * (1.0 - scene.genre.melody.tensions)
    if close == "answer":
        cost += 0.0 if tone == scene.plan.key.tonic else 0.5 if tone in (chord.root, chord.third) else 1.6
    elif close == "question":
        cost += 0.0 if tone in (chord.fifth, chord.third, chord.seventh) else 0.8
    return cost
