"""How Alembic runs our migrations: on the connection it was given, in the caller's transaction."""

from __future__ import annotations

from alembic import context

from emotion_stream.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
