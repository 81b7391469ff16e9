"""What a service is told when it starts: where its data lie, who may come in, how much of everything.

Options of the command line win over environment variables (REELSCORE_DATA, REELSCORE_DATABASE, REELSCORE_BLOBS,
REELSCORE_ACCESS_TOKEN, REELSCORE_PUBLIC_URL, REELSCORE_SECRET...). Everything has a default: `reelscore serve` alone
serves one person on this machine from a folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reelscore.errors import DataError


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
    origins: tuple[str, ...] = ()  # pages elsewhere that may call it from a browser
    upload_bytes: int = 500_000_000
    calls_per_s: float = 20.0  # of one caller, with accounts; more of them at once for a moment
    streams: int = 64  # of one caller that are open at once, with accounts
    secret: str = ""  # signs links; unsaid: made once and kept in the database
    url_ports: tuple[int, ...] = (80, 443)  # of addresses that are fetched or called for people
    url_private: bool = False  # whether such addresses may lie in private networks; only for closed networks and tests
    queues: tuple[str, ...] = ("orchestrate", "understand", "music", "render")
    workers: int = 0  # at once, per process tree; 0: as many as there are cores

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data / 'reelscore.db').absolute()}"

    @property
    def blobs_url(self) -> str:
        return self.blobs or (self.data / "blobs").absolute().as_uri()

    @property
    def public(self) -> str:
        """The address that links begin with, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{address(self.host, self.port)}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    plain = host.strip("[]").lower()
    return plain in ("localhost", "::1") or plain.startswith("127.")


def address(host: str, port: int) -> str:
    """ "127.0.0.1:8700", "[::1]:8700"; a server on all addresses is reached here by the loopback one."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host.strip("[]"))
    return f"[{shown}]:{port}" if ":" in shown else f"{shown}:{port}"


def read_settings(environment: Mapping[str, str] | None = None, **said: Any) -> Settings:
    """Settings from the environment (unsaid: this process's), options that are not None winning. Raises DataError.

    Every field has its variable: `upload_bytes` is REELSCORE_UPLOAD_BYTES; lists are separated by commas.
    """
    held = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for field in fields(Settings):
        text = held.get(f"REELSCORE_{field.name.upper()}")
        if text is not None and text.strip():
            values[field.name] = _read(field.name, str(field.type), text.strip())
    values |= {name: value for name, value in said.items() if value is not None}
    values.setdefault("data", default_data(held))
    return checked(Settings(**values))


def default_data(environment: Mapping[str, str]) -> Path:
    """Where data lie when nobody says: the user's own data folder."""
    home = environment.get("XDG_DATA_HOME") or ""
    return (Path(home) if home else Path.home() / ".local" / "share") / "reelscore" / "service"


def checked(settings: Settings) -> Settings:
    """The settings if they make sense together. Raises DataError."""
    if not 0 <= settings.port <= 65_535:
        raise DataError(f"{settings.port} is no port.", "Give one from 1 to 65535.")
    if settings.public_url and urlsplit(settings.public_url).scheme not in ("http", "https"):
        raise DataError(f'"{settings.public_url[:60]}" is no address.', "Write https://example.com.")
    if settings.access_token and len(settings.access_token) < 16:
        raise DataError("The access token is too short to keep anybody out.", "Give at least 16 letters.")
    for name in ("upload_bytes", "calls_per_s", "streams"):
        if getattr(settings, name) <= 0:
            raise DataError(f"{name} is {getattr(settings, name)}.", "It must be above 0.")
    if settings.workers < 0:
        raise DataError(f"{settings.workers} workers cannot be.", "Give 0 for as many as there are cores.")
    return replace(settings, data=settings.data.expanduser())


_SWITCH = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}


def _read(name: str, kind: str, text: str) -> Any:
    if kind.startswith("tuple"):
        return tuple(
            _read(name, kind[len("tuple[") :].split(",")[0], part.strip()) for part in text.split(",") if part.strip()
        )
    if kind == "bool":
        if text.lower() not in _SWITCH:
            raise _unread(name, text, "Write yes or no.")
        return _SWITCH[text.lower()]
    if kind in ("int", "float"):
        try:
            return int(text.replace("_", "")) if kind == "int" else float(text)
        except ValueError:
            raise _unread(name, text, "Write a number.") from None
    return Path(text) if "Path" in kind else text


def _unread(name: str, text: str, hint: str) -> DataError:
    return DataError(f'REELSCORE_{name.upper()} is "{text[:40]}".', hint)
