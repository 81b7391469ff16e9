"""A server as a child process: it listens on loopback, and ends with the test that started it, however that ends."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

STARTS_S = 240


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def nobody() -> pwd.struct_passwd | None:
    """Who a server runs as, where the tests run as root and the server refuses to."""
    return pwd.getpwnam("nobody") if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def own_folder(prefix: str, owner: pwd.struct_passwd | None) -> Path:
    """A new folder with a short path that belongs to `owner`."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


class Server:
    """One process in a group of its own."""

    def __init__(self, command: Sequence[str], log: Path, owner: pwd.struct_passwd | None = None,
                 environment: Mapping[str, str] | None = None) -> None:  # fmt: skip
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=log.parent, process_group=0,
                env={**os.environ, **(environment or {})}, preexec_fn=_ends_with_us,
                **({} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}),
            )  # type: ignore[call-overload]  # fmt: skip

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Raises RuntimeError with the log's end where it does not come up."""
        until = time.monotonic() + STARTS_S
        while time.monotonic() < until and self.process.poll() is None:
            if ready():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def stop(self, how: int = signal.SIGTERM, patience_s: float = 60) -> None:
        """End it, by force where it does not listen; its children too."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(patience_s)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process.wait()

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _ends_with_us() -> None:
    """Linux ends the child when the tests are killed themselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)
