"""The bodies that the description shows can be sent as they stand, one after the other, to the same session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.unit.edges.api.serving import application, with_clip

CALLS = (  # of a session with a clip, in the order in which somebody tries them
    ("post", "/v1/sessions"),
    ("patch", "/v1/sessions/{session}"),
    ("post", "/v1/parse"),
    ("post", "/v1/sessions/{session}/parse"),
    ("post", "/v1/sessions/{session}/edits"),
    ("post", "/v1/sessions/{session}/undo"),
    ("post", "/v1/sessions/{session}/redo"),
    ("put", "/v1/sessions/{session}/name"),
    ("post", "/v1/sessions/{session}/restore"),
    ("post", "/v1/sessions/{session}/messages"),
    ("post", "/v1/sessions/{session}/exports"),
    ("post", "/v1/compose"),
    ("post", "/v1/batch"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with application(Path(tmp_path_factory.mktemp("examples"))) as made:
        yield made


@pytest.fixture(scope="module")
def session(client: TestClient) -> str:
    return with_clip(client)


@pytest.mark.parametrize(("method", "path"), CALLS, ids=[f"{method} {path}" for method, path in CALLS])
def test_a_body_of_the_description_is_taken(client: TestClient, session: str, method: str, path: str) -> None:
    described = client.get("/openapi.json").json()
    content = described["paths"][path][method]["requestBody"]["content"]["application/json"]
    body = content.get("example") or shown(content["schema"], described["components"]["schemas"])
    answer = client.request(method, path.format(session=session), json=body)
    assert answer.status_code < 300, f"{body}: {answer.text}"


def shown(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    """What a page made of the description shows of a schema: its example, its default, or one of each part."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if schema.get("examples"):
        return schema["examples"][0]
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return shown(schema["anyOf"][0], known)
    if "properties" in schema:
        return {name: shown(part, known) for name, part in schema["properties"].items()}
    return [shown(schema["items"], known)] if schema.get("type") == "array" else None
