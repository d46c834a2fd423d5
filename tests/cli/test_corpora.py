"""`emotion-stream corpora`: the list of recipes, and a look at a copy of a corpus."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from emotion_stream.training.data.corpora import RECIPES
from tests.cli.program import Run
from tests.sounds import silence, tone, wav
from tests.test_architecture import HEAVY


@pytest.fixture
def corpora(call: Run) -> Run:
    return partial(call, "corpora")


def _emodb(folder: Path, *, damaged: bool = False) -> Path:
    sounds = {
        "03a01Fa.wav": wav(tone(0.2, frequency_hz=300)),
        "03a01Wa.wav": wav(tone(0.2, frequency_hz=400)),
        "03a02Wa.wav": wav(tone(0.2, frequency_hz=400)),
        "08a01Na.wav": wav(silence(0.2)),
        "08a01La.wav": wav(tone(0.2, frequency_hz=500)),
        "notes.wav": wav(tone(0.2, frequency_hz=600)),
    }
    folder.mkdir()
    for name, content in sounds.items():
        (folder / name).write_bytes(content)
    if damaged:
        (folder / "09a01Ta.wav").write_bytes(b"no sound")
        (folder / "09a01Wa.wav").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    return folder


@pytest.mark.parametrize("words", [(), ("list",)])
def test_the_list_names_every_corpus_with_its_licence_and_address(
    corpora: Run, words: tuple[str, ...]
) -> None:
    told = corpora(*words)
    assert told.code == 0
    for recipe in RECIPES.values():
        assert recipe.title in told.out
        assert f"{recipe.licence}; {recipe.release.url}" in told.out
    assert max(map(len, told.out.splitlines())) <= 120


def test_the_list_as_json_holds_the_label_maps(corpora: Run) -> None:
    facts = {each["name"]: each for each in json.loads(corpora("list", "--json").out)}
    assert list(facts) == list(RECIPES)
    assert facts["emodb"]["labels"]["L"] is None
    assert facts["emodb"]["labels"]["F"] == "happiness"
    assert facts["emodb"]["meanings"]["L"] == "boredom"
    assert json.loads(corpora("--json").out) == json.loads(corpora("list", "--json").out)


def test_a_check_tells_what_is_there_and_what_is_missing(corpora: Run, tmp_path: Path) -> None:
    told = corpora("check", f"emodb={_emodb(tmp_path / 'emodb')}")
    assert told.code == 0
    for line in (
        "clips:          4 to learn from, 5 of the corpus",
        "emotions:       1 neutral, 1 happiness, 2 anger",
        "speakers:       2, 1 to 3 clips each; 1 female, 1 male",
        "missing:        530 of 535 clips; speakers 09, 10, 11, 12, 13, 14, 15, 16",
        "left out:       1: L (boredom) is none of the eight emotions",
        "left out:       1: not named like a file of EMO-DB",
        "silent:         1",
        "the same sound: 1",
    ):
        assert line in told.out
    assert "03a01Wa.wav = " in told.out
    assert "unreadable" not in told.out


def test_unreadable_files_are_named_with_the_reason_and_end_in_1(
    corpora: Run, tmp_path: Path
) -> None:
    told = corpora("check", f"emodb={_emodb(tmp_path / 'emodb', damaged=True)}")
    assert told.code == 1
    assert "unreadable:     2" in told.out
    assert "09a01Ta.wav: not_audio: " in told.out
    assert "09a01Wa.wav: a Git LFS pointer" in told.out


def test_a_label_that_the_recipe_does_not_know_ends_in_1(corpora: Run, tmp_path: Path) -> None:
    folder = _emodb(tmp_path / "emodb")
    (folder / "03a01Xa.wav").write_bytes(wav(tone(0.2, frequency_hz=700)))
    told = corpora("check", f"emodb={folder}")
    assert told.code == 1
    assert "the recipe does not know the label 'X'" in told.out


def test_a_check_as_json_lists_everything(corpora: Run, tmp_path: Path) -> None:
    folder = _emodb(tmp_path / "emodb", damaged=True)
    (found,) = json.loads(corpora("check", f"emodb={folder}", "--json").out)
    assert found["broken"] is True
    assert (found["clips"], found["usable"]) == (7, 3)
    assert found["speakers"] == {"emodb/03": 3, "emodb/08": 1, "emodb/09": 2}
    assert found["missing_clips"] == 528
    assert found["missing_speakers"][0] == "emodb/10"
    assert {each["cause"] for each in found["left_out"]} == {"label", "foreign"}
    assert set(found["unreadable"]) == {str(folder / f"09a01{c}a.wav") for c in "TW"}
    assert found["duplicates"] == [[str(folder / f"03a0{n}Wa.wav") for n in "12"]]


def test_a_manifest_can_be_checked_beside_a_corpus(corpora: Run, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(tone(0.2, frequency_hz=300)))
    (tmp_path / "mine.csv").write_text("path,emotion,speaker\na.wav,fear,ann\n")
    told = corpora("check", f"emodb={_emodb(tmp_path / 'emodb')}", f"mine={tmp_path / 'mine.csv'}")
    assert told.code == 0
    assert "emodb (EMO-DB)" in told.out
    assert "mine (CSV manifest)" in told.out
    assert "nothing to compare with" in told.out


def test_a_check_says_where_training_needs_more_speakers(corpora: Run, tmp_path: Path) -> None:
    def check(speakers: str) -> str:
        rows = ["path,emotion,speaker"]
        for place, speaker in enumerate(speakers):
            (tmp_path / f"{place}.wav").write_bytes(wav(tone(0.2, frequency_hz=300 + 50 * place)))
            rows.append(f"{place}.wav,{'' if speaker == 'x' else 'fear'},{speaker}")
        (tmp_path / "mine.csv").write_text("\n".join(rows))
        told = corpora("check", f"mine={tmp_path / 'mine.csv'}")
        assert told.code == 0
        return told.out

    assert "training:       needs more speakers: 1 can be told apart" in check("aa")
    assert "training:       needs more speakers: 3 can be told apart" in check("abcx")
    assert "more speakers" not in check("abcd")


@pytest.mark.parametrize(
    ("pair", "problem"),
    [
        ("emodb", "takes NAME=DIR"),
        ("emodb=nowhere", "no folder nowhere"),
        ("mine=nothere.csv", "There is no file nothere.csv to read mine from"),
        ("iemocap=.", "Unknown corpus 'iemocap'"),
        ("emodb=.", "is the folder right"),
    ],
)
def test_a_wrong_call_ends_in_2(
    corpora: Run, pair: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = corpora("check", pair)
    assert told.code == 2
    assert problem in told.err


@pytest.mark.process
def test_a_check_needs_no_library_of_the_learning_wing(tmp_path: Path) -> None:
    folder = _emodb(tmp_path / "emodb")
    program = (
        "import sys\nfrom emotion_stream.cli import main\n"
        f"sys.argv = ['emotion-stream', 'corpora', 'check', {f'emodb={folder}'!r}]\n"
        "try:\n    main()\nexcept SystemExit as ended:\n"
        "    assert not ended.code\nprint('loaded', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    loaded = done.stdout.split("loaded ")[1].split()
    assert set(HEAVY).isdisjoint(name.partition(".")[0] for name in loaded)
