"""The HTTP API: sessions, messages, media, jobs, accounts; parse, call, format."""
