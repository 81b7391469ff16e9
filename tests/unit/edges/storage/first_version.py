"""A database as the first version of the program wrote it: one row and more of every table that counts."""

from __future__ import annotations

import zlib
from typing import Any

_VERSION = (
    '{"schema": 1, "current": "v1", "undone": [], "tracks": [], "media": [], "versions": [{"id": "v1", "parent": "", '
    '"timeline": {"canvas": {}, "title": "Ünïcode", "tracks": [], "media": []}, "message": "", "name": "", '
    '"steps": []}]}\n'
)

ROWS: dict[str, list[dict[str, Any]]] = {
    "accounts": [
        {"id": "user_1", "kind": "registered", "email": "a@example.org", "plan": "free", "created_at": 1},
        {"id": "anon_1", "kind": "anonymous", "plan": "guest", "merged_into": "user_1", "created_at": 2},
    ],
    "tokens": [
        {"id": "token_1", "account": "user_1", "hash": "0" * 64, "prefix": "nmv", "name": "mine", "scopes": "*",
         "created_at": 3},
    ],
    "sessions": [
        {"id": "1234567890123456789", "project": "task_1", "account": "user_1", "title": "Ünïcode", "language": "de",
         "history": '{"count": 1, "current": "v1", "undone": []}', "revision": 1, "context": "{}", "created_at": 4,
         "updated_at": 5},
    ],
    "versions": [
        {"session": "1234567890123456789", "number": 1, "parent": "", "revision": 1,
         "data": zlib.compress(_VERSION.encode(), 1)},
    ],
    "messages": [
        {"id": "message_1", "session": "1234567890123456789", "number": 1, "key": "k", "text": "hi", "media": "[]",
         "state": "done", "created_at": 6},
    ],
    "jobs": [
        {"id": "job_1", "kind": "render", "account": "user_1", "session": "1234567890123456789", "client_id": "c",
         "request": "r", "params": "{}", "state": "completed", "stage": "", "progress": 1.0, "priority": 0,
         "attempts": 1, "owner": "w", "fence": 3, "cancel_asked": False, "credits": 5, "created_at": 7},
    ],
    "ledger": [
        {"id": 1, "movement": "m1", "account": "user_1", "side": "available", "amount": 2**40, "kind": "grant",
         "subject": "start", "created_at": 8},
        {"id": 2, "movement": "m1", "account": "house", "side": "granted", "amount": -(2**40), "kind": "grant",
         "subject": "start", "created_at": 8},
    ],
    "events": [
        {"id": 41, "stream": "session:1", "message": "message_1", "kind": "text", "body": "{}", "created_at": 8},
    ],
    "uploads": [
        {"id": "upload_1", "account": "user_1", "filename": "x.mp4", "size": 2**33, "received": 2**32, "created_at": 9,
         "updated_at": 10},
    ],
    "blobs": [{"hash": "a" * 64, "size": 2**33, "touched_at": 11}],
    "job_blobs": [{"job": "job_1", "role": "output", "blob": "a" * 64}],
}  # fmt: skip
