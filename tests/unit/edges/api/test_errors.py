"""Everything that goes wrong is told in one envelope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.testclient import TestClient

from reelscore import errors as known
from reelscore.edges.api import errors
from reelscore.edges.api.logs import RequestLog

RAISED: dict[str, known.ReelscoreError] = {
    "edit": known.EditError("No clip 9.", "There are 2.", candidates=("clip 1", "clip 2"), chinese="没有第9段。"),
    "conflict": known.ConflictError("v3 came first.", candidates=("v3",)),
    "brief": known.BriefError("No genre lofy.", "Did you mean lofi?"),
    "gone": known.NotFoundError("There is no session 7."),
    "type": known.UnsupportedError("exe files are not taken."),
    "large": known.TooLargeError("600 MB."),
    "token": known.UnauthorisedError("The token is expired."),
    "scope": known.NotAllowedError("The token may not write."),
    "credits": known.CreditsError("3 credits are left."),
    "often": known.LimitError("Too often.", retry_after_s=7),
    "own": errors.RefusedError(402, 402, "Not in this plan.", "Upgrade.", "plan"),
}


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[str, Field(min_length=1)]
    to: (
        Annotated[str, Field(max_length=5)]
        | Annotated[float, Field(allow_inf_nan=False)]
        | Annotated[bool, Field(strict=True)]
    ) = ""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()

    @app.get("/raise/{name}")
    def fail(name: str) -> None:
        raise RAISED.get(name) or ZeroDivisionError("a secret path /home/anna")

    @app.post("/orders")
    def order(order: Order) -> str:
        return order.prompt

    errors.install(app)
    app.add_middleware(RequestLog)
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("edit", 400, 400), ("conflict", 409, 409), ("brief", 400, 400), ("gone", 404, 1002), ("type", 415, 4001),
        ("large", 413, 4002), ("token", 401, 1001), ("scope", 403, 403), ("credits", 402, 2001), ("often", 429, 429),
        ("own", 402, 402),
    ],
)  # fmt: skip
def test_every_kind_has_its_status_and_code(client: TestClient, name: str, status: int, code: int) -> None:
    answer = client.get(f"/raise/{name}")
    body = answer.json()
    assert (answer.status_code, body["code"], body["data"]) == (status, code, None)
    assert body["message"] == RAISED[name].message
    assert body["error"]["hint"] == RAISED[name].hint


def test_candidates_are_told(client: TestClient) -> None:
    assert client.get("/raise/edit").json()["error"]["candidates"] == ["clip 1", "clip 2"]


def test_a_chinese_reader_is_told_in_chinese(client: TestClient) -> None:
    assert client.get("/raise/edit", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).json()["message"] == "没有第9段。"


def test_when_to_come_again(client: TestClient) -> None:
    assert client.get("/raise/often").headers["retry-after"] == "7"
    assert client.get("/raise/token").headers["www-authenticate"] == "Bearer"


def test_what_nobody_foresaw_says_nothing_but_an_id(client: TestClient) -> None:
    answer = client.get("/raise/other")
    assert answer.status_code == 500
    assert answer.json()["error"]["name"] == "internal"
    assert answer.headers["x-request-id"] in answer.json()["error"]["hint"]
    assert "anna" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_fault_of_the_request_names_the_place(client: TestClient) -> None:
    answer = client.post("/orders", json={"prompt": ""})
    assert answer.status_code == 400
    assert answer.json()["error"]["name"] == "invalid_request"
    assert "body.prompt" in answer.json()["message"]


def test_json_that_is_sent_as_something_else_is_told_so(client: TestClient) -> None:
    """As curl does without a header."""
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/orders", content=b'{"prompt":"a"}', headers={"Content-Type": kind}).json()
    assert answer["message"] == f'The body is sent as "{kind}", not as JSON.'
    assert "Content-Type: application/json" in answer["error"]["hint"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"prompt":"a",', "The body is not JSON at character"),
        (b"prompt=a", "The body is not JSON"),
        (b"[]", "The body is no JSON object."),
        (b'{"prompt":""}', "body.prompt is empty."),
        (b"{}", "body.prompt is missing."),
        (b'{"prompt":"a","seconds":4}', "body.seconds is not known here."),
        (b'{"prompt":"a","to":{}}', "body.to takes text or a number or true or false."),
        (b'{"prompt":"a","to":1e999}', 'body.to: input should be a finite number (seen: "inf").'),
        (b'{"prompt":"a","to":"a long one"}', "body.to: string should have at most 5 characters"),
    ],
)
def test_what_is_wrong_is_said_once_and_in_plain_words(client: TestClient, body: bytes, said: str) -> None:
    answer = client.post("/orders", content=body, headers={"Content-Type": "application/json"}).json()
    assert answer["message"].startswith(said)
    assert "constrained" not in answer["message"]
    assert answer["error"]["hint"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"prompt":"\\ud800"}', b"[]", b'{"prompt":1e999}', b""])
def test_broken_bodies_are_the_clients_fault(client: TestClient, body: bytes) -> None:
    answer = client.post("/orders", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == 400


def test_unknown_addresses_and_methods(client: TestClient) -> None:
    assert client.get("/nowhere").json()["error"]["name"] == "not_found"
    answer = client.delete("/orders")
    assert answer.json()["error"]["name"] == "method_not_allowed"
    assert answer.headers["allow"] == "POST"
