"""The recipes find every file of the development corpora, where these lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.training.data.corpora import read_corpus

COUNTS = [
    ("ravdess", "ravdess_speech", 1200, 20),
    ("emodb", "emodb", 350, 8),
    ("savee", "savee", 240, 2),
    ("tess", "tess", 2800, 2),
    ("nemo", "nemo", 3492, 7),
    ("ased", "ased", 2048, 53),
    ("emospeech_india", "emospeech_india", 2383, 92),
    ("emogator", "emogator", 4817, 357),
    ("seac", "serbian_1052", 301, 1),
]

pytestmark = [pytest.mark.training, pytest.mark.corpora]


@pytest.mark.parametrize(("name", "folder", "utterances", "speakers"), COUNTS)
def test_finds_every_utterance_and_speaker(
    corpora: Path, name: str, folder: str, utterances: int, speakers: int
) -> None:
    found = read_corpus(name, corpora / folder)
    assert (len(found), len({u.speaker for u in found})) == (utterances, speakers)
