"""Whatever is uploaded, however: media arrive whole and once, anything else leaves nothing."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from sqlalchemy import select

from reelscore.edges.api import downloads, looking, multipart
from reelscore.edges.jobs import messages
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import blobs, jobs, session_media
from reelscore.errors import MediaError
from reelscore.values.reading import MediaInfo
from tests.unit.edges.access.conftest import make_settings, picture, tone
from tests.unit.edges.access.service import Person, Service, envelope, raw, serving
from tests.unit.edges.access.test_filenames import NAMES

pytestmark = pytest.mark.slow


def kept(service: Service) -> set[str]:
    """Hashes of all blobs."""
    with service.store.database.read() as tx:
        return set(tx.execute(select(blobs.c.hash)).scalars())


def drafts(service: Service) -> list[Path]:
    return list(service.store.blobs.drafts.iterdir())


def test_a_file_is_told_by_its_content_and_kept_by_its_hash(service: Service, ana: Person) -> None:
    """Sound that calls itself a film is sound."""
    data, session = tone(), ana.session()
    answer = ana.upload(session, ("holiday.mp4", data))
    assert answer.status_code == 201
    (file,) = answer.json()["files"]
    assert (file["kind"], file["filename"], file["duration"], file["size"]) == ("audio", "holiday.mp4", 0.5, len(data))
    assert file["id"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert service.store.blobs.get_bytes(hashlib.sha256(data).hexdigest()) == data
    assert drafts(service) == []


def test_files_come_onto_an_empty_timeline_in_their_order_as_one_version(service: Service, ana: Person) -> None:
    """Three files, one version; one undo takes them away. Later files wait for a message."""
    session = ana.session()
    names = ("one.png", "two.png", "three.png")
    answer = ana.upload(session, *((n, picture(c)) for n, c in zip(names, ("red", "lime", "blue"), strict=True)))
    assert answer.json()["placed"] == "v2"
    with service.store.database.read() as tx:
        found = sessions.load(tx, session)
    timeline = found.history.timeline
    assert [medium.name for medium in timeline.media] == list(names)
    assert len(list(timeline.placed())) == 3
    assert (timeline.canvas.width, timeline.canvas.height) == (64, 36)
    assert found.context.uploaded == tuple(medium.id for medium in timeline.media)
    assert found.history.now.message == "added one.png, two.png, three.png"

    later = ana.upload(session, ("four.png", picture("black"))).json()
    assert later["placed"] == ""
    with service.store.database.read() as tx:
        assert sessions.load(tx, session).history.current == "v2"
        assert len(sessions.media(tx, session)) == 4


def test_every_new_file_is_read_once(service: Service, ana: Person, ben: Person) -> None:
    """The same content again, in the same session or another, starts no second reading once it was read."""
    data, session = tone(seed=41), ana.session()
    for _ in range(2):
        assert ana.upload(session, ("a.wav", data)).status_code == 201
    with service.store.database.write() as tx:
        started = tx.execute(select(jobs.c.id).where(jobs.c.session == session, jobs.c.kind == "understand")).all()
        assert len(started) == 1
        reading = service.store.blobs.put_bytes(b"{}", tx)
        sessions.media(tx, session)
        tx.execute(session_media.update().where(session_media.c.session == session).values(reading=reading))
    other = ben.session()
    assert ben.upload(other, ("b.wav", data)).json()["files"][0]["filename"] == "b.wav"
    with service.store.database.read() as tx:
        assert tx.execute(select(jobs.c.id).where(jobs.c.session == other)).first() is None
        assert sessions.media(tx, other)[0].reading == reading


def test_content_that_is_known_is_not_looked_over_again(
    ana: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes from somebody else: kept once, and theirs by their own name."""
    data = tone(seed=43)
    first = ana.upload(ana.session(), ("hers.wav", data)).json()["files"][0]

    def never(*_: object) -> list[MediaInfo | MediaError]:
        raise AssertionError("looked over again")

    monkeypatch.setattr(looking, "look_over", never)
    second = ben.upload(ben.session(), ("his.mp4", data)).json()["files"][0]
    assert second["filename"] == "his.mp4"
    assert [second[key] for key in ("id", "kind", "duration")] == [first[key] for key in ("id", "kind", "duration")]


def test_the_same_file_twice_in_one_upload_is_one_medium(ana: Person) -> None:
    data = tone(seed=3)
    files = ana.upload(ana.session(), ("a.wav", data), ("b.wav", data)).json()["files"]
    assert [file["filename"] for file in files] == ["a.wav", "a.wav"]


def test_strange_names_are_harmless(ana: Person) -> None:
    """What is kept of a name can be shown, sent in a header and used on a disk."""
    parts = [
        f'--XX\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.replace(
            "\\", "\\\\"
        ).encode()
        + tone(seed=20 + n)
        + b"\r\n"
        for n, name in enumerate(NAMES)
    ]
    answer = ana.http.post(
        f"/v1/sessions/{ana.session()}/media",
        content=b"".join(parts) + b"--XX--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=XX"},
    )
    assert answer.status_code == 201, answer.text
    assert [file["filename"] for file in answer.json()["files"]] == list(NAMES.values())


def test_a_quotation_mark_in_a_name_is_read_as_browsers_write_it(ana: Person) -> None:
    body = b'--XX\r\nContent-Disposition: form-data; name="files"; filename="my %22best%22 100%.wav"\r\n\r\n'
    answer = ana.http.post(
        f"/v1/sessions/{ana.session()}/media",
        content=body + tone(seed=60) + b"\r\n--XX--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=XX"},
    )
    assert [file["filename"] for file in answer.json()["files"]] == ["my _best_ 100%.wav"]


@pytest.mark.parametrize("form", ["otio", "fcpxml", "edl"])
def test_another_program_finds_the_files_by_their_names_beside_the_timeline(ana: Person, form: str) -> None:
    session = ana.session()
    assert ana.upload(session, ("影片 été.wav", tone(seed=61))).status_code == 201
    answer = ana.http.get(f"/v1/sessions/{session}/timeline?format={form}")
    assert answer.status_code == 200, answer.text
    if form != "edl":
        assert f'"{quote("影片 été.wav")}"' in answer.text


@pytest.mark.parametrize(
    "data",
    [b"#!/bin/sh\necho hello\n", b"%PDF-1.7 ...", b"PK\x03\x04" + b"\0" * 100, b"<svg xmlns='x'/>", b"#EXTM3U\nfile:///etc"],
    ids=["script", "pdf", "zip", "svg", "playlist"],
)  # fmt: skip
def test_what_is_no_media_is_refused_and_leaves_nothing(service: Service, ana: Person, data: bytes) -> None:
    """The answer lists what is taken."""
    session, before = ana.session(), kept(service)
    status, code, message = envelope(answer := ana.upload(session, ("movie.mp4", data)))
    assert (status, code) == (415, 4001)
    assert "movie.mp4" in message
    assert "draft" not in message
    assert "webm" in answer.json()["error"]["hint"]
    assert kept(service) == before
    assert drafts(service) == []


def test_damaged_media_are_told_as_such(service: Service, ana: Person) -> None:
    """A film that breaks off is no other type of file: the message says what is wrong with it."""
    data = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\0" * 500
    status, code, message = envelope(ana.upload(ana.session(), ("film.mp4", data)))
    assert (status, code) == (400, 400)
    assert "film.mp4" in message


def test_good_files_are_taken_and_the_others_told(service: Service, ana: Person) -> None:
    """Of three files one is text: two are there, and the answer says why the third is not."""
    answer = ana.upload(ana.session(), ("a.png", picture()), ("notes.txt", b"notes to self\n" * 9), ("b.wav", tone()))
    assert answer.status_code == 201
    assert [file["filename"] for file in answer.json()["files"]] == ["a.png", "b.wav"]
    (refused,) = answer.json()["refused"]
    assert (refused["filename"], refused["code"]) == ("notes.txt", 4001)


def test_an_empty_file_is_refused(ana: Person) -> None:
    status, _, message = envelope(ana.upload(ana.session(), ("nothing.mp4", b"")))
    assert (status, "nothing.mp4" in message) == (400, True)


def test_too_large_is_refused_before_it_is_sent(service: Service, ana: Person) -> None:
    """A length that cannot be taken is answered at once, with nothing of the body read."""
    head = (
        f"POST /v1/sessions/{ana.session()}/media HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Bearer {ana.token}\r\nContent-Type: multipart/form-data; boundary=XX\r\n"
        "Content-Length: 600000000\r\nExpect: 100-continue\r\n\r\n"
    )
    answer = raw(service.port, head.encode())
    assert b"HTTP/1.1 413" in answer
    assert b'"code":4002' in answer.replace(b" ", b"")


def test_too_large_is_refused_while_it_comes(service: Service, ana: Person) -> None:
    """A body that does not say how long it is, is cut off at the cap."""
    session = ana.session()

    def endless() -> object:
        yield b'--XX\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
        for _ in range(80):
            yield b"\0" * 65_536
        yield b"\r\n--XX--\r\n"

    answer = ana.http.post(
        f"/v1/sessions/{session}/media",
        content=endless(),  # type: ignore[arg-type]
        headers={"Content-Type": "multipart/form-data; boundary=XX"},
    )
    assert envelope(answer)[:2] == (413, 4002)
    assert drafts(service) == []


FORM = "multipart/form-data; boundary=XX"
PART = b"--XX\r\nContent-Disposition: form-data; "
ODD = {
    "nonsense": (FORM, b"--XX\r\nnonsense\r\n"),
    "nothing": (FORM, b""),
    "no boundary": ("multipart/form-data", b"--XX--"),
    "empty boundary": ("multipart/form-data; boundary=", b"--XX--"),
    "endless boundary": ("multipart/form-data; boundary=" + "x" * 500, b"--XX--"),
    "no files": (FORM, PART + b'name="other"\r\n\r\nx\r\n--XX--\r\n'),
    "endless line": (FORM, b"--XX\r\nX-Header: " + b"a" * 200_000),
    "name that is no text": (FORM, PART + b'name="files"; filename="\xff"\r\n\r\n'),
    "cut off": (FORM, PART + b'name="files"; filename="a"\r\n\r\ncut'),
    "cut off between files": (FORM, PART + b'name="files"; filename="a"\r\n\r\n' + tone() + b"\r\n--XX\r\n"),
    "endless field": (FORM, PART + b'name="session_id"\r\n\r\n' + b"a" * 100_000 + b"\r\n--XX--\r\n"),
    "many files": (FORM, (PART + b'name="files"; filename="a"\r\n\r\nx\r\n') * 200 + b"--XX--\r\n"),
    "other type": ("text/plain", b"hello"),
    "no JSON": ("application/json", b"{"),
    "a list": ("application/json", b"[]"),
    "no addresses": ("application/json", b'{"urls": []}'),
    "numbers": ("application/json", b'{"urls": [5]}'),
    "deep": ("application/json", b"[" * 60_000),
}


@pytest.mark.parametrize(("kind", "body"), ODD.values(), ids=ODD)
def test_odd_bodies_are_refused_and_leave_nothing(service: Service, ana: Person, kind: str, body: bytes) -> None:
    """Never a fault of the server."""
    place = f"/v1/sessions/{ana.session()}/media"
    answer = ana.http.post(place, content=body, headers={"Content-Type": kind})
    assert envelope(answer)[0] in (400, 413), answer.text
    assert drafts(service) == []


def test_a_broken_connection_leaves_nothing(service: Service, ana: Person) -> None:
    """The client goes away in the middle of a file."""
    head = (
        f"POST /v1/sessions/{ana.session()}/media HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n"
        f"Authorization: Bearer {ana.token}\r\nContent-Type: multipart/form-data; boundary=XX\r\n\r\n"
        '--XX\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
    )
    import socket
    import time

    with socket.create_connection(("127.0.0.1", service.port)) as wire:
        wire.sendall(head.encode() + b"\0" * 900_000)
        until = time.monotonic() + 60
        while not drafts(service) and time.monotonic() < until:
            time.sleep(0.01)
        assert drafts(service)
    until = time.monotonic() + 60
    while drafts(service) and time.monotonic() < until:
        time.sleep(0.01)
    assert drafts(service) == []


def test_nobody_uploads_into_a_session_of_somebody_else(service: Service, ana: Person, ben: Person) -> None:
    """It is as if the session were not there, and the body is not read."""
    session, before = ana.session(), kept(service)
    assert envelope(ben.upload(session, ("a.wav", tone(seed=99))))[:2] == (404, 1002)
    assert kept(service) == before


def test_uploads_side_by_side_lose_nothing(service: Service, ana: Person) -> None:
    """Eight requests at once into one session: all eight files are there, and one version holds the first of them."""
    session = ana.session()
    statuses: list[int] = []

    def one(n: int) -> None:
        with service.client(ana.token) as client:
            files = {"files": (f"{n}.wav", tone(seed=100 + n))}
            statuses.append(client.post(f"/v1/sessions/{session}/media", files=files).status_code)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 8
    with service.store.database.read() as tx:
        assert len(sessions.media(tx, session)) == 8
        assert len(list(sessions.load(tx, session).history.timeline.placed())) == 1


def test_a_full_plan_takes_no_more(service: Service, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would not fit is refused before it is kept."""
    from dataclasses import replace

    from reelscore.edges.accounts import plans

    small = {name: replace(of, storage_bytes=len(tone()) + 10) for name, of in plans.plans(service.settings).items()}
    monkeypatch.setattr(plans, "_read", lambda _: small)
    session = ana.session()
    assert ana.upload(session, ("a.wav", tone(seed=5))).status_code == 201
    status, code, message = envelope(ana.upload(session, ("b.wav", tone(seed=6))))
    assert (status, code) == (403, 403)
    assert "room" in message


def test_it_is_the_same_on_a_team_s_servers(tmp_path: Path, postgres_url: str, bucket: str) -> None:
    """PostgreSQL and S3: a form, parts, a link, and the ledger's account with it."""
    settings = make_settings(tmp_path, database=postgres_url, blobs=bucket)
    migrate(postgres_url)
    store = Store(settings)
    data, other = tone(seed=51), tone(seed=52)
    try:
        with serving(store, settings) as service:
            ana = service.person()
            session = ana.session()
            form = ana.upload(session, ("a.wav", data), ("notes.txt", b"no media, just notes\n"))
            assert (form.status_code, len(form.json()["refused"]), form.json()["placed"]) == (201, 1, "v2")
            begun = ana.http.post("/v1/uploads", json={"session": session, "filename": "b.wav", "size": len(other)})
            place = begun.headers["location"]
            for start, end in ((0, 1000), (1000, len(other))):
                headers = {"Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
                assert ana.http.patch(place, content=other[start:end], headers=headers).status_code == 204
            with store.database.read() as tx:
                names = {one.filename: one.blob for one in sessions.media(tx, session)}
            assert set(names) == {"a.wav", "b.wav"}
            parts = urlsplit(downloads.link(store, names["b.wav"], "b.wav"))
            assert service.nobody.get(f"{parts.path}?{parts.query}").content == other
            assert ana.http.get("/v1/credits").json()["available"] == 500
    finally:
        store.close()


def test_a_client_that_falls_silent_is_left(service: Service, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets an answer, and what came of its file is gone."""
    monkeypatch.setattr(multipart, "IDLE_S", 1.0)
    head = (
        f"POST /v1/sessions/{ana.session()}/media HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n"
        f"Authorization: Bearer {ana.token}\r\nContent-Type: multipart/form-data; boundary=XX\r\n\r\n"
        '--XX\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
    )
    monkeypatch.setattr(multipart, "_DRAIN_S", 0.1)
    answer = raw(service.port, head.encode() + b"\0" * 100_000)
    assert b"HTTP/1.1 400" in answer
    assert b"Nothing came for" in answer
    assert drafts(service) == []


def test_the_fields_of_an_order_with_files_are_heard_wherever_they_stand(service: Service, ana: Person) -> None:
    """Words, format, name and key, also behind the files; the same key is the same order."""
    files = [("files", ("one.png", picture("navy"))), ("files", ("two.png", picture("pink")))]
    said = {"prompt": "warm lo-fi", "format": "mov", "name": "夏", "language": "zh", "key": "mine"}
    first = ana.http.post("/v1/score", files=files, data=said)
    assert first.status_code == 202, first.text
    order = first.json()["id"]
    assert [one["text"] for one in first.json()["messages"]] == ["warm lo-fi"]
    assert ana.http.post("/v1/score", files=files, data=said).json()["id"] == order
    (session,) = ana.http.get("/v1/sessions").json()["items"]
    assert (session["id"], session["title"], session["language"]) == (order, "夏", "zh")
    with service.store.database.read() as tx:
        (message,) = messages.history(tx, order)
        assert [medium.name for medium in sessions.load(tx, order).history.timeline.media] == ["one.png", "two.png"]
    assert message.meaning is not None
    export = dict(message.meaning.steps[-1].args)
    assert (export["format"], export["name"]) == ("mov", "夏")


@pytest.mark.parametrize("said", [{"format": "exe"}, {"resolution": "9000p"}, {"frame_rate": "many"}])
def test_an_order_that_cannot_be_made_leaves_no_session(ana: Person, said: dict[str, str]) -> None:
    answer = ana.http.post("/v1/score", files=[("files", ("one.png", picture()))], data=said)
    assert envelope(answer)[:2] == (400, 400)
    assert ana.http.get("/v1/sessions").json()["items"] == []
