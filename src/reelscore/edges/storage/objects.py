"""Where the bytes of blobs lie: a folder, or a bucket of any S3 server; one small interface over both.

An object is named by its SHA-256 ("ab/ab34...") and is there whole or not at all: a folder gets it by a hard link of a
finished file, a bucket by completing its upload. The usual AWS variables say how a bucket is reached
(AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION). https://developmentseed.org/obstore/
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from reelscore.errors import DataError, OutputError, ReelscoreError, UnavailableError, unwritable

BLOCK = 1 << 20
_PART, _AT_ONCE = 8 << 20, 4  # of uploads in several parts: at most 32 MB in memory
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as it lies there."""

    digest: str
    size: int
    modified_ms: int


class Objects:
    """An open place for objects. `folder`: where its files lie, None for a bucket. Raises OutputError, DataError
    (nothing that can be used), UnavailableError (cannot be reached now)."""

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        self.url = url
        self.folder: Path | None = None
        parts = urlsplit(url)
        if parts.scheme == "file" and parts.netloc in ("", "localhost"):
            self.folder = Path(url2pathname(parts.path))
            self._store: Any = _local(self.folder)
        elif parts.scheme == "s3" and parts.netloc:
            self._store = _bucket(url, os.environ if environment is None else environment)
        else:
            raise DataError(f'"{url[:80]}" is no place for files.', "Give file:///FOLDER or s3://BUCKET/PREFIX.")

    def size(self, digest: str) -> int | None:
        """Its size in bytes; None where it is not there."""
        if self.folder is not None:
            return _size(self.folder / _place(digest))
        try:
            with self._faults():
                return int(obstore.head(self._store, _place(digest))["size"])
        except _MissingError:
            return None

    def add(self, file: Path, digest: str) -> None:
        """Put a finished file there (the file itself stays where it is)."""
        if self.folder is not None:
            self._linked(file, digest)
            return
        with self._faults():
            obstore.put(self._store, _place(digest), file, chunk_size=_PART, max_concurrency=_AT_ONCE)

    def read(self, digest: str, start: int, end: int) -> Iterator[bytes]:
        """Its bytes from `start` up to `end`, in pieces of about a megabyte. Raises FileNotFoundError."""
        if end <= start:
            return
        try:
            with self._faults():
                got = obstore.get(self._store, _place(digest), options={"range": (start, end)})
                for piece in got.stream(min_chunk_size=BLOCK):
                    yield bytes(piece)
        except _MissingError:
            raise FileNotFoundError(digest) from None

    def remove(self, digest: str) -> None:
        """Away with it, if it is there."""
        try:
            with self._faults():
                obstore.delete(self._store, _place(digest))
        except _MissingError:
            pass

    def listed(self) -> Iterator[Listed]:
        """Every object there."""
        with self._faults():
            for batch in obstore.list(self._store):
                for meta in batch:
                    digest = str(meta["path"]).rsplit("/", 1)[-1]
                    if is_digest(digest) and meta["path"] == _place(digest):
                        modified = int(meta["last_modified"].timestamp() * 1000)
                        yield Listed(digest, int(meta["size"]), modified)

    def file(self, digest: str) -> Path | None:
        """Its file, where it lies in a folder."""
        return None if self.folder is None else self.folder / _place(digest)

    def _linked(self, file: Path, digest: str) -> None:
        assert self.folder is not None
        place = self.folder / _place(digest)
        try:
            place.parent.mkdir(exist_ok=True)
            try:
                os.link(file, place)
            except FileExistsError:
                if _size(place) != file.stat().st_size:  # just collected, or damaged from outside
                    _over(file, place)
            except OSError:  # a disk without hard links
                _over(file, place)
            _settle(place.parent)
        except OSError as fault:
            raise unwritable(place, fault) from None

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Faults of the store, said so that a person can act on them."""
        try:
            yield
        except (NotFoundError, FileNotFoundError):
            raise _MissingError from None
        except (PermissionDeniedError, UnauthenticatedError, PermissionError):
            raise OutputError(
                f'"{self.url}" may not be used.',
                "Check its permissions, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            ) from None
        except OSError as fault:
            raise unwritable(self.folder or Path(self.url), fault) from None
        except BaseError as fault:
            raise _told(self.url, str(fault)) from None


class _MissingError(Exception):
    """There is no such object."""


def is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX


def _place(digest: str) -> str:
    if not is_digest(digest):
        raise DataError(f"{digest[:70]!r} is no SHA-256.", "Nothing is kept under such a name.")
    return f"{digest[:2]}/{digest}"


def _told(url: str, words: str) -> ReelscoreError:
    low = words.lower()
    if "no space left" in low:
        return OutputError(f'There is no room left in "{url}".', "Free some space.")
    if "nosuchbucket" in low:
        return OutputError(f'There is no bucket "{url}".', "Create it, or give the URL of another.")
    if any(code in low for code in ("accessdenied", "invalidaccesskeyid", "signaturedoesnotmatch")):
        return OutputError(f'"{url}" may not be used.', "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    reason = " ".join(words.split(", after")[0].split())[:200]
    return UnavailableError(f'"{url}" cannot be reached: {reason}.', "Try again.", retry_after_s=5)


def _local(folder: Path) -> LocalStore:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(str(folder))
    except (OSError, BaseError) as fault:
        raise unwritable(folder, fault if isinstance(fault, OSError) else ValueError(str(fault))) from None


def _bucket(url: str, environment: Mapping[str, str]) -> S3Store:
    given = {name.lower(): value for name, value in environment.items() if name.startswith("AWS_") and value}
    endpoint = given.get("aws_endpoint_url_s3") or given.get("aws_endpoint_url") or given.get("aws_endpoint", "")
    known = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_region", "aws_default_region")
    config: dict[str, Any] = {name: given[name] for name in known if name in given}
    if endpoint:
        config["aws_endpoint"] = endpoint
        config.setdefault("aws_region", config.get("aws_default_region", "us-east-1"))
    options: Any = {"timeout": "300s", "connect_timeout": "5s", "allow_http": endpoint.startswith("http://")}
    retries: Any = {"max_retries": 5, "retry_timeout": timedelta(seconds=20)}
    try:
        return S3Store.from_url(url, config=config, client_options=options, retry_config=retries)  # type: ignore[arg-type]
    except (BaseError, ValueError) as fault:
        raise DataError(f'"{url[:80]}" is no bucket that can be used: {fault}', "Check the AWS variables.") from None


def _size(place: Path) -> int | None:
    try:
        return place.stat().st_size
    except FileNotFoundError:
        return None


def _over(file: Path, place: Path) -> None:
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.copyfile(file, draft)
    with draft.open("rb+") as copied:
        os.fsync(copied.fileno())
    draft.replace(place)


def _settle(folder: Path) -> None:
    """A new name is on the disk when this returns."""
    if os.name == "posix":
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)
