"""report.html needs nothing beside it, and everybody can read it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from emotion_stream import __version__
from emotion_stream.training.report.html import inline, paragraphs, render_html
from tests.training.report.full_report import full_report

pytestmark = pytest.mark.training

COMMITTED = Path(__file__).parents[3] / "docs" / "reports" / __version__ / "report.json"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    return render_html(full_report(tmp_path_factory.mktemp("full")))


def test_it_stands_alone(html: str) -> None:
    assert "<script" not in html
    assert "<link" not in html
    references = re.findall(r'(?:href|src)="([^"]+)"', html) + re.findall(r"url\(([^)]+)\)", html)
    assert references
    assert all(each.startswith(("#", "data:image/png;base64,")) for each in references)
    assert len(html) < 1_500_000


def test_every_reference_leads_to_the_one_element_of_that_name(html: str) -> None:
    names = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert max(names.values()) == 1
    wanted = set(re.findall(r'(?:href="|url\()#([^")]+)', html))
    assert wanted <= set(names)


def test_pictures_are_described_and_tables_have_captions_and_heads(html: str) -> None:
    drawings = re.findall(r"<svg[^>]*>", html)
    assert len(drawings) == 1 + 1 + 2 + 2 + 8 + 4
    assert all('role="img" aria-label="' in each for each in drawings)
    assert html.count("<table") == html.count("<caption>") == html.count("<thead>") >= 12
    assert html.count('class="marked"') == 1


def test_texts_are_escaped(html: str) -> None:
    assert "A &lt;b&gt;note&lt;/b&gt; &amp; <code>code</code>." in html
    assert inline("5.0 % of 3") == "5.0\N{NO-BREAK SPACE}% of 3"
    assert inline("**<i>**") == "<strong>&lt;i&gt;</strong>"
    assert paragraphs("- a\n- `b`\n\nc") == ("<ul><li>a</li><li><code>b</code></li></ul>\n<p>c</p>")


def test_the_committed_report_can_be_drawn() -> None:
    report = json.loads(COMMITTED.read_text())
    html = render_html(report)
    assert f"{100 * report['findings']['uar']['mean_over_folds']:.1f} %" in html
    assert report["title"] in html
