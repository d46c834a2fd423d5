"""The files of the page as they ship: no inline code, one owner of listeners, known fonts."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

from tests.offenders import assert_none

WEB = Path(str(files("emotion_stream"))) / "web"
SCRIPTS = sorted((WEB / "static" / "js").rglob("*.js"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
FONTS = WEB / "static" / "fonts"
LONGEST_FILE = 500


def read(paths: list[Path]) -> dict[str, str]:
    """The text of each file by its path; there is at least one."""
    assert paths
    return {path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def matching(pattern: str, texts: dict[str, str]) -> list[str]:
    """Where the pattern stands: file and text, one entry for each place."""
    return [
        f"{name}: {found.group()}"
        for name, text in texts.items()
        for found in re.finditer(pattern, text)
    ]


def test_a_script_is_checked_and_says_what_it_is_for() -> None:
    head = re.compile(r"// @ts-check\n// \S")
    assert_none(name for name, script in read(SCRIPTS).items() if not head.match(script))


def test_a_script_is_short_enough_to_be_read() -> None:
    lengths = {name: len(script.splitlines()) for name, script in read(SCRIPTS).items()}
    assert_none(f"{name}: {n} lines" for name, n in lengths.items() if n > LONGEST_FILE)


def test_only_a_scope_owns_what_has_a_life() -> None:
    others = [script for script in SCRIPTS if script.name != "scope.js"]
    owners = r"addEventListener\(|setInterval\(|requestAnimationFrame\("
    assert_none(matching(owners, read(others)))


def test_no_script_writes_html() -> None:
    writers = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\("
    assert_none(matching(writers, read(SCRIPTS)))


def test_a_template_holds_no_code_and_no_style() -> None:
    inline = r"\son\w+=|\sstyle=|<style|javascript:|<script(?![^>]*src=)[^>]*>"
    elsewhere = r"(src|href)=\"https?://"
    assert_none(matching(f"{inline}|{elsewhere}", read(TEMPLATES)))


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
