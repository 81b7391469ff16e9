"""How one take was mixed and mastered, as numbers: given back to the desk, another take is mixed alike.

Everything the desk decides by measuring stands here, so that music of which a few bars were written again sounds the
same everywhere else. Gains are dB unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from reelscore.values.time import Span


@dataclass(frozen=True, slots=True)
class PlayerLevel:
    """One player: the peak its strip holds and the one its drums are thickened from (linear; 0: none), and its fader
    in every section."""

    player: str
    hold: float
    thick: float
    faders_db: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MasterLevel:
    """The master bus. `tone`: (b0, b1, b2, a1, a2) of its filters; `ride_db`: the slow hand, every 100 ms;
    `excite`: amount and drive of added harmonics; `gain` (linear) goes into the limiter, `trim` comes after it."""

    tone: tuple[tuple[float, ...], ...]
    ride_db: tuple[float, ...]
    excite: tuple[float, float]
    glue_db: float
    gain: float
    trim: float


@dataclass(frozen=True, slots=True)
class Ride:
    """A player louder or quieter, by `by_db`, in the sections of this name or kind (""), in these seconds (None), or
    all along where neither is said; of a kit only the drums with these `pitches`, of the General MIDI map, where there
    are any."""

    player: str
    by_db: float
    pitches: tuple[int, ...] = ()
    section: str = ""
    within: Span | None = None

    @property
    def everywhere(self) -> bool:
        return not self.section and self.within is None


@dataclass(frozen=True, slots=True)
class Balance:
    """What a person wants louder or quieter than the desk has it: `trims`, whole players by how many dB, and `rides`
    of some of the piece or of some drums."""

    trims: tuple[tuple[str, float], ...] = ()
    rides: tuple[Ride, ...] = ()


@dataclass(frozen=True, slots=True)
class Levels:
    """One take. `headroom` (linear) is what sum and stems were scaled by; `trims` and `rides`: what a person wanted
    louder or quieter."""

    players: tuple[PlayerLevel, ...]
    headroom: float
    master: MasterLevel | None  # None: silence
    trims: tuple[tuple[str, float], ...] = ()
    rides: tuple[Ride, ...] = ()

    @property
    def balance(self) -> Balance:
        return Balance(self.trims, self.rides)

    def of(self, player: str) -> PlayerLevel | None:
        return next((one for one in self.players if one.player == player), None)
