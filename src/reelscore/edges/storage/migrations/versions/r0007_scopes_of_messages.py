"""A message knows what its sender's token was not for, since it may be carried out long after it was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("messages", sa.Column("lacking", sa.Text(), nullable=False, server_default=""))
