"""When a note is heard: how long after its start, so that it may start that much earlier.

A bowed, blown or swelling sound begins to be heard as a beat not where it starts but where its rise comes near its top:
the perceptual attack time (J. Vos, R. Rasch, "The perceptual onset of musical tones", 1981: 6 to 15 dB below the top;
J. Gordon, "The perceptual attack time of musical tones", 1987). Players start so that this moment falls on the beat,
and templates for sampled orchestras delay their tracks by a negative amount. Here it is taken from the recording
itself, key by key: recordings of one instrument differ by 20 ms and more.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reelscore.perform.sampler import Strike, looped, struck
from reelscore.perform.voice import Settings
from reelscore.perform.zones import Bank, Gen, Zone
from reelscore.values.sound import SAMPLE_RATE

EARLIEST_S = 0.045
"""No note starts earlier than this before its beat: a frame of the picture, about. What rises slower is heard late."""
_BELOW_DB, _SHORT_BELOW_DB = 13.0, 18.0  # below the top of the rise; a short note stands out of silence, and sooner
_SHORT_S = 0.35
_TOP_WITHIN_S = 0.15
_SMOOTH_MS = 4
_BODY_S = 0.0015  # power counts as far as it differs from the mean around it: bass alone makes no attack


def early_s(bank: Bank, preset: tuple[int, int], strike: Strike) -> float:
    """How long before its beat a sampled note starts, in whole milliseconds, 0 to EARLIEST_S."""
    zones = struck(bank, preset, strike.key, strike.velocity)
    zones = tuple(zone for zone in zones if zone.turns[0] <= strike.turn < zone.turns[1])
    below_db = _BELOW_DB if strike.hold > _SHORT_S * SAMPLE_RATE else _SHORT_BELOW_DB
    return _heard_s(bank, zones, strike.key, round(strike.attack_s, 3), round(strike.skip_s, 2), below_db)


def voice_early_s(settings: Settings) -> float:
    """The same for a synthesised voice, from the rise that its settings state; none where they state none."""
    return round(min(EARLIEST_S, 10 ** (-_BELOW_DB / 20) * settings.get("attack_s", 0.0)), 3)


@lru_cache(maxsize=8192)
def _heard_s(bank: Bank, zones: tuple[Zone, ...], key: int, attack_s: float, skip_s: float, below_db: float) -> float:
    power = sum((_power(bank, zone, key, attack_s, skip_s) for zone in zones), np.zeros(1))
    top = float(power.max())
    if top <= 0.0:
        return 0.0
    return min(EARLIEST_S, int(np.argmax(power >= top * 10 ** (-below_db / 10))) / 1000)


def _power(bank: Bank, zone: Zone, key: int, attack_s: float, skip_s: float) -> NDArray[np.float64]:
    """The power of a zone's beginning, one value a millisecond, up to one constant for all."""
    g, sample = zone.generators, bank.sample(zone.sample, looped(zone))
    root = g[Gen.ROOT] if 0 <= g[Gen.ROOT] <= 127 else sample.root
    played = g[Gen.KEY] if g[Gen.KEY] >= 0 else key
    step = 2.0 ** ((played - root) * g[Gen.SCALE] / 1200) * sample.rate / 1000  # frames of the sample a millisecond
    first = sample.start + round(skip_s * sample.rate)
    count = round(_TOP_WITHIN_S * 1000)
    sound = sample.frames[first : min(sample.end, first + math.ceil(count * step))].astype(np.float64)
    near = max(1, round(_BODY_S * sample.rate))
    summed = np.concatenate([np.zeros(near), np.cumsum(sound)])
    squared = np.concatenate([[0.0], np.cumsum((sound - (summed[near:] - summed[:-near]) / near) ** 2)])
    edges = np.minimum(np.arange(1 - _SMOOTH_MS, count + 1) * step, len(sound)).astype(np.int64).clip(0)
    power = squared[edges[_SMOOTH_MS:]] - squared[edges[:-_SMOOTH_MS]]
    delay, attack = _seconds(g[Gen.VOL_ENV]), max(_seconds(g[Gen.VOL_ENV + 1]), attack_s)
    rise = ((np.arange(count) + 1) / 1000 - delay).clip(0) / max(attack, 0.001)
    return np.asarray(power * np.minimum(rise, 1.0) ** 2 * 10 ** (-0.004 * max(-240, g[Gen.ATTENUATION])))


def _seconds(timecents: int) -> float:
    return 0.0 if timecents <= -12000 else float(2.0 ** (min(timecents, 8000) / 1200))
