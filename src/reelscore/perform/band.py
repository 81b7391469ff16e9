"""The band: every player's notes become dry stereo sound, all layers summed.

Sampled layers go through the sampler, synthesised ones through their voices; slow attacks start before their beat. Two
strokes of the same key are never quite alike: tuning, start and weight move a little by position (a round robin without
more samples). Expression, cutoff and sustain are applied here; seat, sends and balance are the mixer's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from math import log2

import numpy as np

from reelscore.errors import DataError, one_of
from reelscore.perform.attack import early_s, voice_early_s
from reelscore.perform.controls import apply_gain, beats_of, close_filter, curve, pedalled
from reelscore.perform.controls import warm as warm_controls
from reelscore.perform.crush import crush
from reelscore.perform.crush import warm as warm_crush
from reelscore.perform.kernel import warm as warm_kernel
from reelscore.perform.played_sounds import SHIPPED, Sounds
from reelscore.perform.sampler import Strike, choking, looped, sound, struck
from reelscore.perform.tables import Instrument, Layer
from reelscore.perform.voice import Take, Voice
from reelscore.perform.zones import Bank
from reelscore.values.chance import bits
from reelscore.values.progress import Watch, unwatched
from reelscore.values.score import Player, Score
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_WORKERS = 2
_GOLDEN = 0.6180339887498949
_WHOLE_STROKE_S = 12  # a drum rings as long as its sample
_DOUBLE_KEYS = 3  # a double takes the recording of a neighbouring key: two players, not one phased
_DOUBLE_PAN = 0.75
_TOGETHER_S = Fraction(30, 1000)
_TIED_SKIP_S = 0.09  # a tied note begins this far inside its sample: past the bow's bite
_SCOOP_S = 0.07
_OPEN_CENTS = 13500  # a filter that the font leaves open
_VARY_CENTS, _VARY_KIT_CENTS, _VARY_VELOCITY, _VARY_KIT_SKIP_S = 2.0, 9.0, 2.5, 0.0004
_SEATS: Mapping[int, float] = {
    42: 0.22, 44: 0.22, 46: 0.22, 41: -0.42, 43: -0.28, 45: -0.1, 47: 0.08, 48: 0.24, 50: 0.38, 49: -0.35, 57: 0.4,
    51: 0.4, 53: 0.4, 59: 0.4, 52: 0.3, 55: -0.25, 54: -0.3, 56: -0.22, 69: 0.4, 70: 0.45, 82: 0.45, 75: -0.4,
    39: -0.08,
}  # fmt: skip
"""Where a kit's drums sit, from the listener: hats right of the middle, toms left to right, crashes outside."""


def render_players(
    score: Score, played: Sequence[PlayedNote], frames: int, watch: Watch = unwatched, sounds: Sounds = SHIPPED
) -> dict[str, Samples]:
    """Dry stereo (frames, 2) for every player by name, in order of the score. Raises DataError, CancelledError."""
    watch("perform", 0.0)
    prepare(score, played, sounds)
    rendered: dict[str, Samples] = {}
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting = {p.name: pool.submit(render_player, score, p, played, frames, sounds) for p in score.players}
        try:
            for name, future in waiting.items():
                rendered[name] = future.result()
                watch("perform", len(rendered) / len(waiting))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return rendered


def render_player(
    score: Score, player: Player, played: Sequence[PlayedNote], frames: int, sounds: Sounds = SHIPPED
) -> Samples:
    """One player's dry sound, shape (frames, 2). `played` may hold other players' notes too."""
    plays = sounds.plays(player.instrument)
    notes = pedalled(score, player.name, [note for note in played if note.player == player.name])
    out: Samples = np.zeros((frames, 2), dtype=np.float32)
    if not notes:
        return out
    cutoff = curve(score, player.name, "cutoff", frames)
    sampled = [layer for layer in plays.layers if layer.preset is not None]
    synthesised = [layer for layer in plays.layers if layer.voice]
    beats = beats_of(score, frames) if synthesised else None
    # Voices add to the one buffer at full level; what stands there before is divided by their gain, then all scaled.
    gains = [*(_gain(plays, layer) for layer in synthesised), 1.0]
    for layer in sampled:
        gain, bank = _gain(plays, layer) / gains[0], sounds.bank(layer)
        for strike in _strikes(score.seed, plays, layer, bank, notes, gain):
            sound(out, bank, _preset(layer), strike)
    if cutoff is not None and sampled:
        close_filter(out, cutoff)
    for layer, gain, following in zip(synthesised, gains, gains[1:], strict=False):
        voice = _voice(layer.voice)
        early = 0.0 if plays.family == "fx" else voice_early_s({**voice.settings, **layer.settings})
        own = [_for_voice(n, layer, early) for n in notes if layer.takes(n.pitch, n.velocity, n.articulation)]
        voice.render(own, layer.settings, Take(out, score.seed, cutoff, beats))
        out *= np.float32(gain / following)
    if plays.crush_bits:
        crush(out, plays.crush_bits, plays.crush_hz)
    expression = curve(score, player.name, "expression", frames)
    if expression is not None:
        apply_gain(out, expression * expression)
    return out


def prepare(score: Score, played: Sequence[PlayedNote], sounds: Sounds = SHIPPED) -> None:
    """Decode every sample that this performance needs, side by side."""
    needed: dict[Bank, set[tuple[int, bool]]] = {}
    for player in score.players:
        plays = sounds.plays(player.instrument)
        touches = {(n.pitch, n.velocity, n.articulation) for n in played if n.player == player.name}
        for layer in plays.layers:
            if layer.preset is not None:
                bank = sounds.bank(layer)
                wanted = needed.setdefault(bank, set())
                for pitch, velocity, articulation in touches:
                    if layer.takes(pitch, velocity, articulation):
                        key = layer.key(pitch)
                        for other in (key, key + _DOUBLE_KEYS) if layer.double_cents else (key,):
                            wanted |= {(z.sample, looped(z)) for z in struck(bank, layer.preset, other, velocity)}
    for bank, wanted in needed.items():
        bank.decode(wanted, _WORKERS)


def ready() -> None:
    """Load the kernels that nearly every player needs."""
    warm_kernel()
    warm_controls()


def warm() -> None:
    """Compile every kernel of the players (or load it)."""
    from reelscore.perform.voices import warm as warm_voices

    ready()
    warm_crush()
    warm_voices()


def _strikes(
    seed: int, plays: Instrument, layer: Layer, bank: Bank, notes: Sequence[PlayedNote], gain: float
) -> list[Strike]:
    """The notes of one sampled layer, with round robin, doubles, seats, and hats that stop each other."""
    strikes: list[Strike] = []
    sounding: dict[int, list[int]] = {}
    before: PlayedNote | None = None
    for note in notes:
        if not layer.takes(note.pitch, note.velocity, note.articulation):
            continue
        first = _strike(seed, plays, layer, note, gain)
        if layer.glide_s > 0 and before is not None and _tied(before, note):
            first = _slid(first, before, layer)
        before = note
        stops, stopped_by = choking(bank, _preset(layer), first.key, first.velocity)
        if stops:
            for i in sounding.pop(stops, []):
                if strikes[i].start < first.start:
                    strikes[i] = replace(strikes[i], choke=first.start)
        if stopped_by:
            sounding.setdefault(stopped_by, []).append(len(strikes))
        strikes += _doubled(first, layer.double_cents) if layer.double_cents else (first,)
    if plays.family == "fx":
        return strikes
    return [_before_beat(strike, early_s(bank, _preset(layer), strike)) for strike in strikes]


def _before_beat(strike: Strike, early_s: float) -> Strike:
    """The strike so much earlier, as far as the film goes back; it ends where it did."""
    frames = min(max(0, strike.start), round(early_s * SAMPLE_RATE))
    return replace(strike, start=strike.start - frames, hold=strike.hold + frames) if frames else strike


def _strike(seed: int, plays: Instrument, layer: Layer, note: PlayedNote, gain: float) -> Strike:
    dice = bits(seed, "stroke", note.player, note.at, note.pitch)
    turns = [((dice >> shift) & 0xFFFF) / 32767.5 - 1.0 for shift in (0, 16, 32)]
    velocity = min(127, max(1, round(note.velocity + turns[1] * _VARY_VELOCITY * plays.vary)))
    if not layer.velocities[0] <= velocity <= layer.velocities[1]:
        velocity = note.velocity
    middle, width = (plays.low + plays.high) / 2, max(1, plays.high - plays.low)
    seat = _SEATS.get(note.pitch, 0.0) if plays.kit else plays.spread * (note.pitch - middle) / width
    frames = _WHOLE_STROKE_S * SAMPLE_RATE if plays.kit else round(note.duration * SAMPLE_RATE)
    return Strike(
        start=round(note.at * SAMPLE_RATE),
        hold=frames,
        key=layer.key(note.pitch),
        velocity=velocity,
        gain=gain,
        pan=layer.pan + seat,
        cents=layer.cents + turns[0] * plays.vary * (_VARY_KIT_CENTS if plays.kit else _VARY_CENTS),
        skip_s=(turns[2] + 1) * _VARY_KIT_SKIP_S * plays.vary if plays.kit else 0.0,
        cutoff_cents=_closed_cents(layer, velocity),
        attack_s=layer.attack_s,
        release=layer.release * (0.5 if note.articulation == "staccato" else 1.0),
        vibrato_cents=layer.vibrato_cents * (1 + 0.2 * turns[1]),
        vibrato_db=layer.vibrato_db,
        vibrato_hz=layer.vibrato_hz * (1 + 0.06 * turns[0]),
        vibrato_after_s=layer.vibrato_after_s * (1 + 0.3 * turns[2]),
        slide_cents=layer.scoop_cents * (0.5 + 0.5 * turns[2]) * (velocity / 100),
        slide_s=_SCOOP_S,
        swell_db=layer.swell_db * min(1.0, frames / SAMPLE_RATE),
        turn=_turn(note),
    )


def _turn(note: PlayedNote) -> float:
    """0..1, by the note's place alone, so that strokes near each other seldom take the same of a few recordings."""
    return (int(note.at * 16) * _GOLDEN + note.pitch * _GOLDEN**2) % 1.0


def _closed_cents(layer: Layer, velocity: int) -> float:
    """How far a layer's filter is closed for this touch, in cents below open."""
    top = 1200 * log2(layer.low_pass_hz / 8.176) - _OPEN_CENTS if layer.low_pass_hz else 0.0
    return top - 1200 * layer.bright_octaves * (1 - velocity / 127)


def _tied(before: PlayedNote, note: PlayedNote) -> bool:
    """Does this note go on from the one before, with no new bow or breath? (Chords and leaps do not.)"""
    apart = note.at - before.at
    reaches = before.articulation == "legato" and before.at + before.duration >= note.at
    return reaches and apart > _TOGETHER_S and abs(note.pitch - before.pitch) <= 12


def _slid(strike: Strike, before: PlayedNote, layer: Layer) -> Strike:
    """The same note without its attack, coming from the pitch before. Small steps slide quicker than large ones."""
    cents = 100.0 * (layer.key(before.pitch) - strike.key)
    slide_s = layer.glide_s * (0.5 + 0.5 * min(1.0, abs(cents) / 700))
    return replace(strike, slide_cents=cents, slide_s=slide_s, skip_s=_TIED_SKIP_S, attack_s=max(0.03, slide_s * 0.5))


def _doubled(strike: Strike, cents: float) -> tuple[Strike, Strike]:
    """The same note by two players, left and right."""
    gain, other = strike.gain * 0.7071, min(127, strike.key + _DOUBLE_KEYS)
    return (
        replace(strike, gain=gain, pan=strike.pan - _DOUBLE_PAN, cents=strike.cents - cents),
        replace(
            strike,
            gain=gain,
            key=other,
            pan=strike.pan + _DOUBLE_PAN,
            cents=strike.cents + cents - 100 * (other - strike.key),
        ),
    )


def _for_voice(note: PlayedNote, layer: Layer, early_s: float) -> PlayedNote:
    """The note at the layer's key, so much earlier as far as the film goes back; it ends where it did."""
    key = layer.key(note.pitch)
    if not early_s:
        return note if key == note.pitch else replace(note, pitch=key)
    at = max(min(note.at, Fraction(0)), note.at - Fraction(round(early_s * 1000), 1000))
    return replace(note, pitch=key, at=at, duration=note.duration + note.at - at)


def _preset(layer: Layer) -> tuple[int, int]:
    assert layer.preset is not None
    return layer.preset


def _voice(name: str) -> Voice:
    from reelscore.perform.voices import VOICES

    if name not in VOICES:
        raise DataError(f'No voice is called "{name}".', one_of(name, VOICES))
    return VOICES[name]


def _gain(plays: Instrument, layer: Layer) -> float:
    """Linear, negative where the layer is inverted."""
    return float(10 ** ((plays.gain_db + layer.gain_db) / 20)) * (-1 if layer.inverted else 1)
