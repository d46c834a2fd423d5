"""What a model is worth: the headline, every emotion, and what its confidence means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.report.blocks import Block, Picture, Table, Text, interval, percent

Found = Mapping[str, Any]  # Any: what JSON can hold


def names_of(found: Found) -> list[str]:
    """The emotions a model was judged among: all eight in reports that do not say."""
    return list(found.get("judged_among") or (emotion.value for emotion in EMOTIONS))


def headline(found: Found) -> list[Block]:
    uar = found["uar"]
    guess, most = found["baselines"]["random_model"], found["baselines"]["majority_class"]
    rows = [
        ("**this model**, mean over folds", uar["mean_over_folds"], None),
        ("**this model**, all utterances pooled", uar["pooled"], found["accuracy"]),
        *_members(found),
        ("random model", guess["uar"], guess["accuracy"]),
        ("always the most frequent emotion", most["uar"], most["accuracy"]),
    ]
    blocks: list[Block] = [
        Table(
            "The model beside knowing nothing",
            ("", "UAR", "accuracy"),
            [(name, percent(recall), percent(accuracy)) for name, recall, accuracy in rows],
        ),
        Text(
            f"Standard deviation over folds {percent(uar['sd_over_folds'])}; 95 % interval of the "
            f"pooled UAR over speakers {interval(uar['interval_95'])}. "
            f"{found['utterances']} utterances of {found['speakers']} speakers; in "
            f"{found['no_speech_heard']} no speech was heard, which counts as wrong. Acted speech."
        ),
    ]
    if uar["sd_over_seeds"] is not None:
        each = ", ".join(
            f"{percent(value)} (seed {seed})" for seed, value in uar["by_seed"].items()
        )
        blocks.append(
            Text(
                f"Everything was trained from {len(uar['by_seed'])} seeds: {each}; standard "
                f"deviation over seeds {percent(uar['sd_over_seeds'])}. Shares below are over the "
                "answers of all."
            )
        )
    return blocks


def _members(found: Found) -> list[tuple[str, float, None]]:
    members = found.get("members", {})
    if "networks" not in members:
        return []
    spread = f"standard deviation {percent(members['sd_over_seeds'])}"
    name = f"the {members['networks']} networks in it, each alone ({spread})"
    return [(name, members["mean_over_folds"], None)]


def by_emotion(found: Found) -> list[Block]:
    names = names_of(found)
    measures = [(key, found[key]) for key in ("recall", "precision", "f1") if key in found]
    blocks: list[Block] = []
    if len(names) < len(EMOTIONS):
        blocks.append(Text(f"Judged among {len(names)} emotions: {', '.join(names)}."))
    return [
        *blocks,
        Table(
            "Recall, precision and F1 of each emotion",
            ("", *names),
            [
                (key.replace("f1", "F1"), *(percent(values[name]) for name in names))
                for key, values in measures
            ],
        ),
    ]


def confusion(found: Found) -> list[Block]:
    names = names_of(found)
    counts = np.array(found["confusion"], float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    told = {
        "Confusion in per cent of the recordings of each emotion that were heard": 100 * shares,
        "Confusion in counts": counts,
    }
    return [
        Picture("confusion", "Confusion matrix", only_markdown=True),
        *(
            Table(
                caption,
                ("acted \\ recognised as", *names),
                [
                    (name, *(f"{value:.0f}" for value in row))
                    for name, row in zip(names, values, strict=True)
                ],
                shares=shares.tolist(),
                only_html=True,
            )
            for caption, values in told.items()
        ),
    ]


def certainty(found: Found) -> list[Block]:
    if found["sure"] is None:
        return []
    coverage = found["coverage"]
    return [
        Text(
            f"Expected calibration error {found['calibration_error']:.3f} (15 bins). It says "
            '"not sure" below its threshold and where two emotions all but tie; it answers '
            f"{percent(found['sure']['coverage'])} of the utterances and "
            f"{percent(found['sure']['accuracy'])} of these answers are right."
        ),
        *_calibration(found),
        Table(
            "Accuracy on the most confident share of the answers",
            ("answered, most confident first", *(percent(row["coverage"]) for row in coverage)),
            [("accuracy", *(percent(row["accuracy"]) for row in coverage))],
        ),
        Picture("coverage", "Accuracy over coverage"),
    ]


def _calibration(found: Found) -> list[Block]:
    if "reliability" not in found:
        return []
    chance = found["calibration_error_by_chance"]
    folds = found["calibration_error_by_fold"]
    return [
        Text(
            "By chance alone a model whose confidence is exactly right would have an error of "
            f"{chance['mean']:.3f} here, and in 95 of 100 cases at most {chance['most_95']:.3f}."
        ),
        Table(
            "Calibration error by fold",
            ("", *folds),
            [("calibration error", *(f"{error:.3f}" for error in folds.values()))],
        ),
        Table(
            "Confidence of right and of wrong answers",
            ("answers", "number", "mean confidence", "median", "over 80 %"),
            [
                (
                    name,
                    str(part["answers"]),
                    percent(part["mean"]),
                    percent(part["median"]),
                    percent(part["over_80_percent"]),
                )
                for name, part in found["confidence"].items()
            ],
        ),
        Picture("reliability", "Reliability diagram"),
        Table(
            "Reliability: answers by confidence",
            ("mean confidence", "right", "answers"),
            [
                (percent(row["confidence"]), percent(row["accuracy"]), str(row["answers"]))
                for row in found["reliability"]
            ],
            only_html=True,
        ),
    ]
