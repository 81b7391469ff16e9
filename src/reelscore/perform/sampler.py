"""Plays the zones of a SoundFont: turns a strike and a zone into the numbers the kernel wants.

Model: SoundFont Technical Specification 2.04, chapters 8 and 9: volume and modulation envelopes (DAHDSR), vibrato and
modulation LFOs, resonant low-pass, scale tuning, attenuation (0.4 of the number written, the practice since the
EMU8000 that fonts are tuned for). Velocity is 40 log10(v/127) dB; the specification's default modulator from velocity
to filter is left out, as most players do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reelscore.perform.kernel import ROW, At, add_zone, interpolator
from reelscore.perform.zones import Bank, Gen, Sample, Zone
from reelscore.values.sound import SAMPLE_RATE, Samples

_SHORTEST_RELEASE_S = 0.03  # per 100 dB: no click, yet no tail
_VIBRATO_GROWS_S = 0.45
_ENDLESS = 1e12  # frames
_FLAT_CENTS = 13300  # a filter that never closes below this (17.7 kHz) is not run
# What of a row a strike decides, set all at once: single numbers of an array are slow to set. And what it looks at.
_FROM_STRIKE = np.array([
    At.STEP, At.POSITION, At.LOOP_START, At.LOOP_END, At.END, At.LEFT, At.RIGHT, At.HOLD, At.CHOKE, At.VOLUME + 1,
    At.VOLUME + 5, At.CUTOFF, At.HAND, At.HAND + 1, At.HAND + 2, At.HAND_PITCH, At.HAND_VOLUME, At.SLIDE,
    At.SLIDE_FRAMES, At.SWELL, At.FILTERED,
])  # fmt: skip
_FROM_ZONE = np.array([At.VOLUME + 1, At.VOLUME + 5, At.CUTOFF, At.SHAPE_FILTER, At.LFO_FILTER])


@dataclass(frozen=True, slots=True)
class Strike:
    """How one note asks to be sounded. Frames at 48 kHz; `choke` is the frame (from the start of the film) at which
    another note of its exclusive class stops it, -1 for none."""

    start: int
    hold: int
    key: int
    velocity: int
    gain: float = 1.0  # linear
    pan: float = 0.0  # -1..1, added to the zone's
    cents: float = 0.0
    choke: int = -1
    skip_s: float = 0.0  # begins this far inside the sample
    cutoff_cents: float = 0.0  # added to the zone's filter cutoff
    attack_s: float = 0.0  # a slower attack than the zone's, when longer
    release: float = 1.0  # times the zone's release
    vibrato_cents: float = 0.0  # a player's own, beside the zone's
    vibrato_db: float = 0.0
    vibrato_hz: float = 5.2
    vibrato_after_s: float = 0.25
    slide_cents: float = 0.0  # begins this far from its pitch
    slide_s: float = 0.05
    swell_db: float = 0.0  # louder towards its middle
    turn: float = 0.0  # 0..1: which of several recordings of one stroke


@lru_cache(maxsize=16384)
def struck(bank: Bank, preset: tuple[int, int], key: int, velocity: int) -> tuple[Zone, ...]:
    """The zones of a preset that sound for this key and velocity."""
    return tuple(zone for zone in bank.zones(*preset) if zone.takes(key, velocity))


def looped(zone: Zone) -> bool:
    """Does this zone loop? (Mode 3, "until release", goes on looping through the release.)"""
    return zone.generators[Gen.MODES] & 1 == 1


@lru_cache(maxsize=16384)
def choking(bank: Bank, preset: tuple[int, int], key: int, velocity: int) -> tuple[int, int]:
    """The class of notes that this one stops, and the class that stops it (hi-hats: both the same); 0 for none."""
    zones = struck(bank, preset, key, velocity)
    own = max((zone.generators[Gen.EXCLUSIVE] for zone in zones), default=0)
    return own, max((own if zone.stopped_by is None else zone.stopped_by for zone in zones), default=0)


def sound(out: Samples, bank: Bank, preset: tuple[int, int], strike: Strike) -> None:
    """Add every zone that takes this strike to `out` (frames, 2); what falls outside is dropped."""
    for zone in struck(bank, preset, strike.key, strike.velocity):
        if not zone.turns[0] <= strike.turn < zone.turns[1]:
            continue
        sample = bank.sample(zone.sample, looped(zone))
        row = _row(zone, sample, strike)
        add_zone(out, sample.frames, interpolator(float(row[At.STEP])), strike.start, row)


def _row(zone: Zone, sample: Sample, strike: Strike) -> NDArray[np.float64]:
    g = zone.generators
    row = _fixed_row(zone, strike.key).copy()
    key = g[Gen.KEY] if g[Gen.KEY] >= 0 else strike.key
    root = g[Gen.ROOT] if 0 <= g[Gen.ROOT] <= 127 else sample.root
    tune = g[Gen.COARSE] * 100 + g[Gen.FINE] + sample.correction_cents + strike.cents
    cents = (key - root) * g[Gen.SCALE] + tune
    velocity = g[Gen.VELOCITY] if g[Gen.VELOCITY] > 0 else strike.velocity
    gain = strike.gain * (velocity / 127) ** (2 * zone.touch) * 10 ** (-0.002 * max(-240, g[Gen.ATTENUATION]))
    pan = max(-1.0, min(1.0, g[Gen.PAN] / 500 + strike.pan))
    attack, release, cutoff, to_filter, lfo_to_filter = row[_FROM_ZONE].tolist()
    cutoff += strike.cutoff_cents
    row[_FROM_STRIKE] = (
        min(64.0, 2.0 ** (cents / 1200) * sample.rate / SAMPLE_RATE),
        min(sample.start + strike.skip_s * sample.rate, sample.end - 1),
        sample.loop_start,
        sample.loop_end,
        sample.end,
        gain * math.cos((pan + 1) * math.pi / 4),
        gain * math.sin((pan + 1) * math.pi / 4),
        _ENDLESS if zone.whole else strike.hold,
        strike.choke - strike.start if strike.choke >= 0 else -1.0,
        max(attack, strike.attack_s * SAMPLE_RATE),
        max(_SHORTEST_RELEASE_S * SAMPLE_RATE, release * strike.release),
        cutoff,
        strike.vibrato_after_s * SAMPLE_RATE,
        strike.vibrato_hz / SAMPLE_RATE,
        _VIBRATO_GROWS_S * SAMPLE_RATE,
        strike.vibrato_cents,
        strike.vibrato_db,
        strike.slide_cents,
        max(1.0, strike.slide_s * 0.4 * SAMPLE_RATE),
        strike.swell_db,
        1.0 if cutoff + min(0.0, to_filter) - abs(lfo_to_filter) < _FLAT_CENTS else 0.0,
    )
    return row


@lru_cache(maxsize=8192)
def _fixed_row(zone: Zone, key: int) -> NDArray[np.float64]:
    """What of a kernel row depends only on zone and key."""
    g = zone.generators
    row = np.zeros(ROW)
    for place, first in ((At.VOLUME, Gen.VOL_ENV), (At.SHAPE, Gen.MOD_ENV)):
        delay, attack, hold, decay, sustain, release, to_hold, to_decay = g[first : first + 8]
        row[place] = _frames(delay)
        row[place + 1] = _frames(attack)
        row[place + 2] = _frames(hold + to_hold * (60 - key))
        row[place + 3] = _frames(decay + to_decay * (60 - key))
        row[place + 4] = min(max(sustain, 0), 1440 if place == At.VOLUME else 1000) / 10  # dB; per cent
        row[place + 5] = _frames(release)
    row[At.SHAPE_PITCH], row[At.SHAPE_FILTER] = g[Gen.MOD_ENV_TO_PITCH], g[Gen.MOD_ENV_TO_FILTER]
    row[At.VIBRATO], row[At.VIBRATO + 1] = _frames(g[Gen.DELAY_VIB_LFO]), _cycles(g[Gen.FREQ_VIB_LFO])
    row[At.LFO], row[At.LFO + 1] = _frames(g[Gen.DELAY_MOD_LFO]), _cycles(g[Gen.FREQ_MOD_LFO])
    row[At.VIBRATO_PITCH], row[At.LFO_PITCH] = g[Gen.VIB_LFO_TO_PITCH], g[Gen.MOD_LFO_TO_PITCH]
    row[At.LFO_FILTER], row[At.LFO_VOLUME] = g[Gen.MOD_LFO_TO_FILTER], g[Gen.MOD_LFO_TO_VOLUME] / 10
    row[At.CUTOFF] = g[Gen.FILTER_FC]
    row[At.RESONANCE] = 10 ** ((min(max(g[Gen.FILTER_Q], 0), 960) / 10 - 3.01) / 20)
    return row


def _frames(timecents: int) -> float:
    """A time of the font in frames; below 1 ms is none at all."""
    return 0.0 if timecents <= -12000 else float(2.0 ** (min(timecents, 8000) / 1200) * SAMPLE_RATE)


def _cycles(cents: int) -> float:
    """An LFO's rate in cycles per frame, from cents above 8.176 Hz."""
    return float(8.176 * 2.0 ** (max(-16000, min(cents, 4500)) / 1200) / SAMPLE_RATE)
