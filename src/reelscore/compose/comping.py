"""Accompaniment: block comping, broken chords, strums, arpeggios, pads and subs, each with its own touch.

Chords are voice-led within the player's range; attacks are added on chord changes and kept hits; under speech the
rhythm thins to one soft chord for each change.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.bars import Measure
from reelscore.compose.patterns import Stroke
from reelscore.compose.scene import Scene, Voiced, with_marks
from reelscore.compose.tables import orchestra
from reelscore.values.chance import between
from reelscore.values.score import Control, Note

Written = tuple[list[Note], list[Control]]
_PEDALLED = ("grand_piano", "felt_piano", "electric_piano", "harp", "vibraphone", "bright_piano")


def loudness(sign: str) -> float:
    """The MIDI-like loudness of a written digit, 1..9."""
    return 22.0 + 11.0 * int(sign)


def _marks(measure: Measure, voiced: list[Voiced]) -> tuple[int, ...]:
    """Where a chord must be struck: changes inside the bar and kept hits."""
    changes = {v.step for v in voiced if v.step > 0}
    return tuple(sorted(changes | {a.step for a in measure.accents}))


def _by_measure(voicings: tuple[Voiced, ...]) -> dict[int, list[Voiced]]:
    found: dict[int, list[Voiced]] = {}
    for voiced in voicings:
        found.setdefault(voiced.measure, []).append(voiced)
    return found


def _sounding(voiced: list[Voiced], step: int) -> Voiced:
    return [v for v in voiced if v.step <= step][-1]


def _sparse(measure: Measure, voiced: list[Voiced]) -> tuple[Stroke, ...]:
    """One soft chord for each change, and nothing else."""
    marks = sorted({v.step for v in voiced} | {a.step for a in measure.accents if a.kept})
    ends = [*marks[1:], measure.steps]
    return tuple(Stroke(m, e - m, "4") for m, e in zip(marks, ends, strict=True))


def write_comp(scene: Scene, chair: Chair) -> Written:
    """Chords in a written rhythm: digits strike the chord, `l` its lowest note, `h` the others."""
    notes: list[Note] = []
    controls: list[Control] = []
    by_measure = _by_measure(scene.voicings(chair, 4))
    guitar = orchestra()[chair.player.instrument].family == "guitar"
    for i, measure, phrase in scene.playing(chair):
        voiced = by_measure[i]
        text = scene.pattern(chair, phrase) or "7-------5-------"
        played = scene.strokes(text, i, measure.steps)
        if scene.quiet(measure):
            played = _sparse(measure, voiced)
        else:
            played = with_marks(_marks(measure, voiced), played, measure.steps, "7")
        for stroke in played:
            shape = _sounding(voiced, stroke.step)
            pitches = _picked(stroke.sign, shape.pitches)
            base = loudness(stroke.sign if stroke.sign.isdigit() else "6") - 6
            roll = "strum_down" if guitar and len(pitches) > 2 else "staccato" if stroke.steps == 1 else ""
            for k, pitch in enumerate(pitches):
                lean = 3 if k == len(pitches) - 1 else -2
                speed = scene.velocity(i, stroke.step, base + lean, chair.name, str(k))
                notes.append(scene.note(i, stroke.step, stroke.steps, pitch, speed, roll))
        if chair.player.instrument in _PEDALLED and played:
            for shape in voiced:
                start = measure.beat(shape.step)
                controls.append(Control(start + Fraction(1, 16), "sustain", 1.0))
                controls.append(Control(measure.beat(shape.step + shape.steps) - Fraction(1, 16), "sustain", 0.0))
    return notes, controls


def _picked(sign: str, pitches: tuple[int, ...]) -> tuple[int, ...]:
    if sign == "l":
        return pitches[:1]
    return pitches[1:] if sign == "h" and len(pitches) > 1 else pitches


def write_strum(scene: Scene, chair: Chair) -> Written:
    """Guitar strums: D and U full and strong, d and u lighter and on fewer strings, x damped."""
    notes: list[Note] = []
    by_measure = _by_measure(scene.voicings(chair, 5, wide=True))
    for i, measure, phrase in scene.playing(chair):
        voiced = by_measure[i]
        played = scene.strokes(scene.pattern(chair, phrase), i, measure.steps)
        if scene.quiet(measure):
            played = tuple(Stroke(s.step, s.steps, "d") for s in _sparse(measure, voiced))
        else:
            played = with_marks(_marks(measure, voiced), played, measure.steps, "D")
        for stroke in played:
            shape = _sounding(voiced, stroke.step).pitches
            down = stroke.sign in "Dd"
            strings = shape if stroke.sign in "DU" else shape[:4] if down else shape[-3:]
            base = {"D": 92.0, "U": 80.0, "d": 70.0, "u": 62.0}.get(stroke.sign, 50.0)
            kind = "strum_down" if down else "strum_up"
            for k, pitch in enumerate(strings):
                speed = scene.velocity(i, stroke.step, base - 1.5 * k, chair.name, str(k))
                notes.append(scene.note(i, stroke.step, stroke.steps, pitch, speed, kind))
    return notes, []


def write_arp(scene: Scene, chair: Chair) -> Written:
    """Arpeggios and ostinatos: digits are chord notes from the lowest; past the top they begin an octave higher."""
    notes: list[Note] = []
    by_measure = _by_measure(scene.voicings(chair, 4))
    short = chair.player.instrument in ("staccato_strings", "pizzicato", "muted_guitar")
    for i, measure, phrase in scene.playing(chair):
        if scene.quiet(measure):
            continue
        voiced = by_measure[i]
        text = scene.pattern(chair, phrase) or "0.2.1.3.2.1.3.2."
        marks = tuple(a.step for a in measure.accents if a.kept)
        played = with_marks(marks, scene.strokes(text, i, measure.steps), measure.steps, "0")
        for stroke in played:
            shape = _sounding(voiced, stroke.step).pitches
            index = int(stroke.sign) if stroke.sign.isdigit() else 0
            octave, place = divmod(index, len(shape))
            pitch = shape[place] + 12 * octave
            pitch = pitch - 12 if pitch > chair.high else pitch
            base = 78.0 if stroke.step % 4 == 0 else 64.0 if stroke.step % 2 == 0 else 56.0
            speed = scene.velocity(i, stroke.step, base, chair.name)
            length = 1 if short else max(2, stroke.steps)
            notes.append(scene.note(i, stroke.step, length, pitch, speed, "staccato" if short else ""))
    return notes, []


def write_pad(scene: Scene, chair: Chair) -> Written:
    """Held chords: notes common to two chords are tied, and every chord breathes through a swell."""
    notes: list[Note] = []
    controls: list[Control] = []
    held: dict[int, tuple[int, int, int]] = {}  # pitch -> measure, step, steps so far
    playing = {i for i, _, _ in scene.playing(chair)}
    shapes = [v for v in scene.voicings(chair, 4, wide=True) if v.measure in playing]
    for k, shape in enumerate(shapes):
        measure = scene.ground.measures[shape.measure]
        accent = measure.accent(shape.step)
        fresh = k == 0 or shapes[k - 1].measure < shape.measure - 1 or (accent is not None and accent.kept)
        for pitch in [p for p in held if fresh or p not in shape.pitches or held[p][2] >= 64]:
            notes.append(_release(scene, chair, pitch, held.pop(pitch)))
        for pitch in shape.pitches:
            at, step, steps = held.get(pitch, (shape.measure, shape.step, 0))
            held[pitch] = (at, step, steps + shape.steps)
        controls += _swell(scene, chair, shape, measure)
    notes += [_release(scene, chair, pitch, held[pitch]) for pitch in sorted(held)]
    return sorted(notes, key=lambda n: (n.at, n.pitch)), controls


def _release(scene: Scene, chair: Chair, pitch: int, held: tuple[int, int, int]) -> Note:
    measure, step, steps = held
    last = scene.measures[-1][1]
    if scene.ground.measures[measure].beat(step + steps) >= last.end:
        steps += 2  # over the bar line, into the next section's chord
    return scene.note(measure, step, steps, pitch, scene.velocity(measure, step, 72, chair.name), "legato")


def _swell(scene: Scene, chair: Chair, shape: Voiced, measure: Measure) -> list[Control]:
    """Three points of loudness: in, over the top, and away; longer chords swell more."""
    where = (chair.name, shape.measure, shape.step)
    deep = 0.24 if shape.steps >= 12 else 0.12
    top = 0.92 - (0.14 if scene.quiet(measure) else 0.0)
    if scene.kind == "build":
        top = 0.7 + 0.3 * (shape.measure - scene.plan.first + 1) / max(1, scene.plan.count)
    peak = between(0.4, 0.65, scene.seed, "swell", *where)
    start, length = measure.beat(shape.step), Fraction(shape.steps, 4)
    middle = start + length * Fraction(round(peak * 8), 8)
    return [
        Control(start, "expression", round(top - deep, 3)),
        Control(middle, "expression", round(top, 3)),
        Control(start + length * Fraction(15, 16), "expression", round(top - deep * 0.8, 3)),
    ]


def write_sub(scene: Scene, chair: Chair) -> Written:
    """Long low roots under everything; the same root is held over, not struck again."""
    notes: list[Note] = []
    running: tuple[int, int, int, int] | None = None  # pitch, measure, step, steps
    for i, measure, _ in scene.playing(chair):
        for slot in scene.harmonies.slots[i]:
            pitch = low_pitch(slot.harmony.bass, chair)
            accent = measure.accent(slot.step)
            if running and running[0] == pitch and not (accent and accent.kept) and running[3] < 48:
                running = (*running[:3], running[3] + slot.steps)
                continue
            if running:
                notes.append(_long(scene, chair, running))
            running = (pitch, i, slot.step, slot.steps)
    if running:
        notes.append(_long(scene, chair, running))
    return notes, []


def _long(scene: Scene, chair: Chair, running: tuple[int, int, int, int]) -> Note:
    pitch, measure, step, steps = running
    return scene.note(measure, step, steps, pitch, scene.velocity(measure, step, 80, chair.name), "legato")


def low_pitch(pitch_class: int, chair: Chair) -> int:
    """The lowest place of a pitch class in a chair's range that is not below its first third."""
    pitch = chair.low + (pitch_class - chair.low) % 12
    return pitch if pitch <= chair.high else pitch - 12
