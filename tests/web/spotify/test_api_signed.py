"""The routes of Spotify in a running server, with its requests and tokens in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import SpotifyPaused, SpotifyScopeMissing
from emotion_stream.music.spotify.curated import Curated
from emotion_stream.music.spotify.recipes import Recipes
from emotion_stream.settings import Settings
from emotion_stream.store import sessions, spotify_accounts
from emotion_stream.store.spotify_accounts import Account, EncryptedTokens
from emotion_stream.web.spotify.search_cache import SearchCache
from emotion_stream.web.spotify.service import SpotifyService
from tests.music.spotify.items import item
from tests.store.moments import NOON
from tests.web.conftest import session_cookie
from tests.web.spotify.browsing import Site, site_of
from tests.web.spotify.fake_client import FakeClient
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

pytestmark = pytest.mark.anyio

API = "/api/v1"
SPOTIFY = f"{API}/spotify"
TRACK = "spotify:track:4ab0"
SAD = {"emotion": "sadness", "goal": "lift", "languages": ["en"]}


@dataclass
class Counter:
    """A browser with a session that keeps a history, at a server whose Spotify is a record bar."""

    site: Site
    bar: FakeClient
    browser: httpx.AsyncClient

    async def asks(self, asked: dict[str, object]) -> httpx.Response:
        return await self.browser.post(f"{SPOTIFY}/recommendations", json=asked)


@pytest.fixture
async def counter(settings: Settings, endpoint: FakeTokenEndpoint) -> AsyncIterator[Counter]:
    async with site_of(settings, endpoint) as site:
        running, bar, offers = site.app.state.services, FakeClient(), SearchCache()
        running.spotify.service = SpotifyService(
            bar, bar, Recipes.shipped(), running.database, offers
        )
        running.spotify.gone = offers.forget
        browser = site.browser()
        await agree(browser)
        await sign_in(site, browser)
        yield Counter(site, bar, browser)


async def agree(browser: httpx.AsyncClient, *, history: bool = True) -> None:
    answer = await browser.put(f"{API}/session", json={"analyse": True, "history": history})
    assert answer.status_code == 200, answer.text


async def sign_in(site: Site, browser: httpx.AsyncClient) -> None:
    """As if the browser came back from Spotify."""
    tokens = EncryptedTokens("sealed-a", "sealed-r", NOON + timedelta(hours=1), frozenset())
    async with site.app.state.services.database.write() as db:
        session = await sessions.find(db, session_cookie(browser.cookies)[1])
        assert session is not None
        await spotify_accounts.put(db, Account(session.id, "person", tokens, NOON))


async def test_an_offer_has_four_tabs_and_reasons(counter: Counter) -> None:
    answer = await counter.asks(SAD)
    offer = answer.json()
    assert answer.status_code == 200
    assert (offer["emotion"], offer["goal"], offer["personal"]) == ("sadness", "lift", False)
    assert list(offer["tabs"]) == ["playlist", "track", "show", "episode"]
    first = offer["tabs"]["playlist"][0]
    assert first["reason"]
    assert first["link"].startswith("https://open.spotify.com/playlist/")
    assert "artist_ids" not in first
    assert offer["asked_at"] == NOON.isoformat().replace("+00:00", "Z")


async def test_the_same_question_is_asked_once_and_another_goes_on(counter: Counter) -> None:
    first = (await counter.asks(SAD)).json()
    assert (await counter.asks(SAD)).json() == first
    assert len(counter.bar.searches) == 1
    assert (await counter.asks({**SAD, "another": True})).json()["recipe"] != first["recipe"]
    counter.site.now = NOON + timedelta(minutes=11)
    await counter.asks(SAD)
    assert len(set(counter.bar.searches)) == 3


async def test_scores_are_enough_and_the_goal_follows_from_them(counter: Counter) -> None:
    asked = {"scores": {"anger": 0.7, "fear": 0.3}}
    offer = (await counter.asks(asked)).json()
    assert (offer["emotion"], offer["goal"]) == ("anger", "calm")


async def test_a_deleted_session_leaves_nothing_to_the_next_one(counter: Counter) -> None:
    await counter.asks(SAD)
    assert (await counter.browser.delete(f"{API}/session")).status_code == 204
    await agree(counter.browser)
    await sign_in(counter.site, counter.browser)
    await counter.asks(SAD)
    assert [call[0] for call in counter.bar.calls] == ["search", "search"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/recommendations", SAD),
        ("POST", "/play", {"device_id": "d1", "uri": TRACK}),
        ("GET", f"/library?uris={TRACK}", None),
        ("PUT", "/library", {"uri": TRACK}),
        ("DELETE", "/library", {"uri": TRACK}),
        ("POST", "/playlists", {"name": "Mine", "uris": [TRACK]}),
    ],
)
async def test_without_a_session_the_way_out_is_signing_in(
    counter: Counter, method: str, path: str, body: object
) -> None:
    answer = await counter.site.browser().request(method, SPOTIFY + path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (401, "spotify_sign_in_required")
    assert counter.bar.calls == []


async def test_what_is_missing_and_till_when_is_told(counter: Counter) -> None:
    counter.bar.trouble = [
        SpotifyScopeMissing("Not allowed.", scopes=("user-top-read",)),
        SpotifyPaused("Used up.", until=NOON, retry_after_s=600),
    ]
    missing = await counter.asks(SAD)
    assert (missing.status_code, missing.json()["scopes"]) == (403, ["user-top-read"])
    paused = await counter.asks(SAD)
    assert (paused.status_code, paused.headers["retry-after"]) == (503, "600")
    assert paused.json()["until"] == NOON.isoformat()


async def test_playing_and_keeping_reach_spotify(counter: Counter) -> None:
    browser = counter.browser
    played = await browser.post(f"{SPOTIFY}/play", json={"device_id": "d1", "uri": TRACK})
    saved = await browser.put(f"{SPOTIFY}/library", json={"uri": TRACK})
    taken = await browser.request("DELETE", f"{SPOTIFY}/library", json={"uri": TRACK})
    assert [played.status_code, saved.status_code, taken.status_code] == [204, 204, 204]
    seen = await browser.get(f"{SPOTIFY}/library", params={"uris": f"{TRACK},{TRACK}"})
    assert seen.json() == {"saved": {TRACK: True}}
    made = await browser.post(f"{SPOTIFY}/playlists", json={"name": " Mine ", "uris": [TRACK]})
    assert (made.status_code, made.json()["uri"]) == (201, "spotify:playlist:new")
    assert counter.bar.calls == [
        ("play", "d1", TRACK),
        ("save", TRACK),
        ("unsave", TRACK),
        ("saved", TRACK),
        ("create_playlist", "Mine", TRACK),
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/recommendations", {**SAD, "scores": {"calm": 1}}),
        ("POST", "/recommendations", {**SAD, "languages": ["en"] * 6}),
        ("POST", "/recommendations", {**SAD, "personal": "yes"}),
        ("POST", "/play", {"device_id": "d 1", "uri": TRACK}),
        ("POST", "/play", {"device_id": "d1", "uri": "spotify:artist:1"}),
        ("PUT", "/library", {"uri": "spotify:track:../me"}),
        ("GET", "/library?uris=" + ",".join([TRACK] * 41), None),
        ("GET", "/library?uris=", None),
        ("POST", "/playlists", {"name": " ", "uris": [TRACK]}),
        ("POST", "/playlists", {"name": "Mine", "uris": []}),
        ("POST", "/playlists", {"name": "Mine", "uris": [TRACK] * 101}),
        ("POST", "/playlists", {"name": "Mine", "uris": ["spotify:show:1"]}),
        ("POST", "/plays", {"uri": TRACK, "event": "liked"}),
        ("GET", "/curated?emotion=bored", None),
    ],
)
async def test_nonsense_never_reaches_spotify(
    counter: Counter, method: str, path: str, body: object
) -> None:
    answer = await counter.browser.request(method, SPOTIFY + path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert counter.bar.calls == []


async def test_a_play_is_kept_as_a_uri_until_the_person_disconnects(counter: Counter) -> None:
    asked = {"uri": TRACK, "event": "started", "position_s": 1.5}
    play = (await counter.browser.post(f"{SPOTIFY}/plays", json=asked)).json()
    assert (play["provider"], play["item_id"], play["title"]) == ("spotify", TRACK, "track")
    kept = (await counter.browser.get(f"{API}/session")).json()["plays"]
    assert kept == [play]
    assert (await counter.browser.delete(SPOTIFY)).status_code == 204
    assert (await counter.browser.get(f"{API}/session")).json()["plays"] == []


async def test_without_history_no_play_is_kept(counter: Counter) -> None:
    await agree(counter.browser, history=False)
    for browser in (counter.browser, counter.site.browser()):
        answer = await browser.post(f"{SPOTIFY}/plays", json={"uri": TRACK, "event": "started"})
        assert (answer.status_code, answer.content) == (204, b"")


async def test_the_list_of_the_owner_needs_no_sign_in(counter: Counter) -> None:
    counter.site.app.state.services.spotify.curated = (
        Curated(item("Soft"), (Emotion.SADNESS,)),
        Curated(item("Loud"), (Emotion.ANGER,)),
    )
    stranger = counter.site.browser()
    answer = await stranger.get(f"{SPOTIFY}/curated", params={"emotion": "sadness"})
    assert [found["name"] for found in answer.json()["items"]] == ["Soft"]
    assert answer.json()["items"][0]["reason"]
