"""SFZ instruments: their regions become zones that the sampler plays like those of a SoundFont.

Read: sample, key ranges and centre, velocity ranges, seq_position and lorand (round robin), tune, transpose,
pitch_keytrack, volume, amplitude, pan, width, amp_veltrack, ampeg_*, cutoff and resonance of low-passes, loops (from
the file where the text has none), offset, end, one_shot, group and off_by, and the defaults of key switches and
controllers. Regions that sound on release, by legato or only with a controller moved are left out; other opcodes are
passed over. A stereo file is two zones, left and right. Sound files of a region are decoded when first played.

Units: opcodes are seconds, dB, cents, per cent; zones hold timecents, centibels, tenths of a per cent.
Source: sfzformat.com, opcode by opcode.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from reelscore.errors import DataError
from reelscore.perform.sfz_text import Region, SfzText
from reelscore.perform.wav_loop import wav_loop
from reelscore.perform.zones import DEFAULTS, HELD_BYTES, LONGEST_FRAMES, Gen, Sample, Zone, padded

PRESET = (0, 0)
_NAMED = re.compile(r"([a-g])([#b]?)(-?\d)$")
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_NO_KEY = -100
_ENVELOPE = ("delay", "attack", "hold", "decay", "sustain", "release")
_EQUAL_POWER = 75  # attenuation by 3 dB: two sides at full pan are as loud as one in the middle


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of one channel of a file. Frames of the file; `end` None: its end."""

    path: Path
    channel: int
    first: int
    end: int | None
    loop: tuple[int, int] | None
    root: int


class SfzBank:
    """One SFZ instrument, as preset 0:0. Only files inside `folder` are read. Raises DataError."""

    def __init__(self, path: Path, folder: Path) -> None:
        text = SfzText(path, folder)
        self.name = path.name
        self.missing: list[str] = []
        self._cuts: list[_Cut] = []
        self._channels: dict[str, tuple[Path, int]] = {}
        self._decoded: dict[tuple[int, bool], Sample] = {}
        self._held = 0
        self._lock = threading.Lock()
        digest = sha256()
        zones: list[Zone] = []
        for region in text.regions:
            if _sounds(region, text.control):
                zones += self._zones_of(region, text)
            digest.update(repr(sorted(region.items())).encode())
        for name, (place, _) in sorted(self._channels.items()):
            digest.update(f"{name} {place.stat().st_size}".encode())
        if not zones:
            what = f"its samples are not there (first: {self.missing[0]})" if self.missing else "nothing in it sounds"
            raise DataError(f"{self.name}: {what}.", "Keep the instrument's folder as it was downloaded.")
        self.digest = digest.hexdigest()
        self._zones = tuple(zones)

    @property
    def presets(self) -> Mapping[tuple[int, int], str]:
        """The one preset."""
        return {PRESET: self.name}

    def zones(self, bank: int, program: int) -> tuple[Zone, ...]:
        """All zones; DataError for any preset but 0:0."""
        if (bank, program) != PRESET:
            raise DataError(f"{self.name}: no preset {bank}:{program}.", "An SFZ instrument is preset 0:0.")
        return self._zones

    def sample(self, index: int, looped: bool) -> Sample:
        """The decoded sample of a zone, from memory where it was used before."""
        key = (index, looped)
        found = self._decoded.get(key)
        if found is None:
            found = self._decode(self._cuts[index], looped)
            with self._lock:
                if self._held > HELD_BYTES:
                    self._decoded.clear()
                    self._held = 0
                self._decoded[key] = found
                self._held += found.frames.nbytes
        return found

    def decode(self, wanted: Iterable[tuple[int, bool]], workers: int = 2) -> None:
        """Decode (sample, looped) pairs ahead of need, side by side."""
        absent = sorted(set(wanted) - self._decoded.keys())
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda pair: self.sample(*pair), absent))

    def _zones_of(self, region: Region, text: SfzText) -> list[Zone]:
        name = region["sample"]
        if name not in self._channels:
            place = text.place(name)
            channels = _channels(place)
            if not channels and name not in self.missing:
                self.missing.append(name)
            if not channels:
                return []
            self._channels[name] = place, channels
        place, channels = self._channels[name]
        shift = _whole(region, "note_offset", 0, text.control) + 12 * _whole(region, "octave_offset", 0, text.control)
        keys, root = _keys(region, shift)
        velocities = max(1, _whole(region, "lovel", 1)), min(127, _whole(region, "hivel", 127))
        if keys[0] > keys[1] or velocities[0] > velocities[1]:
            return []
        loop = _loop(region, place)
        end = _whole(region, "end", -2) + 1
        first = max(0, _whole(region, "offset", 0))
        zones = []
        for channel in range(channels):
            generators = _generators(region, channel if channels == 2 else None, loop is not None)
            if generators is None:
                continue
            self._cuts.append(_Cut(place, channel, first, end if end > 0 else None, loop, root))
            generators[Gen.ROOT] = root
            zones.append(
                Zone(
                    keys,
                    velocities,
                    len(self._cuts) - 1,
                    tuple(generators),
                    _turns(region),
                    max(-1.0, min(1.0, _number(region, "amp_veltrack", 100) / 100)),
                    region.get("loop_mode") == "one_shot",
                    _whole(region, "off_by", 0),
                )
            )
        return zones

    def _decode(self, cut: _Cut, looped: bool) -> Sample:
        import soundfile

        where = f"{self.name}: {cut.path.name}"
        try:
            with soundfile.SoundFile(cut.path) as file:
                if not 0 < file.frames <= LONGEST_FRAMES or not 400 <= file.samplerate <= 400_000:
                    raise DataError(f"{where} has {file.frames} frames at {file.samplerate} Hz.")
                rate, last = int(file.samplerate), min(file.frames, cut.end or file.frames)
                if cut.first >= last:
                    raise DataError(f"{where} ends at {last}, before its offset {cut.first}.")
                file.seek(cut.first)
                sound = file.read(last - cut.first, dtype="float32", always_2d=True)
        except (soundfile.SoundFileError, OSError) as fault:
            raise DataError(f"{where} is not sound ({fault}).", "The file is damaged.") from fault
        frames = np.nan_to_num(np.ascontiguousarray(sound[:, min(cut.channel, sound.shape[1] - 1)]))
        loop = (cut.loop[0] - cut.first, cut.loop[1] - cut.first) if looped and cut.loop else None
        return padded(frames, loop, rate, cut.root)


@lru_cache(maxsize=64)
def open_sfz(path: Path, folder: Path) -> SfzBank:
    """The instrument at this path; opened once."""
    return SfzBank(path, folder)


def _channels(path: Path) -> int:
    """1 or 2; 0 where there is no sound file."""
    import soundfile

    try:
        return min(2, int(soundfile.info(str(path)).channels)) if path.is_file() else 0
    except (soundfile.SoundFileError, OSError):
        return 0


def _sounds(region: Region, control: Mapping[str, str]) -> bool:
    """Does this region sound when a key is struck, with every pedal, wheel and key switch at rest?"""
    if region.get("sample", "*")[:1] == "*" or region.get("trigger", "attack") not in ("attack", "first"):
        return False
    if _whole(region, "end", 0) == -1:
        return False
    if "sw_last" in region and region["sw_last"] != region.get("sw_default"):
        return False
    for opcode in region:
        side, number = opcode[:4], opcode[4:]
        if side in ("locc", "hicc") and number.isdigit():
            at = _whole(control, f"set_cc{number}", 0)
            if at < _whole(region, opcode, 0) if side == "locc" else at > _whole(region, opcode, 127):
                return False
        if opcode.startswith(("on_locc", "on_hicc", "start_locc", "start_hicc")):
            return False
    return True


def _keys(region: Region, shift: int) -> tuple[tuple[int, int], int]:
    """Lowest and highest key, and the pitch of the sample."""
    one = _key(region.get("key", ""), _NO_KEY)
    low = _key(region.get("lokey", ""), 0 if one == _NO_KEY else one)
    high = _key(region.get("hikey", ""), 127 if one == _NO_KEY else one)
    centre = _key(region.get("pitch_keycenter", ""), 60 if one == _NO_KEY else one)
    moved = max(0, low + shift), min(127, high + shift) if high >= 0 else -1
    return moved, max(0, min(127, centre + shift))


def _key(text: str, otherwise: int) -> int:
    """A key by number or name (c4 is 60)."""
    found = _NAMED.match(text.lower())
    if found:
        letter, sign, octave = found.groups()
        return _STEPS[letter] + {"#": 1, "b": -1}.get(sign, 0) + 12 * (int(octave) + 1)
    try:
        return max(-1, min(127, int(text)))
    except ValueError:
        return otherwise


def _turns(region: Region) -> tuple[float, float]:
    """The part of all draws for which this region sounds."""
    length = _whole(region, "seq_length", 1)
    if 1 < length <= 100:
        position = max(1, min(length, _whole(region, "seq_position", 1)))
        return (position - 1) / length, position / length
    return _number(region, "lorand", 0.0), _number(region, "hirand", 1.0)


def _loop(region: Region, path: Path) -> tuple[int, int] | None:
    """First frame of the loop and one past its last; None where it does not loop."""
    mode = region.get("loop_mode", "")
    if mode in ("no_loop", "one_shot"):
        return None
    own = wav_loop(path) if not ("loop_start" in region and "loop_end" in region) else None
    if own is None and "loop_end" not in region:
        return None
    start, end = own or (0, 0)
    return _whole(region, "loop_start", start), _whole(region, "loop_end", end - 1) + 1


def _generators(region: Region, side: int | None, loops: bool) -> list[int] | None:
    """The zone's generators; `side` 0 left, 1 right of a stereo file, None mono. None: this side is silent."""
    g = list(DEFAULTS)
    volume = _number(region, "volume", 0.0) + _number(region, "group_volume", 0.0)
    volume += 20 * math.log10(max(1e-3, _number(region, "amplitude", 100.0) / 100))
    pan = max(-1.0, min(1.0, _number(region, "pan", 0.0) / 100))
    g[Gen.PAN] = round(500 * pan)
    if side is not None:
        away = max(0.0, pan) if side == 0 else max(0.0, -pan)  # a balance: the far side goes down
        if away >= 1:
            return None
        volume += 20 * math.log10(1 - away)
        g[Gen.PAN] = round((500 if side else -500) * max(-1.0, min(1.0, _number(region, "width", 100.0) / 100)))
        g[Gen.ATTENUATION] = _EQUAL_POWER
    g[Gen.ATTENUATION] += round(-25 * max(-144.0, min(24.0, volume)))
    g[Gen.COARSE] = _whole(region, "transpose", 0)
    g[Gen.FINE] = _whole(region, "tune", 0)
    g[Gen.SCALE] = _whole(region, "pitch_keytrack", 100)
    g[Gen.EXCLUSIVE] = _whole(region, "group", 0)
    g[Gen.MODES] = 1 if loops else 0
    _envelope(g, region)
    if "cutoff" in region and region.get("fil_type", "lpf_2p").startswith("lpf"):
        hertz = max(20.0, min(22_000.0, _number(region, "cutoff", 22_000.0)))
        g[Gen.FILTER_FC] = round(1200 * math.log2(hertz / 8.176))
        g[Gen.FILTER_Q] = round(10 * max(0.0, min(40.0, _number(region, "resonance", 0.0))) + 30)
    return g


def _envelope(g: list[int], region: Region) -> None:
    said = {part: _number(region, f"ampeg_{part}", 0.0) for part in _ENVELOPE}
    level = max(0.0, min(100.0, _number(region, "ampeg_sustain", 100.0)))
    fall_db = 100.0 if level < 1e-3 else -20 * math.log10(level / 100)
    g[Gen.VOL_ENV + 4] = round(10 * min(144.0, fall_db))
    for place, part in enumerate(_ENVELOPE):
        seconds = said[part]
        if part == "decay" and fall_db > 0.1:
            seconds *= 100 / fall_db  # the sampler counts the time for 100 dB
        if part == "sustain" or seconds <= 0:
            continue
        g[Gen.VOL_ENV + place] = round(1200 * math.log2(min(100.0, max(0.001, seconds))))


def _number(table: Mapping[str, str], name: str, otherwise: float) -> float:
    try:
        value = float(table.get(name, otherwise))
    except ValueError:
        return otherwise
    return max(-1e9, min(1e9, value)) if math.isfinite(value) else otherwise


def _whole(table: Mapping[str, str], name: str, otherwise: int, control: Mapping[str, str] | None = None) -> int:
    """A whole number of the region, or of <control>. Velocities of 0 and keys are the caller's."""
    return round(_number(control if control is not None else table, name, otherwise))
