"""What Alembic runs the steps with: the open transaction that `storage.migrate` hands over."""

from __future__ import annotations

from alembic import context

from reelscore.edges.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
