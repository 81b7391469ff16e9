"""Servers that any test may ask for."""

from tests.servers.fixtures import bucket, database_url, postgres_server, postgres_url, s3_server

__all__ = ["bucket", "database_url", "postgres_server", "postgres_url", "s3_server"]
