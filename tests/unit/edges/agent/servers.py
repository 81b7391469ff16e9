"""Language model servers on loopback that behave, or misbehave in every way a server can."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]

QUIETER = {"steps": [{"command": "volume", "args": {"which": "music", "to": "30%"}}]}


class Server(ThreadingHTTPServer):
    """What it is asked is kept in `asked`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.asked: list[dict[str, Any]] = []
        self.stopping = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        self.server.asked.append(body)
        self.server.behaviour(self, body)

    def do_GET(self) -> None:
        self.server.asked.append({"GET": self.path})
        self.give(200, b"{}")

    def give(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    """The server while it is needed."""
    server = Server(behaviour)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def completion(message: dict[str, Any]) -> bytes:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    made = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return json.dumps(made).encode()


def rung(body: dict[str, Any]) -> str:
    """How a request asks for JSON."""
    form = (body.get("response_format") or {}).get("type", "")
    return "tool" if body.get("tools") else form or "prompt"


def says(text: str) -> Behaviour:
    """Always this text."""
    return lambda handler, body: handler.give(200, completion({"content": text}))


def gives(status: int, text: str = "no", kind: str = "application/json") -> Behaviour:
    """Always this status."""
    return lambda handler, body: handler.give(status, text.encode(), kind)


def only(accepted: str, status: int = 400) -> Behaviour:
    """Knows one way of being held to JSON, and refuses the others."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        if rung(body) != accepted:
            handler.give(status, b'{"error": {"message": "not supported", "type": "x", "code": null, "param": null}}')
        elif accepted == "tool":
            call = {"id": "t1", "type": "function", "function": {"name": "edit", "arguments": json.dumps(QUIETER)}}
            handler.give(200, completion({"content": None, "tool_calls": [call]}))
        elif accepted == "prompt":
            handler.give(200, completion({"content": f"Sure! Here it is:\n```json\n{json.dumps(QUIETER)}\n```"}))
        else:
            handler.give(200, completion({"content": json.dumps(QUIETER)}))

    return behave


def silent(handler: Handler, body: dict[str, Any]) -> None:
    """Takes the request and never answers."""
    handler.server.stopping.wait(600)


def drips(handler: Handler, body: dict[str, Any]) -> None:
    """A byte now and then, for ever: no single read takes long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.stopping.is_set():
        handler.wfile.write(b" ")
        time.sleep(0.05)


def endless(handler: Handler, body: dict[str, Any]) -> None:
    """As much as the line takes, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"[" * 65_536)


def hangs_up(handler: Handler, body: dict[str, Any]) -> None:
    """Closes the line in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "c')
    handler.close_connection = True
