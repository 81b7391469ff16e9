"""Servers that any test may ask for; and no property fails because the machine is slow."""

import contextlib
import signal

from hypothesis import HealthCheck, settings

from tests.servers.fixtures import bucket, database_url, postgres_server, postgres_url, s3_server

__all__ = ["bucket", "database_url", "postgres_server", "postgres_url", "s3_server"]

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

with contextlib.suppress(ValueError):  # in the main thread only
    # A suite started in the background of a shell ignores Ctrl-C, and every program it starts would inherit that.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
