"""The account of a model: report.json is the truth, the rest is drawn from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training import personalisation_report

Report = Mapping[str, Any]  # Any: what JSON can hold


def write_report(report: Report, folder: Path) -> None:
    """Write report.json, report.md and the pictures into `folder`."""
    from emotion_stream.training.figures import draw_confusion, draw_coverage, draw_curves

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "report.md").write_text(render(report))
    draw_confusion(report["findings"]["confusion"], folder / "confusion.png")
    if report["findings"]["coverage"]:
        draw_coverage(report["findings"]["coverage"], folder / "coverage.png")
    if report.get("curves"):
        draw_curves(report["curves"], folder / "curves.png")


def render(report: Report) -> str:
    """The report as Markdown."""
    found = report["findings"]
    parts = [
        f"# {report['title']}\n",
        _summary(report),
        _headline(found),
        _recall(found),
        "![Confusion matrix](confusion.png)\n",
        _certainty(found),
        _groups(found),
        _not_speech(report),
        personalisation_report.render(report["personal"]) if "personal" in report else "",
        _training(report),
        _commands(report),
    ]
    return "\n".join(part for part in parts if part)


def _summary(report: Report) -> str:
    lines = [report["protocol"], ""]
    if "shipped" in report:
        shipped = report["shipped"]
        lines += [
            f"The shipped file `{shipped['file']}` ({shipped['megabytes']:.1f} MB, sha256 "
            f"`{shipped['sha256']}`) is trained by the same recipe on all speakers of all corpora "
            "below but a few that chose its epoch; no figure here is its own, for it has heard "
            "the test speakers.",
            "",
        ]
    return "\n".join(lines)


def _headline(found: Report) -> str:
    uar, low_high = found["uar"], found["uar"]["interval_95"]
    guess, most = found["baselines"]["random_model"], found["baselines"]["majority_class"]
    rows = [
        ("**this model**, mean over folds", uar["mean_over_folds"], None),
        ("**this model**, all utterances pooled", uar["pooled"], found["accuracy"]),
        ("random model", guess["uar"], guess["accuracy"]),
        ("always the most frequent emotion", most["uar"], most["accuracy"]),
    ]
    return _table(("", "UAR", "accuracy"), [(n, _percent(u), _percent(a)) for n, u, a in rows]) + (
        f"\nStandard deviation over folds {_percent(uar['sd_over_folds'])}; 95 % interval of the "
        f"pooled UAR over speakers {_percent(low_high[0])} to {_percent(low_high[1])}. "
        f"{found['utterances']} utterances of {found['speakers']} speakers; in "
        f"{found['no_speech_heard']} no speech was heard, which counts as wrong. Acted speech.\n"
        + _seeds(uar)
    )


def _seeds(uar: Report) -> str:
    if uar["sd_over_seeds"] is None:
        return ""
    each = ", ".join(f"{_percent(value)} (seed {seed})" for seed, value in uar["by_seed"].items())
    return (
        f"\nEverything was trained from {len(uar['by_seed'])} seeds: {each}; standard deviation "
        f"over seeds {_percent(uar['sd_over_seeds'])}. Shares below are over the answers of all.\n"
    )


def _recall(found: Report) -> str:
    names = [emotion.value for emotion in EMOTIONS]
    return _table(("", *names), [("recall", *(_percent(found["recall"][name]) for name in names))])


def _certainty(found: Report) -> str:
    if found["sure"] is None:
        return ""
    coverage = _table(
        (
            "answered, most confident first",
            *(_percent(row["coverage"]) for row in found["coverage"]),
        ),
        [("accuracy", *(_percent(row["accuracy"]) for row in found["coverage"]))],
    )
    return (
        "## When it is sure\n\n"
        f'Expected calibration error {found["calibration_error"]:.3f} (15 bins). It says "not '
        f'sure" below its threshold; it answers {_percent(found["sure"]["coverage"])} of the '
        f"utterances and {_percent(found['sure']['accuracy'])} of these answers are right.\n\n"
        f"{coverage}\n![Accuracy over coverage](coverage.png)\n"
    )


def _groups(found: Report) -> str:
    def rows(part: Report) -> list[tuple[str, ...]]:
        return [
            (name, str(row["utterances"]), _percent(row["uar"]), _percent(row["accuracy"]))
            for name, row in part.items()
        ]

    worst = found["worst_speaker"]
    head = ("utterances", "UAR", "accuracy")
    return (
        "## By fold, gender and speaker\n\n"
        + _table(("fold", *head), rows(found["folds"]))
        + "\n"
        + _table(("gender", *head), rows(found["gender"]))
        + f"\nThe worst speaker is {worst} with a UAR of "
        f"{_percent(found['by_speaker'][worst]['uar'])}.\n\n"
        + _table(("speaker", *head), rows(found["by_speaker"]))
    )


def _not_speech(report: Report) -> str:
    if "not_speech" not in report:
        return ""
    rows = [(name, *map(str, counts.values())) for name, counts in report["not_speech"].items()]
    return "## Sounds that are no speech\n\n" + _table(
        ("folder", "sounds", "heard as speech", "given an emotion"), rows
    )


def _training(report: Report) -> str:
    if "corpora" not in report:
        return ""
    columns = ("utterances", "speakers", "silent", "duplicates")
    rows = [
        (name, *(str(account[column]) for column in columns))
        for name, account in report["corpora"].items()
    ]
    return (
        "## Training\n\n"
        + _table(("corpus", *columns), rows)
        + "".join(f"\n- seed {seed}: {_origin(o)}" for seed, o in report["provenance"].items())
        + "\n\nAll hyper-parameters: report.json.\n\n![Training curves](curves.png)\n"
        + (f"\n{report['notes']}\n" if report.get("notes") else "")
    )


def _origin(origin: Report) -> str:
    changed = ", with uncommitted changes" if origin["dirty"] else ""
    return (
        f"commit `{origin['commit']}`{changed}, torch {origin['torch']}, Python {origin['python']}."
    )


def _commands(report: Report) -> str:
    return (
        "## Do it again\n\n`DIR` is the folder of each corpus, as its authors publish it.\n\n"
        "```sh\n" + "\n".join(report["commands"]) + "\n```\n"
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
