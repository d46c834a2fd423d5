"""The command that builds the library anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import mido
import pytest
from typer.testing import CliRunner

from emotion_stream.cli import app
from emotion_stream.composing.catalogue import make_library, write_catalogue
from emotion_stream.composing.pieces import PIECES
from emotion_stream.composing.rendering import SOUND_FONT
from emotion_stream.errors import UsageError


def test_scores_are_written_without_a_synthesiser(tmp_path: Path) -> None:
    wanted = PIECES[0].id
    result = CliRunner().invoke(
        app, ["compose", "--out", str(tmp_path), "--scores", "--only", wanted]
    )
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
