"""Basses: all monophonic and in the middle; what moves is the filter, the glide and the drive."""

from __future__ import annotations

from reelscore.perform.synths.subtractive import NEUTRAL, render
from reelscore.perform.voice import Settings, Voice


def _voice(name: str, **changes: float) -> Voice:
    settings: Settings = {**NEUTRAL, "mono": 1, "width": 0, "drift_cents": 0.5, "keytrack": 0.2, **changes}
    return Voice(name, settings, render)


VOICES = (
    _voice(
        "sub_bass", wave=5, attack_s=0.008, decay_s=0.6, sustain=0.9, release_s=0.10, cutoff_hz=420, keytrack=0.7,
        env_octaves=0.6, env_decay_s=0.35, drive=0.5, resonance=0.0, glide_s=0.05, velocity_cutoff=0.4, level_db=5,
    ),
    _voice(
        "bass_808", wave=0, attack_s=0.002, decay_s=3.2, sustain=0.0, release_s=0.16, cutoff_hz=900, env_octaves=1.5,
        env_decay_s=0.12, drive=0.75, glide_s=0.12, velocity_cutoff=0.6, level_db=5,
    ),
    _voice(
        "round_bass", wave=5, sub=0.55, attack_s=0.004, decay_s=0.35, sustain=0.7, release_s=0.09, cutoff_hz=240,
        env_octaves=2.2, env_decay_s=0.18, env_sustain=0.1, resonance=0.22, drive=0.3, velocity_cutoff=0.9, level_db=3,
    ),
    _voice(
        "synth_bass", wave=2, unison=2, detune_cents=6, sub=0.6, attack_s=0.002, decay_s=0.4, sustain=0.75,
        release_s=0.08, cutoff_hz=330, env_octaves=3.0, env_decay_s=0.22, env_sustain=0.15, resonance=0.3, steep=1,
        drive=0.45, velocity_cutoff=1.2, level_db=1,
    ),
)  # fmt: skip
