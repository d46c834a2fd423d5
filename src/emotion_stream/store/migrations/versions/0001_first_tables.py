"""The first tables: sessions, readings, corrections, plays, choices made in the page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)
SCORES = ("neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise")


def upgrade() -> None:
    _create_sessions()
    _create_readings()
    _create_corrections()
    _create_plays()
    op.create_table(
        "app_settings",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_app_settings"),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("analyse_consent_at", TIME),
        sa.Column("history_consent_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )


def _create_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("session_id", ROW_NUMBER, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("file", sa.String(255)),
        sa.Column("start_s", sa.Double, nullable=False),
        sa.Column("end_s", sa.Double, nullable=False),
        sa.Column("emotion", sa.String(16)),
        *(sa.Column(name, sa.Double) for name in SCORES),
        *(sa.Column(name, sa.Double) for name in ("valence", "arousal", "spread")),
        sa.Column("quality", sa.JSON, nullable=False),
        sa.Column("timeline", sa.JSON, nullable=False),
        sa.Column("waveform", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_readings_session_id_sessions",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_readings_session_id_created_at", "readings", ["session_id", "created_at"])


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("reading_id", sa.String(32), nullable=False),
        sa.Column("emotion", sa.String(16), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("reading_id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["readings.id"],
            name="fk_corrections_reading_id_readings",
            ondelete="CASCADE",
        ),
    )


def _create_plays() -> None:
    op.create_table(
        "plays",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("session_id", ROW_NUMBER, nullable=False),
        sa.Column("reading_id", sa.String(32)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("provider", sa.String(64), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("position_s", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plays"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_plays_session_id_sessions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["readings.id"],
            name="fk_plays_reading_id_readings",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_plays_session_id_created_at", "plays", ["session_id", "created_at"])


def downgrade() -> None:
    for table in ("app_settings", "plays", "corrections", "readings", "sessions"):
        op.drop_table(table)
