"""The pages people are sent to: sign up, log in, keep what a guest has made; and nobody else's work is had by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import count
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, update

from reelscore.edges.accounts import tokens
from reelscore.edges.accounts.opening import Guest, open_guest
from reelscore.edges.storage import sessions
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import accounts, attempts
from reelscore.edges.storage.tables import sessions as sessions_table
from reelscore.edges.storage.tables import tokens as tokens_table
from tests.unit.edges.access.service import Service, envelope

WORDS = "several words are good"
_addresses = (f"198.51.{n // 200}.{n % 200}" for n in count(1))


class Page(HTMLParser):
    """What a reader without eyes or scripts finds: fields with their labels, where the form goes, what is said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.tags: list[str] = []
        self.action = self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append(tag)
        if tag == "label":
            self.labels.add(held["for"] or "")
        elif tag == "input":
            self.fields[held["name"] or ""] = held
        elif tag == "form":
            self.action = held["action"] or ""
        elif tag == "html":
            self.language = held["lang"] or ""


@pytest.fixture(autouse=True)
def _many_may_try(service: Service) -> Iterator[None]:
    yield
    with service.store.database.write() as tx:
        tx.execute(attempts.delete())


def guest(service: Service) -> Guest:
    return open_guest(service.store, service.settings, uuid4().hex, next(_addresses))


def claim_of(service: Service, of: Guest) -> tuple[str, str]:
    """A session of the guest, and a claim to it."""
    with service.store.database.write() as tx:
        made = sessions.create(tx, of.account, "Holidays")
        return made.id, tokens.issue_claim(tx, of.account, made.project, made.id)


def owner(service: Service, session: str) -> str:
    with service.store.database.read() as tx:
        return str(tx.execute(select(sessions_table.c.account).where(sessions_table.c.id == session)).scalar())


def post(service: Service, path: str, headers: dict[str, str] | None = None, **fields: str) -> httpx.Response:
    """As the server's own page posts it."""
    own = {"Origin": service.url, "Sec-Fetch-Site": "same-origin"} if headers is None else headers
    return service.nobody.post(path, data={"do": "new", "password": WORDS, **fields}, headers=own)


def email() -> str:
    return f"{uuid4().hex}@example.org"


def token_in(answer: httpx.Response) -> str:
    found = re.search(r"<code>(nmv_usr_[^<]+)</code>", answer.text)
    assert found is not None, answer.text
    return unescape(found[1])


def test_the_page_is_whole_in_itself_and_can_be_used_by_everybody(service: Service) -> None:
    for path in ("/register", "/register?bind=anon_1", "/workspace/claim?ct=clm_unknown"):
        answer = service.nobody.get(path)
        page = Page(answer.text)
        shown = {name for name, held in page.fields.items() if held["type"] != "hidden"}
        assert shown <= page.labels
        assert shown >= {"email", "password"}
        assert page.action == path.partition("?")[0]
        assert not {"script", "link", "img", "iframe"} & set(page.tags)
        assert "http" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "form-action 'self'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"


def test_it_speaks_the_readers_language(service: Service) -> None:
    zh = service.nobody.get("/register", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert (Page(zh.text).language, "注册" in zh.text) == ("zh-CN", True)
    assert Page(service.nobody.get("/register", headers={"Accept-Language": "de"}).text).language == "en"
    wrong = post(
        service, "/register", {"Origin": service.url, "Accept-Language": "zh"}, email="a@example.org", do="known"
    )
    assert (wrong.status_code, "邮箱或密码不正确" in wrong.text) == (401, True)


def test_who_signs_up_gets_a_token_that_works(service: Service) -> None:
    name = email()
    answer = post(service, "/register", email=name)
    assert answer.status_code == 200
    me = service.client(token_in(answer)).get("/v1/accounts/me").json()
    assert me["email"] == name
    again = post(service, "/register", email=name, do="known")
    assert service.client(token_in(again)).get("/v1/accounts/me").json()["id"] == me["id"]
    taken = post(service, "/register", email=name)
    assert (taken.status_code, "cannot be signed up" in taken.text) == (409, True)
    assert Page(taken.text).fields["email"]["value"] == name
    assert WORDS not in taken.text, "a password is never sent back"


def test_a_guests_work_comes_along_by_either_link(service: Service) -> None:
    """The bind link of the protocol with its code, and the claim link; signed up and logged in."""
    name, of = email(), guest(service)
    session, code = claim_of(service, of)
    page = Page(service.nobody.get("/register", params={"bind": of.account, "ct": code}).text)
    assert page.fields["ct"] | {} == {"type": "hidden", "name": "ct", "value": code}
    answer = post(service, "/register", email=name, bind=of.account, ct=code)
    mine = service.client(token_in(answer))
    assert mine.get(f"/v1/sessions/{session}").status_code == 200
    other = guest(service)
    session, code = claim_of(service, other)
    answer = post(service, "/workspace/claim", email=name, ct=code, do="known")
    assert service.client(token_in(answer)).get(f"/v1/sessions/{session}").status_code == 200
    assert service.client(other.issued.token).get("/v1/accounts/me").status_code == 401, "the guest's token has ended"


def test_a_guest_may_prove_itself_by_the_token_its_agent_holds(service: Service) -> None:
    """Links that only name the guest ask for what proves it; the guest's name alone proves nothing."""
    of = guest(service)
    session, _ = claim_of(service, of)
    assert "ct" in Page(service.nobody.get("/register", params={"bind": of.account}).text).labels
    refused = post(service, "/register", email=email(), bind=of.account)
    assert (refused.status_code, owner(service, session)) == (400, of.account)
    answer = post(service, "/register", email=email(), bind=of.account, ct=of.issued.token)
    assert service.client(token_in(answer)).get(f"/v1/sessions/{session}").status_code == 200


def test_a_code_counts_once_and_not_for_ever(service: Service) -> None:
    of = guest(service)
    session, code = claim_of(service, of)
    with service.store.database.write() as tx:
        hashed = tokens.digest(code)
        assert tx.execute(select(tokens_table).where(tokens_table.c.hash == code)).first() is None, "kept as a hash"
        tx.execute(update(tokens_table).where(tokens_table.c.hash == hashed).values(expires_at=now_ms() - 1))
    late = post(service, "/workspace/claim", email=email(), ct=code)
    assert (late.status_code, owner(service, session)) == (400, of.account)
    assert "has expired" in service.nobody.get("/workspace/claim", params={"ct": code}).text
    session, code = claim_of(service, of)
    first = post(service, "/workspace/claim", email=email(), ct=code)
    assert first.status_code == 200
    holder = owner(service, session)
    name = email()
    second = post(service, "/workspace/claim", email=name, ct=code)
    assert (second.status_code, owner(service, session)) == (400, holder)
    with service.store.database.read() as tx:
        assert tx.execute(select(accounts.c.id).where(accounts.c.email == name)).first() is None, "nothing half done"


def test_a_code_opens_no_other_guests_work(service: Service) -> None:
    mine, theirs = guest(service), guest(service)
    session, _ = claim_of(service, theirs)
    _, code = claim_of(service, mine)
    refused = post(service, "/register", email=email(), bind=theirs.account, ct=code)
    assert (refused.status_code, owner(service, session)) == (400, theirs.account)
    for rubbish in ("clm_" + "x" * 43, "", "nmv_usr_x", "'; --", "c" * 5000):
        refused = post(service, "/workspace/claim", email=email(), ct=rubbish)
        assert refused.status_code == 400, rubbish[:20]


def test_a_wrong_password_does_not_use_the_code_up(service: Service) -> None:
    name, of = email(), guest(service)
    session, code = claim_of(service, of)
    post(service, "/register", email=name)
    wrong = post(service, "/workspace/claim", email=name, ct=code, do="known", password="not the right words")
    assert (wrong.status_code, owner(service, session)) == (401, of.account)
    assert Page(wrong.text).fields["ct"]["value"] == code
    assert post(service, "/workspace/claim", email=name, ct=code, do="known").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
    ids=["foreign", "foreign and said so", "hidden", "cross-site", "a sister's", "unsaid"],
)
def test_forms_of_other_sites_are_refused(service: Service, headers: dict[str, str]) -> None:
    name = email()
    for path in ("/register", "/workspace/claim"):
        assert envelope(post(service, path, headers, email=name))[:2] == (403, 403)
    with service.store.database.read() as tx:
        assert tx.execute(select(accounts.c.id).where(accounts.c.email == name)).first() is None


def test_what_is_no_form_is_refused(service: Service) -> None:
    own = {"Origin": service.url}
    fields = {"email": email(), "password": WORDS}
    assert service.nobody.post("/register", json=fields, headers=own).status_code == 415
    assert post(service, "/register", email="a" * 20_000).status_code == 413
    form = own | {"Content-Type": "application/x-www-form-urlencoded"}
    many = "&".join(f"f{n}=x" for n in range(30)).encode()
    assert service.nobody.post("/register", content=many, headers=form).status_code == 400
    assert service.nobody.post("/register", content=b"email=%ff%fe", headers=form).status_code == 400


def test_what_is_sent_is_shown_as_text(service: Service) -> None:
    nasty = '"><script>alert(1)</script>'
    for answer in (
        service.nobody.get("/register", params={"bind": nasty, "ct": nasty}),
        post(service, "/register", email=nasty, bind=nasty, ct=nasty),
    ):
        assert "<script" not in answer.text
        assert "script" not in Page(answer.text).tags


def test_too_many_tries_are_told_to_wait(service: Service) -> None:
    name = email()
    for _ in range(10):
        post(service, "/register", email=name, do="known")
    answer = post(service, "/register", email=name, do="known")
    assert (answer.status_code, "Too many tries. Wait" in answer.text) == (429, True)
