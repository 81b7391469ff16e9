"""What a service is told when it starts: where its data lie, who may come in, how much of everything.

Options of the command line win over environment variables (REELSCORE_DATA, REELSCORE_DATABASE, REELSCORE_BLOBS,
REELSCORE_ACCESS_TOKEN, REELSCORE_PUBLIC_URL, REELSCORE_SECRET...). Everything has a default: `reelscore serve` alone
serves one person on this machine from a folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` and `blobs` are URLs; empty ones lie in `data`."""

    data: Path
    database: str = ""  # sqlite:///..., postgresql://...
    blobs: str = ""  # file:///..., s3://bucket/prefix (credentials from the usual AWS variables)
    host: str = "127.0.0.1"
    port: int = 8700
    public_url: str = ""  # as clients reach it; unsaid: http://HOST:PORT
    accounts: bool = False  # off: one person, nothing is asked, nothing costs
    access_token: str = ""  # with accounts off: who has it may come in
    plans: Path | None = None
    hosts: tuple[str, ...] = ()  # further names it answers to
    upload_bytes: int = 500_000_000
    queues: tuple[str, ...] = ("orchestrate", "understand", "music", "render")
    workers: int = 0  # at once, per process tree; 0: as many as there are cores

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data / 'reelscore.db').absolute()}"

    @property
    def blobs_url(self) -> str:
        return self.blobs or (self.data / "blobs").absolute().as_uri()
