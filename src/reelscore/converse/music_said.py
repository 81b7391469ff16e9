"""What one piece of a message says of the music that is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain


@dataclass(slots=True)
class Told:
    """What one piece says. Sounds by their names: `sounds` are those of which nothing more is said."""

    sections: list[str] = field(default_factory=list)
    leads: bool = False  # the section stands before all else
    every: bool = False  # all of the music is meant
    added: list[Wish] = field(default_factory=list)
    gone: list[Wish] = field(default_factory=list)
    alone: list[Wish] = field(default_factory=list)
    sounds: list[Wish] = field(default_factory=list)
    of_them: str = ""  # "in" or "out", of the sounds spoken of before
    swap: tuple[Wish | None, Wish] | None = None
    wished: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    redo: bool = False
    vary: bool = False
    keep: str = ""
    bars: str = ""
    bpm: float | int | None = None
    number: float | int | None = None
    seed: int | None = None
    key: str = ""
    genre: str = ""
    mood: str = ""
    points: bool = False
    level: str = (
        ""  # "louder", "quieter" or "more" of sounds; "same" for how much of it; "other" and "share": cannot be done
    )
    loud: str = ""  # "louder" or "quieter" of what is not named: of the sounds spoken of before
    by_db: float | None = None
    start: Plain = None  # seconds in which it is louder or quieter
    end: Plain = None
    strong: bool = False  # a sentence of its own
    idle: bool = False  # a remark, or that all else stays
    plain: bool = False  # is the section a word of music alone?
    amount: float | None = None
    unread: int = 0
    weak: bool = False  # it is only named, as what shall sound
    lists: bool = False  # sounds that are named behind it are wished for

    @property
    def asks(self) -> bool:
        """Is something wished for?"""
        return bool(
            self.added or self.gone or self.alone or self.of_them or self.swap or self.wished or self.redo or self.vary
            or self.bpm or self.key or self.genre or self.mood
        )  # fmt: skip

    @property
    def bare(self) -> bool:
        """Only sounds or sections, as in a list."""
        return bool(self.sounds or self.sections or self.weak) and not (
            (self.asks and not self.weak) or self.flaws or self.keep or self.unread or self.level or self.idle
        )
