"""Links to files: good for one file, one name and a time; parts of it; from a folder and a bucket alike."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from reelscore.edges.api import downloads
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from tests.unit.edges.access.service import Service, serving
from tests.unit.edges.accounts.fresh import fresh_store

DATA = os.urandom(2_500_000)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def digest(service: Service) -> str:
    return service.store.blobs.put_bytes(DATA)


def place(service: Service, digest: str, name: str = "film.mp4", ttl_s: float = 60) -> str:
    parts = urlsplit(downloads.link(service.store, digest, name, ttl_s))
    return f"{parts.path}?{parts.query}"


def test_a_link_needs_no_token(service: Service, digest: str) -> None:
    answer = service.client().get(place(service, digest))
    assert answer.content == DATA
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(DATA))
    assert answer.headers["content-disposition"].startswith('inline; filename="film.mp4"')
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=5-", 206, 5, len(DATA)),
        ("bytes=-7", 206, len(DATA) - 7, len(DATA)),
        ("bytes=0-99999999999", 206, 0, len(DATA)),
        (f"bytes={len(DATA) - 1}-", 206, len(DATA) - 1, len(DATA)),
        ("bytes=1048570-1048590", 206, 1_048_570, 1_048_591),
        ("bytes=9-5", 200, 0, len(DATA)),
        ("bytes=0-1,5-6", 200, 0, len(DATA)),
        ("lines=0-1", 200, 0, len(DATA)),
        ("bytes=-", 200, 0, len(DATA)),
        (f"bytes={len(DATA)}-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
    ],
)
def test_parts_of_a_file(service: Service, digest: str, asked: str, status: int, start: int, end: int) -> None:
    answer = service.client().get(place(service, digest), headers={"Range": asked})
    assert answer.status_code == status
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{len(DATA)}"
        return
    assert answer.content == DATA[start:end]
    if status == 206:
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(DATA)}"


def test_conditions(service: Service, digest: str) -> None:
    """Unchanged is told in a line; a part of something that changed is the whole."""
    client, where = service.client(), place(service, digest)
    tag = client.head(where).headers["etag"]
    assert client.get(where, headers={"If-None-Match": f'"other", {tag}'}).status_code == 304
    assert client.get(where, headers={"Range": "bytes=0-4", "If-Range": tag}).status_code == 206
    assert client.get(where, headers={"Range": "bytes=0-4", "If-Range": '"other"'}).status_code == 200


def test_head_tells_without_sending(service: Service, digest: str) -> None:
    answer = service.client().head(place(service, digest))
    assert (answer.status_code, answer.headers["content-length"], answer.content) == (200, str(len(DATA)), b"")


def test_a_link_is_good_for_one_file_one_name_and_a_time(service: Service, digest: str) -> None:
    """Every change of it, and every guess, is no link; the answer does not tell whether the file exists."""
    client, good = service.client(), place(service, digest)
    other = service.store.blobs.put_bytes(b"another file")
    path, query = good.split("?")
    exp, sig = (part.split("=")[1] for part in query.split("&"))
    bad = [
        path,
        f"{path}?exp={int(exp) + 1}&sig={sig}",
        f"{path}?exp={exp}&sig={sig[:-1]}",
        f"{path}?exp={exp}&sig=",
        f"{path}?exp={exp}&sig=%C3%A9",
        good.replace(digest, other),
        good.replace("film.mp4", "film.html"),
        place(service, "0" * 64),
        "/files/../../etc/passwd?exp=1&sig=1",
        f"/files/{digest}/..%2F..%2Fetc%2Fpasswd?{query}",
        f"/files/%2e%2e/passwd?{query}",
    ]  # fmt: skip
    for where in bad:
        assert client.get(where).status_code in (404, 400), where
    assert client.get(place(service, digest, ttl_s=-1)).status_code == 404
    assert client.get(good).status_code == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("电影 🎬.mp4", "video/mp4"),
        ('a"b\r\nSet-Cookie: x=1.mp4', "video/mp4"),
        ("page.html", "application/octet-stream"),
        ("picture.svg", "application/octet-stream"),
        ("../../x.wav", "audio/wav"),
        ("", "application/octet-stream"),
    ],
)
def test_odd_names_cannot_do_harm(service: Service, digest: str, name: str, kind: str) -> None:
    """No line of the header is theirs, and no browser runs what they call themselves."""
    answer = service.client().get(place(service, digest, name) + "&download=true")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_links_outlive_a_restart_and_are_the_same_for_every_process(tmp_path: Path) -> None:
    """The secret is made once and kept in the database."""
    settings = Settings(data=tmp_path, accounts=True)
    migrate(settings.database_url)
    stores = [Store(settings), Store(settings)]
    digest = stores[0].blobs.put_bytes(b"hello")
    link = downloads.link(stores[0], digest, "a.wav")
    with serving(stores[1], settings) as service:
        parts = urlsplit(link)
        assert service.client().get(f"{parts.path}?{parts.query}").content == b"hello"
    for store in stores:
        store.close()


def test_parts_of_a_file_in_a_bucket(tmp_path: Path, bucket: str) -> None:
    """The same from S3: bytes pass through, from where they are asked."""
    settings = Settings(data=tmp_path, accounts=True, blobs=bucket, secret="only this test knows it")
    store = fresh_store(settings)
    digest = store.blobs.put_bytes(DATA)
    with serving(store, settings) as service:
        client, where = service.client(), place(service, digest)
        assert client.get(where).content == DATA
        part = client.get(where, headers={"Range": "bytes=1000000-1200000"})
        assert (part.status_code, part.content) == (206, DATA[1_000_000:1_200_001])
        assert client.get(where, headers={"Range": f"bytes={len(DATA)}-"}).status_code == 416
    store.close()


def test_a_slow_reader_holds_nobody_up(service: Service, digest: str) -> None:
    """While one client takes its time, others are answered."""
    with httpx.stream("GET", service.url + place(service, digest), trust_env=False) as slow:
        next(slow.iter_raw(1000))
        assert service.client().get(place(service, digest)).content == DATA
