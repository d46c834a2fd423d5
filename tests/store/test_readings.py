"""Readings come back as they went in, to their own session only."""

from __future__ import annotations

import dataclasses

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import NotFound
from emotion_stream.store import Database, Transaction, readings, sessions

from .moments import NOON, later, sad_reading, silent_reading

pytestmark = pytest.mark.anyio


async def new_session(db: Transaction) -> int:
    session, _ = await sessions.agree(db, None, history=True, now=NOON)
    return session.id


@pytest.mark.parametrize("reading", [sad_reading(), silent_reading()], ids=["sad", "silent"])
async def test_a_reading_comes_back_as_it_went_in(database: Database, reading: object) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        kept = await readings.keep(db, owner, reading, file="monday.m4a", now=NOON)
    async with database.read() as db:
        assert await readings.get(db, owner, kept.id) == kept
    assert kept.reading == reading


async def test_the_list_is_newest_first_limited_and_light(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        for minute in (0, 2, 1):
            await readings.keep(db, owner, sad_reading(), file=None, now=later(minute))
    async with database.read() as db:
        listed = await readings.newest(db, owner, 2)
    assert [kept.created_at for kept in listed] == [later(2), later(1)]
    light = dataclasses.replace(sad_reading(), timeline=(), waveform=())
    assert [kept.reading for kept in listed] == [light, light]


async def test_another_session_sees_nothing(database: Database) -> None:
    async with database.write() as db:
        owner, stranger = await new_session(db), await new_session(db)
        kept = await readings.keep(db, owner, sad_reading(), file=None, now=NOON)
        assert await readings.newest(db, stranger, 50) == []
        with pytest.raises(NotFound):
            await readings.get(db, stranger, kept.id)
        with pytest.raises(NotFound):
            await readings.remove(db, stranger, kept.id)
        with pytest.raises(NotFound):
            await readings.correct(db, stranger, kept.id, Emotion.CALM, now=NOON)
        assert await readings.get(db, owner, kept.id) == kept


async def test_a_reading_is_removed_once(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        kept = await readings.keep(db, owner, sad_reading(), file=None, now=NOON)
        await readings.correct(db, owner, kept.id, Emotion.CALM, now=NOON)
    async with database.write() as db:
        await readings.remove(db, owner, kept.id)
        with pytest.raises(NotFound, match="There is no reading"):
            await readings.remove(db, owner, kept.id)


async def test_a_correction_is_set_changed_and_taken_back(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        kept = await readings.keep(db, owner, sad_reading(), file=None, now=NOON)
        for said in (Emotion.CALM, Emotion.FEAR, None, None):
            await readings.correct(db, owner, kept.id, said, now=NOON)
            assert (await readings.get(db, owner, kept.id)).correction is said
            assert (await readings.newest(db, owner, 1))[0].correction is said


async def test_a_name_that_no_column_takes_is_made_to_fit(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        name = "a\x00b\n" + "x" * 500
        kept = await readings.keep(db, owner, silent_reading(), file=name, now=NOON)
    assert kept.file is not None
    assert kept.file.startswith("a b x")
    assert len(kept.file) == 255


@pytest.mark.parametrize("wrong", ["", "r_", "' OR 1=1 --", "r_" + "x" * 5000, "\x00", "ß🎵"])
async def test_an_id_of_nonsense_is_not_found(database: Database, wrong: str) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        with pytest.raises(NotFound):
            await readings.get(db, owner, wrong)
