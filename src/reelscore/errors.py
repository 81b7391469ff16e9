"""Everything that can go wrong, said so that a person can act on it.

One base class. `message` says what happened and the value seen; `hint` says what to do.
Only the edges turn these into exit codes or HTTP statuses.
"""

from __future__ import annotations

from collections.abc import Iterable


class ReelscoreError(Exception):
    """Base of every error this package raises on purpose."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message if not hint else f"{message} {hint}")
        self.message = message
        self.hint = hint


class MediaError(ReelscoreError):
    """The file cannot be read as the media it should be."""


class BriefError(ReelscoreError):
    """A wish that cannot be understood or met: unknown genre, impossible tempo, hit outside the film."""


class DataError(ReelscoreError):
    """A table shipped with the package or brought by the user breaks its schema (file, key, allowed values)."""


class OutputError(ReelscoreError):
    """The result cannot be written: unknown format, no room, no permission."""


class EncoderError(ReelscoreError):
    """The encoder process failed; the message carries its last words."""


class CancelledError(ReelscoreError):
    """The person stopped the work. Nothing half-written is left."""

    def __init__(self) -> None:
        super().__init__("Cancelled.", "Nothing was written.")


def one_of(value: str, allowed: Iterable[str]) -> str:
    """The tail of an error message: near names first, then all of them.

    >>> one_of("lofy", ["house", "lofi"])
    'Did you mean "lofi"? Known: house, lofi.'
    """
    from rapidfuzz import fuzz, process

    names = sorted(allowed)
    near = process.extractOne(value.lower(), names, scorer=fuzz.ratio, score_cutoff=60)
    known = f"Known: {', '.join(names)}."
    return f'Did you mean "{near[0]}"? {known}' if near else known
