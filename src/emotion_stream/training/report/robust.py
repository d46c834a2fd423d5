"""What becomes of recall in noise and through channels, and of sound that is no speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emotion_stream.training.report.blocks import Block, Picture, Table, Text, interval, percent

Report = Mapping[str, Any]  # Any: what JSON can hold


def conditions(report: Report) -> list[Block]:
    if "conditions" not in report:
        return []
    tried = report["conditions"]
    head = ("", "UAR", "lost", "95 % interval of the loss", "accuracy", "no speech heard", "unsure")
    rows = [
        (
            row["title"],
            percent(row["uar"]),
            *(("-", "-") if row["kind"] == "clean" else _lost(row)),
            percent(row["accuracy"]),
            percent(row["no_speech_heard"]),
            percent(row["unsure"]),
        )
        for row in tried["results"].values()
    ]
    kinds = {row["kind"] for row in tried["results"].values()}
    return [
        Text(_how(tried, kinds)),
        Table("Recall by condition", head, rows),
        Picture("conditions", "Recall in noise and through channels"),
    ]


def _lost(row: Report) -> tuple[str, str]:
    return percent(row["lost"]), interval(row["lost_interval_95"])


def _how(tried: Report, kinds: set[str]) -> str:
    which = f"The same {tried['utterances']} utterances under every condition"
    if tried["share"] < 1:
        which += f" (a share of {tried['share']:g} of every emotion of every speaker)"
    used = {k: v for k, v in tried["sources"].items() if k in kinds or "room" in tried["results"]}
    sources = "; ".join(f"{kind}: {source}" for kind, source in used.items())
    return (
        f"{which}, each with its own draw from seed {tried['seed']}. UAR is the mean over folds; "
        "the interval of what is lost against clean speech is over speakers, pooled. The ratio is "
        "of the speech while somebody speaks to the mean of what is added. "
        f"{sources[:1].upper()}{sources[1:]}{'.' if sources else ''}"
    )


def not_speech(report: Report) -> list[Block]:
    if "not_speech" not in report:
        return []
    sounds = report["not_speech"]
    head = ["folder", "sounds", "heard as speech", "given an emotion"]
    if any("highest_confidence" in counts for counts in sounds.values()):
        head.append("highest confidence")
    rows = [
        (name, *(percent(c) if key == "highest_confidence" else str(c) for key, c in row.items()))
        for name, row in sounds.items()
    ]
    asked = report.get("not_speech_model")
    return [
        *([Text(f"Given to `{asked}`, through the code that serves.")] if asked else []),
        Table("Sounds that are no speech", tuple(head), rows),
    ]
