"""Everything that can go wrong, said so that a person can act on it.

One base class. `message` says what happened and the value seen; `hint` says what to do.
Only the edges turn these into exit codes or HTTP statuses.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path


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


class EditError(ReelscoreError):
    """An edit that cannot be made. `candidates` are what would work; `chinese` is the whole message in Chinese."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        candidates: Iterable[str] = (),
        chinese: str = "",
        chinese_candidates: Iterable[str] = (),
    ) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)
        self.chinese = chinese or str(self)
        self.chinese_candidates = tuple(chinese_candidates) or self.candidates


class ConflictError(EditError):
    """Somebody else's edit came first. The edge shows the state as it is now; nothing was overwritten."""


class CancelledError(ReelscoreError):
    """The person stopped the work. Nothing half-written is left."""

    def __init__(self) -> None:
        super().__init__("Cancelled.", "Nothing was written.")


class NotFoundError(ReelscoreError):
    """There is no such session, job, version or file, or it belongs to somebody else."""


class UnsupportedError(ReelscoreError):
    """A kind of file that is not taken."""


class TooLargeError(ReelscoreError):
    """More bytes, pixels or seconds than are taken."""


class UnauthorisedError(ReelscoreError):
    """No token, or one that does not count any more."""


class NotAllowedError(ReelscoreError):
    """The token's scopes or the account's plan do not cover this."""


class CreditsError(ReelscoreError):
    """Too few credits for the work asked for."""


class LimitError(ReelscoreError):
    """Too many at once, or too often. `retry_after_s`: when to try again."""

    def __init__(self, message: str, hint: str = "", *, retry_after_s: int = 30) -> None:
        super().__init__(message, hint)
        self.retry_after_s = retry_after_s


class UnavailableError(LimitError):
    """The database or the store of blobs cannot be reached, or is too busy now."""


MOST_NAMES = 60  # that an error tells all of


def nearest(value: str, allowed: Iterable[str], most: int = 6) -> list[str]:
    """Of very many names those most like the value, the most like first."""
    from rapidfuzz import fuzz, process

    return [name for name, *_ in process.extract(value.lower(), sorted(allowed), scorer=fuzz.WRatio, limit=most)]


def one_of(value: str, allowed: Iterable[str]) -> str:
    """The tail of an error message: near names first, then all of them, or of very many the nearest.

    >>> one_of("lofy", ["house", "lofi"])
    'Did you mean "lofi"? Known: house, lofi.'
    """
    from rapidfuzz import fuzz, process

    names = sorted(allowed)
    near = process.extractOne(value.lower(), names, scorer=fuzz.ratio, score_cutoff=60)
    if len(names) > MOST_NAMES:
        known = f"The nearest of {len(names)}: {', '.join(nearest(value, names))}."
    else:
        known = f"Known: {', '.join(names)}."
    return f'Did you mean "{near[0]}"? {known}' if near else known


def shown(path: Path) -> str:
    """A file's name fit for one line of a message: no line breaks, no control characters, not endless."""
    name = path.name or str(path)
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return f'"{clean}"' if len(clean) <= 80 else f'"{clean[:48]}...{clean[-24:]}"'


def unwritable(out: Path, fault: Exception) -> OutputError:
    """The system's refusal to write (an OSError or ValueError), said so that a person can act on it."""
    number = fault.errno if isinstance(fault, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError(f"There is no room left for {shown(out)}.", "Free some space or choose another disk.")
    if number == errno.ENAMETOOLONG:
        return OutputError(f"The name {shown(out)} is too long.", "Choose a shorter name.")
    if number in (errno.EACCES, errno.EPERM):
        return OutputError(f"{shown(out)} may not be written there.", "Choose another folder.")
    if number == errno.EROFS:
        return OutputError(f"{shown(out)} lies on a disk that is read-only.", "Choose another folder.")
    reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
    return OutputError(f"{shown(out)} cannot be written: {reason}.", "Choose another name or folder.")
