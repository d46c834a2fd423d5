"""Sessions hold consents, and take everything with them when they go."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from emotion_stream.emotions import Emotion
from emotion_stream.errors import NotFound
from emotion_stream.store import Database, PlayEvent, Transaction, plays, readings, sessions
from emotion_stream.store.tables import CorrectionRow, PlayRow, ReadingRow, SessionRow

from .moments import NOON, NOON_IN_INDIA, later, sad_reading

pytestmark = pytest.mark.anyio


async def test_a_session_is_found_by_its_token_only(database: Database) -> None:
    async with database.write() as db:
        made, token = await sessions.agree(db, None, history=True, now=NOON)
    async with database.read() as db:
        assert await sessions.find(db, token) == made
        assert await sessions.find(db, token + "x") is None
        assert await sessions.find(db, None) is None


async def test_the_token_itself_is_not_in_the_database(database: Database) -> None:
    async with database.write() as db:
        _, token = await sessions.agree(db, None, history=False, now=NOON)
    async with database.read() as db:
        kept = (await db.execute(text("SELECT token_hash FROM sessions"))).scalar_one()
    assert token not in kept
    assert len(kept) == 64


async def test_a_token_that_the_client_made_up_is_not_adopted(database: Database) -> None:
    made_up = "chosen-by-a-stranger"
    async with database.write() as db:
        _, token = await sessions.agree(db, made_up, history=True, now=NOON)
    assert token != made_up
    async with database.read() as db:
        assert await sessions.find(db, made_up) is None


async def test_times_come_back_in_utc_whatever_zone_they_went_in(database: Database) -> None:
    async with database.write() as db:
        _, token = await sessions.agree(db, None, history=True, now=NOON_IN_INDIA)
    async with database.read() as db:
        found = await sessions.find(db, token)
    assert found is not None
    assert found.created_at == NOON
    assert found.created_at.utcoffset() == NOON.utcoffset()


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        async with database.write() as db:
            await sessions.agree(db, None, history=True, now=NOON.replace(tzinfo=None))


async def test_agreeing_again_keeps_the_session_and_its_first_consent(database: Database) -> None:
    async with database.write() as db:
        first, token = await sessions.agree(db, None, history=True, now=NOON)
    async with database.write() as db:
        second, same = await sessions.agree(db, token, history=True, now=later(9))
        row = (await db.scalars(select(SessionRow))).one()
    assert (second, same) == (first, token)
    assert row.history_consent_at == NOON


async def test_a_session_that_agreed_to_nothing_can_agree_later(database: Database) -> None:
    async with database.write() as db:
        begun, token = await sessions.begin(db, NOON)
        assert await sessions.hold(db, begun.id)
    assert (begun.analyse, begun.history) == (False, False)
    async with database.write() as db:
        agreed, same = await sessions.agree(db, token, history=False, now=later(1))
    assert (agreed.id, agreed.analyse, agreed.history, same) == (begun.id, True, False, token)
    async with database.write() as db:
        await sessions.forget(db, token)
        assert not await sessions.hold(db, begun.id)


async def test_turning_history_off_deletes_what_was_kept(database: Database) -> None:
    async with database.write() as db:
        session, token = await sessions.agree(db, None, history=True, now=NOON)
        await keep_everything(db, session.id)
    async with database.write() as db:
        after, _ = await sessions.agree(db, token, history=False, now=later(1))
        assert not after.history
        assert await counted(db) == {"readings": 0, "corrections": 0, "plays": 0}


async def test_turning_history_off_leaves_other_sessions_alone(database: Database) -> None:
    async with database.write() as db:
        mine, token = await sessions.agree(db, None, history=True, now=NOON)
        other, _ = await sessions.agree(db, None, history=True, now=NOON)
        await keep_everything(db, mine.id)
        await keep_everything(db, other.id)
    async with database.write() as db:
        await sessions.agree(db, token, history=False, now=later(1))
        assert await counted(db) == {"readings": 1, "corrections": 1, "plays": 1}


async def test_forgetting_a_session_takes_everything_with_it(database: Database) -> None:
    async with database.write() as db:
        session, token = await sessions.agree(db, None, history=True, now=NOON)
        await keep_everything(db, session.id)
    async with database.write() as db:
        await sessions.forget(db, token)
        await sessions.forget(db, token)
    async with database.read() as db:
        assert await sessions.find(db, token) is None
        assert await counted(db) == {"readings": 0, "corrections": 0, "plays": 0}


async def test_nothing_is_kept_of_a_block_that_fails(database: Database) -> None:
    async def agree_and_fail() -> None:
        async with database.write() as db:
            session, _ = await sessions.agree(db, None, history=True, now=NOON)
            await readings.remove(db, session.id, "r_nothing")

    with pytest.raises(NotFound):
        await agree_and_fail()
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(SessionRow)) == 0


async def keep_everything(db: Transaction, session_id: int) -> None:
    kept = await readings.keep(db, session_id, sad_reading(), file="a.wav", now=NOON)
    await readings.correct(db, session_id, kept.id, Emotion.CALM, now=NOON)
    await plays.keep(
        db,
        session_id,
        provider="starter",
        item_id="dawn",
        title="Dawn",
        event=PlayEvent.STARTED,
        position_s=0.0,
        reading_id=kept.id,
        now=NOON,
    )


async def counted(db: Transaction) -> dict[str, int | None]:
    tables = {"readings": ReadingRow, "corrections": CorrectionRow, "plays": PlayRow}
    return {
        name: await db.scalar(select(func.count()).select_from(row)) for name, row in tables.items()
    }


async def test_the_number_of_a_deleted_session_is_not_given_to_the_next(
    database: Database,
) -> None:
    numbers = []
    for _ in range(3):
        async with database.write() as db:
            session, token = await sessions.begin(db, NOON)
            assert await sessions.forget(db, token) == session.id
            assert await sessions.forget(db, token) is None
        numbers.append(session.id)
    assert len(set(numbers)) == 3
