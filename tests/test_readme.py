"""What the README promises is there: its figures, its pictures, its links."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from emotion_stream import __version__

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
LINKS = sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README)))


@pytest.mark.parametrize("link", LINKS)
def test_every_link_and_picture_leads_somewhere(link: str) -> None:
    assert (REPOSITORY / link).exists()


def test_the_figures_are_those_of_the_report() -> None:
    report = REPOSITORY / "docs" / "reports" / __version__ / "report.json"
    findings = json.loads(report.read_text(encoding="utf-8"))["findings"]
    uar, sure = findings["uar"], findings["sure"]
    assert f"**{uar['mean_over_folds']:.1%}**".replace("%", " %") in README
    assert f"standard deviation {uar['sd_over_folds']:.1%}".replace("%", " %") in README
    assert f"{sure['accuracy']:.1%}".replace("%", " %") in README
    always = f"{findings['accuracy']:.1%}".replace("%", " %")
    assert f"{always} when it must always answer" in README
    assert f"error is {findings['calibration_error']:.3f}" in README


@pytest.mark.parametrize("target", ["serve", "test"])
def test_the_two_commands_exist(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:.*##", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("analyze a 3 s clip, whole process, median", "{:.2f} s"),
        ("recogniser, 3 s window, one thread", "{:.1f} ms"),
        ("peer: both", "{:.1f} ms"),
        ("model file", "{:.1f} MB"),
        ("wheel", "{:.1f} MB"),
        ("idle server, resident", "{:.0f} MB"),
    ],
)
def test_the_figures_of_speed_are_those_measured_and_keep_their_bounds(
    name: str, shown: str
) -> None:
    report = REPOSITORY / "docs" / "reports" / __version__ / "speed.json"
    figures = {figure["name"]: figure for figure in json.loads(report.read_text())["figures"]}
    figure = figures[name]
    assert f"| {shown.format(figure['value'])} |" in README
    assert figure["most"] is None or figure["value"] <= figure["most"]
