"""What ships says under which licence it ships."""

from __future__ import annotations

import tomllib
from pathlib import Path

from emotion_stream.music.starter import shipped_folder
from emotion_stream.recognition.model import load_model

REPOSITORY = Path(__file__).parent.parent


def _declared() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["license"]).split(" AND ")


def test_the_package_declares_the_licence_of_its_weights() -> None:
    licence = load_model().info.licence
    beside = (shipped_folder().parent / "LICENSE").read_text(encoding="utf-8")
    assert licence.replace(" ", "-") in _declared()
    assert licence in beside


def test_the_package_declares_the_licence_of_its_music() -> None:
    assert "CC0-1.0" in _declared()
    assert "CC0" in (shipped_folder() / "LICENSE").read_text(encoding="utf-8")
