"""Every address of the server, called by everybody who may not: nobody gets in, and nobody learns anything.

The addresses are the application's own list, so one that is added tomorrow is walked tomorrow. What needs no token is
named here; everything else must ask for one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from reelscore.edges.accounts import tokens, webhooks
from reelscore.edges.accounts.plans import plan
from reelscore.edges.api.app import create_app
from reelscore.edges.jobs import jobs, messages, queues
from reelscore.edges.storage import sessions
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import jobs as jobs_table
from reelscore.edges.storage.tables import sessions as sessions_table
from reelscore.edges.storage.tables import tokens as tokens_table
from reelscore.edit import samples
from reelscore.edit.history import begun
from tests.unit.edges.access.conftest import tone
from tests.unit.edges.access.service import Person, Service

pytestmark = pytest.mark.slow

SECRET = "a film that nobody may know of"
PUBLIC = {
    "GET /", "GET /openapi.json", "HEAD /openapi.json", "GET /docs", "GET /healthz", "GET /readyz", "GET /metrics",
    "GET /register", "GET /workspace/claim", "POST /register", "POST /workspace/claim",  # a password is in the form
    "GET /health", "GET /version", "GET /list-apps",
    "GET /v1/commands", "GET /v1/commands/{name}", "GET /v1/genres", "GET /v1/moods", "GET /v1/instruments",
    "GET /v1/formats", "OPTIONS /v1/uploads",
    "POST /v1/accounts", "POST /v1/accounts/login", "POST /v1/accounts/guest", "POST /api/auth/anonymous-token",
    "POST /auth/verify",  # the token is in its body
    "GET /files/{digest}/{name}", "HEAD /files/{digest}/{name}",  # the link is signed
}  # fmt: skip
ONLY_LOOKING = {"POST /v1/parse", "POST /v1/sessions/{session}/parse"}  # that change nothing
EXPORTS = re.compile(r"/render(/|-)proxy/(lambda|draft)$")  # which look at what is asked before they say 402
OF_EVERYBODY = {  # that name nothing of anybody's: another person gets their own, or makes something of their own
    "GET /v1/sessions", "POST /v1/sessions", "POST /v1/parse", "POST /v1/compose", "POST /v1/score", "GET /v1/jobs",
    "POST /v1/batch", "GET /v1/accounts/me", "POST /v1/accounts/bind", "POST /v1/accounts/me/password",
    "POST /v1/accounts/me/delete", "GET /v1/tokens", "POST /v1/tokens", "POST /v1/tokens/revoke-others",
    "GET /v1/credits", "GET /v1/credits/history", "GET /v1/webhooks", "POST /v1/webhooks",
    "POST /api/tasks/me/with-session/{app}", "GET /api/credits/balance/simple", "POST /api/tokens", "GET /api/tokens",
    "POST /apps/{app}/users/{user}/sessions", "GET /apps/{app}/users/{user}/sessions", "GET /billing/balance",
    "GET /billing/usage/conversations", "POST /projects", "GET /projects",
}  # fmt: skip


@dataclass
class Property:
    """Everything that ana has, by the names that addresses use."""

    session: str
    project: str
    media: str
    message: str
    job: str
    render: str
    upload: str
    webhook: str
    token: str
    told: set[str] = field(default_factory=set)  # words that only she may read


def walked(service: Service) -> list[tuple[str, str]]:
    """Method and path of every route but web sockets."""
    found = []
    for route in iter_route_contexts(create_app(service.store, service.settings).routes):
        found += [(method, str(route.path)) for method in sorted(route.methods or ())]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def ana(service: Service) -> Person:
    return service.person("studio")


@pytest.fixture(scope="module")
def hers(service: Service, ana: Person) -> Property:
    """A session with a file, a message, a finished and an unfinished job, an upload, a webhook, a token."""
    session = ana.session(SECRET)
    store = service.store
    (file,) = ana.upload(session, ("hidden-file-name.wav", tone(seed=77))).json()["files"]
    begun = ana.http.post("/v1/uploads", json={"session": session, "filename": "hidden-part.wav", "size": 500}).json()
    queues.prepare(store.database)
    blob = store.blobs.put_bytes(b"the finished film")
    with store.database.write() as tx:
        project = sessions.load(tx, session).project
        message = messages.add(tx, messages.new(session, "k1", "hidden words")).id
        hook = webhooks.add(tx, ana.account, plan(service.settings, "studio"), "https://example.org/hidden-hook")
        other = tokens.issue(tx, ana.account, "hidden-token-name", ("read",))
        waiting = jobs.start(tx, ana.account, session, "render", {"version": "v1"}, client_id="waiting_1")
        done = jobs.start(tx, ana.account, session, "render", {"version": "v2"}, client_id="render_1")
        result = {"blob": blob, "filename": "hidden-output.mp4", "duration": 1.0, "size": 17, "width": 2, "height": 2}
        row = {"state": "completed", "result": json.dumps(result), "ended_at": now_ms()}
        tx.execute(jobs_table.update().where(jobs_table.c.id == done.id).values(row))
    return Property(
        session, project, file["id"], message, waiting.id, "render_1", begun["id"], hook.id, other.listed.id,
        {SECRET, "hidden", other.listed.prefix, hook.secret, blob},
    )  # fmt: skip


def filled(path: str, own: Property) -> str:
    """The path with what is ana's in its places."""
    values = {
        "session": own.session, "project": own.project, "media": own.media, "message": own.message, "job": own.job,
        "name": own.render, "upload": own.upload, "webhook": own.webhook, "token": own.token, "token_id": own.token,
        "version": "v1", "app": "nemo_agent", "user": "me", "digest": "0" * 64,
    }  # fmt: skip
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: values[place.group(1)], path)


def body_of(path: str, own: Property) -> Any:
    """What a call that means it would send."""
    words = {"new_message": {"role": "user", "parts": [{"text": "add a title: stolen"}]}}
    adk = {"app_name": "nemo_agent", "user_id": "me", "session_id": own.session, **words}
    render = {"id": "render_9", "sessionId": own.session, "draft": {"t": []}, "output": {"format": "mp4"}}
    bodies: dict[str, Any] = {
        "/v1/sessions/{session}": {"title": "stolen"},
        "/v1/sessions/{session}/messages": {"text": "add a title: stolen"},
        "/v1/sessions/{session}/edits": {"steps": [{"command": "title", "arguments": {"text": "stolen"}}]},
        "/v1/sessions/{session}/parse": {"text": "add a title"},
        "/v1/sessions/{session}/restore": {"version": "v1"},
        "/v1/sessions/{session}/name": {"name": "stolen"},
        "/v1/sessions/{session}/media": {"urls": ["https://example.org/a.mp4"]},
        "/v1/uploads": {"session": own.session, "filename": "stolen.wav", "size": 5},
        "/v1/claims": {"session": own.session},
        "/api/auth/claim-token": {"task_id": own.project, "session_id": own.session},
        "/api/upload-video/{app}/{user}/{session}": {"urls": ["https://example.org/a.mp4"], "source_type": "url"},
        "/files/upload": {"urls": ["https://example.org/a.mp4"], "session_id": own.session},
        "/run_sse": adk, "/run": adk,
        "/apps/{app}/users/{user}/sessions/{session}": {"stateDelta": {"a": 1}},
    }  # fmt: skip
    if EXPORTS.search(path):
        return render
    return bodies.get(path, {})


def call(client: httpx.Client, method: str, path: str, body: Any = None, headers: Any = None) -> tuple[int, str, Any]:
    """The status, what came (of a stream only that it is one), and the headers."""
    data = None if method in ("GET", "HEAD", "OPTIONS") else json.dumps(body or {})
    sent = {"Content-Type": "application/json", "X-Skill-Source": "a", "X-Skill-Version": "1", "X-Skill-Platform": "b"}
    sent = {**sent, **(headers or {})}
    with client.stream(method, path, content=data, headers=sent) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer.status_code, "stream", answer.headers
        answer.read()
        return answer.status_code, answer.text, answer.headers


def state(service: Service, own: Property, ana: Person) -> Any:
    """All that must stay as it is."""
    with service.store.database.read() as tx:
        session = sessions.load(tx, own.session, ana.account)
        rows = tx.execute(select(jobs_table.c.id, jobs_table.c.state, jobs_table.c.run).order_by(jobs_table.c.id))
        living = tx.execute(
            select(tokens_table.c.id, tokens_table.c.revoked_at)
            .where(tokens_table.c.account == ana.account)
            .order_by(tokens_table.c.id)
        )
        return (
            session.title, session.history.current, session.revision, session.state,
            [tuple(row) for row in rows], [tuple(row) for row in living],
            [one.id for one in webhooks.listed(tx, ana.account)], len(messages.history(tx, own.session)),
            len(sessions.media(tx, own.session)), ana.http.get(f"/v1/uploads/{own.upload}").json()["offset"],
        )  # fmt: skip


@pytest.fixture
def untouched(service: Service, hers: Property, ana: Person) -> Iterator[None]:
    """Whatever the test does, nothing of ana's is changed by it."""
    before = state(service, hers, ana)
    yield
    assert state(service, hers, ana) == before


def bad_token(service: Service, how: str) -> str:
    """A token that does not count, whose account has everything to lose."""
    person = service.person("studio")
    with service.store.database.write() as tx:
        values = {"expires_at": now_ms() - 1} if how == "expired" else {"revoked_at": now_ms()}
        tx.execute(tokens_table.update().where(tokens_table.c.account == person.account).values(values))
        if how == "claim":
            return tokens.issue_claim(tx, person.account, "task", "1")
    return person.token


def strangers(service: Service) -> dict[str, tuple[httpx.Client, str]]:
    """Clients whose token does not count, and what they add to an address."""
    basic = service.client()
    basic.headers["Authorization"] = "Basic YW5hOmFuYQ=="
    good = service.person("studio").token
    return {
        "expired": (service.client(bad_token(service, "expired")), ""),
        "revoked": (service.client(bad_token(service, "revoked")), ""),
        "claim": (service.client(bad_token(service, "claim")), ""),
        "invented": (service.client("nmv_usr_" + "x" * 43), ""),
        "basic": (basic, ""),
        "in the address": (service.client(), f"?token={good}&access_token={good}"),
    }


@pytest.mark.usefixtures("untouched")
def test_without_a_token_that_counts_nothing_is_answered(service: Service, hers: Property) -> None:
    """401 with code 1001 from every address that is not public: without a token, and with each kind of wrong one in
    turn; nothing is told."""
    wrong = strangers(service)
    asked = [(method, path) for method, path in walked(service) if f"{method} {path}" not in PUBLIC]
    assert len(asked) > 80
    for n, (method, path) in enumerate(asked):
        other = sorted(wrong)[n % len(wrong)]
        for how, (client, added) in (("none", (service.nobody, "")), (other, wrong[other])):
            status, told, headers = call(client, method, filled(path, hers) + added, body_of(path, hers))
            assert status == 401, (how, method, path, status, told[:200])
            assert headers["www-authenticate"] == "Bearer"
            if method != "HEAD":
                assert json.loads(told)["code"] == 1001, (how, method, path, told[:200])
            assert not any(word in told for word in hers.told), (how, method, path)


@pytest.mark.usefixtures("untouched")
def test_what_is_somebody_elses_is_not_there(service: Service, hers: Property) -> None:
    """404 from every address that names something of ana's; no word of hers in any answer, of lists too."""
    ben = service.person("studio")
    for method, path in walked(service):
        name = f"{method} {path}"
        if name in PUBLIC or name in {"POST /v1/accounts/me/delete", "POST /v1/tokens/revoke-others"}:
            continue
        headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"} if method == "PATCH" else {}
        headers = headers if path.startswith("/v1/uploads") else {}
        status, told, _ = call(ben.http, method, filled(path, hers), body_of(path, hers), headers)
        assert status < 500, (name, told[:300])
        assert not any(word in told for word in hers.told), (name, told[:500])
        if name == "POST /apps/{app}/users/{user}/sessions/{session}":
            assert status == 409, told[:300]  # a client may choose its session's id, and this one is taken
        elif name not in OF_EVERYBODY:
            assert status == 404, (name, status, told[:300])


@pytest.mark.usefixtures("untouched")
def test_media_of_somebody_else_cannot_be_taken_along(service: Service, hers: Property) -> None:
    """Neither into a new session nor into an order, though their id (a hash) may be known."""
    ben = service.person("studio")
    for path, body in (
        ("/v1/sessions", {"media": [hers.media]}),
        ("/v1/score", {"media": hers.media, "prompt": "calm piano"}),
        ("/v1/batch", {"items": [{"media": [hers.media], "text": "add calm piano music"}]}),
    ):
        status, told, _ = call(ben.http, "POST", path, body)
        assert status in (400, 404), (path, status, told[:300])
        assert not any(word in told for word in hers.told), told[:300]
    with service.store.database.read() as tx:
        owned = select(sessions_table.c.id).where(sessions_table.c.account == ben.account)
        assert tx.execute(owned).all() == []


def test_a_scope_opens_what_it_is_for(service: Service) -> None:
    """With `read` alone nothing can be changed; without it nothing can be read; every address needs some scope."""
    people = {scope: service.person("studio", (scope,)) for scope in ("read", "write", "upload", "render")}
    anything = Property("7", "task_7", "sha256:" + "0" * 64, "m", "j", "r", "upl_7", "wh_7", "tok_7")
    for method, path in walked(service):
        name = f"{method} {path}"
        if name in PUBLIC or name == "POST /v1/tokens/{token}/revoke":  # which any token may call for itself
            continue
        open_to = set()
        for scope, person in people.items():
            status, told, _ = call(person.http, method, filled(path, anything))
            assert status != 401, (name, told[:200])
            assert status < 500, (name, told[:300])
            if status not in (403, 402):  # an export that is not covered is 402 to the clients of that protocol
                open_to.add(scope)
        assert len(open_to) <= 1, (name, open_to)
        if method in ("GET", "HEAD"):
            expected = {"upload"} if path.startswith("/v1/uploads") else {"read"}
            assert open_to in (expected, set()), (name, open_to)
        elif name not in ONLY_LOOKING and not EXPORTS.search(path):
            assert "read" not in open_to, name


def test_exports_ask_for_the_scope(service: Service) -> None:
    """402, as that protocol's clients expect, and no job."""
    ana = service.person("studio")
    session = ana.session()
    assert ana.upload(session, ("a.wav", tone())).status_code == 201
    with service.store.database.write() as tx:
        reader = service.client(tokens.issue(tx, ana.account, "reader", ("read",)).token)
    for method, path in walked(service):
        if method == "POST" and EXPORTS.search(path):
            status, told, _ = call(reader, method, path, {"id": "render_1", "sessionId": session})
            assert (status, json.loads(told)["code"]) == (402, 402), (path, told)
    with service.store.database.read() as tx:
        assert jobs.listed(tx, ana.account, kind="render") == []


def test_an_export_tried_again_asks_for_the_scope_too(service: Service) -> None:
    ana = service.person("studio")
    with service.store.database.write() as tx:
        session = sessions.create(tx, ana.account, history=begun(samples.film())).id
        token = tokens.issue(tx, ana.account, "talker", ("read", "write")).token
    job = ana.http.post(f"/v1/sessions/{session}/exports", json={"format": "mp4"}).json()["id"]
    talker = service.client(token)
    assert talker.post(f"/v1/jobs/{job}/cancel").json()["state"] == "cancelled"
    assert talker.post(f"/v1/jobs/{job}/retry").status_code == 403
    assert ana.http.post(f"/v1/jobs/{job}/retry").json()["state"] == "queued"


@pytest.mark.parametrize(
    ("words", "scope", "kind"),
    [("export as mp4", "render", "render"), ("upload https://example.org/a.mp4", "upload", "understand")],
)
@pytest.mark.parametrize("surface", ["/v1", "/run_sse", "/ws/chat"])
def test_what_is_said_asks_for_the_same_scope_as_a_call_of_its_own(
    service: Service, surface: str, words: str, scope: str, kind: str
) -> None:
    """A token that may talk, but not export or upload, does neither by talking; the answer says what is missing."""
    ana = service.person("studio")
    with service.store.database.write() as tx:
        session = sessions.create(tx, ana.account, history=begun(samples.film())).id
        token = tokens.issue(tx, ana.account, "talker", ("read", "write")).token
    told = said(service, token, session, surface, words)
    assert f'This needs a token with the scope "{scope}".' in told
    with service.store.database.read() as tx:
        assert jobs.listed(tx, ana.account, kind=kind) == []
    service.client(ana.token).post(f"/v1/sessions/{session}/messages", json={"text": words}).raise_for_status()
    with service.store.database.read() as tx:
        assert [job.kind for job in jobs.listed(tx, ana.account)] == [kind]


def said(service: Service, token: str, session: str, surface: str, words: str) -> str:
    """What the answer to these words tells."""
    talker = service.client(token)
    if surface == "/v1":
        told = talker.post(f"/v1/sessions/{session}/messages", json={"text": words})
        return str(told.json()["reply"]["text"])
    if surface == "/run_sse":
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": session,
                "new_message": {"parts": [{"text": words}]}}  # fmt: skip
        lines = talker.post("/run_sse", json=body).text.splitlines()
        parts = [json.loads(line[5:])["content"]["parts"] for line in lines if '"turnComplete":true' in line]
        return str(parts[-1][0]["text"])
    with connect(f"ws://127.0.0.1:{service.port}/ws/chat?token={token}&session_id={session}") as socket:
        socket.send(json.dumps({"type": "message", "content": words}))
        told_in = iter(json.loads(one) for one in socket)
        return str(next(one["text"] for one in told_in if one["type"] == "text"))


def test_a_token_gives_no_more_than_it_has(service: Service) -> None:
    """Tokens are made with all scopes only; any token may end itself, and no other."""
    ana = service.person("free", ("read", "write"))
    with service.store.database.write() as tx:
        other = tokens.issue(tx, ana.account, "other", ("*",)).listed.id
    for path in ("/v1/tokens", "/api/tokens"):
        assert call(ana.http, "POST", path, {"name": "more", "scopes": ["*"]})[0] == 403
    assert call(ana.http, "POST", f"/v1/tokens/{other}/revoke")[0] == 403
    with service.store.database.read() as tx:
        mine = tokens.found(tx, ana.token)._mapping["id"]
    assert call(ana.http, "POST", f"/v1/tokens/{mine}/revoke")[0] == 200
    assert call(ana.http, "GET", "/v1/sessions")[0] == 401


@pytest.mark.usefixtures("untouched")
def test_the_web_socket_asks_too(service: Service, hers: Property, ana: Person) -> None:
    """No token, a wrong one, somebody else's session: closed, with the codes of its protocol, and nothing told."""
    place = f"ws://127.0.0.1:{service.port}/ws/chat"
    ben = service.person()
    for query in (
        "", f"?session_id={hers.session}", f"?token=nmv_usr_x&session_id={hers.session}",
        f"?token={bad_token(service, 'revoked')}&session_id={hers.session}",
        f"?token={ben.token}&session_id={hers.session}", f"?token={ben.token}",
    ):  # fmt: skip
        said: list[str] = []
        code = 0
        try:
            with connect(place + query, open_timeout=60, proxy=None) as wire:
                wire.send(json.dumps({"type": "message", "content": "show tracks", "metadata": {}}))
                while True:
                    said.append(str(wire.recv(timeout=60)))
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd is not None else 0
        except InvalidStatus as refused:
            code = refused.response.status_code
        assert code in (4001, 4002, 4004, 1008, 401, 403, 404), (query, code, said)
        assert not any(word in line for line in said for word in (*hers.told, "session_ready")), said


def test_what_is_public_is_there(service: Service) -> None:
    """The list above holds no address that is gone."""
    there = {f"{method} {path}" for method, path in walked(service)}
    assert there >= PUBLIC | ONLY_LOOKING | OF_EVERYBODY
