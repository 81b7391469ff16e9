"""Where the sounds come from, whose they are, and what stands for each instrument in General MIDI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from reelscore.errors import DataError
from reelscore.perform.tables import Layer, instruments

PERCUSSION_BANK = 128


@dataclass(frozen=True, slots=True)
class SoundBank:
    """A library of sounds that ships with the package, or that a user brought."""

    title: str
    licence: str
    source: str
    file: str = ""  # in perform/sounds; "" for sounds that are computed or a user's
    text: str = ""  # of a user's licence, where one lies beside the sounds


FLUID = SoundBank(
    title="FluidR3Mono GM 2.312, by Frank Wen and Michael Cowgill",
    licence="MIT",
    source="https://github.com/musescore/MuseScore (share/sound)",
    file="FluidR3Mono_GM.sf3",
)
SYNTHESIS = SoundBank(title="Reelscore's own synthesis", licence="Apache-2.0", source="this package")


def soundbanks() -> tuple[SoundBank, ...]:
    """Every bank, looked at: DataError when one is not where it should be."""
    for bank in (FLUID, SYNTHESIS):
        if bank.file and not files("reelscore.perform").joinpath("sounds", bank.file).is_file():
            raise DataError(f"The sounds of {bank.title} are missing.", "Install reelscore again.")
    return (FLUID, SYNTHESIS)


def banks_of(names: Iterable[str]) -> tuple[SoundBank, ...]:
    """The banks of the package that these instruments draw on."""
    return banks_in([layer for name in set(names) for layer in instruments()[name].layers])


def banks_in(layers: Sequence[Layer]) -> tuple[SoundBank, ...]:
    """The banks of the package among these layers."""
    used = (
        FLUID if any(layer.preset and not layer.bank for layer in layers) else None,
        SYNTHESIS if any(x.voice for x in layers) else None,
    )
    return tuple(bank for bank in used if bank)


def programs() -> Mapping[str, tuple[int, bool]]:
    """Instrument -> (General MIDI program, is it a drum kit): what other music programs shall play it with."""
    return {name: _program(name) for name in instruments()}


_FAMILY_PROGRAMS = {
    "keys": 0, "mallets": 11, "guitar": 25, "bass": 33, "strings": 48, "brass": 61, "winds": 73, "voices": 52,
    "synth": 88, "drums": 0, "percussion": 0, "fx": 97,
}  # fmt: skip


def _program(name: str) -> tuple[int, bool]:
    instrument = instruments()[name]
    if instrument.program >= 0:
        return instrument.program, instrument.kit
    presets = [layer.preset for layer in instrument.layers if layer.preset]
    if presets:
        bank, program = presets[0]
        return program, bank == PERCUSSION_BANK
    return _FAMILY_PROGRAMS[instrument.family], instrument.family in ("drums", "percussion")
