"""The second voice and the doubles: who listens to the tune.

A counter-melody holds guide tones (thirds, sevenths, tensions) that move by the least step, and answers where the tune
rests; a double plays the tune itself, an octave away and softer.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.chords import Harmony
from reelscore.compose.comping import Written
from reelscore.compose.scene import Scene
from reelscore.values.chance import choose, happens
from reelscore.values.score import Note
from reelscore.values.time import Beats

_E, _S = Fraction(1, 2), Fraction(1, 4)
# What a second hand does with a note: when it strikes (beats from its start), and whether its neighbour.
_FILLED_SHORT = (
    ((Fraction(0), 0), (_S, 1), (_E, 0)),
    ((Fraction(0), 1), (_S, 0)),
    ((_S, 0),),
    ((Fraction(0), 0), (_E, 0)),
)
_FILLED = (
    ((Fraction(0), 0), (_E, 1), (_E + _S, 0)), ((Fraction(0), 0), (_S, 1), (_E, 0), (1 + _S, 0)), ((_E, 0),),
    ((Fraction(0), 0), (_E, 0), (Fraction(1), 1), (1 + _S, 0)), ((Fraction(0), 1), (_S, 0), (Fraction(1), 0)),
)  # fmt: skip
_ANSWERS = ((0, 2, 4, 6), (0, 2, 4), (2, 4, 6), (0, 4), (0, 3, 6))  # rhythms of a short answer, in sixteenths


def write_double(scene: Scene, chair: Chair, tune: list[Note]) -> Written:
    """The tune again, an interval away and softer, in the phrases this chair plays; an `interval` is scalar."""
    notes: list[Note] = []
    for i, measure, _ in scene.playing(chair):
        for note in tune:
            if measure.start <= note.at < measure.end:
                pitch = note.pitch + chair.seat.shift
                if chair.seat.interval:
                    step = int((note.at - measure.start) * 4)
                    pitch = _beside(note.pitch, chair.seat.interval, scene.harmonies.at(i, step))
                while pitch > chair.high:
                    pitch -= 12
                while pitch < chair.low:
                    pitch += 12
                if pitch <= chair.high:
                    soft = max(14, note.velocity - 12)
                    own = Note(note.at, note.beats, pitch, soft, note.articulation)
                    notes += _told_otherwise(scene, chair, i, own) if chair.seat.own_way else [own]
    return notes, []


def _told_otherwise(scene: Scene, chair: Chair, measure: int, note: Note) -> list[Note]:
    """Heterophony: the same tune by a hand with habits of its own. Long notes are filled with neighbours or struck
    again, others come an eighth late; short notes between the beats are left out now and then."""
    where = ("own way", chair.name, note.at)
    if not happens(chair.seat.own_way, scene.seed, *where):
        return [note]
    if note.beats < Fraction(3, 4):
        return [] if (note.at * 2).denominator > 1 or happens(0.3, scene.seed, *where, "out") else [note]
    start = scene.ground.measures[measure].start
    scale = scene.sings(scene.harmonies.at(measure, int((note.at - start) * 4)))
    near = [p for p in range(note.pitch - 5, note.pitch + 6) if p % 12 in scale and chair.low <= p <= chair.high]
    above, below = [p for p in near if p > note.pitch], [p for p in near if p < note.pitch]
    other = choose((above[:1], below[-1:]), scene.seed, *where, "neighbour") or above[:1] or below[-1:]
    figures = _FILLED if note.beats >= Fraction(3, 2) else _FILLED_SHORT
    figure = choose(figures, scene.seed, *where, "figure")
    found = []
    for k, (at, which) in enumerate(figure):
        until = figure[k + 1][0] if k + 1 < len(figure) else note.beats
        pitch = other[0] if which and other else note.pitch
        softer = max(14, note.velocity - (6 if k else 0))
        found.append(replace(note, at=note.at + at, beats=until - at, pitch=pitch, velocity=softer, articulation=""))
    return found


def _beside(pitch: int, interval: int, chord: Harmony) -> int:
    """A musician's interval (3 a third above, -6 a sixth below) inside the chord's scale; of a third or a sixth, the
    one that does not rub against the chord."""
    steps, way = abs(interval) - 1, 1 if interval > 0 else -1
    scale = [p for p in range(pitch - 26, pitch + 27) if p % 12 in chord.scale]
    place = min(range(len(scale)), key=lambda k: (abs(scale[k] - pitch), scale[k]))
    found = scale[max(0, min(len(scale) - 1, place + way * steps))]
    rubs = found % 12 not in chord.classes and (found - 1) % 12 in chord.classes
    if rubs and steps % 7 in (2, 5):
        found = scale[max(0, min(len(scale) - 1, place + way * (steps + (1 if steps % 7 == 2 else -1))))]
    return found


def write_canon(scene: Scene, chair: Chair, tune: list[Note]) -> Written:
    """The tune again, some bars later and an interval away, bent to the chord it meets: imitation."""
    notes: list[Note] = []
    for i, measure, _ in scene.playing(chair):
        source = i - chair.seat.late
        if source < scene.plan.first:
            continue
        bar = scene.ground.measures[source]
        for note in tune:
            if not bar.start <= note.at < min(bar.end, bar.start + measure.end - measure.start):
                continue
            at = measure.start + note.at - bar.start
            chord = scene.harmonies.at(i, int((at - measure.start) * 4))
            allowed = [p for p in range(chair.low, chair.high + 1) if p % 12 in chord.scale]
            goal = note.pitch + chair.seat.shift
            while goal > chair.high:
                goal -= 12
            while goal < chair.low:
                goal += 12
            strong = note.beats >= 1 or (at - measure.start).denominator == 1
            tones = [p for p in allowed if p % 12 in chord.classes] if strong else allowed
            near = [p for p in tones or allowed if abs(p - goal) <= 3] or allowed or [goal]
            pitch = min(near, key=lambda p: (abs(p - goal), p))
            notes.append(replace(note, at=at, pitch=pitch, velocity=max(14, note.velocity - 8)))
    return notes, []


def write_counter(scene: Scene, chair: Chair, tune: list[Note]) -> Written:
    """A second voice: held guide tones under the tune, and a short answer where the tune rests."""
    notes: list[Note] = []
    before = (chair.low + chair.high) // 2
    for i, measure, _ in scene.playing(chair):
        if scene.quiet(measure):
            continue
        slots = scene.harmonies.slots[i]
        for k, slot in enumerate(slots):
            start, free = measure.beat(slot.step), slot.steps
            pitch = _nearest(_guides(slot.harmony, tune, start, measure.beat(slot.step + slot.steps)), before, chair)
            resting = not [n for n in tune if measure.beat(8) <= n.at < measure.end]
            room = k == len(slots) - 1 and slot.steps >= 12 and resting and not measure.accents
            answering = room and happens(0.5, scene.seed, "answer", i)
            if answering:
                free = slot.steps // 2
            held = notes[-1] if notes else None
            if held and held.pitch == pitch and held.at + held.beats == start and measure.accent(slot.step) is None:
                notes[-1] = replace(held, beats=held.beats + Fraction(free, 4))
            else:
                notes.append(
                    scene.note(i, slot.step, free, pitch, scene.velocity(i, slot.step, 70, chair.name), "legato")
                )
            if answering:
                notes += _answer(scene, chair, i, slot.step + free, measure.steps, pitch)
            before = pitch
    return sorted(notes, key=lambda n: n.at), []


def _guides(chord: Harmony, tune: list[Note], start: Beats, end: Beats) -> list[int]:
    """Pitch classes that tell the chord: not the bass's third once more, and as good as none that lies a semitone from
    what the tune sings meanwhile."""
    goal = [c for c in (chord.third, chord.seventh, chord.classes[-1]) if c is not None]
    goal = [c for c in goal if c != chord.bass] or goal
    sung = [(n.pitch, min(n.at + n.beats, end) - max(n.at, start)) for n in tune]
    rubs = {c: sum(beats for pitch, beats in sung if beats > 0 and (pitch - c) % 12 in (1, 11)) for c in goal}
    return [c for c in goal if rubs[c] < 1] or [min(goal, key=lambda c: rubs[c])]


def _answer(scene: Scene, chair: Chair, measure: int, start: int, end: int, pitch: int) -> list[Note]:
    """Two to four notes that walk from the guide tone towards the next chord's."""
    following = scene.harmonies.after(measure)
    target = _nearest([c for c in (following.third, following.fifth) if c is not None], pitch, chair)
    scale = [p for p in range(chair.low, chair.high + 1) if p % 12 in scene.sings(scene.harmonies.at(measure, start))]
    if not scale:
        return []
    steps = [start + s for s in choose(_ANSWERS, scene.seed, "answer rhythm", measure) if start + s < end]
    place = min(range(len(scale)), key=lambda k: abs(scale[k] - pitch))
    way = 1 if target >= pitch else -1
    turn = happens(0.5, scene.seed, "answer turns", measure)  # once round the note, or straight on
    notes: list[Note] = []
    for k, step in enumerate(steps):
        place = max(0, min(len(scale) - 1, place + (-way if turn and k == 0 else way)))
        until = steps[k + 1] if k + 1 < len(steps) else end
        speed = scene.velocity(measure, step, 66, chair.name, "answer")
        notes.append(scene.note(measure, step, until - step, scale[place], speed))
    return notes


def _nearest(classes: list[int], pitch: int, chair: Chair) -> int:
    options = [p for p in range(chair.low, chair.high + 1) if p % 12 in classes]
    return min(options, key=lambda p: (abs(p - pitch), p)) if options else pitch
