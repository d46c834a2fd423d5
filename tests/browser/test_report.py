"""The report of a model in a real browser: read by everybody, on every width, in both colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from emotion_stream.training.report.html import render_html
from tests.browser.page_driver import overflow_px
from tests.browser.test_accessibility import complaints
from tests.training.report.full_report import full_report

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.html").write_text(render_html(full_report(folder)))
    return folder / "report.html"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width_px", [1200, 390])
def test_nothing_overflows_and_nothing_is_hard_to_read(
    page: Page, report: Path, width_px: int, colours: str
) -> None:
    page.set_viewport_size({"width": width_px, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(report.as_uri())
    assert complaints(page) == []
    assert overflow_px(page) <= 0
    assert page.locator("svg text").first.is_visible()
