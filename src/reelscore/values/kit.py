"""The drums of a kit that can be spoken of by themselves, and their keys on the General MIDI percussion map."""

from __future__ import annotations

from collections.abc import Mapping

DRUM_KEYS: Mapping[str, frozenset[int]] = {
    "kick": frozenset((35, 36)),
    "snare": frozenset((37, 38, 40)),
    "claps": frozenset((39,)),
    "hi-hats": frozenset((42, 44, 46)),
    "toms": frozenset((41, 43, 45, 47, 48, 50)),
    "ride cymbal": frozenset((51, 53, 59)),
    "crash cymbals": frozenset((49, 52, 55, 57)),
    "cymbals": frozenset((42, 44, 46, 49, 51, 52, 53, 55, 57, 59)),
    "shakers": frozenset((69, 70, 82)),
    "tambourine": frozenset((54,)),
    "congas": frozenset((62, 63, 64)),
    "bongos": frozenset((60, 61)),
}
