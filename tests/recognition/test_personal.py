"""A person's corrections move that person's decision: a little, within a bound, and undoably."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import EMOTIONS, Emotion, Reading
from emotion_stream.errors import ProfileInvalid, ProfileMismatch, UsageError
from emotion_stream.recognition.personal import (
    PULL,
    Correction,
    Profile,
    corrected,
    decision_of,
    forget,
    logits_raised,
    with_correction,
    without_correction,
)
from emotion_stream.recognition.recognizer import Recognizer
from tests import sounds
from tests.tiny_model import tiny_model

NOON = datetime(2025, 11, 25, 12, tzinfo=UTC)


def correction(seed: int, *, size: int = 8) -> Correction:
    rng = np.random.default_rng(seed)
    embedding = tuple(rng.exponential(size=size).tolist())
    return Correction(embedding, EMOTIONS[seed % 8], NOON + timedelta(minutes=seed))


def profile_of(recognizer: Recognizer, *corrections: Correction) -> Profile:
    return replace(Profile.of(recognizer.info), corrections=corrections)


def clip(shift: int = 0) -> Recording:
    return Recording(np.roll(sounds.speech(), -shift), sounds.RATE_HZ)


def test_a_reading_has_the_embedding_that_a_correction_keeps(recognizer: Recognizer) -> None:
    reading = recognizer.analyze(clip())

    assert len(reading.embedding) == 8
    assert all(np.isfinite(reading.embedding))
    assert "embedding" not in reading.as_dict()
    assert "embedding" not in repr(reading)
    assert recognizer.analyze(Recording(sounds.silence(3), 16_000)).embedding == ()


def test_the_embedding_is_that_of_the_voice_and_not_of_the_decision(
    recognizer: Recognizer,
) -> None:
    plain = recognizer.analyze(clip())
    said = Correction(plain.embedding, Emotion.DISGUST, NOON)

    moved = recognizer.personalised(profile_of(recognizer, said)).analyze(clip())

    assert moved.embedding == plain.embedding


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_what_was_corrected_becomes_more_probable(recognizer: Recognizer, emotion: Emotion) -> None:
    before = recognizer.analyze(clip())
    said = Correction(before.embedding, emotion, NOON)

    after = recognizer.personalised(profile_of(recognizer, said)).analyze(clip())

    assert before.scores is not None
    assert after.scores is not None
    assert after.scores.of(emotion) > before.scores.of(emotion)
    assert sum(after.scores.probabilities) == pytest.approx(1)
    assert after.quality == before.quality
    assert [m.start_s for m in after.timeline] == [m.start_s for m in before.timeline]
    assert recognizer.analyze(clip()) == before


def test_without_corrections_nothing_changes(recognizer: Recognizer) -> None:
    empty = Profile.of(recognizer.info)
    once = with_correction(empty, correction(3))

    assert recognizer.personalised(empty).analyze(clip()) == recognizer.analyze(clip())
    assert recognizer.personalised(forget(once)).analyze(clip()) == recognizer.analyze(clip())


def test_undoing_gives_exactly_the_decision_before(recognizer: Recognizer) -> None:
    before = profile_of(recognizer, *map(correction, range(7)))
    said = Correction(recognizer.analyze(clip()).embedding, Emotion.FEAR, NOON)
    after = with_correction(before, said)

    undone = without_correction(after, said)

    assert undone == before
    heard = recognizer.personalised(before).analyze(clip())
    assert recognizer.personalised(after).analyze(clip()) != heard
    assert recognizer.personalised(undone).analyze(clip()) == heard


def test_one_of_two_equal_corrections_is_undone(recognizer: Recognizer) -> None:
    once = with_correction(Profile.of(recognizer.info), correction(1))

    assert without_correction(with_correction(once, correction(1)), correction(1)) == once


def test_what_is_not_there_cannot_be_undone(recognizer: Recognizer) -> None:
    with pytest.raises(UsageError, match="no such correction of 2025-11-25T12:01"):
        without_correction(Profile.of(recognizer.info), correction(1))


@given(order=st.permutations(range(9)))
def test_the_order_of_corrections_does_not_matter(order: list[int]) -> None:
    straight = Profile("1", "x", tuple(map(correction, range(9))))
    other = Profile("1", "x", tuple(map(correction, order)))

    assert other == straight


@given(st.integers(0, 2**32), st.sampled_from([1e-30, 1.0, 1e30, 1e300]))
def test_a_thousand_corrections_move_no_logit_past_the_bound(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    embeddings = scale * rng.standard_normal((5, 6))
    said_of = np.concatenate([embeddings.repeat(100, axis=0), rng.standard_normal((500, 6))])
    said = rng.integers(8, size=1000)
    heard = rng.dirichlet(np.ones(8), size=5)

    raised = logits_raised(embeddings, said_of, said)
    moved = corrected(heard, embeddings, said_of, said)

    assert ((raised >= 0) & (raised <= PULL.bound)).all()
    np.testing.assert_allclose(moved.sum(axis=1), 1)
    ratio = np.log(moved) - np.log(heard)
    assert np.ptp(ratio, axis=1).max() <= PULL.bound + 1e-6


def test_a_correction_reaches_voices_like_it_and_hardly_others() -> None:
    embeddings = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.0, 0.0]])
    same, near, far, silent = logits_raised(embeddings, embeddings[:1], np.array([4]))

    assert same[4] == pytest.approx(PULL.bound * np.tanh(PULL.strength / PULL.bound))
    assert same[4] > near[4] > 1
    assert far[4] == silent[4] < 0.01
    assert same[:4].tolist() == [0] * 4


def test_two_people_at_once_share_the_model_and_nothing_else(recognizer: Recognizer) -> None:
    heard = recognizer.analyze(clip())
    people = [
        recognizer,
        *(
            recognizer.personalised(
                profile_of(recognizer, Correction(heard.embedding, emotion, NOON))
            )
            for emotion in (Emotion.DISGUST, Emotion.CALM)
        ),
    ]
    jobs = [(person, clip(4_000 * shift)) for shift in range(4) for person in people] * 2

    def analyse(job: tuple[Recognizer, Recording]) -> Reading:
        return job[0].analyze(job[1])

    expected = [analyse(job) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(analyse, jobs)) == expected
    assert len({reading.scores for reading in expected[:3]}) == 3


def test_personalising_again_replaces_the_profile(recognizer: Recognizer) -> None:
    one, other = (profile_of(recognizer, correction(seed)) for seed in (1, 2))

    twice = recognizer.personalised(one).personalised(other)

    assert twice.analyze(clip()) == recognizer.personalised(other).analyze(clip())


def test_a_profile_of_another_model_is_refused(recognizer: Recognizer, tmp_path: Path) -> None:
    newer = Recognizer(tiny_model(tmp_path / "emotion-0.0.2.onnx", version="0.0.2"))

    for corrections in ((), (correction(1),)):
        with pytest.raises(ProfileMismatch, match=r"model 0\.0\.1 .* not to 0\.0\.2 ") as refused:
            newer.personalised(profile_of(recognizer, *corrections))
        assert refused.value.code == "profile_mismatch"


def test_embeddings_of_another_size_are_refused(recognizer: Recognizer) -> None:
    with pytest.raises(ProfileInvalid, match="have 7 values; those of its model have 8") as refused:
        recognizer.personalised(profile_of(recognizer, correction(1, size=7)))
    assert refused.value.code == "profile_invalid"
    with pytest.raises(ProfileInvalid, match=r"have \[7, 8\] values"):
        profile_of(recognizer, correction(1), correction(2, size=7))


@pytest.mark.parametrize(
    ("embedding", "at", "match"),
    [
        ((), NOON, "embedding of a reading with speech"),
        ((1.0, float("nan")), NOON, "no number"),
        ((1.0, float("inf")), NOON, "no number"),
        ((1.0,), datetime(2025, 11, 25, 12), "no time zone"),
    ],
)
def test_what_is_no_correction_is_refused(
    embedding: tuple[float, ...], at: datetime, match: str
) -> None:
    with pytest.raises(ProfileInvalid, match=match):
        Correction(embedding, Emotion.CALM, at)


def test_one_moment_is_one_moment_in_every_time_zone() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=9)))

    assert Correction((1.0,), Emotion.CALM, there) == Correction((1.0,), Emotion.CALM, NOON)
    assert Correction((1.0,), Emotion.CALM, there).at.tzinfo is UTC


def test_the_decision_takes_any_number_of_windows(recognizer: Recognizer) -> None:
    decide = decision_of(profile_of(recognizer, correction(1)), recognizer._model)

    assert decide(np.empty((0, 8)), np.empty((0, 8))).shape == (0, 8)
