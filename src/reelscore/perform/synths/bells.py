"""Struck metal and glass by frequency modulation (after Chowning, 1973), and the tine of an electric piano.

A note is up to three pairs of a sine modulating a sine. Each pair has its own ratios, modulation depth and decay; the
two sides of the stereo field are detuned by a few cents so that the tail moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

import numpy as np
from numba import njit

from reelscore.perform.synths.kept import Kept
from reelscore.perform.synths.wavetable import hertz, tables
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_BASE: Settings = {
    "brightness": 0.5,  # modulation depth
    "decay": 0.5,  # 0.5 as designed; 1 four times as long
    "release_s": 0.25,
    "spread_cents": 3.0,  # between left and right
    "tremolo": 0.0,  # stereo tremolo (auto-pan)
    "tremolo_hz": 4.6,
    "level_db": 0.0,
}

Pair = tuple[float, float, float, float, float, float]
Pairs = tuple[Pair, ...]
_SLICE_S = 0.5  # strokes are drawn this long, or two, four, eight times
_KEPT = Kept(32 << 20)

# carrier ratio, modulator ratio, strength, modulation index, decay of the pair (s), decay of the modulation (s)
_PAIRS: Mapping[str, Sequence[Pair]] = {
    "bell": [(1.0, 1.4142, 0.6, 2.2, 2.6, 0.9), (2.0, 2.756, 0.28, 1.2, 1.5, 0.5), (5.404, 1.0, 0.10, 0.4, 0.5, 0.2)],
    "glass_bell": [(1.0, 3.5, 0.65, 0.9, 2.2, 0.6), (3.0, 7.03, 0.22, 0.8, 0.9, 0.25), (8.93, 1, 0.09, 0.3, 0.3, 0.1)],
    "fm_keys": [(1.0, 1.0, 0.75, 0.9, 3.0, 1.2), (1.0, 14.0, 0.30, 0.55, 0.55, 0.16), (2.0, 1.0, 0.12, 0.5, 1.6, 0.6)],
    "fm_bell": [
        (1.0, 3.5, 0.55, 1.6, 2.8, 0.7),
        (1.0, 1.4142, 0.3, 0.9, 3.2, 1.6),
        (4.0, 7.0, 0.16, 1.1, 0.9, 0.25),
    ],
    "fm_piano": [
        (1.0, 1.0, 0.7, 1.5, 3.2, 0.9),
        (1.0, 14.0, 0.26, 0.9, 0.8, 0.12),
        (1.002, 1.0, 0.16, 0.9, 2.6, 1.4),
    ],
    "music_bell": [
        (1.0, 4.0, 0.7, 0.6, 1.3, 0.15),
        (4.03, 1.0, 0.25, 0.3, 0.4, 0.1),
        (9.2, 1.0, 0.08, 0.2, 0.12, 0.05),
    ],
}


@njit(cache=True, nogil=True, fastmath=True)
def _strike(out, sine, tone, pairs, depth, stretch, cents):  # type: ignore[no-untyped-def]
    """Draw a note that nobody damps: left and right of every pair."""
    rate = 48000.0
    for q in range(pairs.shape[0]):
        carrier = tone * pairs[q, 0]
        if carrier > 18000.0:
            continue
        modulator = tone * pairs[q, 1]
        total = min(out.shape[0], int(pairs[q, 4] * stretch * 3.2 * rate))
        room = max(0.0, (20000.0 - carrier) / modulator - 1.0)
        index0 = min(pairs[q, 3] * depth, room * 0.7)
        k_amp = math.exp(-1.0 / (pairs[q, 4] * stretch * 0.4 * rate))
        k_mod = math.exp(-1.0 / (pairs[q, 5] * stretch * 0.4 * rate))
        for side in range(2):
            wide = 2.0 ** ((cents if side else -cents) / 2400.0)
            wc = np.int64(carrier * wide / rate * 4294967296.0)
            wm = np.int64(modulator * wide / rate * 4294967296.0)
            pm = np.int64(0)
            pc = np.int64(0)
            level = pairs[q, 2]
            index = index0
            for n in range(total):
                level *= k_amp
                index *= k_mod
                pm = (pm + wm) & 0xFFFFFFFF
                pc = (pc + wc) & 0xFFFFFFFF
                k = pm >> 20
                bend = sine[k] + (sine[k + 1] - sine[k]) * ((pm & 0xFFFFF) * 9.5367431640625e-07)
                turned = (pc + np.int64(index * bend * 683565275.6)) & 0xFFFFFFFF
                k = turned >> 20
                v = level * (sine[k] + (sine[k + 1] - sine[k]) * ((turned & 0xFFFFF) * 9.5367431640625e-07))
                if n < 48:
                    v *= n / 48.0
                if total - n < 256:
                    v *= (total - n) / 256.0
                out[n, side] += np.float32(v)


@njit(cache=True, nogil=True, fastmath=True)
def _lay(out, stroke, first, hold, release, tremolo, tremolo_hz, amp):  # type: ignore[no-untyped-def]
    """Add a drawn note that is damped after `hold` samples; the tremolo runs on the film's clock."""
    total = min(stroke.shape[0], hold + int(release * 3.0 * 48000.0))
    fall = math.exp(-1.0 / (release * 0.4 * 48000.0))
    level = amp
    left = right = 1.0
    for n in range(total):
        at = first + n
        if at >= out.shape[0]:
            break
        if n > hold:
            level *= fall
        if at < 0:
            continue
        if tremolo > 0.0 and (n % 64 == 0 or at == 0):
            sway = tremolo * math.sin(6.283185307 * tremolo_hz * at / 48000.0)
            left, right = 1.0 - sway, 1.0 + sway
        end = level * min(1.0, (total - n) / 256.0)
        out[at, 0] += np.float32(stroke[n, 0] * end * left)
        out[at, 1] += np.float32(stroke[n, 1] * end * right)


def _drawn(pairs: Pairs, pitch: int, frames: int, depth: float, stretch: float, cents: float) -> Samples:
    out: Samples = np.zeros((frames, 2), dtype=np.float32)
    _strike(out, tables("sine")[0], hertz(pitch), np.array(pairs), depth, stretch, cents)
    return out


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take, pairs: Pairs) -> None:
    """Play notes; harder strokes are brighter, higher notes shorter. A stroke is drawn once for each of 16 forces;
    notes are taken in the order of their strokes, so that few need to be kept."""
    release, cents = float(settings["release_s"]), float(settings["spread_cents"])
    for note in sorted(notes, key=lambda n: (n.pitch, n.velocity // 8, n.at)):
        force = note.velocity / 127
        stretch = 4 ** (2 * settings["decay"] - 1) * 2 ** ((66 - note.pitch) / 30)
        depth = 2 * settings["brightness"] * (0.35 + 0.85 * ((note.velocity // 8 + 0.5) / 16) ** 1.5)
        hold = max(64, round(float(note.duration) * SAMPLE_RATE))
        longest = max(pair[4] for pair in pairs) * stretch * 3.2
        slices = 2 ** math.ceil(math.log2(max(1.0, min(hold / SAMPLE_RATE + 3 * release, longest) / _SLICE_S)))
        wanted = (pairs, note.pitch, round(slices * _SLICE_S * SAMPLE_RATE), depth, stretch, cents)
        _lay(
            take.out, _KEPT(wanted, partial(_drawn, *wanted)), round(float(note.at) * SAMPLE_RATE), hold, release,
            float(settings["tremolo"]), float(settings["tremolo_hz"]),
            0.27 * 10 ** (settings["level_db"] / 20) * force**1.5,
        )  # fmt: skip


def _with(pairs: Pairs) -> Callable[[Sequence[PlayedNote], Settings, Take], None]:
    def play(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
        render(notes, settings, take, pairs)

    return play


def _voice(name: str, **changes: float) -> Voice:
    return Voice(name, {**_BASE, **changes}, _with(tuple(_PAIRS[name])))


VOICES = (
    _voice("bell", release_s=1.2),
    _voice("glass_bell", release_s=0.8, spread_cents=5),
    _voice("fm_keys", release_s=0.18, tremolo=0.18, spread_cents=4),
    _voice("fm_bell", release_s=1.1, spread_cents=2.5, level_db=-1),
    _voice("fm_piano", release_s=0.2, tremolo=0.1, tremolo_hz=0.8, spread_cents=4),
    _voice("music_bell", release_s=0.9, spread_cents=2),
)


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
