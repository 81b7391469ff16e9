"""A PostgreSQL server of our own: made by initdb in a folder of its own, on a free port, gone afterwards.

It refuses to run as root, so where the tests do it runs as "nobody". Nothing waits for the disk (fsync off): killing
its processes loses nothing, only a power cut would.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.servers.process import Server, free_port, nobody, own_folder

MISSING = "no PostgreSQL here (`postgres` and `initdb` are not on the path)"


def installed() -> bool:
    return _program("postgres") is not None and _program("initdb") is not None


class Postgres:
    """A running server. `crash` and `start` again stand for its process being killed."""

    def __init__(self) -> None:
        postgres, initdb = _program("postgres"), _program("initdb")
        assert postgres is not None
        assert initdb is not None
        self._program, self._owner, self.port = postgres, nobody(), free_port()
        self.folder = own_folder("pg-", self._owner)
        self._server: Server | None = None
        try:
            user = {} if self._owner is None else {"user": self._owner.pw_uid, "group": self._owner.pw_gid}
            subprocess.run(
                [initdb, "-D", str(self.folder / "data"), "-U", "reelscore", "-A", "trust", "-E", "UTF8", "--locale=C",
                 "--no-sync", "--no-instructions"],
                check=True, capture_output=True, cwd=self.folder, extra_groups=None if self._owner is None else [],
                **user,
            )  # type: ignore[call-overload]  # fmt: skip
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder, "fsync": "off",
            "max_connections": 200, "shared_buffers": "64MB", "full_page_writes": "off", "autovacuum": "off",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self._program, "-D", str(self.folder / "data"), *options]
        self._server = Server(command, self.folder / "log", self._owner)
        self._server.wait_until(self._answers)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://reelscore@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"t_{uuid4().hex[:12]}"
        with psycopg.connect(self.url(), autocommit=True) as held:
            held.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def drop(self, url: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as held:
            held.execute(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)".encode())

    def crash(self) -> None:
        """All its processes end at once, with no time to write anything. `start` brings it back."""
        assert self._server is not None
        head = self._server.process.pid
        children = _children(head)
        self._server.process.kill()
        for child in children:
            _kill(child)
        self._server.process.wait()
        until = time.monotonic() + 60
        while any(os.path.exists(f"/proc/{child}") for child in children) and time.monotonic() < until:
            time.sleep(0.02)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop(signal.SIGINT)
            self._server = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=10).close()
        except psycopg.OperationalError:
            return False
        return True


def _program(name: str) -> str | None:
    found = shutil.which(name)
    if found is None:  # where Debian puts it
        places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
        found = str(places[0]) if places else None
    return None if found is None else os.path.realpath(found)


def _children(process: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
