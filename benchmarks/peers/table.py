"""The table of docs/results.md: the recogniser beside its peers, from the committed reports."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.markers import between
from emotion_stream.errors import UsageError
from emotion_stream.training.evaluate.metrics import sample_sd
from emotion_stream.training.report.blocks import Row
from emotion_stream.training.report.markdown import table

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
OURS = "**Emotion Stream**"
NOTHING = "-"

_CORPORA = {"ravdess": "RAVDESS", "emodb": "EMO-DB", "nemo": "nEMO", "savee": "SAVEE"}

Report = Mapping[str, Any]  # Any: what JSON can hold


def rendered(file: Path) -> str:
    """Markdown from `peers.json` and the reports of the recogniser that lie beside it.

    Our own UAR is that of `report.json` (ravdess5) or `<protocol>/report.json`; a dash where
    there is none.
    """
    report: Report = json.loads(file.read_text(encoding="utf-8"))
    if not report:
        raise UsageError(f"{file} holds no results.")
    names = list(dict.fromkeys(name for entry in report.values() for name in entry["peers"]))
    heads = ("", *map(_heading, report.values()), "parameters", "ms per 3 s")
    rows = [_our_row(file.parent, report), *(_row(name, report) for name in names)]
    return f"{table(heads, rows)}\n\n{_reductions(names, report)}".rstrip()


def placed(text: str, page: str) -> str:
    """The page with the table between the two markers. Raises UsageError without them."""
    whole = between(BEGIN, END, text, page)
    if whole is None:
        raise UsageError(f"The page has no place for the table: {BEGIN} and {END}.")
    return whole


def _heading(entry: Report) -> str:
    """Corpus, emotions that occur in it, and in how many folds its speakers are tested."""
    folds = [fold for peer in entry["peers"].values() for fold in peer["folds"].items()]
    emotions = {name for _, fold in folds for name, count in fold["utterances"].items() if count}
    tests = {name.partition("/")[2] for name, _ in folds}
    return f"{_title(entry)}, {len(emotions)} emotions, {len(tests)} folds"


def _title(entry: Report) -> str:
    return _CORPORA.get(entry["corpus"], entry["corpus"])


def _our_row(folder: Path, report: Report) -> Row:
    uars = [_our_uar(folder, protocol) for protocol in report]
    shipped = _speed(report).get("shipped")
    if shipped is None:
        return OURS, *uars, NOTHING, NOTHING
    return OURS, *uars, _thousands(shipped["parameters"]), f"{shipped['ms']:.1f}"


def _our_uar(folder: Path, protocol: str) -> str:
    own = folder / protocol / "report.json"
    if protocol == "ravdess5" and not own.exists():
        own = folder / "report.json"
    if not own.exists():
        return NOTHING
    uar = json.loads(own.read_text(encoding="utf-8"))["findings"]["uar"]
    return f"**{_percent(uar['mean_over_folds'], uar['sd_over_folds'])}**"


def _row(name: str, report: Report) -> Row:
    entries = [entry["peers"].get(name) for entry in report.values()]
    title = next(entry["title"] for entry in entries if entry)
    took = _speed(report).get("peers", {}).get(name)
    ms = NOTHING if took is None else f"{took['front_end_ms'] + took['model_ms']:.1f}"
    return title, *map(_peer_uar, entries), _parameters(entries), ms


def _parameters(entries: Sequence[Report | None]) -> str:
    """Of the first protocol that was measured; the mean of its folds, in which an SVM varies."""
    for entry in entries:
        if entry is not None and entry["folds"]:
            return _thousands(
                round(statistics.mean(fold["parameters"] for fold in entry["folds"].values()))
            )
    return NOTHING


def _peer_uar(entry: Report | None) -> str:
    """Mean of the folds and their deviation; over seeds where there are several."""
    if entry is None or not entry["folds"]:
        return NOTHING
    by_fold: dict[str, list[float]] = {}
    for name, fold in entry["folds"].items():
        by_fold.setdefault(name.partition("/")[2], []).append(fold["uar"])
    means = [statistics.mean(values) for values in by_fold.values()]
    return _percent(statistics.mean(means), sample_sd(np.array(means)))


def _reductions(names: Sequence[str], report: Report) -> str:
    """A sentence about every network that was trained for fewer epochs than its authors did."""
    said = []
    for entry in report.values():
        for name in names:
            peer = entry["peers"].get(name, {})
            recipe = peer.get("recipe", {})
            if peer.get("folds") and recipe.get("epochs", 0) < recipe.get("published_epochs", 0):
                of = f"{recipe['epochs']} of {recipe['published_epochs']}"
                said.append(f"{peer['title']} {of} ({_title(entry)})")
    return f"Trained for fewer epochs than published: {', '.join(said)}." if said else ""


def _speed(report: Report) -> Report:
    """Of the first protocol: the others were timed in other runs."""
    speed: Report = next(iter(report.values())).get("speed", {})
    return speed


def _percent(mean: float, deviation: float) -> str:
    return f"{100 * mean:.1f} ± {100 * deviation:.1f} %"


def _thousands(count: int) -> str:
    return f"{count:,}"
