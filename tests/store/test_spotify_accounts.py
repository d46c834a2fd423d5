"""Sign-ins serve their session once; tokens change hands by lease only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from emotion_stream.store import Database, sessions, spotify_accounts
from emotion_stream.store.spotify_accounts import Account, EncryptedTokens, SignIn
from emotion_stream.store.tables import SpotifySignInRow

from .moments import NOON, later

pytestmark = pytest.mark.anyio

SCOPES = frozenset({"streaming", "user-top-read"})
TOKENS = EncryptedTokens("sealed-a", "sealed-r", later(60), SCOPES)


def sign_in(at: datetime = NOON) -> SignIn:
    return SignIn("sealed-v", "http://127.0.0.1:8000/auth/callback", SCOPES, "/settings", at)


async def new_session(database: Database) -> int:
    async with database.write() as db:
        session, _ = await sessions.begin(db, NOON)
    return session.id


async def signed_in(database: Database) -> int:
    session_id = await new_session(database)
    async with database.write() as db:
        await spotify_accounts.put(db, Account(session_id, "person", TOKENS, NOON))
    return session_id


async def test_a_sign_in_is_taken_once_and_by_its_session_only(database: Database) -> None:
    mine, other = await new_session(database), await new_session(database)
    async with database.write() as db:
        await spotify_accounts.begin(db, mine, "state", sign_in())
    async with database.write() as db:
        assert await spotify_accounts.take(db, other, "state") is None
        assert await spotify_accounts.take(db, mine, "state-") is None
        assert await spotify_accounts.take(db, mine, "state") == sign_in()
        assert await spotify_accounts.take(db, mine, "state") is None


async def test_sign_ins_do_not_pile_up(database: Database) -> None:
    session_id = await new_session(database)
    async with database.write() as db:
        for number in range(12):
            await spotify_accounts.begin(db, session_id, f"s{number}", sign_in(later(number / 10)))
        count = select(func.count()).select_from(SpotifySignInRow)
        assert await db.scalar(count) == 8
        assert await spotify_accounts.take(db, session_id, "s3") is None
        assert await spotify_accounts.take(db, session_id, "s11") is not None
        await spotify_accounts.begin(db, session_id, "late", sign_in(later(30)))
        assert await db.scalar(count) == 1


async def test_an_account_comes_back_as_it_was_put(database: Database) -> None:
    session_id = await signed_in(database)
    async with database.read() as db:
        found = await spotify_accounts.find(db, session_id)
    assert found == Account(session_id, "person", TOKENS, NOON)


async def test_a_lease_is_held_by_one_until_it_ends(database: Database) -> None:
    session_id = await signed_in(database)

    async def leased(minute: float) -> bool:
        async with database.write() as db:
            return await spotify_accounts.lease(
                db, session_id, TOKENS, now=later(minute), until=later(minute + 1)
            )

    assert [await leased(minute) for minute in (0, 0.5, 1, 1.5)] == [True, False, True, False]
    async with database.write() as db:
        await spotify_accounts.release(db, session_id, TOKENS)
    assert await leased(1.6)
    assert await leased(-600)  # the clock was set back by hours


async def test_new_tokens_take_the_place_of_those_that_were_seen(database: Database) -> None:
    session_id, new = await signed_in(database), replace(TOKENS, access_token="sealed-b")  # noqa: S106
    async with database.write() as db:
        assert await spotify_accounts.renew(db, session_id, TOKENS, new)
        assert not await spotify_accounts.renew(db, session_id, TOKENS, TOKENS)
        assert not await spotify_accounts.lease(db, session_id, TOKENS, now=NOON, until=later(1))
        await spotify_accounts.drop(db, session_id, TOKENS)
        found = await spotify_accounts.find(db, session_id)
        assert found is not None
        assert found.tokens == new
        await spotify_accounts.drop(db, session_id, new)
        assert await spotify_accounts.find(db, session_id) is None


async def test_disconnecting_one_session_leaves_the_others(database: Database) -> None:
    mine, other = await signed_in(database), await signed_in(database)
    async with database.write() as db:
        await spotify_accounts.disconnect(db, mine)
        assert await spotify_accounts.find(db, mine) is None
        assert await spotify_accounts.find(db, other) is not None
        await spotify_accounts.disconnect_all(db)
        assert await spotify_accounts.find(db, other) is None
