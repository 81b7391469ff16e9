"""The mix: every player gets a strip, a level, a seat and a share of three rooms; the sum is the unmastered mix.

Order of events:
1. Each player's dry sound is shaped alone: high-pass by role, less at 300 Hz, air, mono lows, thicker drums.
2. Its loudness (BS.1770, per 100 ms) sets its level: every role has a place below the melody. Where a melody plays,
   no accompaniment comes nearer to it than 3 dB, section by section; but chords and figures that are a wall may.
3. Kicks push bass, pads and chords aside by `Colour.sidechain`, exactly when they were played.
4. Levels applied, the strip feeds the sum, hall, room and echo.
A stem is a player's dry strip; one more, "rooms", is what all of them leave in hall, room and echo: so the stems sum to
the mix and cost next to nothing. Memory: sum and sends, plus a few players in flight; stems only when asked for.
What the desk measures to set its levels stands in `Levels`; given those of another take, it measures nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf, isinf, log10

import numpy as np
from numpy.typing import NDArray

from reelscore.perform.filters import Biquad, bell, equalise, high_pass, high_shelf, low_pass, low_shelf
from reelscore.perform.loop import RING, fold
from reelscore.perform.rides import ridden
from reelscore.perform.space import convolve, echo, hall, room
from reelscore.perform.strip import Curve, Sends, even, feed, mono_lows, place, pump, thicken
from reelscore.perform.tables import Instrument, instrument
from reelscore.perform.voice import CONTROL_STEP
from reelscore.values.levels import Balance, Levels, PlayerLevel
from reelscore.values.loudness import Energies, energies, integrated, lufs
from reelscore.values.score import Colour, Player, Score
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

KICKS = (35, 36)
ROOMS = "rooms"  # the stem of what hall, room and echo add
Keep = Callable[[str, Samples], Samples]
_MELODIES = ("melody",)
_DRAWN = ("drums", "percussion", "fx")
_ACCOMPANIMENT = ("counter", "chords", "arp", "pad")
_WALL = ("chords", "arp")
_TUNED = (*_MELODIES, *_ACCOMPANIMENT)
_PEAK_DB, _DRUM_PEAK_DB = 8.0, 10.0  # peaks this far over a player's loudness are held
_AIRY = 1.6  # how wide the pair of microphones in the room hears what is played on wood
_HEADROOM = 0.9  # largest sample of the unmastered mix
_BELOW_MELODY_DB, _WALL_DB = 3.0, 7.0
_LIFT_DB = 7.5  # how far the fader follows the energy of the sections, from 0 to 1


@dataclass(frozen=True, slots=True)
class RolePlace:
    """Where a role stands in the mix. Levels are gated LUFS before mastering; sends scale the instrument's own."""

    lufs: float
    high_pass_hz: float
    mud_db: float  # at 300 Hz
    air_db: float  # above 8 kHz
    pump: float  # how much of Colour.sidechain it takes
    warmth: float  # how much of Colour.saturation
    space: float  # scales hall and room
    width: float


PLACES: Mapping[str, RolePlace] = {
    "melody": RolePlace(-24.0, 110, -1.5, 1.5, 0.15, 0.6, 1.0, 0.85),
    "counter": RolePlace(-27.0, 130, -2.0, 1.0, 0.3, 0.4, 1.1, 0.9),
    "chords": RolePlace(-27.0, 110, -3.0, 1.5, 0.6, 0.6, 0.9, 1.0),
    "arp": RolePlace(-27.5, 150, -2.5, 2.0, 0.6, 0.4, 1.0, 1.1),
    "pad": RolePlace(-28.5, 140, -3.5, 2.5, 1.0, 0.2, 1.1, 0.85),
    "bass": RolePlace(-25.5, 32, -1.0, 0.0, 0.8, 1.0, 0.0, 0.0),
    "drums": RolePlace(-23.5, 26, -2.0, 1.5, 0.0, 0.8, 0.5, 1.0),
    "percussion": RolePlace(-28.5, 150, -2.0, 1.5, 0.0, 0.3, 0.9, 1.1),
    "fx": RolePlace(-26.0, 28, 0.0, 0.0, 0.2, 0.0, 0.8, 1.0),
}


@dataclass(frozen=True, slots=True)
class Strip:
    """One player shaped and measured, not yet at its level."""

    player: Player
    samples: Samples
    energy: Energies  # K-weighted, per 100 ms
    hold: float = 0.0  # the peak it is held to, linear; 0: none
    thick: float = 0.0  # the peak its drums are thickened from


def shape(player: Player, samples: Samples, colour: Colour, like: PlayerLevel | None = None) -> Strip:
    """Tone of one player, in place, and its loudness. `like`: as in another take."""
    role, plays = PLACES[player.role], instrument(player.instrument)
    equalise(samples, *_tone(player, role, plays, colour))
    powers = mono_lows(samples, min(1.1, plays.width * role.width * (0.45 + 0.8 * colour.width)))
    thick = thicken(samples, colour.punch, like.thick if like else None) if player.role == "drums" else 0.0
    level = integrated(powers)
    over_db, ratio = (_DRUM_PEAK_DB, 2.5) if player.role in ("drums", "percussion") else (_PEAK_DB, 3.0)
    hold = like.hold if like else None
    if hold is None:
        hold = 0.0 if isinf(level) or player.role == "fx" else 10 ** ((level + over_db) / 20)
    if hold > 0:
        even(samples, hold, ratio)
    return Strip(player, samples, energies(samples), hold, thick)


def _tone(player: Player, role: RolePlace, plays: Instrument, colour: Colour) -> tuple[Biquad, ...]:
    bright = (colour.brightness - 0.5) * 5
    low_cut = role.high_pass_hz
    if player.role in _TUNED and plays.high_pass_hz:
        low_cut = max(60.0, (low_cut + plays.high_pass_hz) / 2)
    wood = 2 * colour.body - 1
    if player.role in _TUNED:
        low_cut *= 1 - (0.3 if wood > 0 else 0.2) * wood
    mud_db = role.mud_db * (1 - wood)
    bands = [high_pass(low_cut)]
    presence_db = plays.presence_db
    if player.role == "bass":
        bands += [bell(260, mud_db - 1, 0.9), bell(900, 1.5 + bright * 0.3, 0.8)]
    else:
        warm = wood > 0 and player.role in ("chords", "arp")
        bands += [bell(130, 4 * wood, 0.8)] if warm else []  # the body of guitars and pianos
        bands += [bell(300, mud_db, 0.8), high_shelf(8000, role.air_db + bright)]
    presence_db = plays.presence_db - 2.5 * max(0.0, wood) * (player.role in _ACCOMPANIMENT)
    if player.role == "drums":
        bands.append(low_shelf(75, 1.0 + colour.punch))
    elif presence_db:
        bands.append(bell(2800, presence_db, 0.7))
    if plays.low_pass_hz:
        bands.append(low_pass(plays.low_pass_hz))
    return tuple(bands)


class Desk:
    """The mixing desk of one take: strips come in, melody first; `finish` gives the sum (and the stems).

    `frames` of a loop do not count its ring: strips come with `loop.RING` frames behind it. `keep` stores a stem and
    gives back where it lies, perhaps once more when the level of all is known (None: no stems). `balance`: what a
    person wants louder or quieter, on top of all that the desk does.
    """

    def __init__(
        self,
        score: Score,
        played: Sequence[PlayedNote],
        frames: int,
        keep: Keep | None = None,
        like: Levels | None = None,
        balance: Balance | None = None,
    ) -> None:
        self._score, self._length, self._keep, self._like = score, frames, keep, like
        self._trims, self._rides = (dict(balance.trims), balance.rides) if balance else ({}, ())
        self._frames = frames = frames + (RING if score.loop else 0)
        self.total: Samples = np.zeros((frames, 2), dtype=np.float32)
        self.stems: dict[str, Samples] = {}
        self.levels: list[PlayerLevel] = []
        self.headroom = 1.0
        self._sends = Sends(frames)
        self._period_s = self._length / SAMPLE_RATE if score.loop else None
        drums = {player.name for player in score.players if player.role == "drums"}
        kicks = {float(n.at) for n in played if n.player in drums and n.pitch in KICKS and n.velocity > 30}
        if self._period_s:
            kicks |= {at + self._period_s for at in kicks}
        self._kicks = sorted(kicks)
        self._melody = np.full(len(score.sections), -inf)
        energy = np.array([section.energy for section in score.sections])
        self._form = self._by_section(_LIFT_DB * (energy - energy.mean()))

    def add(self, strip: Strip) -> None:
        """Set one strip's level and feed it; takes over its samples."""
        player, role, colour = strip.player, PLACES[strip.player.role], self._score.colour
        plays = instrument(player.instrument)
        loudness = integrated(strip.energy)
        if isinf(loudness):
            self._store(player.name, strip.samples)
            return
        gains = self._shares(role, plays)
        wet = gains[0] ** 2 + 0.5 * gains[1] ** 2 + 0.5 * gains[2] ** 2
        gain_db = role.lufs - loudness + player.gain_db - 10 * log10(1 + wet)
        faders = self._faders(player, strip.energy, gain_db)
        self.levels.append(PlayerLevel(player.name, strip.hold, strip.thick, tuple(float(f) for f in faders)))
        ride = self._by_section(faders + self._trims.get(player.name, 0.0)) * self._form
        own = [one for one in self._rides if one.player == player.name and not one.pitches]
        if (moved := ridden(self._score, own, self._frames)) is not None:
            ride = ride * moved
        depth = min(0.9, colour.sidechain * role.pump)
        if depth > 0.02 and self._kicks:
            ride *= pump(self._kicks, self._frames, depth, self._recovery_s())
        pan = 0.0 if player.role == "bass" else max(-1.0, min(1.0, player.pan + plays.pan))
        place(strip.samples, ride, pan, 2.8 * colour.saturation * role.warmth)
        feed(strip.samples, self.total, self._sends, gains)
        self._store(player.name, strip.samples)

    def finish(self) -> Samples:
        """The unmastered mix, with room above it (`headroom`, which the stems still lack): it does not clip when it is
        written as integers."""
        wet = np.zeros_like(self.total)
        self._rooms(self._sends, wet)
        self._sends = Sends(0)
        self.total += wet
        self._store(ROOMS, wet)
        del wet
        self.total = self._folded(self.total)
        peak = float(max(self.total.max(), -self.total.min())) if self._frames else 0.0
        self.headroom = self._like.headroom if self._like else min(1.0, _HEADROOM / max(peak, 1e-9))
        if self.headroom != 1.0:
            self.total *= np.float32(self.headroom)
        return self.total

    def _store(self, name: str, samples: Samples) -> None:
        if self._keep is not None:
            self.stems[name] = self._keep(name, self._folded(samples))

    def _folded(self, samples: Samples) -> Samples:
        return fold(samples, self._length) if self._score.loop else samples

    def _shares(self, role: RolePlace, plays: Instrument) -> tuple[float, float, float]:
        space = role.space * (0.5 + 1.2 * self._score.colour.space)
        return plays.hall * space * 1.3, plays.room * role.space * 1.4, plays.delay * min(1.0, role.space) * 0.8

    def _faders(self, player: Player, energy: Energies, gain_db: float) -> NDArray[np.float64]:
        """Gain in dB for every section: one, lowered where it would come near the melody."""
        sections = self._score.sections
        known = self._like.of(player.name) if self._like else None
        if known is not None and len(known.faders_db) == len(sections):
            return np.array(known.faders_db)
        levels = np.array([self._level(energy, i) for i in range(len(sections))]) + gain_db
        offsets = np.zeros(len(sections))
        if player.role in _MELODIES:
            self._melody = np.maximum(self._melody, levels)
        elif player.role in _ACCOMPANIMENT:
            both = np.isfinite(self._melody) & np.isfinite(levels)
            margin = _BELOW_MELODY_DB - _WALL_DB * self._score.colour.wall * (player.role in _WALL)
            offsets[both] = np.clip(self._melody[both] - margin - levels[both], -9.0, 0.0)
        return np.asarray(gain_db + offsets)

    def _by_section(self, gains_db: NDArray[np.float64]) -> Curve:
        """A gain per control step that holds one value a section and moves over a quarter of a second between them."""
        points = np.arange(self._frames // CONTROL_STEP + 2) * (CONTROL_STEP / SAMPLE_RATE)
        starts = np.array([float(self._score.tempo_map.seconds_at(s.start)) for s in self._score.sections])
        times = np.stack([starts - 0.2, starts + 0.05], axis=1).ravel()
        first = gains_db[-1:] if self._period_s else gains_db[:1]  # before the first section: the last one of a loop
        values = np.concatenate([first, np.repeat(gains_db, 2)[:-1]])
        moving = np.interp(points, times, values, period=self._period_s)
        return np.asarray(10 ** (moving / 20), dtype=np.float32)

    def _level(self, energy: Energies, section: int) -> float:
        """Mean loudness of the sounding parts of a section; -inf where nothing sounds."""
        part = self._score.sections[section]
        first = max(0, int(float(self._score.tempo_map.seconds_at(part.start)) * 10))
        stretch = energy[first : max(first + 1, int(float(self._score.tempo_map.seconds_at(part.end)) * 10))]
        sounding = stretch[stretch > 1e-7]
        if len(sounding) < max(2, len(stretch) // 8):
            return -inf
        return lufs(float(sounding.mean()))

    def _recovery_s(self) -> float:
        return min(0.30, 0.62 * 60 / self._score.tempo_map.mean_bpm)

    def _rooms(self, sends: Sends, out: Samples) -> None:
        """Add hall, room and echo returns."""
        beat = 60 / self._score.tempo_map.mean_bpm
        echo(sends.echo, out, 0.75 * beat if beat < 0.8 else 0.5 * beat, 0.42, 1.0)
        tall, small = rooms(self._score.colour)

        def side(c: int) -> None:
            convolve(sends.hall[:, c], tall[:, c], out[:, c], 1.0)
            convolve(sends.room, small[:, c], out[:, c], 1.0)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(side, (0, 1)))


def rooms(colour: Colour) -> tuple[Samples, Samples]:
    """The hall and the room of a piece, as impulses."""
    return hall(round(1.1 + 2.2 * colour.space, 1)), room(_AIRY * colour.body)


def melody_first(players: Sequence[Player]) -> list[Player]:
    """The order in which strips come to the desk: accompaniment is levelled against the melody. Kits, whose sounds
    take longest to draw, come next, so that the rest is played meanwhile."""
    return sorted(players, key=lambda player: (player.role not in _MELODIES, player.role not in _DRAWN))
