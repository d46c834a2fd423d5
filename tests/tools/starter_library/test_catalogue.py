"""The command that builds the library anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import mido
import pytest
from typer.testing import CliRunner

from emotion_stream.errors import UsageError
from tools.starter_library.__main__ import app
from tools.starter_library.catalogue import make_library, missing, write_catalogue
from tools.starter_library.pieces import PIECES
from tools.starter_library.rendering import SOUND_FONT


def test_scores_are_written_without_a_synthesiser(tmp_path: Path) -> None:
    wanted = PIECES[0].id
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scores", "--only", wanted])
    assert result.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{wanted}.mid"]
    assert mido.MidiFile(tmp_path / f"{wanted}.mid").length > 30


def test_an_unknown_piece_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"no piece 'nothing'.*{PIECES[0].id}"):
        list(make_library(tmp_path, frozenset({"nothing"})))


def test_the_catalogue_is_ordered_by_title(tmp_path: Path) -> None:
    write_catalogue([{"id": "b", "title": "B"}, {"id": "a", "title": "A"}], tmp_path)
    tracks = json.loads((tmp_path / "catalogue.json").read_text("utf-8"))["tracks"]
    assert [track["id"] for track in tracks] == ["a", "b"]


def hold_all_but(folder: Path, *absent: str) -> None:
    kept = [piece for piece in PIECES if piece.id not in absent]
    write_catalogue([{"id": piece.id, "title": piece.title} for piece in kept], folder)
    for piece in kept:
        (folder / f"{piece.id}.opus").touch()


def test_what_a_folder_lacks_is_found_by_file_and_by_entry(tmp_path: Path) -> None:
    unlisted, unheard = PIECES[0].id, PIECES[-1].id
    hold_all_but(tmp_path, unlisted)
    (tmp_path / f"{unlisted}.opus").touch()
    (tmp_path / f"{unheard}.opus").unlink()
    assert missing(tmp_path) == {unlisted, unheard}


def test_only_what_is_missing_is_made(tmp_path: Path) -> None:
    hold_all_but(tmp_path, PIECES[0].id)
    options = ["--out", str(tmp_path), "--scores", "--missing"]
    assert CliRunner().invoke(app, options).exit_code == 0
    assert [path.stem for path in tmp_path.glob("*.mid")] == [PIECES[0].id]


def test_where_nothing_is_missing_nothing_is_made(tmp_path: Path) -> None:
    hold_all_but(tmp_path)
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--missing"])
    assert result.exit_code == 0
    assert "Nothing is missing" in result.output
    named = ["--only", PIECES[0].id]
    again = CliRunner().invoke(app, ["--out", str(tmp_path), "--missing", *named])
    assert "Nothing is missing" in again.output


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("fluidsynth") is None or not SOUND_FONT.is_file(),
    reason="no fluidsynth with fluid-soundfont-gm here",
)
def test_one_piece_is_rendered_and_the_rest_of_a_catalogue_kept(tmp_path: Path) -> None:
    write_catalogue([{"id": "kept", "title": "Kept"}], tmp_path)
    piece = min(PIECES, key=lambda piece: len(piece.players))
    paths = list(make_library(tmp_path, frozenset({piece.id})))
    assert [path.name for path in paths] == [f"{piece.id}.opus", "catalogue.json"]
    tracks = json.loads(paths[-1].read_text("utf-8"))["tracks"]
    assert {track["id"] for track in tracks} == {"kept", piece.id}
    made = next(track for track in tracks if track["id"] == piece.id)
    assert made["bytes"] == paths[0].stat().st_size
    assert 30 <= made["duration_s"] <= 90
