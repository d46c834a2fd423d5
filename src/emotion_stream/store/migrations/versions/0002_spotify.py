"""Spotify: sign-ins under way, signed-in sessions, counted calls, a pause, turns of recipes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "spotify_sign_ins",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("session_id", ROW_NUMBER, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("redirect_uri", sa.String(500), nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("back", sa.String(200), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_spotify_sign_ins"),
        _of_a_session("spotify_sign_ins"),
    )
    op.create_table(
        "spotify_accounts",
        sa.Column("session_id", ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("account_id", sa.String(255), nullable=False),
        sa.Column("access_token", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("authorized_at", TIME, nullable=False),
        sa.Column("refreshing_until", TIME),
        sa.PrimaryKeyConstraint("session_id", name="pk_spotify_accounts"),
        _of_a_session("spotify_accounts"),
    )
    op.create_table(
        "spotify_calls",
        sa.Column("endpoint", sa.String(64), nullable=False),
        sa.Column("slot_at", TIME, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("endpoint", "slot_at", name="pk_spotify_calls"),
    )
    op.create_table(
        "spotify_pauses",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spotify_pauses"),
    )
    op.create_table(
        "spotify_turns",
        sa.Column("session_id", ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("emotion", sa.String(16), nullable=False),
        sa.Column("goal", sa.String(16), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "emotion", "goal", name="pk_spotify_turns"),
        _of_a_session("spotify_turns"),
    )


def _of_a_session(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["session_id"],
        ["sessions.id"],
        name=f"fk_{table}_session_id_sessions",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for table in ("turns", "pauses", "calls", "accounts", "sign_ins"):
        op.drop_table(f"spotify_{table}")
