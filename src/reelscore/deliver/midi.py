"""The score as a Standard MIDI File (type 1), for any music program.

One conductor track (tempo map, time and key signatures, markers for sections and hits), then one track per player,
written as the score says with the feel's swing; the small human deviations stay in the audio. 960 ticks to the beat.
Controls become the controllers musicians know: expression 11, brightness 74, sustain 64; level 7 and pan 10 once.
Equal scores give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mido

from reelscore.deliver.tempo_track import TICKS_PER_BEAT, TickMap, tick_map
from reelscore.values.brief import HitResult, Key
from reelscore.values.score import Control, Note, Player, Score
from reelscore.values.time import Beats, swung

Programs = Mapping[str, tuple[int, bool]]  # instrument -> (General MIDI program 0..127, is it a drum kit)

_DRUM_CHANNEL = 9
_CONTROLLERS = {"expression": 11, "cutoff": 74, "sustain": 64}
_CURVE_STEP = Fraction(1, 8)  # beats between the points of a drawn curve
_MAJOR_KEYS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_KEYS = ("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")
_RELATIVE = {  # a mode's distance in semitones from its tonic to the major or minor key with the same signature
    "major": (0, False),
    "minor": (0, True),
    "harmonic minor": (0, True),
    "dorian": (7, True),
    "phrygian": (5, True),
    "phrygian dominant": (5, True),
    "mixolydian": (5, False),
    "lydian": (7, False),
}
# Order of events on one tick: what ends first, then settings, then what begins.
_OFF, _SET, _ON = 0, 1, 2
Event = tuple[int, int, int, Any]  # tick, order, pitch or number, message


def midi_bytes(score: Score, programs: Programs, hits: Sequence[HitResult] = ()) -> bytes:
    """The file's bytes. `programs` says which sound stands for each instrument; unknown ones become a piano."""
    end = max([score.tempo_map.end, *(n.at + n.beats for p in score.players for n in score.notes_of(p.name))])
    ticks = tick_map(score.tempo_map, end)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT)
    file.tracks.append(_track(_conductor(score, hits, ticks), ticks.tick(end)))
    channels = iter(range(10_000))
    for player in score.players:
        program, drums = programs.get(player.instrument, (0, player.role == "drums"))
        channel = _DRUM_CHANNEL if drums else _melodic(next(channels))
        file.tracks.append(_track(_player(score, player, program, channel, ticks), ticks.tick(end)))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def _melodic(n: int) -> int:
    """The n-th channel that is not the drums'; more than fifteen players share channels."""
    return [c for c in range(16) if c != _DRUM_CHANNEL][n % 15]


def _conductor(score: Score, hits: Sequence[HitResult], ticks: TickMap) -> list[Event]:
    events = [(0, _SET, -1, mido.MetaMessage("track_name", name=_latin(score.title) or "Reelscore"))]
    for tempo in ticks.tempi:
        events.append((tempo.tick, _SET, 0, mido.MetaMessage("set_tempo", tempo=tempo.micros)))
    for meter in ticks.meters:
        message = mido.MetaMessage("time_signature", numerator=meter.numerator, denominator=meter.denominator)
        events.append((meter.tick, _SET, 1, message))
    signature = ""
    for section in score.sections:
        at = ticks.tick(section.start)
        if (key := key_signature(section.key)) != signature:
            events.append((at, _SET, 2, mido.MetaMessage("key_signature", key=key)))
            signature = key
        events.append((at, _SET, 3, mido.MetaMessage("marker", text=_latin(f"{section.name} ({section.kind})"))))
    for n, result in enumerate(hits):
        label = _latin(result.hit.label or result.hit.kind)
        tick = ticks.tick_at(result.hit.at)
        events.append((tick, _SET, 4 + n, mido.MetaMessage("marker", text=f"hit: {label} ({result.target})")))
    if ticks.film_start:
        tick = ticks.tick_at(Fraction(0))
        events.append((tick, _SET, 3, mido.MetaMessage("marker", text="the film begins")))
    return events


def key_signature(key: Key) -> str:
    """The signature's name in MIDI: modes take the one with the same accidentals ("D dorian": that of A minor)."""
    shift, minor = _RELATIVE.get(key.mode, (0, key.minor))
    names = _MINOR_KEYS if minor else _MAJOR_KEYS
    return names[(key.tonic + shift) % 12]


def _player(score: Score, player: Player, program: int, channel: int, ticks: TickMap) -> list[Event]:
    events: list[Event] = [
        (0, _SET, -2, mido.MetaMessage("track_name", name=_latin(player.name))),
        (0, _SET, -1, mido.MetaMessage("instrument_name", name=_latin(player.instrument))),
        (0, _SET, 0, mido.Message("program_change", program=program, channel=channel)),
        (0, _SET, 7, _control(7, round(100 * 10 ** (player.gain_db / 40)), channel)),
        (0, _SET, 10, _control(10, round(64 + 63 * player.pan), channel)),
    ]
    for section in score.sections:
        for part in section.parts:
            if part.player == player.name:
                events += _curves(part.controls, section.end, channel, ticks)
    return events + _notes(score, player, channel, ticks)


def _notes(score: Score, player: Player, channel: int, ticks: TickMap) -> list[Event]:
    """Note on and off; a note that returns before it ended ends where it begins again."""
    feel, straight = score.feel, player.role == "fx"

    def tick(beat: Beats) -> int:
        return ticks.tick(beat if straight else swung(beat, feel.swing8, feel.swing16))

    events: list[Event] = []
    sounding: dict[int, int] = {}  # pitch -> the first tick at which it may begin again, counted backwards in time
    for note in sorted(score.notes_of(player.name), key=lambda n: (n.at, n.pitch, n.beats), reverse=True):
        start = tick(note.at)
        stop = max(start + 1, tick(note.at + note.beats))
        following = sounding.get(note.pitch)
        if following == start:
            continue  # the same key cannot be struck twice at once
        stop = stop if following is None else min(stop, following)
        sounding[note.pitch] = start
        events += _struck(note, start, stop, channel)
    return events


def _struck(note: Note, start: int, stop: int, channel: int) -> list[Event]:
    pitch, velocity = min(127, max(0, note.pitch)), min(127, max(1, note.velocity))
    on = mido.Message("note_on", skip_checks=True, note=pitch, velocity=velocity, channel=channel)
    off = mido.Message("note_off", skip_checks=True, note=pitch, velocity=0, channel=channel)
    return [(start, _ON, pitch, on), (stop, _OFF, pitch, off)]


def _curves(controls: Sequence[Control], end: Beats, channel: int, ticks: TickMap) -> list[Event]:
    """Controllers: lines are drawn in small steps, the pedal as it is."""
    events: list[Event] = []
    for kind, number in _CONTROLLERS.items():
        points = sorted((c.at, c.value) for c in controls if c.kind == kind)
        last = -1
        for at, value in points if kind == "sustain" else _drawn(points):
            shown = round(127 * min(1.0, max(0.0, value)))
            if shown != last and at <= end:
                events.append((ticks.tick(at), _SET, number, _control(number, shown, channel)))
                last = shown
    return events


def _drawn(points: Sequence[tuple[Beats, float]]) -> list[tuple[Beats, float]]:
    drawn = []
    for (at, value), (until, goal) in pairwise(points):
        steps = max(1, int((until - at) / _CURVE_STEP)) if goal != value else 1
        drawn += [(at + (until - at) * k / steps, value + (goal - value) * k / steps) for k in range(steps)]
    return drawn + list(points[-1:])


def _control(number: int, value: int, channel: int) -> Any:
    held = min(127, max(0, value))
    return mido.Message("control_change", skip_checks=True, control=number, value=held, channel=channel)


def _latin(text: str) -> str:
    """Text as MIDI files carry it (Latin-1)."""
    return text.encode("latin-1", errors="replace").decode("latin-1").strip()


def _track(events: list[Event], end: int) -> Any:
    """Events in order, as deltas, closed at the end of the piece."""
    track, now = mido.MidiTrack(), 0
    for tick, _, _, message in sorted(events, key=lambda event: event[:3]):
        message.time = tick - now
        track.append(message)
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - now)))
    return track
