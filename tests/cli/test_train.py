"""`train`, `export` and `evaluate` as people call them: mistakes end in one sentence."""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from emotion_stream.cli import main
from emotion_stream.errors import UsageError

# The package holds a function of the same name.
command = import_module("emotion_stream.cli.train")

EVALUATE = ["evaluate", "--corpus", "tess=nowhere", "--out", "r", "--model", "m"]
TRAIN = ["train", "--out", "run", "--corpus"]


def _fails(
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    code: int = 2,
) -> str:
    monkeypatch.setattr("sys.argv", ["emotion-stream", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    return capsys.readouterr().err


def test_reads_pairs() -> None:
    sources = command.sources_from(["tess=a=b", "mine=x.csv"])
    assert sources == {"tess": Path("a=b"), "mine": Path("x.csv")}


@pytest.mark.parametrize("pairs", [["tess"], ["=x"], ["tess="], ["tess=a", "tess=b"]])
def test_refuses_other_pairs(pairs: list[str]) -> None:
    with pytest.raises(UsageError, match="--corpus"):
        command.sources_from(pairs)


@pytest.mark.parametrize(
    "arguments",
    [
        [*TRAIN, "tess=x"],
        ["export", "run", "--out", "x.onnx"],
        ["evaluate", "--corpus", "tess=x", "--out", "report"],
    ],
)
def test_says_what_to_install_when_the_extra_is_missing(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(command, "find_spec", nothing)
    assert "pip install 'emotion-stream[train]'" in _fails(arguments, monkeypatch, capsys)


@pytest.mark.training
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([*TRAIN, "tess=nowhere"], "no folder nowhere"),
        ([*TRAIN, "nosuch=."], "Unknown corpus 'nosuch'"),
        ([*TRAIN, "tess=x", "--set", "batch_size=0"], "batch_size is 0; it has to be at least 2"),
        ([*TRAIN, "tess=x", "--seed", "-1"], "seed is -1; it has to be from 0 to"),
        (["export", "nowhere", "--out", "x.onnx"], "no finished model"),
        (["evaluate", "--corpus", "tess=nowhere", "--out", "r", "--model", "m"], "no folder"),
        (
            [*EVALUATE, "--conditions", "noise-10", "--conditions", "rain", "--rooms", "x"],
            "Unknown condition 'rain'",
        ),
        ([*EVALUATE, "--noise", "x"], "--noise: there is no folder x"),
        ([*EVALUATE, "--rooms", "."], "--rooms: there is no sound file in ."),
    ],
)
def test_mistakes_are_named(
    arguments: list[str],
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert problem in _fails(arguments, monkeypatch, capsys)


@pytest.mark.training
def test_a_corpus_with_unreadable_files_stops_the_training_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crema").mkdir()
    for actor in range(1001, 1005):
        (tmp_path / "crema" / f"{actor}_DFA_ANG_XX.wav").write_bytes(b"no sound")
    told = _fails([*TRAIN, "crema_d=crema"], monkeypatch, capsys, code=1)
    assert "1001_DFA_ANG_XX.wav" in told
    assert "--skip-unreadable" in told
    assert {path.name for path in (tmp_path / "run").rglob("*") if path.is_file()} <= {".lock"}
