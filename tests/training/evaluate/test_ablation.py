"""Runs that lack a part of the recipe are set against the whole, on the same people."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.training.data.dataset import read_corpora
from emotion_stream.training.evaluate.ablation import ablations
from emotion_stream.training.evaluate.conditions import conditions_named
from emotion_stream.training.evaluate.robustness import ConditionSuite
from emotion_stream.training.report.sections import ablation_section
from tests.training.fake_corpus import no_bar

pytestmark = pytest.mark.training


def _without(run: Path, folder: Path, folds: tuple[str, ...], **changed: float) -> Path:
    """A copy that says other settings; its models are those of `run`, in another order."""
    folder.mkdir()
    config: dict[str, Any] = json.loads((run / "config.json").read_text())
    config["training"]["augmentation"] |= changed
    (folder / "config.json").write_text(json.dumps(config))
    for fold in folds:
        shutil.copytree(run / fold, folder / fold)
    return folder


def test_each_run_is_told_by_what_it_changed_and_what_that_costs(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    utterances = read_corpora({"ravdess": sources["ravdess"]})["ravdess"]
    unwarped = _without(run, tmp_path / "unwarped", ("fold-1", "fold-2"), mel_warp=0.0)
    conditions = ConditionSuite(conditions_named(["mu-law"]))
    found = ablations([run, unwarped], utterances, conditions, no_bar)
    assert found["folds"] == ["fold-1", "fold-2"]
    assert found["utterances"] == 16
    whole, without = found["runs"]
    assert whole["changed"] == {}
    assert without["changed"] == {"augmentation.mel_warp": [0.08, 0.0]}
    assert without["uar"] == whole["uar"]  # the same models
    assert without["lost_interval_95"] == pytest.approx((0.0, 0.0))
    assert set(without["under"]) == {"clean", "mu-law"}
    longer = json.loads((run / "config.json").read_text())["training"]
    longer["fine_tuning"] = longer["fine_tuning"] | {"epochs": 90}
    found["runs"][1]["command"] += " --pretrained DIR"
    told, table, _, commands = ablation_section({"ablations": found, "training": longer})
    assert "fold-1, fold-2" in told.text  # type: ignore[union-attr]
    assert "recipe of this report: fine_tuning.epochs 2 instead of 90." in told.text  # type: ignore[union-attr]
    assert "start from one pre-training" in told.text  # type: ignore[union-attr]
    assert "None leaves out zero" in told.text  # type: ignore[union-attr]
    assert commands.lines == [each["command"] for each in found["runs"]]  # type: ignore[union-attr]
    assert table.rows[1][0] == "augmentation.mel_warp 0.0 instead of 0.08"  # type: ignore[union-attr]
    assert len(table.head) == len(table.rows[0]) == 4  # type: ignore[union-attr]


def test_what_cannot_be_compared_is_refused(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    utterances = read_corpora({"ravdess": sources["ravdess"]})["ravdess"]

    def refused(*folders: Path) -> str:
        with pytest.raises(UsageError) as refusal:
            ablations(folders, utterances, ConditionSuite(), no_bar)
        return str(refusal.value)

    assert "takes two runs or more" in refused(run)
    same = _without(run, tmp_path / "same", ("fold-1",))
    assert f"{same} was trained with the settings of {run}" in refused(run, same)
    first = _without(run, tmp_path / "first", ("fold-1",), mel_warp=0.0)
    second = _without(run, tmp_path / "second", ("fold-2",), mel_masks=0)
    assert "have no fold in common" in refused(first, second)
    other = _without(run, tmp_path / "other", ("fold-1",), mel_warp=0.0)
    config = json.loads((other / "config.json").read_text())
    config["protocol"] = {"name": "grouped5", "text": "Five groups of speakers"}
    (other / "config.json").write_text(json.dumps(config))
    assert "keep to different protocols" in refused(run, other)


def test_a_report_without_ablations_has_no_section_of_them() -> None:
    assert ablation_section({}) == []
