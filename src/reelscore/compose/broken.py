"""What moves inside the harmony: arpeggios, riffs and drones.

An arpeggio reads its figure off the chord, a riff off the scale (degrees of the chord or of the key), a drone off
neither: it stays on the tonic and its fifth whatever happens above.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.chords import Harmony, key_scale
from reelscore.compose.comping import Written, by_measure, loudness, low_pitch, sounding
from reelscore.compose.form import Phrase
from reelscore.compose.patterns import Stroke
from reelscore.compose.scene import Scene, with_marks
from reelscore.compose.tables import orchestra
from reelscore.values.chance import choose, happens
from reelscore.values.score import Note

_EXACT = ("pulse_arp", "acid_bass", "arp_synth")  # instruments whose shortest notes are meant


def write_arp(scene: Scene, chair: Chair) -> Written:
    """Arpeggios and ostinatos: digits are chord notes from the lowest; past the top they begin an octave higher. From
    the root, where a seat says so: 0 root, 1 third, 2 fifth (or seventh), 3 octave, 4 tenth. `h` pinches the lowest and
    the fifth note together, `o` is the thumb's other note (the fifth below, else above), `x` a damped stroke. A player
    (no machine) turns round at the end of a phrase now and then."""
    notes: list[Note] = []
    chords = by_measure(scene.voicings(chair, 4))
    exact = chair.seat.exact or chair.seat.speed != 1 or chair.player.instrument in _EXACT
    short = chair.player.instrument in ("staccato_strings", "pizzicato", "muted_guitar")
    for i, measure, phrase in scene.playing(chair):
        if scene.quiet(measure):
            continue
        voiced = chords[i]
        text = scene.pattern(chair, phrase) or "0.2.1.3.2.1.3.2."
        marks = tuple(a.step for a in measure.accents if a.kept)
        read = scene.fine_strokes(text, i, measure.steps, chair.seat.speed)
        if not exact and turns(scene, chair, phrase, i):
            read = _turned(scene, chair, i, read, measure.steps)
        played = with_marks(marks, read, measure.steps, "0")
        for stroke in played:
            at = sounding(voiced, stroke.step)
            shape = _from_root(at.chord, chair) if chair.seat.from_root else at.pitches
            base = 78.0 if stroke.step % 4 == 0 else 64.0 if stroke.step % 2 == 0 else 56.0
            damped = stroke.sign == "x"
            length = Fraction(1, 2) if damped else stroke.steps if exact else 1 if short else max(2, stroke.steps)
            for pitch in _plucked(stroke.sign, shape, chair):
                speed = scene.velocity(i, stroke.step, 50.0 if damped else base, chair.name)
                touch = "ghost" if damped else "staccato" if short else ""
                notes.append(scene.note(i, stroke.step, length, pitch, speed, touch))
    return notes, []


def turns(scene: Scene, chair: Chair, phrase: Phrase, measure: int) -> bool:
    """Does a player vary the end of this phrase? Not in quiet phrases, and never a machine."""
    last = measure == phrase.first + phrase.count - 1
    alive = last and scene.level(phrase) != "light" and orchestra()[chair.player.instrument].family != "synth"
    return alive and happens(0.5, scene.seeds.figures, "turn round", chair.name, measure)


def _turned(scene: Scene, chair: Chair, measure: int, read: tuple[Stroke, ...], steps: int) -> tuple[Stroke, ...]:
    """The last beat runs through the chord instead."""
    start = steps - 4
    run = choose(("1234", "4321", "2345", "2.34", "4.32", "3432"), scene.seeds.figures, "run", chair.name, measure)
    kept = [replace(s, steps=min(s.steps, start - s.step), tied=False) for s in read if s.step < start]
    return (*kept, *(Stroke(start + k, 1, sign) for k, sign in enumerate(run) if sign != "."))


def _plucked(sign: str, shape: tuple[int, ...], chair: Chair) -> list[int]:
    """The pitches of one stroke of an arpeggio."""
    if sign == "o":
        low = shape[0] - 5
        return [low if low >= chair.low and low % 12 in {p % 12 for p in shape} else _tone(2, shape, chair)]
    if sign == "h":
        return sorted({shape[0], _tone(4, shape, chair)})
    return [_tone(int(sign) if sign.isdigit() else 0, shape, chair)]


def _tone(index: int, shape: tuple[int, ...], chair: Chair) -> int:
    octave, place = divmod(index, len(shape))
    pitch = shape[place] + 12 * octave
    while pitch > chair.high:
        pitch -= 12
    return pitch


def _from_root(chord: Harmony, chair: Chair) -> tuple[int, ...]:
    """Root, third and fifth or seventh from the lowest place of the root that leaves an octave of room."""
    root = low_pitch(chord.root, chair)
    if root + 12 > chair.high and root - 12 >= chair.low:
        root -= 12
    tones = [c for c in (chord.third, chord.fifth) if c is not None] or list(chord.classes[1:3])
    return (root, *sorted(root + (tone - root) % 12 for tone in tones))


def write_riff(scene: Scene, chair: Chair) -> Written:
    """A figure of scale degrees, told again and again: 1 is the root (or the key's tonic), 8 its octave, 0 the octave
    below. Where the chord bends the scale, the riff bends with it."""
    notes: list[Note] = []
    for i, measure, phrase in scene.playing(chair):
        if scene.quiet(measure):
            continue
        marks = tuple(a.step for a in measure.accents if a.kept)
        read = scene.fine_strokes(scene.pattern(chair, phrase), i, measure.steps, chair.seat.speed)
        for stroke in with_marks(marks, read, measure.steps, "1"):
            chord = scene.harmonies.at(i, int(stroke.step))
            pitch = _degree(scene, chair, chord, int(stroke.sign) if stroke.sign.isdigit() else 1)
            base = 84.0 if stroke.step % 4 == 0 else 76.0 if stroke.step % 2 == 0 else 70.0
            if stroke.sign == "x":
                base = 46.0
            speed = scene.velocity(i, stroke.step, base, chair.name)
            length = min(stroke.steps, Fraction(3, 4)) if stroke.sign == "x" else stroke.steps
            touch = "ghost" if stroke.sign == "x" else "legato" if stroke.tied else ""
            notes.append(scene.note(i, stroke.step, length, pitch, speed, touch))
    return notes, []


def _degree(scene: Scene, chair: Chair, chord: Harmony, degree: int) -> int:
    key = scene.plan.key
    first = key.tonic if chair.seat.degrees == "key" else chord.root
    scale = key_scale(key) if chair.seat.degrees == "key" else chord.scale
    above = sorted((tone - first) % 12 for tone in scale)
    octave, place = divmod(degree - 1, 7) if degree else (-1, 0)
    root = low_pitch(first, chair)
    if chair.low <= root - 12 and root + 14 > chair.high:
        root -= 12
    pitch = root + 12 * octave + above[place % len(above)]
    while pitch > chair.high:
        pitch -= 12
    return pitch if pitch >= chair.low else pitch + 12


def write_drone(scene: Scene, chair: Chair) -> Written:
    """The tonic and its fifth (only the tonic with voicing "octaves"), held or struck in a pattern."""
    tonic = scene.plan.key.tonic
    root = chair.low + (tonic - chair.low) % 12
    steps = {"octaves": (0, 12), "fifths": (0, 7), "power": (0, 7, 12)}.get(chair.seat.voicing, (0, 7))
    pitches = [root + s for s in steps if root + s <= chair.high] or [root]
    notes: list[Note] = []
    running: tuple[int, int] | None = None  # measure and steps so far of what is held
    for i, measure, phrase in scene.playing(chair):
        text = scene.pattern(chair, phrase)
        if text:
            for stroke in scene.strokes(text, i, measure.steps):
                which = pitches if stroke.sign.isdigit() else pitches[:1] if stroke.sign == "l" else pitches[1:]
                base = loudness(stroke.sign if stroke.sign.isdigit() else "6") - 6
                speed = scene.velocity(i, stroke.step, base, chair.name)
                notes += [scene.note(i, stroke.step, stroke.steps, pitch, speed) for pitch in which or pitches]
            continue
        if (
            running
            and scene.measures[0][0] <= running[0]
            and running[1] + measure.steps <= 64
            and (scene.ground.measures[running[0]].beat(running[1]) == measure.start)
        ):
            running = (running[0], running[1] + measure.steps)
            continue
        notes += _held(scene, chair, pitches, running)
        running = (i, measure.steps)
    return [*notes, *_held(scene, chair, pitches, running)], []


def _held(scene: Scene, chair: Chair, pitches: list[int], running: tuple[int, int] | None) -> list[Note]:
    if running is None:
        return []
    speed = scene.velocity(running[0], 0, 70, chair.name)
    return [scene.note(running[0], 0, running[1], pitch, speed, "legato") for pitch in pitches]
