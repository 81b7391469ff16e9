"""What is judged: genres in a few seeds, rendered as a listener gets them, and as a plain SoundFont would play them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.perform import band
from reelscore.perform.played_sounds import Sounds
from reelscore.perform.record import record
from reelscore.perform.soundbanks import programs
from reelscore.perform.tables import Instrument, Layer, instrument
from reelscore.values.brief import Brief, Wishes
from reelscore.values.loudness import measure
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Loudness, PlayedNote, Samples

RATE = 44_100  # what the judges take
LUFS = -14.0


@dataclass(frozen=True, slots=True)
class Clip:
    """One rendered piece. `bands` are shares of its energy in dB: below 120 Hz, 8 to 12 kHz, 12 to 16 kHz."""

    genre: str
    mood: str
    seed: int
    brief: Brief
    score: Score
    path: Path
    loudness: Loudness
    bands: tuple[float, float, float]


def clip(genre: str | None, seed: int, folder: Path, seconds: int = 40, prompt: str = "") -> Clip:
    """Compose, perform and master one piece of a genre, or for a prompt, and write it for the judges."""
    brief = make_brief(prompt, Wishes(seed=seed, duration=Fraction(seconds), genre=genre), vocabulary())
    score = write_score(brief)
    take = record(score, brief.duration, brief.loudness, stems=False)
    path = folder / f"{prompt.replace(' ', '_') or brief.genre}-{brief.mood}-{seed}.wav"
    write(path, take.mix.samples)
    return Clip(brief.genre, brief.mood, seed, brief, score, path, take.mix.loudness, bands(take.mix.samples))


def plain(one: Clip, folder: Path) -> Path:
    """The same notes, on the beat, one General MIDI preset a part, summed: what a MIDI file sounds like."""
    frames = round(one.brief.duration * SAMPLE_RATE)
    clock = one.score.tempo_map
    notes = [
        PlayedNote(part.player, clock.seconds_at(n.at), clock.seconds_at(n.at + n.beats) - clock.seconds_at(n.at),
                   n.pitch, n.velocity)
        for section in one.score.sections for part in section.parts for n in part.notes
    ]  # fmt: skip
    total = np.zeros((frames, 2), np.float32)
    players = [p for p in one.score.players if p.role != "fx"]
    for player in players:
        total += band.render_player(one.score, player, notes, frames, _General())
    total *= np.float32(10 ** ((LUFS - measure(total).integrated_lufs) / 20))
    path = folder / f"plain-{one.genre}-{one.mood}-{one.seed}.wav"
    write(path, total)
    return path


class _General(Sounds):
    """One preset of General MIDI for every instrument."""

    def plays(self, name: str) -> Instrument:
        kept, (program, kit) = instrument(name), programs()[name]
        layer = Layer(preset=(128 if kit else 0, program))
        return Instrument(name, kept.family, kept.words, kept.low, kept.high, (layer,), kit=kept.kit)


def write(path: Path, samples: Samples) -> None:
    """48 kHz stereo to 44.1 kHz mono, 16 bit."""
    mono = resample_poly(samples.mean(axis=1), 147, 160)
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.clip(mono, -1, 1), RATE, subtype="PCM_16")


def bands(samples: Samples) -> tuple[float, float, float]:
    """Energy shares in dB of the whole, from spectra of 4096 samples."""
    mono = samples.mean(axis=1)
    whole = len(mono) // 4096 * 4096
    power = (np.abs(np.fft.rfft(mono[:whole].reshape(-1, 4096) * np.hanning(4096), axis=1)) ** 2).mean(axis=0)
    at = np.fft.rfftfreq(4096, 1 / SAMPLE_RATE)

    def share(low: float, high: float) -> float:
        return float(10 * np.log10(power[(at >= low) & (at < high)].sum() / power.sum() + 1e-12))

    return share(20, 120), share(8000, 12000), share(12000, 16000)
