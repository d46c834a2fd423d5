"""What the pages for readers promise is there: their links, figures, commands and files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from emotion_stream import __version__

REPOSITORY = Path(__file__).parent.parent
PAGES = (
    *sorted(REPOSITORY.glob("*.md")),
    *sorted((REPOSITORY / "docs").glob("*.md")),
    *sorted((REPOSITORY / "docs" / "decisions").glob("*.md")),
)
LINK = re.compile(r"\]\((?!https?:)([^)\s]*)\)")
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
RESULTS = (REPOSITORY / "docs" / "results.md").read_text(encoding="utf-8")
CARD = (REPOSITORY / "docs" / "model-card.md").read_text(encoding="utf-8")
REPORTS = REPOSITORY / "docs" / "reports" / __version__


def _findings(protocol: str) -> dict[str, Any]:
    report = (REPORTS / protocol / "report.json").read_text(encoding="utf-8")
    findings: dict[str, Any] = json.loads(report)["findings"]
    return findings


def _percent(share: float) -> str:
    return f"{share:.1%}".replace("%", " %")


def _anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_link_and_picture_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            place, _, anchor = link.partition("#")
            target = page.parent / place if place else page
            if not target.exists() or (anchor and anchor not in _anchors(target)):
                broken.append(f"{page.name}: {link}")
    assert not broken


def test_the_figure_of_the_readme_is_that_of_the_report_and_so_is_its_warning() -> None:
    uar, unheard = _findings(".")["uar"], _findings("leave-one-corpus-out")["sure"]
    assert f"**{_percent(uar['mean_over_folds'])}**" in README
    assert f"standard deviation {_percent(uar['sd_over_folds'])}" in README
    assert f"{_percent(unheard['coverage'])} of the recordings" in README
    assert f"{_percent(unheard['accuracy'])} of these answers" in README


def test_the_figures_are_told_in_one_place() -> None:
    findings = _findings(".")
    always = f"{_percent(findings['accuracy'])} when it must always answer"
    worst = findings["by_speaker"][findings["worst_speaker"]]["uar"]
    assert always in RESULTS
    assert f"| {findings['calibration_error']:.3f} |" in RESULTS
    assert f"| {_percent(worst)} (" in RESULTS
    for page in (README, CARD):
        assert always not in page
        assert _percent(worst) not in page


@pytest.mark.parametrize("target", ["serve", "test"])
def test_the_two_commands_exist(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:.*##", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)


def test_the_figures_of_speed_keep_their_bounds() -> None:
    figures = json.loads((REPORTS / "speed.json").read_text())["figures"]
    bounded = {each["name"]: each for each in figures if each["most"] is not None}
    assert {"wheel", "model file", "idle server, resident"} <= bounded.keys()
    assert [name for name, each in bounded.items() if each["value"] > each["most"]] == []
