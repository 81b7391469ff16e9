"""Names of things, and the clock: the only places of the service that draw lots or look at the time."""

from __future__ import annotations

import secrets
import time

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def new_id(prefix: str, length: int = 16) -> str:
    """ "job_k3v9...": not to be guessed, fit for a URL and a file name."""
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(length))}"


def new_number() -> str:
    """A session's id: 19 digits, as its clients expect."""
    return str(1_000_000_000_000_000_000 + secrets.randbelow(8_000_000_000_000_000_000))


def new_secret(prefix: str) -> str:
    """A token: 32 random bytes."""
    return prefix + secrets.token_urlsafe(32)


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000
