"""Consent, codes and tokens of the stand-in behave as Spotify's do."""

from __future__ import annotations

import httpx
import pytest

from tests.tools.spotify_sandbox.signing_in import (
    BACK,
    Clock,
    agreed,
    exchanged,
    question,
    refreshed,
    signed_in,
)
from tools.spotify_sandbox.state import Sandbox
from tools.spotify_sandbox.tokens import CODE_LIFETIME_S, CONSENT_LIFETIME_S

pytestmark = pytest.mark.anyio


async def me(client: httpx.AsyncClient, access_token: str) -> httpx.Response:
    return await client.get("/v1/me", headers={"authorization": f"Bearer {access_token}"})


async def test_consent_names_each_scope_and_the_people(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/authorize", params=question("user-top-read streaming"))
    assert page.status_code == 200
    for shown in ("user-top-read", "streaming", "Agree", "Cancel", "standin-jonas"):
        assert shown in page.text


async def test_what_the_address_holds_cannot_become_code(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/authorize", params=question("", client_id="<script>x</script>"))
    assert "<script>x" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"redirect_uri": "http://localhost:8000/auth/callback"}, "Invalid redirect URI"),
        ({"redirect_uri": "http://music.example.org/auth/callback"}, "Invalid redirect URI"),
        ({"redirect_uri": "javascript:alert(1)"}, "Invalid redirect URI"),
        ({"client_id": ""}, "Invalid client"),
        ({"response_type": "token"}, "response_type"),
        ({"code_challenge_method": "plain"}, "S256"),
        ({"code_challenge": "short"}, "SHA-256"),
    ],
)
async def test_what_spotify_refuses_is_not_sent_back(
    visitor: httpx.AsyncClient, wrong: dict[str, str], said: str
) -> None:
    for method in ("GET", "POST"):
        answer = await visitor.request(method, "/authorize", params=question("", **wrong))
        assert answer.status_code == 400
        assert said in answer.text


async def test_cancel_and_an_unknown_scope_go_back_with_an_error(
    visitor: httpx.AsyncClient,
) -> None:
    cancelled = await visitor.post(
        "/authorize", params=question("streaming"), data={"answer": "cancel"}
    )
    assert cancelled.headers["location"] == f"{BACK}?error=access_denied&state=a-state"
    unknown = await visitor.get("/authorize", params=question("read-minds"))
    assert unknown.headers["location"] == f"{BACK}?error=invalid_scope&state=a-state"


async def test_a_code_works_once(visitor: httpx.AsyncClient) -> None:
    code = await agreed(visitor, "streaming")
    first = await exchanged(visitor, code)
    assert first.json()["scope"] == "streaming"
    assert (await me(visitor, first.json()["access_token"])).json()["account_id"] == "standInMira1"
    second = await exchanged(visitor, code)
    assert (second.status_code, second.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "other",
    [
        {"code_verifier": "another-verifier-" * 3},
        {"redirect_uri": "http://127.0.0.1:8001/auth/callback"},
        {"client_id": "another"},
    ],
)
async def test_a_code_is_for_one_verifier_address_and_client(
    visitor: httpx.AsyncClient, other: dict[str, str]
) -> None:
    code = await agreed(visitor, "streaming")
    answer = await exchanged(visitor, code, **other)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert (await exchanged(visitor, code)).status_code == 400


async def test_a_code_grows_old(visitor: httpx.AsyncClient, clock: Clock) -> None:
    code = await agreed(visitor, "streaming")
    clock.now += CODE_LIFETIME_S + 1
    assert (await exchanged(visitor, code)).json()["error"] == "invalid_grant"


async def test_a_refresh_token_works_once_and_keeps_the_scopes(visitor: httpx.AsyncClient) -> None:
    tokens = await signed_in(visitor, "streaming user-top-read")
    fresh = (await refreshed(visitor, tokens["refresh_token"])).json()
    assert fresh["scope"] == "streaming user-top-read"
    assert fresh["refresh_token"] != tokens["refresh_token"]
    again = await refreshed(visitor, tokens["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert (await refreshed(visitor, fresh["refresh_token"])).status_code == 200


async def test_consent_ends_after_six_months_whatever_was_refreshed(
    visitor: httpx.AsyncClient, clock: Clock
) -> None:
    tokens = await signed_in(visitor, "streaming")
    clock.now += CONSENT_LIFETIME_S - 1
    fresh = (await refreshed(visitor, tokens["refresh_token"])).json()
    clock.now += 2
    assert (await refreshed(visitor, fresh["refresh_token"])).json()["error"] == "invalid_grant"


async def test_an_access_token_lives_as_long_as_the_scenario_says(
    visitor: httpx.AsyncClient, clock: Clock, sandbox: Sandbox
) -> None:
    sandbox.scenario = sandbox.scenario.changed({"token_lifetime_s": 60})
    tokens = await signed_in(visitor, "streaming")
    assert tokens["expires_in"] == 60
    clock.now += 59
    assert (await me(visitor, tokens["access_token"])).status_code == 200
    clock.now += 1
    over = await me(visitor, tokens["access_token"])
    assert over.json()["error"] == {"status": 401, "message": "The access token expired"}


@pytest.mark.parametrize("form", [{}, {"grant_type": "password", "client_id": "a"}])
async def test_other_grants_are_refused(visitor: httpx.AsyncClient, form: dict[str, str]) -> None:
    assert (await visitor.post("/api/token", data=form)).status_code == 400


async def test_two_people_have_two_libraries(visitor: httpx.AsyncClient) -> None:
    uri = "spotify:track:standInTrack0000000001"
    for person, before in (("standin-mira", [False]), ("standin-jonas", [False])):
        tokens = await signed_in(visitor, "user-library-modify user-library-read", person)
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        contains = await visitor.get(
            "/v1/me/library/contains", params={"uris": uri}, headers=headers
        )
        assert contains.json() == before
        await visitor.put("/v1/me/library", params={"uris": uri}, headers=headers)
