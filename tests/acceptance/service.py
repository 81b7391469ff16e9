"""A server, started as a person starts it, on a free port and in a folder of its own; and a small client."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.command import COMMAND

_AT = re.compile(r"Reelscore is at (http://[\w.:\[\]]+)")


class Served:
    """A running server. `stop` ends it in order, `kill` at once."""

    def __init__(self, folder: Path, *options: str, port: int = 0, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.log = (folder.parent / f"{folder.name}.log").open("ab")
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port), "--data", str(folder), *options],
            stdout=subprocess.PIPE, stderr=self.log, stdin=subprocess.DEVNULL, text=True, start_new_session=True,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
        self.said = self.process.stdout.readline() if self.process.stdout else ""
        found = _AT.search(self.said)
        if found is None:
            self.kill()
            log = (folder.parent / f"{folder.name}.log").read_text()[-2000:]
            raise AssertionError(f"The server did not start: {self.said!r}\n{log}")
        self.url = found[1]
        self.client = httpx.Client(base_url=self.url, timeout=300, trust_env=False)

    def stop(self, sig: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sig)
            try:
                self.process.wait(180)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("The server did not stop within 180 s.") from None
        self._close()
        return self.process.returncode

    def children(self) -> list[int]:
        """The processes it started itself."""
        place = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = [Path(f"/proc/{self.process.pid}/task") / t / "children" for t in os.listdir(place.parents[1])]
        return [int(pid) for one in found for pid in one.read_text().split()]

    def kill(self) -> None:
        """No chance to put anything in order; its worker notices and leaves."""
        self.process.kill()
        self.process.wait()
        self._close()

    def _close(self) -> None:
        if self.process.stdout:
            self.process.stdout.close()
        self.log.close()
        if hasattr(self, "client"):
            self.client.close()

    # What people do.

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, expect: tuple[int, ...] = (200, 201, 202)) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.status_code in expect, f"{answer.status_code}: {answer.text}"
        return answer.json()

    def session(self, *files: Path, **body: Any) -> str:
        """A session with these files in it, read."""
        made: str = self.post("/v1/sessions", body)["session"]["id"]
        if files:
            sent = [("files", (file.name, file.read_bytes())) for file in files]
            answer = self.client.post(f"/v1/sessions/{made}/media", files=sent)
            assert answer.status_code == 201, answer.text
            wait_for(lambda: all(one["read"] for one in self.get(f"/v1/sessions/{made}/media")["items"]))
        return made

    def say(self, session: str, text: str, **more: Any) -> Any:
        """A message and its answer, however long that takes."""
        told = self.post(f"/v1/sessions/{session}/messages", {"text": text, **more})
        return self.answered(told)

    def answered(self, told: Any) -> Any:
        place = f"/v1/sessions/{told['session']}/messages/{told['id']}"
        return wait_for(lambda: (now := self.get(place))["state"] not in ("waiting", "running") and now)

    def finished(self, job: str) -> Any:
        """A job once it has ended."""
        ended = ("completed", "failed", "cancelled")
        return wait_for(lambda: (now := self.get(f"/v1/jobs/{job}"))["state"] in ended and now)

    def fetched(self, job: Any, path: Path) -> Path:
        """The job's file, downloaded."""
        answer = self.client.get(f"/v1/jobs/{job['id']}/download", follow_redirects=True)
        assert answer.status_code == 200, answer.text
        path.write_bytes(answer.content)
        return path

    def events(self, path: str) -> Iterator[tuple[int, str, Any]]:
        """(id, kind, data) of a stream that ends."""
        with self.client.stream("GET", path) as answer:
            assert answer.status_code == 200
            number, kind = 0, ""
            for line in answer.iter_lines():
                if line.startswith("id:"):
                    number = int(line[3:])
                elif line.startswith("event:"):
                    kind = line[6:].strip()
                elif line.startswith("data:"):
                    yield number, kind, json.loads(line[5:])


def wait_for(look: Any, within_s: float = 600, every_s: float = 0.2) -> Any:
    """What `look` gives as soon as it gives something."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(every_s)
    raise AssertionError(f"It did not happen within {within_s:g} s.")
