"""The files of the page as they ship: no inline code, one owner of listeners, known fonts."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

WEB = Path(str(files("emotion_stream"))) / "web"
SCRIPTS = sorted((WEB / "static" / "js").rglob("*.js"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
FONTS = WEB / "static" / "fonts"
LONGEST_FILE = 300


def named(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_a_script_is_checked_short_and_says_what_it_is_for(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "// @ts-check"
    assert lines[1].startswith("// ")
    assert len(lines) <= LONGEST_FILE


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_only_a_scope_owns_what_has_a_life(script: Path) -> None:
    raw = re.findall(
        r"addEventListener\(|setInterval\(|requestAnimationFrame\(", script.read_text()
    )
    assert raw == [] or script.name == "scope.js"


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_no_script_writes_html(script: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text()
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_holds_no_code_and_no_style(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r"(src|href)=\"https?://", html)


def test_every_part_the_scripts_look_for_is_in_the_templates() -> None:
    html = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    wanted = set()
    for script in SCRIPTS:
        wanted |= set(re.findall(r'"\[(data-[a-z-]+)\]"', script.read_text(encoding="utf-8")))
    assert {name for name in wanted if name not in html} <= {"data-screen", "data-value"}


def test_each_font_is_the_one_on_record_with_its_licence() -> None:
    record = json.loads((FONTS / "vendored.json").read_text())
    assert {entry["file"] for entry in record} == {path.name for path in FONTS.glob("*.woff2")}
    for entry in record:
        assert hashlib.sha256((FONTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert "SIL OPEN FONT LICENSE" in (FONTS / entry["licence_file"]).read_text().upper()


def test_the_tools_of_the_front_end_are_pinned_exactly() -> None:
    package = json.loads((Path(__file__).parents[1] / "package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["devDependencies"].values())
