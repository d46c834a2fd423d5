"""The section about personal calibration: what a person's help buys, simulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emotion_stream.training.report.blocks import Block, Table, Text

Report = Mapping[str, Any]  # Any: what JSON can hold

_HEAD = (
    "told",
    "judged on",
    "UAR before",
    "after",
    "difference",
    "95 % interval",
    "helped, harmed",
    "sd over speakers",
    "over draws",
)


def personal(report: Report) -> list[Block]:
    """What `personalisation.simulate` found."""
    if "personal" not in report:
        return []
    section = report["personal"]
    pull, chosen = section["pull"], section["validation"]
    return [
        Text(
            "People the model never heard, asked before and after on the same utterances: "
            f"{section['draws']} draws of which utterances are told and which are judged. The "
            "interval is over speakers; a person counts as helped or harmed by the mean over the "
            "draws. Half of the sentences, drawn at random, are told and the others judged; where "
            "a corpus does not tell its sentences apart, half of the utterances."
        ),
        Table("What a person's help buys", _HEAD, [_row(trial) for trial in section["trials"]]),
        *_by_corpus(section["trials"]),
        Text(
            f"Corrections with sharpness {pull['sharpness']:g}, strength {pull['strength']:g} and "
            f"bound {pull['bound']:g}, worth {_points(chosen['gain'])} on the validation speakers. "
            f"The best there is {_points(chosen['best_gain'])}, with "
            f"{_pull(chosen['best_pull'])}. An enrolment is {section['enrolled']} neutral "
            f"recordings; the share of the shift, {chosen['best_shift']:g}, was chosen there too."
        ),
    ]


def _by_corpus(trials: Sequence[Report]) -> list[Block]:
    """The same trials in each corpus, where there are several."""
    rows = [
        (name, *_row({**trial, **part}))
        for trial in trials
        for name, part in trial.get("by_corpus", {}).items()
    ]
    if not rows:
        return []
    return [
        Text(
            "The table above adds up all utterances, so the corpus with most of them weighs most. "
            "Each by itself:"
        ),
        Table("What a person's help buys in each corpus", ("corpus", *_HEAD), rows),
    ]


def _row(trial: Report) -> tuple[str, ...]:
    low, high = trial["interval_95"]
    return (
        _told(trial),
        "the same sentences" if trial["same_texts"] else "other sentences",
        f"{100 * trial['before']:.1f} %",
        f"{100 * trial['after']:.1f} %",
        _points(trial["difference"]),
        f"{100 * low:+.1f} to {100 * high:+.1f}",
        f"{trial['helped']}, {trial['harmed']} of {trial['speakers']}",
        f"{100 * trial['sd_over_speakers']:.1f}",
        f"{100 * trial['sd_over_draws']:.1f}",
    )


def _told(trial: Report) -> str:
    parts = []
    if trial["enrolment"]:
        ways = {"shift": "enrolment as a shift", "examples": "enrolment as examples"}
        parts.append(ways[trial["enrolment"]])
    if trial["corrections"]:
        word = "answers, right or wrong" if trial["confirming"] else "corrections"
        word = word.removesuffix("s") if trial["corrections"] == 1 else word
        mean = (
            f" ({trial['told']:.1f} found)" if trial["told"] < trial["corrections"] - 0.05 else ""
        )
        parts.append(f"{trial['corrections']} {word}{mean}")
    return " and ".join(parts)


def _pull(pull: Report) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in pull.items())


def _points(share: float) -> str:
    return f"{100 * share:+.1f} points"
