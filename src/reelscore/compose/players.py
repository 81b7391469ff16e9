"""Who writes what: each chair's part of a section, by the kind of writing its seat names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from reelscore.compose.band import Chair
from reelscore.compose.bass import write_bass
from reelscore.compose.broken import write_arp, write_drone, write_riff
from reelscore.compose.comping import Written, write_comp, write_pad, write_strum, write_sub
from reelscore.compose.counter import write_canon, write_counter, write_double
from reelscore.compose.drums import write_drums, write_percussion
from reelscore.compose.filters import write_filter
from reelscore.compose.melody import write_melody
from reelscore.compose.scene import Scene
from reelscore.compose.touch import touched
from reelscore.values.score import Note

Parts = dict[str, Written]
_ALONE: Mapping[str, Callable[[Scene, Chair], Written]] = {
    "melody": write_melody,
    "comp": write_comp,
    "strum": write_strum,
    "arp": write_arp,
    "riff": write_riff,
    "pad": write_pad,
    "drone": write_drone,
    "sub": write_sub,
    "bass": write_bass,
    "drums": write_drums,
    "percussion": write_percussion,
}
_WITH_TUNE: Mapping[str, Callable[[Scene, Chair, list[Note]], Written]] = {
    "double": write_double,
    "counter": write_counter,
    "canon": write_canon,
}


def write_parts(scene: Scene, band: tuple[Chair, ...]) -> Parts:
    """Every part of one section; the tune first, since others listen to it."""
    parts: Parts = {}
    tune: list[Note] = []
    for chair in band:
        if chair.seat.writes == "melody":
            parts[chair.name] = write_melody(scene, chair)
            tune = tune or parts[chair.name][0]
    steady = replace(scene, seed=scene.seeds.detail)  # a new take looks for another tune, not for another band
    for chair in band:
        if chair.seat.writes in _WITH_TUNE:
            parts[chair.name] = _WITH_TUNE[chair.seat.writes](scene, chair, tune)
        elif chair.name not in parts:
            parts[chair.name] = _ALONE[chair.seat.writes](steady, chair)
        notes, controls = touched(scene, chair, parts[chair.name])
        parts[chair.name] = (_hushed(scene, notes), [*controls, *write_filter(scene, chair)])
    return parts


def _hushed(scene: Scene, notes: list[Note]) -> list[Note]:
    """Nothing sounds in the rest before a lift, where the style wants to be heard holding its breath."""
    if not scene.dropout or not scene.genre.hush:
        return notes
    bar = scene.ground.measures[scene.plan.last]
    until = bar.beat(bar.steps - scene.dropout)
    return [replace(n, beats=min(n.beats, until - n.at)) for n in notes if n.at < until]
