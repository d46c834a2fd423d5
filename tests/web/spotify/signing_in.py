"""Consent, as a person gives it at the stand-in endpoint, and what the database holds of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from emotion_stream.music.spotify.oauth import LISTEN
from emotion_stream.store import Database
from emotion_stream.store.tables import PlayRow, SpotifyAccountRow, SpotifySignInRow, SpotifyTurnRow
from emotion_stream.web.spotify.accounts import Accounts
from tests.store.moments import NOON
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

from .conftest import ORIGIN


async def signed_in(
    accounts: Accounts,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    *,
    now: datetime = NOON,
    step: str = LISTEN,
    code: str = "code-1",
) -> None:
    address = await accounts.begin(session_id, step, back="/", origin=ORIGIN, now=now)
    back = endpoint.consent(address, code)
    assert await accounts.finish(session_id, back["state"], back["code"], now=now) == "/"


async def counted(database: Database) -> dict[str, int | None]:
    tables = {
        "accounts": SpotifyAccountRow,
        "sign_ins": SpotifySignInRow,
        "turns": SpotifyTurnRow,
        "plays": PlayRow,
    }
    async with database.read() as db:
        return {
            name: await db.scalar(select(func.count()).select_from(row))
            for name, row in tables.items()
        }
