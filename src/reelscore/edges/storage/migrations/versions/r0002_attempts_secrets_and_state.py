"""Log-in attempts, the service's secrets, what clients keep with a session, answers to lost uploads; events keep their
numbers for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("attempts_by_subject", "attempts", ["subject", "created_at"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.add_column("sessions", sa.Column("state", sa.Text(), server_default="{}", nullable=False))
    op.add_column("jobs", sa.Column("run", sa.Integer(), server_default="1", nullable=False))
    op.add_column("uploads", sa.Column("media", sa.Text()))
    op.create_index("uploads_by_account", "uploads", ["account", "updated_at"])
    op.drop_index("ledger_by_account", "ledger")
    op.create_index("ledger_by_account", "ledger", ["account", "side", "amount"])
    op.create_index("ix_session_media_reading", "session_media", ["reading"])
    op.create_index("ix_session_media_piece", "session_media", ["piece"])
    op.create_index("deliveries_due", "webhook_deliveries", ["next_at"])
    if op.get_bind().dialect.name == "sqlite":  # the others never give a number twice
        numbered = {"sqlite_autoincrement": True}
        with op.batch_alter_table("events", recreate="always", table_kwargs=numbered):
            pass
