"""`emotion-stream analyze` as people call it: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from emotion_stream.emotions import EMOTIONS
from tests import sounds
from tests.cli.program import Run, program
from tests.tiny_model import tiny_model


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.wav"
    path.write_text("Dear diary\n" * 100)
    return path


def test_one_file_as_json_is_one_object(run: Run, talk: Path) -> None:
    ended = run("--json", talk)

    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert found["file"] == str(talk)
    assert list(found["scores"]) == [emotion.value for emotion in EMOTIONS]
    assert sum(found["scores"].values()) == pytest.approx(1)
    assert found["emotion"] == max(found["scores"], key=found["scores"].get)
    assert found["confidence"] == max(found["scores"].values())
    assert set(found["affect"]) == {"valence", "arousal"}
    assert found["quality"]["verdict"] == "good"
    assert set(found["timeline"][0]) == {"start_s", "end_s", "emotion", "confidence", "scores"}


def test_without_speech_everything_is_null(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hush.wav"
    path.write_bytes(sounds.wav(sounds.silence(3)))

    found = json.loads(run("--json", path).out)

    assert [found[key] for key in ("emotion", "confidence", "scores", "affect")] == [None] * 4
    assert found["timeline"] == []
    assert found["quality"]["verdict"] == "no_speech"


def test_several_inputs_are_one_object_per_line(run: Run, talk: Path, tmp_path: Path) -> None:
    ended = run("--json", talk, talk)

    assert ended.code == 0
    assert [json.loads(line)["file"] for line in ended.out.splitlines()] == [str(talk)] * 2


def test_what_fails_is_named_and_the_others_are_still_reported(
    run: Run, talk: Path, notes: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.mp3"

    ended = run("--json", notes, gone, talk)

    assert ended.code == 1
    assert [json.loads(line)["file"] for line in ended.out.splitlines()] == [str(talk)]
    first, second = ended.err.splitlines()
    assert first.startswith(f"{notes}: not_audio: notes.wav is not a sound file.")
    assert second == f"{gone}: not_found: No such file or directory."


def test_a_file_that_cannot_be_read_is_named(run: Run, talk: Path) -> None:
    looped = talk.parent / "loop.wav"
    looped.symlink_to(looped)

    ended = run(looped)

    assert ended.code == 1
    assert ended.err.startswith(f"{looped}: unreadable: ")


def test_csv_has_one_row_per_file(run: Run, talk: Path, tmp_path: Path) -> None:
    hush = tmp_path / "hush, please.wav"
    hush.write_bytes(sounds.wav(sounds.silence(3)))

    ended = run("--csv", talk, hush)

    spoken, silent = csv.DictReader(io.StringIO(ended.out))
    assert spoken["file"] == str(talk)
    assert sum(float(spoken[emotion]) for emotion in EMOTIONS) == pytest.approx(1, abs=1e-3)
    assert spoken["verdict"] == "good"
    assert -1 <= float(spoken["valence"]) <= 1
    assert float(spoken["speech_s"]) > 2
    assert silent["file"] == str(hush)
    assert silent["emotion"] == silent["happiness"] == silent["level_dbfs"] == ""
    assert silent["verdict"] == "no_speech"


def test_people_get_a_report_of_one_and_a_line_of_each(run: Run, talk: Path) -> None:
    alone = run(talk)
    assert alone.out.count("%") == 1 + len(EMOTIONS)
    assert "The recording is clear." in alone.out
    both = run(talk, talk)
    assert len(both.out.splitlines()) == 2
    assert both.out.splitlines()[0].endswith("good")


def test_an_unsure_model_says_which_two(run: Run, talk: Path, tmp_path: Path) -> None:
    unsure = tiny_model(tmp_path / "emotion-1.onnx", unsure_below="1.1")

    ended = run("--model", unsure, talk)

    assert "not sure: " in ended.out
    assert " or " in ended.out.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument"),
        (["--json", "--csv", "x.wav"], "one of --json and --csv"),
        (["--max-duration", "0", "x.wav"], "not a length"),
        (["--max-duration", "nan", "x.wav"], "not a length"),
        (["--xml", "x.wav"], "No such option"),
        (["-", "-"], "can be read once"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str], said: str) -> None:
    ended = run(*arguments)

    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""


def test_a_name_keeps_to_its_line_and_gives_the_terminal_no_orders(run: Run, talk: Path) -> None:
    odd = talk.with_name("two\nlines \x1b[31m.wav")
    odd.write_bytes(talk.read_bytes())
    gone = talk.with_name("go\rne.wav")

    ended = run(odd, gone)

    assert ended.code == 1
    assert ended.out.count("\n") == 1
    assert "two\\nlines \\x1b[31m.wav" in ended.out
    assert "go\\rne.wav" in ended.err


def test_a_name_is_no_formula_in_a_spreadsheet(
    run: Run, talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(talk.parent)
    talk.rename("=1+1.wav")

    ended = run("--csv", "=1+1.wav")

    assert ended.out.splitlines()[1].startswith("./=1+1.wav,")


def test_a_missing_model_is_one_sentence(run: Run, talk: Path) -> None:
    ended = run("--model", talk.parent / "none.onnx", talk)

    assert ended.code == 1
    assert ended.err.startswith("emotion-stream: model_missing: There is no model at ")
    assert len(ended.err.splitlines()) == 1


def test_too_long_is_refused_by_choice(run: Run, talk: Path) -> None:
    ended = run("--max-duration", "1.5", talk)

    assert ended.code == 1
    assert "audio_too_long" in ended.err


@pytest.mark.process
def test_a_terminal_sees_a_bar_on_long_work_and_a_pipe_does_not(
    model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "long.wav"
    path.write_bytes(sounds.wav(np.resize(sounds.speech(), 900 * sounds.RATE_HZ)))

    piped = subprocess.run(program(model, path), capture_output=True)
    watched, seen = _on_a_terminal(program(model, path))

    assert piped.stderr == b""
    assert watched == 0
    assert b"long.wav" in seen
    assert b"%" in seen


def _on_a_terminal(command: list[str]) -> tuple[int, bytes]:
    """Run with standard error on a pseudo-terminal; its exit code and what was shown."""
    ours, theirs = os.openpty()
    seen = b""
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        try:
            while data := os.read(ours, 65_536):
                seen += data
        except OSError:  # how Linux says that the other side is closed
            pass
        finally:
            os.close(ours)
    return process.returncode, seen
