"""The files of the page: cached for ever under an address that changes with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.errors import NotFound
from emotion_stream.web.static_files import MEDIA_TYPES, read_static_files
from tests.web.conftest import Running

pytestmark = pytest.mark.anyio


def page_files(folder: Path) -> Path:
    (folder / "js").mkdir()
    (folder / "js" / "app.js").write_text("import './part.js'")
    (folder / "js" / "part.js").write_text("1")
    (folder / ".hidden").write_text("x")
    return folder


def test_any_change_moves_all_files(tmp_path: Path) -> None:
    before = read_static_files(page_files(tmp_path))
    assert set(before.files) == {"js/app.js", "js/part.js"}
    (tmp_path / "js" / "part.js").write_text("2")
    after = read_static_files(tmp_path)
    assert before.url("js/app.js") != after.url("js/app.js")
    assert read_static_files(tmp_path) == after


def test_a_name_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_static_files(page_files(tmp_path)).url("js/typo.js")


async def test_every_file_of_the_page_is_served_with_its_type(running: Running) -> None:
    assets = read_static_files()
    async with running() as client:
        for name, path in assets.files.items():
            answer = await client.get(assets.url(name))
            assert answer.status_code == 200
            assert answer.content == path.read_bytes()
            assert answer.headers["content-type"] == MEDIA_TYPES[path.suffix]
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("wanted", ["bytes=0-9", "bytes=9999999-", "bytes=x", "bytes=0-1 8", "x"])
async def test_a_file_of_the_page_comes_as_a_whole(running: Running, wanted: str) -> None:
    assets = read_static_files()
    async with running() as client:
        answer = await client.get(assets.url("js/app.js"), headers={"range": wanted})
    assert (answer.status_code, answer.content) == (200, assets.files["js/app.js"].read_bytes())


@pytest.mark.parametrize(
    "path", ["js/nothing.js", "../app.py", "%2e%2e/app.py", "..%2fapp.py", "%00", "//etc/passwd"]
)
async def test_nothing_else_is_served(running: Running, path: str) -> None:
    version = read_static_files().version
    async with running() as client:
        answer = await client.get(f"/static/{version}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert (await client.get("/static/000000000000/js/app.js")).status_code == 404
