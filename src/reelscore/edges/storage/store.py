"""The database and the blobs of a service, opened once by every process that works on them."""

from __future__ import annotations

from reelscore.edges.settings import Settings
from reelscore.edges.storage.blobs import Blobs
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.migrate import migrate
from reelscore.edges.storage.objects import Objects
from reelscore.errors import unwritable

__all__ = ["Store", "migrate"]


class Store:
    """What is kept. `migrate` comes before it, once. Raises OutputError, DataError."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        try:
            settings.data.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise unwritable(settings.data, fault) from None
        self.database = Database(settings.database_url)
        self.blobs = Blobs(self.database, Objects(settings.blobs_url), settings.data / "scratch")

    def close(self) -> None:
        self.database.close()
