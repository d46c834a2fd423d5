"""What `emotion-stream evaluate` does: ask models about people they never heard, and report it."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.audio.windows import WINDOW_S
from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.recognition.model import load_model
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.augment.sources import Babble, Sources
from emotion_stream.training.data.corpora import Utterance, voices_of
from emotion_stream.training.data.dataset import StartProgress, read_corpora
from emotion_stream.training.data.protocols import LEAVE_ONE_CORPUS_OUT
from emotion_stream.training.evaluate.ablation import ablations
from emotion_stream.training.evaluate.conditions import conditions_named
from emotion_stream.training.evaluate.finished_run import (
    FinishedRun,
    Fold,
    file_facts,
    finished_runs,
    runs_without_targets,
)
from emotion_stream.training.evaluate.illustrations import embedding_map, voices
from emotion_stream.training.evaluate.personal_calibration import simulate
from emotion_stream.training.evaluate.predictions import EvaluationSet, Prediction, among, predict
from emotion_stream.training.evaluate.protocol_text import (
    ProtocolText,
    of_a_model,
    of_corpora_left_out,
)
from emotion_stream.training.evaluate.results import evaluation_results, recall_over_folds
from emotion_stream.training.evaluate.robustness import (
    ByCondition,
    ConditionSuite,
    not_speech,
    predict_all,
    robustness,
)
from emotion_stream.training.fit.run_folder import load_parts
from emotion_stream.training.network.model import parameter_count
from emotion_stream.training.report import write_report

# What one window costs: the exported file on one thread, front end included.

REPEATS = 50
_WARM_UP = 5


def latency(file: Path) -> dict[str, Any]:  # Any: what JSON can hold
    """Milliseconds per window of 3 s: median and least of 50 runs, and what kind of CPU it was."""
    model = load_model(file)
    size = round(WINDOW_S * SAMPLE_RATE_HZ)
    window = (0.05 * np.random.default_rng(0).standard_normal((1, size))).astype(np.float32)
    took_ms = []
    for _ in range(_WARM_UP + REPEATS):
        start = time.perf_counter()
        model.probabilities(window)
        took_ms.append(1000 * (time.perf_counter() - start))
    took_ms = took_ms[_WARM_UP:]
    return {
        "file": file.name,
        "window_s": WINDOW_S,
        "threads": 1,
        "repeats": REPEATS,
        "median_ms": float(np.median(took_ms)),
        "least_ms": float(np.min(took_ms)),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }


Report = dict[str, Any]  # Any: what JSON can hold

MOST_MAPS = 5


@dataclass(frozen=True)
class EvaluationRequest:
    """What `emotion-stream evaluate` was asked for: one model, or every fold of some runs."""

    sources: Mapping[str, Path]
    out: Path
    model: Path | None = None
    runs: Sequence[Path] = ()
    shipped: Path | None = None
    noise: Sequence[Path] = ()
    rooms: Sequence[Path] = ()
    protocol: str | None = None
    conditions: Sequence[str] = ()
    condition_share: float = 1.0
    personal: bool = False
    ablation: Sequence[Path] = ()

    @property
    def leaves_corpora_out(self) -> bool:
        """Whether models are asked about whole corpora that they never heard."""
        return self.protocol == LEAVE_ONE_CORPUS_OUT

    @property
    def command(self) -> str:
        """The command with folders as placeholders: what a report says."""
        what = [f"--run {run.name}" for run in self.runs]
        what += [f"--model {self.model.name}"] if self.model else []
        what += [f"--corpus {name}=DIR" for name in self.sources]
        what += [f"--protocol {self.protocol}"] if self.protocol else []
        what += [f"--shipped {self.shipped.name}"] if self.shipped else []
        what += ["--noise DIR" for _ in self.noise] + ["--rooms DIR" for _ in self.rooms]
        what += [f"--conditions {name}" for name in self.conditions]
        if self.conditions and self.condition_share < 1:
            what.append(f"--condition-share {self.condition_share:g}")
        what += ["--personal"] * self.personal
        what += [f"--ablation {run.name}" for run in self.ablation]
        return f"emotion-stream evaluate {' '.join(what)} --out {self.out.name}"


def evaluate(request: EvaluationRequest, progress: StartProgress) -> Report:
    """Write the report of a model, or of the folds of runs, and return it.

    Raises UsageError where both or neither are given, where runs differ in more than their seed,
    where one lacks a fold, where a fold has no file for one of its test speakers, where the
    protocol is not that of the runs or the model, where there are too few voices for babble, and
    where the simulation of personal calibration is wanted of one model: it needs to know who chose
    and who is tested. A model does not leave out a corpus whose speakers it heard in another.
    """
    if (request.model is None) == (not request.runs):
        raise UsageError("Say what to evaluate: --model FILE or --run RUN.")
    if request.personal and not request.runs:
        raise UsageError("--personal simulates people that folds never heard: give --run RUN.")
    conditions = ConditionSuite(
        conditions_named(request.conditions),
        Sources(tuple(request.noise), tuple(request.rooms)),
        request.condition_share,
    )
    together = runs_without_targets if request.leaves_corpora_out else finished_runs
    runs = together(request.runs)
    utterances = [u for part in read_corpora(request.sources).values() for u in part]
    protocol = _protocol(request, runs, utterances)
    trials = _trials(request, runs, utterances, protocol.emotions)
    report: Report = {
        "title": protocol.title,
        "protocol": protocol.text,
        "protocol_name": protocol.name,
        **_asked(trials, conditions, protocol.emotions, progress),
        "voices": voices(_of_first_seed(trials)),
        **_facts(request, runs),
    }
    if request.personal:
        folds, emotions = _folds(request, runs), protocol.emotions or EMOTIONS
        report["personal"] = simulate(folds, utterances, progress, emotions=emotions)
    if request.ablation:
        report["ablations"] = ablations(request.ablation, utterances, conditions, progress)
    judged = request.shipped or request.model or trials[0].model
    report["not_speech_model"] = _called(judged, request, trials)
    report["not_speech"] = not_speech(Recognizer(judged), request.noise, progress)
    report["latency"] = latency(judged)
    write_report(report, request.out)
    return report


def _protocol(
    request: EvaluationRequest, runs: Sequence[FinishedRun], utterances: Sequence[Utterance]
) -> ProtocolText:
    if request.model is None and request.leaves_corpora_out:
        return of_corpora_left_out([run.target for run in runs])
    if request.model is None:
        protocol = runs[0].protocol
        if request.protocol not in (None, protocol.name):
            raise UsageError(
                f"{runs[0].folder} keeps to {protocol.name}, not to {request.protocol}: "
                "leave --protocol out."
            )
        return runs[0].reported
    asked = {voices_of(utterance.corpus): utterance.corpus for utterance in utterances}
    trained = Recognizer(request.model).info.corpora
    heard = frozenset(name for name in trained if voices_of(name) in asked)
    if request.protocol not in (None, LEAVE_ONE_CORPUS_OUT):
        raise UsageError(
            f"{request.protocol} takes a model per fold: give --run RUN. "
            f"For one model there is {LEAVE_ONE_CORPUS_OUT}."
        )
    if request.protocol and heard:
        first = min(heard)
        who = asked[voices_of(first)]
        left = "it is" if first == who else f"the speakers of {who} are the same, and"
        raise UsageError(f"{request.model.name} was trained on {first}: {left} not left out.")
    return of_a_model(request.protocol or "", request.model.name, heard)


def _trials(
    request: EvaluationRequest,
    runs: Sequence[FinishedRun],
    utterances: Sequence[Utterance],
    emotions: Sequence[Emotion] | None,
) -> list[EvaluationSet]:
    """Raises UsageError where nobody is asked about with one of `emotions`."""
    asked = [u for u in utterances if emotions is None or u.emotion in emotions]
    if not any(utterance.emotion for utterance in asked):
        raise UsageError("There is no labelled utterance to evaluate on.")
    if request.model is not None:
        return [EvaluationSet(request.model.stem, request.model, tuple(asked), tuple(utterances))]
    return [fold.trial(asked) for fold in _folds(request, runs)]


def _folds(request: EvaluationRequest, runs: Sequence[FinishedRun]) -> list[Fold]:
    if request.leaves_corpora_out:
        return [run.without_target for run in runs]
    return [fold for run in runs for fold in run.folds]


def _asked(
    trials: Sequence[EvaluationSet],
    conditions: ConditionSuite,
    emotions: Sequence[Emotion] | None,
    progress: StartProgress,
) -> Report:
    """The findings of all trials, maps of the first, and how they fare under conditions."""
    if conditions.talked_over:  # said before an hour of work, not after
        for trial in trials:
            Babble.of(trial)
    answers: list[Prediction] = []
    under: ByCondition = {}
    alone: list[Prediction] = []
    # Otherwise they would stand for some of the trials only.
    as_many = len({len(trial.members) for trial in trials}) == 1
    maps: list[Report | None] = []
    for trial in trials:
        title = f"seed {trial.seed}, {trial.name}"
        clean = predict_all(trial, title, conditions, under, progress)
        answers += clean
        alone += _members(trial, progress) if as_many else ()
        if trial.seed == trials[0].seed and len(maps) < MOST_MAPS:
            maps.append(embedding_map(clean, trial.name))
    found: Report = {
        "findings": evaluation_results(answers, emotions),
        "embedding": [each for each in maps if each],
    }
    if alone:
        recall, networks = recall_over_folds(among(alone, emotions)), len(trials[0].members)
        found["findings"]["members"] = recall | {"networks": networks}
    if under:
        found["conditions"] = robustness(under, conditions, emotions)
    return found


def _members(trial: EvaluationSet, progress: StartProgress) -> list[Prediction]:
    """What each of its networks says alone; its number counts as a seed."""
    answers: list[Prediction] = []
    for number, model in enumerate(trial.members, start=1):
        advance = progress(f"{trial.name}, member {number}", len(trial.utterances))
        seed = 100 * trial.seed + number
        answers += predict(Recognizer(model), trial.utterances, trial.name, advance, seed=seed)
    return answers


def _of_first_seed(trials: Sequence[EvaluationSet]) -> list[Utterance]:
    return [u for trial in trials if trial.seed == trials[0].seed for u in trial.utterances]


def _facts(request: EvaluationRequest, runs: Sequence[FinishedRun]) -> Report:
    """Where everything comes from, and how it is done again."""
    facts: Report = {}
    if request.model is not None:
        facts["model"] = file_facts(request.model)
    if request.shipped is not None:
        facts["shipped"] = file_facts(request.shipped)
    if runs:
        folds = _folds(request, runs)
        facts |= {
            "models": {f"seed-{fold.seed}/{fold.name}": fold.facts for fold in folds},
            "parameters": parameter_count(load_parts(folds[0].folder).model),
            "curves": {stage: epochs for run in runs for stage, epochs in run.curves.items()},
            "notes": "\n\n".join(run.notes for run in runs if run.notes),
            "provenance": {_known(run, request): run.config["provenance"] for run in runs},
            **runs[0].recipe,
        }
    facts["commands"] = [*(_commands(runs, request.shipped) if runs else ()), request.command]
    return facts


def _known(run: FinishedRun, request: EvaluationRequest) -> str:
    return run.target if request.leaves_corpora_out else str(run.seed)


def _called(model: Path, request: EvaluationRequest, trials: Sequence[EvaluationSet]) -> str:
    """A fold's file is called `model.onnx` like every other: its fold says more."""
    return (
        model.name
        if model in (request.shipped, request.model)
        else f"{trials[0].name}/{model.name}"
    )


def _commands(runs: Sequence[FinishedRun], shipped: Path | None) -> list[str]:
    """How to train the runs, and from the first of them the file that is shipped."""
    trained: list[str] = [run.config["command"] for run in runs]
    if shipped is None:
        return trained
    own = runs[0].folder.name
    start = "" if " --pretrained " in trained[0] else f" --pretrained {own}/pretraining"
    for_all = re.sub(r" --protocol \S+", start, trained[0])
    return [
        *trained,
        for_all.replace(f"--out {own}", "--out for-all"),
        f"emotion-stream export for-all/development --out {shipped.name}",
    ]
