"""A small picture of each medium, once somebody asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("session_media", sa.Column("thumbnail", sa.Text()))
    op.create_index("ix_session_media_thumbnail", "session_media", ["thumbnail"])
