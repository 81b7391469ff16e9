"""A session's shelf: what was found in its media, the music written for it, and where files lie."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import StoredMedia
from reelscore.edges.storage.shelf import SessionShelf
from reelscore.edges.storage.store import Store
from reelscore.editing import Files, pack
from reelscore.errors import DataError, MediaError, NotFoundError
from reelscore.values.codec import dumps
from reelscore.values.levels import Levels
from reelscore.values.piece import Piece
from reelscore.values.reading import AudioStream, MediaInfo, Reading
from reelscore.values.timeline import Media
from tests.unit.deliver.song import brief, song

SOUND = AudioStream(0, "aac", 48_000, 2, Fraction(0), Fraction(3))
INFO = MediaInfo("", "m4a", 10, None, SOUND, 0, 1, False, Fraction(3))
MUSIC = np.random.default_rng(1).normal(0, 0.1, (4_800, 2)).astype(np.float32)


PIECE = Piece(brief(), song(), Levels((), 1.0, None))


def session(store: Store) -> str:
    with store.database.write() as tx:
        return sessions.create(tx, "local").id


def uploaded(store: Store, session_id: str, reading: Reading | None = None) -> StoredMedia:
    blob = store.blobs.put_bytes(b"some sound")
    kept = store.blobs.put_bytes(dumps(reading, None).encode()) if reading else ""
    medium = Media(f"sha256:{blob}", "audio", "song.m4a", Fraction(3), has_sound=True)
    with store.database.write() as tx:
        return sessions.add_media(tx, session_id, StoredMedia(medium.id, blob, "song.m4a", 10, medium, INFO, kept))


def test_a_shelf_gives_what_was_found_and_where_it_lies(store: Store) -> None:
    here, elsewhere = session(store), session(store)
    stored = uploaded(store, here, Reading(INFO))
    shelf: Files = SessionShelf(store, here)
    assert shelf.reading(stored.media) == Reading(INFO)
    assert shelf.reading(stored.media) is SessionShelf(store, here).reading(stored.media), "parsed once"
    assert shelf.info(stored.media) == INFO
    assert shelf.path(stored.media).read_bytes() == b"some sound"
    other = SessionShelf(store, elsewhere)
    assert other.reading(stored.media) is None
    for ask in (other.path, other.info):
        with pytest.raises(MediaError, match="does not know"):
            ask(stored.media)
    with pytest.raises(DataError, match="no music"):
        shelf.piece(stored.media)


def test_a_reading_that_comes_later_is_seen(store: Store) -> None:
    here = session(store)
    stored = uploaded(store, here)
    shelf = SessionShelf(store, here)
    assert shelf.reading(stored.media) is None
    found = replace(Reading(INFO), notes=("hello",))
    blob = store.blobs.put_bytes(dumps(found, None).encode())
    with store.database.write() as tx:
        sessions.set_reading(tx, here, stored.media, blob, info=replace(INFO, warnings=("odd",)))
        with pytest.raises(NotFoundError):
            sessions.set_reading(tx, here, "sha256:none", blob)
    assert shelf.reading(stored.media) == found
    assert SessionShelf(store, here).info(stored.media).warnings == ("odd",)


def test_music_comes_back_note_for_note_and_sample_for_sample(store: Store) -> None:
    here = session(store)
    medium, name = SessionShelf(store, here).keep(PIECE, MUSIC, "Song")
    assert (medium.name, medium.duration, name) == ("Song.wav", Fraction(1, 10), medium.id)
    shelf = SessionShelf(store, here)
    assert shelf.piece(name) == PIECE
    assert np.array_equal(shelf.sound(medium.id), MUSIC)
    assert shelf.info(medium.id) == pack(PIECE, MUSIC).info
    assert shelf.reading(medium.id) is None
    assert SessionShelf(store, here).keep(PIECE, MUSIC, "Song") == (medium, name)


def test_music_that_is_held_is_the_sessions_only_when_the_work_ends(store: Store) -> None:
    here = session(store)
    shelf = SessionShelf(store, here, hold=True)
    medium, name = shelf.keep(PIECE, MUSIC, "Song")
    assert shelf.piece(name) == PIECE
    assert shelf.path(medium.id).is_file()
    with store.database.read() as tx:
        assert sessions.media(tx, here) == ()
    with store.database.write() as tx:
        shelf.store_kept(tx)
    with store.database.read() as tx:
        (row,) = sessions.media(tx, here)
    assert (row.medium, row.origin, row.filename) == (medium, "composed", "Song.wav")


def test_the_same_content_twice_is_one_medium(store: Store) -> None:
    here = session(store)
    assert uploaded(store, here) == uploaded(store, here)
    read = uploaded(store, here, Reading(INFO))
    assert read.reading
    assert uploaded(store, here) == read
    with store.database.read() as tx:
        assert sessions.media(tx, here) == (read,)
        assert sessions.medium(tx, here, read.media) == read


def test_a_medium_needs_its_blob(store: Store) -> None:
    here = session(store)
    medium = Media(f"sha256:{'0' * 64}", "audio", "x", Fraction(3))
    with store.database.write() as tx, pytest.raises(NotFoundError):
        sessions.add_media(tx, here, StoredMedia(medium.id, "0" * 64, "x", 1, medium, INFO))


def test_files_that_were_damaged_say_so(store: Store) -> None:
    here = session(store)
    stored = uploaded(store, here, Reading(INFO))
    Path(store.blobs.path(stored.reading)).write_bytes(b"rubbish")
    store.blobs.objects.remove(stored.blob)
    shelf = SessionShelf(store, here)
    with pytest.raises(DataError, match="Restore it from a copy"):
        shelf.reading(stored.media)
    with pytest.raises(MediaError, match='"song.m4a" is gone.*Upload it again'):
        shelf.path(stored.media)
