"""A service in processes of its own, on a database of its own, whose processes can be killed and are started again.

`House` holds the workers, whoever speaks to the sessions, and for PostgreSQL the database's server. All its processes
carry a mark in their environment, so that one that was left behind is found.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan
from reelscore.edges.jobs import processes, queues
from reelscore.edges.jobs.worker import command
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from tests.servers.postgres import Postgres

MARK = "REELSCORE_FAULTS_HOUSE"
QUIET_S = 30.0


class House:
    """Everything runs between `with House(...)` and its end."""

    def __init__(self, database: str, workers: int, size: int = 2) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.postgres = Postgres() if database == "postgres" else None
        url = self.postgres.new_database() if self.postgres else ""
        self.settings = Settings(data=self.folder / "data", database=url, accounts=True, workers=size)
        migrate(self.settings.database_url)
        self.store = Store(self.settings)
        queues.prepare(self.store.database)
        with self.store.database.write() as tx:
            self.account = open_account(tx, plan(self.settings, "studio"), "registered")
        self._count = workers
        self.workers: list[subprocess.Popen[bytes]] = []
        self.speaker: subprocess.Popen[bytes] | None = None
        self.script = self.folder / "script.json"

    def __enter__(self) -> House:
        self.workers = [self._worker() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, *([self.speaker] if self.speaker else [])):
            self.kill(process)
        for pid in self.marked():
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        queues.close(self.store.database)
        self.store.close()
        if self.postgres:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What can happen to it.

    def kill(self, process: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
        process.send_signal(number)
        process.wait()
        for pipe in (process.stdin,):
            if pipe is not None:
                pipe.close()

    def kill_worker(self, which: int) -> None:
        """kill -9, and another one in its place."""
        self.kill(self.workers[which])
        self.workers[which] = self._worker()

    def kill_child(self, choose: Callable[[list[int]], int]) -> bool:
        """kill -9 one of the processes that the workers started."""
        until = time.monotonic() + QUIET_S
        while not (below := processes.descendants(process.pid for process in self.workers)):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        with suppress(OSError):
            os.kill(choose(below), signal.SIGKILL)
        return True

    def kill_speaker(self) -> None:
        if self.speaker is not None and self.speaker.poll() is None:
            self.kill(self.speaker)

    def kill_everything(self) -> None:
        """The machine's service at once: workers, whoever spoke, and (where it is a process) the database."""
        for process in self.workers:
            process.send_signal(signal.SIGKILL)
        self.kill_speaker()
        if self.postgres:
            self.postgres.crash()
            self.postgres.start()
        for process in self.workers:
            self.kill(process)
        self.workers = [self._worker() for _ in self.workers]

    def kill_database(self) -> None:
        assert self.postgres is not None
        self.postgres.crash()
        self.postgres.start()

    # Talk.

    def say(self, script: list[dict[str, object]]) -> None:
        """Have a process say all this, again and again until it got an answer."""
        self.script.write_text(json.dumps(script), encoding="utf-8")
        self.speaker = self._start([sys.executable, "-m", "tests.faults.speaker", self.account, str(self.script)])

    def keep_speaking(self) -> bool:
        """Has everything been said? A speaker that was killed begins again."""
        assert self.speaker is not None
        code = self.speaker.poll()
        if code is None:
            return False
        if code == 0:
            return True
        self.speaker = self._start(self.speaker.args)  # type: ignore[arg-type]
        return False

    # What is left.

    def marked(self) -> list[int]:
        """Every process that comes from this house."""
        wanted = f"{MARK}={self.folder}".encode()
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdecimal() and int(entry) != os.getpid():
                with suppress(OSError):
                    if wanted in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                        found.append(int(entry))
        return found

    def orphans(self) -> list[int]:
        """Processes of this house that nobody of it started any more, after a moment to end by themselves."""
        until = time.monotonic() + QUIET_S
        while True:
            mine = {process.pid for process in self.workers} | ({self.speaker.pid} if self.speaker else set())
            known = mine | set(processes.descendants(mine))
            left = [pid for pid in self.marked() if pid not in known and processes.alive(pid)]
            if not left or time.monotonic() > until:
                return left
            time.sleep(0.1)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start(command())

    def _start(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            MARK: str(self.folder),
            "REELSCORE_DATA": str(self.settings.data),
            "REELSCORE_DATABASE": self.settings.database,
            "REELSCORE_ACCOUNTS": "yes",
            "REELSCORE_WORKERS": str(self.settings.workers),
        }
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                arguments,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=Path(__file__).parents[2],
                start_new_session=True,
            )
