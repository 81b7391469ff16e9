"""One thread of this process at a time for each session; other processes are kept apart by the session's row."""

from __future__ import annotations

import threading
from weakref import WeakValueDictionary


class Turn:
    """One session's turn in this process."""

    def __init__(self) -> None:
        self.held = threading.RLock()


_turns: WeakValueDictionary[str, Turn] = WeakValueDictionary()
_guard = threading.Lock()


def turn_of(session_id: str) -> Turn:
    """The session's turn: the same one for everybody who asks while somebody has it."""
    with _guard:
        return _turns.setdefault(session_id, Turn())
