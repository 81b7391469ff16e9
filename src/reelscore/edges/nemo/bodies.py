"""Bodies of requests, read leniently in form and strictly in content.

Names come in snake_case and camelCase (`session_id`, `sessionId`); unknown ones are ignored, as in the protocol's own
servers. Everything else that does not fit is refused with the value seen.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from reelscore.edges.api.errors import RefusedError

Plain = dict[str, Any]
APP = "nemo_agent"
LONGEST_TEXT = 20_000  # letters of a message
LONGEST_KEY = 200
_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Run:
    """A message to an agent, as `/run_sse` and `/run` take it. `key`: the client's id of it, "" if it gave none."""

    app: str
    user: str
    session: str
    text: str
    urls: tuple[str, ...]
    key: str
    state: Plain
    streaming: bool


async def json_object(request: Request, required: bool = True) -> Plain:
    """The body as an object. Raises RefusedError (400) for anything else."""
    body = await request.body()
    if not body.strip():
        if required:
            raise wrong("The request has no body.", "Send a JSON object.")
        return {}
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise wrong("The body is no JSON.", "Send a JSON object.") from None
    if not isinstance(data, dict):
        raise wrong(f"The body is a {type(data).__name__}.", "Send a JSON object.")
    return data


def wrong(message: str, hint: str = "") -> RefusedError:
    return RefusedError(400, 400, message, hint, "bad_request")


def taken(body: Plain, name: str, default: Any = None) -> Any:
    """A value by its snake_case name, or the same in camelCase."""
    first, *rest = name.split("_")
    camel = first + "".join(word.capitalize() for word in rest)
    value = body.get(name, body.get(camel))
    return default if value is None else value


def words(body: Plain, name: str, default: str = "", most: int = 200) -> str:
    """A short text. Raises RefusedError."""
    value = taken(body, name, default)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise wrong(f'"{name}" is {_seen(value)}.', "It must be text.")
    if len(value) > most:
        raise wrong(f'"{name}" has {len(value)} letters.', f"It may have {most}.")
    return value.encode("utf-8", "replace").decode().replace("\x00", "")


def session_name(value: str) -> str:
    """A session's id as it came; one that no session can have is not looked up."""
    return value if _SESSION.fullmatch(value) else ""


def own_name(value: str) -> str:
    """An id that a client chose for its session. Raises RefusedError."""
    if value and not _SESSION.fullmatch(value):
        raise wrong(f'"{value[:40]}" cannot be a session\'s id.', "Use up to 64 letters, digits, - and _.")
    return value


def message_key(request: Request, body: Plain) -> str:
    """The client's id of its message: X-Message-Id, Idempotency-Key, or in the body. "" if it gave none."""
    message, custom = taken(body, "new_message", {}), taken(body, "custom_metadata", {})
    places = (
        request.headers.get("x-message-id"),
        request.headers.get("idempotency-key"),
        taken(body, "message_id"),
        message.get("id") if isinstance(message, dict) else None,
        taken(custom, "message_id") if isinstance(custom, dict) else None,
        taken(body, "invocation_id"),
    )
    key = next((place for place in places if place), "")
    if not isinstance(key, str) or len(key) > LONGEST_KEY:
        raise wrong(f"The message's id is {_seen(key)}.", f"It must be text of at most {LONGEST_KEY} letters.")
    return key


def run_of(request: Request, body: Plain) -> Run:
    """What `/run_sse` is asked. Raises RefusedError."""
    text, urls = _message(taken(body, "new_message"))
    state = taken(body, "state_delta", {})
    if not isinstance(state, dict):
        raise wrong(f'"stateDelta" is {_seen(state)}.', "It must be an object.")
    return Run(
        words(body, "app_name", APP), words(body, "user_id", "me"), words(body, "session_id"), text, urls,
        message_key(request, body), state, bool(taken(body, "streaming", False)),
    )  # fmt: skip


def _message(content: Any) -> tuple[str, tuple[str, ...]]:
    """The words of a message, and the addresses of files that come with it."""
    if content is None:
        raise wrong("The request has no new_message.", 'Send {"new_message": {"parts": [{"text": "..."}]}}.')
    parts = content.get("parts") if isinstance(content, dict) else None
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise wrong(f"new_message is {_seen(content)}.", 'It must be {"parts": [{"text": "..."}]}.')
    said: list[str] = []
    urls: list[str] = []
    for part in parts:
        text, file = part.get("text"), taken(part, "file_data")
        if isinstance(text, str):
            said.append(text)
        elif isinstance(file, dict) and isinstance(taken(file, "file_uri"), str):
            urls.append(taken(file, "file_uri"))
        elif text is not None or file is not None or taken(part, "inline_data") is not None:
            raise wrong(f"A part of the message is {_seen(part)}.", "Parts hold text or fileData; upload files first.")
    text = "\n".join(said).encode("utf-8", "replace").decode().replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        raise wrong(f"The message has {len(text)} letters.", f"It may have {LONGEST_TEXT}.")
    if not text:
        raise wrong("The message has no words.", "Say what should be done.")
    return text, tuple(urls)


def _seen(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=True, default=str)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
