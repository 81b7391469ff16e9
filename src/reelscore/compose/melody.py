"""Melody: a motif, told again, carried to another step, varied and answered.

A material has one rhythm and one shape, drawn by seed. A unit of two bars states it, its first half goes on elsewhere
(scheme aaba, abac, aabc). A motif of few notes has a rhythm of its own in every piece: cells alone would be told by too
many. Pitches are then found for a whole phrase at once (lines.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reelscore.compose.band import Chair
from reelscore.compose.comping import Written, loudness
from reelscore.compose.form import Phrase
from reelscore.compose.lines import Sung, line_of
from reelscore.compose.ornaments import ornamented
from reelscore.compose.patterns import Stroke, bars_in, retold, strokes, weight_of
from reelscore.compose.scene import Scene
from reelscore.values.chance import choose, draw, happens, weighted
from reelscore.values.score import Note

_DETACHED = 0.6  # the articulation from which tunes are no longer tied
_SCHEMES = ("aaba", "abac", "aabc", "abab")
_MOVES = ((0, 0, 2, 0), (0, -1, 1, 0), (0, 1, 2, -1), (0, 2, 3, 0))  # scale steps by which a unit is carried off
_ELSEWHERE = (-3, -2, 2, 3)  # where a terse motif goes that would only be said again
_LIFT = {"lift": 4, "build": 0, "break": -2, "ending": -2}
_TERSE = 2  # notes a bar of a motif that is made of its intervals
_OWN = (0.75, 0.25)  # how often such a motif gets a first note of its own, and a second one


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


def _shape(scene: Scene, material: str, letter: str, count: int, terse: bool) -> tuple[int, ...]:
    """The motif's line: scale steps from its first note. Leaps turn back by step; a `terse` one leaps more."""
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
        leap = scene.genre.melody.leap
        sizes: list[tuple[int, float]] = [(0, 0.12), (1, 1.0), (2, 0.45 + leap * 0.4)]
        sizes.append((4, leap * (0.5 if contour == "leaps" else 0.22)))
        if terse:
            sizes = [(0, 0.1), (1, 0.6), (2, 0.7), (3, 0.3), (4, 0.2 + leap * 0.4)]
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
    told: set[tuple[str, int]] = set()
    for k, (first, count, letter, shift) in enumerate(units):
        if _rests(scene, k, first, letter):
            continue
        cell = _cell(scene, scene.plan.material, letter)
        written = _strokes(scene, cell, first, count)
        terse = len(written) <= _TERSE * count
        placed = _placed(scene, first, _in_its_own_way(scene, letter, written) if terse else written)
        if terse and (letter, shift) in told:
            shift += choose(_ELSEWHERE, scene.seeds.tune, "elsewhere", scene.plan.material, k)
        told.add((letter, shift))
        shape = _shape(scene, scene.plan.material, letter, max(1, len(placed)), terse)
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


def _strokes(scene: Scene, cell: str, first: int, count: int) -> list[tuple[int, Stroke]]:
    """The strokes of a cell as it is written, measure by measure."""
    steps = [scene.ground.measures[first + j].steps for j in range(count)]
    return [(first + j, stroke) for j in range(count) for stroke in strokes(cell, j % bars_in(cell), steps[j])]


def _in_its_own_way(scene: Scene, letter: str, placed: list[tuple[int, Stroke]]) -> list[tuple[int, Stroke]]:
    """A motif with a note or two that only this piece has, the same ones whenever it returns."""
    for turn, likely in enumerate(_OWN):
        ways = [*_struck_again(placed), *_led_into(placed)]
        where = (scene.seeds.tune, "own way", scene.plan.material, letter, turn)
        if ways and happens(likely, *where, "told"):
            placed = choose(ways, *where)
    return placed


def _struck_again(placed: list[tuple[int, Stroke]]) -> Iterator[list[tuple[int, Stroke]]]:
    """Every way to strike one long note once more: in its middle, or a beat or an eighth before its end."""
    for k, (measure, stroke) in enumerate(placed):
        for after in {stroke.steps // 2: 0, stroke.steps - 4: 0, stroke.steps - 2: 0}:
            if after >= 4 and after % 2 == 0:
                again = replace(stroke, step=stroke.step + after, steps=stroke.steps - after)
                yield [*placed[:k], (measure, replace(stroke, steps=after)), (measure, again), *placed[k + 1 :]]


def _led_into(placed: list[tuple[int, Stroke]]) -> Iterator[list[tuple[int, Stroke]]]:
    """Every way to lead into a note out of the silence before it, an eighth or a beat early."""
    for k, (measure, stroke) in enumerate(placed):
        ended = placed[k - 1][1].step + placed[k - 1][1].steps if k and placed[k - 1][0] == measure else 0
        for early in (2, 4):
            if stroke.step - ended >= 4:
                lead = replace(stroke, step=stroke.step - early, steps=early)
                yield [*placed[:k], (measure, lead), *placed[k:]]


def _placed(scene: Scene, first: int, written: list[tuple[int, Stroke]]) -> list[tuple[int, Stroke]]:
    """The strokes of a unit with its syncopation, and light variation on returns."""
    placed = _pushed(scene, written)
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
        pitches = line_of(scene, chair, sung, "answer" if answer else "question")
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
