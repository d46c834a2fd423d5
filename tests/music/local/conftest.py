import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .sounds import chords, drums, write

NOBODY = 65_534


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    (folder / "Quiet").mkdir(parents=True)
    write(folder / "Quiet" / "Chords.mp3", chords(3))
    write(folder / "Drums.flac", drums(3))
    (folder / "text.mp3").write_text("This is a text.")
    return folder


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of a person whom permissions bind; the superuser may read everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)  # `os.access` asks about the real user
        try:
            yield folder
        finally:
            os.setresuid(0, 0, 0)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "data" / "music.json"
