"""The other providers' own protocols, against fakes that speak them. Needs their libraries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reelscore.edges.agent import remote
from reelscore.edges.agent.endpoint import Endpoint
from reelscore.edges.agent.planner import PlannerError
from reelscore.edges.agent.prompt import asking
from reelscore.edges.agent.remote import RemotePlanner
from reelscore.edit.samples import SAMPLES
from reelscore.values.message import Context
from tests.unit.edges.agent import servers
from tests.unit.edges.agent.servers import QUIETER, Handler, serving

pytest.importorskip("pydantic_ai")
TOLD = asking("louder", SAMPLES["clips"](), Context())


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    remote.forget()
    yield
    remote.forget()


def message(handler: Handler, body: dict[str, Any]) -> None:
    """Anthropic's answer: a tool call where a tool is asked for, else text."""
    content: dict[str, Any] = {"type": "text", "text": json.dumps(QUIETER)}
    if body.get("tools"):
        content = {"type": "tool_use", "id": "t1", "name": "edit", "input": QUIETER}
    made = {
        "id": "m1", "type": "message", "role": "assistant", "model": "m", "content": [content],
        "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1},
    }  # fmt: skip
    handler.give(200, json.dumps(made).encode())


def candidate(handler: Handler, body: dict[str, Any]) -> None:
    """Gemini's answer."""
    part = {"text": json.dumps(QUIETER)}
    made = {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}]}
    handler.give(200, json.dumps(made).encode())


def planner(provider: str, server: servers.Server, timeout_s: float = 60.0) -> RemotePlanner:
    base = server.url.removesuffix("/v1")
    return RemotePlanner(Endpoint(provider, "claude-haiku-4-5", base, "k", timeout_s))


def test_anthropic() -> None:
    pytest.importorskip("anthropic")
    with serving(message) as server:
        assert planner("anthropic", server).plan(TOLD) == QUIETER
        assert server.asked[0]["max_tokens"] <= 2000


def test_gemini() -> None:
    pytest.importorskip("google.genai")
    with serving(candidate) as server:
        assert planner("google", server).plan(TOLD) == QUIETER


@pytest.mark.parametrize(("provider", "library"), [("anthropic", "anthropic"), ("google", "google.genai")])
@pytest.mark.parametrize(
    "behaviour",
    [
        servers.gives(500), servers.gives(429), servers.gives(200, "<html>"), servers.endless, servers.silent,
        servers.drips,
    ],
    ids=["500", "429", "html", "endless", "silent", "drips"],
)  # fmt: skip
def test_their_servers_misbehave_too(provider: str, library: str, behaviour: servers.Behaviour) -> None:
    pytest.importorskip(library)
    with serving(behaviour) as server, pytest.raises(PlannerError):
        planner(provider, server, 0.8).plan(TOLD)
