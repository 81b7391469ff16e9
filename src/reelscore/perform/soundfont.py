"""SoundFont 2 and 3 files, read in place.

The file is mapped, its nine `pdta` tables are parsed once (some 20 ms), and samples become float32 only when a note
needs them: 16-bit ones by scaling, the Ogg streams of SF3 by libsndfile.

Conventions: generators of a preset's zone ADD to those of the instrument's zone; a zone without a terminal
generator that stands first is global and fills what later zones leave open; ranges of both levels intersect.
Every number is checked when read: a file that points outside itself raises DataError.

Source: SoundFont Technical Specification 2.04 (E-mu, 2006), sections 7 and 8; the Ogg extension of SF3 (sample
type bit 4; start and end are byte offsets, loops count from the sample's own first frame). Modulators are not read.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelscore.errors import DataError
from reelscore.perform.zones import DEFAULTS, HELD_BYTES, LONGEST_FRAMES, Gen, Sample, Zone, padded

_MOST_ZONES = 20_000  # of one preset; large ones have 2,000
_LONGEST_INFO = 1000
_OGG, _ROM = 0x10, 0x8000

_TABLES: Mapping[str, np.dtype[Any]] = {
    "phdr": np.dtype([("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "V12")]),
    "pbag": np.dtype([("gen", "<u2"), ("mod", "<u2")]),
    "pgen": np.dtype([("kind", "<u2"), ("amount", "<i2")]),
    "inst": np.dtype([("name", "S20"), ("bag", "<u2")]),
    "ibag": np.dtype([("gen", "<u2"), ("mod", "<u2")]),
    "igen": np.dtype([("kind", "<u2"), ("amount", "<i2")]),
    "shdr": np.dtype(
        {
            "names": ["name", "start", "end", "loop_start", "loop_end", "rate", "root", "correction", "link", "kind"],
            "formats": ["S20", "<u4", "<u4", "<u4", "<u4", "<u4", "u1", "i1", "<u2", "<u2"],
        }
    ),
}


_OFFSETS = (0, 1, 2, 3, 4, 12, 45, 50)
_NEVER_ADDED = frozenset(
    (*_OFFSETS, Gen.KEYS, Gen.VELOCITIES, Gen.KEY, Gen.VELOCITY, Gen.MODES, Gen.EXCLUSIVE, Gen.ROOT)
)


class SoundFont:
    """An open font. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        except (OSError, ValueError) as fault:
            raise DataError(f"{path.name}: cannot be read ({fault}).", "Give a .sf2 or .sf3 file.") from fault
        chunks = _chunks(data, self.name)
        self._pool = chunks["smpl"]
        self.about = {
            kind: bytes(chunks[name][:_LONGEST_INFO]).split(b"\0")[0].decode("latin-1").strip()
            for kind, name in (("title", "INAM"), ("copyright", "ICOP"))
            if name in chunks
        }
        """What the file says of itself: "title" and "copyright"."""
        self._tables = {name: _table(chunks, name, self.name) for name in _TABLES}
        self._check()
        headers = self._tables["phdr"][:-1]
        self._presets = {(int(h["bank"]), int(h["program"])): i for i, h in reversed(list(enumerate(headers)))}
        self._zones: dict[tuple[int, int], tuple[Zone, ...]] = {}
        self._decoded: dict[tuple[int, bool], Sample] = {}
        self._held = 0
        self._lock = threading.Lock()

    @property
    def presets(self) -> Mapping[tuple[int, int], str]:
        """(bank, program) to the preset's own name."""
        names = self._tables["phdr"]["name"]
        return {at: names[i].decode("latin-1") for at, i in sorted(self._presets.items())}

    def zones(self, bank: int, program: int) -> tuple[Zone, ...]:
        """All zones of a preset; raises DataError when the font has no such preset."""
        at = (bank, program)
        if at not in self._zones:
            if at not in self._presets:
                raise DataError(f"{self.name}: no preset {bank}:{program}.", f"It has {len(self._presets)} presets.")
            self._zones[at] = tuple(self._read_zones(self._presets[at]))
        return self._zones[at]

    def sample(self, index: int, looped: bool) -> Sample:
        """The decoded sample of a zone, from memory where it was used before."""
        key = (index, looped)
        found = self._decoded.get(key)
        if found is None:
            found = self._decode(index, looped)
            with self._lock:
                if self._held > HELD_BYTES:
                    self._decoded.clear()
                    self._held = 0
                self._decoded[key] = found
                self._held += found.frames.nbytes
        return found

    def decode(self, wanted: Iterable[tuple[int, bool]], workers: int = 2) -> None:
        """Decode (sample, looped) pairs ahead of need, side by side (libsndfile runs without the interpreter lock)."""
        missing = sorted(set(wanted) - self._decoded.keys())
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda pair: self.sample(*pair), missing))

    def _check(self) -> None:
        """Every index points inside its table, in rising order."""
        t = self._tables
        levels = (("phdr", "bag", "pbag"), ("pbag", "gen", "pgen"), ("inst", "bag", "ibag"), ("ibag", "gen", "igen"))
        for owner, field, target in levels:
            column = t[owner][field].astype(np.int64)
            if np.any(np.diff(column) < 0) or int(column[-1]) >= len(t[target]) + (field == "gen"):
                raise DataError(f"{self.name}: {owner} points outside {target}.", "The file is damaged.")
        for table, kind, target in (("pgen", Gen.INSTRUMENT, "inst"), ("igen", Gen.SAMPLE, "shdr")):
            used = t[table]["amount"].astype(np.int64)[t[table]["kind"] == kind] & 0xFFFF
            if used.size and int(used.max()) >= len(t[target]) - 1:
                raise DataError(f"{self.name}: {table} points outside {target}.", "The file is damaged.")

    def _bags(self, owner: str, bag: str, gen: str, index: int) -> list[dict[int, int]]:
        """The zones of one preset or instrument as generator dictionaries, the global one spread over the others."""
        t = self._tables
        first, last = int(t[owner]["bag"][index]), int(t[owner]["bag"][index + 1])
        terminal = Gen.INSTRUMENT if owner == "phdr" else Gen.SAMPLE
        zones: list[dict[int, int]] = []
        everywhere: dict[int, int] = {}
        for b in range(first, last):
            rows = t[gen][int(t[bag]["gen"][b]) : int(t[bag]["gen"][b + 1])]
            values = {int(k): int(a) for k, a in zip(rows["kind"], rows["amount"], strict=True) if k < Gen.COUNT}
            if terminal in values:
                zones.append(everywhere | values)
            elif b == first:
                everywhere = values
        return zones

    def _read_zones(self, preset: int) -> Iterable[Zone]:
        seen = 0
        for outer in self._bags("phdr", "pbag", "pgen", preset):
            for inner in self._bags("inst", "ibag", "igen", outer[Gen.INSTRUMENT] & 0xFFFF):
                seen += 1
                if seen > _MOST_ZONES:
                    raise DataError(f"{self.name}: a preset has over {_MOST_ZONES} zones.", "The file is hostile.")
                keys = _both(outer.get(Gen.KEYS), inner.get(Gen.KEYS))
                velocities = _both(outer.get(Gen.VELOCITIES), inner.get(Gen.VELOCITIES))
                sample = inner[Gen.SAMPLE] & 0xFFFF
                if keys is None or velocities is None or int(self._tables["shdr"]["kind"][sample]) & _ROM:
                    continue
                values = list(DEFAULTS)
                for kind, amount in inner.items():
                    values[kind] = amount
                for kind, amount in outer.items():
                    if kind not in _NEVER_ADDED:
                        values[kind] += amount
                yield Zone(keys, velocities, sample, tuple(values))

    def _decode(self, index: int, looped: bool) -> Sample:
        header = self._tables["shdr"][index]
        first, end = int(header["start"]), int(header["end"])
        where = f'{self.name}: sample "{header["name"].decode("latin-1")}"'
        if int(header["kind"]) & _OGG:
            frames = _ogg(self._pool[first:end], where)
            loop = int(header["loop_start"]), int(header["loop_end"])
        else:
            words = self._pool[: self._pool.size // 2 * 2].view("<i2")
            if not first < end <= words.size:
                raise DataError(f"{where} runs from {first} to {end} of {words.size}.", "The file is damaged.")
            frames = words[first:end].astype(np.float32) * np.float32(1 / 32768)
            loop = int(header["loop_start"]) - first, int(header["loop_end"]) - first
        rate = int(header["rate"])
        if not 400 <= rate <= 400_000:
            raise DataError(f"{where} has a rate of {rate} Hz.", "The file is damaged.")
        root = int(header["root"]) if int(header["root"]) < 128 else 60
        return padded(frames, loop if looped else None, rate, root, int(header["correction"]))


@lru_cache(maxsize=16)
def open_font(path: Path) -> SoundFont:
    """The font at this path; opened once."""
    return SoundFont(path)


def _both(outer: int | None, inner: int | None) -> tuple[int, int] | None:
    """The intersection of two packed ranges (low byte low), None when empty."""
    low, high = 0, 127
    for packed in (outer, inner):
        if packed is not None:
            low, high = max(low, packed & 0xFF), min(high, (packed >> 8) & 0xFF)
    return (low, high) if low <= high else None


def _ogg(data: NDArray[np.uint8], where: str) -> NDArray[np.float32]:
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(data.tobytes())) as stream:
            if not 0 < stream.frames <= LONGEST_FRAMES or stream.channels != 1:
                raise DataError(f"{where} has {stream.frames} frames in {stream.channels} channels.")
            return np.asarray(stream.read(dtype="float32"), dtype=np.float32)
    except soundfile.SoundFileError as fault:
        raise DataError(f"{where} is not sound ({fault}).", "The file is damaged.") from fault


def _table(chunks: Mapping[str, NDArray[np.uint8]], name: str, file: str) -> NDArray[Any]:
    """A pdta table with its terminal record."""
    rows = chunks[name]
    kind = _TABLES[name]
    if rows.size % kind.itemsize or rows.size < kind.itemsize * (2 if name in ("phdr", "inst", "shdr") else 1):
        raise DataError(f"{file}: table {name} has {rows.size} bytes.", f"Records are {kind.itemsize} bytes.")
    return np.frombuffer(rows.tobytes(), dtype=kind)


def _chunks(data: NDArray[np.uint8], file: str) -> dict[str, NDArray[np.uint8]]:
    """Leaf chunks by name. Some SF3 writers leave out the pad byte after an odd size: both forms are read."""
    if bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"sfbk":
        raise DataError(f"{file}: not a SoundFont.", "Give a .sf2 or .sf3 file.")
    found: dict[str, NDArray[np.uint8]] = {}
    at = 12
    while at + 8 <= data.size:
        name = bytes(data[at : at + 4])
        size = int.from_bytes(bytes(data[at + 4 : at + 8]), "little")
        if name == b"LIST":
            at += 12
            continue
        if size > data.size - at - 8:
            raise DataError(f"{file}: chunk {name!r} claims {size} bytes.", "The file is cut off or damaged.")
        found.setdefault(name.decode("latin-1"), data[at + 8 : at + 8 + size])
        at += 8 + size
        if size % 2 and not _is_name(bytes(data[at : at + 4])):
            at += 1
    missing = sorted({"smpl", *_TABLES} - found.keys())
    if missing:
        raise DataError(f"{file}: lacks {', '.join(missing)}.", "The file is cut off or not a SoundFont.")
    return found


def _is_name(four: bytes) -> bool:
    return len(four) == 4 and all(48 <= c <= 122 for c in four)
