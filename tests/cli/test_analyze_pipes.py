"""`emotion-stream analyze` between pipes, full disks and odd names, as a shell sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import sounds
from tests.cli.program import program

pytestmark = pytest.mark.process

FULL_DISK = Path("/dev/full")


def test_standard_input_is_a_file_like_any_other(model: Path) -> None:
    m4a = sounds.encoded(sounds.speech(), container="ipod", codec="aac", rate_hz=44_100)

    ended = subprocess.run(program(model, "--json", "-"), input=m4a, capture_output=True)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["file"] == "-"


def test_nothing_on_standard_input_is_an_empty_recording(model: Path) -> None:
    ended = subprocess.run(program(model, "-"), input=b"", capture_output=True, text=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"-: empty_audio: ")


def test_a_reader_that_stops_early_hears_no_complaint(model: Path, talk: Path) -> None:
    with subprocess.Popen(
        program(model, "--json", *[talk] * 3), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_no_text_is_written_all_the_same(model: Path, talk: Path) -> None:
    odd = os.fsencode(talk.parent) + b"/\xff.wav"
    Path(os.fsdecode(odd)).write_bytes(talk.read_bytes())

    ended = subprocess.run([*map(os.fsencode, program(model, "--json")), odd], capture_output=True)

    assert ended.returncode == 0
    assert os.fsencode(json.loads(ended.stdout)["file"]) == odd


def test_the_work_goes_on_where_nobody_reads_the_complaints(model: Path, talk: Path) -> None:
    with subprocess.Popen(
        program(model, "--json", talk.with_name("gone.wav"), talk),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stderr.close()
        assert json.loads(process.stdout.read())["file"] == str(talk)
    assert process.returncode == 1


def test_what_failed_counts_where_the_reader_stops_early(model: Path, talk: Path) -> None:
    with subprocess.Popen(
        program(model, "--json", talk.with_name("gone.wav"), talk),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"not_found" in process.stderr.read()
    assert process.returncode == 1


def test_json_is_json_whatever_the_terminal_can_show(model: Path, talk: Path) -> None:
    odd = talk.rename(talk.with_name("é\N{GRINNING FACE}.wav"))
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}

    ended = subprocess.run(program(model, "--json", odd), capture_output=True, env=environment)

    assert json.loads(ended.stdout)["file"] == str(odd)


def test_a_closed_standard_output_is_one_sentence(model: Path, talk: Path) -> None:
    shell = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *program(model, talk)]

    ended = subprocess.run(shell, capture_output=True)

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"emotion-stream: not_written: The results cannot be written: ")
    assert b"Traceback" not in ended.stderr


def test_a_closed_standard_input_is_one_sentence(model: Path) -> None:
    shell = ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *program(model, "-")]

    ended = subprocess.run(shell, capture_output=True)

    assert ended.returncode == 1
    assert ended.stderr == (
        b"-: empty_audio: Standard input is closed. Send a recording through it.\n"
    )


def test_a_named_pipe_is_a_file_like_any_other(model: Path, talk: Path) -> None:
    pipe = talk.with_name("pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(talk.read_bytes()), daemon=True)
    writer.start()

    ended = subprocess.run(program(model, "--json", pipe), capture_output=True, timeout=60)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["scores"]


@pytest.mark.skipif(not FULL_DISK.exists(), reason="this system has no disk that is always full")
def test_results_that_cannot_be_written_are_one_sentence(model: Path, talk: Path) -> None:
    with FULL_DISK.open("wb") as full:
        ended = subprocess.run(program(model, talk), stdout=full, stderr=subprocess.PIPE)

    assert ended.returncode == 1
    assert ended.stderr == (
        b"emotion-stream: not_written: The results cannot be written: No space left on device.\n"
    )
