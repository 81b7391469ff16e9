"""Synth lines and chords: plucks, arpeggio, leads, supersaw, stab, brass, poly, and the pulses of a console."""

from __future__ import annotations

from reelscore.perform.synths import line
from reelscore.perform.synths.subtractive import NEUTRAL, render
from reelscore.perform.voice import Settings, Voice


def _voice(name: str, **changes: float) -> Voice:
    settings: Settings = {**NEUTRAL, **changes}
    return Voice(name, settings, render)


def _line(name: str, **changes: float) -> Voice:
    return Voice(name, {**line.NEUTRAL, **changes}, line.render)


VOICES = (
    _voice(
        "pluck", wave=2, unison=2, detune_cents=7, width=0.8, octave_mix=0.3, attack_s=0.001, decay_s=0.75,
        sustain=0.0, release_s=0.35, cutoff_hz=900, keytrack=0.6, env_octaves=4.4, env_decay_s=0.42, resonance=0.22,
        velocity_cutoff=1.4, level_db=-4,
    ),
    _voice(
        "arp", wave=2, unison=3, detune_cents=9, width=0.75, attack_s=0.001, decay_s=0.35, sustain=0.25,
        release_s=0.18, cutoff_hz=1300, keytrack=0.5, env_octaves=3.8, env_decay_s=0.26, env_sustain=0.1,
        resonance=0.35, steep=1, wobble_octaves=0.5, wobble_hz=0.09, velocity_cutoff=1.6, level_db=-5,
    ),
    _voice(
        "lead", wave=2, unison=5, detune_cents=11, width=0.6, sub=0.25, attack_s=0.012, decay_s=0.5, sustain=0.75,
        release_s=0.22, cutoff_hz=3800, keytrack=0.5, env_octaves=1.8, env_decay_s=0.5, env_sustain=0.3,
        resonance=0.2, drive=0.15, vibrato_cents=9, vibrato_hz=5.3, glide_s=0.07, mono=1, level_db=-3,
    ),
    _voice(
        "supersaw", wave=2, unison=7, detune_cents=19, width=0.95, attack_s=0.01, decay_s=0.8,
        sustain=0.85, release_s=0.35, cutoff_hz=9500, keytrack=0.3, env_octaves=1.0, env_decay_s=0.4, resonance=0.1,
        wobble_octaves=0.25, wobble_hz=0.13, velocity_cutoff=1.8, level_db=-7,
    ),
    _voice(
        "stab", wave=2, unison=5, detune_cents=14, width=0.8, attack_s=0.002, decay_s=0.22, sustain=0.15,
        release_s=0.20, cutoff_hz=1800, keytrack=0.3, env_octaves=3.2, env_decay_s=0.2, resonance=0.28,
        drive=0.2, velocity_cutoff=1.5, level_db=-5,
    ),
    _voice(
        "synth_brass", wave=2, unison=4, detune_cents=8, width=0.6, attack_s=0.04, decay_s=0.5, sustain=0.8,
        release_s=0.25, cutoff_hz=1100, keytrack=0.5, env_octaves=3.0, env_attack_s=0.07, env_decay_s=0.6,
        env_sustain=0.5, resonance=0.12, level_db=-5,
    ),
    _voice(
        "poly_synth", wave=2, unison=2, detune_cents=8, width=0.7, sub=0.18, attack_s=0.004, decay_s=0.7, sustain=0.55,
        release_s=0.3, cutoff_hz=1500, keytrack=0.45, env_octaves=2.4, env_decay_s=0.45, env_sustain=0.2,
        resonance=0.24, steep=1, velocity_cutoff=1.6, wobble_octaves=0.2, wobble_hz=0.17, level_db=-3,
    ),
    _voice(
        "analog_brass", wave=2, unison=3, detune_cents=10, width=0.6, octave_mix=0.15, attack_s=0.035, decay_s=0.6,
        sustain=0.85, release_s=0.22, cutoff_hz=750, keytrack=0.55, env_octaves=3.4, env_attack_s=0.09,
        env_decay_s=0.9, env_sustain=0.55, resonance=0.15, steep=1, vibrato_cents=6, vibrato_delay_s=0.5,
        velocity_cutoff=1.8, level_db=-3,
    ),
    _line(
        "saw_lead", unison=3, detune_cents=10, width=0.5, second=0.35, second_ratio=0.5, glide_s=0.08, attack_s=0.006,
        decay_s=0.6, sustain=0.8, release_s=0.16, cutoff_hz=2600, keytrack=0.5, env_octaves=2.0, env_decay_s=0.5,
        env_sustain=0.35, resonance=0.2, slope=24, velocity_cutoff=1.5, vibrato_cents=11, level_db=-3,
    ),
    _line(
        "square_lead", duty=0.5, pwm=0.07, pwm_hz=0.7, unison=2, detune_cents=5, width=0.35, glide_s=0.07,
        attack_s=0.008, decay_s=0.5, sustain=0.85, release_s=0.14, cutoff_hz=2200, keytrack=0.55, env_octaves=1.6,
        env_decay_s=0.45, env_sustain=0.4, resonance=0.15, velocity_cutoff=1.4, vibrato_cents=12, level_db=-3,
    ),
    _line(
        "hard_lead", duty=0.5, pwm=0.36, pwm_hz=2.6, unison=5, detune_cents=24, width=0.7, second=0.8,
        second_ratio=0.5, bend_semitones=-7, bend_s=0.1, glide_s=0.12, attack_s=0.008, decay_s=0.8, sustain=0.85,
        release_s=0.12, cutoff_hz=5200, keytrack=0.4, env_octaves=1.0, resonance=0.15,
        velocity_cutoff=1.5, post_drive=0.02, level_db=-4,
    ),
    _line(
        "pulse_lead", duty=0.25, drift_cents=0, glide_s=0.001, attack_s=0.001, decay_s=0.6, sustain=0.6,
        release_s=0.03, steps=15, velocity_cutoff=0, vibrato_cents=14, vibrato_hz=6, vibrato_delay_s=0.3, level_db=-5,
    ),
    _line(
        "pulse_arp", duty=0.125, drift_cents=0, mono_gap=0, attack_s=0.001, decay_s=0.35, sustain=0.15,
        release_s=0.04, steps=15, velocity_cutoff=0, level_db=-4,
    ),
)  # fmt: skip
