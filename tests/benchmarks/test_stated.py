"""The figures of README.md and docs/results.md are drawn from the committed reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import stated

pytestmark = pytest.mark.training


def _emptied(page: str, names: list[str]) -> str:
    for name in names:
        page = stated.placed(name, "old", page, "page")
    return page


def test_the_pages_state_what_the_reports_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed = {page: (stated.REPOSITORY / page).read_text("utf-8") for page in stated.PAGES}
    (tmp_path / "docs").mkdir()
    for page, text in committed.items():
        (tmp_path / page).write_text(_emptied(text, list(stated.PAGES[page])), "utf-8")
        assert (tmp_path / page).read_text("utf-8") != text
    monkeypatch.setattr(stated, "REPOSITORY", tmp_path)
    stated.main(["--reports", str(stated.REPORTS)])
    for page, text in committed.items():
        assert (tmp_path / page).read_text("utf-8") == text


def test_a_page_without_a_place_for_figures_is_named() -> None:
    with pytest.raises(SystemExit, match=r"results\.md has no place for the figures"):
        stated.placed("speed", "figures", "a page", "results.md")
