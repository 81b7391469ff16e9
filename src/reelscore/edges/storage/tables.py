"""The database: every table, once. SQLite and PostgreSQL hold the same.

Times are whole milliseconds since 1970 (UTC). Ids are text, made by `storage.ids`. JSON is text, so that both
databases keep the very bytes. What is large (media, readings, music, results) lies in the blob store under its SHA-256,
and only the hash stands here. A change of these tables needs a new file in `migrations/versions`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),  # "anon_...", "user_...", "local"
    Column("kind", Text, nullable=False),  # anonymous, registered, local
    Column("email", Text, unique=True),
    Column("password_hash", Text),
    Column("plan", Text, nullable=False),
    Column("client_hash", Text),  # SHA-256 of the client id an anonymous token was given to
    Column("address_hash", Text),  # SHA-256 of the address it was given to
    Column("merged_into", Text, ForeignKey("accounts.id")),
    Column("created_at", BigInteger, nullable=False),
    Index("accounts_by_client", "client_hash", "created_at"),
    Index("accounts_by_address", "address_hash", "created_at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of the token, never the token
    Column("prefix", Text, nullable=False),  # its first letters, to recognise it by
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # "read write upload render" or "*"; "claim" for a link token
    Column("subject", Text, nullable=False, server_default=""),  # what a link token is for
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("used_at", BigInteger),
)

attempts = Table(  # to log in, to sign up: counted, so that nobody tries all passwords
    "attempts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("subject", Text, nullable=False),  # keyed hash of an address or an email, with what was tried
    Column("created_at", BigInteger, nullable=False),
    Index("attempts_by_subject", "subject", "created_at"),
)

calls = Table(  # of each caller, by all processes together; on PostgreSQL
    "calls",
    metadata,
    Column("caller", Text, primary_key=True),  # keyed hash
    Column("total", BigInteger, nullable=False),
    Column("told_at", BigInteger, nullable=False),
)

secrets = Table(  # the service's own: made once, the same for every process
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),  # "links": signs download links and hashes of addresses
    Column("value", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),  # digits
    Column("project", Text, nullable=False, unique=True),  # "task_..."
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("history", Text, nullable=False),  # JSON {"count", "current", "undone"}; the versions have their own table
    Column("revision", Integer, nullable=False),  # counts up with every save
    Column("context", Text, nullable=False),  # JSON of values.message.Context
    Column("state", Text, nullable=False, server_default="{}"),  # JSON that a client keeps with its session
    Column("next_message", Integer, nullable=False, server_default="1"),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
)

versions = Table(  # of a session's timeline; an edit adds one and touches no other
    "versions",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # 3 for "v3"
    Column("parent", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # of the save that wrote this row
    Column("data", LargeBinary, nullable=False),  # the version as a history of its own, compressed
)

session_media = Table(
    "session_media",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("media", Text, primary_key=True),  # "sha256:..." as the timeline names it
    Column("blob", Text, nullable=False, index=True),
    Column("reading", Text, index=True),  # blob of the reading's JSON; none for composed music
    Column("piece", Text, index=True),  # blob of the piece's JSON, for composed music
    Column("thumbnail", Text, index=True),  # blob of a small JPEG, once it was asked for
    Column("filename", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("medium", Text, nullable=False),  # JSON of values.timeline.Media
    Column("info", Text, nullable=False),  # JSON of values.reading.MediaInfo
    Column("origin", Text, nullable=False),  # uploaded, composed
    Column("created_at", BigInteger, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("number", Integer, nullable=False),  # order within the session
    Column("key", Text, nullable=False),  # the client's id of the message; a repeated one is the same message
    Column("text", Text, nullable=False),
    Column("media", Text, nullable=False),  # JSON list of media that came with it
    Column("lacking", Text, nullable=False, server_default=""),  # scopes that its sender's token did not have
    Column("state", Text, nullable=False),  # waiting, running, done, failed, cancelled
    Column("meaning", Text),  # JSON of values.message.Meaning
    Column("reply", Text),  # JSON of values.message.Reply
    Column("version", Text),  # the timeline's version after it
    Column("job", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    UniqueConstraint("session", "number"),
    UniqueConstraint("session", "key"),
    Index("messages_by_state", "state", "session"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # music, render, understand, batch
    Column("account", Text, ForeignKey("accounts.id"), nullable=False),
    Column("session", Text, ForeignKey("sessions.id"), index=True),
    Column("message", Text, ForeignKey("messages.id")),
    Column("client_id", Text, nullable=False),  # the client's id of the request, or the job's own
    Column("request", Text, nullable=False),  # SHA-256 of what was asked: the same again is the same job
    Column("params", Text, nullable=False),
    Column("state", Text, nullable=False),  # queued, running, completed, failed, cancelled
    Column("stage", Text, nullable=False),
    Column("progress", Float, nullable=False),  # 0 to 1
    Column("priority", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run", Integer, nullable=False, server_default="1"),  # how often a person had it done
    Column("owner", Text, nullable=False),  # executor that works on it
    Column("fence", Integer, nullable=False),  # counts up with every owner; only the latest may write
    Column("cancel_asked", Boolean, nullable=False),
    Column("credits", Integer, nullable=False),  # frozen for it
    Column("result", Text),
    Column("error", Text),  # JSON {"code", "message", "hint"}
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    UniqueConstraint("account", "kind", "client_id"),
    Index("jobs_by_state", "state", "kind"),
    Index("jobs_by_account", "account", "created_at"),
)

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("stream", Text, nullable=False),  # "session:ID", "job:ID"
    Column("message", Text),  # the message it belongs to
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("created_at", BigInteger, nullable=False),
    Index("events_by_stream", "stream", "id"),
    Index("events_by_message", "message", "id"),
    sqlite_autoincrement=True,  # a number is never given twice, though the newest events are taken away
)

leases = Table(
    "leases",
    metadata,
    Column("executor", Text, primary_key=True),
    Column("queues", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

entries = Table(  # the ledger: every movement twice, the two summing to zero
    "ledger",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("movement", Text, nullable=False),  # both halves share it
    Column("account", Text, nullable=False),  # an account's id, or "house"
    Column("side", Text, nullable=False),  # available, frozen, granted, consumed, expired
    Column("amount", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # grant, freeze, settle, refund, expire
    Column("subject", Text, nullable=False),  # job id, or the reason of a grant
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("movement", "side", "account"),
    Index("ledger_by_account", "account", "side", "amount"),  # a balance is read from the index alone
    Index("ledger_by_subject", "subject"),
)

uploads = Table(  # that are under way, or were cut off
    "uploads",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False),
    Column("session", Text, ForeignKey("sessions.id")),
    Column("filename", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("media", Text),  # what it became, once all of it is there: JSON, so that a lost answer can be asked again
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("uploads_by_account", "account", "updated_at"),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("webhook", Text, ForeignKey("webhooks.id"), nullable=False),
    Column("job", Text, ForeignKey("jobs.id"), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger),
    Column("status", Integer),  # of the last answer
    Column("done_at", BigInteger),
    UniqueConstraint("webhook", "job"),
    Index("deliveries_due", "next_at"),
)

blobs = Table(  # what lies in the store; without a row a blob is not there
    "blobs",
    metadata,
    Column("hash", Text, primary_key=True),  # hex SHA-256
    Column("size", BigInteger, nullable=False),
    Column("touched_at", BigInteger, nullable=False),
)

job_blobs = Table(  # what a job made or needs: kept as long as the job
    "job_blobs",
    metadata,
    Column("job", Text, ForeignKey("jobs.id"), primary_key=True),
    Column("role", Text, primary_key=True),  # "output", "chunk:12", ...
    Column("blob", Text, nullable=False, index=True),
)
