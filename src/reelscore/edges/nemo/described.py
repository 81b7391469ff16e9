"""What the description of the interface says of the bodies that these calls take: they are read leniently, so their
shape is told here, each with an example that works."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]
_TEXT: Plain = {"type": "string"}
_OBJECT: Plain = {"type": "object"}


def _json(example: Plain, required: tuple[str, ...] = (), **properties: Plain) -> Plain:
    schema = {"type": "object", "properties": properties, "required": list(required), "example": example}
    return {"requestBody": {"required": bool(required), "content": {"application/json": {"schema": schema}}}}


def _header(name: str, what: str, required: bool = False, example: str = "") -> Plain:
    schema = _TEXT | {"maxLength": 64, "example": example}
    return {"name": name, "in": "header", "required": required, "description": what, "schema": schema}


_SKILL = [
    _header("X-Skill-Source", "The skill that asks.", example="music-creator-ai"),
    _header("X-Skill-Version", "Its version.", example="1.0.0"),
    _header("X-Skill-Platform", "Where it is installed.", example="unknown"),
]
_MESSAGE: Plain = {
    "type": "object",
    "properties": {"parts": {"type": "array", "items": {"type": "object", "properties": {"text": _TEXT}}}},
}
_FILES: Plain = {"type": "array", "items": {"type": "string", "format": "binary"}}
_SAID: Plain = {"parts": [{"text": "add calm lo-fi music at 35%"}]}

GUEST: Plain = {"parameters": [_header("X-Client-Id", "Any stable id of the client.", True, "a-stable-id")]}
SESSION = _json({"task_name": "project", "language": "en"}, task_name=_TEXT, language=_TEXT)
CLAIM = _json({"session_id": "5529798706024415232"}, ("session_id",), task_id=_TEXT, session_id=_TEXT)
TOKEN = _json(
    {"name": "ci", "scopes": ["*"], "expires_in_days": 90},
    name=_TEXT,
    scopes={"type": "array", "items": {"enum": ["read", "write", "upload", "render", "*"]}},
    expires_in_days={"type": "number", "exclusiveMinimum": 0},
)
VERIFY = _json({"token": "nmv_usr_..."}, ("token",), token=_TEXT)
PROJECT = _json({"create_session": True}, create_session={"type": "boolean"}, name=_TEXT, language=_TEXT)
KIT_SESSION = _json({"state": {}}, session_id=_TEXT, state=_OBJECT)
KIT_STATE = _json({"stateDelta": {"locale": "en"}}, ("stateDelta",), stateDelta=_OBJECT)
RENDER = _json(
    {"id": "render_1", "sessionId": "5529798706024415232", "output": {"format": "mp4", "quality": "high"}},
    ("sessionId",),
    id=_TEXT,
    sessionId=_TEXT,
    draft=_OBJECT,
    output=_OBJECT,
) | {"parameters": _SKILL}
RUN = _json(
    {"app_name": "nemo_agent", "user_id": "me", "session_id": "5529798706024415232", "new_message": _SAID},
    ("session_id", "new_message"),
    app_name=_TEXT,
    user_id=_TEXT,
    session_id=_TEXT,
    new_message=_MESSAGE,
    state_delta=_OBJECT,
) | {
    "parameters": [
        _header("X-Message-Id", "The client's id of the message; a repeated one is not run again.", example="m-1"),
        _header("Last-Event-ID", "Go on after this event.", example="17"),
    ]
}
UPLOAD: Plain = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": {"type": "object", "properties": {"files": _FILES}}},
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"urls": {"type": "array", "items": _TEXT}, "source_type": _TEXT},
                    "required": ["urls"],
                    "example": {"urls": ["https://example.com/beach.mp4"], "source_type": "url"},
                }
            },
        },
    }
}
FILE: Plain = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": _FILES["items"], "session_id": _TEXT}}
            }
        },
    }
}
