"""For whoever watches the server: is it alive, is it ready, how is it doing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from reelscore.edges.api import metrics
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import leases
from tests.unit.edges.api.serving import application, with_clip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("health"), queues=("music", "render")) as client:
        assert client.app.state.loaded.wait(120)  # type: ignore[attr-defined]
        yield client


def parts(client: TestClient) -> dict[str, bool]:
    return {part["name"]: part["ok"] for part in client.get("/readyz").json()["parts"]}


def test_it_is_ready_once_every_queue_has_a_live_worker(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    assert client.get("/readyz").status_code == 503
    assert parts(client) == {
        "database": True, "blobs": True, "encoder": True, "worker:music": False, "worker:render": False, "words": True,
    }  # fmt: skip
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    with store.database.write() as tx:
        for name, queues, left in (("w1", "music,render", 60_000), ("w2", "music", -1)):
            tx.execute(insert(leases).values(executor=name, queues=queues, expires_at=now_ms() + left))
    assert client.get("/readyz").status_code == 200
    assert 'reelscore_workers{queue="music"} 1.0' in client.get("/metrics").text


def test_a_server_that_still_loads_is_alive_and_not_ready(client: TestClient) -> None:
    loaded = client.app.state.loaded  # type: ignore[attr-defined]
    loaded.clear()
    try:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert parts(client)["words"] is False
    finally:
        loaded.set()


def test_a_database_that_is_gone_is_told_without_its_secrets(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Store = client.app.state.store  # type: ignore[attr-defined]

    def away() -> None:
        raise OSError("postgresql://anna:secret@db cannot be reached")

    monkeypatch.setattr(store.database, "read", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_figures_count_calls_by_route_and_jobs_by_state(client: TestClient) -> None:
    session = with_clip(client)
    client.post(f"/v1/sessions/{session}/exports", json={"format": "mp4"})
    text = client.get("/metrics").text
    assert 'reelscore_calls_total{method="POST",route="/v1/sessions/{session}/exports",status="202"}' in text
    assert 'reelscore_jobs{kind="render",state="queued"} 1.0' in text
    assert 'reelscore_queue_depth{kind="render"} 1.0' in text
    assert session not in text  # names of things would make figures without end


def test_unknown_addresses_do_not_make_figures_without_end(client: TestClient) -> None:
    for n in range(5):
        client.get(f"/nowhere/{n}")
    text = client.get("/metrics").text
    assert 'reelscore_calls_total{method="GET",route="none",status="404"} ' in text
    assert "/nowhere" not in text


@pytest.mark.parametrize(
    ("rows", "found"),
    [([], {}), (["music render", "music"], {"music": 2, "render": 1}), (["a,b", ""], {"a": 1, "b": 1})],
)
def test_live_workers_are_counted_by_queue(rows: list[str], found: dict[str, int]) -> None:
    assert metrics.live_queues(rows) == found
