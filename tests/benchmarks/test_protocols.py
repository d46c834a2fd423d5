"""Peers are judged on people they never heard, whatever the corpus."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from benchmarks.peers.protocols import splits_of

from emotion_stream.errors import UsageError

pytestmark = pytest.mark.training


def test_one_speaker_is_left_out_and_the_next_one_chooses() -> None:
    splits = splits_of("emodb-loso", ["emodb/08", "emodb/03", "emodb/10", "emodb/03"])
    assert [split.name for split in splits] == ["03", "08", "10"]
    assert [(*split.test, *split.validation) for split in splits] == [
        ("emodb/03", "emodb/08"),
        ("emodb/08", "emodb/10"),
        ("emodb/10", "emodb/03"),
    ]
    assert splits[2].train == {"emodb/08"}


def test_ravdess_has_the_folds_of_our_own_training() -> None:
    assert len(splits_of("ravdess5", [f"ravdess/{actor:02d}" for actor in range(1, 21)])) == 5


@pytest.mark.parametrize("protocol", ["loso", "nemo-loso", "emodb-five"])
def test_an_unknown_protocol_is_refused(protocol: str) -> None:
    with pytest.raises(UsageError, match="Unknown protocol"):
        splits_of(protocol, ["emodb/03", "emodb/08", "emodb/10"])


def test_two_speakers_are_too_few() -> None:
    with pytest.raises(UsageError, match="three speakers or more; found 2"):
        splits_of("savee-loso", ["savee/DC", "savee/JE"])
