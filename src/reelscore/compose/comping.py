"""Accompaniment: block comping, strums, pads and subs, each with its own touch.

Chords are voice-led within the player's range; attacks are added on chord changes and kept hits; under speech the
rhythm thins to one soft chord for each change.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.bars import Measure
from reelscore.compose.form import Phrase
from reelscore.compose.harmony import Slot
from reelscore.compose.patterns import Step, Stroke
from reelscore.compose.scene import Scene, Voiced, with_marks
from reelscore.compose.tables import orchestra
from reelscore.values.chance import between, happens
from reelscore.values.score import Control, Note

Written = tuple[list[Note], list[Control]]
ROLLED = Fraction(1, 14)  # beats between the notes of a rolled chord
_DRY = 0.75  # the articulation from which a piano goes without pedal
_PEDALLED = ("grand_piano", "felt_piano", "electric_piano", "harp", "vibraphone", "bright_piano")


def loudness(sign: str) -> float:
    """The MIDI-like loudness of a written digit, 1..9."""
    return 22.0 + 11.0 * int(sign)


def struck_marks(measure: Measure, voiced: list[Voiced]) -> tuple[int, ...]:
    """Where a chord must be struck: changes inside the bar and kept hits."""
    changes = {v.step for v in voiced if v.step > 0}
    return tuple(sorted(changes | {a.step for a in measure.accents}))


def by_measure(voicings: tuple[Voiced, ...]) -> dict[int, list[Voiced]]:
    found: dict[int, list[Voiced]] = {}
    for voiced in voicings:
        found.setdefault(voiced.measure, []).append(voiced)
    return found


def sounding(voiced: list[Voiced], step: Step) -> Voiced:
    return [v for v in voiced if v.step <= step][-1]


def _sparse(measure: Measure, voiced: list[Voiced], before: Voiced | None) -> tuple[Stroke, ...]:
    """One soft chord for each change, and nothing else; `before` sounds on from the bar before."""
    goes_on = before is not None and before.chord.numeral == voiced[0].chord.numeral
    marks = sorted({v.step for v in voiced[goes_on:]} | {a.step for a in measure.accents if a.kept})
    ends = [*marks[1:], measure.steps] if marks else []
    return tuple(Stroke(m, e - m, "4") for m, e in zip(marks, ends, strict=True))


def _spoken_before(scene: Scene, chords: dict[int, list[Voiced]], i: int) -> Voiced | None:
    """The last chord of the bar before, if that was spoken over too."""
    earlier = scene.ground.measures[i - 1] if i > scene.plan.first else None
    return chords[i - 1][-1] if earlier is not None and scene.quiet(earlier) and i - 1 in chords else None


def write_comp(scene: Scene, chair: Chair) -> Written:
    """Chords in a written rhythm: digits strike the chord, `l` its lowest note, `h` the others, `r` rolls it upward,
    `x` damps it, `t` repeats it in thirty-seconds for as long as it is held, `n` strikes the next chord early; held to
    the bar line it is not struck again behind it."""
    notes: list[Note] = []
    controls: list[Control] = []
    voicings = scene.voicings(chair, 4)
    chords = by_measure(voicings)
    early = -1  # the measure whose first chord has been struck already
    guitar = orchestra()[chair.player.instrument].family == "guitar"
    for i, measure, phrase in scene.playing(chair):
        voiced = chords[i]
        text = scene.pattern(chair, phrase) or "7-------5-------"
        played = scene.strokes(text, i, measure.steps)
        if scene.quiet(measure):
            thin = _sparse(measure, voiced, _spoken_before(scene, chords, i))
            played = thin if len(thin) <= len(played) or measure.accents else played
        else:
            played = with_marks(struck_marks(measure, voiced), played, measure.steps, "7")
        if early == i and not measure.accent(0):
            played = tuple(s for s in played if s.step > 0)
        for stroke in played:
            shape = sounding(voiced, stroke.step)
            if stroke.sign == "n":
                shape = next((v for v in voicings if (v.measure, v.step) > (i, stroke.step)), shape)
                if stroke.step + stroke.steps >= measure.steps and shape.measure == i + 1:
                    early = i + 1
                    stroke = replace(stroke, steps=stroke.steps + min(shape.steps, 4))
            notes += _struck(scene, chair, i, stroke, _picked(stroke.sign, shape.pitches), guitar)
        if chair.player.instrument in _PEDALLED and played and scene.mood.articulation < _DRY and not chair.seat.pedal:
            controls += pedalled(measure, scene.harmonies.slots[i])
    return notes, controls


def pedalled(measure: Measure, slots: tuple[Slot, ...]) -> list[Control]:
    """The pedal goes down just after each chord and up just before the next."""
    controls: list[Control] = []
    for slot in slots:
        controls.append(Control(measure.beat(slot.step) + Fraction(1, 16), "sustain", 1.0))
        controls.append(Control(measure.beat(slot.step + slot.steps) - Fraction(1, 16), "sustain", 0.0))
    return controls


def _struck(scene: Scene, chair: Chair, i: int, stroke: Stroke, pitches: tuple[int, ...], guitar: bool) -> list[Note]:
    """One stroke of a chord, with its touch."""
    base = loudness(stroke.sign if stroke.sign.isdigit() else "3" if stroke.sign == "x" else "6") - 6
    rolled = len(pitches) > 1 and (stroke.sign == "r" or (chair.seat.rolled and stroke.steps >= 2))
    touch = "strum_down" if guitar and len(pitches) > 2 else "staccato" if stroke.steps == 1 else ""
    length = min(0.5, stroke.steps) if stroke.sign == "x" else stroke.steps
    found = []
    for k, pitch in enumerate(pitches):
        lean = 3 if k == len(pitches) - 1 else -2
        speed = scene.velocity(i, stroke.step, base + lean, chair.name, str(k))
        note = scene.note(i, stroke.step, length, pitch, speed, "ghost" if stroke.sign == "x" else touch)
        late = ROLLED * k if rolled else Fraction(0)
        found.append(replace(note, at=note.at + late, beats=note.beats - late, articulation="" if rolled else touch)
                     if late else note)  # fmt: skip
    return repeated(found, 8) if stroke.sign == "t" else found


def _picked(sign: str, pitches: tuple[int, ...]) -> tuple[int, ...]:
    if sign == "l":
        return pitches[:1]
    return pitches[1:] if sign == "h" and len(pitches) > 1 else pitches


def repeated(notes: list[Note], per_beat: int) -> list[Note]:
    """Held notes broken into repeated strokes, each a little different in weight: tremolo."""
    found: list[Note] = []
    each = Fraction(1, per_beat)
    for note in notes:
        count = int(note.beats / each)
        if count < 2:
            found.append(note)
            continue
        for k in range(count):
            soft = 0 if k == 0 else 10 if k % 2 else 6
            length = each if k < count - 1 else note.beats - each * k
            found.append(replace(note, at=note.at + each * k, beats=length, velocity=max(14, note.velocity - soft)))
    return found


def write_strum(scene: Scene, chair: Chair) -> Written:
    """Guitar strums: D and U full and strong, d and u lighter and on fewer strings, x damped, t tremolo. The hand goes
    on moving between the written strokes, and now and then brushes the strings."""
    notes: list[Note] = []
    seat = chair.seat
    if seat.voicing == "close" and orchestra()[chair.player.instrument].family == "guitar":
        chair = replace(chair, seat=replace(seat, voicing="grip"))
    chords = by_measure(scene.voicings(chair, 5, wide=True))
    for i, measure, phrase in scene.playing(chair):
        voiced = chords[i]
        played = scene.strokes(scene.pattern(chair, phrase), i, measure.steps)
        if scene.quiet(measure):
            played = tuple(
                Stroke(s.step, s.steps, "d") for s in _sparse(measure, voiced, _spoken_before(scene, chords, i))
            )
        else:
            played = _brushed(scene, chair, i, phrase, played)
            played = with_marks(struck_marks(measure, voiced), played, measure.steps, "D")
        for stroke in played:
            shape = sounding(voiced, stroke.step).pitches
            down = stroke.sign in "Dd"
            strings = shape if stroke.sign in "DU" else shape[:4] if down else shape[-3:]
            base = {"D": 92.0, "U": 80.0, "d": 70.0, "u": 62.0}.get(stroke.sign, 50.0)
            kind = "strum_down" if down else "strum_up"
            length = min(0.5, stroke.steps) if stroke.sign == "x" else stroke.steps
            kind = "ghost" if stroke.sign == "x" else kind
            struck = []
            for k, pitch in enumerate(strings):
                speed = scene.velocity(i, stroke.step, base - 1.5 * k, chair.name, str(k))
                struck.append(scene.note(i, stroke.step, length, pitch, speed, kind))
            notes += repeated(struck, 8) if stroke.sign == "t" else struck
    return notes, []


def _brushed(
    scene: Scene, chair: Chair, measure: int, phrase: Phrase, played: tuple[Stroke, ...]
) -> tuple[Stroke, ...]:
    """Damped brushes where the hand passes over the strings while a chord is held: on eighths, in full phrases also on
    sixteenths; the chord before is cut by them."""
    level = scene.level(phrase)
    if level == "light" or chair.seat.exact:
        return played
    found: list[Stroke] = []
    for stroke in played:
        at = stroke.step + 2
        likely = 0.3 if at % 2 == 0 else 0.15 if level == "full" else 0.0
        if stroke.steps >= 4 and happens(likely, scene.seed, "brush", chair.name, measure, stroke.step):
            found += [replace(stroke, steps=2, tied=False), Stroke(at, stroke.steps - 2, "x")]
        else:
            found.append(stroke)
    return tuple(found)


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
