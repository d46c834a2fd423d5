"""The tables, and the column types both databases agree on.

Scores are eight columns and not one JSON value: the emotions are fixed, the database checks their
type, and a diary can average them with the same SQL on SQLite and PostgreSQL. What is only drawn
(quality, timeline, waveform) is JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite has no time zones and gets UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(str):
    """JSON that is written already, for a column of JSON."""

    __slots__ = ()


def to_json(value: object) -> str:
    return value if isinstance(value, JsonText) else json.dumps(value)


# SQLite only numbers rows by itself in a column declared INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class SessionRow(Base):
    """A listener without a name. `token_hash` is the SHA-256 of the cookie, never the cookie."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    analyse_consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    history_consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReadingRow(Base):
    """A stored analysis. The eight scores and the affect are null where no speech was found."""

    __tablename__ = "readings"
    __table_args__ = (Index(None, "session_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    file: Mapped[str | None] = mapped_column(String(255))
    start_s: Mapped[float] = mapped_column(Double)
    end_s: Mapped[float] = mapped_column(Double)
    emotion: Mapped[str | None] = mapped_column(String(16))
    neutral: Mapped[float | None] = mapped_column(Double)
    calm: Mapped[float | None] = mapped_column(Double)
    happiness: Mapped[float | None] = mapped_column(Double)
    sadness: Mapped[float | None] = mapped_column(Double)
    anger: Mapped[float | None] = mapped_column(Double)
    fear: Mapped[float | None] = mapped_column(Double)
    disgust: Mapped[float | None] = mapped_column(Double)
    surprise: Mapped[float | None] = mapped_column(Double)
    valence: Mapped[float | None] = mapped_column(Double)
    arousal: Mapped[float | None] = mapped_column(Double)
    spread: Mapped[float | None] = mapped_column(Double)
    quality: Mapped[dict[str, Any]] = mapped_column(JSON)
    timeline: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    waveform: Mapped[list[float]] = mapped_column(JSON)


class CorrectionRow(Base):
    """What the person said about a reading; at most one for each."""

    __tablename__ = "corrections"

    reading_id: Mapped[str] = mapped_column(
        ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True
    )
    emotion: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlayRow(Base):
    """Something was started, heard to its end or skipped; `title` outlives the item."""

    __tablename__ = "plays"
    __table_args__ = (Index(None, "session_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    reading_id: Mapped[str | None] = mapped_column(ForeignKey("readings.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    provider: Mapped[str] = mapped_column(String(64))
    item_id: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(500))
    event: Mapped[str] = mapped_column(String(16))
    position_s: Mapped[float] = mapped_column(Double)


class AppSettingRow(Base):
    """A choice made in the page that outlives a restart, such as the music folder."""

    __tablename__ = "app_settings"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SpotifySignInRow(Base):
    """A sign-in under way. `state_hash` is SHA-256; `verifier` is encrypted."""

    __tablename__ = "spotify_sign_ins"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    verifier: Mapped[str] = mapped_column(Text)
    redirect_uri: Mapped[str] = mapped_column(String(500))
    scopes: Mapped[str] = mapped_column(Text)
    back: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SpotifyAccountRow(Base):
    """A session that is signed in to Spotify; both tokens are encrypted.

    `refreshing_until` is set while one process renews the tokens, so that no other one does.
    """

    __tablename__ = "spotify_accounts"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(String(255))
    access_token: Mapped[str] = mapped_column(Text)
    refresh_token: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    scopes: Mapped[str] = mapped_column(Text)
    authorized_at: Mapped[datetime] = mapped_column(UtcDateTime)
    refreshing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SpotifyCallRow(Base):
    """How often an endpoint was called within a slot of ten minutes, by this installation."""

    __tablename__ = "spotify_calls"

    endpoint: Mapped[str] = mapped_column(String(64), primary_key=True)
    slot_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    calls: Mapped[int] = mapped_column(Integer)


class SpotifyPauseRow(Base):
    """Until when Spotify is left alone; one row at most."""

    __tablename__ = "spotify_pauses"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200))


class SpotifyTurnRow(Base):
    """How often a session asked for an emotion and a goal: which recipe comes next."""

    __tablename__ = "spotify_turns"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    emotion: Mapped[str] = mapped_column(String(16), primary_key=True)
    goal: Mapped[str] = mapped_column(String(16), primary_key=True)
    turn: Mapped[int] = mapped_column(Integer)
