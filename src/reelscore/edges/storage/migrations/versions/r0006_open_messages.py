"""Messages that wait or run are found without looking through those that ended."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("messages_by_state", "messages", ["state", "session"])
