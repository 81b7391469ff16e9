"""Requests made from the interface's own description, well-formed and not: none of them breaks the server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.unit.edges.api.serving import BASE, application, with_clip

EXAMPLES = 6  # of every operation
SECRETS = ("Traceback", "sqlalchemy", "/site-packages/")
SENT = ("method", "url", "params", "headers", "json", "data", "files")
ENDLESS = ("/v1/sessions/{session}/events", "/v1/jobs/{job}/events", "/run_sse")


@schemathesis.serializer("application/offset+octet-stream")
def raw(_: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


class Caller:
    """Calls operations and remembers what should not have been answered."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.session = client, with_clip(client)
        self.calls, self.broken = 0, list[str]()

    def try_out(self, operation: Any) -> None:
        modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
        cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=cases, real=st.booleans())
        def call(case: Any, real: bool) -> None:
            if real and "session" in (case.path_parameters or {}):
                case.path_parameters["session"] = self.session
            self.call(case)

        call()

    def call(self, case: Any) -> None:
        try:
            made = {name: value for name, value in case.as_transport_kwargs(base_url=BASE).items() if name in SENT}
            ready = requests.Request(**made).prepare()
            body = ready.body.encode() if isinstance(ready.body, str) else bytes(ready.body or b"")  # type: ignore[arg-type]
            headers = {name: str(value) for name, value in ready.headers.items()}
            answer = self.client.request(
                str(ready.method), str(ready.url), content=body, headers=headers, follow_redirects=False
            )
        except (UnicodeError, ValueError, TypeError, requests.RequestException):
            return  # cannot be written down as a request
        self.calls += 1
        told = f"{case.method} {case.path}: {answer.status_code} {answer.text[:300]!r} for {str(made)[:600]}"
        crashed = answer.status_code >= 500 or any(word in answer.text for word in SECRETS)
        refused = answer.status_code >= 400 and case.path.startswith("/v1") and case.method.upper() != "HEAD"
        if crashed or (refused and not is_envelope(answer.text)):
            self.broken.append(told)


def is_envelope(text: str) -> bool:
    try:
        body = json.loads(text)
        return bool(body["code"] and body["message"] and body["error"]["name"] and body["data"] is None)
    except (ValueError, KeyError, TypeError):
        return False


@pytest.mark.slow
def test_nothing_made_from_the_description_breaks_the_server(tmp_path: Path) -> None:
    with application(tmp_path, queues=()) as client:
        caller = Caller(client)
        schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
        for result in schema.get_all_operations():
            operation: Any = result.ok()  # type: ignore[union-attr]
            if operation.path not in ENDLESS:
                caller.try_out(operation)
    assert caller.broken == []
    assert caller.calls > 300
