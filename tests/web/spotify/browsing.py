"""A server whose Spotify is in memory, and browsers that open it at a time of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from fastapi import FastAPI

from emotion_stream.settings import Settings
from emotion_stream.web import create_app
from emotion_stream.web.spotify.factory import open_spotify
from tests.migrated import migrated
from tests.store.moments import NOON
from tests.web.fake_recognizer import FakeRecognizer
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

PAGE = {"accept": "text/html", "sec-fetch-site": "same-origin"}
RETURN = {"accept": "text/html", "sec-fetch-site": "cross-site"}
OWN = {"sec-fetch-site": "same-origin"}


@dataclass
class Site:
    """`now` is the clock of the server."""

    app: FastAPI
    endpoint: FakeTokenEndpoint
    now: datetime = NOON
    browsers: list[httpx.AsyncClient] = field(default_factory=list)

    def browser(
        self, address: str = "http://127.0.0.1:8000", client: str = "127.0.0.1"
    ) -> httpx.AsyncClient:
        made = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=(client, 5)), base_url=address
        )
        self.browsers.append(made)
        return made


@asynccontextmanager
async def site_of(settings: Settings, endpoint: FakeTokenEndpoint) -> AsyncIterator[Site]:
    await migrated(settings.resolved_database_url)
    app = create_app(settings, recognizer=FakeRecognizer(), providers=())
    async with app.router.lifespan_context(app):
        running = app.state.services
        await running.spotify.close()
        running.spotify = await open_spotify(settings, running.database, http=endpoint.client())
        site = Site(app, endpoint)
        running.clock = lambda: site.now
        yield site
        for browser in site.browsers:
            await browser.aclose()


async def to_spotify(browser: httpx.AsyncClient, step: str = "listen", back: str = "/") -> str:
    """Press the button: the address at Spotify where the browser is sent."""
    answer = await browser.get("/auth/spotify", params={"step": step, "back": back}, headers=PAGE)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def comes_back(browser: httpx.AsyncClient, **query: str) -> httpx.Response:
    return await browser.get("/auth/callback", params=query, headers=RETURN)


async def sign_in(site: Site, browser: httpx.AsyncClient, *, code: str = "code-1") -> None:
    address = await to_spotify(browser)
    answer = await comes_back(browser, **site.endpoint.consent(address, code))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def state(browser: httpx.AsyncClient) -> dict[str, object]:
    answer = await browser.get("/api/v1/spotify")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found
