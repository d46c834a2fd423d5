from pathlib import Path

import pytest

from tests.music.local.fake_music import chords, drums, write


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    (folder / "Quiet").mkdir(parents=True)
    write(folder / "Quiet" / "Chords.mp3", chords(12))
    write(folder / "Drums.flac", drums(12))
    (folder / "text.mp3").write_text("This is a text.")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "data" / "music.json"
