"""Empty databases without the wait: the tables are made once a run, and every test gets a copy of that file."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate


@cache
def _empty() -> Path:
    folder = Path(mkdtemp(prefix="reelscore-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = Settings(data=folder)
    migrate(settings.database_url)
    return folder / "reelscore.db"


def fresh_store(settings: Settings) -> Store:
    """An open store over an empty SQLite database in the settings' folder."""
    settings.data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_empty(), settings.data / "reelscore.db")
    return Store(settings)
