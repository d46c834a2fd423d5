"""The figures of the README and of the model card are drawn from the committed reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import stated

pytestmark = pytest.mark.training


def test_the_readme_and_the_model_card_state_what_the_reports_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ("README.md", "docs/model-card.md")
    (tmp_path / "docs").mkdir()
    for page in pages:
        written = (stated.REPOSITORY / page).read_text("utf-8")
        before, begin, rest = written.partition(stated.BEGIN)
        _, end, after = rest.partition(stated.END)
        (tmp_path / page).write_text(f"{before}{begin}\nold\n{end}{after}", "utf-8")
    committed = stated.REPOSITORY
    monkeypatch.setattr(stated, "REPOSITORY", tmp_path)
    stated.main(["--reports", str(stated.REPORTS)])
    for page in pages:
        assert (tmp_path / page).read_text("utf-8") == (committed / page).read_text("utf-8")


def test_a_page_without_a_place_for_figures_is_named() -> None:
    with pytest.raises(SystemExit, match=r"card\.md has no place for the figures"):
        stated.placed("figures", "a page", "card.md")
