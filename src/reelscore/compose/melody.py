"""Melody: a motif, told again, carried to another step, varied and answered.

A material has one rhythm and one shape, drawn by seed. A unit of two bars states it, its first half goes on elsewhere
(scheme aaba, abac, aabc); pitches are then found for a whole phrase at once (Viterbi): near the shape, by steps, chord
notes on strong beats, no rubbing against the chord, one peak, a question or an answer at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reelscore.compose.band import Chair
from reelscore.compose.chords import Harmony
from reelscore.compose.comping import Written, loudness
from reelscore.compose.form import Phrase
from reelscore.compose.ornaments import ornamented
from reelscore.compose.patterns import Step, Stroke, bars_in, retold, strokes, weight_of
from reelscore.compose.scene import Scene
from reelscore.values.chance import between, choose, draw, happens, weighted
from reelscore.values.score import Note

_DETACHED = 0.6  # the articulation from which tunes are no longer tied
_SCHEMES = ("aaba", "abac", "aabc", "abab")
_MOVES = ((0, 0, 2, 0), (0, -1, 1, 0), (0, 1, 2, -1), (0, 2, 3, 0))  # scale steps by which a unit is carried off
_LIFT = {"lift": 4, "build": 0, "break": -2, "ending": -2}
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


def _cell(scene: Scene, material: str, letter: str) -> str:
    """The rhythm of a unit; a, b and c of one material differ."""
    meter = str(scene.brief.meter)
    cells = [c for m, c in scene.genre.melody.cells if m == meter]
    cells = cells or [retold(c, meter) for m, c in scene.genre.melody.cells if m == "4/4"]
    cells = cells or [c for _, c in scene.genre.melody.cells]
    if scene.kind in ("intro", "break") and scene.genre.melody.opening:
        cells = [retold(c, meter) for c in scene.genre.melody.opening]
    first = int(draw(scene.seeds.tune, "cell", material) * len(cells))
    stride = 1 + int(draw(scene.seeds.tune, "cell stride", material) * max(1, len(cells) - 1))
    return cells[(first + "abc".index(letter) * stride) % len(cells)]


def _shape(scene: Scene, material: str, letter: str, count: int) -> tuple[int, ...]:
    """The motif's line: scale steps from its first note. Leaps turn back by step."""
    seed, contour = scene.seeds.tune, scene.mood.contour
    line = [0]
    for k in range(1, count):
        before = line[-1] - line[-2] if k > 1 else 0
        up = {"up": 0.62, "down": 0.36, "arch": 0.68 if k * 2 < count else 0.3, "leaps": 0.5}.get(contour, 0.5)
        if line[-1] > 4:
            up = 0.2
        elif line[-1] < -3:
            up = 0.8
        if abs(before) >= 2:
            up = 0.15 if before > 0 else 0.85
        sizes: list[tuple[int, float]] = [(0, 0.12), (1, 1.0), (2, 0.45 + scene.genre.melody.leap * 0.4)]
        sizes.append((4, scene.genre.melody.leap * (0.5 if contour == "leaps" else 0.22)))
        size = 1 if abs(before) >= 3 else weighted(sizes, seed, "shape", material, letter, k)
        line.append(line[-1] + (size if draw(seed, "shape up", material, letter, k) < up else -size))
    return tuple(line)


def _units(scene: Scene, phrase: Phrase) -> list[tuple[int, int, str, int]]:
    """(first measure, bars, letter, sequence in scale steps) for each unit of a phrase."""
    where = (scene.plan.material, scene.plan.variant)
    scheme = choose(_SCHEMES, scene.seeds.tune, "scheme", *where)
    moves = choose(_MOVES, scene.seeds.tune, "moves", *where)
    units = []
    size = 1 if scene.kind == "build" else 2
    skip = 0 if scene.ground.measures[phrase.first].whole or phrase.count == 1 else 1
    for k, start in enumerate(range(skip, phrase.count, size)):
        place = k + (2 if phrase.index % 2 and size == 2 else 0)
        letter = "a" if scene.kind == "build" else scheme[place % 4]
        shift = k if scene.kind == "build" else moves[place % 4]
        units.append((phrase.first + start, min(size, phrase.count - start), letter, shift))
    return units


def _rests(scene: Scene, unit: int, first: int, letter: str) -> bool:
    """Is this unit silent? Thin styles breathe more, and a break sings only half of its units."""
    density = scene.genre.melody.density + (scene.brief.density - 0.5) * 0.6 + scene.mood.density
    if scene.kind == "break":
        return unit % 2 == 1
    if unit % 2 == 0 or letter == "b" or scene.kind == "lift":
        return False
    return happens(max(0.0, 0.55 - density) * 1.1, scene.seeds.tune, "unit rests", first)


def _centre(scene: Scene, chair: Chair) -> float:
    """Where the tune lies: the middle of the range, moved by mood and kind of section."""
    middle = chair.low + (chair.high - chair.low) * 0.42
    wish = middle + scene.mood.register * 0.6 + _LIFT.get(scene.kind, 0)
    return min(chair.high - 7.0, max(chair.low + 5.0, wish))


def _sung(scene: Scene, chair: Chair, phrase: Phrase) -> list[Sung]:
    """The rhythm, the shape and the aims of one phrase."""
    found: list[Sung] = []
    centre = _centre(scene, chair)
    meter = str(scene.brief.meter)
    units = _units(scene, phrase)
    for k, (first, count, letter, shift) in enumerate(units):
        if _rests(scene, k, first, letter):
            continue
        cell = _cell(scene, scene.plan.material, letter)
        placed = _placed(scene, cell, first, count)
        shape = _shape(scene, scene.plan.material, letter, max(1, len(placed)))
        lift = 2.0 if len(units) > 1 and k == (2 if len(units) > 2 else 1) else 0.0
        for n, (measure, stroke) in enumerate(placed):
            aim = centre + 1.75 * (shape[n] + shift) + lift
            found.append(
                Sung(
                    measure=measure,
                    step=stroke.step,
                    steps=stroke.steps,
                    sign=stroke.sign,
                    chord=scene.harmonies.at(measure, stroke.step),
                    strong=weight_of(meter, stroke.step) >= 2 or stroke.steps >= 6,
                    aim=aim,
                    leap=round(1.75 * (shape[n] - shape[n - 1])) if n else 0,
                    close="",
                )
            )
    return found


def _placed(scene: Scene, cell: str, first: int, count: int) -> list[tuple[int, Stroke]]:
    """The strokes of a unit, measure by measure, with light variation on returns."""
    placed: list[tuple[int, Stroke]] = []
    for j in range(count):
        steps = scene.ground.measures[first + j].steps
        for stroke in strokes(cell, j % bars_in(cell), steps):
            placed.append((first + j, stroke))
    placed = _pushed(scene, placed)
    if scene.plan.variant > 0 and len(placed) > 3 and happens(0.5, scene.seeds.tune, "vary rhythm", first):
        drop = 1 + int(draw(scene.seeds.tune, "vary which", first) * (len(placed) - 2))
        weak = [k for k in range(1, len(placed) - 1) if placed[k][1].step % 4 != 0]
        placed.pop(weak[drop % len(weak)] if weak else drop)
    return placed


def _pushed(scene: Scene, placed: list[tuple[int, Stroke]]) -> list[tuple[int, Stroke]]:
    """Syncopation: notes on a weak beat come an eighth early where there is room, as often as the mood likes."""
    if scene.mood.syncopation <= 0:
        return placed
    found: list[tuple[int, Stroke]] = []
    for measure, stroke in placed:
        before = found[-1] if found and found[-1][0] == measure else None
        room = stroke.step % 4 == 0 and stroke.step > 0 and (before is None or before[1].step < stroke.step - 2)
        place = (scene.plan.material, measure - scene.plan.first, stroke.step)
        if room and happens(2.5 * scene.mood.syncopation, scene.seeds.tune, "push", *place):
            if before is not None and before[1].step + before[1].steps > stroke.step - 2:
                found[-1] = (measure, replace(before[1], steps=stroke.step - 2 - before[1].step))
            stroke = replace(stroke, step=stroke.step - 2, steps=stroke.steps + 2)
        found.append((measure, stroke))
    return found


def _heard(scene: Scene, sung: list[Sung]) -> list[Sung]:
    """Without what falls under speech; a rest of two notes is not worth singing."""
    kept = []
    for note in sung:
        measure = scene.ground.measures[note.measure]
        start, end = measure.beat(note.step), measure.beat(note.step + note.steps)
        if not scene.ground.speaks(start, end) and measure.spoken < 0.5:
            kept.append(note)
    return kept if len(kept) == len(sung) or len(kept) >= 3 else []


def write_melody(scene: Scene, chair: Chair) -> Written:
    """The tune of a section, phrase by phrase."""
    notes: list[Note] = []
    for phrase in scene.plan.phrases:
        if not scene.plays(chair, phrase):
            continue
        sung = _heard(scene, _sung(scene, chair, phrase))
        if not sung:
            continue
        answer = phrase.index % 2 == 1 or phrase is scene.plan.phrases[-1]
        pitches = _found(scene, chair, sung, "answer" if answer else "question")
        notes += _pickup(scene, chair, phrase, sung[0], pitches[0])
        notes += ornamented(scene, chair, _written(scene, chair, sung, pitches))
    return notes, []


def _pickup(scene: Scene, chair: Chair, phrase: Phrase, first: Sung, pitch: int) -> list[Note]:
    """Two notes that lead by step into a phrase that begins on its downbeat, now and then."""
    before = first.measure - 1
    if first.step != 0 or phrase.index == 0 or scene.kind in ("build", "break"):
        return []
    bar = scene.ground.measures[before]
    if scene.ground.speaks(bar.beat(bar.steps - 4), bar.end) or bar.steps < 8:
        return []
    if not happens(0.45, scene.seeds.tune, "pickup", first.measure):
        return []
    scale = scene.sings(scene.harmonies.at(before, bar.steps - 1))
    way = -1 if happens(0.65, scene.seeds.tune, "pickup from below", first.measure) else 1
    line = [p for p in range(pitch + way, pitch + 6 * way, way) if p % 12 in scale][:2]
    if len(line) < 2 or not all(chair.low <= p <= chair.high for p in line):
        return []
    return [
        scene.note(before, bar.steps - 4 + 2 * k, 2, p, scene.velocity(before, bar.steps - 2, 70 + 6 * k, "pickup"))
        for k, p in enumerate(reversed(line))
    ]


def _written(scene: Scene, chair: Chair, sung: list[Sung], pitches: list[int]) -> list[Note]:
    notes = []
    legato = scene.genre.melody.legato and scene.mood.articulation <= _DETACHED
    for k, (note, pitch) in enumerate(zip(sung, pitches, strict=True)):
        length = float(note.steps)
        following = sung[k + 1] if k + 1 < len(sung) else None
        if legato and following and following.measure == note.measure and following.step - note.step <= note.steps + 2:
            length = following.step - note.step + 0.25
        elif not legato and scene.mood.articulation > _DETACHED and note.steps <= 6:
            length *= 0.8
        speed = scene.velocity(note.measure, note.step, loudness(note.sign) + 4, chair.name)
        kind = "legato" if legato else "staccato" if note.steps == 1 else ""
        notes.append(scene.note(note.measure, note.step, length, pitch, speed, kind))
    return notes


def _found(scene: Scene, chair: Chair, sung: list[Sung], close: str) -> list[int]:
    """The cheapest line of pitches through a phrase (Viterbi)."""
    columns = [_options(scene, chair, note) for note in sung]
    costs = [_own_cost(scene, sung[0], p, close if len(sung) == 1 else "") for p in columns[0]]
    back: list[list[int]] = []
    ease = 1.35 - scene.genre.melody.leap
    for k in range(1, len(sung)):
        note = sung[k]
        last = close if k == len(sung) - 1 else ""
        gap = note.measure - sung[k - 1].measure > 1
        row: list[float] = []
        links: list[int] = []
        for pitch in columns[k]:
            own = _own_cost(scene, note, pitch, last)
            best, link = 1e9, 0
            for j, before in enumerate(columns[k - 1]):
                move = pitch - before
                step = _LEAPS.get(abs(move), 8.0) * (0.4 if gap else ease) + 0.22 * abs(move - note.leap)
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
