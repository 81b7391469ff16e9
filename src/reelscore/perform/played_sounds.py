"""What the band plays with: the sounds of the package, and in place of some of them a user's.

A user's sounds are a folder (or one .sf2, .sf3 or .sfz file). `sounds.toml` in it says which instrument plays what:

    title = "My orchestra"                # these three go into the provenance of every piece
    licence = "CC0 1.0"
    source = "https://example.org/orchestra"
    general_midi = "orchestra.sf2"        # every sampled layer takes this font's preset of the same number

    [grand_piano]                         # an instrument by name (`reelscore instruments`)
    file = "piano/piano.sfz"              # inside the folder; nothing outside it is read
    [strings]
    file = "orchestra.sf2"
    preset = [0, 48]                      # bank and program
    gain_db = 1.5
    transpose = 0
    beside = true                         # the instrument's synthesised layers go on sounding

Without it, a font is taken for General MIDI, and an SFZ file for the instrument that it is called after. Levels need
no care: a sampled layer that is replaced is set to the loudness of the one it replaces. Notes that a bank has no sound
for are played by the package's own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from math import isfinite
from pathlib import Path

import numpy as np

from reelscore.perform.sampler import Strike, sound
from reelscore.perform.sfz import PRESET, SfzBank, open_sfz
from reelscore.perform.soundbanks import SoundBank, banks_in
from reelscore.perform.soundfont import SoundFont, open_font
from reelscore.perform.tables import Instrument, Layer, instrument
from reelscore.perform.zones import Bank
from reelscore.values.loudness import energies, lufs
from reelscore.values.sound import SAMPLE_RATE, Samples

FONT = "FluidR3Mono_GM.sf3"
_LONGEST_LICENCE = 4000
_LICENCES = ("LICENSE", "LICENCE", "COPYING", "license", "licence", "copying")
_WIDEST_MATCH_DB = 24.0
_TRIED_KEYS, _TRIED_DRUMS, _TRIED_VELOCITY = (43, 50, 57, 64, 71), (36, 38, 42), 95


@dataclass(frozen=True, slots=True)
class Replacement:
    """What an instrument plays instead of its sampled layers."""

    file: Path
    preset: tuple[int, int] = PRESET
    gain_db: float = 0.0
    transpose: int = 0
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What a user says of the sounds."""

    title: str = ""
    licence: str = ""
    source: str = ""


class Sounds:
    """The sounds of a recording. Safe to share between threads; banks are opened when first needed."""

    def __init__(
        self,
        folder: Path | None = None,
        replaced: Mapping[str, Replacement] | None = None,
        general: Path | None = None,
        about: Described | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.notes = notes
        self.replaced: Mapping[str, Replacement] = dict(replaced or {})
        self.general = general
        self._folder, self._about = folder, about or Described()
        self._plays: dict[str, Instrument] = {}
        self._lock = threading.Lock()

    def plays(self, name: str) -> Instrument:
        """The instrument of this name with the layers it has here. Raises DataError."""
        with self._lock:
            if name not in self._plays:
                self._plays[name] = self._played(instrument(name))
            return self._plays[name]

    def bank(self, layer: Layer) -> Bank:
        """Where a sampled layer's sound comes from. Raises DataError."""
        return self._open(Path(layer.bank)) if layer.bank else shipped()

    def banks_of(self, names: Iterable[str]) -> tuple[SoundBank, ...]:
        """The banks that these instruments draw on, a user's with the hash of what was played."""
        layers = [layer for name in sorted(set(names)) for layer in self.plays(name).layers]
        users = sorted({layer.bank for layer in layers if layer.bank})
        return (*banks_in(layers), *(self._described(Path(path)) for path in users))

    def _open(self, path: Path) -> SoundFont | SfzBank:
        return open_sfz(path, self._folder or path.parent) if path.suffix.lower() == ".sfz" else open_font(path)

    def _played(self, kept: Instrument) -> Instrument:
        wanted = self.replaced.get(kept.name)
        if wanted is not None:
            new = Layer(preset=wanted.preset, bank=str(wanted.file), transpose=wanted.transpose)
            synthesised = tuple(layer for layer in kept.layers if layer.voice)
            layers = self._instead(kept, kept.layers, new, wanted.gain_db)
            return replace(kept, layers=layers + (synthesised if wanted.beside else ()))
        if self.general is None:
            return kept
        presets = self._open(self.general).presets
        layers = ()
        for own in kept.layers:
            if own.preset in presets:
                layers += self._instead(kept, (own,), replace(own, bank=str(self.general)), 0.0)
            else:
                layers += (own,)
        return replace(kept, layers=layers)

    def _instead(self, kept: Instrument, old: Sequence[Layer], new: Layer, gain_db: float) -> tuple[Layer, ...]:
        """The new layer as loud as the first sampled one of the old; these go on where it has no sound."""
        bank, preset = self.bank(new), new.preset
        assert preset is not None
        zones = bank.zones(*preset)
        asked = new.pitches or tuple(range(128))
        held = {p for p in asked if any(z.keys[0] <= new.key(p) <= z.keys[1] for z in zones)}
        if not held:
            return tuple(old)
        sampled = next((layer for layer in old if layer.preset is not None), None)
        if sampled is not None:
            gain_db += sampled.gain_db + _apart_db(kept, sampled, new, bank)
        rest = (_only(layer, set(layer.pitches or range(128)) - held) for layer in old)
        return (*_only(replace(new, gain_db=gain_db), held), *(layer for kept_back in rest for layer in kept_back))

    def _described(self, path: Path) -> SoundBank:
        bank = self._open(path)
        inside_file = bank.about if isinstance(bank, SoundFont) else {}
        text = _licence_text(path, self._folder)
        licence = self._about.licence or inside_file.get("copyright", "") or text.strip().partition("\n")[0][:200]
        title = self._about.title or inside_file.get("title", "") or path.stem
        return SoundBank(
            title=f"{title} ({path.name})",
            licence=licence or "not stated: ask whoever made these sounds",
            source=f"{self._about.source or 'a file of the user'}, sha256 {_digest(path, bank)}",
            text=text,
        )


SHIPPED = Sounds()


@lru_cache(maxsize=1)
def shipped() -> SoundFont:
    """The font that comes with the package."""
    return open_font(Path(str(files("reelscore.perform") / "sounds" / FONT)))


def _only(layer: Layer, pitches: set[int]) -> tuple[Layer, ...]:
    """The layer for these pitches alone; none where it has none of them."""
    kept = tuple(p for p in (layer.pitches or range(128)) if p in pitches)
    if not kept:
        return ()
    if len(kept) == len(layer.pitches or range(128)):
        return (layer,)
    keys = tuple(key for p, key in zip(layer.pitches, layer.sounds_as, strict=False) if p in pitches)
    return (replace(layer, pitches=kept, sounds_as=keys),)


def _apart_db(kept: Instrument, old: Layer, new: Layer, bank: Bank) -> float:
    """How much louder the shipped bank plays a layer than the new one does, over notes that both have."""
    tried = _TRIED_DRUMS if kept.kit else tuple(min(kept.high, max(kept.low, key)) for key in _TRIED_KEYS)
    apart = [_loudness(old, shipped(), key) - _loudness(new, bank, key) for key in dict.fromkeys(tried)]
    known = [gap for gap in apart if isfinite(gap)]
    return min(_WIDEST_MATCH_DB, max(-_WIDEST_MATCH_DB, sum(known) / len(known))) if known else 0.0


def _loudness(layer: Layer, bank: Bank, pitch: int) -> float:
    """Mean K-weighted loudness of one note, in dB; -inf where none sounds."""
    assert layer.preset is not None
    out: Samples = np.zeros((SAMPLE_RATE, 2), dtype=np.float32)
    if not layer.pitches or pitch in layer.pitches:
        sound(out, bank, layer.preset, Strike(0, SAMPLE_RATE // 2, layer.key(pitch), _TRIED_VELOCITY))
    return lufs(float(energies(out).mean()))


def _licence_text(path: Path, folder: Path | None) -> str:
    """The licence that lies beside the sounds, in the file's folder or the one the user gave."""
    for home in (path.parent, folder):
        for name in _LICENCES if home else ():
            for suffix in ("", ".txt", ".md"):
                file = home / f"{name}{suffix}" if home else path
                if file.is_file():
                    with file.open("rb") as opened:
                        return opened.read(_LONGEST_LICENCE).decode("utf-8", errors="replace")
    return ""


def _digest(path: Path, bank: SoundFont | SfzBank) -> str:
    """SHA-256 of a font; of an SFZ instrument its regions and its samples' names and sizes."""
    if isinstance(bank, SfzBank):
        return bank.digest
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
