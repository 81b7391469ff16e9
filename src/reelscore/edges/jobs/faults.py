"""What went wrong, as events and jobs tell it: {"code", "message", "hint"}, the codes as clients know them."""

from __future__ import annotations

from typing import Any

from reelscore import errors
from reelscore.errors import ReelscoreError

CODES: tuple[tuple[type[ReelscoreError], int], ...] = (
    (errors.CreditsError, 2001),
    (errors.UnauthorisedError, 1001),
    (errors.NotFoundError, 1002),
    (errors.UnsupportedError, 4001),
    (errors.TooLargeError, 4002),
    (errors.NotAllowedError, 403),
    (errors.LimitError, 429),
    (errors.ConflictError, 409),
    (errors.CancelledError, 499),
)
CRASHED = {
    "code": 500,
    "message": "The work stopped again and again without saying why.",
    "hint": "Try again; if it happens once more, something about this material is beyond this server.",
}


def told(error: ReelscoreError) -> dict[str, Any]:
    """An error as JSON."""
    code = next((code for kind, code in CODES if isinstance(error, kind)), 400)
    return {"code": code, "message": error.message, "hint": error.hint}


def error_of(told: dict[str, Any]) -> ReelscoreError:
    """An error that was told, as one to be raised or worded."""
    kind = next((kind for kind, code in CODES if code == told.get("code")), ReelscoreError)
    if kind is errors.CancelledError:
        return errors.CancelledError()
    return kind(str(told.get("message", "")), str(told.get("hint", "")))
