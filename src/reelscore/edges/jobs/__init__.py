"""Durable work: what must go on when a process dies, a connection breaks or a person leaves."""
