"""Offers, with as few requests as they can be made with, and what is done in a person's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import anyio
import pytest
from sqlalchemy import func, select

from emotion_stream.emotions import Emotion
from emotion_stream.errors import SpotifyPaused, SpotifySignInRequired, SpotifyUnavailable
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify.models import SpotifyKind
from emotion_stream.music.spotify.recipes import Recipes
from emotion_stream.store import Database, sessions, spotify_accounts
from emotion_stream.store.spotify_accounts import Account, EncryptedTokens
from emotion_stream.store.tables import SpotifyTurnRow
from emotion_stream.web.spotify.search_cache import Question, SearchCache
from emotion_stream.web.spotify.service import SpotifyService
from tests.store.moments import NOON, later
from tests.web.spotify.fake_client import FakeClient

pytestmark = pytest.mark.anyio

SAD = Question(Emotion.SADNESS, Goal.LIFT)
PERSONAL = Question(Emotion.SADNESS, Goal.LIFT, personal=True)


@pytest.fixture
async def session_id(session_id: int, database: Database) -> int:
    """A session that is signed in."""
    tokens = EncryptedTokens("sealed-a", "sealed-r", later(60), frozenset())
    async with database.write() as db:
        await spotify_accounts.put(db, Account(session_id, "person", tokens, NOON))
    return session_id


@pytest.fixture
def client() -> FakeClient:
    return FakeClient()


@pytest.fixture
def offers() -> SearchCache:
    return SearchCache()


@pytest.fixture
def service(client: FakeClient, database: Database, offers: SearchCache) -> SpotifyService:
    return SpotifyService(client, client, Recipes.shipped(), database, offers)


async def test_one_search_fills_four_tabs(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    offer = await service.offer(session_id, SAD, NOON)
    assert [len(offer.tabs[kind]) for kind in SpotifyKind] == [10, 10, 3, 0]
    assert client.searches == [(offer.recipe, 0)]
    assert (offer.asked_at, offer.personal) == (NOON, False)


async def test_the_same_question_makes_no_request_for_ten_minutes(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    first = await service.offer(session_id, SAD, NOON)
    assert await service.offer(session_id, SAD, later(9.9)) is first
    assert len(client.calls) == 1
    again = await service.offer(session_id, SAD, later(10))
    assert len(client.calls) == 2
    assert again.recipe != first.recipe


async def test_two_who_ask_the_same_at_once_make_one_request(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    async with anyio.create_task_group() as group:
        for _ in range(2):
            group.start_soon(service.offer, session_id, SAD, NOON)
    assert len(client.calls) == 1


async def test_eight_times_another_are_eight_different_searches(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    offers = [
        await service.offer(session_id, SAD, later(minute), another=minute > 0)
        for minute in range(9)
    ]
    assert len({(offer.recipe, offer.offset) for offer in offers}) == 9
    assert len(set(client.searches)) == 9


async def test_another_replaces_what_was_known(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    await service.offer(session_id, SAD, NOON)
    second = await service.offer(session_id, SAD, later(1), another=True)
    assert await service.offer(session_id, SAD, later(2)) is second


async def test_the_turn_outlives_the_memory(
    service: SpotifyService, offers: SearchCache, session_id: int
) -> None:
    first = await service.offer(session_id, SAD, NOON)
    offers.forget(session_id)
    assert (await service.offer(session_id, SAD, later(1))).recipe != first.recipe


async def test_another_taste_keeps_the_recipe(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    plain = await service.offer(session_id, SAD, NOON)
    personal = await service.offer(session_id, PERSONAL, later(1))
    assert personal.recipe == plain.recipe
    assert personal.personal
    assert personal.tabs[SpotifyKind.TRACK][0].item.artist_ids == ("artist7",)
    assert plain.tabs[SpotifyKind.TRACK][0].item.artist_ids == ("artist0",)
    assert frozenset({"user-top-read"}) in client.needs


async def test_without_answer_about_top_artists_the_list_is_plain(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    client.trouble = [None, SpotifyUnavailable("away")]
    assert not (await service.offer(session_id, PERSONAL, NOON)).personal


@pytest.mark.parametrize(("playlists", "searches"), [(5, 1), (4, 2), (0, 2)])
async def test_a_second_page_only_where_the_first_has_few_playlists(
    service: SpotifyService, client: FakeClient, session_id: int, playlists: int, searches: int
) -> None:
    client.playlists = playlists
    offer = await service.offer(session_id, SAD, NOON)
    assert [offset for _, offset in client.searches] == [0, 10][:searches]
    assert len(offer.tabs[SpotifyKind.PLAYLIST]) == playlists * searches
    places = [place.item.place for place in offer.tabs[SpotifyKind.TRACK]]
    assert sorted(places) == list(range(10 * searches))


async def test_a_second_page_that_fails_does_not_take_the_first_with_it(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    client.playlists = 2
    client.trouble = [None, SpotifyPaused("used up")]
    offer = await service.offer(session_id, SAD, NOON)
    assert len(offer.tabs[SpotifyKind.PLAYLIST]) == 2


async def test_what_failed_is_not_remembered(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    client.trouble = [SpotifyUnavailable("away")]
    with pytest.raises(SpotifyUnavailable):
        await service.offer(session_id, SAD, NOON)
    assert (await service.offer(session_id, SAD, NOON)).tabs[SpotifyKind.PLAYLIST]


async def test_a_refused_token_is_renewed_once(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    client.dead = {f"token-{session_id}-0"}
    await service.offer(session_id, SAD, NOON)
    assert client.renewed == 1
    client.dead = {f"token-{session_id}-{n}" for n in range(9)}
    with pytest.raises(SpotifySignInRequired):
        await service.play(session_id, "d1", "spotify:track:1", NOON)
    assert client.renewed == 2


async def test_who_signed_out_gets_nothing_that_was_known(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    await service.offer(session_id, SAD, NOON)
    client.signed_in = False
    with pytest.raises(SpotifySignInRequired):
        await service.offer(session_id, SAD, later(1))


async def test_a_session_that_was_deleted_meanwhile(
    service: SpotifyService, client: FakeClient, database: Database
) -> None:
    async with database.write() as db:
        session, token = await sessions.begin(db, NOON)
    async with database.write() as db:
        await sessions.forget(db, token)
    with pytest.raises(SpotifySignInRequired):
        await service.offer(session.id, SAD, NOON)
    assert client.calls == []


async def test_who_signs_out_while_a_list_is_asked_for_leaves_no_turn_behind(
    service: SpotifyService, client: FakeClient, database: Database, session_id: int
) -> None:
    token = client.token

    async def slow(*args: Any, **kwargs: Any) -> str:  # Any: passed on as they come
        given = await token(*args, **kwargs)
        async with database.write() as db:
            await spotify_accounts.disconnect(db, session_id)
        return given

    client.token = slow  # type: ignore[method-assign]
    with pytest.raises(SpotifySignInRequired):
        await service.offer(session_id, SAD, NOON)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(SpotifyTurnRow)) == 0


async def test_what_is_done_in_a_persons_name_and_what_it_needs(
    service: SpotifyService, client: FakeClient, session_id: int
) -> None:
    track, playlist = "spotify:track:1", "spotify:playlist:1"
    await service.play(session_id, "d1", track, NOON)
    await service.save(session_id, track, NOON)
    await service.unsave(session_id, playlist, NOON)
    assert await service.saved(session_id, [track], NOON) == {track: True}
    made = await service.create_playlist(session_id, "Mine", [track], NOON)
    assert made[0] == "spotify:playlist:new"
    assert client.calls == [
        ("play", "d1", track),
        ("save", track),
        ("unsave", playlist),
        ("saved", track),
        ("create_playlist", "Mine", track),
    ]
    assert [sorted(needs) for needs in client.needs] == [
        ["user-modify-playback-state"],
        ["user-library-modify"],
        ["playlist-modify-public", "user-library-modify"],
        ["user-library-read"],
        ["playlist-modify-private"],
    ]


async def test_the_memory_is_bounded_and_a_forgotten_session_keeps_nothing(
    service: SpotifyService, offers: SearchCache, session_id: int
) -> None:
    for number in range(1000):
        offers.of_session(number)
    assert len(offers) == 200
    cached = offers.of_session(session_id)
    offer = await service.offer(session_id, SAD, NOON)
    for number in range(100):
        question = Question(Emotion.CALM, Goal.STAY, (f"x{number}",))
        cached.keep(replace(offer, question=question), 0)
    assert len(cached.offers) == 16
    offers.forget(session_id)
    cached.keep(offer, 0)
    assert offers.of_session(session_id).offer(SAD, NOON + timedelta(seconds=1)) is None
