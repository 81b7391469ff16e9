"""A language model over the network, through pydantic-ai: OpenAI-compatible servers, Anthropic, Gemini, Ollama.

Servers differ in how they can be held to JSON, so the request goes down a ladder until one rung gives JSON:

json_schema  the answer's schema, enforced by the server
json_object  the same schema in the form that llama.cpp's server knows
tool         one tool, named, whose arguments are the answer
prompt       asked for in words only; the JSON is looked for in the answer

The rung that worked is remembered for the endpoint. All tries together have one deadline, answers a size, and a server
that cannot be reached is left alone for a while, so that no message waits for it.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reelscore.edges.agent.endpoint import Endpoint
from reelscore.edges.agent.lenient import json_in
from reelscore.edges.agent.planner import Asking, PlannerError

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings

RUNGS = ("json_schema", "json_object", "tool", "prompt")
MOST_BYTES = 262_144
MOST_TOKENS = 700
REST_S = 30.0  # a server that could not be reached is not tried for so long
_TOOL = "edit"
_GIVE_UP = (401, 402, 403, 404, 408, 429)  # asking in another way would not help

_MODELS = {"openai": "openai", "ollama": "openai", "anthropic": "anthropic"}

_worked: dict[tuple[str, str, str], str] = {}
_resting: dict[tuple[str, str, str], float] = {}
_lock = threading.Lock()


class RemotePlanner:
    """The planner of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.below = endpoint.below
        self._key = (endpoint.provider, endpoint.url, endpoint.model)

    def plan(self, asking: Asking) -> object:
        """The model's answer. Raises PlannerError within the endpoint's time."""
        with suppress(ImportError):  # told of below
            import_module(f"pydantic_ai.models.{_MODELS.get(self.endpoint.provider, 'google')}")
            import_module("pydantic_ai.direct")  # seconds, the first time: not on the clock

        with _lock:
            if _resting.get(self._key, 0.0) > time.monotonic():
                raise PlannerError("it could not be reached a moment ago")
        outcome: list[object] = []
        fault: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(asyncio.run(self._within(asking)))
            except BaseException as error:
                fault.append(error)

        thread = threading.Thread(target=run, name="planner", daemon=True)
        thread.start()
        thread.join(self.endpoint.timeout_s + 2)
        if outcome:
            return outcome[0]
        error = fault[0] if fault else TimeoutError()
        if isinstance(error, (_UnreachableError, TimeoutError)):
            with _lock:
                _resting[self._key] = time.monotonic() + REST_S
        raise PlannerError(str(error) or type(error).__name__) from None

    async def _within(self, asking: Asking) -> object:
        return await asyncio.wait_for(self._climb_down(asking), self.endpoint.timeout_s)

    async def _climb_down(self, asking: Asking) -> object:
        first = _worked.get(self._key, RUNGS[0])
        reasons: list[str] = []
        for rung in RUNGS[RUNGS.index(first) :]:
            try:
                answer = await self._ask(rung, asking)
            except PlannerError as error:
                if isinstance(error, _UnreachableError):
                    raise
                reasons.append(f"{rung}: {error}")
                continue
            with _lock:
                _worked[self._key] = rung
            return answer
        with _lock:
            _worked.pop(self._key, None)
        raise PlannerError("; ".join(reasons)[:400])

    async def _ask(self, rung: str, asking: Asking) -> object:
        from pydantic_ai.direct import model_request
        from pydantic_ai.exceptions import AgentRunError, UserError
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

        async with _client(self.endpoint) as client:
            model = _model(self.endpoint, client)
            said = ModelRequest([SystemPromptPart(asking.instructions), UserPromptPart(asking.data)])
            params, settings = _rung(rung, asking.schema, self.endpoint)
            try:
                response = await model_request(model, [said], model_settings=settings, model_request_parameters=params)
            except (AgentRunError, UserError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise _fault(error) from None
            return _answer(response)


class _UnreachableError(PlannerError):
    """Another way of asking would not help."""


def _fault(error: Exception) -> PlannerError:
    status = getattr(error, "status_code", None)
    told = f"{status or type(error).__name__}: {str(error)[:200]}"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, _TooMuchError) or "Connect" in type(cause).__name__:
            return _UnreachableError(told)
        cause = cause.__cause__ or cause.__context__
    return _UnreachableError(told) if status in _GIVE_UP else PlannerError(told)


def _answer(response: ModelResponse) -> object:
    """What the model said, as JSON: the arguments of its tool call, or what its text holds."""
    from pydantic_ai.messages import TextPart, ToolCallPart

    text = ""
    for part in response.parts:
        if isinstance(part, ToolCallPart):
            return json_in(part.args if isinstance(part.args, str) else json.dumps(part.args or {}))
        if isinstance(part, TextPart):
            text += part.content
    return json_in(text)


def _rung(rung: str, schema: Mapping[str, object], endpoint: Endpoint) -> tuple[ModelRequestParameters, ModelSettings]:
    """How a request of this rung is made."""
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition
    from pydantic_ai.settings import ModelSettings
    from pydantic_ai.tools import ToolDefinition

    settings = ModelSettings(max_tokens=MOST_TOKENS, timeout=endpoint.timeout_s, max_retries=0)
    if endpoint.provider in ("openai", "ollama") and endpoint.url:
        settings["temperature"] = 0.0
    held = dict(schema)
    if rung == "json_schema":
        form = OutputObjectDefinition(json_schema=held, name="edits")
        return ModelRequestParameters(output_mode="native", output_object=form), settings
    if rung == "tool":
        tool = ToolDefinition(name=_TOOL, parameters_json_schema=held, description="The edits.", kind="output")
        params = ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)
        if endpoint.provider in ("openai", "ollama"):
            settings["extra_body"] = {"tool_choice": {"type": "function", "function": {"name": _TOOL}}}
        return params, settings
    if rung == "json_object" and endpoint.provider in ("openai", "ollama"):
        settings["extra_body"] = {"response_format": {"type": "json_object", "schema": held}}
    return ModelRequestParameters(output_mode="text"), settings


def _model(endpoint: Endpoint, client: Any) -> Model:
    """pydantic-ai's model for the endpoint."""
    if endpoint.provider in ("openai", "ollama"):
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.profiles import ModelProfile
        from pydantic_ai.providers.openai import OpenAIProvider

        base = endpoint.url or "https://api.openai.com/v1"
        opened = AsyncOpenAI(base_url=base, api_key=endpoint.key or "none", http_client=client, max_retries=0)
        profile = ModelProfile(supports_json_schema_output=True, supports_tools=True)
        return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=opened), profile=profile)
    if endpoint.provider == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        asked = AsyncAnthropic(
            base_url=endpoint.url or None,
            api_key=endpoint.key or "none",
            max_retries=0,
            timeout=endpoint.timeout_s,
            http_client=client,
        )
        return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=asked))
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    provider = GoogleProvider(api_key=endpoint.key or "none", base_url=endpoint.url or None, http_client=client)
    return GoogleModel(endpoint.model, provider=provider)


class _TooMuchError(Exception):
    """More bytes than any answer needs."""


def _client(endpoint: Endpoint) -> Any:
    """An HTTP client that follows no redirect and stops reading at `MOST_BYTES`."""
    import httpx2

    class Capped(httpx2.AsyncByteStream):
        def __init__(self, held: Any) -> None:
            self.held = held

        async def __aiter__(self) -> AsyncIterator[bytes]:
            total = 0
            async for block in self.held:
                total += len(block)
                if total > MOST_BYTES:
                    raise _TooMuchError(f"more than {MOST_BYTES} bytes")
                yield block

        async def aclose(self) -> None:
            await self.held.aclose()

    class Transport(httpx2.AsyncHTTPTransport):
        async def handle_async_request(self, request: Any) -> Any:
            response = await super().handle_async_request(request)
            response.stream = Capped(response.stream)
            return response

    timeout = httpx2.Timeout(endpoint.timeout_s, connect=min(3.0, endpoint.timeout_s))
    if endpoint.local:
        return httpx2.AsyncClient(transport=Transport(), timeout=timeout, trust_env=False, follow_redirects=False)
    return httpx2.AsyncClient(mounts={"all://": Transport()}, timeout=timeout, follow_redirects=False)


def forget() -> None:
    """Start afresh: no rung known, no server resting."""
    with _lock:
        _worked.clear()
        _resting.clear()
