"""The switches of the stand-in, its log, and what each of them changes."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.tools.spotify_sandbox.signing_in import refreshed, signed_in
from tools.spotify_sandbox.scenario import Scenario
from tools.spotify_sandbox.state import Sandbox

pytestmark = pytest.mark.anyio

SEARCH = "/v1/search?q=calm&type=playlist&limit=10"


async def switched(client: httpx.AsyncClient, **wanted: object) -> httpx.Response:
    return await client.post("/sandbox/scenario", json=wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        {"premum": False},
        {"premium": "no"},
        {"premium": 0},
        {"token_lifetime_s": True},
        {"token_lifetime_s": -1},
        {"quota": "soon"},
        {"quota": None},
    ],
)
def test_a_switch_that_is_none_is_refused(wanted: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wanted))):
        Scenario().changed(wanted)


async def test_a_refused_switch_changes_nothing(visitor: httpx.AsyncClient) -> None:
    before = (await visitor.get("/sandbox/scenario")).json()
    answer = await switched(visitor, premium=False, quota="soon")
    assert answer.status_code == 400
    assert (await visitor.post("/sandbox/scenario", content=b"[1]")).status_code == 400
    assert (await visitor.get("/sandbox/scenario")).json() == before


async def test_the_control_page_shows_every_switch(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/sandbox")
    scenario = (await visitor.get("/sandbox/scenario")).json()
    assert all(f'name="{name}"' in page.text for name in scenario)


async def test_nulls_stand_where_spotifys_own_playlists_would_be(mira: httpx.AsyncClient) -> None:
    with_nulls = (await mira.get(SEARCH)).json()["playlists"]["items"]
    assert with_nulls.count(None) == 2
    await switched(mira, null_items=False)
    assert (await mira.get(SEARCH)).json()["playlists"]["items"].count(None) == 0


@pytest.mark.parametrize(
    ("quota", "has_header", "reason"),
    [("retry_after", True, None), ("no_header", False, None), ("reason", True, "QUOTA_EXCEEDED")],
)
async def test_a_used_up_quota_has_three_faces(
    mira: httpx.AsyncClient, quota: str, has_header: bool, reason: str | None
) -> None:
    await switched(mira, quota=quota, retry_after_s=7)
    answer = await mira.get(SEARCH)
    assert answer.status_code == 429
    assert answer.headers.get("retry-after") == ("7" if has_header else None)
    assert answer.json()["error"].get("reason") == reason


async def test_an_owner_without_premium_is_told_in_plain_text(mira: httpx.AsyncClient) -> None:
    await switched(mira, owner_premium=False)
    answer = await mira.get("/v1/me")
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("Active premium subscription required for the owner of the app")


async def test_every_refusal_can_be_plain_text(mira: httpx.AsyncClient) -> None:
    await switched(mira, plain_text_errors=True)
    answer = await mira.get("/v1/search?q=calm&type=track&limit=11")
    assert (answer.status_code, answer.text) == (400, "Invalid limit")


async def test_down_is_down_for_accounts_too(mira: httpx.AsyncClient) -> None:
    await switched(mira, down=True)
    assert (await mira.get("/v1/me")).status_code == 503
    assert (await mira.post("/api/token")).status_code == 503
    assert (await mira.get("/sandbox")).status_code == 200


async def test_slow_waits_before_it_answers(mira: httpx.AsyncClient, sandbox: Sandbox) -> None:
    await switched(mira, slow=True, slow_s=3600)
    with pytest.raises(TimeoutError):
        await within_a_moment(mira)
    await switched(mira, slow_s=0)
    assert (await within_a_moment(mira)).status_code == 200


async def within_a_moment(client: httpx.AsyncClient) -> httpx.Response:
    return await asyncio.wait_for(client.get("/v1/me"), 2)


async def test_revoking_ends_every_token(visitor: httpx.AsyncClient) -> None:
    tokens = await signed_in(visitor, "streaming")
    await switched(visitor, revoke=True)
    headers = {"authorization": f"Bearer {tokens['access_token']}"}
    assert (await visitor.get("/v1/me", headers=headers)).status_code == 401
    assert (await refreshed(visitor, tokens["refresh_token"])).json()["error"] == "invalid_grant"


async def test_expiring_leaves_the_refresh_token(visitor: httpx.AsyncClient) -> None:
    tokens = await signed_in(visitor, "streaming")
    await switched(visitor, expire=True)
    headers = {"authorization": f"Bearer {tokens['access_token']}"}
    assert (await visitor.get("/v1/me", headers=headers)).status_code == 401
    assert (await refreshed(visitor, tokens["refresh_token"])).status_code == 200


async def test_reset_forgets_everything(mira: httpx.AsyncClient) -> None:
    await switched(mira, premium=False)
    await switched(mira, reset=True)
    assert (await mira.get("/sandbox/scenario")).json()["premium"] is True
    assert (await mira.get("/v1/me")).status_code == 401


async def test_the_log_holds_requests_and_nothing_secret(mira: httpx.AsyncClient) -> None:
    await mira.delete("/sandbox/log")
    tokens = await signed_in(mira, "streaming playlist-modify-private")
    await mira.get(SEARCH)
    await mira.post("/v1/me/playlists", json={"name": "Kept", "public": False})
    answer = await mira.get("/sandbox/log")
    login, search, kept = answer.json()["requests"]
    assert (login["method"], login["path"], login["body"]) == ("POST", "/api/token", None)
    assert (search["query"]["q"], search["status"]) == ("calm", 200)
    assert (kept["path"], kept["body"]["name"], kept["status"]) == (
        "/v1/me/playlists",
        "Kept",
        201,
    )
    for secret in (tokens["access_token"], tokens["refresh_token"]):
        assert secret not in answer.text


async def test_only_pages_of_this_machine_may_read_across_origins(mira: httpx.AsyncClient) -> None:
    for origin, allowed in (
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("https://elsewhere.example", False),
        ("http://127.0.0.1.elsewhere.example", False),
    ):
        answer = await mira.get("/v1/me", headers={"origin": origin})
        assert ("access-control-allow-origin" in answer.headers) is allowed
