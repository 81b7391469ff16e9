"""The server itself: a socket, the application on it, and a stop that lets nobody hang.

The first Ctrl-C (or SIGTERM) stops taking calls, ends open streams and waits for what is being answered; the second
stops at once. Work goes on after a restart: jobs are kept in the database, not here.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from reelscore.errors import OutputError

_SWITCH_S = 0.001  # a thread that works gives way so soon to the loop that answers everybody else
STOP_S = 10  # what is being answered may take so long to end


class Server(uvicorn.Server):
    """Stops at a signal and returns; a second signal cuts off what is left."""

    def __init__(self, app: FastAPI, begun: Callable[[], Any]) -> None:
        super().__init__(
            uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, date_header=True, lifespan="on",
                timeout_graceful_shutdown=STOP_S, timeout_keep_alive=30, backlog=1024, ws_max_size=4_000_000,
                h11_max_incomplete_event_size=64_000,
            )
        )  # fmt: skip
        self._app, self._begun = app, begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._begun()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True
        self._app.state.limits.close()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As the framework's, but the signal is spent: a stop that was asked for is no failure."""
        before = {sig: signal.signal(sig, self.handle_exit) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)


def serve(app: FastAPI, place: socket.socket, started: Callable[[], Any]) -> None:
    """Answer calls on this socket until a signal; `started` is called when the first can come."""
    gc.enable()
    gc.freeze()
    sys.setswitchinterval(_SWITCH_S)
    Server(app, started).run(sockets=[place])


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one. Raises OutputError where that cannot be."""
    plain = host.strip("[]")
    try:
        family, _, _, _, where = socket.getaddrinfo(plain, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror:
        raise OutputError(f'There is no host "{host[:60]}".', "Leave --host out to serve this machine.") from None
    place = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that small answers go at once
    if os.name == "posix":
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind(where)
    except OSError as fault:
        place.close()
        raise _unbound(host, port, fault) from None
    place.set_inheritable(False)
    return place


def _unbound(host: str, port: int, fault: OSError) -> OutputError:
    if fault.errno == errno.EADDRINUSE:
        return OutputError(f"Port {port} is taken by another program.", f"Choose another: --port {port + 1}.")
    if fault.errno in (errno.EACCES, errno.EPERM):
        return OutputError(f"Port {port} may not be used by this user.", "Choose one above 1023.")
    if fault.errno == errno.EADDRNOTAVAIL:
        return OutputError(f"{host} is no address of this machine.", "Leave --host out to serve this machine.")
    return OutputError(f"{host}:{port} cannot be served: {fault.strerror}.", "Choose another host or port.")
