"""Tokens at rest: sealed by a key that may be lost or damaged, and written nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from emotion_stream.errors import SpotifySignInRequired, SpotifyUnavailable, StoreUnavailable
from emotion_stream.music.spotify.oauth import LISTEN, STEPS
from emotion_stream.store import Database, spotify_accounts
from emotion_stream.store.encryption import KEY_FILE
from emotion_stream.web.spotify.accounts import Accounts
from tests.store.moments import NOON, later
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint
from tests.web.spotify.signing_in import counted, signed_in

pytestmark = pytest.mark.anyio

LISTENING = STEPS[LISTEN]
Making = Callable[[Database], Accounts]


async def test_a_lost_key_means_signing_in_again(
    accounts: Accounts,
    accounts_of: Making,
    database: Database,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    tmp_path: Path,
) -> None:
    await signed_in(accounts, endpoint, session_id)
    (tmp_path / KEY_FILE).unlink()
    again = accounts_of(database)
    assert not (await again.state(session_id, NOON)).signed_in
    for now in (NOON, later(60)):
        with pytest.raises(SpotifySignInRequired):
            await again.token(session_id, LISTENING, now)
    assert endpoint.refreshes == []
    assert (await counted(database))["accounts"] == 1  # others may have the right key
    await signed_in(again, endpoint, session_id, code="code-2")
    assert await again.token(session_id, LISTENING, NOON) == "secret-access-2"


async def test_a_damaged_key_is_said_and_deletes_nothing(
    accounts: Accounts,
    accounts_of: Making,
    database: Database,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    tmp_path: Path,
) -> None:
    await signed_in(accounts, endpoint, session_id)
    (tmp_path / KEY_FILE).write_text("half a k")
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        await accounts_of(database).token(session_id, LISTENING, NOON)
    assert (await counted(database))["accounts"] == 1


async def test_no_token_is_in_the_database_the_log_or_what_is_shown(
    accounts: Accounts,
    database: Database,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    await signed_in(accounts, endpoint, session_id)
    access = await accounts.access(session_id, LISTENING, later(60))
    endpoint.trouble = httpx.ReadError("broken")
    with pytest.raises(SpotifyUnavailable) as failed:
        await accounts.token(session_id, LISTENING, later(120))
    async with database.read() as db:
        account = await spotify_accounts.find(db, session_id)
        rows = (await db.execute(text("SELECT * FROM spotify_accounts"))).all()
    said = [caplog.text, str(rows), repr(account), repr(access), repr(accounts)]
    link: BaseException | None = failed.value
    while link is not None:
        said.append(f"{link!r}{link}{vars(link)}")
        link = link.__cause__
    assert not [where for where in said if "secret-" in where]
