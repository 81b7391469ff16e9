"""Servers that any test may ask for; and no property fails because the machine is slow."""

from hypothesis import HealthCheck, settings

from tests.servers.fixtures import bucket, database_url, postgres_server, postgres_url, s3_server

__all__ = ["bucket", "database_url", "postgres_server", "postgres_url", "s3_server"]

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
