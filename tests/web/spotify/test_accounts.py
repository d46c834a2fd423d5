"""Tokens: kept sealed, renewed once by whoever comes first, and gone when they are told to go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import anyio
import httpx
import pytest

from emotion_stream.errors import (
    SpotifyNotSetUp,
    SpotifyScopeMissing,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.oauth import LISTEN, STEPS
from emotion_stream.store import Database, spotify_accounts
from emotion_stream.web.spotify.accounts import Accounts
from tests.store.moments import NOON, later
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

from .signing_in import counted, signed_in

pytestmark = pytest.mark.anyio

LISTENING = STEPS[LISTEN]
Making = Callable[[Database], Accounts]


async def test_a_token_serves_until_a_minute_before_its_end(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    assert await accounts.token(session_id, LISTENING, later(58.9)) == "secret-access-1"
    assert endpoint.refreshes == []
    assert await accounts.token(session_id, LISTENING, later(59.1)) == "secret-access-2"
    assert await accounts.token(session_id, LISTENING, later(62)) == "secret-access-2"
    assert endpoint.refreshes == ["secret-refresh-1"]


async def test_a_refused_token_is_renewed_though_it_seems_fresh(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    assert await accounts.token(session_id, LISTENING, NOON, force=True) == "secret-access-2"


async def test_a_clock_that_was_set_back_does_not_make_a_token_last_for_years(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id, now=later(60 * 24 * 365))
    assert await accounts.token(session_id, LISTENING, NOON) == "secret-access-2"


async def test_without_a_new_refresh_token_the_old_one_stays(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    endpoint.trouble = httpx.Response(200, json={"access_token": "other", "expires_in": 3600})
    assert await accounts.token(session_id, LISTENING, later(60)) == "other"
    endpoint.trouble = None
    assert await accounts.token(session_id, LISTENING, later(120)) == "secret-access-2"
    assert endpoint.refreshes == ["secret-refresh-1"] * 2


async def test_two_that_come_at_once_refresh_once(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    assert await both(accounts, accounts, session_id) == ["secret-access-2"] * 2
    assert endpoint.refreshes == ["secret-refresh-1"]


async def test_two_processes_that_come_at_once_refresh_once(
    accounts: Accounts,
    accounts_of: Making,
    database: Database,
    endpoint: FakeTokenEndpoint,
    session_id: int,
) -> None:
    await signed_in(accounts, endpoint, session_id)
    second, waits = accounts_of(database), anyio.Event()

    async def pause(seconds: float) -> None:
        waits.set()
        await anyio.sleep(0.01)

    second._pause = pause
    accounts._pause = pause
    endpoint.before = waits.wait  # the first one is at Spotify until the other one waits for it
    with anyio.fail_after(10):
        assert await both(accounts, second, session_id) == ["secret-access-2"] * 2
    assert endpoint.refreshes == ["secret-refresh-1"]


async def both(one: Accounts, other: Accounts, session_id: int) -> list[str]:
    got: list[str] = []

    async def ask(accounts: Accounts) -> None:
        got.append(await accounts.token(session_id, LISTENING, later(60)))

    async with anyio.create_task_group() as group:
        group.start_soon(ask, one)
        group.start_soon(ask, other)
    return got


async def test_the_lease_of_a_process_that_died_ends(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    async with database.write() as db:
        account = await spotify_accounts.find(db, session_id)
        assert account is not None
        assert await spotify_accounts.lease(
            db, session_id, account.tokens, now=later(60), until=later(60.5)
        )
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    accounts._pause = pause
    assert await accounts.token(session_id, LISTENING, later(60)) == "secret-access-2"
    assert sum(paused) == pytest.approx(30, abs=1)


async def test_a_rotation_is_written_before_it_is_used(
    accounts: Accounts,
    accounts_of: Making,
    database: Database,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await signed_in(accounts, endpoint, session_id)

    class Crash(BaseException):
        pass

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:  # dies after the write, before anybody got the token
        patched.setattr("emotion_stream.web.spotify.accounts.replace", crash)
        with pytest.raises(Crash):
            await accounts.token(session_id, LISTENING, later(60))
    again = accounts_of(database)
    assert await again.token(session_id, LISTENING, later(61)) == "secret-access-2"
    assert endpoint.refreshes == ["secret-refresh-1"]


async def test_who_goes_away_during_a_refresh_loses_nothing(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    with anyio.CancelScope() as scope:

        async def leave() -> None:
            scope.cancel()
            await anyio.lowlevel.checkpoint()

        endpoint.before = leave
        await accounts.token(session_id, LISTENING, later(60))
    endpoint.before = None
    assert await accounts.token(session_id, LISTENING, later(61)) == "secret-access-2"


async def test_a_dead_refresh_token_is_deleted_and_not_tried_again(
    accounts: Accounts, database: Database, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    endpoint.alive.clear()
    for _ in range(2):
        with pytest.raises(SpotifySignInRequired):
            await accounts.token(session_id, LISTENING, later(60))
    assert len(endpoint.refreshes) == 1
    assert (await counted(database))["accounts"] == 0
    assert not (await accounts.state(session_id, later(60))).signed_in


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (httpx.ConnectError("no route"), SpotifyUnavailable),
        (httpx.Response(503, text="busy"), SpotifyUnavailable),
        (httpx.Response(429), SpotifyUnavailable),
        (httpx.Response(200, text="<html>"), SpotifyUnavailable),
        (httpx.Response(200, json=[1]), SpotifyUnavailable),
        (httpx.Response(400, json={"error": {"status": 400}}), SpotifyUnavailable),
        (httpx.Response(400, json={"error": "invalid_client"}), SpotifyNotSetUp),
    ],
)
async def test_other_trouble_keeps_the_sign_in_for_the_next_try(
    accounts: Accounts,
    endpoint: FakeTokenEndpoint,
    session_id: int,
    trouble: httpx.Response | Exception,
    error: type[Exception],
) -> None:
    await signed_in(accounts, endpoint, session_id)
    endpoint.trouble = trouble
    with pytest.raises(error):
        await accounts.token(session_id, LISTENING, later(60))
    endpoint.trouble = None
    assert await accounts.token(session_id, LISTENING, later(60)) == "secret-access-2"


async def test_what_is_not_granted_is_named(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    with pytest.raises(SpotifyScopeMissing) as missing:
        await accounts.token(session_id, STEPS["heart"], NOON)
    assert missing.value.scopes == ("user-library-modify", "user-library-read")


async def test_scopes_that_the_person_took_back_are_gone_after_a_refresh(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    endpoint.scope = "streaming"
    with pytest.raises(SpotifyScopeMissing):
        await accounts.token(session_id, LISTENING, later(60))
    assert (await accounts.state(session_id, later(60))).scopes == {"streaming"}
    assert await accounts.token(session_id, frozenset({"streaming"}), later(61))


async def test_the_end_is_six_months_after_consent_whatever_is_refreshed(
    accounts: Accounts, endpoint: FakeTokenEndpoint, session_id: int
) -> None:
    await signed_in(accounts, endpoint, session_id)
    await accounts.token(session_id, LISTENING, later(60))
    end = datetime(2026, 9, 1, 12, tzinfo=NOON.tzinfo)
    early, late = end - timedelta(days=14, seconds=1), end - timedelta(days=14)
    assert [
        ((await accounts.state(session_id, now)).ends_at, status.ends_soon)
        for now in (early, late)
        if (status := await accounts.state(session_id, now))
    ] == [(end, False), (end, True)]
