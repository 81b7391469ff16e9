"""Limits on a running process, set from outside where the system can do so (Linux); silently none elsewhere."""

from __future__ import annotations

import contextlib
import sys


def hold(process: int, memory_bytes: int, cpu_s: int, file_bytes: int) -> None:
    """Hold a child to this much address space, processor time and file size, and to no core dump."""
    if sys.platform != "linux":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        with contextlib.suppress(OSError, ValueError):  # ended already, or a lower limit holds already
            resource.prlimit(process, what, (most, most))
