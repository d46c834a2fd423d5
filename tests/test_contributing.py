"""CONTRIBUTING.md names files that are there, and asks nobody to touch more than a few."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:src|tests|docs)/[^`\s]*|CHANGELOG\.md)`")


def _files(heading: str) -> list[str]:
    """The file that each step of a section begins with."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d\. `([^`]+)`", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "most"),
    [
        ("Add a corpus", 5),
        ("Add a source of music", 5),
        ("Add a panel of the page", 6),
        ("Add a table", 8),
    ],
)
def test_what_is_added_often_touches_few_files(heading: str, most: int) -> None:
    assert 3 <= len(_files(heading)) <= most


def test_every_file_that_is_named_is_there() -> None:
    """A `<name>` stands for any: something of that pattern is there already."""
    named = set(PATH.findall(PAGE))
    patterns = {path: re.sub(r"<[^>]+>", "*", path) for path in named}
    assert len(named) > 10
    assert [path for path, glob in patterns.items() if not any(REPOSITORY.glob(glob))] == []
