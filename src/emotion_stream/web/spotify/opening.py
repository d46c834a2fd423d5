"""Spotify is made when the server starts, from its settings and its database."""

from __future__ import annotations

import logging
from datetime import datetime

import httpx

from emotion_stream.errors import StoreUnavailable
from emotion_stream.music.spotify import identity
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.objects import Person
from emotion_stream.settings import Settings
from emotion_stream.store import Database
from emotion_stream.store.sealing import KEY_FILE, Seal
from emotion_stream.web.spotify import Allowance, Spotify
from emotion_stream.web.spotify.accounts import Accounts, Door
from emotion_stream.web.spotify.client_id import ClientId

log = logging.getLogger(__name__)


async def open_spotify(
    settings: Settings, database: Database, *, http: httpx.AsyncClient | None = None
) -> Spotify:
    """Nothing is asked of Spotify, and no key is made, before somebody signs in."""
    asking = http or httpx.AsyncClient()
    sandbox = settings.spotify_sandbox
    addresses = SpotifyAddresses.stand_in(sandbox) if sandbox else SpotifyAddresses.real()

    async def who(token: str) -> Person:
        return await identity.person(asking, addresses, token)

    async def allowance(now: datetime) -> Allowance:
        return Allowance(searches_left=settings.spotify_searches_per_day)

    client = ClientId(database, settings.spotify_client_id)
    try:
        await client.find()
    except StoreUnavailable as error:
        log.error("no client id of Spotify: %s", error.in_full)
    accounts = Accounts(
        database, Seal(settings.data_dir / KEY_FILE), client, Door(asking, addresses, who)
    )
    return Spotify(accounts, addresses, allowance, asking)
