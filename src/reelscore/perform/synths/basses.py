"""Basses: all monophonic and in the middle; what moves is the filter, the glide and the drive.

The first ones attack every note; the others are lines, whose tied notes slide.
"""

from __future__ import annotations

from reelscore.perform.synths import line
from reelscore.perform.synths.subtractive import NEUTRAL, render
from reelscore.perform.voice import Settings, Voice


def _voice(name: str, **changes: float) -> Voice:
    settings: Settings = {**NEUTRAL, "mono": 1, "width": 0, "drift_cents": 0.5, "keytrack": 0.2, **changes}
    return Voice(name, settings, render)


def _line(name: str, **changes: float) -> Voice:
    return Voice(name, {**line.NEUTRAL, **changes}, line.render)


VOICES = (
    _voice(
        "sub_bass", wave=5, attack_s=0.008, decay_s=0.6, sustain=0.9, release_s=0.10, cutoff_hz=420, keytrack=0.7,
        env_octaves=0.6, env_decay_s=0.35, drive=0.5, resonance=0.0, glide_s=0.05, velocity_cutoff=0.4, level_db=5,
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
    _line(
        "bass_808", wave=0, bend_semitones=14, bend_s=0.03, glide_s=0.1, touch_s=0.03, retrigger=1, attack_s=0.003,
        decay_s=3.4, sustain=0.0, release_s=0.12, fm=0.22, fm_ratio=2, fm_s=0.4, cutoff_hz=2600, velocity_cutoff=1.2,
        post_drive=0.16, level_db=0,
    ),
    _line(
        "reese_bass", unison=3, detune_cents=24, drift_cents=1.5, second=0.7, second_ratio=0.5, sub=0.5, glide_s=0.07,
        touch_s=0.03, attack_s=0.006, decay_s=0.6, sustain=0.9, release_s=0.09, drive=0.25, cutoff_hz=520,
        keytrack=0.35, slope=24, resonance=0.22, lfo_hz=0.21, lfo_octaves=1.1, velocity_cutoff=1.0, post_drive=0.1,
        level_db=-1,
    ),
    _line(
        "wobble_bass", unison=3, detune_cents=12, second=0.6, second_ratio=0.5, sub=0.75, glide_s=0.05, touch_s=0.03,
        attack_s=0.004, sustain=1.0, release_s=0.05, drive=0.4, cutoff_hz=150, keytrack=0.3, slope=24,
        resonance=0.4, lfo_per_beat=2, lfo_variety=0.35, lfo_octaves=4.4, lfo_level=0.25, formant=0.3,
        velocity_cutoff=0.8, post_drive=0.22, level_db=-1,
    ),
    _line(
        "growl_bass", wave=0, fm=1.4, fm_ratio=1, lfo_fm=3.6, second=0.5, second_ratio=2.0, drift_cents=0.5,
        sub=0.6, glide_s=0.05, touch_s=0.03, attack_s=0.003, sustain=1.0, release_s=0.05, drive=0.35,
        cutoff_hz=1100, slope=12, resonance=0.2, lfo_per_beat=1, lfo_variety=0.5, lfo_octaves=2.4, formant=0.6,
        velocity_cutoff=0.8, post_drive=0.4, level_db=-7,
    ),
    _line(
        "acid_bass", glide_s=0.055, attack_s=0.003, decay_s=1.4, sustain=0.35, release_s=0.03, drive=0.1,
        cutoff_hz=330, keytrack=0.25, env_octaves=3.0, env_decay_s=0.32, accent=1, resonance=0.84, slope=4,
        velocity_cutoff=0.9, post_drive=0.2, level_db=0,
    ),
    _line(
        "saw_bass", unison=3, detune_cents=9, sub=0.6, second=0.4, second_ratio=1.0, glide_s=0.04, attack_s=0.002,
        decay_s=0.5, sustain=0.75, release_s=0.06, drive=0.2, cutoff_hz=420, keytrack=0.3, slope=24,
        env_octaves=2.9, env_decay_s=0.28, env_sustain=0.25, resonance=0.22, velocity_cutoff=1.3, post_drive=0.15,
        level_db=-1,
    ),
    _line(
        "rumble_bass", wave=1, sub=0.3, noise=0.35, glide_s=0.05, touch_s=0.03, attack_s=0.02, decay_s=0.5,
        sustain=0.6, release_s=0.1, drive=0.7, cutoff_hz=190, keytrack=0.2, slope=24, env_octaves=0.8,
        env_decay_s=0.3, velocity_cutoff=0.7, post_drive=0.3, level_db=2,
    ),
    _line(
        "log_drum", wave=0, retrigger=1, fm=1.9, fm_ratio=1, fm_s=0.09, second=0.25, second_ratio=2.0, bend_semitones=5,
        bend_s=0.03, glide_s=0.06, attack_s=0.002, decay_s=0.7, sustain=0.12, release_s=0.1, noise=0.012,
        cutoff_hz=900, keytrack=0.4, env_octaves=2.2, env_decay_s=0.09, velocity_cutoff=1.4, post_drive=0.14,
        level_db=-1,
    ),
    _line(
        "triangle_bass", wave=7, drift_cents=0, glide_s=0.001, attack_s=0.001, sustain=1.0, release_s=0.006,
        velocity_cutoff=0, level_db=-1,
    ),
)  # fmt: skip
