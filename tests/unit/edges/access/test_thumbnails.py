"""A small picture of what was uploaded: made once, kept as a blob, for nobody else."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import select

from reelscore.edges.api import media
from reelscore.edges.storage.collect import Keep, collect
from reelscore.edges.storage.tables import session_media
from tests.unit.edges.access.conftest import tone
from tests.unit.edges.access.service import Person, Service


def large(colour: str = "teal", size: tuple[int, int] = (1200, 800)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, "PNG")
    return held.getvalue()


def uploaded(person: Person, session: str, name: str, data: bytes) -> str:
    answer = person.upload(session, (name, data))
    return f"/v1/sessions/{session}/media/{answer.json()['files'][0]['id']}/thumbnail"


def test_a_picture_is_made_small_and_once(
    service: Service, ana: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = uploaded(ana, ana.session(), "beach.png", large())
    answer = ana.http.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (320, 213)
    red, green, blue = image.convert("RGB").getpixel((160, 100))  # type: ignore[misc]
    assert (red < 20, 110 < green < 145, 110 < blue < 145) == (True, True, True)
    again = uploaded(ben, ben.session(), "strand.png", large())

    def never(*_: object) -> bytes:
        raise AssertionError("made again")

    monkeypatch.setattr(media, "thumbnail", never)
    assert ana.http.get(address).content == answer.content
    assert ben.http.get(again).content == answer.content, "the same content is known, whoever sent it"
    unchanged = ana.http.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert unchanged.status_code == 304
    collect(service.store, Keep(grace=-1))
    assert ana.http.get(address).content == answer.content
    with service.store.database.read() as tx:
        held = set(tx.execute(select(session_media.c.thumbnail)).scalars())
    assert len(held - {None}) == 1


def test_small_and_upright_pictures_keep_their_shape(ana: Person) -> None:
    for size, wanted in (((64, 36), (64, 36)), ((300, 900), (107, 320))):
        answer = ana.http.get(uploaded(ana, ana.session(), "a.png", large("red", size)))
        assert Image.open(io.BytesIO(answer.content)).size == wanted


def test_a_film_is_looked_at_a_little_way_in(ana: Person) -> None:
    """Not at its first picture, which is often black."""
    frames = [Image.new("RGB", (640, 360), "black")] + [Image.new("RGB", (640, 360), "red")] * 19
    held = io.BytesIO()
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:], duration=100)
    answer = ana.http.get(uploaded(ana, ana.session(), "a.gif", held.getvalue()))
    image = Image.open(io.BytesIO(answer.content))
    red, _, _ = image.convert("RGB").getpixel((160, 90))  # type: ignore[misc]
    assert (image.size, red > 200) == ((320, 180), True)


def test_a_sound_has_none_and_a_strangers_picture_is_not_there(ana: Person, ben: Person) -> None:
    sound = ana.http.get(uploaded(ana, ana.session(), "a.wav", tone()))
    assert (sound.status_code, sound.json()["message"]) == (404, "A sound has no picture.")
    assert ben.http.get(uploaded(ana, ana.session(), "a.png", large("blue"))).status_code == 404
