"""Real servers for tests: PostgreSQL and an S3 server, on free ports of this machine, stopped by their starter."""
