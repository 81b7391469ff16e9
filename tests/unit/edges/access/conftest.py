"""A server with accounts, and small media made by script."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from reelscore.edges.settings import Settings
from tests.unit.edges.access.service import Person, Service, serving
from tests.unit.edges.accounts.fresh import fresh_store


def make_settings(folder: Path, **other: object) -> Settings:
    return Settings(data=folder, accounts=True, secret="only this test knows it", calls_per_s=10_000, **other)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One server for a file of tests: every test makes its own people. Files up to 3 MB."""
    settings = make_settings(tmp_path_factory.mktemp("service"), upload_bytes=3_000_000)
    store = fresh_store(settings)
    try:
        with serving(store, settings) as running:
            yield running
    finally:
        store.close()


@pytest.fixture
def ana(service: Service) -> Person:
    return service.person()


@pytest.fixture
def ben(service: Service) -> Person:
    return service.person()


def tone(seconds: float = 0.5, seed: int = 0) -> bytes:
    """A WAV file; another `seed` is another content."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        frames = int(8000 * seconds)
        file.writeframes(b"".join(((n * (seed + 7)) % 2000).to_bytes(2, "little") for n in range(frames)))
    return held.getvalue()


def picture(colour: str = "teal") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(held, "PNG")
    return held.getvalue()
