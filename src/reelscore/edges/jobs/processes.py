"""Processes: who one is, whether it is still there, what it started, and how all of that is ended.

A process is named by its host (with the boot and the process namespace, for containers), its number and the moment it
started, so that a number that was given again is not taken for it. What is read here comes from /proc where there is
one; elsewhere only process groups are ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_SET_CHILD_SUBREAPER = 36  # prctl(2)
_PROC = Path("/proc")


@lru_cache(maxsize=1)
def host() -> str:
    """This machine (or container), since it was started."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append((_PROC / "sys/kernel/random/boot_id").read_text()[:8])
    with contextlib.suppress(OSError):
        parts.append(str(os.stat("/proc/self/ns/pid").st_ino))
    return "-".join("".join(c if c.isalnum() else "-" for c in part) for part in parts)


def name_of(pid: int) -> str:
    """ "HOST:PID:STARTED"."""
    return f"{host()}:{pid}:{started(pid) or 0}"


def is_gone(name: str) -> bool:
    """Is it certain that this process is no more? Of one on another host nothing is certain."""
    where, _, rest = name.partition(":")
    number, _, since = rest.partition(":")
    if where != host() or not number.isdecimal():
        return False
    since = since.partition(":")[0]
    pid = int(number)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    now = started(pid)
    return now is not None and since not in ("", "0") and str(now) != since


def started(pid: int) -> int | None:
    """When it started, in ticks since the boot."""
    fields = _stat(pid)
    return int(fields[19]) if len(fields) > 19 else None


_adopting = False


def adopt() -> None:
    """What a child of this process leaves behind becomes this process's child (Linux), and can be ended. For a process
    that starts nothing but workers' children."""
    global _adopting
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            _adopting = ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def children() -> dict[int, int]:
    """Every process and its parent."""
    found = {}
    with contextlib.suppress(OSError):
        for entry in os.listdir(_PROC):
            if entry.isdecimal():
                fields = _stat(int(entry))
                if len(fields) > 1:
                    found[int(entry)] = int(fields[1])
    return found


def descendants(roots: Iterable[int]) -> list[int]:
    """All that these processes started, and what those did."""
    parents = children()
    below: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        below.setdefault(parent, []).append(pid)
    found, look = [], list(roots)
    while look:
        for pid in below.get(look.pop(), ()):
            found.append(pid)
            look.append(pid)
    return found


def end_tree(pid: int, patience_s: float = 0.3) -> None:
    """End a process that leads its group, and everything it started: asked first, then made to."""
    below = descendants((pid,))
    _signal(pid, below, signal.SIGTERM)
    end = time.monotonic() + patience_s
    while time.monotonic() < end and any(alive(one) for one in (pid, *below)):
        time.sleep(0.02)
    _signal(pid, [*below, *descendants((pid,))], signal.SIGKILL)


def end_orphans(mine: Iterable[int]) -> int:
    """End the children of this process that nobody knows: left behind by one that died. How many there were.

    Only where the process adopts: elsewhere it has children of its own.
    """
    if not _adopting:
        return 0
    known, me, ended = set(mine), os.getpid(), 0
    for pid, parent in children().items():
        if parent == me and pid not in known:
            _signal(pid, descendants((pid,)), signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
            ended += 1
    return ended


def alive(pid: int) -> bool:
    """Is it there, and more than a name that nobody has asked for yet?"""
    fields = _stat(pid)
    if fields:
        return fields[0] not in ("Z", "X")
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return not _PROC.is_dir()


def _signal(leader: int, others: Iterable[int], number: int) -> None:
    with contextlib.suppress(OSError):
        if os.getpgid(leader) == leader:
            os.killpg(leader, number)
        else:
            os.kill(leader, number)
    for pid in others:
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, group, ..."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
