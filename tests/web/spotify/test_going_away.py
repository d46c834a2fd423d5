"""Who disconnects, deletes the session or changes the client leaves nothing of Spotify behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from emotion_stream.errors import (
    SpotifySignInFailed,
    SpotifySignInRequired,
)
from emotion_stream.music.spotify.oauth import LISTEN, STEPS
from emotion_stream.store import Database, PlayEvent, plays, sessions
from emotion_stream.store.tables import (
    SpotifyTurnRow,
)
from emotion_stream.web.spotify.accounts import Accounts
from tests.store.moments import NOON, later
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

from .conftest import ORIGIN
from .signing_in import counted, signed_in

pytestmark = pytest.mark.anyio

LISTENING = STEPS[LISTEN]
Making = Callable[[Database], Accounts]


async def test_disconnecting_deletes_everything_of_spotify_and_nothing_else(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    await kept_for(database, session_id)
    await accounts.begin(session_id, LISTEN, back="/", origin=ORIGIN, now=NOON)
    await accounts.disconnect(session_id)
    assert await counted(database) == {"accounts": 0, "sign_ins": 0, "turns": 0, "plays": 1}
    with pytest.raises(SpotifySignInRequired):
        await accounts.token(session_id, frozenset(), NOON)


async def test_a_refresh_under_way_does_not_bring_back_who_disconnected(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)

    async def disconnect() -> None:
        await accounts.disconnect(session_id)

    endpoint.before = disconnect
    with pytest.raises(SpotifySignInRequired):
        await accounts.token(session_id, LISTENING, later(60))
    assert (await counted(database))["accounts"] == 0


@pytest.mark.parametrize("what", ["disconnect", "session", "client"])
async def test_a_sign_in_under_way_does_not_bring_back_who_went(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, what: str
) -> None:
    async with database.write() as db:
        session, cookie = await sessions.begin(db, NOON)

    async def go() -> None:
        if what == "disconnect":
            await accounts.disconnect(session.id)
        elif what == "session":
            async with database.write() as db:
                await sessions.forget(db, cookie)
        else:
            await accounts.client.choose("fedcba9876543210", now=NOON)

    endpoint.before = go
    with pytest.raises(SpotifySignInFailed, match="Begin again"):
        await signed_in(accounts, endpoint, session.id)
    assert endpoint.issued == 1
    assert await counted(database) == {"accounts": 0, "sign_ins": 0, "turns": 0, "plays": 0}


async def test_another_person_takes_the_place_of_the_first(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    await kept_for(database, session_id)
    await signed_in(accounts, endpoint, session_id, step="heart", code="code-2")
    assert (await counted(database))["turns"] == 1  # the same person goes on
    endpoint.account = "person-2"
    await signed_in(accounts, endpoint, session_id, code="code-3")
    assert await counted(database) == {"accounts": 1, "sign_ins": 0, "turns": 0, "plays": 1}


async def test_deleting_the_session_takes_the_sign_in_with_it(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint
) -> None:
    async with database.write() as db:
        session, cookie = await sessions.begin(db, NOON)
    await signed_in(accounts, endpoint, session.id)
    async with database.write() as db:
        await sessions.forget(db, cookie)
    assert (await counted(database))["accounts"] == 0


async def kept_for(database: Database, session_id: int) -> None:
    async with database.write() as db:
        db.add(SpotifyTurnRow(session_id=session_id, emotion="calm", goal="keep", turn=1))
        for provider in ("spotify", "starter"):
            await plays.keep(
                db,
                session_id,
                provider=provider,
                item_id="item",
                title="Title",
                event=PlayEvent.STARTED,
                position_s=0.0,
                reading_id=None,
                now=NOON,
            )
