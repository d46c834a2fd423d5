"""The sections of a report, from its JSON. What an older report did not measure is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emotion_stream.training.report.blocks import (
    Block,
    Commands,
    Picture,
    Section,
    Table,
    Text,
    percent,
)
from emotion_stream.training.report.judged import (
    by_emotion,
    certainty,
    confusion,
    headline,
)
from emotion_stream.training.report.parts import parts
from emotion_stream.training.report.personal import personal
from emotion_stream.training.report.robust import conditions, not_speech

Report = Mapping[str, Any]  # Any: what JSON can hold


def sections(report: Report) -> list[Section]:
    """All that is there to tell, in order."""
    found = report["findings"]
    every = [
        Section("", [*_summary(report), *headline(found), *by_emotion(found), *confusion(found)]),
        Section("When it is sure", certainty(found)),
        Section("By fold, gender and speaker", _groups(found)),
        Section("Noise, channels and rooms", conditions(report)),
        Section("Sounds that are no speech", not_speech(report)),
        Section("What the parts of the recipe are worth", parts(report)),
        Section("Personal calibration, simulated", personal(report)),
        Section("What it hears", _voices(report)),
        Section("Speed and size", _cost(report)),
        Section("Training", _training(report)),
        Section("Do it again", _commands(report)),
    ]
    return [section for section in every if section.blocks]


def _summary(report: Report) -> list[Block]:
    blocks: list[Block] = [Text(report["protocol"])]
    if "shipped" in report:
        shipped = report["shipped"]
        blocks.append(
            Text(
                f"The shipped file `{shipped['file']}` ({shipped['megabytes']:.1f} MB, sha256 "
                f"`{shipped['sha256']}`) is trained by the same recipe on all speakers of all "
                "corpora below but a few that set its threshold; no figure here is its own, for it "
                "has heard the test speakers."
            )
        )
    return blocks


def _groups(found: Report) -> list[Block]:
    def table(name: str, part: Report, marked: str | None = None) -> Table:
        names = list(part)
        return Table(
            f"Recall by {name}",
            (name, "utterances", "UAR", "accuracy"),
            [
                (each, str(row["utterances"]), percent(row["uar"]), percent(row["accuracy"]))
                for each, row in part.items()
            ],
            marked=names.index(marked) if marked else None,
        )

    worst = found["worst_speaker"]
    corpora = found.get("by_corpus", {})
    return [
        *([table("corpus", corpora)] if len(corpora) > 1 else []),
        table("fold", found["folds"]),
        table("gender", found["gender"]),
        Text(
            f"The worst speaker is {worst} with a UAR of "
            f"{percent(found['by_speaker'][worst]['uar'])}."
        ),
        table("speaker", found["by_speaker"], worst),
    ]


def _voices(report: Report) -> list[Block]:
    blocks: list[Block] = []
    if report.get("voices"):
        speakers = sorted({voice["speaker"] for voice in report["voices"]})
        blocks += [
            Text(
                "One utterance per emotion: its wave, and below it the first 20 mel-frequency "
                "cepstral coefficients over time, each from its lowest (dark) to its highest "
                f"(bright) value. Spoken by {', '.join(speakers)}."
            ),
            Picture("voices", "Waves and MFCC"),
        ]
    if report.get("embedding"):
        blocks += [
            Text(
                "Where the model places the utterances it is tested on (embedding, PCA, t-SNE). "
                "Each map is of one model, which heard none of these speakers. Who lies beside "
                "whom means something; distances between groups and their size do not."
            ),
            Picture("embedding", "Embedding maps"),
        ]
    return blocks


def _cost(report: Report) -> list[Block]:
    if "latency" not in report:
        return []
    took = report["latency"]
    rows = [
        ("one window of 3 s, median", f"{took['median_ms']:.1f} ms"),
        ("one window of 3 s, least", f"{took['least_ms']:.1f} ms"),
    ]
    if report.get("parameters"):
        rows.append(("trained parameters", f"{report['parameters']:,}"))
    return [
        Table("What a window costs", ("", "value"), rows),
        Text(
            f"The file `{took['file']}` on one thread, front end included, {took['repeats']} "
            f"times, on a machine with {took['cores']} {took['machine']} cores."
        ),
    ]


def _training(report: Report) -> list[Block]:
    if "corpora" not in report:
        return []
    columns = ("utterances", "speakers", "silent", "duplicates")
    rows = [
        (name, *(str(account[column]) for column in columns))
        for name, account in report["corpora"].items()
    ]
    origins = [f"- seed {seed}: {_origin(o)}" for seed, o in report["provenance"].items()]
    return [
        Table("What was trained on", ("corpus", *columns), rows),
        Text("\n".join(origins)),
        Text("All hyper-parameters: report.json."),
        *([Picture("curves", "Training curves")] if report.get("curves") else []),
        *([Text(report["notes"])] if report.get("notes") else []),
    ]


def _origin(origin: Report) -> str:
    changed = ", with uncommitted changes" if origin["dirty"] else ""
    return (
        f"commit `{origin['commit']}`{changed}, torch {origin['torch']}, Python {origin['python']}."
    )


def _commands(report: Report) -> list[Block]:
    return [
        Text("`DIR` is the folder of each corpus, as its authors publish it."),
        Commands(report["commands"]),
    ]
