"""From folders of corpora to models: train and export on a corpus that the tests make."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_stream.errors import RunBusy, RunDiffers, UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.data.corpora import RECIPES
from emotion_stream.training.fit import run as training_run
from emotion_stream.training.fit import run_folder
from emotion_stream.training.fit.checkpoint import read_checkpoint
from emotion_stream.training.fit.run import TrainingRequest
from emotion_stream.training.fit.run_folder import run_lock
from emotion_stream.training.fit.trainer import Trainer
from tests.training.fake_corpus import TINY, no_bar, unwatched

pytestmark = [pytest.mark.training, pytest.mark.slow]


def test_every_fold_leaves_a_model_that_serving_takes(run: Path) -> None:
    for number in range(1, 6):
        info = Recognizer(run / f"fold-{number}" / "model.onnx").info
        assert info.corpora == ("mine", "ravdess")
        assert 0 < info.unsure_below < 1


def test_the_run_folder_tells_where_it_came_from(run: Path) -> None:
    config = json.loads((run / "config.json").read_text())
    assert config["command"].startswith("emotion-stream train --corpus ravdess=DIR")
    assert str(run.parent) not in config["command"]
    assert set(config["provenance"]) == {"version", "commit", "dirty", "python", "torch"}
    assert config["training"]["seed"] == TINY.seed
    assert config["corpora"]["mine"] | {"emotions": None} == {
        "utterances": 8,
        "speakers": 4,
        "silent": 0,
        "unreadable": 0,
        "duplicates": 1,
        "unlabelled": 1,
        "emotions": None,
        "recipe": None,
    }
    assert config["corpora"]["ravdess"]["recipe"] == RECIPES["ravdess"].version


def test_every_member_is_a_model_of_its_own(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    config = replace(TINY, members=2)
    order = TrainingRequest(
        sources, tmp_path, run / "cache", config, "loso", "mine", only=("fold-1",)
    )
    pretrained, fold = training_run.train(order, no_bar, unwatched)
    sound = sources["mine"].with_name("0.wav")
    one, other, both = (
        Recognizer(fold / name).analyze(sound).scores
        for name in ("member-1/model.onnx", "member-2/model.onnx", "model.onnx")
    )
    assert len({one, other, both}) == 3
    starts = [
        read_checkpoint(pretrained / f"member-{number}" / "checkpoint.pt")["averaged"]
        for number in (1, 2)
    ]
    assert not starts[0]["head.weight"].equal(starts[1]["head.weight"])

    order = replace(order, pretrained=pretrained, out=tmp_path / "again")
    (again,) = training_run.train(order, no_bar, unwatched)
    assert (again / "model.onnx").read_bytes() == (fold / "model.onnx").read_bytes()

    more = replace(order, config=replace(TINY, members=3), out=tmp_path / "more")
    with pytest.raises(UsageError, match="holds 2 pre-trained networks, and --members asks for 3"):
        training_run.train(more, no_bar, unwatched)
    (pretrained / "member-2" / "checkpoint.pt").unlink()
    with pytest.raises(UsageError, match="no checkpoint"):
        training_run.train(replace(order, out=tmp_path / "without"), no_bar, unwatched)


def test_a_corpus_that_was_left_out_is_tested_with_the_pretrained_model(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    order = TrainingRequest(sources, tmp_path, run / "cache", TINY, "leave-one-corpus-out", "mine")
    (folder,) = training_run.train(order, no_bar, unwatched)
    split = json.loads((folder / "split.json").read_text())
    assert split["test"] == ["mine/s0", "mine/s1", "mine/s2", "mine/s3"]
    assert all(speaker.startswith("ravdess/") for speaker in split["train"] + split["validation"])
    assert Recognizer(folder / "model.onnx").info.corpora == ("ravdess",)
    protocol = json.loads((tmp_path / "config.json").read_text())["protocol"]
    assert (protocol["name"], protocol["target"]) == ("leave-one-corpus-out", "mine")


def test_a_model_for_everybody_starts_from_the_pretraining_of_a_run(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    order = TrainingRequest(
        sources,
        tmp_path / "all",
        run / "cache",
        TINY,
        pretrained=run / "pretraining",
    )
    (folder,) = training_run.train(order, no_bar, unwatched)
    assert not (tmp_path / "all" / "pretraining").exists()
    file = tmp_path / "emotion-9.9.onnx"
    assert training_run.export(folder, file) < 1e-4
    assert Recognizer(file).analyze(sources["mine"].with_name("0.wav")).scores is not None


@pytest.fixture
def no_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails where frames are made."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("frames were made")

    monkeypatch.setattr(training_run, "build_dataset", never)


@pytest.mark.parametrize(
    ("protocol", "target", "told"),
    [
        ("leave-one-corpus-out", "ravdess", "only pre-trains: leave out --pretrained"),
        (
            "grouped5",
            "mine",
            r"trained on mine/s\d, who (tests|validates) fold-1.* Leave out --pretrained",
        ),
        ("leave-one-corpus-out", "mine", r"trained on mine/s\d, who tests without-mine"),
    ],
)
def test_networks_that_heard_who_is_tested_are_refused_before_frames_are_made(
    run: Path,
    sources: dict[str, Path],
    tmp_path: Path,
    no_frames: None,
    protocol: str,
    target: str,
    told: str,
) -> None:
    order = TrainingRequest(sources, tmp_path, tmp_path / "cache", TINY, protocol, target)
    order = replace(order, pretrained=run / "pretraining")
    with pytest.raises(UsageError, match=told):
        training_run.train(order, no_bar, unwatched)


@pytest.mark.parametrize(
    ("own", "changes", "told"),
    [
        ("ravdess", {}, "split development leaves nobody to validate"),
        ("ravdess", {"protocol": "loso", "target": "ravdess"}, "split fold-1 leaves nobody to val"),
        ("tess", {"protocol": "tess-actress"}, "split fold-1 leaves nobody to validate"),
        ("tess", {"target": "emodb"}, "no --corpus emodb=DIR to fine-tune on; given: tess"),
        ("tess", {"protocol": "leave-one-corpus-out", "target": "tess"}, "nobody to train on"),
    ],
)
def test_too_few_people_or_no_target_are_refused_before_frames_are_made(
    tmp_path: Path,
    no_frames: None,
    own: str,
    changes: dict[str, str],
    told: str,
) -> None:
    names = ["OAF_back_angry.wav", "YAF_back_angry.wav"]
    if own == "ravdess":
        names = ["03-01-05-01-01-01-01.wav", "03-01-05-01-01-01-02.wav"]
    for name in names:
        (tmp_path / name).touch()
    order = TrainingRequest({own: tmp_path}, tmp_path / "run", tmp_path / "cache", TINY)
    with pytest.raises(UsageError, match=told):
        training_run.train(replace(order, **changes), no_bar, unwatched)  # type: ignore[arg-type]


def test_a_finished_run_that_is_started_again_trains_nothing(
    run: Path, sources: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(trainer: Trainer, number: int) -> None:
        raise AssertionError(f"{trainer.folder} was trained again")

    copy = shutil.copytree(run, tmp_path / run.name)
    before = {file: file.read_bytes() for file in copy.rglob("*.pt")}
    monkeypatch.setattr(Trainer, "_epoch", never)
    order = TrainingRequest(sources, copy, run / "cache", TINY, protocol="ravdess5")
    assert len(training_run.train(order, no_bar, unwatched)) == 1 + 5
    assert {file: file.read_bytes() for file in copy.rglob("*.pt")} == before


def test_a_run_does_not_go_on_with_something_else(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    copy = shutil.copytree(run, tmp_path / run.name)
    written = (copy / "config.json").read_bytes()
    order = TrainingRequest(sources, copy, run / "cache", TINY, protocol="ravdess5")
    changed = replace(TINY, label_smoothing=0.2)
    for changes, named in (
        ({"config": changed}, r"training\.label_smoothing \(0\.1 then, 0\.2 now\)"),
        ({"sources": {"ravdess": sources["ravdess"]}}, r"corpora\.mine\.utterances"),
        ({"protocol": None}, r"command .*--protocol ravdess5 then"),
    ):
        with pytest.raises(RunDiffers, match=named):
            training_run.train(replace(order, **changes), no_bar, unwatched)  # type: ignore[arg-type]
    assert (copy / "config.json").read_bytes() == written


def test_a_run_that_goes_on_with_other_code_says_so(tmp_path: Path) -> None:
    for commit in ("a", "a", "b"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(run_folder, "_git", lambda *_, commit=commit: commit)
            run_folder.write_config(tmp_path, TINY, {}, "emotion-stream train --out x", None)
        (tmp_path / "checkpoint.pt").touch()
    config = json.loads((tmp_path / "config.json").read_text())
    assert config["provenance"]["commit"] == "a"
    assert [origin["commit"] for origin in config["continued"]] == ["b"]


def test_mistakes_are_named(run: Path, sources: dict[str, Path], tmp_path: Path) -> None:
    def order(**changes: object) -> TrainingRequest:
        return replace(TrainingRequest(sources, tmp_path / "x", run / "cache", TINY), **changes)

    with pytest.raises(UsageError, match="Unknown protocol 'random'"):
        training_run.train(order(protocol="random"), no_bar, unwatched)
    with pytest.raises(UsageError, match="loso fits any corpus: say which with --target"):
        training_run.train(order(protocol="loso"), no_bar, unwatched)
    with pytest.raises(UsageError, match="ravdess5 tests ravdess, not mine"):
        training_run.train(order(protocol="ravdess5", target="mine"), no_bar, unwatched)
    with pytest.raises(UsageError, match="no --corpus emodb=DIR"):
        training_run.train(order(protocol="emodb-loso"), no_bar, unwatched)
    with pytest.raises(UsageError, match="no finished model"):
        training_run.train(order(pretrained=tmp_path / "none"), no_bar, unwatched)
    with run_lock(tmp_path / "x"), pytest.raises(RunBusy, match="another --out"):
        training_run.train(order(), no_bar, unwatched)
    other = replace(TINY, model=replace(TINY.model, width=8))
    with pytest.raises(UsageError, match="another shape"):
        training_run.train(
            order(pretrained=run / "pretraining", config=other),
            no_bar,
            unwatched,
        )
    with pytest.raises(UsageError, match="no finished model"):
        training_run.export(tmp_path, tmp_path / "x.onnx")
    with pytest.raises(UsageError, match=f"is a run.*give one of {run}/fold-1, .*pretraining"):
        training_run.export(run, tmp_path / "x.onnx")
